"""A document as one text to search in: of one width, without blanks and line breaks, each character of which knows its place."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from difflib import Match

    from planctl.documents.records import Place, Reading
    from planctl.drafting.intake import Span

BREAK = "\n"
"""What divides the cells of a table: no folded words contain it, so that none are found across two cells."""
ALIKE = {mark: plain for plain, marks in {'"': "“”„‟〝〞", "'": "‘’‚‛", "-": "‐‑‒–—―─━−"}.items() for mark in marks}
"""Marks that print in several shapes."""
STOPS = re.compile(f"[,;:。{BREAK}]")
"""Where a passage ends at the latest."""
NAME_ENDS = f",;:。.、()（）{BREAK}"
NAME = re.compile(f"[^{re.escape(NAME_ENDS)}]+")
KINDS = "局委办院厅部会室所站队心"
REST = re.compile(f"[^{re.escape(NAME_ENDS)}{KINDS}]{{0,3}}[{KINDS}]")
"""What may stand behind a piece of a name up to its end."""
READING = re.compile(r"(?<=[\u3400-\u9fff])\([a-z\u00df-\u01dc\u0251\u0261]{1,7}\)")
FEWEST_READINGS = 5
"""So many readings in brackets behind their characters are no words of the document."""
MOST_PLACES = 2_000
"""Places looked at of a pair of characters that stands everywhere."""
LONGEST = 300
"""Characters of words for which the nearest passage is looked for."""
LEAST_ALIKE, FAR_ALIKE = 0.33, 0.45
"""The part of its pairs of characters that a passage shares with words to be the nearest to them: in their clause, and anywhere."""


class Stretch(NamedTuple):
    """A piece of the folded text."""

    start: int
    end: int


@cache
def _fold(character: str) -> str:
    return "".join(ALIKE.get(each, each) for each in unicodedata.normalize("NFKC", character) if not each.isspace())


def fold(text: str) -> str:
    """Fold words as a print is folded."""
    return "".join(map(_fold, text))


class Print:
    """The text of a reading to search in. Positions are those of the folded text."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._blocks = array("l")
        self._indexes = array("l")
        texts: list[str] = []
        for number, block in enumerate(reading.blocks):
            pieces = [_fold(character) for character in block.text]
            if block.table:
                pieces[-1] += BREAK
            texts += pieces
            for index, piece in enumerate(pieces):
                self._indexes.extend([index] * len(piece))
            self._blocks.extend([number] * (len(self._indexes) - len(self._blocks)))
        self.text = "".join(texts)
        self._leave_out_readings()

    def _leave_out_readings(self) -> None:
        """Leave out the readings that were broken over lines or are of full width, so that nothing found them before."""
        found = [each.span() for each in READING.finditer(self.text)]
        if len(found) + sum(len(each.places) for each in self.reading.repairs if each.kind is RepairKind.READING) < FEWEST_READINGS:
            return
        kept = [*pairwise([0, *(end for span in found for end in span), len(self.text)])][::2]
        self._blocks, self._indexes = (
            array("l", [each for start, end in kept for each in places[start:end]]) for places in (self._blocks, self._indexes)
        )
        self.text = READING.sub("", self.text)

    @property
    def whole(self) -> Stretch:
        """The whole text."""
        return Stretch(0, len(self.text))

    def cut(self, stretch: Stretch) -> str:
        """Give the folded text of a stretch."""
        return self.text[stretch.start : stretch.end]

    def find(self, words: str, within: Stretch | None = None) -> Stretch | None:
        """Find the first place of words."""
        wanted = fold(words)
        at = self.text.find(wanted, *(within or self.whole)) if wanted else -1
        return Stretch(at, at + len(wanted)) if at >= 0 else None

    def stretch_of(self, spans: Sequence[Span]) -> Stretch:
        """Give the stretch from the first to the last of some pieces of blocks."""
        first, last = spans[0], spans[-1]
        return Stretch(self.position(first.block, first.start), self.position(last.block, last.end))

    def position(self, block: int, index: int) -> int:
        """Give the position of a character of a block."""
        return bisect_left(self._indexes, index, bisect_left(self._blocks, block), bisect_right(self._blocks, block))

    def at_offset(self, offset: int) -> int:
        """Give the position of a character of the source; of one that is left out, that of the next."""
        found = bisect_left(self._offsets, (offset, 0))
        return self._offsets[found][1] if found < len(self._offsets) else len(self.text)

    @cached_property
    def _offsets(self) -> list[tuple[int, int]]:
        return sorted((self._offset(position), position) for position in range(len(self.text)))

    def _offset(self, position: int) -> int:
        block, index = self._at(position)
        return self.reading.blocks[block].offsets[index]

    def _at(self, position: int) -> tuple[int, int]:
        position = min(position, len(self.text) - 1)
        return self._blocks[position], self._indexes[position]

    def place(self, position: int) -> Place:
        """Say where in the source a position is."""
        block, index = self._at(position)
        return self.reading.place(self.reading.blocks[block], index)

    def printed(self, stretch: Stretch, longest: int | None = None) -> str:
        """Give a stretch as the document prints it, in one line; of a long one its beginning.."""
        end = stretch.end if longest is None else min(stretch.end, stretch.start + longest)
        seen: dict[tuple[int, int], None] = dict.fromkeys(self._at(position) for position in range(stretch.start, end))
        text = "".join(self.reading.blocks[block].text[index] for block, index in seen)
        return " ".join(text.split()) + ("…" if end < stretch.end else "")

    # Likeness

    def nearest(self, words: str, within: Stretch | None = None) -> Stretch | None:
        """Find the passage that is most like some words; nothing where none is."""
        wanted = fold(words)[:LONGEST]
        pairs = {wanted[at : at + 2] for at in range(len(wanted) - 1)}
        places = sorted(place for pair in pairs for place in self._places(pair, within or self.whole))
        best = _densest(places, len(wanted) + len(wanted) // 3 + 1)
        if best is None or best[1] < (LEAST_ALIKE if within else FAR_ALIKE) * len(pairs):
            return None
        return self._fitted(wanted, best[0], within or self.whole)

    def as_name(self, stretch: Stretch) -> Stretch:
        """Give the whole name that a passage is a part of."""
        start, end = stretch
        rest = REST.match(self.text, end) if self.text[end - 1] not in KINDS else None
        end = rest.end() if rest else end
        longest = max(NAME.finditer(self.text, start, end), key=lambda found: len(found[0]), default=None)
        return Stretch(*longest.span()) if longest else stretch

    def _places(self, pair: str, within: Stretch) -> Iterable[int]:
        places = self._pairs.get(pair, ())
        first = bisect_left(places, within.start)
        return places[first : min(bisect_left(places, within.end), first + MOST_PLACES)]

    @cached_property
    def _pairs(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at in range(len(self.text) - 1):
            found.setdefault(self.text[at : at + 2], []).append(at)
        return found

    def _fitted(self, wanted: str, start: int, within: Stretch) -> Stretch:
        """Cut a passage where the words begin and end in it; what differs at either end belongs to it."""
        phrases = self._phrases(wanted, Stretch(max(start - len(wanted), within.start), min(start + 2 * len(wanted), within.end)))
        matched, first = max(((_matches(wanted, self.cut(phrase)), phrase.start) for phrase in phrases), key=_closeness)
        begin, end = first + matched[0].b, first + matched[-1].b + matched[-1].size
        ahead, behind = matched[0].a, len(wanted) - matched[-1].a - matched[-1].size
        before = STOPS.split(self.text[max(begin - ahead, within.start) : begin])[-1]
        after = STOPS.split(self.text[end : min(end + behind, within.end)])[0]
        bare = self.text[begin - len(before) : end + len(after)].strip("、,;:。")
        bare = bare if bare.count("(") == bare.count(")") else bare.strip("()")
        begin = self.text.index(bare, begin - len(before))
        return Stretch(begin, begin + len(bare))

    def _phrases(self, wanted: str, within: Stretch) -> Iterator[Stretch]:
        """Give the runs of as many phrases as some words are."""
        ends = [within.start, *(found.end() for found in STOPS.finditer(self.text, *within)), within.end]
        several = len(STOPS.findall(wanted)) + 1
        for index in range(max(len(ends) - several, 1)):
            yield Stretch(ends[index], ends[min(index + several, len(ends) - 1)])


def _matches(wanted: str, text: str) -> list[Match]:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only what is not found needs it

    found = SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
    return found[:-1] or found  # the last is always empty


def _closeness(found: tuple[list[Match], int]) -> int:
    """Long runs count for more than many short ones."""
    return sum(match.size**2 for match in found[0])


def _densest(places: Sequence[int], wide: int) -> tuple[int, int] | None:
    """Find where most of some places lie within a width: where it begins, and how many they are."""
    best: tuple[int, int] | None = None
    first = 0
    for last, place in enumerate(places):
        while place - places[first] >= wide:
            first += 1
        if best is None or last - first + 1 > best[1]:
            best = places[first], last - first + 1
    return best
