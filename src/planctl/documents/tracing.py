"""Text that knows where it comes from: recorded while a document is read, cut and edited afterwards."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import Note, NoteKind, Place, Source, Stretch
from planctl.errors import OversizedDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff]+"
)
"""Characters that print nothing, move the cursor or turn the text around."""
MOST_CHARACTERS = 2_000_000
"""A document; a thousand full pages have 800,000."""
MOST_BLOCKS = 100_000
"""Its paragraphs and cells."""
MOST_NOTES = 1_000
"""More of one kind say nothing new."""


class Traced(NamedTuple):
    """A text with, for each character, the offset in the source that it stands for."""

    text: str
    offsets: array[int]

    def cut(self, start: int, end: int) -> Traced:
        """Give a piece."""
        return Traced(self.text[start:end], self.offsets[start:end])

    def strip(self) -> Traced:
        """Take white space off both ends."""
        end = len(self.text.rstrip())
        return self.cut(end - len(self.text[:end].lstrip()), end)

    def edit(self, edits: Iterable[tuple[int, int, str]]) -> Traced:
        """Replace pieces, given in order and without overlap; what is new stands where the old stood."""
        texts: list[str] = []
        offsets: array[int] = array("I")
        at = 0
        for start, end, new in edits:
            texts += (self.text[at:start], new)
            offsets.extend(self.offsets[at:start])
            offsets.extend(self.offsets[min(start + index, max(end - 1, start))] for index in range(len(new)))
            at = end
        texts.append(self.text[at:])
        offsets.extend(self.offsets[at:])
        return Traced("".join(texts), offsets)


def join(pieces: Sequence[Traced], seam: str) -> Traced:
    """Put pieces together; the seam stands at the end of what is before it."""
    offsets: array[int] = array("I")
    for piece in pieces:
        if offsets:
            offsets.extend([offsets[-1]] * len(seam))
        offsets.extend(piece.offsets)
    return Traced(seam.join(piece.text for piece in pieces if piece.text), offsets)


class Recorder:
    """Writes down the text of a document as it is read, without control characters, and where each piece stands.

    Raises:
        OversizedDocumentError: when it becomes longer than any document is.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.length = 0
        self.notes: list[Note] = []
        self._texts: list[str] = []
        self._stretches: list[Stretch] = []

    def write(self, text: str, place: Place) -> None:
        """Write a piece that stands in one line of the source."""
        at = 0
        for found in CONTROL.finditer(text):
            where = place._replace(column=place.column + found.start())
            self._append(text[at : found.start()], place._replace(column=place.column + at))
            if len(self.notes) < MOST_NOTES:
                self.notes.append(Note(NoteKind.CONTROL, " ".join(f"U+{ord(character):04X}" for character in found[0][:8]), where))
            at = found.end()
        self._append(text[at:], place._replace(column=place.column + at))

    def end_line(self, seam: str = "\n") -> None:
        """Divide what was written from what comes."""
        self._texts.append(seam)
        self.length += len(seam)

    def note(self, kind: NoteKind, text: str, place: Place | None = None) -> None:
        """Note something."""
        self.notes.append(Note(kind, text, place))

    def since(self, start: int) -> Traced:
        """Give what was written since an offset; it must not be further back than the last few pieces."""
        pieces: list[str] = []
        length = self.length
        for text in reversed(self._texts):
            if length <= start:
                break
            pieces.append(text)
            length -= len(text)
        text = "".join(reversed(pieces))[max(start - length, 0) :]
        return Traced(text, array("I", range(start, self.length)))

    def source(self) -> Source:
        """Give the source as it was recorded."""
        return Source("".join(self._texts), tuple(self._stretches), array("I", [stretch.start for stretch in self._stretches]))

    def _append(self, text: str, place: Place) -> None:
        if not text:
            return
        if not self._stretches or not _continues(self._stretches[-1], self.length, place):
            self._stretches.append(Stretch(self.length, place))
        self._texts.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            raise OversizedDocumentError(path=self.name, what=f"> {MOST_CHARACTERS}", limit=MOST_CHARACTERS)


def _continues(stretch: Stretch, offset: int, place: Place) -> bool:
    """Tell whether a place is where the stretch comes to at this offset."""
    return stretch.place._replace(column=stretch.place.column + offset - stretch.start) == place
