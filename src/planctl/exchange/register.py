"""The register (台账): what is owed and how it stands, a row an obligation or an occurrence; as values, and as a table of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.exchange.extent import obligations
from planctl.lights import light, light_of_task
from planctl.listings.due import marks
from planctl.listings.explanations import count_text, entry_text, rule_text
from planctl.messages import say
from planctl.model import State
from planctl.statuses import OPEN, Status, total, undated
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.exchange.extent import Extent, Obligation
    from planctl.lights import Light
    from planctl.model import Deadline, Plan, Progress, Task
    from planctl.settings import Colour
    from planctl.statuses import Judged

RIGHT = frozenset({"days_left", "days_overdue", "percent", "counted", "value", "extensions", "missed"})
"""Columns of figures."""


class Row(NamedTuple):
    """A row of the register. The names of its fields, but the last four, are those of the columns, in their order."""

    plan: str
    plan_title: str
    number: str
    """Of the document."""
    task: str
    section: str
    title: str
    deadline: str
    period: str
    what: str
    rule: str
    quote: str
    due: date | None
    original_due: date | None
    days_left: int | None
    days_overdue: int | None
    lead: str
    support: str
    actors: str
    status: str
    light: str
    reason: str
    percent: float | None
    wanted: str
    """How many are owed, or which figure."""
    counted: int | None
    """How many are recorded."""
    value: float | None
    """The figure last recorded."""
    latest_on: date | None
    latest: str
    done_on: date | None
    evidence: str
    extensions: int
    missed: int
    """How many earlier occurrences are overdue too."""
    marks: str
    note: str
    settled: Status
    colour: Colour
    owners: tuple[str, ...]
    organisation: str


class _Standing(NamedTuple):
    """How something stands: with its occurrence, or without."""

    judged: Judged | None
    status: Status
    light: Light
    entries: tuple[Progress, ...]
    missed: int = 0


COLUMNS = Row._fields[:-4]


def rows(extent: Extent, lang: str, *, each: bool = False) -> Iterator[Row]:
    """Go through the register.

    Args:
        extent: what is asked for.
        lang: the language of what planctl says.
        each: a row for each occurrence, and not one for the obligation.
    """
    for obligation in obligations(extent, every_date=each):
        for standing in _standings(extent, obligation, each=each):
            yield _row(extent, obligation, standing, lang)


def table(found: Iterable[Row], lang: str) -> Table:
    """Write rows as text, every column of them."""
    columns = tuple(Column(say(f"register.{name}", lang), right=name in RIGHT) for name in COLUMNS)
    return Table(columns, tuple(tuple(_cell(value) for value in row[: len(COLUMNS)]) for row in found))


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else str(value)


def _standings(extent: Extent, obligation: Obligation, *, each: bool) -> Iterator[_Standing]:
    judge, judged = extent.judge, obligation.judged
    rules = judge.workspace.settings.lights
    if not judged:
        yield _undated(extent, obligation)
        return
    for one, missed in [(one, 0) for one in judged] if each else [_foremost(judged)]:
        yield _Standing(one, one.status, light(one, judge.day, rules), one.entries, missed)


def _foremost(judged: tuple[Judged, ...]) -> tuple[Judged, int]:
    """Choose the occurrence that stands for all: the newest that is overdue, or the next, or else the last; and count the missed before."""
    overdue = [each for each in judged if each.status is Status.OVERDUE]
    if overdue:
        return overdue[-1], len(overdue) - 1
    return next((each for each in judged if each.status in OPEN), judged[-1]), 0


def _undated(extent: Extent, obligation: Obligation) -> _Standing:
    """Tell how something stands that has no date: what is vague, what goes on, a task without a deadline."""
    task, deadline, judge = obligation.task, obligation.deadline, extent.judge
    ids = (None, deadline.id) if deadline else (None,)
    entries = tuple(sorted((entry for entry in task.progress if entry.deadline in ids), key=lambda entry: entry.on))
    status = undated(task, judge.workspace.directory_of(obligation.plan), deadline)[0]
    status = Status.CANCELLED if task.cancelled and status is not Status.DONE else status
    found = light_of_task(task._replace(progress=entries), status, (), judge.day, judge.workspace.settings.lights)
    return _Standing(None, status, found, entries)


def _row(extent: Extent, obligation: Obligation, standing: _Standing, lang: str) -> Row:
    plan, task, deadline = obligation.plan, obligation.task, obligation.deadline
    occurrence = standing.judged.occurrence if standing.judged else None
    latest = standing.entries[-1] if standing.entries else None
    owners = _canonical(extent, plan, obligation.actors)
    days = standing.judged.days_left if standing.judged and standing.status in OPEN else None
    return Row(
        plan=plan.id,
        plan_title=plan.title,
        number=plan.document.number or "",
        task=task.id,
        section="".join(task.section),
        title=task.title,
        deadline=deadline.id if deadline else "",
        period=(occurrence.period if occurrence else None) or "",
        what=(deadline.what if deadline else None) or task.title,
        rule=_rule(obligation, lang),
        quote=(deadline.wording if deadline else None) or "",
        due=occurrence.due if occurrence else None,
        original_due=occurrence.original if occurrence and occurrence.extensions else None,
        days_left=days if days is not None and days >= 0 else None,
        days_overdue=-days if days is not None and days < 0 else None,
        lead=_names(extent, plan, task.lead, lang),
        support=_names(extent, plan, task.support, lang),
        actors=say("list", lang, {"all": list(owners)}),
        status=say(f"status.{standing.status.value}", lang),
        light=say(f"light.{standing.light.colour.value}", lang),
        reason=say(f"light.why.{standing.light.condition.value}", lang, {"rule": standing.light.rule, **standing.light.figures}),
        percent=_percent(standing),
        wanted=_wanted(deadline, lang),
        counted=total(standing.entries) if deadline and count_text(deadline, lang) else None,
        value=next((each.value for each in reversed(standing.entries) if each.value is not None), None),
        latest_on=latest.on if latest else None,
        latest=_latest(extent, plan, task, latest, lang),
        done_on=_done_on(standing),
        evidence=say("list", lang, {"all": list(dict.fromkeys(str(each) for entry in standing.entries for each in entry.evidence))}),
        extensions=len(occurrence.extensions) if occurrence else 0,
        missed=standing.missed,
        marks=say("list", lang, {"all": marks(standing.judged, lang) if standing.judged else []}),
        note=_note(task, obligation),
        settled=standing.status,
        colour=standing.light.colour,
        owners=owners,
        organisation=extent.judge.workspace.organisation_of(plan),
    )


def _canonical(extent: Extent, plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(extent.judge.workspace.directory_of(plan).canonical, names)))


def _names(extent: Extent, plan: Plan, names: Iterable[str], lang: str) -> str:
    return say("list", lang, {"all": list(_canonical(extent, plan, names))})


def _rule(obligation: Obligation, lang: str) -> str:
    deadline = obligation.deadline
    if deadline is None:
        return ""
    return say("mark.vague", lang) if deadline.vague else rule_text(deadline, lang)


def _percent(standing: _Standing) -> float | None:
    percents = [entry.percent for entry in standing.entries if entry.percent is not None]
    return 100 if standing.status is Status.DONE else percents[-1] if percents else None


def _wanted(deadline: Deadline | None, lang: str) -> str:
    if deadline is None:
        return ""
    return str(deadline.target) if deadline.target else count_text(deadline, lang)


def _latest(extent: Extent, plan: Plan, task: Task, entry: Progress | None, lang: str) -> str:
    if entry is None:
        return ""
    unit = extent.judge.workspace.directory_of(plan).canonical(entry.unit) if entry.unit else ""
    return " ".join(part for part in (unit, entry_text(entry._replace(evidence=()), task, lang)) if part)


def _done_on(standing: _Standing) -> date | None:
    days = [entry.on for entry in standing.entries if entry.state in (State.DONE, State.CLOSED)]
    if not days or standing.status is not Status.DONE:
        return None
    # What a group owes is done when the last of it is.
    return days[-1] if standing.judged and standing.judged.finished else days[0]


def _note(task: Task, obligation: Obligation) -> str:
    notes = (task.note, obligation.deadline.note if obligation.deadline else None)
    return "\n".join(note for note in notes if note)
