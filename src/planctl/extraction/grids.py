"""Tables of tasks: cells as the reading gives them, or lines of text that were a table: tabs between the cells, or a cell a line."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.script import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.extraction.script import Line

OF_CONTENT = (
    r"主要|工作|具体|重点|任务|改革|整改|试点|推进|指标|事项|目标|项目|建设|年度|全年|当年|本年|20[0-9]{2}年|预期"
    r"|绩效|阶段性?|量化|创建|攻坚|治理|服务|细化|分解|问题|存在|实施|实事|民生|任务书?|反馈|突出|惠民|办"
)
COLUMNS = {
    "number": r"序号|编号|序次|任务编号|项目编号|号",
    "lead": r"(?:总)?(?:牵头|主办|主责|承办|负责|实施|落实|指导|组织)(?:责任|领导)?(?:单位|部门|处室|科室|主体|机构)(?:\([^()]*\))?",
    "support": r"(?:参加|配合|协办|参与|协同|协助|支持)(?:责任)?(?:单位|部门|处室|科室)(?:\([^()]*\))?",
    "duty": r"责任(?:单位|部门|处室|科室|主体|分工|股室)(?:\([^()]*\))?|任务分工|分工|责任单位及(?:责任)?人",
    "time": r"(?:计划|预计|拟|要求|任务|限期|最迟)?(?:完成|办结|办理|整改|时间|推进|工作|落实|目标|截止|达标|验收|销号|竣工"
    r"|进度|实施|报送|建成)?"
    r"(?:时限|期限|时间|日期|进度|节点|时序|时点|时期)(?:要求|安排|进度|节点|目标|计划){0,2}",
    "content": rf"(?:{OF_CONTENT}){{0,3}}(?:内容|措施|任务|举措|事项|要求|工作|目标|名称|目标值|指标值?|计划数|任务数"
    r"|任务量|清单|问题|实事)"
    r"|(?:重点|实事|民生|惠民|建设|工作|任务|整治|整改|创建|改革|服务|具体|主要|民生实事|为民办实事)项目",
    "section": r"项目|类别|一级任务|任务类别|领域|方面|重点领域|任务分类|工作类别|指标类别|分类|板块|大类",
    "other": r"备注|(?:预期|工作)?成果(?:形式)?|(?:推广|实施)?范围|依据|(?:责任|牵头|分管)(?:领导|人)|联系.{1,2}|(?:进展|完成)情况|单位",
}
KINDS = {name: re.compile(rf"(?:{pattern})$") for name, pattern in COLUMNS.items()}
JOINT = re.compile(r"以?及|和|与|、|/")
NUMBER = re.compile(r"[(（]?([0-9]{1,3}|[一二三四五六七八九十]{1,3})[)）.、]?$")
SECTION_ROW = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节部])")


class Box(NamedTuple):
    """A cell: its text as printed, folded, and the line that it stands on."""

    text: str
    folded: str
    line: int
    start: int = 0


class Row(NamedTuple):
    """A row of a table of tasks."""

    number: str | None
    title: Box
    details: tuple[Box, ...]
    section: tuple[str, ...]
    boxes: dict[str, Box]
    """The cells of known columns: lead, support, duty, time."""
    printed: str
    """All of the row's text, as the digest of a clause takes it."""
    first: Box


class Grid(NamedTuple):
    """A table of tasks, with the lines that it took."""

    rows: tuple[Row, ...]
    lines: frozenset[int]
    first_line: int
    has_duty: bool
    columns: tuple[str, ...] = ()


def find_grids(lines: Sequence[Line]) -> list[Grid]:
    """Find the tables of tasks."""
    grids = [grid for cells in _tables(lines) if (grid := _grid(cells))]
    taken = {number for grid in grids for number in grid.lines}
    grids += _tabbed(lines, taken)
    grids += _stacked(lines, {number for grid in grids for number in grid.lines})
    return sorted(grids, key=lambda grid: grid.first_line)


def kind_of(heading: str) -> str | None:
    """Tell what a column holds by its heading."""
    plain = re.sub(r"\s", "", fold(heading)[0])
    plain = re.sub(r"\([^()]*\)$", "", plain) or plain
    return _one_kind(plain) or _joint_kind(plain)


def _one_kind(heading: str) -> str | None:
    return next((name for name, pattern in KINDS.items() if pattern.fullmatch(heading)), None)


def _joint_kind(heading: str) -> str | None:
    """Read a heading that names two things: 建设内容及年度目标, 牵头单位及责任人; both must be of one kind."""
    parts = JOINT.split(heading)
    kinds = [_one_kind(part) for part in parts]
    known = [kind for kind in kinds if kind and kind != "other"]
    return known[0] if len(parts) > 1 and None not in kinds and len(set(known)) == 1 else None


def _box(text: str, line: int, start: int = 0) -> Box:
    return Box(text.strip(), fold(text.strip())[0], line, start)


def _tables(lines: Sequence[Line]) -> Iterator[dict[tuple[int, int], Box]]:
    """Give the cells of each table by row and column, a merged one in each row and column that it covers."""
    tables: dict[int, dict[tuple[int, int], Box]] = {}
    for number, line in enumerate(lines):
        if line.cell:
            box = _box(line.text, number)
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
        if len(cells) < 3 or sum(kind_of(cell) is not None for cell in cells) < 3:
            at += 1
            continue
        boxes: dict[tuple[int, int], Box] = {}
        width, start = len(cells), at
        while at < len(filled) and (len(row := lines[filled[at]].text.split("\t")) > 1 or _is_section_row(lines, filled, at)):
            spread = row if len(row) > 1 else row * width
            boxes |= {(at - start + 1, column + 1): _box(cell, filled[at]) for column, cell in enumerate(spread)}
            at += 1
        if grid := _grid(boxes):
            yield grid


def _is_section_row(lines: Sequence[Line], filled: Sequence[int], at: int) -> bool:
    text = fold(lines[filled[at]].text)[0]
    following = lines[filled[at + 1]].text if at + 1 < len(filled) else ""
    is_row = "\t" in following or bool(SECTION_ROW.match(fold(following)[0]))
    return bool(SECTION_ROW.match(text)) and len(text) < 60 and is_row


def _grid(boxes: dict[tuple[int, int], Box]) -> Grid | None:
    """Read a table whose head names its columns."""
    rows = sorted({row for row, _ in boxes})
    width = max((column for _, column in boxes), default=0)
    head = next((row for row in rows[:4] if _known([boxes.get((row, column)) for column in range(1, width + 1)]) >= 2), None)
    if head is None or width > 60:
        return None
    kinds = [_kind_at(boxes, head, column) for column in range(1, width + 1)]
    below = [row for row in rows if row > head]
    while below and (finer := _finer(boxes, below[0], head, kinds)):
        kinds, below = finer, below[1:]
    if "content" not in kinds and "section" not in kinds:
        return None
    kinds = _with_sections(boxes, below, kinds)
    found = list(_rows(boxes, below, kinds, width))
    lines = frozenset(box.line for box in boxes.values())
    has_duty = bool({"lead", "duty", "support"} & set(kinds))
    return Grid(tuple(found), lines, min(lines), has_duty, tuple(kind or "" for kind in kinds)) if found else None


def _with_sections(boxes: dict[tuple[int, int], Box], rows: Sequence[int], kinds: Sequence[str | None]) -> list[str | None]:
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
    number = kinds.index("number") + 1 if "number" in kinds else None
    for column in contents[:-1]:
        seen: dict[Box, set[object]] = {}
        for row in rows:
            if box := boxes.get((row, column)):
                seen.setdefault(box, set()).add(boxes.get((row, number)) if number else row)
        if any(len(numbers) > 1 and box.folded for box, numbers in seen.items()):
            found[column - 1] = "section"
    return found


def _kind_at(boxes: dict[tuple[int, int], Box], row: int, column: int) -> str | None:
    box = boxes.get((row, column))
    return kind_of(box.folded) if box else None


def _finer(boxes: dict[tuple[int, int], Box], row: int, head: int, kinds: Sequence[str | None]) -> list[str | None] | None:
    """Read a second row of the head: below 责任分工 stand 牵头单位 and 配合单位."""
    columns = range(1, len(kinds) + 1)
    present = [column for column in columns if (row, column) in boxes and boxes[row, column].folded]
    own = [column for column in present if boxes[row, column] is not boxes.get((head, column))]
    if not own or any(_kind_at(boxes, row, column) is None for column in own) or len(own) == len(present) > 2:
        return None
    return [_kind_at(boxes, row, column) if column in own else kinds[column - 1] for column in columns]


def _known(boxes: Iterable[Box | None]) -> int:
    return len({kind for box in boxes if box and (kind := kind_of(box.folded))} - {"other"})


def _rows(boxes: dict[tuple[int, int], Box], rows: Sequence[int], kinds: Sequence[str | None], width: int) -> Iterator[Row]:
    below = set(rows)
    spread = Counter(box for (row, column), box in boxes.items() if row in below and boxes.get((row, column - 1)) is not box)
    heading: str | None = None
    waiting: list[list[Box | None]] = []
    for row in rows:
        cells = [boxes.get((row, column)) for column in range(1, width + 1)]
        present = [cell for cell in cells if cell and cell.folded]
        if not present or [kind_of(cell.folded) for cell in present] == [kind for kind in kinds if kind]:
            continue
        if len(set(present)) == 1 or (len(present) == 1 and width > 2 and not NUMBER.match(present[0].folded)):
            yield from _made(waiting, kinds, heading, spread)
            waiting = []
            heading = present[0].folded if len(present[0].folded) < 80 else heading
            continue
        if waiting and not _is_same_row(waiting[-1], cells, kinds):
            yield from _made(waiting, kinds, heading, spread)
            waiting = []
        waiting.append(cells)
    yield from _made(waiting, kinds, heading, spread)


def _is_same_row(one: Sequence[Box | None], two: Sequence[Box | None], kinds: Sequence[str | None]) -> bool:
    """Tell whether two rows share the cell of their number: they are one task."""
    return any(kind == "number" and a is not None and a is b for kind, a, b in zip(kinds, one, two, strict=True))


def _made(
    rows: Sequence[Sequence[Box | None]], kinds: Sequence[str | None], heading: str | None, spread: Mapping[Box, int]
) -> Iterator[Row]:
    """Make one task of the rows that share a number."""
    if not rows:
        return
    named: dict[str, list[Box]] = {}
    for cells in rows:
        for kind, cell in zip(kinds, cells, strict=True):
            if kind and cell and cell.folded and cell not in named.get(kind, ()):
                named.setdefault(kind, []).append(cell)
    number = next((found[1] for box in named.get("number", []) if (found := NUMBER.match(box.folded))), None)
    content, sections = named.get("content", []), named.get("section", [])
    if not content and number:
        content, sections = sections, []
    if not content or (number is None and "number" in kinds):
        return
    while len(content) > 1 and spread[content[0]] > len(rows) and content[0] not in sections:
        sections, content = [*sections, content[0]], content[1:]
    section = (*((heading,) if heading else ()), *(box.folded for box in sections))
    boxes = {kind: _merged(found) for kind, found in named.items() if kind in {"lead", "support", "duty", "time"}}
    whole = dict.fromkeys(cell for cells in rows for cell in cells if cell and cell.folded)
    yield Row(number, content[0], tuple(content[1:]), section, boxes, "\n".join(cell.text for cell in whole), next(iter(whole)))


def _merged(boxes: Sequence[Box]) -> Box:
    """Put the cells of one column together."""
    return (
        boxes[0]
        if len(boxes) == 1
        else boxes[0]._replace(text="\n".join(box.text for box in boxes), folded="、".join(box.folded for box in boxes))
    )


def _stacked(lines: Sequence[Line], taken: set[int]) -> Iterator[Grid]:
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
            has_duty = bool({"lead", "duty", "support"} & set(kinds))
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
        cells = [_box(lines[number].text, number) for number in filled[ahead + 1 : ahead + 1 + len(after)]]
        named = dict(zip(after, cells, strict=True))
        content = [cell for kind, cell in zip(after, cells, strict=True) if kind == "content"] or cells[:1]
        first = _box(lines[filled[ahead]].text, filled[ahead])
        boxes = {kind: cell for kind, cell in named.items() if kind in {"lead", "support", "duty", "time"}}
        printed = "\n".join(cell.text for cell in (first, *cells))
        rows.append(Row(str(expected), content[0], tuple(content[1:]), ("".join(section),) if section else (), boxes, printed, first))
        at, expected = ahead + 1 + len(after), expected + 1
    return rows, at


def _number_of(line: Line) -> int | None:
    text = line.text.strip()
    return int(text) if text.isdecimal() and len(text) <= 3 else None
