"""Values on their way into a text: what they are, and how they stand there, in one line or in several."""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from planctl.editing import extents
from planctl.editing.extents import BREAK, Mapping, Scalar, Sequence
from planctl.editing.scalars import Bare, literal, written

WIDTH = 140
"""Characters of a line. Every character counts one, as in git and in an editor's column."""
Keys: TypeAlias = tuple[str | int, ...]


class Verbatim(NamedTuple):
    """An entry as it stands in another file (`key: …` or `- …`), with the comments that belong to it; re-indented where it goes."""

    text: str


class Rows(dict[str, "Value"]):
    """A record that stands with one field a line where its neighbours do not say otherwise."""

    __slots__ = ()


Value: TypeAlias = "str | list[Value] | dict[str, Value] | Verbatim | None"


class Look(NamedTuple):
    """How a file is written: how far lists and mappings are indented under their key, how wide a dash is, and which records are flow."""

    lists: int = 2
    mappings: int = 2
    dash: int = 2
    flows: dict[str, bool] | None = None
    """Whether the record (or those in the list) at a key of this name is written in flow style."""
    literals: bool = True
    """Whether a text of several lines may be written as a block."""


class Written(NamedTuple):
    """A value as it stands after `key:` or `-`: the rest of that line, and the lines below it, indented against the key or dash."""

    head: str
    body: list[str]


def look_of(root: extents.Node | None) -> Look:
    """See how a file is written, by the first example of each kind."""
    found: dict[str, int] = {}
    flows: dict[str, bool] = {}
    pending: list[extents.Node] = [root] if root else []
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            continue
        for entry in node.entries:
            if not isinstance(entry.value, Scalar):
                _see(entry, entry.value, node, found, flows)
        pending.extend(entry.value for entry in reversed(node.entries))
    return Look(found.get("lists", 2), found.get("mappings", 2), found.get("dash", 2), flows)


def _see(entry: extents.Entry, value: extents.Block, parent: extents.Block, found: dict[str, int], flows: dict[str, bool]) -> None:
    records = [value] if isinstance(value, Mapping) else [item.value for item in value.entries if isinstance(item.value, Mapping)]
    if entry.key and entry.name not in flows and not parent.flow and not (isinstance(value, Sequence) and value.flow):
        flow = next((each for each in map(style_of, records) if each is not None), None)
        if flow is not None:
            flows[entry.name] = flow
    if not value.flow and not parent.flow:
        kind = "dash" if entry.key is None else "lists" if isinstance(value, Sequence) else "mappings"
        width = value.column - entry.column
        if width > 0 or kind == "lists":
            found.setdefault(kind, width)


def style_of(record: Mapping) -> bool | None:
    """Tell whether a record is in flow style by choice; one that does not go on a line has none."""
    if record.flow:
        return True
    items = [item for entry in record.entries for item in (entry.value.entries if isinstance(entry.value, Sequence) else [entry])]
    if any(isinstance(item.value, extents.Block) for item in items):
        return False
    value = value_of(record)
    goes = not _has_break(value) and record.column + len(inline(value)) <= WIDTH and not any(map(_comments_of, record.entries))
    return False if goes else None


def _has_break(value: Value) -> bool:
    if isinstance(value, (dict, list)):
        return any(map(_has_break, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and "\n" in value


def value_of(node: extents.Node) -> Value:
    """Give the value of a node; a scalar without quotes will again have none where it can."""
    if isinstance(node, Scalar):
        return node.value if node.value is None or node.style else Bare(node.value)
    if isinstance(node, Mapping):
        return {entry.name: value_of(entry.value) for entry in node.entries}
    return [value_of(entry.value) for entry in node.entries]


def plain(value: Value) -> object:
    """Give a value to compare it by."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, Verbatim):
        return plain(value_of(entry_of(value)[1].value))
    return None if value is None else str(value)


def entry_of(verbatim: Verbatim) -> tuple[extents.Document, extents.Entry]:
    """Read an entry that was taken verbatim.

    Raises:
        ValueError: it is not one entry.
    """
    document = extents.read(verbatim.text)
    if not isinstance(document.root, extents.Block) or len(document.root.entries) != 1:
        raise ValueError(verbatim.text)
    return document, document.root.entries[0]


def comments_in(verbatim: Verbatim) -> list[str]:
    """List the comments of an entry that was taken verbatim."""
    document, entry = entry_of(verbatim)
    found = [*document.head, *_comments_of(entry), *document.foot]
    if isinstance(document.root, extents.Block):
        found += document.root.tail
    return [verbatim.text[each.start : each.end] for each in found]


def _comments_of(entry: extents.Entry) -> list[extents.Comment]:
    found = [*entry.above, *entry.header]
    if isinstance(entry.value, extents.Block):
        found += [each for child in entry.value.entries for each in _comments_of(child)]
        found += entry.value.tail
    return [*found, *entry.below, *entry.trailing]


def inline(value: Value) -> str:
    """Write a value in flow style, on one line."""
    if isinstance(value, Verbatim):
        return inline(value_of(entry_of(value)[1].value))
    if isinstance(value, dict):
        return "{" + ", ".join(inline_entry(key, each) for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return "null" if value is None else written(value, flow=True)


def inline_entry(key: str | None, value: Value) -> str:
    """Write an entry in flow style: with a key, or an item."""
    if isinstance(value, Verbatim):
        entry = entry_of(value)[1]
        return inline_entry(entry.name if entry.key else None, value_of(entry.value))
    return inline(value) if key is None else f"{written(Bare(key), flow=True)}: {inline(value)}"


def lines_of_entry(key: str | None, value: Value, look: Look, column: int, *, flow: bool | None = None) -> list[str]:
    """Write an entry of a block: with a key, or an item; indented by nothing.

    Args:
        key: the key; `None` for an item of a list.
        value: the value.
        look: how the file is written.
        column: where it will stand, which tells what fits into a line.
        flow: whether its neighbours, if they are records, are in flow style.
    """
    if isinstance(value, Verbatim):
        return dedented(value.text)
    start = "-" if key is None else f"{written(Bare(key), flow=False)}:"
    head, body = compose(key, value, look, column, flow=flow)
    return [f"{start} {head}" if head else start, *body]


def compose(key: str | None, value: Value, look: Look, column: int, *, flow: bool | None = None) -> Written:
    """Write a value as it stands after its key or dash."""
    if isinstance(value, dict):
        return _compose_record(key, value, look, column, flow=flow)
    if isinstance(value, list):
        return _compose_list(key, value, look, column)
    if isinstance(value, Verbatim):
        first, *rest = dedented(value.text)
        return Written(first, rest)
    return compose_scalar(value, look)


def compose_scalar(value: str | None, look: Look) -> Written:
    """Write a scalar; a text of several lines as a block, where one can hold it."""
    if value is None:
        return Written("", [])
    block = literal(value) if look.literals and "\n" in value else None
    if block:
        written(value, flow=False)  # refuses what may not be written
        return Written(block[0], [f"  {line}" if line else "" for line in block[1:]])
    return Written(written(value, flow=False), [])


def _compose_record(key: str | None, value: dict[str, Value], look: Look, column: int, *, flow: bool | None) -> Written:
    if flow is None and key is not None and look.flows:
        flow = look.flows.get(key)
    fits = _is_small(value) if flow is None else flow and not _has_break(value)
    if not value or (fits and column + len(key or "") + 2 + len(inline(value)) <= WIDTH):
        return Written(inline(value), [])
    wide = look.dash if key is None else look.mappings
    lines = [line for name, each in value.items() for line in lines_of_entry(name, each, look, column + wide)]
    if key is not None:
        return Written("", indented(lines, wide))
    # The first field stands on the line of the dash; a comment there would belong to the dash, so it goes below.
    if lines[0].startswith("#"):
        return Written("", indented(lines, wide))
    return Written(" " * (wide - 2) + lines[0], indented(lines[1:], wide))


def _compose_list(key: str | None, value: list[Value], look: Look, column: int) -> Written:
    texts = all(item is None or isinstance(item, str) for item in value)
    if texts and not any(isinstance(item, str) and "\n" in item for item in value):
        text = inline(value)
        if not value or column + len(key or "") + 2 + len(text) <= WIDTH:
            return Written(text, [])
    wide = look.dash if key is None else look.lists
    flow = look.flows.get(key) if key is not None and look.flows else None
    lines = [line for item in value for line in lines_of_entry(None, item, look, column + wide, flow=flow)]
    if key is None and not lines[0].startswith("#"):
        return Written(" " * (wide - 2) + lines[0], indented(lines[1:], wide))
    return Written("", indented(lines, wide))


def _is_small(value: dict[str, Value]) -> bool:
    """Tell whether a record goes on one line, where it fits."""
    if isinstance(value, Rows):
        return False
    items = [item for each in value.values() for item in (each if isinstance(each, list) else [each])]
    return all(item is None or (isinstance(item, str) and "\n" not in item) for item in items)


def indented(lines: list[str], width: int) -> list[str]:
    """Move lines to the right; blank ones stay empty."""
    space = " " * width
    return [space + line if line else line for line in lines]


def dedented(text: str) -> list[str]:
    """Split an entry into lines, moved to the left margin by the column of the entry itself."""
    lines = re.split(BREAK, text.rstrip("\r\n"))
    document = extents.read(text)
    column = document.root.column if isinstance(document.root, extents.Block) else 0
    return [line[column:] if not line[:column].strip() else line.lstrip(" ") for line in lines]
