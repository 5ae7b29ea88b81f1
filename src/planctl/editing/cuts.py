"""Cuts: what of a long text no edit is about is left out while the text is edited, and put back after.

Whole items of long lists are left out, from the line of one dash to the line of another of the same list. There a parser has nothing
open, so that what is before and behind means what it meant; and what is left out stays as it is, byte for byte. What stays is
both ends of a list, what an edit is about with its neighbours, and the first example of each key with records, which shows the custom.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.editing.extents import line_start
from planctl.editing.wanted import Wanted
from planctl.yamltree import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.yamltree import Node

NEAR = 10
"""How many items stay at either end of a list, and on either side of what an edit is about: more than anybody asks for its style."""


class Run(NamedTuple):
    """Items of a list that are left out, and where their text begins and ends."""

    first: int
    last: int
    """The first that is there again."""
    start: int
    end: int


class Cut:
    """What is left out at one path, and below it."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.children: dict[str | int, Cut] = {}

    def __bool__(self) -> bool:
        return bool(self.runs or self.children)

    def all_runs(self) -> Iterator[Run]:
        """Go through all that is left out."""
        yield from self.runs
        for child in self.children.values():
            yield from child.all_runs()

    def place(self, index: int) -> int:
        """Give the position of an item when others are left out."""
        return index - sum(run.last - run.first for run in self.runs if run.last <= index)


def find(text: str, tree: Node, wanted: Wanted, near: int = NEAR) -> Cut:
    """Find what can be left out of a text."""
    return _Finder(text, near).found(tree, wanted)


class _Finder:
    def __init__(self, text: str, near: int) -> None:
        self.text = text
        self.near = near
        self.seen: set[str] = set()

    def found(self, node: Node, wanted: Wanted | None) -> Cut:
        cut = Cut()
        if wanted and (wanted.put or wanted.removed):
            return cut
        if isinstance(node, Map):
            items: Iterator[tuple[str | int, Node]] = iter(node.items())
            self.seen.update(_keys_of_blocks(node))
        elif isinstance(node, Seq):
            kept = self.kept(node, wanted) if len(node) > 2 * self.near else range(len(node))
            if len(kept) < len(node):
                cut.runs = [run for one, other in pairwise(kept) if other > one + 1 for run in self.run(node, one + 1, other)]
                gone = {index for run in cut.runs for index in range(run.first, run.last)}
                kept = [index for index in range(len(node)) if index not in gone]
            items = ((index, node[index]) for index in kept)
        else:
            return cut
        for key, value in items:
            if isinstance(value, (Map, Seq)) and (child := self.found(value, wanted.children.get(key) if wanted else None)):
                cut.children[key] = child
        return cut

    def kept(self, node: Seq, wanted: Wanted | None) -> list[int] | range:
        """List the items that stay."""
        size, near = len(node), self.near
        kept = {*range(near), *range(size - near, size)}
        for place in (*(wanted.children if wanted else ()), *(each.position for each in (wanted.inserts if wanted else ()))):
            if isinstance(place, int):
                kept.update(range(max(place - near, 0), min(place + near, size)))
        seen = set(self.seen)
        for index, item in enumerate(node):
            if index in kept or not seen.issuperset(_block_names(item)):
                kept.add(index)
                seen.update(_block_names(item))
        return sorted(kept)

    def run(self, node: Seq, first: int, last: int) -> list[Run]:
        """Find where the lines of items begin and end, where they have lines of their own."""
        start, end = self.line_of(node, first), self.line_of(node, last)
        return [] if start is None or end is None else [Run(first, last, start, end)]

    def line_of(self, node: Seq, index: int) -> int | None:
        """Find the line that begins with the dash of an item."""
        mark: Any = node.marks[index]  # PyYAML's, which has an index too
        start = line_start(self.text, mark.index)
        before = self.text[start : mark.index]
        return start if before.strip(" ") == "-" and before.index("-") == node.mark.column and before.endswith(" ") else None


def _keys_of_blocks(node: Map) -> Iterator[str]:
    return (key for key, value in node.items() if value and isinstance(value, (Map, Seq)))


def _block_names(node: Node) -> Iterator[str]:
    """Name the keys in an item that have a record or a list."""
    if isinstance(node, Map):
        for key, value in node.items():
            if value and isinstance(value, (Map, Seq)):
                yield key
                yield from _block_names(value)
    elif isinstance(node, Seq):
        for item in node:
            if isinstance(item, (Map, Seq)):
                yield from _block_names(item)


def text_without(text: str, runs: list[Run]) -> str:
    """Give a text without what is left out; the runs are in its order."""
    edges = [0, *(edge for run in runs for edge in (run.start, run.end)), len(text)]
    return "".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def tree_without(node: Node, cut: Cut) -> Node:
    """Give a tree without what is left out."""
    if isinstance(node, Map):
        record = Map(node.mark)
        record.update({key: tree_without(value, cut.children[key]) if key in cut.children else value for key, value in node.items()})
        return record
    if not isinstance(node, Seq):
        return node
    gone = {index for run in cut.runs for index in range(run.first, run.last)}
    items = Seq(node.mark)
    items.extend(
        tree_without(item, cut.children[index]) if index in cut.children else item for index, item in enumerate(node) if index not in gone
    )
    return items


def wanted_without(wanted: Wanted, cut: Cut) -> Wanted:
    """Give what is wanted by the positions that things have when others are left out."""
    if not cut:
        return wanted
    result = Wanted()
    result.put, result.removed = wanted.put, wanted.removed
    result.inserts = [each if each.position is None else each._replace(position=cut.place(each.position)) for each in wanted.inserts]
    for key, child in wanted.children.items():
        place = cut.place(key) if isinstance(key, int) else key
        result.children[place] = wanted_without(child, cut.children[key]) if key in cut.children else child
    return result


def put_back(new: Node, old: Node, cut: Cut, wanted: Wanted) -> None:
    """Put into the tree of an edited text what was left out, as it stands in the tree before. Its marks are then of two texts.

    Args:
        new: the tree of the text that was edited with things left out.
        old: the tree of the whole text before.
        cut: what was left out.
        wanted: the edits, by the positions in the whole text.
    """
    if isinstance(new, Map) and isinstance(old, Map):
        for key, child in cut.children.items():
            put_back(new[str(key)], old[str(key)], child, wanted.children.get(key) or Wanted())
    if not isinstance(new, Seq) or not isinstance(old, Seq):
        return
    for index, child in cut.children.items():
        put_back(new[_moved(int(index), cut, wanted)], old[int(index)], child, wanted.children.get(index) or Wanted())
    for run in reversed(cut.runs):
        place = _moved(run.last, cut, wanted)
        new[place:place] = old[run.first : run.last]
        new.marks[place:place] = old.marks[run.first : run.last]


def _moved(index: int, cut: Cut, wanted: Wanted) -> int:
    """Give the position that an item has after the edits, while others are left out."""
    come = sum(each.position is not None and each.position <= index for each in wanted.inserts)
    gone = sum(isinstance(key, int) and key < index and child.removed for key, child in wanted.children.items())
    return cut.place(index) + come - gone
