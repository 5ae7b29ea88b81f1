"""What the locked cells of a form say: what is asked, until when, what was last reported, and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.sheets import wording
from planctl.sheets.wording import number_text, state_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.sheets.records import Known, Row

LONGEST_COMMENT = 1_500
LONGEST_NOTE = 120
"""Characters of the last report that a form repeats."""
COMPARED = {">=": "不低于", "<=": "不高于", "=": "等于", ">": "高于", "<": "低于"}


def captions(row: Row, number: int, *, several: bool) -> dict[str, str]:
    """Say what a unit reads in a row, by the headings."""
    item = row.item
    task = f"{item.task.id}　{item.task.title}"
    return {
        wording.NUMBER: str(number),
        wording.TASK: f"{task}\n（{item.plan.title}）" if several else task,
        wording.WHAT: "\n".join(_what(row)),
        wording.DUE: "\n".join(_due(row)),
        wording.LAST: _last(row.known),
    }


def _what(row: Row) -> Iterator[str]:
    """Say what is asked for: the words of the deadline, its count or its figure."""
    deadline = row.item.deadline
    if deadline is None:
        yield "按文件要求推进"
        return
    yield deadline.what or deadline.metric or row.item.task.title
    of = deadline.of or ""
    counts = (("不少于", deadline.at_least), ("", deadline.exactly), ("不超过", deadline.at_most))
    count = "、".join(f"{word}{number}{of}" for word, number in counts if number is not None)
    if count:
        yield f"数量：{count}" + (f"，已登记{row.known.counted}{of}" if row.known.counted else "")
    if deadline.target:
        target = deadline.target
        yield f"目标：{COMPARED[target.op]}{number_text(target.value)}{target.unit or ''}"


def _due(row: Row) -> Iterator[str]:
    occurrence, deadline = row.item.occurrence, row.item.deadline
    if occurrence and occurrence.due:
        yield occurrence.due.isoformat()
        if occurrence.period:
            yield f"（{occurrence.period}）"
        if occurrence.extensions:
            yield f"原为 {occurrence.original}"
    elif occurrence:
        yield "待事件发生后起算"
    else:
        yield (deadline.wording if deadline else None) or "长期"
    if row.item.missed:
        yield f"另有 {row.item.missed} 期逾期"


def _last(known: Known) -> str:
    """Say what was last recorded."""
    if known.on is None:
        return "尚未填报"
    parts = [
        known.on.isoformat(),
        state_word(known.state) if known.state else "",
        "" if known.percent is None else f"{number_text(known.percent)}%",
    ]
    text = " ".join(part for part in parts if part)
    note = known.note if known.note is None or len(known.note) <= LONGEST_NOTE else f"{known.note[:LONGEST_NOTE]}…"
    return f"{text}\n{note}" if note else text


def comment(row: Row, *, several: bool) -> str:
    """Say what stands behind a row: the words of the document, the condition, with whom."""
    item, deadline = row.item, row.item.deadline
    parts = [f"任务：{item.task.title}"]
    if deadline:
        parts += [f"要求：{deadline.what}"] if deadline.what else []
        parts += [f"文件原文：{deadline.wording}"] if deadline.wording else []
        parts += [f"条件：{deadline.condition}"] if deadline.condition else []
        parts += ["（力争完成）"] if deadline.soft else []
    parts += [f"牵头单位：{'、'.join(item.task.lead)}"] if item.task.lead else []
    parts += [f"配合单位：{'、'.join(item.task.support)}"] if item.task.support else []
    number = item.plan.document.number
    parts += [f"依据：{item.plan.title}{number or ''}"] if several or number else []
    return "\n".join(parts)[:LONGEST_COMMENT]
