"""What is wanted of a text: edits put together by the paths that they are about."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planctl.editing.values import Keys, Value, plain, value_of

if TYPE_CHECKING:
    from planctl.editing.extents import Mapping, Sequence


class Put(NamedTuple):
    """Set the value at a path of keys and positions; the last key may be new.

    `order` are the keys that the record can have, in their order: a new one goes to its place among them, without it to the end.
    """

    keys: Keys
    value: Value
    order: tuple[str, ...] = ()


class Insert(NamedTuple):
    """Insert an item into the list at a path, before the item at `position`, or at its end. A list that is missing is made.

    `apart` wants a blank line between items where the list is too short to show it; `order` is that of `Put`, for the list itself.
    """

    keys: Keys
    position: int | None
    value: Value
    apart: bool = False
    order: tuple[str, ...] = ()


class Remove(NamedTuple):
    """Remove an entry or an item, with the comments that belong to it."""

    keys: Keys


Edit: TypeAlias = Put | Insert | Remove


class Wanted:
    """What is wanted at one path, and below it."""

    def __init__(self) -> None:
        self.put: Put | None = None
        self.removed = False
        self.inserts: list[Insert] = []
        self.children: dict[str | int, Wanted] = {}

    def __bool__(self) -> bool:
        return bool(self.put or self.removed or self.inserts or self.children)

    def add(self, edit: Edit) -> None:
        """Take up an edit.

        Raises:
            ValueError: another one is about the same place, or it is about the whole text.
        """
        found = self
        for key in edit.keys:
            if found.put or found.removed:
                raise ValueError(edit)
            found = found.children.setdefault(key, Wanted())
        if found.put or found.removed or (not isinstance(edit, Insert) and (found or not edit.keys)):
            raise ValueError(edit)
        if isinstance(edit, Insert):
            found.inserts.append(edit)
        elif isinstance(edit, Put):
            found.put = edit
        else:
            found.removed = True

    def new_value(self) -> Value:
        """Give the value that is made where there was none.

        Raises:
            LookupError: something is wanted of what is not there.
        """
        if self.put:
            return self.put.value
        if self.inserts and not self.children and not any(each.position for each in self.inserts):
            return [each.value for each in self.inserts]
        raise LookupError([*self.children, *self.inserts])

    def new_record(self) -> Value:
        """Give the value that is made of an empty one: a list of what is inserted, or a record of what is put.

        Raises:
            LookupError: something is wanted of what is not there.
        """
        if self.inserts or not all(isinstance(key, str) for key in self.children):
            return self.new_value()
        return {str(key): child.new_value() for key, child in self.children.items()}

    @property
    def order(self) -> tuple[str, ...]:
        """The order of keys that an edit of this path knows."""
        return self.put.order if self.put else next((each.order for each in self.inserts), ())

    def applied(self, value: object) -> object:
        """Say what a plain value becomes."""
        if self.put:
            return plain(self.put.value)
        if not self:
            return value
        if isinstance(value, list) or (value is None and self.inserts):
            return self._applied_to_list(value or [])
        record = dict(value) if isinstance(value, dict) else {}
        for key, child in self.children.items():
            if child.removed:
                del record[key]
            else:
                record[key] = child.applied(record.get(key))
        return record

    def _applied_to_list(self, items: list[object]) -> list[object]:
        found: list[list[object]] = [[] for _ in range(len(items) + 1)]
        for insert in self.inserts:
            found[len(items) if insert.position is None else insert.position].append(plain(insert.value))
        for index, item in enumerate(items):
            child = self.children.get(index)
            if not (child and child.removed):
                found[index].append(child.applied(item) if child else item)
        return [item for each in found for item in each]

    def want(self, key: str | int, value: Value, order: tuple[str, ...]) -> None:
        """Want a value below here."""
        self.children.setdefault(key, Wanted()).put = Put((key,), value, order)

    def drop(self, key: str | int) -> None:
        """Want an entry gone."""
        self.children.setdefault(key, Wanted()).removed = True


def difference(node: Mapping | Sequence, value: dict[str, Value] | list[Value]) -> Wanted:
    """Say what makes one record or list into another, so that what is equal stays as it is written."""
    return _of_records(node, value) if isinstance(value, dict) else _of_lists(node, value)


def _of_records(node: Mapping | Sequence, value: dict[str, Value]) -> Wanted:
    wanted = Wanted()
    for key, each in value.items():
        wanted.want(key, each, tuple(value))
    for entry in node.entries:
        if entry.name not in value:
            wanted.drop(entry.name)
    return wanted


def _of_lists(node: Mapping | Sequence, value: list[Value]) -> Wanted:
    wanted = Wanted()
    old = [repr(plain(value_of(entry.value))) for entry in node.entries]
    new = [repr(plain(each)) for each in value]
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        both = min(end - start, last - first)
        for step in range(both):
            wanted.want(start + step, value[first + step], ())
        for index in range(start + both, end):
            wanted.drop(index)
        wanted.inserts += [Insert((), end, value[index]) for index in range(first + both, last)]
    return wanted
