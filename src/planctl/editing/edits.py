"""Applying edits to a text, and taking an entry out of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl import yamltree
from planctl.editing import cuts, extents
from planctl.editing.blocks import chunk_end, chunk_start
from planctl.editing.cuts import NEAR, Cut
from planctl.editing.extents import BREAK, Block, Mapping, Scalar
from planctl.editing.placement import Placement
from planctl.editing.splices import Splices
from planctl.editing.values import Verbatim, look_of
from planctl.editing.wanted import Wanted
from planctl.errors import FlawedTextError, NotEditableError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.editing.extents import Document, Entry, Node
    from planctl.editing.values import Keys
    from planctl.editing.wanted import Edit
    from planctl.yamltree import Node as Tree

_LAST_BREAK = re.compile(f"(?:{BREAK})\\Z")


class Edited(NamedTuple):
    """A text after edits."""

    text: str
    tree: Tree
    """What it says. The marks are not those of the text."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits to a text; everything else stays byte for byte. Positions are those before all edits.

    Raises:
        FlawedTextError: the text is not of our dialect.
        NotEditableError: the text is written in so odd a way that the result would say something else.
        UnwritableTextError: a value has a character that no plan may hold.
        LookupError: there is nothing at the path of an edit.
        ValueError: two edits are about the same place.
    """
    tree, flaws = yamltree.parse(text.removeprefix("\ufeff"))
    if flaws:
        raise FlawedTextError(line=flaws[0].mark.line + 1, column=flaws[0].mark.column + 1, code=flaws[0].code)
    return apply_to_tree(text, tree, edits).text


def apply_to_tree(text: str, tree: Tree, edits: Iterable[Edit], near: int = NEAR) -> Edited:
    """Apply edits to a text that has been parsed, without flaws, to this tree.

    Args:
        text: the text.
        tree: what `planctl.yamltree.parse` makes of it.
        edits: the edits.
        near: how many items of a long list are looked at around each edit.

    Raises:
        As `apply`, but for the flaws.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    wanted = Wanted()
    for edit in edits:
        wanted.add(edit)
    if not wanted:
        return Edited(text, tree)
    done = _applied(body, tree, wanted, cuts.find(body, tree, wanted, near)) or _applied(body, tree, wanted, Cut())
    if done is None:
        raise NotEditableError
    return Edited(mark + done.text, done.tree)


def _applied(text: str, tree: Tree, wanted: Wanted, cut: Cut) -> Edited | None:
    """Apply edits while something is left out; nothing comes of it where the text says something else then."""
    runs = sorted(cut.all_runs(), key=lambda run: run.start)
    closer = cuts.wanted_without(wanted, cut)
    spliced = _spliced(cuts.text_without(text, runs), closer)
    result = spliced.result()
    found, flaws = yamltree.parse(result)
    if flaws or found != closer.applied(cuts.tree_without(tree, cut) if cut else tree):
        return None
    gone = 0
    for run in runs:
        if spliced.touches(run.start - gone):
            return None
        spliced.insert(run.start - gone, text[run.start : run.end], 0)
        gone += run.end - run.start
    if runs:
        cuts.put_back(found, tree, cut, wanted)
        result = spliced.result()
    return Edited(result, found)


def _spliced(text: str, wanted: Wanted) -> Splices:
    """Splice by whole lines: a last line without a break has one for the time being."""
    document = extents.read(text)
    found = re.search("\r\n|\n|\r", text)
    newline = found[0] if found else "\n"
    open_end = bool(text) and not _LAST_BREAK.search(text)
    splices = Splices(text + newline if open_end else text, newline, open_end=open_end)
    # Without the last line break a block of text would lose its own.
    look = look_of(document.root)._replace(literals=not open_end)
    Placement(splices, look).place_root(document.root, wanted)
    if open_end:
        _settle_last_text(document.root, splices)
    return splices


def _settle_last_text(root: Node | None, splices: Splices) -> None:
    """Let a block of text at the end of a file that has no last line break go on without one where something now stands below it."""
    node = root
    while isinstance(node, Block) and node.entries and not node.flow:
        node = node.entries[-1].value
    if not isinstance(node, Scalar) or node.style not in ("|", ">") or (node.value or "").endswith("\n"):
        return
    header = splices.text[node.start : extents.line_end(splices.text, node.start)].partition("#")[0]
    if splices.adds_at(len(splices.text)) and not splices.takes(node.start) and "-" not in header:
        keep = header.find("+")
        splices.replace(node.start + max(keep, 1), node.start + max(keep, 0) + 1, "-")


def take(text: str, keys: Keys) -> Verbatim:
    """Copy the entry at a path as it stands, with the comments that belong to it, to put it into another text.

    Raises:
        LookupError: there is nothing at the path.
    """
    body = text.removeprefix("\ufeff")
    parent, entry = _find(extents.read(body), keys)
    if parent.flow:
        # Lines of a flow collection may stand anywhere right of the margin.
        piece = (
            " ".join(body[entry.start : entry.end].split("\n"))
            if "#" not in body[entry.start : entry.end]
            else body[entry.start : entry.end]
        )
        return Verbatim(piece if entry.key else f"- {piece}")
    start = chunk_start(body, entry)
    lines = re.split(BREAK, body[start : chunk_end(body, entry)].rstrip("\r\n"))
    if start == entry.start:
        lines[0] = " " * entry.column + lines[0]
    width = entry.column
    return Verbatim("\n".join(line[width:] if not line[:width].strip() else line.lstrip(" ") for line in lines) + "\n")


def _find(document: Document, keys: Keys) -> tuple[Block, Entry]:
    """Find an entry and what it stands in."""
    node: Node | None = document.root
    found: tuple[Block, Entry] | None = None
    for key in keys:
        index = node.find(key) if isinstance(node, Mapping) and isinstance(key, str) else key
        if not isinstance(node, Block) or not isinstance(index, int) or not 0 <= index < len(node.entries):
            raise LookupError(keys)
        found = node, node.entries[index]
        node = found[1].value
    if found is None:
        raise LookupError(keys)
    return found
