"""Titles of tasks: the heading, or of a sentence without one its first clause or two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.responsibility import find_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 45
"""How long a heading is at most, in characters; a longer first sentence is the text itself."""
SHORT_CLAUSE = 12
LIMIT = re.compile(r"(?:在|到|于)?(?:20[0-9]{2}年|今年|每年)?(?:[0-9]{1,2}月|年)?[^,。;:\n的]{0,6}(?:前|内|期间),(?=[^,。;\n]{4})")
"""When it is due does not belong to what is to be done: 2019年底前,开展清理工作."""
FIELD = re.compile(r"在(?P<field>[^,。;:\n]{3,30}方面)[,:]")
"""在公务用车管理方面,…: what the item is about."""
TWO_CLAUSES = 26
OPEN, CLOSE = "“《〈(‘「【", "”》〉)’」】"


def title_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the title of an item whose words begin at `start`."""
    field = FIELD.match(text, start, end)
    if field:
        return field.span("field")
    stop = min(_stops(text, start, end, "。\n!"), default=end)
    labels = find_labels(text, start, stop)
    stop = min([stop, *(label.start for label in labels if label.start > start)])
    timed = LIMIT.match(text, start, stop)
    start = timed.end() if timed else start
    colon = next(iter(_stops(text, start, stop, ":")), None)
    if colon is not None and start < colon <= start + LONGEST:
        stop = colon
    if stop - start > LONGEST or text[stop : stop + 1] != "。":
        stop = _first_clauses(text, start, stop)
    while stop > start and text[stop - 1] in ",;、:。":
        stop -= 1
    return start, stop


def _first_clauses(text: str, start: int, end: int) -> int:
    stops = [*_stops(text, start, end, ",;"), end]
    if text[end : end + 1] in {"\n", ":", ""} and end - start <= TWO_CLAUSES + 4 and stops[0] - start <= SHORT_CLAUSE:
        return end if len(stops) <= 2 else _two(start, stops)
    return _two(start, stops)


def _two(start: int, stops: list[int]) -> int:
    first, *more = stops
    if first - start <= SHORT_CLAUSE and more and more[0] - start <= TWO_CLAUSES:
        return more[0]
    return first


def _stops(text: str, start: int, end: int, marks: str) -> Iterator[int]:
    """Go through the stops outside quotation marks and brackets."""
    depth = 0
    for at in range(start, min(end, start + 400)):
        character = text[at]
        if character == "\n" and "\n" in marks:
            yield at
            return
        if character in OPEN:
            depth += 1
        elif character in CLOSE:
            depth = max(depth - 1, 0)
        elif depth == 0 and character in marks:
            yield at
