"""What a table of tasks is made of: its cells, the rows that are its tasks, and the table as a whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.script import Place, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = re.compile(r"[(（]?([0-9]{1,2}(?:[.-][0-9]{1,2}){1,2}|[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）.、]?$")
OF_DUTY = ("lead", "support", "guide", "duty")
"""The kinds of columns that name units."""
OF_ROW = (*OF_DUTY, "time")
"""The kinds of columns that a row keeps apart."""


class Box(NamedTuple):
    """A cell, or several put together: the text as printed, folded, and where it begins."""

    text: str
    folded: str
    line: int
    start: int = 0
    parts: tuple[Box, ...] = ()
    """The cells that it was put together of."""

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Give the place of a piece of the text; what runs over several cells is placed in the first of them."""
        before = 0
        for part in self.parts:
            if start <= before + len(part.text):
                return part.place(min(start - before, len(part.text) - 1), None if end is None else end - before)
            before += len(part.text) + 1
        last = len(self.text) if end is None else min(end, len(self.text))
        return Place(self.line, self.start + start, self.start + last)


class Row(NamedTuple):
    """A row of a table of tasks."""

    number: str | None
    title: Box
    details: tuple[Box, ...]
    section: tuple[str, ...]
    boxes: dict[str, Box]
    """The cells of known columns: lead, support, duty, time."""
    printed: str
    """All of the row's text, as the digest of a clause takes it."""
    first: Box
    steps: tuple[tuple[Box, str], ...] = ()
    """What is to be reached by a time that the head of its column names."""
    measure: str = ""
    """The unit in which its figures count, from a column of its own."""
    apart: tuple[str, ...] = ()
    """The units of its rows, where each row has its own text and its own units: they may be tasks of their own."""
    headings: tuple[Box, ...] = ()
    """The rows above it that cover the whole table, and its cells of sections, the highest first."""


class Grid(NamedTuple):
    """A table of tasks, with the lines that it took."""

    rows: tuple[Row, ...]
    lines: frozenset[int]
    first_line: int
    has_duty: bool
    columns: tuple[str, ...] = ()


def box_of(text: str, line: int, start: int = 0) -> Box:
    """Make a cell of a text, its line, and where in that the text begins."""
    return Box(text.strip(), fold(text.strip())[0], line, start + len(text) - len(text.lstrip()))


def merged(boxes: Sequence[Box]) -> Box:
    """Put the cells of one column together."""
    if len(boxes) == 1:
        return boxes[0]
    parts = tuple(part for box in boxes for part in box.parts or (box,))
    return Box("\n".join(box.text for box in boxes), "、".join(box.folded for box in boxes), parts[0].line, parts[0].start, parts)
