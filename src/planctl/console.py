"""The terminal: tables through Rich. The only module that knows Rich, and loaded only when a table goes to a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import JustifyMethod

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


NARROW = 120
"""Columns of a terminal below which cells are stacked."""


def show(table: Table) -> None:
    """Print a table to standard output, fitted to the terminal's width. The text of cells is never taken for markup."""
    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    stacks = table.stacks if table.stacks and console.width < NARROW else tuple((position,) for position in range(len(table.columns)))
    title = Text(table.title) if table.title else None
    rich_table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, title=title, title_justify="left")
    for stack in stacks:
        columns = [table.columns[position] for position in stack]
        heading = Text("\n".join(column.heading for column in columns))
        side: JustifyMethod = "right" if columns[0].right else "left"
        rich_table.add_column(heading, justify=side, no_wrap=not columns[0].wraps, overflow="fold")
    for number, row in enumerate(table.rows):
        tone = TONES[table.tones[number]] if table.tones else ""
        rich_table.add_row(*(_cell(row, stack, table.tone_column, tone) for stack in stacks))
    console.print(rich_table)


def _cell(row: Sequence[str], stack: tuple[int, ...], tone_column: int, tone: str) -> Text:
    cell = Text()
    for level, position in enumerate(stack):
        style = tone if position == tone_column else "dim" if level else ""
        cell.append(("\n" if level and row[position] else "") + row[position], style)
    return cell
