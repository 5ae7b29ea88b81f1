"""What returns: 每年3月1日前, 每季度不少于1次, 五年轮训一次, 任期内, 年度; and what has no day: 长期坚持, 定期."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Cycle, DayOf, Kind
from planctl.phrases.figures import figure_within
from planctl.phrases.lexicon import (
    AFTERWARDS,
    ANNUAL,
    AT_LEAST_SO,
    AVERAGE,
    BOTH_HALVES,
    BY,
    CLAUSE_END,
    CYCLE,
    DAMAGED_DAY,
    DAY_OF_MONTH,
    EDGE_OR_AND,
    FIRST_MONTH,
    JOIN,
    LASTING_SINCE,
    LIST,
    NEXT_MONTH,
    ONGOING,
    QUARTER_END,
    RANGE,
    RATE,
    REGULARLY,
    SINCE_EDGE,
    SPELL,
    TERM,
    UNTIL_NEXT,
    VAGUE,
    WEEKDAY,
)
from planctl.phrases.moments import THIRD_ENDS, point_at
from planctl.phrases.numerals import number
from planctl.phrases.records import Phrase
from planctl.phrases.spans import span_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planctl.phrases.folding import Folded
    from planctl.phrases.moments import Point

REACH = 40
"""How far from its cycle a count may stand in the same clause, in characters."""
LAST_DAY = 31
UNITS = {
    "年": "year",
    "半": "half-year",
    "学": "half-year",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "星": "week",
    "日": "day",
    "天": "day",
}
"""By the first character of the word; 届 and 任期 are terms, and a school year has two of its terms."""
DAYS = {"半月": 15, "旬": 10}


class Due(NamedTuple):
    """The day of each period, and where its words end."""

    end: int
    by: DayOf | None = None
    vague: bool = False
    days: tuple[DayOf, ...] | None = None
    """Where there are several: a cycle holds one, and to choose is not to read."""


def read_cycle(folded: Folded, at: int, _floor: int) -> Phrase | None:
    """Read a cycle with its day and its count."""
    text = folded.text
    return _read_each(text, at) or _read_spell(text, at) or _read_rate(text, at) or _read_plain(text, at)


def read_standing(folded: Folded, at: int, _floor: int) -> Phrase | None:
    """Read what has no day at all: 长期坚持 where it is the whole limit, 定期, 适时, 尽快."""
    is_edge = EDGE_OR_AND.search(folded.text, max(at - 3, 0), at)
    if SINCE_EDGE.search(folded.text, max(at - 2, 0), at) and (since := LASTING_SINCE.match(folded.text, at)):
        return Phrase("", at, since.end(), Kind.ONGOING)
    vague = VAGUE.match(folded.text, at)
    if vague:
        return Phrase("", at, vague.end(), Kind.ONGOING, vague=True)
    ongoing = ONGOING.match(folded.text, at) if is_edge else None
    return Phrase("", at, ongoing.end(), Kind.ONGOING) if ongoing else None


def _cycle(word: str, times: str | None = None) -> Cycle:
    if word == "学年":
        return Cycle(number(times) if times else 1, "year")
    if word in DAYS:
        return Cycle(DAYS[word] * (number(times) if times else 1), "day")
    if times == "半":
        return Cycle(1, "half-year") if word.startswith("年") else Cycle(15, "day")
    return Cycle(number(times) if times else 1, UNITS.get(word[0], "term"))


def _read_each(text: str, at: int) -> Phrase | None:
    found = CYCLE.match(text, at)
    if found is None:
        return None
    every = _cycle(found["unit"], found["number"])
    due = _due(text, found.end(), every)
    phrase = Phrase("", at, due.end, Kind.RECURRING, every=every, by=due.by, vague=due.vague, days=due.days)
    if due.end == found.end():
        phrase = _with_span(text, phrase, found.start("unit"))
    return _with_figure(text, phrase, is_floor=bool(found["floor"]))


def _read_spell(text: str, at: int) -> Phrase | None:
    """Read a cycle that only the count behind it makes one: 一年内不少于两次, 全年不少于4次, 年均培训500人次; and 次月5日前."""
    if after := NEXT_MONTH.match(text, at):
        due = _day_of_month(text, after.end())
        return Phrase("", at, due.end, Kind.RECURRING, every=_cycle("月"), by=due.by) if due.by else None
    if halves := BOTH_HALVES.match(text, at):
        return _with_figure(text, Phrase("", at, halves.end(), Kind.RECURRING, every=_cycle("年", "半")), is_floor=False)
    if average := AVERAGE.match(text, at):
        phrase = Phrase("", at, average.end(), Kind.RECURRING, every=_cycle(average["unit"]))
        bound = _with_figure(text, phrase, is_floor=False)
        return bound if bound.target or bound.count else None
    spell = SPELL.match(text, at)
    if spell is None:
        return None
    every = _cycle("年", "半") if spell["half"] else _cycle(spell["unit"] or spell["whole"])
    bound = _with_figure(text, Phrase("", at, spell.end(), Kind.RECURRING, every=every), is_floor=False)
    return bound if bound.count and bound.of in {"次", "场", "期", "轮"} else None


def _read_rate(text: str, at: int) -> Phrase | None:
    found = RATE.match(text, at)
    if found is None:
        return None
    if found["each"] or found["semi"]:
        every = _cycle(found["each"]) if found["each"] else _cycle("年", "半")
        return Phrase("", at, found.end(), Kind.RECURRING, every=every)
    every, times = _cycle(found["unit"], found["number"]), number(found["times"])
    op = ">=" if found["floor"] or "至少" in found.group() else "="
    return Phrase("", at, found.end(), Kind.RECURRING, every=every, count=times, op=op, of=found["of"])


def _read_plain(text: str, at: int) -> Phrase | None:
    """按月, 任期内, and the cycle that only a name implies: 年度报告."""
    implied = ANNUAL.match(text, at)
    if implied:
        return Phrase("", at, implied.end(), Kind.RECURRING, every=_cycle(implied["unit"]), implied=True)
    term = TERM.match(text, at)
    found = term or BY.match(text, at)
    if found is None:
        return None
    every = Cycle(1, "term") if term else _cycle(found["unit"])
    phrase = Phrase("", at, found.end(), Kind.RECURRING, every=every)
    return _with_figure(text, phrase, is_floor=bool(term and term["floor"]))


def _due(text: str, at: int, every: Cycle) -> Due:
    reader = DUE.get(every.unit)
    return reader(text, at) if reader else Due(at)


def _day_of_year(text: str, at: int) -> Due:
    joined = JOIN.match(text, at)
    start = joined.end() if joined else at
    found = point_at(text, start)
    if found is None or found.found["year"] or found.found["this"]:
        damaged = DAMAGED_DAY.match(text, start)
        return Due(damaged.end() if damaged else at)
    joint = RANGE.match(text, found.end)
    last = (point_at(text, joint.end()) if joint else None) or found
    listed = list(_listed(text, last.end))
    days = [DayOf(each.last.month, each.last.day) for each in (last, *listed) if each.last.month and each.last.day]
    end = listed[-1].end if listed else last.end
    if last.vague or len(days) <= len(listed):
        return Due(end, vague=last.vague)
    return Due(end, days=tuple(days)) if listed else Due(end, days[0])


def _listed(text: str, at: int) -> Iterator[Point]:
    """Go through the further days of a list: 每年6月底、12月底前."""
    while mark := LIST.match(text, at):
        point = point_at(text, mark.end())
        if point is None or point.found["year"]:
            break
        yield point
        at = point.end


def _day_of_month(text: str, at: int) -> Due:
    found = DAY_OF_MONTH.match(text, at)
    if found is None and (link := UNTIL_NEXT.match(text, at)):
        found = DAY_OF_MONTH.match(text, link.end())
    if found is None:
        return Due(at)
    days = [found]
    while (mark := LIST.match(text, days[-1].end())) and (further := DAY_OF_MONTH.match(text, mark.end())):
        days.append(further)
    end = days[-1].end()
    if any(each["dawn"] for each in days):
        return Due(end, vague=True)
    dues = [DayOf(None, number(day["day"]) if day["day"] else THIRD_ENDS.get(day["third"] or "", LAST_DAY)) for day in days]
    return Due(end, days=tuple(dues)) if len(dues) > 1 else Due(end, dues[0])


def _close_of_quarter(text: str, at: int) -> Due:
    found = QUARTER_END.match(text, at)
    if found is None:
        early = FIRST_MONTH.match(text, at)
        return Due(early.end(), vague=True) if early else Due(at)
    if not (found["day"] or found["third"]):
        return Due(found.end())
    return Due(found.end(), DayOf(None, number(found["day"]) if found["day"] else THIRD_ENDS.get(found["third"], LAST_DAY)))


def _day_of_week(text: str, at: int) -> Due:
    found = WEEKDAY.match(text, at)
    return Due(found.end() if found else at)


DUE: dict[str, Callable[[str, int], Due]] = {
    "year": _day_of_year,
    "quarter": _close_of_quarter,
    "month": _day_of_month,
    "week": _day_of_week,
}


def _with_span(text: str, phrase: Phrase, unit: int) -> Phrase:
    """每季度结束后10日内: a cycle whose periods start a clock."""
    link = AFTERWARDS.match(text, phrase.end)
    span = span_at(text, link.end()) if link else None
    if link is None or span is None or not span.is_inside:
        return phrase
    event = text[unit : link.end()].removesuffix("的").removesuffix("后").removesuffix("之")
    return phrase._replace(end=span.end, within=span.span, after=event)


def _with_figure(text: str, phrase: Phrase, *, is_floor: bool) -> Phrase:
    """Bind the count or the target that the rest of the clause gives."""
    regularly = REGULARLY.match(text, phrase.end)
    start = regularly.end() if regularly else phrase.end
    figure = figure_within(text, start, _end_of_clause(text, start))
    if figure is None:
        bare = AT_LEAST_SO.match(text, start)
        if bare:
            return phrase._replace(end=bare.end(), count=1, op=">=", of="次")
        return phrase._replace(end=start, vague=phrase.vague or regularly is not None)
    op = ">=" if is_floor and figure.op == "=" else figure.op
    phrase = phrase._replace(end=figure.end, count=figure.low, op=op, at_most=figure.at_most, of=figure.of)
    if figure.target is None:
        return phrase
    return phrase._replace(kind=Kind.METRIC, op=None, target=figure.target, changed=figure.changed)


def _end_of_clause(text: str, at: int) -> int:
    reach = min(at + REACH, len(text))
    stop = CLAUSE_END.search(text, at, reach)
    end = stop.start() if stop else reach
    following = text.find("每", at, end)
    return following if following >= 0 else end
