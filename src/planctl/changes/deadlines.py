"""Changes of deadlines, field by field."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import TYPE_CHECKING

from planctl.changes.records import KEYS, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.changes.frames import Frame
    from planctl.changes.pairs import Pairs
    from planctl.changes.records import Change
    from planctl.model import Deadline, Extension, Task

WORDS = ("what", "quote", "restored", "recipients", "soft", "vague", "implied", "condition", "note", "roll")
OF_KIND = ("due", "start", "every", "by", "at_least", "exactly", "at_most", "of", "within", "after", "before", "metric", "target", "review")
"""What makes the rule of a deadline; of another kind it is another rule, and told as a whole."""
COUNTS = frozenset({"at_least", "exactly", "at_most"})
LEAP = 2000


def compare_deadlines(frame: Frame, old: Task, new: Task, pairs: Pairs[Deadline], moved: frozenset[str]) -> Iterator[Change]:
    """Compare the deadlines of a task. Those that have `moved` to or from another task are told of there."""
    frame = frame._replace(prefix="deadlines.")
    news = {id(after): before for before, after in pairs.both}
    for after in new.deadlines:
        here = frame.within(None, ("deadlines", after.position))._replace(deadline=after.id)
        before = news.get(id(after))
        if before is not None:
            here = frame.within(("deadlines", before.position), ("deadlines", after.position))._replace(deadline=after.id)
            yield from _compare(here, (old, before), (new, after))
        elif f"new {after.id}" not in moved:
            yield here._replace(prefix="").added("deadlines", after)
    for before in pairs.old:
        if f"old {before.id}" not in moved:
            here = frame.within(("deadlines", before.position), None)._replace(deadline=before.id, prefix="")
            yield here.removed("deadlines", before)


def _compare(frame: Frame, old: tuple[Task, Deadline], new: tuple[Task, Deadline]) -> Iterator[Change]:
    before, after = old[1], new[1]
    if before._replace(position=0) == after._replace(position=0):
        return
    if before.id != after.id:
        yield frame.changed("id", before.id, after.id)
    if before.kind is not after.kind:
        yield frame.changed("kind", before.kind, after.kind, details={"old_rule": _rule(before), "new_rule": _rule(after)})
    else:
        yield from _compare_rules(frame, before, after, new[0].extensions)
    if before.actors != after.actors:
        yield frame.changed("actors", before.actors, after.actors, judged=(before.actors or old[0].lead, after.actors or new[0].lead))
    for name in WORDS:
        if getattr(before, name) != getattr(after, name):
            yield frame.changed(name, getattr(before, name), getattr(after, name))


def _rule(deadline: Deadline) -> dict[str, object]:
    """Give what makes the rule of a deadline, by the keys of the file."""
    return {KEYS.get(name, name): plain(value) for name in OF_KIND if (value := getattr(deadline, name)) is not None}


def _compare_rules(frame: Frame, old: Deadline, new: Deadline, extensions: tuple[Extension, ...]) -> Iterator[Change]:
    for name in OF_KIND:
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        if name in COUNTS:
            yield frame.changed(name, before, after, judged=(_range(old), _range(new)))
        elif name == "due":
            said = {"days": _days(before, after), "extension": _is_approved(new, before, after, extensions)}
            yield frame.changed(name, before, after, details=said)
        elif name == "start":
            rule = "deadlines.from.recurring" if new.every else None
            yield frame.changed("from", before, after, rule=rule, details={"days": _days(before, after)})
        elif name == "by":
            yield frame.changed(name, before, after, details={"days": _days(_in_a_year(before), _in_a_year(after))})
        else:
            # Before an event the last day is that of the event, and a length only says when to begin.
            yield frame.changed(name, before, after, rule="deadlines.before" if name == "within" and new.before else None)


def _range(deadline: Deadline) -> tuple[float, float]:
    """Give the least and the most that are owed."""
    if deadline.exactly is not None:
        return deadline.exactly, deadline.exactly
    return deadline.at_least or 0, inf if deadline.at_most is None else deadline.at_most


def _days(old: date | None, new: date | None) -> int | None:
    return (new - old).days if old and new else None


def _in_a_year(day: object) -> date | None:
    month, number = getattr(day, "month", None), getattr(day, "day", None)
    return date(LEAP, month, number) if month and number else None


def _is_approved(deadline: Deadline, old: date | None, new: date | None, extensions: tuple[Extension, ...]) -> bool | None:
    """Tell whether an approved extension says the same move of a date; nothing of a date that is no later."""
    if not (old and new and new > old):
        return None
    return any(each.approved and (each.old, each.new) == (old, new) and each.deadline in (None, deadline.id) for each in extensions)
