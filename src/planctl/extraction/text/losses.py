"""Numbering that the print has damaged: `)推进…`, `十八)全面…`, 、加强…, or nothing at all. Its place in the sequence says what it was.

Nothing is restored in a document whose numbers are sound.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.script import line_end
from planctl.extraction.text.numbering import HAN, Mark, Rank
from planctl.phrases.numerals import number as value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TRACE = re.compile(
    rf"\(?(?P<closed>{HAN})?\)(?=[\u4e00-\u9fff“《])|\((?P<opened>{HAN})(?=[\u4e00-\u9fff])(?!\))|(?P<bare>[一二三]?十[一二三四五六七八九]?)(?=[\u4e00-\u9fff])"
)
LOST_HEADING = re.compile(r"、(?=[\u4e00-\u9fff])")
ENOUGH = 3
"""How many numbers must be damaged before the sequence is counted instead of read."""
PARAGRAPH = 60
"""A paragraph without a number is an item of a damaged sequence when it is longer."""
HEADING = 45


class Candidate(NamedTuple):
    """A paragraph that may be an item."""

    start: int
    body: int
    said: int | None
    """The number that is still to be read."""
    has_trace: bool
    is_sound: bool = False


def restore(text: str, start: int, end: int, marks: Sequence[Mark]) -> Sequence[Mark]:
    """Restore the numbers of items like (三) where several of a part are damaged."""
    tops = [mark for mark in marks if mark.rank == Rank.HAN]
    sound = {mark.start: mark for mark in marks}
    if not tops or {mark.rank for mark in marks} - {Rank.HAN, Rank.HAN_BRACKETS, Rank.DASH}:
        return marks
    top_starts = {mark.start for mark in tops}
    paragraphs = [at for at in _paragraphs(text, tops[0].start, end) if at not in top_starts]
    damaged = [at for at in paragraphs if at not in sound and TRACE.match(text, at)]
    if len(damaged) < ENOUGH or start > tops[0].start:
        return marks
    candidates = [found for at in paragraphs if (found := _candidate(text, at, end, sound.get(at)))]
    while candidates and not candidates[-1].has_trace:
        candidates.pop()
    headings = list(_headings(text, paragraphs, candidates, tops, end))
    return sorted([*tops, *headings, *_counted(candidates)], key=lambda mark: mark.start)


def _paragraphs(text: str, start: int, end: int) -> Iterator[int]:
    while start < end:
        yield start
        start = line_end(text, start, end) + 1


def _candidate(text: str, at: int, end: int, mark: Mark | None) -> Candidate | None:
    if mark:
        return Candidate(at, mark.end, mark.number, has_trace=True, is_sound=True)
    trace = TRACE.match(text, at, end)
    if trace:
        said = trace["closed"] or trace["opened"] or trace["bare"]
        return Candidate(at, trace.end(), value_of(said) if said else None, has_trace=True)
    return Candidate(at, at, None, has_trace=False) if line_end(text, at, end) - at > PARAGRAPH else None


def _counted(candidates: Sequence[Candidate]) -> Iterator[Mark]:
    """Count the items; the numbers that are still to be read vote on where the count begins."""
    votes = Counter(one.said - index for index, one in enumerate(candidates) if one.said)
    offset = votes.most_common(1)[0][0] if votes else 1
    for index, one in enumerate(candidates):
        if index + offset > 0:
            is_restored = one.said != index + offset or not one.is_sound
            yield Mark(Rank.HAN_BRACKETS, index + offset, one.start, one.body, is_leading=True, is_restored=is_restored)


def _headings(text: str, paragraphs: Sequence[int], candidates: Sequence[Candidate], tops: Sequence[Mark], end: int) -> Iterator[Mark]:
    """Find headings that have lost their number: short lines right before an item, behind the last sound heading or with a 、 left."""
    items = {one.start for one in candidates}
    number = tops[-1].number
    for at, following in pairwise(paragraphs):
        line = text.find("\n", at, end)
        is_short = at not in items and line - at <= HEADING and "。" not in text[at:line]
        if is_short and following in items and at > tops[-1].start:
            number += 1
            trace = LOST_HEADING.match(text, at)
            yield Mark(Rank.HAN, number, at, trace.end() if trace else at, is_leading=True, is_restored=True)
