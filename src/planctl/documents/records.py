"""What reading a document gives: blocks of text, each character with its place in the source, and what was repaired or left out.

Lines, columns, rows and pages count from 1, as people count them; offsets count from 0.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping


class Format(StrEnum):
    """The formats that are read."""

    TEXT = "txt"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


class BlockKind(StrEnum):
    """What a block is; only what the source itself says of it."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    """By its style or its tag. Most documents have none: their headings are paragraphs."""
    CELL = "cell"
    BOX = "box"
    """A text box: a letterhead, mostly."""
    NOTE = "note"
    """A footnote or an endnote; these come after everything else."""


class NoteKind(StrEnum):
    """Why something was left out, or what a person should know."""

    FURNITURE = "furniture"
    """Menus, footers and the like around the article of a page."""
    HIDDEN = "hidden"
    """Text that a reader does not see."""
    DELETED = "deleted"
    """Text that tracked changes delete."""
    RUNNING = "running"
    """Headers, footers and numbers of pages."""
    CONTROL = "control"
    """Control characters."""
    ORPHAN = "orphan"
    """A mark that has lost what belongs to it: a bracket or a date with a part missing."""
    TRADITIONAL = "traditional"
    """The text is in traditional characters; `normalise` can simplify them."""
    SHEET = "sheet"
    """A sheet without any text in it, or one that is hidden."""
    CONVERTED = "converted"
    """LibreOffice converted the file first."""
    PICTURE = "picture"
    """Pictures, of which nothing is read: how many."""


class RepairKind(StrEnum):
    """What a repair does."""

    WIDTH = "width"
    """Full-width letters and digits made half, half-width punctuation beside Chinese made full."""
    SPACE = "space"
    """A blank inside Chinese text taken out."""
    WRAP = "wrap"
    """Lines of one paragraph joined."""
    READING = "reading"
    """A reading in brackets behind its character taken out: `(jī)`."""
    SHAPE = "shape"
    """A compatibility or look-alike character replaced by the usual one."""
    BLANK = "blank"
    """A question mark that stands for a lost blank taken out."""
    SIMPLIFIED = "simplified"
    """A traditional character simplified."""


class Place(NamedTuple):
    """Where a character stands in the source, as people count.

    Text and pages of the web have lines and columns, a .docx paragraphs and characters, a PDF pages, lines and characters, a sheet cells.
    """

    line: int
    column: int
    page: int | None = None
    part: str | None = None
    """The sheet of a workbook, or the part of a .docx that is not its body."""
    cell: str | None = None
    """The cell of a sheet: `B7`."""


class Stretch(NamedTuple):
    """A run of the source's text: its first character is at `place`, and with each further one the column rises."""

    start: int
    place: Place


class Source(NamedTuple):
    """The text of a document as it is printed, before anything is repaired, and where it stands."""

    text: str
    stretches: tuple[Stretch, ...]
    starts: array[int]
    """Where the stretches start: to search in."""

    def place(self, offset: int) -> Place:
        """Give the place of a character."""
        if not self.stretches:
            return Place(1, 1)
        start, place = self.stretches[max(bisect_right(self.starts, offset) - 1, 0)]
        return place._replace(column=place.column + offset - start)


class TablePlace(NamedTuple):
    """Where a cell stands in a table. A merged cell stands where it begins."""

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


class Table(NamedTuple):
    """A table: how large it is, and what is known of it. Its cells are blocks; those without text have none."""

    number: int
    rows: int
    columns: int
    header_rows: int = 0
    """How many rows at the top hold the headings of the columns; 0 where nothing tells."""
    parent: TablePlace | None = None
    """The cell that this table stands in."""
    name: str | None = None
    """The name of the sheet."""


class Block(NamedTuple):
    """A paragraph, or all text of a cell, whose paragraphs are divided by line breaks."""

    text: str
    kind: BlockKind
    offsets: array[int]
    """For each character of the text, that of the source that it stands for."""
    number: str | None = None
    """The number that the program which made the document had put before the text; it is in the text, as it is printed."""
    level: int | None = None
    """The level of a heading, from 1."""
    table: TablePlace | None = None
    is_centred: bool = False
    is_bold: bool = False


class Repair(NamedTuple):
    """A repair, with every place where it was made."""

    kind: RepairKind
    old: str
    new: str
    places: tuple[Place, ...]


class Note(NamedTuple):
    """Something that was left out or is to be looked at."""

    kind: NoteKind
    text: str
    place: Place | None = None


class Reading(NamedTuple):
    """A document as it was read."""

    path: str
    format: Format
    encoding: str | None
    source: Source
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    titles: tuple[str, ...] = ()
    """What may be its title, the likeliest first."""
    metadata: Mapping[str, str] = {}
    """What the file says of itself: `title`, `published`, `publisher`, and all else by its own name in small letters."""
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Note, ...] = ()
    joined: bool = False
    """Whether lines that were broken by hand have been joined: what is joined has no width that tells where."""

    def place(self, block: Block, index: int = 0) -> Place:
        """Give the place in the source of a character of a block."""
        return self.source.place(block.offsets[min(index, len(block.offsets) - 1)])

    def quote(self, block: Block, start: int, end: int) -> str:
        """Give a piece of a block as the source prints it."""
        return self.source.text[block.offsets[start] : block.offsets[end - 1] + 1] if start < end else ""
