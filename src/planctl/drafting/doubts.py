"""Doubts in words: what a person has to look at, and where in the document it stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import Format, NoteKind
from planctl.documents.suspicions import suspicions
from planctl.drafting.intake import PUNCTUATION, Span
from planctl.extraction import Place, source_place
from planctl.messages import Word, entry, say
from planctl.model import Basis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.documents.records import Place as SourcePlace
    from planctl.documents.suspicions import Suspicion
    from planctl.drafting.intake import Intake
    from planctl.extraction import Doubt, DraftDeadline, DraftTask

WIDE = str.maketrans({narrow: wide for wide, narrow in PUNCTUATION.items()})
LONGEST = 60
"""Characters of a piece of the document that a doubt repeats."""


class Doubtful(NamedTuple):
    """A doubt as a plan holds it: of a task or of the plan, by its kind, in words."""

    task: str | None
    kind: str
    text: str


class Teller:
    """Puts doubts about one document into the words of a language."""

    def __init__(self, intake: Intake, lang: str) -> None:
        self.intake = intake
        self.lang = lang

    def of_task(self, task: DraftTask) -> Iterator[Doubtful]:
        """Tell what is doubtful in a task, its deadlines and the text that it was made from."""
        yield from (self.tell(_of_basis(doubt, task) if doubt.key == "duty.none" else doubt, task.id) for doubt in task.doubts)
        if task.actors and not task.lead:
            yield self._made("duty.actors", [found.text for found in task.actors], self.intake_place(task.actors[0].place), task.id)
        for each in task.deadlines:
            yield from (self.tell(doubt, task.id) for doubt in each.doubts)
        for each in task.hints:
            yield self.of_hint(each, task.id)
        told = [*task.doubts, *(doubt for each in task.deadlines for doubt in each.doubts)]
        known = [Span(*doubt.place) for doubt in told if doubt.place and doubt.key.endswith(".damaged")]
        yield from self._damages(self.intake.spans(task), known, task.id)

    def of_hint(self, hint: DraftDeadline, task: str) -> Doubtful:
        """Tell of a phrase that is no deadline in the plan, because nothing in it says when."""
        kind = "deadline.no-event" if hint.deadline.within else "deadline.name-only" if hint.deadline.implied else "deadline.left-out"
        return self._made(kind, [hint.deadline.quote or ""], self.intake_place(hint.place), task)

    def of_actors(self, drafted: DraftDeadline, task: str) -> Doubtful:
        """Tell who owes a deadline by its sentence, where no label names them."""
        return self._made("deadline.actors", drafted.deadline.actors, self.intake_place(drafted.place), task)

    def of_lost(self, drafted: DraftDeadline, lost: Sequence[str], task: str) -> Doubtful:
        """Tell of what a phrase says and its deadline cannot hold."""
        return self._made("deadline.lost", [drafted.deadline.quote or "", ", ".join(lost)], self.intake_place(drafted.place), task)

    def of_plan(self) -> Iterator[Doubtful]:
        """Tell what is doubtful in the document as a whole, and what of it became no task."""
        draft = self.intake.draft
        yield from (self.tell(doubt, None) for doubt in draft.doubts)
        for found in draft.closing:
            yield self._made("part.closing", [found.text], self.intake_place(found.place), None)
        if not draft.tasks:
            yield self._made("tasks.none", [], None, None)
        inside = [span for task in draft.tasks for span in self.intake.spans(task)]
        yield from self._damages_outside(inside)

    def tell(self, doubt: Doubt, task: str | None) -> Doubtful:
        """Put a doubt of the extraction into words."""
        words: list[str] = [Word(f"identity.{word}") if doubt.key == "identity.missing" else word for word in doubt.words]
        return self._made(doubt.key, words, self.intake_place(doubt.place) if doubt.place else None, task)

    def intake_place(self, place: tuple[int, int, int]) -> SourcePlace:
        """Give the place in the source of a place of the draft."""
        return source_place(self.intake.reading, Place(*place))

    def _made(self, kind: str, words: Sequence[str], place: SourcePlace | None, task: str | None) -> Doubtful:
        shown = [word if isinstance(word, Word) else _short(word) for word in words]
        first, second = [*shown, "", ""][:2]
        key = f"doubt.{kind}" if entry(f"doubt.{kind}") else "doubt.other"
        text = say(key, self.lang, {"words": shown, "first": first, "second": second, "kind": kind})
        if place:
            text = say("doubt.at", self.lang, {"text": text, "place": place_text(place, self.intake.reading.format, self.lang)})
        return Doubtful(task, kind, text)

    def _damages(self, spans: Sequence[Span], known: Sequence[Span], task: str) -> Iterator[Doubtful]:
        """Tell of what looks damaged within a task, where nothing else has said so."""
        for span in spans:
            for found in self.damages.get(span.block, ()):
                if span.meets(found) and not any(each.meets(found) for each in known):
                    yield self._of_damage(found, task)

    def _damages_outside(self, spans: Sequence[Span]) -> Iterator[Doubtful]:
        by_block = _by_block(spans)
        for number, several in self.damages.items():
            inside = by_block.get(number, ())
            yield from (self._of_damage(found, None) for found in several if not any(each.meets(found) for each in inside))

    def _of_damage(self, found: Span, task: str | None) -> Doubtful:
        block = self.intake.reading.blocks[found.block]
        return self._made("text.damaged", [block.text[found.start : found.end]], self.intake.reading.place(block, found.start), task)

    @cached_property
    def damages(self) -> dict[int, list[Span]]:
        """The damaged pieces that reading has reported, by their paragraph; those that touch each other are one."""
        return _by_block(_damages_of(self.intake))


def _of_basis(doubt: Doubt, task: DraftTask) -> Doubt:
    """Say more exactly what no label says: who leads by the sentence, by the address, or not at all."""
    if task.basis is None:
        return doubt._replace(key="duty.nobody")
    return doubt._replace(key="duty.embedded", words=task.lead) if task.basis is Basis.EMBEDDED else doubt


def _by_block(spans: Iterable[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for span in spans:
        found.setdefault(span.block, []).append(span)
    return found


def _damages_of(intake: Intake) -> Iterator[Span]:
    reported = {note.place for note in intake.reading.notes if note.kind is NoteKind.ORPHAN}
    for number, block in enumerate(intake.reading.blocks) if reported else ():
        # Punctuation is compared as it was when the document was repaired.
        text = block.text.translate(WIDE)
        pieces = sorted(_piece(found, text) for found in suspicions(text) if intake.reading.place(block, found.start) in reported)
        start = end = -1
        for first, last in pieces:
            if first > end >= 0:
                yield Span(number, start, end)
                start = first
            start, end = start if start >= 0 else first, max(end, last)
        if end >= 0:
            yield Span(number, start, end)


def _piece(found: Suspicion, text: str) -> tuple[int, int]:
    """Give where a damaged piece begins and ends: a bracket that closes nothing is told with what stands before it."""
    size = len(found.text)
    return (found.start, found.start + size) if text.startswith(found.text, found.start) else (found.start - size + 1, found.start + 1)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def place_text(place: SourcePlace, form: Format, lang: str) -> str:
    """Say where something stands in a document: by line, by paragraph of a .docx, by page, by cell."""
    in_table = "cell" if place.part else "box"
    kind = in_table if place.cell else "page" if place.page else "paragraph" if form is Format.DOCX else "line"
    return say(f"doubt.at.{kind}", lang, {"line": place.line, "page": place.page, "part": place.part or "", "cell": place.cell})
