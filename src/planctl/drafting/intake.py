"""Taking a document in: read, repaired where that is certain, and understood."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
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

MOST_SHARED = 500_000
"""Rows into which the merged cells of a document reach, all together; a page of hostile markup may claim any number."""


class Span(NamedTuple):
    """A stretch of a block: the part of a clause that stands there."""

    block: int
    start: int
    end: int

    def meets(self, other: Span) -> bool:
        """Tell whether two stretches have a character in common."""
        return self.block == other.block and self.start < other.end and other.start < self.end


class Rows(NamedTuple):
    """Rows of a table that are one task: the first of them, and their cells from left to right."""

    first: int
    spans: tuple[Span, ...]


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
        if rows := self._in_rows(first, Span(*task.title.place), "".join(wanted)):
            return rows.spans
        spans = _aligned(self.reading.blocks, first, wanted) or (first,)
        while len(spans) > 1 and spans[-1].block in self._signature:
            spans = spans[:-1]
        following = bisect_right(self._starts, first[:2])
        if following < len(self._starts) and self._starts[following] < (spans[-1].block, spans[-1].end):
            return tuple(_before(spans, *self._starts[following]))
        return spans

    def shared(self, task: DraftTask) -> tuple[Span, ...]:
        """Give the cells of a task that belong to rows above its own, too."""
        rows = self._in_rows(Span(*task.clause), Span(*task.title.place), "".join(task.text.split()))
        blocks = self.reading.blocks
        return tuple(span for span in rows.spans if (cell := blocks[span.block].table) and cell.row < rows.first) if rows else ()

    def _in_rows(self, first: Span, title: Span, wanted: str) -> Rows | None:
        """Find the rows of a table whose cells are the text of a task; one merged with cells above belongs to each of its rows."""
        blocks = self.reading.blocks
        corner, own = blocks[first.block].table, blocks[title.block].table
        if corner is None:
            return None
        begins = [own.row] if own and own.table == corner.table else []
        for row in dict.fromkeys((*begins, *range(corner.row, corner.row + corner.row_span))):
            found = self._cells_from(corner.table, row, wanted)
            if found:
                return Rows(row, tuple(Span(number, 0, len(blocks[number].text)) for number in found))
        return None

    def _cells_from(self, table: int, row: int, wanted: str) -> list[int]:
        """Give the cells of a row and those below it, as far as a text needs; nothing where they say something else."""
        found: list[int] = []
        done = 0
        while cells := self._rows.get((table, row)):
            for number in cells:
                text = "".join(self.reading.blocks[number].text.split())
                if number in found:
                    continue
                if not wanted.startswith(text, done):
                    return []
                found.append(number)
                done += len(text)
            if done >= len(wanted):
                return found
            row += 1
        return []

    @cached_property
    def _rows(self) -> dict[tuple[int, int], list[int]]:
        """The cells of each row of each table, from left to right, with those that reach into it from above."""
        found: dict[tuple[int, int], list[int]] = {}
        last = {table.number: table.rows for table in self.reading.tables}
        left = MOST_SHARED
        for number, block in enumerate(self.reading.blocks):
            if place := block.table:
                end = min(place.row + place.row_span, max(last.get(place.table, 0), place.row) + 1, place.row + 1 + left)
                left -= end - place.row - 1
                for row in range(place.row, end):
                    found.setdefault((place.table, row), []).append(number)
        for cells in found.values():
            cells.sort(key=self._column)
        return found

    def _column(self, number: int) -> int:
        place = self.reading.blocks[number].table
        return place.column if place else 0

    def clause(self, task: DraftTask) -> str:
        """Give the text of a task as the source prints it, of which its digest is made."""
        blocks = self.reading.blocks
        return "\n".join(self.reading.quote(blocks[span.block], span.start, span.end) for span in self.spans(task))


def take_in(path: str, *, simplify: bool = False) -> Intake:
    """Read a document and understand it.

    Raises:
        PlanctlError: it cannot be read; each reason has a class of its own.
    """
    return understand(normalise(read(path), simplify=simplify))


def understand(reading: Reading) -> Intake:
    """Understand a document that was read and repaired."""
    reading = with_own_punctuation(reading)
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
