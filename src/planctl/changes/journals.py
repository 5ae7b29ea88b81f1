"""Changes of what is recorded: progress, extensions and events. What was recorded is history: to rewrite it is not to add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.calendars import WorkCalendar
from planctl.changes.levels import is_absent
from planctl.changes.pairs import Pairs, unpaired
from planctl.changes.records import KEYS
from planctl.model import State
from planctl.occurrences import Rules, concerns, occurrences_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.changes.frames import Frame
    from planctl.changes.identity import Located
    from planctl.changes.records import Change
    from planctl.model import Event, Extension, Progress
    from planctl.settings import Settings

HALTS = frozenset({State.SUSPENDED, State.CANCELLED})


class Side(NamedTuple):
    """A task in one state, and the rules of its dates."""

    located: Located
    rules: Rules


def rules_of(settings: Settings) -> Rules:
    """Give the rules of due dates that the settings of one state say."""
    return Rules(settings.before_inclusive, WorkCalendar(settings.calendars))


LATE = 30
"""Days from which on what is recorded afterwards counts as recorded late."""


def lateness(entry: Progress, since: date | None) -> int | None:
    """Say how many days after the event an entry was recorded, if that is late; it was recorded on a given day or after it."""
    days = (since - entry.on).days if since else 0
    return days if days > LATE else None


def compare_progress(frame: Frame, old: Iterable[Progress], new: Iterable[Progress], since: date | None = None) -> Iterator[Change]:
    """Compare the progress of a task. Entries that are alike are found wherever they stand."""
    pairs = _paired(old, new).by(lambda each: (each.on, each.unit, each.deadline, each.period), once=True)
    pairs = pairs.by(lambda each: (each.on, each.deadline, each.period), once=True)
    pairs = pairs.by(lambda each: (each.unit, each.deadline, each.period, each.state), once=True)
    for before, after in pairs.both:
        if before[2:] != after[2:] or before.on != after.on:
            here = frame.within(("progress", before.position), ("progress", after.position))
            yield from _rewritten(here._replace(deadline=after.deadline, prefix="progress."), before, after)
    for entry in pairs.new:
        here = frame.within(None, ("progress", entry.position))._replace(deadline=entry.deadline)
        said = {"late": lateness(entry, since)}
        yield here.added("progress", entry, rule="progress.halted" if entry.state in HALTS else None, details=said)
    for entry in pairs.old:
        yield frame.within(("progress", entry.position), None)._replace(deadline=entry.deadline).removed("progress", entry)


def _paired(old: Iterable[Any], new: Iterable[Any]) -> Pairs[Any]:
    """Pair the records that say the same, wherever they stand."""
    return unpaired(old, new).by(lambda each: each._replace(position=0))


def _fields(old: Any, new: Any) -> Iterator[tuple[str, object, object]]:  # noqa: ANN401 - two records of one type
    """List what two records say otherwise, by the keys of the file."""
    for name, before, after in zip(old._fields, old, new, strict=True):
        if before != after and name != "position":
            yield KEYS.get(name, name), before, after


def _rewritten(frame: Frame, old: Progress, new: Progress) -> Iterator[Change]:
    for key, before, after in _fields(old, new):
        rule = f"progress.{key}" if key in ("note", "evidence") else "progress"
        if key == "evidence" and set(before) <= set(after):  # type: ignore[call-overload]  # evidence is a list
            rule = "progress.evidence.added"
        # A figure or a unit that comes into an old entry is history rewritten too.
        judged = (old, new) if rule == "progress" else None
        # Known is the entry as it was.
        said = {"on": old.on, "unit": old.unit, "period": old.period}
        yield frame.changed(key, before, after, rule=rule, judged=judged, details=said)


def compare_extensions(frame: Frame, old: Side, new: Side) -> Iterator[Change]:
    """Compare the extensions of a task, and say by how much the due date in force moves."""
    before, after = old.located.task.extensions, new.located.task.extensions
    pairs = _paired(before, after).by(lambda each: (each.deadline, each.period, each.old), once=True)
    pairs = pairs.by(lambda each: (each.deadline, each.period), once=True)
    for one, other in pairs.both:
        here = frame.within(("extensions", one.position), ("extensions", other.position))._replace(deadline=other.deadline)
        for key, was, became in _fields(one, other):
            rule = "extensions.completed" if is_absent(was) else "extensions" if one.approved else "extensions.request"
            said = {} if key in ("number", "reason", "by") else _moves(other, old, new)
            yield here._replace(prefix="extensions.").changed(key, was, became, rule=rule, judged=(one, other), details=said)
    for extension in pairs.new:
        here = frame.within(None, ("extensions", extension.position))._replace(deadline=extension.deadline)
        yield here.added("extensions", extension, details=_moves(extension, old, new))
    for extension in pairs.old:
        here = frame.within(("extensions", extension.position), None)._replace(deadline=extension.deadline)
        withdrawn = None if extension.approved else "extensions.request"
        yield here.removed("extensions", extension, rule=withdrawn, details=_moves(extension, old, new))


def _moves(extension: Extension, old: Side, new: Side) -> dict[str, object]:
    """Say how the due date in force moves from one state to the other."""
    dues = [_due(extension, side) for side in (old, new)]
    before, after = dues
    days = (after - before).days if before and after else None
    return {"approved": bool(extension.approved), "days": days, "due": {"old": before, "new": after} if days else None}


def _due(extension: Extension, side: Side) -> date | None:
    """Give the due date in force of what an extension speaks of."""
    plan, task = side.located
    until = max(extension.old, extension.new)
    found = (each for deadline in task.deadlines for each in occurrences_in(plan, task, deadline, until, side.rules))
    concerned = [each for each in found if concerns(extension, each)]
    exact = [each for each in concerned if each.original == extension.old] or concerned
    return exact[0].due if exact else None


def compare_events(frame: Frame, old: Iterable[Event], new: Iterable[Event]) -> Iterator[Change]:
    """Compare the events of a plan."""
    pairs = _paired(old, new).by(lambda each: (each.name, each.on, each.tasks), once=True).by(lambda each: (each.name, each.on), once=True)
    pairs = pairs.by(lambda each: (each.name, each.ref), once=True)
    for before, after in pairs.both:
        here = frame.within(("events", before.position), ("events", after.position))._replace(prefix="events.")
        for key, was, became in _fields(before, after):
            rule = "events.completed" if is_absent(was) and key != "tasks" else "events"
            yield here.changed(key, was, became, rule=rule, judged=(before, after), details={"name": before.name, "on": before.on})
    for event in pairs.new:
        yield frame.within(None, ("events", event.position)).added("events", event)
    for event in pairs.old:
        yield frame.within(("events", event.position), None).removed("events", event)
