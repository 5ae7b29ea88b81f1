"""Extents: where each piece of a YAML text begins and ends, as offsets into the text, with the comments that belong to it.

For texts of our dialect only (`planctl.yamltree.parse` finds no flaw). Who owns a comment is decided here once (`_Reader.share`):
one on the line of an entry trails it; one above an entry belongs to what follows, and to the entry itself where no blank line is between;
one that stands deeper than what follows belongs to the end of the block that it stands in.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, StreamEndEvent

from planctl.yamltree import NULLS, events

BREAK = "\r\n|\r(?!\n)|[\n\x85\u2028\u2029]"
_BREAKS = re.compile(BREAK)
_MARKS = re.compile(r"(?m)^(?:---|\.\.\.)(?:[ \t]+#.*)?|^%.*|#[^\r\n\x85\u2028\u2029]*")
_SPACE = r"(?:\s|#[^\r\n\x85\u2028\u2029]*)*"
_DASH = re.compile(_SPACE + "-")
_QUESTION = re.compile(rf"[,\s]*{_SPACE},?{_SPACE}\?(?=\s|$)")
_COLON = re.compile(_SPACE + ":")
_COMMA = re.compile(_SPACE + ",")
_COMMENT = re.compile("#[^\r\n\x85\u2028\u2029]*")
_EMPTY_LINES = re.compile(f"(?:{BREAK})+\\Z")
_LAST_BREAK = re.compile(f"(?:{BREAK})\\Z")
_BLANK = re.compile(f"(?:{BREAK})[ \\t]*(?:{BREAK})")


class Comment(NamedTuple):
    """A comment, or a marker of the document's start or end; `apart` says that a blank line is above it."""

    start: int
    end: int
    column: int
    apart: bool


class Scalar:
    """One text; `style` is its quote, `|`, `>` or nothing."""

    __slots__ = ("end", "start", "style", "value")

    def __init__(self, start: int, end: int, style: str, value: str | None) -> None:
        self.start, self.end, self.style, self.value = start, end, style, value


class Block:
    """A mapping or a list, whether in block or in flow style; `tail` are the comments at its end, `column` is that of its entries."""

    __slots__ = ("column", "end", "entries", "flow", "start", "tail")

    def __init__(self, start: int, column: int, *, flow: bool) -> None:
        self.start, self.end, self.column, self.flow = start, start, column, flow
        self.entries: list[Entry] = []
        self.tail: list[Comment] = []


class Mapping(Block):
    """A mapping: its entries have keys."""

    __slots__ = ()

    def find(self, key: str) -> int | None:
        """Find the position of a key."""
        return next((index for index, entry in enumerate(self.entries) if entry.name == key), None)


class Sequence(Block):
    """A list: its entries have none."""

    __slots__ = ()


Event: TypeAlias = Any
"""An event of PyYAML, which is untyped."""
Node: TypeAlias = Scalar | Mapping | Sequence


class Entry:
    """A key with its value, or an item of a list.

    `start` is where its key, `?` or `-` stands, `opening` the place after its colon or dash. Its comments: `above` it, in its `header`
    (between key and value), `trailing` on its last line, `below` it and deeper. `apart`: a blank line is under the comments above it.
    """

    __slots__ = ("above", "apart", "below", "column", "header", "key", "opening", "start", "trailing", "value")

    def __init__(self, start: int, column: int, key: Scalar | None, opening: int, value: Node) -> None:
        self.start, self.column, self.key, self.opening, self.value = start, column, key, opening, value
        self.above: list[Comment] = []
        self.header: list[Comment] = []
        self.trailing: list[Comment] = []
        self.below: list[Comment] = []
        self.apart = False

    @property
    def name(self) -> str:
        """The key, as `planctl.yamltree` gives it."""
        return (self.key.value if self.key else None) or ""

    @property
    def end(self) -> int:
        """Where its value ends."""
        return max(self.value.end, self.opening)


class Document(NamedTuple):
    """A text with its tree. `head` and `foot` are the comments and markers before and after all of it."""

    text: str
    root: Node | None
    head: list[Comment]
    foot: list[Comment]


def read(text: str) -> Document:
    """Read a text that is free of flaws."""
    builder = _Builder(text)
    root = builder.document()
    return _Reader(text, root).read()


def colon_after(text: str, start: int) -> int | None:
    """Find the place after the colon of a key that ends here."""
    found = _COLON.match(text, start)
    return found.end() if found else None


def comma_after(text: str, start: int) -> int | None:
    """Find the place after the comma that follows here, if one does."""
    found = _COMMA.match(text, start)
    return found.end() if found else None


def line_start(text: str, offset: int) -> int:
    """Find where the line of an offset begins."""
    start = text.rfind("\n", 0, offset) + 1
    for mark in "\r" if text.isascii() else "\r\x85\u2028\u2029":
        start = max(start, text.rfind(mark, start, offset) + 1)
    return start


def begins_line(text: str, offset: int) -> bool:
    """Tell whether nothing stands before an offset on its line."""
    return not text[line_start(text, offset) : offset].strip(" \t")


def line_end(text: str, offset: int) -> int:
    """Find where the line of an offset ends, before its line break."""
    found = _BREAKS.search(text, offset)
    return found.start() if found else len(text)


def next_line(text: str, offset: int) -> int:
    """Find where the line after that of an offset begins."""
    found = _BREAKS.search(text, offset)
    return found.end() if found else len(text)


def has_blank(text: str, start: int, end: int) -> bool:
    """Tell whether there is a blank line between two offsets."""
    return _BLANK.search(text, start, end) is not None


class _Builder:
    """The tree, from the parser's events. `cursor` is the end of the last thing read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.next = events(text).get_event
        self.cursor = 0

    def document(self) -> Node | None:
        self.next()  # start of the stream
        event: Event = self.next()
        if event.__class__ is StreamEndEvent:
            return None
        self.cursor = event.end_mark.index
        return self.value(self.next(), self.cursor)

    def value(self, event: Event, opening: int) -> Node:
        kind = event.__class__
        if kind is ScalarEvent:
            return self.scalar(event, opening)
        return self.mapping(event) if kind is MappingStartEvent else self.sequence(event)

    def scalar(self, event: Event, opening: int) -> Scalar:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if start == end:
            return Scalar(opening, opening, "", None)
        if style in ("|", ">"):
            end = self.content_end(start, end)
        self.cursor = end
        text: str = event.value
        return Scalar(start, end, style, None if not style and text in NULLS else text)

    def content_end(self, start: int, end: int) -> int:
        """Find the end of a block scalar: its trailing empty lines are its own only where it keeps them (`|+`)."""
        piece = self.text[start:end]
        header = _BREAKS.split(piece, maxsplit=1)[0].partition("#")[0]
        found = (_LAST_BREAK if "+" in header else _EMPTY_LINES).search(piece)
        return start + found.start() if found else end

    def mapping(self, event: Event) -> Mapping:
        tree = Mapping(event.start_mark.index, event.start_mark.column, flow=event.flow_style)
        self.open(tree, event)
        while True:
            event = self.next()
            if event.__class__ is MappingEndEvent:
                break
            before = self.cursor
            key = self.scalar(event, event.start_mark.index)
            asked = _QUESTION.match(self.text, before, key.start) if "?" in self.text[before : key.start] else None
            self.cursor = opening = colon_after(self.text, key.end) or key.end
            value = self.value(self.next(), opening)
            start = asked.end() - 1 if asked else key.start
            tree.entries.append(Entry(start, self.column(tree, start), key, opening, value))
        self.close(tree, event)
        return tree

    def sequence(self, event: Event) -> Sequence:
        tree = Sequence(event.start_mark.index, event.start_mark.column, flow=event.flow_style)
        self.open(tree, event)
        while True:
            event = self.next()
            if event.__class__ is SequenceEndEvent:
                break
            if tree.flow:
                start = opening = event.start_mark.index
            else:
                start = self.dash(event.start_mark.index)
                self.cursor = opening = start + 1
            value = self.value(event, opening)
            tree.entries.append(Entry(start, self.column(tree, start), None, opening, value))
        self.close(tree, event)
        return tree

    def column(self, tree: Block, start: int) -> int:
        return start - line_start(self.text, start) if tree.flow else tree.column

    def open(self, tree: Block, event: Event) -> None:
        if tree.flow:
            self.cursor = max(self.cursor, event.end_mark.index)

    def dash(self, start: int) -> int:
        """Find the dash of an item whose value starts here."""
        if self.text[start - 2 : start] == "- " and start - 2 >= self.cursor and "#" not in self.text[self.cursor : start]:
            return start - 2
        found = _DASH.match(self.text, self.cursor)
        return found.end() - 1 if found else start

    def close(self, tree: Block, event: Event) -> None:
        if tree.flow and event.end_mark.index > event.start_mark.index:
            self.cursor = event.end_mark.index
        # A block, and the one pair of `[a: b]`, ends with the last thing in it.
        tree.end = self.cursor


class _Reader:
    """Gives each comment its owner, in the order of the text."""

    def __init__(self, text: str, root: Node | None) -> None:
        self.text = text
        self.root = root
        self.cursor = 0
        self.last: Entry | None = None
        self.opened: Entry | None = None
        # What has ended since the last entry began, innermost first: from which column on a comment belongs to it, and its comments.
        self.ends: list[tuple[int, list[Comment]]] = []

    def read(self) -> Document:
        text, root = self.text, self.root
        if root is None:
            return Document(text, None, self.gap(len(text), _MARKS), [])
        of_blocks = isinstance(root, Block) and not root.flow
        first = root.entries[0].start if isinstance(root, Block) and of_blocks else root.start
        head = self.gap(first, _MARKS)
        self.cursor = first
        self.node(root)
        self.cursor = max(self.cursor, root.end)
        rest = self.gap(len(text), _MARKS)
        marker = next((index for index, each in enumerate(rest) if text.startswith("...", each.start)), len(rest)) if of_blocks else 0
        self.share(rest[:marker], None)
        return Document(text, root, head, rest[marker:])

    def gap(self, end: int, pattern: re.Pattern[str] = _COMMENT) -> list[Comment]:
        """List the comments up to the next thing."""
        text, start = self.text, self.cursor
        if pattern is _COMMENT and "#" not in text[start:end]:
            return []
        found = []
        for match in pattern.finditer(text, start, end):
            here = match.start()
            apart = has_blank(text, start, here) or (start == 0 and _BREAKS.search(text, 0, here) is not None)
            found.append(Comment(here, here + len(match[0].rstrip()), here - line_start(text, here), apart))
            start = match.end()
        return found

    def share(self, comments: list[Comment], following: Entry | None) -> None:
        """Give comments to what they trail, to the ends of what has ended, or to the entry that follows."""
        if comments and self.cursor and _BREAKS.search(self.text, self.cursor, comments[0].start) is None:
            self.trail(comments.pop(0))
        if not comments:
            return
        ends = self.ends
        for comment in comments:
            if following and (comment.column <= following.column or not ends):
                ends = []
                following.above.append(comment)
                continue
            # A list at the margin of its mapping: the comment is rather the mapping's.
            while len(ends) > 1 and (comment.column < ends[0][0] or comment.column == ends[0][0] == ends[1][0]):
                ends = ends[1:]
            if ends:
                ends[0][1].append(comment)
        if following:
            following.apart = has_blank(self.text, comments[-1].end, following.start)

    def trail(self, comment: Comment) -> None:
        if self.opened:
            self.opened.header.append(comment)
        elif self.last:
            self.last.trailing.append(comment)

    def node(self, node: Node) -> None:
        if isinstance(node, Scalar):
            return
        if node.flow:
            self.cursor = node.start + 1
        for entry in node.entries:
            following = entry
            self.share(self.gap(entry.start), following)
            self.entry(entry, node)
        if node.flow:
            self.close(node)
        elif node.entries:
            self.ends.append((node.column, node.tail))

    def close(self, node: Block) -> None:
        """See to the comments before a closing bracket."""
        if node.end and self.text[node.end - 1] in "]}":
            found = self.gap(node.end - 1)
            if found and self.cursor and _BREAKS.search(self.text, self.cursor, found[0].start) is None:
                self.trail(found.pop(0))
            node.tail.extend(found)
        self.cursor = node.end

    def entry(self, entry: Entry, parent: Block) -> None:
        value = entry.value
        self.cursor, self.last, self.opened, self.ends = entry.opening, entry, entry, []
        if entry.key:
            self.cursor = entry.start
            entry.above.extend(self.gap(entry.key.start))
            self.cursor = entry.key.end
            entry.header.extend(self.gap(entry.opening))
            self.cursor = entry.opening
        if isinstance(value, Scalar) or value.flow:
            entry.header.extend(self.gap(value.start))
        if isinstance(value, Block):
            self.node(value)
        elif value.style in ("|", ">"):
            self.cursor = value.start
            entry.header.extend(self.gap(line_end(self.text, value.start)))
        self.opened = None
        if not isinstance(value, Block) or value.flow:
            self.cursor, self.last = max(value.end, entry.opening), entry
            self.ends = [] if parent.flow else [(entry.column + 1, entry.below)]
