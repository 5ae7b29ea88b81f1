"""Entries of block style: the lines that belong to each, and how whole lines go and come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.editing.extents import BREAK, Block, Mapping, Scalar, begins_line, has_blank, line_end, line_start, next_line
from planctl.editing.values import style_of

if TYPE_CHECKING:
    from planctl.editing.extents import Entry
    from planctl.editing.splices import Addition, Splices, Structure
    from planctl.editing.values import Look

NEAR = 8
"""How many neighbours are asked for their style."""
_BLANK_LINES = re.compile(f"(?:[ \\t]*(?:{BREAK}))+")


def chunk_start(text: str, entry: Entry) -> int:
    """Find where an entry begins: with its line or the comments directly above, or in mid-line where it stands after a dash."""
    start = line_start(text, entry.start)
    if not begins_line(text, entry.start):
        return entry.start
    if entry.above and not entry.apart:
        for comment in reversed([each for each in entry.above if each.start < entry.start]):
            start = line_start(text, comment.start)
            if comment.apart:
                break
    return start


def chunk_end(text: str, entry: Entry) -> int:
    """Find where an entry ends: after its last line, and the comments that stand deeper below it."""
    return next_line(text, last_offset(entry))


def last_offset(entry: Entry) -> int:
    """Find the end of the last thing in an entry, comments included."""
    found = [entry.end, *(each.end for each in (*entry.header, *entry.trailing, *entry.below))]
    value = entry.value
    if isinstance(value, Block) and not value.flow:
        found += [each.end for each in value.tail]
        if value.entries:
            found.append(last_offset(value.entries[-1]))
    return max(found)


def safe_look(look: Look, text: str, offset: int, column: int) -> Look:
    """Write no block of text where what follows would become part of it: a deeper comment, or a blank line with spaces."""
    found = re.compile(rf"(?:[ \t]*(?:{BREAK}))*?[ \t]{{{column + 1},}}(?:#|{BREAK}|\Z)").match(text, offset)
    return look._replace(literals=False) if found else look


def _keeps_blanks(text: str, entry: Entry, blanks: str) -> bool:
    """Tell whether an entry ends in a block of text that would take blank lines below it for its own."""
    value = entry.value
    while isinstance(value, Block) and value.entries and not value.flow:
        value = value.entries[-1].value
    if not isinstance(value, Scalar) or value.style not in ("|", ">"):
        return False
    return "+" in text[value.start : value.start + 3] or bool(blanks.strip("\r\n"))


def splice_block(splices: Splices, parent: Entry | None, node: Block, structure: Structure, look: Look, depth: int) -> None:
    """Take entries out of a block and put others in."""
    _BlockSplicer(splices, node, structure, look, depth).splice(parent)


class _BlockSplicer:
    def __init__(self, splices: Splices, node: Block, structure: Structure, look: Look, depth: int) -> None:
        self.splices = splices
        self.text = splices.text
        self.node = node
        self.entries = node.entries
        self.removed = structure.removed
        self.added = structure.added
        self.look = look
        self.depth = depth
        self.last = max((index for index in range(len(self.entries)) if index not in self.removed), default=-1)
        """The last entry that stays."""
        self.in_line = not begins_line(self.text, self.entries[0].start)
        """Whether the first entry stands after a dash."""

    def splice(self, parent: Entry | None) -> None:
        if not self.added and len(self.removed) == len(self.entries):
            self.empty(parent)
            return
        if self.in_line and 0 in self.removed:
            self.replace_first()
        for position in self.added:
            self.add(position)
        for index in self.removed:
            if not (self.in_line and index == 0):
                self.remove(index)

    def empty(self, parent: Entry | None) -> None:
        """Leave an empty mapping or list."""
        first, sign = self.entries[0], "{}" if isinstance(self.node, Mapping) else "[]"
        if self.in_line:
            self.splices.replace(first.start, line_end(self.text, last_offset(first)), sign)
        elif parent:
            start = chunk_start(self.text, first)
            self.splices.insert(parent.opening, f" {sign}", self.depth)
            self.splices.delete(self.without_blanks(next_line(self.text, parent.opening), start), start)
        else:
            self.splices.insert(chunk_start(self.text, first), self.splices.joined([sign], 0), self.depth)
        for index in range(1 if self.in_line else 0, len(self.entries)):
            self.remove(index)

    def replace_first(self) -> None:
        """Let the next entry take the place of a first one that stands after a dash."""
        text, first, splices = self.text, self.entries[0], self.splices
        position = next(index for index in range(len(self.entries) + 1) if index in self.added or index not in self.removed)
        if position in self.added:
            if position:
                self.added[0] = self.added.pop(position)
            splices.delete(first.start, chunk_end(text, first))
            return
        follower = self.entries[position]
        if text[chunk_end(text, self.entries[position - 1]) : follower.start].strip():
            splices.delete(len(text[: first.start].rstrip(" ")), line_end(text, last_offset(first)))
        else:
            splices.delete(first.start, follower.start)

    def add(self, position: int) -> None:
        """Put entries in: after the one before, or before the first."""
        column, splices, first = self.node.column, self.splices, self.entries[0]
        offset = chunk_end(self.text, self.entries[position - 1]) if position else chunk_start(self.text, first)
        look = safe_look(self.look, self.text, offset, column)
        text = splices.joined([line for each in self.added[position] for line in self.written(position, each, look)], column)
        if position:
            splices.insert(offset, text, self.depth)
        elif not self.in_line:
            splices.insert_before(offset, text, self.depth)
        else:
            text = text.removeprefix(" " * column)
            splices.insert_before(first.start, text if 0 in self.removed else text + " " * column, self.depth)

    def written(self, position: int, addition: Addition, look: Look) -> list[str]:
        lines = addition.lines(look, self.node.column, flow=self.flow_near(position))
        if not self.has_blanks(position, addition):
            return lines
        return ["", *lines] if position else [*lines, ""]

    def flow_near(self, position: int) -> bool | None:
        """Tell whether the nearest record of the list is in flow style."""
        if isinstance(self.node, Mapping):
            return None
        near = range(max(position - NEAR, 0), min(position + NEAR, len(self.entries)))
        by_distance = sorted(near, key=lambda index: (abs(index - position + 0.6), index))
        records = (self.entries[index].value for index in by_distance[:NEAR])
        styles = (style_of(each) for each in records if isinstance(each, Mapping))
        return next((each for each in styles if each is not None), None)

    def has_blanks(self, position: int, addition: Addition) -> bool:
        """Tell whether blank lines stand between the entries here."""
        if len(self.entries) < 2:
            return addition.apart
        after = min(max(position, 1), len(self.entries) - 1)
        return has_blank(self.text, last_offset(self.entries[after - 1]), chunk_start(self.text, self.entries[after]))

    def remove(self, index: int) -> None:
        """Take an entry out with its lines; of the blank lines around it only one side stays."""
        text, entry = self.text, self.entries[index]
        start, end = chunk_start(text, entry), chunk_end(text, entry)
        floor = last_offset(self.entries[index - 1]) if index else start
        below = _BLANK_LINES.match(text, end)
        if 0 < index > self.last and not any(position >= index for position in self.added):
            start = self.without_blanks(next_line(text, floor), start)
        elif below and index not in self.added and index + 1 < len(self.entries) and (index == 0 or has_blank(text, floor, start)):
            end = below.end()
        if below and index and _keeps_blanks(text, self.entries[index - 1], below[0]):
            end = below.end()
        self.splices.delete(start, end)

    def without_blanks(self, floor: int, start: int) -> int:
        """Step back over blank lines."""
        while start > floor:
            above = line_start(self.text, start - 1 - (self.text[start - 2 : start] == "\r\n"))
            if self.text[above:start].strip():
                break
            start = above
        return max(start, floor)
