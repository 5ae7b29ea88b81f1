"""A filled form, found in the workbook that came back: by its hidden columns, wherever they and the others stand now."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from planctl.sheets import wording
from planctl.sheets.codes import NOTICES
from planctl.sheets.errors import FormVersionError, NotFormError
from planctl.sheets.records import VERSION, Base, Entry, Key, fold, read_base, short_digest
from planctl.sheets.workbooks import Cell, Span, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.sheets.workbooks import Book, Grid

TITLE_ROWS = 40
"""Rows from the top among which the headings are looked for."""
ENOUGH_HEADINGS = 3
EMPTY = Cell("")


class Remark(NamedTuple):
    """Something about a form that came back: with a code, and the cell that it is about."""

    code: str
    path: str
    cell: str | None = None
    args: Mapping[str, object] = {}

    @property
    def place(self) -> str:
        """Name the file and the cell: `县司法局.xlsx!C7`."""
        return f"{self.path}!{self.cell}" if self.cell else self.path

    @property
    def is_notice(self) -> bool:
        """Whether nothing was left out on its account."""
        return self.code in NOTICES


class Filled(NamedTuple):
    """What a unit may have written into a cell."""

    cell: Cell
    place: str
    shared: bool = False
    """It is merged with cells of other rows."""


class FilledRow(NamedTuple):
    """A row that came back: what it is about, what the plan held then, and what stands in it now."""

    key: Key
    base: Base
    due: date | None
    place: str
    """The cell of its task."""
    cells: dict[Entry, Filled]


class Return(NamedTuple):
    """A form that came back."""

    path: str
    unit: str
    organisation: str
    period: str
    year: int
    day: date
    epoch: datetime
    reply_by: date | None = None
    reported: Filled | None = None
    """The day that the unit says it was filled in."""
    modified: date | None = None
    rows: tuple[FilledRow, ...] = ()
    remarks: tuple[Remark, ...] = ()


class _Memory(NamedTuple):
    """A row of the hidden sheet."""

    key: Key
    base: Base
    digest: str
    due: date | None


class _Layout(NamedTuple):
    """Where the headings of a sheet stand."""

    row: int
    ids: dict[str, int]
    filled: dict[Entry, int]
    shown: dict[str, int]


def find_form(book: Book) -> Return:
    """Find the form in a workbook.

    Raises:
        NotFormError: there is none.
        FormVersionError: it is of another version.
    """
    hidden = next((grid for grid in book.grids if grid.text(1, 1) == "planctl-sheet"), None)
    if hidden is None:
        raise NotFormError(path=book.name)
    if hidden.text(1, 2) != VERSION:
        raise FormVersionError(path=book.name, version=hidden.text(1, 2), known=VERSION)
    head, memories = _memories(hidden)
    remarks = [Remark("S304", _short(book))] if book.is_linked else []
    rows: list[FilledRow] = []
    reported: Filled | None = None
    for grid in book.grids:
        layout = _layout(grid) if grid is not hidden else None
        if layout:
            finder = _Finder(_short(book), grid, layout, memories)
            rows += finder.rows()
            remarks += finder.remarks
            reported = reported or _reported(grid, layout)
    rows, clashes = _once(rows, _short(book))
    remarks += clashes
    gone = memories.keys() - {row.key for row in rows} - {remark.args.get("key") for remark in remarks}
    if gone:
        remarks.append(Remark("S301", _short(book), args={"count": len(gone), "names": sorted(map(str, gone))[:3]}))
    year = head.get("year", "")
    day = _day(head.get("day", "")) or date.min
    return Return(
        path=book.name,
        unit=head.get("unit", ""),
        organisation=head.get("organisation", ""),
        period=head.get("period", ""),
        year=int(year) if year.isdecimal() and len(year) == 4 else day.year,
        day=day,
        epoch=book.epoch,
        reply_by=_day(head.get("reply-by", "")),
        reported=reported,
        modified=book.modified,
        rows=tuple(rows),
        remarks=tuple(remarks),
    )


def _short(book: Book) -> str:
    return os.path.basename(book.name)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _memories(grid: Grid) -> tuple[dict[str, str], dict[Key, _Memory]]:
    """Read the hidden sheet: what the form is, and what it remembers of each row."""
    head: dict[str, str] = {}
    memories: dict[Key, _Memory] = {}
    begun = False
    for row in sorted({row for row, _ in grid.cells}):
        cells = [grid.text(row, column) for column in range(1, 8)]
        if not begun:
            head[cells[0]] = cells[1]
            begun = cells[0] == "rows"
        elif (base := read_base(cells[6])) is not None:
            key = Key(cells[0], cells[1], cells[2] or None, cells[3] or None)
            memories[key] = _Memory(key, base, cells[5], _day(cells[4]))
    return head, memories


def _layout(grid: Grid) -> _Layout | None:
    """Find the headings of a form in a sheet: the row with the hidden ones, or with enough of the others."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if row <= TITLE_ROWS:
            by_row.setdefault(row, []).append((column, cell.text.strip()))
    entries = {wording.heading(text): entry for entry, text in wording.FILLED.items()}
    titles = {wording.heading(text): text for text in wording.LOCKED}
    for row, cells in by_row.items():
        ids: dict[str, int] = {}
        filled: dict[Entry, int] = {}
        shown: dict[str, int] = {}
        for column, text in cells:
            name = wording.heading(text)
            if text.startswith(wording.MARK):
                ids.setdefault(text.removeprefix(wording.MARK), column)
            elif name in entries:
                filled.setdefault(entries[name], column)
            elif name in titles:
                shown.setdefault(titles[name], column)
        if (ids and filled) or len(filled) + len(shown) > ENOUGH_HEADINGS:
            return _Layout(row, ids, filled, shown)
    return None


def _reported(grid: Grid, layout: _Layout) -> Filled | None:
    """Find the day of the report above the headings: beside its label, or behind the colon."""
    label = wording.heading(wording.REPORTED)
    for (row, column), cell in sorted(grid.cells.items()):
        if row < layout.row and wording.heading(cell.text).startswith(label.rstrip(":")):
            rest = cell.text.strip()[len(wording.REPORTED) :].strip()
            if rest:
                return Filled(Cell(rest, formula=cell.formula), name_of(row, column))
            beside = next((found for found in sorted(grid.cells) if found[0] == row and found[1] > column), None)
            return Filled(grid.cells[beside], name_of(*beside)) if beside else None
    return None


class _Finder:
    """Finds the rows of a form in a sheet."""

    def __init__(self, path: str, grid: Grid, layout: _Layout, memories: dict[Key, _Memory]) -> None:
        self.path = path
        self.grid = grid
        self.layout = layout
        self.memories = memories
        self.remarks: list[Remark] = []
        self.spans = {column: _over(grid, column) for column in layout.filled.values()}
        self.texts: dict[int, list[str]] = {}
        for (row, _), cell in sorted(grid.cells.items()):
            self.texts.setdefault(row, []).append(cell.text.strip())
        self.by_shown = {memory.base.shown: memory for memory in memories.values()}
        """What a row shows tells which it is where its hidden cells are lost."""
        twice = Counter(memory.base.shown for memory in memories.values())
        self.by_shown = {shown: memory for shown, memory in self.by_shown.items() if twice[shown] == 1}

    def rows(self) -> list[FilledRow]:
        """Read all rows below the headings."""
        self.check_columns()
        found = []
        below = [row for row in self.texts if row > self.layout.row]
        for number in below:
            row = self.row(number)
            if row:
                found.append(row)
        return found

    def row(self, number: int) -> FilledRow | None:
        """Read a row, or remark why it cannot be read."""
        ids = {name: self.grid.text(number, column).strip() for name, column in self.layout.ids.items()}
        shown = self.shown(number)
        memory = self.memory(ids, shown)
        place = name_of(number, self.layout.shown.get(wording.TASK, 1))
        if memory is None:
            if not any(ids.values()) and not self.has_text(number):
                return None
            code = "S204" if any(ids.values()) else "S201"
            self.remarks.append(Remark(code, self.path, place, {"text": self.first_text(number)}))
            return None
        if memory.digest != memory.base.digest or ids.get("base", memory.digest) not in ("", memory.digest):
            self.remarks.append(Remark("S204", self.path, place, {"text": str(memory.key), "key": memory.key}))
            return None
        if shown is not None and shown != memory.base.shown:
            self.remarks.append(Remark("S305", self.path, place, {"name": str(memory.key)}))
        cells = {entry: filled for entry, column in self.layout.filled.items() if (filled := self.filled(number, column))}
        return FilledRow(memory.key, memory.base, memory.due, place, cells)

    def memory(self, ids: dict[str, str], shown: str | None) -> _Memory | None:
        """Tell which row it is: by its hidden cells, or where they are lost, by what it shows."""
        if ids.get("plan") and ids.get("task"):
            return self.memories.get(Key(ids["plan"], ids["task"], ids.get("deadline") or None, ids.get("period") or None))
        return self.by_shown.get(shown) if shown and not any(ids.values()) else None

    def shown(self, row: int) -> str | None:
        """Give the digest of what the locked cells show; nothing where one of their columns is gone."""
        columns = [self.layout.shown.get(name) for name in wording.SHOWN]
        texts = [fold(self.grid.text(row, column)) for column in columns if column is not None]
        return short_digest("\n".join(texts)) if len(texts) == len(columns) else None

    def has_text(self, row: int) -> bool:
        """Tell whether anybody has written into a row of the form."""
        columns = [*self.layout.filled.values(), *(column for name, column in self.layout.shown.items() if name != wording.NUMBER)]
        return any(self.grid.text(row, column).strip() for column in columns)

    def first_text(self, row: int) -> str:
        """Give the first text of a row, to know it by."""
        return next((text[:30] for text in self.texts[row] if len(text) > 1 or not text.isdecimal()), "")

    def filled(self, row: int, column: int) -> Filled | None:
        """Give what a unit has written into a cell; one that is merged says so for every row of it, and only in its first column."""
        span = self.span(row, column)
        if span and span.left < column:
            return None
        top = span.top if span else row
        cell = self.grid.cells.get((top, column), EMPTY)
        return Filled(cell, name_of(top, column), shared=bool(span and span.bottom > span.top))

    def span(self, row: int, column: int) -> Span | None:
        """Find the merged range that a cell is in."""
        spans = self.spans[column]
        at = bisect_right(spans, row, key=lambda each: each.top) - 1
        return spans[at] if at >= 0 and spans[at].bottom >= row else None

    def check_columns(self) -> None:
        """Remark the columns that are gone, and those that a unit has added and written into."""
        head = self.layout.row
        for entry, text in wording.FILLED.items():
            if entry not in self.layout.filled and entry not in (Entry.COUNT, Entry.VALUE):
                self.remarks.append(Remark("S302", self.path, args={"heading": text}))
        ours = {*self.layout.ids.values(), *self.layout.filled.values(), *self.layout.shown.values()}
        for row, column in sorted(self.grid.cells, key=lambda place: (place[1], place[0])):
            if row > head and column not in ours:
                ours.add(column)
                heading = self.grid.text(head, column).strip() or name_of(head, column)
                self.remarks.append(Remark("S303", self.path, name_of(row, column), {"heading": heading}))


def _over(grid: Grid, column: int) -> list[Span]:
    """List the merged ranges over a column, from the top."""
    return sorted(span for span in grid.spans if span.left <= column <= span.right)


def _once(rows: Sequence[FilledRow], path: str) -> tuple[list[FilledRow], list[Remark]]:
    """Keep each row once: copies that say the same are one, and of copies that differ nobody can tell which is meant."""
    several: dict[Key, list[FilledRow]] = {}
    for row in rows:
        several.setdefault(row.key, []).append(row)
    kept, remarks = [], []
    for key, copies in several.items():
        if len({said(each) for each in copies}) == 1:
            kept.append(copies[0])
        else:
            args: dict[str, object] = {"name": str(key), "places": [each.place for each in copies], "key": key}
            remarks.append(Remark("S205", path, copies[1].place, args))
    return kept, remarks


def said(row: FilledRow) -> tuple[tuple[str, str], ...]:
    """Give what stands in a row, to compare it with another."""
    return tuple(sorted((entry.value, fold(filled.cell.text)) for entry, filled in row.cells.items()))


def find_files(places: Sequence[str], suffixes: Sequence[str] = (".xlsx", ".xls", ".et", ".ods", ".xlsm")) -> Iterator[str]:
    """List the workbooks at some places, in a stable order, without the traces that programs leave beside open files."""
    for place in places:
        if not os.path.isdir(place):
            yield place
            continue
        for folder, folders, names in os.walk(place):
            folders.sort()
            for name in sorted(names):
                if name.lower().endswith(tuple(suffixes)) and not name.startswith(("~$", ".", "._")):
                    yield os.path.join(folder, name)
