"""Checks of what was recorded about deadlines that an event starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task
from planctl.checks.records import SHOWN_PERIODS, entries
from planctl.dates import YEARS
from planctl.model import Kind
from planctl.occurrences import occurrences_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Deadline, Progress, Task


def check_after_event(context: Context) -> Iterator[Finding]:
    """Nothing is done in answer to an event before it; and a period that is named is the day of one.

    Good:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
            progress:
              - {on: 2022-09-20, deadline: file, period: 2022-09-01, state: done, evidence: [evidence/20.pdf]}
        events:
          - {on: 2022-09-01, name: 规范性文件公布}
    Bad:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
            progress:
              - {on: 2022-08-20, deadline: file, state: done, evidence: [evidence/20.pdf]}
        events:
          - {on: 2022-09-01, name: 规范性文件公布}
    """
    until = context.today.replace(year=YEARS.stop - 1, month=12, day=31)
    for plan, task, entry in entries(context):
        # Without events nothing has begun.
        deadline = _clock_of(task, entry) if plan.events or entry.period else None
        if deadline is None:
            continue
        # What was begun before the plan ended was begun, although nobody owes it any more.
        lasting = plan._replace(ended=None)
        begun = {each.period: each.first for each in occurrences_in(lasting, task, deadline, until, context.rules) if each.period}
        if entry.period and entry.period not in begun:
            names, keys = list(begun)[-SHOWN_PERIODS:], ("progress", entry.position, "period")
            yield in_task(plan, task, keys, "period" if names else "none", deadline=deadline.id, period=entry.period, known=names)
            continue
        days = [first for period, first in begun.items() if entry.period in (None, period)]
        firsts = [day for day in days if day]
        # What has no first day may have been done at any time.
        if firsts and len(firsts) == len(days) and entry.on < min(firsts):
            yield in_task(plan, task, ("progress", entry.position, "on"), deadline=deadline.id, on=entry.on, first=min(firsts))


def _clock_of(task: Task, entry: Progress) -> Deadline | None:
    """Give the deadline that an entry speaks of, if an event starts it."""
    named = [each for each in task.deadlines if each.id == entry.deadline or (entry.deadline is None and len(task.deadlines) == 1)]
    return next((each for each in named if not each.vague and (each.kind is Kind.RELATIVE or _is_of_terms(each))), None)


def _is_of_terms(deadline: Deadline) -> bool:
    cycle = deadline.every or deadline.review
    return cycle is not None and cycle.unit == "term"
