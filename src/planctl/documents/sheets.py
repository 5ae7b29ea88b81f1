"""Workbooks and .csv: every sheet is a table, dates are written as 2022-12-31, and merged cells stand where they begin.

Why not openpyxl: it gives merged cells only with a grid of all cells in memory, as large as the file says that the sheet is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.archives import Archive, attribute, children, find, local, related, whole_number
from planctl.documents.composing import Composer, Look
from planctl.documents.decoding import decode
from planctl.documents.records import Format, NoteKind, Place, Reading, TablePlace
from planctl.errors import DamagedDocumentError, EmptyDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml.etree import _Element

DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
PERCENT_FORMATS = {9: 0, 10: 2}
LITERAL = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
"""What a format prints as it is, and its colours and conditions."""
LAST_DAY = 2_958_465
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
DELIMITERS = ",\t;，|"
SAMPLE = 20
"""Lines that tell how a .csv divides its cells."""


class Value(NamedTuple):
    """A cell with something in it."""

    row: int
    column: int
    text: str


class Span(NamedTuple):
    """A merged range."""

    rows: int
    columns: int


class Formats(NamedTuple):
    """How the styles of a workbook show numbers."""

    codes: tuple[tuple[int, str], ...]
    """Of each style the number of its format and its code, where it has one of its own."""
    epoch: datetime


def read_xlsx(name: str, data: bytes) -> Reading:
    """Read a workbook.

    Raises:
        EmptyDocumentError: no sheet that can be seen has any text.
    """
    archive = Archive(name, data)
    main = related(archive, "", "officeDocument") or "xl/workbook.xml"
    book = archive.xml(main)
    if book is None:
        raise DamagedDocumentError(path=name, part=main, reason="workbook")
    strings = _strings(archive, main)
    formats = _formats(archive, main, book)
    composer = Composer(name)
    for sheet, path in _sheets(archive, main, book):
        if attribute(sheet, "state", "visible") != "visible" or (root := archive.xml(path)) is None:
            composer.recorder.note(NoteKind.SHEET, attribute(sheet, "name"))
            continue
        values = _values(root, strings, formats, composer)
        _write(composer, list(values), _spans(root), attribute(sheet, "name"))
    return _reading(name, Format.XLSX, None, composer)


def read_csv(name: str, data: bytes) -> Reading:
    """Read a .csv."""
    text, encoding = decode(name, data)
    text = text.removeprefix("\ufeff")
    composer = Composer(name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise DamagedDocumentError(path=name, part="csv", reason=error) from error
    values = [Value(row, column, cell) for row, cells in enumerate(rows, 1) for column, cell in enumerate(cells, 1) if cell.strip()]
    width = max((value.column for value in values), default=1)
    full = Counter(value.row for value in values)
    # A row with nothing but its first cell is a heading over all columns: the format has no merged cells.
    spans = {(row, column): Span(1, width) for row, column, _ in values if column == full[row] == 1}
    _write(composer, values, spans, None)
    return _reading(name, Format.CSV, encoding, composer)


def _reading(name: str, kind: Format, encoding: str | None, composer: Composer) -> Reading:
    if not composer.blocks:
        raise EmptyDocumentError(path=name)
    recorder = composer.recorder
    return Reading(name, kind, encoding, recorder.source(), composer.blocks, tuple(composer.tables), notes=tuple(recorder.notes))


def _write(composer: Composer, values: Sequence[Value], spans: Mapping[tuple[int, int], Span], name: str | None) -> None:
    if not values:
        composer.recorder.note(NoteKind.SHEET, name or "")
        return
    number = composer.begin_table(name)
    columns = 1
    for row, column, text in values:
        span = spans.get((row, column), Span(1, 1))
        columns = max(columns, column + span.columns - 1)
        composer.begin_cell(TablePlace(number, row, column, span.rows, span.columns))
        at = 1
        for line in text.splitlines():
            composer.write(line, Place(row, at, part=name, cell=f"{letters(column)}{row}"))
            composer.end_paragraph()
            at += len(line) + 1
        composer.end_cell(Look())
    composer.end_table(number, values[-1].row, columns)


def letters(column: int) -> str:
    """Name a column: A, Z, AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _delimiter(text: str) -> str:
    """Find what divides cells: what stands most often in every one of the first lines."""
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    return max(DELIMITERS, key=lambda sign: min((line.count(sign) for line in lines), default=0))


def _sheets(archive: Archive, main: str, book: _Element) -> Iterator[tuple[_Element, str]]:
    """Give the sheets in their order, with their parts."""
    folder, _, file = main.rpartition("/")
    relations = archive.xml(f"{folder}/_rels/{file}.rels")
    targets = {each.get("Id", ""): each.get("Target", "") for each in children(relations)}
    for sheet in children(find(book, "sheets")):
        target = targets.get(attribute(sheet, "id"), "")
        yield sheet, target.removeprefix("/") if target.startswith("/") else f"{folder}/{target}"


def _strings(archive: Archive, main: str) -> list[str]:
    path = related(archive, main, "sharedStrings")
    root = archive.xml(path) if path else None
    return [_text(each) for each in children(root)]


def _text(element: _Element | None) -> str:
    """Give a text that may be of pieces; readings of its characters are not of it."""
    pieces = (each if local(each) == "t" else find(each, "t") for each in children(element) if local(each) in {"t", "r"})
    return "".join(str(piece.text or "") for piece in pieces if piece is not None)


def _formats(archive: Archive, main: str, book: _Element) -> Formats:
    path = related(archive, main, "styles")
    root = archive.xml(path) if path else None
    own = find(root, "numFmts")
    codes = {whole_number(attribute(each, "numFmtId"), -1): attribute(each, "formatCode") for each in children(own)}
    styles = find(root, "cellXfs")
    numbers = [whole_number(attribute(each, "numFmtId"), 0) for each in children(styles)]
    is_1904 = attribute(find(book, "workbookPr"), "date1904", "0") in {"1", "true"}
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - days, of no zone
    return Formats(tuple((number, codes.get(number, "")) for number in numbers), epoch)


def _spans(root: _Element) -> dict[tuple[int, int], Span]:
    merged = find(root, "mergeCells")
    found: dict[tuple[int, int], Span] = {}
    for each in children(merged):
        ends = REFERENCE.findall(attribute(each, "ref"))
        if len(ends) == 2:
            (left, top), (right, bottom) = ((_column(name), int(row)) for name, row in ends)
            found[top, left] = Span(max(bottom - top + 1, 1), max(right - left + 1, 1))
    return found


def _column(name: str) -> int:
    column = 0
    for letter in name:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _values(root: _Element, strings: Sequence[str], formats: Formats, composer: Composer) -> Iterator[Value]:
    rows = find(root, "sheetData")
    row = 0
    for element in children(rows):
        row = whole_number(attribute(element, "r"), row + 1)
        cells = list(_row(element, row, strings, formats))
        if attribute(element, "hidden", "0") in {"1", "true"}:
            if cells:
                composer.recorder.note(NoteKind.HIDDEN, " ".join(cell.text for cell in cells)[:80], Place(row, 1, cell=f"A{row}"))
            continue
        yield from cells


def _row(element: _Element, row: int, strings: Sequence[str], formats: Formats) -> Iterable[Value]:
    column = 0
    for cell in element:
        reference = REFERENCE.fullmatch(attribute(cell, "r"))
        column = _column(reference[1]) if reference else column + 1
        text = _shown(cell, strings, formats)
        if text.strip():
            yield Value(row, column, text)


def _shown(cell: _Element, strings: Sequence[str], formats: Formats) -> str:
    """Give what a cell shows."""
    kind = attribute(cell, "t", "n")
    value = find(cell, "v")
    text = "" if value is None else value.text or ""
    formula = find(cell, "f")
    if not text and formula is not None and formula.text:
        return f"={formula.text}"  # a program wrote it and never worked it out
    if kind == "inlineStr":
        return _text(find(cell, "is"))
    if kind == "s":
        index = whole_number(text, -1)
        return strings[index] if 0 <= index < len(strings) else ""
    if kind == "d":
        return text.removesuffix("T00:00:00")
    return _number(text, whole_number(attribute(cell, "s"), 0), formats) if kind == "n" else text


def _number(text: str, style: int, formats: Formats) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    key, code = formats.codes[style] if 0 <= style < len(formats.codes) else (0, "")
    code = LITERAL.sub("", code).lower()
    if (key in DATE_FORMATS or re.search(r"[ymdhs]", code)) and 0 <= number <= LAST_DAY:
        moment = formats.epoch + timedelta(seconds=round(number * 86400))
        return moment.isoformat(" ", "minutes").removesuffix(" 00:00")
    if key in PERCENT_FORMATS or "%" in code:
        return f"{_plain(number * 100)}%"
    return _plain(number)


def _plain(number: float) -> str:
    return f"{number:.10f}".rstrip("0").rstrip(".") if abs(number) < 1e15 else f"{number:g}"
