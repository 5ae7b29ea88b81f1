from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load
from planctl.calendars import WorkCalendar
from planctl.model import (
    Cycle,
    DayOf,
    Deadline,
    Decision,
    Document,
    Event,
    Extension,
    Kind,
    Period,
    Plan,
    Progress,
    Roll,
    Span,
    State,
    Target,
    Task,
)
from planctl.occurrences import Occurrence, Rules, as_of, awaited, occurrences, occurrences_in

if TYPE_CHECKING:
    from collections.abc import Callable

FAR = date(2030, 12, 31)
RULES = Rules()
ISSUED = "document: {issued: 2022-06-21}"
FIVE_YEARS = f"{ISSUED}\nperiod: {{start: 2021-01-01, end: 2025-12-31}}"


def plan_of(deadline: str, *, head: str = FIVE_YEARS, task: str = "", events: str = "[]") -> Plan:
    """Load a plan of one task `1` with one deadline `d`."""
    workspace = load(
        f"planctl: 1\nid: demo\ntitle: 示例方案\n{head}\ntasks:\n"
        f"  - id: '1'\n    title: 示例任务\n    deadlines:\n      - {{id: d, {deadline}}}\n{task}events: {events}\n"
    )
    assert workspace.problems == ()
    return workspace.plans[0]


def listed(plan: Plan, until: str = "2030-12-31", rules: Rules = RULES) -> list[str]:
    """Show the occurrences of a plan as their ids and due dates."""
    return [f"{each.id} {each.due or '—'}" for each in occurrences(plan, date.fromisoformat(until), rules)]


@pytest.mark.parametrize(
    ("deadline", "until", "found"),
    [
        ("due: 2022-12-31", "2022-12-31", ["1/d 2022-12-31"]),
        ("due: 2022-12-31", "2022-12-30", []),
        ("due: 2022-12-31, from: 2022-07-01", "2023-12-31", ["1/d 2022-12-31"]),
        ("every: year, by: 03-01", "2024-12-31", ["1/d@2023 2023-03-01", "1/d@2024 2024-03-01"]),
        ("every: year, by: 06-21", "2022-12-31", ["1/d@2022 2022-06-21"]),
        ("every: year, by: 06-20", "2023-06-20", ["1/d@2023 2023-06-20"]),
        ("every: year, by: 02-29", "2024-12-31", ["1/d@2023 2023-02-28", "1/d@2024 2024-02-29"]),
        ("every: year, at_least: 2, of: 次", "2023-12-31", ["1/d@2022 2022-12-31", "1/d@2023 2023-12-31"]),
        ("every: year", "2030-12-31", [f"1/d@{year} {year}-12-31" for year in (2022, 2023, 2024, 2025)]),
        ("every: 2 years, at_least: 1", "2030-12-31", ["1/d@2022-2023 2023-12-31", "1/d@2024-2025 2025-12-31"]),
        ("every: 2 years, by: 03-01", "2030-12-31", ["1/d@2022-2023 2023-03-01", "1/d@2024-2025 2025-03-01"]),
        ("every: 5 years", "2030-12-31", ["1/d@2022-2026 2025-12-31"]),
        ("every: 5 years, by: 12-31", "2030-12-31", []),
        ("every: half-year", "2023-06-30", ["1/d@2022-H1 2022-06-30", "1/d@2022-H2 2022-12-31", "1/d@2023-H1 2023-06-30"]),
        ("every: half-year, by: 15", "2023-06-30", ["1/d@2022-H2 2022-12-15", "1/d@2023-H1 2023-06-15"]),
        ("every: quarter, at_least: 1", "2022-12-31", ["1/d@2022-Q2 2022-06-30", "1/d@2022-Q3 2022-09-30", "1/d@2022-Q4 2022-12-31"]),
        ("every: quarter, by: 10", "2022-12-31", ["1/d@2022-Q3 2022-09-10", "1/d@2022-Q4 2022-12-10"]),
        ("every: month, by: 15", "2022-09-14", ["1/d@2022-07 2022-07-15", "1/d@2022-08 2022-08-15"]),
        (
            "every: month, by: 31",
            "2022-09-30",
            ["1/d@2022-06 2022-06-30", "1/d@2022-07 2022-07-31", "1/d@2022-08 2022-08-31", "1/d@2022-09 2022-09-30"],
        ),
        ("every: month, by: 31, from: 2024-02-01", "2024-02-29", ["1/d@2024-02 2024-02-29"]),
        ("every: week", "2022-07-03", ["1/d@2022-W25 2022-06-26", "1/d@2022-W26 2022-07-03"]),
        ("every: day", "2022-06-22", ["1/d@2022-06-21 2022-06-21", "1/d@2022-06-22 2022-06-22"]),
        ("metric: 应诉率, target: '>= 100 %'", "2030-12-31", []),
        ("metric: 应诉率, target: '>= 100 %', due: 2025-12-31", "2030-12-31", ["1/d 2025-12-31"]),
        ("metric: 应诉率, every: year", "2023-12-31", ["1/d@2022 2022-12-31", "1/d@2023 2023-12-31"]),
        ("metric: 应诉率, every: year, by: 01-31", "2023-12-31", ["1/d@2023 2023-01-31"]),
        ("ongoing: true", "2030-12-31", []),
        ("ongoing: true, condition: 涉及财产", "2030-12-31", []),
        ("ongoing: true, review: half-year", "2022-12-31", ["1/d@2022-H1 2022-06-30", "1/d@2022-H2 2022-12-31"]),
        ("every: year, vague: true, quote: 每年年初", "2030-12-31", []),
        ("due: 2022-12-31, vague: true", "2030-12-31", []),
        ("within: 30 days, after: 公布, vague: true", "2030-12-31", []),
    ],
)
def test_what_a_deadline_yields(deadline: str, until: str, found: list[str]) -> None:
    assert listed(plan_of(deadline), until) == found


@pytest.mark.parametrize(
    ("head", "deadline", "found"),
    [
        (ISSUED, "every: year, by: 03-01", ["1/d@2023 2023-03-01", "1/d@2024 2024-03-01"]),
        ("document: {issued: 2022-06-21, effective: 2023-04-01}", "every: year, by: 03-01", ["1/d@2024 2024-03-01"]),
        ("document: {issued: 2022-06-21, published: 2022-08-03}", "every: month, by: 25, from: 2024-11-26", ["1/d@2024-12 2024-12-25"]),
        (ISSUED, "every: year, by: 03-01, from: 2021-01-01", [f"1/d@{year} {year}-03-01" for year in (2021, 2022, 2023, 2024)]),
        ("period: {start: 2023-07-01}", "every: year", ["1/d@2023 2023-12-31", "1/d@2024 2024-12-31"]),
        ("period: {end: 2025-12-31}", "every: year", []),
        (f"{ISSUED}\nperiod: {{end: 2024-06-30}}", "every: year", ["1/d@2022 2022-12-31", "1/d@2023 2023-12-31", "1/d@2024 2024-06-30"]),
        (f"{ISSUED}\nperiod: {{end: 2024-06-30}}", "every: year, by: 12-31", ["1/d@2022 2022-12-31", "1/d@2023 2023-12-31"]),
        (
            f"{ISSUED}\nperiod: {{end: 2024-06-30}}",
            "every: year, by: 06-30",
            ["1/d@2022 2022-06-30", "1/d@2023 2023-06-30", "1/d@2024 2024-06-30"],
        ),
        (f"{ISSUED}\nperiod: {{end: 2022-03-31}}", "every: year", []),
    ],
)
def test_recurring_obligations_begin_with_the_document_and_end_with_the_plan(head: str, deadline: str, found: list[str]) -> None:
    assert listed(plan_of(deadline, head=head), "2024-12-31") == found


@pytest.mark.parametrize(
    ("deadline", "windows"),
    [
        ("every: year", [("2022-06-21", "2022-12-31"), ("2023-01-01", "2023-12-31")]),
        ("every: year, by: 03-01", [("2023-01-01", "2023-12-31")]),
        ("every: year, from: 2023-05-05", [("2023-05-05", "2023-12-31")]),
        ("every: half-year, from: 2023-01-01", [("2023-01-01", "2023-06-30"), ("2023-07-01", "2023-12-31")]),
    ],
)
def test_the_window_in_which_an_occurrence_can_be_fulfilled(deadline: str, windows: list[tuple[str, str]]) -> None:
    found = occurrences(plan_of(deadline), date(2023, 12, 31), RULES)
    assert [(str(each.first), str(each.last)) for each in found] == windows


@pytest.mark.parametrize(
    ("deadline", "events", "found"),
    [
        ("within: 30 days, after: 公布", "[]", ["1/d —"]),
        ("within: 30 days, after: 公布", "[{on: 2022-09-01, name: 施行}]", ["1/d —"]),
        ("within: 30 days, after: 公布", "[{on: 2022-09-01, name: 公布}]", ["1/d@2022-09-01 2022-10-01"]),
        ("within: 30 days, after: 公布, roll: next", "[{on: 2022-09-01, name: 公布}]", ["1/d@2022-09-01 2022-10-08"]),
        ("within: 2 weeks, after: 公布", "[{on: 2022-09-01, name: 公布}]", ["1/d@2022-09-01 2022-09-15"]),
        ("within: 6 months, after: 公布", "[{on: 2025-08-31, name: 公布}]", ["1/d@2025-08-31 2026-02-28"]),
        ("within: 1 year, after: 公布", "[{on: 2024-02-29, name: 公布}]", ["1/d@2024-02-29 2025-02-28"]),
        ("within: 20 working-days, after: 收到", "[{on: 2022-09-01, name: 收到}]", ["1/d@2022-09-01 2022-09-30"]),
        ("within: 7 working-days, after: 收到", "[{on: 2026-02-12, name: 收到}]", ["1/d@2026-02-12 2026-02-28"]),
        ("within: 5 hours, after: 发生", "[{on: 2022-09-01, at: '22:30', name: 发生}]", ["1/d@2022-09-01 2022-09-02"]),
        ("within: 5 hours, after: 发生", "[{on: 2022-09-01, at: '08:00', name: 发生}]", ["1/d@2022-09-01 2022-09-01"]),
        ("within: 5 hours, after: 发生", "[{on: 2022-09-01, name: 发生}]", ["1/d@2022-09-01 2022-09-01"]),
        ("within: 48 hours, after: 发生", "[{on: 2022-09-01, name: 发生}]", ["1/d@2022-09-01 2022-09-03"]),
        ("within: 6 months, before: 有效期届满", "[{on: 2024-08-31, name: 有效期届满}]", ["1/d@2024-08-31 2024-08-31"]),
        ("before: 任命", "[{on: 2022-09-01, name: 任命}]", ["1/d@2022-09-01 2022-09-01"]),
        ("after: 公布, before: 施行", "[{on: 2022-09-01, name: 公布}]", ["1/d —"]),
        ("after: 公布, before: 施行", "[{on: 2022-09-01, name: 公布}, {on: 2022-11-01, name: 施行}]", ["1/d@2022-11-01 2022-11-01"]),
        (
            "within: 30 days, after: 公布",
            "[{on: 2023-01-01, name: 公布}, {on: 2022-09-01, name: 公布}]",
            ["1/d@2022-09-01 2022-10-01", "1/d@2023-01-01 2023-01-31"],
        ),
        (
            "within: 30 days, after: 公布",
            "[{on: 2022-09-01, name: 公布, ref: 甲}, {on: 2022-09-01, name: 公布, ref: 乙}]",
            ["1/d@2022-09-01 2022-10-01", "1/d@2022-09-01.2 2022-10-01"],
        ),
        ("within: 30 days, after: 公布", "[{on: 2022-09-01, name: 公布, tasks: ['2']}]", ["1/d —"]),
        ("within: 30 days, after: 公布", "[{on: 2022-09-01, name: 公布, tasks: ['2', '1']}]", ["1/d@2022-09-01 2022-10-01"]),
    ],
)
def test_an_event_starts_the_clock(deadline: str, events: str, found: list[str]) -> None:
    assert listed(plan_of(deadline, head=ISSUED, events=events)) == found


def only(plan: Plan, rules: Rules = RULES, until: date = FAR) -> Occurrence:
    (found,) = occurrences(plan, until, rules)
    return found


@pytest.mark.parametrize(
    ("deadline", "events", "first", "due"),
    [
        ("within: 6 months, before: 有效期届满", "[{on: 2024-08-31, name: 有效期届满}]", "2024-02-29", "2024-08-31"),
        ("within: 10 working-days, before: 会议", "[{on: 2022-10-14, name: 会议}]", "2022-09-27", "2022-10-14"),
        ("within: 30 days, after: 公布", "[{on: 2022-09-01, name: 公布}]", "2022-09-01", "2022-10-01"),
        ("after: 公布, before: 施行", "[{on: 2022-09-01, name: 公布}, {on: 2022-11-01, name: 施行}]", "2022-09-01", "2022-11-01"),
        (
            "after: 公布, before: 施行",
            "[{on: 2022-09-01, name: 公布}, {on: 2022-10-01, name: 公布}, {on: 2022-12-01, name: 公布}, {on: 2022-11-01, name: 施行}]",
            "2022-10-01",
            "2022-11-01",
        ),
        ("after: 公布, before: 施行", "[{on: 2022-11-01, name: 施行}]", "None", "2022-11-01"),
        ("before: 任命", "[{on: 2022-09-01, name: 任命}]", "None", "2022-09-01"),
    ],
)
def test_the_window_of_an_event(deadline: str, events: str, first: str, due: str) -> None:
    found = only(plan_of(deadline, events=events))
    assert (str(found.first), str(found.due)) == (first, due)


@pytest.mark.parametrize(
    ("event", "moment"),
    [
        ("{on: 2022-09-01, at: '22:30', name: 发生}", datetime(2022, 9, 2, 3, 30)),  # noqa: DTZ001 - a clock on the wall
        ("{on: 2022-09-01, name: 发生}", None),
    ],
)
def test_a_limit_in_hours_has_a_moment_where_the_time_is_known(event: str, moment: datetime | None) -> None:
    assert only(plan_of("within: 5 hours, after: 发生", events=f"[{event}]")).moment == moment


def test_working_days_of_an_unannounced_year_are_provisional() -> None:
    plans = [
        plan_of("within: 20 working-days, after: 收到", head=ISSUED, events=f"[{{on: {day}, name: 收到}}]")
        for day in ("2026-09-01", "2031-09-01")
    ]
    assert [only(plan, until=date(2040, 1, 1)).provisional for plan in plans] == [False, True]


def test_an_event_after_the_end_of_the_plan_starts_no_clock_but_one_before_runs_out() -> None:
    events = "[{on: 2025-12-20, name: 公布}, {on: 2026-01-01, name: 公布}]"
    assert listed(plan_of("within: 30 days, after: 公布", events=events)) == ["1/d@2025-12-20 2026-01-19"]


TERMS = "[{on: 2016-09-01, name: 任期开始}, {on: 2021-08-31, name: 任期届满}, {on: 2021-09-01, name: 任期开始}]"


@pytest.mark.parametrize(
    ("deadline", "events", "found"),
    [
        ("every: term, at_least: 1", "[]", ["1/d —"]),
        ("every: term, at_least: 1", TERMS, ["1/d@2016-09-01 2021-08-31", "1/d@2021-09-01 —"]),
        (
            "every: term, after: 当选, before: 换届",
            "[{on: 2016-09-01, name: 当选}, {on: 2021-09-01, name: 换届}]",
            ["1/d@2016-09-01 2021-09-01"],
        ),
        ("every: term, after: 当选", TERMS, ["1/d —"]),
        ("ongoing: true, review: term", TERMS, ["1/d@2016-09-01 2021-08-31", "1/d@2021-09-01 —"]),
    ],
)
def test_a_duty_of_each_term_of_office(deadline: str, events: str, found: list[str]) -> None:
    assert listed(plan_of(deadline, events=events)) == found


@pytest.mark.parametrize(
    ("deadline", "name"),
    [
        ("within: 30 days, after: 公布", "公布"),
        ("within: 6 months, before: 届满", "届满"),
        ("before: 任命", "任命"),
        ("after: 公布, before: 施行", "施行"),
        ("every: term", "任期开始"),
        ("every: term, after: 当选", "当选"),
    ],
)
def test_the_event_that_is_waited_for(deadline: str, name: str) -> None:
    assert awaited(plan_of(deadline).tasks[0].deadlines[0]) == name


@pytest.mark.parametrize(
    ("deadline", "inclusive", "exclusive"),
    [
        ("every: year, by: 03-01, quote: 每年3月1日前", "2023-03-01", "2023-02-28"),
        ("every: year, by: 03-01, quote: 每年3月1日之前", "2023-03-01", "2023-02-28"),
        ("every: year, by: 03-02, quote: 每年3月2日以前", "2023-03-02", "2023-03-01"),
        ("due: 2022-09-15, quote: 9月15日前", "2022-09-15", "2022-09-14"),
        ("due: 2022-12-31, quote: 12月31日前", "2022-12-31", "2022-12-31"),
        ("due: 2022-12-31, quote: 2022年底前", "2022-12-31", "2022-12-31"),
        ("due: 2022-09-15, quote: 截至9月15日", "2022-09-15", "2022-09-15"),
        ("due: 2022-09-15", "2022-09-15", "2022-09-15"),
        ("every: year, by: 03-01, quote: 每年31日前, restored: 每年3月1日前", "2023-03-01", "2023-02-28"),
        ("every: year, by: 03-01, quote: 每年3月1日前, restored: 每年3月1日", "2023-03-01", "2023-03-01"),
    ],
)
def test_whether_the_named_day_is_included_is_a_setting(deadline: str, inclusive: str, exclusive: str) -> None:
    plan = plan_of(deadline)
    found = [next(occurrences(plan, FAR, Rules(before_inclusive=setting))).due for setting in (True, False)]
    assert [str(due) for due in found] == [inclusive, exclusive]


@pytest.mark.parametrize(("name", "due"), [("施行", "2024-08-29"), ("有效期届满", "2024-08-30")])
def test_before_an_event_excludes_its_day_by_the_same_setting_but_an_expiry_does_not(name: str, due: str) -> None:
    plan = plan_of(f"within: 6 months, before: {name}", events=f"[{{on: 2024-08-30, name: {name}}}]")
    assert str(only(plan, Rules(before_inclusive=False)).due) == due


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        ("due: 2022-12-31", "2022-12-31"),
        ("due: 2022-12-31, roll: none", "2022-12-31"),
        ("due: 2022-12-31, roll: next", "2023-01-03"),
        ("due: 2022-12-31, roll: previous", "2022-12-30"),
        ("due: 2022-10-08, roll: next", "2022-10-08"),
    ],
)
def test_a_date_moves_from_a_rest_day_only_if_it_says_so(deadline: str, due: str) -> None:
    found = only(plan_of(deadline))
    assert (str(found.due), found.due) == (due, found.original)


@pytest.mark.parametrize(
    ("deadline", "rules", "until", "last"),
    [
        ("every: month, by: 01, roll: previous", RULES, "2022-09-30", "1/d@2022-10 2022-09-30"),
        ("every: month, by: 01, quote: 每月1日前", Rules(before_inclusive=False), "2022-09-30", "1/d@2022-10 2022-09-30"),
        ("every: year, by: 01-01, quote: 每年1月1日前", Rules(before_inclusive=False), "2022-12-31", "1/d@2023 2022-12-31"),
    ],
)
def test_a_date_that_moves_out_of_its_period_is_found_by_its_own_day(deadline: str, rules: Rules, until: str, last: str) -> None:
    assert listed(plan_of(deadline), until, rules)[-1] == last


def test_a_date_that_rolls_past_the_end_of_the_plan_is_still_owed() -> None:
    assert listed(plan_of("every: year, roll: next"), "2026-12-31")[-1] == "1/d@2025 2025-12-31"
    assert listed(plan_of("every: year, roll: next", head=f"{ISSUED}\nperiod: {{end: 2022-12-31}}")) == ["1/d@2022 2023-01-03"]


ENDED = f"{FIVE_YEARS}\nended: {{on: 2024-03-01, reason: 被取代}}"


@pytest.mark.parametrize(
    ("deadline", "events", "found"),
    [
        ("every: year, by: 03-01", "[]", ["1/d@2023 2023-03-01"]),
        ("every: year, by: 02-29", "[]", ["1/d@2023 2023-02-28", "1/d@2024 2024-02-29"]),
        ("due: 2024-03-01", "[]", []),
        ("within: 30 days, after: 公布", "[]", []),
        ("every: term", "[{on: 2021-09-01, name: 任期开始}]", []),
        ("within: 30 days, after: 公布", "[{on: 2024-01-01, name: 公布}, {on: 2024-02-01, name: 公布}]", ["1/d@2024-01-01 2024-01-31"]),
    ],
)
def test_a_plan_that_ended_owes_nothing_from_that_day_on(deadline: str, events: str, found: list[str]) -> None:
    assert listed(plan_of(deadline, head=ENDED, events=events)) == found


def extended(*extensions: str, deadline: str = "due: 2022-12-31") -> list[str]:
    """Show the original dates, the dates in force and the number of extensions applied."""
    plan = plan_of(deadline, task=f"    extensions: [{', '.join(extensions)}]\n")
    return [f"{each.original} {each.due} {len(each.extensions)}" for each in occurrences(plan, date(2023, 12, 31), RULES)]


FIRST = "{from: 2022-12-31, to: 2023-06-30, approved: 2022-12-10}"
SECOND = "{from: 2023-06-30, to: 2023-09-30, approved: 2023-06-10}"
FIRST_2023 = "{deadline: d, period: 2023, from: 2023-12-31, to: 2024-03-31, approved: 2023-12-01}"


@pytest.mark.parametrize(
    ("extensions", "deadline", "found"),
    [
        ([FIRST], "due: 2022-12-31", ["2022-12-31 2023-06-30 1"]),
        ([FIRST, SECOND], "due: 2022-12-31", ["2022-12-31 2023-09-30 2"]),
        (["{from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01}"], "due: 2022-12-31", ["2022-12-31 2022-12-31 0"]),
        (["{from: 2022-12-31, to: 2023-06-30}", SECOND], "due: 2022-12-31", ["2022-12-31 2022-12-31 0"]),
        ([SECOND], "due: 2022-12-31", ["2022-12-31 2022-12-31 0"]),
        (["{deadline: other, from: 2022-12-31, to: 2023-06-30, approved: 2022-12-10}"], "due: 2022-12-31", ["2022-12-31 2022-12-31 0"]),
        ([FIRST_2023], "every: year", ["2022-12-31 2022-12-31 0", "2023-12-31 2024-03-31 1"]),
        ([FIRST], "every: year", ["2022-12-31 2023-06-30 1", "2023-12-31 2023-12-31 0"]),
        ([FIRST_2023.replace("2023-12-31,", "2022-12-31,")], "every: year", ["2022-12-31 2022-12-31 0", "2023-12-31 2023-12-31 0"]),
    ],
)
def test_approved_extensions_move_the_date_and_keep_the_original(extensions: list[str], deadline: str, found: list[str]) -> None:
    assert extended(*extensions, deadline=deadline) == found


def test_of_several_deadlines_an_extension_must_say_which() -> None:
    two = "due: 2022-12-31}\n      - {id: e, due: 2022-12-31"
    named = "{deadline: e, from: 2022-12-31, to: 2023-03-31, approved: 2022-12-10}"
    assert [extended(FIRST, deadline=two), extended(named, deadline=two)] == [
        ["2022-12-31 2022-12-31 0", "2022-12-31 2022-12-31 0"],
        ["2022-12-31 2022-12-31 0", "2022-12-31 2023-03-31 1"],
    ]


RECORDED = """\
    progress:
      - {on: 2022-09-20, state: accepted}
      - {on: 2022-12-20, state: done}
    extensions:
      - {from: 2022-12-31, to: 2023-06-30, requested: 2022-10-01, approved: 2022-12-10}
    cancelled: {on: 2023-03-01, by: 县政府}
"""


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2022-09-19", (0, 0, False, 0, False)),
        ("2022-09-20", (1, 0, False, 0, False)),
        ("2022-12-09", (1, 0, False, 0, False)),
        ("2022-12-10", (1, 1, False, 0, False)),
        ("2022-12-20", (2, 1, False, 0, False)),
        ("2023-01-05", (2, 1, False, 1, False)),
        ("2023-03-01", (2, 1, True, 1, False)),
        ("2024-03-01", (2, 1, True, 1, True)),
    ],
)
def test_what_was_recorded_later_is_not_known(day: str, known: tuple[int, int, bool, int, bool]) -> None:
    plan = plan_of("due: 2022-12-31", head=ENDED, task=RECORDED, events="[{on: 2023-01-05, name: 公布}]")
    then = as_of(plan, date.fromisoformat(day))
    task = then.tasks[0]
    approved = [extension for extension in task.extensions if extension.approved]
    assert (len(task.progress), len(approved), bool(task.cancelled), len(then.events), bool(then.ended)) == known


def test_an_event_of_later_leaves_the_clock_unstarted() -> None:
    plan = plan_of("within: 30 days, after: 公布", events="[{on: 2022-09-01, name: 公布}]")
    assert [listed(as_of(plan, day)) for day in (date(2022, 8, 31), date(2022, 9, 1))] == [["1/d —"], ["1/d@2022-09-01 2022-10-01"]]


def test_an_event_that_is_known_beforehand_starts_its_clock_when_it_is_recorded() -> None:
    plan = plan_of("within: 6 months, before: 届满", events="[{on: 2024-08-31, recorded: 2022-09-01, name: 届满}]")
    assert [listed(as_of(plan, day)) for day in (date(2022, 8, 31), date(2022, 9, 1))] == [["1/d —"], ["1/d@2024-08-31 2024-08-31"]]


# Laws, over plans of any kind

Record = TypeVar("Record")

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
NAMES = st.sampled_from(["公布", "施行", "有效期届满", "任期开始", "任期届满"])
UNITS = st.sampled_from(["year", "half-year", "quarter", "month", "week", "day"])
QUOTES = st.sampled_from([None, "每年3月1日前", "12月31日以前", "年底前"])
OPTIONAL_DAYS = st.none() | DAYS
ROLLS = st.sampled_from(Roll)


def records_of(build: Callable[..., Record], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    """Build records from some of their fields; `st.builds` would fill in the others too."""
    return st.fixed_dictionaries(fields).map(lambda values: build(**values))


@st.composite
def cyclic(draw: st.DrawFn) -> Deadline:
    unit = draw(UNITS)
    cycle = Cycle(draw(st.integers(1, 5)), unit)
    days = st.tuples(st.integers(1, 12) if unit == "year" else st.none(), st.sampled_from([1, 2, 15, 28, 31])).map(DayOf._make)
    by = draw(st.none() | days) if unit not in ("week", "day") else None
    kind = draw(st.sampled_from([Kind.RECURRING, Kind.METRIC, Kind.ONGOING]))
    common = Deadline("d", kind, quote=draw(QUOTES), roll=draw(ROLLS), start=draw(OPTIONAL_DAYS))
    if kind is Kind.ONGOING:
        return common._replace(review=cycle)
    return common._replace(every=cycle, by=by, at_least=draw(st.none() | st.integers(1, 3)))


@st.composite
def awaiting(draw: st.DrawFn) -> Deadline:
    span = Span(draw(st.integers(1, 60)), draw(st.sampled_from(["hour", "day", "working-day", "week", "month", "year"])))
    after, before = draw(NAMES), draw(NAMES)
    words = draw(st.sampled_from([(span, after, None), (span, None, before), (None, None, before), (None, after, before)]))
    return Deadline("d", Kind.RELATIVE, roll=draw(ROLLS), within=words[0], after=words[1], before=words[2])


ONCE = records_of(partial(Deadline, "d", Kind.ONCE), due=DAYS, quote=QUOTES, roll=ROLLS)
FIGURE = records_of(partial(Deadline, "d", Kind.METRIC, target=Target(">=", 100, "%")), due=OPTIONAL_DAYS)
TERM = st.just(Deadline("d", Kind.RECURRING, every=Cycle(1, "term")))
DEADLINES = st.one_of(ONCE, cyclic(), awaiting(), FIGURE, TERM)
EVENTS = records_of(Event, on=DAYS, name=NAMES, at=st.none() | st.times(), tasks=st.sampled_from([(), ("1",), ("2",)]))
EXTENSIONS = records_of(Extension, old=DAYS, new=DAYS, deadline=st.sampled_from([None, "d0", "d1"]), approved=OPTIONAL_DAYS)
PROGRESS = records_of(Progress, on=DAYS, state=st.sampled_from(State))
DECISIONS = st.none() | records_of(Decision, on=DAYS)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    start = draw(DAYS)
    found = draw(st.lists(DEADLINES, min_size=1, max_size=3))
    task = Task(
        "1",
        "示例任务",
        deadlines=tuple(deadline._replace(id=f"d{position}", position=position) for position, deadline in enumerate(found)),
        progress=tuple(draw(st.lists(PROGRESS, max_size=3))),
        extensions=tuple(draw(st.lists(EXTENSIONS, max_size=3))),
        cancelled=draw(DECISIONS),
    )
    end = draw(st.none() | st.integers(0, 4000).map(lambda days: start + timedelta(days=days)))
    events = tuple(draw(st.lists(EVENTS, max_size=4)))
    return Plan("p.yaml", "demo", "示例方案", Document(issued=start), Period(None, end), draw(DECISIONS), tasks=(task,), events=events)


BOTH_RULES = st.sampled_from([RULES, Rules(before_inclusive=False)])


@settings(deadline=None)
@given(plans(), DAYS, BOTH_RULES)
def test_every_date_is_asked_for_and_has_a_name_of_its_own(plan: Plan, until: date, rules: Rules) -> None:
    found = list(occurrences(plan, until, rules))
    assert len({each.id for each in found}) == len(found)
    assert all(each.original <= until for each in found if each.original)
    assert all(each.due for each in found if each.original)


@settings(deadline=None)
@given(plans(), DAYS, BOTH_RULES)
def test_a_date_lies_in_its_period_and_within_the_life_of_its_plan(plan: Plan, until: date, rules: Rules) -> None:
    end = plan.period.end or date.max
    for each in occurrences(plan, until, rules):
        assert each.original is None or each.first is None or each.first <= each.original
        assert not (plan.ended and (each.original is None or each.original >= plan.ended.on))
        if each.last and each.original:
            start = each.deadline.start or plan.start
            assert start
            assert start <= each.original
            if each.deadline.roll is not Roll.NEXT:
                assert each.original <= min(each.last, end)


@settings(deadline=None)
@given(plans(), DAYS, BOTH_RULES, st.data())
def test_an_earlier_horizon_yields_what_is_due_by_then_and_nothing_else(plan: Plan, far: date, rules: Rules, data: st.DataObject) -> None:
    found = list(occurrences(plan, far, rules))
    dates = sorted({each.original for each in found if each.original})
    near = data.draw(st.sampled_from(dates) if dates else DAYS.filter(lambda day: day <= far))
    assert list(occurrences(plan, near, rules)) == [each for each in found if each.original is None or each.original <= near]


@settings(deadline=None)
@given(plans(), DAYS, BOTH_RULES)
def test_the_same_plan_yields_the_same(plan: Plan, until: date, rules: Rules) -> None:
    again = Rules(rules.before_inclusive, WorkCalendar())
    assert list(occurrences(plan, until, rules)) == list(occurrences(plan, until, again))


@settings(deadline=None)
@given(plans(), DAYS)
def test_the_dates_of_a_deadline_come_in_order(plan: Plan, until: date) -> None:
    task = plan.tasks[0]
    for deadline in task.deadlines:
        dates = [each.original for each in occurrences_in(plan, task, deadline, until, RULES) if each.original]
        if deadline.kind is not Kind.RELATIVE:
            assert dates == sorted(dates)


@settings(deadline=None)
@given(plans(), DAYS)
def test_extensions_never_change_what_was_first_due(plan: Plan, until: date) -> None:
    bare = plan._replace(tasks=tuple(task._replace(extensions=()) for task in plan.tasks))
    pairs = zip(occurrences(plan, until, RULES), occurrences(bare, until, RULES), strict=True)
    assert all((one.id, one.original, one.first) == (other.id, other.original, other.first) for one, other in pairs)


@settings(deadline=None)
@given(plans(), DAYS)
def test_a_date_in_force_is_the_original_or_the_last_extension(plan: Plan, until: date) -> None:
    for each in occurrences(plan, until, RULES):
        chain = [each.original, *(extension.new for extension in each.extensions)]
        assert each.due == chain[-1]
        assert [extension.old for extension in each.extensions] == chain[:-1]


@settings(deadline=None)
@given(plans(), DAYS, DAYS)
def test_what_was_known_then_is_what_was_known_of_what_was_known_later(plan: Plan, one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert as_of(as_of(plan, late), early) == as_of(plan, early)


@settings(deadline=None)
@given(DAYS, st.integers(1, 300), st.times())
def test_hours_end_so_many_hours_later(day: date, hours: int, at: time) -> None:
    deadline = Deadline("d", Kind.RELATIVE, within=Span(hours, "hour"), after="发生")
    plan = Plan("p.yaml", "demo", "示例方案", tasks=(Task("1", "示例任务", deadlines=(deadline,)),), events=(Event(day, "发生", at=at),))
    found = only(plan, until=date(2040, 1, 1))
    assert found.moment == datetime.combine(day, at) + timedelta(hours=hours)
    assert found.moment is not None
    assert found.due == found.moment.date()
