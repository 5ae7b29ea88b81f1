"""Links: from a task to the tasks of upper plans that it names, with the record of when each was last looked at."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from planctl.model import Confirmation, Deadline, Plan, Task
    from planctl.workspace import Workspace

WORDS = ("what", "quote", "restored", "condition", "of", "after", "before", "metric")
"""What a deadline says in words; line breaks, spaces and width are only layout."""
FIGURES = ("kind", "due", "start", "every", "by", "at_least", "exactly", "at_most", "within", "target", "review", "roll")
FLAGS = ("soft", "vague")


class Link(NamedTuple):
    """A link as it stands in a task, and what it leads to."""

    plan: Plan
    task: Task
    position: int
    """In `upstream:` of the task."""
    upper_plan: Plan
    upper: Task
    confirmation: Confirmation | None
    """The last one, if there is any."""
    workspace: Workspace
    """Where both ends are from."""

    @property
    def reference(self) -> str:
        """The upper task, as `<plan>/<task>`."""
        return f"{self.upper_plan.id}/{self.upper.id}"

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the upper task as it is now."""
        return fingerprint(self.workspace, self.upper_plan, self.upper)

    @property
    def is_stale(self) -> bool:
        """Whether the upper task has changed since the link was last confirmed."""
        return bool(self.confirmation and self.confirmation.fingerprint != self.fingerprint)


def links(workspace: Workspace, plans: Iterable[Plan] | None = None) -> Iterator[Link]:
    """Go through the links of the given plans, or of all, that lead somewhere. Where nothing is linked that costs next to nothing."""
    linked = [(plan, task) for plan in (workspace.plans if plans is None else plans) for task in plan.tasks if task.upstream]
    if not linked:
        return
    known = upper_tasks(workspace, {name for _, task in linked for name in task.upstream})
    for plan, task in linked:
        for position, name in enumerate(task.upstream):
            if name in known:
                yield Link(plan, task, position, *known[name], last_confirmation(task, name), workspace)


def upper_tasks(workspace: Workspace, names: set[str]) -> dict[str, tuple[Plan, Task]]:
    """Find tasks by `<plan>/<task>`, in the plans of this repository and then in those that others have published."""
    wanted = {name.partition("/")[0] for name in names}
    found: dict[str, tuple[Plan, Task]] = {}
    for plan in chain(workspace.plans, workspace.published_plans()):
        if plan.id in wanted:
            for task in plan.tasks:
                found.setdefault(f"{plan.id}/{task.id}", (plan, task))
    return found


def last_confirmation(task: Task, name: str) -> Confirmation | None:
    """Give the last confirmation of a link: the latest by its day, and of several of one day the lowest in the file."""
    of_link = [each for each in task.confirmed if each.upstream == name]
    return max(of_link, key=lambda each: (each.on, each.position), default=None)


def confirmed_by(plan: Plan, day: date) -> Plan:
    """Give a plan without the confirmations of later days."""
    if not any(task.confirmed for task in plan.tasks):
        return plan
    tasks = (task._replace(confirmed=tuple(each for each in task.confirmed if each.on <= day)) for task in plan.tasks)
    return plan._replace(tasks=tuple(tasks))


def fingerprint(workspace: Workspace, plan: Plan, task: Task) -> str:
    """Give the digest of what binds in a task: title, leads, and the dates, counts, targets and words of its deadlines.

    What was recorded about it, where it stands and how it is laid out make no difference; nor does the order of its deadlines.
    """
    import hashlib  # noqa: PLC0415 - only confirmed links have a fingerprint to compare

    canonical = workspace.directory_of(plan).canonical
    deadlines = sorted((_binding(deadline, canonical) for deadline in task.deadlines), key=lambda each: json.dumps(each, sort_keys=True))
    binding = {"title": normalise(task.title), "lead": [canonical(name) for name in task.lead], "deadlines": deadlines}
    text = json.dumps(binding, ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _binding(deadline: Deadline, canonical: Callable[[str], str]) -> dict[str, str]:
    """Give what binds in a deadline, as far as it is said: a key that is added to the model later changes no old fingerprint."""
    words = {name: normalise(getattr(deadline, name) or "") for name in WORDS}
    figures = {name: "" if getattr(deadline, name) is None else str(getattr(deadline, name)) for name in FIGURES}
    flags = {name: "true" for name in FLAGS if getattr(deadline, name)}
    actors = {"actors": json.dumps([canonical(name) for name in deadline.actors], ensure_ascii=False)} if deadline.actors else {}
    return {name: text for name, text in {**words, **figures, **flags, **actors}.items() if text}
