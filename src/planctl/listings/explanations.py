"""Explanations: why an occurrence is there and why it has its date, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.dates import MONTHS
from planctl.messages import Word, say
from planctl.model import Kind
from planctl.occurrences import awaited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import DayOf, Deadline, Extension, Progress, Task
    from planctl.statuses import Judged
    from planctl.workspace import Workspace


def explain(workspace: Workspace, judged: Judged, lang: str) -> list[str]:
    """Give the reasons of an occurrence, a line each: the rule, the quote, the start, the event, extensions, and what was recorded."""
    return [say(f"why.{key}", lang, args) for key, args in _reasons(workspace, judged, lang)]


def rule_text(deadline: Deadline, lang: str) -> str:
    """Put the rule of a deadline into words."""
    return say(*_rule(deadline, lang))


def _rule(deadline: Deadline, lang: str) -> tuple[str, str, dict[str, object]]:
    if deadline.kind is Kind.METRIC:
        return "rule.metric", lang, _metric_parts(deadline, lang)
    if deadline.kind is Kind.RECURRING:
        return "rule.recurring", lang, {"every": cycle_text(deadline, lang), "by": _by(deadline, lang), "count": count_text(deadline, lang)}
    if deadline.kind is Kind.ONCE:
        return "rule.once", lang, {"due": deadline.due}
    if deadline.kind is Kind.ONGOING:
        review = say("rule.review", lang, {"every": cycle_text(deadline, lang)}) if deadline.review else ""
        return "rule.ongoing", lang, {"review": review}
    return _relative_rule(deadline, lang)


def _metric_parts(deadline: Deadline, lang: str) -> dict[str, object]:
    every = say("rule.every", lang, {"every": cycle_text(deadline, lang) + _by(deadline, lang)}) if deadline.every else ""
    due = say("rule.due", lang, {"due": deadline.due}) if deadline.due else ""
    return {"metric": deadline.metric, "target": f" {deadline.target}" if deadline.target else "", "every": every, "due": due}


def _by(deadline: Deadline, lang: str) -> str:
    """Say the day of each period; in a quarter or half-year it is that of the last month."""
    if deadline.by is None or deadline.every is None:
        return ""
    several = deadline.by.month is None and MONTHS.get(deadline.every.unit, 1) * deadline.every.number > 1
    return say("rule.by-last" if several else "rule.by", lang, {"by": day_text(deadline.by, lang)})


def _relative_rule(deadline: Deadline, lang: str) -> tuple[str, str, dict[str, object]]:
    span = say(f"span.{deadline.within.unit}", lang, {"number": deadline.within.number}) if deadline.within else ""
    args: dict[str, object] = {"span": span, "after": deadline.after, "before": deadline.before}
    if deadline.after and deadline.before:
        return "rule.between", lang, args
    if deadline.before:
        return ("rule.within-before" if span else "rule.before"), lang, args
    hours = deadline.within is not None and deadline.within.unit == "hour"
    return ("rule.within-hours" if hours else "rule.within-after"), lang, args


def day_text(day: DayOf, lang: str) -> str:
    """Name a day of a year or of a month."""
    return say("day.of-month" if day.month is None else "day.of-year", lang, {"day": day.day, "month": day.month, "iso": day})


def cycle_text(deadline: Deadline, lang: str) -> str:
    """Name the cycle of a deadline."""
    cycle = deadline.every or deadline.review
    if cycle is None:
        return ""
    if cycle.number == 1:
        return say(f"cycle.{cycle.unit}", lang)
    return say("cycle.several", lang, {"number": cycle.number, "unit": Word(f"unit.{cycle.unit}")})


def count_text(deadline: Deadline, lang: str) -> str:
    """Say how many are owed a period."""
    of = deadline.of or say("word.times", lang)
    if deadline.exactly is not None:
        return say("count.exactly", lang, {"count": deadline.exactly, "of": of})
    if deadline.at_least is not None and deadline.at_most is not None:
        return say("count.between", lang, {"low": deadline.at_least, "high": deadline.at_most, "of": of})
    if deadline.at_least is not None:
        return say("count.at-least", lang, {"count": deadline.at_least, "of": of})
    return say("count.at-most", lang, {"count": deadline.at_most, "of": of}) if deadline.at_most is not None else ""


def _reasons(workspace: Workspace, judged: Judged, lang: str) -> Iterator[tuple[str, dict[str, object]]]:
    occurrence = judged.occurrence
    deadline, plan = occurrence.deadline, occurrence.plan
    yield "rule", {"rule": rule_text(deadline, lang)}
    if deadline.quote:
        keys = ("tasks", occurrence.task.position, "deadlines", deadline.position, "quote")
        yield "quote", {"quote": deadline.quote, "location": workspace.locate(plan.path, keys)}
    for key in ("restored", "condition", "note"):
        if getattr(deadline, key):
            yield key, {key: getattr(deadline, key)}
    if deadline.soft:
        yield "soft", {}
    if deadline.implied:
        yield "implied", {}
    yield from _dates(judged, lang)
    for extension in occurrence.extensions:
        yield "extension", extension_args(extension, lang)
    for entry in judged.entries:
        yield "entry", {"on": entry.on, "unit": entry.unit or "—", "what": entry_text(entry, judged.occurrence.task, lang)}
    if not judged.entries:
        yield "nothing", {}
    if judged.missing:
        yield "finished", {"names": list(judged.finished)}
        yield "missing", {"names": list(judged.missing)}


def extension_args(extension: Extension, lang: str) -> dict[str, object]:
    """Give what the sentence about an extension needs."""
    said = {"by": extension.by or "—", "number": bracketed(extension.number, lang), "reason": extension.reason or "—"}
    return {**extension._asdict(), "approved": extension.approved or "—", "requested": extension.requested or "—", **said}


def bracketed(text: str | None, lang: str) -> str:
    """Put what may be absent into brackets."""
    return say("brackets", lang, {"text": text}) if text else ""


def _dates(judged: Judged, lang: str) -> Iterator[tuple[str, dict[str, object]]]:
    occurrence = judged.occurrence
    if occurrence.event:
        yield "event", {"name": occurrence.event.name, "on": occurrence.event.on, "ref": bracketed(occurrence.event.ref, lang)}
    elif occurrence.original is None:
        yield "awaiting", {"name": awaited(occurrence.deadline)}
    if occurrence.first and occurrence.due:
        yield "window", {"first": occurrence.first, "last": occurrence.due}
    if occurrence.last and occurrence.plan.start and not occurrence.deadline.start:
        yield "start", {"start": occurrence.plan.start}
    if occurrence.provisional:
        yield "provisional", {}


def entry_text(entry: Progress, task: Task | None, lang: str) -> str:
    """Put a progress entry into a few words; the task knows what it counts."""
    parts = [say(f"state.{entry.state.value}", lang)] if entry.state else []
    of = counted_in(task, entry.deadline) if task else None
    parts += [counted_text(f"{entry.counted}", of, lang)] if entry.counted is not None else []
    figures = (("value", entry.value), ("percent", entry.percent))
    parts += [say(f"entry.{key}", lang, {key: f"{value:.12g}"}) for key, value in figures if value is not None]
    parts += [entry.note] if entry.note else []
    parts += [say("entry.evidence", lang, {"evidence": entry.evidence})] if entry.evidence else []
    return (", " if lang == "en" else "，").join(parts)


def counted_text(count: str, of: str | None, lang: str) -> str:
    """Say a count with what is counted."""
    return say("entry.count.of" if of else "entry.count", lang, {"count": count, "of": of})


def counted_in(task: Task, deadline: str | None) -> str | None:
    """Say what the entries of a deadline count (`of:`); those that name none are of the only one."""
    known = [each for each in task.deadlines if deadline in {each.id, None}]
    return known[0].of if len(known) == 1 else None
