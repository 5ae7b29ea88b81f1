"""Tables with their headings beside their values, one table a task: 任务名称, 建设公园; 牵头单位, 区园林中心."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.extraction.tables.cells import NUMBER, OF_DUTY, OF_ROW, Box, Grid, Row, merged
from planctl.extraction.tables.columns import is_detail, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_FIELDS = 0.6
"""How many cells must be known headings with a value beside them."""


def sheet_of_fields(boxes: dict[tuple[int, int], Box]) -> Grid | None:
    """Read a table as a form, or as several below each other; `None` where too few of its cells are headings of fields."""
    rows, width = sorted({row for row, _ in boxes}), max(column for _, column in boxes)
    fields: list[tuple[str, Box, Box]] = []
    total = 0
    for row in rows:
        cells = list(dict.fromkeys(box for column in range(1, width + 1) if (box := boxes.get((row, column)))))
        if len(cells) < 2:
            continue
        pairs = list(zip(cells[::2], cells[1::2], strict=False))
        total += len(pairs)
        fields += [(kind, name, box) for name, box in pairs if (kind := kind_of(name.folded)) and not kind_of(box.folded)]
    known = {kind for kind, _, _ in fields}
    if len(fields) < max(2, MOST_FIELDS * total) or not known & {"content", "section"} or not known & {"lead", "duty", "time"}:
        return None
    if len({name.folded for _, name, _ in fields}) < 2 or (width > 2 and _head_is_first(boxes, rows, width)):
        return None
    found: list[Row] = []
    for record in _records(fields):
        found += _of_fields(record)
    lines = frozenset(box.line for box in boxes.values())
    has_duty = not known.isdisjoint(OF_DUTY)
    return Grid(tuple(found), lines, min(lines), has_duty, ("fields",)) if found else None


def _head_is_first(boxes: dict[tuple[int, int], Box], rows: Sequence[int], width: int) -> bool:
    """Tell whether the first row with several cells is a head: most of its cells name columns."""
    for row in rows:
        cells = {box for column in range(1, width + 1) if (box := boxes.get((row, column)))}
        if len(cells) > 1:
            return sum(kind_of(box.folded) is not None for box in cells) > len(cells) / 2
    return False


def _records(fields: Sequence[tuple[str, Box, Box]]) -> Iterator[list[tuple[str, Box, Box]]]:
    """Divide the fields of several tasks: each begins with the heading that the first began with."""
    record: list[tuple[str, Box, Box]] = []
    for field in fields:
        if record and field[1].folded == fields[0][1].folded:
            yield record
            record = []
        record.append(field)
    yield record


def _of_fields(record: Sequence[tuple[str, Box, Box]]) -> Iterator[Row]:
    whole = tuple(dict.fromkeys(box for _, name, value in record for box in (name, value) if box.folded))
    named: dict[str, list[Box]] = {}
    for kind, name, box in record:
        if box.folded:
            named.setdefault("detail" if kind == "content" and is_detail(name.folded) else kind, []).append(box)
    contents = [*named.get("content", []), *named.get("detail", [])]
    sections = named.get("section", [])
    if not contents or (sections and not named.get("content")):
        contents, sections = [*sections[-1:], *contents], sections[:-1]
    number = next((found[1] for box in named.get("number", []) if (found := NUMBER.match(box.folded))), None)
    if contents:
        boxes = {kind: merged(found) for kind, found in named.items() if kind in OF_ROW}
        section = tuple(box.folded for box in sections)
        yield Row(number, contents[0], tuple(contents[1:]), section, boxes, "\n".join(box.text for box in whole), whole[0])
