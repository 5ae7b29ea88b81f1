"""The numbers of headings and items: 第一章, 一、任务1：（一）1. 1.1（1）①, ——; which of them are the numbering, and which mere text.

A number at the beginning of a paragraph counts. A number inside a paragraph counts where it fits the sequence and no paragraph begins
with it: so a document that is printed on one line is read as one with lines.
"""

from __future__ import annotations

import re
from collections import Counter
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
    NAMED = 4
    """任务一：, 任务1："""
    HAN_BRACKETS = 5
    ARABIC = 6
    PATH = 7
    """1.1, 1-1"""
    PATH_BELOW = 8
    ARABIC_BRACKETS = 9
    CIRCLED = 10
    DASH = 11
    PARAGRAPH = 12
    """None: a paragraph that its label ends."""


MARK = re.compile(
    rf"""
      第(?P<chapter>{HAN})[章篇编] | 第(?P<section>{HAN})节 | 第(?P<article>{HAN}|[0-9]{{1,3}})条(?!规定|的|第|例|款|和|、)
    | (?<![^\n])(?:重点|主要|专项|具体)?(?:任务|举措|措施|行动|事项|项目|工程|实事|问题)(?P<named>{HAN}|[0-9]{{1,2}})[:、.](?![0-9])
    | (?<![^\n])(?P<path>[0-9]{{1,2}}(?:[.-][0-9]{{1,2}}){{1,2}})[、.]?(?=[\u4e00-\u9fff“《])(?![年月日个亿万元倍]|公里|平方|千)
    | \((?P<paren>{HAN})\)[、.,]? | (?P<small>[㈠-㈩])
    | (?P<han>{HAN})[、.](?!{HAN}[、.])
    | (?<![0-9.])(?P<arabic>[0-9]{{1,3}})(?:[、.](?![0-9])|\.(?=[0-9]{{4}}年)) | (?P<dotted>[⒈-⒛])
    | \((?P<bracket>[0-9]{{1,2}})\)[、.]? | (?P<small_bracket>[⑴-⒇]) | (?<![0-9(.])(?P<half>[0-9]{{1,2}})\)
    | (?P<circle>[①-⑳])
    """,
    re.VERBOSE,
)
BARE = re.compile(r"(?<![^\n])(?P<bare>[0-9]{1,2})(?=[\u4e00-\u9fff])(?![年月日个亿万元倍名人项条])")
"""The number above 1.1, which only a blank parts from its words."""
DASH = re.compile(r"——|—(?!—)|--|[●•·◆■★※▪▲△▶►◇□➢☆✓]")
RANKS = {
    "chapter": Rank.CHAPTER,
    "section": Rank.SECTION,
    "article": Rank.ARTICLE,
    "han": Rank.HAN,
    "named": Rank.NAMED,
    "path": Rank.PATH,
    "paren": Rank.HAN_BRACKETS,
    "small": Rank.HAN_BRACKETS,
    "arabic": Rank.ARABIC,
    "dotted": Rank.ARABIC,
    "bracket": Rank.ARABIC_BRACKETS,
    "small_bracket": Rank.ARABIC_BRACKETS,
    "half": Rank.ARABIC_BRACKETS,
    "circle": Rank.CIRCLED,
}
COUNTED = {Rank.HAN, Rank.HAN_BRACKETS}
"""Numbers that hardly stand for anything else behind a stop."""
SINGLE = {"small": "㈠", "dotted": "⒈", "small_bracket": "⑴", "circle": "①"}
STOPS = "。;:!?)”’》」"
ENDS = "。;:!?,\n"
TITLE_ENDS = "案见施工点划单项表则排录"
"""How titles end, which have no stop: 方案, 意见, 措施, 分工, 要点, 计划, 清单."""
BEFORE_GAP = {"。", ";", "!", ")"}
"""What stands before a number inside a paragraph that leaves some out."""
CITES = re.compile(r"项(?!目)|款(?!项)|条(?![件例])|[和与、及至](?=\()")
"""What follows a number that is cited: 第(一)(三)项."""
NUMBER_BEFORE = re.compile(rf"\({HAN}\)$")
LOST = 5
"""How many numbers may be left out on one line."""
CITED = "据照按依合反和与及本该第》"
"""What stands before an article that is cited: 依据第一条."""
SKIPPED = 20
"""How many articles an abridged text may leave out."""
LABEL = re.compile(r"(?:单位|部门|时限|时间|期限)[:：][^。;\n]{2,300}$")
"""What a number follows that comes right behind a label, on one line: 牵头单位:省公安厅|二、."""
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
    is_behind_stop: bool = False
    """Whether the sign right before it ends a sentence or a bracket."""


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Find the numbers that make the numbering of a part of a document."""
    return _fitting(_with_paths(text, start, end, list(_candidates(text, start, end))))


def _with_paths(text: str, start: int, end: int, marks: list[Mark]) -> list[Mark]:
    """Take 1.1 and 1-1 where there are several, with the bare numbers above them."""
    paths = [mark for mark in marks if mark.rank in {Rank.PATH, Rank.PATH_BELOW}]
    if len(paths) < 2:
        return [mark for mark in marks if mark not in paths] if paths else marks
    heads = {re.split(r"[.-]", text[mark.start : mark.end])[0] for mark in paths}
    bare = [
        Mark(Rank.ARABIC, int(found["bare"]), *found.span(), is_leading=True)
        for found in BARE.finditer(text, start, end)
        if found["bare"] in heads
    ]
    return sorted([*marks, *bare], key=lambda mark: mark.start)


def _candidates(text: str, start: int, end: int) -> Iterator[Mark]:
    for found in MARK.finditer(text, start, end):
        at = found.start()
        is_leading = at == start or text[at - 1] == "\n"
        name = found.lastgroup or ""
        follows_stop = is_leading or _follows_stop(name, text, at, found.end())
        if not is_leading and (text[at - 1 : at] in {"第", "附"} or (name == "paren" and CITES.match(text, found.end()))):
            continue
        if is_leading and name == "han" and text[found.end() - 1] == "." and text[found.end() : found.end() + 1].isdigit():
            continue
        clean_from = 0 if is_leading else max(text.rfind(stop, max(at - HEADING, start), at) for stop in ENDS) + 1
        rank = Rank.PATH_BELOW if name == "path" and len(re.findall(r"[.-]", found[name])) > 1 else RANKS[name]
        behind = text[at - 1 : at] in BEFORE_GAP and not NUMBER_BEFORE.search(text, max(at - 8, 0), at)
        yield Mark(rank, _value(name, found[name]), at, found.end(), is_leading, follows_stop, clean_from=clean_from, is_behind_stop=behind)


def _follows_stop(name: str, text: str, at: int, end: int) -> bool:
    """Tell whether a number inside a paragraph may begin an item; one in brackets may follow a heading that has no stop.

    The first article follows the title or the heading of its chapter.
    """
    if name in {"paren", "small", "bracket", "small_bracket", "circle"} or text[at - 1 : at] in STOPS:
        return True
    if name in {"article", "chapter"}:
        return text[at:end] in {"第一条", "第一章"} and text[at - 1 : at] not in CITED
    return name == "han" and (text[at - 1 : at] in TITLE_ENDS or bool(LABEL.search(text, max(at - 300, 0), at)))


def _value(name: str, word: str) -> int:
    if name == "path":
        return int(re.split(r"[.-]", word)[-1])
    return ord(word) - ord(SINGLE[name]) + 1 if name in SINGLE else value_of(word)


class _Sequence:
    """The numbers kept so far."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        led = Counter(mark.rank for mark in marks if mark.is_leading)
        first = {mark.rank for mark in marks if mark.is_leading and mark.number == 1 and led[mark.rank] == 1}
        self.leading = set(led) - first
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
            if self._begins_beside_heading(index):
                return True
            return is_next and mark.number > 1 and after is not None and after.number == mark.number + 1
        if mark.rank is Rank.ARTICLE and mark.rank in self.last and mark.number > 1:
            return self.last[mark.rank] < mark.number <= self.last[mark.rank] + SKIPPED and (
                mark.follows_stop or self._follows_heading(mark)
            )
        if mark.rank in self.open:
            return is_next or self._leaves_out(index)
        if mark.rank is Rank.HAN and mark.rank not in self.last and mark.is_behind_stop and self._heads(index):
            return True
        if not (mark.follows_stop or self._follows_heading(mark)):
            return False
        return is_next if mark.number > 1 else self._goes_on(index)

    def _leaves_out(self, index: int) -> bool:
        """Tell whether a number goes on behind some that are missing, and does not only cite one: (一)…。(三)…."""
        mark = self.marks[index]
        last = self.last[mark.rank]
        if mark.rank not in COUNTED or not mark.is_behind_stop or not last + 1 < mark.number <= last + 1 + LOST:
            return False
        later = self.marks[index + 1 : index + 1 + LOOKAHEAD]
        higher = next((at for at, other in enumerate(later) if other.rank < mark.rank and other.is_behind_stop), len(later))
        return not any(other.rank is mark.rank and last < other.number <= mark.number for other in later[:higher])

    def _heads(self, index: int) -> bool:
        """Tell whether a number whose first is lost is that of a heading: 二、改进服务(一)."""
        mark, following = self.marks[index], next(iter(self.marks[index + 1 :]), None)
        is_first = following is not None and following.rank is Rank.HAN_BRACKETS and following.number == 1
        return 1 < mark.number <= 1 + LOST and following is not None and is_first and following.start - mark.end <= HEADING

    def _follows_heading(self, mark: Mark) -> bool:
        last = self.kept[-1] if self.kept else None
        return last is not None and last.rank < mark.rank and mark.start - last.end <= HEADING

    def _ends_heading(self, mark: Mark) -> bool:
        """Tell whether nothing but the words of a heading stand between it and the higher number before it: 一、稳定增长(一)."""
        last = self.kept[-1] if self.kept else None
        return last is not None and last.rank < mark.rank and 1 < mark.start - last.end <= HEADING and mark.clean_from <= last.end

    def _begins_beside_heading(self, index: int) -> bool:
        """Tell whether items that else begin their lines begin right behind a heading, or go on behind one that does: 一、重点任务(一)."""
        mark, after, last = self.marks[index], self.following[index], self.kept[-1] if self.kept else None
        if last is None or mark.rank is not Rank.HAN_BRACKETS:
            return False
        if mark.number == 1:
            return last.is_leading and self._ends_heading(mark) and (after is None or after.number <= 2)
        return last.rank is mark.rank and not last.is_leading and mark.is_behind_stop and mark.number == last.number + 1

    def _goes_on(self, index: int) -> bool:
        """Tell whether a second follows a first before a higher number interrupts, or even behind it where it ends a heading."""
        first = self.marks[index]
        runs_on = first.rank is Rank.HAN_BRACKETS and self._ends_heading(first)
        for later in self.marks[index + 1 : index + 1 + LOOKAHEAD]:
            if later.rank == first.rank and later.is_behind_stop and first.rank in COUNTED and 2 < later.number <= 2 + LOST:
                return True
            if later.rank == first.rank and (later.number == 2 or (later.number == 1 and later.follows_stop)):
                return later.number == 2 or runs_on
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
