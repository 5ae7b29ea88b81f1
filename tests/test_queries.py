from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import load
from planctl.errors import AmbiguousTaskError, PlanctlError, UnknownNameError
from planctl.queries import Judge, Role, Selection, Span, chosen_plans, due, find_task, known_on, names_of, owes, rules_of, select
from planctl.statuses import OPEN, Judged, Status

UNITS = """\
planctl: 1
organisation: 示例县
units:
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县财政局}
  - {name: 县教育局}
  - {name: 城关镇}
groups:
  - {name: 各乡镇, members: [城关镇]}
  - {name: 县直各单位, members: [县财政局, 司法局]}
"""
FIRST = """\
planctl: 1
id: first
title: 第一方案
document: {issued: 2022-01-01}
period: {end: 2025-12-31}
tasks:
  - id: "1"
    title: 权责清单
    section: [二, (一)]
    lead: [司法局]
    support: [各乡镇]
    deadlines:
      - {id: publish, what: 公开清单, due: 2022-12-31, quote: 2022年底前}
  - id: "2"
    title: 年度报告
    section: [二, (二)]
    lead: [县财政局]
    note: 连同附件
    deadlines:
      - {id: report, every: year, by: 03-01, actors: [县教育局]}
      - {id: publish, every: half-year}
      - {id: file, within: 30 days, after: 公布}
  - id: "3"
    title: 负责人出庭
    section: [三]
    lead: [县直各单位]
    deadlines:
      - {id: rate, metric: 应诉率, target: ">= 100 %", due: 2022-11-30}
"""
SECOND = """\
planctl: 1
id: second
title: 第二方案
document: {issued: 2022-01-01}
tasks:
  - id: "1"
    title: 另一清单
    lead: [别处单位]
    deadlines:
      - {id: d, due: 2022-12-31}
"""
FILES = {"plans/x/units.yaml": UNITS, "plans/x/a.yaml": FIRST, "plans/y/b.yaml": SECOND}
WORKSPACE = load(FILES)


def selected(selection: Selection) -> list[str]:
    return [f"{plan.id}/{task.id}" for plan, task in select(WORKSPACE, selection)]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), ["first/1", "first/2", "first/3", "second/1"]),
        (Selection(plans=("second",)), ["second/1"]),
        (Selection(plans=("second", "first")), ["first/1", "first/2", "first/3", "second/1"]),
        # 县司法局 leads the first by its alias, and is one of 县直各单位.
        (Selection(unit="县司法局"), ["first/1", "first/3"]),
        (Selection(unit="司法局"), ["first/1", "first/3"]),
        (Selection(unit="司法局", role=Role.SUPPORT), []),
        (Selection(unit="城关镇"), ["first/1"]),
        (Selection(unit="城关镇", role=Role.LEAD), []),
        (Selection(unit="城关镇", role=Role.SUPPORT), ["first/1"]),
        (Selection(unit="各乡镇"), ["first/1"]),
        (Selection(unit="县教育局"), ["first/2"]),
        (Selection(unit="县教育局", role=Role.LEAD), []),
        (Selection(unit="县教育局", role=Role.SUPPORT), []),
        (Selection(unit="别处单位"), ["second/1"]),
        (Selection(plans=("second",), unit="司法局"), []),
        (Selection(section="二"), ["first/1", "first/2"]),
        (Selection(section="(二)"), ["first/2"]),
        (Selection(section="二 (一)"), ["first/1"]),
        (Selection(section="一"), []),
        (Selection(text="清单"), ["first/1", "second/1"]),
        (Selection(text="公开"), ["first/1"]),
        (Selection(text="2022年底"), ["first/1"]),
        (Selection(text="附件"), ["first/2"]),
        (Selection(text="应诉率"), ["first/3"]),
        (Selection(text="没有的话"), []),
        (Selection(plans=("first",), unit="县财政局", role=Role.LEAD, section="二", text="年度"), ["first/2"]),
    ],
)
def test_which_tasks_a_selection_holds(selection: Selection, found: list[str]) -> None:
    assert selected(selection) == found


def test_text_is_found_in_either_case() -> None:
    workspace = load(SECOND.replace("另一清单", "推进ABC"))
    assert [task.id for _, task in select(workspace, Selection(text="abc"))] == ["1"]


@pytest.mark.parametrize(
    ("selection", "args"),
    [
        (Selection(plans=("frist",)), {"what": "word.plan", "name": "frist", "nearest": "first", "list": "planctl tasks"}),
        (Selection(plans=("nothing like it",)), {"what": "word.plan", "name": "nothing like it", "nearest": None, "list": "planctl tasks"}),
        (Selection(unit="县司法厅"), {"what": "word.unit", "name": "县司法厅", "nearest": "县司法局", "list": "planctl units"}),
        (Selection(unit="别处单元"), {"what": "word.unit", "name": "别处单元", "nearest": "别处单位", "list": "planctl units"}),
        (Selection(unit="xyz"), {"what": "word.unit", "name": "xyz", "nearest": None, "list": "planctl units"}),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(selection: Selection, args: dict[str, object]) -> None:
    with pytest.raises(UnknownNameError) as refused:
        selected(selection)
    assert refused.value.args_of_message == args


def test_all_plans_are_chosen_where_none_is_named() -> None:
    assert [plan.id for plan in chosen_plans(WORKSPACE, ())] == ["first", "second"]


@pytest.mark.parametrize(
    ("reference", "plans", "found"),
    [("2", (), "first/2"), ("first/1", (), "first/1"), ("1", ("second",), "second/1"), ("second/1", ("second",), "second/1")],
)
def test_a_task_is_found_by_its_reference(reference: str, plans: tuple[str, ...], found: str) -> None:
    plan, task = find_task(WORKSPACE, reference, plans)
    assert f"{plan.id}/{task.id}" == found


@pytest.mark.parametrize(
    ("reference", "plans", "error", "args"),
    [
        ("1", (), AmbiguousTaskError, {"name": "1", "known": ["first/1", "second/1"]}),
        ("first/4", (), UnknownNameError, {"what": "word.task", "name": "first/4", "nearest": "first/3", "list": "planctl tasks"}),
        ("22", (), UnknownNameError, {"what": "word.task", "name": "22", "nearest": "2", "list": "planctl tasks"}),
        ("第九条", (), UnknownNameError, {"what": "word.task", "name": "第九条", "nearest": None, "list": "planctl tasks"}),
        ("first/1", ("second",), UnknownNameError, {"what": "word.task", "name": "first/1", "nearest": None, "list": "planctl tasks"}),
        ("1", ("third",), UnknownNameError, {"what": "word.plan", "name": "third", "nearest": None, "list": "planctl tasks"}),
    ],
)
def test_a_task_that_is_not_one_is_refused(
    reference: str, plans: tuple[str, ...], error: type[PlanctlError], args: dict[str, object]
) -> None:
    with pytest.raises(error) as refused:
        find_task(WORKSPACE, reference, plans)
    assert refused.value.args_of_message == args


def test_of_a_task_that_is_twice_in_its_plan_the_first_is_found() -> None:
    workspace = load(f'{SECOND}  - id: "1"\n    title: 重复\n')
    assert find_task(workspace, "1")[1].title == "另一清单"


@pytest.mark.parametrize(
    ("unit", "names"),
    [("司法局", {"县司法局", "县直各单位"}), ("城关镇", {"城关镇", "各乡镇"}), ("各乡镇", {"各乡镇"}), ("别处单位", {"别处单位"})],
)
def test_the_names_under_which_a_unit_owns(unit: str, names: set[str]) -> None:
    assert names_of(WORKSPACE.directory_of(WORKSPACE.plans[0]), unit) == names


def found(
    before: str, after: str | None = None, *, day: str = "2022-06-01", wanted: frozenset[Status] = OPEN, unit: str | None = None
) -> list[str]:
    """Show what is due in a span, as a clerk would ask for it."""
    judge = Judge(WORKSPACE, date.fromisoformat(day))
    span = Span(date.fromisoformat(after) if after else None, date.fromisoformat(before))
    tasks = select(judge.workspace, Selection(unit=unit))
    return [
        f"{each.occurrence.plan.id}/{each.occurrence.id} {each.occurrence.due or '—'}" for each in due(judge, tasks, span, wanted, unit)
    ]


WAITING = "first/2/file —"


@pytest.mark.parametrize(
    ("before", "after", "listed"),
    [
        ("2022-02-28", None, [WAITING]),
        ("2022-03-01", None, ["first/2/report@2022 2022-03-01", WAITING]),
        ("2022-06-30", "2022-03-01", ["first/2/publish@2022-H1 2022-06-30", WAITING]),
        ("2022-06-30", "2022-02-28", ["first/2/report@2022 2022-03-01", "first/2/publish@2022-H1 2022-06-30", WAITING]),
        (
            "2022-12-31",
            "2022-06-30",
            [
                "first/3/rate 2022-11-30",
                "first/1/publish 2022-12-31",
                "first/2/publish@2022-H2 2022-12-31",
                "second/1/d 2022-12-31",
                WAITING,
            ],
        ),
        ("2022-12-30", "2022-11-30", [WAITING]),
        ("2022-01-01", "2022-12-31", [WAITING]),
    ],
)
def test_before_includes_its_day_and_after_leaves_it_out(before: str, after: str | None, listed: list[str]) -> None:
    assert found(before, after) == listed


@pytest.mark.parametrize(
    ("unit", "listed"),
    [
        ("城关镇", ["first/1/publish 2022-12-31"]),
        ("县教育局", ["first/2/report@2022 2022-03-01"]),
        ("县财政局", ["first/2/publish@2022-H1 2022-06-30", "first/3/rate 2022-11-30", "first/2/publish@2022-H2 2022-12-31", WAITING]),
        ("司法局", ["first/3/rate 2022-11-30", "first/1/publish 2022-12-31"]),
    ],
)
def test_a_unit_owes_what_it_acts_in_or_else_what_its_task_owes(unit: str, listed: list[str]) -> None:
    assert found("2022-12-31", unit=unit) == listed


def test_only_the_wanted_statuses_are_listed() -> None:
    assert found("2022-12-31", wanted=frozenset({Status.OVERDUE})) == ["first/2/report@2022 2022-03-01"]
    assert found("2022-06-30", wanted=frozenset({Status.AWAITING_EVENT})) == [WAITING]


def test_what_is_extended_is_due_on_the_day_in_force() -> None:
    extension = "    extensions: [{from: 2022-12-31, to: 2023-03-31, approved: 2022-12-01}]\n"
    judge = Judge(load(f"{SECOND}{extension}"), date(2022, 12, 10))
    spans = [Span(None, date(2022, 12, 31)), Span(None, date(2023, 3, 31)), Span(date(2022, 12, 31), date(2023, 3, 31))]
    tasks = list(select(judge.workspace, Selection()))
    assert [[each.occurrence.due for each in due(judge, tasks, span)] for span in spans] == [[], [date(2023, 3, 31)], [date(2023, 3, 31)]]


@pytest.mark.parametrize(
    ("deadline", "unit", "owed"),
    [
        ("report", "县教育局", True),
        ("report", "县财政局", False),
        ("publish", "县教育局", False),
        ("publish", "县财政局", True),
    ],
)
def test_an_actor_of_one_deadline_does_not_owe_the_others(deadline: str, unit: str, owed: bool) -> None:  # noqa: FBT001 - a column
    judge = Judge(WORKSPACE, date(2022, 6, 1))
    plan, task = find_task(judge.workspace, "2")
    (judged,) = [each for each in judge.occurrences(plan, task, date(2022, 6, 30)) if each.occurrence.deadline.id == deadline]
    assert owes(judge.workspace.directory_of(plan), unit, judged) == owed


def near(text: str, day: str) -> tuple[list[str], str]:
    """Show what a task owes about now, and how it stands."""
    judge = Judge(load(text), date.fromisoformat(day))
    plan = judge.workspace.plans[0]
    task = plan.tasks[0]

    def shown(each: Judged) -> str:
        return f"{each.occurrence.id.removeprefix('1/')} {each.status.value}"

    return [shown(each) for each in judge.near(plan, task)], judge.status(plan, task).value


def one(deadline: str, more: str = "", issued: str = "2022-01-01") -> str:
    head = f"planctl: 1\nid: demo\ntitle: 示例方案\ndocument: {{issued: {issued}}}\n"
    return f'{head}tasks:\n  - id: "1"\n    title: 示例任务\n    deadlines:\n      - {{id: d, {deadline}}}\n{more}'


DONE_2023 = "    progress: [{on: 2023-01-10, period: 2023, state: done}]\n"
EVENTS = "events: [{on: 2023-01-10, name: 公布}, {on: 2023-01-20, name: 公布}]\n"
ONE_FILED = "    progress: [{on: 2023-01-15, period: '2023-01-10', state: done}]\n"


@pytest.mark.parametrize(
    ("text", "day", "listed", "status"),
    [
        (one("due: 2030-12-31"), "2022-06-01", ["d upcoming"], "upcoming"),
        (one("every: year, by: 03-01"), "2022-03-01", ["d@2022 due"], "due"),
        (one("every: year, by: 03-01"), "2022-03-02", ["d@2022 overdue", "d@2023 upcoming"], "overdue"),
        (one("every: year, by: 03-01", DONE_2023), "2023-02-01", ["d@2022 overdue", "d@2023 done"], "overdue"),
        (one("every: 5 years"), "2022-06-01", ["d@2022-2026 upcoming"], "upcoming"),
        (one("every: 2 years, by: 03-01"), "2023-03-02", ["d@2022-2023 overdue", "d@2024-2025 upcoming"], "overdue"),
        (one("every: quarter", issued="2024-01-01"), "2022-06-01", ["d@2024-Q1 upcoming"], "upcoming"),
        (one("every: year, from: 2026-07-01"), "2022-06-01", ["d@2026 upcoming"], "upcoming"),
        (one("every: week", issued="2022-06-01"), "2022-06-01", ["d@2022-W22 due"], "due"),
        (one("every: day", issued="2022-06-01"), "2022-06-02", ["d@2022-06-01 overdue", "d@2022-06-02 due"], "overdue"),
        (one("ongoing: true"), "2022-06-01", [], "standing"),
        (one("ongoing: true, review: half-year"), "2022-06-01", ["d@2022-H1 due"], "due"),
        (one("every: year, vague: true"), "2022-06-01", [], "standing"),
        (one("within: 30 days, after: 公布"), "2023-02-01", ["d awaiting-event"], "awaiting-event"),
        # Every clock that runs is near, not only the one that ends first.
        (one("within: 30 days, after: 公布", EVENTS), "2023-02-01", ["d@2023-01-10 due", "d@2023-01-20 due"], "due"),
        (one("within: 30 days, after: 公布", ONE_FILED + EVENTS), "2023-02-01", ["d@2023-01-10 done", "d@2023-01-20 due"], "due"),
        (one("every: term"), "2022-06-01", ["d awaiting-event"], "awaiting-event"),
        (one("due: 2022-12-31", "    cancelled: {on: 2022-05-01}\n"), "2022-06-01", ["d cancelled"], "cancelled"),
        (one("due: 2022-12-31", "    cancelled: {on: 2022-06-02}\n"), "2022-06-01", ["d upcoming"], "upcoming"),
    ],
)
def test_what_is_near(text: str, day: str, listed: list[str], status: str) -> None:
    assert near(text, day) == (listed, status)


@given(
    st.dates(date(2015, 1, 1), date(2030, 1, 1)), st.sampled_from(["year", "half-year", "quarter", "month", "week", "2 years", "5 years"])
)
def test_the_next_date_of_a_cycle_is_always_near(day: date, cycle: str) -> None:
    judge = Judge(load(one(f"every: {cycle}", issued="2020-05-05")), day)
    plan = judge.workspace.plans[0]
    coming = [each for each in judge.near(plan, plan.tasks[0]) if not each.is_past]
    assert len(coming) == 1
    every = judge.occurrences(plan, plan.tasks[0], date(2050, 1, 1))
    assert coming[0] == next(each for each in every if not each.is_past)


def test_a_judge_knows_nothing_of_later() -> None:
    text = one("due: 2022-12-31", "    progress: [{on: 2022-12-20, state: done}]\n")
    assert [near(text, day)[1] for day in ("2022-12-19", "2022-12-20")] == ["due", "done"]
    assert known_on(load(text), date(2022, 12, 19)).plans[0].tasks[0].progress == ()


def test_the_settings_rule_the_dates() -> None:
    settings = "planctl: 1\nbefore_inclusive: false\ndue_soon: 5\ncalendars: [{year: 2031, holidays: [2031-03-03]}]\n"
    workspace = load({"planctl.yaml": settings, "plans/x/p.yaml": one("due: 2022-09-15, quote: 9月15日前")})
    rules = rules_of(workspace.settings)
    judge = Judge(workspace, date(2022, 9, 8))
    plan = judge.workspace.plans[0]
    (judged,) = judge.near(plan, plan.tasks[0])
    assert (rules.before_inclusive, rules.calendar.is_workday(date(2031, 3, 3))) == (False, (False, False))
    assert (judged.occurrence.due, judged.status) == (date(2022, 9, 14), Status.UPCOMING)
