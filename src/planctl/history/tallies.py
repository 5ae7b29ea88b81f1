"""Tallies: how much of what a plan, a unit or a section owes is due, done, late and overdue, as of a day.

Counted are occurrences that are due on or before the day. What is suspended (缓办) or cancelled is owed by nobody now: it is counted apart
and is in no rate. So is what was done before it fell due, until it does, and what waits for its event.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.lights import days_late
from planctl.queries import Role as UnitRole
from planctl.queries import named_in, names_of, owes, select
from planctl.statuses import Status, task_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.model import Plan, Task
    from planctl.queries import Judge, Selection
    from planctl.statuses import Judged


class By(StrEnum):
    """What is counted together."""

    PLAN = "plan"
    UNIT = "unit"
    SECTION = "section"


class Group(NamedTuple):
    """What is counted together: a plan, a unit of an organisation, or the first heading of a section in a plan."""

    organisation: str
    plan: str | None = None
    title: str | None = None
    unit: str | None = None
    section: str | None = None


class Tally(NamedTuple):
    """How many tasks there are, and how the occurrences stand that they owe."""

    tasks: int = 0
    tasks_done: int = 0
    due: int = 0
    """Due on or before the day."""
    done: int = 0
    on_time: int = 0
    late: int = 0
    """Done, but after the due date."""
    overdue: int = 0
    early: int = 0
    """Done and not due yet, or without a date."""
    awaiting: int = 0
    suspended: int = 0
    cancelled: int = 0

    @property
    def completion(self) -> float | None:
        """The share of what was due that was done."""
        return self.done / self.due if self.due else None

    @property
    def on_time_rate(self) -> float | None:
        """The share of what was due that was done in time."""
        return self.on_time / self.due if self.due else None


class Owed(NamedTuple):
    """A task with its status, and what it owes: so far, and the next of each deadline."""

    plan: Plan
    task: Task
    status: Status
    near: tuple[Judged, ...]


def owed(judge: Judge, selection: Selection) -> list[Owed]:
    """List the tasks of a selection with what they owe; where a unit is asked about, what it owes itself.

    Raises:
        UnknownNameError: no plan or unit has the name that is asked for.
    """
    found = []
    for plan, task in select(judge.workspace, selection):
        near = judge.near(plan, task)
        directory = judge.workspace.directory_of(plan)
        its = near if selection.unit is None else [each for each in near if owes(directory, selection.unit, each)]
        found.append(Owed(plan, task, task_status(task, near, directory), tuple(its)))
    return found


def tally(found: Iterable[Owed]) -> Tally:
    """Count tasks and what they owe."""
    items = list(found)
    return _counted([item.status for item in items], [each for item in items for each in item.near])


def _counted(statuses: Sequence[Status], judged: Sequence[Judged]) -> Tally:
    halted = {status: sum(each.status is status for each in judged) for status in (Status.SUSPENDED, Status.CANCELLED)}
    live = [each for each in judged if each.status not in halted]
    due = [each for each in live if each.days_left is not None and each.days_left <= 0]
    done = [each for each in due if each.status is Status.DONE]
    late = sum(days_late(each) > 0 for each in done)
    return Tally(
        tasks=len(statuses),
        tasks_done=sum(status is Status.DONE for status in statuses),
        due=len(due),
        done=len(done),
        on_time=len(done) - late,
        late=late,
        overdue=sum(each.status is Status.OVERDUE for each in due),
        early=sum(each.status is Status.DONE for each in live) - len(done),
        awaiting=sum(each.status is Status.AWAITING_EVENT for each in live),
        suspended=halted[Status.SUSPENDED],
        cancelled=halted[Status.CANCELLED],
    )


def tallies(judge: Judge, found: Sequence[Owed], by: By, unit: str | None = None) -> Iterator[tuple[Group, Tally]]:
    """Count by plan, unit or section, in the order in which they come.

    By unit, what several owe together counts for each of them, and its tasks are those that it leads. Of the groups that a unit is in, each
    counts for itself, as the plans name it.
    """
    if by is By.UNIT:
        yield from _by_unit(judge, found, unit)
        return
    parts: dict[Group, list[Owed]] = {}
    for item in found:
        section = "".join(item.task.section[:1]) if by is By.SECTION else None
        group = Group(judge.workspace.organisation_of(item.plan), item.plan.id, item.plan.title, section=section)
        parts.setdefault(group, []).append(item)
    for group, items in parts.items():
        yield group, tally(items)


def _by_unit(judge: Judge, found: Sequence[Owed], unit: str | None) -> Iterator[tuple[Group, Tally]]:
    led: dict[Group, list[Status]] = {}
    owing: dict[Group, list[Judged]] = {}
    for item in found:
        directory = judge.workspace.directory_of(item.plan)
        organisation = judge.workspace.organisation_of(item.plan)
        asked = names_of(directory, unit) if unit else None

        def groups(names: Iterable[str]) -> list[Group]:
            canonical = dict.fromkeys(map(directory.canonical, names))  # noqa: B023 - called at once
            return [Group(organisation, unit=name) for name in canonical if asked is None or name in asked]  # noqa: B023

        for group in groups(named_in(item.task, UnitRole.LEAD)):
            led.setdefault(group, []).append(item.status)
        for each in item.near:
            for group in groups(each.occurrence.deadline.actors or item.task.lead):
                owing.setdefault(group, []).append(each)
    for group in dict.fromkeys([*led, *owing]):
        yield group, _counted(led.get(group, []), owing.get(group, []))
