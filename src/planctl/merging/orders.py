"""Merging sequences of things that can be told apart: names, identities, lines."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterator, Sequence

    Item = TypeVar("Item", bound=Hashable)


class Chunk(NamedTuple):
    """A stretch of three sequences: the same in all, or changed by somebody."""

    base: Sequence[str]
    ours: Sequence[str]
    theirs: Sequence[str]


def weave(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item], kept: Collection[Item]) -> list[Item]:
    """Put the kept items of both sides in order: as ours has them, or as theirs if only they have moved any.

    What the other side adds follows what it follows there; where both add at one place, what the first adds comes first.
    """
    shared = set(base) & set(ours) & set(theirs)
    orders = [[item for item in side if item in shared] for side in (base, ours, theirs)]
    first, second = (theirs, ours) if orders[0] == orders[1] != orders[2] else (ours, theirs)
    main = [item for item in first if item in kept]
    return _follow(main, [item for item in second if item in kept], set(base))


def _follow(main: list[Item], other: list[Item], old: set[Item]) -> list[Item]:
    there = set(main)
    after: dict[Item | None, list[Item]] = {}
    anchor: Item | None = None
    for item in other:
        if item in there:
            anchor = item
        else:
            after.setdefault(anchor, []).append(item)
    found: list[Item] = []
    waiting = after.pop(None, [])
    for item in main:
        if item in old:
            found += waiting
            waiting = []
        found.append(item)
        waiting += after.pop(item, [])
    return found + waiting


def merge_order(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> list[Item] | None:
    """Merge sequences whose order is part of what they say. `None`: both have changed the same place, or the first of all.

    What both insert at one place stands one after the other, but for the first place: who is first is said by one side only.
    """
    numbers: dict[Item, str] = {}
    for item in (*base, *ours, *theirs):
        numbers.setdefault(item, str(len(numbers)))
    items = {number: item for item, number in numbers.items()}
    found: list[str] = []
    for chunk in chunks(*([numbers[item] for item in side] for side in (base, ours, theirs))):
        merged = _decided(chunk)
        if merged is None:
            if chunk.base or not found:
                return None
            merged = [*chunk.ours, *(item for item in chunk.theirs if item not in chunk.ours)]
        found += merged
    return [items[number] for number in found]


def _decided(chunk: Chunk) -> Sequence[str] | None:
    """Take the side that has changed something; `None` if both have, and not the same."""
    if chunk.theirs in (chunk.base, chunk.ours):
        return chunk.ours
    return chunk.theirs if chunk.ours == chunk.base else None


def merge_lines(base: str, ours: str, theirs: str) -> str:
    """Merge lines of comments. They never conflict: where both have changed them, both versions stay, once."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    sides = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
    found: list[str] = []
    for chunk in chunks(*sides):
        merged = _decided(chunk)
        found += _both(chunk) if merged is None else merged
    return "".join(found)


def _both(chunk: Chunk) -> Iterator[str]:
    """Give the lines of both sides without those that one of them has removed, and without blank lines twice."""
    gone = Counter(chunk.base) - Counter(chunk.theirs)
    for line in chunk.ours:
        if gone[line] > 0 and line.strip():
            gone[line] -= 1
        else:
            yield line
    known = Counter((*chunk.base, *chunk.ours))
    for line in chunk.theirs:
        if known[line] > 0:
            known[line] -= 1
        elif line.strip():
            yield line


def chunks(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Chunk]:
    """Cut three sequences into stretches that are the same in all and stretches that are not."""
    at = (0, 0, 0)
    for begin, in_ours, in_theirs, length in (*_shared(base, ours, theirs), (len(base), len(ours), len(theirs), 0)):
        changed = Chunk(list(base[at[0] : begin]), list(ours[at[1] : in_ours]), list(theirs[at[2] : in_theirs]))
        if any(changed):
            yield changed
        if length:
            same = list(base[begin : begin + length])
            yield Chunk(same, same, same)
        at = begin + length, in_ours + length, in_theirs + length


def _shared(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Find the stretches of the base that both sides have kept: where they begin in each, and how long they are."""
    one, other = (SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks() for side in (ours, theirs))
    for mine in one:
        for yours in other:
            begin = max(mine.a, yours.a)
            end = min(mine.a + mine.size, yours.a + yours.size)
            if begin < end:
                yield begin, begin - mine.a + mine.b, begin - yours.a + yours.b, end - begin


def pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[int], list[int]]]:
    """Find the places where items were replaced: the positions of those that went and of those that came."""
    for kind, one, two, three, four in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace":
            yield list(range(one, two)), list(range(three, four))
