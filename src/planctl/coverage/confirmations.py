"""Confirmations: that somebody compared a task with its upper task, recorded in the plan, for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl import codec, layout, sources, storage
from planctl.editing import Insert
from planctl.errors import ChangedMeanwhileError
from planctl.model import Plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planctl.coverage.links import Link
    from planctl.editing import Value


def is_recorded(link: Link, on: date, by: str) -> bool:
    """Tell whether a link has this very confirmation already."""
    last = link.confirmation
    return last is not None and (last.on, last.by, last.fingerprint) == (on, by, link.fingerprint)


def confirm(path: str, links: Sequence[Link], on: date, by: str) -> None:
    """Append a confirmation of each link to its task in a plan file. What was confirmed before stays.

    Raises:
        ChangedMeanwhileError: the file no longer has one of the tasks.
        CannotWriteError, LockedError: the operating system or another process of planctl is against it.
    """

    def change(before: bytes) -> bytes:
        plan, _ = codec.decode(sources.decode(path, before))
        places = {task.id: task.position for task in reversed(plan.tasks)} if isinstance(plan, Plan) else {}
        if not {link.task.id for link in links} <= places.keys():
            raise ChangedMeanwhileError(path=path)
        edits = [Insert(("tasks", places[link.task.id], "confirmed"), None, _entry(link, on, by)) for link in links]
        return layout.edit(before.decode(), path, edits).encode()

    storage.update(path, change)


def _entry(link: Link, on: date, by: str) -> dict[str, Value]:
    return {"upstream": link.reference, "on": on.isoformat(), "by": by, "fingerprint": link.fingerprint}
