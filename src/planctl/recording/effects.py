"""What comes of a recording: statuses and dates that are others than before, and clocks that it starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.queries import Judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.statuses import Judged, Status
    from planctl.workspace import Workspace


class Effect(NamedTuple):
    """An occurrence before and after, or a task (without `occurrence`)."""

    task: str
    occurrence: str | None
    old: Status | None
    """`None` for an occurrence that there was not."""
    new: Status
    due_before: date | None = None
    due: date | None = None

    @property
    def changed(self) -> bool:
        """Whether anything is another."""
        return self.old is not self.new or self.due_before != self.due


def effects(old: Workspace, new: Workspace, day: date) -> Iterator[Effect]:
    """Compare two states of plans as of a day: each occurrence that changed, and each task that changed without one."""
    judges = Judge(old, day), Judge(new, day)
    for before, after in zip(*(judge.workspace.plans for judge in judges), strict=True):
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


def _effect(old: Judged | None, new: Judged) -> Effect:
    occurrence = new.occurrence
    before = old.occurrence.due if old else None
    return Effect(occurrence.task.id, occurrence.id, old.status if old else None, new.status, before, occurrence.due)
