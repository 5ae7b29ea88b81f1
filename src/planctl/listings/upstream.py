"""The list of upper tasks: who took up which, what nobody took up, and what below has no source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.coverage.matrix import Orphan, Uptake
from planctl.messages import say
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.coverage.links import Link
    from planctl.coverage.matrix import Matrix, Row

SOURCELESS = "no-source"
TONES = {
    Uptake.MISSING.value: "overdue",
    Uptake.PARTLY.value: "due",
    Uptake.TAKEN.value: "done",
    Uptake.CANCELLED.value: "cancelled",
    SOURCELESS: "standing",
}
"""How pressing a row is, in the words of statuses."""


class Shown(NamedTuple):
    """Which rows are shown; with neither field set, all of them."""

    missing: bool = False
    stale: bool = False

    def rows(self, matrix: Matrix) -> list[Row]:
        """Choose among the tasks of upper plans."""
        everything = not (self.missing or self.stale)
        return [row for row in matrix.rows if everything or (self.missing and row.is_missing) or (self.stale and row.is_stale)]

    def orphans(self, matrix: Matrix) -> Sequence[Orphan]:
        """Choose among the tasks without a source: they are no gap of the upper plan, and so stand in the whole list only."""
        return () if self.missing or self.stale else matrix.orphans


def records(matrix: Matrix, shown: Shown) -> Iterator[dict[str, Any]]:
    """Go through the records of `planctl upstream --format json`."""
    for row in shown.rows(matrix):
        taken = [_taken(name, link) for name, links in row.takers.items() for link in links]
        yield {
            "upstream": f"{row.plan.id}/{row.task.id}",
            "title": row.task.title,
            "state": row.uptake.value,
            "stale": row.is_stale,
            "taken": taken,
            "missing": list(row.missing),
        }
    for orphan in shown.orphans(matrix):
        below = {"organisation": orphan.organisation, "plan": orphan.plan.id, "task": orphan.task.id, "title": orphan.task.title}
        yield {"upstream": None, "title": orphan.task.title, "state": SOURCELESS, "stale": False, "taken": [below], "missing": []}


def _taken(organisation: str, link: Link) -> dict[str, Any]:
    last = link.confirmation
    return {
        "organisation": organisation,
        "plan": link.plan.id,
        "task": link.task.id,
        "title": link.task.title,
        "confirmed": last.on.isoformat() if last else None,
        "by": last.by if last else None,
        "stale": link.is_stale,
    }


def table(matrix: Matrix, shown: Shown, lang: str) -> Table:
    """Lay the matrix out for people: a row an upper task, a column an organisation."""
    rows = [*shown.rows(matrix)]
    lines = [_row(row, matrix.organisations, lang) for row in rows]
    states = [row.uptake.value for row in rows]
    for orphan in shown.orphans(matrix):
        cells = (
            f"{orphan.plan.id}/{orphan.task.id} {orphan.task.title}" if name == orphan.organisation else "" for name in matrix.organisations
        )
        lines.append(("", "", *cells, say(f"uptake.{SOURCELESS}", lang)))
        states.append(SOURCELESS)
    columns = (
        Column(say("column.upstream", lang), wraps=False),
        Column(say("column.title", lang)),
        *(Column(name) for name in matrix.organisations),
        Column(say("column.uptake", lang), wraps=False),
    )
    return Table(columns, tuple(lines), tuple(TONES[state] for state in states), tone_column=len(columns) - 1)


def _row(row: Row, organisations: Iterable[str], lang: str) -> tuple[str, ...]:
    cells = (say("list", lang, {"all": [_cell(link, lang) for link in row.takers.get(name, ())]}) for name in organisations)
    return (f"{row.plan.id}/{row.task.id}", row.task.title, *cells, say(f"uptake.{row.uptake.value}", lang))


def _cell(link: Link, lang: str) -> str:
    name = f"{link.plan.id}/{link.task.id}"
    return name + say("upstream.stale", lang) if link.is_stale else name


def summary(matrix: Matrix) -> dict[str, int]:
    """Count everything, shown or not."""
    return {
        "count": len(matrix.rows),
        "taken": sum(row.uptake is Uptake.TAKEN for row in matrix.rows),
        "partly": sum(row.uptake is Uptake.PARTLY for row in matrix.rows),
        "missing": sum(row.uptake is Uptake.MISSING for row in matrix.rows),
        "stale": sum(row.is_stale for row in matrix.rows),
        "sourceless": len(matrix.orphans),
    }
