"""Tallies: how many tasks and occurrences stand how, of a unit, of a section, in a month and over time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import DAY, add_months
from planctl.model import State
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.statuses import Judged

MONTHS_BACK = 24
"""How far the history goes back."""
UNCOUNTED = frozenset({Status.SUSPENDED, Status.CANCELLED})
"""Nobody owes these any more, or for now."""
DRAWN = (Status.DONE, Status.OVERDUE, Status.DUE, Status.UPCOMING)


class Tally(NamedTuple):
    """Tasks by how they stand, and the occurrences that were owed so far."""

    label: str
    organisation: str
    """What the label belongs to: the plan of a section."""
    tasks: int
    done: int
    overdue: int
    due: int
    upcoming: int
    other: int
    """Standing, awaiting an event, suspended or cancelled."""
    owed: int
    """Occurrences whose date has come, or that were done before it."""
    met: int
    missed: int

    @property
    def rate(self) -> str:
        """The share of what was owed that was done."""
        return f"{self.met / self.owed:.0%}" if self.owed else "—"


class Month(NamedTuple):
    """How many fall due in a month, and how many of them were missed."""

    due: int = 0
    missed: int = 0


def tally(label: str, statuses: Sequence[Status], near: Iterable[Judged], organisation: str = "") -> Tally:
    """Count tasks and what they owed so far."""
    of_status = Counter(statuses)
    done, overdue, due, upcoming = (of_status[status] for status in DRAWN)
    other = len(statuses) - done - overdue - due - upcoming
    owed = [each for each in near if _is_owed(each)]
    met = sum(each.status is Status.DONE for each in owed)
    missed = sum(each.status is Status.OVERDUE for each in owed)
    return Tally(label, organisation, len(statuses), done, overdue, due, upcoming, other, len(owed), met, missed)


def _is_owed(judged: Judged) -> bool:
    due_so_far = judged.days_left is not None and judged.days_left <= 0
    return judged.status is Status.DONE or (judged.status not in UNCOUNTED and due_so_far)


def by_month(
    owed: Iterable[tuple[Sequence[str], Judged]], months: Sequence[str], window: tuple[date, date]
) -> tuple[tuple[str, tuple[Month, ...]], ...]:
    """Count what falls due for each unit in each month of a window; those with the most missed come first."""
    due: Counter[tuple[str, str]] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    units: Counter[str] = Counter()
    for names, each in owed:
        day = each.occurrence.due
        if day is None or not window[0] <= day <= window[1] or each.status in UNCOUNTED:
            continue
        for name in names:
            due[name, f"{day:%Y-%m}"] += 1
            late = each.status is Status.OVERDUE
            missed[name, f"{day:%Y-%m}"] += late
            units[name] += late
    ordered = sorted(units, key=lambda name: (-units[name], -sum(due[name, month] for month in months)))
    return tuple((name, tuple(Month(due[name, month], missed[name, month]) for month in months)) for name in ordered)


def history(judged: Iterable[Judged], day: date) -> tuple[tuple[date, int, int], ...]:
    """Count at the ends of months, up to a day, what was owed in all by then and how much of it was done."""
    spans = [span for each in judged if (span := _span(each))]
    if not spans:
        return ()
    this_month = day.replace(day=1)
    ends = [add_months(this_month, -back) - DAY for back in reversed(range(MONTHS_BACK))]
    first = min(owed for owed, _ in spans)
    ends = [end for end in ends if end >= first - 31 * DAY]
    return tuple((end, sum(owed <= end for owed, _ in spans), sum(done <= end for _, done in spans)) for end in dict.fromkeys([*ends, day]))


def _span(judged: Judged) -> tuple[date, date] | None:
    """Give the day from which an occurrence is owed, and the day on which it was done."""
    due = judged.occurrence.due
    if judged.status in UNCOUNTED or (due is None and judged.status is not Status.DONE):
        return None
    done = _finished(judged) if judged.status is Status.DONE else date.max
    return min(due or done, done), done


def _finished(judged: Judged) -> date:
    said = [entry.on for entry in judged.entries if entry.state in (State.DONE, State.CLOSED)]
    recorded = said or [entry.on for entry in judged.entries]
    return recorded[-1] if recorded else judged.occurrence.due or date.max
