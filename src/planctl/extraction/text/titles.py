"""Titles of tasks: the heading, or of a sentence without one its first clause or two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.responsibility.labels import find_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 45
"""How long a heading is at most, in characters; a longer first sentence is the text itself."""
SHORT_CLAUSE = 12
LIMIT = re.compile(r"(?:在|到|于)?(?:20[0-9]{2}年|今年|每年)?(?:[0-9]{1,2}月|年)?[^,。;:\n的]{0,6}(?:前|内|期间),(?=[^,。;\n]{4})")
"""When it is due does not belong to what is to be done: 2019年底前,开展清理工作."""
LONG_LIMIT = re.compile(
    r"(?:力争)?(?:在|到|于|自|从)?(?:20[0-9]{2}年|(?:今年|明年|每年)(?=[第一二三四上下0-9初底末]))(?:第?[一二三四]季度|[上下]半年|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[初底末])?(?:之?起|以来|开始)?,(?=[^,。;\n]{4})"
)
"""The same, where a sentence is too long to be a title as a whole: 2022年第四季度,将部分收费缓缴."""
FIELD = re.compile(r"在(?P<field>[^,。;:\n]{3,30}方面)[,:]")
"""在公务用车管理方面,…: what the item is about."""
TIME_ENDS = re.compile(r"(?:[年月日底末初]|季度|半年|期)(?:之?前|以前|内|期间|之?起),?$")
"""A clause that ends with a time goes on: 各地每年3月1日前,应当报告."""
TWO_CLAUSES = 26
RUNS_ON = re.compile(
    r"(?<=建设|机制|监督|体系|制度|能力|水平)(?=(?:加强|建立(?!健全|完善)|自觉|制定|健全|构建|深化|强化|全面|认真|积极|坚持|切实|进一步)[^,。;:\n]{6,})"
)
"""Where a heading has lost its stop: 构建检查机制|建立权责清晰的…."""
LEAST = 6
DOING = re.compile(
    r"(?:加强|强化|推进|推动|完善|健全|优化|提升|提高|深化|加快|做好|抓好|落实|扩大|促进|开展|全面|进一步|切实|持续|深入|积极|加大){1,3}(?=.{4})"
)
"""What a heading says is to be done, before what it is done to."""
OPEN, CLOSE = "“《〈(‘「【", "”》〉)’」】"


def title_in(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the title of an item whose words begin at `start`."""
    field = FIELD.match(text, start, end)
    if field:
        return field.span("field")
    stop = min(_stops(text, start, end, "。\n!"), default=end)
    labels = find_labels(text, start, stop)
    stop = min([stop, *(label.start for label in labels if label.start > start)])
    timed = LIMIT.match(text, start, stop) or (LONG_LIMIT.match(text, start, stop) if stop - start > LONGEST else None)
    start = timed.end() if timed else start
    colon = next(iter(_stops(text, start, stop, ":")), None)
    if colon is not None and start < colon <= start + LONGEST:
        stop = colon
    lost = RUNS_ON.search(text, start + LEAST, min(stop, start + LONGEST))
    if lost:
        return start, lost.start()
    if stop - start > LONGEST or text[stop : stop + 1] != "。":
        stop = _first_clauses(text, start, stop)
    while stop > start and text[stop - 1] in ",;、:。":
        stop -= 1
    return start, stop


def field_title(text: str, start: int, end: int, above: tuple[int, int]) -> str | None:
    """Give the title of a point that names only a field of the item above it: 在公务用车管理方面,… below 加强制度建设."""
    field = FIELD.match(text, start, end)
    heading = re.split(r"[,。;:\n]", text[slice(*above)])[0]
    matter = heading[found.end() :] if (found := DOING.match(heading)) else heading
    return field["field"] + matter if field and 2 < len(matter) <= TWO_CLAUSES else None


def _first_clauses(text: str, start: int, end: int) -> int:
    stops = [*(stop for stop in _stops(text, start, end, ",;") if not TIME_ENDS.search(text, start, stop)), end]
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
