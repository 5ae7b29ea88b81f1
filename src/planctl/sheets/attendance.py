"""Who has reported: the forms that came back, against the units that owe something."""

from __future__ import annotations

import os
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.sheets.dues import is_owed
from planctl.sheets.filing import touched
from planctl.sheets.names import Names
from planctl.sheets.values import Unreadable, read_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from planctl.errors import PlanctlError
    from planctl.sheets.records import Form
    from planctl.sheets.returns import Return
    from planctl.workspace import Workspace


class Presence(StrEnum):
    """What has become of a unit's form."""

    REPORTED = "reported"
    LATE = "late"
    BLANK = "blank"
    """It came back with nothing filled in."""
    UNREADABLE = "unreadable"
    MISSING = "missing"
    UNEXPECTED = "unexpected"
    """Of a unit that owes nothing, or of another period."""


class Attendance(NamedTuple):
    """A unit and its form."""

    unit: str
    presence: Presence
    files: tuple[str, ...] = ()
    on: date | None = None
    """The day that the form says, or else that of the file."""
    rows: int = 0
    filled: int = 0
    period: str = ""


class Arrival(NamedTuple):
    """A file that came back: the form in it, or why there is none, and the day of the file."""

    path: str
    form: Return | None
    error: PlanctlError | None = None
    saved: date | None = None


def usual_period(arrivals: Iterable[Arrival]) -> str:
    """Tell the period that most forms are of."""
    counts = Counter(each.form.period for each in arrivals if each.form)
    return counts.most_common(1)[0][0] if counts else ""


class Call(NamedTuple):
    """What was asked for, and of whom."""

    workspace: Workspace
    expected: Sequence[Form]
    period: str
    reply_by: date | None = None


def attend(call: Call, arrivals: Sequence[Arrival]) -> list[Attendance]:
    """Say of every unit that owes something, and of every file, what has become of it; who is missing comes first.

    A unit is the same under its old name and its new one. Who has reported is expected too where nothing of it is open any more.
    """
    names = Names(call.workspace)
    units = {names.key(form.organisation, form.unit): (form.unit, len(form.rows)) for form in call.expected}
    found: dict[tuple[str, str], list[Arrival]] = {}
    others: list[Attendance] = []
    for each in arrivals:
        form = each.form
        key = names.key(form.organisation, form.unit) if form else _by_name(each.path, units, names) or ("", each.path)
        if form and not (form.period == call.period and (key in units or _is_expected(call.workspace, form))):
            others.append(_of(form.unit, [each], call.reply_by)._replace(presence=Presence.UNEXPECTED))
            continue
        if form:
            units.setdefault(key, (form.unit, len(form.rows)))
        found.setdefault(key, []).append(each)
    there = [_of(unit, found.pop(key, []), call.reply_by, rows) for key, (unit, rows) in units.items()]
    nameless = [Attendance("", Presence.UNREADABLE, (os.path.basename(path),)) for _, path in found]
    order = list(Presence)
    return sorted([*there, *others, *nameless], key=lambda each: -order.index(each.presence))


def _is_expected(workspace: Workspace, form: Return) -> bool:
    """Tell whether a unit was rightly asked, although all of it is settled by now."""
    return any(is_owed(workspace, row.key, max(row.due or form.day, form.day), form.organisation, form.unit) for row in form.rows)


def _by_name(path: str, units: Iterable[tuple[str, str]], names: Names) -> tuple[str, str] | None:
    """Tell by the name of a file whose it is; the longest name that stands in it."""
    file = os.path.basename(path)
    fitting = [(len(name), key[0] in file, key) for key in units for name in names.spoken(*key) if name in file]
    return max(fitting)[2] if fitting else None


def _of(unit: str, arrivals: Sequence[Arrival], reply_by: date | None, rows: int = 0) -> Attendance:
    forms = [each for each in arrivals if each.form]
    files = tuple(os.path.basename(each.path) for each in arrivals)
    if not arrivals:
        return Attendance(unit, Presence.MISSING, rows=rows)
    if not forms:
        return Attendance(unit, Presence.UNREADABLE, files, rows=rows)
    filled = {row.key for each in forms if each.form for row in each.form.rows if touched(row)}
    days = [day for each in forms if (day := day_of(each))]
    limits = [each.form.reply_by for each in forms if each.form and each.form.reply_by]
    limit = reply_by or max(limits, default=None)
    late = bool(limit and days and min(days) > limit)
    presence = Presence.BLANK if not filled else Presence.LATE if late else Presence.REPORTED
    period = next((each.form.period for each in forms if each.form), "")
    asked = max(rows, len(filled)) or max(len(each.form.rows) for each in forms if each.form)
    return Attendance(unit, presence, files, min(days, default=None), asked, len(filled), period)


def day_of(arrival: Arrival) -> date | None:
    """Tell when a form was filled in: as it says itself, or else when it was saved."""
    form = arrival.form
    if form and form.reported and form.reported.cell.text.strip():
        try:
            return read_day(form.reported.cell, form.year, form.epoch)
        except Unreadable:
            pass
    if form and form.modified and form.modified != form.day:
        return form.modified
    return arrival.saved
