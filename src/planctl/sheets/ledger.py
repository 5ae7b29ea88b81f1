"""A register (台账) made into a plan: a row a task, or several where cells are merged. What is not certain becomes a doubt."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import digest
from planctl.documents.records import BlockKind
from planctl.drafting.deadlines import fit
from planctl.extraction.obligations import Context, read_obligations
from planctl.extraction.responsibility import read_duty
from planctl.extraction.script import Line, write_script
from planctl.extraction.script import fold as narrow
from planctl.messages import say
from planctl.model import Basis, ClauseRef, Deadline, Evidence, Kind, Period, Plan, Progress, State, Task
from planctl.sheets import values, wording
from planctl.sheets.errors import NoRegisterError
from planctl.sheets.mappings import Box, Columns, Field, find_columns
from planctl.sheets.rows import NUMBER, Rows, Table, is_formula
from planctl.sheets.values import Unreadable
from planctl.sheets.workbooks import Cell, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from planctl.documents.records import Reading
    from planctl.sheets.mappings import Chosen

ALL_YEAR = re.compile(r"(?P<year>20[0-9]{2})?年?(?:全年|年内|年度内|当年)")
FIRST_SENTENCE = re.compile(r"[。；;]")
YEAR = re.compile(r"(20[0-9]{2})(?:年|年度)(?!\s*[—–―~至-])")
LONGEST_TITLE = 80
MOST_ROWS, MOST_COLUMNS = 500, 60
"""How far a merged cell is followed."""
MOST_STEPS = 1_000_000
"""How many cells those of a document are followed over, all in all."""
WHOLE = 100.0
"""Percent."""
SETTLED = frozenset({State.DONE, State.CLOSED})


class Wish(NamedTuple):
    """What a register does not say itself."""

    plan_id: str
    path: str
    day: date
    """The day of entries that say none."""
    epoch: datetime
    lang: str
    title: str | None = None
    year: int | None = None
    """The year of dates that name none; that of the day, if left out, which is then doubtful."""


class Register(NamedTuple):
    """A register as a plan."""

    plan: Plan
    columns: Columns
    sheet: str | None
    rows: int


def read_register(reading: Reading, wish: Wish, mapping: Chosen | None = None) -> Register:
    """Make a plan of a register.

    Raises:
        NoRegisterError: no table of it has the headings of one.
    """
    found = [(table, columns) for table in _tables(reading) if (columns := _fitting(table, mapping))]
    if not found:
        raise NoRegisterError(path=reading.path)
    tasks: list[Task] = []
    doubts: list[str] = []
    title = wish.title or _title(*found[0]) or re.sub(r"\.\w+$", "", re.split(r"[/\\]", reading.path)[-1])
    years = {int(year) for year in YEAR.findall(title)}
    period = Period()
    if len(years) == 1 and wish.year in (None, *years):
        year = years.pop()
        period = Period(wish.day.replace(year=year, month=1, day=1), wish.day.replace(year=year, month=12, day=31))
        if wish.year is None:
            doubts.append(say("intake.period", wish.lang, {"year": str(year)}))
        wish = wish._replace(year=year)
    for table, columns in found:
        reader = _TableReader(table, columns, wish, several=len(found) > 1)
        tasks += reader.tasks()
        doubts += reader.doubts
    first, columns = found[0]
    numbered = tuple(task._replace(position=position) for position, task in enumerate(_with_ids(tasks)))
    plan = Plan(path=wish.path, id=wish.plan_id, title=title, period=period, tasks=numbered, doubts=tuple(dict.fromkeys(doubts)))
    return Register(plan, columns, first.name, len(tasks))


def _fitting(table: Table, mapping: Chosen | None) -> Columns | None:
    if mapping and mapping.sheet and table.name and mapping.sheet != table.name:
        return None
    return find_columns(table.boxes, mapping)


def _tables(reading: Reading) -> Iterator[Table]:
    """Give the tables of a document, a merged cell in each row and column that it covers."""
    boxes: dict[int, dict[tuple[int, int], Box]] = {table.number: {} for table in reading.tables}
    steps = 0
    for block in reading.blocks:
        place = block.table
        if place is None or block.kind is not BlockKind.CELL:
            continue
        box = Box(block.text.strip(), place.row, place.column)
        covered = (min(place.row_span, MOST_ROWS), min(place.column_span, MOST_COLUMNS)) if steps < MOST_STEPS else (1, 1)
        steps += covered[0] * covered[1]
        for row in range(place.row, place.row + covered[0]):
            for column in range(place.column, place.column + covered[1]):
                boxes.setdefault(place.table, {}).setdefault((row, column), box)
    names = {table.number: table.name for table in reading.tables}
    return (Table(names.get(number), found) for number, found in boxes.items() if found)


def _title(table: Table, columns: Columns) -> str | None:
    """Give the title above the headings: the longest text of the first rows."""
    above = dict.fromkeys(box for (row, _), box in table.boxes.items() if row < columns.header and box.row < columns.header)
    texts = [" ".join(box.text.split()) for box in above if box.text not in columns.headings.values()]
    return max((text for text in texts if 4 < len(text) <= LONGEST_TITLE), key=len, default=None)


def _with_ids(tasks: Sequence[Task]) -> Iterator[Task]:
    """Make ids unique where a numbering begins anew: with the number of the part before them."""
    counts = Counter(task.id for task in tasks)
    twice = {name for name, count in counts.items() if count > 1}
    parts: list[tuple[str, ...]] = []
    taken: set[str] = set()
    for task in tasks:
        if task.section not in parts:
            parts.append(task.section)
        name = f"{parts.index(task.section) + 1}.{task.id}" if task.id in twice and len(parts) + (task.section != ()) > 1 else task.id
        number, unique = 1, name
        while unique in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique)
        yield task._replace(id=unique)


class _TableReader:
    """Reads the rows of one table."""

    def __init__(self, table: Table, columns: Columns, wish: Wish, *, several: bool) -> None:
        self.rows = Rows(table, columns)
        self.wish = wish
        self.part: tuple[str, ...] = (table.name,) if several and table.name else ()
        self.doubts: list[str] = []
        if Field.NUMBER not in columns.places:
            self.doubts.append(say("intake.no-number", wish.lang))
        if columns.unread:
            self.doubts.append(say("intake.unread", wish.lang, {"headings": columns.unread}))

    def tasks(self) -> list[Task]:
        """Read all tasks."""
        groups: list[list[int]] = []
        sections: list[tuple[str, ...]] = []
        heading: tuple[str, ...] = ()
        for row in sorted({row for row, _ in self.rows.table.boxes if row > self.rows.columns.header}):
            present = {box for (found, _), box in self.rows.cells(row) if box.text}
            texts = [box.text for box in present]
            if not present or self.rows.is_head(row) or self.rows.is_total(row):
                continue
            if self.rows.is_heading(row, present):
                heading = (" ".join(texts[0].split()),)
            elif self.rows.is_empty(row, present):
                self.doubts.append(self.doubt("empty", row, Field.NUMBER))
            elif groups and self.rows.continues(groups[-1][-1], row):
                groups[-1].append(row)
            else:
                groups.append([row])
                sections.append(heading)
        return [self.task(rows, section, number) for number, (rows, section) in enumerate(zip(groups, sections, strict=True), 1)]

    def task(self, rows: Sequence[int], heading: tuple[str, ...], number: int) -> Task:
        """Make a task of its rows."""
        first = rows[0]
        doubts: list[str] = []
        said = self.rows.text(first, Field.TITLE) or self.rows.text(first, Field.WHAT)
        doubts += [self.doubt("formula", row, field) for row in rows for field in Field if is_formula(self.rows.raw(row, field))]
        if not said:
            said = self.rows.first_text(first)
            doubts.append(self.doubt("title", first, Field.TITLE))
        title = _short(said)
        part = " ".join(self.rows.text(first, Field.SECTION).split())
        section = (*self.part, *heading, *((part,) if part else ()))
        lead, support, flags = self.duty(rows, doubts)
        deadlines: list[Deadline] = []
        progress: list[Progress] = []
        for row in rows:
            of_row = self.deadlines(row, len(deadlines), doubts, several=len(rows) > 1)
            deadlines += of_row
            entry = self.progress(row, of_row, lead, doubts)
            progress += [entry._replace(position=len(progress))] if entry else []
        whole = "\n".join(dict.fromkeys(box.text for row in rows for _, box in self.rows.cells(row) if box.text))
        notes = [text for text in (said if title != " ".join(_joined(said).split()) else "", self.rows.text(first, Field.NOTE)) if text]
        found = NUMBER.fullmatch(narrow(self.rows.text(first, Field.NUMBER))[0])
        clause = found[1] if found else None
        if clause is None and Field.NUMBER in self.rows.columns.places:
            doubts.append(self.doubt("number", first, Field.NUMBER))
        return Task(
            id=clause or str(number),
            title=title,
            section=section,
            lead=lead,
            support=support,
            basis=Basis.STATED if lead else None,
            shared_by_duty=flags[0],
            open_list=flags[1],
            note="\n".join(notes) or None,
            deadlines=tuple(deadlines),
            progress=tuple(sorted(progress, key=lambda each: each.on)),
            source=ClauseRef(clause, digest(whole)),
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def duty(self, rows: Sequence[int], doubts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[bool, bool]]:
        """Read who is responsible: who leads, who supports, and whether that is shared by function or open."""
        lead: list[str] = []
        support: list[str] = []
        by_duty = is_open = False
        for row in rows:
            for field in (Field.LEAD, Field.DUTY, Field.SUPPORT):
                text = self.rows.text(row, field)
                if not text:
                    continue
                duty = read_duty(_listed(text), first_leads=False)
                by_duty, is_open = by_duty or duty.by_duty, is_open or duty.is_open
                (support if field is Field.SUPPORT else lead).extend(duty.lead)
                support += duty.support
        if not lead:
            doubts.append(self.doubt("lead", rows[0], Field.LEAD if Field.LEAD in self.rows.columns.places else Field.DUTY))
        leads = tuple(dict.fromkeys(lead))
        return leads, tuple(name for name in dict.fromkeys(support) if name not in leads), (by_duty, is_open)

    def deadlines(self, row: int, before: int, doubts: list[str], *, several: bool) -> list[Deadline]:
        """Read the deadlines of a row; what has no date is kept as words."""
        text = self.rows.text(row, Field.DUE)
        what = " ".join(self.rows.text(row, Field.WHAT).split())
        if not text:
            return (
                [Deadline(f"d{before + 1}", Kind.ONGOING, vague=True, position=before, what=what, quote=_short(what))]
                if several and what
                else []
            )
        found = self.read_due(text, row, doubts)
        return [
            each._replace(id=f"d{number}", position=number - 1, what=_short(what) if what else each.what)
            for number, each in enumerate(found, before + 1)
        ]

    def read_due(self, text: str, row: int, doubts: list[str]) -> list[Deadline]:
        """Read the words of a date or a cycle."""
        wish = self.wish
        folded, _ = narrow(text)
        whole = ALL_YEAR.fullmatch(folded)
        year = int(whole["year"]) if whole and whole["year"] else wish.year or wish.day.year
        names_year = bool(re.search(r"[0-9〇零一二]{4}", folded))
        try:
            due = wish.day.replace(year=year, month=12, day=31) if whole else values.read_day(Cell(text), year, wish.epoch)
        except Unreadable:
            script = write_script([Line(text)])
            context = Context(year=year, is_year_sure=wish.year is not None)
            drafted = read_obligations(script, 0, len(script.text), context)
            found = [fitted.deadline for each in (*drafted.deadlines, *drafted.hints) if (fitted := fit(each.deadline))]
            found = [each._replace(what=None, actors=()) for each in found]
        else:
            found = [Deadline("", Kind.ONCE, due=due, quote=text)]
        if not found:
            doubts.append(self.doubt("due", row, Field.DUE))
            return [Deadline("", Kind.ONGOING, vague=True, quote=_short(text))]
        if not names_year and wish.year is None and any(each.due for each in found):
            doubts.append(self.doubt("year", row, Field.DUE, year=str(year)))
        return found

    def progress(self, row: int, of_row: Sequence[Deadline], lead: Sequence[str], doubts: list[str]) -> Progress | None:
        """Read what was done."""
        note, state_text = self.rows.text(row, Field.PROGRESS), self.rows.text(row, Field.STATE)
        state = wording.SPOKEN.get(values.squeezed(state_text)) or wording.SPOKEN.get(values.squeezed(note))
        if state_text and state is None:
            note = f"{state_text}\n{note}".strip() if state_text != note else note
        if state and values.squeezed(note) in wording.SPOKEN:
            note = ""
        percent = self.percent(row, doubts)
        day = self.day(row, doubts)
        state = state or self.finished(row, percent, day, doubts)
        deadline = of_row[0] if len(of_row) == 1 else None
        if state in SETTLED and ((deadline is None and of_row) or (deadline and deadline.every)):
            doubts.append(self.doubt("settled", row, Field.STATE if state_text else Field.PROGRESS))
            state, note = None, note or state_text or self.rows.text(row, Field.PROGRESS)
        evidence = tuple(map(Evidence, values.read_list(Cell(self.rows.text(row, Field.EVIDENCE)))))
        if not (note or state or percent is not None or evidence):
            return None
        unit = lead[0] if lead else None
        if day is None:
            self.doubts.append(say("intake.undated", self.wish.lang, {"day": self.wish.day}))
        return Progress(day or self.wish.day, 0, unit, deadline.id if deadline else None, None, state, note or None, evidence, percent)

    def percent(self, row: int, doubts: list[str]) -> float | None:
        """Read how far a task has come; what cannot be read is a doubt."""
        text = self.rows.text(row, Field.PERCENT)
        if not text:
            return None
        try:
            return values.read_percent(Cell(text))
        except Unreadable:
            doubts.append(self.doubt("percent", row, Field.PERCENT))
            return None

    def finished(self, row: int, percent: float | None, day: date | None, doubts: list[str]) -> State | None:
        """Tell whether a task is done although no word says so: it has the day on which it was; all of it alone is only a doubt."""
        dated = bool(self.rows.text(row, Field.FINISHED)) and day is not None
        if dated and day and day <= self.wish.day and percent in (None, WHOLE):
            return State.DONE
        if dated or percent == WHOLE:
            doubts.append(self.doubt("finished", row, Field.FINISHED if dated else Field.PERCENT))
        return None

    def day(self, row: int, doubts: list[str]) -> date | None:
        """Read the day of an entry, that on which the task was done first; one that cannot be read is a doubt."""
        field = Field.FINISHED if self.rows.text(row, Field.FINISHED) else Field.ON
        text, wish = self.rows.text(row, field), self.wish
        if not text:
            return None
        try:
            return values.read_day(Cell(text), wish.year or wish.day.year, wish.epoch)
        except Unreadable:
            doubts.append(self.doubt("day", row, field))
            return None

    def doubt(self, kind: str, row: int, field: Field, **args: object) -> str:
        """Put a doubt into words, with its cell."""
        lang = self.wish.lang
        text = say(f"intake.{kind}", lang, {"text": _short(self.rows.raw(row, field)), **args})
        column = self.rows.columns.places.get(field, 1)
        box = self.rows.box(row, field)
        place = {"part": self.rows.table.name or "", "cell": name_of(box.row if box else row, column)}
        return say("doubt.at", lang, {"text": text, "place": say("doubt.at.cell" if self.rows.table.name else "doubt.at.box", lang, place)})


def _joined(text: str) -> str:
    """Put the lines of a cell together as one; between Chinese characters no blank is needed."""
    return re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text).replace("\n", " ")


def _short(text: str) -> str:
    """Give the first sentence of a text, on one line."""
    line = " ".join(_joined(next((part for part in FIRST_SENTENCE.split(text) if part.strip()), text)).split())
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"


def _listed(text: str) -> str:
    """Join the lines of a cell: names that stand below each other are a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return narrow("、".join(line.rstrip("、，,；;") for line in lines))[0]
