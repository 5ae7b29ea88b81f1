"""Phrases of time and quantity as they are understood: the rule in words, the YAML, the dates where they can be told, and what is left."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl import layout
from planctl.drafting.deadlines import fit
from planctl.drafting.files import value_of
from planctl.extraction import Line
from planctl.extraction.obligations import Context, read_obligations
from planctl.extraction.script import write_script
from planctl.listings.explanations import rule_text
from planctl.listings.tasks import deadline_record
from planctl.messages import Word, say
from planctl.model import Deadline, Kind, Period, Plan, Task
from planctl.occurrences import Rules, occurrences_in
from planctl.phrases import Moment, read
from planctl.shapes.deadline import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction import Doubt
    from planctl.phrases import Phrase

SHOWN = 4
"""Dates of a recurring deadline that are told."""
WORD = re.compile(r"[0-9A-Za-z\u3007\u3400-\u9fff%％]")
SOFT = re.compile("(?:力争|争取|力求|努力|一般|原则上|逐步)+")
"""Words that make a phrase an aim; they are understood with it though they are no part of it."""
UNMARKED = ("quote", "start", "end", "kind")


class Understood(NamedTuple):
    """A phrase in a text, and the deadline that would be made of it, if one would."""

    phrase: Phrase
    start: int
    end: int
    quote: str
    deadline: Deadline | None
    dates: tuple[date, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class Reading(NamedTuple):
    """A text with the phrases in it, and the rest of it."""

    text: str
    phrases: tuple[Understood, ...]
    rest: tuple[str, ...]


def understand(text: str, year: int | None) -> Reading:
    """Read a text; the year is that of a day without one, and the one in which dates of a cycle are told."""
    script = write_script([Line(text)])
    found = read_obligations(script, 0, len(script.text), Context(year=year, is_year_sure=year is not None))
    made = {drafted.place: drafted for drafted in (*found.deadlines, *found.hints)}
    phrases = []
    for number, phrase in enumerate(read(script.text), 1):
        place = script.place(phrase.start, phrase.end)
        drafted = made.get(place)
        fitted = fit(drafted.deadline._replace(id=f"d{number}")) if drafted else None
        deadline = fitted.deadline if fitted else None
        dates = tuple(_dates(deadline, year)) if deadline else ()
        doubts = drafted.doubts if drafted else ()
        phrases.append(Understood(phrase, place.start, place.end, text[place.start : place.end], deadline, dates, doubts))
    return Reading(text, tuple(phrases), tuple(_rest(text, phrases)))


def _rest(text: str, phrases: Sequence[Understood]) -> Iterator[str]:
    at = 0
    for start, end in [*((each.start, each.end) for each in phrases), (len(text), len(text))]:
        piece = text[at:start].strip(" \t　，。；、：,.;:")
        if WORD.search(piece) and not (any(each.phrase.soft for each in phrases) and SOFT.fullmatch(piece)):
            yield piece
        at = max(at, end)


def _dates(deadline: Deadline, year: int | None) -> Iterator[date]:
    """Tell the dates of a deadline: the one that it names, or those in a year."""
    if deadline.due or year is None:
        yield from [deadline.due] if deadline.due else []
        return
    if deadline.kind is Kind.RELATIVE:
        return
    last = date(year, 12, 31)
    task = Task("-", "-", deadlines=(deadline,))
    plan = Plan("", "-", "-", period=Period(date(year, 1, 1), last), tasks=(task,))
    for occurrence in occurrences_in(plan, task, deadline, last, Rules()):
        if occurrence.due:
            yield occurrence.due


def records(reading: Reading) -> Iterator[dict[str, Any]]:
    """Give each phrase of a text as a record of JSON, and the rest of the text as one of no kind."""
    for each in reading.phrases:
        fields = {key: _plain(value) for key, value in each.phrase._asdict().items() if key not in UNMARKED and value not in (None, False)}
        yield {
            "text": reading.text,
            "quote": each.quote,
            "start": each.start,
            "end": each.end,
            "kind": each.phrase.kind.value,
            "fields": fields,
            "deadline": deadline_record(each.deadline, str) if each.deadline else None,
            "yaml": _yaml(each.deadline) if each.deadline else None,
            "dates": [day.isoformat() for day in each.dates],
            "doubts": [doubt.key for doubt in each.doubts],
        }
    yield from ({"text": reading.text, "quote": None, "kind": None, "rest": piece} for piece in reading.rest)


def _plain(value: object) -> object:
    """Write a value as JSON can: a moment by its parts, a cycle, span or target as the text that a file has."""
    if isinstance(value, Moment):
        return value._asdict()
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def text(reading: Reading, lang: str) -> str:
    """Write the phrases of a text for people."""
    return "".join(f"{line}\n" for each in reading.phrases for line in _lines(each, lang))


def _lines(each: Understood, lang: str) -> Iterator[str]:
    phrase = each.phrase
    rule = rule_text(each.deadline, lang) if each.deadline and not (phrase.kind is Kind.ONCE and each.deadline.due is None) else ""
    yield say("draft.phrase.line", lang, {"quote": each.quote, "rule": rule or Word(f"draft.kind.{phrase.kind}")})
    if each.deadline is None:
        yield f"  {say(f'draft.phrase.{_why(phrase)}', lang)}"
        return
    flags = [say("mark.soft", lang)] if phrase.soft else []
    if flags:
        yield f"  {say('list', lang, {'all': flags})}"
    for doubt in each.doubts:
        first, second = [*doubt.words, "", ""][:2]
        yield f"  {say(f'doubt.{doubt.key}', lang, {'first': first, 'second': second})}"
    yield from (f"  {line}" for line in _yaml(each.deadline).splitlines())
    if each.dates:
        shown = [day.isoformat() for day in each.dates[:SHOWN]] + (["…"] if len(each.dates) > SHOWN else [])
        yield f"  {say('draft.phrase.dates', lang, {'dates': shown})}"


def _why(phrase: Phrase) -> str:
    """Say why a phrase alone makes no deadline."""
    if phrase.kind is Kind.ONCE and phrase.moment and phrase.moment.year is None and phrase.moment.month:
        return "no-year"
    if phrase.kind is Kind.RELATIVE:
        return "no-event"
    return "vague"


def _yaml(deadline: Deadline) -> str:
    return layout.write(value_of(DEADLINE, deadline), layout.Kind.DEADLINE)


def not_understood(reading: Reading, lang: str) -> Iterator[str]:
    """Say what of a text was not understood."""
    if not reading.phrases:
        yield say("draft.phrase.none", lang, {"text": reading.text})
    else:
        yield from (say("draft.phrase.rest", lang, {"text": piece}) for piece in reading.rest)
