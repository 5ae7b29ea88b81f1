"""What comes of a recording: statuses and dates that are others than before, and clocks that it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.model import State
from planctl.queries import Judge
from planctl.statuses import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.model import Plan, Progress
    from planctl.statuses import Judged, Status
    from planctl.workspace import Workspace

SETTLING = frozenset({State.DONE, State.CLOSED, State.CANCELLED, State.SUSPENDED})
"""States that are recorded to settle something."""


class Effect(NamedTuple):
    """An occurrence before and after, or a task (without `occurrence`)."""

    task: str
    occurrence: str | None
    old: Status | None
    """`None` for an occurrence that there was not."""
    new: Status | None
    """`None` for one that is not owed any more, because its plan ended."""
    due_before: date | None = None
    due: date | None = None
    missing: tuple[str, ...] = ()
    """Who of a group has still to do its share, now that others have."""

    @property
    def changed(self) -> bool:
        """Whether anything is another."""
        return self.old is not self.new or self.due_before != self.due or bool(self.missing)


def effects(old: Workspace, new: Workspace, day: date) -> Iterator[Effect]:
    """Compare two states of plans as of a day: each occurrence that changed, and each task that changed without one."""
    judges = Judge(old, day), Judge(new, day)
    for before, after in zip(*(judge.workspace.plans for judge in judges), strict=True):
        if after.ended and not before.ended:
            yield from _gone(judges, before, after)
            continue
        tasks = {task.id: task for task in before.tasks}
        for task in after.tasks:
            former = tasks.get(task.id)
            near = {each.occurrence.id: each for each in (judges[0].near(before, former) if former else ())}
            found = [_effect(near.get(each.occurrence.id), each) for each in judges[1].near(after, task)]
            told = [each for each in found if each.changed]
            yield from told
            status = judges[1].status(after, task)
            if former and not told and (was := judges[0].status(before, former)) is not status:
                yield Effect(task.id, None, was, status)


def _gone(judges: tuple[Judge, Judge], before: Plan, after: Plan) -> Iterator[Effect]:
    """List what was still owed when a plan ended, and is not any more. What was overdue stays so, and nothing is done by an end."""
    for task, former in zip(after.tasks, before.tasks, strict=True):
        kept = {each.occurrence.id for each in judges[1].near(after, task)}
        for each in judges[0].near(before, former):
            if each.status in OPEN and each.occurrence.id not in kept:
                yield Effect(task.id, each.occurrence.id, each.status, None, each.occurrence.due, None)


class Unmoved(NamedTuple):
    """An occurrence whose status an entry has not moved, and the later entry that keeps it where it is, if one does."""

    occurrence: str
    status: Status
    by: Progress | None = None


def unmoved(new: Workspace, plan: str | None, task: str | None, position: int, day: date) -> Unmoved | None:
    """Tell why an entry that settles something has changed nothing.

    Args:
        new: the plans with the entry.
        plan: the plan.
        task: its task.
        position: where the entry stands among those of the task.
        day: the day of the question.
    """
    judge = Judge(new, day)
    for of_plan in (each for each in judge.workspace.plans if each.id == plan):
        for of_task in (each for each in of_plan.tasks if each.id == task):
            for judged in judge.near(of_plan, of_task):
                mine = next((entry for entry in judged.entries if entry.position == position and entry.state in SETTLING), None)
                if mine:
                    later = [entry for entry in judged.entries if entry.state and entry.on > mine.on and entry.state is not mine.state]
                    return Unmoved(judged.occurrence.id, judged.status, later[-1] if later else None)
    return None


def _effect(old: Judged | None, new: Judged) -> Effect:
    occurrence = new.occurrence
    before = old.occurrence.due if old else None
    missing = new.missing if old and old.missing != new.missing else ()
    return Effect(occurrence.task.id, occurrence.id, old.status if old else None, new.status, before, occurrence.due, missing)
