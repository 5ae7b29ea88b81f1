"""A document as the extraction reads it: one text of one width without blanks, each character of which knows its place.

Paragraphs are divided by line feeds. Cells of tables are no part of the text: they stand in grids of their own.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WHITE = re.compile(r"[\s\u200b\u2060\ufeff]+")
READING = re.compile(r"[(（][a-zɡ\u00e0-\u01dc]{1,6}[)）]")
"""The pinyin that some web pages print after a character: 報(bào)備."""
PARAGRAPH = re.compile(r"[^\n]+")
SHAPES = {
    "｡": "。",
    "﹒": ".",
    "〖": "(",
    "〗": ")",
    "﹝": "〔",
    "﹞": "〕",
    "―": "—",
    "─": "—",
    "━": "—",
    "–": "—",
    "〇": "〇",
    "○": "〇",
    "◯": "〇",
    "\ufffd": "",
}
FOLD = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {ord(old): new for old, new in SHAPES.items() if new}
"""Each character stays one character, so that places hold."""


class Cell(NamedTuple):
    """Where a cell stands in a table; rows and columns count from 1."""

    table: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Line(NamedTuple):
    """A paragraph of the document, or the text of a cell."""

    text: str
    cell: Cell | None = None
    is_heading: bool = False


class Place(NamedTuple):
    """A stretch of a line: from `start` up to `end`, counted in characters of its text."""

    line: int
    start: int
    end: int


class Script(NamedTuple):
    """The running text of a document, folded."""

    text: str
    lines: tuple[Line, ...]
    starts: array[int]
    """Where each paragraph begins in the text."""
    numbers: array[int]
    """Which line each paragraph is."""
    columns: array[int]
    """For each character of the text its place in its line."""

    def place(self, start: int, end: int) -> Place:
        """Give the place of a stretch of the text; of one that runs over several paragraphs, its part in the first."""
        index = max(bisect_right(self.starts, start) - 1, 0)
        stop = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
        last = min(max(end, start + 1), max(stop, start + 1)) - 1
        column = self.columns[start] if start < len(self.columns) else 0
        finish = self.columns[last] + 1 if last < len(self.columns) else column
        return Place(self.numbers[index] if self.numbers else 0, column, finish)

    def printed(self, start: int, end: int) -> str:
        """Give a stretch as the document prints it, without its blanks and line breaks."""
        return "".join(self._pieces(start, end))

    def _pieces(self, start: int, end: int) -> Iterator[str]:
        index = max(bisect_right(self.starts, start) - 1, 0)
        while start < end:
            stop = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text) - 1
            source = self.lines[self.numbers[index]].text
            yield "".join(source[self.columns[at]] for at in range(start, min(end, stop)))
            start, index = stop + 1, index + 1


def fold(text: str) -> tuple[str, array[int]]:
    """Fold a text: half width, without blanks and readings; give the place of each character that is left."""
    columns = array("l", range(len(text)))
    for noise in (READING, WHITE):
        kept = array("l")
        parts: list[str] = []
        at = 0
        for gap in noise.finditer(text):
            parts.append(text[at : gap.start()])
            kept.extend(columns[at : gap.start()])
            at = gap.end()
        parts.append(text[at:])
        kept.extend(columns[at:])
        text, columns = "".join(parts), kept
    return text.translate(FOLD), columns


def line_end(text: str, at: int, end: int) -> int:
    """Find where the line of a place ends, no further than `end`."""
    stop = text.find("\n", at, end)
    return stop if stop >= 0 else end


def lines_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Go through the lines of a stretch that are not empty."""
    while start < end:
        stop = line_end(text, start, end)
        if stop > start:
            yield start, stop
        start = stop + 1


def write_script(lines: Sequence[Line], chosen: Iterable[int] | None = None) -> Script:
    """Put the paragraphs among some lines into one text."""
    parts: list[str] = []
    starts, numbers, columns = array("l"), array("l"), array("l")
    length = 0
    for number in range(len(lines)) if chosen is None else chosen:
        for paragraph in PARAGRAPH.finditer(lines[number].text):
            text, places = fold(paragraph.group())
            if not text:
                continue
            starts.append(length)
            numbers.append(number)
            parts.append(text + "\n")
            columns.extend(place + paragraph.start() for place in places)
            columns.append(places[-1] + paragraph.start())
            length += len(text) + 1
    return Script("".join(parts), tuple(lines), starts, numbers, columns)
