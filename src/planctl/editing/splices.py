"""Splices: deletions and insertions collected for one text, and the text that they make."""

from __future__ import annotations

import math
from typing import NamedTuple

from planctl.editing.values import Look, Value, inline_entry, lines_of_entry


class Addition(NamedTuple):
    """An entry to be inserted; `apart` wants blank lines around it where no neighbours show the custom."""

    key: str | None
    value: Value
    apart: bool = False

    def lines(self, look: Look, column: int, *, flow: bool | None) -> list[str]:
        """Write it as an entry of a block."""
        return lines_of_entry(self.key, self.value, look, column, flow=flow)

    def inline(self) -> str:
        """Write it as an entry between brackets."""
        return inline_entry(self.key, self.value)


class Structure(NamedTuple):
    """How the entries of one mapping or list change: which go, and what comes before which."""

    removed: set[int]
    added: dict[int, list[Addition]]

    def __bool__(self) -> bool:
        return bool(self.removed or self.added)

    def add(self, position: int, addition: Addition) -> None:
        """Add an entry before the one at a position."""
        self.added.setdefault(position, []).append(addition)


class Splices:
    """What to take out of a text and what to put in. Offsets are those of the text as it was.

    Of several things at one offset, what is put in after something comes first, from the inside out: it belongs to what ends there;
    then what is put in before something, from the outside in; then what replaces something.
    """

    def __init__(self, text: str, newline: str, *, open_end: bool = False) -> None:
        self.text = text
        self.newline = newline
        self.open_end = open_end
        """Whether the last line break is none of the text: the result goes without it."""
        self._steps: list[tuple[int, float, int, int, str]] = []

    def delete(self, start: int, end: int) -> None:
        """Take a piece out; pieces may overlap."""
        self.replace(start, end, "")

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of a piece."""
        self._steps.append((start, math.inf, len(self._steps), end, text))

    def insert(self, offset: int, text: str, depth: float) -> None:
        """Put a text in after what ends at an offset, at this depth of the tree."""
        self._steps.append((offset, -1 - depth, len(self._steps), offset, text))

    def insert_before(self, offset: int, text: str, depth: float) -> None:
        """Put a text in before what begins at an offset, at this depth of the tree."""
        self._steps.append((offset, 1 + depth, len(self._steps), offset, text))

    def joined(self, lines: list[str], column: int) -> str:
        """Make a text of whole lines, indented to a column."""
        space = " " * column
        return "".join((space + line if line else "") + self.newline for line in lines)

    def adds_at(self, offset: int) -> bool:
        """Tell whether something is put in at an offset."""
        return any(step[0] == offset and step[4] for step in self._steps)

    def takes(self, offset: int) -> bool:
        """Tell whether what stands at an offset is taken out."""
        return any(step[0] <= offset < step[3] for step in self._steps)

    def touches(self, offset: int) -> bool:
        """Tell whether anything is done at an offset or around it."""
        return any(step[0] <= offset <= step[3] for step in self._steps)

    def result(self) -> str:
        """Make the new text."""
        pieces: list[str] = []
        cursor = 0
        for start, _, _, end, text in sorted(self._steps):
            if start > cursor:
                pieces.append(self.text[cursor:start])
            pieces.append(text)
            cursor = max(cursor, end, start)
        pieces.append(self.text[cursor:])
        result = "".join(pieces)
        return result.removesuffix(self.newline) if self.open_end else result
