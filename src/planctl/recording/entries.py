"""What is recorded: values, and where they go, by the names of what they belong to, so that they find their place in any later text."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from planctl.editing import Insert, Put
from planctl.model import Group, Plan, Registry, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from planctl.editing import Edit, Keys, Value

File: TypeAlias = Plan | Registry
ATTRIBUTES = {"to": "end"}
"""Attributes of records that the file calls otherwise."""


class Kind(StrEnum):
    """What is recorded, by the key that it stands under."""

    PROGRESS = "progress"
    EXTENSION = "extensions"
    EVENT = "events"
    CANCELLATION = "cancelled"
    END = "ended"
    TASK = "tasks"
    RENAMING = "units"


NOTES = {
    Kind.PROGRESS: "note",
    Kind.EXTENSION: "reason",
    Kind.EVENT: "ref",
    Kind.CANCELLATION: "reason",
    Kind.END: "reason",
    Kind.TASK: "note",
    Kind.RENAMING: "note",
}
"""The key that takes a remark."""


class Named(NamedTuple):
    """The item of a list whose field of this key has this value."""

    key: str
    value: str


class Entry(NamedTuple):
    """One value and its place."""

    at: tuple[str | Named, ...]
    value: Value
    item: bool = True
    """Whether it is an item of the list there; otherwise it is the value of the key."""
    after: str | None = None
    """The id or name of the item that it goes after; otherwise it goes to the end."""
    was: Value = None
    """What stood there before: the value of the key, or whether the list had an item."""


class Recording(NamedTuple):
    """What one command records in one file."""

    kind: Kind
    path: str
    entries: tuple[Entry, ...]
    plan: str | None = None
    task: str | None = None
    forms: int = 0
    """From how many filled forms the entries come, if from any."""

    @property
    def value(self) -> dict[str, Value]:
        """The record itself; where there are several entries, that of the first."""
        found = self.entries[0].value
        return found if isinstance(found, dict) else {}

    def with_remark(self, remark: str) -> Recording:
        """Add a sentence to the note of the record."""
        key = NOTES[self.kind]
        before = self.value.get(key)
        first = self.entries[0]._replace(value={**self.value, key: f"{before} {remark}" if before else remark})
        return self._replace(entries=(first, *self.entries[1:]))


def in_task(kind: Kind, plan: Plan, task: str, value: dict[str, Value]) -> Recording:
    """Record something about a task: an item of a list, or that it was cancelled."""
    at = ("tasks", Named("id", task), kind.value)
    return Recording(kind, plan.path, (Entry(at, value, item=kind is not Kind.CANCELLATION),), plan.id, task)


def in_plan(kind: Kind, plan: Plan, value: dict[str, Value], after: str | None = None) -> Recording:
    """Record something about a plan: an event, a task, or that it ended."""
    task = value.get("id") if kind is Kind.TASK else None
    entry = Entry((kind.value,), value, item=kind is not Kind.END, after=after)
    return Recording(kind, plan.path, (entry,), plan.id, task if isinstance(task, str) else None)


def renaming(registry: Registry, old: str, new: str, on: date, last: date) -> Recording:
    """Record that a unit or group has another name from a day on: the old one ends, the new one succeeds it, in its groups too."""
    known: list[Unit | Group] = [*registry.units, *registry.groups]
    found = next(each for each in known if each.name == old)
    part = "groups" if isinstance(found, Group) else "units"
    here: tuple[str | Named, ...] = (part, Named("name", old))
    entries = []
    if all(each.name != new for each in known):
        members: dict[str, Value] = {"members": list(found.members)} if isinstance(found, Group) and found.members else {}
        entries.append(Entry((part,), {"name": new, "from": on.isoformat(), **members}, after=old))
    entries.append(Entry((*here, "to"), last.isoformat(), item=False))
    entries.append(Entry((*here, "successors"), [*found.successors, new], item=False))
    if new in found.aliases:
        entries.append(Entry((*here, "aliases"), [name for name in found.aliases if name != new], item=False))
    for group in registry.groups:
        if old in group.members and new not in group.members and group.name != old:
            at = ("groups", Named("name", group.name), "members")
            entries.append(Entry(at, [each for name in group.members for each in ((name, new) if name == old else (name,))], item=False))
    return Recording(Kind.RENAMING, registry.path, tuple(entries))


def placed(record: File, recording: Recording) -> Recording:
    """Note in a recording what stands now where it goes.

    Raises:
        LookupError: what it belongs to is not there.
    """
    entries = []
    for entry in recording.entries:
        found = _find(record, entry.at)[1]
        was = ("yes" if found else None) if entry.item else _plain(found)
        entries.append(entry._replace(was=was))
    return recording._replace(entries=tuple(entries))


def edits_of(record: File, recording: Recording) -> list[Edit]:
    """Give the edits that put a recording into the text of a file.

    Raises:
        LookupError: what it belongs to is not there.
    """
    return [_edit(record, entry) for entry in recording.entries]


def _edit(record: File, entry: Entry) -> Edit:
    keys, found = _find(record, entry.at)
    if not entry.item:
        return Put(keys, entry.value)
    return Insert(keys, _position(found, entry.after), entry.value)


def _position(items: Any, after: str | None) -> int | None:  # noqa: ANN401 - records of any list
    """Give the position behind the item of a name; none is the end."""
    if after is None:
        return None
    place: int = _named(items, after).position
    return place + 1


def _named(items: Any, name: str) -> Any:  # noqa: ANN401 - see above
    for item in items:
        if name in (getattr(item, "id", None), getattr(item, "name", None)):
            return item
    raise LookupError(name)


def _find(record: File, at: tuple[str | Named, ...]) -> tuple[Keys, Any]:
    """Follow names to the keys of a place and to what the record has there."""
    keys: list[str | int] = []
    found: Any = record
    for step in at:
        if isinstance(step, Named):
            found = next((item for item in found if getattr(item, step.key) == step.value), None)
            if found is None:
                raise LookupError(step.value)
            keys.append(found.position)
        else:
            found = getattr(found, ATTRIBUTES.get(step, step))
            keys.append(step)
    return tuple(keys), found


def _plain(value: Any) -> Value:  # noqa: ANN401 - what a key may hold
    if not value:
        return None
    return [str(each) for each in value] if isinstance(value, tuple) else str(value)


def taken_back(after: File, before: File, recording: Recording) -> File:
    """Give the record of a file without what was recorded in it: if nothing else has changed, it equals the one before."""
    found: Any = after
    for entry in reversed(recording.entries):
        former = _find(before, entry.at)[1]
        change = _without(entry, former) if entry.item else _constant(former)
        found = _changed(found, entry.at, change)
    restored: File = found
    return restored


def _constant(value: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - what a key may hold
    return lambda _: value


def _without(entry: Entry, former: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - records of any list
    """Take the item out of a list that has one more than before, and count the others as before."""

    def take(items: Any) -> Any:  # noqa: ANN401 - see above
        place = _position(former, entry.after)
        gone = items[-1].position if place is None and items else place
        others = (item for item in items if item.position != gone)
        return tuple(item._replace(position=item.position - 1) if gone is not None and item.position > gone else item for item in others)

    return take


def _changed(record: Any, at: tuple[str | Named, ...], change: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - any record or list
    """Change what stands at a place."""
    if not at:
        return change(record)
    step, rest = at[0], at[1:]
    if isinstance(step, Named):
        return tuple(_changed(item, rest, change) if getattr(item, step.key) == step.value else item for item in record)
    name = ATTRIBUTES.get(step, step)
    return record._replace(**{name: _changed(getattr(record, name), rest, change)})
