"""Calendar points and stretches: 2022年底前, 3月1日前, 上半年, 2021—2025年, “十四五”期间."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind
from planctl.phrases.lexicon import (
    ACCOUNTED,
    ACHIEVED,
    AIM,
    BEGUN,
    CITING,
    DONE_THEN,
    EDGE,
    FINISHING,
    FIRST,
    FIVE_YEARS,
    JUDGED_THEN,
    LAST_DAY,
    LEAD,
    LISTED,
    MONTH_LIST,
    MONTH_OF_DEEDS,
    MONTHS_HEAD,
    MONTHS_TO,
    NAMED_THEN,
    NAMED_TIME,
    NOT_A_LIMIT,
    NUMERIC_DAY,
    ONLY_MONTHS,
    PAST,
    POINT,
    RANGE,
    REPORTED,
    REPORTING,
    SHARED_OUT,
    SINCE,
    STANDING,
    STARTING,
    WHOLE_YEAR,
    YEAR_OF_LIST,
)
from planctl.phrases.numerals import number
from planctl.phrases.records import Moment, Phrase

if TYPE_CHECKING:
    import re

    from planctl.phrases.folding import Folded
    from planctl.phrases.lexicon import Words

LEAP_YEAR = 2000
"""Lends February its 29th day where no year is named."""
THIRD_ENDS = {"上": 10, "中": 20}
FIRST_COUNTED_PLAN = (3, 1966)
"""The third five-year plan began in 1966, after three years of adjustment; since then one follows the other."""
MARKS = str.maketrans("和及", "、、")
REACH = 40
PARTS = ("month", "half", "quarter", "any_quarter", "any_month", "edge", "in_year")
CLOSES = ("close", "quarter_close", "any_quarter", "any_month", "in_year")


class Point(NamedTuple):
    """A point as written: the first and the last day that it covers."""

    first: Moment
    last: Moment
    end: int
    vague: bool
    found: re.Match[str]


def read_moment(folded: Folded, at: int, floor: int) -> Phrase | None:
    """Read a date, a part of a year, a range or a five-year plan."""
    text = folded.text
    return (
        _read_plan(text, at)
        or _read_whole_year(text, at)
        or _read_months(text, at)
        or _read_numeric(text, at, floor)
        or _read_range(text, at, floor)
        or _read_point(text, at, floor)
    )


def point_at(text: str, at: int) -> Point | None:
    """Read one point, whether or not it makes a limit by itself."""
    found = POINT.match(text, at)
    if found is None or found["later"] or not (found["year"] or any(found[part] for part in PARTS)):
        return None
    year = number(found["year"]) if found["year"] else None
    (first_month, first_day), (month, day) = _begin(found), _end(found, year)
    is_before = (found["suffix"] or "").endswith("前")
    is_end = _is_end(found)
    is_unclear = bool(found["dawn"]) or found["edge"] in {"初", "中"}
    # 2030年前 and 6月前: whether the year or the month itself is still meant, the words do not say.
    is_unclear |= is_before and not is_end and not found["day"]
    inclusive = None if is_unclear or (is_before and not is_end) else True
    last = Moment(year, month, day, inclusive)
    return Point(Moment(year, first_month, first_day), last, found.end(), is_unclear, found)


def _is_end(found: re.Match[str]) -> bool:
    """Tell whether the words name the end of a stretch: 3月底, 年末."""
    return any(found[close] for close in CLOSES) or found["edge"] in {"底", "末", "终"}


def _begin(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["month"]:
        third = {"上": 1, "中": 11, "下": 21}.get(found["third"] or "", 1)
        return number(found["month"]), number(found["day"]) if found["day"] else third
    if found["half"]:
        return (1 if found["half"] == "上" else 7), 1
    if found["quarter"]:
        return 3 * number(found["quarter"]) - 2, 1
    return 1, 1


def _end(found: re.Match[str], year: int | None) -> tuple[int | None, int | None]:
    if found["month"]:
        month = number(found["month"])
        return month, _last_day(found, monthrange(year or LEAP_YEAR, month)[1])
    if found["quarter"]:
        month = 3 * number(found["quarter"])
        return month, monthrange(LEAP_YEAR, month)[1]
    if found["any_quarter"] or found["edge"] == "初":
        return None, None
    if found["any_month"]:
        return None, 31
    return (6, 30) if found["half"] == "上" or found["edge"] == "中" else (12, 31)


def _last_day(found: re.Match[str], length: int) -> int | None:
    if found["day"]:
        day = number(found["day"])
        return day if day <= length else None  # 2月30日 is damaged, and not guessed
    if found["dawn"]:
        return None
    return THIRD_ENDS.get(found["third"] or "", length)


def _read_plan(text: str, at: int) -> Phrase | None:
    found = FIVE_YEARS.match(text, at)
    if found is None:
        return None
    counted, year = FIRST_COUNTED_PLAN
    year += 5 * (number(found["plan"].removesuffix("五")) - counted)
    begin = Moment(year, 1, 1) if found["whole"] else None
    return Phrase("", at, found.end(), Kind.ONCE, Moment(year + 4, 12, 31, inclusive=True), begin)


def _read_whole_year(text: str, at: int) -> Phrase | None:
    found = WHOLE_YEAR.match(text, at) if EDGE.search(text, max(at - 1, 0), at) else None
    if found is None:
        return None
    year = number(found["year"]) if found["year"] else None
    return Phrase("", at, found.end(), Kind.ONCE, Moment(year, 12, 31, inclusive=True))


def _read_months(text: str, at: int) -> Phrase | None:
    """Read 2022年3、6、9、12月底前, where each month ends as the last one does, and a year of 2022、2023、2024年分别."""
    if (one := YEAR_OF_LIST.match(text, at)) and not text[at - 1 : at].isdigit():
        return Phrase("", at, one.end(), Kind.ONCE, Moment(number(one["year"]), 12, 31, inclusive=True))
    listed = MONTH_LIST.match(text, at) if text[at - 1 : at] not in {"、", "."} else None
    last = point_at(text, listed.end()) if listed else None
    if listed is None or last is None or listed["months"].count("月") or not last.last.month:
        return None
    year = number(listed["year"]) if listed["year"] else None
    close = text[listed.end() : last.end].lstrip("0123456789")
    months = filter(None, listed["months"].translate(MARKS).split("、"))
    points = (point_at(f"{month}{close}", 0) for month in months)
    moments = (*(point.last._replace(year=year) for point in points if point), last.last._replace(year=year))
    return Phrase("", at, last.end, Kind.ONCE, moments[-1], moments=moments)


def _read_numeric(text: str, at: int, floor: int) -> Phrase | None:
    """Read 2024-11-30 where it is a limit: with 前, behind 截至, or all that a cell or a 时限： says."""
    found = NUMERIC_DAY.match(text, at)
    if found is None or (found["sign"] == "." and not found["day"] and found.end() < len(text)):
        return None
    start = _extended(text, at, floor, LEAD)
    is_alone = at == 0 and found.end() == len(text)
    if not (found["suffix"] or start < at or is_alone or NAMED_TIME.search(text, max(at - 16, 0), at)):
        return None
    year, month = int(found["year"]), int(found["month"])
    length = monthrange(year, month)[1]
    day = int(found["day"] or length)
    is_before = found["day"] is not None and (found["suffix"] or "").endswith("前")
    return Phrase("", start, found.end(), Kind.ONCE, Moment(year, month, day if day <= length else None, None if is_before else True))


def _read_range(text: str, at: int, floor: int) -> Phrase | None:
    short = FIRST.match(text, at)
    first, middle = _short_begin(short) if short else _long_begin(text, at)
    last = _range_end(text, middle, first, is_short=short is not None) if first else None
    if last is None:
        return None
    start = _extended(text, at, floor, SINCE)
    return Phrase("", start, last.end, Kind.ONCE, last.last, first, vague=last.vague)


def _short_begin(short: re.Match[str]) -> tuple[Moment, int]:
    year = number(short["year"]) if short["year"] else None
    return Moment(year, 1 if year else number(short["month"]), 1), short.end()


def _long_begin(text: str, at: int) -> tuple[Moment | None, int]:
    point = point_at(text, at)
    joint = RANGE.match(text, point.end) if point and not point.found["suffix"] else None
    return (point.first, joint.end()) if point and joint else (None, at)


def _range_end(text: str, at: int, first: Moment, *, is_short: bool) -> Point | None:
    point = point_at(text, at)
    if point is None:
        return None if is_short else _range_day(text, at, first)
    # 2021—2025年 joins years and 10—12月 joins months; 3—2025年 joins nothing.
    if is_short and bool(first.year) != bool(point.last.year):
        return None
    year = point.last.year or first.year
    return point._replace(last=point.last._replace(year=year))


def _range_day(text: str, at: int, first: Moment) -> Point | None:
    found = LAST_DAY.match(text, at)
    if found is None or first.month is None:
        return None
    day, inclusive = number(found["day"]), None if (found["suffix"] or "").endswith("前") else True
    length = monthrange(first.year or LEAP_YEAR, first.month)[1]
    last = Moment(first.year, first.month, day if day <= length else None, inclusive)
    return Point(first, last, found.end(), vague=False, found=found)


def _read_point(text: str, at: int, floor: int) -> Phrase | None:
    point = point_at(text, at)
    if point is None:
        return _read_later(text, at)
    if not _is_limit(text, at, point):
        return None
    start = _extended(text, at, floor, LEAD)
    return Phrase("", start, point.end, Kind.ONCE, point.last, vague=point.vague)


def _read_later(text: str, at: int) -> Phrase | None:
    """次年1月底前 is a limit, but which year's is not for the default year to say."""
    found = POINT.match(text, at)
    if found is None or not found["later"] or not any(found[part] for part in PARTS):
        return None
    month, day = _end(found, None)
    later = Moment(None, month, day, True if _is_end(found) or not (found["suffix"] or "").endswith("前") else None)
    return Phrase("", at, found.end(), Kind.ONCE, later=later if month and day and found["later"][-1] != "月" else None, vague=True)


def _is_limit(text: str, at: int, point: Point) -> bool:
    found = point.found
    named = found["year"] or found["this"]
    if not named and text[at - 1 : at] == "年":  # the rest of a date that was refused
        return False
    if found["suffix"]:
        return True
    if found["day"] and STARTING.match(text, point.end):
        return True
    if (found["half"] or found["quarter"]) and not found["quarter_close"] and _is_reported(text, at, point.end):
        return False
    is_stretch = found["half"] or found["quarter"] or found["third"] or found["close"] or found["edge"]
    if NOT_A_LIMIT.match(text, point.end) or (not is_stretch and CITING.match(text, point.end)) or PAST.search(text, max(at - 2, 0), at):
        return False
    stands_alone = at == 0 and point.end == len(text)
    if found["edge"] or found["any_month"] or found["any_quarter"]:
        return bool(named or STANDING.match(text, point.end) or _is_then(text, at, point.end))
    if found["year"] and not any(found[part] for part in PARTS):
        return _is_year_of_duty(text, at, point.end)
    if found["quarter"] and ACCOUNTED.match(text, point.end):
        return False
    is_bare_month = found["month"] and not any(found[part] for part in ("day", "third", "close", "dawn"))
    return bool(named or not is_bare_month or stands_alone or _is_led(text, at, point.end))


def _is_reported(text: str, at: int, end: int) -> bool:
    """Tell whether a half-year is what a report is about: 报送上半年情况."""
    return bool(REPORTING.search(text, max(at - 8, 0), at) and REPORTED.match(text, end))


def _is_then(text: str, at: int, end: int) -> bool:
    """Tell whether a bare 年底 is when something is done, and no part of a name: 年底开展考核, but not 纳入年底考核."""
    if NAMED_THEN.search(text, max(at - 2, 0), at):
        return False
    return bool(DONE_THEN.match(text, end) or (EDGE.search(text, max(at - 1, 0), at) and JUDGED_THEN.match(text, end)))


def _is_year_of_duty(text: str, at: int, end: int) -> bool:
    """Tell whether a bare year says when: 到2025年, 2025年全面完成, 2024年新建学校5所."""
    if AIM.search(text, max(at - 4, 0), at) or ACHIEVED.match(text, end):
        return True
    if SHARED_OUT.match(text, end) and LISTED.search(text, max(at - 2, 0), at):
        return True
    return bool(EDGE.search(text, max(at - 1, 0), at) and BEGUN.match(text, end))


def _is_led(text: str, at: int, end: int) -> bool:
    """Tell whether a bare month is a limit by what stands beside it: 到5月, 5月份完成, 完成时限：6月、12月."""
    if EDGE.search(text, max(at - 1, 0), at) and MONTH_OF_DEEDS.match(text, end):
        return True
    if text[at - 1 : at] in {"、", "和", "及"} and _heads_deeds(text, at, end):
        return True
    if LEAD.search(text, max(at - 4, 0), at) or FINISHING.match(text, end) or MONTHS_TO.match(text, end) or ONLY_MONTHS.fullmatch(text):
        return True
    return bool(NAMED_TIME.search(text, max(at - 60, 0), at) and STANDING.match(text, end))


def _heads_deeds(text: str, at: int, end: int) -> bool:
    """Tell whether a bare month ends the list that heads a clause: 5月、10月各开展1次检查."""
    return bool(MONTHS_HEAD.search(text[max(at - REACH, 0) : at]) and MONTH_OF_DEEDS.match(text, end))


def _extended(text: str, at: int, floor: int, words: Words) -> int:
    """Take in the preposition that belongs to the point: 截至, 到, 自."""
    lead = words.search(text, max(at - 4, floor), at)
    return lead.start() if lead else at
