"""The names of units over time: one that has been renamed reports under the name of the day, and is the same unit on both sides of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.workspace import Workspace


class Names:
    """The units of all organisations, by whatever name."""

    def __init__(self, workspace: Workspace) -> None:
        self._directories = {workspace.organisation_of(plan): workspace.directory_of(plan) for plan in workspace.plans}

    def key(self, organisation: str, unit: str) -> tuple[str, str]:
        """Give what tells a unit from others."""
        directory = self._directories.get(organisation)
        return organisation, directory.last_name(unit) if directory else unit

    def spoken(self, organisation: str, unit: str) -> Iterator[str]:
        """Go through all names that a unit has or has had."""
        yield unit
        directory = self._directories.get(organisation)
        for name in directory.names() if directory else ():
            if self.key(organisation, name) == self.key(organisation, unit):
                yield name
