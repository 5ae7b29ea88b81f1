"""Rules of recurrence (RFC 5545, 3.3.10) for days that repeat regularly. A rule is only given where it yields exactly those days."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.model import Cycle

ALWAYS_THERE = 28
"""The last day that every month has."""


@lru_cache(maxsize=4096)
def rule_of(days: tuple[date, ...], cycle: Cycle) -> str | None:
    """Give the rule that yields these days, which follow one another, and no others; nothing where there is none."""
    if len(days) < 2 or len(set(days)) < len(days):
        return None
    return next((rule for rule in _candidates(days, cycle) if expand(rule, days[0]) == days), None)


def expand(rule: str, first: date) -> tuple[date, ...]:
    """Give the days that a rule yields."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only what recurs needs it

    return tuple(moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(first, time())))


def _candidates(days: tuple[date, ...], cycle: Cycle) -> Iterator[str]:
    count = f"COUNT={len(days)}"
    months = MONTHS.get(cycle.unit, 0) * cycle.number
    if not months:
        yield f"FREQ={'WEEKLY' if cycle.unit == 'week' else 'DAILY'}{_interval(cycle.number)};{count}"
        return
    yield f"FREQ=YEARLY{_interval(months // 12)};{count}" if months % 12 == 0 else f"FREQ=MONTHLY{_interval(months)};{count}"
    # The last day of months of different lengths; the 29th to 31st, or the last day where a month has none.
    yield f"FREQ=MONTHLY{_interval(months)};BYMONTHDAY=-1;{count}"
    latest = max(day.day for day in days)
    if latest > ALWAYS_THERE:
        each = ",".join(map(str, range(ALWAYS_THERE, latest + 1)))
        yield f"FREQ=MONTHLY{_interval(months)};BYMONTHDAY={each};BYSETPOS=-1;{count}"


def _interval(number: int) -> str:
    return f";INTERVAL={number}" if number > 1 else ""
