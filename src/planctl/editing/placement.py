"""Placement: finding the nodes that edits are about, and splicing there what is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.editing.blocks import chunk_end, safe_look, splice_block
from planctl.editing.extents import Block, Entry, Mapping, Scalar, Sequence, begins_line, colon_after, line_end, line_start, next_line
from planctl.editing.flows import splice_flow
from planctl.editing.scalars import written
from planctl.editing.splices import Addition, Splices, Structure
from planctl.editing.values import Verbatim, Written, compose, inline, plain, value_of
from planctl.editing.wanted import Wanted, difference

if TYPE_CHECKING:
    from planctl.editing.extents import Node
    from planctl.editing.values import Look, Value


class Placement:
    """Splices what is wanted of one text."""

    def __init__(self, splices: Splices, look: Look) -> None:
        self.splices = splices
        self.text = splices.text
        self.look = look

    def place_root(self, root: Node | None, wanted: Wanted) -> None:
        """Splice what is wanted of the whole text; one without anything in it gets its first entries.

        Raises:
            LookupError: something is wanted of what is not there.
        """
        if isinstance(root, Block):
            self.place(Entry(root.start, 0, None, root.start, root), wanted, 0, flow=root.flow, root=True)
            return
        made = wanted.new_record()
        if root is not None or not isinstance(made, dict):
            raise LookupError(list(wanted.children))
        lines = [line for key, each in made.items() for line in Addition(key, each).lines(self.look, 0, flow=None)]
        self.splices.insert(len(self.text), self.splices.joined(lines, 0), 0)

    def place(self, entry: Entry, wanted: Wanted, depth: int, *, flow: bool, root: bool = False) -> None:
        """Splice what is wanted of the value of an entry; `flow` says that the entry stands between brackets."""
        node = entry.value
        if wanted.put:
            value = wanted.put.value
            if plain(value) == plain(value_of(node)):
                return
            if not _is_alike(node, value):
                self.replace(entry, value, depth, flow=flow)
                return
            wanted = difference(node, value)  # type: ignore[arg-type]  # alike: both are mappings, or both are lists
        if not wanted:
            return
        if isinstance(node, Scalar) or not node.entries:
            self.fill(entry, wanted, depth, flow=flow)
            return
        structure = self.structure(node, wanted, depth)
        if structure and node.flow:
            splice_flow(self.splices, node, structure, depth)
        elif structure:
            splice_block(self.splices, None if root else entry, node, structure, self.look, depth)

    def fill(self, entry: Entry, wanted: Wanted, depth: int, *, flow: bool) -> None:
        """Make a record or a list of an empty value."""
        node = entry.value
        made = wanted.new_record()
        if (isinstance(node, Scalar) and node.value is not None) or (
            isinstance(node, Block) and isinstance(node, Mapping) != isinstance(made, dict)
        ):
            raise LookupError(entry.name)
        if isinstance(node, Block) and node.tail:  # brackets with a comment between them
            self.splices.insert_before(node.start + 1, inline(made)[1:-1] + " ", depth)
        else:
            self.replace(entry, made, depth, flow=flow)

    def structure(self, node: Block, wanted: Wanted, depth: int) -> Structure:
        """Sort what is wanted of a mapping or list: what goes, what comes; what stays is seen to."""
        structure = Structure(set(), {})
        if wanted.inserts and isinstance(node, Mapping):
            raise LookupError(wanted.inserts)
        for key, child in wanted.children.items():
            index = self.index(node, key)
            if index is None:
                structure.add(_position(node, key, child.order), Addition(str(key), child.new_value()))
            elif child.removed:
                structure.removed.add(index)
            elif child.put and isinstance(child.put.value, Verbatim):
                structure.removed.add(index)
                structure.add(index, Addition(str(key), child.put.value))
            else:
                self.place(node.entries[index], child, depth + 1, flow=node.flow)
        for insert in wanted.inserts:
            position = len(node.entries) if insert.position is None else insert.position
            if not 0 <= position <= len(node.entries):
                raise LookupError(insert)
            structure.add(position, Addition(None, insert.value, insert.apart))
        return structure

    def index(self, node: Block, key: str | int) -> int | None:
        """Find an entry; a key of a mapping may be new.

        Raises:
            LookupError: there is no such item.
        """
        if isinstance(node, Mapping) and isinstance(key, str):
            return node.find(key)
        if isinstance(node, Sequence) and isinstance(key, int) and 0 <= key < len(node.entries):
            return key
        raise LookupError(key)

    def replace(self, entry: Entry, value: Value, depth: int, *, flow: bool) -> None:
        """Put another value in the place of one."""
        node = entry.value
        if flow or entry.opening == entry.start:  # the root is without brackets only where it has entries
            self.write(entry, Written(inline(value), []), depth, flow=flow)
            return
        if isinstance(node, Scalar) and node.style in ("'", '"') and isinstance(value, str) and "\n" not in value:
            self.write(entry, Written(written(value, flow=False, quote=node.style), []), depth, flow=flow)
            return
        look = safe_look(
            self.look, self.text, chunk_end(self.text, entry) if isinstance(node, Block) else next_line(self.text, node.end), entry.column
        )
        if entry.key is None and self.begins_beside(entry):
            look = look._replace(dash=node.start - line_start(self.text, node.start) - entry.column)
        made = compose(entry.name if entry.key else None, value, look, entry.column)
        if isinstance(node, Block) and not node.flow:
            self.replace_block(entry, node, made, depth)
        else:
            self.write(entry, made, depth, flow=flow)

    def begins_beside(self, entry: Entry) -> bool:
        """Tell whether there is a value, and it begins on the line of its key or dash."""
        start = entry.value.start
        return start < entry.value.end and start <= line_end(self.text, entry.opening)

    def write(self, entry: Entry, value: Written, depth: int, *, flow: bool) -> None:
        """Write over a value that is no block; what trails it stays."""
        node, head, text = entry.value, value.head, self.text
        if isinstance(node, Scalar) and node.style in ("|", ">") and entry.header:
            comment = entry.header[-1]
            head += f"  {text[comment.start : comment.end]}" if comment.start > node.start else ""
        if node.start < node.end and head and (self.begins_beside(entry) or flow):
            self.splices.replace(node.start, node.end, head.lstrip())
        else:
            colon = "" if entry.key is None or colon_after(text, entry.key.end) else ":"
            if colon and not flow and text[entry.start] == "?":
                colon = self.splices.newline + " " * entry.column + colon
            self.splices.insert(entry.opening, colon + (f" {head}" if head else ""), depth)
            is_commented = text[entry.opening : node.start].strip()
            self.splices.delete(node.start if is_commented else entry.opening, node.end)
        self.splices.insert(next_line(text, node.end), self.splices.joined(value.body, entry.column), depth)

    def replace_block(self, entry: Entry, node: Block, value: Written, depth: int) -> None:
        """Put a value in the place of a block, whose comments go with it."""
        first, end = node.entries[0], chunk_end(self.text, entry)
        if begins_line(self.text, first.start):
            self.splices.insert(entry.opening, f" {value.head}" if value.head else "", depth)
            self.splices.delete(next_line(self.text, entry.opening), end)
        else:
            self.splices.replace(first.start, line_end(self.text, first.start), value.head.lstrip())
            self.splices.delete(next_line(self.text, first.start), end)
        self.splices.insert(end, self.splices.joined(value.body, entry.column), depth)


def _is_alike(node: Node, value: Value) -> bool:
    if isinstance(node, Scalar) or not node.entries or not value:
        return False
    return (isinstance(node, Mapping) and isinstance(value, dict)) or (isinstance(node, Sequence) and isinstance(value, list))


def _position(node: Block, key: str | int, order: tuple[str, ...]) -> int:
    """Find where a new key goes: behind the last one that the order has before it."""
    end = len(node.entries)
    if key not in order:
        return end
    before = set(order[: order.index(str(key))])
    known = [index for index, entry in enumerate(node.entries) if entry.name in before]
    if known:
        return known[-1] + 1
    return 0 if any(entry.name in order for entry in node.entries) else end
