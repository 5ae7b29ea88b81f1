"""Lights (亮灯): how an obligation stands, as a colour with its reason, by rules that `planctl.yaml` may replace.

Agencies differ in what a colour means (蓝 most of all), so that the rules are data: the first that holds gives the light, and says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.model import State
from planctl.settings import Colour, Condition, LightRule
from planctl.statuses import FINISHED, Status, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from planctl.model import Deadline, Task
    from planctl.statuses import Judged

PRESSING = ("red", "yellow", "grey", "green", "blue")
"""A task has the most pressing light of its obligations."""


class Light(NamedTuple):
    """A colour, the number of the rule that gave it (from 1), and the figures that made the rule hold."""

    colour: Colour
    rule: int
    condition: Condition
    figures: dict[str, object]


class Standing(NamedTuple):
    """What the rules look at."""

    status: Status
    days_left: int | None
    late: int
    """Days after the due date on which it was done; 0 if in time."""
    behind: float | None
    """Percentage points behind the time that has passed; `None` where nothing can be compared."""
    silent: int | None
    """Days since the last record; since the start, where there is none."""
    started: bool


def light(judged: Judged, day: date, rules: Sequence[LightRule]) -> Light:
    """Give the light of an occurrence as of a day."""
    return _first(rules, standing(judged, day))


def light_of_task(task: Task, status: Status, judged: Iterable[Judged], day: date, rules: Sequence[LightRule]) -> Light:
    """Give the light of a task: the most pressing of its occurrences, or that of the task itself where it has none."""
    lights = [light(each, day, rules) for each in judged]
    if lights:
        return min(lights, key=lambda each: PRESSING.index(each.colour))
    last = max((entry.on for entry in task.progress), default=None)
    silent = (day - last).days if last else None
    return _first(rules, Standing(status, None, 0, None, silent, started=bool(task.progress)))


def standing(judged: Judged, day: date) -> Standing:
    """Work out the figures that the rules look at."""
    occurrence, entries = judged.occurrence, judged.entries
    start = occurrence.first or occurrence.plan.start
    last = max((entry.on for entry in entries), default=start)
    silent = (day - last).days if last and last <= day else None
    return Standing(judged.status, judged.days_left, days_late(judged), _behind(judged, start, day), silent, started=bool(entries))


def days_late(judged: Judged) -> int:
    """Count the days from the due date to the day on which an occurrence was done; 0 if in time, or not done."""
    due, finished = judged.occurrence.due, _finished_on(judged)
    return max((finished - due).days, 0) if due and finished and judged.status is Status.DONE else 0


def _finished_on(judged: Judged) -> date | None:
    """Give the day on which it was first said to be done since it was last given back, or on which its count was full.

    A later 销号 confirms what was done and does not make it late. A figure of a metric is known after its period, which is not late either.
    """
    occurrence = judged.occurrence
    wanted, count, finished = _wanted(occurrence.deadline), 0, None
    for entry in judged.entries:
        count += entry.counted or 0
        said = entry.deadline is not None or len(occurrence.task.deadlines) == 1
        if entry.state is State.RETURNED or (entry.state and said and entry.state not in FINISHED):
            finished = None
        elif entry.state in (State.DONE, State.CLOSED) or (wanted and entry.counted and count >= wanted):
            finished = finished or entry.on
    return finished


def _wanted(deadline: Deadline) -> int | None:
    return deadline.at_least if deadline.exactly is None else deadline.exactly


def _behind(judged: Judged, start: date | None, day: date) -> float | None:
    """Compare what is done with the share of time that has passed (序时进度), in percentage points."""
    due, entries = judged.occurrence.due, judged.entries
    if start is None or due is None or due <= start or day <= start:
        return None
    passed = min((day - start).days / (due - start).days, 1) * 100
    percents = [entry.percent for entry in entries if entry.percent is not None]
    wanted = _wanted(judged.occurrence.deadline)
    if percents:
        return passed - percents[-1]
    return passed - min(total(entries) / wanted, 1) * 100 if wanted else None


def _first(rules: Sequence[LightRule], standing_: Standing) -> Light:
    for number, rule in enumerate(rules, start=1):
        figures = HOLDS[rule.when](standing_, rule)
        if figures is not None:
            return Light(rule.light, number, rule.when, figures)
    # Rules that leave something out end as the built-in ones do.
    return Light(Colour.GREEN, len(rules) + 1, Condition.ALWAYS, {})


def _status(status: Status) -> Callable[[Standing, LightRule], dict[str, object] | None]:
    def holds(it: Standing, _: LightRule) -> dict[str, object] | None:
        return {"days": abs(it.days_left or 0)} if it.status is status else None

    return holds


def _done_late(it: Standing, _: LightRule) -> dict[str, object] | None:
    return {"days": it.late} if it.status is Status.DONE and it.late else None


def _due_soon(it: Standing, rule: LightRule) -> dict[str, object] | None:
    soon = it.status in (Status.DUE, Status.UPCOMING) and it.days_left is not None and it.days_left <= (rule.days or 0)
    return {"days": it.days_left, "limit": rule.days or 0} if soon else None


def _behind_by(it: Standing, rule: LightRule) -> dict[str, object] | None:
    far = it.status in (Status.DUE, Status.UPCOMING) and it.behind is not None and it.behind >= (rule.points or 0)
    return {"points": round(it.behind or 0), "limit": rule.points or 0} if far else None


def _silent(it: Standing, rule: LightRule) -> dict[str, object] | None:
    open_ = it.status in (Status.DUE, Status.UPCOMING, Status.STANDING)
    limit = rule.days or 0
    return {"days": it.silent, "limit": limit} if open_ and it.silent is not None and it.silent > limit else None


def _not_started(it: Standing, _: LightRule) -> dict[str, object] | None:
    return {} if it.status in (Status.UPCOMING, Status.DUE) and not it.started else None


HOLDS: dict[Condition, Callable[[Standing, LightRule], dict[str, object] | None]] = {
    Condition.CANCELLED: _status(Status.CANCELLED),
    Condition.SUSPENDED: _status(Status.SUSPENDED),
    Condition.AWAITING: _status(Status.AWAITING_EVENT),
    Condition.OVERDUE: _status(Status.OVERDUE),
    Condition.DONE_LATE: _done_late,
    Condition.DONE: _status(Status.DONE),
    Condition.DUE_SOON: _due_soon,
    Condition.BEHIND: _behind_by,
    Condition.SILENT: _silent,
    Condition.STANDING: _status(Status.STANDING),
    Condition.NOT_STARTED: _not_started,
    Condition.ALWAYS: lambda _, __: {},
}
"""What each condition asks; the figures of the answer, or `None` where it does not hold."""
