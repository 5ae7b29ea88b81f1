"""Transfers: deadlines that stand in another task now, and by them the tasks that were split or merged.

Only what is certain: a deadline that says what has to be done, that one task lost and one gained, and that demands the very same.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.identity import Located, TaskPair, demand

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from planctl.model import Deadline


class Transfer(NamedTuple):
    """A deadline that one task lost and another gained."""

    source: Located
    target: Located
    old: Deadline
    new: Deadline


class Transfers(NamedTuple):
    """All deadlines that moved, and what became of tasks by it."""

    all: tuple[Transfer, ...]
    made_from: dict[str, list[str]]
    """New tasks, by reference, and the tasks that their deadlines come from."""
    gone_into: dict[str, list[Located]]
    """Tasks that are gone, by reference, and the tasks that have their deadlines."""

    def into(self, task: Located) -> list[Transfer]:
        """List what a task gained."""
        return [each for each in self.all if each.target is task]

    def of(self, pair: TaskPair) -> frozenset[str]:
        """Name the deadlines of a task that went or came, as `old ID` and `new ID`."""
        gone = (f"old {each.old.id}" for each in self.all if each.source is pair.old)
        return frozenset((*gone, *(f"new {each.new.id}" for each in self.all if each.target is pair.new)))


def find_transfers(pairs: Iterable[TaskPair], gone: tuple[Located, ...], came: tuple[Located, ...]) -> Transfers:
    """Find the deadlines that moved between tasks.

    Args:
        pairs: the tasks of both states that are not the same.
        gone: the tasks of the old state only.
        came: those of the new one only.
    """
    lost, gained = list(_of_tasks(gone)), list(_of_tasks(came))
    for pair in pairs:
        lost += [(pair.old, deadline) for deadline in pair.deadlines.old]
        gained += [(pair.new, deadline) for deadline in pair.deadlines.new]
    olds, news = _single(lost), _single(gained)
    found = tuple(Transfer(*_joined(olds[key], news[key])) for key in olds if key in news)
    made = {each.reference: [one.source.reference for one in found if one.target is each] for each in came}
    into = {each.reference: [one.target for one in found if one.source is each] for each in gone}
    return Transfers(
        found,
        {each.reference: list(dict.fromkeys(made[each.reference])) for each in came if _all_of(each, made[each.reference])},
        {each.reference: list(dict.fromkeys(into[each.reference])) for each in gone if _all_of(each, into[each.reference])},
    )


def _of_tasks(tasks: Iterable[Located]) -> Iterator[tuple[Located, Deadline]]:
    return ((each, deadline) for each in tasks for deadline in each.task.deadlines)


def _single(found: list[tuple[Located, Deadline]]) -> dict[Hashable, tuple[Located, Deadline]]:
    """Index deadlines by what they demand, leaving out those of which there are several."""
    demands = [demand(deadline) for _, deadline in found]
    counts = Counter(demands)
    return {key: each for key, each in zip(demands, found, strict=True) if key is not None and counts[key] == 1}


def _joined(old: tuple[Located, Deadline], new: tuple[Located, Deadline]) -> tuple[Located, Located, Deadline, Deadline]:
    return old[0], new[0], old[1], new[1]


def _all_of(each: Located, others: list[str] | list[Located]) -> bool:
    """Tell whether every deadline of a task, which has some, moved."""
    return bool(others) and len(others) == len(each.task.deadlines)
