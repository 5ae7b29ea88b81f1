"""A form as a workbook that opens well in Excel, WPS and LibreOffice; the same form is always the same bytes.

XlsxWriter and not openpyxl: it needs nothing else, writes text as text whatever it begins with, fixes the times inside the zip, and is
several times as fast; we never change a workbook in place, and read those that come back ourselves.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.sheets import wording
from planctl.sheets.books import A4, HEAD, HEI, SONG, Book, height_of, lay_on_paper
from planctl.sheets.captions import captions, comment
from planctl.sheets.dues import counts, measures
from planctl.sheets.records import VERSION, Entry, base_of
from planctl.sheets.wording import state_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planctl.model import Deadline
    from planctl.sheets.records import Base, Form, Known, Row

WIDTHS: dict[Entry | str, float] = {
    wording.NUMBER: 5,
    wording.TASK: 24,
    wording.WHAT: 23,
    wording.DUE: 12.5,
    wording.LAST: 15,
    Entry.STATE: 8,
    Entry.PERCENT: 7.5,
    Entry.NOTE: 31,
    Entry.COUNT: 8,
    Entry.VALUE: 9,
    Entry.ON: 11,
    Entry.EVIDENCE: 14,
}
"""In characters; together a landscape A4 at nearly its own size."""
GUIDE_WIDTH = 70
LEAST_HEIGHT = 36.0
"""Points: room for some lines to be written."""
FILL, GREY = "#FFF9DB", "#D9D9D9"
HEADER_ROW = 3
LONGEST_NAME = 180
"""Bytes of a unit's name in the name of a file, which may have 255 in all."""
UNSAFE = frozenset('/\\:*?"<>|')
RULES: dict[Entry | None, dict[str, Any]] = {
    Entry.STATE: {
        "validate": "list",
        "source": [state_word(each) for each in wording.OFFERED],
        "error_title": "状态",
        "error_message": "请从下拉列表中选择。",
    },
    Entry.PERCENT: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "error_title": "完成率",
        "error_message": "请填 0% 至 100%。",
    },
    Entry.COUNT: {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_type": "warning",
        "error_title": "本次完成数",
        "error_message": "请填整数。",
    },
    Entry.VALUE: {
        "validate": "decimal",
        "criteria": "between",
        "minimum": -1e12,
        "maximum": 1e12,
        "error_type": "warning",
        "error_title": "指标数值",
        "error_message": "请填数字。",
    },
    Entry.ON: {
        "validate": "date",
        "criteria": "between",
        "minimum": date(2000, 1, 1),
        "maximum": date(2199, 12, 31),
        "error_type": "warning",
        "error_title": "日期",
        "error_message": "请写成 2022-12-31 这样的日期。确定要这样填吗？",
    },
}
PROTECTION = {"select_locked_cells": True, "select_unlocked_cells": True, "format_rows": True, "format_columns": True}


def file_name(form: Form, taken: set[str], *, several: bool) -> str:
    """Make the name of a form's file: no separators, no controls, unique in its folder whatever the case of letters."""
    name = f"{form.organisation}-{form.unit}" if several else form.unit
    safe = "".join("_" if letter in UNSAFE or not letter.isprintable() else letter for letter in name)
    safe = safe.encode(errors="replace")[:LONGEST_NAME].decode(errors="ignore").strip(" .-") or "_"
    number, unique = 1, safe
    while unique.casefold() in taken:
        number += 1
        unique = f"{safe}-{number}"
    taken.add(unique.casefold())
    return f"{unique}-{form.period}.xlsx" if form.period else f"{unique}.xlsx"


def write(form: Form) -> bytes:
    """Write a form as a workbook.

    Raises:
        NoSheetsError: what writes workbooks is not installed.
    """
    book = Book(f"{form.unit}{wording.TITLE}", form.day)
    _Writer(book, form).write()
    return book.finish()


class _Column(NamedTuple):
    """A column that can be seen: what it holds, by the entry or by its heading."""

    kind: Entry | str
    heading: str

    @property
    def entry(self) -> Entry | None:
        """What is filled in there, if anything."""
        return self.kind if isinstance(self.kind, Entry) else None


class _Writer:
    """Writes one form."""

    def __init__(self, book: Book, form: Form) -> None:
        self.book = book
        self.form = form
        self.sheet = book.add(wording.TITLE)
        self.columns = _columns(form.rows)
        self.several = len({row.item.plan.id for row in form.rows}) > 1

    def write(self) -> None:
        """Write all sheets."""
        self.head()
        bases = []
        for number, row in enumerate(self.form.rows, 1):
            shown = captions(row, number, several=self.several)
            base = base_of(row.known, [shown[each] for each in wording.SHOWN])
            bases.append((row, base))
            self.row(HEADER_ROW + number, row, shown, [*_ids(row), base.digest])
        self.validate()
        self.set_up()
        self.guide()
        self.hide(bases)

    def head(self) -> None:
        """Write the title, who fills in, and the headings."""
        form, sheet = self.form, self.sheet
        last = len(self.columns) - 1
        title = self.book.style(font_name=HEI, font_size=16, align="center", border=0)
        about = self.book.style(border=0, text_wrap=False)
        label = self.book.style(border=0, align="right", text_wrap=False)
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, last, f"{form.unit}{form.period_text}{wording.TITLE}", title)
        sheet.merge_range(1, 0, 1, last, _about(form), about)
        places = [self.place(kind) for kind in (wording.TASK, wording.DUE, Entry.PERCENT)]
        for place, text in zip(places, (wording.REPORTER, wording.PHONE, wording.REPORTED), strict=True):
            sheet.write_string(2, place, text, label)
            kind = "reported" if text == wording.REPORTED else "reporter"
            sheet.write_blank(2, place + 1, None, self.book.style(locked=False, bg_color=FILL, **_format_of(kind)))
        heading = self.book.style(bold=True, align="center", bg_color=HEAD)
        for number, column in enumerate(self.columns):
            sheet.write_string(HEADER_ROW, number, column.heading, heading)
            if column.entry:
                hint = wording.HINTS[column.entry]
                sheet.write_comment(HEADER_ROW, number, hint, {"author": "planctl", "x_scale": 2, "font_name": SONG})
        for number, name in enumerate(wording.IDS, len(self.columns)):
            sheet.write_string(HEADER_ROW, number, f"{wording.MARK}{name}")

    def place(self, kind: str) -> int:
        """Give the number of a column."""
        return next(number for number, column in enumerate(self.columns) if column.kind == kind)

    def row(self, at: int, row: Row, shown: dict[str, str], hidden: Sequence[str]) -> None:
        """Write a row."""
        locked = self.book.style()
        for number, column in enumerate(self.columns):
            if column.kind in shown:
                self.sheet.write_string(at, number, shown[column.kind], self.book.style(align="center") if number == 0 else locked)
            elif column.entry and _is_asked(column.entry, row.item.deadline):
                self.fill(at, number, column.entry, row.known)
            else:
                self.sheet.write_blank(at, number, None, self.book.style(bg_color=GREY))
        for number, text in enumerate(hidden, len(self.columns)):
            self.sheet.write_string(at, number, text)
        self.sheet.set_row(at, max(height_of((text, WIDTHS[heading]) for heading, text in shown.items()), LEAST_HEIGHT))
        if note := comment(row, several=self.several):
            settings = {"author": "planctl", "x_scale": 2.4, "y_scale": min(1 + len(note) / 90, 5), "font_name": SONG}
            self.sheet.write_comment(at, self.place(wording.TASK), note, settings)

    def fill(self, at: int, number: int, entry: Entry, known: Known) -> None:
        """Write a cell that can be filled in, with what stands so far."""
        percent = known.percent if entry is Entry.PERCENT else None
        kind = "parts" if percent is not None and percent % 1 else entry.value
        style = self.book.style(locked=False, bg_color=FILL, **_format_of(kind))
        if percent is not None:
            self.sheet.write_number(at, number, percent / 100, style)
        elif entry is Entry.VALUE and known.value is not None:
            self.sheet.write_number(at, number, known.value, style)
        elif entry is Entry.STATE and known.state:
            self.sheet.write_string(at, number, state_word(known.state), style)
        else:
            self.sheet.write_blank(at, number, None, style)

    def validate(self) -> None:
        """Say what cells take. Of dates and numbers Excel only warns: people write them in many ways, which are read too."""
        first, last = HEADER_ROW + 1, max(HEADER_ROW + len(self.form.rows), HEADER_ROW + 1)
        for number, column in enumerate(self.columns):
            if column.entry in RULES:
                self.sheet.data_validation(first, number, last, number, RULES[column.entry])
        place = self.place(Entry.PERCENT) + 1
        self.sheet.data_validation(2, place, 2, place, RULES[Entry.ON])

    def set_up(self) -> None:
        """Set widths, what stays in view, the paper and the protection."""
        sheet, count = self.sheet, len(self.columns)
        for number, column in enumerate(self.columns):
            sheet.set_column(number, number, WIDTHS[column.kind])
        sheet.set_column(count, count + len(wording.IDS) - 1, None, None, {"hidden": True})
        sheet.freeze_panes(HEADER_ROW + 1, 2)
        sheet.protect("", PROTECTION)
        lay_on_paper(sheet, heading=HEADER_ROW, last=(HEADER_ROW + len(self.form.rows), count - 1))
        sheet.set_comments_author("planctl")

    def guide(self) -> None:
        """Write how the form is filled in."""
        sheet = self.book.add(wording.GUIDE)
        sheet.set_column(0, 0, GUIDE_WIDTH)
        sheet.set_row(0, 36)
        sheet.write_string(0, 0, wording.GUIDE, self.book.style(font_name=HEI, font_size=16, border=0, align="center"))
        for number, text in enumerate(wording.RULES, 2):
            sheet.set_row(number, height_of([(text, GUIDE_WIDTH / 1.2)]) * 1.2 + 4)
            sheet.write_string(number, 0, text, self.book.style(font_size=12, border=0, valign="top"))
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.protect("", PROTECTION)

    def hide(self, bases: Sequence[tuple[Row, Base]]) -> None:
        """Write what a form remembers: whose it is, and what the plan held."""
        sheet, form = self.book.add(wording.HIDDEN), self.form
        head = {
            "planctl-sheet": VERSION,
            "unit": form.unit,
            "organisation": form.organisation,
            "period": form.period,
            "year": str(form.year),
            "day": form.day.isoformat(),
            "reply-by": form.reply_by.isoformat() if form.reply_by else "",
        }
        lines: list[tuple[str, ...]] = [*head.items(), ("rows", str(len(bases)))]
        for row, base in bases:
            due = row.item.occurrence.due if row.item.occurrence else None
            lines.append((*_ids(row), due.isoformat() if due else "", base.digest, base.text))
        for number, line in enumerate(lines):
            for column, text in enumerate(line):
                sheet.write_string(number, column, text)
        sheet.very_hidden()


def _columns(rows: Sequence[Row]) -> list[_Column]:
    """List the columns; counts and figures only where some row asks for one."""
    spared = set()
    if not any(counts(row.item.deadline) for row in rows):
        spared.add(Entry.COUNT)
    if not any(measures(row.item.deadline) for row in rows):
        spared.add(Entry.VALUE)
    filled = [_Column(entry, text) for entry, text in wording.FILLED.items() if entry not in spared]
    return [*(_Column(text, text) for text in wording.LOCKED), *filled]


def _is_asked(entry: Entry, deadline: Deadline | None) -> bool:
    return {Entry.COUNT: counts, Entry.VALUE: measures}.get(entry, _always)(deadline)


def _always(_: Deadline | None) -> bool:
    return True


def _format_of(kind: str) -> Mapping[str, object]:
    """Say how the cells of a column show what is in them. Text is text: `-1` typed there does not become a formula."""
    return {
        Entry.STATE.value: {"align": "center"},
        Entry.PERCENT.value: {"num_format": "0%", "align": "center"},
        "parts": {"num_format": "0.0#%", "align": "center"},
        Entry.NOTE.value: {"num_format": "@"},
        Entry.COUNT.value: {"align": "center"},
        Entry.VALUE.value: {"align": "center"},
        Entry.ON.value: {"num_format": "yyyy-mm-dd", "align": "center"},
        Entry.EVIDENCE.value: {"num_format": "@"},
        "reported": {"num_format": "yyyy-mm-dd", "align": "left"},
        "reporter": {"num_format": "@"},
    }[kind]


def _about(form: Form) -> str:
    parts = [f"填报单位：{form.unit}", f"数据截至：{form.day}"]
    if form.reply_by:
        day = form.reply_by
        parts.append(f"请于 {day.year}年{day.month}月{day.day}日前交回")
    return "　　".join(parts)


def _ids(row: Row) -> list[str]:
    return [part or "" for part in row.item.key]
