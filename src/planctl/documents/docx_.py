""".docx as it is printed: numbers restored, tracked changes accepted, tables with their merged cells; text boxes and notes apart.

What repeats on every page is left out: headers, footers, the table of contents.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.archives import Archive, attribute, children, find, local, related, whole_number
from planctl.documents.composing import Composer, Look
from planctl.documents.numbering import Numbering, form_number
from planctl.documents.records import BlockKind, Format, NoteKind, Place, Reading, TablePlace
from planctl.documents.wordstyles import CONTENTS, Style, Styles, is_on, number_of
from planctl.errors import DamagedDocumentError, EmptyDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAIN = "word/document.xml"
DELETED = frozenset(("del", "moveFrom"))
SILENT = frozenset(
    ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "instrText", "delInstrText", "rt", "Fallback", "object", "sdtPr", "sdtEndPr")
)
SILENT |= frozenset(("tblGrid", "tblPrEx", "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "ffData"))
SIGNS = {"tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))
TEXT_END = "，。；：、！？）〕】》”"
CIRCLED = re.compile(r"\s*eq\s*\\o\s*\\ac\s*\(\s*[○◯〇]\s*[,，]\s*([0-9]{1,2})\s*\)\s*", re.IGNORECASE)
"""How Word draws a number in a circle: a field without a result."""
WIDEST = 1_000
SHOWN = 80


class Cell(NamedTuple):
    """A cell of the grid of a table."""

    element: _Element
    row: int
    column: int
    columns: int
    rows: int


def read_docx(name: str, data: bytes) -> Reading:
    """Read a document.

    Raises:
        DamagedDocumentError: it is no sound .docx.
        EmptyDocumentError: there is no text in it.
    """
    archive = Archive(name, data)
    main = related(archive, "", "officeDocument") or MAIN
    body = find(archive.xml(main), "body")
    if body is None:
        raise DamagedDocumentError(path=name, part=main, reason="w:body")
    writer = WordWriter(archive, main)
    writer.write_body(body)
    for kind in ("footnotes", "endnotes"):
        path = related(archive, main, kind)
        root = archive.xml(path) if path else None
        if root is not None:
            writer.write_notes(root, kind)
    composer = writer.composer
    if not composer.blocks:
        raise EmptyDocumentError(path=name)
    pictures = sum(path.startswith("word/media/") for path in archive.entries)
    if pictures:
        composer.recorder.note(NoteKind.PICTURE, str(pictures))
    return Reading(
        path=name,
        format=Format.DOCX,
        encoding=None,
        source=composer.recorder.source(),
        blocks=composer.blocks,
        tables=tuple(composer.tables),
        titles=tuple(writer.titles),
        metadata=_properties(archive),
        notes=tuple(composer.recorder.notes),
    )


def _properties(archive: Archive) -> dict[str, str]:
    path = related(archive, "", "core-properties")
    root = archive.xml(path) if path else None
    found = {local(each): (each.text or "").strip() for each in children(root)}
    return {name: value for name, value in found.items() if value and name in {"title", "subject", "creator", "created", "modified"}}


class WordWriter:
    """Walks through the parts of a document and writes their text down."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.composer = Composer(archive.name)
        self.titles: list[str] = []
        self._paragraph = 0
        self._column = 1
        self._part: str | None = None
        self._boxes: list[_Element] = []
        self._bold = self._plain = 0
        self._fields: list[bool] = []  # of those that are open: has the result begun?
        self._instructions: list[str] = []  # of those that are open
        self._is_counted = False  # whether the number of the paragraph that is open has been written before its deleted marks
        paths = {kind: related(archive, main, kind) for kind in ("styles", "numbering")}
        roots = {kind: archive.xml(path) if path else None for kind, path in paths.items()}
        self._styles = Styles(roots["styles"])
        self._numbering = Numbering(roots["numbering"], self._styles.lists())

    def write_body(self, parent: _Element) -> None:
        """Write the paragraphs and tables in an element."""
        for element in parent:
            kind = local(element)
            if kind == "p":
                self._write_paragraph(element)
            elif kind == "tbl":
                self._write_table(element)
            elif kind in DELETED:
                self._note_deleted(element)
            elif kind == "sdt" and _is_contents(element):
                self.composer.recorder.note(NoteKind.FURNITURE, "TOC", self._place())
            elif kind not in SILENT:
                self.write_body(element)

    def write_notes(self, root: _Element, part: str) -> None:
        """Write the footnotes or the endnotes."""
        self._part, self._paragraph = part, 0
        for note in root:
            if attribute(note, "type") not in SEPARATORS:
                self.write_body(note)

    def _write_paragraph(self, element: _Element) -> None:
        properties = find(element, "pPr")
        style = self._styles.style(attribute(find(properties, "pStyle"), "val") or self._styles.default)
        self._begin_line()
        if style.name.startswith(CONTENTS):
            self.composer.recorder.note(NoteKind.FURNITURE, "TOC", self._place())
            return
        is_deleted = is_on(find(properties, "rPr", "del"))  # the mark is deleted: the next paragraph goes on in this one
        number = "" if self._is_counted else self._number(element) if is_deleted else number_of(properties, style, self._numbering)
        self._is_counted = is_deleted
        if number:
            self.composer.write(number + ("" if number[-1] in TEXT_END or not number[-1].isalnum() else " "), self._place())
        before = self.composer.recorder.length
        self._write_runs(element, style)
        has_text = self.composer.recorder.length > before
        if is_deleted:
            return
        self.composer.end_paragraph(self._look(properties, style, number if has_text else ""))
        self._write_boxes()

    def _number(self, element: _Element) -> str:
        """Give the number of a paragraph whose mark is deleted: that of the paragraph in which it ends up."""
        for following in element.itersiblings():
            properties = find(following, "pPr")
            if local(following) != "p":
                break
            if not is_on(find(properties, "rPr", "del")):
                style = self._styles.style(attribute(find(properties, "pStyle"), "val") or self._styles.default)
                return number_of(properties, style, self._numbering)
        return ""

    def _begin_line(self) -> None:
        self._paragraph += 1
        self._column = 1
        if self.composer.is_blank:
            self._bold = self._plain = 0

    def _look(self, properties: _Element | None, style: Style, number: str) -> Look:
        own = attribute(find(properties, "outlineLvl"), "val")
        outline = whole_number(own, 9) if own else style.outline
        is_heading = outline is not None and outline < 9
        kind = BlockKind.HEADING if is_heading else BlockKind.NOTE if self._part in {"footnotes", "endnotes"} else BlockKind.PARAGRAPH
        align = attribute(find(properties, "jc"), "val")
        is_centred = align == "center" if align else style.is_centred
        level = outline + 1 if outline is not None and is_heading else None
        return Look(BlockKind.BOX if self._part == "box" else kind, number or None, level, is_centred, self._bold > self._plain == 0)

    def _write_runs(self, parent: _Element, style: Style) -> None:
        for element in parent:
            kind = local(element)
            if kind == "r":
                self._write_run(element, style)
            elif kind in DELETED:
                self._note_deleted(element)
            elif kind not in SILENT:
                self._write_runs(element, style)

    def _write_run(self, run: _Element, style: Style) -> None:
        properties = find(run, "rPr")
        vanish = find(properties, "vanish")
        if is_on(vanish) or (vanish is None and style.is_hidden):
            text = "".join(str(each.text or "") for each in run.iter() if local(each) == "t")
            if text.strip():
                self.composer.recorder.note(NoteKind.HIDDEN, text[:SHOWN], self._place())
            return
        bold = find(properties, "b")
        self._write_pieces(run, style, is_bold=style.is_bold if bold is None else is_on(bold))

    def _write_pieces(self, parent: _Element, style: Style, *, is_bold: bool) -> None:
        for element in parent:
            kind = local(element)
            if kind == "fldChar":
                self._follow_field(attribute(element, "fldCharType"), is_bold=is_bold)
            elif kind == "instrText" and self._instructions:
                self._instructions[-1] += element.text or ""
            elif kind == "txbxContent":
                self._boxes.append(element)
            elif kind == "t" or kind in SIGNS:
                self._write_text(SIGNS.get(kind) or element.text or "", is_bold=is_bold)
            elif kind in {"br", "cr"}:
                self.composer.end_paragraph(self._look(None, style, ""))
            elif kind == "r":
                self._write_run(element, style)
            elif kind not in SILENT:
                self._write_pieces(element, style, is_bold=is_bold)

    def _write_text(self, text: str, *, is_bold: bool) -> None:
        if not text or not all(self._fields):
            return
        self.composer.write(text, self._place())
        self._column += len(text)
        if text.strip():
            self._bold, self._plain = self._bold + is_bold, self._plain + (not is_bold)

    def _follow_field(self, kind: str, *, is_bold: bool) -> None:
        """Follow a field: its instruction is not printed, its result is; a number in a circle has none."""
        if kind == "begin":
            self._fields.append(False)
            self._instructions.append("")
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            drawn = CIRCLED.fullmatch(self._instructions.pop())
            if not self._fields.pop() and drawn:
                self._write_text(form_number(int(drawn[1]), "decimalEnclosedCircle"), is_bold=is_bold)

    def _write_boxes(self) -> None:
        """Write the text boxes that hang on the paragraph."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            part, fields, instructions = self._part, self._fields, self._instructions
            self._part, self._fields, self._instructions = part or "box", [], []
            self.write_body(box)
            self._part, self._fields, self._instructions = part, fields, instructions

    def _write_table(self, table: _Element) -> None:
        cells = _grid(table)
        for row in table:
            if find(row, "trPr", "del") is not None:
                self._note_deleted(row)
        texts = dict.fromkeys(range(1, max((cell.row for cell in cells), default=0) + 1), 0)
        for cell in cells:
            texts[cell.row] += any((each.text or "").strip() for each in cell.element.iter() if local(each) == "t")
        if all(count <= 1 for count in texts.values()):  # it only puts things in their places
            for cell in cells:
                self.write_body(cell.element)
            return
        number = self.composer.begin_table()
        for cell in cells:
            self.composer.begin_cell(TablePlace(number, cell.row, cell.column, cell.rows, cell.columns))
            self.write_body(cell.element)
            self.composer.end_cell()
        self.composer.end_table(number, len(texts), max(cell.column + cell.columns - 1 for cell in cells), _header_rows(table))

    def _note_deleted(self, element: _Element) -> None:
        text = "".join(str(each.text or "") for each in element.iter() if local(each) in {"delText", "t"})
        if text.strip():
            self.composer.recorder.note(NoteKind.DELETED, text[:SHOWN], self._place())

    def _place(self) -> Place:
        return Place(max(self._paragraph, 1), self._column, part=self._part)


def _is_contents(element: _Element) -> bool:
    gallery = attribute(find(element, "sdtPr", "docPartObj", "docPartGallery"), "val")
    return gallery.lower().startswith(CONTENTS)


def _rows(table: _Element) -> Iterator[_Element]:
    """Give the rows of a table, out of their wrappers; deleted ones are no more."""
    for element in table:
        kind = local(element)
        if kind == "tr":
            if find(element, "trPr", "del") is None:
                yield element
        elif kind not in SILENT | DELETED:
            yield from _rows(element)


def _cells(row: _Element) -> Iterator[_Element]:
    for element in row:
        kind = local(element)
        if kind == "tc":
            yield element
        elif kind not in SILENT | DELETED:
            yield from _cells(element)


def _grid(table: _Element) -> list[Cell]:
    """Give the cells of a table where they begin, with the rows and columns that they span."""
    cells: list[Cell] = []
    above: dict[int, int] = {}  # which cell holds a column, if it goes on below
    for row, element in enumerate(_rows(table), 1):
        column = 1 + min(max(whole_number(attribute(find(element, "trPr", "gridBefore"), "val"), 0), 0), WIDEST)
        held: dict[int, int] = {}
        for each in _cells(element):
            columns = min(max(whole_number(attribute(find(each, "tcPr", "gridSpan"), "val"), 1), 1), WIDEST)
            left = find(each, "tcPr", "hMerge")
            if left is not None and attribute(left, "val", "continue") == "continue" and cells and cells[-1].row == row:
                cells[-1] = cells[-1]._replace(columns=column + columns - cells[-1].column)
                column += columns
                continue
            merge = find(each, "tcPr", "vMerge")
            if merge is not None and attribute(merge, "val", "continue") == "continue" and column in above:
                index = above[column]
                cells[index] = cells[index]._replace(rows=row - cells[index].row + 1)
                held[column] = index
            else:
                cells.append(Cell(each, row, column, columns, 1))
                if merge is not None:
                    held[column] = len(cells) - 1
            column += columns
        above = held
    return cells


def _header_rows(table: _Element) -> int:
    """Count the rows at the top that are repeated on every page."""
    count = 0
    for row in _rows(table):
        if not is_on(find(row, "trPr", "tblHeader")):
            break
        count += 1
    return count
