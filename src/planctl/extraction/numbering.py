"""The numbers of headings and items: 第一章, 一、（一）1.（1）①, ——; which of them belong to the numbering, and which are mere text.

A number at the beginning of a paragraph counts. A number inside a paragraph counts where it fits the sequence and no paragraph begins
with it: so a document that is printed on one line is read as one with lines.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.phrases.numerals import number as value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HAN = "[一二三四五六七八九十百]{1,5}"


class Rank(IntEnum):
    """The kinds of numbers, highest first, as GB/T 9704-2012 orders them (7.3.3)."""

    CHAPTER = 0
    SECTION = 1
    ARTICLE = 2
    HAN = 3
    HAN_BRACKETS = 4
    ARABIC = 5
    ARABIC_BRACKETS = 6
    CIRCLED = 7
    DASH = 8


MARK = re.compile(
    rf"""
      第(?P<chapter>{HAN})[章篇编] | 第(?P<section>{HAN})节 | 第(?P<article>{HAN}|[0-9]{{1,3}})条(?!规定|的|第|例|款|和|、)
    | \((?P<paren>{HAN})\)[、.,]? | (?P<small>[㈠-㈩])
    | (?P<han>{HAN})[、.](?!{HAN}[、.])
    | (?<![0-9.])(?P<arabic>[0-9]{{1,3}})(?:[、.](?![0-9])|\.(?=[0-9]{{4}}年)) | (?P<dotted>[⒈-⒛])
    | \((?P<bracket>[0-9]{{1,2}})\)[、.]? | (?P<small_bracket>[⑴-⒇]) | (?<![0-9(.])(?P<half>[0-9]{{1,2}})\)
    | (?P<circle>[①-⑳])
    """,
    re.VERBOSE,
)
DASH = re.compile(r"——|—(?!—)|--|[●•·◆■★※▪]")
RANKS = {
    "chapter": Rank.CHAPTER,
    "section": Rank.SECTION,
    "article": Rank.ARTICLE,
    "han": Rank.HAN,
    "paren": Rank.HAN_BRACKETS,
    "small": Rank.HAN_BRACKETS,
    "arabic": Rank.ARABIC,
    "dotted": Rank.ARABIC,
    "bracket": Rank.ARABIC_BRACKETS,
    "small_bracket": Rank.ARABIC_BRACKETS,
    "half": Rank.ARABIC_BRACKETS,
    "circle": Rank.CIRCLED,
}
SINGLE = {"small": "㈠", "dotted": "⒈", "small_bracket": "⑴", "circle": "①"}
STOPS = "。;:!?)”’》」"
ENDS = "。;:!?,\n"
TITLE_ENDS = "案见施工点划单项表则排录"
"""How titles end, which have no stop: 方案, 意见, 措施, 分工, 要点, 计划, 清单."""
LOOKAHEAD = 200
"""How many numbers further the second of a sequence is looked for."""
HEADING = 45
"""How long a heading without a stop may be."""


class Mark(NamedTuple):
    """A number with its place: `number` is what it counts, from 1."""

    rank: Rank
    number: int
    start: int
    end: int
    is_leading: bool
    """Whether a paragraph begins with it."""
    follows_stop: bool = True
    """Whether it stands where a sentence has ended."""
    is_restored: bool = False
    """Whether its place in the sequence says what it counts, because the print has lost it."""
    clean_from: int = 0
    """From where on no stop stands before it."""


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Find the numbers that make the numbering of a part of a document."""
    return _fitting(list(_candidates(text, start, end)))


def _candidates(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in MARK.finditer(text, start, end):
        at = found.start()
        is_leading = at == start or text[at - 1] == "\n"
        name = found.lastgroup or ""
        follows_stop = is_leading or _follows_stop(name, text, at)
        if text[at - 1 : at] in {"第", "附"} and not is_leading:
            continue
        if is_leading and name == "han" and text[found.end() - 1] == "." and text[found.end() : found.end() + 1].isdigit():
            continue
        clean_from = 0 if is_leading else max(text.rfind(stop, max(at - HEADING, start), at) for stop in ENDS) + 1
        yield Mark(RANKS[name], _value(name, found[name]), at, found.end(), is_leading, follows_stop, clean_from=clean_from)


def _follows_stop(name: str, text: str, at: int) -> bool:
    """Tell whether a number inside a paragraph may begin an item; one in brackets may follow a heading that has no stop."""
    return name in {"paren", "small", "bracket", "small_bracket", "circle"} or text[at - 1 : at] in (
        STOPS + TITLE_ENDS if name == "han" else STOPS
    )


def _value(name: str, word: str) -> int:
    return ord(word) - ord(SINGLE[name]) + 1 if name in SINGLE else value_of(word)


class _Sequence:
    """The numbers kept so far."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self.leading = {mark.rank for mark in marks if mark.is_leading}
        self.following = _next_leading(marks)
        self.last: dict[Rank, int] = {}
        self.open: set[Rank] = set()
        self.kept: list[Mark] = []

    def keep(self, mark: Mark) -> None:
        """Take a number into the sequence; it closes the lower ones."""
        self.kept.append(mark)
        self.last[mark.rank] = mark.number
        self.open = {rank for rank in self.open if rank < mark.rank} | {mark.rank}

    def continues(self, index: int) -> bool:
        """Tell whether a number inside a paragraph continues the sequence."""
        mark = self.marks[index]
        is_next = mark.number == self.last.get(mark.rank, 0) + 1
        if mark.rank in self.leading:
            after = self.following[index]
            return is_next and mark.number > 1 and after is not None and after.number == mark.number + 1
        if mark.rank in self.open:
            return is_next
        if not (mark.follows_stop or self._follows_heading(mark)):
            return False
        return is_next if mark.number > 1 else self._goes_on(index)

    def _follows_heading(self, mark: Mark) -> bool:
        last = self.kept[-1] if self.kept else None
        return last is not None and last.rank < mark.rank and mark.start - last.end <= HEADING

    def _ends_heading(self, mark: Mark) -> bool:
        """Tell whether nothing but the words of a heading stand between it and the higher number before it: 一、稳定增长(一)."""
        last = self.kept[-1] if self.kept else None
        return last is not None and last.rank < mark.rank and 1 < mark.start - last.end <= HEADING and mark.clean_from <= last.end

    def _goes_on(self, index: int) -> bool:
        """Tell whether a second follows a first before a higher number interrupts, or even behind it where it ends a heading."""
        first = self.marks[index]
        runs_on = first.rank is Rank.HAN_BRACKETS and self._ends_heading(first)
        for later in self.marks[index + 1 : index + 1 + LOOKAHEAD]:
            if later.rank == first.rank and (later.number == 2 or (later.number == 1 and later.follows_stop)):
                return later.number == 2
            if not runs_on and later.rank < first.rank and later.number == self.last.get(later.rank, 0) + 1:
                return False
        return runs_on


def _fitting(marks: Sequence[Mark]) -> list[Mark]:
    """Keep the leading marks, and of the others those that continue a sequence."""
    sequence = _Sequence(marks)
    for index, mark in enumerate(marks):
        if mark.is_leading or sequence.continues(index):
            sequence.keep(mark)
    return sequence.kept


def _next_leading(marks: Sequence[Mark]) -> list[Mark | None]:
    """For each mark, the next of its rank that leads a paragraph."""
    following: list[Mark | None] = [None] * len(marks)
    seen: dict[Rank, Mark] = {}
    for index in range(len(marks) - 1, -1, -1):
        following[index] = seen.get(marks[index].rank)
        if marks[index].is_leading:
            seen[marks[index].rank] = marks[index]
    return following
