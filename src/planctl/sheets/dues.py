"""What units owe: the rows of their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import DAY
from planctl.model import Kind
from planctl.occurrences import occurrences_in
from planctl.queries import Role, rules_of
from planctl.sheets.records import Form, Item, Key, Known, Row, known_of
from planctl.statuses import Status, entry_concerns, has_done

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from planctl.directory import Directory
    from planctl.model import Deadline, Plan, Task
    from planctl.occurrences import Occurrence, Rules
    from planctl.queries import Judge
    from planctl.statuses import Judged
    from planctl.workspace import Workspace

ASKED = frozenset({Status.OVERDUE, Status.DUE, Status.UPCOMING, Status.AWAITING_EVENT})
BEYOND = 400 * DAY
"""How far behind its old date an occurrence is looked for whose date has moved."""


class Span(NamedTuple):
    """The period that a form asks about."""

    label: str
    text: str
    first: date
    last: date


class Wanted(NamedTuple):
    """What forms are made of."""

    span: Span | None = None
    role: Role = Role.LEAD
    reply_by: date | None = None


def forms(judge: Judge, plans: Iterable[Plan], wanted: Wanted, unit: str | None = None) -> list[Form]:
    """Make the forms of all units that owe something, or of one. The plans are those of the workspace as it stands now."""
    found: dict[tuple[Directory, str], list[Item]] = {}
    for plan in plans:
        directory = judge.workspace.directory_of(plan)
        name = directory.name_on(unit, judge.day) if unit else None
        for item in items(judge, plan, wanted):
            for owner in item.owners:
                if name in (None, owner):
                    found.setdefault((directory, owner), []).append(item)
    return [_form(judge, owner, directory, several, wanted) for (directory, owner), several in found.items()]


def _form(judge: Judge, unit: str, directory: Directory, several: Sequence[Item], wanted: Wanted) -> Form:
    rows = tuple(Row(item, known(item, unit, directory)) for item in several)
    organisation = judge.workspace.organisation_of(several[0].plan)
    span, day = wanted.span, judge.day
    period = (span.label, span.text, span.last.year) if span else ("", "", day.year)
    return Form(unit, organisation, day, rows, *period, wanted.reply_by)


def items(judge: Judge, plan: Plan, wanted: Wanted) -> Iterator[Item]:
    """Go through what a plan asks for, with who owes each."""
    seen = {each.path: each for each in judge.workspace.plans}[plan.path]
    last = wanted.span.last if wanted.span else judge.day
    if seen.ended or (plan.start and plan.start > last):
        return
    for task, as_seen in zip(plan.tasks, seen.tasks, strict=True):
        if not as_seen.cancelled:
            judged = judge.occurrences(seen, as_seen, wanted.span.last) if wanted.span else judge.near(seen, as_seen)
            yield from _of_task(judge, plan, task, judged, wanted)


def _of_task(judge: Judge, plan: Plan, task: Task, judged: list[Judged], wanted: Wanted) -> Iterator[Item]:
    directory, day = judge.workspace.directory_of(plan), judge.day
    if not task.deadlines:
        yield Item(Key(plan.id, task.id), plan, task, None, None, owners(directory, task, None, wanted.role, day))
    for deadline in task.deadlines:
        owed_by = owners(directory, task, deadline, wanted.role, day)
        key = Key(plan.id, task.id, deadline.id)
        if stands(deadline):
            yield Item(key, plan, task, deadline, None, owed_by)
        for each, missed in _asked([one for one in judged if one.occurrence.deadline is deadline], wanted.span):
            units = tuple(unit for unit in owed_by if not has_done(each, unit, directory))
            occurrence = each.occurrence
            yield Item(key._replace(period=occurrence.period), plan, task, deadline, occurrence, units, missed)


def _asked(judged: Iterable[Judged], span: Span | None) -> Iterator[tuple[Judged, int]]:
    """Choose the occurrences of a deadline that are asked for: of those missed before, the newest stands for all."""
    earlier: list[Judged] = []
    others: list[Judged] = []
    for each in judged:
        due = each.occurrence.due
        if each.status in ASKED and (due or not span):
            (earlier if each.is_past and not (span and due and due >= span.first) else others).append(each)
    if earlier:
        yield earlier[-1], len(earlier) - 1
    yield from ((each, 0) for each in others)


def counts(deadline: Deadline | None) -> bool:
    """Tell whether a deadline asks for a number of times or things."""
    return deadline is not None and any(each is not None for each in (deadline.at_least, deadline.exactly, deadline.at_most))


def measures(deadline: Deadline | None) -> bool:
    """Tell whether a deadline asks for a figure."""
    return deadline is not None and deadline.kind is Kind.METRIC


def stands(deadline: Deadline) -> bool:
    """Tell whether a deadline never has a date: what is vague, what goes on, a figure without a day."""
    cycle = deadline.every or deadline.review
    return deadline.vague or (deadline.kind in (Kind.ONGOING, Kind.METRIC) and not cycle and not deadline.due)


def owners(directory: Directory, task: Task, deadline: Deadline | None, role: Role, day: date | None = None) -> tuple[str, ...]:
    """Name who owes something: the actors or leads, the supporting units, or both; of a group its members, where they are known.

    With a day they are those of that day: a unit that has ended is the one that has taken over.
    """
    names: list[str] = []
    if role is not Role.SUPPORT:
        names += (deadline.actors if deadline else ()) or task.lead
    if role is not Role.LEAD:
        names += task.support
    found: list[str] = []
    for name in names:
        found += directory.members_in(name, task) or (directory.canonical(name),)
    if day:
        # A group lists a renamed unit under both names: the new one is none before its day.
        found = [directory.name_on(name, day) for name in found if name in names or directory.is_begun(name, day)]
    return tuple(dict.fromkeys(found))


def known(item: Item, unit: str, directory: Directory) -> Known:
    """Give what the plan holds about a row, without what other units have said that owe the same."""
    others = {directory.last_name(name) for name in owners(directory, item.task, item.deadline, Role.ANY)} - {directory.last_name(unit)}
    if item.occurrence:
        about = [entry for entry in item.task.progress if entry_concerns(entry, item.occurrence)]
    else:
        only = len(item.task.deadlines) <= 1
        about = [entry for entry in item.task.progress if entry.deadline == item.key.deadline or (only and not entry.deadline)]
    return known_of(entry for entry in about if directory.last_name(entry.unit or "") not in others)


def find(workspace: Workspace, key: Key, rules: Rules, until: date) -> Item | None:
    """Find what a row is about in the plans of now; nothing where it is there no longer."""
    plan = next((each for each in workspace.plans if each.id == key.plan), None)
    task = next((each for each in plan.tasks if each.id == key.task), None) if plan else None
    if plan is None or task is None:
        return None
    directory = workspace.directory_of(plan)
    deadline = next((each for each in task.deadlines if each.id == key.deadline), None)
    if key.deadline is None:
        return Item(key, plan, task, None, None, owners(directory, task, None, Role.ANY))
    if deadline is None:
        return None
    owed_by = owners(directory, task, deadline, Role.ANY)
    if stands(deadline) and key.period is None:
        return Item(key, plan, task, deadline, None, owed_by)
    occurrence = _occurrence(plan, task, deadline, key.period, until, rules)
    return Item(key, plan, task, deadline, occurrence, owed_by) if occurrence else None


def is_owed(workspace: Workspace, key: Key, until: date, organisation: str, unit: str) -> bool:
    """Tell whether a unit has a part in what a row is about, be it settled or not."""
    plan = next((each for each in workspace.plans if each.id == key.plan), None)
    if plan is None or workspace.organisation_of(plan) != organisation:
        return False
    directory = workspace.directory_of(plan)
    item = find(workspace, key, rules_of(workspace.settings), until)
    return item is not None and directory.last_name(unit) in {directory.last_name(name) for name in item.owners}


def _occurrence(plan: Plan, task: Task, deadline: Deadline, period: str | None, until: date, rules: Rules) -> Occurrence | None:
    found = occurrences_in(plan, task, deadline, until + BEYOND, rules)
    return next((each for each in found if each.period == period), None)
