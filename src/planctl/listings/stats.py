"""The lists of `planctl stats`: tallies by plan, unit or section, and the burn-up day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.messages import say
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.history.burnup import Point
    from planctl.history.tallies import Group, Tally

FIGURES = {
    "tasks": "stats.tasks",
    "due": "stats.due",
    "done": "stats.done",
    "on_time": "stats.on-time",
    "late": "stats.late",
    "overdue": "stats.overdue",
    "early": "stats.early",
    "awaiting": "stats.awaiting",
    "suspended": "stats.suspended",
    "cancelled": "stats.cancelled",
}
STACKS = (("tasks", "due", "done"), ("on_time", "late", "overdue"), ("early", "awaiting", "suspended", "cancelled"))
"""Figures that stand above one another where the terminal is narrow; the rates follow."""
RATES = {"completion": "stats.completion", "on_time_rate": "stats.on-time-rate"}
POINTS = {
    "total": "stats.total",
    "due": "stats.due-by-then",
    "done": "stats.done-by-then",
    "early": "stats.early",
    "overdue": "stats.overdue",
}
"""What is counted, and how it is headed."""


def record(by: str, group: Group, tally: Tally) -> dict[str, Any]:
    """Give a tally as the record of `planctl stats --format json`."""
    rates = {name: None if (rate := getattr(tally, name)) is None else round(rate, 4) for name in RATES}
    return {"by": by, **group._asdict(), **tally._asdict(), **rates}


def table(found: Sequence[tuple[Group, Tally]], whole: Tally | None, lang: str) -> Table:
    """Lay tallies out for people, with the whole below if there is more than one. What all rows have in common is left out."""
    names = _names([group for group, _ in found])
    columns = [Column(say(f"column.{name}", lang)) for name in names]
    columns += _figures((FIGURES | RATES).values(), lang)
    rows = [(*(getattr(group, name) or "—" for name in names), *_cells(tally)) for group, tally in found]
    if whole and len(found) > 1:
        rows.append((say("stats.whole", lang), *("" for _ in names[1:]), *_cells(whole)))
    return Table(tuple(columns), tuple(rows), stacks=_stacks(len(names)))


def _stacks(names: int) -> tuple[tuple[int, ...], ...]:
    """Say which columns stand above one another: the names, the figures in groups, the rates."""
    order = [*FIGURES, *RATES]
    places = (tuple(names + order.index(name) for name in several) for several in (*STACKS, tuple(RATES)))
    return (tuple(range(names)), *places)


def _figures(headings: Iterable[str], lang: str) -> list[Column]:
    return [Column(say(heading, lang), right=True, wraps=False) for heading in headings]


def _names(groups: Sequence[Group]) -> list[str]:
    """Choose what tells the groups apart: the unit or the section, the plan, the organisation."""
    own = [name for name in ("unit", "section") if any(getattr(group, name) is not None for group in groups)]
    several = [name for name in ("plan", "organisation") if len({getattr(group, name) for group in groups} - {None}) > 1]
    return [*own, *several] or ["plan"]


def _cells(tally: Tally) -> tuple[str, ...]:
    return (*(str(getattr(tally, name)) for name in FIGURES), *(percentage(getattr(tally, name)) for name in RATES))


def percentage(share: float | None) -> str:
    """Write a share of what was due; a dash where nothing was."""
    return "—" if share is None else f"{share:.1%}"


def point_record(point: Point) -> dict[str, Any]:
    """Give a point of the burn-up as the record of `planctl stats --trend --format json`."""
    return {**point._asdict(), "day": point.day.isoformat(), "source": "git" if point.commit else "records"}


def trend(points: Sequence[Point], lang: str) -> Table:
    """Lay the burn-up out for people, a day a row."""
    committed = any(point.commit for point in points)
    columns = [Column(say("column.day", lang), wraps=False)]
    columns += _figures(POINTS.values(), lang)
    columns += [Column(say("column.commit", lang), wraps=False)] if committed else []
    rows = [(point.day.isoformat(), *(str(getattr(point, name)) for name in POINTS), *_commit(point)) for point in points]
    return Table(tuple(columns), tuple(rows), stacks=((0, 6), (1, 2), (3, 4), (5,)) if committed else ((0,), (1, 2), (3, 4), (5,)))


def _commit(point: Point) -> tuple[str, ...]:
    return (point.commit[:7],) if point.commit else ()
