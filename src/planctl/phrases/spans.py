"""Lengths of time, counted from or up to an event: 自公布之日起30日内, 有效期届满前6个月内, 提前30日."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, Span
from planctl.phrases.lexicon import (
    CAPPED,
    CLAUSE_END,
    CLOCK_FROM,
    FINAL,
    FINISHED,
    FROM,
    GIVEN_TERM,
    NO_EVENT,
    NOT_A_LENGTH,
    OCCASION,
    RECEIPT,
    SAME_DAY,
    SPAN,
    SPENDING,
    SPENT,
    UNTIL,
)
from planctl.phrases.numerals import number
from planctl.phrases.records import Phrase

if TYPE_CHECKING:
    import re

    from planctl.phrases.folding import Folded

REACH = 40
"""How long the name of an event may be, in characters."""
UNITS = {
    "小时": "hour",
    "日": "day",
    "天": "day",
    "工作日": "working-day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "年": "year",
}
HALVES = {"年": Span(6, "month"), "个月": Span(15, "day")}
LONG = {"week", "month", "year"}
CLOCKS = {"hour", "working-day"}
"""Lengths that with 前 can only lead up to something; 三年前 may as well be the past."""


class Length(NamedTuple):
    """A length of time as written."""

    span: Span
    end: int
    is_inside: bool
    is_before: bool
    is_ahead: bool


class Anchor(NamedTuple):
    """The event that a length is counted from or up to, and where its words begin."""

    start: int
    event: str | None
    link: str


def read_span(folded: Folded, at: int, floor: int) -> Phrase | None:
    """Read a length of time with the event that starts or ends it, if it is named."""
    length = span_at(folded.text, at)
    if length is None and (capped := _capped(folded, at, floor)):
        return capped
    if length is None:
        same = SAME_DAY.match(folded.text, at)
        return Phrase("", at, same.end(), Kind.RELATIVE, within=Span(1, "day")) if same else None
    spent = SPENT.match(folded.text, length.end) if SPENDING.search(folded.text, max(at - 6, floor), at) else None
    if spent:
        return Phrase("", at, spent.end(), Kind.RELATIVE, within=length.span)
    if FINAL.search(folded.text, max(at - 2, 0), at):
        return None
    if length.is_ahead:
        return Phrase("", at, length.end, Kind.RELATIVE, within=length.span, before="")
    anchor = _anchor(folded, at, floor)
    if length.is_before:
        return _leading_up(folded, at, floor, length)
    if not length.is_inside and length.span.unit == "year" and anchor.link and "起" not in anchor.link:
        return None  # the first three years of a plan
    is_counted = anchor.event and not NOT_A_LENGTH.match(folded.text, length.end)
    if not (length.is_inside or is_counted or _is_limit(folded.text, anchor.start, length)):
        return None
    is_before = "前" in anchor.link
    after, before = (None, anchor.event or "") if is_before else (anchor.event, None)
    return Phrase("", anchor.start, length.end, Kind.RELATIVE, within=length.span, after=after, before=before)


def _capped(folded: Folded, at: int, floor: int) -> Phrase | None:
    """Read a clock with its 不超过 before its event or behind it: 不超过自受理之日起5个工作日, 自受理之日起不超过5个工作日."""
    text = folded.text
    found = CAPPED.match(text, at)
    length = span_at(text, found.end()) if found else None
    if found is None or length is None or length.is_before or length.is_ahead or length.span.unit == "year":
        return None
    if NOT_A_LENGTH.match(text, length.end):
        return None
    link = CLOCK_FROM.search(text, *(found.span("event") if found["event"] else (max(floor, at - 9), at)))
    if link is None:
        return None
    if found["event"]:
        start, event = at, _event(folded, link.start(), found.end(0) - len(found["event"]))[1]
    else:
        start, event = _event(folded, link.start(), floor)
    return Phrase("", start, length.end, Kind.RELATIVE, within=length.span, after=event) if event else None


def _is_limit(text: str, at: int, length: Length) -> bool:
    """Tell whether a bare length is a limit: 限期三个月, 1个工作日办结."""
    if GIVEN_TERM.search(text, max(at - 4, 0), at) and not NOT_A_LENGTH.match(text, length.end):
        return length.span.unit != "year"
    return length.span.unit not in LONG and bool(FINISHED.match(text, length.end))


def span_at(text: str, at: int) -> Length | None:
    """Read a length of time."""
    found = SPAN.match(text, at)
    span = _span(found) if found else None
    if found is None or span is None:
        return None
    tail = found["tail"] or ""
    return Length(span, found.end(), "内" in tail, tail.endswith("前"), bool(found["ahead"]))


def _span(found: re.Match[str]) -> Span | None:
    if found["half"]:
        return HALVES[found["half_unit"]]
    count, unit = number(found["number"]), UNITS[found["unit"].removeprefix("个")]
    if not found["and_half"]:
        return Span(count, unit)
    return Span(12 * count + 6, "month") if unit == "year" else None


def _leading_up(folded: Folded, at: int, floor: int, length: Length) -> Phrase | None:
    """有效期届满30日前, 5个工作日前."""
    if OCCASION.search(folded.text, max(floor, at - 2), at):
        start, event = _event(folded, at, floor)
        return Phrase("", start, length.end, Kind.RELATIVE, within=length.span, before=event)
    if length.span.unit not in CLOCKS:
        return None
    return Phrase("", at, length.end, Kind.RELATIVE, within=length.span, before="")


def _anchor(folded: Folded, at: int, floor: int) -> Anchor:
    link = UNTIL.search(folded.text, max(floor, at - 5), at)
    if link is None:
        start = _preposition(folded.text, at, floor)
        return Anchor(start, None, "")
    start, event = _event(folded, link.start(), floor)
    if NO_EVENT.fullmatch(event):
        return Anchor(at, None, "")
    return Anchor(start, "会议" if event == "会" else event, link["link"])


def _preposition(text: str, at: int, floor: int) -> int:
    """Take in the 最迟在 that stands right before a length without an event; 在 alone is no part of the quote."""
    found = FROM.search(text, max(floor, at - 3), at)
    return found.start() if found and found.end() == at and found.group().startswith("最") else at


def _event(folded: Folded, end: int, floor: int) -> tuple[int, str]:
    """Find the words of an event that ends at `end`: from 自 or 在, else from 收到, else the clause so far."""
    start = max(floor, end - REACH)
    for stop in CLAUSE_END.finditer(folded.text, start, end):
        start = stop.end()
    starts = [(found.start(), found.end()) for found in FROM.finditer(folded.text, start, end)]
    starts += [] if starts else [(found.start(), found.start()) for found in RECEIPT.finditer(folded.text, start, end)]
    first, named = starts[-1] if starts else (start, start)
    return first, folded.plain[named:end]
