"""Rows: what stands in the lists of the page, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from planctl.page.tallies import Tally


class Due(NamedTuple):
    """One occurrence, in the words of a row."""

    plan: str
    """The id of the plan."""
    task: str
    title: str
    anchor: str
    """Where the task stands in the page."""
    what: str
    quote: str
    period: str
    due: date | None
    original: date | None
    """The date before it was moved; `None` where it was not."""
    days_left: int | None
    status: str
    status_words: str
    light: str
    provisional: bool
    owners: tuple[str, ...]
    units: tuple[str, ...]
    """Everyone who has a part in it, the members of groups too."""
    missed: int = 0
    """How many earlier ones of the same deadline are overdue."""
    others: int = 0
    """How many later ones of the same deadline follow."""
    missing: str = ""
    """Who of a group has not done its share, where others have."""


class Obligation(NamedTuple):
    """One deadline of a task with what it has yielded so far and what comes next."""

    id: str
    what: str
    rule: str
    quote: str
    marks: tuple[str, ...]
    notes: tuple[str, ...]
    occurrences: tuple[Due, ...]


class Entry(NamedTuple):
    """One dated record of what happened."""

    on: date
    unit: str
    words: str
    evidence: tuple[str, ...]


class Item(NamedTuple):
    """One task."""

    plan: str
    id: str
    anchor: str
    title: str
    section: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    units: tuple[str, ...]
    status: str
    light: str
    light_words: str
    next: Due | None
    """What is most pressing: the newest that is overdue, or the next."""
    note: str
    obligations: tuple[Obligation, ...]
    entries: tuple[Entry, ...]


class Card(NamedTuple):
    """One plan."""

    id: str
    title: str
    number: str
    organisation: str
    start: date | None
    end: date | None
    tally: Tally


class Mark(NamedTuple):
    """A due date in a lane."""

    due: date
    status: str
    words: str
    original: date | None


class Lane(NamedTuple):
    """The due dates of one deadline, half a year back and half a year ahead."""

    plan: str
    label: str
    marks: tuple[Mark, ...]


class Totals(NamedTuple):
    """Counts of everything: tasks by status and by light, in a fixed order, and what was owed so far."""

    tally: Tally
    statuses: tuple[tuple[str, int], ...]
    lights: tuple[tuple[str, int], ...]
    soon: int
    """Occurrences that are due soon."""
