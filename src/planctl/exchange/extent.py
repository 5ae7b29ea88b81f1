"""What is exported: the obligations of a selection, each with its occurrences in a span of time. Ranges include both ends but `after`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import add_months
from planctl.occurrences import occurrences_in
from planctl.queries import NEVER, names_of, select
from planctl.statuses import judge as judge_occurrence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.model import Deadline, Plan, Task
    from planctl.queries import Judge, Selection
    from planctl.statuses import Judged

AHEAD, FARTHEST = 1, 5
"""Years that a cycle is followed into the future where nobody says how far: of a plan without an end, and of one with an end."""


class Extent(NamedTuple):
    """What is asked for."""

    judge: Judge
    selection: Selection
    after: date | None = None
    """Only what is due after this day, itself left out."""
    before: date | None = None
    """Only what is due on or before this day."""

    @property
    def bounded(self) -> bool:
        """Whether days are asked for; what has no date is then left out."""
        return bool(self.after or self.before)


class Obligation(NamedTuple):
    """A deadline with its occurrences, or a task that has no deadline."""

    plan: Plan
    task: Task
    deadline: Deadline | None
    judged: tuple[Judged, ...] = ()

    @property
    def actors(self) -> tuple[str, ...]:
        """Who owes it, as the plan names them: the actors of the deadline, or the leads."""
        return (self.deadline.actors if self.deadline else ()) or self.task.lead


def obligations(extent: Extent, *, every_date: bool = True) -> Iterator[Obligation]:
    """Go through what is asked for, by plan and in the order of the document.

    Args:
        extent: what is asked for.
        every_date: all occurrences of a span of time; without it, where no days are asked for, those so far and the next.

    Raises:
        UnknownNameError: no plan or unit has the name that is asked for.
    """
    near = not (every_date or extent.bounded)
    for plan, task in select(extent.judge.workspace, extent.selection):
        nearby = extent.judge.near(plan, task) if near else []
        for deadline in task.deadlines or (None,):
            if not _is_owed(extent, plan, deadline):
                continue
            if near:
                found = tuple(each for each in nearby if deadline and each.occurrence.deadline.position == deadline.position)
            else:
                found = tuple(_judged(extent, plan, task, deadline)) if deadline else ()
            if found or not extent.bounded:
                yield Obligation(plan, task, deadline, found)


def _is_owed(extent: Extent, plan: Plan, deadline: Deadline | None) -> bool:
    """Tell whether the unit that is asked about has a part in a deadline, not only in its task."""
    unit = extent.selection.unit
    if unit is None or deadline is None or not deadline.actors:
        return True
    directory = extent.judge.workspace.directory_of(plan)
    return not names_of(directory, unit).isdisjoint(map(directory.canonical, deadline.actors))


def _judged(extent: Extent, plan: Plan, task: Task, deadline: Deadline) -> Iterator[Judged]:
    workspace, day = extent.judge.workspace, extent.judge.day
    directory = workspace.directory_of(plan)
    for occurrence in occurrences_in(plan, task, deadline, _horizon(extent, plan, deadline), extent.judge.rules):
        due = occurrence.due
        if extent.bounded and (due is None or (extent.after and due <= extent.after) or (extent.before and due > extent.before)):
            continue
        yield judge_occurrence(occurrence, day, workspace.settings.due_soon, directory)


def _horizon(extent: Extent, plan: Plan, deadline: Deadline) -> date:
    """Give the day up to which the occurrences of a deadline are followed."""
    if extent.before:
        return extent.before
    cycle = deadline.every or deadline.review
    if cycle is None or cycle.unit == "term":
        return NEVER
    start = max(extent.judge.day, plan.start or extent.judge.day, extent.after or extent.judge.day)
    return min(add_months(start, 12 * (FARTHEST if plan.period.end else AHEAD)), NEVER)
