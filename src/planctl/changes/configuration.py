"""Changes of the settings of a repository, which concern no plan in particular."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.changes.frames import Frame
from planctl.changes.pairs import unpaired
from planctl.changes.records import Place

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from planctl.changes.records import Change
    from planctl.settings import Settings

WHOLE = ("language", "before_inclusive", "due_soon", "require_basis", "upstream", "notice", "document")
"""What is compared as it stands."""


def compare_settings(old: Settings, new: Settings) -> Iterator[Change]:
    """Compare what `planctl.yaml` says."""
    frame = Frame(Place(old.path), Place(new.path), prefix="settings.")
    for name in WHOLE:
        if getattr(old, name) != getattr(new, name):
            yield frame.changed(name, getattr(old, name), getattr(new, name))
    for code in dict.fromkeys((*old.severity, *new.severity)):
        if old.severity.get(code) != new.severity.get(code):
            yield frame.changed("severity", old.severity.get(code), new.severity.get(code), details={"code": code})
    yield from _compare_lists(frame, "waivers", old, new)
    yield from _compare_lists(frame, "calendars", old, new)
    if _still(old.lights) != _still(new.lights):
        yield frame.changed("lights", old.lights, new.lights)


def _still(records: tuple[Any, ...]) -> list[Any]:
    """Leave out where records stand."""
    return [record._replace(position=0) for record in records]


def _identity(record: Any) -> Hashable:  # noqa: ANN401 - a waiver or the calendar of a year
    return getattr(record, "year", None) or (record.code, record.plan, record.task, record.fingerprint)


def _compare_lists(frame: Frame, name: str, old: Settings, new: Settings) -> Iterator[Change]:
    pairs = unpaired(getattr(old, name), getattr(new, name)).by(_identity)
    for before, after in pairs.both:
        if before._replace(position=0) != after._replace(position=0):
            here = frame.within((name, before.position), (name, after.position))
            yield here.changed(name, before, after)
    for record in pairs.new:
        yield frame.within(None, (name, record.position)).added(name, record)
    for record in pairs.old:
        yield frame.within((name, record.position), None).removed(name, record)
