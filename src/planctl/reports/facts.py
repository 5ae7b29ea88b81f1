"""The facts of a report: everything that a template may say, finished and in words, derived from the workspace, a day and a scope.

Templates hold no queries and no date arithmetic; what they need is here, and `planctl report NAME --data json` shows it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.dates import DAY
from planctl.lights import PRESSING, Light, days_late, light, light_of_task
from planctl.listings.due import status_text
from planctl.listings.explanations import entry_text, rule_text
from planctl.messages import say
from planctl.model import State
from planctl.queries import Role as UnitRole
from planctl.queries import Selection, named_in, names_of, owes, select
from planctl.reports.periods import ReportPeriod, day_text
from planctl.statuses import OPEN, Judged, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.model import Plan, Task
    from planctl.queries import Judge

LANG = "zh"
"""Reports are official documents, and those are Chinese; the templates are too."""
COLOURS = {colour: say(f"light.{colour}", LANG) for colour in PRESSING}
UNDER_WAY = OPEN - {Status.SUSPENDED, Status.AWAITING_EVENT}
"""Open, and somebody can be asked how it stands."""


class Scope(NamedTuple):
    """What a report is about."""

    judge: Judge
    selection: Selection
    period: ReportPeriod | None = None


class _Item(NamedTuple):
    plan: Plan
    task: Task
    status: Status
    near: list[Judged]
    light: Light


def facts(name: str, scope: Scope) -> dict[str, Any]:
    """Derive all facts of a report."""
    judge, period = scope.judge, scope.period
    items = [_item(judge, plan, task) for plan, task in select(judge.workspace, scope.selection)]
    owed = [each for item in items for each in _owed(item, scope)]
    within = [each for each in owed if _in(each, period)]
    upcoming = _next(items, scope)
    awaiting = [each for item in items for each in _of_unit(item, item.near, scope) if each.status is Status.AWAITING_EVENT]
    plans = list({id(item.plan): item.plan for item in items}.values())
    return {
        "report": _report(name, scope, plans),
        "plans": [_plan(plan) for plan in plans],
        "counts": _counts(judge, items, within),
        "lights": [{"light": COLOURS[colour], "tasks": sum(item.light.colour == colour for item in items)} for colour in PRESSING],
        "units": _units(judge, items, within),
        "sections": _sections(items, within),
        "tasks": [_task(judge, number, item, scope.selection.unit) for number, item in enumerate(items, start=1)],
        "due": [occurrence_facts(judge, each) for each in within],
        "overdue": [occurrence_facts(judge, each) for each in owed if each.status is Status.OVERDUE],
        "done": [occurrence_facts(judge, each) for each in within if each.status is Status.DONE],
        "next": [occurrence_facts(judge, each) for each in upcoming],
        "awaiting": [occurrence_facts(judge, each) for each in awaiting],
        "silent": _silent(judge, items, period),
        "extensions": [found for item in items for found in _extensions(item, period)],
        "progress": sorted((found for item in items for found in _progress(judge, item, period)), key=lambda found: found["on"]),
    }


def _item(judge: Judge, plan: Plan, task: Task) -> _Item:
    near = judge.near(plan, task)
    status = judge.status(plan, task)
    rules = judge.workspace.settings.lights
    return _Item(plan, task, status, near, light_of_task(task, status, near, judge.day, rules))


def _owed(item: _Item, scope: Scope) -> list[Judged]:
    """What falls due up to the end of the period, or up to now where there is none."""
    until = scope.period.last if scope.period else scope.judge.day
    found = scope.judge.occurrences(item.plan, item.task, until)
    return [each for each in _of_unit(item, found, scope) if each.occurrence.due]


def _of_unit(item: _Item, found: Iterable[Judged], scope: Scope) -> Iterable[Judged]:
    """Leave out what the unit that is asked about does not owe although it has a part in the task."""
    unit = scope.selection.unit
    directory = scope.judge.workspace.directory_of(item.plan)
    return [each for each in found if owes(directory, unit, each)] if unit else found


def _in(judged: Judged, period: ReportPeriod | None) -> bool:
    due = judged.occurrence.due
    return due is not None and (period is None or period.first <= due <= period.last)


def _next(items: Iterable[_Item], scope: Scope) -> list[Judged]:
    """What falls due in the period after this one, or in the next thirty days."""
    judge = scope.judge
    first, last = judge.day + DAY, judge.day + 30 * DAY
    if scope.period:
        following = scope.period.following()
        first, last = following.first, following.last
    found = [each for item in items for each in _of_unit(item, judge.occurrences(item.plan, item.task, last), scope)]
    ahead = [each for each in found if each.status in OPEN and each.occurrence.due and first <= each.occurrence.due <= last]
    return sorted(ahead, key=lambda each: each.occurrence.due or date.max)


def _report(name: str, scope: Scope, plans: Sequence[Plan]) -> dict[str, Any]:
    day, period = scope.judge.day, scope.period
    organisations = list(dict.fromkeys(scope.judge.workspace.organisation_of(plan) for plan in plans))
    return {
        "name": name,
        "day": day.isoformat(),
        "day_text": day_text(day),
        "year": (period.first if period else day).year,
        "period": period.label if period else None,
        "period_text": period.text if period else "",
        "next_text": period.following().text if period else "今后三十天",
        "first_text": day_text(period.first) if period else "",
        "last_text": day_text(period.last) if period else "",
        "organisation": "、".join(organisations),
        "unit": scope.selection.unit,
        "section": scope.selection.section,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    document, period = plan.document, plan.period
    return {
        "id": plan.id,
        "title": plan.title,
        "number": document.number or "",
        "issuers": list(document.issuers),
        "addressees": list(document.addressees),
        "issued_text": day_text(document.issued),
        "end_text": day_text(period.end) if period.end else "长期",
        "note": plan.note or "",
    }


def _counts(judge: Judge, items: Sequence[_Item], within: Sequence[Judged]) -> dict[str, Any]:
    late = sum(days_late(each) > 0 for each in within)
    return {
        "tasks": len(items),
        "leads": len({name for item in items for name in _leads(judge, item.plan, item.task)}),
        "obligations": len(within),
        **{status.value.replace("-", "_"): sum(each.status is status for each in within) for status in Status},
        "pending": sum(each.status in (Status.DUE, Status.UPCOMING) for each in within),
        "late": late,
        "on_time": sum(each.status is Status.DONE for each in within) - late,
        "rate": _rate(within),
        "tasks_done": sum(item.status is Status.DONE for item in items),
        "tasks_overdue": sum(item.status is Status.OVERDUE for item in items),
        "tasks_standing": sum(item.status is Status.STANDING for item in items),
    }


def _rate(within: Sequence[Judged]) -> str:
    """Give the share that was done in time. Suspended and cancelled ones are taken out: nobody can be late with them."""
    counted = [each for each in within if each.status not in (Status.SUSPENDED, Status.CANCELLED)]
    in_time = sum(each.status is Status.DONE and not days_late(each) for each in counted)
    return f"{in_time / len(counted):.1%}" if counted else "—"


def _units(judge: Judge, items: Sequence[_Item], within: Sequence[Judged]) -> list[dict[str, Any]]:
    """Count by unit: the tasks that it leads, and what it owes itself. What several owe together counts for each."""
    leads = [name for item in items for name in _leads(judge, item.plan, item.task)]
    rows = []
    for name in dict.fromkeys([*leads, *(name for each in within for name in _owners(judge, each))]):
        led = [item for item in items if name in _leads(judge, item.plan, item.task)]
        rows.append({"unit": name, **_row(led, [each for each in within if name in _owners(judge, each)])})
    return rows


def _owners(judge: Judge, judged: Judged) -> list[str]:
    """Name who owes an occurrence: its actors, or else the leads of its task."""
    occurrence = judged.occurrence
    canonical = judge.workspace.directory_of(occurrence.plan).canonical
    return [canonical(name) for name in occurrence.deadline.actors or occurrence.task.lead]


def _leads(judge: Judge, plan: Plan, task: Task) -> list[str]:
    canonical = judge.workspace.directory_of(plan).canonical
    return [canonical(name) for name in task.lead]


def _row(items: Sequence[_Item], due: Sequence[Judged]) -> dict[str, Any]:
    return {
        "tasks": len(items),
        "due": len(due),
        "done": sum(each.status is Status.DONE for each in due),
        "late": sum(days_late(each) > 0 for each in due),
        "overdue": sum(each.status is Status.OVERDUE for each in due),
        "halted": sum(each.status in (Status.SUSPENDED, Status.CANCELLED) for each in due),
        "rate": _rate(due),
        **{colour: sum(item.light.colour == colour for item in items) for colour in PRESSING},
    }


def _sections(items: Sequence[_Item], within: Sequence[Judged]) -> list[dict[str, Any]]:
    rows = []
    for plan_id, section in dict.fromkeys((item.plan.id, item.task.section[:1]) for item in items):
        of_section = [item for item in items if (item.plan.id, item.task.section[:1]) == (plan_id, section)]
        due = [each for each in within if (each.occurrence.plan.id, each.occurrence.task.section[:1]) == (plan_id, section)]
        rows.append({"plan": plan_id, "section": "".join(section) or "—", **_row(of_section, due)})
    return rows


def _task(judge: Judge, number: int, item: _Item, unit: str | None) -> dict[str, Any]:
    plan, task = item.plan, item.task
    canonical = judge.workspace.directory_of(plan).canonical
    entries = sorted(task.progress, key=lambda entry: entry.on)
    latest = entries[-1] if entries else None
    done = item.status is Status.DONE
    next_due = [each for each in item.near if each.status in OPEN and each.occurrence.due]
    return {
        "number": number,
        "plan": plan.id,
        "plan_title": plan.title,
        "document": plan.document.number or plan.title,
        "id": task.id,
        "title": task.title,
        "section": "".join(task.section),
        "chapter": "".join(task.section[:1]),
        "lead": [canonical(name) for name in task.lead],
        "support": [canonical(name) for name in task.support],
        "role": _role(judge, item, unit),
        "measures": [deadline.what or deadline.quote or "" for deadline in task.deadlines],
        "deadlines": [_deadline_text(deadline) for deadline in task.deadlines],
        "status": say(f"status.{item.status.value}", LANG),
        "light": COLOURS[item.light.colour],
        "light_reason": reason(item.light),
        "percent": "100%" if done else next((f"{entry.percent:g}%" for entry in reversed(entries) if entry.percent is not None), ""),
        "accepted_on": next((entry.on.isoformat() for entry in entries if entry.state is State.ACCEPTED), ""),
        "done_on": next((entry.on.isoformat() for entry in reversed(entries) if done and entry.state in (State.DONE, State.CLOSED)), ""),
        "closed_on": next((entry.on.isoformat() for entry in reversed(entries) if entry.state is State.CLOSED), ""),
        "latest": " ".join(filter(None, (latest.on.isoformat(), latest.unit, entry_text(latest, task, LANG)))) if latest else "",
        "evidence": list(dict.fromkeys(str(each) for entry in entries for each in entry.evidence)),
        "extensions": sum(extension.approved is not None for extension in task.extensions),
        "due": min((each.occurrence.due.isoformat() for each in next_due if each.occurrence.due), default=""),
        "note": task.note or "",
    }


def _role(judge: Judge, item: _Item, unit: str | None) -> str:
    if unit is None:
        return ""
    directory = judge.workspace.directory_of(item.plan)
    names = names_of(directory, unit)
    for role in (UnitRole.LEAD, UnitRole.SUPPORT):
        if not names.isdisjoint(map(directory.canonical, named_in(item.task, role))):
            return say(f"role.{role.value}", LANG)
    return say("role.actor", LANG)


def _deadline_text(deadline: Any) -> str:  # noqa: ANN401 - a Deadline; named so for the template's sake
    text = deadline.quote or "" if deadline.vague else rule_text(deadline, LANG)
    return f"{text}({say('mark.vague', LANG)})" if deadline.vague else text


def reason(light_: Light) -> str:
    """Say why a light has its colour: the rule that held, with its figures."""
    return say(f"light.why.{light_.condition}", LANG, {"rule": light_.rule, **light_.figures})


def occurrence_facts(judge: Judge, judged: Judged) -> dict[str, Any]:
    """Give an occurrence as a template may use it."""
    occurrence = judged.occurrence
    plan, task, deadline = occurrence.plan, occurrence.task, occurrence.deadline
    canonical = judge.workspace.directory_of(plan).canonical
    its_light = light(judged, judge.day, judge.workspace.settings.lights)
    last = judged.entries[-1] if judged.entries else None
    return {
        "plan": plan.id,
        "plan_title": plan.title,
        "task": task.id,
        "title": task.title,
        "occurrence": occurrence.id,
        "period": occurrence.period or "",
        "what": deadline.what or task.title,
        "quote": deadline.wording or "",
        "owners": [canonical(name) for name in deadline.actors or task.lead],
        "lead": [canonical(name) for name in task.lead],
        "due": occurrence.due.isoformat() if occurrence.due else "",
        "due_text": day_text(occurrence.due),
        "original_due": occurrence.original.isoformat() if occurrence.original else "",
        "extended": bool(occurrence.extensions),
        "days": abs(judged.days_left or 0),
        "days_late": days_late(judged),
        "status": say(f"status.{judged.status.value}", LANG),
        "status_text": status_text(judged, LANG),
        "light": COLOURS[its_light.colour],
        "light_reason": reason(its_light),
        "latest": f"{last.on} {entry_text(last, occurrence.task, LANG)}" if last else "",
        "provisional": occurrence.provisional,
    }


def _silent(judge: Judge, items: Sequence[_Item], period: ReportPeriod | None) -> list[dict[str, Any]]:
    """The first leads that have open tasks and recorded nothing in the period, with those tasks."""
    first = period.first if period else judge.day - 31 * DAY
    last = period.last if period else judge.day
    silent: dict[str, list[str]] = {}
    for item in items:
        if item.status not in UNDER_WAY or any(first <= entry.on <= last for entry in item.task.progress):
            continue
        for name in _leads(judge, item.plan, item.task)[:1]:
            silent.setdefault(name, []).append(item.task.id)
    return [{"unit": name, "tasks": tasks} for name, tasks in silent.items()]


def _extensions(item: _Item, period: ReportPeriod | None) -> list[dict[str, Any]]:
    return [
        {
            "task": item.task.id,
            "title": item.task.title,
            "from": extension.old.isoformat(),
            "to": extension.new.isoformat(),
            "approved": extension.approved.isoformat(),
            "by": extension.by or "",
            "number": extension.number or "",
            "reason": extension.reason or "",
        }
        for extension in item.task.extensions
        if extension.approved and (period is None or period.first <= extension.approved <= period.last)
    ]


def _progress(judge: Judge, item: _Item, period: ReportPeriod | None) -> list[dict[str, Any]]:
    canonical = judge.workspace.directory_of(item.plan).canonical
    return [
        {
            "task": item.task.id,
            "title": item.task.title,
            "on": entry.on.isoformat(),
            "on_text": day_text(entry.on),
            "unit": canonical(entry.unit) if entry.unit else "",
            "text": entry_text(entry, item.task, LANG),
            "note": entry.note or "",
        }
        for entry in sorted(item.task.progress, key=lambda entry: entry.on)
        if period is None or period.first <= entry.on <= period.last
    ]
