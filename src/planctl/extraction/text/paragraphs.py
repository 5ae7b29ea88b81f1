"""Items that have no numbers: paragraphs, each of which ends with a label that says who is responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.extraction.responsibility.labels import find_labels
from planctl.extraction.script import line_end
from planctl.extraction.text.endings import LONGEST_HEADING, OF_TIME
from planctl.extraction.text.numbering import Mark, Rank
from planctl.extraction.text.outline import Item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.extraction.responsibility.labels import Label
    from planctl.extraction.text.outline import Part


def with_paragraphs(text: str, part: Part) -> tuple[Item, ...]:
    """Divide what has no numbers: a part without any, or a section that only has a heading, where several paragraphs end with labels."""
    if not part.items:
        return tuple(_paragraph_items(text, part.start, part.end))
    return tuple(_divided_section(text, item) for item in part.items)


def _divided_section(text: str, item: Item) -> Item:
    if any(child.rank != Rank.DASH for child in item.children) or item.rank > Rank.HAN:
        return item._replace(children=tuple(_divided_section(text, child) for child in item.children)) if item.children else item
    line = text.find("\n", item.body, item.head)
    if item.children or line < 0 or line - item.body > LONGEST_HEADING or "。" in text[item.body : line]:
        return item
    found = tuple(_paragraph_items(text, line + 1, item.end))
    return item._replace(head=found[0].start, children=found) if found else item


def _paragraph_items(text: str, start: int, end: int) -> Iterator[Item]:
    """Make items of paragraphs without numbers: each ends with the one that says who is responsible, or with those on time behind it."""
    labels = [label for label in find_labels(text, start, end) if _ends_paragraph(text, label, end)]
    begins = start
    found: list[tuple[int, int]] = []
    for label in labels:
        stop = _behind_line(text, label.end - 1, end)
        while OF_TIME.match(text, stop, end):
            stop = _behind_line(text, stop, end)
        if stop > begins and label.start > begins:
            found.append((begins, stop))
        begins = max(begins, stop)
    if len(found) > 1:
        found[-1] = (found[-1][0], end)
        for number, (begin, stop) in enumerate(found, start=1):
            first = _last_heading(text, begin, stop) if number == 1 else begin
            yield Item(Mark(Rank.PARAGRAPH, number, first, first, is_leading=True), stop, stop)


def _behind_line(text: str, at: int, end: int) -> int:
    """Give where the next line begins."""
    return min(line_end(text, at, end) + 1, end)


def _last_heading(text: str, start: int, end: int) -> int:
    """Leave out what stands before the first task: the title of the document, its number, whom it is addressed to, its reason."""
    lines: list[int] = []
    at = start
    while at < end:
        lines.append(at)
        at = _behind_line(text, at, end)
    bodies = [line for line in lines if "。" in text[line : text.find("\n", line, end)]]
    last = bodies[-1] if bodies else lines[-1]
    before = [line for line in lines if line < last]
    return before[-1] if before and "。" not in text[before[-1] : last] and ":" not in text[before[-1] : last] else last


def _ends_paragraph(text: str, label: Label, end: int) -> bool:
    stop = label.end
    while stop < end and text[stop] in "。;":
        stop += 1
    return stop >= end or text[stop] == "\n" or text[stop - 1] == "\n"
