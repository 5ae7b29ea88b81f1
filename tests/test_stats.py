"""Stats: what is counted of a plan, a unit and a section, and how it rose day by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import load
from planctl import loader, sources
from planctl.git import Commit, find_repository, trace
from planctl.history.burnup import Burnup, Point, Scope, ends
from planctl.history.samples import Sampler, mainline
from planctl.history.tallies import By, Tally, owed, tallies, tally
from planctl.queries import Judge, Selection
from planctl.statuses import Status
from repositories import Repo

if TYPE_CHECKING:
    from planctl.workspace import Workspace

ROOT = Path(__file__).parents[1]
DAY = date(2022, 12, 31)
UNITS = "planctl: 1\norganisation: 示例县\nunits: [{name: 甲局, aliases: [甲]}, {name: 乙局}, {name: 丙局}]\ngroups: [{name: 各局, members: [甲局, 乙局]}]\n"


def plan(*tasks: str, head: str = "", identity: str = "demo") -> str:
    return f"planctl: 1\nid: {identity}\ntitle: 示例县工作方案\n{head}tasks:\n{''.join(tasks)}"


def task(number: str, deadlines: str, progress: str = "", rest: str = "lead: [甲局]") -> str:
    recorded = f", progress: [{progress}]" if progress else ""
    return f'  - {{id: "{number}", title: 事项{number}, {rest}, deadlines: [{deadlines}]{recorded}}}\n'


def due(day: str, name: str = "a") -> str:
    return f"{{id: {name}, due: {day}}}"


def entry(day: str, state: str, rest: str = "") -> str:
    return f"{{on: {day}, state: {state}{rest}}}"


def counted(*tasks: str, day: date = DAY) -> Tally:
    workspace = load({"plans/示例县/units.yaml": UNITS, "plans/示例县/a.yaml": plan(*tasks)})
    return tally(owed(Judge(workspace, day), Selection()))


# What is counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (task("1", due("2022-06-30"), entry("2022-06-30", "done")), Tally(1, tasks_done=1, due=1, done=1, on_time=1)),
        (task("1", due("2022-06-30"), entry("2022-07-01", "done")), Tally(1, tasks_done=1, due=1, done=1, late=1)),
        (task("1", due("2022-06-30")), Tally(1, due=1, overdue=1)),
        (task("1", due("2022-12-31")), Tally(1, due=1)),
        (task("1", due("2023-01-01")), Tally(1)),
        (task("1", due("2023-01-01"), entry("2022-12-01", "done")), Tally(1, tasks_done=1, early=1)),
        (task("1", due("2022-06-30"), entry("2022-06-01", "suspended")), Tally(1, suspended=1)),
        (task("1", due("2022-06-30"), rest="lead: [甲局], cancelled: {on: 2022-06-01}"), Tally(1, cancelled=1)),
        (task("1", due("2022-06-30"), rest="lead: [甲局], cancelled: {on: 2023-06-01}"), Tally(1, due=1, overdue=1)),
        (task("1", "{id: a, within: 30 days, after: 公布}"), Tally(1, awaiting=1)),
        (task("1", due("2022-06-30"), entry("2022-06-01", "done") + ", " + entry("2022-06-20", "returned")), Tally(1, due=1, overdue=1)),
        (task("1", due("2022-06-30"), entry("2023-01-01", "done")), Tally(1, due=1, overdue=1)),
    ],
    ids=[
        *("in time", "late", "overdue", "due on the day", "not due yet", "done early", "suspended", "cancelled", "cancelled later"),
        *("awaiting its event", "returned", "recorded later"),
    ],
)
def test_an_occurrence_counts_as_what_it_is_on_the_day(text: str, expected: Tally) -> None:
    assert counted(text) == expected


def test_the_rates_are_shares_of_what_is_due_without_what_is_suspended_or_cancelled() -> None:
    found = counted(
        task("1", due("2022-06-30"), entry("2022-06-30", "done")),
        task("2", due("2022-06-30"), entry("2022-07-30", "done")),
        task("3", due("2022-06-30")),
        task("4", due("2022-12-31")),
        task("5", due("2022-06-30"), entry("2022-06-01", "suspended")),
        task("6", due("2023-06-30"), entry("2022-06-01", "done")),
    )
    assert (found.due, found.completion, found.on_time_rate) == (4, 0.5, 0.25)


def test_where_nothing_is_due_there_is_no_rate() -> None:
    assert (counted(task("1", due("2023-06-30"))).completion, counted(task("1", due("2023-06-30"))).on_time_rate) == (None, None)


def grouped(by: By, unit: str | None = None) -> list[tuple[str | None, int, int]]:
    """Say for each group its name, its tasks and what was due of it."""
    tasks = (
        task("1", due("2022-06-30"), rest="lead: [甲, 乙局], section: [一, (一)]"),
        task("2", "{id: a, due: 2022-06-30, actors: [丙局]}", rest="lead: [甲局], section: [一, (二)]"),
        task("3", due("2022-06-30"), rest="lead: [各局], section: [二]"),
    )
    workspace = load({"plans/示例县/units.yaml": UNITS, "plans/示例县/a.yaml": plan(*tasks)})
    judge = Judge(workspace, DAY)
    found = tallies(judge, owed(judge, Selection(unit=unit)), by, unit)
    return [(group.unit or group.section or group.plan, each.tasks, each.due) for group, each in found]


def test_by_plan_section_and_unit() -> None:
    assert {by: grouped(by) for by in By} == {
        By.PLAN: [("demo", 3, 3)],
        By.SECTION: [("一", 2, 2), ("二", 1, 1)],
        By.UNIT: [("甲局", 2, 1), ("乙局", 1, 1), ("各局", 1, 1), ("丙局", 0, 1)],
    }


def test_of_one_unit_only_what_it_owes_itself_counts_and_its_groups_stand_apart() -> None:
    assert grouped(By.UNIT, "甲局") == [("甲局", 2, 1), ("各局", 1, 1)]
    assert grouped(By.PLAN, "甲局") == [("demo", 3, 2)]


# Day by day

FOLDERS = ("plans/示例县", "plans/潜江市", "tests/cases/demo/plans")


def slowly(workspace: Workspace, day: date, until: date) -> Point:
    """Judge every occurrence on the day itself."""
    judge = Judge(workspace, day)
    judged = [
        each
        for found in judge.workspace.plans
        for of_plan in found.tasks
        for each in judge.occurrences(found, of_plan, found.period.end or until)
        if each.status not in (Status.SUSPENDED, Status.CANCELLED) and (each.occurrence.due or each.status is Status.DONE)
    ]
    by_then = [each for each in judged if each.occurrence.due and each.occurrence.due <= day]
    done, late = (sum(each.status is status for each in judged) for status in (Status.DONE, Status.OVERDUE))
    return Point(day, len(judged), len(by_then), done, done - sum(each.status is Status.DONE for each in by_then), late)


def test_each_day_is_what_judging_everything_on_that_day_gives() -> None:
    workspace = loader.load(map(sources.read, sources.find_paths([str(ROOT / folder) for folder in FOLDERS])))
    until = date(2026, 11, 20)
    burnup = Burnup(Scope(until))
    days = ends(date(2022, 1, 1), until, "month")
    assert [burnup.point(workspace, day) for day in days] == [slowly(workspace, day, until) for day in days]


@pytest.mark.parametrize(
    ("every", "expected"),
    [
        ("quarter", ["2022-03-31", "2022-06-30", "2022-07-05"]),
        ("month", ["2022-02-28", "2022-03-31", "2022-04-30", "2022-05-31", "2022-06-30", "2022-07-05"]),
    ],
)
def test_days_are_the_ends_of_periods_and_the_last_day(every: str, expected: list[str]) -> None:
    assert [day.isoformat() for day in ends(date(2022, 2, 10), date(2022, 7, 5), every)] == expected


def test_weeks_end_on_sundays() -> None:
    assert ends(date(2022, 5, 2), date(2022, 5, 16), "week") == [date(2022, 5, 8), date(2022, 5, 15), date(2022, 5, 16)]


# What git knew


def sampled(repo: Repo, *days: date) -> list[tuple[str, int, int]]:
    """Say for each day the commit that was the last, how much was owed in all and how much was done."""
    repository = find_repository(str(repo.path))
    line = mainline(list(trace(repository, folders=["plans"], mainline=True)))
    burnup = Burnup(Scope(DAY))
    points = [(each.commit.subject, burnup.point(each.workspace, each.day)) for each in Sampler(repository, line).samples(line.at(days))]
    return [(subject, point.total, point.done) for subject, point in points]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A plan of one task, then of two, of which one was said in May to have been done in February."""
    repo = Repo(tmp_path / "r")
    for day, subject, text in (
        ("2022-01-10", "建立", plan(task("1", due("2022-06-30")))),
        ("2022-03-10", "增加", plan(task("1", due("2022-06-30")), task("2", due("2022-06-30")))),
        ("2022-05-10", "补记", plan(task("1", due("2022-06-30"), entry("2022-02-01", "done")), task("2", due("2022-06-30")))),
    ):
        repo.write("plans/a.yaml", text)
        repo.commit(subject, day)
    return repo


MONTHS = (date(2021, 12, 31), date(2022, 2, 28), date(2022, 4, 30), date(2022, 6, 30))


def test_a_day_is_what_the_last_commit_by_then_knew(repo: Repo) -> None:
    assert sampled(repo, *MONTHS) == [("建立", 1, 0), ("增加", 2, 0), ("补记", 2, 1)]


def test_what_a_branch_brings_counts_from_its_merge_on(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "branch", "HEAD~1")
    repo.write("plans/b.yaml", plan(task("1", due("2022-06-30")), identity="other"))
    repo.commit("支", "2022-05-20")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "合并", "branch", day="2022-06-20")
    assert sampled(repo, date(2022, 5, 31), date(2022, 6, 30)) == [("补记", 2, 1), ("合并", 3, 1)]


def test_a_file_that_is_renamed_removed_or_broken_counts_as_what_stands_there(repo: Repo) -> None:
    repo.git("mv", "plans/a.yaml", "plans/b.yaml")
    repo.commit("改名", "2022-07-10")
    repo.write("plans/b.yaml", "planctl: [")
    repo.commit("写坏", "2022-08-10")
    repo.git("rm", "--quiet", "plans/b.yaml")
    repo.commit("删去", "2022-09-10")
    assert sampled(repo, date(2022, 7, 31), date(2022, 8, 31), date(2022, 9, 30)) == [("改名", 2, 1), ("写坏", 2, 1), ("删去", 0, 0)]


def test_a_clock_that_was_wrong_does_not_turn_time_back(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task("1", due("2022-06-30"))))
    repo.commit("钟慢了", "2020-01-01")
    assert sampled(repo, date(2022, 4, 30), date(2022, 5, 10)) == [("增加", 2, 0), ("钟慢了", 1, 0)]


def test_a_commit_is_given_with_its_day(repo: Repo) -> None:
    line = mainline(list(trace(find_repository(str(repo.path)), folders=["plans"], mainline=True)))
    commits: list[Commit] = [line.traced[place][0] for _, place in line.between(date(2022, 3, 1), date(2022, 12, 31))]
    assert [(commit.subject, commit.on) for commit in commits] == [("增加", date(2022, 3, 10)), ("补记", date(2022, 5, 10))]
