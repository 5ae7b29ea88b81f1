"""The columns of a register: what each holds, told by its heading, or by a mapping that a person has saved."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl import yamltree
from planctl.fields import nearest
from planctl.sheets.errors import BadMappingError
from planctl.sheets.wording import heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Field(StrEnum):
    """What a column of a register can hold."""

    NUMBER = "number"
    SECTION = "section"
    TITLE = "title"
    WHAT = "what"
    LEAD = "lead"
    SUPPORT = "support"
    DUTY = "duty"
    """The responsible units, leading and supporting ones together."""
    DUE = "due"
    STATE = "state"
    PERCENT = "percent"
    PROGRESS = "progress"
    ON = "on"
    FINISHED = "finished"
    """The day on which it was done; a day here says that it is."""
    EVIDENCE = "evidence"
    NOTE = "note"


WORDINGS: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: (r"序号|编号|序次", r"(?:任务|项目|督办|事项|台账)编号"),
    Field.SECTION: (
        r"类别|分类|领域|板块|大类|章节|工作方向|项目类别",
        r"一级任务|一级指标|重点领域",
        r"(?:任务|工作|事项|问题|指标)(?:类别|分类|类型)",
    ),
    Field.LEAD: (r"(?:总)?(?:牵头|主办|主责|承办|负责|实施|落实|组织)(?:责任)?(?:单位|部门|处室|科室|股室|主体|机构)",),
    Field.SUPPORT: (r"(?:参加|配合|协办|参与|协同|协助|支持)(?:责任)?(?:单位|部门|处室|科室|股室)",),
    Field.DUTY: (r"责任(?:单位|部门|处室|科室|股室|主体|分工)", r"任务分工|分工|单位|部门|责任单位及责任人"),
    Field.DUE: (
        r"(?:完成|办结|办理|整改|时间|推进|工作|落实|目标)?(?:时限|期限|时间|时间节点)(?:要求|安排)?",
        r"(?:计划|要求|拟)完成(?:时限|期限|时间|日期)|截止日期|截止时间|时序|进度要求",
    ),
    Field.STATE: (r"(?:当前|目前|办理|任务|工作|整改)?(?:状态|办理结果)", r"是否(?:完成|办结|销号)|办结情况|完成与否"),
    Field.PERCENT: (r"完成率|完成比例|完成百分比", r"(?:完成|工作|任务)?进度"),
    Field.PROGRESS: (
        r"(?:最新|目前|当前|工作|本期|本月|本季度|任务|办理|整改|推进|落实)?(?:进展|完成|落实|办理|整改|推进)情况",
        r"(?:截至)?(?:最新|目前|当前|现|工作|本期|本月|本季度|任务|办理|整改|推进|落实)?进展|落实结果",
    ),
    Field.FINISHED: (r"(?:实际)?(?:完成|办结|销号)日期", r"实际完成时间|办结时间|销号时间"),
    Field.ON: (r"(?:填报|更新)(?:日期|时间)",),
    Field.EVIDENCE: (r"(?:佐证|证明|印证|支撑)(?:材料|资料)|附件",),
    Field.NOTE: (r"备注|说明|备注说明",),
    Field.WHAT: (
        r"(?:主要|工作|具体|重点|落实|改革|整改|推进|任务)?(?:措施|举措|内容|要求|目标|标准|目标任务)",
        r"(?:预期)?(?:工作)?成果(?:形式)?|具体任务|目标要求|主要任务措施",
    ),
    Field.TITLE: (
        r"(?:主要|工作|具体|重点|督办|改革|整改|年度|目标|重点工作)?(?:任务|事项|项目|工作|问题)(?:名称|内容|清单)?",
        r"名称|指标名称|指标",
    ),
}
"""The headings of registers, tried in this order."""
PATTERNS = {field: re.compile("|".join(patterns)) for field, patterns in WORDINGS.items()}
HEAD_ROWS = 15
"""Rows from the top among which the headings are looked for."""
ENOUGH = 2


class Box(NamedTuple):
    """A cell of a register, which may be merged of several; two boxes are the same cell if their places are."""

    text: str
    row: int
    column: int


class Chosen(NamedTuple):
    """Which heading stands for what, as a person has written it down."""

    columns: dict[Field, str]
    sheet: str | None = None
    header: int | None = None


class Columns(NamedTuple):
    """The columns of one table."""

    header: int
    """The last row of the headings."""
    places: dict[Field, int]
    headings: dict[int, str]
    """The headings of all columns."""

    @property
    def unread(self) -> list[str]:
        """List the headings that mean nothing here."""
        known = set(self.places.values())
        return [text for column, text in self.headings.items() if column not in known and text]


def field_of(text: str) -> Field | None:
    """Tell what a heading stands for."""
    plain = heading(text)
    return next((field for field, pattern in PATTERNS.items() if pattern.fullmatch(plain)), None)


def find_columns(boxes: Mapping[tuple[int, int], Box], mapping: Chosen | None) -> Columns | None:
    """Find the headings of a table and what its columns hold; nothing where it has none."""
    rows = sorted({row for row, _ in boxes})
    width = max((column for _, column in boxes), default=0)
    if mapping and mapping.header:
        return _columns(boxes, mapping.header, width, mapping)
    candidates = [_columns(boxes, row, width, mapping) for row in rows[:HEAD_ROWS]]
    best = max(candidates, key=lambda each: (len(each.places), -each.header), default=None)
    fits = best and len(best.places) >= ENOUGH and {Field.TITLE, Field.WHAT} & best.places.keys()
    return best if fits else None


def _columns(boxes: Mapping[tuple[int, int], Box], row: int, width: int, mapping: Chosen | None) -> Columns:
    """Read a row of headings; where some of them are parted in the next row (责任单位: 牵头, 配合), that row too."""
    upper = [boxes.get((row, column)) for column in range(1, width + 1)]
    lower = [boxes.get((row + 1, column)) for column in range(1, width + 1)]
    parted = any(_is_parted(upper, lower, at) for at in range(width))
    headings: dict[int, str] = {}
    for at, (above, below) in enumerate(zip(upper, lower, strict=True)):
        finer = parted and below is not None and below is not above and _field(below.text, mapping) is not None
        box = below if finer else above
        headings[at + 1] = " ".join(box.text.split()) if box else ""
    places: dict[Field, int] = {}
    for column, text in headings.items():
        field = _field(text, mapping)
        if field and field not in places:
            places[field] = column
    if Field.TITLE not in places and Field.WHAT in places:
        places[Field.TITLE] = places.pop(Field.WHAT)
    return Columns(row + parted, places, headings)


def _is_parted(upper: Sequence[Box | None], lower: Sequence[Box | None], at: int) -> bool:
    one, other = upper[at], lower[at]
    beside = (upper[place] for place in (at - 1, at + 1) if 0 <= place < len(upper))
    wide = one is not None and any(each is one for each in beside)
    return wide and other is not None and other is not one and field_of(other.text) is not None


def _field(text: str, mapping: Chosen | None) -> Field | None:
    if mapping is None:
        return field_of(text)
    plain = heading(text)
    return next((field for field, name in mapping.columns.items() if heading(name) == plain), None) if plain else None


def mapping_text(columns: Columns, sheet: str | None) -> str:
    """Write a mapping down."""
    return "".join(_lines(columns, sheet))


def _lines(columns: Columns, sheet: str | None) -> Iterator[str]:
    from planctl.editing.values import inline  # noqa: PLC0415 - only saving needs it

    if sheet:
        yield f"sheet: {inline(sheet)}\n"
    yield "columns:\n"
    for field in Field:
        if field in columns.places:
            yield f"  {field.value}: {inline(columns.headings[columns.places[field]])}\n"


def read_mapping(path: str, text: str) -> Chosen:
    """Read a mapping that was written down.

    Raises:
        BadMappingError: it says something else than which column holds what.
    """
    tree, flaws = yamltree.parse(text)
    if flaws or not isinstance(tree, dict) or not isinstance(tree.get("columns"), dict):
        raise BadMappingError(path=path, key="columns", known=[field.value for field in Field])
    named = tree["columns"]
    columns: dict[Field, str] = {}
    for key, value in named.items() if isinstance(named, dict) else ():
        known = [field.value for field in Field]
        if key not in known or not isinstance(value, str):
            raise BadMappingError(path=path, key=key, known=[nearest(key, known) or ", ".join(known)])
        columns[Field(key)] = value
    sheet, header = tree.get("sheet"), tree.get("header")
    return Chosen(
        columns, sheet if isinstance(sheet, str) else None, int(header) if isinstance(header, str) and header.isdecimal() else None
    )
