"""Changes of plans: of what they were made from, their time and their events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.changes.journals import compare_events
from planctl.changes.records import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.changes.frames import Frame
    from planctl.changes.names import Names
    from planctl.changes.records import Change
    from planctl.model import Plan


def compare_plan(frame: Frame, old: Plan, new: Plan, names: Names, tasks: Mapping[str, str]) -> Iterator[Change]:
    """Compare a plan with itself, all but its tasks.

    Args:
        frame: where it stands.
        old: the state before.
        new: the state after.
        names: how units are called.
        tasks: the new references of tasks whose reference is another.
    """
    if old.id != new.id:
        yield frame.changed("id", old.id, new.id)
    organisations = [directory.registry.organisation for directory in names]
    if all(organisations) and organisations[0] != organisations[1]:
        yield frame.changed("organisation", *organisations)
    if old.title != new.title:
        yield frame.changed("title", old.title, new.title)
    for part in ("document", "period"):
        here = frame.within((part,), (part,))._replace(prefix=f"{part}.")
        for name, before, after in zip(getattr(old, part)._fields, getattr(old, part), getattr(new, part), strict=True):
            if before != after:
                yield here.changed(name if part == "period" else KEYS.get(name, name), before, after)
    for name in ("ended", "note", "doubts"):
        if getattr(old, name) != getattr(new, name):
            yield frame.changed(name, getattr(old, name), getattr(new, name))
    if old.events != new.events:
        known = (event._replace(tasks=tuple(_renamed(old, task, tasks) for task in event.tasks)) for event in old.events)
        yield from compare_events(frame, known, new.events)


def _renamed(plan: Plan, task: str, tasks: Mapping[str, str]) -> str:
    return tasks.get(f"{plan.id}/{task}", f"/{task}").partition("/")[2]
