"""Rules of recurrence (RFC 5545, 3.3.10) for days that repeat regularly. What it yields besides is told as gaps."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.model import Cycle

ALWAYS_THERE = 28
"""The last day that every month has."""


class Repetition(NamedTuple):
    """How days repeat: a rule, and those of its days that are not among them. One day alone has no rule."""

    rule: str | None
    days: tuple[date, ...]
    """All that the rule yields."""
    gaps: tuple[date, ...] = ()


@lru_cache(maxsize=4096)
def repetition_of(days: tuple[date, ...], cycle: Cycle) -> Repetition | None:
    """Give the rule that yields these days, which follow one another, and what it yields between them; nothing where there is none."""
    if len(days) < 2:
        return Repetition(None, days) if days else None
    if any(one >= other for one, other in pairwise(days)):
        return None
    wanted = set(days)
    for rule in _candidates(days, cycle):
        found = expand(f"{rule};UNTIL={days[-1]:%Y%m%d}", days[0])
        if found and found[-1] == days[-1] and wanted <= set(found):
            return Repetition(f"{rule};COUNT={len(found)}", found, tuple(day for day in found if day not in wanted))
    return None


def expand(rule: str, first: date) -> tuple[date, ...]:
    """Give the days that a rule yields."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only what recurs needs it

    return tuple(moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(first, time())))


def _candidates(days: tuple[date, ...], cycle: Cycle) -> Iterator[str]:
    months = MONTHS.get(cycle.unit, 0) * cycle.number
    if not months:
        yield f"FREQ={'WEEKLY' if cycle.unit == 'week' else 'DAILY'}{_interval(cycle.number)}"
        return
    yield f"FREQ=YEARLY{_interval(months // 12)}" if months % 12 == 0 else f"FREQ=MONTHLY{_interval(months)}"
    # The last day of months of different lengths; the 29th to 31st, or the last day where a month has none.
    yield f"FREQ=MONTHLY{_interval(months)};BYMONTHDAY=-1"
    latest = max(day.day for day in days)
    if latest > ALWAYS_THERE:
        each = ",".join(map(str, range(ALWAYS_THERE, latest + 1)))
        yield f"FREQ=MONTHLY{_interval(months)};BYMONTHDAY={each};BYSETPOS=-1"


def _interval(number: int) -> str:
    return f";INTERVAL={number}" if number > 1 else ""
