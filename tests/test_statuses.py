from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load
from planctl.model import Deadline, Kind, Plan, Progress, State, Target, Task
from planctl.occurrences import Occurrence
from planctl.queries import Judge
from planctl.statuses import OPEN, Judged, Status, judge, reached, task_status, undated
from planctl.workspace import NOBODY

HEAD = "planctl: 1\nid: demo\ntitle: 示例方案\ndocument: {issued: 2022-01-01}\n"
UNITS = """\
planctl: 1
units:
  - {name: 城关镇, aliases: [城关]}
  - {name: 河西镇}
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县财政局}
groups:
  - {name: 各乡镇, members: [城关镇, 河西镇]}
  - {name: 各部门}
  - {name: 其他部门, members: [县司法局, 县财政局], except_leads: true}
"""


def judged(deadlines: str, progress: str, day: str, *, lead: str = "县司法局", more: str = "", until: str = "2024-12-31") -> dict[str, str]:
    """Judge the occurrences of one task, and show each status by its occurrence."""
    listed = "".join(f"      - {{{deadline}}}\n" for deadline in deadlines.split("; "))
    text = f"{HEAD}tasks:\n  - id: '1'\n    title: 示例任务\n    lead: [{lead}]\n    deadlines:\n{listed}    progress: [{progress}]\n{more}"
    workspace = load({"plans/x/p.yaml": text, "plans/x/units.yaml": UNITS})
    assert workspace.problems == ()
    judge_ = Judge(workspace, date.fromisoformat(day))
    plan = judge_.workspace.plans[0]
    found = judge_.occurrences(plan, plan.tasks[0], date.fromisoformat(until))
    return {each.occurrence.id.removeprefix("1/"): each.status.value for each in found}


ONCE = "id: d, due: 2022-12-31"


@pytest.mark.parametrize(
    ("progress", "day", "status"),
    [
        ("", "2022-11-30", "upcoming"),
        ("", "2022-12-01", "due"),
        ("", "2022-12-31", "due"),
        ("", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: done}", "2022-12-19", "due"),
        ("{on: 2022-12-20, state: done}", "2022-12-20", "done"),
        ("{on: 2023-03-01, state: done}", "2023-03-01", "done"),
        ("{on: 2022-12-20, state: closed}", "2023-01-01", "done"),
        ("{on: 2022-12-20, state: cancelled}", "2023-01-01", "cancelled"),
        ("{on: 2022-12-20, state: suspended}", "2023-01-01", "suspended"),
        ("{on: 2022-12-20, state: suspended}, {on: 2022-12-25, state: in-progress}", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: accepted}", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: in-progress, percent: 100}", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: submitted}", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: done}, {on: 2022-12-28, state: returned}", "2022-12-27", "done"),
        ("{on: 2022-12-20, state: done}, {on: 2022-12-28, state: returned}", "2023-01-01", "overdue"),
        ("{on: 2022-12-28, state: returned}, {on: 2022-12-20, state: done}", "2023-01-01", "overdue"),
        ("{on: 2022-12-20, state: done}, {on: 2022-12-28, note: 补充材料}", "2023-01-01", "done"),
        ("{on: 2022-12-20, deadline: d, state: done}", "2023-01-01", "done"),
        ("{on: 2022-12-20, deadline: other, state: done}", "2023-01-01", "overdue"),
    ],
)
def test_a_status_follows_from_the_last_state_and_the_day(progress: str, day: str, status: str) -> None:
    assert judged(ONCE, progress, day) == {"d": status}


def test_the_days_that_count_as_due_are_a_setting() -> None:
    occurrence = Occurrence(Plan("", "demo", ""), Task("1", ""), Deadline("d", Kind.ONCE), date(2022, 12, 31), date(2022, 12, 31))
    found = [judge(occurrence, date(2022, 12, day), 10, NOBODY) for day in (20, 21, 31)]
    assert [(each.status.value, each.days_left) for each in found] == [("upcoming", 11), ("due", 10), ("due", 0)]


def test_an_extension_counts_from_the_date_in_force() -> None:
    more = "    extensions: [{from: 2022-12-31, to: 2023-06-30, approved: 2022-12-10}]\n"
    found = [judged(ONCE, "", day, more=more) for day in ("2022-12-09", "2023-01-01", "2023-06-15", "2023-07-01")]
    assert found == [{"d": "due"}, {"d": "upcoming"}, {"d": "due"}, {"d": "overdue"}]


def test_a_cancelled_task_owes_nothing_more_but_what_is_done_stays_done() -> None:
    more = "    cancelled: {on: 2023-06-01}\n"
    progress = "{on: 2022-12-20, period: 2022, state: done}"
    found = [judged("id: d, every: year", progress, day, more=more, until="2023-12-31") for day in ("2023-05-31", "2023-06-01")]
    assert found == [{"d@2022": "done", "d@2023": "upcoming"}, {"d@2022": "done", "d@2023": "cancelled"}]


@pytest.mark.parametrize(
    ("progress", "found"),
    [
        ("{on: 2023-02-27, period: 2023, state: done}", ("overdue", "done", "upcoming")),
        ("{on: 2023-02-27, state: done}", ("overdue", "done", "upcoming")),
        ("{on: 2023-02-27, period: 2022, state: done}", ("done", "overdue", "upcoming")),
        ("{on: 2022-12-27, period: 2023, state: done}", ("overdue", "done", "upcoming")),
        ("{on: 2023-05-05, period: 2023, state: suspended}", ("overdue", "suspended", "upcoming")),
        ("{on: 2023-05-05, period: 2023, state: cancelled}", ("overdue", "cancelled", "upcoming")),
        ("{on: 2021-05-05, state: done}", ("overdue", "overdue", "upcoming")),
        ("{on: 2023-05-05, period: 2023-Q1, state: done}", ("overdue", "overdue", "upcoming")),
    ],
)
def test_a_record_speaks_of_its_period_or_of_that_in_which_it_falls(progress: str, found: tuple[str, str, str]) -> None:
    deadline = "id: d, every: year, by: 03-01"
    assert tuple(judged(deadline, progress, "2023-06-01").values()) == found


SEVERAL = "id: a, due: 2022-12-31; id: b, every: year, by: 03-01"


@pytest.mark.parametrize(
    ("progress", "found"),
    [
        ("{on: 2022-11-01, deadline: a, state: done}", ("done", "overdue", "overdue", "upcoming")),
        ("{on: 2022-11-01, state: done}", ("done", "overdue", "overdue", "upcoming")),
        ("{on: 2022-12-31, state: done}", ("done", "done", "overdue", "upcoming")),
        ("{on: 2023-05-01, state: closed}", ("done", "done", "done", "done")),
        ("{on: 2023-05-01, state: cancelled}", ("cancelled", "cancelled", "cancelled", "cancelled")),
        ("{on: 2023-05-01, state: suspended}", ("suspended", "suspended", "suspended", "suspended")),
        ("{on: 2023-05-01, state: suspended}, {on: 2023-05-20, state: in-progress}", ("overdue", "overdue", "overdue", "upcoming")),
        ("{on: 2023-05-01, state: closed}, {on: 2023-05-20, state: returned}", ("overdue", "overdue", "overdue", "upcoming")),
        (
            "{on: 2023-05-01, state: closed}, {on: 2023-05-20, deadline: b, period: 2024, state: in-progress}",
            ("done", "done", "done", "upcoming"),
        ),
        ("{on: 2023-05-01, period: 2023, state: done}", ("overdue", "overdue", "done", "upcoming")),
        ("{on: 2023-05-01, period: 2023, state: suspended}", ("overdue", "overdue", "suspended", "upcoming")),
        # What is done stays done, whatever is said of the task as a whole, until it is returned.
        ("{on: 2022-11-01, deadline: a, state: done}, {on: 2023-05-01, state: in-progress}", ("done", "overdue", "overdue", "upcoming")),
        ("{on: 2022-11-01, deadline: a, state: done}, {on: 2023-05-01, state: submitted}", ("done", "overdue", "overdue", "upcoming")),
        ("{on: 2022-11-01, deadline: a, state: done}, {on: 2023-05-01, state: suspended}", ("done", "suspended", "suspended", "suspended")),
        ("{on: 2022-11-01, deadline: a, state: done}, {on: 2023-05-01, state: cancelled}", ("done", "cancelled", "cancelled", "cancelled")),
        ("{on: 2022-11-01, deadline: a, state: suspended}, {on: 2023-05-01, state: closed}", ("done", "done", "done", "done")),
        ("{on: 2022-11-01, deadline: a, state: done}, {on: 2023-05-01, state: returned}", ("overdue", "overdue", "overdue", "upcoming")),
    ],
)
def test_of_several_deadlines_a_record_speaks_of_one_or_of_the_task(progress: str, found: tuple[str, ...]) -> None:
    assert tuple(judged(SEVERAL, progress, "2023-06-01").values()) == found


@pytest.mark.parametrize(
    ("deadline", "progress", "status"),
    [
        ("at_least: 2", "{on: 2022-03-01, period: 2022, count: 1}", "upcoming"),
        ("at_least: 2", "{on: 2022-03-01, period: 2022, count: 1}, {on: 2022-05-01, period: 2022, count: 1}", "done"),
        ("at_least: 2", "{on: 2022-03-01, count: 2}", "done"),
        ("at_least: 2", "{on: 2022-03-01, period: 2021, count: 2}", "upcoming"),
        ("exactly: 1", "{on: 2022-03-01, period: 2022, count: 1}", "done"),
        ("exactly: 5", "{on: 2022-03-01, period: 2022, count: 4}", "upcoming"),
        ("at_least: 1, at_most: 2", "{on: 2022-03-01, period: 2022, count: 1}", "done"),
        ("at_least: 2", "{on: 2022-03-01, period: 2022, state: done}", "done"),
        ("at_least: 2", "{on: 2022-03-01, period: 2022, count: 2, state: submitted}", "done"),
        ("at_least: 2", "{on: 2022-03-01, period: 2022, count: 2}, {on: 2022-04-01, period: 2022, state: returned}", "upcoming"),
        (
            "at_least: 2",
            "{on: 2022-03-01, period: 2022, count: 2}, {on: 2022-04-01, period: 2022, state: returned}, {on: 2022-05-01, period: 2022, state: in-progress}",
            "upcoming",
        ),
        (
            "at_least: 2",
            "{on: 2022-03-01, period: 2022, count: 1}, {on: 2022-04-01, period: 2022, state: returned}, {on: 2022-05-01, period: 2022, count: 1}",
            "done",
        ),
        ("at_least: 2", "{on: 2022-03-01, period: 2022, count: 2}, {on: 2022-04-01, period: 2022, state: suspended}", "suspended"),
        ("of: 次", "{on: 2022-03-01, period: 2022, count: 3}", "upcoming"),
    ],
)
def test_counts_add_up_to_what_is_owed(deadline: str, progress: str, status: str) -> None:
    assert judged(f"id: d, every: year, {deadline}", progress, "2022-06-01", until="2022-12-31") == {"d@2022": status}


@pytest.mark.parametrize(
    ("count", "day", "status"),
    [(3, "2022-12-31", "due"), (3, "2023-01-01", "done"), (4, "2023-01-01", "overdue"), (0, "2023-01-01", "done")],
)
def test_an_upper_limit_is_kept_when_the_period_is_over(count: int, day: str, status: str) -> None:
    progress = f"{{on: 2022-03-01, period: 2022, count: {count}}}"
    assert judged("id: d, every: year, at_most: 3", progress, day, until="2022-12-31") == {"d@2022": status}


ONE_EACH = "{on: 2022-03-01, unit: 城关镇, period: 2022, count: 1}, {on: 2022-03-01, unit: 河西镇, period: 2022, count: 1}"


@pytest.mark.parametrize(
    ("lead", "progress", "status"),
    [
        ("各乡镇", "{on: 2022-03-01, unit: 城关镇, period: 2022, count: 5}", "upcoming"),
        ("各乡镇", ONE_EACH, "done"),
        ("各乡镇", ONE_EACH.replace("城关镇", "城关"), "done"),
        ("各乡镇", "{on: 2022-03-01, unit: 各乡镇, period: 2022, count: 5}", "upcoming"),
        ("各部门", "{on: 2022-03-01, unit: 县司法局, period: 2022, count: 5}", "upcoming"),
        ("各部门", "{on: 2022-03-01, unit: 县司法局, period: 2022, state: done}", "done"),
        ("'各乡镇', '各部门'", ONE_EACH, "upcoming"),
        ("'县司法局', '县财政局'", "{on: 2022-03-01, unit: 县财政局, period: 2022, count: 1}", "done"),
        ("'县司法局', '各乡镇'", ONE_EACH, "upcoming"),
        ("'县司法局', '各乡镇'", f"{ONE_EACH}, {{on: 2022-03-01, unit: 司法局, period: 2022, count: 1}}", "done"),
        ("'县司法局', '其他部门'", "{on: 2022-03-01, unit: 县司法局, period: 2022, count: 1}", "upcoming"),
        (
            "'县司法局', '其他部门'",
            "{on: 2022-03-01, unit: 县司法局, period: 2022, count: 1}, {on: 2022-03-01, unit: 县财政局, period: 2022, count: 1}",
            "done",
        ),
    ],
)
def test_what_a_group_owes_each_of_its_members_owes(lead: str, progress: str, status: str) -> None:
    found = judged("id: d, every: year, at_least: 1", progress, "2022-06-01", lead=lead, until="2022-12-31")
    assert found == {"d@2022": status}


TOWN, OTHER = "{on: 2022-12-01, unit: 城关镇, state: done}", "{on: 2022-12-02, unit: 河西镇, state: done}"


@pytest.mark.parametrize(
    ("lead", "progress", "status"),
    [
        ("各乡镇", TOWN, "overdue"),
        ("各乡镇", f"{TOWN}, {OTHER}", "done"),
        ("各乡镇", TOWN.replace("城关镇", "城关") + f", {OTHER}", "done"),
        ("各乡镇", f"{TOWN}, {OTHER}, {{on: 2022-12-20, unit: 城关镇, state: returned}}", "overdue"),
        ("各乡镇", f"{TOWN}, {{on: 2022-12-02, unit: 河西镇, state: suspended}}", "suspended"),
        ("各乡镇", f"{TOWN}, {{on: 2022-12-02, unit: 河西镇, state: cancelled}}", "done"),
        # Who is no member, the group itself, or nobody speaks for all.
        ("各乡镇", "{on: 2022-12-01, unit: 县司法局, state: done}", "done"),
        ("各乡镇", "{on: 2022-12-01, unit: 各乡镇, state: done}", "done"),
        ("各乡镇", "{on: 2022-12-01, state: done}", "done"),
        ("各乡镇", f"{TOWN}, {{on: 2022-12-20, state: returned}}", "overdue"),
        # A unit that is named beside the group owes it too, and speaks for all.
        ("'县司法局', '各乡镇'", f"{TOWN}, {OTHER}", "overdue"),
        ("'县司法局', '各乡镇'", "{on: 2022-12-01, unit: 县司法局, state: done}", "done"),
        ("'城关镇', '各乡镇'", TOWN, "done"),
        # Of a group whose members are not known, anybody else may speak.
        ("'各乡镇', '各部门'", f"{TOWN}, {OTHER}", "overdue"),
        ("'各乡镇', '各部门'", "{on: 2022-12-01, unit: 县财政局, state: done}", "done"),
        ("'各乡镇', '各部门'", "{on: 2022-12-01, unit: 各部门, state: done}", "overdue"),
        ("'各乡镇', '各部门'", f"{TOWN}, {OTHER}, {{on: 2022-12-01, unit: 各部门, state: done}}", "done"),
        ("各部门", "{on: 2022-12-01, unit: 县财政局, state: done}", "done"),
    ],
)
def test_a_member_of_a_group_speaks_for_itself_only(lead: str, progress: str, status: str) -> None:
    assert judged(ONCE, progress, "2023-01-01", lead=lead) == {"d": status}


def test_some_members_count_and_others_say_so_in_words() -> None:
    progress = "{on: 2022-03-01, unit: 城关镇, period: 2022, count: 1}, {on: 2022-03-01, unit: 河西镇, period: 2022, state: done}"
    assert judged("id: d, every: year, at_least: 1", progress, "2022-06-01", lead="各乡镇", until="2022-12-31") == {"d@2022": "done"}


RENAMED = UNITS.replace("{name: 河西镇}", "{name: 河西镇, to: 2022-06-30, successors: [河西街道]}\n  - {name: 河西街道, from: 2022-07-01}")
RENAMED = RENAMED.replace("members: [城关镇, 河西镇]", "members: [城关镇, 河西镇, 河西街道]")


def shares(progress: str, units: str = UNITS, day: str = "2023-01-01", more: str = "") -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Judge what the towns owe: the status, who has done it, and who is missing."""
    text = f"{HEAD}tasks:\n  - {{id: '1', title: 示例任务, lead: [各乡镇], deadlines: [{{{more or ONCE}}}], progress: [{progress}]}}\n"
    judge_ = Judge(load({"plans/x/p.yaml": text, "plans/x/units.yaml": units}), date.fromisoformat(day))
    plan = judge_.workspace.plans[0]
    (found,) = judge_.occurrences(plan, plan.tasks[0], date(2022, 12, 31))
    return found.status.value, found.finished, found.missing


def test_who_has_done_its_share_and_who_is_missing_is_known_once_somebody_has() -> None:
    assert [shares(progress) for progress in ("", TOWN, f"{TOWN}, {OTHER}")] == [
        ("overdue", (), ()),
        ("overdue", ("城关镇",), ("河西镇",)),
        ("done", ("城关镇", "河西镇"), ()),
    ]


@pytest.mark.parametrize("name", ["河西镇", "河西街道"])
def test_a_member_with_a_new_name_is_one_member(name: str) -> None:
    found = [shares(progress, RENAMED) for progress in (TOWN, f"{TOWN}, {OTHER.replace('河西镇', name)}")]
    assert found == [("overdue", ("城关镇",), ("河西街道",)), ("done", ("城关镇", "河西街道"), ())]


def test_a_member_that_is_gone_without_a_successor_owes_nothing_that_falls_due_later() -> None:
    gone = UNITS.replace("{name: 河西镇}", "{name: 河西镇, to: 2022-06-30}")
    assert [shares(TOWN, gone, more=due) for due in (ONCE, "id: d, due: 2022-06-30")] == [
        ("done", ("城关镇",), ()),
        ("overdue", ("城关镇",), ("河西镇",)),
    ]


def test_a_task_without_dates_is_done_when_every_member_has_said_so() -> None:
    directory = load({"plans/x/p.yaml": f"{HEAD}tasks: []\n", "plans/x/units.yaml": UNITS}).directories["plans/x"]
    said = tuple(Progress(date(2022, 1, number + 1), number, unit, state=State.DONE) for number, unit in enumerate(("城关镇", "河西镇")))
    found = [undated(Task("1", "", lead=("各乡镇",), progress=said[:count]), directory) for count in (0, 1, 2)]
    assert found == [(Status.STANDING, ()), (Status.STANDING, ("河西镇",)), (Status.DONE, ())]


def test_actors_owe_in_place_of_the_lead() -> None:
    deadline = "id: d, every: year, at_least: 1, actors: [各乡镇]"
    found = [
        judged(deadline, progress, "2022-06-01", until="2022-12-31") for progress in (ONE_EACH, ONE_EACH.replace("河西镇", "县司法局"))
    ]
    assert found == [{"d@2022": "done"}, {"d@2022": "upcoming"}]


@pytest.mark.parametrize(
    ("target", "progress", "status"),
    [
        (">= 100 %", "{on: 2022-12-20, value: 100}", "done"),
        (">= 100 %", "{on: 2022-12-20, value: 99.9}", "due"),
        (">= 70 %", "{on: 2022-06-20, value: 80}, {on: 2022-12-20, value: 60}", "due"),
        (">= 70 %", "{on: 2022-12-20, value: 80}, {on: 2022-06-20, value: 60}", "done"),
        ("<= 5 %", "{on: 2022-12-20, value: 5}", "done"),
        ("< 5 %", "{on: 2022-12-20, value: 5}", "due"),
        ("> 5 %", "{on: 2022-12-20, value: 5}", "due"),
        ("= 3 个", "{on: 2022-12-20, value: 3}", "done"),
        (">= 100 %", "{on: 2022-12-20, count: 100}", "due"),
        (">= 100 %", "{on: 2022-12-20, value: 100}, {on: 2022-12-21, state: returned}", "due"),
        (">= 100 %", "{on: 2022-12-20, value: 0, state: done}", "done"),
    ],
)
def test_a_figure_is_compared_with_its_target(target: str, progress: str, status: str) -> None:
    assert judged(f"id: d, metric: 率, target: '{target}', due: 2022-12-31", progress, "2022-12-31") == {"d": status}


def test_a_figure_without_a_target_is_settled_by_words_only() -> None:
    found = [
        judged("id: d, metric: 率, due: 2022-12-31", f"{{on: 2022-12-20, {said}}}", "2022-12-31") for said in ("value: 100", "state: done")
    ]
    assert found == [{"d": "due"}, {"d": "done"}]


@pytest.mark.parametrize(
    ("op", "values"),
    [
        (">=", [False, True, True]),
        ("<=", [True, True, False]),
        (">", [False, False, True]),
        ("<", [True, False, False]),
        ("=", [False, True, False]),
    ],
)
def test_the_five_comparisons(op: str, values: list[bool]) -> None:
    assert [reached(Target(op, 5, None), value) for value in (4, 5, 6)] == values


CLOCK = "id: d, within: 30 days, after: 公布"
EXPIRY = "id: d, within: 6 months, before: 有效期届满"
EXPIRES = "events: [{on: 2023-06-30, recorded: 2022-01-01, name: 有效期届满}]\n"
PUBLISHED = "events: [{on: 2022-03-01, name: 公布}, {on: 2023-03-01, name: 公布}]\n"


@pytest.mark.parametrize(
    ("deadlines", "more", "progress", "found"),
    [
        (CLOCK, "", "", {"d": "awaiting-event"}),
        (CLOCK, "", "{on: 2022-04-01, state: done}", {"d": "done"}),
        (CLOCK, PUBLISHED, "", {"d@2022-03-01": "overdue", "d@2023-03-01": "due"}),
        (CLOCK, PUBLISHED, "{on: 2022-03-20, state: done}", {"d@2022-03-01": "done", "d@2023-03-01": "due"}),
        (CLOCK, PUBLISHED, "{on: 2022-02-20, state: done}", {"d@2022-03-01": "overdue", "d@2023-03-01": "due"}),
        (EXPIRY, EXPIRES, "{on: 2023-02-01, state: done}", {"d@2023-06-30": "done"}),
        (EXPIRY, EXPIRES, "{on: 2022-02-01, state: done}", {"d@2023-06-30": "upcoming"}),
        (f"{EXPIRY}; id: e, ongoing: true", EXPIRES, "{on: 2023-02-01, state: done}", {"d@2023-06-30": "done"}),
        (CLOCK, PUBLISHED, "{on: 2023-03-05, period: '2022-03-01', state: done}", {"d@2022-03-01": "done", "d@2023-03-01": "due"}),
        (CLOCK, PUBLISHED, "{on: 2023-03-05, period: '2023-03-01', state: done}", {"d@2022-03-01": "overdue", "d@2023-03-01": "done"}),
        (f"{CLOCK}; id: e, ongoing: true", "", "{on: 2022-02-20, state: done}", {"d": "awaiting-event"}),
        (f"{CLOCK}; id: e, ongoing: true", PUBLISHED, "{on: 2022-02-20, state: done}", {"d@2022-03-01": "overdue", "d@2023-03-01": "due"}),
        (f"{CLOCK}; id: e, ongoing: true", PUBLISHED, "{on: 2022-03-20, state: done}", {"d@2022-03-01": "done", "d@2023-03-01": "due"}),
    ],
)
def test_what_waits_for_an_event(deadlines: str, more: str, progress: str, found: dict[str, str]) -> None:
    assert judged(deadlines, progress, "2023-03-10", more=more) == found


def test_the_records_of_an_occurrence_come_with_it_in_the_order_of_their_days() -> None:
    entries = (
        Progress(date(2022, 5, 1), 0, note="后"),
        Progress(date(2022, 4, 1), 1, note="先"),
        Progress(date(2022, 4, 1), 2, deadline="other"),
    )
    task = Task("1", "", deadlines=(Deadline("d", Kind.ONCE),), progress=entries)
    occurrence = Occurrence(Plan("", "demo", ""), task, task.deadlines[0], date(2022, 12, 31), date(2022, 12, 31))
    assert judge(occurrence, date(2022, 6, 1), 30, NOBODY) == Judged(occurrence, Status.UPCOMING, 213, (entries[1], entries[0]))


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["done", "overdue", "due"], "overdue"),
        (["upcoming", "due", "done"], "due"),
        (["awaiting-event", "upcoming"], "awaiting-event"),
        (["suspended", "upcoming"], "suspended"),
        (["upcoming", "done"], "upcoming"),
        (["done", "cancelled"], "done"),
        (["cancelled"], "cancelled"),
        ([], "standing"),
    ],
)
def test_a_task_stands_as_its_most_pressing_occurrence(statuses: list[str], status: str) -> None:
    task = Task("1", "", deadlines=(Deadline("d", Kind.ONCE),))
    occurrence = Occurrence(Plan("", "demo", ""), task, task.deadlines[0], None, None)
    assert task_status(task, [Judged(occurrence, Status(each), None) for each in statuses], NOBODY) == status


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ([], "standing"),
        ([State.ACCEPTED], "standing"),
        ([State.DONE], "done"),
        ([State.DONE, State.CLOSED], "done"),
        ([State.DONE, State.RETURNED], "standing"),
        ([State.SUSPENDED], "suspended"),
    ],
)
def test_a_task_without_dates_stands_as_its_last_record_says(states: list[State], status: str) -> None:
    progress = tuple(Progress(date(2022, 1, 1 + number), number, state=state) for number, state in enumerate(states))
    assert task_status(Task("1", "", progress=progress), [], NOBODY) == status


def test_open_is_all_but_done_cancelled_and_standing() -> None:
    assert set(Status) - OPEN == {Status.DONE, Status.CANCELLED, Status.STANDING}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(State)), max_size=6), st.integers(0, 400))
def test_a_status_rests_on_what_was_known(entries: list[tuple[int, State]], day: int) -> None:
    """The last state of one deadline decides: settled as it says, or else open by the date."""
    progress = ", ".join(f"{{on: {date.fromordinal(738000 + number)}, state: {state.value}}}" for number, state in entries)
    today = date.fromordinal(738000 + day)
    status = Status(judged("id: d, due: 2022-06-30", progress, str(today))["d"])
    known = [state for number, state in sorted(entries, key=lambda entry: entry[0]) if number <= day]
    settled = {"done": "done", "closed": "done", "cancelled": "cancelled", "suspended": "suspended"}.get(known[-1].value if known else "")
    left = (date(2022, 6, 30) - today).days
    assert status == (settled or ("overdue" if left < 0 else "due" if left <= 30 else "upcoming"))
