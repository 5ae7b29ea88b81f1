"""The workspace: everything that was loaded, and the ways to find a thing in it."""

from __future__ import annotations

import os
from copy import copy
from typing import TYPE_CHECKING

from planctl import yamltree
from planctl.directory import Directory
from planctl.model import Registry
from planctl.problems import Location
from planctl.sources import POINTER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.model import Plan, Publication, Task
    from planctl.problems import Problem
    from planctl.settings import Settings
    from planctl.sources import Source

NOBODY = Directory(Registry(path=""))
"""The directory where there is no `units.yaml`: every name stands for itself."""


class Workspace:
    """Plans, registries and settings with their sources, and the problems of loading them.

    What other repositories have published stands apart in `published`, so that nobody takes it for the plans of this one.
    """

    def __init__(
        self,
        plans: Sequence[Plan],
        registries: Sequence[Registry],
        settings: Settings,
        problems: Sequence[Problem] = (),
        sources: Mapping[str, Source] | None = None,
        published: Sequence[Publication] = (),
    ) -> None:
        self.plans = tuple(plans)
        self.published = tuple(published)
        self.settings = settings
        self.problems = tuple(problems)
        self.directories = {os.path.dirname(registry.path): Directory(registry) for registry in registries}
        self._others = {os.path.dirname(registry.path): Directory(registry) for each in published for registry in each.registries}
        self._sources = sources or {}
        self.paths = tuple(self._sources)
        self._trees: dict[str, yamltree.Node] = {}
        self._of_plan: dict[str, Directory] = {}

    @property
    def sources(self) -> Mapping[str, Source]:
        """The files, by their paths."""
        return self._sources

    def with_plans(self, plans: Sequence[Plan]) -> Workspace:
        """Give the same workspace with other versions of its plans."""
        other = copy(self)
        other.plans = tuple(plans)
        return other

    def with_settings(self, settings: Settings) -> Workspace:
        """Give the same workspace with other settings."""
        other = copy(self)
        other.settings = settings
        return other

    def with_tree(self, path: str, tree: yamltree.Node) -> Workspace:
        """Give the same workspace with the tree of a file, so that nobody parses it again to locate something."""
        other = copy(self)
        other._trees = {**self._trees, path: tree}  # noqa: SLF001 - a copy of this one
        return other

    def directory_of(self, plan: Plan) -> Directory:
        """Give the directory of the nearest `units.yaml` beside a plan or above it."""
        found = self._of_plan.get(plan.path)
        if found is None:
            found = self._of_plan[plan.path] = self._nearest(os.path.dirname(plan.path))
        return found

    def _nearest(self, folder: str) -> Directory:
        known = {**self._others, **self.directories} if self._others else self.directories
        while folder not in known:
            above = os.path.dirname(folder)
            if above == folder:
                return NOBODY
            folder = above
        return known[folder]

    def organisation_of(self, plan: Plan) -> str:
        """Name the organisation of a plan: what its `units.yaml` says, or its folder."""
        return self.directory_of(plan).registry.organisation or os.path.basename(os.path.dirname(plan.path))

    def find_tasks(self, reference: str) -> list[tuple[Plan, Task]]:
        """Find tasks by `<plan>/<task>`, or by a bare task id in every plan."""
        plan_id, slash, task_id = reference.partition("/")
        return [
            (plan, task)
            for plan in self.plans
            for task in plan.tasks
            if (task.id == reference or (slash and plan.id == plan_id and task.id == task_id))
        ]

    def published_plans(self) -> Iterator[Plan]:
        """Go through the plans that other repositories have published."""
        return (plan for each in self.published for plan in each.plans)

    def locate(self, path: str, keys: tuple[str | int, ...] = ()) -> Location:
        """Find the line and column of a value by its file and its keys.

        The file is parsed again, once, where its tree was not given: few of them have problems.
        """
        if path not in self._sources:
            path, _, pointer = path.partition(POINTER)
            keys = (*(int(step) if step.isdigit() else step for step in pointer.split("/") if step), *keys)
        if path not in self._sources:
            return Location(path)
        if path not in self._trees:
            self._trees[path] = yamltree.parse(self._sources[path].text)[0]
        mark = yamltree.locate(self._trees[path], keys)
        return Location(path, mark.line + 1, mark.column + 1)
