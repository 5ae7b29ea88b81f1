"""What was not said and can be told: the only deadline, the newest open period, the unit, the date that is extended.

What cannot be told is a gap: an option that is missing, with what it can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import windows
from planctl.model import Kind, State
from planctl.queries import Judge
from planctl.statuses import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from planctl.directory import Directory
    from planctl.editing import Value
    from planctl.model import Deadline, Plan, Task
    from planctl.statuses import Judged
    from planctl.workspace import Workspace

SAYS = ("state", "note", "percent", "count", "value")
"""One of these an entry must have."""
OF_DEADLINE = ("count", "value", "percent", "period")
"""What is said of a deadline and never of a whole task."""
ACCEPTED, DONE = State.ACCEPTED.value, State.DONE.value


class Gap(NamedTuple):
    """An option that is missing, and what it can be; where that is empty, anything."""

    option: str
    known: tuple[str, ...] = ()


class Filled(NamedTuple):
    """A record with what could be told, which keys these are, and what is missing still."""

    value: dict[str, Value]
    told: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()


class Subject(NamedTuple):
    """A task, and how it stood on the day of an entry."""

    workspace: Workspace
    plan: Plan
    task: Task
    on: date

    @property
    def directory(self) -> Directory:
        """Who exists there."""
        return self.workspace.directory_of(self.plan)


def said(given: Mapping[str, Value]) -> dict[str, Value]:
    """Leave out what was not given."""
    return {key: each for key, each in given.items() if each not in (None, [])}


def fill_progress(subject: Subject, given: Mapping[str, Value]) -> Filled:
    """Complete a progress entry."""
    value = said(given)
    gaps = [] if any(key in value for key in SAYS) else [Gap("--state", tuple(state.value for state in State))]
    told = []
    needed = value.get("state") == DONE or any(key in value for key in OF_DEADLINE)
    deadline, gap = _deadline(subject.task, value, needed=needed)
    if deadline and "deadline" not in value and value.get("state") != ACCEPTED:
        value["deadline"] = deadline.id
        told.append("deadline")
    gaps += [gap] if gap else []
    if "deadline" in value and "period" not in value and deadline:
        known = periods(subject, deadline)
        if chosen := newest(subject, deadline):
            value["period"] = chosen
            told.append("period")
        elif known:
            gaps.append(Gap("--period", known))
    if "unit" not in value:
        unit, gap = reporter(subject, deadline)
        if unit:
            value["unit"] = unit
            told.append("unit")
        gaps += [gap] if gap else []
    return Filled(value, tuple(told), tuple(gaps))


def fill_extension(subject: Subject, given: Mapping[str, Value]) -> Filled:
    """Complete an extension: of the date that is in force, asked for today where nobody has approved it."""
    value = said(given)
    told = []
    deadline, gap = _deadline(subject.task, value, needed=True)
    gaps = [gap] if gap else []
    if deadline and "deadline" not in value:
        value["deadline"] = deadline.id
        told.append("deadline")
    found = _extended(subject, deadline, value) if deadline else None
    if found and "period" not in value and found.occurrence.period:
        value["period"] = found.occurrence.period
        told.append("period")
    if found and "from" not in value and found.occurrence.due:
        value["from"] = found.occurrence.due.isoformat()
        told.append("from")
    if "requested" not in value and "approved" not in value:
        value["requested"] = subject.on.isoformat()
        told.append("requested")
    if "approved" in value and "requested" not in value and (asked := _request(subject, value)):
        value["requested"] = asked.isoformat()
        told.append("requested")
    late = "requested" not in value and str(value["approved"]) > str(value.get("from", "9999"))
    wanted = [("from", "from" not in value and deadline is not None), ("to", "to" not in value), ("requested", late)]
    wanted += [("by", "approved" in value and "by" not in value)]
    gaps += [Gap(f"--{name}") for name, missing in wanted if missing]
    return Filled(value, tuple(told), tuple(gaps))


def _request(subject: Subject, value: Mapping[str, Value]) -> date | None:
    """Give the day of the request that an approval answers, where one is recorded."""
    asked = tuple(value.get(key) for key in ("deadline", "period", "from"))
    found = [
        each.requested
        for each in subject.task.extensions
        if each.requested and not each.approved and (each.deadline or asked[0], each.period, each.old.isoformat()) == asked
    ]
    return found[-1] if found and str(found[-1]) <= str(value["approved"]) else None


def _deadline(task: Task, value: Mapping[str, Value], *, needed: bool) -> tuple[Deadline | None, Gap | None]:
    """Find the deadline that is meant: the one named, or the only one."""
    if "deadline" in value:
        return next((each for each in task.deadlines if each.id == value["deadline"]), None), None
    if len(task.deadlines) == 1:
        return task.deadlines[0], None
    missing = needed and len(task.deadlines) > 1
    return None, Gap("--deadline", tuple(each.id for each in task.deadlines)) if missing else None


def _near(subject: Subject, deadline: Deadline) -> list[Judged]:
    """Judge the occurrences of a deadline, as of the day of the entry."""
    of_one = subject.task._replace(deadlines=(deadline,))
    judge = Judge(subject.workspace.with_plans([subject.plan._replace(tasks=(of_one,))]), subject.on)
    [plan] = judge.workspace.plans
    return judge.near(plan, plan.tasks[0])


def periods(subject: Subject, deadline: Deadline) -> tuple[str, ...]:
    """List the open periods of a deadline, the newest first."""
    return tuple(each.occurrence.period for each in reversed(_near(subject, deadline)) if each.status in OPEN and each.occurrence.period)


def newest(subject: Subject, deadline: Deadline) -> str | None:
    """Give the newest open period that has begun; where all are done, the one that the day is in."""
    cycle = deadline.every or deadline.review
    near = [each for each in _near(subject, deadline) if each.occurrence.period]
    begun = [each for each in near if each.occurrence.first is None or each.occurrence.first <= subject.on]
    open_ = [each for each in begun if each.status in OPEN]
    if open_ or begun:
        return (open_ or begun)[-1].occurrence.period
    start = deadline.start or subject.plan.start
    if deadline.kind is Kind.RELATIVE or cycle is None or cycle.unit == "term" or start is None or start > subject.on:
        return None
    return [window.label for window in windows(cycle, start, subject.on)][-1]


def _extended(subject: Subject, deadline: Deadline, value: Mapping[str, Value]) -> Judged | None:
    """Find the occurrence that an extension moves: the one that is named, else the newest open one that has begun, else the next."""
    found = [each for each in _near(subject, deadline) if each.status in OPEN and each.occurrence.due]
    period, due = value.get("period"), value.get("from")
    found = [each for each in found if period in (None, each.occurrence.period) and due in (None, str(each.occurrence.due))]
    begun = [each for each in found if each.occurrence.first is None or each.occurrence.first <= subject.on]
    return begun[-1] if begun else found[0] if found else None


def reporter(subject: Subject, deadline: Deadline | None) -> tuple[str | None, Gap | None]:
    """Tell the unit that reports: the only one that owes it, or its successor where it has ended. A group is nobody in particular."""
    names = (deadline.actors if deadline else ()) or subject.task.lead
    found = tuple(dict.fromkeys(subject.directory.name_on(name, subject.on) for name in names))
    if not found:
        return None, None
    if len(found) == 1 and subject.directory.members(found[0]) is None:
        return found[0], None
    return None, Gap("--unit", tuple(dict.fromkeys(unit for name in found for unit in _single(subject, name))))


def _single(subject: Subject, name: str) -> Iterable[str]:
    return subject.directory.members(name) or (name,)


def awaiting(workspace: Workspace, event: str, tasks: Iterable[str] = ()) -> list[Plan]:
    """List the plans in which some deadline waits for an event of this name, in one of these tasks if any are named."""
    wanted = set(tasks)
    return [
        plan
        for plan in workspace.plans
        if any(
            event in (deadline.after, deadline.before)
            for task in plan.tasks
            if not wanted or task.id in wanted
            for deadline in task.deadlines
        )
    ]


def event_names(workspace: Workspace) -> list[str]:
    """List the events that deadlines wait for."""
    deadlines = (deadline for plan in workspace.plans for task in plan.tasks for deadline in task.deadlines)
    return list(dict.fromkeys(name for deadline in deadlines for name in (deadline.after, deadline.before) if name))
