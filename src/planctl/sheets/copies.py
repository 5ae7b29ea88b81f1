"""Several files of one unit: what only one of them fills in counts, and of what they fill in differently that of the newest."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.sheets.attendance import day_of
from planctl.sheets.filing import touched
from planctl.sheets.names import Names
from planctl.sheets.returns import Remark, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from planctl.sheets.attendance import Arrival
    from planctl.sheets.records import Key
    from planctl.sheets.returns import FilledRow, Return
    from planctl.workspace import Workspace

    Copy = tuple[date | None, int, FilledRow]
    """The day of a file, its number among the files, and its row."""


def settle(workspace: Workspace, arrivals: Iterable[Arrival]) -> list[Return]:
    """Give the forms that came back, each without the rows in which a newer file of the same unit says otherwise.

    Where nothing tells which is the newest, none of them counts.
    """
    names = Names(workspace)
    there = [(each, each.form) for each in arrivals if each.form]
    copies: dict[tuple[tuple[str, str], str, Key], list[Copy]] = {}
    for number, (arrival, form) in enumerate(there):
        for row in form.rows:
            if touched(row):
                place = (names.key(form.organisation, form.unit), form.period, row.key)
                copies.setdefault(place, []).append((day_of(arrival), number, row))
    forms = [form for _, form in there]
    for (_, _, key), several in copies.items():
        if len({said(row) for _, _, row in several}) > 1:
            _choose(forms, key, several)
    return forms


def _choose(forms: list[Return], key: Key, several: Sequence[Copy]) -> None:
    """Take the rows out that do not count."""
    days = [day for day, _, _ in several if day]
    newest = [copy for copy in several if days and copy[0] == max(days)]
    chosen = newest[0] if newest and len({said(row) for _, _, row in newest}) == 1 else None
    kept = {number for _, number, _ in newest} if chosen else set()
    places = [f"{os.path.basename(forms[number].path)}!{row.place}" for _, number, row in several]
    for _, number, row in several:
        if number in kept:
            continue
        form = forms[number]
        if chosen:
            args: dict[str, object] = {"name": str(key), "file": os.path.basename(forms[chosen[1]].path), "day": chosen[0]}
            remark = Remark("S306", os.path.basename(form.path), row.place, args)
        else:
            remark = Remark("S205", os.path.basename(form.path), row.place, {"name": str(key), "places": places})
        rows = tuple(each for each in form.rows if each.key != key)
        forms[number] = form._replace(rows=rows, remarks=(*form.remarks, remark))
