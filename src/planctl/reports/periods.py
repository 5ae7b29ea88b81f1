"""The period that a report speaks of: a month, a quarter, a half-year or a year, named as official documents name it."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from planctl.dates import DAY, PERIOD, YEARS, add_months, month_end, plain_period
from planctl.errors import BadPeriodError

NUMERALS = "一二三四"


class ReportPeriod(NamedTuple):
    """A calendar period, both ends included."""

    label: str
    """2022, 2022-H1, 2022-Q3 or 2022-05."""
    text: str
    """2022年第三季度."""
    first: date
    last: date

    def following(self) -> ReportPeriod:
        """Give the period after this one."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        return of_months(add_months(self.first, months), months)


def of_months(day: date, months: int) -> ReportPeriod:
    """Give the period of so many months that holds a day."""
    first_month = day.month - (day.month - 1) % months
    first, last = date(day.year, first_month, 1), month_end(day.year, first_month + months - 1)
    label, text = _named(months, first_month, (first_month + months - 1) // months)
    return ReportPeriod(f"{day.year}{label}", f"{day.year}年{text}", first, last)


def _named(months: int, month: int, number: int) -> tuple[str, str]:
    """Name a period within its year, for its label and in words."""
    if months == 1:
        return f"-{month:02}", f"{month}月"
    if months == 3:
        return f"-Q{number}", f"第{NUMERALS[number - 1]}季度"
    return (f"-H{number}", "上半年" if number == 1 else "下半年") if months == 6 else ("", "")


def parse_period(text: str) -> ReportPeriod:
    """Read a period of the command line: 2022, 2022H1, 2022Q4 or 2022-12.

    Raises:
        BadPeriodError: it is none of these.
    """
    match = re.fullmatch(PERIOD, plain_period(text))
    if not match or int(match[1]) not in YEARS:
        raise BadPeriodError(text=text)
    year, quarter, half, month = (int(part or 0) for part in match.groups())
    if month:
        return of_months(date(year, month, 1), 1)
    if quarter:
        return of_months(date(year, quarter * 3, 1), 3)
    return of_months(date(year, half * 6 or 12, 1), 6 if half else 12)


def last_finished(day: date, months: int) -> ReportPeriod:
    """Give the last period of so many months that is over on a day, or ends on it."""
    current = of_months(day, months)
    return current if current.last == day else of_months(current.first - DAY, months)


def day_text(day: date | None) -> str:
    """Write a day as official documents do: 2022年1月8日, without empty places (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
