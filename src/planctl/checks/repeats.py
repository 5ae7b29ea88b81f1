"""Checks of what was recorded twice: a figure would count twice, an event would start two clocks."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task
from planctl.checks.records import entries

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from planctl.model import Event, Progress


def check_entries(context: Context) -> Iterator[Finding]:
    """Nothing is recorded twice: of two entries of one unit, day and deadline each says something of its own.

    Good:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
          progress:
            - {on: 2022-09-30, deadline: study, period: 2022, count: 2}
    Bad:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
          progress:
            - {on: 2022-09-30, deadline: study, period: 2022, count: 1}
            - {on: 2022-09-30, deadline: study, period: 2022, count: 1}
    """
    seen: defaultdict[tuple[str, str, Hashable], list[Progress]] = defaultdict(list)
    for plan, task, entry in entries(context):
        alike = seen[plan.path, task.id, _said(entry)]
        if any(_is_repeated(other, entry) for other in alike):
            yield in_task(plan, task, ("progress", entry.position), on=entry.on)
        alike.append(entry)


def _said(entry: Progress) -> Hashable:
    return entry.on, entry.unit, entry.deadline, entry.period, entry.state, _figures(entry)


def _figures(entry: Progress) -> tuple[float | None, ...]:
    return entry.counted, entry.value, entry.percent


def _is_repeated(one: Progress, other: Progress) -> bool:
    """Tell whether two entries that are else alike have one remark; beside a figure, none is no other: it is counted twice all the same."""
    return one.note == other.note or (any(figure is not None for figure in _figures(one)) and not (one.note and other.note))


def check_events(context: Context) -> Iterator[Finding]:
    """An event is recorded once: two of one name and day have each its own time or document.

    Good:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
        events:
          - {on: 2022-09-01, name: 规范性文件公布, ref: 示政办〔2022〕3号}
          - {on: 2022-09-01, name: 规范性文件公布, ref: 示政办〔2022〕4号}
    Bad:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
        events:
          - {on: 2022-09-01, name: 规范性文件公布}
          - {on: 2022-09-01, name: 规范性文件公布, ref: 示政办〔2022〕3号}
    """
    for plan in context.workspace.plans:
        for number, event in enumerate(plan.events):
            if any(_is_same(other, event) for other in plan.events[:number]):
                yield Finding(plan.path, ("events", event.position), {"name": event.name, "on": event.on}, plan.id)


def _is_same(one: Event, other: Event) -> bool:
    apart = (one.at and other.at and one.at != other.at) or (one.ref and other.ref and one.ref != other.ref)
    shared = not one.tasks or not other.tasks or not set(one.tasks).isdisjoint(other.tasks)
    return (one.name, one.on) == (other.name, other.on) and shared and not apart
