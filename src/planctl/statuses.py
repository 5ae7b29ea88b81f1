"""Statuses: what has become of an occurrence and of a task as of a day, from what was recorded by then.

What a group of known members owes, each of them owes: a state or a count of one of them speaks for that one only, and what is owed is
settled when all of them have said so, together with whoever else is named. An entry of a group speaks for all its members; one of a unit
that is named itself, of a unit that is no known member, or of nobody speaks for everybody.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from planctl.directory import Directory
    from planctl.model import Deadline, Progress, Target, Task
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
    finished: tuple[str, ...] = ()
    """Of what a group owes, who has settled its share."""
    missing: tuple[str, ...] = ()
    """Who has not, where others have."""

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
    found, shares = _settled(occurrence, entries, day, directory)
    missing = shares.names(Share.MISSING) if found is None and shares else ()
    finished = shares.names(Share.FINISHED) if shares else ()
    return Judged(occurrence, found or _open_status(days_left, due_soon), days_left, entries, finished, missing if finished else ())


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


def _settled(occurrence: Occurrence, entries: tuple[Progress, ...], day: date, directory: Directory) -> tuple[Status | None, _Told | None]:
    """Tell what settles an occurrence, and where a group owes it, who of it has."""
    shares = _shares_of(occurrence.deadline.actors or occurrence.task.lead, occurrence.task, occurrence.due or day, directory)
    if shares is None:
        told = None
        found = _stated(occurrence, entries) or (
            Status.DONE if _counted_out(occurrence, _figures(occurrence, entries), directory) else None
        )
    else:
        told = _tell(shares, entries, lambda several, names: _stated(occurrence, several) or _share(occurrence, several, names, directory))
        found = told.status
    if found is None and _figures_fulfil(occurrence, _figures(occurrence, entries), day):
        found = Status.DONE
    return (Status.CANCELLED if occurrence.task.cancelled and found is not Status.DONE else found), told


class _Shares(NamedTuple):
    """What a group of known members owes, shared out."""

    members: dict[str, str]
    """Who of the groups owes it on its own: the name in the end, and that of the day."""
    single: tuple[str, ...]
    """Who is named itself."""
    unknown: tuple[str, ...]
    """Groups whose members are not known."""
    task: Task
    directory: Directory

    def speakers(self, entry: Progress) -> frozenset[str] | None:
        """Tell for which members an entry speaks; `None` where it does for all."""
        directory = self.directory
        if not entry.unit or directory.last_name(entry.unit) in self.single:
            return None
        if directory.canonical(entry.unit) in self.unknown:
            return frozenset({directory.canonical(entry.unit)})
        units = frozenset(map(directory.last_name, directory.members_in(entry.unit, self.task) or (entry.unit,)))
        return units if units <= self.members.keys() else None


class Share(StrEnum):
    """What has become of a share."""

    FINISHED = "finished"
    MISSING = "missing"


class _Told(NamedTuple):
    """What each has said of what a group owes."""

    shares: dict[str, Status | None]

    @property
    def status(self) -> Status | None:
        """What all of them settle together."""
        found = set(self.shares.values())
        return next((each for each in (None, Status.SUSPENDED, Status.DONE) if each in found), Status.CANCELLED)

    def names(self, share: Share) -> tuple[str, ...]:
        """Name those whose share is settled, or is not."""
        return tuple(name for name, status in self.shares.items() if (status is None) is (share is Share.MISSING))


def _shares_of(names: tuple[str, ...], task: Task, day: date, directory: Directory) -> _Shares | None:
    """Share out what is owed as of a day; nothing where no group with known members owes it."""
    owed_by = {name: directory.members_in(name, task) for name in names}
    if not any(owed_by.values()):
        return None
    members: dict[str, str] = {}
    for unit in (unit for several in owed_by.values() for unit in several or ()):
        now = directory.name_on(unit, day)
        # A group lists a renamed unit under both names; and who is gone without anybody in its place owes nothing any more.
        if directory.is_begun(unit, day) and not directory.is_ended(now, day):
            members.setdefault(directory.last_name(unit), now)
    single = tuple(directory.last_name(name) for name, several in owed_by.items() if several is None)
    unknown = tuple(directory.canonical(name) for name, several in owed_by.items() if several == ())
    return _Shares(members, single, unknown, task, directory) if members else None


def _tell(shares: _Shares, entries: Sequence[Progress], settle: Callable[[list[Progress], tuple[str, ...]], Status | None]) -> _Told:
    """Tell what entries settle for each member, and for the others together.

    Args:
        shares: who owes what is judged.
        entries: what was recorded about it.
        settle: says what the entries of some units settle; without units they have to be told in words.
    """
    spoken = [(entry, shares.speakers(entry)) for entry in entries]
    for_all = [entry for entry, speakers in spoken if speakers is None]
    told: dict[str, Status | None] = {}
    for last, name in (*shares.members.items(), *zip(shares.unknown, shares.unknown, strict=True)):
        own = [entry for entry, speakers in spoken if speakers is None or last in speakers] if len(for_all) < len(spoken) else for_all
        told[name] = settle(own, () if last in shares.unknown else (last,))
    return _Told(told | dict.fromkeys(shares.single, settle(for_all, shares.single) if shares.single else None))


def _share(occurrence: Occurrence, entries: Sequence[Progress], units: tuple[str, ...], directory: Directory) -> Status | None:
    """Tell whether the counts of units fulfil what each member of a group owes: a sum of all would hide who did nothing."""
    own = [entry for entry in _figures(occurrence, entries) if directory.last_name(entry.unit or "") in units]
    wanted = _wanted(occurrence)
    return Status.DONE if units and wanted is not None and total(own) >= wanted else None


def _stated(occurrence: Occurrence, entries: Sequence[Progress]) -> Status | None:
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


def _figures(occurrence: Occurrence, entries: Sequence[Progress]) -> list[Progress]:
    """List the entries with a count or a value; none where the last of them was returned."""
    found: list[Progress] = []
    returned = False
    for entry in entries:
        if (entry.counted is not None or entry.value is not None) and _names_deadline(entry, occurrence):
            found.append(entry)
            returned = False
        returned = returned or entry.state is State.RETURNED
    return [] if returned else found


def _figures_fulfil(occurrence: Occurrence, figures: list[Progress], day: date) -> bool:
    """Tell whether figures settle an occurrence, whoever has reported them: a target that is reached, a limit that was kept."""
    deadline = occurrence.deadline
    if deadline.kind is Kind.METRIC:
        values = [entry.value for entry in figures if entry.value is not None]
        return bool(values and deadline.target and reached(deadline.target, values[-1]))
    over = occurrence.due is not None and occurrence.due < day
    return _wanted(occurrence) is None and deadline.at_most is not None and over and total(figures) <= deadline.at_most


def _wanted(occurrence: Occurrence) -> int | None:
    """Give the count that is owed, if one is; a figure is not owed by counting."""
    deadline = occurrence.deadline
    if deadline.kind is Kind.METRIC:
        return None
    return deadline.at_least if deadline.exactly is None else deadline.exactly


def _counted_out(occurrence: Occurrence, figures: list[Progress], directory: Directory) -> bool:
    """Tell whether the counts recorded fulfil the deadline; of a group whose members are not known they cannot."""
    wanted = _wanted(occurrence)
    owed_by = occurrence.deadline.actors or occurrence.task.lead
    return wanted is not None and total(figures) >= wanted and all(directory.members(name) is None for name in owed_by)


def has_done(judged: Judged, unit: str, directory: Directory) -> bool:
    """Tell whether a unit has settled its own share of what a group owes."""
    return bool(judged.finished) and directory.last_name(unit) in map(directory.last_name, judged.finished)


def total(entries: Iterable[Progress]) -> int:
    """Add up the counts of entries."""
    return sum(entry.counted or 0 for entry in entries)


def task_status(task: Task, judged: Iterable[Judged], directory: Directory) -> Status:
    """Tell the status of a task: the most pressing of its occurrences, or what its own entries say where it has none."""
    if task.cancelled:
        return Status.CANCELLED
    statuses = {each.status for each in judged}
    for status in Status:
        if status in statuses:
            return status
    return undated(task, directory)[0]


def undated(task: Task, directory: Directory, deadline: Deadline | None = None) -> tuple[Status, tuple[str, ...]]:
    """Tell how a task or a deadline without dates stands by its own entries, and who of a group is missing where others have settled it."""
    ids = (None, deadline.id) if deadline else (None,)
    entries = [entry for entry in _in_order(task.progress) if entry.state and entry.deadline in ids]
    owed_by = (deadline.actors if deadline else ()) or task.lead
    shares = _shares_of(owed_by, task, entries[-1].on, directory) if entries else None
    if shares is None:
        return _last_of(entries) or Status.STANDING, ()
    told = _tell(shares, entries, lambda several, _: _last_of(several))
    missing = told.names(Share.MISSING) if told.status is None and told.names(Share.FINISHED) else ()
    return told.status or Status.STANDING, missing


def _last_of(entries: Sequence[Progress]) -> Status | None:
    """Tell what the last of some states settles."""
    state = entries[-1].state if entries else None
    return FINISHED.get(state) if state else None
