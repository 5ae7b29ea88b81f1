"""What a check is: a function from a context to findings, with a code and a severity. A check never writes and never prints.

The docstring of a check says what it is for and holds a good and a bad example, each a list of tasks or the keys of a plan;
`planctl rules CODE` shows them, and a test runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planctl.fields import nearest
from planctl.model import Plan, Task
from planctl.occurrences import Rules
from planctl.problems import Problem, Severity
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from planctl.changes.records import Change

Keys = tuple[str | int, ...]


def digest_on_disk(path: str) -> str | None:
    """Give the digest of a file of the disk, or nothing where there is none."""
    from planctl.digests import digest_file  # noqa: PLC0415 - only evidence with a digest needs it

    return digest_file(path)


class Context(NamedTuple):
    """What a check may look at."""

    workspace: Workspace
    today: date
    rules: Rules
    changes: Sequence[Change] = ()
    """What a change does, where one is judged."""
    unread: Sequence[Problem] = ()
    """What of the state before a change cannot be read, and so not be judged."""
    digest_of: Callable[[str], str | None] | None = digest_on_disk
    """Gives the digest of a file, or nothing where there is none; nobody looks where files are not those of the disk."""

    def tasks(self) -> Iterator[tuple[Plan, Task]]:
        """Go through all tasks of all plans."""
        for plan in self.workspace.plans:
            for task in plan.tasks:
                yield plan, task


class Finding(NamedTuple):
    """What a check found: where, by the keys that lead there, and the arguments of its message."""

    path: str
    keys: Keys
    args: Mapping[str, object]
    plan: str | None = None
    task: str | None = None
    variant: str | None = None


class Coded(NamedTuple):
    """A finding of a check, or a problem of loading, under its code and with the severity that the settings give it."""

    code: str
    severity: Severity
    found: Finding | Problem


class Check(NamedTuple):
    """A check with its code and the severity that it has unless the settings say otherwise."""

    code: str
    severity: Severity
    run: Callable[[Context], Iterator[Finding]]


def in_task(plan: Plan, task: Task, keys: Keys, variant: str | None = None, /, **args: object) -> Finding:
    """Make a finding about a task, or about what stands at the keys within it."""
    return Finding(plan.path, ("tasks", task.position, *keys), {"task": task.id, **args}, plan.id, task.id, variant)


def suggestion(name: str, known: list[str]) -> tuple[str | None, str | None]:
    """Give the variant of a message and the known name that comes nearest, where one does."""
    near = nearest(name, known)
    return ("nearest" if near else None), near
