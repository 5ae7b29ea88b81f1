"""Blocks and tables, put together in the order in which a reader of a format comes upon them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import Block, BlockKind, Place, Table, TablePlace
from planctl.documents.tracing import MOST_BLOCKS, Recorder, Traced, join
from planctl.errors import OversizedDocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Look(NamedTuple):
    """What a paragraph is and how it looks."""

    kind: BlockKind = BlockKind.PARAGRAPH
    number: str | None = None
    level: int | None = None
    is_centred: bool = False
    is_bold: bool = False


PLAIN = Look()


class OpenCell(NamedTuple):
    """A cell that is being read: where its block is to stand, and its paragraphs so far."""

    place: TablePlace
    position: int
    lines: list[Traced]
    looks: list[Look]


class Composer:
    """Takes text piece by piece, paragraph by paragraph, cell by cell."""

    def __init__(self, name: str) -> None:
        self.recorder = Recorder(name)
        self.tables: list[Table] = []
        self._blocks: list[Block | None] = []
        self._cells: list[OpenCell] = []
        self._start = 0

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What has been read."""
        return tuple(block for block in self._blocks if block)

    @property
    def is_in_cell(self) -> bool:
        """Tell whether a cell is open."""
        return bool(self._cells)

    @property
    def is_blank(self) -> bool:
        """Tell whether the paragraph that is open has nothing in it yet."""
        return self.recorder.length == self._start

    def write(self, text: str, place: Place) -> None:
        """Write a piece of the paragraph that is open."""
        self.recorder.write(text, place)

    def end_paragraph(self, look: Look = PLAIN) -> None:
        """Close the paragraph that is open; one without text leaves no trace."""
        if self.is_blank:
            return
        if len(self._blocks) > MOST_BLOCKS:
            raise OversizedDocumentError(path=self.recorder.name, what=f"> {MOST_BLOCKS}", limit=MOST_BLOCKS)
        line = self.recorder.since(self._start).strip()
        self.recorder.end_line()
        self._start = self.recorder.length
        if not line.text:
            return
        if self._cells:
            self._cells[-1].lines.append(line)
            self._cells[-1].looks.append(look)
        else:
            self._blocks.append(Block(line.text, look.kind, line.offsets, look.number, look.level, None, look.is_centred, look.is_bold))

    def begin_table(self, name: str | None = None) -> int:
        """Open a table and give its number."""
        self.end_paragraph()
        parent = self._cells[-1].place if self._cells else None
        self.tables.append(Table(len(self.tables) + 1, 0, 0, parent=parent, name=name))
        return len(self.tables)

    def end_table(self, number: int, rows: int, columns: int, header_rows: int = 0) -> None:
        """Close a table, whose size is known now."""
        self.tables[number - 1] = self.tables[number - 1]._replace(rows=rows, columns=columns, header_rows=header_rows)

    def begin_cell(self, place: TablePlace) -> None:
        """Open a cell."""
        self.end_paragraph()
        self._cells.append(OpenCell(place, len(self._blocks), [], []))
        self._blocks.append(None)

    def end_cell(self, look: Look = PLAIN) -> None:
        """Close a cell; one without text is no block."""
        self.end_paragraph(look)
        cell = self._cells.pop()
        if cell.lines:
            self._blocks[cell.position] = _block(cell)


def _block(cell: OpenCell) -> Block:
    text, offsets = join(cell.lines, "\n")
    numbers: Sequence[str] = [look.number for look in cell.looks if look.number]
    centred, bold = (all(flags) for flags in zip(*((look.is_centred, look.is_bold) for look in cell.looks), strict=True))
    return Block(text, BlockKind.CELL, offsets, numbers[0] if numbers else None, None, cell.place, centred, bold)
