"""PDF with a text layer: page headers and numbers out, lines joined to paragraphs, tables as tables, also over pages."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import Any, NamedTuple

from planctl.documents.composing import Composer, Look
from planctl.documents.pdfpages import A_PAGE, MEGABYTES, MOST_PAGES, SECONDS, Line
from planctl.documents.records import BlockKind, Format, NoteKind, Place, Reading, TablePlace
from planctl.documents.typesetting import Edges, Printed, is_centred, page_edges, paragraphs, running, seam
from planctl.errors import (
    DamagedDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    NoReaderError,
    OversizedDocumentError,
    ScannedDocumentError,
    SlowDocumentError,
)

UNKNOWN = 0.05
"""How many characters of a page may be unknown: fonts that do not say what they print make a page a picture."""
FEW_GLYPHS = 20
"""A page with fewer may be a scan with a number on it."""
SCANNED = 0.5
"""How many pages may be pictures of pages."""
PADDING = 6.0
"""Points between the text of a cell and its line."""
ALIGNED = 6.0
"""Points by which the columns of a table that goes on may differ."""


class Cell(NamedTuple):
    """A cell of a table, with its lines and the page that they are on."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[Printed]
    edges: Edges


class Grid(NamedTuple):
    """A table, perhaps of several pages."""

    page: int
    top: float
    xs: list[float]
    rows: int
    cells: list[Cell]


class Pages(NamedTuple):
    """What the child process has found."""

    title: str
    pages: list[dict[str, Any]]


def read_pdf(name: str, data: bytes, seconds: int = SECONDS) -> Reading:
    """Read a PDF.

    Args:
        name: how messages name it.
        data: the file.
        seconds: how long it may take before the first page; each page may take `A_PAGE` more.

    Raises:
        ScannedDocumentError: pages have no text that can be used.
        EncryptedDocumentError: it needs a password.
        DamagedDocumentError: it is no sound PDF.
        SlowDocumentError: it takes too much time or memory.
        OversizedDocumentError: it has too many pages.
        NoReaderError: pdfplumber is not installed.
    """
    found = _take_apart(name, data, seconds)
    _demand_text(name, found.pages)
    composer = Composer(name)
    lines = [[Line(*line) for line in page["lines"]] for page in found.pages]
    for index in sorted(running(lines, [page["height"] for page in found.pages]), reverse=True):
        line = lines[index[0]].pop(index[1])
        composer.recorder.note(NoteKind.RUNNING, line.text, Place(1, 1, page=index[0] + 1))
    composer.recorder.notes.reverse()
    grids = _grids(found.pages, lines)
    _write(composer, lines, grids, [page["width"] for page in found.pages])
    if not composer.blocks:
        raise EmptyDocumentError(path=name)
    return Reading(
        path=name,
        format=Format.PDF,
        encoding=None,
        source=composer.recorder.source(),
        blocks=composer.blocks,
        tables=tuple(composer.tables),
        metadata={"title": found.title} if found.title else {},
        notes=tuple(composer.recorder.notes),
    )


def _take_apart(name: str, data: bytes, seconds: int) -> Pages:
    """Let the child process read the PDF."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", "planctl.documents.pdfpages", str(seconds)],
            input=data,
            capture_output=True,
            check=False,
            timeout=seconds + A_PAGE * MOST_PAGES,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise SlowDocumentError(path=name, seconds=seconds, megabytes=MEGABYTES) from error
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.endswith(b"}")]
    problem = next((answer for answer in answers if "error" in answer), None)
    if problem:
        raise _refusal(name, problem, seconds)
    if done.returncode or not answers or len(answers) - 1 < min(answers[0]["pages"], MOST_PAGES):
        raise SlowDocumentError(path=name, seconds=seconds, megabytes=MEGABYTES)
    if answers[0]["pages"] > MOST_PAGES:
        raise OversizedDocumentError(path=name, what=f"{answers[0]['pages']} pages", limit=MOST_PAGES)
    return Pages(answers[0]["title"], answers[1:])


def _refusal(name: str, problem: dict[str, str], seconds: int) -> Exception:
    if problem["error"] == "missing":
        return NoReaderError(format=".pdf", package="pdfplumber")
    if problem["error"] == "encrypted":
        return EncryptedDocumentError(path=name)
    if problem["error"] == "slow":
        return SlowDocumentError(path=name, seconds=seconds, megabytes=MEGABYTES)
    return DamagedDocumentError(path=name, part="PDF", reason=problem["reason"])


def _demand_text(name: str, pages: list[dict[str, Any]]) -> None:
    """Refuse a PDF whose pages are pictures; a page without anything on it is no matter."""
    blank = [number for number, page in enumerate(pages, 1) if _is_picture(page)]
    has_text = any(page["glyphs"] for page in pages)
    if blank and (len(blank) > SCANNED * len(pages) or not has_text):
        raise ScannedDocumentError(path=name, pages=len(pages), blank=len(blank), page=blank[0])
    if not has_text:
        raise EmptyDocumentError(path=name)


def _is_picture(page: dict[str, Any]) -> bool:
    return bool(page["unknown"] > UNKNOWN * page["glyphs"] if page["glyphs"] > FEW_GLYPHS else page["scan"])


def _grids(pages: list[dict[str, Any]], lines: list[list[Line]]) -> list[Grid]:
    """Give the tables, those that go on on the next page as one."""
    grids: list[Grid] = []
    for number, page in enumerate(pages, 1):
        count = len(lines[number - 1])
        for table in sorted(page["tables"], key=lambda each: each["top"]):
            grid = _grid(table, number, count)
            count += sum(len(cell.lines) for cell in grid.cells)
            last = grids[-1] if grids else None
            if last and _goes_on(last, grid, pages, lines):
                grids[-1] = _joined(last, grid)
            elif grid.rows == 1:  # a frame, or words between lines
                lines[number - 1] += [printed.line for cell in grid.cells for printed in cell.lines]
                lines[number - 1].sort(key=lambda line: (line.top, line.x0))
            else:
                grids.append(grid)
    return grids


def _grid(table: dict[str, Any], page: int, count: int) -> Grid:
    cells = []
    for row, column, rows, columns, _, x1, lines in table["cells"]:
        printed = [Printed(page, count := count + 1, Line(*line)) for line in lines]
        cells.append(Cell(row, column, rows, columns, printed, Edges(math.inf, x1 - PADDING)))  # no line of a cell counts as indented
    return Grid(page, table["top"], table["xs"], table["rows"], cells)


def _goes_on(last: Grid, grid: Grid, pages: list[dict[str, Any]], lines: list[list[Line]]) -> bool:
    """Tell whether a table is the rest of the last one: on the next page, of the same columns, and nothing between them."""
    end = max((cell.lines[-1].page for cell in last.cells if cell.lines), default=last.page)
    if grid.page != end + 1 or len(last.xs) != len(grid.xs):
        return False
    bottom = max(table["bottom"] for table in pages[end - 1]["tables"])
    is_between = any(line.top > bottom for line in lines[end - 1]) or any(line.bottom < grid.top for line in lines[grid.page - 1])
    return not is_between and all(abs(one - other) < ALIGNED for one, other in zip(last.xs, grid.xs, strict=True))


def _joined(last: Grid, rest: Grid) -> Grid:
    """Join a table with its rest: a repeated head is dropped, and a row that a page has cut is one again."""
    head = [(cell.column, _text(cell)) for cell in last.cells if cell.row == 1]
    repeated = 1 if [(cell.column, _text(cell)) for cell in rest.cells if cell.row == 1] == head else 0
    below = [cell for cell in rest.cells if cell.row > repeated]
    cut = _is_cut(last, [cell for cell in below if cell.row == repeated + 1])
    shift = last.rows - repeated - cut
    cells = {(cell.row, cell.column): cell for cell in last.cells}
    for cell in below:
        place = (cell.row + shift, cell.column)
        if place in cells:
            cells[place] = cells[place]._replace(lines=cells[place].lines + cell.lines)
        else:
            cells[place] = cell._replace(row=place[0])
    return last._replace(rows=last.rows + rest.rows - repeated - cut, cells=[cells[place] for place in sorted(cells)])


def _is_cut(last: Grid, row: list[Cell]) -> bool:
    """Tell whether a row goes on with the last one: it has no number, where all rows have one."""
    numbers = {cell.row for cell in last.cells if cell.column == 1 and cell.lines and cell.columns == 1}
    is_bare = any(cell.column == 1 and cell.columns == 1 and not cell.lines for cell in row)
    return is_bare and len(row) > 1 and last.rows in numbers


def _text(cell: Cell) -> str:
    return "".join(printed.line.text for printed in cell.lines)


def _write(composer: Composer, lines: list[list[Line]], grids: list[Grid], widths: list[float]) -> None:
    """Write the paragraphs and tables in the order of the pages."""
    edges: dict[int, Edges] = {}
    common = page_edges([line for page in lines for line in page], widths[0])
    for number, page in enumerate(lines, 1):
        edges[number] = page_edges(page, widths[number - 1], common)
    stream: list[Printed] = []
    for number, page in enumerate(lines, 1):
        waiting = [grid for grid in grids if grid.page == number]
        for index, line in enumerate(page, 1):
            while waiting and waiting[0].top < line.top:
                _write_paragraphs(composer, stream, edges)
                stream = []
                _write_grid(composer, waiting.pop(0))
            stream.append(Printed(number, index, line))
        for grid in waiting:
            _write_paragraphs(composer, stream, edges)
            stream = []
            _write_grid(composer, grid)
    _write_paragraphs(composer, stream, edges)


def _write_paragraphs(composer: Composer, lines: list[Printed], edges: dict[int, Edges]) -> None:
    for paragraph in paragraphs(lines, edges):
        _write_lines(composer, paragraph)
        first = paragraph[0]
        centred = len(paragraph) == 1 and is_centred(first.line, edges[first.page])
        composer.end_paragraph(Look(BlockKind.PARAGRAPH, None, None, centred, all(each.line.is_bold for each in paragraph)))


def _write_lines(composer: Composer, paragraph: list[Printed]) -> None:
    before = ""
    for page, number, line in paragraph:
        place = Place(number, 1, page=page)
        if between := seam(before, line.text):
            composer.write(between, place)
        composer.write(line.text, place)
        before = line.text


def _write_grid(composer: Composer, grid: Grid) -> None:
    number = composer.begin_table()
    for cell in grid.cells:
        composer.begin_cell(TablePlace(number, cell.row, cell.column, cell.rows, cell.columns))
        pages = {printed.page for printed in cell.lines}
        for paragraph in paragraphs(cell.lines, dict.fromkeys(pages, cell.edges)):
            _write_lines(composer, paragraph)
            composer.end_paragraph()
        composer.end_cell()
    composer.end_table(number, grid.rows, max(cell.column + cell.columns - 1 for cell in grid.cells))
