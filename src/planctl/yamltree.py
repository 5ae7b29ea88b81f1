"""YAML text to a located tree: mappings, lists and text, each able to say at which line and column it stands.

One dialect: every scalar is text (what it means is for `planctl.codec` to say, so YAML 1.1 has no surprises such as `no` or `012`),
an empty one is `None`. Anchors, aliases, merge keys, tags, duplicate keys and second documents are refused, with their place:
in a file that people review they hide more than they save, and an alias can blow a small file up to gigabytes.
The tree is built from the events of PyYAML's C parser: five times as fast as its C loader, and with marks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML built without libyaml: slower, the same events
    from yaml.loader import BaseLoader as Parser  # type: ignore[assignment]  # the same methods, as far as they are used here

MAX_DEPTH = 32
"""Deeper nesting than any plan has; a parser that recurses must stop somewhere."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# Control and bidirectional characters: they move a terminal's cursor and make reviewed text read otherwise than it is (CVE-2021-42574).
UNSAFE = "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"


OURS, THEIRS = (re.compile(f"^{sign}{{7,}} ", re.MULTILINE) for sign in "<>")
"""The markers of a conflict."""
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Mark(NamedTuple):
    """A place in the text; both count from 0, as the parser counts."""

    line: int
    column: int


START = Mark(0, 0)


class Map(dict[str, "Node"]):
    """A mapping, with the mark of itself, of each key and of each value."""

    __slots__ = ("key_marks", "mark", "value_marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}

    def with_value(self, key: str, value: Node) -> Map:
        """Give the same mapping with another value of a key that it has."""
        other = Map(self.mark)
        other.update(self)
        other[key] = value
        other.key_marks, other.value_marks = self.key_marks, self.value_marks
        return other


class Seq(list["Node"]):
    """A list, with the mark of itself and of each item."""

    __slots__ = ("mark", "marks")

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.marks: list[Mark] = []

    def part(self, places: Iterable[int]) -> Seq:
        """Give a list of some of the items."""
        other = Seq(self.mark)
        for place in places:
            other.append(self[place])
            other.marks.append(self.marks[place])
        return other


Node: TypeAlias = Map | Seq | str | None


class Flaw(NamedTuple):
    """Something in the text that is not of our dialect: a problem code, its place and its arguments."""

    code: str
    mark: Mark
    args: dict[str, object]
    variant: str | None = None


class _UnusableError(Exception):
    """The rest of the text cannot be read."""


def parse(text: str, parser: Callable[[str], Any] = Parser) -> tuple[Node, list[Flaw]]:
    """Build the tree of a text and list what is wrong with it. A text that cannot be parsed gives `None` and says where it breaks."""
    flaws: list[Flaw] = []
    try:
        tree = _Builder(events(text, parser), flaws).document()
        return tree, flaws or _markers(text) or _turned_comments(text)
    except _UnusableError:
        pass
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        flaws += _markers(text) or [Flaw("P002", _place(text, mark) if mark else START, {"reason": error.problem or "?"})]
    except ReaderError as error:
        # Its position counts bytes or characters, by parser; the first such character is the one that it stopped at.
        place = _place_of_index(text, text.find(chr(error.character)))
        flaws.append(Flaw("P009", place, {"character": f"U+{error.character:04X}"}))
    except YAMLError as error:
        flaws.append(Flaw("P002", START, {"reason": str(error)}))
    return None, flaws


def events(text: str, parser: Callable[[str], Any] = Parser) -> Any:
    """Start the parser on a text; its `get_event` gives one event after the other."""
    # The C parser takes a surrogate for a crash of its own; nobody can have meant one.
    return parser(text if text.isascii() else text.encode("utf-8", "replace").decode())


def _markers(text: str) -> list[Flaw]:
    """Find what a merge has left for people to decide. In brackets the parser takes the markers for text."""
    begin = OURS.search(text) if "<<<<<<< " in text else None
    return [Flaw("P002", _place_of_index(text, begin.start()), {}, "conflict")] if begin and THEIRS.search(text, begin.end()) else []


def _turned_comments(text: str) -> list[Flaw]:
    """Find bidirectional characters where the parser does not look: in a comment they can make the line read otherwise than it is."""
    found = [] if text.isascii() else [character for character in TURNING if character in text]
    return [Flaw("P009", _place_of_index(text, text.index(character)), {"character": f"U+{ord(character):04X}"}) for character in found]


def _place(text: str, mark: Any) -> Mark:
    """Keep a mark within the text: the C parser puts the end of a last line without a line break on a line after it."""
    return _place_of_index(text, len(text)) if mark.index >= len(text) else Mark(mark.line, mark.column)


def _place_of_index(text: str, index: int) -> Mark:
    before = text[: max(index, 0)]
    return Mark(before.count("\n"), len(before) - before.rfind("\n") - 1)


class _Builder:
    def __init__(self, events: Any, flaws: list[Flaw]) -> None:
        self.next: Callable[[], Any] = events.get_event
        self.flaws = flaws

    def document(self) -> Node:
        self.next()  # start of the stream
        event = self.next()
        if event.__class__ is StreamEndEvent:
            return None
        tree = self.value(self.next(), 0)
        self.next()  # end of the document
        event = self.next()
        if event.__class__ is DocumentStartEvent:
            self.flaw("P006", event)
        return tree

    def flaw(self, code: str, event: Any, **args: object) -> None:
        mark = event.start_mark
        self.flaws.append(Flaw(code, Mark(mark.line, mark.column), args))

    def value(self, event: Any, depth: int) -> Node:
        kind = event.__class__
        if kind is ScalarEvent:
            return self.scalar(event)
        if kind is AliasEvent:
            self.flaw("P004", event, name=event.anchor)
            return None
        if event.anchor or event.tag:
            self.refuse_properties(event)
        if depth >= MAX_DEPTH:
            self.flaw("P007", event, limit=MAX_DEPTH)
            raise _UnusableError
        return self.mapping(event, depth) if kind is MappingStartEvent else self.sequence(event, depth)

    def scalar(self, event: Any) -> str | None:
        text: str = event.value
        if event.anchor or event.tag:
            self.refuse_properties(event)
        if text in NULLS and not event.style:
            return None
        if not text.isprintable():
            found = re.search(UNSAFE, text)
            if found:
                self.flaw("P009", event, character=f"U+{ord(found[0]):04X}")
                return re.sub(UNSAFE, "\ufffd", text)
        return text

    def refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self.flaw("P004", event, name=event.anchor)
        if event.tag:
            self.flaw("P005", event, tag=event.tag)

    def mapping(self, start: Any, depth: int) -> Map:
        tree = Map(start.start_mark)
        take, keys, values = self.next, tree.key_marks, tree.value_marks
        while True:
            event: Any = take()
            if event.__class__ is MappingEndEvent:
                return tree
            if event.__class__ is not ScalarEvent:
                self.flaw("P012", event)
                self.value(event, depth + 1)
                self.value(take(), depth + 1)
                continue
            key = self.scalar(event) or ""
            mark: Any = event.start_mark  # PyYAML's marks, which have our two fields; copying each would cost a tenth of the load
            value_event: Any = take()
            value = self.scalar(value_event) if value_event.__class__ is ScalarEvent else self.value(value_event, depth + 1)
            if key in tree:
                self.flaws.append(Flaw("P003", Mark(mark.line, mark.column), {"key": key, "first": keys[key].line + 1}))
                continue
            tree[key] = value
            keys[key] = mark
            values[key] = value_event.start_mark

    def sequence(self, event: Any, depth: int) -> Seq:
        tree = Seq(event.start_mark)
        take, marks = self.next, tree.marks
        while True:
            event = take()
            if event.__class__ is SequenceEndEvent:
                return tree
            marks.append(event.start_mark)
            tree.append(self.value(event, depth + 1))


def locate(tree: Node, path: tuple[str | int, ...]) -> Mark:
    """Find the mark of the value at a path of keys and positions, or of the nearest thing above it that is there."""
    mark = tree.mark if isinstance(tree, (Map, Seq)) else START
    for step in path:
        if isinstance(tree, Map) and isinstance(step, str) and step in tree:
            mark, tree = tree.value_marks[step], tree[step]
        elif isinstance(tree, Seq) and isinstance(step, int) and 0 <= step < len(tree):
            mark, tree = tree.marks[step], tree[step]
        else:
            break
    return mark
