"""Frames: where two versions of one record stand, and the making of changes in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.levels import level_of
from planctl.changes.records import NOTHING, Change, ChangeKind, Place, plain

if TYPE_CHECKING:
    from collections.abc import Mapping


class Frame(NamedTuple):
    """Both places of a record, and the ids that its changes carry."""

    before: Place | None
    after: Place | None
    plan: str | None = None
    task: str | None = None
    deadline: str | None = None
    prefix: str = ""
    """What stands before the keys of the record in the field of a change: `deadlines.`."""

    def within(self, old: tuple[str | int, ...] | None, new: tuple[str | int, ...] | None) -> Frame:
        """Give the frame of something within the record, by its keys on both sides; `None` for a side that does not have it."""
        return self._replace(before=_below(self.before, old), after=_below(self.after, new))

    def changed(
        self,
        field: str,
        old: object,
        new: object,
        *,
        rule: str | None = None,
        judged: tuple[object, object] | None = None,
        details: Mapping[str, object] = NOTHING,
    ) -> Change:
        """Make the change of a value.

        Args:
            field: the key of the value.
            old: what it was.
            new: what it is.
            rule: the row of the table of levels, where it is not the field.
            judged: what the level is told from, where it is not both values.
            details: what else there is to say.
        """
        key = (field.rpartition(".")[2],)
        here = self.within(key, key)
        return here.make(ChangeKind.CHANGED, field, (old, new), rule, judged, details)

    def added(self, field: str, new: object, *, rule: str | None = None, details: Mapping[str, object] = NOTHING) -> Change:
        """Make the change of a record that is new; the frame is that of the record."""
        return self._replace(before=None).make(ChangeKind.ADDED, field, (None, new), rule, None, details)

    def removed(
        self,
        field: str,
        old: object,
        *,
        rule: str | None = None,
        judged: tuple[object, object] | None = None,
        details: Mapping[str, object] = NOTHING,
    ) -> Change:
        """Make the change of a record that is gone; the frame is that of the record."""
        return self._replace(after=None).make(ChangeKind.REMOVED, field, (old, None), rule, judged, details)

    def moved(self, field: str, old: object, new: object, *, rule: str | None = None, details: Mapping[str, object] = NOTHING) -> Change:
        """Make the change of a record that stands elsewhere; the frame is that of the record."""
        return self.make(ChangeKind.MOVED, field, (old, new), rule, None, details)

    def make(
        self,
        kind: ChangeKind,
        field: str,
        values: tuple[object, object],
        rule: str | None,
        judged: tuple[object, object] | None,
        details: Mapping[str, object],
    ) -> Change:
        """Make a change in this frame."""
        name = f"{self.prefix}{field}"
        level = level_of(rule or name, *(judged or values))
        old, new = map(plain, values)
        said = {key: plain(value) for key, value in details.items() if value is not None}
        return Change(kind, name, self.plan, self.task, self.deadline, old, new, level, self.before, self.after, said)


def _below(place: Place | None, keys: tuple[str | int, ...] | None) -> Place | None:
    return Place(place.path, (*place.keys, *keys)) if place and keys is not None else None
