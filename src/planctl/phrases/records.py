"""What a phrase says: a calendar point, and the phrase with whatever its words bind.

Annotations are evaluated at once, as in `planctl.model`, and for the same reason: named tuples are then made sooner.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from planctl.model import Cycle, DayOf, Kind, Span, Target


class Moment(NamedTuple):
    """A calendar point as precisely as the words give it; `None` is what they do not say."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    """The last day meant: 3月底 is 31, 上旬 is 10; of a beginning (2021—2025年) the first day meant."""
    inclusive: bool | None = None
    """Whether the day itself is meant: 底前, 以内, 届满 say so (Civil Code, art. 1259); 前 of a named day does not."""


class Phrase(NamedTuple):
    """One phrase of a text. Which fields are set depends on what its words bind."""

    quote: str
    start: int
    end: int
    """`text[start:end]` is the quote."""
    kind: Kind
    moment: Moment | None = None
    begin: Moment | None = None
    moments: tuple[Moment, ...] | None = None
    """Where the words name several that end alike, `moment` being the last: 3、6、9、12月底前."""
    every: Cycle | None = None
    by: DayOf | None = None
    days: tuple[DayOf, ...] | None = None
    """Where each period has several days; `by` is none of them then: 每年6月底、12月底前."""
    count: int | None = None  # type: ignore[assignment]  # hides the count of tuples, which no one asks a phrase
    op: str | None = None
    """Of the count: >=, = or <=. 以上 and 以下 include the number (Civil Code, art. 1259)."""
    at_most: int | None = None
    """The upper end of a range: 1至2期."""
    of: str | None = None
    later: Moment | None = None
    """次年1月底前: a point of the year after one that the words do not name."""
    within: Span | None = None
    after: str | None = None
    before: str | None = None
    """The event that the span leads up to; empty where the words give the direction only: 提前30日."""
    target: Target | None = None
    upper: Target | None = None
    """The upper end where the target is a range: 增长6%—6.5%."""
    changed: bool = False
    """Whether the target is a change and not a level: 提高3个百分点, 翻一番. Against what, the words may not say."""
    soft: bool = False
    vague: bool = False
    implied: bool = False


def resolve(moment: Moment, year: int | None = None) -> date | None:
    """Give the date of a moment, `year` standing in where it names none; `None` while something is unknown.

    A day beyond the end of the month is its last day.
    """
    named = year if moment.year is None else moment.year
    if named is None or moment.month is None or moment.day is None:
        return None
    return date(named, moment.month, min(moment.day, monthrange(named, moment.month)[1]))
