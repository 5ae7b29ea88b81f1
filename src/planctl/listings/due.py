"""The list of what is due: one record an occurrence, one row of a table a deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.messages import say
from planctl.statuses import Status
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.statuses import Judged
    from planctl.workspace import Workspace


NAMED_OWNERS = 2
NAMED_MISSING = 4


class Row(NamedTuple):
    """A deadline's newest occurrence, how many earlier ones were missed, and how many others there are."""

    judged: Judged
    missed: int = 0
    others: int = 0


def record(workspace: Workspace, judged: Judged) -> dict[str, Any]:
    """Give an occurrence as the record of `planctl due --format json`."""
    occurrence = judged.occurrence
    plan, task, deadline = occurrence.plan, occurrence.task, occurrence.deadline
    canonical = workspace.directory_of(plan).canonical
    return {
        "plan": plan.id,
        "task": task.id,
        "title": task.title,
        "deadline": deadline.id,
        "occurrence": occurrence.id,
        "kind": deadline.kind.value,
        "what": deadline.what,
        "quote": deadline.quote,
        "due": occurrence.due.isoformat() if occurrence.due else None,
        "due_at": occurrence.moment.isoformat(timespec="minutes") if occurrence.moment else None,
        "original_due": occurrence.original.isoformat() if occurrence.original else None,
        "days_left": judged.days_left,
        "status": judged.status.value,
        "provisional": occurrence.provisional,
        "soft": deadline.soft,
        "lead": [canonical(name) for name in task.lead],
        "support": [canonical(name) for name in task.support],
        "actors": [canonical(name) for name in deadline.actors],
        "missing": list(judged.missing),
    }


def collapse(found: Sequence[Judged]) -> list[Row]:
    """Keep one occurrence of each deadline: the newest that is overdue, or else the next; and count the missed before it, and the others.

    An open-ended quarterly duty of 2015 would otherwise drown the answer.
    """
    of_deadline: dict[tuple[str, int, int], list[Judged]] = {}
    for each in found:
        key = (each.occurrence.plan.path, each.occurrence.task.position, each.occurrence.deadline.position)
        of_deadline.setdefault(key, []).append(each)
    rows = {id(row.judged): row for row in map(_row, of_deadline.values())}
    return [rows[id(each)] for each in found if id(each) in rows]


def _row(several: list[Judged]) -> Row:
    overdue = [each for each in several if each.status is Status.OVERDUE]
    kept = overdue[-1] if overdue else several[0]
    missed = max(len(overdue) - 1, 0)
    return Row(kept, missed, len(several) - 1 - missed)


def table(workspace: Workspace, rows: Sequence[Row], lang: str) -> Table:
    """Lay the rows out for people. The plan is left out where all rows are of one."""
    several = len({row.judged.occurrence.plan.id for row in rows}) > 1
    columns = (
        Column(say("column.due", lang), wraps=False),
        Column(say("column.status", lang), wraps=False),
        *((Column(say("column.plan", lang), wraps=False),) if several else ()),
        Column(say("column.task", lang), wraps=False),
        Column(say("column.what", lang)),
        Column(say("column.source", lang)),
        Column(say("column.owner", lang)),
    )
    cells = tuple(_cells(workspace, row, lang, several=several) for row in rows)
    stacks = ((0, 1), (3, 2), (4, 5), (6,)) if several else ((0, 1), (2,), (3, 4), (5,))
    return Table(columns, cells, tuple(row.judged.status.value for row in rows), tone_column=1, stacks=stacks)


def _cells(workspace: Workspace, row: Row, lang: str, *, several: bool) -> tuple[str, ...]:
    occurrence = row.judged.occurrence
    plan, task, deadline = occurrence.plan, occurrence.task, occurrence.deadline
    canonical = workspace.directory_of(plan).canonical
    return (
        due_text(row.judged),
        status_text(row.judged, lang),
        *((plan.id,) if several else ()),
        task.id,
        deadline.what or task.title,
        _source(row, lang),
        _owners([canonical(name) for name in deadline.actors or task.lead], lang),
    )


def _source(row: Row, lang: str) -> str:
    """Say where a row comes from: its period, the words of the document, and what is to be known about them."""
    occurrence = row.judged.occurrence
    deadline = occurrence.deadline
    parts = [occurrence.period] if occurrence.period else []
    parts += [say("mark.quote", lang, {"quote": deadline.wording})] if deadline.wording else []
    parts += marks(row.judged, lang)
    parts += [say("mark.missed", lang, {"count": row.missed})] if row.missed else []
    parts += [say("mark.others", lang, {"count": row.others})] if row.others else []
    return " ".join(parts)


def _owners(names: list[str], lang: str) -> str:
    """Name the first two and count the rest: more do not fit a cell."""
    if len(names) <= NAMED_OWNERS:
        return say("list", lang, {"all": names})
    return say("list.and-others", lang, {"first": names[:NAMED_OWNERS], "count": len(names)})


def due_text(judged: Judged) -> str:
    """Show a due date, or a dash where there is none yet."""
    return judged.occurrence.due.isoformat() if judged.occurrence.due else "—"


def marks(judged: Judged, lang: str) -> list[str]:
    """Say what is to be known about a due date: that it was extended, an estimate, an aim; and who is missing."""
    occurrence = judged.occurrence
    said = [say("mark.extended", lang, {"original": occurrence.original})] if occurrence.extensions else []
    said += [say("mark.provisional", lang)] if occurrence.provisional else []
    said += [say("mark.soft", lang)] if occurrence.deadline.soft else []
    return said + ([missing_text(judged.missing, lang)] if judged.missing else [])


def missing_text(names: Sequence[str], lang: str) -> str:
    """Say who of a group has not done its share yet: the first few, and how many in all."""
    if len(names) <= NAMED_MISSING:
        return say("mark.missing", lang, {"names": list(names)})
    return say("mark.missing.some", lang, {"names": list(names[:NAMED_MISSING]), "count": len(names)})


def status_text(judged: Judged, lang: str) -> str:
    """Say a status, with the days."""
    days = judged.days_left
    if days is None or judged.status in (Status.DONE, Status.CANCELLED, Status.SUSPENDED):
        return say(f"status.{judged.status.value}", lang)
    key = "overdue" if days < 0 else "today" if days == 0 else "left"
    return say(f"days.{key}", lang, {"days": abs(days)})
