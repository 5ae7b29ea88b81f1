"""Whether a deadline asks for less than the one above it: later, seldomer or looser.

Only what can be compared is: two dates, two lengths of time after one event, two counts of one thing a year, two figures of one unit.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.coverage.pairs import pairs
from planctl.digests import normalise
from planctl.messages import Word
from planctl.model import Kind
from planctl.occurrences import occurrences_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planctl.coverage.links import Link
    from planctl.coverage.pairs import Pair
    from planctl.model import Cycle, Deadline, Plan, Span, Target, Task
    from planctl.occurrences import Rules

A_YEAR = {"year": 1, "half-year": 2, "quarter": 4, "month": 12, "week": 52, "day": 365, "term": 1}
LENGTHS = {
    "hour": ("hour", 1),
    "day": ("hour", 24),
    "week": ("hour", 168),
    "working-day": ("working-day", 1),
    "month": ("month", 1),
    "year": ("month", 12),
}
"""What each unit of time is measured in, and how many: months have no fixed number of days, nor have working days."""
TIMES = frozenset({"", "次", "期", "场", "场次", "回", "轮"})
"""Units that count how often something is done, whatever the document calls it."""
TERM = "term"
AT_LEAST, AT_MOST, STRICT = frozenset({">=", ">", "="}), frozenset({"<=", "<"}), frozenset({">", "<"})
FAR = date(2199, 12, 31)


class Aspect(StrEnum):
    """In what a deadline asks for less."""

    LATER = "later"
    LONGER = "longer"
    FEWER = "fewer"
    LIMIT = "limit"
    LOOSER = "looser"
    SOFT = "soft"


class Weakness(NamedTuple):
    """That a deadline asks for less than the one above it: in what, and what both say."""

    aspect: Aspect
    key: str
    """The key of the deadline at fault."""
    upper: Deadline
    lower: Deadline
    above: object
    below: object


def weaknesses(link: Link, rules: Rules) -> Iterator[Weakness]:
    """Go through what a linked task asks less of than its upper task does."""
    for pair in pairs(link.upper.deadlines, link.task.deadlines):
        yield from _later(link, pair, rules)
        if pair.upper.kind is Kind.METRIC:
            yield from _looser(pair)
        else:
            yield from _seldomer(pair)


def has_date(task: Task) -> bool:
    """Tell whether a task has a deadline that falls due some day, now or after its event."""
    return any(not each.vague and (each.due or each.every or each.review or each.kind is Kind.RELATIVE) for each in task.deadlines)


def _later(link: Link, pair: Pair, rules: Rules) -> Iterator[Weakness]:
    upper, lower = pair
    if upper.due and lower.due:
        above, below = _in_force(link.upper_plan, link.upper, upper, rules), _in_force(link.plan, link.task, lower, rules)
        if below > above:
            yield Weakness(Aspect.LATER, "due", upper, lower, above, below)
    elif upper.every and upper.every == lower.every and _day(upper) < _day(lower):
        yield Weakness(Aspect.LATER, "by" if lower.by else "every", upper, lower, upper.by, lower.by or Word("word.period-end"))
    elif upper.within and lower.within and _same_event(upper, lower):
        measure, length = _length(upper.within)
        other_measure, other_length = _length(lower.within)
        if measure == other_measure and length < other_length:
            yield Weakness(Aspect.LONGER, "within", upper, lower, upper.within, lower.within)


def _in_force(plan: Plan, task: Task, deadline: Deadline, rules: Rules) -> date:
    """Give the due date of a deadline that falls once, with its approved extensions."""
    found = (each.due for each in occurrences_in(plan, task, deadline, FAR, rules))
    return next(found, None) or deadline.due or FAR


def _day(deadline: Deadline) -> tuple[int, int]:
    """Give the day by which each period of a cycle is due, as something to compare; where none is named it is the last."""
    if deadline.by:
        return deadline.by.month or 0, deadline.by.day
    return (12 if deadline.every and deadline.every.unit == "year" else 0), 31


def _same_event(upper: Deadline, lower: Deadline) -> bool:
    """Tell whether two clocks start with one event. A length before an event opens a time and ends none."""
    return bool(upper.after and lower.after) and normalise(upper.after or "") == normalise(lower.after or "")


def _length(span: Span) -> tuple[str, int]:
    measure, size = LENGTHS[span.unit]
    return measure, size * span.number


def _seldomer(pair: Pair) -> Iterator[Weakness]:
    upper, lower = pair
    above, below = upper.every or upper.review, lower.every or lower.review
    if not (above and below) or (above.unit == TERM) != (below.unit == TERM) or not _counts_the_same(upper, lower):
        return
    wanted, given = _rate(_least(upper), above), _rate(_least(lower), below)
    if wanted and (given is None or given < wanted):
        yield Weakness(Aspect.FEWER, _key_of_count(lower), upper, lower, _count_text(upper), _count_text(lower))
    wanted, given = _rate(upper.at_most, above), _rate(lower.at_most, below)
    if wanted and given and given > wanted:
        yield Weakness(Aspect.LIMIT, "at_most", upper, lower, _count_text(upper), _count_text(lower))


def _counts_the_same(upper: Deadline, lower: Deadline) -> bool:
    """Tell whether two counts are of one thing: of times, or of what has the same name."""
    first, second = normalise(upper.of or ""), normalise(lower.of or "")
    return first == second or {first, second} <= TIMES


def _least(deadline: Deadline) -> int | None:
    """Give the least count of a period: without any count it is done once; with an upper limit only, never."""
    if deadline.exactly is not None:
        return deadline.exactly
    return deadline.at_least if deadline.at_least is not None or deadline.at_most is not None else 1


def _rate(count: int | None, cycle: Cycle) -> Fraction | None:
    """Give a count of a period as one of a year: 每半年1次 is 每年2次."""
    from fractions import Fraction  # noqa: PLC0415 - only counts need it

    return None if count is None else Fraction(count * A_YEAR[cycle.unit], cycle.number)


def _key_of_count(deadline: Deadline) -> str:
    return next((key for key in ("exactly", "at_least", "at_most", "every") if getattr(deadline, key) is not None), "review")


def _count_text(deadline: Deadline) -> str:
    """Write a cycle with its count in the words of the file."""
    keys = ("every", "review", "exactly", "at_least", "at_most")
    said = (f"{key}: {getattr(deadline, key)}" for key in keys if getattr(deadline, key) is not None)
    return " ".join(part for part in (", ".join(said), deadline.of) if part)


def _looser(pair: Pair) -> Iterator[Weakness]:
    upper, lower = pair
    if upper.target and lower.target and _is_looser(upper.target, lower.target):
        yield Weakness(Aspect.LOOSER, "target", upper, lower, upper.target, lower.target)
    if lower.soft and not upper.soft:
        yield Weakness(Aspect.SOFT, "soft", upper, lower, upper.target, lower.target)


def _is_looser(above: Target, below: Target) -> bool:
    """Compare two figures of one unit that are limits on the same side. A bare figure asks for at least that much."""
    if normalise(above.unit or "") != normalise(below.unit or ""):
        return False
    strict = above.value == below.value and above.op in STRICT and below.op not in STRICT
    if {above.op, below.op} <= AT_LEAST:
        return below.value < above.value or strict
    return {above.op, below.op} <= AT_MOST and (below.value > above.value or strict)
