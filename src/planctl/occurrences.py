"""Occurrences: the concrete due dates that the deadlines of a plan yield. Derived, never stored; each has an id that never changes.

What was recorded after a day is taken out of a plan by `as_of`, so that everything here speaks of the plan as it was known then.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planctl.calendars import WorkCalendar
from planctl.dates import DAY, add_months, day_in, month_end, windows
from planctl.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Cycle, Deadline, Decision, Event, Extension, Plan, Task

NAMED_DAY = "日(?:之|以)?前"
"""前, 之前, 以前 of a named day: whether the day counts is a setting, since Civil Code art. 1259 does not list these words. It lists 届满,
which includes the day; 底前 names no day."""
LONGEST_REST = timedelta(days=15)
"""No run of rest days is longer, so that no date moves further to a working day. Dates beyond need no calendar, which is dear to load."""
TERM_BEGINS, TERM_ENDS = "任期开始", "任期届满"
"""The events that bound a term of office where a deadline names no others."""
UNIT_MONTHS = {"month": 1, "year": 12}


class Rules(NamedTuple):
    """The settings that due dates depend on."""

    before_inclusive: bool = True
    calendar: WorkCalendar = WorkCalendar()


class Occurrence(NamedTuple):
    """One concrete due date of a deadline."""

    plan: Plan
    task: Task
    deadline: Deadline
    original: date | None
    """The due date before any extension; `None` while its event has not happened."""
    due: date | None
    """The due date in force."""
    period: str | None = None
    """What tells it from the other occurrences of its deadline: the label of its window, or the day of its event."""
    first: date | None = None
    """The first day on which it can be fulfilled."""
    last: date | None = None
    """The last day of its window, for recurring deadlines."""
    provisional: bool = False
    """The date rests on a year whose holidays are not announced yet."""
    moment: datetime | None = None
    """The moment it is due, where the limit is in hours and the time of the event is known."""
    event: Event | None = None
    extensions: tuple[Extension, ...] = ()

    @property
    def id(self) -> str:
        """`<task>/<deadline>`, and `@<period>` where there are several."""
        name = f"{self.task.id}/{self.deadline.id}"
        return f"{name}@{self.period}" if self.period else name


def as_of(plan: Plan, day: date) -> Plan:
    """Take out of a plan what was recorded after a day: progress, events, approvals of extensions, cancellations, the end of the plan."""
    return plan._replace(
        tasks=tuple(_task_as_of(task, day) for task in plan.tasks),
        events=tuple(event for event in plan.events if (event.recorded or event.on) <= day),
        ended=_decided(plan.ended, day),
    )


def _task_as_of(task: Task, day: date) -> Task:
    if not (task.progress or task.extensions or task.cancelled):
        return task
    return task._replace(
        progress=tuple(entry for entry in task.progress if entry.on <= day),
        extensions=tuple(found for extension in task.extensions if (found := _extension_as_of(extension, day))),
        cancelled=_decided(task.cancelled, day),
    )


def _extension_as_of(extension: Extension, day: date) -> Extension | None:
    """Give an extension as it was known on a day: approved, only requested, or not yet heard of."""
    if extension.approved and extension.approved <= day:
        return extension
    return extension._replace(approved=None) if extension.requested and extension.requested <= day else None


def _decided(decision: Decision | None, day: date) -> Decision | None:
    return decision if decision and decision.on <= day else None


def occurrences(plan: Plan, until: date, rules: Rules) -> Iterator[Occurrence]:
    """Derive the occurrences of a plan whose original due date is not after `until`, and those that wait for an event."""
    for task in plan.tasks:
        yield from occurrences_of(plan, task, until, rules)


def occurrences_of(plan: Plan, task: Task, until: date, rules: Rules) -> Iterator[Occurrence]:
    """Derive the occurrences of one task, as `occurrences` does of a plan."""
    for deadline in task.deadlines:
        yield from occurrences_in(plan, task, deadline, until, rules)


def occurrences_in(plan: Plan, task: Task, deadline: Deadline, until: date, rules: Rules) -> Iterator[Occurrence]:
    """Derive the occurrences of one deadline, as `occurrences` does of a plan."""
    # A vague deadline has words and no date: nothing can be derived from it that the document says.
    if deadline.vague:
        return
    for occurrence in _derive(plan, task, deadline, until, rules):
        # What has not begun when the plan ends never will.
        if not (plan.ended and (occurrence.original is None or occurrence.original >= plan.ended.on)):
            yield _extended(occurrence) if task.extensions else occurrence


def _derive(plan: Plan, task: Task, deadline: Deadline, until: date, rules: Rules) -> Iterator[Occurrence]:
    if deadline.kind is Kind.RELATIVE:
        return _relative(plan, task, deadline, until, rules)
    cycle = deadline.every or deadline.review
    if cycle and cycle.unit == "term":
        return _terms(plan, task, deadline, until)
    if cycle:
        return _recurring(plan, task, deadline, cycle, until, rules)
    return _once(plan, task, deadline, until, rules)


def _once(plan: Plan, task: Task, deadline: Deadline, until: date, rules: Rules) -> Iterator[Occurrence]:
    if deadline.due and deadline.due <= until + LONGEST_REST:
        due, provisional = _settled(deadline, deadline.due, rules)
        if due <= until:
            yield Occurrence(plan, task, deadline, due, due, first=deadline.start, provisional=provisional)


def _recurring(plan: Plan, task: Task, deadline: Deadline, cycle: Cycle, until: date, rules: Rules) -> Iterator[Occurrence]:
    start = deadline.start or plan.start
    if start is None:
        return
    end = plan.period.end or date.max
    # Back from a rest day, or 每月1日前 without the day itself: a date can lie before its window.
    for window in windows(cycle, start, min(until, end - LONGEST_REST) + LONGEST_REST):
        # A period that the plan's end cuts short is due when the plan ends; a named day after the end is owed to nobody.
        named = day_in(window, deadline.by) if deadline.by else min(window.last, end)
        if named > min(end, until + LONGEST_REST):
            continue
        due, provisional = _settled(deadline, named, rules)
        if start <= due <= until:
            first = max(window.first, start)
            yield Occurrence(plan, task, deadline, due, due, window.label, min(first, due), window.last, provisional)


def _settled(deadline: Deadline, day: date, rules: Rules) -> tuple[date, bool]:
    """Apply to a day of the calendar what is to be settled about it: whether 前 includes it, and where it goes from a rest day."""
    named = not rules.before_inclusive and re.search(NAMED_DAY, deadline.wording or "")
    if named and day != month_end(day.year, day.month):
        day -= DAY
    return rules.calendar.roll(day, deadline.roll)


def awaited(deadline: Deadline) -> str | None:
    """Name the event without which a deadline has no date."""
    if deadline.kind is not Kind.RELATIVE:
        return deadline.after or TERM_BEGINS
    return deadline.before if deadline.before and not deadline.within else deadline.after or deadline.before


def _events(plan: Plan, task: Task, name: str | None) -> list[Event]:
    found = (event for event in plan.events if event.name == name and (not event.tasks or task.id in event.tasks))
    return sorted(found, key=lambda event: event.on)


def _numbered(events: list[Event]) -> Iterator[tuple[str, Event]]:
    """Name each event by its day, and the second of a day by a number too."""
    seen: dict[date, int] = {}
    for event in events:
        seen[event.on] = number = seen.get(event.on, 0) + 1
        yield (f"{event.on}" if number == 1 else f"{event.on}.{number}"), event


def _relative(plan: Plan, task: Task, deadline: Deadline, until: date, rules: Rules) -> Iterator[Occurrence]:
    events = _events(plan, task, awaited(deadline))
    if not events:
        yield Occurrence(plan, task, deadline, None, None)
    for period, event in _numbered(events):
        if event.on > min(until + LONGEST_REST, plan.period.end or date.max):
            break
        occurrence = _counted(Occurrence(plan, task, deadline, None, None, period, event=event), event, rules)
        if occurrence.due and occurrence.due <= until:
            yield occurrence


def _counted(occurrence: Occurrence, event: Event, rules: Rules) -> Occurrence:
    """Count from an event. Its own day is not counted (Civil Code, art. 201), so N days after it end on the Nth day from it."""
    deadline, plan, task = occurrence.deadline, occurrence.plan, occurrence.task
    if deadline.before and not (deadline.after and deadline.within):
        first, guessed = _moved(event, deadline, -1, rules) if deadline.within else (None, False)
        if deadline.after:
            begun = [earlier.on for earlier in _events(plan, task, deadline.after) if earlier.on <= event.on]
            first = begun[-1] if begun else None
        inclusive = rules.before_inclusive or deadline.before.endswith("届满")
        day = event.on if inclusive else event.on - DAY
    else:
        first, guessed = event.on, False
        day, guessed = _moved(event, deadline, 1, rules)
        if deadline.within and deadline.within.unit == "hour" and event.at:
            occurrence = occurrence._replace(moment=datetime.combine(event.on, event.at) + timedelta(hours=deadline.within.number))
    due, rolled = rules.calendar.roll(day, deadline.roll)
    return occurrence._replace(original=due, due=due, first=min(first, due) if first else None, provisional=guessed or rolled)


def _moved(event: Event, deadline: Deadline, sign: int, rules: Rules) -> tuple[date, bool]:
    """Move the day of an event by the deadline's span, forward or back."""
    span = deadline.within
    if span is None:
        return event.on, False
    number = sign * span.number
    if span.unit == "working-day":
        return rules.calendar.add_workdays(event.on, number)
    if span.unit == "hour":
        return (datetime.combine(event.on, event.at or time()) + timedelta(hours=number)).date(), False
    if span.unit in UNIT_MONTHS:
        return add_months(event.on, number * UNIT_MONTHS[span.unit]), False
    return event.on + timedelta(days=number * (7 if span.unit == "week" else 1)), False


def _terms(plan: Plan, task: Task, deadline: Deadline, until: date) -> Iterator[Occurrence]:
    """A duty of each term of office: from the event that begins the term to the one that ends it, which may not have happened yet."""
    begins = _events(plan, task, awaited(deadline))
    ends = [event.on for event in _events(plan, task, deadline.before or TERM_ENDS)]
    if not begins:
        yield Occurrence(plan, task, deadline, None, None)
    for period, event in _numbered(begins):
        due = next((end for end in ends if end > event.on), None)
        if due is None or due <= until:
            yield Occurrence(plan, task, deadline, due, due, period, event.on, event=event)


def _extended(occurrence: Occurrence) -> Occurrence:
    """Apply the approved extensions of an occurrence, each to the date that the one before left."""
    due, applied = occurrence.due, []
    for extension in occurrence.task.extensions:
        if extension.approved and extension.old == due and concerns(extension, occurrence):
            due = extension.new
            applied.append(extension)
    return occurrence._replace(due=due, extensions=tuple(applied)) if applied else occurrence


def concerns(extension: Extension, occurrence: Occurrence) -> bool:
    """Tell whether an extension speaks of an occurrence, as far as it says of which."""
    only = len(occurrence.task.deadlines) == 1
    of_deadline = extension.deadline == occurrence.deadline.id or (extension.deadline is None and only)
    return of_deadline and extension.period in (None, occurrence.period)
