"""Days and periods: the days that people name on a command line, and the calendar periods that a cycle divides time into.

Ranges include both ends. "Today" is always a parameter.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planctl.errors import BadDateError, NoSuchDayError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Cycle, DayOf

DAY = timedelta(days=1)
YEARS = range(1900, 2200)
"""Years that a deadline of an official document can have; outside, somebody mistyped, and the calendar has room to count in."""
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
SHORTEST_MONTH = 28
STEP = r"([+-][0-9]{1,4})([dwmy])"
WRITTEN = r"([0-9]{4})(?:年|[-./])([0-9]{1,2})(?:月|[-./])([0-9]{1,2})[日号]?"
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
"""What people type for the hyphen of a date."""
SPOKEN = r"([0-9]{4})年(?:([0-9]{1,2})月(?:份)?|第?([1-4一二三四])季度|(上|下)半年)?"
PERIOD = r"([0-9]{4})(?:-?[Qq]([1-4])|-?[Hh]([12])|-(0?[1-9]|1[0-2]))?"


class Window(NamedTuple):
    """One period of a cycle, with the label that makes up an occurrence's id: 2022, 2022-H1, 2022-Q3, 2022-05, 2022-W18, 2022-05-12."""

    label: str
    first: date
    last: date


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - DAY if year < date.max.year else date(year, month, 31)


def clipped(year: int, month: int, day: int) -> date:
    """Give a day of a month, or the month's last day where it has no such day (Civil Code, art. 202)."""
    return date(year, month, day) if day <= SHORTEST_MONTH else date(year, month, min(day, month_end(year, month).day))


def add_months(day: date, months: int) -> date:
    """Move a day by months to the corresponding day, or to the month's last where there is none (Civil Code, art. 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return clipped(year, month + 1, day.day)


def parse_day(text: str, today: date) -> date:
    """Read a day from a command line: as people write it, `today`, `+30d`, or a period (`2022Q4`, `2022-12`), which means its last day.

    Raises:
        BadDateError: the text is none of these.
        NoSuchDayError: it is a day that no calendar has.
    """
    word = plain_period(text)
    day = _read_day(word, today)
    if day is None and re.fullmatch(WRITTEN, word):
        raise NoSuchDayError(text=text)
    if day is None or day.year not in YEARS:
        raise BadDateError(text=text)
    return day


def plain_period(text: str) -> str:
    """Write a period or a day of a command line in one width, and 2022年10月, 2022年第三季度, 2022年上半年 by their labels."""
    word = "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())
    found = re.fullmatch(SPOKEN, word)
    if found is None:
        return word
    year, month, quarter, half = found.groups()
    if month:
        return f"{year}-{int(month):02}"
    numeral = "一二三四".find(quarter) + 1 if quarter else 0
    return f"{year}-Q{numeral or quarter}" if quarter else f"{year}-H{1 if half == '上' else 2}" if half else year


def _read_day(word: str, today: date) -> date | None:
    try:
        if word in ("today", "今天"):
            return today
        if step := re.fullmatch(STEP, word):
            return _step(today, int(step[1]), step[2])
        if period := re.fullmatch(PERIOD, word):
            year, quarter, half, month = (int(part or 0) for part in period.groups())
            return month_end(year, quarter * 3 or half * 6 or month or 12)
        written = re.fullmatch(WRITTEN, word)
        return date(*map(int, written.groups())) if written else None
    except (ValueError, OverflowError):
        return None


def _step(today: date, number: int, unit: str) -> date:
    if unit in "dw":
        return today + timedelta(days=number * (7 if unit == "w" else 1))
    return add_months(today, number * (12 if unit == "y" else 1))


def windows(cycle: Cycle, start: date, until: date) -> Iterator[Window]:
    """Divide time into the periods of a cycle, from the one that holds `start` to the one that holds `until`.

    Periods are those of the calendar: a quarter begins in January, April, July or October, a week on Monday (ISO 8601). Several years count
    from the year of the start, several months from January where they divide a year.
    """
    months = MONTHS.get(cycle.unit, 0) * cycle.number
    days = timedelta(days=cycle.number * (7 if cycle.unit == "week" else 1))
    first = _first_day(cycle, start, months)
    count = 0
    day = first
    while day <= until:
        count += 1
        # Counted from the first day each time: a step from the 28th of February would never get back to the 31st.
        following = add_months(first, months * count) if months else day + days
        last = following - DAY
        yield Window(_label(cycle, day, last), day, last)
        day = following


def _first_day(cycle: Cycle, start: date, months: int) -> date:
    if cycle.unit == "year":
        return date(start.year, 1, 1)
    if months:
        return date(start.year, start.month - (start.month - 1) % months if 12 % months == 0 else start.month, 1)
    return start - start.weekday() * DAY if cycle.unit == "week" else start


def _label(cycle: Cycle, first: date, last: date) -> str:
    if cycle.unit == "year":
        return f"{first.year}" if cycle.number == 1 else f"{first.year}-{last.year}"
    if cycle.unit == "half-year" and cycle.number == 1:
        return f"{first.year}-H{(first.month + 5) // 6}"
    if cycle.unit == "quarter" and cycle.number == 1:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if cycle.unit == "week":
        iso = first.isocalendar()
        return f"{iso.year}-W{iso.week:02}"
    return first.isoformat() if cycle.unit == "day" else f"{first:%Y-%m}"


def day_in(window: Window, by: DayOf) -> date:
    """Give the day of a window that `by` names: in years of the window's last year, in months of its last month."""
    if by.month is None:
        return clipped(window.last.year, window.last.month, by.day)
    return clipped(window.last.year, by.month, by.day)
