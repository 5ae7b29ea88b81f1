"""The history of a task: when, by whom, and what changed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.listings.changes import record as change_record
from planctl.listings.changes import remarks
from planctl.listings.statements import Sides
from planctl.messages import say
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.changes.remarks import Remark
    from planctl.history.lineage import Step

PLACES = ("file", "line", "old_file", "old_line")
"""What means nothing of an old version."""


def record(step: Step, lang: str) -> dict[str, Any]:
    """Give a step as the record of `planctl history --format json`."""
    commit = step.commit
    return {
        "commit": commit.id if commit else None,
        "on": commit.on.isoformat() if commit else None,
        "at": commit.at.isoformat() if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        **step.reference._asdict(),
        "changes": [_without_places(change_record(remark)) for remark in _remarks(step, lang)],
    }


def _without_places(of_change: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in of_change.items() if key not in PLACES}


def _remarks(step: Step, lang: str) -> Iterator[Remark]:
    for change, old, new in step.told:
        yield from remarks([change], Sides(old, new), lang)


def table(steps: Sequence[Step], lang: str, *, whole: bool = False) -> Table:
    """Lay steps out, a change a row; who and when stands with the first of each, or in whole rows with every one."""
    columns = [
        Column(say(f"column.{name}", lang), wraps=name in ("subject", "change"))
        for name in ("day", "author", "commit", "subject", "change")
    ]
    rows = []
    for step in steps:
        for number, remark in enumerate(_remarks(step, lang)):
            head = _head(step, lang) if whole or number == 0 else ("",) * 4
            rows.append((*head, remark.text))
    return Table(tuple(columns), tuple(rows), stacks=((0, 1, 2), (3, 4)))


def _head(step: Step, lang: str) -> tuple[str, str, str, str]:
    if step.commit is None:
        return say("history.uncommitted", lang), "", "", ""
    return step.commit.on.isoformat(), step.commit.author, step.commit.id[:7], step.commit.subject
