"""Queries: which tasks and occurrences answer a question, with their status as of a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from planctl.calendars import WorkCalendar
from planctl.dates import MONTHS, add_months
from planctl.errors import AmbiguousTaskError, SamePlanIdError, UnknownNameError
from planctl.fields import nearest
from planctl.messages import Word
from planctl.occurrences import Rules, as_of, occurrences_in, occurrences_of
from planctl.statuses import OPEN, Judged, Status, has_done, judge, task_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.directory import Directory
    from planctl.model import Cycle, Deadline, Plan, Task
    from planctl.occurrences import Occurrence
    from planctl.settings import Settings
    from planctl.workspace import Workspace

NEVER = date(2199, 12, 31)


class Role(StrEnum):
    """In which role a unit is looked for."""

    LEAD = "lead"
    SUPPORT = "support"
    ANY = "any"


class Selection(NamedTuple):
    """Which tasks are asked for. An empty field asks for all."""

    plans: tuple[str, ...] = ()
    unit: str | None = None
    role: Role = Role.ANY
    section: str | None = None
    text: str | None = None


class Span(NamedTuple):
    """Which due dates are asked for: after a day (itself left out), on or before another."""

    after: date | None = None
    before: date = NEVER


def rules_of(settings: Settings) -> Rules:
    """Give the rules of due dates that the settings say."""
    return Rules(settings.before_inclusive, WorkCalendar(settings.calendars))


def select(workspace: Workspace, selection: Selection) -> Iterator[tuple[Plan, Task]]:
    """Go through the tasks of a selection, by plan and in the order of the document.

    Raises:
        UnknownNameError: no plan or unit has the name that is asked for.
    """
    if selection.unit:
        check_unit(workspace, selection.unit)
    for plan in chosen_plans(workspace, selection.plans):
        names = names_of(workspace.directory_of(plan), selection.unit) if selection.unit else frozenset()
        canonical = workspace.directory_of(plan).canonical
        for task in plan.tasks:
            if selection.unit and names.isdisjoint(map(canonical, named_in(task, selection.role))):
                continue
            if _matches(task, selection):
                yield plan, task


def _matches(task: Task, selection: Selection) -> bool:
    if selection.section and selection.section not in task.section and selection.section != " ".join(task.section):
        return False
    if not selection.text:
        return True
    words = (task.title, task.note, *(word for each in task.deadlines for word in (each.what, each.quote, each.metric)))
    return any(word and selection.text.casefold() in word.casefold() for word in words)


def chosen_plans(workspace: Workspace, wanted: Iterable[str]) -> list[Plan]:
    """Give the plans with these ids, or all of them.

    Raises:
        UnknownNameError: there is no such plan.
    """
    wanted = tuple(wanted)
    known = [plan.id for plan in workspace.plans]
    for plan_id in wanted:
        if plan_id not in known:
            raise UnknownNameError(what=Word("word.plan"), name=plan_id, nearest=nearest(plan_id, known), list="planctl tasks")
    return [plan for plan in workspace.plans if not wanted or plan.id in wanted]


def only_plan(workspace: Workspace, plan_id: str) -> Plan:
    """Give the one plan of an id.

    Raises:
        UnknownNameError: there is no such plan.
        SamePlanIdError: there are several.
    """
    found = chosen_plans(workspace, [plan_id])
    if len(found) > 1:
        raise SamePlanIdError(name=plan_id, paths=[plan.path for plan in found])
    return found[0]


def check_unit(workspace: Workspace, name: str) -> None:
    """See that some organisation knows a unit, or some plan names it.

    Raises:
        UnknownNameError: nobody does.
    """
    known = dict.fromkeys(name for directory in workspace.directories.values() for name in directory.names())
    if name in known:
        return
    for plan in workspace.plans:
        for task in plan.tasks:
            known.update(dict.fromkeys(named_in(task, Role.ANY)))
    if name not in known:
        raise UnknownNameError(what=Word("word.unit"), name=name, nearest=nearest(name, list(known)), list="planctl units")


def names_of(directory: Directory, unit: str) -> frozenset[str]:
    """List the names under which a unit can own a task: its own, and those of the groups that it is known to be in."""
    name = directory.canonical(unit)
    return frozenset({name, *(group.name for group in directory.groups_of(name))})


def named_in(task: Task, role: Role) -> Iterator[str]:
    """Go through the units of a task in a role; those who act in its deadlines count as any."""
    if role is not Role.SUPPORT:
        yield from task.lead
    if role is not Role.LEAD:
        yield from task.support
    if role is Role.ANY:
        for deadline in task.deadlines:
            yield from deadline.actors


def find_task(workspace: Workspace, reference: str, plans: tuple[str, ...] = ()) -> tuple[Plan, Task]:
    """Find the one task of a reference: `<plan>/<task>`, or a task id that stands in one plan only.

    Raises:
        UnknownNameError: there is no such task.
        AmbiguousTaskError: several plans have it.
        SamePlanIdError: there are several plans of its id.
    """
    chosen = chosen_plans(workspace, plans)
    found = [(plan, task) for plan, task in workspace.find_tasks(reference) if plan in chosen]
    references = [f"{plan.id}/{task.id}" for plan, task in found]
    if not found:
        known = [name for plan in chosen for task in plan.tasks for name in (f"{plan.id}/{task.id}", task.id)]
        raise UnknownNameError(what=Word("word.task"), name=reference, nearest=nearest(reference, known), list="planctl tasks")
    if len(set(references)) > 1:
        raise AmbiguousTaskError(name=reference, known=references)
    only_plan(workspace, found[0][0].id)
    return found[0]


def known_on(workspace: Workspace, day: date) -> Workspace:
    """Give the workspace as it was known on a day, without what was recorded later."""
    return workspace.with_plans(tuple(as_of(plan, day) for plan in workspace.plans))


class Judge:
    """Judges occurrences and tasks as of one day, by the settings and directories of a workspace as it was known on that day."""

    def __init__(self, workspace: Workspace, day: date) -> None:
        self.workspace = known_on(workspace, day)
        self.day = day
        self.rules = rules_of(workspace.settings)

    def occurrences(self, plan: Plan, task: Task, before: date) -> list[Judged]:
        """Judge the occurrences of a task that are due on or before a day, and those that wait for an event."""
        return self._judged(plan, occurrences_of(plan, task, before, self.rules))

    def _judged(self, plan: Plan, found: Iterable[Occurrence]) -> list[Judged]:
        directory = self.workspace.directory_of(plan)
        return [judge(occurrence, self.day, self.workspace.settings.due_soon, directory) for occurrence in found]

    def status(self, plan: Plan, task: Task) -> Status:
        """Tell the status of a task: of what is due so far, and of the next occurrence of each deadline."""
        return task_status(task, self.near(plan, task), self.workspace.directory_of(plan))

    def near(self, plan: Plan, task: Task) -> list[Judged]:
        """Judge what a task owes about now: everything due so far, and the next occurrence of each deadline."""
        nearby = []
        for deadline in task.deadlines:
            horizon = _horizon(deadline, max(self.day, plan.start or self.day))
            found = self._judged(plan, occurrences_in(plan, task, deadline, horizon, self.rules))
            coming = (each for each in found if not each.is_past)
            nearby += [each for each in found if each.is_past]
            # Every event starts a clock of its own; of a cycle only the next date matters now.
            nearby += islice(coming, 1 if _recurs(deadline) else None)
        return nearby


def _recurs(deadline: Deadline) -> Cycle | None:
    """Give the cycle of the calendar that a deadline follows: a term of office is none."""
    cycle = deadline.every or deadline.review
    return cycle if cycle and cycle.unit != "term" else None


def _horizon(deadline: Deadline, day: date) -> date:
    """Give a day by which the next occurrence of a deadline has come."""
    cycle = _recurs(deadline)
    if cycle is None:
        return NEVER
    day = max(day, deadline.start or day)
    months = MONTHS.get(cycle.unit)
    return add_months(day, 2 * months * cycle.number) if months else day + timedelta(days=14 * cycle.number)


def due(
    judge_: Judge, tasks: Iterable[tuple[Plan, Task]], span: Span, wanted: frozenset[Status] = OPEN, unit: str | None = None
) -> list[Judged]:
    """List the occurrences of tasks that fall due in a span of time, in the order of their dates, and those without a date last.

    Args:
        judge_: judges as of a day.
        tasks: the tasks that are asked about.
        span: which due dates are asked for.
        wanted: the statuses that are asked for.
        unit: leave out what this unit does not owe although it has a part in the task, and its share that it has done.
    """
    found = []
    for plan, task in tasks:
        for each in judge_.occurrences(plan, task, span.before):
            day = each.occurrence.due
            if each.status not in wanted or (day and (day > span.before or (span.after and day <= span.after))):
                continue
            directory = judge_.workspace.directory_of(plan)
            if unit is None or (owes(directory, unit, each) and not has_done(each, unit, directory)):
                found.append(each)
    return sorted(found, key=lambda each: each.occurrence.due or NEVER)


def owes(directory: Directory, unit: str, judged: Judged) -> bool:
    """Tell whether a unit has a part in an occurrence: as its actor, or where it has none, through its task."""
    task, deadline = judged.occurrence.task, judged.occurrence.deadline
    return not names_of(directory, unit).isdisjoint(map(directory.canonical, deadline.actors or (*task.lead, *task.support)))
