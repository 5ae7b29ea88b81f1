"""Plain text: a line is a paragraph, and lines with tabs are the rows of a table.

A page that was saved as text keeps its tables so. A line without tabs between such rows is a row that is merged into one cell.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.decoding import NEWLINE, decode
from planctl.documents.records import Block, BlockKind, Format, Place, Reading, Table, TablePlace
from planctl.documents.tracing import MOST_BLOCKS, MOST_CHARACTERS, Recorder, Traced, join
from planctl.errors import OversizedDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_TITLE_ROW = 40
"""A merged row between rows of a table is a heading."""


ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(](?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})[)）]|[0-9]{1,3}[、.．)）]|[①-⑳]"
    r"|第[一二三四五六七八九十百]{1,4}[章节条])[ \u3000]*\t(?=[^\t]+$)"
)
"""A number with its mark before a tab, as Word writes the automatic ones into a text."""


class Line(NamedTuple):
    """A line that is not blank, by its cells."""

    cells: tuple[Traced, ...]
    """Empty ones too, as their places count."""
    number: int


def read_text(name: str, data: bytes) -> Reading:
    """Read a text file."""
    text, encoding = decode(name, data)
    recorder = Recorder(name)
    for count, limit in ((len(text), MOST_CHARACTERS), (text.count("\n") + text.count("\t"), MOST_BLOCKS)):
        if count > limit:
            raise OversizedDocumentError(path=name, what=f"{count}", limit=limit)
    lines = list(_lines(recorder, text.removeprefix("\ufeff")))
    tables: list[Table] = []
    blocks = tuple(_blocks(lines, tables))
    return Reading(name, Format.TEXT, encoding, recorder.source(), blocks, tuple(tables), notes=tuple(recorder.notes))


def _lines(recorder: Recorder, text: str) -> Iterator[Line]:
    for number, line in enumerate(NEWLINE.split(text), 1):
        start = recorder.length
        recorder.write(line, Place(number, 1))
        written = recorder.since(start)
        recorder.end_line()
        if written.text.strip():
            yield Line(tuple(_cells(written)), number)


def _cells(line: Traced) -> Iterator[Traced]:
    """Cut a line at its tabs; those before and behind the text, and one behind the number of a paragraph, are white space only."""
    line = Traced(line.text.rstrip(), line.offsets)
    if number := ITEM.match(line.text):
        yield join((line.cut(0, number.end()).strip(), line.cut(number.end(), len(line.text)).strip()), "")
        return
    at = 0
    for cell in line.text.split("\t") if "\t" in line.text.strip() else [line.text]:
        yield line.cut(at, at + len(cell)).strip()
        at += len(cell) + 1


def _blocks(lines: Sequence[Line], tables: list[Table]) -> Iterator[Block]:
    rows = _rows(lines)
    for in_table, run in groupby(zip(lines, rows, strict=True), key=lambda each: each[1]):
        group = [line for line, _ in run]
        if in_table:
            table = Table(len(tables) + 1, len(group), max(len(line.cells) for line in group))
            tables.append(table)
            yield from _table(group, table)
        else:
            yield from (Block(text, BlockKind.PARAGRAPH, offsets) for line in group for text, offsets in line.cells if text)


def _rows(lines: Sequence[Line]) -> list[bool]:
    """Tell which lines are rows of a table: at least two lines with tabs, and the short ones between them."""
    tabbed = [len(line.cells) > 1 for line in lines]
    found = [False] * len(lines)
    last: int | None = None
    for index, has_tabs in enumerate(tabbed):
        if not has_tabs:
            continue
        if last is not None and _are_one_table(lines[last : index + 1]):
            found[last : index + 1] = [True] * (index + 1 - last)
        last = index
    return found


def _are_one_table(lines: Sequence[Line]) -> bool:
    """Tell whether two lines with tabs and what stands between them are rows of one table."""
    between = lines[1:-1]
    alike = abs(len(lines[0].cells) - len(lines[-1].cells)) <= 1
    return alike and len(between) <= 2 and all(len(line.cells[0].text) <= LONGEST_TITLE_ROW for line in between)


def _table(lines: Iterable[Line], table: Table) -> Iterator[Block]:
    for row, line in enumerate(lines, 1):
        span = table.columns if not any(cell.text for cell in line.cells[1:]) else 1
        for column, (text, offsets) in enumerate(line.cells, 1):
            if text:
                yield Block(text, BlockKind.CELL, offsets, table=TablePlace(table.number, row, column, column_span=span))
