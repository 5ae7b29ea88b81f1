"""Workbooks as all of planctl writes them: text is text whatever it begins with, paper is A4, and the same content is the same bytes."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

from planctl.sheets.errors import NoSheetsError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xlsxwriter.format import Format as CellFormat
    from xlsxwriter.worksheet import Worksheet

SONG, HEI = "宋体", "黑体"
HEAD = "#E7EEF7"
"""Behind headings."""
A4 = 9
FOOTER = '&C&"宋体,Regular"&9第 &P 页，共 &N 页'
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds."""
LONGEST_NAME = 31
"""UTF-16 units that the name of a sheet may have."""
FORBIDDEN = frozenset("[]:*?/\\")
LINE, PADDING, LOWEST, HIGHEST = 13.0, 5.0, 20.0, 409.0
"""Points: of a line of text, around it, and how low and high a row can be."""
RESERVED = "history"
"""A name that Excel keeps for itself."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so would become a formula when somebody opens its cell and leaves it again."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """A workbook that is being written."""

    def __init__(self, title: str, day: date) -> None:
        """Begin a workbook whose properties tell its title and the day that it speaks of.

        Raises:
            NoSheetsError: what writes workbooks is not installed.
        """
        try:
            from xlsxwriter import Workbook  # noqa: PLC0415 - an extra, and only workbooks need it
        except ImportError as error:
            raise NoSheetsError from error
        self._stream = io.BytesIO()
        self.book = Workbook(self._stream, OPTIONS)
        stamp = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a day, of no zone
        self.book.set_properties({"title": title, "author": "planctl", "created": stamp})
        self._formats: dict[tuple[tuple[str, object], ...], CellFormat] = {}
        self._taken: set[str] = set()

    def add(self, name: str) -> Worksheet:
        """Add a sheet, under a name that Excel takes and that no other sheet has."""
        sheet: Worksheet = self.book.add_worksheet(self._unique(name))
        return sheet

    def style(self, **properties: object) -> CellFormat:
        """Give a format, made once: that of a cell in a table, and what differs from it."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            plain = {"font_name": SONG, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
            self._formats[key] = self.book.add_format({**plain, **properties})
        return self._formats[key]

    def put(self, sheet: Worksheet, at: tuple[int, int], value: object, **properties: object) -> None:
        """Write a value as what it is: a date, a number, a text that stays one, or nothing."""
        row, column = at
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(**properties))
        elif isinstance(value, str):
            quoted = {"quote_prefix": True} if value.startswith(FORMULA) else {}
            sheet.write_string(row, column, cut(value, LONGEST_TEXT), self.style(**properties, **quoted))
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self.style(**properties))
        else:
            sheet.write_datetime(row, column, value, self.style(**{"num_format": "yyyy-mm-dd", "align": "center", **properties}))

    def finish(self) -> bytes:
        """End the workbook and give its bytes."""
        self.book.close()
        return self._stream.getvalue()

    def _unique(self, name: str) -> str:
        safe = "".join("_" if letter in FORBIDDEN or not letter.isprintable() else letter for letter in name).strip("' ") or "_"
        safe = f"{safe}_" if safe.casefold() == RESERVED else safe
        number, unique = 1, cut(safe, LONGEST_NAME)
        while unique.casefold() in self._taken:
            number += 1
            unique = f"{cut(safe, LONGEST_NAME - len(str(number)) - 1)}~{number}"
        self._taken.add(unique.casefold())
        return unique


def cut(text: str, longest: int) -> str:
    """Shorten a text to what has room, counted as Excel counts."""
    if len(text) * 2 <= longest or len(text.encode("utf-16-le", "replace")) <= 2 * longest:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * longest - 2].decode("utf-16-le", "ignore") + "…"


def height_of(cells: Iterable[tuple[object, float]]) -> float:
    """Give the height of a row in points from its values and the widths of their columns: not every program finds it out by itself."""
    lines = max((sum(_lines(part, width) for part in str(value).split("\n")) for value, width in cells if value is not None), default=1)
    return min(max(lines * LINE + PADDING, LOWEST), HIGHEST)


def _lines(text: str, width: float) -> int:
    """Count the lines that a text takes; what is not ASCII is as wide as two figures."""
    wide = sum(1 if letter.isascii() else 2 for letter in text)
    return max(-(-wide // max(int(width) - 1, 1)), 1)


def lay_on_paper(sheet: Worksheet, *, heading: int, last: tuple[int, int]) -> None:
    """Set a sheet up for A4 across: as wide as the paper, the heading on every page, pages numbered.

    Args:
        sheet: the sheet.
        heading: the row of the headings.
        last: the row and column of the last cell.
    """
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.print_area(0, 0, *last)
    sheet.set_footer(FOOTER)
