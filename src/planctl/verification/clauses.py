"""The clauses of a document: the items that are tasks, each with its own text and with all that belongs to it.

The text of a clause runs from its number to the next item that is a task of its own. What follows below it is no part of its text then,
but its words stand there too.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import digest
from planctl.verification.prints import Print, Stretch, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.drafting.intake import Intake, Span
    from planctl.extraction import DraftTask

DEEPEST = 200
"""Clauses that may stand within one."""


class Clause(NamedTuple):
    """A clause: where it stands, how far its own text goes, and how far all that belongs to it."""

    drafted: DraftTask
    own: Stretch
    whole: Stretch
    spans: tuple[Span, ...]
    own_spans: tuple[Span, ...]
    shared: tuple[Span, ...] = ()
    """The cells that belong to rows above it, too."""

    @property
    def number(self) -> str:
        """Its number, with those of the items above it."""
        return "".join(self.drafted.path) or self.drafted.number


class Paper(NamedTuple):
    """A document with its clauses, in the order in which they stand."""

    intake: Intake
    print: Print
    clauses: tuple[Clause, ...]

    @property
    def head(self) -> str:
        """The folded text before the first clause."""
        return self.print.text[: self.clauses[0].own.start] if self.clauses else self.print.text

    def clause_at(self, position: int) -> Clause | None:
        """Find the clause that a position lies in; of one within another, the inner."""
        index = bisect_right(self.clauses, position, key=lambda clause: clause.own.start)
        return next((clause for clause in self.clauses[max(index - DEEPEST, 0) : index][::-1] if position < clause.whole.end), None)

    def texts(self, clause: Clause) -> Iterator[tuple[str, Stretch]]:
        """Give the texts that the digest of a clause may be of, its own first, and each as it was repaired too."""
        for spans, stretch in ((clause.own_spans, clause.own), (clause.spans, clause.whole)):
            yield self.source_text(spans), stretch
            yield "\n".join(self.intake.reading.blocks[span.block].text[span.start : span.end] for span in spans), stretch

    def shares(self, clause: Clause, words: str) -> bool:
        """Tell whether words stand in a cell that a clause shares with rows above it."""
        blocks = self.intake.reading.blocks
        return any(fold(words) in fold(blocks[span.block].text) for span in clause.shared)

    def source_text(self, spans: Sequence[Span]) -> str:
        """Give pieces of blocks as the source prints them."""
        reading = self.intake.reading
        return "\n".join(reading.quote(reading.blocks[span.block], span.start, span.end) for span in spans)

    def digest(self, clause: Clause) -> str:
        """Give the digest of a clause as a plan keeps it."""
        return digest(self.source_text(clause.own_spans))


def cut_paper(intake: Intake) -> Paper:
    """Find the clauses of a document."""
    sheet = Print(intake.reading)
    tasks = intake.draft.tasks
    cut = ((index, intake.spans(task), intake.shared(task)) for index, task in enumerate(tasks))
    found = sorted((_whole(intake, sheet, _without(spans, shared)), index, spans, shared) for index, spans, shared in cut)
    clauses = []
    for (whole, index, spans, shared), following in zip_longest(found, found[1:]):
        own = _before(spans, following[2][0]) if following and following[0].start < whole.end else spans
        clauses.append(Clause(tasks[index], sheet.stretch_of(_without(own, shared)), whole, spans, own, shared))
    return Paper(intake, sheet, tuple(clauses))


def _without(spans: Sequence[Span], shared: Sequence[Span]) -> Sequence[Span]:
    """Leave out the cells that a row shares with others; where it has none of its own, it is all of them."""
    return sorted(span for span in spans if span not in shared) or sorted(spans)


def _whole(intake: Intake, sheet: Print, spans: Sequence[Span]) -> Stretch:
    """Give the stretch of all that belongs to a clause: of a row of a table up to its last cell."""
    blocks, number = intake.reading.blocks, spans[0].block
    first, stretch = blocks[number].table, sheet.stretch_of(spans)
    while first and number + 1 < len(blocks) and (cell := blocks[number + 1].table) and (cell.table, cell.row) == (first.table, first.row):
        number += 1
    return stretch._replace(end=max(stretch.end, sheet.position(number, len(blocks[number].text)))) if first else stretch


def _before(spans: Sequence[Span], end: Span) -> tuple[Span, ...]:
    """Cut pieces off where another item begins; one that begins at the same place takes nothing away."""
    kept = [span._replace(end=min(span.end, end.start)) if span.block == end.block else span for span in spans if span.block <= end.block]
    return tuple(span for span in kept if span.start < span.end) or tuple(spans)
