"""The list of tasks, and one task in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.listings.due import due_text, marks, missing_text, status_text
from planctl.listings.explanations import entry_text, extension_args, rule_text
from planctl.messages import say
from planctl.model import Kind, Span
from planctl.statuses import undated
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planctl.model import Deadline, Plan, Task
    from planctl.statuses import Judged, Status
    from planctl.workspace import Workspace


class Item(NamedTuple):
    """A task with its status."""

    plan: Plan
    task: Task
    status: Status


def record(workspace: Workspace, item: Item) -> dict[str, Any]:
    """Give a task as the record of `planctl tasks --format json`."""
    task = item.task
    canonical = workspace.directory_of(item.plan).canonical
    return {
        "plan": item.plan.id,
        "task": task.id,
        "title": task.title,
        "section": list(task.section),
        "lead": [canonical(name) for name in task.lead],
        "support": [canonical(name) for name in task.support],
        "basis": task.basis.value if task.basis else None,
        "shared_by_duty": task.shared_by_duty,
        "open_list": task.open_list,
        "status": item.status.value,
        "tags": list(task.tags),
        "upstream": list(task.upstream),
        "note": task.note,
        "deadlines": [deadline_record(deadline, canonical) for deadline in task.deadlines],
    }


def deadline_record(deadline: Deadline, canonical: Callable[[str], str]) -> dict[str, Any]:
    """Give a deadline as a record: what all kinds have, what is set, and what its kind has."""
    common = {"id": deadline.id, "kind": deadline.kind.value, "what": deadline.what, "quote": deadline.quote}
    flags = {name: True for name in ("soft", "vague", "implied") if getattr(deadline, name)}
    words = {name: getattr(deadline, name) for name in ("condition", "restored", "note") if getattr(deadline, name)}
    names = {name: [canonical(unit) for unit in getattr(deadline, name)] for name in ("actors", "recipients") if getattr(deadline, name)}
    return {**common, **_kind_record(deadline), **names, **flags, **words}


def _kind_record(deadline: Deadline) -> dict[str, Any]:
    start = {"from": deadline.start.isoformat()} if deadline.start else {}
    if deadline.kind is Kind.ONCE:
        return {"due": deadline.due.isoformat() if deadline.due else None, **start}
    if deadline.kind is Kind.RECURRING:
        return {**_cycle(deadline), **_count(deadline), "of": deadline.of, **start}
    if deadline.kind is Kind.RELATIVE:
        return _relative(deadline)
    if deadline.kind is Kind.ONGOING:
        return {"review": str(deadline.review) if deadline.review else None, **start}
    return _metric(deadline) | start


def _cycle(deadline: Deadline) -> dict[str, Any]:
    return {"every": str(deadline.every) if deadline.every else None, "by": str(deadline.by) if deadline.by else None}


def _count(deadline: Deadline) -> dict[str, Any]:
    for op, count in (("=", deadline.exactly), (">=", deadline.at_least), ("<=", deadline.at_most)):
        if count is not None:
            upper = {"at_most": deadline.at_most} if op == ">=" and deadline.at_most is not None else {}
            return {"count": count, "op": op, **upper}
    return {"count": None, "op": None}


def _relative(deadline: Deadline) -> dict[str, Any]:
    backward = bool(deadline.before) and not deadline.after
    both = {"until": deadline.before} if deadline.after and deadline.before else {}
    return {
        "offset": duration(deadline.within, backward=backward) if deadline.within else None,
        "working_days": bool(deadline.within and deadline.within.unit == "working-day"),
        "anchor": deadline.after or deadline.before,
        **both,
    }


def duration(span: Span, *, backward: bool = False) -> str:
    """Write a span as an ISO 8601 duration, with a minus sign in front where it counts back."""
    letter = {"hour": "TH", "day": "D", "working-day": "D", "week": "W", "month": "M", "year": "Y"}[span.unit]
    text = f"P{letter[:-1]}{span.number}{letter[-1]}"
    return f"-{text}" if backward else text


def _metric(deadline: Deadline) -> dict[str, Any]:
    target = deadline.target
    figures: dict[str, Any] = {"metric": deadline.metric, "op": None, "value": None, "unit": None}
    if target:
        value = int(target.value) if target.value.is_integer() else target.value
        figures |= {"op": target.op, "value": value, "unit": target.unit}
    figures |= {"due": deadline.due.isoformat()} if deadline.due else {}
    return figures | (_cycle(deadline) if deadline.every else {})


def table(workspace: Workspace, items: Sequence[Item], lang: str) -> Table:
    """Lay tasks out for people. The plan is left out where all are of one."""
    several = len({item.plan.id for item in items}) > 1
    columns = (
        *((Column(say("column.plan", lang), wraps=False),) if several else ()),
        Column(say("column.task", lang), wraps=False),
        Column(say("column.title", lang)),
        Column(say("column.lead", lang)),
        Column(say("column.support", lang)),
        Column(say("column.status", lang), wraps=False),
    )
    rows = tuple(_row(workspace, item, lang, several=several) for item in items)
    stacks = ((1, 0), (2,), (3,), (4,), (5,)) if several else ()
    return Table(columns, rows, tuple(item.status.value for item in items), tone_column=len(columns) - 1, stacks=stacks)


def _row(workspace: Workspace, item: Item, lang: str, *, several: bool) -> tuple[str, ...]:
    canonical = workspace.directory_of(item.plan).canonical
    lead, support = (say("list", lang, {"all": [canonical(name) for name in names]}) for names in (item.task.lead, item.task.support))
    status = say(f"status.{item.status.value}", lang)
    return (*((item.plan.id,) if several else ()), item.task.id, item.task.title, lead, support, status)


def sheet(workspace: Workspace, item: Item, near: Sequence[Judged], lang: str) -> list[tuple[str, str]]:
    """Write one task in full, as pairs of a heading and a text; an empty heading goes on with the one above."""
    return [(say(f"sheet.{key}", lang) if key else "", text) for key, text in _sheet(workspace, item, near, lang) if text]


def _sheet(workspace: Workspace, item: Item, near: Sequence[Judged], lang: str) -> Iterator[tuple[str, str]]:
    plan, task = item.plan, item.task
    canonical = workspace.directory_of(plan).canonical
    yield "plan", f"{plan.title} ({plan.id})"
    yield "task", f"{task.id} {task.title}"
    yield "section", " ".join(task.section)
    missing = () if near else undated(task, workspace.directory_of(plan))[1]
    yield "status", " ".join([say(f"status.{item.status.value}", lang), *([missing_text(missing, lang)] if missing else [])])
    yield from facts(task, near, canonical, lang)
    yield "source", str(workspace.locate(plan.path, ("tasks", task.position)))


def facts(task: Task, near: Sequence[Judged], canonical: Callable[[str], str], lang: str) -> Iterator[tuple[str, str]]:
    """Give what a task says, as pairs of a key and a text, some of them empty; `near` are the occurrences to show with its deadlines."""
    for role, names in (("lead", task.lead), ("support", task.support)):
        yield role, say("list", lang, {"all": [canonical(name) for name in names]})
    yield "basis", say(f"basis.{task.basis.value}", lang) if task.basis else ""
    flags = [say(f"flag.{name}", lang) for name in ("shared_by_duty", "open_list") if getattr(task, name)]
    yield "flags", say("list", lang, {"all": flags})
    yield "upstream", say("list", lang, {"all": task.upstream})
    yield "note", task.note or ""
    if task.cancelled:
        yield "cancelled", " ".join(str(part) for part in task.cancelled if part)
    for deadline in task.deadlines:
        yield from _deadline_lines(deadline, [each for each in near if each.occurrence.deadline == deadline], canonical, lang)
    for position, entry in enumerate(task.progress):
        yield "" if position else "progress", f"{entry.on} {entry.unit or '—'} {entry_text(entry, task, lang)}"
    for position, extension in enumerate(task.extensions):
        key = "sheet.extension" if extension.approved else "sheet.request"
        yield "" if position else "extensions", say(key, lang, extension_args(extension, lang))


def _deadline_lines(deadline: Deadline, near: Sequence[Judged], canonical: Callable[[str], str], lang: str) -> Iterator[tuple[str, str]]:
    yield "deadline", " ".join(part for part in (deadline.id, deadline.what) if part)
    yield "", rule_text(deadline, lang)
    for key, names in (("actors", deadline.actors), ("recipients", deadline.recipients)):
        if names:
            yield "", say(f"deadline.{key}", lang, {"all": [canonical(name) for name in names]})
    if deadline.quote:
        yield "", say("deadline.quote", lang, {"quote": deadline.quote})
    flags = [say(f"mark.{name}", lang) for name in ("soft", "vague", "implied") if getattr(deadline, name)]
    yield "", say("list", lang, {"all": flags})
    for key in ("restored", "condition", "note"):
        if getattr(deadline, key):
            yield "", say(f"why.{key}", lang, {key: getattr(deadline, key)})
    for each in near:
        head = say("sheet.period", lang, {"period": each.occurrence.period}) if each.occurrence.period else "→ "
        told = [mark for mark in marks(each, lang) if mark not in flags]
        yield "", head + " ".join([due_text(each), status_text(each, lang), *told])
