"""The head of a table: which rows it is, and what each column holds by its heading and by its cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.tables.columns import FIGURE, MEASURE, holds_times, holds_units, is_detail, kind_of, step_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.extraction.tables.cells import Box

TOP = 6
"""The head is within so many rows."""
NAME = re.compile(r"(?:名称|一件事”?)$")
PARTS = re.compile(r"(?:具体|涉及|包含|包括|所含|关联|主要|相关)的?(?:事项|内容)(?:清单)?")
"""What a column of contents says beside one that names the task: 一件事, 涉及事项."""
QUANTITY = re.compile(r"[^。;]{0,14}[0-9一二三四五六七八九十百千万两%][^。;]{0,10}")


def head_row(boxes: dict[tuple[int, int], Box]) -> int | None:
    """Find the row that names the columns: two of them are known, or there are numbers and others."""
    rows = sorted({row for row, _ in boxes})
    width = max((column for _, column in boxes), default=0)
    across = {row: [boxes.get((row, column)) for column in range(1, width + 1)] for row in rows[:TOP]}
    head = next((row for row in rows[:TOP] if _known_kinds(across[row]) >= 2), None)
    if head is None:
        numbered = (row for row in rows[:TOP] if "number" in map(kind_at, across[row]) and len(set(across[row])) > 2)
        head = next(numbered, None)
    return head


def by_cells(
    boxes: dict[tuple[int, int], Box], rows: Sequence[int], heads: Mapping[int, Box], kinds: Sequence[str | None]
) -> list[str | None]:
    """Tell by their cells what columns with unfamiliar headings hold: units, or times; and find those of steps."""
    found = list(kinds)
    steps = [column for column, box in heads.items() if step_of(box.folded) and kinds[column - 1] in {None, "content"}]
    filled = [box for column in steps for row in rows if (box := boxes.get((row, column))) and box.folded]
    if len({heads[column] for column in steps}) > 1 or (filled and all(FIGURE.match(box.folded) for box in filled)):
        found = ["step" if column in steps else kind for column, kind in enumerate(found, start=1)]
    for column, kind in enumerate(found, start=1):
        across = [(boxes.get((row, column)), boxes.get((row, column - 1))) for row in rows]
        cells = [box.folded for box in dict.fromkeys(box for box, before in across if box and box is not before) if box.folded]
        is_bare = column in heads and heads[column].folded in {"单位", "部门", "单位名称", "计量单位"}
        if (kind is None or is_bare) and not {"lead", "duty", "support"} & set(found) and holds_units(cells):
            found[column - 1] = "duty"
        elif is_bare and kind == "other" and MEASURE.match(heads[column].folded):
            found[column - 1] = "measure"
        elif kind is None and "time" not in found and holds_times(cells):
            found[column - 1] = "time"
    return found


def with_details(heads: Mapping[int, Box], kinds: Sequence[str | None]) -> list[str | None]:
    """Set apart the columns of contents that only say what is to be reached, where another names the task."""
    contents = {column: box for column, box in heads.items() if kinds[column - 1] == "content"}
    is_named = any(NAME.search(box.folded) for box in contents.values())
    details = {column for column, box in contents.items() if is_detail(box.folded) or (is_named and PARTS.fullmatch(box.folded))}
    if not any(kind == "content" and column not in details for column, kind in enumerate(kinds, start=1)):
        return list(kinds)
    return ["detail" if column in details else kind for column, kind in enumerate(kinds, start=1)]


def with_content(boxes: dict[tuple[int, int], Box], rows: Sequence[int], kinds: Sequence[str | None]) -> list[str | None]:
    """Where columns name numbers and units and none names tasks, those hold them whose heading is unfamiliar: 激励对象."""
    found = list(kinds)
    unknown = [column for column, kind in enumerate(kinds, start=1) if kind is None and any((row, column) in boxes for row in rows)]
    if unknown and {"lead", "duty"} & set(kinds) and {"number", "time"} & set(kinds):
        found[unknown[0] - 1] = "content"
    return found


def with_sections(boxes: dict[tuple[int, int], Box], rows: Sequence[int], kinds: Sequence[str | None]) -> list[str | None]:
    """Fill what a merged cell left empty, and take a column of contents for one of sections where its cells cover several tasks."""
    found = list(kinds)
    contents = [column for column, kind in enumerate(kinds, start=1) if kind == "content"]
    for column in [*contents[:-1], *(column for column, kind in enumerate(kinds, start=1) if kind == "section")]:
        above: Box | None = None
        for row in rows:
            box = boxes.get((row, column))
            is_heading = len({boxes.get((row, other)) for other in range(1, len(kinds) + 1)} - {None}) == 1
            if above and not is_heading and (box is None or not box.folded):
                boxes[row, column] = above
            above = None if is_heading else boxes.get((row, column))
    sections = [column for column, kind in enumerate(kinds, start=1) if kind == "section"]
    if sections and contents and _names_the_rows(boxes, rows, sections[-1], contents):
        found[sections[-1] - 1] = "content"
    number = kinds.index("number") + 1 if "number" in kinds else None
    for column in contents[:-1]:
        seen: dict[Box, set[object]] = {}
        for row in rows:
            if box := boxes.get((row, column)):
                seen.setdefault(box, set()).add(boxes.get((row, number)) if number else row)
        if any(len(numbers) > 1 and box.folded for box, numbers in seen.items()):
            found[column - 1] = "section"
    return found


def _names_the_rows(boxes: dict[tuple[int, int], Box], rows: Sequence[int], column: int, contents: Sequence[int]) -> bool:
    """Tell whether a column of sections has another for each row, and the contents behind it are only quantities: 建设公园, 2座."""
    names = [box for row in rows if (box := boxes.get((row, column))) and box.folded]
    said = [box.folded for row in rows if (box := boxes.get((row, contents[0]))) and box.folded]
    apart = len({box.folded for box in names}) == len(names) == len(rows)
    return apart and column < contents[0] and all(len(text) <= 16 and QUANTITY.fullmatch(text) for text in said)


def kind_at(box: Box | None) -> str | None:
    """Tell what the column below a heading holds."""
    return kind_of(box.folded) if box else None


def finer_head(
    boxes: dict[tuple[int, int], Box], row: int, heads: Mapping[int, Box], kinds: Sequence[str | None]
) -> tuple[dict[int, Box], list[str | None]] | None:
    """Read a second row of the head: below 责任分工 stand 牵头单位 and 配合单位."""
    columns = range(1, len(kinds) + 1)
    present = [column for column in columns if (row, column) in boxes and boxes[row, column].folded]
    own = [column for column in present if boxes[row, column] is not heads.get(column)]
    named = {column: kind_at(boxes[row, column]) for column in own}
    if not own or any(kind is None and not step_of(boxes[row, column].folded) for column, kind in named.items()):
        return None
    if [named.get(column) for column in columns] == list(kinds) or len({boxes[row, column] for column in own}) == 1 < len(own):
        return None
    return (
        {**heads, **{column: boxes[row, column] for column in own}},
        [named[column] if column in own else kinds[column - 1] for column in columns],
    )


def _known_kinds(boxes: Iterable[Box | None]) -> int:
    """Count the kinds of columns that a row of headings names."""
    return len({kind for box in boxes if box and (kind := kind_of(box.folded))} - {"other"})
