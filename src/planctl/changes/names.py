"""Names: how what one state calls by one name is called in the other: units by aliases, tasks and deadlines by their ids.

Records are told of in the words of the new state before they are compared, so that what only follows a renaming is no change of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planctl.directory import Directory
    from planctl.model import Deadline, Extension, Progress, Task


class Names(NamedTuple):
    """The directories of both states."""

    old: Directory
    new: Directory

    def of_old(self, task: Task) -> Task:
        """Name the units of a task of the old state as the new one calls them."""
        return _named(task, self.now)

    def of_new(self, task: Task) -> Task:
        """Name the units of a task of the new state by their proper names."""
        return _named(task, self.new.canonical)

    def now(self, name: str) -> str:
        """Give the name that a unit of the old state has in the new one, which may know it by any of its names."""
        entry = self.old.find(name)
        names = (entry.name, name, *entry.aliases) if entry else (name,)
        found = next((known for each in names if (known := self.new.find(each))), entry)
        return found.name if found else name

    def holder(self, name: str, units: tuple[str, ...]) -> str:
        """Name who of several units answers for a unit now: itself, a successor, a group that it is in; or else the unit itself."""
        if name in units:
            return name
        entry = self.new.find(name) or self.old.find(name)
        ways = (*(entry.successors if entry else ()), *(group.name for group in self.new.groups_of(name)))
        return next((unit for unit in map(self.new.canonical, ways) if unit in units), name)


def names_of(old: Directory, new: Directory) -> Names:
    """Bring the directories of both states together; where one state has none, that of the other tells what a name means in both."""
    return Names(old if old.registry.path else new, new if new.registry.path else old)


def _named(task: Task, name: Callable[[str], str]) -> Task:
    def names(units: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(name, units))

    def deadline(each: Deadline) -> Deadline:
        return each._replace(actors=names(each.actors), recipients=names(each.recipients)) if each.actors or each.recipients else each

    def entry(each: Progress) -> Progress:
        return each._replace(unit=name(each.unit)) if each.unit else each

    return task._replace(
        lead=names(task.lead),
        support=names(task.support),
        deadlines=tuple(map(deadline, task.deadlines)),
        progress=tuple(map(entry, task.progress)),
        extensions=tuple(each._replace(by=name(each.by)) if each.by else each for each in task.extensions),
    )


def renumbered(task: Task, deadlines: Mapping[str, str], tasks: Mapping[str, str]) -> Task:
    """Tell of deadlines and upper tasks by their new ids in the records of a task of the old state."""

    def entry(each: Progress) -> Progress:
        return each._replace(deadline=deadlines.get(each.deadline, each.deadline)) if each.deadline else each

    def extension(each: Extension) -> Extension:
        return each._replace(deadline=deadlines.get(each.deadline, each.deadline)) if each.deadline else each

    return task._replace(
        upstream=tuple(tasks.get(reference, reference) for reference in task.upstream),
        progress=tuple(map(entry, task.progress)),
        extensions=tuple(map(extension, task.extensions)),
    )
