from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.calendars import Reckoned, WorkCalendar
from planctl.dates import add_months
from planctl.model import Roll
from planctl.settings import CalendarYear

DAY = timedelta(days=1)
CALENDAR = WorkCalendar()
ANNOUNCED = st.dates(date(2004, 3, 1), date(2026, 10, 1))
ANY_DAY = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        ("2022-09-01", 20, "2022-09-30"),
        ("2026-01-30", 20, "2026-03-05"),
        ("2026-02-12", 7, "2026-02-28"),
        ("2026-09-30", 5, "2026-10-13"),
        ("2022-09-30", 1, "2022-10-08"),
        ("2022-10-08", -1, "2022-09-30"),
        ("2022-09-30", -20, "2022-09-01"),
        ("2022-10-03", 0, "2022-10-03"),
    ],
)
def test_working_days_are_counted_by_the_notice_of_the_year(day: str, number: int, last: str) -> None:
    assert CALENDAR.add_workdays(date.fromisoformat(day), number) == (date.fromisoformat(last), False)


@pytest.mark.parametrize(
    ("start", "days", "end", "rolled"),
    [
        ("2022-09-01", 30, "2022-10-01", "2022-10-08"),
        ("2026-02-01", 15, "2026-02-16", "2026-02-24"),
        ("2026-09-10", 15, "2026-09-25", "2026-09-28"),
        ("2025-09-20", 11, "2025-10-01", "2025-10-09"),
        ("2022-09-01", 1, "2022-09-02", "2022-09-02"),
    ],
)
def test_a_period_that_ends_on_a_rest_day_ends_after_it(start: str, days: int, end: str, rolled: str) -> None:
    """Civil Code, art. 203."""
    last = date.fromisoformat(start) + days * DAY
    assert (last, CALENDAR.roll(last, Roll.NEXT)) == (date.fromisoformat(end), (date.fromisoformat(rolled), False))


@pytest.mark.parametrize(
    ("direction", "rolled"),
    [(Roll.NONE, date(2022, 12, 31)), (Roll.NEXT, date(2023, 1, 3)), (Roll.PREVIOUS, date(2022, 12, 30))],
)
def test_the_last_of_2022_was_a_saturday(direction: Roll, rolled: date) -> None:
    assert CALENDAR.roll(date(2022, 12, 31), direction) == (rolled, False)


def test_six_months_from_the_last_of_august_end_in_february() -> None:
    assert add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2022-10-08", True),  # a Saturday, worked for the national holiday
        ("2022-10-09", True),  # a Sunday
        ("2026-02-28", True),
        ("2022-10-07", False),  # a Friday off
        ("2022-06-03", False),  # 端午
        ("2022-06-04", False),
        ("2022-06-06", True),
    ],
)
def test_worked_weekends_and_weekdays_off(day: str, worked: bool) -> None:  # noqa: FBT001 - a column of the table
    assert CALENDAR.is_workday(date.fromisoformat(day)) == (worked, False)


NOTICE_2027 = CalendarYear(
    2027,
    holidays=((date(2027, 2, 5), date(2027, 2, 11)), (date(2027, 5, 4), date(2027, 5, 4))),
    workdays=(date(2027, 2, 20), date(2027, 1, 31)),
)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2027-02-05", False),  # a Friday: the first day of a range
        ("2027-02-11", False),  # and the last
        ("2027-02-12", True),
        ("2027-05-04", False),  # a single day
        ("2027-02-20", True),  # a worked Saturday
        ("2027-02-21", False),  # an ordinary Sunday
        ("2027-10-01", True),  # a notice is complete: what it does not list is an ordinary day
    ],
)
def test_the_repository_s_own_calendar_comes_first(day: str, worked: bool) -> None:  # noqa: FBT001
    assert WorkCalendar([NOTICE_2027]).is_workday(date.fromisoformat(day)) == (worked, False)


def test_the_repository_s_own_calendar_outweighs_the_package() -> None:
    own = WorkCalendar([CalendarYear(2022, holidays=((date(2022, 9, 5), date(2022, 9, 5)),))])
    assert [own.is_workday(date(2022, 9, 5)), own.is_workday(date(2022, 10, 8))] == [(False, False), (False, False)]


def test_a_notice_may_name_days_of_the_year_before() -> None:
    """The notice for 2019 gave 2018-12-31 off and had 2018-12-29 worked; it leaves the rest of 2026 to the package."""
    notice = CalendarYear(2027, holidays=((date(2026, 12, 31), date(2027, 1, 3)),), workdays=(date(2026, 12, 26),))
    own = WorkCalendar([notice])
    days = [date(2026, 12, 26), date(2026, 12, 31), date(2027, 1, 1), date(2026, 10, 1), date(2026, 10, 10)]
    assert [own.is_workday(day) for day in days] == [(True, False), (False, False), (False, False), (False, False), (True, False)]


def test_a_day_listed_as_off_and_as_worked_is_worked() -> None:
    own = WorkCalendar([CalendarYear(2027, holidays=((date(2027, 5, 1), date(2027, 5, 5)),), workdays=(date(2027, 5, 5),))])
    assert own.is_workday(date(2027, 5, 5)) == (True, False)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2030-05-02", False),
        ("2030-05-06", True),
        ("2030-05-04", False),
        ("2030-10-03", False),
        ("2030-10-04", True),
        ("1999-01-01", False),
    ],
)
def test_of_a_year_without_a_calendar_only_weekends_and_fixed_holidays_are_known(day: str, worked: bool) -> None:  # noqa: FBT001
    assert CALENDAR.is_workday(date.fromisoformat(day)) == (worked, True)


def test_what_touches_a_year_without_a_calendar_is_provisional() -> None:
    own = WorkCalendar([NOTICE_2027])
    found = [CALENDAR.add_workdays(date(2026, 12, 25), number) for number in (1, 4, 5)]
    found += [own.add_workdays(date(2026, 12, 25), 5), CALENDAR.add_workdays(date(2027, 1, 5), -3)]
    found += [CALENDAR.roll(date(2027, 1, 2), roll) for roll in (Roll.NONE, Roll.NEXT, Roll.PREVIOUS)]
    assert found == [
        Reckoned(date(2026, 12, 28), provisional=False),
        Reckoned(date(2026, 12, 31), provisional=False),
        Reckoned(date(2027, 1, 4), provisional=True),
        Reckoned(date(2027, 1, 1), provisional=False),
        Reckoned(date(2026, 12, 30), provisional=True),
        Reckoned(date(2027, 1, 2), provisional=False),
        Reckoned(date(2027, 1, 4), provisional=True),
        Reckoned(date(2026, 12, 31), provisional=True),
    ]


@settings(deadline=None)
@given(ANY_DAY, st.integers(-60, 60).filter(bool))
def test_counting_ends_on_a_working_day(day: date, number: int) -> None:
    assert CALENDAR.is_workday(CALENDAR.add_workdays(day, number).day)[0]


@settings(deadline=None)
@given(ANY_DAY, st.integers(1, 40))
def test_so_many_working_days_lie_between(day: date, number: int) -> None:
    last = CALENDAR.add_workdays(day, number).day
    assert sum(CALENDAR.is_workday(day + n * DAY)[0] for n in range(1, (last - day).days + 1)) == number


@settings(deadline=None)
@given(ANY_DAY, st.integers(1, 60))
def test_counting_there_and_back_returns_to_a_working_day(day: date, number: int) -> None:
    start = CALENDAR.roll(day, Roll.NEXT).day
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(start, number).day, -number).day == start


@settings(deadline=None)
@given(ANY_DAY, st.integers(0, 20), st.integers(-30, 30))
def test_a_later_start_never_ends_earlier(day: date, days: int, number: int) -> None:
    assert CALENDAR.add_workdays(day, number).day <= CALENDAR.add_workdays(day + days * DAY, number).day


@settings(deadline=None)
@given(ANY_DAY, st.integers(-30, 30), st.integers(0, 30))
def test_more_days_never_end_earlier(day: date, number: int, more: int) -> None:
    assert CALENDAR.add_workdays(day, number).day <= CALENDAR.add_workdays(day, number + more).day


@settings(deadline=None)
@given(ANY_DAY, st.sampled_from([Roll.NEXT, Roll.PREVIOUS]))
def test_rolling_goes_to_the_nearest_working_day_of_its_direction(day: date, direction: Roll) -> None:
    rolled = CALENDAR.roll(day, direction).day
    step = DAY if direction is Roll.NEXT else -DAY
    passed = [day + n * step for n in range(abs((rolled - day).days))]
    assert CALENDAR.is_workday(rolled)[0]
    assert not any(CALENDAR.is_workday(rest)[0] for rest in passed)
    assert (rolled - day) * step.days >= timedelta(0)


@settings(deadline=None)
@given(ANNOUNCED, st.integers(-40, 40))
def test_announced_years_are_not_provisional(day: date, number: int) -> None:
    assert not CALENDAR.add_workdays(day, number).provisional
