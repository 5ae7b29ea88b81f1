"""Entries of flow style: how they go and come between brackets, on one line or on several."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.editing.extents import begins_line, comma_after, line_end, line_start, next_line
from planctl.editing.values import Verbatim, comments_in

if TYPE_CHECKING:
    from planctl.editing.extents import Block, Entry
    from planctl.editing.splices import Addition, Splices, Structure

_REST = re.compile(r"[ \t]*(?:#.*)?")


def splice_flow(splices: Splices, node: Block, structure: Structure, depth: int) -> None:
    """Take entries out of a flow collection and put others in."""
    _FlowSplicer(splices, node, structure, depth).splice()


class _FlowSplicer:
    def __init__(self, splices: Splices, node: Block, structure: Structure, depth: int) -> None:
        self.splices = splices
        self.text = splices.text
        self.node = node
        self.entries = node.entries
        self.removed = structure.removed
        self.added = structure.added
        self.depth = depth
        self.last = max((index for index in range(len(self.entries)) if index not in self.removed), default=-1)
        """The last entry that stays."""

    def splice(self) -> None:
        if self.text[self.node.start] not in "[{":  # the one pair of `[a: b]` gets the braces that it can do without
            self.splices.insert_before(self.node.start, "{", self.depth)
            self.splices.insert(self.node.end, "}", self.depth - 0.5)
        tail = [each for position in sorted(self.added) if position > self.last for each in self.added[position]]
        if self.last < 0:
            self.replace_all(tail)
            return
        for position, additions in self.added.items():
            if position <= self.last:
                self.put_before(self.entries[position], additions)
        for index in self.removed:
            if index < self.last:
                self.remove(index)
        if self.last + 1 < len(self.entries):
            self.replace_tail(tail)
        elif tail:
            self.append(tail)

    def replace_all(self, additions: list[Addition]) -> None:
        """Put other entries in the place of all."""
        first, last = self.entries[0], self.entries[-1]
        end = comma_after(self.text, last.end) or last.end
        self.splices.replace(first.start, end, ", ".join(map(self.written, additions)))

    def written(self, addition: Addition) -> str:
        """Write an entry; the comments that it brings stand on lines of their own before it."""
        comments = comments_in(addition.value) if isinstance(addition.value, Verbatim) else []
        space = self.splices.newline + " " * (self.node.column + 2)
        return "".join([*(space + comment for comment in comments), space if comments else "", addition.inline()])

    def put_before(self, entry: Entry, additions: list[Addition]) -> None:
        if begins_line(self.text, entry.start):
            lines = [f"{self.written(each).lstrip()}," for each in additions]
            self.splices.insert_before(self.lead(entry), self.splices.joined(lines, entry.column), self.depth)
        else:
            self.splices.insert_before(entry.start, "".join(f"{self.written(each)}, " for each in additions), self.depth)

    def append(self, additions: list[Addition]) -> None:
        last = self.entries[-1]
        comma = comma_after(self.text, last.end)
        if self.has_own_lines(last):
            end = "," if comma else ""
            lines = [self.written(each).lstrip() + ("," if index + 1 < len(additions) else end) for index, each in enumerate(additions)]
            if not comma:
                self.splices.insert(last.end, self.comma(last), self.depth)
            self.splices.insert(next_line(self.text, comma or last.end), self.splices.joined(lines, last.column), self.depth)
            return
        self.splices.insert(last.end, self.listed(last, additions), self.depth)

    def comma(self, entry: Entry) -> str:
        """Give the comma after an entry; directly after the colon of an empty value it would be taken for text."""
        return " ," if self.text[entry.end - 1] == ":" else ","

    def listed(self, entry: Entry, additions: list[Addition]) -> str:
        """Write entries that follow another one."""
        texts = [self.written(each) for each in additions]
        spaced = [text if text.startswith(self.splices.newline) else f" {text}" for text in texts]
        return self.comma(entry) + ",".join(spaced) if additions else ""

    def remove(self, index: int) -> None:
        """Take out an entry that another one follows."""
        entry, follower = self.entries[index], self.entries[index + 1]
        between = self.text[comma_after(self.text, entry.end) or entry.end : follower.start]
        if self.has_own_lines(entry) or between.strip() or between != between.strip("\r\n\x85\u2028\u2029"):
            self.delete(entry)
        else:
            self.splices.delete(entry.start, follower.start)

    def replace_tail(self, additions: list[Addition]) -> None:
        """Take out the last entries, or put others in their place."""
        text, stays, gone = self.text, self.entries[self.last], self.entries[self.last + 1 :]
        trailing = comma_after(text, gone[-1].end)
        in_line = not any(begins_line(text, each.start) for each in gone)
        # Within an entry a `#` may be one of a text; between entries it begins a comment.
        commented = any("#" in text[one.end : other.start] for one, other in pairwise((stays, *gone)))
        if in_line and not commented:
            self.splices.replace(stays.end, gone[-1].end, self.listed(stays, additions))
            return
        comma = comma_after(text, stays.end) or stays.end
        if not additions and not trailing:
            self.splices.delete(comma - 1, comma)
        for entry in gone:
            self.delete(entry)
        written = ", ".join(self.written(each).lstrip() for each in additions) + ("," if additions and trailing else "")
        if written and self.has_own_lines(gone[0]):
            self.splices.insert_before(self.lead(gone[0]), self.splices.joined([written], gone[0].column), self.depth)
        else:
            self.splices.insert_before(gone[0].start, written, self.depth)

    def delete(self, entry: Entry) -> None:
        """Take out an entry with its comma."""
        comma = comma_after(self.text, entry.end) or entry.end
        if self.has_own_lines(entry):
            self.splices.delete(self.lead(entry), next_line(self.text, comma))
        else:
            self.splices.delete(entry.start, comma)

    def has_own_lines(self, entry: Entry) -> bool:
        """Tell whether nothing but comments stands beside an entry."""
        return begins_line(self.text, entry.start) and self.ends_line(entry)

    def ends_line(self, entry: Entry) -> bool:
        """Tell whether nothing but a comment follows on the line."""
        after = comma_after(self.text, entry.end) or entry.end
        end = line_end(self.text, after)
        return _REST.fullmatch(self.text, after, end) is not None and end < self.node.end

    def lead(self, entry: Entry) -> int:
        """Find the start of the lines of an entry that begins one, comments directly above included."""
        start = line_start(self.text, entry.start)
        if entry.above and not entry.apart:
            for comment in reversed(entry.above):
                above = line_start(self.text, comment.start)
                if self.text[above : comment.start].strip(" \t"):
                    break
                start = above
                if comment.apart:
                    break
        return start
