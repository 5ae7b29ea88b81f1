"""What changed between two texts, word by word: figures and Latin words are one word, as is each character of Chinese."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from planctl.verification.prints import fold
from planctl.verification.records import Piece

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORD = re.compile(r"[0-9A-Za-z.%０-９Ａ-Ｚａ-ｚ．％]+|\S")
SENTENCE = re.compile(r"[^。；;]+[。；;]?")
MOST = 1_500
"""Words that are compared one by one; longer texts are compared by their sentences first."""

BY_CHANCE = 2
"""Words in a row that may be the same by chance."""


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """Say what changed, without regard to width and blanks."""
    words = WORD.findall(old), WORD.findall(new)
    if max(map(len, words)) <= MOST:
        return tuple(_pieces(*words))
    return tuple(_by_sentence(SENTENCE.findall(old), SENTENCE.findall(new)))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [*map(fold, old)], [*map(fold, new)], autojunk=False)
    for is_same, first, last, begin, end in _without_chance([Run(kind == "equal", *ends) for kind, *ends in matcher.get_opcodes()]):
        after = "".join(new[begin:end])
        yield Piece(after if is_same else "".join(old[first:last]), after)


class Run(NamedTuple):
    """A run of words, from where to where in either text."""

    is_same: bool
    first: int
    last: int
    begin: int
    end: int

    @property
    def size(self) -> int:
        """The number of its words where it has more."""
        return max(self.last - self.first, self.end - self.begin)


def _without_chance(runs: Sequence[Run]) -> list[Run]:
    """Take the word or two that happen to be the same amid much that changed for changed too."""
    kept: list[Run] = []
    for place, run in enumerate(runs):
        beside = (*runs[max(place - 1, 0) : place], *runs[place + 1 : place + 2])
        is_chance = run.is_same and run.size <= BY_CHANCE and len(beside) > 1 and sum(each.size for each in beside) >= 4 * run.size
        if kept and not kept[-1].is_same and (is_chance or not run.is_same):
            kept[-1] = kept[-1]._replace(last=run.last, end=run.end)
        else:
            kept.append(run)
    return kept


def _by_sentence(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for piece in _pieces(old[:MOST], new[:MOST]):
        words = WORD.findall(piece.old), WORD.findall(piece.new)
        if piece.is_same or max(map(len, words)) > MOST:
            yield piece
        else:
            yield from _pieces(*words)
