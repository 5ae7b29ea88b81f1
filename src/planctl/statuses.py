"""Statuses: what has become of an occurrence and of a task as of a day, from what was recorded by then."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from planctl.model import Progress, Target, Task
    from planctl.occurrences import Occurrence


class Status(StrEnum):
    """The status of an occurrence; a task may also be standing, which is to have nothing that falls due."""

    OVERDUE = "overdue"
    DUE = "due"
    AWAITING_EVENT = "awaiting-event"
    SUSPENDED = "suspended"
    UPCOMING = "upcoming"
    STANDING = "standing"
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = frozenset({Status.OVERDUE, Status.DUE, Status.AWAITING_EVENT, Status.SUSPENDED, Status.UPCOMING})
"""Still to be done."""
FINISHED = {
    State.DONE: Status.DONE,
    State.CLOSED: Status.DONE,
    State.CANCELLED: Status.CANCELLED,
    State.SUSPENDED: Status.SUSPENDED,
}
"""States that settle an occurrence; the others leave it open."""
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": float.__ge__,
    "<=": float.__le__,
    ">": float.__gt__,
    "<": float.__lt__,
    "=": float.__eq__,
}


class Judged(NamedTuple):
    """An occurrence with its status as of a day."""

    occurrence: Occurrence
    status: Status
    days_left: int | None
    """Days from the day of the question to the due date; negative when it has passed."""
    entries: tuple[Progress, ...] = ()
    """What was recorded about it."""


def reached(target: Target, value: float) -> bool:
    """Tell whether a figure reaches its target."""
    return COMPARISONS[target.op](float(value), float(target.value))


def judge(occurrence: Occurrence, day: date, due_soon: int, members: Callable[[str], tuple[str, ...] | None]) -> Judged:
    """Tell the status of an occurrence as of a day, from a plan as it was known on that day.

    Args:
        occurrence: what is judged.
        day: the day of the question.
        due_soon: from how many days before the due date it counts as due.
        members: looks up a name: the members of a group, `()` where they are unknown, `None` for a single unit.
    """
    entries = tuple(entry for entry in _in_order(occurrence.task.progress) if entry_concerns(entry, occurrence))
    days_left = (occurrence.due - day).days if occurrence.due else None
    status = _settled(occurrence, entries, day, members) or _open_status(days_left, due_soon)
    return Judged(occurrence, status, days_left, entries)


def _in_order(progress: tuple[Progress, ...]) -> Iterable[Progress]:
    return sorted(progress, key=lambda entry: entry.on)


def _open_status(days_left: int | None, due_soon: int) -> Status:
    if days_left is None:
        return Status.AWAITING_EVENT
    return Status.OVERDUE if days_left < 0 else Status.DUE if days_left <= due_soon else Status.UPCOMING


def entry_concerns(entry: Progress, occurrence: Occurrence) -> bool:
    """Tell whether a progress entry speaks of an occurrence.

    An entry without a deadline speaks of the task's only one. Of several it can only end them: what falls once, and the periods that are
    over; `closed` and `cancelled` end all.
    """
    task, deadline = occurrence.task, occurrence.deadline
    if entry.deadline is None and len(task.deadlines) > 1:
        over = occurrence.last is None or occurrence.last <= entry.on
        return entry.state in (State.CLOSED, State.CANCELLED, State.SUSPENDED) or (over and entry.state is not None)
    if entry.deadline not in (None, deadline.id):
        return False
    if entry.period:
        return entry.period == occurrence.period
    return occurrence.last is None or (occurrence.first or entry.on) <= entry.on <= occurrence.last


def _settled(
    occurrence: Occurrence, entries: tuple[Progress, ...], day: date, members: Callable[[str], tuple[str, ...] | None]
) -> Status | None:
    if occurrence.task.cancelled:
        return Status.CANCELLED
    stated = [entry.state for entry in entries if entry.state]
    if stated and stated[-1] in FINISHED:
        return FINISHED[stated[-1]]
    deadline = occurrence.deadline
    if deadline.kind is Kind.METRIC:
        values = [entry.value for entry in entries if entry.value is not None]
        return Status.DONE if values and deadline.target and reached(deadline.target, values[-1]) else None
    return Status.DONE if _counted_out(occurrence, entries, day, members) else None


def _counted_out(
    occurrence: Occurrence, entries: tuple[Progress, ...], day: date, members: Callable[[str], tuple[str, ...] | None]
) -> bool:
    """Tell whether the counts recorded fulfil the deadline. What a group owes, each member owes: a sum would hide who did nothing."""
    deadline = occurrence.deadline
    wanted = deadline.at_least if deadline.exactly is None else deadline.exactly
    if wanted is None:
        over = occurrence.due is not None and occurrence.due < day
        return deadline.at_most is not None and over and total(entries) <= deadline.at_most
    owed_by = deadline.actors or occurrence.task.lead
    groups = [found for name in owed_by if (found := members(name)) is not None]
    if not groups:
        return total(entries) >= wanted
    if any(not found for found in groups):
        return False
    return all(total(entry for entry in entries if entry.unit == unit) >= wanted for found in groups for unit in found)


def total(entries: Iterable[Progress]) -> int:
    """Add up the counts of entries."""
    return sum(entry.counted or 0 for entry in entries)


def task_status(task: Task, judged: Iterable[Judged]) -> Status:
    """Tell the status of a task: the most pressing of its occurrences, or what its own entries say where it has none."""
    if task.cancelled:
        return Status.CANCELLED
    statuses = {each.status for each in judged}
    for status in Status:
        if status in statuses:
            return status
    stated = [entry.state for entry in _in_order(task.progress) if entry.state and not entry.deadline]
    return FINISHED.get(stated[-1], Status.STANDING) if stated else Status.STANDING
