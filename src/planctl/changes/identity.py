"""Identity: which plan, task and deadline of one state is which of the other, whatever its id is now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.pairs import Pairs, unpaired
from planctl.digests import normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from planctl.changes.names import Names
    from planctl.model import Deadline, Plan, Task

ALIKE = 0.5
"""The part of what two records say that has to be the same for one to be the other under a new id."""
WORDS = frozenset({"id", "position", "note", "quote", "restored", "implied"})
"""What a deadline can say otherwise and still demand the same."""


class Located(NamedTuple):
    """A task in its plan; those of the old state name units as the new one does."""

    plan: Plan
    task: Task

    @property
    def reference(self) -> str:
        """`<plan>/<task>`."""
        return f"{self.plan.id}/{self.task.id}"


class TaskPair(NamedTuple):
    """A task in both states, and which of its deadlines are which."""

    old: Located
    new: Located
    deadlines: Pairs[Deadline]


def pair_plans(old: Iterable[Plan], new: Iterable[Plan]) -> Pairs[Plan]:
    """Find plans by id; then those with a new id by what they were made from, by file and title, and by their tasks."""
    return (
        unpaired(old, new)
        .by(lambda plan: plan.id)
        .by(lambda plan: plan.document.number, _share_tasks, once=True)
        .by(lambda plan: normalise(plan.title), _share_tasks, once=True)
        .by(lambda plan: plan.path, _share_tasks)
        .nearest(_shared_titles, ALIKE)
    )


def _share_tasks(old: Plan, new: Plan) -> bool:
    return _shared_titles(old, new) >= ALIKE


def _shared_titles(old: Plan, new: Plan) -> float:
    titles, others = (Counter(normalise(task.title) for task in plan.tasks) for plan in (old, new))
    return (titles & others).total() / max(titles.total(), others.total(), 1)


def pair_tasks(before: Plan, after: Plan, names: Names, skipped: frozenset[str]) -> Pairs[Located]:
    """Find the tasks of a plan: by id where the content agrees, then by content, and by the id alone at last.

    An id alone is not enough while the content of another stands under it: after a new item 4, every later item has a new number.
    """
    olds = (Located(before, task) for task in before.tasks if task.id not in skipped)
    news = (Located(after, task) for task in after.tasks if task.id not in skipped)
    same = unpaired(olds, news).by(lambda each: each.task.id, is_same)
    changed = unpaired(
        (each._replace(task=names.of_old(each.task)) for each in same.old),
        (each._replace(task=names.of_new(each.task)) for each in same.new),
    )
    found = changed.by(lambda each: each.task.id, _is_continued)
    found = found.by(_clause, once=True).by(_gist, once=True).by(lambda each: each.task.id).by(_demands, once=True)
    return found._replace(both=(*same.both, *found.both))


def pair_across(old: Iterable[Located], new: Iterable[Located]) -> Pairs[Located]:
    """Find the tasks that stand in another plan now, among those that are left over in theirs."""
    return unpaired(old, new).by(_clause, once=True).by(_gist, once=True)


def pair_deadlines(old: Task, new: Task) -> Pairs[Deadline]:
    """Find deadlines by id; then by their kind with the quote, and with what is to be done; then the most alike."""
    return (
        unpaired(old.deadlines, new.deadlines)
        .by(lambda each: each.id)
        .by(lambda each: each.quote and (each.kind, normalise(each.quote)), once=True)
        .by(lambda each: each.what and (each.kind, normalise(each.what)), once=True)
        .nearest(_likeness, ALIKE)
    )


def is_same(old: Located, new: Located) -> bool:
    """Tell whether two tasks say the same, wherever they stand."""
    before, after = old.task, new.task
    return before[:2] == after[:2] and before[3:] == after[3:]


def _is_continued(old: Located, new: Located) -> bool:
    clause = _clause(old)
    return (clause is not None and clause == _clause(new)) or normalise(old.task.title) == normalise(new.task.title)


def _clause(each: Located) -> Hashable | None:
    return each.task.source.digest if each.task.source else None


def _gist(each: Located) -> Hashable:
    task = each.task
    return normalise(task.title), task.lead, tuple(deadline.quote for deadline in task.deadlines)


def _demands(each: Located) -> Hashable | None:
    found = tuple(demand(deadline) for deadline in each.task.deadlines)
    return found if found and None not in found else None


def demand(deadline: Deadline) -> Hashable | None:
    """Give all that a deadline demands, whatever its id; `None` for one that does not say what has to be done: that may be anything."""
    if not (deadline.what or deadline.metric):
        return None
    return tuple(value for name, value in zip(deadline._fields, deadline, strict=True) if name not in WORDS)


def _likeness(old: Deadline, new: Deadline) -> float:
    """Tell which part of what either deadline says both say."""
    if old.kind is not new.kind:
        return 0.0
    said = [(one, other) for name, one, other in zip(old._fields, old, new, strict=True) if name not in ("id", "position", "kind")]
    told = [(one, other) for one, other in said if one or other]
    return sum(one == other for one, other in told) / len(told) if told else 0.0
