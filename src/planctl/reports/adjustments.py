"""The facts of the 任务调整对照表: what was adjusted, before and after, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes import ChangeKind, Level, compare
from planctl.listings.changes import remarks
from planctl.listings.explanations import entry_text, rule_text
from planctl.listings.phrasing import joined, time_of, value_text, what_text
from planctl.listings.statements import Sides, statement
from planctl.messages import say
from planctl.reports.periods import day_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planctl.changes import Change
    from planctl.changes.remarks import Remark
    from planctl.model import Extension, Task
    from planctl.workspace import Workspace

NAME = "任务调整对照表"
LANG = "zh"
"""As every report."""
NOTHING = "—"
WITHOUT = "没有依据"
DECISIONS = ("cancelled", "ended")
DECIDED = ("title", "lead", "support", "basis", "tasks", "plans", "groups.members", "deadlines", "document.", "period.", "deadlines.")
"""What only a decision changes: where none is known, that is said."""
CONSEQUENCES = ("deadlines.status", "deadlines.id", "deadlines.note")
"""What follows of itself, or changes nothing that is owed."""
RECORDS = {
    "tasks": "任务",
    "deadlines": "时限",
    "plans": "方案",
    "progress": "进展记录",
    "events": "事件",
    "units": "单位",
    "groups": "单位集合",
}
"""What is adjusted where a whole record is."""
PLACES = {"section": "章节", "order": "顺序（排在何者之后）", "plan": "所在方案"}


class Texts(NamedTuple):
    """Both states: what they are called, and how an official table names them, by their days where they have some."""

    old: str
    new: str
    before: str
    after: str


class Adjustment(NamedTuple):
    """A change as a row of the table."""

    item: str
    old: str
    new: str


def facts(shown: Sequence[Remark], sides: Sides, day: date, texts: Texts) -> dict[str, Any]:
    """Derive the facts of the table from changes put into words.

    Args:
        shown: the changes.
        sides: both states.
        day: the day of the table.
        texts: what both states are called.
    """
    changed = list(dict.fromkeys(remark.change.plan for remark in shown if remark.change.plan))
    plans = [plan for plan in sides.new.plans if plan.id in changed]
    organisations = list(dict.fromkeys(sides.new.organisation_of(plan) for plan in plans))
    levels = [remark.change.level for remark in shown]
    return {
        "report": {
            "name": NAME,
            "organisation": organisations[0] if len(organisations) == 1 else "",
            "day": day.isoformat(),
            "day_text": day_text(day),
            **texts._asdict(),
        },
        "counts": {level.value: levels.count(level) for level in Level},
        "levels": [f"{say(f'change.level.{level}', LANG)} {levels.count(level)} 处" for level in Level if level in levels],
        "headings": list(dict.fromkeys(remark.heading for remark in shown)),
        "plans": [{"id": plan.id, "title": plan.title, "number": plan.document.number} for plan in plans],
        "changes": [_row(number, remark, sides) for number, remark in enumerate(shown, start=1)],
    }


def sample(workspace: Workspace, day: date) -> dict[str, Any]:
    """Give facts to try a template with: as if the last task of each plan were new."""
    before = workspace.with_plans([plan._replace(tasks=plan.tasks[:-1]) for plan in workspace.plans])
    sides = Sides(before, workspace)
    return facts(list(remarks(compare(before, workspace), sides, LANG)), sides, day, Texts("A", "B", "A", "B"))


def _row(number: int, remark: Remark, sides: Sides) -> dict[str, Any]:
    change = remark.change
    return {
        "number": number,
        "heading": remark.heading,
        "plan": change.plan,
        "task": change.task,
        "subject": remark.subject,
        "level": say(f"change.level.{change.level}", LANG),
        **_adjustment(change, sides)._asdict(),
        "basis": _basis(change, sides) or NOTHING,
    }


def _adjustment(change: Change, sides: Sides) -> Adjustment:
    record = (sides.after(change) if change.after else sides.before(change)).record
    task = sides.task_of(change)
    time = time_of(task, change.deadline, LANG)
    if change.field == "extensions" and record:
        head = f"{time}延期" if change.deadline else "延期"
        moved = Adjustment(head if record.approved else f"{head}（申请）", record.old.isoformat(), record.new.isoformat())
        return moved if change.after else Adjustment(f"删去{moved.item}记录", moved.new, moved.old)
    if change.field == "deadlines.kind":
        old, new = sides.before(change).record, sides.after(change).record
        return Adjustment(time, rule_text(old, LANG), rule_text(new, LANG))
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED):
        said = _said(change, sides)
        item = RECORDS.get(change.field, "设置")
        return Adjustment(f"新增{item}", NOTHING, said) if change.after else Adjustment(f"删去{item}", said, NOTHING)
    old_text, new_text = (value_text(change.field, value, LANG) for value in (change.old, change.new))
    if change.kind is ChangeKind.MOVED:
        return Adjustment(PLACES.get(change.field, f"{time}移动"), old_text, new_text)
    if change.field == "deadlines.soft":
        old_text, new_text = ("力争" if value else "硬性要求" for value in (change.old, change.new))
    return Adjustment(_item(change, task), old_text, new_text)


def _item(change: Change, task: Task | None) -> str:
    if change.field == "status":
        return "状态"
    several = change.details.get("occurrences")
    if change.field == "deadlines.status" and isinstance(several, list):
        return f"{several[0]}{f' 等 {len(several)} 期' if len(several) > 1 else ''} 的状态"
    return time_of(task, change.deadline, LANG) if change.field == "deadlines.soft" else what_text(change, task, LANG)


def _said(change: Change, sides: Sides) -> str:
    """Put a whole record into a few words."""
    found = sides.after(change) if change.after else sides.before(change)
    if change.field == "deadlines" and found.record:
        return "，".join(part for part in (found.record.what, rule_text(found.record, LANG)) if part)
    if change.field == "progress" and found.record:
        return joined(found.record.on, found.record.unit, entry_text(found.record, found.task, LANG))
    if change.field == "events" and found.record:
        return f"{found.record.on} {found.record.name}"
    if change.field == "tasks" and found.task:
        return f"{found.task.title}（牵头：{'、'.join(found.task.lead) or '无'}）"
    if change.field == "plans" and found.plan:
        return found.plan.title
    return statement(change, sides, LANG)


def _basis(change: Change, sides: Sides) -> str:
    """Say what an adjustment rests on: the approval of an extension, a decision, or the tasks that took it over."""
    found = sides.after(change) if change.after else sides.before(change)
    if change.field in DECISIONS and isinstance(change.new, dict):
        return "，".join(str(part) for part in (change.new.get("by"), change.new.get("reason")) if part)
    extension: Extension | None = found.record if change.field.partition(".")[0] == "extensions" else None
    if change.field == "deadlines.due" and found.task:
        extension = next((each for each in found.task.extensions if (each.old, each.new) == (change.old, change.new)), None)
    if extension:
        approved = f"{extension.approved} {extension.by or ''}批准" if extension.approved else "尚未批准"
        return "，".join(part for part in (extension.number, approved, extension.reason) if part)
    if change.details.get("into") or change.details.get("from"):
        return statement(change, sides, LANG)
    if change.details.get("extension") is False:
        return "没有延期批准"
    return WITHOUT if change.field not in CONSEQUENCES and change.field.startswith(DECIDED) else ""
