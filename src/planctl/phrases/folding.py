"""The text as the grammar sees it: one width, one shape a character, no white space inside, and nothing inside titles.

Every character of it knows its place in the original, so that a phrase quotes the source and not the fold.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from planctl.phrases.lexicon import LINE_START, LIST_DOT, PLAN_NAME, TITLE, WHITE

SEAM = "\n"
"""Stands where one paragraph or table cell ends and the next begins; no phrase crosses it."""
HIDDEN = "\0"
WRAPPED = 20
"""A line of running text is at least as long (28 characters by GB/T 9704-2012, 5.2.3); a shorter one is a cell."""
STOPS = ",.;:!?。，、；：！？)）》"

SHAPES = {
    "。｡": ";",  # a full stop ends a clause; the dot is left to decimals
    "—–‒―─−～~∼〜": "-",
    "○◯": "〇",
}
# Traditional shapes, only of characters that the grammar reads.
SHAPES |= dict(zip("時個內兩後屆滿週號場輪盡適學終達", "时个内两后届满周号场轮尽适学终达", strict=True))
WIDE = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)}
FOLD = WIDE | {ord(shape): plain for shapes, plain in SHAPES.items() for shape in shapes}


class Folded(NamedTuple):
    """A folded text, with where each of its unbroken runs stands in the original."""

    text: str
    """What the grammar reads: titles are blank in it."""
    plain: str
    """The same with the titles, for what a phrase names."""
    runs: tuple[int, ...]
    """Where the runs begin in the fold."""
    places: tuple[int, ...]
    """Where they begin in the original."""

    def place(self, index: int) -> int:
        """Give the place in the original of a character of the fold."""
        run = bisect_right(self.runs, index) - 1
        return self.places[run] + index - self.runs[run]


def fold(text: str) -> Folded:
    """Fold a text."""
    parts: list[str] = []
    runs: list[int] = [0]
    places: list[int] = [0]
    length = at = 0
    for gap in WHITE.finditer(text):
        run = text[at : gap.start()] + (SEAM if _is_seam(text, gap.start(), gap.end()) else "")
        parts.append(run)
        length, at = length + len(run), gap.end()
        runs.append(length)
        places.append(at)
    parts.append(text[at:])
    plain = without_list_dots("".join(parts).translate(FOLD))
    return Folded(_without_names(plain), plain, tuple(runs), tuple(places))


def without_list_dots(text: str) -> str:
    """End a clause behind the number of a list that a day follows: 1.2023年6月底前."""
    return LIST_DOT.sub(lambda found: f"{found['number'] or found['item']};", text)


def _is_seam(text: str, start: int, end: int) -> bool:
    """Tell whether white space divides paragraphs or cells; a blank in a line and the wrap of a long one do not."""
    gap = text[start:end]
    if "\n" not in gap:
        return "\t" in gap
    is_wrap = start >= WRAPPED and "\n" not in text[start - WRAPPED : start] and gap.strip("\r ") == "\n" == gap[-1]
    between_digits = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
    return not is_wrap or between_digits or text[start - 1] in STOPS or bool(LINE_START.match(text, end))


def _without_names(text: str) -> str:
    """Blank out what only names something: titles in 《》, and the years of a plan that its title carries."""
    for name in (TITLE, PLAN_NAME):
        text = name.sub(lambda found: HIDDEN * len(found.group()), text)
    return text
