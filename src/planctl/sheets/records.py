"""A form: what one unit is asked, row by row, and what the plan held about each row when the form was made."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planctl.model import Deadline, Plan, Progress, Task
    from planctl.occurrences import Occurrence

VERSION = "1"
"""Of the hidden parts of a form."""


class Entry(StrEnum):
    """What a unit can fill in."""

    STATE = "state"
    PERCENT = "percent"
    NOTE = "note"
    COUNT = "count"
    VALUE = "value"
    ON = "on"
    EVIDENCE = "evidence"


class Key(NamedTuple):
    """What a row is about: an occurrence; a deadline that has none; or a task as a whole."""

    plan: str
    task: str
    deadline: str | None = None
    period: str | None = None

    def __str__(self) -> str:
        name = f"{self.plan}/{self.task}" + (f"/{self.deadline}" if self.deadline else "")
        return f"{name}@{self.period}" if self.period else name


class Known(NamedTuple):
    """What a plan holds about a row: what a unit has last said, and how much it has counted."""

    state: State | None = None
    percent: float | None = None
    value: float | None = None
    counted: int = 0
    note: str | None = None
    """The last one."""
    notes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    on: date | None = None
    """The day of the last entry."""


class Base(NamedTuple):
    """What of `Known` a form remembers, to tell later what has changed on which side. Texts are kept as digests: cells have a limit."""

    state: State | None = None
    percent: float | None = None
    value: float | None = None
    counted: int = 0
    note: str = ""
    shown: str = ""
    """The digest of what the locked cells of the row show."""

    @property
    def digest(self) -> str:
        """Tell by a few letters whether somebody has written to it."""
        return short_digest(self.text)

    @property
    def text(self) -> str:
        """Write it as the hidden sheet holds it."""
        return json.dumps(self._asdict(), ensure_ascii=False, separators=(",", ":"))


class Item(NamedTuple):
    """A row of a form before it is written: what is owed, and who owes it."""

    key: Key
    plan: Plan
    task: Task
    deadline: Deadline | None
    occurrence: Occurrence | None
    owners: tuple[str, ...]
    missed: int = 0
    """How many earlier occurrences of the same deadline are overdue too."""


class Row(NamedTuple):
    """A row of a form as it is written."""

    item: Item
    known: Known


class Form(NamedTuple):
    """A form for one unit."""

    unit: str
    organisation: str
    day: date
    """The day that what it shows is of."""
    rows: tuple[Row, ...]
    period: str = ""
    """`2022-Q4`; empty where the form asks for all that is open."""
    period_text: str = ""
    year: int = 0
    """The year that dates without one are of."""
    reply_by: date | None = None


def base_of(known: Known, shown: Iterable[str]) -> Base:
    """Make what a form remembers of a row."""
    note = short_digest(fold(known.note)) if known.note else ""
    return Base(known.state, known.percent, known.value, known.counted, note, short_digest("\n".join(map(fold, shown))))


def read_base(text: str) -> Base | None:
    """Read what a form remembers of a row; nothing where it is none of ours."""
    try:
        fields = json.loads(text)
        base = Base(**fields)
        return base._replace(state=State(base.state) if base.state else None, counted=int(base.counted))
    except (ValueError, TypeError):
        return None


def fold(text: str | None) -> str:
    """Give a text without what programs change in it: the kind of line breaks, and blanks at the ends of lines."""
    return "\n".join(line.strip() for line in (text or "").replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def short_digest(text: str) -> str:
    """Give a digest that is long enough to notice a change by."""
    return f"h{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:16]}"


def known_of(entries: Iterable[Progress]) -> Known:
    """Put together what entries say, in the order of their dates."""
    known = Known()
    for each in sorted(entries, key=lambda entry: entry.on):
        known = Known(
            state=each.state or known.state,
            percent=known.percent if each.percent is None else each.percent,
            value=known.value if each.value is None else each.value,
            counted=known.counted + (each.counted or 0),
            note=each.note or known.note,
            notes=(*known.notes, fold(each.note)) if each.note else known.notes,
            evidence=(*known.evidence, *map(str, each.evidence)),
            on=each.on,
        )
    return known
