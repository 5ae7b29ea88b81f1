"""All phrases of a text: one pass over the places where one may begin, the first reader that knows it wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.phrases.cycles import read_cycle, read_standing
from planctl.phrases.figures import read_figure
from planctl.phrases.folding import fold
from planctl.phrases.lexicon import OPENING, SOFT, SOFT_INSIDE
from planctl.phrases.moments import read_moment
from planctl.phrases.spans import read_span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.phrases.folding import Folded
    from planctl.phrases.records import Phrase

READERS = (read_cycle, read_standing, read_moment, read_span, read_figure)
"""In this order: 一季度一次 is a cycle before 一季度 is a quarter, 年内持续推进 has no day before 年内 is one, and
3月1日内 has a date before it has a length."""
SOFT_REACH = 26


def read(text: str) -> tuple[Phrase, ...]:
    """Read all phrases of a text, in reading order; they do not overlap."""
    folded = fold(text)
    return tuple(_quoted(text, folded, phrase) for phrase in _phrases(folded))


def _phrases(folded: Folded) -> Iterator[Phrase]:
    floor = 0
    opening = OPENING.search(folded.text)
    while opening:
        at = opening.start()
        found = (reader(folded, at, floor) for reader in READERS)
        phrase = next(filter(None, found), None)
        if phrase:
            floor = phrase.end
            yield phrase
        opening = OPENING.search(folded.text, phrase.end if phrase else at + 1)


def _quoted(text: str, folded: Folded, phrase: Phrase) -> Phrase:
    start, end = folded.place(phrase.start), folded.place(phrase.end - 1) + 1
    return phrase._replace(quote=text[start:end], start=start, end=end, soft=_is_soft(folded.text, phrase))


def _is_soft(text: str, phrase: Phrase) -> bool:
    """力争 or 原则上 before the phrase in its clause, or inside it."""
    before = SOFT.search(text, max(phrase.start - SOFT_REACH, 0), phrase.start)
    return bool(before or SOFT_INSIDE.search(text, phrase.start, phrase.end))
