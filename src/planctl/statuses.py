"""Statuses: what has become of an occurrence and of a task as of a day, from what was recorded by then."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from planctl.directory import Directory
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
WHOLE = frozenset({State.CLOSED, State.CANCELLED, State.SUSPENDED, State.RETURNED, State.IN_PROGRESS})
"""States that, said of a whole task, hold for all that it owes: they end it, halt it or take it up again."""
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

    @property
    def is_past(self) -> bool:
        """Whether its due date has passed."""
        return self.days_left is not None and self.days_left < 0


def reached(target: Target, value: float) -> bool:
    """Tell whether a figure reaches its target."""
    return COMPARISONS[target.op](float(value), float(target.value))


def judge(occurrence: Occurrence, day: date, due_soon: int, directory: Directory) -> Judged:
    """Tell the status of an occurrence as of a day, from a plan as it was known on that day.

    Args:
        occurrence: what is judged.
        day: the day of the question.
        due_soon: from how many days before the due date it counts as due.
        directory: who exists in the organisation.
    """
    entries = tuple(entry for entry in _in_order(occurrence.task.progress) if entry_concerns(entry, occurrence))
    days_left = (occurrence.due - day).days if occurrence.due else None
    status = _settled(occurrence, entries, day, directory) or _open_status(days_left, due_soon)
    return Judged(occurrence, status, days_left, entries)


def _in_order(progress: tuple[Progress, ...]) -> Iterable[Progress]:
    return sorted(progress, key=lambda entry: entry.on)


def _open_status(days_left: int | None, due_soon: int) -> Status:
    if days_left is None:
        return Status.AWAITING_EVENT
    return Status.OVERDUE if days_left < 0 else Status.DUE if days_left <= due_soon else Status.UPCOMING


def entry_concerns(entry: Progress, occurrence: Occurrence) -> bool:
    """Tell whether a progress entry speaks of an occurrence.

    An entry without a deadline speaks of the task's only one. Of several it speaks as a whole: `closed`, `cancelled` and `suspended` of
    all, `done` of what falls once, of clocks that run, and of the periods that are over.
    """
    if not _names_deadline(entry, occurrence):
        if entry.deadline or entry.state is None:
            return False
        if entry.period:
            return entry.period == occurrence.period
        return entry.state in WHOLE or _is_over(occurrence, entry.on)
    if entry.period:
        return entry.period == occurrence.period
    if _is_too_early(occurrence, entry.on):
        return False
    return occurrence.last is None or (occurrence.first or entry.on) <= entry.on <= occurrence.last


def _names_deadline(entry: Progress, occurrence: Occurrence) -> bool:
    """Tell whether an entry speaks of a deadline: by its id, or because the task has no other."""
    return entry.deadline == occurrence.deadline.id or (entry.deadline is None and len(occurrence.task.deadlines) == 1)


def _is_over(occurrence: Occurrence, day: date) -> bool:
    """Tell whether a day is late enough to speak of an occurrence without naming it."""
    if occurrence.last:
        return occurrence.last <= day
    return occurrence.due is not None and not _is_too_early(occurrence, day)


def _is_too_early(occurrence: Occurrence, day: date) -> bool:
    """Tell whether a day is before the clock of an event runs: what was done then is no answer to it."""
    return bool(occurrence.event and occurrence.first and day < occurrence.first)


def _settled(occurrence: Occurrence, entries: tuple[Progress, ...], day: date, directory: Directory) -> Status | None:
    found = _stated(occurrence, entries)
    if found is None and _figures_fulfil(occurrence, _figures(occurrence, entries), day, directory):
        found = Status.DONE
    return Status.CANCELLED if occurrence.task.cancelled and found is not Status.DONE else found


def _stated(occurrence: Occurrence, entries: tuple[Progress, ...]) -> Status | None:
    """Tell what the states recorded settle. What is said of a whole task ends what is open in it; only a return takes up what is done."""
    own: Status | None = None
    whole: Status | None = None
    for entry in entries:
        if entry.state is None:
            continue
        if _names_deadline(entry, occurrence):
            own, whole = FINISHED.get(entry.state), None
        else:
            whole = FINISHED.get(entry.state)
            own = None if entry.state is State.RETURNED else own
    return whole if whole and own in (None, Status.SUSPENDED) else own


def _figures(occurrence: Occurrence, entries: tuple[Progress, ...]) -> list[Progress]:
    """List the entries with a count or a value; none where the last of them was returned."""
    found: list[Progress] = []
    returned = False
    for entry in entries:
        if (entry.counted is not None or entry.value is not None) and _names_deadline(entry, occurrence):
            found.append(entry)
            returned = False
        returned = returned or entry.state is State.RETURNED
    return [] if returned else found


def _figures_fulfil(occurrence: Occurrence, figures: list[Progress], day: date, directory: Directory) -> bool:
    deadline = occurrence.deadline
    if deadline.kind is Kind.METRIC:
        values = [entry.value for entry in figures if entry.value is not None]
        return bool(values and deadline.target and reached(deadline.target, values[-1]))
    wanted = deadline.at_least if deadline.exactly is None else deadline.exactly
    if wanted is None:
        over = occurrence.due is not None and occurrence.due < day
        return deadline.at_most is not None and over and total(figures) <= deadline.at_most
    return _counted_out(occurrence, figures, wanted, directory)


def _counted_out(occurrence: Occurrence, figures: list[Progress], wanted: int, directory: Directory) -> bool:
    """Tell whether the counts recorded fulfil the deadline. What a group owes, each member owes: a sum would hide who did nothing."""
    owed_by = {name: directory.members_in(name, occurrence.task) for name in occurrence.deadline.actors or occurrence.task.lead}
    groups = [members for members in owed_by.values() if members is not None]
    if not groups:
        return total(figures) >= wanted
    by_unit: Counter[str] = Counter()
    for entry in figures:
        by_unit[directory.canonical(entry.unit or "")] += entry.counted or 0
    single = [directory.canonical(name) for name, members in owed_by.items() if members is None]
    each = all(members and all(by_unit[unit] >= wanted for unit in members) for members in groups)
    return each and (not single or sum(by_unit[unit] for unit in single) >= wanted)


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
