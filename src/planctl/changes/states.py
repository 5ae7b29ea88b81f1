"""States: two states of a workspace, and what in one is what in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from planctl.changes.identity import Located, TaskPair, is_same, pair_across, pair_deadlines, pair_plans, pair_tasks
from planctl.changes.names import Names, names_of
from planctl.changes.pairs import Pairs, out_of_order
from planctl.changes.transfers import find_transfers
from planctl.changes.unread import find_unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from planctl.model import Plan
    from planctl.workspace import Workspace

T = TypeVar("T")


class States:
    """Two states of a workspace: which plans and tasks are which, which are in one state only, and what went from task to task."""

    def __init__(self, old: Workspace, new: Workspace, since: date | None = None) -> None:
        self.old, self.new = old, new
        self.since = since
        """The day on or after which what is new was recorded, if it is known."""
        self.unread = find_unread(old, new)
        self.plans = pair_plans(self.unread.readable(old), self.unread.readable(new))
        self.ids = {before.id: after.id for before, after in self.plans.both}
        pairs = [self._pair(before, after) for before, after in self.plans.both if before[1:] != after[1:]]
        across = pair_across(
            [*(each for pair in pairs for each in pair.old), *self._tasks(old, self.plans.old)],
            [*(each for pair in pairs for each in pair.new), *self._tasks(new, self.plans.new)],
        )
        self.both = [*(each for pair in pairs for each in pair.both), *across.both]
        self.references = {one.reference: other.reference for one, other in self.both if one.reference != other.reference}
        self.changed = [
            TaskPair(one, other, pair_deadlines(one.task, other.task))
            for one, other in self.both
            if not is_same(one, other) or self.ids.get(one.plan.id) != other.plan.id
        ]
        self.gone, self.came = across.old, across.new
        self._matched = _by_plan(self.both, lambda pair: pair[1])
        self._changed = _by_plan(self.changed, lambda pair: pair.new)
        self.transfers = find_transfers(self.changed, self.gone, self.came)

    def names(self, before: Plan, after: Plan) -> Names:
        """Tell how the units of a plan are called in both states."""
        return names_of(self.old.directory_of(before), self.new.directory_of(after))

    def _pair(self, before: Plan, after: Plan) -> Pairs[Located]:
        return pair_tasks(before, after, self.names(before, after), self.unread.tasks_of(before, after))

    def _tasks(self, workspace: Workspace, plans: Iterable[Plan]) -> list[Located]:
        """List the tasks of plans of one state only, with the proper names of their units."""
        found = []
        for plan in plans:
            names = self.names(plan, plan)
            name = names.of_old if workspace is self.old else names.of_new
            found += [Located(plan, name(task)) for task in plan.tasks if task.id not in self.unread.tasks_of(plan)]
        return found

    def versions(self) -> list[tuple[Plan | None, Plan]]:
        """List the plans of the new state, in their order, with what they were."""
        befores = {id(after): before for before, after in self.plans.both}
        known = {id(after) for after in self.plans.new} | befores.keys()
        return [(befores.get(id(plan)), plan) for plan in self.new.plans if id(plan) in known]

    def matched(self, after: Plan) -> list[tuple[Located, Located]]:
        """List the tasks of a plan that were there before, with what they were, in their order."""
        return self._matched.get(id(after), [])

    def changed_in(self, after: Plan) -> list[TaskPair]:
        """List the tasks of a plan that are not what they were."""
        return self._changed.get(id(after), [])

    def untouched(self, after: Plan, told: set[int]) -> list[TaskPair]:
        """List the other tasks of a plan that were there before."""
        return [
            TaskPair(one, other, pair_deadlines(one.task, other.task)) for one, other in self.matched(after) if id(other.task) not in told
        ]

    def came_into(self, after: Plan) -> list[Located]:
        """List the tasks of a plan that are new."""
        return [each for each in self.came if each.plan is after]

    def gone_from(self, before: Plan) -> list[Located]:
        """List the tasks of a plan that are no longer there."""
        return [each for each in self.gone if each.plan is before]

    def out_of_order(self, before: Plan, after: Plan) -> dict[str, tuple[str | None, str | None]]:
        """Name the tasks of a plan that stand after another than before, and after which they stood and stand."""
        pairs = [(one.task, other.task) for one, other in self.matched(after) if one.plan is before]
        moved = out_of_order([one.position for one, _ in pairs])
        if not moved:
            return {}
        befores, afters = ([task.id for task in plan.tasks] for plan in (before, after))
        return {
            other.id: (_preceding(befores, one.id), _preceding(afters, other.id))
            for one, other in pairs
            if one.position in moved and one.id == other.id and one.section == other.section
        }


def _preceding(ids: list[str], task: str) -> str | None:
    place = ids.index(task)
    return ids[place - 1] if place else None


def _by_plan(pairs: Iterable[T], new: Callable[[T], Located]) -> dict[int, list[T]]:
    """Group pairs of tasks by their plan in the new state, each group in the order of the document."""
    found: dict[int, list[T]] = {}
    for pair in pairs:
        found.setdefault(id(new(pair).plan), []).append(pair)
    return {plan: sorted(several, key=lambda pair: new(pair).task.position) for plan, several in found.items()}
