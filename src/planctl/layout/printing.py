"""Printing a file in the one layout; its comments and what it says stay.

Two spaces; lists indented under their key; one field a line, in the order of the shapes; a blank line between tasks, and beside
comments that have one; small records and lists of text on one line where they fit. Width counts characters, not columns of a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl import yamltree
from planctl.editing import Bare
from planctl.editing.extents import Block, Entry, Mapping, Scalar, has_blank, read
from planctl.editing.scalars import literal, written
from planctl.editing.values import WIDTH
from planctl.errors import FlawedTextError
from planctl.fields import Reader
from planctl.layout.forms import ANY, Form, form_of, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.editing.extents import Comment, Document, Node
    from planctl.problems import Problem
    from planctl.sources import Source

LONGEST_KEY = 1000
"""A longer key cannot stand before a colon on its line; YAML's limit is 1024."""


def lay_out(text: str, path: str) -> str:
    """Lay a file out. The path says by its name which kind of file it is; without one the keys tell.

    Raises:
        FlawedTextError: the text is not of our dialect.
    """
    body = text.removeprefix("\ufeff")
    tree, flaws = yamltree.parse(body)
    if flaws:
        raise FlawedTextError(line=flaws[0].mark.line + 1, column=flaws[0].mark.column + 1, code=flaws[0].code)
    if not isinstance(tree, yamltree.Map):
        return text
    result = printed(read(body), form_of(kind_of(path, tree)))
    if yamltree.parse(result) != (tree, []):
        raise AssertionError(path)  # a defect; better no layout than a file that says something else
    return result


def problems_of(source: Source) -> list[Problem]:
    """List what keeps a file from being laid out: that it cannot be read, is not of our dialect, or is no file of ours."""
    reader = Reader(source.path)
    if source.trouble:
        code, args, variant, line, column = source.trouble
        reader.report(code, yamltree.Mark(line - 1, column - 1), variant, **args)
        return reader.problems
    tree, flaws = yamltree.parse(source.text)
    for flaw in flaws:
        reader.report(flaw.code, flaw.mark, flaw.variant, **flaw.args)
    if not flaws and not (isinstance(tree, yamltree.Map) and ("planctl" in tree or "tasks" in tree)):
        reader.report("P010", yamltree.START, None if tree else "empty")
    return reader.problems


def printed(document: Document, form: Form, base: int = 0) -> str:
    """Print a document whose root is a mapping or list.

    Args:
        document: the document.
        form: how its root stands.
        base: the column at which it will be put, which tells what fits into a line.
    """
    return _Printer(document, base).document(form)


class _Printer:
    def __init__(self, document: Document, base: int) -> None:
        self.document_read = document
        self.text = document.text
        self.width = WIDTH - base
        self.lines: list[str] = []
        self.commented = 0
        """How many lines there were after the last comment on a line of its own."""

    def document(self, form: Form) -> str:
        _, root, head, foot = self.document_read
        self.comments(head, 0)
        if isinstance(root, Block):
            if head and has_blank(self.text, head[-1].end, root.start):
                self.blank()
            if not root.entries:
                self.lines.append("{}" if isinstance(root, Mapping) else "[]")
            self.block(root, form, 0, "")
        self.comments(foot, 0)
        return "".join(f"{line}\n" for line in self.lines)

    def comments(self, comments: Iterable[Comment], column: int) -> None:
        for comment in comments:
            if comment.apart:
                self.blank()
            self.lines.append(" " * column + self.text[comment.start : comment.end])
            self.commented = len(self.lines)

    def blank(self) -> None:
        """Leave a blank line, unless there is one already or nothing above."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def block(self, node: Block, form: Form, column: int, start: str) -> None:
        """Print a mapping or list in rows; `start` is the beginning of its first line."""
        for index, entry in enumerate(_ordered(node, form)):
            self.entry(
                entry, _form_within(node, entry, form), column, start if index == 0 else " " * column, spaced=form.spaced and index > 0
            )
        self.comments(node.tail, column)

    def entry(self, entry: Entry, form: Form, column: int, start: str, *, spaced: bool) -> None:
        """Print an entry."""
        flow = self.on_one_line(entry, form, start + self.lead(entry))
        above, beside = _comments(entry, as_block=flow is None and isinstance(entry.value, Block))
        # What stands after a dash, above the first field, goes above the dash.
        first = _first_field(entry, form) if flow else None
        column_of_dash = len(start) - len(start.lstrip()) if start.strip() else column
        self.above(entry, above, column_of_dash, spaced=spaced)
        if first:
            self.above(first, first.above, column_of_dash, spaced=False)
        comment = f"  {self.text[beside.start : beside.end]}" if beside else ""
        start += self.lead(entry) if len(entry.name) <= LONGEST_KEY else self.long_key(entry, column, start)
        if flow is not None:
            self.lines.append(f"{start} {flow}".rstrip(" ") + comment)
        elif isinstance(entry.value, Scalar):
            self.several_lines(entry.value, column, start, comment)
        elif entry.key:
            self.lines.append(start + comment)
            self.block(entry.value, form, column + 2, " " * (column + 2))
        else:
            self.block(entry.value, form, column + 2, f"{start} ")
        below = [*entry.below, *(entry.value.tail if flow is not None and isinstance(entry.value, Block) else ())]
        # Any deeper, and it would be a line of a text above it.
        self.comments(below, column if flow is None and isinstance(entry.value, Scalar) else column + 2)

    def lead(self, entry: Entry) -> str:
        return f"{written(Bare(entry.name), flow=False)}:" if entry.key else "-"

    def long_key(self, entry: Entry, column: int, start: str) -> str:
        """Print a key that is too long to stand before a colon."""
        self.lines.append(f"{start}? {written(Bare(entry.name), flow=False)}")
        return " " * column + ":"

    def above(self, entry: Entry, comments: list[Comment], column: int, *, spaced: bool) -> None:
        """Print the comments above an entry, and the blank lines that belong there."""
        if spaced and not (entry.apart and comments) and not any(each.apart for each in comments):
            self.blank()
        self.comments(comments, column)
        if entry.apart and self.commented == len(self.lines):
            self.blank()

    def several_lines(self, value: Scalar, column: int, start: str, comment: str) -> None:
        """Print a text of several lines as a block."""
        header, *lines = literal(value.value or "") or [""]
        self.lines.append(f"{start} {header}{comment}")
        self.lines += [" " * (column + 2) + line if line else "" for line in lines]

    def on_one_line(self, entry: Entry, form: Form, start: str) -> str | None:
        """Write a value on the line of its key or dash, or say that it does not go there."""
        node = entry.value
        if isinstance(node, Scalar):
            if node.value is None:
                return "" if start.endswith(":") else "null"
            if "\n" in node.value and literal(node.value):
                return None
            return written(_typed(node, form), flow=False)
        if not node.entries:
            return "{}" if isinstance(node, Mapping) else "[]"
        if not _is_small(node, form, _first_field(entry, form)):
            return None
        text = self.flow(node, form)
        return text if len(start) + 1 + len(text) <= self.width else None

    def flow(self, node: Node, form: Form) -> str:
        if isinstance(node, Scalar):
            return "null" if node.value is None else written(_typed(node, form), flow=True)
        if not isinstance(node, Mapping):
            return "[" + ", ".join(self.flow(entry.value, form.item or ANY) for entry in node.entries) + "]"
        entries = _ordered(node, form)
        return (
            "{" + ", ".join(f"{written(Bare(each.name), flow=True)}: {self.flow(each.value, form.of(each.name))}" for each in entries) + "}"
        )


def _typed(node: Scalar, form: Form) -> str:
    kind = form.text or (str if node.style else Bare)
    return kind(node.value or "")


def _ordered(node: Block, form: Form) -> list[Entry]:
    """Put known keys into their order and unknown ones behind them."""
    if not isinstance(node, Mapping):
        return node.entries
    rank = {key: index for index, key in enumerate(form.order)}
    return sorted(node.entries, key=lambda entry: rank.get(entry.name, len(rank)))


def _form_within(node: Block, entry: Entry, form: Form) -> Form:
    return form.of(entry.name) if isinstance(node, Mapping) else form.item or ANY


def _first_field(entry: Entry, form: Form) -> Entry | None:
    """Give the field, or the item, that stands on the line of a dash."""
    value = entry.value
    return _ordered(value, form)[0] if entry.key is None and isinstance(value, Block) and value.entries else None


def _is_small(node: Block, form: Form, first: Entry | None = None) -> bool:
    """Tell whether a mapping or list may stand on one line, if it fits; comments above the field on the line of a dash go above that."""
    if isinstance(node, Mapping):
        if form.rows or (form.fields is None and form.values is None and not node.flow):
            return False
    elif form.rows or any(isinstance(entry.value, Block) for entry in node.entries):
        return False
    return not node.tail and all(_is_small_entry(node, entry, form, above=entry is first) for entry in node.entries)


def _is_small_entry(node: Block, entry: Entry, form: Form, *, above: bool) -> bool:
    if (entry.above and not above) or entry.header or entry.trailing or entry.below or len(entry.name) > LONGEST_KEY:
        return False
    value = entry.value
    if isinstance(value, Scalar):
        return "\n" not in (value.value or "")
    return (not value.entries and not value.tail) or _is_small(value, _form_within(node, entry, form))


def _comments(entry: Entry, *, as_block: bool) -> tuple[list[Comment], Comment | None]:
    """Sort the comments of an entry: those above it, and the one beside it. On the line of a dash that a block follows there is none."""
    others = [*entry.header, *entry.trailing]
    if entry.key is None:
        # What stands between a dash and its value goes above; what stands beside the value, or beside the `|` of its block, stays.
        beside = [each for each in others if each.start > entry.value.start]
        above = [*entry.above, *(each for each in others if each.start <= entry.value.start)]
        return ([*above, *beside], None) if as_block else ([*above, *beside[:-1]], beside[-1] if beside else None)
    if as_block:
        return [*entry.above, *others[1:]], others[0] if others else None
    return [*entry.above, *others[:-1]], others[-1] if others else None
