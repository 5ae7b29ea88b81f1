from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.dates import Window, add_months, clipped, day_in, month_end, parse_day, windows
from planctl.errors import BadDateError
from planctl.model import Cycle, DayOf

DAY = timedelta(days=1)
TODAY = date(2022, 6, 21)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
CYCLES = st.builds(
    Cycle, st.one_of(st.just(1), st.integers(1, 30)), st.sampled_from(["year", "half-year", "quarter", "month", "week", "day"])
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-12-31", date(2022, 12, 31)),
        (" 2022-12-31 ", date(2022, 12, 31)),
        ("2024-02-29", date(2024, 2, 29)),
        ("today", TODAY),
        ("今天", TODAY),
        ("+0d", TODAY),
        ("+30d", date(2022, 7, 21)),
        ("-1d", date(2022, 6, 20)),
        ("-2w", date(2022, 6, 7)),
        ("+3m", date(2022, 9, 21)),
        ("-16m", date(2021, 2, 21)),
        ("+1y", date(2023, 6, 21)),
        ("2022Q4", date(2022, 12, 31)),
        ("2022q1", date(2022, 3, 31)),
        ("2022-Q2", date(2022, 6, 30)),
        ("2022-Q3", date(2022, 9, 30)),
        ("2022H1", date(2022, 6, 30)),
        ("2022-H2", date(2022, 12, 31)),
        ("2022-12", date(2022, 12, 31)),
        ("2022-9", date(2022, 9, 30)),
        ("2024-02", date(2024, 2, 29)),
        ("2022", date(2022, 12, 31)),
        ("1900", date(1900, 12, 31)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2022-9-1", date(2022, 9, 1)),
        ("2022/12/31", date(2022, 12, 31)),
        ("2022.12.1", date(2022, 12, 1)),
        ("2022年12月1日", date(2022, 12, 1)),
        ("2022 年 12 月 1 日", date(2022, 12, 1)),
        ("２０２２－１２－０１", date(2022, 12, 1)),
        ("２０２２年１２月", date(2022, 12, 31)),
        ("2022年", date(2022, 12, 31)),
        ("2022年第三季度", date(2022, 9, 30)),
        ("2022年上半年", date(2022, 6, 30)),
    ],
)
def test_day_of_a_command_line(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "12月", "22年", "12月31日", "2022年13月", "2022年五季度", "明天", "tomorrow", "TODAY", "nonsense"),
        *("2022-02-30", "2023-02-29", "2022-13-01", "2022-00-10", "0000-00-00"),
        *("2022-13", "2022-00", "2022-0", "2022-99", "2022Q0", "2022Q5", "2022-H3", "2022-H0"),
        *("20221231", "22-12-31", "2022-2-31", "2022年2月31日", "2022.13.1", "31-12-2022", "2022-12-31T00:00"),
        *("30d", "+d", "+30", "+30x", "+-3d", "+99999d", "++3d", "+3d4"),
        *("1899", "1899-12-31", "2200", "2200-01-01", "9999-12-31", "+9999y", "-9999y", "-9999m"),
        *("2022-12-31\n2022-12-31", "+٣d"),
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadDateError) as refused:
        parse_day(text, TODAY)
    assert refused.value.args_of_message == {"text": text}


@settings(deadline=None)
@given(st.text(), DAYS)
def test_any_text_is_a_day_in_range_or_refused(text: str, today: date) -> None:
    try:
        day = parse_day(text, today)
    except BadDateError:
        return
    assert 1900 <= day.year < 2200


@settings(deadline=None)
@given(DAYS)
def test_an_iso_date_is_itself_whatever_today_is(day: date) -> None:
    assert parse_day(day.isoformat(), TODAY) == day


@settings(deadline=None)
@given(st.integers(1900, 2199), st.integers(1, 12))
def test_the_day_after_the_end_of_a_month_is_a_first(year: int, month: int) -> None:
    end = month_end(year, month)
    assert ((end.year, end.month), (end + DAY).day) == ((year, month), 1)


def test_the_last_month_of_the_calendar_has_an_end() -> None:
    assert month_end(9999, 12) == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2022, 1, 31), 1, date(2022, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2022, 12, 15), 1, date(2023, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2022, 5, 31), 0, date(2022, 5, 31)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(day: date, months: int, moved: date) -> None:
    """Civil Code, art. 202."""
    assert add_months(day, months) == moved


@settings(deadline=None)
@given(DAYS, st.integers(-600, 600))
def test_a_month_has_its_corresponding_day_or_ends_without_it(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + DAY).day == 1)


@pytest.mark.parametrize(("month", "day", "given_day"), [(2, 31, 28), (2, 28, 28), (4, 31, 30), (12, 31, 31), (6, 15, 15)])
def test_a_day_that_a_month_lacks_is_its_last(month: int, day: int, given_day: int) -> None:
    assert clipped(2022, month, day) == date(2022, month, given_day)


@pytest.mark.parametrize(
    ("cycle", "start", "until", "found"),
    [
        (
            Cycle(1, "year"),
            "2022-06-21",
            "2024-01-01",
            ["2022 2022-01-01 2022-12-31", "2023 2023-01-01 2023-12-31", "2024 2024-01-01 2024-12-31"],
        ),
        (Cycle(2, "year"), "2022-06-21", "2024-06-30", ["2022-2023 2022-01-01 2023-12-31", "2024-2025 2024-01-01 2025-12-31"]),
        (Cycle(5, "year"), "2021-05-05", "2025-12-31", ["2021-2025 2021-01-01 2025-12-31"]),
        (Cycle(1, "half-year"), "2022-06-30", "2022-07-01", ["2022-H1 2022-01-01 2022-06-30", "2022-H2 2022-07-01 2022-12-31"]),
        (Cycle(1, "quarter"), "2022-09-30", "2022-10-01", ["2022-Q3 2022-07-01 2022-09-30", "2022-Q4 2022-10-01 2022-12-31"]),
        (Cycle(1, "month"), "2024-01-31", "2024-02-01", ["2024-01 2024-01-01 2024-01-31", "2024-02 2024-02-01 2024-02-29"]),
        (Cycle(2, "month"), "2022-04-15", "2022-05-01", ["2022-03 2022-03-01 2022-04-30", "2022-05 2022-05-01 2022-06-30"]),
        (Cycle(5, "month"), "2022-11-15", "2023-04-01", ["2022-11 2022-11-01 2023-03-31", "2023-04 2023-04-01 2023-08-31"]),
        (Cycle(1, "week"), "2022-05-04", "2022-05-09", ["2022-W18 2022-05-02 2022-05-08", "2022-W19 2022-05-09 2022-05-15"]),
        (Cycle(1, "week"), "2021-01-01", "2021-01-03", ["2020-W53 2020-12-28 2021-01-03"]),
        (Cycle(2, "week"), "2022-12-30", "2023-01-02", ["2022-W52 2022-12-26 2023-01-08"]),
        (
            Cycle(1, "day"),
            "2024-02-28",
            "2024-03-01",
            ["2024-02-28 2024-02-28 2024-02-28", "2024-02-29 2024-02-29 2024-02-29", "2024-03-01 2024-03-01 2024-03-01"],
        ),
        (Cycle(3, "day"), "2022-01-01", "2022-01-04", ["2022-01-01 2022-01-01 2022-01-03", "2022-01-04 2022-01-04 2022-01-06"]),
    ],
)
def test_the_periods_of_a_cycle(cycle: Cycle, start: str, until: str, found: list[str]) -> None:
    given_windows = windows(cycle, date.fromisoformat(start), date.fromisoformat(until))
    assert [f"{window.label} {window.first} {window.last}" for window in given_windows] == found


@settings(deadline=None)
@given(CYCLES, DAYS, st.integers(0, 4000))
def test_periods_tile_time(cycle: Cycle, start: date, days: int) -> None:
    until = start + days * DAY
    found = list(windows(cycle, start, until))
    assert all(window.first <= window.last for window in found)
    assert all(before.last + DAY == after.first for before, after in pairwise(found))
    assert found[0].first <= start <= found[0].last
    assert found[-1].first <= until <= found[-1].last
    assert len({window.label for window in found}) == len(found)


@settings(deadline=None)
@given(CYCLES, DAYS, st.integers(0, 2000), st.integers(0, 2000))
def test_a_farther_horizon_only_adds_periods(cycle: Cycle, start: date, days: int, more: int) -> None:
    near = list(windows(cycle, start, start + days * DAY))
    far = list(windows(cycle, start, start + (days + more) * DAY))
    assert far[: len(near)] == near


def test_no_period_before_the_start() -> None:
    assert list(windows(Cycle(1, "year"), date(2022, 6, 21), date(2021, 12, 31))) == []


@pytest.mark.parametrize(
    ("window", "by", "day"),
    [
        (Window("2022", date(2022, 1, 1), date(2022, 12, 31)), DayOf(3, 1), date(2022, 3, 1)),
        (Window("2022-2023", date(2022, 1, 1), date(2023, 12, 31)), DayOf(3, 1), date(2023, 3, 1)),
        (Window("2023", date(2023, 1, 1), date(2023, 12, 31)), DayOf(2, 29), date(2023, 2, 28)),
        (Window("2024", date(2024, 1, 1), date(2024, 12, 31)), DayOf(2, 29), date(2024, 2, 29)),
        (Window("2022-02", date(2022, 2, 1), date(2022, 2, 28)), DayOf(None, 31), date(2022, 2, 28)),
        (Window("2022-Q2", date(2022, 4, 1), date(2022, 6, 30)), DayOf(None, 15), date(2022, 6, 15)),
        (Window("2022-H1", date(2022, 1, 1), date(2022, 6, 30)), DayOf(None, 31), date(2022, 6, 30)),
    ],
)
def test_the_day_of_a_period(window: Window, by: DayOf, day: date) -> None:
    assert day_in(window, by) == day


@settings(deadline=None)
@given(st.sampled_from(["year", "half-year", "quarter", "month"]), st.integers(1, 12), st.integers(1, 28), DAYS)
def test_the_day_of_a_period_lies_in_it(unit: str, month: int, day: int, start: date) -> None:
    window = next(windows(Cycle(1, unit), start, start))
    assert window.first <= day_in(window, DayOf(month if unit == "year" else None, day)) <= window.last
