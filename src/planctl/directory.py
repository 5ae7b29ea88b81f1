"""The directory of an organisation: its units and groups, found by any of their names."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from planctl.model import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Registry, Task, Unit


class Directory:
    """Looks up the names of one `units.yaml`. Of a name that stands for two, the first holds; a check reports it."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._by_name: dict[str, Unit | Group] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        entries: list[Unit | Group] = [*registry.units, *registry.groups]
        for entry in entries:
            self._by_name.setdefault(entry.name, entry)
        for entry in entries:
            for alias in entry.aliases:
                self._by_name.setdefault(alias, entry)

    def find(self, name: str) -> Unit | Group | None:
        """Find the unit or group of a name or alias."""
        return self._by_name.get(name)

    def canonical(self, name: str) -> str:
        """Give the name that a name or alias stands for; a name nobody registered stands for itself."""
        entry = self._by_name.get(name)
        return entry.name if entry else name

    def names(self) -> list[str]:
        """List every name and alias."""
        return list(self._by_name)

    def name_on(self, name: str, day: date) -> str:
        """Give the name that a unit has on a day: its own, or that of the only one that has taken over since."""
        found = self.find(name)
        for _ in self.registry.units:
            if not (found and found.end and found.end < day and len(found.successors) == 1):
                break
            found = self.find(found.successors[0]) or found._replace(name=found.successors[0], end=None)
        return found.name if found else name

    def last_name(self, name: str) -> str:
        """Give the name that a unit has in the end, by which it is known to be the same."""
        return self.name_on(name, date.max)

    def is_begun(self, name: str, day: date) -> bool:
        """Tell whether a unit is there already on a day."""
        found = self.find(name)
        return not (found and found.start and found.start > day)

    def is_ended(self, name: str, day: date) -> bool:
        """Tell whether a unit is there no longer on a day."""
        found = self.find(name)
        return bool(found and found.end and found.end < day)

    def members(self, name: str) -> tuple[str, ...] | None:
        """List the single units of a group, through groups within it; `()` where they are unknown, `None` for what is no group."""
        entry = self._by_name.get(name)
        if not isinstance(entry, Group):
            return None
        if entry.name not in self._members:
            self._members[entry.name] = tuple(dict.fromkeys(self._expand(entry, set())))
        return self._members[entry.name]

    def members_in(self, name: str, task: Task) -> tuple[str, ...] | None:
        """List the members of a group as it stands in a task, without its leads where the group is that of the others: 其他有关部门."""
        entry, found = self._by_name.get(name), self.members(name)
        if not (found and isinstance(entry, Group) and entry.except_leads):
            return found
        leads = set(map(self.canonical, task.lead))
        return tuple(unit for unit in found if unit not in leads)

    def _expand(self, group: Group, seen: set[str]) -> Iterator[str]:
        if group.name in seen:
            return
        seen.add(group.name)
        for member in group.members:
            entry = self._by_name.get(member)
            if isinstance(entry, Group):
                yield from self._expand(entry, seen)
            else:
                yield self.canonical(member)

    def groups_of(self, unit: str) -> list[Group]:
        """List the groups that a unit is known to be a member of."""
        return self._groups_of.get(unit, [])

    @cached_property
    def _groups_of(self) -> dict[str, list[Group]]:
        found: dict[str, list[Group]] = {}
        for group in self.registry.groups:
            for unit in self.members(group.name) or ():
                found.setdefault(unit, []).append(group)
        return found
