"""Paragraphs that a plain text has broken into lines of one width, joined again."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import BlockKind
from planctl.documents.typesetting import CLOSING, ENDS, LABELLED, NUMBERED, OPENING, WORD, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planctl.documents.records import Block, Reading

NARROWEST, WIDEST = 34, 160
"""How wide lines are that somebody has broken, in half-width characters."""
SLACK = 2
"""So near the edge the next word had no place."""
STRIPPED = 4
"""The indent of two characters that a first line had when it was broken, and lost when it was copied."""
SHARE = 0.2
"""So many of the longer lines are full where lines are broken."""
LONG = 0.5
FEWEST = 3
FEWEST_WHOLE = 6
"""A text of so many lines, each of which is full, is one paragraph."""
INDENT = 2
TAB = 4
MIDDLE = 0.55
"""So many of the full lines end in the middle of a sentence: whole paragraphs do not."""
LONGEST_BRACKET = 8
"""Over so many lines a bracket may run."""
HANGING = "，。、；：）”》！？〕】,.;:)"
"""What may stand beyond the edge, as no line begins with it."""


OPEN_LABEL = re.compile(r"(?:单位|部门|科室|处室|时限|期限)[：:]$")
COUNTED = re.compile(r"[（(]([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|([①-⑳])")
HAN = tuple("一二三四五六七八九十") + tuple(f"十{ones}" for ones in "一二三四五六七八九")
"""Numbers that stand inside paragraphs, too."""


class Edge(NamedTuple):
    """Where lines were broken, in the measure that fits them."""

    at: int
    measure: Callable[[str], int]
    has_indents: bool
    is_whole: bool = False
    """Whether all lines are of one paragraph."""


def wrapped(reading: Reading) -> Iterator[list[Block]]:
    """Group the blocks that were one paragraph; all others stand alone."""
    edge = _edge(reading)
    group: list[Block] = []
    for block in reading.blocks:
        if group and not (edge and _goes_on(reading, group, block, edge)):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _count(text: str) -> int:
    """Measure a text as programs do that count characters: all are as wide as Chinese ones."""
    return 2 * len(text)


def _edge(reading: Reading) -> Edge | None:
    """Find where lines were broken, if they were: none is wider, and many are so wide that the next word had no place."""
    blocks = [block for block in reading.blocks if block.kind is BlockKind.PARAGRAPH]
    has_indents = _begin_with_indents(reading, blocks)
    found: list[tuple[int, Edge]] = []
    for measure in (width, _count):
        widths = [measure(block.text.rstrip(HANGING)) + _indent(reading, block) for block in blocks]
        edge = Edge(max(widths, default=0), measure, has_indents)
        full = [before for before, after in pairwise(blocks) if _is_full(reading, before, after, edge, is_first=not has_indents)]
        open_ends = sum(not is_ended(block.text) for block in full)
        long = sum(each > LONG * edge.at for each in widths)
        if NARROWEST <= edge.at <= WIDEST and len(full) >= max(FEWEST, SHARE * long) and open_ends >= MIDDLE * len(full):
            is_whole = len(full) == len(blocks) - 1 >= FEWEST_WHOLE
            found.append((open_ends, edge._replace(is_whole=is_whole)))
    return max(found, key=lambda each: each[0], default=(0, None))[1]


def is_ended(text: str) -> bool:
    """Tell whether a line ends as a paragraph does: with a full stop or the like, or with a bracket that it has opened."""
    text = text.rstrip()
    return text.endswith((*ENDS, *CLOSING)) and not (_is_open([text]) or OPEN_LABEL.search(text) or COUNTED.search(text, len(text) - 4))


def _begin_with_indents(reading: Reading, blocks: Sequence[Block]) -> bool:
    """Tell whether numbered paragraphs are indented, or anything is where nothing is numbered; a letterhead alone may be centred."""
    numbered = [block for block in blocks if NUMBERED.match(block.text)]
    return any(_indent(reading, block) >= INDENT for block in numbered or blocks)


def _goes_on(reading: Reading, group: Sequence[Block], block: Block, edge: Edge) -> bool:
    """Tell whether a line goes on with the paragraph of the lines before."""
    before = group[-1]
    if {before.kind, block.kind} != {BlockKind.PARAGRAPH} or _indent(reading, block) >= INDENT:
        return False
    if edge.is_whole:
        return True
    is_next = reading.source.text[before.offsets[-1] + 1 : block.offsets[0]].count("\n") <= 1
    is_first = len(group) == 1 and not edge.has_indents
    if not is_next or not _is_full(reading, before, block, edge, is_first=is_first):
        return False
    lines = [each.text for each in group[-LONGEST_BRACKET:]]
    if NUMBERED.match(block.text):
        return _counts_on("".join(lines), block.text)
    if _is_open(lines) or OPEN_LABEL.search(before.text):
        return True
    return not LABELLED.match(block.text) and (edge.has_indents or not before.text.endswith(ENDS))


def _counts_on(before: str, text: str) -> bool:
    """Tell whether a number goes on counting inside a paragraph: （1）… stands in it, and not where it begins."""
    found = COUNTED.match(text)
    if found is None:
        return False
    if found[2]:
        last = chr(ord(found[2]) - 1)
    elif found[1].isdecimal():
        last = f"（{int(found[1]) - 1}）"
    else:
        last = f"（{HAN[HAN.index(found[1]) - 1]}）" if found[1] in HAN[1:] else "\n"
    return before.replace("(", "（").replace(")", "）").find(last) > 0


def _is_full(reading: Reading, before: Block, block: Block, edge: Edge, *, is_first: bool) -> bool:
    """Tell whether the first word of a line had no place on the line before."""
    word = WORD.match(block.text)
    stood = edge.measure(before.text) + _indent(reading, before) + (STRIPPED if is_first else 0)
    return stood + edge.measure(word.group().rstrip(HANGING) if word else "") >= edge.at - SLACK


def _is_open(texts: Sequence[str]) -> bool:
    """Tell whether a bracket is open at the end of lines."""
    depth = 0
    for character in "".join(texts):
        depth = depth + 1 if character in OPENING else max(depth - 1, 0) if character in CLOSING else depth
    return depth > 0


def _indent(reading: Reading, block: Block) -> int:
    """Measure the white space before a line."""
    start = block.offsets[0]
    line = reading.source.text.rfind("\n", 0, start) + 1
    return width(reading.source.text[line:start].expandtabs(TAB))
