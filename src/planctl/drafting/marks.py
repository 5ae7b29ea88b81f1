"""Marks: which words of a clause what was taken from it stands on."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planctl.drafting.intake import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.drafting.intake import Intake
    from planctl.extraction import DraftTask

LONGEST_NUMBER = 12
SHORTEST_NAME = 2


class Mark(StrEnum):
    """What stands on a word. Of two on one word, the later one here is shown."""

    DUTY = "duty"
    SUPPORT = "support"
    LEAD = "lead"
    NUMBER = "number"
    TITLE = "title"
    HINT = "hint"
    DEADLINE = "deadline"


RANK = {mark: rank for rank, mark in enumerate(Mark)}


class Piece(NamedTuple):
    """A run of characters of one mark, or of none."""

    text: str
    mark: Mark | None = None


def paragraphs(intake: Intake, task: DraftTask) -> list[list[Piece]]:
    """Cut the clause of a task into pieces, paragraph by paragraph."""
    spans = intake.spans(task)
    marks = sorted(_marks(intake, task, spans), key=lambda each: RANK[each[1]])
    return [_pieces(intake.reading.blocks[span.block].text, span, marks) for span in spans]


def _pieces(text: str, span: Span, marks: list[tuple[Span, Mark]]) -> list[Piece]:
    kinds: list[Mark | None] = [None] * (span.end - span.start)
    for place, mark in marks:
        if place.block == span.block:
            first, last = max(place.start, span.start), min(place.end, span.end)
            kinds[first - span.start : last - span.start] = [mark] * max(last - first, 0)
    cut: list[Piece] = []
    for mark_of, run in groupby(zip(text[span.start : span.end], kinds, strict=True), key=lambda pair: pair[1]):
        cut.append(Piece("".join(character for character, _ in run), mark_of))
    return cut


def _marks(intake: Intake, task: DraftTask, spans: tuple[Span, ...]) -> Iterator[tuple[Span, Mark]]:
    title = Span(*task.title.place)
    yield title, Mark.TITLE
    head = _number(intake, task, title)
    if head:
        yield head, Mark.NUMBER
    for each in task.deadlines:
        yield Span(*each.place), Mark.DEADLINE
    for each in task.hints:
        yield Span(*each.place), Mark.HINT
    labels = [Span(*found.place) for found in task.duties]
    yield from ((label, Mark.DUTY) for label in labels)
    for names, mark in ((task.lead, Mark.LEAD), (task.support, Mark.SUPPORT)):
        for name in names:
            yield from ((place, mark) for place in _named(intake, name, [*labels, *spans]))


def _number(intake: Intake, task: DraftTask, title: Span) -> Span | None:
    """Find the number: what stands before the title, or a cell of its own."""
    first = Span(*task.clause)
    if first.block == title.block and 0 < title.start - first.start <= LONGEST_NUMBER:
        return first._replace(end=title.start)
    is_cell = first.block != title.block and len(intake.reading.blocks[first.block].text) <= LONGEST_NUMBER
    return first if is_cell else None


def _named(intake: Intake, name: str, places: list[Span]) -> Iterator[Span]:
    """Find a name; where the place in front of it was said once for several, its end."""
    for start in range(max(len(name) - SHORTEST_NAME + 1, 1)):
        wanted = name[start:]
        for place in places:
            at = intake.reading.blocks[place.block].text.find(wanted, place.start, place.end)
            if at >= 0:
                yield Span(place.block, at, at + len(wanted))
                return
