"""Tables as text: CSV for other programs, Markdown for documents, aligned columns for pipes."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.tables import Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to Excel, WPS and LibreOffice, and may fetch or run things (CWE-1236)."""
MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def render_csv(table: Table) -> str:
    """Write a table as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([["'" + cell if cell.startswith(FORMULA) else cell for cell in row] for row in table.rows])
    return stream.getvalue()


def render_markdown(table: Table) -> str:
    """Write a table as a Markdown pipe table; what would be markup in a cell is escaped."""
    rule = ["---:" if column.right else "---" for column in table.columns]
    rows = [[column.heading for column in table.columns], rule, *([escape_markdown(cell) for cell in row] for row in table.rows)]
    text = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"{escape_markdown(table.title)}\n\n{text}" if table.title else text


def escape_markdown(text: str) -> str:
    """Escape text for Markdown, so that it reads as it was written; a line break in a cell becomes `<br>`."""
    return "<br>".join(MARKDOWN.sub(r"\\\1", line) for line in text.splitlines())


def render_plain(table: Table) -> str:
    """Write a table in aligned columns, a row a line, nothing cut off: for pipes and files."""
    rows = [tuple(column.heading for column in table.columns), *(tuple(_one_line(cell) for cell in row) for row in table.rows)]
    widths = [max(width(row[position]) for row in rows) for position in range(len(table.columns))]
    lines = [_line(row, widths, [column.right for column in table.columns]) for row in rows]
    return "\n".join([*([table.title] if table.title else []), *lines]) + "\n"


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = (pad(cell, wide, right=flush) for cell, wide, flush in zip(row, widths, right, strict=True))
    return "  ".join(cells).rstrip()


def pad(text: str, wide: int, *, right: bool = False) -> str:
    """Fill a text up to a width in terminal cells."""
    fill = " " * (wide - width(text))
    return fill + text if right else text + fill


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text or "\t" in text else text


def width(text: str) -> int:
    """Count the terminal cells of a text: two for an East Asian wide character, none for a combining one (UAX #11)."""
    if text.isascii():
        return len(text)
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
