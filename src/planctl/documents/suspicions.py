"""What looks damaged in a text: reported, never repaired, as only a person can know what was there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

PAIRS = {"（": "）", "《": "》", "〔": "〕", "“": "”", "【": "】", "〈": "〉"}
CLOSING = {closing: opening for opening, closing in PAIRS.items()}
BRACKET = re.compile("[" + "".join(PAIRS) + "".join(CLOSING) + "]")
ITEM = re.compile(r"\s*(\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])）")
"""A bracket that closes a number needs none that opens."""
DAMAGED = re.compile(
    r"每年\d{1,2}日|(?<!\d)(?:19|20)\d{6}[日年]|(?<!\d)(?:19|20)\d{5}日|(?<!\d)(?:19|20)\d{4,5}年|〔(?:19|20)\d{3,6}(?![〕\d])|[，、；：]{2,}|。{2}|[，、；：]。"
    r"|[（(][）)]|(?<!\d)(?:19|20)\d{2}(?:19|20)\d{2}年?"
)
"""Dates and numbers with something missing between their digits, and punctuation with nothing between."""
SENTENCE_ENDS = "。！？：；…—”）》〕】.!?:;)"
LONG = 40
"""A paragraph of so many characters with commas is a sentence, and ends with a mark."""


class Suspicion(NamedTuple):
    """What looks damaged, and where."""

    start: int
    text: str


def suspicions(text: str) -> Iterator[Suspicion]:
    """Find what looks damaged."""
    for found in DAMAGED.finditer(text):
        yield Suspicion(found.start(), found[0])
    yield from _unpaired(text)
    if len(text) >= LONG and "，" in text and text[-1] not in SENTENCE_ENDS:
        yield Suspicion(len(text) - 1, text[-8:])


def _unpaired(text: str) -> Iterator[Suspicion]:
    open_brackets: list[tuple[str, int]] = []
    item = ITEM.match(text)
    for found in BRACKET.finditer(text, item.end() if item else 0):
        mark, index = found[0], found.start()
        if mark in PAIRS:
            open_brackets.append((mark, index))
        elif open_brackets and open_brackets[-1][0] == CLOSING[mark]:
            open_brackets.pop()
        else:
            yield Suspicion(index, text[max(index - 7, 0) : index + 1])
    for _, index in open_brackets:
        yield Suspicion(index, text[index : index + 8])
