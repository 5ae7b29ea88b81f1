"""The terminal: tables through Rich. The only module that knows Rich, and loaded only when a table goes to a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from planctl.formats.tabular import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.tables import Table

TONES = {
    "overdue": "bold red",
    "due": "yellow",
    "done": "green",
    "suspended": "magenta",
    "cancelled": "dim",
    "upcoming": "cyan",
    "awaiting-event": "blue",
    "standing": "dim",
}
"""Colours of the statuses; the word itself stands beside them."""


Item = TypeVar("Item")
MIN_WIDTH = 4
NARROW = 120
"""Columns of a terminal below which cells are stacked."""


def show(table: Table) -> None:
    """Print a table to standard output, fitted to the terminal's width. The text of cells is never taken for markup."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    stacks = table.stacks if table.stacks and console.width < NARROW else tuple((position,) for position in range(len(table.columns)))
    title = Text(table.title) if table.title else None
    rich_table = RichTable(box=box.SIMPLE_HEAD, padding=0, show_edge=False, title=title, title_justify="left")
    for stack, room in zip(stacks, _widths(table, stacks, console.width), strict=True):
        columns = [table.columns[position] for position in stack]
        heading = Text("\n".join(column.heading for column in columns))
        rich_table.add_column(heading, justify="right" if columns[0].right else "left", width=room, overflow="fold")
    for number, row in enumerate(table.rows):
        tone = TONES[table.tones[number]] if table.tones else ""
        rich_table.add_row(*(_cell(row, stack, table.tone_column, tone) for stack in stacks))
    console.print(rich_table)


def _widths(table: Table, stacks: tuple[tuple[int, ...], ...], room: int) -> list[int]:
    """Give each stack of columns its width: what may wrap shares, by need, the room that the others leave."""
    headings = tuple(column.heading for column in table.columns)
    needs = [max(width(row[position]) for row in (headings, *table.rows) for position in stack) + 1 for stack in stacks]
    fixed = [not any(table.columns[position].wraps for position in stack) for stack in stacks]
    left = room - len(stacks) - sum(need for need, kept in zip(needs, fixed, strict=True) if kept)
    # The narrowest first: what one does not need is the others' to share.
    for rank, position in enumerate(order := sorted((p for p, kept in enumerate(fixed) if not kept), key=needs.__getitem__)):
        needs[position] = max(MIN_WIDTH, min(needs[position], left // (len(order) - rank)))
        left -= needs[position]
    return needs


def _cell(row: Sequence[str], stack: tuple[int, ...], tone_column: int, tone: str) -> Text:
    cell = Text()
    for level, position in enumerate(stack):
        style = tone if position == tone_column else "dim" if level else ""
        cell.append(("\n" if level and row[position] else "") + row[position], style)
    return cell


def track(items: Sequence[Item], label: str) -> Iterable[Item]:
    """Go through items with a progress bar on standard error, which goes when it is done."""
    from rich.progress import track as bar  # noqa: PLC0415 - only long work needs it

    return bar(items, label, console=Console(file=sys.stderr), transient=True)
