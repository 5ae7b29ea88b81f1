"""The names of units over time: one that has been renamed reports under the name of the day, and is the same unit on both sides of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.directory import Directory
    from planctl.workspace import Workspace


def name_on(directory: Directory, name: str, day: date) -> str:
    """Give the name that a unit has on a day: its own, or that of the only one that has taken over since."""
    found = directory.find(name)
    for _ in directory.registry.units:
        if not (found and found.end and found.end < day and len(found.successors) == 1):
            break
        found = directory.find(found.successors[0]) or found._replace(name=found.successors[0], end=None)
    return found.name if found else name


def last_name(directory: Directory, name: str) -> str:
    """Give the name that a unit has in the end, by which it is known to be the same."""
    return name_on(directory, name, date.max)


def is_begun(directory: Directory, name: str, day: date) -> bool:
    """Tell whether a unit is there already on a day."""
    found = directory.find(name)
    return not (found and found.start and found.start > day)


class Names:
    """The units of all organisations, by whatever name."""

    def __init__(self, workspace: Workspace) -> None:
        self._directories = {workspace.organisation_of(plan): workspace.directory_of(plan) for plan in workspace.plans}

    def key(self, organisation: str, unit: str) -> tuple[str, str]:
        """Give what tells a unit from others."""
        directory = self._directories.get(organisation)
        return organisation, last_name(directory, unit) if directory else unit

    def spoken(self, organisation: str, unit: str) -> Iterator[str]:
        """Go through all names that a unit has or has had."""
        yield unit
        directory = self._directories.get(organisation)
        for name in directory.names() if directory else ():
            if self.key(organisation, name) == self.key(organisation, unit):
                yield name
