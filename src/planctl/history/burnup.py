"""Burn-up: how much was owed in all, how much of it was due and how much was done, on one day after the other.

A day is judged by what had been recorded by then. What a task owes only changes where something is recorded, so that it is worked out once
for the time between two records, however many days are asked about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import windows
from planctl.model import Cycle
from planctl.occurrences import as_of, occurrences_of
from planctl.queries import owes, rules_of
from planctl.statuses import Status, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.model import Plan, Task
    from planctl.occurrences import Rules
    from planctl.workspace import Workspace

HALTED = (Status.SUSPENDED, Status.CANCELLED)


class Point(NamedTuple):
    """What was owed on a day: by then due, done and overdue, and in all.

    In all is what falls due up to the end of its plan; where that has no end, up to the last day that is asked about. What is suspended or
    cancelled is left out, and so is what waits for an event.
    """

    day: date
    total: int = 0
    due: int = 0
    """Due on or before the day."""
    done: int = 0
    """Done, whether due yet or not."""
    early: int = 0
    """Of these, not due yet, or without a date."""
    overdue: int = 0
    commit: str | None = None
    """The commit whose plans were judged, where not those of today."""


class Scope(NamedTuple):
    """What is asked about: which plans (all, if none is named), what a unit owes, and up to which day."""

    until: date
    plans: tuple[str, ...] = ()
    unit: str | None = None


class _Load(NamedTuple):
    """What a task owes: the due dates in their order, those of what is done, and how many are done without a date."""

    dues: tuple[date, ...] = ()
    done: tuple[date, ...] = ()
    undated: int = 0


class _Frame(NamedTuple):
    """What the loads of a plan's tasks depend on, besides the tasks."""

    workspace: Workspace
    plan: Plan
    rules: Rules
    number: int


class Burnup:
    """Counts what is owed, day by day, of one workspace or of many that have much in common."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._frames: dict[tuple[object, ...], int] = {}
        self._stamps: dict[tuple[int, Task], tuple[date, ...]] = {}
        self._loads: dict[tuple[int, Task, int | date], _Load] = {}
        self._rules: dict[tuple[object, ...], Rules] = {}

    def point(self, workspace: Workspace, day: date, commit: str | None = None) -> Point:
        """Count what is owed on a day."""
        total, due, done, early, overdue = 0, 0, 0, 0, 0
        for load in self._all(workspace, day):
            by_now, done_by_now = bisect_right(load.dues, day), bisect_right(load.done, day)
            total += len(load.dues) + load.undated
            due += by_now
            done += len(load.done) + load.undated
            early += len(load.done) - done_by_now + load.undated
            overdue += bisect_left(load.dues, day) - bisect_left(load.done, day)
        return Point(day, total, due, done, early, overdue, commit)

    def _all(self, workspace: Workspace, day: date) -> Iterator[_Load]:
        for plan in workspace.plans:
            if not self._scope.plans or plan.id in self._scope.plans:
                frame = self._frame(workspace, plan)
                yield from (self._load(frame, task, day) for task in plan.tasks)

    def _frame(self, workspace: Workspace, plan: Plan) -> _Frame:
        settings = workspace.settings
        said = (settings.before_inclusive, settings.calendars)
        if said not in self._rules:
            self._rules[said] = rules_of(settings)
        key = (plan._replace(path="", tasks=()), workspace.directory_of(plan).registry, *said)
        return _Frame(workspace, plan, self._rules[said], self._frames.setdefault(key, len(self._frames)))

    def _load(self, frame: _Frame, task: Task, day: date) -> _Load:
        name = (frame.number, task)
        stamps = self._stamps.get(name)
        if stamps is None:
            stamps = self._stamps[name] = _stamps(frame.plan, task)
        moment = bisect_right(stamps, day) if _is_steady(task) else day
        load = self._loads.get((*name, moment))
        if load is None:
            load = self._loads[*name, moment] = self._work_out(frame, task, day)
        return load

    def _work_out(self, frame: _Frame, task: Task, day: date) -> _Load:
        directory = frame.workspace.directory_of(frame.plan)
        due_soon = frame.workspace.settings.due_soon
        plan = as_of(frame.plan._replace(tasks=(task,)), day)
        found = occurrences_of(plan, plan.tasks[0], plan.period.end or self._scope.until, frame.rules)
        judged = [judge(occurrence, day, due_soon, directory) for occurrence in found]
        live = [each for each in judged if each.status not in HALTED]
        if self._scope.unit:
            live = [each for each in live if owes(directory, self._scope.unit, each)]
        done = [each for each in live if each.status is Status.DONE]
        dates, of_done = (tuple(sorted(due for each in some if (due := each.occurrence.due))) for some in (live, done))
        return _Load(dates, of_done, len(done) - len(of_done))


def _stamps(plan: Plan, task: Task) -> tuple[date, ...]:
    """List the days on which something was recorded that bears on a task."""
    days = [entry.on for entry in task.progress]
    days += [day for each in task.extensions for day in (each.requested, each.approved) if day]
    days += [event.recorded or event.on for event in plan.events]
    days += [decision.on for decision in (task.cancelled, plan.ended) if decision]
    return tuple(sorted(set(days)))


def _is_steady(task: Task) -> bool:
    """Tell whether only records change what is done. What may happen so often and no more is done when its time is over."""
    return all(each.at_most is None or each.at_least is not None or each.exactly is not None for each in task.deadlines)


def start_of(plans: Iterable[Plan]) -> date | None:
    """Give the day on which the obligations of the first of some plans begin."""
    return min((plan.start for plan in plans if plan.start), default=None)


def ends(since: date, until: date, every: str) -> list[date]:
    """List the last days of the weeks, months or quarters from one day to another, which is the last of them."""
    return list(dict.fromkeys(min(window.last, until) for window in windows(Cycle(1, every), since, until)))
