"""The register (台账) as a workbook to be printed and filed: an overview, and a sheet a plan.

It counts what its own rows say, so that the overview agrees with what is below it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.errors import TooManyRowsError
from planctl.lights import PRESSING
from planctl.messages import say
from planctl.sheets.books import HEAD, HEI, Book, height_of, lay_on_paper
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xlsxwriter.worksheet import Worksheet

    from planctl.exchange.register import Row

BETWEEN = "\u3000\u3000"
TITLE_ROW, ABOUT_ROW, HEADING_ROW = 0, 1, 2
MOST_ROWS = 1_000_000
"""A sheet has room for little more."""
FILLS: dict[str, dict[str, object]] = {
    "red": {"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True},
    "yellow": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "green": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    "blue": {"bg_color": "#BDD7EE", "font_color": "#1F4E78"},
    "grey": {"bg_color": "#D9D9D9", "font_color": "#404040"},
}
"""How lights are shown; the word stands there too, for who prints in black."""
STATUSES = (
    Status.DONE,
    Status.OVERDUE,
    Status.DUE,
    Status.UPCOMING,
    Status.AWAITING_EVENT,
    Status.SUSPENDED,
    Status.CANCELLED,
    Status.STANDING,
)
SETTLED = frozenset({Status.SUSPENDED, Status.CANCELLED, Status.STANDING, Status.AWAITING_EVENT})
"""What has no part in a rate: nobody can be late with it."""


class About(NamedTuple):
    """What a workbook says of itself."""

    lang: str
    day: date
    organisations: tuple[str, ...]
    unit: str | None = None
    """The unit that is asked about."""


class _Column(NamedTuple):
    """A column of a plan's sheet: its key, its width in characters, and how its cells differ."""

    key: str
    width: float
    centred: bool = False


COLUMNS = (
    _Column("row", 4.5, centred=True),
    _Column("task", 6.5, centred=True),
    _Column("name", 22),
    _Column("what", 22),
    _Column("rule", 18),
    _Column("due", 10.5, centred=True),
    _Column("owners", 13),
    _Column("support", 14),
    _Column("status", 7, centred=True),
    _Column("light", 4.5, centred=True),
    _Column("reason", 12),
    _Column("percent", 6.5, centred=True),
    _Column("figure", 6.5, centred=True),
    _Column("latest", 20),
    _Column("done_on", 10.5, centred=True),
    _Column("remarks", 12),
)


def file_name(about: About) -> str:
    """Name the file of a workbook."""
    return say("ledger.file", about.lang, {"day": about.day})


def write(found: Iterable[Row], about: About) -> bytes:
    """Write rows of the register as a workbook.

    Raises:
        TooManyRowsError: a plan has more rows than a sheet has room for.
        NoSheetsError: what writes workbooks is not installed.
    """
    plans: dict[str, list[Row]] = {}
    for row in found:
        plans.setdefault(row.plan, []).append(row)
    return _Ledger(about).write(plans)


class _Ledger:
    """Writes one workbook."""

    def __init__(self, about: About) -> None:
        self.about = about
        self.owner = about.unit or say("list", about.lang, {"all": list(about.organisations)})
        self.book = Book(self.word("title", owner=self.owner), about.day)

    def word(self, key: str, **args: object) -> str:
        """Put something into words."""
        return say(f"ledger.{key}", self.about.lang, args)

    def write(self, plans: dict[str, list[Row]]) -> bytes:
        """Write all sheets."""
        self.overview(plans)
        for several in plans.values():
            if len(several) > MOST_ROWS:
                raise TooManyRowsError(plan=several[0].plan, count=len(several), limit=MOST_ROWS)
            self.plan(several)
        return self.book.finish()

    def measure(self, several: Sequence[Row]) -> list[str]:
        """Say of what day the rows are, and how many."""
        return [self.word("as-of", day=self.about.day), self.word("count", count=len(several))]

    def head(self, sheet: Worksheet, title: str, about: Sequence[str], headings: Sequence[tuple[str, float]]) -> None:
        """Write a title, a line below it, and headings, which stay in view."""
        sheet.set_row(TITLE_ROW, 32)
        sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, len(headings) - 1, "", self.book.style(border=0))
        self.book.put(sheet, (TITLE_ROW, 0), title, font_name=HEI, font_size=18, align="center", border=0)
        sheet.merge_range(ABOUT_ROW, 0, ABOUT_ROW, len(headings) - 1, "", self.book.style(border=0))
        self.book.put(sheet, (ABOUT_ROW, 0), BETWEEN.join(about), border=0, text_wrap=False)
        for number, (text, width) in enumerate(headings):
            sheet.set_column(number, number, width)
            self.book.put(sheet, (HEADING_ROW, number), text, bold=True, align="center", bg_color=HEAD)
        sheet.set_row(HEADING_ROW, 30)

    def plan(self, several: Sequence[Row]) -> None:
        """Write the sheet of a plan."""
        first = several[0]
        sheet = self.book.add(first.plan_title)
        about = [
            self.word("of", owner=self.about.unit or first.organisation),
            *([self.word("number", number=first.number)] if first.number else []),
        ]
        headings = [(self.word(column.key), column.width) for column in COLUMNS]
        self.head(sheet, self.word("plan-title", title=first.plan_title), [*about, *self.measure(several)], headings)
        for at, row in enumerate(several, HEADING_ROW + 1):
            self.row(sheet, at, row)
        last = (HEADING_ROW + len(several), len(COLUMNS) - 1)
        sheet.autofilter(HEADING_ROW, 0, *last)
        sheet.freeze_panes(HEADING_ROW + 1, 3)
        lay_on_paper(sheet, heading=HEADING_ROW, last=last)

    def row(self, sheet: Worksheet, at: int, row: Row) -> None:
        """Write a row."""
        values = _values(row, at - HEADING_ROW)
        for number, column in enumerate(COLUMNS):
            look: dict[str, object] = {"align": "center"} if column.centred else {}
            if column.key == "light":
                look |= FILLS[row.colour.value]
            if column.key == "percent":
                look["num_format"] = "0%" if (row.percent or 0) % 1 == 0 else "0.0#%"
            self.book.put(sheet, (at, number), values[column.key], **look)
        sheet.set_row(at, height_of((values[column.key], column.width) for column in COLUMNS))

    def overview(self, plans: dict[str, list[Row]]) -> None:
        """Write the overview: how many of what, by plan and by who owes it."""
        sheet = self.book.add(self.word("overview"))
        statuses = [say(f"status.{status.value}", self.about.lang) for status in STATUSES]
        lights = [say(f"light.{colour}", self.about.lang) for colour in PRESSING]
        names = [self.word("plan"), self.word("tasks"), self.word("rows"), *statuses, *lights, self.word("rate")]
        widths = [42.0, 7.0, 7.0, *([7.5] * len(STATUSES)), *([5.5] * len(PRESSING)), 9.0]
        total = [row for several in plans.values() for row in several]
        about = [self.word("of", owner=self.owner), *self.measure(total)]
        self.head(sheet, self.word("title", owner=self.owner), about, list(zip(names, widths, strict=True)))
        at = HEADING_ROW + 1
        for several in plans.values():
            self.tally(sheet, at, several[0].plan_title, several)
            sheet.set_row(at, height_of([(several[0].plan_title, widths[0])]))
            at += 1
        self.tally(sheet, at, self.word("total"), total, bold=True, bg_color=HEAD)
        for number, name in enumerate([self.word("unit"), *names[1:]]):
            self.book.put(sheet, (at + 2, number), name, bold=True, align="center", bg_color=HEAD)
        at += 3
        for unit, owed in _by_unit(total, several=len(self.about.organisations) > 1).items():
            self.tally(sheet, at, unit, owed)
            at += 1
        self.book.put(sheet, (at + 1, 0), self.word("remark"), border=0, text_wrap=False)
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        lay_on_paper(sheet, heading=HEADING_ROW, last=(at + 1, len(names) - 1))

    def tally(self, sheet: Worksheet, at: int, name: str, several: Sequence[Row], **look: object) -> None:
        """Write how many of what there are."""
        statuses, lights = Counter(row.settled for row in several), Counter(row.colour.value for row in several)
        self.book.put(sheet, (at, 0), name, **look)
        figures = [len({(row.plan, row.task) for row in several}), len(several), *(statuses[status] for status in STATUSES)]
        for number, figure in enumerate(figures, 1):
            self.book.put(sheet, (at, number), figure or None, align="center", **look)
        for number, colour in enumerate(PRESSING, len(figures) + 1):
            fill = FILLS[colour] if lights[colour] else {}
            self.book.put(sheet, (at, number), lights[colour] or None, **{"align": "center", **look, **fill})
        counted = sum(statuses[status] for status in STATUSES if status not in SETTLED)
        rate = statuses[Status.DONE] / counted if counted else None
        self.book.put(sheet, (at, len(figures) + len(PRESSING) + 1), rate, num_format="0.0%", align="center", **look)


def _values(row: Row, number: int) -> dict[str, object]:
    """Give the cells of a row by the keys of their columns."""
    remarks = "\n".join(part for part in (row.marks, row.note) if part)
    rule = f"{row.rule}\n{row.quote}" if row.quote and row.quote != row.rule else row.rule
    what = f"{row.what}\n{row.period}" if row.period else row.what
    latest = f"{row.latest_on} {row.latest}" if row.latest_on else ""
    percent = None if row.percent is None else row.percent / 100
    made = {
        "row": number,
        "name": row.title,
        "what": what,
        "rule": rule,
        "owners": row.actors,
        "percent": percent,
        "figure": row.value if row.counted is None else row.counted,
        "latest": latest,
        "remarks": remarks,
    }
    return {**row._asdict(), **made}


def _by_unit(total: Iterable[Row], *, several: bool) -> dict[str, list[Row]]:
    """Give the rows of each unit that owes something; what several owe together counts for each. Units of two organisations are two."""
    found: dict[str, list[Row]] = {}
    for row in total:
        for unit in row.owners:
            found.setdefault(f"{row.organisation}\u3000{unit}" if several else unit, []).append(row)
    return found
