"""Changes of tasks, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.deadlines import compare_deadlines
from planctl.changes.journals import Side, compare_extensions, compare_progress
from planctl.changes.names import renumbered
from planctl.changes.records import plain
from planctl.model import ClauseRef

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from planctl.changes.frames import Frame
    from planctl.changes.identity import TaskPair
    from planctl.changes.names import Names
    from planctl.changes.records import Change
    from planctl.model import Task
    from planctl.occurrences import Rules

PLAIN = ("title", "basis", "shared_by_duty", "open_list", "upstream", "confirmed", "tags", "doubts", "note", "cancelled")
"""What is compared as it stands."""
EMPTY = ClauseRef()


class Between(NamedTuple):
    """What two states of a task are compared with."""

    names: Names
    """How units are called."""
    rules: tuple[Rules, Rules]
    """Of due dates, in both states."""
    plans: Mapping[str, str]
    """The new ids of plans."""
    tasks: Mapping[str, str]
    """The new references of tasks whose reference is another."""
    moved: frozenset[str] = frozenset()
    """The deadlines that went to other tasks, or came from them, as `old ID` and `new ID`."""
    since: date | None = None
    """The day on or after which what is new was recorded, if it is known."""


def compare_task(frame: Frame, pair: TaskPair, between: Between) -> Iterator[Change]:
    """Compare a task with itself."""
    old, new = pair.old.task, pair.new.task
    ids = {before.id: after.id for before, after in pair.deadlines.both if before.id != after.id}
    old = renumbered(old, ids, between.tasks)
    if old.id != new.id:
        yield frame.changed("id", old.id, new.id)
    if between.plans.get(pair.old.plan.id) != pair.new.plan.id:
        yield frame.moved("plan", pair.old.plan.id, pair.new.plan.id)
    if old.section != new.section:
        yield frame.within(("section",), ("section",)).moved("section", old.section, new.section)
    yield from _compare_owners(frame, old, new, between.names)
    for name in PLAIN:
        if plain(getattr(old, name)) != plain(getattr(new, name)):
            yield frame.changed(name, getattr(old, name), getattr(new, name))
    yield from _compare_source(frame, old.source or EMPTY, new.source or EMPTY)
    yield from compare_deadlines(frame, old, new, pair.deadlines, between.moved)
    sides = (Side(pair.old._replace(task=old), between.rules[0]), Side(pair.new, between.rules[1]))
    yield from compare_extensions(frame, *sides)
    # What was recorded about a deadline that moved is compared where it went.
    gone = [entry for entry in old.progress if f"old {entry.deadline}" not in between.moved]
    came = [entry for entry in new.progress if f"new {entry.deadline}" not in between.moved]
    yield from compare_progress(frame, gone, came, between.since)


def _compare_owners(frame: Frame, old: Task, new: Task, names: Names) -> Iterator[Change]:
    """Compare leads and supports. A lead whose duties a successor or a group of its own took over is not lost."""
    if old.lead != new.lead:
        holders = {unit: names.holder(unit, new.lead) for unit in old.lead}
        succeeded = {unit: holder for unit, holder in holders.items() if holder != unit}
        yield frame.changed(
            "lead",
            old.lead,
            new.lead,
            judged=(tuple(holders.values()), new.lead),
            details={
                "demoted": [unit for unit in old.lead if unit in new.support and unit not in new.lead] or None,
                "succeeded": succeeded or None,
                "first": old.lead[:1] != new.lead[:1] or None,
            },
        )
    if old.support != new.support:
        yield frame.changed("support", old.support, new.support)


def _compare_source(frame: Frame, old: ClauseRef, new: ClauseRef) -> Iterator[Change]:
    here = frame.within(("source",), ("source",))._replace(prefix="source.")
    for name in ClauseRef._fields:
        if getattr(old, name) != getattr(new, name):
            yield here.changed(name, getattr(old, name), getattr(new, name))
