"""Paragraphs that a plain text has broken into lines of one width, joined again."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.documents.records import BlockKind
from planctl.documents.typesetting import ENDS, NUMBERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.documents.records import Block, Reading

NARROWEST, WIDEST = 40, 160
"""How wide lines are that somebody has broken, in half-width characters."""
SLACK = 4
"""A full line ends so near the edge: punctuation may not begin a line."""
SHARE = 0.25
"""So many lines are full where lines are broken."""
FEWEST = 3
INDENT = 2
MIDDLE = 0.6
"""So many of the full lines end in the middle of a sentence: whole paragraphs do not."""


def wrapped(reading: Reading) -> Iterator[list[Block]]:
    """Group the blocks that were one paragraph; all others stand alone."""
    edge = _edge(reading)
    has_indents = any(_indent(reading, block) >= INDENT for block in reading.blocks)
    group: list[Block] = []
    for before, block in pairwise([None, *reading.blocks]):
        if block is None:
            continue
        if group and not (edge and before and _goes_on(reading, before, block, edge) and (has_indents or not before.text.endswith(ENDS))):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def width(text: str) -> int:
    """Measure a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _edge(reading: Reading) -> int | None:
    """Find the width at which lines were broken, if they were: many are as wide as the widest, and none is wider."""
    blocks = [block for block in reading.blocks if block.kind is BlockKind.PARAGRAPH]
    widths = [width(block.text) + _indent(reading, block) for block in blocks]
    widest = max(widths, default=0)
    full = [block for block, each in zip(blocks, widths, strict=True) if widest - SLACK <= each]
    open_ends = sum(not block.text.endswith(ENDS) for block in full)
    is_broken = NARROWEST <= widest <= WIDEST and len(full) >= max(FEWEST, SHARE * len(widths)) and open_ends >= MIDDLE * len(full)
    return widest if is_broken else None


def _goes_on(reading: Reading, before: Block, block: Block, edge: int) -> bool:
    """Tell whether a line goes on with the paragraph of the line before."""
    if {before.kind, block.kind} != {BlockKind.PARAGRAPH} or width(before.text) + _indent(reading, before) < edge - SLACK:
        return False
    between = reading.source.text[before.offsets[-1] + 1 : block.offsets[0]]
    is_next = between.count("\n") <= 1
    starts_anew = NUMBERED.match(block.text) and before.text.endswith(ENDS)
    return is_next and _indent(reading, block) < INDENT and not starts_anew


def _indent(reading: Reading, block: Block) -> int:
    """Measure the white space before a line."""
    start = block.offsets[0]
    line = reading.source.text.rfind("\n", 0, start) + 1
    return width(reading.source.text[line:start])
