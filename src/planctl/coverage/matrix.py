"""The matrix: which organisation took up which task of an upper plan, and what nobody took up."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from planctl.coverage.links import Link, confirmed_by, links

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planctl.model import Decision, Plan, Task
    from planctl.workspace import Workspace


class Uptake(StrEnum):
    """How far a task of an upper plan was taken up."""

    TAKEN = "taken"
    PARTLY = "partly"
    MISSING = "missing"
    CANCELLED = "cancelled"


class Row(NamedTuple):
    """A task of an upper plan, with the links to it by organisation. Every organisation that ought to take it up is there."""

    plan: Plan
    task: Task
    takers: Mapping[str, tuple[Link, ...]]
    uptake: Uptake

    @property
    def missing(self) -> tuple[str, ...]:
        """The organisations that have not taken it up."""
        return tuple(name for name, found in self.takers.items() if not found) if self.uptake is not Uptake.CANCELLED else ()

    @property
    def is_missing(self) -> bool:
        """Whether nobody took it up, or not everybody who ought to."""
        return self.uptake in (Uptake.MISSING, Uptake.PARTLY)

    @property
    def is_stale(self) -> bool:
        """Whether some link to it was confirmed when the task was another."""
        return any(link.is_stale for found in self.takers.values() for link in found)


class Orphan(NamedTuple):
    """A task without a source in any upper plan, in a plan that has such sources."""

    plan: Plan
    task: Task
    organisation: str


class Matrix(NamedTuple):
    """All tasks of upper plans, and the tasks below that come from none of them."""

    organisations: tuple[str, ...]
    rows: tuple[Row, ...]
    orphans: tuple[Orphan, ...]


def upper_plans(workspace: Workspace) -> list[Plan]:
    """List the plans that others link to: those of this repository that another one names, and all that others have published."""
    named = {(name.partition("/")[0], plan.id) for plan in workspace.plans for task in plan.tasks for name in task.upstream}
    upper = {name for name, by in named if name != by}
    return [*(plan for plan in workspace.plans if plan.id in upper), *workspace.published_plans()]


def survey(workspace: Workspace, uppers: Sequence[Plan], day: date, plans: Sequence[Plan] = ()) -> Matrix:
    """Lay out who took up what.

    An organisation ought to take up every task of an upper plan as soon as one of its plans has a link to it.

    Args:
        workspace: the plans, and those of others.
        uppers: the upper plans that are asked about.
        day: what was confirmed, cancelled or ended later does not count; a task that was given up takes up nothing.
        plans: the plans below that are asked about, whether they have links or not; by default those that have.
    """
    asked = plans or workspace.plans
    upper_paths = {upper.path for upper in uppers}
    known = links(workspace, [confirmed_by(plan, day) for plan in asked if not _is_over(day, plan.ended)])
    found = [link for link in known if link.upper_plan.path in upper_paths - {link.plan.path} and not _is_over(day, link.task.cancelled)]
    by_upper: dict[str, list[Link]] = {}
    for link in found:
        by_upper.setdefault(link.upper_plan.path, []).append(link)
    rows = []
    for upper in uppers:
        of_upper = by_upper.get(upper.path, [])
        names = _organisations(workspace, plans or [link.plan for link in of_upper])
        rows += [_row(workspace, upper, task, names, [link for link in of_upper if link.upper.id == task.id], day) for task in upper.tasks]
    linked = {link.plan.path for link in found}
    below = plans or [plan for plan in asked if plan.path in linked]
    return Matrix(_organisations(workspace, below), tuple(rows), tuple(_orphans(workspace, below, day)))


def _is_over(day: date, *decisions: Decision | None) -> bool:
    """Tell whether one of these decisions, to cancel a task or end a plan, holds on a day."""
    return any(decision is not None and decision.on <= day for decision in decisions)


def _organisations(workspace: Workspace, plans: Sequence[Plan]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(workspace.organisation_of(plan) for plan in plans))


def _row(workspace: Workspace, plan: Plan, task: Task, names: Sequence[str], found: Sequence[Link], day: date) -> Row:
    takers = {name: tuple(link for link in found if workspace.organisation_of(link.plan) == name) for name in names}
    if _is_over(day, task.cancelled, plan.ended):
        return Row(plan, task, takers, Uptake.CANCELLED)
    if not found:
        return Row(plan, task, takers, Uptake.MISSING)
    return Row(plan, task, takers, Uptake.TAKEN if all(takers.values()) else Uptake.PARTLY)


def _orphans(workspace: Workspace, plans: Sequence[Plan], day: date) -> Iterator[Orphan]:
    for plan in plans:
        for task in plan.tasks:
            if not task.upstream and not _is_over(day, task.cancelled, plan.ended):
                yield Orphan(plan, task, workspace.organisation_of(plan))
