"""The pieces of a text: each entry of a mapping and each item of a list with the lines that belong to it.

Together the pieces are the text, character by character. A comment directly above an entry belongs to it, as do blank lines;
one that is indented deeper than the next entry belongs to what it is indented like; one at the end of a line to that line.
Texts are cut only as deep as somebody looks: most entries of a merge are the same on all sides.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from yaml.error import YAMLError
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from planctl.yamltree import MAX_DEPTH, NULLS, events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Value: TypeAlias = "dict[str, Value] | list[Value] | str | None"
"""What an entry says: as `planctl.yamltree` reads it, without the marks."""
COMMENT = re.compile(r"(?:^|(?<=[\s\[\]{},]))#[^\n]*", re.MULTILINE)


class UncuttableError(Exception):
    """A text that is not of our dialect, or is written in a way that has no entries to tell apart."""


class Span:
    """A value in the text: where it begins and ends, and what it says."""

    __slots__ = ("children", "column", "end", "flow", "keys", "start", "value")

    def __init__(self, start: int, end: int, value: Value) -> None:
        self.start, self.end, self.value = start, end, value
        self.column = 0
        self.flow = False
        self.children: Sequence[Span] = ()
        self.keys: Sequence[Span] = ()


def read(text: str) -> Span:
    """Find the spans of a text.

    Raises:
        UncuttableError: it does not parse, or has anchors, tags, duplicate keys, several documents or nothing.
    """
    try:
        return _Spans(text).document()
    except YAMLError as error:
        raise UncuttableError(str(error)) from error


class _Spans:
    def __init__(self, text: str) -> None:
        self.next: Callable[[], Any] = events(text).get_event

    def document(self) -> Span:
        self.next()
        if self.next().__class__ is StreamEndEvent:
            raise UncuttableError
        found = self.value(self.next(), 0)
        self.next()
        if self.next().__class__ is not StreamEndEvent:
            raise UncuttableError
        return found

    def value(self, event: Any, depth: int) -> Span:
        kind = event.__class__
        if kind is AliasEvent or event.anchor or event.tag or depth > MAX_DEPTH:
            raise UncuttableError
        if kind is ScalarEvent:
            text = event.value
            return Span(event.start_mark.index, event.end_mark.index, None if text in NULLS and not event.style else text)
        found = Span(event.start_mark.index, 0, None)
        found.column, found.flow = event.start_mark.column, event.flow_style
        return self.mapping(found, depth + 1) if kind is MappingStartEvent else self.sequence(found, depth + 1)

    def mapping(self, found: Span, depth: int) -> Span:
        values: dict[str, Value] = {}
        keys, children = [], []
        event = self.next()
        while event.__class__ is not MappingEndEvent:
            key = self.value(event, depth)
            child = self.value(self.next(), depth)
            if not (key.value is None or isinstance(key.value, str)) or (key.value or "") in values:
                raise UncuttableError
            values[key.value or ""] = child.value
            keys.append(key)
            children.append(child)
            event = self.next()
        found.keys, found.children = keys, children
        return _ended(found, event, values)

    def sequence(self, found: Span, depth: int) -> Span:
        children = []
        event = self.next()
        while event.__class__ is not SequenceEndEvent:
            children.append(self.value(event, depth))
            event = self.next()
        found.children = children
        return _ended(found, event, [child.value for child in found.children])


def _ended(found: Span, event: Any, value: Value) -> Span:
    """Close a collection: the parser sees the end of a block only at what follows, but a block ends where its last entry ends."""
    found.value = value
    found.end = event.end_mark.index if found.flow else found.children[-1].end
    return found


class Leaf(NamedTuple):
    """A scalar, as it is written."""

    text: str


class Group(NamedTuple):
    """A mapping or a list, cut into its entries. In a block `closing` is the comments at its end."""

    mapping: bool
    flow: bool
    column: int
    opening: str
    closing: str
    pieces: tuple[Piece, ...]


class Piece:
    """An entry of a mapping or an item of a list.

    In a block `lead` is the whole lines above it, and `body` the entry itself, without the blanks before it, to the end of its last line.
    In brackets it has no lead and ends with its value; `after` is what separates it from the next.
    `moved` says by how many columns it stands elsewhere than in its text.
    """

    def __init__(self, lead: str, body: str, key: str | None, column: int, value: Value, cut: Callable[[], Cut]) -> None:
        self.lead, self.body, self.key, self.column, self.value = lead, body, key, column, value
        self.after = ""
        self.moved = 0
        self._cut = cut

    @cached_property
    def cut(self) -> Cut:
        """The parts of the body."""
        return self._cut()


class Cut(NamedTuple):
    """The body of an entry: what stands before its value, the value, what stands after it; and the comments in it, wherever they are."""

    head: str
    node: Group | Leaf
    rest: str
    comments: tuple[str, ...]


def cut(text: str, span: Span) -> Group:
    """Cut a whole text, whose value is a mapping or a list in lines, into pieces.

    Raises:
        UncuttableError: it is something else.
    """
    if not span.children or span.flow:
        raise UncuttableError
    return _block(text, span, 0, len(text))


def _node(text: str, span: Span) -> Group | Leaf:
    return _flow(text, span) if isinstance(span.value, (dict, list)) else Leaf(text[span.start : span.end])


def _block(text: str, span: Span, start: int, end: int) -> Group:
    """Cut a block whose lines, comments around it included, are those from `start` to `end`."""
    starts = [key.start for key in span.keys] or list(_dashes(text, span))
    pieces = []
    lead = start
    for number, (child, begin) in enumerate(zip(span.children, starts, strict=True)):
        last = number + 1 == len(starts)
        limit = end if last else text.rfind("\n", 0, starts[number + 1]) + 1
        stop = _end_of_entry(text, child.end, limit, span.column)
        pieces.append(_piece(text, (lead, begin, stop), span, number))
        lead = stop
    return Group(isinstance(span.value, dict), flow=False, column=span.column, opening="", closing=text[lead:end], pieces=tuple(pieces))


def _dashes(text: str, span: Span) -> Iterator[int]:
    """Find the dashes of a list: the first is where it begins, the others stand below it, each in the line of its item or above."""
    yield span.start
    for before, child in zip(span.children, span.children[1:], strict=False):
        at = child.start
        while True:
            line = text.rfind("\n", 0, at) + 1
            if text[line : line + span.column + 1] == " " * span.column + "-":
                yield line + span.column
                break
            if line <= before.start:
                raise UncuttableError
            at = line - 1


def _end_of_entry(text: str, end: int, limit: int, column: int) -> int:
    """Find where an entry ends: with its line, or with the last comment below it that is indented deeper than it."""
    if text[end - 1 : end] != "\n":
        end = text.find("\n", end, limit) + 1 or limit
    found = at = end
    while at < limit:
        line = text[at : (text.find("\n", at, limit) + 1 or limit)]
        at += len(line)
        bare = line.lstrip(" \t")
        if bare.startswith("#") and len(line) - len(bare) > column:
            found = at
    return found


def _piece(text: str, places: tuple[int, int, int], span: Span, number: int) -> Piece:
    lead, begin, end = places
    child = span.children[number]
    key = str(span.keys[number].value or "") if span.keys else None
    indentation = text.rfind("\n", 0, begin) + 1
    above = text[lead:indentation] if indentation >= lead else ""
    if text[max(lead, indentation) : begin].strip(" "):
        raise UncuttableError

    def parts() -> Cut:
        notes = _comments(text, span.keys[number].end if span.keys else begin, end, child)
        if isinstance(child.value, (dict, list)) and not child.flow:
            head = text.find("\n", begin, child.start) + 1 or child.start
            return Cut(text[begin:head], _block(text, child, head, end), "", notes)
        return Cut(text[begin : child.start], _node(text, child), text[child.end : end], notes)

    return Piece(above, text[begin:end], key, span.column, child.value, parts)


def _flow(text: str, span: Span) -> Group:
    """Cut a collection in brackets; what stands between its entries belongs to the one before."""
    starts = [key.start for key in span.keys] or [child.start for child in span.children]
    ends = [*starts[1:], span.end - 1] if starts else []
    pieces = [_flow_piece(text, (begin, end), span, number) for number, (begin, end) in enumerate(zip(starts, ends, strict=True))]
    opening = text[span.start : starts[0]] if starts else text[span.start : span.end - 1]
    closing = text[max(span.end - 1, span.start) : span.end]
    return Group(isinstance(span.value, dict), flow=True, column=span.column, opening=opening, closing=closing, pieces=tuple(pieces))


def _flow_piece(text: str, places: tuple[int, int], span: Span, number: int) -> Piece:
    begin, end = places
    child = span.children[number]
    key = str(span.keys[number].value or "") if span.keys else None

    found = Piece(
        "", text[begin : child.end], key, span.column, child.value, lambda: Cut(text[begin : child.start], _node(text, child), "", ())
    )
    found.after = text[child.end : end]
    return found


def comments(text: str, span: Span) -> list[str]:
    """List the comments of a text."""
    return list(_comments(text, 0, len(text), span))


def _comments(text: str, begin: int, end: int, span: Span) -> tuple[str, ...]:
    """List the comments between two places around a value: whatever is no scalar and begins with a number sign."""
    if "#" not in text[begin:end]:
        return ()
    found: list[str] = []
    at = begin
    for scalar in _scalars(span):
        if "#" in text[at : scalar.start]:
            found += COMMENT.findall(text[at : scalar.start])
        at = max(at, scalar.end)
    return tuple(comment.rstrip() for comment in (*found, *COMMENT.findall(text[at:end])))


def _scalars(span: Span) -> Iterator[Span]:
    if not isinstance(span.value, (dict, list)):
        yield span
    for number, child in enumerate(span.children):
        if span.keys:
            yield span.keys[number]
        yield from _scalars(child)


def shift(text: str, by: int) -> str:
    """Indent the lines of a text by so many blanks more or, where there are as many, less."""
    if by == 0 or not text:
        return text
    if by > 0:
        return re.sub(r"^(?=[^\n\r])", " " * by, text, flags=re.MULTILINE)
    return re.sub(rf"^ {{1,{-by}}}", "", text, flags=re.MULTILINE)


def shift_body(text: str, by: int) -> str:
    """Indent the lines of an entry after its first."""
    first, newline, others = text.partition("\n")
    return first + newline + shift(others, by)


def placed(piece: Piece, column: int) -> Piece:
    """Give an entry as it reads when it begins in this column."""
    by = column - piece.column
    if by == 0:
        return piece
    found = Piece(
        shift(piece.lead, by),
        shift_body(piece.body, by),
        piece.key,
        column,
        piece.value,
        lambda: piece.cut._replace(rest=shift_body(piece.cut.rest, by)),
    )
    found.moved = piece.moved + by
    return found


def exploded(group: Group, column: int) -> Group:
    """Write a collection in brackets as a block: each entry on a line of its own."""
    return Group(group.mapping, flow=False, column=column, opening="", closing="", pieces=tuple(_lines(group.pieces, column)))


def _lines(pieces: Sequence[Piece], column: int) -> Iterator[Piece]:
    for piece in pieces:
        head = "" if piece.key is not None else "- "
        yield Piece("", f"{head}{piece.body}\n", piece.key, column, piece.value, _lined(piece, head))


def _lined(piece: Piece, head: str) -> Callable[[], Cut]:
    return lambda: Cut(head + piece.cut.head, piece.cut.node, "\n", ())
