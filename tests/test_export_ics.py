"""Calendars: what a program reads that takes RFC 5545 at its word, and what stands in the bytes."""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load, run
from planctl.exchange import calendar, contentlines
from planctl.exchange.extent import Extent
from planctl.occurrences import occurrences
from planctl.queries import Judge, Selection

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from icalendar import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.workspace import Workspace

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = date(2025, 4, 1)
HEAD = "planctl: 1\nid: shili\ntitle: 示例县示例方案\ndocument: {number: 示政发〔2024〕1号, issuers: [县政府], issued: 2024-01-10}\n"
QUARTERLY = (
    HEAD
    + 'period: {start: 2024-01-01, end: 2025-12-31}\ntasks:\n  - id: "1"\n    title: 报告情况\n    lead: [县司法局]\n    deadlines: [{id: report, what: 报送季报, every: quarter, quote: 每季度}]\n'
)
ONCE = (
    HEAD
    + 'tasks:\n  - id: "1"\n    title: 公布清单\n    lead: [县司法局]\n    deadlines: [{id: publish, what: 公布清单, due: 2025-06-30}]\n'
)


def ics(workspace: Workspace, day: date = DAY, *, before: date | None = None, after: date | None = None, **manner: Any) -> bytes:
    return calendar.write(Extent(Judge(workspace, day), Selection(), after, before), calendar.Manner("zh", **manner))


def components(data: bytes) -> list[Any]:
    """Read a calendar with the package of that name; what it objects to, it would note as an error of the component."""
    parsed = Calendar.from_ical(data)
    found = [each for each in parsed.walk() if each.name in ("VEVENT", "VTODO")]
    assert [each.errors for each in (parsed, *found)] == [[]] * (len(found) + 1)
    return found


def trigger(component: Any) -> timedelta | None:
    return next((alarm["TRIGGER"].dt for alarm in component.walk("VALARM")), None)


def starts(component: Any) -> list[date]:
    """List the days of an event, those of its rule too."""
    first = component["DTSTART"].dt
    if "RRULE" not in component:
        return [first]
    rule = component["RRULE"].to_ical().decode()
    return [moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(first, time()))]


# What is in it


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "options"), [("events", ()), ("all", ("--all",)), ("todo", ("--todo",))])
def test_the_plans_of_the_demo_as_a_calendar(name: str, options: tuple[str, ...], lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("export", "--format", "ics", "--as-of", "2025-04-01", *options, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"export.{name}.{lang}.ics", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_deadline_is_an_event_of_the_whole_day() -> None:
    event = components(ics(load(ONCE)))[0]
    facts = {key: event[key] for key in ("UID", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP")}
    days = [event[key].dt for key in ("DTSTART", "DTEND")]
    assert (facts, days, event["DTSTAMP"].dt.date(), event["CATEGORIES"].cats) == (
        {
            "UID": "shili/1/publish@planctl",
            "SUMMARY": "县司法局：公布清单",
            "SEQUENCE": 0,
            "STATUS": "CONFIRMED",
            "TRANSP": "TRANSPARENT",
        },
        [date(2025, 6, 30), date(2025, 7, 1)],
        date(2024, 1, 10),
        ["示例县示例方案", "县司法局"],
    )


def test_its_description_tells_the_quote_the_units_and_the_place() -> None:
    text = ONCE.replace("due: 2025-06-30", 'due: 2025-06-30, quote: "2025年6月底前"').replace(
        "lead: [县司法局]", "lead: [县司法局]\n    support: [县财政局]"
    )
    assert str(components(ics(load(text)))[0]["DESCRIPTION"]).splitlines() == [
        "任务：1 公布清单",
        "规则：一次，2025-06-30 前（含当日）",
        "原话：“2025年6月底前”",
        "责任单位：县司法局",
        "配合单位：县财政局",
        "方案：示例县示例方案（示政发〔2024〕1号）",
        "位置：plans/demo/plan.yaml:10:17",
        "编号：shili/1/publish",
    ]


def test_what_many_owe_names_two_of_them() -> None:
    text = ONCE.replace("[县司法局]", "[县司法局, 县教育局, 县财政局]")
    assert components(ics(load(text)))[0]["SUMMARY"] == "县司法局、县教育局等 3 个：公布清单"


def test_what_is_done_is_left_out_unless_all_is_asked_for() -> None:
    workspace = load(ONCE + "    progress: [{on: 2025-03-20, unit: 县司法局, state: done}]\n")
    found = components(ics(workspace, everything=True))
    assert (components(ics(workspace)), [(each["SUMMARY"], each["SEQUENCE"], trigger(each)) for each in found]) == (
        [],
        [("【办结】县司法局：公布清单", 1, None)],
    )


def test_an_extension_moves_the_event_and_keeps_its_id() -> None:
    extended = "    extensions: [{from: 2025-06-30, to: 2025-09-30, requested: 2025-03-01, approved: 2025-03-10, by: 县政府}]\n"
    event = components(ics(load(ONCE + extended)))[0]
    assert (event["UID"], event["DTSTART"].dt, event["SEQUENCE"], event["DTSTAMP"].dt.date()) == (
        "shili/1/publish@planctl",
        date(2025, 9, 30),
        1,
        date(2025, 3, 10),
    )


def test_a_cancelled_task_and_a_suspended_one_say_so() -> None:
    cancelled = ONCE + "    cancelled: {on: 2025-03-01, by: 县政府}\n"
    suspended = ONCE + "    progress: [{on: 2025-03-01, state: suspended}]\n"
    found = [components(ics(load(text), everything=True))[0] for text in (cancelled, suspended)]
    assert [(each["STATUS"], each["SUMMARY"], trigger(each)) for each in found] == [
        ("CANCELLED", "【撤销】县司法局：公布清单", None),
        ("TENTATIVE", "【中止】县司法局：公布清单", None),
    ]


def test_days_choose_what_is_in_it() -> None:
    found = components(ics(load(QUARTERLY), after=date(2025, 3, 31), before=date(2025, 9, 30)))
    assert sorted({day for each in found for day in starts(each)}) == [date(2025, 6, 30), date(2025, 9, 30)]


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    parsed = Calendar.from_ical(ics(load(HEAD + "tasks: []\n")))
    assert [each.name for each in parsed.walk()] == ["VCALENDAR", "VTIMEZONE", "STANDARD"]


def test_the_second_of_two_equal_ids_gets_a_number() -> None:
    twice = ONCE.replace("deadlines: [", "deadlines: [{id: publish, due: 2025-05-31}, ")
    assert [each["UID"] for each in components(ics(load(twice)))] == ["shili/1/publish@planctl", "shili/1/publish~2@planctl"]


# Alarms


@pytest.mark.parametrize(
    ("due", "notice"),
    [
        ("2025-06-18", timedelta(hours=-15)),  # Wednesday: on Tuesday at nine
        ("2025-06-16", timedelta(days=-2, hours=-15)),  # Monday: on Friday
        ("2025-10-09", timedelta(days=-8, hours=-15)),  # after the National Day holidays: on 30 September
        ("2025-10-12", timedelta(hours=-15)),  # Sunday: on Saturday, which is worked
    ],
)
def test_the_alarm_is_at_nine_on_the_working_day_before(due: str, notice: timedelta) -> None:
    assert trigger(components(ics(load(ONCE.replace("2025-06-30", due))))[0]) == notice


def test_the_calendars_of_the_settings_say_what_is_worked() -> None:
    closed = "planctl: 1\ncalendars: [{year: 2025, holidays: [2025-06-27/2025-06-29], source: 县政府办}]\n"
    event = components(ics(load({"plans/demo/plan.yaml": ONCE, "planctl.yaml": closed})))[0]
    assert trigger(event) == timedelta(days=-3, hours=-15)


def test_nobody_is_reminded_of_what_is_over() -> None:
    days = [date(2025, 6, 27), date(2025, 6, 28), date(2025, 7, 1)]
    assert [trigger(components(ics(load(ONCE), day))[0]) is not None for day in days] == [True, False, False]


# What repeats


def test_a_regular_deadline_is_one_event_that_repeats() -> None:
    master, *others = components(ics(load(QUARTERLY), date(2024, 1, 10)))
    assert (master["UID"], starts(master)[:2], len(starts(master)), {each["UID"] for each in others}) == (
        "shili/1/report@planctl",
        [date(2024, 3, 31), date(2024, 6, 30)],
        8,
        {"shili/1/report@planctl"},
    )


@pytest.mark.parametrize(
    ("cycle", "rule"),
    [
        ("every: quarter", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1;COUNT=8"),
        ("every: month, by: 25", "FREQ=MONTHLY;COUNT=24"),
        ("every: month, by: 30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=24"),
        ('every: year, by: "03-01"', "FREQ=YEARLY;COUNT=2"),
        ("every: half-year", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1;COUNT=4"),
        ("every: 2 weeks", "FREQ=WEEKLY;INTERVAL=2;COUNT=51"),
        ("every: day", "FREQ=DAILY;COUNT=722"),
        ("ongoing: true, review: year", "FREQ=YEARLY;COUNT=2"),
    ],
)
def test_the_rule_says_what_the_cycle_says(cycle: str, rule: str) -> None:
    data = ics(load(QUARTERLY.replace("every: quarter", cycle)), date(2024, 1, 10))
    assert [line for line in data.decode().split("\r\n") if line.startswith("RRULE")] == [f"RRULE:{rule}"]


def test_each_date_of_it_has_the_alarm_of_its_own_working_day() -> None:
    workspace = load(QUARTERLY)
    judge = Judge(workspace, date(2024, 1, 10))
    master, *others = components(ics(workspace, date(2024, 1, 10)))
    notices = dict.fromkeys(starts(master), trigger(master)) | {each["RECURRENCE-ID"].dt: trigger(each) for each in others}
    expected = {day: judge.rules.calendar.add_workdays(day, -1).day - day + timedelta(hours=9) for day in starts(master)}
    assert notices == expected


DONE_OF_Q1 = "    progress: [{on: 2024-03-20, unit: 县司法局, state: done}]\n"
MOVED_Q2 = "    extensions: [{from: 2024-06-30, to: 2024-07-31, requested: 2024-05-01, approved: 2024-05-10, by: 县政府}]\n"


def test_what_is_done_is_left_out_of_the_series_and_the_rest_stays_one() -> None:
    master = components(ics(load(QUARTERLY + DONE_OF_Q1)))[0]
    assert (master["UID"], master["RRULE"].to_ical().decode(), [each.dt for each in master["EXDATE"].dts]) == (
        "shili/1/report@planctl",
        "FREQ=MONTHLY;COUNT=8;INTERVAL=3;BYMONTHDAY=-1",
        [date(2024, 3, 31)],
    )


def test_with_all_what_is_done_stands_in_the_place_of_its_date() -> None:
    master, done, *_ = components(ics(load(QUARTERLY + DONE_OF_Q1), everything=True))
    assert ("EXDATE" in master, done["UID"] == master["UID"], done["RECURRENCE-ID"].dt, done["SUMMARY"], trigger(done)) == (
        False,
        True,
        date(2024, 3, 31),
        "【办结】县司法局：报送季报",
        None,
    )


def test_what_is_extended_leaves_its_date_for_another_within_the_series() -> None:
    master, *others = components(ics(load(QUARTERLY + MOVED_Q2), date(2024, 6, 1)))
    [moved] = [each for each in others if each["RECURRENCE-ID"].dt == date(2024, 6, 30)]
    assert (moved["UID"] == master["UID"], moved["DTSTART"].dt, "2024-07-31" in moved["DESCRIPTION"]) == (
        True,
        date(2024, 7, 31),
        True,
    )
    assert "延期" not in master["DESCRIPTION"]


def test_ids_stay_when_something_is_recorded_and_numbers_grow() -> None:
    found = [components(ics(load(QUARTERLY + recorded))) for recorded in ("", DONE_OF_Q1, DONE_OF_Q1 + MOVED_Q2)]
    assert [({each["UID"] for each in events}, {each["SEQUENCE"] for each in events}) for events in found] == [
        ({"shili/1/report@planctl"}, {number}) for number in range(3)
    ]


def test_a_period_that_stands_alone_has_the_id_of_the_series_that_it_begins() -> None:
    yearly = QUARTERLY.replace("quarter", "year").replace("end: 2025-12-31", "end: 2024-12-31")
    assert [(each["UID"], "RRULE" in each) for each in components(ics(load(yearly)))] == [("shili/1/report@planctl", False)]


def test_a_series_of_which_all_is_done_is_not_there() -> None:
    done = "".join(
        f"      - {{on: 2025-03-20, period: {year}-Q{number}, state: done}}\n" for year in (2024, 2025) for number in (1, 2, 3, 4)
    )
    assert components(ics(load(f"{QUARTERLY}    progress:\n{done}"))) == []


def test_beyond_a_year_where_working_days_are_not_announced_the_alarm_of_the_series_has_to_do() -> None:
    monthly = QUARTERLY.replace("quarter", "month").replace("2024-01-01, end: 2025-12-31", "2093-01-01, end: 2096-12-31")
    master, *others = components(ics(load(monthly.replace("2024-01-10", "2093-01-10")), date(2093, 1, 10)))
    assert (len(starts(master)), max(each["RECURRENCE-ID"].dt for each in others) <= date(2094, 1, 10)) == (48, True)


def test_ten_thousand_monthly_tasks_of_which_one_is_done_are_few_events() -> None:
    task = """  - {{id: "{number}", title: 甲, lead: [乙], deadlines: [{{id: d, every: month}}], progress: [{{on: 2025-01-20, state: done, period: 2025-01}}]}}\n"""
    tasks = "".join(task.format(number=number) for number in range(300))
    text = f"{HEAD}period: {{start: 2025-01-01, end: 2029-12-31}}\ntasks:\n{tasks}"
    events = components(ics(load(text), date(2025, 1, 31)))
    assert (sum("RRULE" in each for each in events), len(events) < 300 * 12) == (300, True)


def test_a_last_period_that_the_end_of_the_plan_cuts_short_stands_apart() -> None:
    events = [
        each
        for each in components(ics(load(QUARTERLY.replace("2025-12-31", "2025-11-15")), date(2024, 1, 10)))
        if "RECURRENCE-ID" not in each
    ]
    assert [(each["UID"], starts(each)[-1]) for each in events] == [
        ("shili/1/report@planctl", date(2025, 9, 30)),
        ("shili/1/report@2025-Q4@planctl", date(2025, 11, 15)),
    ]


def test_dates_that_move_from_rest_days_are_no_rule() -> None:
    events = components(ics(load(QUARTERLY.replace("every: quarter", "every: quarter, roll: next")), date(2024, 1, 10)))
    assert [each for each in events if "RRULE" in each] == []


def test_a_plan_without_an_end_is_followed_for_a_year() -> None:
    events = components(ics(load(QUARTERLY.replace("period: {start: 2024-01-01, end: 2025-12-31}\n", ""))))
    assert max(day for each in events for day in starts(each)) == date(2026, 3, 31)


CYCLES = st.one_of(
    st.tuples(st.sampled_from(["year", "half-year", "quarter", "month"]), st.sampled_from([None, 1, 15, 28, 29, 30, 31])),
    st.tuples(st.sampled_from(["week", "day", "2 years", "3 months", "2 weeks", "5 months", "10 days"]), st.none()),
    st.tuples(st.just("year"), st.sampled_from(["02-28", "02-29", "03-01", "12-31"])),
)
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


def shown(events: list[Any]) -> list[date]:
    """List the days that a program shows: those of the rules, without what is left out, and what stands in the place of others."""
    found = []
    for uid in {each["UID"] for each in events}:
        master, *others = sorted((each for each in events if each["UID"] == uid), key=lambda each: "RECURRENCE-ID" in each)
        gone = {each.dt for each in master["EXDATE"].dts} if "EXDATE" in master else set()
        replaced = {each["RECURRENCE-ID"].dt: each["DTSTART"].dt for each in others}
        assert (gone | replaced.keys()) <= {*starts(master)}
        found += [replaced.get(day, day) for day in starts(master) if day not in gone]
    return sorted(found)


RECORDED = st.dictionaries(st.integers(0, 30), st.sampled_from(["done", "extended", "both"]), max_size=4)


KINDS = st.tuples(CYCLES, st.sampled_from(["", ", roll: next", ", quote: 每月15日前"]))
MANNERS = st.sampled_from([{}, {"everything": True}])


@given(KINDS, DAYS, st.integers(0, 2500), DAYS, RECORDED, MANNERS)
@settings(max_examples=200, deadline=None)
def test_what_programs_show_is_what_planctl_derives(
    kind: tuple[tuple[str, Any], str], start: date, length: int, day: date, recorded: dict[int, str], manner: dict[str, Any]
) -> None:
    (every, by), more = kind
    named = f', by: "{by:02}"' if isinstance(by, int) and every != "year" else f', by: "{by}"' if isinstance(by, str) else ""
    end = start + timedelta(days=length)
    text = f'planctl: 1\nid: a\ntitle: 甲\nperiod: {{start: {start}, end: {end}}}\ntasks:\n  - id: "1"\n    title: 乙\n    lead: [丙]\n    deadlines: [{{id: d, every: {every}{named}{more}}}]\n'
    until = min(end, start + timedelta(days=1500))
    plain = load(text)
    planned = [*occurrences(plain.plans[0], until, Judge(plain, day).rules)]
    chosen = [(planned[number], what) for number, what in recorded.items() if number < len(planned)]
    if done := [f"{{on: {day}, period: {each.period}, state: done}}" for each, what in chosen if what != "extended"]:
        text += f"    progress: [{', '.join(done)}]\n"
    if moved := [
        f"{{period: {each.period}, from: {each.due}, to: {(each.due or day) + timedelta(days=40)}, approved: {day}, by: 丁}}"
        for each, what in chosen
        if what != "done"
    ]:
        text += f"    extensions: [{', '.join(moved)}]\n"
    workspace = load(text)
    judge = Judge(workspace, day)
    over = [] if manner else [each.period for each, what in chosen if what != "extended"]
    expected = [
        each.due
        for each in occurrences(judge.workspace.plans[0], until, judge.rules)
        if each.due and each.due <= until and each.period not in over
    ]
    assert shown(components(ics(workspace, day, before=until, **manner))) == sorted(expected)


# To-dos


def test_a_todo_says_how_far_it_is() -> None:
    begun = "    progress: [{on: 2025-03-01, unit: 县司法局, state: in-progress, percent: 40}]\n"
    done = "    progress: [{on: 2025-03-01, unit: 县司法局, state: done}]\n"
    found = [components(ics(load(ONCE + recorded), todo=True, everything=True))[0] for recorded in ("", begun, done)]
    assert [(each["STATUS"], each.get("PERCENT-COMPLETE"), each["DUE"].dt, trigger(each)) for each in found] == [
        ("NEEDS-ACTION", None, date(2025, 6, 30), timedelta(days=-2, hours=-15)),
        ("IN-PROCESS", 40, date(2025, 6, 30), timedelta(days=-2, hours=-15)),
        ("COMPLETED", 100, date(2025, 6, 30), None),
    ]
    assert found[2]["COMPLETED"].dt.date() == date(2025, 3, 1)


def test_a_todo_of_a_period_begins_with_it_and_has_an_id_of_its_own() -> None:
    first = components(ics(load(QUARTERLY), todo=True))[0]
    assert (first["UID"], first["DTSTART"].dt, first["DUE"].dt) == (
        "shili/1/report@2024-Q1@todo.planctl",
        date(2024, 1, 10),
        date(2024, 3, 31),
    )


def test_what_waits_for_an_event_is_a_todo_without_a_day() -> None:
    text = ONCE.replace("due: 2025-06-30", "within: 30 days, after: 文件公布")
    assert [("DUE" in each, each["STATUS"]) for each in components(ics(load(text), todo=True))] == [(False, "NEEDS-ACTION")]
    assert components(ics(load(text))) == []


# The bytes


def test_lines_are_folded_between_characters_and_end_as_the_standard_says() -> None:
    data = ics(load(ONCE.replace("what: 公布清单", f"what: {'长😀b' * 200}")))
    lines = data.split(b"\r\n")
    assert (max(map(len, lines)), lines[-1], b"\n" in data.replace(b"\r\n", b"")) == (75, b"", False)
    assert [line.decode() for line in lines] != []
    assert components(data)[0]["SUMMARY"] == "县司法局：" + "长😀b" * 200


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    clean = contentlines.UNFIT.sub("\ufffd", contentlines.BREAK.sub("\n", text))
    lines = [*contentlines.component("VEVENT", ["UID:1", f"SUMMARY:{contentlines.text(text)}"])]
    data = contentlines.write(contentlines.component("VCALENDAR", ["VERSION:2.0", *lines]))
    assert (max(map(len, data.split(b"\r\n"))) <= 75, str(components(data)[0]["SUMMARY"])) == (True, clean)


def test_no_text_of_a_plan_becomes_a_line_of_the_calendar() -> None:
    evil = r'"x\nEND:VEVENT\nBEGIN:VALARM\nACTION:AUDIO\nATTACH:http://a.example/x\\;,:\"^"'
    text = ONCE.replace("what: 公布清单", f"what: {evil}").replace("title: 公布清单", f"title: {evil}").replace("示例县示例方案", evil)
    text = text.replace("[县司法局]", f"[{evil}]").replace("deadlines:", f"tags: [{evil}]\n    deadlines:")
    data = ics(load(text.replace("due: 2025-06-30", f"due: 2025-06-30, condition: {evil}, quote: {evil}")))
    assert data.count(b"\r\nBEGIN:VALARM") == data.count(b"\r\nEND:VEVENT") == 1
    assert b"\r\nATTACH" not in data
    assert str(components(data)[0]["SUMMARY"]).startswith("x\nEND:VEVENT")


def test_the_bytes_are_the_same_wherever_it_is_written(tmp_path: Path) -> None:
    options = ("export", "--format", "ics", "--as-of", "2025-04-01")
    run(*options, "--output", tmp_path / "a.ics", cwd=DEMO)
    run("--plans", DEMO / "plans", *options, "--output", tmp_path / "b.ics", cwd=tmp_path)
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes() == run(*options, cwd=DEMO / "plans").stdout.encode()


def test_it_does_not_change_from_one_day_to_the_next() -> None:
    workspace = load(ONCE)
    assert ics(workspace, date(2025, 4, 1)) == ics(workspace, date(2025, 6, 1))


# The command


@pytest.mark.parametrize(
    ("form", "options"),
    [("json", ("--todo",)), ("json", ("--unit", "县司法局")), ("csv", ("--all",)), ("ics", ("--each",)), ("xlsx", ("--without-progress",))],
)
def test_an_option_of_another_format_is_refused(form: str, options: tuple[str, ...]) -> None:
    done = run("export", "--format", form, *options, cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", f"{options[0]} 不用于 --format {form}。")


def test_a_unit_gets_what_it_owes_itself_and_through_its_groups() -> None:
    done = run("export", "--format", "ics", "--unit", "甲镇", "--as-of", "2025-04-01", "--before", "2025-06-30", cwd=DEMO)
    assert {each["SUMMARY"] for each in components(done.stdout.encode())} == {"各乡镇：举办讲座"}


def test_a_unit_that_nobody_knows_ends_with_2() -> None:
    assert run("export", "--format", "ics", "--unit", "县气象局", cwd=DEMO).returncode == 2
