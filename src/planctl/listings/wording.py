"""A plan in words, a fact a line and a blank line before each task: what `git diff` compares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.codec import decode
from planctl.listings.tasks import facts
from planctl.messages import say
from planctl.model import Plan

DIGITS = len("sha256:") + 12
"""How much of a digest is shown: enough to see that it changed."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Task
    from planctl.sources import Source


def textconv(source: Source, lang: str) -> str:
    """Put a plan into words. What is no plan, or cannot be read as one, stays as it is: git compares it all the same."""
    plan, problems = decode(source)
    if not isinstance(plan, Plan) or problems:
        return source.text
    return "".join(f"{line}\n" for line in _plan(plan, lang))


def _plan(plan: Plan, lang: str) -> Iterator[str]:
    yield say("wording.plan", lang, {"id": plan.id, "title": plan.title})
    for key, value in _identity(plan):
        if value:
            yield _fact(say(f"wording.{key}", lang), say("list", lang, {"all": value if isinstance(value, (list, tuple)) else [value]}))
    for event in plan.events:
        yield _fact(
            say("wording.event", lang), " ".join(str(part) for part in (event.on, event.at, event.name, event.ref, *event.tasks) if part)
        )
    for task in plan.tasks:
        yield ""
        yield say("wording.task", lang, {"id": task.id, "title": task.title})
        yield from _task(task, lang)


def _identity(plan: Plan) -> Iterator[tuple[str, object]]:
    for key in plan.document._fields:
        yield f"document.{key}", getattr(plan.document, key)
    yield "period", [day for day in plan.period if day]
    yield "ended", [str(part) for part in plan.ended or () if part]
    yield "note", plan.note


def _task(task: Task, lang: str) -> Iterator[str]:
    heading = ""
    if task.section:
        yield _fact(say("sheet.section", lang), " ".join(task.section))
    for key, text in facts(task, (), str, lang):
        heading = say(f"sheet.{key}", lang) if key else heading
        # The heading stands on every line, so that a line tells what it is about when it is shown alone.
        yield from (_fact(heading, line) for line in text.splitlines())
    if task.source and task.source.digest:
        yield _fact(say("wording.digest", lang), task.source.digest[:DIGITS])


def _fact(heading: str, text: str) -> str:
    return f"  {heading}  {text}"
