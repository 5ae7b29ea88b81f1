"""Checks of what was recorded: progress, extensions and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task, suggestion
from planctl.dates import add_months, windows
from planctl.model import State
from planctl.occurrences import TERM_BEGINS, TERM_ENDS, occurrences_in
from planctl.statuses import entry_concerns, total

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.directory import Directory
    from planctl.model import Deadline, Event, Extension, Plan, Progress, Task
    from planctl.occurrences import Occurrence

SETTLING = frozenset({State.DONE, State.CLOSED})
SHOWN_PERIODS = 4
"""How many periods a hint names."""


def entries(context: Context) -> Iterator[tuple[Plan, Task, Progress]]:
    """Go through all progress entries."""
    for plan, task in context.tasks():
        for entry in task.progress:
            yield plan, task, entry


def check_role(context: Context) -> Iterator[Finding]:
    """Progress comes from a unit that leads, supports or acts in the task, itself or in a group; one of unknown members may hold anyone.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-09-20, unit: 县司法局, state: accepted}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-09-20, unit: 县教育局, state: accepted}
    """
    for plan, task, entry in entries(context):
        directory = context.workspace.directory_of(plan)
        if not entry.unit or task.open_list or entry.unit in task.lead:
            continue
        named = [*task.lead, *task.support, *(name for deadline in task.deadlines for name in deadline.actors)]
        if not _may_report(directory, entry, named):
            yield in_task(plan, task, ("progress", entry.position, "unit"), unit=entry.unit)


def _may_report(directory: Directory, entry: Progress, named: list[str]) -> bool:
    """Tell whether a unit is one of those named, a member of a group named, or has taken over the duties of one that has ended."""
    unit = directory.canonical(entry.unit or "")
    if unit in map(directory.canonical, named):
        return True
    groups = [members for name in named if (members := directory.members(name)) is not None]
    if any(not members or unit in members for members in groups):
        return True
    ended = (found for name in named if (found := directory.find(name)) and found.end and found.end < entry.on)
    return any(unit in map(directory.canonical, found.successors) for found in ended)


def check_future(context: Context) -> Iterator[Finding]:
    """What is recorded has happened.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-09-20, state: accepted}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2122-09-20, state: accepted}
    """
    for plan, task, entry in entries(context):
        if entry.on > context.today:
            yield in_task(plan, task, ("progress", entry.position, "on"), on=entry.on, today=context.today)
    for plan, task in context.tasks():
        for each in task.confirmed:
            if each.on > context.today:
                yield in_task(plan, task, ("confirmed", each.position, "on"), on=each.on, today=context.today)
    for plan in context.workspace.plans:
        for event in plan.events:
            if (event.recorded or event.on) > context.today:
                keys = ("events", event.position, "recorded" if event.recorded else "on")
                yield Finding(plan.path, keys, {"on": event.recorded or event.on, "today": context.today}, plan.id, None, "event")


def check_before_document(context: Context) -> Iterator[Finding]:
    """Nothing is recorded before the document was issued.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-09-20, state: accepted}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2020-09-20, state: accepted}
    """
    for plan, task, entry in entries(context):
        start = plan.document.issued or plan.start
        if start and entry.on < start:
            yield in_task(plan, task, ("progress", entry.position, "on"), on=entry.on, start=start)


def check_deadline_named(context: Context) -> Iterator[Finding]:
    """Progress and extensions name a deadline of their task; where there are several, what settles or counts one must say which.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          progress:
            - {on: 2022-12-20, deadline: publish, state: done, evidence: [evidence/4.pdf]}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          progress:
            - {on: 2022-12-20, deadline: publsh, state: done, evidence: [evidence/4.pdf]}
    """
    for plan, task in context.tasks():
        if not (task.progress or task.extensions):
            continue
        known = [deadline.id for deadline in task.deadlines]
        for entry in task.progress:
            settles = entry.state is State.DONE or entry.counted is not None or entry.value is not None
            yield from _named(plan, task, ("progress", entry.position), entry.deadline, known, must=settles)
        for extension in task.extensions:
            yield from _named(plan, task, ("extensions", extension.position), extension.deadline, known, must=True)


def _named(plan: Plan, task: Task, keys: tuple[str, int], name: str | None, known: list[str], *, must: bool) -> Iterator[Finding]:
    if name is not None and name not in known:
        variant, near = suggestion(name, known)
        yield in_task(plan, task, (*keys, "deadline"), variant, name=name, known=known, nearest=near)
    elif name is None and must and len(known) > 1:
        yield in_task(plan, task, keys, "missing", known=known)


def _deadline_of(task: Task, name: str | None) -> Deadline | None:
    if name is None:
        return task.deadlines[0] if len(task.deadlines) == 1 else None
    return next((deadline for deadline in task.deadlines if deadline.id == name), None)


def check_period(context: Context) -> Iterator[Finding]:
    """Progress of a recurring deadline says for which period it is, and that period exists.

    Good:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
          progress:
            - {on: 2022-09-30, deadline: study, period: 2022, count: 1}
    Bad:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
          progress:
            - {on: 2022-09-30, deadline: study, period: 2022-Q3, count: 1}
    """
    for plan, task, entry in entries(context):
        deadline = _deadline_of(task, entry.deadline)
        cycle = deadline and (deadline.every or deadline.review)
        settles = entry.state in SETTLING or entry.counted is not None or entry.value is not None
        if not deadline or not cycle or cycle.unit == "term" or not (entry.period or settles):
            continue
        start = deadline.start or plan.start
        if start is None:
            continue
        labels = [window.label for window in windows(cycle, start, max(entry.on, start))]
        if entry.period is None:
            yield in_task(plan, task, ("progress", entry.position), "missing", deadline=deadline.id, known=labels[-1:])
        elif entry.period not in labels:
            # A report may be made before its period begins; how far ahead periods go, only the plan knows.
            labels = [window.label for window in windows(cycle, start, plan.period.end or add_months(max(entry.on, start), 24))]
            if entry.period not in labels:
                keys = ("progress", entry.position, "period")
                yield in_task(plan, task, keys, deadline=deadline.id, period=entry.period, known=labels[:SHOWN_PERIODS])


def check_evidence(context: Context) -> Iterator[Finding]:
    """What is done can be shown: an entry with `state: done` or `closed` lists its evidence.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-12-20, state: done, evidence: [evidence/44.pdf]}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-12-20, state: done}
    """
    for plan, task, entry in entries(context):
        if entry.state in SETTLING and not entry.evidence:
            yield in_task(plan, task, ("progress", entry.position), on=entry.on)


def extensions(context: Context) -> Iterator[tuple[Plan, Task, Extension]]:
    """Go through all extensions."""
    for plan, task in context.tasks():
        for extension in task.extensions:
            yield plan, task, extension


def check_late_request(context: Context) -> Iterator[Finding]:
    """An extension is requested before the date that it moves; on the day itself is in time.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          extensions:
            - {deadline: publish, from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01, approved: 2022-12-10}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          extensions:
            - {deadline: publish, from: 2022-12-31, to: 2023-06-30, requested: 2023-01-05, approved: 2023-01-10}
    """
    for plan, task, extension in extensions(context):
        if extension.requested and extension.requested > extension.old:
            keys = ("extensions", extension.position, "requested")
            yield in_task(plan, task, keys, requested=extension.requested, old=extension.old)


def check_extension_order(context: Context) -> Iterator[Finding]:
    """Extensions of a due date form a chain: each starts from the date that the one before left, and moves it later.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          extensions:
            - {from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01, approved: 2022-12-10}
            - {from: 2023-06-30, to: 2023-09-30, requested: 2023-06-01, approved: 2023-06-10}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
          extensions:
            - {from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01, approved: 2022-12-10}
            - {from: 2022-12-31, to: 2023-09-30, requested: 2022-12-11, approved: 2022-12-12}
    """
    for plan, task, extension in extensions(context):
        keys = ("extensions", extension.position)
        if extension.new <= extension.old:
            yield in_task(plan, task, (*keys, "to"), "backwards", old=extension.old, new=extension.new)
        if extension.requested and extension.approved and extension.approved < extension.requested:
            yield in_task(plan, task, (*keys, "approved"), "approval", requested=extension.requested, approved=extension.approved)
        due = _due_before(context, plan, task, extension)
        if due and extension.old not in due:
            yield in_task(plan, task, (*keys, "from"), old=extension.old, due=min(due, key=lambda day: abs(day - extension.old)))


def _due_before(context: Context, plan: Plan, task: Task, extension: Extension) -> set[date]:
    """List the due dates that an extension could start from: those in force when the extensions before it had been applied."""
    deadline = _deadline_of(task, extension.deadline)
    if deadline is None:
        return set()
    earlier = tuple(other for other in task.extensions if other.position < extension.position)
    then = task._replace(extensions=earlier)
    until = max(extension.old, extension.new, deadline.due or extension.new, plan.period.end or add_months(extension.new, 24))
    found = occurrences_in(plan, then, deadline, until, context.rules)
    return {each.due for each in found if each.due and extension.period in (None, each.period)}


def check_events(context: Context) -> Iterator[Finding]:
    """An event has the name that some deadline waits for.

    Good:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
        events:
          - {on: 2022-09-01, name: 规范性文件公布}
    Bad:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
        events:
          - {on: 2022-09-01, name: 规范性文件发布}
    """
    for plan in context.workspace.plans:
        if not plan.events:
            continue
        awaited = _awaited(plan.tasks)
        for event in plan.events:
            if event.name not in awaited:
                yield _idle(plan, event, awaited)
                continue
            of_tasks = {task.id: _awaited((task,)) for task in plan.tasks if task.id in event.tasks}
            for index, name in enumerate(event.tasks):
                if event.name not in of_tasks.get(name, [event.name]):
                    known = [task.id for task in plan.tasks if event.name in _awaited((task,))]
                    said = {"name": event.name, "task": name, "known": known}
                    yield Finding(plan.path, ("events", event.position, "tasks", index), said, plan.id, name, "task")


def _awaited(tasks: tuple[Task, ...]) -> list[str]:
    deadlines = [deadline for task in tasks for deadline in task.deadlines]
    names = [name for deadline in deadlines for name in (deadline.after, deadline.before) if name]
    terms = any(deadline.every and deadline.every.unit == "term" for deadline in deadlines)
    return [*dict.fromkeys(names), *((TERM_BEGINS, TERM_ENDS) if terms else ())]


def _idle(plan: Plan, event: Event, awaited: list[str]) -> Finding:
    variant, near = suggestion(event.name, awaited)
    return Finding(plan.path, ("events", event.position, "name"), {"name": event.name, "nearest": near}, plan.id, None, variant)


def check_upper_limit(context: Context) -> Iterator[Finding]:
    """A deadline with an upper limit is not exceeded.

    Good:
        - id: "3.6"
          title: 联席会议
          lead: [县司法局]
          deadlines:
            - {id: meeting, every: year, at_least: 1, at_most: 2, of: 期, quote: 每年举办1至2期}
          progress:
            - {on: 2022-09-30, deadline: meeting, period: 2022, count: 2}
    Bad:
        - id: "3.6"
          title: 联席会议
          lead: [县司法局]
          deadlines:
            - {id: meeting, every: year, at_least: 1, at_most: 2, of: 期, quote: 每年举办1至2期}
          progress:
            - {on: 2022-09-30, deadline: meeting, period: 2022, count: 3}
    """
    for plan, task in context.tasks():
        limited = [deadline for deadline in task.deadlines if deadline.at_most is not None]
        if not limited or not task.progress:
            continue
        until = add_months(context.today, 12)
        directory = context.workspace.directory_of(plan)
        for occurrence in (each for deadline in limited for each in occurrences_in(plan, task, deadline, until, context.rules)):
            found = [entry for entry in task.progress if entry_concerns(entry, occurrence)]
            limit, count = occurrence.deadline.at_most, _largest_share(directory, occurrence, found)
            if limit is not None and count > limit:
                keys = ("progress", found[-1].position)
                deadline, period = occurrence.deadline.id, occurrence.period
                yield in_task(plan, task, keys, deadline=deadline, period=period, count=count, limit=limit)


def _largest_share(directory: Directory, occurrence: Occurrence, found: list[Progress]) -> int:
    """Add up what was counted; where a group owes it, by unit, since the limit is each member's."""
    owners = occurrence.deadline.actors or occurrence.task.lead
    if all(directory.members(name) is None for name in owners):
        return total(found)
    units = {directory.canonical(entry.unit or "") for entry in found}
    return max((total(entry for entry in found if directory.canonical(entry.unit or "") == unit) for unit in units), default=0)
