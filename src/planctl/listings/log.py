"""The log: what was recorded in the plans, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes.records import plain
from planctl.listings.explanations import bracketed, entry_text
from planctl.messages import say
from planctl.model import Decision, Event, Extension, Progress
from planctl.queries import check_unit, chosen_plans, find_task, names_of
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planctl.model import Plan, Task
    from planctl.workspace import Workspace

Record = Progress | Extension | Event | Decision
COLUMNS = ("day", "plan", "task", "unit", "kind", "recorded")


class Line(NamedTuple):
    """One thing recorded."""

    on: date
    plan: Plan
    task: Task | None
    unit: str | None
    """Who reported or decided it."""
    kind: str
    record: Record


class Shown(NamedTuple):
    """Which lines are asked for; an empty field asks for all."""

    plans: tuple[str, ...] = ()
    task: str | None = None
    unit: str | None = None
    since: date | None = None


def lines(workspace: Workspace, shown: Shown) -> list[Line]:
    """List what was recorded, the newest first; of a day, what stands last in the file.

    Raises:
        UnknownNameError, AmbiguousTaskError: no plan, task or unit has the name that is asked for, or several tasks have.
    """
    if shown.unit:
        check_unit(workspace, shown.unit)
    chosen = find_task(workspace, shown.task, shown.plans) if shown.task else None
    found = []
    for plan in [chosen[0]] if chosen else chosen_plans(workspace, shown.plans):
        tasks = [chosen[1]] if chosen else list(plan.tasks)
        of_plan = [line for task in tasks for line in _of_task(workspace, plan, task)]
        of_plan += _of_plan(plan, chosen[1] if chosen else None)
        names = names_of(workspace.directory_of(plan), shown.unit) if shown.unit else None
        found += [line for line in of_plan if (names is None or line.unit in names) and (shown.since is None or line.on >= shown.since)]
    found.reverse()
    return sorted(found, key=lambda line: line.on, reverse=True)


def _of_task(workspace: Workspace, plan: Plan, task: Task) -> Iterator[Line]:
    canonical = workspace.directory_of(plan).canonical
    for entry in task.progress:
        yield Line(entry.on, plan, task, canonical(entry.unit) if entry.unit else None, "progress", entry)
    for extension in task.extensions:
        on = extension.approved or extension.requested or extension.old
        yield Line(on, plan, task, canonical(extension.by) if extension.by else None, "extensions", extension)
    if task.cancelled:
        yield Line(task.cancelled.on, plan, task, canonical(task.cancelled.by) if task.cancelled.by else None, "cancelled", task.cancelled)


def _of_plan(plan: Plan, task: Task | None) -> Iterator[Line]:
    for event in plan.events:
        if task is None or not event.tasks or task.id in event.tasks:
            yield Line(event.recorded or event.on, plan, None, None, "events", event)
    if plan.ended:
        yield Line(plan.ended.on, plan, None, plan.ended.by, "ended", plan.ended)


def record(line: Line) -> dict[str, Any]:
    """Give a line as the record of `planctl log --format json`."""
    said = plain(line.record)
    tasks = _tasks(line)
    return {
        "on": line.on.isoformat(),
        "plan": line.plan.id,
        "task": tasks[0] if len(tasks) == 1 else None,
        "unit": line.unit,
        "kind": line.kind,
        "record": _dated(said),
    }


def _dated(value: Any) -> Any:  # noqa: ANN401 - plain values
    if isinstance(value, dict):
        return {key: _dated(each) for key, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def table(found: Sequence[Line], lang: str) -> Table:
    """List lines for people."""
    columns = tuple(Column(say(f"column.{name}", lang), wraps=name == "recorded") for name in COLUMNS)
    return Table(columns, tuple(_row(line, lang) for line in found))


def _row(line: Line, lang: str) -> tuple[str, ...]:
    what = _what(line.record, line.task, lang)
    return line.on.isoformat(), line.plan.id, "、".join(_tasks(line)), line.unit or "", say(f"log.{line.kind}", lang), what


def _tasks(line: Line) -> tuple[str, ...]:
    """Name the tasks of a line; an event may be that of several."""
    return (line.task.id,) if line.task else line.record.tasks if isinstance(line.record, Event) else ()


def _what(found: Record, task: Task | None, lang: str) -> str:
    if isinstance(found, Progress):
        named = " ".join(part for part in (found.deadline, found.period) if part)
        return " ".join(part for part in (named, entry_text(found, task, lang)) if part)
    if isinstance(found, Extension):
        named = " ".join(part for part in (found.deadline, found.period) if part)
        return f"{named} {found.old} → {found.new}{bracketed(found.reason, lang)}".strip()
    if isinstance(found, Event):
        return f"{found.on} {found.name}{bracketed(found.ref, lang)}"
    return found.reason or ""
