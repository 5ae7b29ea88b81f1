"""Tables of tasks: cells as the reading gives them, or lines of text that were a table: tabs between the cells, or a cell a line."""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.script import fold
from planctl.extraction.tables.cells import NUMBER, OF_DUTY, OF_ROW, Box, Grid, Row, box_of, merged
from planctl.extraction.tables.columns import NO_TASKS, kind_of, step_of
from planctl.extraction.tables.fields import sheet_of_fields
from planctl.extraction.tables.heads import TOP, by_cells, finer_head, head_row, kind_at, with_content, with_details, with_sections
from planctl.extraction.tables.stacks import stacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.extraction.script import Line

HEADINGS = 4
"""How many rows of headings may follow each other."""
SUM = re.compile(r"(?:合计|总计|小计|共计|注|备注|说明|填表)[:：]?")
LEVELS = tuple(
    map(re.compile, (r"第?[一二三四五六七八九十]{1,3}(?:[、.章]|部分)", r"第?[(]?[一二三四五六七八九十]{1,3}[)节]", r"[0-9(]", ""))
)
SECTION_ROW = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节部])")


class Unread(NamedTuple):
    """A table that looks like a list and gave no tasks: where it stands, and its head."""

    line: int
    heads: tuple[str, ...]


class Columns(NamedTuple):
    """What is known of the columns of a table: their kinds, their heads by column, and over how many rows each cell runs."""

    kinds: Sequence[str | None]
    heads: Mapping[int, Box]
    spread: Mapping[Box, int]


def find_grids(lines: Sequence[Line]) -> list[Grid]:
    """Find the tables of tasks."""
    grids = _joined(_of_cells(lines))
    taken = {number for grid in grids for number in grid.lines}
    grids += _tabbed(lines, taken)
    grids += stacked(lines, {number for grid in grids for number in grid.lines})
    return sorted(grids, key=lambda grid: grid.first_line)


def unread_tables(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Unread]:
    """Find the tables with numbers or known columns, and rows below, of which no tasks were made."""
    taken = {number for grid in grids for number in grid.lines}
    return [found for boxes in _tables(lines) if not {box.line for box in boxes.values()} & taken and (found := _unread(boxes))]


def _unread(boxes: dict[tuple[int, int], Box]) -> Unread | None:
    rows, width = sorted({row for row, _ in boxes}), max(column for _, column in boxes)
    for row in rows[:TOP]:
        cells = [boxes[row, column] for column in range(1, width + 1) if (row, column) in boxes and boxes[row, column].folded]
        kinds = {kind_of(box.folded) for box in cells} - {None, "other"}
        below = any(len({boxes[one, column] for column in range(1, width + 1) if (one, column) in boxes}) > 1 for one in rows if one > row)
        if len(set(cells)) > 2 and below and (len(kinds) > 1 or "number" in kinds):
            return Unread(cells[0].line, tuple(dict.fromkeys(box.folded for box in cells)))
    return None


def _of_cells(lines: Sequence[Line]) -> Iterator[Grid]:
    """Read the tables of cells; one without a head that follows another at once continues it on a new page."""
    head: dict[tuple[int, int], Box] = {}
    end = width = 0
    for boxes in _tables(lines):
        first = min(box.line for box in boxes.values())
        grid = sheet_of_fields(boxes) or _grid(boxes)
        is_next = bool(head) and not any(line.text.strip() for line in lines[end:first])
        if grid is None and is_next and max(column for _, column in boxes) == width:
            grid = _grid({**head, **{(row + TOP, column): box for (row, column), box in boxes.items()}})
            grid = grid and grid._replace(lines=grid.lines - {box.line for box in head.values()}, first_line=first)
        elif grid:
            top = None if grid.columns == ("fields",) else head_row(boxes)
            head = {place: box for place, box in boxes.items() if place[0] == top}
            width = max(column for _, column in boxes)
        else:
            head = {}
        end = max(box.line for box in boxes.values()) + 1
        if grid:
            yield grid


def _joined(grids: Iterable[Grid]) -> list[Grid]:
    """Put the pages of one table together, whose numbers run on, and the sheets that each say one task."""
    joined: list[Grid] = []
    for grid in grids:
        last = joined[-1] if joined else None
        if last and last.columns == grid.columns and _goes_on(last.rows[-1], grid.rows[0]):
            whole = _with_rest(last.rows[-1], grid.rows[0])
            joined[-1] = last = last._replace(rows=(*last.rows[:-1], whole), lines=last.lines | grid.lines)
            grid = grid._replace(rows=grid.rows[1:])  # noqa: PLW2901 - what is left of it
            if not grid.rows:
                continue
        numbers = [row.number for row in (last.rows[-1:] if last else ()) + grid.rows[:1]]
        runs_on = len(numbers) == 2 and all(n and n.isdecimal() for n in numbers) and int(numbers[0] or 0) + 1 == int(numbers[1] or 0)
        if last and last.columns == grid.columns and (runs_on or grid.columns == ("fields",)):
            joined[-1] = last._replace(rows=last.rows + grid.rows, lines=last.lines | grid.lines, has_duty=last.has_duty or grid.has_duty)
        else:
            joined.append(grid)
    return joined


def _goes_on(row: Row, rest: Row) -> bool:
    """Tell whether the end of a row stands on a new page."""
    return bool(row.number) and rest.number is None and not row.title.folded.endswith("。") and rest.title.folded.endswith("。")


def _with_rest(row: Row, rest: Row) -> Row:
    boxes = {**rest.boxes, **{kind: merged([box, rest.boxes[kind]]) if kind in rest.boxes else box for kind, box in row.boxes.items()}}
    return row._replace(details=(*row.details, rest.title, *rest.details), boxes=boxes, printed=f"{row.printed}\n{rest.printed}")


def _tables(lines: Sequence[Line]) -> Iterator[dict[tuple[int, int], Box]]:
    """Give the cells of each table by row and column, a merged one in each row and column that it covers."""
    tables: dict[int, dict[tuple[int, int], Box]] = {}
    for number, line in enumerate(lines):
        if line.cell:
            box = box_of(line.text, number)
            grid = tables.setdefault(line.cell.table, {})
            for row in range(line.cell.row, line.cell.row + min(line.cell.rows, 500)):
                for column in range(line.cell.column, line.cell.column + min(line.cell.columns, 60)):
                    grid.setdefault((row, column), box)
    yield from tables.values()


def _tabbed(lines: Sequence[Line], taken: set[int]) -> Iterator[Grid]:
    """Read runs of lines with tabs; a line without any among them covers the whole row."""
    filled = [number for number, line in enumerate(lines) if line.text.strip() and not line.cell and number not in taken]
    at = 0
    while at < len(filled):
        cells = lines[filled[at]].text.split("\t")
        if len(cells) < 3 or not _is_head([kind_of(cell) for cell in cells]):
            at += 1
            continue
        boxes: dict[tuple[int, int], Box] = {}
        width, start = len(cells), at
        while at < len(filled) and (len(row := lines[filled[at]].text.split("\t")) > 1 or _is_section_row(lines, filled, at)):
            begins = (0, *accumulate(len(cell) + 1 for cell in row[:-1]))
            found = [box_of(cell, filled[at], begin) for cell, begin in zip(row, begins, strict=True)]
            boxes |= {(at - start + 1, column + 1): box for column, box in enumerate(found if len(row) > 1 else found * width)}
            at += 1
        if grid := _grid(boxes):
            yield grid


def _is_head(kinds: Sequence[str | None]) -> bool:
    """Tell whether cells are the head of a table of tasks: three known columns, or numbers and units beside an unfamiliar one."""
    return sum(kind is not None for kind in kinds) >= 3 or ("number" in kinds and bool({"lead", "duty"} & set(kinds)))


def _is_section_row(lines: Sequence[Line], filled: Sequence[int], at: int) -> bool:
    for number in filled[at : at + HEADINGS]:
        if "\t" in lines[number].text:
            return number != filled[at]
        text = fold(lines[number].text)[0]
        if not SECTION_ROW.match(text) or len(text) >= 60 or "。" in text:
            return False
    return False


def _grid(boxes: dict[tuple[int, int], Box]) -> Grid | None:
    """Read a table whose head names its columns."""
    rows = sorted({row for row, _ in boxes})
    width = max((column for _, column in boxes), default=0)
    head = head_row(boxes)
    if head is None or width > 60:
        return None
    heads = {column: boxes[head, column] for column in range(1, width + 1) if (head, column) in boxes}
    kinds = [kind_at(heads.get(column)) for column in range(1, width + 1)]
    below = [row for row in rows if row > head]
    while below and (finer := finer_head(boxes, below[0], heads, kinds)):
        heads, kinds = finer
        below = below[1:]
    if sum(bool(NO_TASKS.fullmatch(box.folded)) for box in set(heads.values())) > 1:
        return None
    kinds = by_cells(boxes, below, heads, kinds)
    if "content" not in kinds and "section" not in kinds:
        kinds = with_content(boxes, below, kinds)
    if "content" not in kinds and "section" not in kinds:
        return None
    kinds = with_sections(boxes, below, kinds)
    kinds = with_details(heads, kinds)
    found = list(_rows(boxes, below, kinds, heads))
    lines = frozenset(box.line for box in boxes.values())
    has_duty = not set(kinds).isdisjoint(OF_DUTY)
    return Grid(tuple(found), lines, min(lines), has_duty, tuple(kind or "" for kind in kinds)) if found else None


def _rows(boxes: dict[tuple[int, int], Box], rows: Sequence[int], kinds: Sequence[str | None], heads: Mapping[int, Box]) -> Iterator[Row]:
    below, width = set(rows), len(kinds)
    spread = Counter(box for (row, column), box in boxes.items() if row in below and boxes.get((row, column - 1)) is not box)
    columns = Columns(kinds, heads, spread)
    headings: tuple[Box, ...] = ()
    waiting: list[list[Box | None]] = []
    for row in rows:
        cells = [boxes.get((row, column)) for column in range(1, width + 1)]
        present = [cell for cell in cells if cell and cell.folded]
        if not present or _is_head_again(cells, heads):
            continue
        if len(set(present)) == 1 or (len(present) == 1 and width > 2 and not NUMBER.match(present[0].folded)):
            yield from _made(waiting, columns, headings)
            waiting = []
            headings = _below(headings, present[0]) if len(present[0].folded) < 80 else headings
            continue
        if waiting and not _is_same_row(waiting[-1], cells, kinds):
            yield from _made(waiting, columns, headings)
            waiting = []
        waiting.append(cells)
    yield from _made(waiting, columns, headings)


def _below(headings: tuple[Box, ...], box: Box) -> tuple[Box, ...]:
    """Put a heading below those of a higher level: (一) below 一、."""
    level = next(level for level, pattern in enumerate(LEVELS) if pattern.match(box.folded))
    return (*(one for one in headings if next(at for at, pattern in enumerate(LEVELS) if pattern.match(one.folded)) < level), box)


def _is_head_again(cells: Sequence[Box | None], heads: Mapping[int, Box]) -> bool:
    """Tell whether a row prints the head once more, on a new page."""
    same = [
        cell.folded == heads[column].folded or kind_of(cell.folded) is not None
        for column, cell in enumerate(cells, start=1)
        if cell and cell.folded and column in heads
    ]
    return len(same) > 1 and all(same)


def _is_same_row(one: Sequence[Box | None], two: Sequence[Box | None], kinds: Sequence[str | None]) -> bool:
    """Tell whether two rows are one task: they share the cell of its number, or the second goes on on a new page."""
    if any(kind == "number" and a is not None and a is b for kind, a, b in zip(kinds, one, two, strict=True)):
        return True
    if any(box and SUM.match(box.folded) for box in two):
        return False
    filled = {kind for kind, box in zip(kinds, two, strict=True) if box and box.folded and box not in one}
    if "number" not in kinds or "number" in filled or not filled:
        return False
    contents = [[box for kind, box in zip(kinds, row, strict=True) if kind == "content" and box and box.folded] for row in (one, two)]
    goes_on = all(contents) and not contents[0][-1].folded.endswith("。") and contents[1][-1].folded.endswith("。")
    return goes_on or not _assigns(filled)


def _assigns(filled: set[str | None]) -> bool:
    """Tell whether the cells that a row has make a task of it, though it has no number."""
    return "content" in filled and bool({"lead", "duty"} & filled)


def _contents(named: Mapping[str, list[Box]], *, has_number: bool) -> tuple[list[Box], list[Box]]:
    """Give what a row says and the sections that it stands in; of a row with a number, one of them may have to do for the other."""
    content, sections = named.get("content", []), named.get("section", [])
    if content or not has_number:
        return content, sections
    return (sections, []) if sections else (named.get("detail", []), [])


def _are_apart(rows: Sequence[Sequence[Box | None]], kinds: Sequence[str | None]) -> bool:
    """Tell whether rows with one number may be tasks of their own: no two share what they say or who is responsible for it."""
    for wanted in ({"content", "detail"}, {"lead", "duty"}):
        own = [[box for kind, box in zip(kinds, cells, strict=True) if kind in wanted and box and box.folded] for cells in rows]
        times = Counter(box for boxes in own for box in set(boxes))
        if not all(any(times[box] == 1 for box in boxes) for boxes in own):
            return False
    texts = {tuple(box.folded for kind, box in zip(kinds, cells, strict=True) if kind in {"lead", "duty"} and box) for cells in rows}
    return len(texts) > 1


def _named(rows: Sequence[Sequence[Box | None]], kinds: Sequence[str | None]) -> dict[str, list[Box]]:
    """Gather the cells of rows by the kinds of their columns."""
    named: dict[str, list[Box]] = {}
    for cells in rows:
        for kind, cell in zip(kinds, cells, strict=True):
            if kind and cell and cell.folded and cell not in named.get(kind, ()):
                named.setdefault(kind, []).append(cell)
    return named


def _steps(rows: Sequence[Sequence[Box | None]], columns: Columns) -> Iterator[tuple[Box, str]]:
    """Give what is to be reached by the times that heads of columns name."""
    for cells in rows:
        for column, (kind, cell) in enumerate(zip(columns.kinds, cells, strict=True), start=1):
            if kind == "step" and cell and cell.folded.strip("-—/") and (step := step_of(columns.heads[column].folded)):
                yield cell, step


def _made(rows: Sequence[Sequence[Box | None]], columns: Columns, headings: tuple[Box, ...]) -> Iterator[Row]:
    """Make one task of the rows that share a number."""
    if not rows:
        return
    kinds = columns.kinds
    named = _named(rows, kinds)
    number = next((found[1] for box in named.get("number", []) if (found := NUMBER.match(box.folded))), None)
    content, sections = _contents(named, has_number=number is not None)
    if not content or (number is None and "number" in kinds and (not _assigns(set(named)) or SUM.match(content[0].folded))):
        return
    while len(content) > 1 and columns.spread[content[0]] > len(rows) and content[0] not in sections:
        sections, content = [*sections, content[0]], content[1:]
    section = (*(box.folded for box in headings[-1:]), *(box.folded for box in sections))
    boxes = {kind: merged(found) for kind, found in named.items() if kind in OF_ROW}
    details = tuple(box for box in (*content[1:], *named.get("detail", [])) if box is not content[0])
    whole = dict.fromkeys(cell for cells in rows for cell in cells if cell and cell.folded)
    printed = "\n".join(cell.text for cell in whole)
    steps = tuple(dict.fromkeys(_steps(rows, columns)))
    measure = next((box.folded for box in named.get("measure", [])), "")
    apart = tuple(box.folded for kind in ("lead", "duty") for box in named.get(kind, ())) if _are_apart(rows, kinds) else ()
    yield Row(number, content[0], details, section, boxes, printed, next(iter(whole)), steps, measure, apart, (*headings, *sections))
