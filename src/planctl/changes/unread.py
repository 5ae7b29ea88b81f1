"""What could not be read in one state or the other: to compare it would be to take a mistake of spelling for a decision."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from planctl.problems import Severity
from planctl.sources import SETTINGS_NAME, UNITS_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Plan
    from planctl.problems import Problem
    from planctl.workspace import Workspace


class Unread(NamedTuple):
    """Files and tasks that are left out of a comparison."""

    problems: tuple[Problem, ...]
    """Why, in the order of the states."""
    plans: frozenset[str]
    """Plans that are left out, by id."""
    files: frozenset[str]
    """Files that are left out, by their folder and name: the states may stand in different places."""
    tasks: frozenset[tuple[str, str]]
    """Tasks that are left out of plans that are compared."""

    def readable(self, workspace: Workspace) -> list[Plan]:
        """List the plans of a state that can be compared."""
        return [plan for plan in workspace.plans if plan.id not in self.plans and tail(plan.path) not in self.files]

    def tasks_of(self, *versions: Plan) -> frozenset[str]:
        """List the tasks of a plan, in all its versions, that cannot be compared."""
        ids = {plan.id for plan in versions}
        return frozenset(task for plan, task in self.tasks if plan in ids)

    @property
    def settings(self) -> bool:
        """Whether the settings cannot be compared."""
        return any(os.path.basename(file) == SETTINGS_NAME for file in self.files)


def tail(path: str) -> str:
    """Name a file by its folder and its name. Settings and units may stand in the uppermost folder, whose name says nothing."""
    folder, name = os.path.split(path)
    return name if name == SETTINGS_NAME else os.path.join(os.path.basename(folder), name)


def find_unread(*workspaces: Workspace) -> Unread:
    """Find what cannot be compared: tasks with errors of reading, and whole files where an error is not within a task."""
    errors = [problem for workspace in workspaces for problem in workspace.problems if problem.severity is Severity.ERROR]
    whole = [problem for problem in errors if not (problem.plan and problem.task)]
    files = frozenset(tail(problem.location.path) for problem in whole)
    tasks = frozenset((problem.plan, problem.task) for problem in errors if problem.plan and problem.task)
    return Unread(tuple(errors), frozenset(_plans(whole)), files, tasks)


def _plans(problems: list[Problem]) -> Iterator[str]:
    return (problem.plan for problem in problems if problem.plan and os.path.basename(problem.location.path) != UNITS_NAME)
