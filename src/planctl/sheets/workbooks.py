"""A workbook as it came back: every sheet with its cells, which of them are formulas, and what is merged; read within bounds.

What `planctl.documents.sheets` gives is the text of a document; here hidden sheets count, and each cell has to say what it is.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.archives import MOST_BYTES, Archive, attribute, children, find, local, related, whole_number
from planctl.documents.formats import Kind, find_kind
from planctl.documents.office import convert
from planctl.errors import DamagedDocumentError, EmptyDocumentError, OversizedDocumentError
from planctl.sheets.errors import MacroSheetError, NotSheetError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lxml.etree import _Element

MOST_CELLS = 400_000
"""Cells with something in them; forty units with a hundred tasks each are a quarter of that."""
MOST_SPANS = 20_000
DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
PERCENT_FORMATS = frozenset((9, 10))
LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
"""What a format prints as it is, and its colours and conditions."""
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
OLD_MACROS = ("_VBA_PROJECT", "VBA")
LAST_DAY = 2_958_465
OURS = (Kind.XLS, Kind.ET, Kind.ODS)
"""What LibreOffice makes an .xlsx of."""


class Style(Enum):
    """How a number is shown."""

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


class Cell(NamedTuple):
    """What a cell holds."""

    text: str
    """As it is shown: a date as 2022-12-31, a share as 60%."""
    number: float | None = None
    style: Style = Style.PLAIN
    formula: bool = False
    error: bool = False


class Span(NamedTuple):
    """A merged range, its ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """A sheet. Rows and columns count from 1."""

    name: str
    cells: dict[tuple[int, int], Cell]
    spans: tuple[Span, ...] = ()

    def text(self, row: int, column: int) -> str:
        """Give what a cell shows."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""


class Book(NamedTuple):
    """A workbook."""

    name: str
    grids: tuple[Grid, ...]
    epoch: datetime
    """The day that numbers of days are counted from: two are in use."""
    modified: date | None = None
    """When a program last saved it, as it says itself."""
    is_linked: bool = False
    """It fetches values from other files."""


class _Formats(NamedTuple):
    styles: tuple[Style, ...]
    epoch: datetime


def name_of(row: int, column: int) -> str:
    """Name a cell as people do: C7."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{row}"


def read(name: str, data: bytes) -> Book:
    """Read a workbook of any program.

    Raises:
        MacroSheetError: it has macros.
        NotSheetError: it is no workbook.
        PlanctlError: it is damaged, encrypted, made to fill the memory, or needs what is not installed; each reason has a class of its own.
    """
    if len(data) > MOST_BYTES:
        raise OversizedDocumentError(path=name, what=f"{len(data) >> 20} MB", limit=f"{MOST_BYTES >> 20} MB")
    if not data.strip():
        raise EmptyDocumentError(path=name)
    kind = find_kind(name, data)
    if kind in OURS:
        if kind is not Kind.ODS and _has_old_macros(data):
            raise MacroSheetError(path=name)
        data, kind = convert(name, data, kind, Kind.XLSX), Kind.XLSX
    if kind is not Kind.XLSX:
        raise NotSheetError(path=name, kind=kind.value)
    return _read_xlsx(name, data)


def _has_old_macros(data: bytes) -> bool:
    return all(word.encode("utf-16-le") in data for word in OLD_MACROS)


def _read_xlsx(name: str, data: bytes) -> Book:
    archive = Archive(name, data)
    if any(path.lower().endswith("vbaproject.bin") or "/macrosheets/" in path.lower() for path in archive.entries):
        raise MacroSheetError(path=name)
    main = related(archive, "", "officeDocument") or "xl/workbook.xml"
    book = archive.xml(main)
    if book is None:
        raise DamagedDocumentError(path=name, part=main, reason="workbook")
    formats = _formats(archive, main, book)
    strings = _strings(archive, main)
    grids = []
    room = MOST_CELLS
    for title, path in _sheets(archive, main, book):
        root = archive.xml(path)
        if root is not None and local(root) == "worksheet":
            cells = dict(_cells(name, root, strings, formats, room))
            room -= len(cells)
            grids.append(Grid(title, cells, tuple(_spans(name, root))))
    linked = any("/externalLinks/" in path for path in archive.entries)
    return Book(name, tuple(grids), formats.epoch, _modified(archive), linked)


def _modified(archive: Archive) -> date | None:
    root = archive.xml("docProps/core.xml")
    text = next((str(each.text or "") for each in children(root) if local(each) == "modified"), "")
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None


def _sheets(archive: Archive, main: str, book: _Element) -> Iterator[tuple[str, str]]:
    folder, _, file = main.rpartition("/")
    relations = archive.xml(f"{folder}/_rels/{file}.rels")
    targets = {each.get("Id", ""): each.get("Target", "") for each in children(relations)}
    for sheet in children(find(book, "sheets")):
        target = targets.get(attribute(sheet, "id"), "")
        yield attribute(sheet, "name"), target.removeprefix("/") if target.startswith("/") else f"{folder}/{target}"


def _strings(archive: Archive, main: str) -> list[str]:
    path = related(archive, main, "sharedStrings")
    return [_text(each) for each in children(archive.xml(path) if path else None)]


def _text(element: _Element | None) -> str:
    """Give a text that may be of pieces, without readings of its characters; `_x000D_` stands for what XML cannot say."""
    pieces = (each if local(each) == "t" else find(each, "t") for each in children(element) if local(each) in {"t", "r"})
    text = "".join(str(piece.text or "") for piece in pieces if piece is not None)
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _formats(archive: Archive, main: str, book: _Element) -> _Formats:
    path = related(archive, main, "styles")
    root = archive.xml(path) if path else None
    codes = {whole_number(attribute(each, "numFmtId"), -1): attribute(each, "formatCode") for each in children(find(root, "numFmts"))}
    numbers = [whole_number(attribute(each, "numFmtId"), 0) for each in children(find(root, "cellXfs"))]
    is_1904 = attribute(find(book, "workbookPr"), "date1904", "0") in {"1", "true"}
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - days, of no zone
    return _Formats(tuple(_style(number, codes.get(number, "")) for number in numbers), epoch)


def _style(number: int, code: str) -> Style:
    plain = LITERAL.sub("", code).lower()
    if number in PERCENT_FORMATS or "%" in plain:
        return Style.PERCENT
    return Style.DATE if number in DATE_FORMATS or (plain != "general" and re.search(r"[ymdhs]", plain)) else Style.PLAIN


def _spans(name: str, root: _Element) -> Iterator[Span]:
    merged = children(find(root, "mergeCells"))
    if len(merged) > MOST_SPANS:
        raise OversizedDocumentError(path=name, what=f"{len(merged)} merged", limit=MOST_SPANS)
    for each in merged:
        ends = REFERENCE.findall(attribute(each, "ref"))
        if len(ends) == 2:
            (left, top), (right, bottom) = ((_column(letters), int(row)) for letters, row in ends)
            yield Span(top, left, bottom, right)


def _column(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _cells(name: str, root: _Element, strings: Sequence[str], formats: _Formats, room: int) -> Iterator[tuple[tuple[int, int], Cell]]:
    row = 0
    for element in children(find(root, "sheetData")):
        row = whole_number(attribute(element, "r"), row + 1)
        column = 0
        for each in element:
            reference = REFERENCE.fullmatch(attribute(each, "r"))
            column = _column(reference[1]) if reference else column + 1
            cell = _cell(each, strings, formats)
            if cell.text.strip() or cell.formula:
                room -= 1
                if room < 0:
                    raise OversizedDocumentError(path=name, what=f"{MOST_CELLS}+ cells", limit=MOST_CELLS)
                yield (row, column), cell


def _cell(element: _Element, strings: Sequence[str], formats: _Formats) -> Cell:
    kind, value = attribute(element, "t", "n"), find(element, "v")
    text = "" if value is None else str(value.text or "")
    made = find(element, "f")
    formula = made is not None
    if made is not None and not text:
        return Cell(f"={made.text or ''}", formula=True)
    if kind == "inlineStr":
        return Cell(_text(find(element, "is")), formula=formula)
    if kind == "s":
        index = whole_number(text, -1)
        return Cell(strings[index] if 0 <= index < len(strings) else "", formula=formula)
    if kind == "d":
        return Cell(text.removesuffix("T00:00:00"), formula=formula)
    if kind == "n":
        return _number(text, whole_number(attribute(element, "s"), 0), formats)._replace(formula=formula)
    return Cell(text, formula=formula, error=kind == "e")


def _number(text: str, index: int, formats: _Formats) -> Cell:
    try:
        number = float(text)
    except ValueError:
        return Cell(text)
    style = formats.styles[index] if 0 <= index < len(formats.styles) else Style.PLAIN
    if style is Style.DATE and 0 <= number <= LAST_DAY:
        moment = formats.epoch + timedelta(seconds=round(number * 86400))
        return Cell(moment.isoformat(" ", "minutes").removesuffix(" 00:00"), number, style)
    shown = f"{plain(number * 100)}%" if style is Style.PERCENT else plain(number)
    return Cell(shown, number, style)


def plain(number: float) -> str:
    """Write a number without the noise of its binary form."""
    return f"{number:.10f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else f"{number:g}"
