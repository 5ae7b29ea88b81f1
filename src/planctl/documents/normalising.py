"""Normalisation: what is certain is repaired and reported, what is not is reported only; every character keeps its place."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from planctl.documents.mending import FEWEST_READINGS, Edit, lost_blanks, readings, shapes, spaces, widths
from planctl.documents.records import Block, BlockKind, Format, Note, NoteKind, Place, Reading, Repair, RepairKind
from planctl.documents.suspicions import suspicions
from planctl.documents.tracing import MOST_NOTES, Traced, join
from planctl.documents.typesetting import seam
from planctl.documents.wrapping import wrapped
from planctl.errors import NoOpenccError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

TRADITIONAL = re.compile(
    "[們個來倆關於發實進設證產業務動時開門應權責執決會議國與無導點這過後並對際貫徹習講舉辦體製規劃縣級負備報區機構總結範圍協調強檢監養老黨組織]"
)
"""Characters that simplified text does not have, among the commonest of official documents."""
TRADITIONAL_SHARE = 0.03
FEWEST_TRADITIONAL = 10
FEWEST_LOST = 3
"""In so many paragraphs question marks must stand for blanks, to be sure that they do."""
MOST_ROUNDS = 20
"""Rounds of repairs; two are enough but for nonsense."""
WRAPPED = frozenset((Format.TEXT, Format.HTML))
"""The formats whose lines may have been broken by hand."""


class Mender:
    """Repairs texts and keeps account of it."""

    def __init__(self, reading: Reading) -> None:
        self.source = reading.source
        self._made: dict[tuple[RepairKind, str, str], list[Place]] = {}

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """What was repaired."""
        return tuple(Repair(kind, old, new, tuple(places)) for (kind, old, new), places in self._made.items())

    def mend(self, traced: Traced, find: Callable[[str], Iterator[Edit]]) -> Traced:
        """Make the repairs that a function finds."""
        edits = sorted(find(traced.text))
        if not edits:
            return traced
        for edit in edits:
            self.report(edit.kind, traced.text[edit.start : edit.end], edit.new, traced.offsets[edit.start])
        return traced.edit((edit.start, edit.end, edit.new) for edit in edits)

    def report(self, kind: RepairKind, old: str, new: str, offset: int) -> None:
        """Keep account of a repair."""
        self._made.setdefault((kind, old, new), []).append(self.source.place(offset))


def normalise(reading: Reading, *, simplify: bool = False) -> Reading:
    """Repair what is certain, and report what else looks damaged. A second time changes nothing.

    Args:
        reading: a document as it was read.
        simplify: whether traditional characters are to be simplified.

    Raises:
        NoOpenccError: they are, and opencc is not installed.
    """
    mender = Mender(reading)
    once = [shapes, *_steps(reading.blocks)]
    blocks: list[Block] = []
    may_be_broken = reading.format in WRAPPED and not reading.joined
    for group in wrapped(reading) if may_be_broken else ([block] for block in reading.blocks):
        block = _joined(group, mender)
        traced = Traced(block.text, block.offsets)
        for step in once:
            traced = mender.mend(traced, step)
        traced = _settled(traced, mender)
        if simplify:
            traced = _simplified(traced, mender)
        traced = traced.strip()
        if traced.text:
            blocks.append(block._replace(text=traced.text, offsets=traced.offsets))
    notes = (*reading.notes, *_notes(reading, blocks))
    repairs = (*reading.repairs, *mender.repairs)
    return reading._replace(blocks=tuple(blocks), repairs=repairs, notes=tuple(dict.fromkeys(notes)), joined=True)


def _settled(traced: Traced, mender: Mender) -> Traced:
    """Mend widths and spaces until nothing is left: a blank that goes lets a mark stand beside Chinese, and the other way round."""
    for _ in range(MOST_ROUNDS):
        before = traced.text
        traced = mender.mend(mender.mend(traced, widths), spaces)
        if traced.text == before:
            break
    return traced


def _steps(blocks: Iterable[Block]) -> Iterator[Callable[[str], Iterator[Edit]]]:
    """Give the repairs that are certain only where a document needs them again and again."""
    found = lost = 0
    for block in blocks:
        found += sum(1 for _ in readings(block.text))
        lost += any(lost_blanks(block.text))
    if found >= FEWEST_READINGS:
        yield readings
    if lost >= FEWEST_LOST:
        yield lost_blanks


def _joined(group: list[Block], mender: Mender) -> Block:
    """Join the lines of a paragraph."""
    if len(group) == 1:
        return group[0]
    pieces = [Traced(group[0].text, group[0].offsets)]
    for block in group[1:]:
        mender.report(RepairKind.WRAP, "\n", between := seam(pieces[-1].text, block.text), block.offsets[0])
        pieces[-1] = join((pieces[-1], Traced(between, pieces[-1].offsets[-1:])), "") if between else pieces[-1]
        pieces.append(Traced(block.text, block.offsets))
    text, offsets = join(pieces, "")
    return group[0]._replace(text=text, offsets=offsets, kind=BlockKind.PARAGRAPH)


def _simplified(traced: Traced, mender: Mender) -> Traced:
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra, and only traditional text needs it
    except ImportError as error:
        raise NoOpenccError from error
    convert = OpenCC("t2s").convert
    text = str(convert(traced.text))
    if len(text) != len(traced.text):  # a phrase of another length: character by character, then
        text = "".join(str(convert(character))[:1] or character for character in traced.text)

    def find(old: str) -> Iterator[Edit]:
        pairs = enumerate(zip(old, text, strict=True))
        return (Edit(index, index + 1, new, RepairKind.SIMPLIFIED) for index, (one, new) in pairs if one != new)

    return mender.mend(traced, find)


def _notes(reading: Reading, blocks: list[Block]) -> Iterator[Note]:
    whole = "".join(block.text for block in blocks)
    count = len(TRADITIONAL.findall(whole))
    if count >= max(FEWEST_TRADITIONAL, TRADITIONAL_SHARE * len(whole)):
        yield Note(NoteKind.TRADITIONAL, f"{count}")
    found = ((block, suspicion) for block in blocks for suspicion in suspicions(block.text))
    for block, (start, text) in islice(found, MOST_NOTES):
        yield Note(NoteKind.ORPHAN, text, reading.place(block, start))
