"""The head of a table: which rows at the top name the columns, and what may be the title of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.documents.records import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.documents.records import Block, Reading, Table

COLUMN = re.compile(
    r"序\s*号|编\s*号|项\s*目|类\s*别|备\s*注|(工作|重点|主要|目标|改革|创新|任务|具体|推进|整改|建设|评估|考核)?(任务|内容|事项|举措|措施|目标|要求|指标|分工|清单|要点|名称|标准)"
    r"|.{0,6}(单位|部门|机关|处室|科室|负责人|责任人|领导)|.{0,6}(时限|时间|期限|进度|节点|日期|范围|成果|形式|情况|分类|领域|方式|依据)|(一|二|三)级指标"
)
"""How columns are named, blanks taken out."""
LONGEST = 16
"""A name of a column."""
DEEPEST = 6
"""The head is within so many rows."""
TITLE_END = re.compile(
    r"(方案|通知|意见|办法|计划|要点|规划|决定|措施|清单|规定|细则|纲要|分工|规则|公告|通告|批复|函|目录|任务)([（(][^（）()]{1,20}[)）])?$"
)
LONGEST_TITLE = 120


def with_header_rows(reading: Reading) -> Reading:
    """Find the head of each table that does not say itself which it is, and the titles that the text offers."""
    cells: dict[int, list[Block]] = {}
    for block in reading.blocks:
        if block.table:
            cells.setdefault(block.table.table, []).append(block)
    tables = tuple(_with_head(table, cells.get(table.number, [])) for table in reading.tables)
    titles = dict.fromkeys((*reading.titles, *_titles(reading.blocks)))
    return reading._replace(tables=tables, titles=tuple(titles))


def _with_head(table: Table, cells: Sequence[Block]) -> Table:
    if table.header_rows:
        return table
    first = min((cell.table.row for cell in cells if cell.table), default=1)
    rows: dict[int, list[Block]] = {}
    for cell in cells:
        if cell.table and cell.table.row < first + DEEPEST:
            rows.setdefault(cell.table.row, []).append(cell)
    for row, blocks in sorted(rows.items()):
        names = sum(bool(COLUMN.fullmatch("".join(block.text.split())[:LONGEST])) for block in blocks)
        if len(blocks) >= 2 and names * 2 >= len(blocks) and names >= 2:
            depth = max(block.table.row_span for block in blocks if block.table)
            return table._replace(header_rows=row + depth - 1 if depth <= 3 else row)
    return table


def _titles(blocks: Sequence[Block]) -> list[str]:
    """Offer what may be a title: the paragraphs at the top up to one that ends as titles do."""
    lines: list[str] = []
    for block in blocks[:12]:
        text = " ".join(block.text.split())
        if block.kind is BlockKind.CELL or len(text) > LONGEST_TITLE or text.endswith(("。", "：", ":")):
            lines = []
            continue
        lines.append(text)
        if TITLE_END.search(text):
            start = next((index for index in range(len(lines) - 1, -1, -1) if "关于" in lines[index]), len(lines) - 1)
            return ["".join(lines[start:])]
    return []
