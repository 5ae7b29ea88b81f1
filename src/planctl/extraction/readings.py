"""From a `documents.Reading` to the lines that the extraction reads: one for each block, in the same order."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from planctl.documents.records import BlockKind
from planctl.extraction.plans import extract
from planctl.extraction.script import Cell, Line

if TYPE_CHECKING:
    from planctl.documents.records import Block, Reading
    from planctl.documents.records import Place as SourcePlace
    from planctl.extraction.records import Draft
    from planctl.extraction.script import Place

APART = frozenset((BlockKind.BOX, BlockKind.NOTE))
"""A letterhead in a text box and footnotes are no part of the running text."""


def extract_reading(reading: Reading) -> Draft:
    """Understand a document that was read; the `line` of each place is the index of the block."""
    names = {"file": PurePath(reading.path).stem, "sheets": " ".join(table.name or "" for table in reading.tables)}
    return extract([_line(block) for block in reading.blocks], {**names, **reading.metadata})


def source_place(reading: Reading, place: Place) -> SourcePlace:
    """Say where in the source a value of the draft stands."""
    return reading.place(reading.blocks[place.line], place.start)


def source_quote(reading: Reading, place: Place) -> str:
    """Give a value of the draft as the source prints it."""
    return reading.quote(reading.blocks[place.line], place.start, place.end)


def _line(block: Block) -> Line:
    if block.table:
        place = block.table
        return Line(block.text, Cell(place.table, place.row, place.column, place.row_span, place.column_span))
    return Line("" if block.kind in APART else block.text, is_heading=block.kind is BlockKind.HEADING)
