"""Whether the numbers of a document follow each other: a number that is left out or printed twice may mean a task that is lost."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from planctl.extraction.records import Doubt
from planctl.extraction.text.numbering import COUNTED, Rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction.script import Script
    from planctl.extraction.tables.cells import Row
    from planctl.extraction.text.outline import Item


def count_items(script: Script, items: Sequence[Item]) -> Iterator[Doubt]:
    """Count the numbered items of a part; the numbers of a level may begin anew below each item, or run on."""
    last: dict[Rank, Item] = {}
    levels = [items]
    while levels:
        level = levels.pop()
        before: dict[Rank, Item] = {}
        for item in level:
            if item.rank != Rank.DASH and (item.mark.is_leading or item.rank in COUNTED):
                yield from _counted(script, item, before.get(item.rank), last.get(item.rank))
                before[item.rank] = last[item.rank] = item
        levels += [item.children for item in reversed(level) if item.children]


def _counted(script: Script, item: Item, before: Item | None, last: Item | None) -> Iterator[Doubt]:
    """Compare a number with that before it on its level, and the first of a level with 1 and with that before it in the document."""
    if before is None and item.mark.number == 1:
        return
    previous = before or last
    expected = previous.mark.number + 1 if previous else 1
    if item.mark.number != expected:
        key = "numbering.gap" if item.mark.number > expected else "numbering.restarts"
        words = tuple(script.printed(one.start, one.body) for one in (previous, item) if one)
        yield Doubt(key, script.place(item.start, item.body), words)


def count_rows(tables: Sequence[Sequence[Row]]) -> Iterator[Doubt]:
    """Count the rows of the tables; their numbers may run on in the next, and begin anew in it or below a heading."""
    before: Row | None = None
    starts = {rows[0].first for rows in tables if rows}
    for row in chain.from_iterable(tables):
        if row.number and row.number.isdecimal():
            number = int(row.number)
            expected = int(before.number) + 1 if before and before.number else 1
            is_new = number == 1 and (before is None or row.first in starts or before.section[:1] != row.section[:1])
            if number != expected and not is_new:
                key = "numbering.gap" if number > expected else "numbering.restarts"
                words = tuple(one.number for one in (before, row) if one and one.number)
                yield Doubt(key, row.first.place(), words)
            before = row
