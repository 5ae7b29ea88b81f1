"""Tables that were printed a cell a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.extraction.script import fold
from planctl.extraction.tables.cells import OF_DUTY, OF_ROW, Grid, Row, box_of
from planctl.extraction.tables.columns import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction.script import Line


def stacked(lines: Sequence[Line], taken: set[int]) -> Iterator[Grid]:
    """Read a table that was printed a cell a line: two headings or more, then numbers with their texts."""
    filled = [number for number, line in enumerate(lines) if line.text.strip() and not line.cell and number not in taken]
    at = 0
    while at < len(filled):
        kinds: list[str] = []
        while at + len(kinds) < len(filled) and (kind := _heading_kind(lines[filled[at + len(kinds)]])):
            kinds.append(kind)
        if len(kinds) < 2 or "number" not in kinds or kinds[-1] == "number":
            at += max(len(kinds), 1)
            continue
        start = at
        rows, at = _stacked_rows(lines, filled, at + len(kinds), kinds)
        if len(rows) > 1:
            used = frozenset(filled[start:at])
            has_duty = not set(kinds).isdisjoint(OF_DUTY)
            yield Grid(tuple(rows), used, min(used), has_duty, tuple(kinds))


def _heading_kind(line: Line) -> str | None:
    return kind_of(line.text) if len(line.text.strip()) <= 12 else None


def _stacked_rows(lines: Sequence[Line], filled: Sequence[int], at: int, kinds: Sequence[str]) -> tuple[list[Row], int]:
    after = kinds[kinds.index("number") + 1 :]
    rows: list[Row] = []
    section: list[str] = []
    expected = 1
    while at < len(filled):
        ahead = next((place for place in range(at, min(at + 6, len(filled))) if _number_of(lines[filled[place]]) == expected), None)
        if ahead is None or ahead + len(after) >= len(filled):
            break
        if ahead > at:
            section = [fold(lines[number].text)[0] for number in filled[at:ahead]]
        cells = [box_of(lines[number].text, number) for number in filled[ahead + 1 : ahead + 1 + len(after)]]
        named = dict(zip(after, cells, strict=True))
        content = [cell for kind, cell in zip(after, cells, strict=True) if kind == "content"] or cells[:1]
        first = box_of(lines[filled[ahead]].text, filled[ahead])
        boxes = {kind: cell for kind, cell in named.items() if kind in OF_ROW}
        printed = "\n".join(cell.text for cell in (first, *cells))
        rows.append(Row(str(expected), content[0], tuple(content[1:]), ("".join(section),) if section else (), boxes, printed, first))
        at, expected = ahead + 1 + len(after), expected + 1
    return rows, at


def _number_of(line: Line) -> int | None:
    text = line.text.strip()
    return int(text) if text.isdecimal() and len(text) <= 3 else None
