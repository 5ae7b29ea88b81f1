"""The deadlines of a clause: which of its time phrases and figures bind somebody, until when, and whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.obligations.bindings import LIMIT_LINE, SENTENCE, follows_day, is_alone, is_none
from planctl.extraction.obligations.occasions import find_occasions
from planctl.extraction.obligations.reckoning import (
    MANY,
    NEXT,
    SHARED_OUT,
    Context,
    anchor_before,
    count_together,
    cycle_before,
    first_figure,
    going_back,
    is_told,
    name_end,
    name_start,
    sentence_start,
    still_binds,
    when_reached,
    year_after,
    year_of,
)
from planctl.extraction.obligations.targets import set_figures
from planctl.extraction.obligations.wording import CLAUSE, FAR, actors_of, as_name, metric_of, trimmed, what_of
from planctl.extraction.records import Doubt, DraftDeadline
from planctl.model import Cycle, DayOf, Deadline, Kind, Target
from planctl.phrases import Phrase, read, resolve, without_list_dots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.extraction.script import Place, Script

FIGURE = re.compile(r"[0-9０-９一二两三四五六七八九十百]")
PARTS = re.compile("[、和及]")
TERM_INSIDE = re.compile(
    r"(?:试点|规划|方案|实施|行动|计划)(?:工作)?期(?:限|间)?内(?=[,、]|(?:基本|全面|力争|争取|要|完成|实现|建成|出台))"
)
BULK = re.compile(r"人次?|名|家|户")
"""People and firms are measured, and not held so many times."""
YEARLY = Cycle(1, "year")


class Obligations(NamedTuple):
    """The deadlines of a clause, and the hints."""

    deadlines: tuple[DraftDeadline, ...] = ()
    hints: tuple[DraftDeadline, ...] = ()


def read_obligations(script: Script, start: int, end: int, context: Context) -> Obligations:
    """Read the deadlines of a clause."""
    text = without_list_dots(script.text[start:end].rstrip("\n"))
    phrases = tuple(phrase for phrase in read(text) if not is_none(text, phrase))
    found = [*_of_phrases(script, text, start, phrases, context), *_occasions(script, text, start, phrases)]
    firm = [one for one, is_firm in found if is_firm]
    hints = [one for one, is_firm in found if not is_firm]
    firm += _within_term(script, text, start, context)
    firm += set_figures(script, text, start, phrases, context)
    firm = list(_without_repeats(script, _once_ongoing(firm)))
    said = _said(text, phrases) if any(one.deadline.implied for one in hints) else frozenset()
    hints = [one for one in hints if not (one.deadline.implied and one.deadline.quote in said)]
    for group in (firm, hints):
        group.sort(key=lambda one: (one.place.line, one.place.start))
    return Obligations(numbered(firm), numbered(hints))


def _of_phrases(
    script: Script, text: str, start: int, phrases: tuple[Phrase, ...], context: Context
) -> Iterator[tuple[DraftDeadline, bool]]:
    """Make the phrases deadlines, each firm or only a hint."""
    for index, phrase in enumerate(phrases):
        drafted, is_firm = _deadline(text, phrases, index, context) or (None, False)
        if drafted is None:
            continue
        place = script.place(start + phrase.start, start + phrase.end)
        quote = script.printed(start + phrase.start, start + phrase.end)
        doubts = tuple(_doubts(drafted, phrase, place, context))
        year = year_of(text, phrases, index, context)
        yield from ((DraftDeadline(each._replace(quote=quote), place, doubts), is_firm) for each in _each(drafted, phrase, year))


def _due(text: str, phrases: tuple[Phrase, ...], index: int) -> str | None:
    """Say what is due: of days that stand in a list what the last one says."""
    last = index
    while last + 1 < len(phrases) and last - index < MANY and text[phrases[last].end : phrases[last + 1].start] in {"、", "和", "及", "与"}:
        last += 1
    listed = phrases[last] if phrases[index].kind is phrases[last].kind is not Kind.METRIC else phrases[index]
    since = phrases[index - 1].end if index else 0
    return what_of(text, listed, _next_day(phrases, last if listed is phrases[last] else index), since)


def _next_day(phrases: tuple[Phrase, ...], index: int) -> int | None:
    """Find where the next day begins: what is due by the one ends there."""
    following = phrases[index + 1 : index + 3]
    return next((one.start for one in following if one.kind in {Kind.ONCE, Kind.ONGOING} or (one.every and not one.implied)), None)


def _each(drafted: Deadline, phrase: Phrase, year: int | None) -> Iterator[Deadline]:
    """Give each day of a list its own deadline, and each end of a range its own figure."""
    if phrase.moments:
        for moment in phrase.moments:
            yield drafted._replace(due=resolve(moment, year))
        return
    for day in phrase.days or (drafted.by,):
        yield drafted._replace(by=day)
    if phrase.upper and drafted.target:
        yield drafted._replace(target=phrase.upper)


def _without_repeats(script: Script, drafted: Iterable[DraftDeadline]) -> Iterator[DraftDeadline]:
    """Leave out a 完成时限: line that only repeats the day that the measure itself has named."""
    seen: set[date | None] = set()
    for one in drafted:
        if one.deadline.kind is not Kind.ONCE:
            yield one
            continue
        line, start = script.lines[one.place.line].text, one.place.start
        is_line = LIMIT_LINE.search("".join(line[max(start - FAR, 0) : start].split()).replace("：", ":"))
        if not (is_line and one.deadline.due in seen):
            yield one
        seen.add(one.deadline.due)


def _said(text: str, phrases: tuple[Phrase, ...]) -> frozenset[str]:
    """Find the cycles of names that words beside them tell: 年度报告制度。每年3月1日前报告."""
    title = SENTENCE.search(text)
    end = title.start() if title else 0
    cycles = [one for one in phrases if one.every]
    pairs = ((one, other) for one, other in chain(pairwise(cycles), pairwise(reversed(cycles))) if one.every == other.every)
    return frozenset(
        one.quote
        for one, other in pairs
        if one.implied
        and not other.implied
        and (
            not CLAUSE.search(text, min(one.start, other.start), max(one.start, other.start))
            or (one.start < end and len(SENTENCE.findall(text, one.start, max(other.start, one.start))) == 1)
        )
    )


def _once_ongoing(drafted: list[DraftDeadline]) -> Iterator[DraftDeadline]:
    """Tell 立行立改,长期坚持 once: what lasts says more than how it begins."""
    lasting = {one.place.line for one in drafted if one.deadline.kind is Kind.ONGOING and not one.deadline.vague}
    return (one for one in drafted if not (one.deadline.kind is Kind.ONGOING and one.deadline.vague and one.place.line in lasting))


def _occasions(script: Script, text: str, start: int, phrases: tuple[Phrase, ...]) -> Iterator[tuple[DraftDeadline, bool]]:
    """Find limits that are only events, and staff to be found; a phrase of the grammar comes first."""
    known = [phrase for phrase in phrases if phrase.kind is not Kind.ONGOING]
    ends = [phrase.end for phrase in known]
    for found in find_occasions(text):
        at = bisect_right(ends, found.start)
        if at == len(known) or known[at].start >= found.end:
            place = script.place(start + found.start, start + found.end)
            quote = script.printed(start + found.start, start + found.end)
            doubts = (Doubt("deadline.lost", place, (quote, found.lost)),) if found.lost else ()
            yield DraftDeadline(found.deadline._replace(quote=quote), place, doubts), found.binds


def _within_term(script: Script, text: str, start: int, context: Context) -> Iterator[DraftDeadline]:
    """试点期限内 is until the last day of the plan."""
    for found in TERM_INSIDE.finditer(text) if context.end else ():
        place = script.place(start + found.start(), start + found.end())
        quote = script.printed(start + found.start(), start + found.end())
        what = CLAUSE.split(text[found.end() : found.end() + 80].lstrip(","))[0]
        soft = bool(re.match(r"力争|争取|力求|逐步", what))
        yield DraftDeadline(Deadline("", Kind.ONCE, due=context.end, quote=quote, what=as_name(trimmed(what)), soft=soft), place)


def numbered(drafted: Iterable[DraftDeadline]) -> tuple[DraftDeadline, ...]:
    """Give deadlines their ids and positions."""
    return tuple(
        one._replace(deadline=one.deadline._replace(id=f"d{number}", position=number - 1)) for number, one in enumerate(drafted, start=1)
    )


def _deadline(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> tuple[Deadline, bool] | None:
    """Make a phrase a deadline, and tell whether it is firm or only a hint."""
    phrase = phrases[index]
    base = Deadline("", phrase.kind, soft=phrase.soft, vague=phrase.vague, implied=phrase.implied, what=_due(text, phrases, index))
    base = base._replace(actors=actors_of(text, phrase))
    if phrase.kind is Kind.ONCE:
        return _once(base, text, phrases, index, context)
    if phrase.kind is Kind.RELATIVE:
        after = phrase.after or (None if phrase.before is not None else anchor_before(text, phrases, index))
        relative = base._replace(within=phrase.within, after=after, before=phrase.before or None)
        return relative, phrase.within is not None
    if phrase.kind is Kind.ONGOING:
        if phrase.quote[0] == "按":
            cycle = cycle_before(text, phrases, index)
            return (base._replace(kind=Kind.RECURRING, every=cycle), True) if cycle else (base, False)
        return base, is_alone(text, phrase) or "起" in phrase.quote or (not phrase.vague and follows_day(text, phrase))
    cycle = phrase.every or (cycle_before(text, phrases, index) if phrase.count is not None or phrase.kind is Kind.RECURRING else None)
    if cycle and not phrase.every and phrase.target and BULK.fullmatch(phrase.target.unit or ""):
        measured = _measured(base, text, phrases, index, context)
        return (measured[0]._replace(every=cycle, due=None), True) if measured else None
    if cycle and (phrase.count is not None or phrase.kind is Kind.RECURRING):
        return _counted(base._replace(kind=Kind.RECURRING), phrase, cycle), not phrase.implied
    return _measured(base, text, phrases, index, context)


def _measured(base: Deadline, text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> tuple[Deadline, bool] | None:
    """Give a figure its name and the day by which it is to be reached; a fact is none."""
    phrase, reached = phrases[index], when_reached(text, phrases, index, context)
    if reached.is_past or (phrase.changed and is_told(text, phrase)):
        return None
    target = phrase.target or Target(phrase.op or "=", phrase.count or 0, phrase.of)
    first = first_figure(phrases, index)
    metric = metric_of(text, phrases[first], name_start(phrases, first), name_end(phrases, first))
    due = None if phrase.every else reached.due
    what = base.what if first == index else what_of(text, phrases[first])
    parts = PARTS.split(metric) if metric and SHARED_OUT.search(text, max(phrases[first].start - 4, 0), phrases[first].end) else []
    if len(parts) > 1 and len(parts) == count_together(phrases, first) and index - first < len(parts):
        metric = what = parts[index - first]
    return base._replace(kind=Kind.METRIC, metric=metric, target=target, every=phrase.every, due=due, what=what or metric), True


def _counted(base: Deadline, phrase: Phrase, cycle: Cycle) -> Deadline:
    """Give a recurring deadline its count."""
    least = phrase.count if phrase.op == ">=" or phrase.at_most else None
    exact = phrase.count if phrase.op == "=" and not phrase.at_most else None
    most = phrase.at_most or (phrase.count if phrase.op == "<=" else None)
    return base._replace(
        every=cycle, by=phrase.by, at_least=least, exactly=exact, at_most=most, of=phrase.of, within=phrase.within, after=phrase.after
    )


def _once(base: Deadline, text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> tuple[Deadline, bool] | None:
    phrase = phrases[index]
    moment, year = phrase.moment, year_of(text, phrases, index, context)
    if phrase.later:
        moment, start = phrase.later, sentence_start(text, phrase.start)
        earlier = list(going_back(phrases, index, start))
        if moment.month and moment.day and any(one.every == YEARLY for one in earlier) and not phrase.quote.startswith(NEXT):
            return base._replace(kind=Kind.RECURRING, every=YEARLY, by=DayOf(moment.month, moment.day), vague=False), True
        year = year_after(phrase, earlier, context)
    if moment is None:
        return base, False
    if moment.year is None and moment.month and moment.day and not phrase.quote.startswith(("今", "本", "当")) and phrase.begin is None:
        since = going_back(phrases, index, sentence_start(text, phrase.start))
        if any(one.every == YEARLY and (one.by or one.days or one.vague) for one in since):
            return base._replace(kind=Kind.RECURRING, every=YEARLY, by=DayOf(moment.month, moment.day), vague=False), True
    due = resolve(moment, year)
    if due and context.issued and due < context.issued and not still_binds(text, phrase, due, context):
        return None
    begin = resolve(phrase.begin, year) if phrase.begin else None
    return base._replace(due=due, start=begin, vague=base.vague and due is None), due is not None


def _doubts(deadline: Deadline, phrase: Phrase, where: Place, context: Context) -> Iterator[Doubt]:
    if phrase.implied:
        yield Doubt("deadline.implied", where, (phrase.quote,))
    elif phrase.vague and (deadline.vague or not phrase.later):
        yield Doubt("deadline.vague", where, (phrase.quote,))
    elif deadline.kind is Kind.ONCE and deadline.due is None:
        yield Doubt("deadline.open", where, (phrase.quote,))
    if phrase.changed:
        yield Doubt("deadline.change", where, (phrase.quote,))
    is_open = (phrase.moment and phrase.moment.year is None) or phrase.later
    if is_open and deadline.due and not (context.is_year_sure and deadline.due.year == context.year):
        yield Doubt("deadline.year", where, (phrase.quote, str(deadline.due.year)))
    if deadline.due and deadline.kind is Kind.ONCE and context.issued and deadline.due < context.issued:
        yield Doubt("deadline.past", where, (phrase.quote, str(context.issued)))
    if phrase.count and phrase.every and not FIGURE.search(phrase.quote.lstrip("每")[1:]):
        yield Doubt("deadline.damaged", where, (phrase.quote,))
    if phrase.every and re.search(r"[0-9]{2,3}[日号]前?$", phrase.quote) and phrase.by is None and not phrase.vague:
        yield Doubt("deadline.damaged", where, (phrase.quote,))
