"""Checks of links to upper plans: what is less than the upper plan wants is told, what cannot be compared is left alone."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from conftest import check, load
from planctl.coverage.links import links

if TYPE_CHECKING:
    from planctl.workspace import Workspace

HEAD = (
    "planctl: 1\nid: {plan}\ntitle: {plan}方案\ndocument: {{issued: 2022-01-01}}\nperiod: {{start: 2022-01-01, end: 2025-12-31}}\ntasks:\n"
)
LINKS = tuple(f"P60{number}" for number in range(1, 8))
TODAY = date(2024, 6, 30)


def a_plan(plan: str, task: str, *deadlines: str, more: str = "") -> str:
    """Write a plan of one task, `1`, with keys of the task and deadlines without braces."""
    listed = "".join(f"      - {{{fields}}}\n" for fields in deadlines)
    keys = "".join(f"    {line}\n" for line in task.splitlines())
    return (
        f'{HEAD.format(plan=plan)}  - id: "1"\n    title: 甲\n    lead: [乙]\n{keys}'
        + (f"    deadlines:\n{listed}" if listed else "")
        + more
    )


def a_pair(
    above: str | tuple[str, ...], below: str | tuple[str, ...], upper_task: str = "", task: str = "upstream: [province/1]"
) -> Workspace:
    """Load an upper plan and one that links to it, by their deadlines."""
    uppers, lowers = ((given,) if isinstance(given, str) else given for given in (above, below))
    return load(
        {"省.yaml": a_plan("province", upper_task, *filter(None, uppers)), "县.yaml": a_plan("county", task, *filter(None, lowers))}
    )


def told(workspace: Workspace, today: date = TODAY) -> list[str]:
    """Give what the checks of links find: the message key, and what stands at its place."""
    return [problem.message_key for problem in check(workspace, today, LINKS)]


def compared(above: str, below: str) -> list[str]:
    """Compare two deadlines about one thing."""
    return told(a_pair(f"id: d, what: 公布清单, {above}", f"id: d, what: 公布县级清单, {below}"))


# Dates


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("due: 2023-12-31", "due: 2023-12-31", []),
        ("due: 2023-12-31", "due: 2023-06-30", []),
        ("due: 2023-12-31", "due: 2024-01-01", ["P601"]),
        ("every: year, by: 03-01", "every: year, by: 03-01", []),
        ("every: year, by: 03-01", "every: year, by: 02-28", []),
        ("every: year, by: 03-01", "every: year, by: 04-01", ["P601"]),
        ("every: year, by: 03-01", "every: year", ["P601"]),
        ("every: year", "every: year, by: 12-31", []),
        ("every: year, by: 12-31", "every: year", []),
        ("every: month, by: 15", "every: month, by: 20", ["P601"]),
        ("every: month, by: 31", "every: month", []),
        ("every: month, by: 30", "every: month", ["P601"]),
        ("every: year, by: 03-01", "every: quarter, by: 20", []),
        ("within: 30 days, after: 公布", "within: 30 days, after: 公布", []),
        ("within: 30 days, after: 公布", "within: 4 weeks, after: 公布", []),
        ("within: 30 days, after: 公布", "within: 5 weeks, after: 公布", ["P601.longer"]),
        ("within: 1 day, after: 公布", "within: 25 hours, after: 公布", ["P601.longer"]),
        ("within: 1 year, after: 公布", "within: 13 months, after: 公布", ["P601.longer"]),
        ("within: 20 working-days, after: 公布", "within: 30 days, after: 公布", []),
        ("within: 30 days, after: 公布", "within: 2 months, after: 公布", []),
        ("within: 30 days, after: 公布", "within: 60 days, after: 施行", []),
        ("within: 3 months, before: 届满", "within: 6 months, before: 届满", []),
        ("due: 2023-12-31, vague: true", "due: 2024-12-31", []),
    ],
)
def test_a_date_is_not_later_than_the_upper_one(above: str, below: str, expected: list[str]) -> None:
    assert compared(above, below) == expected


def test_an_extension_below_moves_the_date_and_one_above_moves_what_is_allowed() -> None:
    extension = "extensions: [{from: 2023-12-31, to: 2024-03-31, requested: 2023-12-01, approved: 2023-12-10}]"
    link, due = "upstream: [province/1]", "id: d, what: 甲, due: 2023-12-31"
    assert told(a_pair(due, due, task=f"{link}\n{extension}")) == ["P601"]
    assert told(a_pair(due, due, task=f"{link}\n{extension}".replace(", approved: 2023-12-10", ""))) == []
    assert told(a_pair(due, due, upper_task=extension, task=f"{link}\n{extension}")) == []
    assert told(a_pair(due, due.replace("2023-12-31", "2024-03-31"), upper_task=extension)) == []


# Counts


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("every: half-year, at_least: 1, of: 次", "every: year, at_least: 2, of: 次", []),
        ("every: year, at_least: 2, of: 次", "every: half-year, at_least: 1, of: 次", []),
        ("every: year, at_least: 2, of: 次", "every: half-year", []),
        ("every: quarter", "every: year, at_least: 4, of: 次", []),
        ("every: quarter", "every: year, at_least: 3, of: 次", ["P602"]),
        ("every: year, at_least: 2, of: 次", "every: year, at_least: 1, of: 次", ["P602"]),
        ("every: year, at_least: 2, of: 次", "every: year, exactly: 1, of: 期", ["P602"]),
        ("every: year, at_least: 2, of: 次", "every: year", ["P602"]),
        ("every: year, at_least: 2, of: 次", "every: year, at_most: 4, of: 次", ["P602"]),
        ("every: year, at_least: 1, of: 次", "every: 2 years, at_least: 1, of: 次", ["P602"]),
        ("every: 2 years", "every: year", []),
        ("every: week, at_least: 1, of: 次", "every: month, at_least: 4, of: 次", ["P602"]),
        ("every: year, at_least: 40, of: 学时", "every: year, at_least: 30, of: 学时", ["P602"]),
        ("every: year, at_least: 40, of: 学时", "every: year, at_least: 2, of: 次", []),
        ("every: year, at_least: 5, of: 个部门", "every: year", []),
        ("every: term, at_least: 2, of: 次", "every: term, at_least: 1, of: 次", ["P602"]),
        ("every: term, at_least: 2, of: 次", "every: year, at_least: 1, of: 次", []),
        ("every: year, at_most: 2, of: 次", "every: year, at_most: 3, of: 次", ["P602.limit"]),
        ("every: year, at_most: 2, of: 次", "every: half-year, at_most: 1, of: 次", []),
        ("every: year, at_most: 2, of: 次", "every: year, at_least: 3, of: 次", []),
        ("ongoing: true, review: half-year", "ongoing: true, review: year", ["P602"]),
        ("ongoing: true, review: year", "every: year", []),
        ("ongoing: true", "ongoing: true", []),
    ],
)
def test_a_count_of_a_year_is_not_lower_than_the_upper_one(above: str, below: str, expected: list[str]) -> None:
    assert compared(above, below) == expected


# Targets


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (">= 90 %", ">= 90 %", []),
        (">= 90 %", ">= 95%", []),
        (">= 90 %", ">= 85 %", ["P603"]),
        (">= 90 %", "= 90 %", []),
        ("= 100 %", ">= 99 ％", ["P603"]),
        ("> 90 %", ">= 90 %", ["P603"]),
        ("<= 5 件", "<= 4 件", []),
        ("<= 5 件", "<= 6 件", ["P603"]),
        ("< 5 件", "<= 5 件", ["P603"]),
        (">= 90 %", "<= 90 %", []),
        (">= 90 %", ">= 80 件", []),
        (">= 90 %", ">= 0.9", []),
    ],
)
def test_a_target_is_not_looser_than_the_upper_one(above: str, below: str, expected: list[str]) -> None:
    deadline = "id: d, metric: {}, target: '{}', every: year"
    assert told(a_pair(deadline.format("负责人出庭应诉率", above), deadline.format("行政机关负责人出庭应诉率", below))) == expected


def test_a_figure_that_is_a_duty_above_is_no_mere_aim_below() -> None:
    duty, aim = (f"id: d, metric: 出庭应诉率, every: year, target: '>= 90 %'{more}" for more in ("", ", soft: true"))
    assert [told(a_pair(above, below)) for above, below in ((duty, aim), (aim, duty), (aim, aim))] == [["P603.soft"], [], []]


# Which answers which


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (("id: a, what: 公布权责清单, due: 2023-06-30",), ("id: b, what: 成立领导小组, due: 2024-06-30",), []),
        (("id: a, due: 2023-06-30",), ("id: b, what: 成立领导小组, due: 2024-06-30",), ["P601"]),
        (
            ("id: a, what: 公布权责清单, due: 2023-06-30", "id: b, what: 建成政务平台, due: 2024-12-31"),
            ("id: x, what: 建成县级政务平台, due: 2024-12-31", "id: y, what: 公布县级权责清单, due: 2023-06-30"),
            [],
        ),
        (
            ("id: a, what: 公布权责清单, due: 2023-06-30", "id: b, what: 建成政务平台, due: 2024-12-31"),
            ("id: x, what: 建成县级政务平台, due: 2025-06-30", "id: y, what: 公布县级权责清单, due: 2023-12-31"),
            ["P601", "P601"],
        ),
        (
            ("id: a, quote: 2023年底前, due: 2023-12-31", "id: b, quote: 2024年底前, due: 2024-12-31"),
            ("id: x, quote: 2024年底前, due: 2024-12-31", "id: y, quote: 2025年底前, due: 2025-12-31"),
            [],
        ),
        (
            ("id: draft, due: 2023-06-30", "id: publish, due: 2023-12-31"),
            ("id: draft, due: 2023-06-30", "id: publish, due: 2024-12-31"),
            ["P601"],
        ),
        (("id: a, what: 公布清单, due: 2023-06-30",), ("id: a, what: 公布清单, every: year",), []),
    ],
)
def test_only_deadlines_about_one_thing_are_compared(above: tuple[str, ...], below: tuple[str, ...], expected: list[str]) -> None:
    assert told(a_pair(above, below)) == expected


# No deadline


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("due: 2023-12-31", "", ["P607"]),
        ("every: year", "ongoing: true", ["P607"]),
        ("within: 30 days, after: 公布", "", ["P607"]),
        ("ongoing: true, review: year", "vague: true, due: 2023-12-31", ["P607"]),
        ("ongoing: true", "", []),
        ("vague: true, every: year", "", []),
        ("metric: 率, target: '>= 5 %'", "", []),
        ("due: 2023-12-31", "every: year", []),
    ],
)
def test_a_task_below_a_dated_one_has_a_date(above: str, below: str, expected: list[str]) -> None:
    assert told(a_pair(f"id: d, {above}", f"id: d, {below}" if below else "")) == expected


def test_of_several_tasks_of_a_plan_with_one_link_one_date_is_enough() -> None:
    second = '  - {id: "2", title: 丙, lead: [乙], upstream: [province/1], deadlines: [{id: d, due: 2023-06-30}]}\n'
    upper = a_plan("province", "", "id: d, due: 2023-12-31")
    lower = a_plan("county", "upstream: [province/1]")
    assert told(load({"省.yaml": upper, "县.yaml": lower + second})) == []
    assert told(load({"省.yaml": upper, "县.yaml": lower, "区.yaml": (HEAD.format(plan="district") + second)})) == ["P607"]


# What is in force


CANCELLED = "cancelled: {on: 2024-01-01, reason: 调整}"
ENDED = "ended: {on: 2024-01-01, reason: 废止}"
WEAK = ("id: d, what: 甲, due: 2023-06-30", "id: d, what: 甲, due: 2023-12-31")


def test_nothing_is_asked_of_a_task_or_a_plan_that_was_given_up() -> None:
    assert told(a_pair(*WEAK)) == ["P601"]
    assert told(a_pair(*WEAK, task=f"upstream: [province/1]\n{CANCELLED}")) == []
    assert told(a_pair(*WEAK, task=f"upstream: [province/1]\n{CANCELLED}"), date(2023, 12, 31)) == ["P601"]


def test_a_task_that_goes_on_after_its_upper_task_or_plan_is_told_and_no_longer_measured() -> None:
    assert told(a_pair(*WEAK, upper_task=CANCELLED)) == ["P606"]
    assert told(a_pair(*WEAK, upper_task=CANCELLED), date(2023, 12, 31)) == ["P601"]
    upper = a_plan("province", "", WEAK[0]).replace("tasks:", f"{ENDED}\ntasks:")
    assert told(load({"省.yaml": upper, "县.yaml": a_plan("county", "upstream: [province/1]", WEAK[1])})) == ["P606"]
    assert told(a_pair(*WEAK, upper_task=CANCELLED, task=f"upstream: [province/1]\n{CANCELLED}")) == []


# Confirmations


def fingerprint_of(upper: str) -> str:
    [link] = links(load({"省.yaml": upper, "县.yaml": a_plan("county", "upstream: [province/1]")}))
    return link.fingerprint


def confirmed(*entries: tuple[str, str]) -> str:
    """Write confirmations, by the day and the fingerprint of each."""
    listed = "".join(f'\n  - {{upstream: province/1, on: {on}, by: 县司法局, fingerprint: "{fingerprint}"}}' for on, fingerprint in entries)
    return f"upstream: [province/1]\nconfirmed:{listed}"


OLD = a_plan("province", "", "id: d, what: 甲, due: 2025-12-31, quote: 2025年底前")
NEW = OLD.replace("2025-12-31", "2025-06-30")


@pytest.mark.parametrize(
    ("entries", "upper", "expected"),
    [
        ([], NEW, []),
        ([("2024-01-01", OLD)], OLD, []),
        ([("2024-01-01", OLD)], NEW, ["P604"]),
        ([("2024-01-01", OLD), ("2024-03-01", NEW)], NEW, []),
        ([("2024-03-01", NEW), ("2024-01-01", OLD)], NEW, []),
        ([("2024-01-01", NEW), ("2024-01-01", OLD)], NEW, ["P604"]),
        ([("2024-01-01", OLD), ("2024-03-01", NEW)], OLD, ["P604"]),
    ],
)
def test_a_link_is_stale_while_its_last_confirmation_was_of_another_task(
    entries: list[tuple[str, str]], upper: str, expected: list[str]
) -> None:
    task = confirmed(*((on, fingerprint_of(text)) for on, text in entries)) if entries else "upstream: [province/1]"
    assert told(load({"省.yaml": upper, "县.yaml": a_plan("county", task, "id: d, what: 甲, due: 2025-01-31")})) == expected


def test_a_stale_link_is_told_at_the_confirmation_with_the_way_to_renew_it() -> None:
    text = a_plan("county", confirmed(("2024-01-01", fingerprint_of(OLD))), "id: d, what: 甲, due: 2025-01-31")
    [problem] = check(load({"省.yaml": NEW, "县.yaml": text}), TODAY, ["P604"])
    line = text.splitlines()[problem.location.line - 1]
    assert (line.strip()[:20], problem.args["link"], str(problem.args["place"])) == ("- {upstream: provinc", "county/1", "省.yaml:7:5")


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        ("title: 甲", "title: 乙"),
        (r"lead: \[乙\]", "lead: [丙]"),
        (r"lead: \[乙\]", "lead: [丙, 乙]"),
        ("due: 2025-12-31", "due: 2025-12-30"),
        ("quote: 2025年底前", "quote: 2025年12月底前"),
        ("what: 甲", "what: 乙"),
        ("what: 甲", "what: 甲, soft: true"),
        ("what: 甲", "what: 甲, actors: [丙]"),
        ("due: 2025-12-31", "every: year"),
        (r"\Z", "      - {id: e, every: year, at_least: 1}\n"),
    ],
)
def test_what_binds_makes_the_fingerprint(pattern: str, replacement: str) -> None:
    assert fingerprint_of(re.sub(pattern, replacement, OLD, count=1)) != fingerprint_of(OLD)


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        ("what: 甲", 'what: " 甲 "'),
        ("quote: 2025年底前", "quote: ２０２５年底前, note: 见通知"),
        ("    title: 甲", "    # 说明\n    title: 甲\n    tags: [清单]\n    note: 说明"),
        ("id: d,", "id: other,"),
        ("tasks:\n", 'tasks:\n  - {id: "0", title: 在前, lead: [乙]}\n'),
        (r"\Z", "    progress: [{on: 2024-01-01, state: accepted}]\n"),
        (r"\Z", "    extensions: [{from: 2025-12-31, to: 2026-03-31}]\n"),
    ],
)
def test_what_was_recorded_and_how_it_is_laid_out_does_not(pattern: str, replacement: str) -> None:
    assert fingerprint_of(re.sub(pattern, replacement, OLD, count=1)) == fingerprint_of(OLD)


def test_the_order_of_deadlines_and_an_alias_make_no_difference() -> None:
    first, second = "id: a, what: 甲, due: 2025-12-31", "id: b, what: 乙, every: year"
    assert fingerprint_of(a_plan("province", "", first, second)) == fingerprint_of(a_plan("province", "", second, first))
    units = {"省/units.yaml": "planctl: 1\nunits: [{name: 省司法厅, aliases: [乙]}]\n"}
    lower = {"县/县.yaml": a_plan("county", "upstream: [province/1]")}
    prints = {next(links(load({"省/省.yaml": OLD.replace("[乙]", name), **units, **lower}))).fingerprint for name in ("[乙]", "[省司法厅]")}
    assert len(prints) == 1


def test_a_confirmation_names_a_link_that_is_there() -> None:
    fingerprint = "sha256:" + "0" * 64
    task = f'upstream: [province/1]\nconfirmed: [{{upstream: province/2, on: 2024-01-01, fingerprint: "{fingerprint}"}}]'
    assert told(a_pair("", "", task=task)) == ["P605.nearest"]
    assert told(a_pair("", "", task=task.replace("upstream: [province/1]\n", ""))) == ["P605"]


# Where links lead


def test_a_link_to_a_published_plan_is_held_against_it() -> None:
    published = (
        '{"planctl": 1, "export": 1, "organisations": [{"organisation": "示例省", "plans": [{"id": "province", "title": "甲", "tasks": [\n'
        '{"id": "1", "title": "甲", "lead": ["乙"], "deadlines": [{"id": "d", "what": "甲", "due": "2023-06-30"}]}]}]}]}\n'
    )
    files = {
        "planctl.yaml": "planctl: 1\nupstream: [省.json]\n",
        "省.json": published,
        "县.yaml": a_plan("county", "upstream: [province/1]", WEAK[1]),
    }
    [problem] = check(load(files), TODAY, [*LINKS, "P404"])
    assert (problem.code, str(problem.args["place"])) == ("P601", "省.json:2:56")


def test_a_link_that_leads_nowhere_is_only_told_as_such() -> None:
    workspace = load({"县.yaml": a_plan("county", "upstream: [province/1]", WEAK[1])})
    assert [problem.code for problem in check(workspace, TODAY, [*LINKS, "P404"])] == ["P404"]
