"""Taking a document in: read, repaired where that is certain, and understood."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.normalising import normalise
from planctl.documents.reading import read
from planctl.documents.records import RepairKind
from planctl.extraction import extract_reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.documents.records import Block, Reading
    from planctl.extraction import Draft, DraftTask

PUNCTUATION = dict(zip("，；：？！（）", ",;:?!()", strict=True))
"""Marks that a repair makes full, and that a plan keeps as the document prints them."""
STRAY = 40
"""So many characters that are no part of a clause may stand within it; more, and it is not this clause."""


class Span(NamedTuple):
    """A stretch of a block: the part of a clause that stands there."""

    block: int
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Tell whether two stretches have a character in common."""
        return self.block == other.block and self.start < other.end and other.start < self.end


class Intake:
    """A document as it was read, and what was understood of it; the places of the draft count in the blocks of the reading."""

    def __init__(self, reading: Reading, draft: Draft) -> None:
        self.reading = reading
        self.draft = draft
        self._starts = sorted(Span(*task.clause)[:2] for task in draft.tasks)
        identity = draft.identity
        places = [found.place for found in identity.issuers] + ([identity.issued.place] if identity.issued else [])
        self._signature = {place.line for place in places}
        """The paragraphs where the document says who issued it and when, which may follow the last clause."""

    def spans(self, task: DraftTask) -> tuple[Span, ...]:
        """Find where the text of a task stands, paragraph by paragraph, cell by cell, up to the first task within it."""
        first = Span(*task.clause)
        wanted = [character for character in task.text if not character.isspace()]
        spans = _aligned(self.reading.blocks, first, wanted) or (first,)
        while len(spans) > 1 and spans[-1].block in self._signature:
            spans = spans[:-1]
        following = bisect_right(self._starts, first[:2])
        if following < len(self._starts) and self._starts[following] < (spans[-1].block, spans[-1].end):
            return tuple(_before(spans, *self._starts[following]))
        return spans

    def clause(self, task: DraftTask) -> str:
        """Give the text of a task as the source prints it, of which its digest is made."""
        blocks = self.reading.blocks
        return "\n".join(self.reading.quote(blocks[span.block], span.start, span.end) for span in self.spans(task))


def take_in(path: str, *, simplify: bool = False) -> Intake:
    """Read a document and understand it.

    Raises:
        PlanctlError: it cannot be read; each reason has a class of its own.
    """
    reading = with_own_punctuation(normalise(read(path), simplify=simplify))
    return Intake(reading, extract_reading(reading))


def with_own_punctuation(reading: Reading) -> Reading:
    """Give punctuation back the width that it has in print: names and titles stand in a plan as in the document."""
    source = reading.source.text
    blocks = tuple(block._replace(text="".join(_printed(block, source))) for block in reading.blocks)
    narrow = frozenset(PUNCTUATION.values())
    repairs = tuple(each for each in reading.repairs if each.kind is not RepairKind.WIDTH or each.old not in narrow)
    return reading._replace(blocks=blocks, repairs=repairs)


def _printed(block: Block, source: str) -> Sequence[str]:
    pairs = zip(block.text, block.offsets, strict=True)
    return [source[offset] if PUNCTUATION.get(character) == source[offset] else character for character, offset in pairs]


def _before(spans: Sequence[Span], block: int, start: int) -> Iterator[Span]:
    """Cut spans off before a place."""
    for span in spans:
        if span.block < block:
            yield span
        elif span.block == block and span.start < start:
            yield span._replace(end=min(span.end, start))


def _aligned(blocks: Sequence[Block], first: Span, wanted: Sequence[str]) -> tuple[Span, ...]:
    """Follow a text through the blocks from its first character on; nothing where it does not stand there."""
    spans: list[Span] = []
    done = stray = 0
    for number in range(first.block, len(blocks)):
        begin = end = -1
        text = blocks[number].text
        for place in range(first.start if number == first.block else 0, len(text)):
            if text[place] == wanted[done]:
                begin, end, done = begin if begin >= 0 else place, place + 1, done + 1
                if done == len(wanted):
                    return (*spans, Span(number, begin, end))
            elif not text[place].isspace():
                stray += 1
                if stray > STRAY:
                    return ()
        if begin >= 0:
            spans.append(Span(number, begin, end))
    return ()
