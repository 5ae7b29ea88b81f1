"""Working days in China: weekends, holidays and worked weekends (调休), as the State Council's office announces them a year at a time.

The repository's own `calendars:` come first, then the `chinesecalendar` package (2004 to the last announced year). Of any other year only
weekends and the holidays with a fixed date are known, and what is computed from it is *provisional*.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Roll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.settings import CalendarYear

DAY = timedelta(days=1)
SATURDAY = 5
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays that have a fixed date (全国年节及纪念日放假办法, 2024, art. 2)."""


class Reckoned(NamedTuple):
    """A day, and whether it rests on a year whose holidays are not announced yet."""

    day: date
    provisional: bool


class WorkCalendar:
    """Tells working days from rest days. Asks the package only when a working day is needed."""

    def __init__(self, years: Sequence[CalendarYear] = ()) -> None:
        self._years = frozenset(year.year for year in years)
        # The notice of a year also names days at the edges of its neighbours: 2018-12-31 was a day off by the notice for 2019.
        self._holidays = frozenset(
            first + n * DAY for year in years for first, last in year.holidays for n in range((last - first).days + 1)
        )
        self._workdays = frozenset(day for year in years for day in year.workdays)

    def is_workday(self, day: date) -> tuple[bool, bool]:
        """Tell whether a day is worked, and whether that is provisional."""
        if day in self._workdays or day in self._holidays:
            return day in self._workdays, False
        if day.year in self._years:
            return day.weekday() < SATURDAY, False
        import chinese_calendar  # noqa: PLC0415 - its tables are only needed for working days

        try:
            return chinese_calendar.is_workday(day), False
        except NotImplementedError:
            return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS, True

    def add_workdays(self, day: date, number: int) -> Reckoned:
        """Count working days from a day, itself not counted (Civil Code, art. 201); a negative number counts back."""
        step = DAY if number > 0 else -DAY
        provisional = False
        for _ in range(abs(number)):
            day += step
            while True:
                worked, guessed = self.is_workday(day)
                provisional |= guessed
                if worked:
                    break
                day += step
        return Reckoned(day, provisional)

    def roll(self, day: date, direction: Roll) -> Reckoned:
        """Move a day that falls on a rest day to the next working day (Civil Code, art. 203) or to the previous one."""
        if direction is Roll.NONE:
            return Reckoned(day, provisional=False)
        step = DAY if direction is Roll.NEXT else -DAY
        provisional = False
        while True:
            worked, guessed = self.is_workday(day)
            provisional |= guessed
            if worked:
                return Reckoned(day, provisional)
            day += step
