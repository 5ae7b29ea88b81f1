"""Changes of status: what becomes of tasks and occurrences by what else changed, as of one day on both sides."""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from planctl.changes.journals import lateness
from planctl.model import State
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from planctl.changes.frames import Frame
    from planctl.changes.identity import TaskPair
    from planctl.changes.records import Change
    from planctl.model import Deadline, Plan, Progress, Task
    from planctl.statuses import Judged
    from planctl.workspace import Workspace

TAKEN_UP = frozenset({State.RETURNED, State.IN_PROGRESS})
"""What takes up again what was done, if it is recorded."""


class Judging(Protocol):
    """What tells statuses as of a day (`planctl.queries.Judge`)."""

    workspace: Workspace
    """The plans as they were known on that day."""

    def status(self, plan: Plan, task: Task) -> Status:
        """Tell the status of a task."""

    def near(self, plan: Plan, task: Task) -> list[Judged]:
        """Judge what a task owes about now."""


class Turn(NamedTuple):
    """A status that is another, the entries that came, and the occurrences that it is of."""

    frame: Frame
    old: Status
    new: Status
    rule: str | None
    came: list[Progress]
    occurrences: list[str] | None = None


class Outcomes:
    """The statuses of both states, judged when they are first asked for."""

    def __init__(self, old: Workspace, new: Workspace, judge: Callable[[Workspace], Judging], since: date | None = None) -> None:
        self._judge = judge
        self._since = since
        self._workspaces = old, new

    @cached_property
    def _sides(self) -> list[tuple[Judging, dict[int, int]]]:
        """Judge both states. A plan is found by where it stands: a judge knows versions of plans without what came later."""
        numbers = ({id(plan): number for number, plan in enumerate(workspace.plans)} for workspace in self._workspaces)
        return list(zip(map(self._judge, self._workspaces), numbers, strict=True))

    def compare(self, frame: Frame, pair: TaskPair) -> Iterator[Change]:
        """Compare the status of a task, and of those of its occurrences that take another way."""
        olds, news = (self._of(side, located.plan, located.task) for side, located in enumerate((pair.old, pair.new)))
        came = _came(pair.old.task.progress, pair.new.task.progress)
        if olds[0] is not news[0]:
            rule = "status.begun" if _has_begun(pair, *olds, *news) else _rule("status", olds[0], came)
            yield self._turned(Turn(frame, olds[0], news[0], rule, came))
        for (deadline, before, after), occurrences in _turns(pair, olds[1], news[1]).items():
            if (before, after) == (olds[0], news[0]):
                continue
            old = next(one.position for one, other in pair.deadlines.both if other is deadline or other.id == deadline.id)
            here = frame.within(("deadlines", old), ("deadlines", deadline.position))._replace(deadline=deadline.id, prefix="deadlines.")
            entries = [entry for entry in came if entry.deadline in (None, deadline.id)]
            yield self._turned(Turn(here, before, after, _rule("deadlines.status", before, entries), entries, occurrences))

    def _turned(self, turn: Turn) -> Change:
        """Make the change of a status. What was overdue, and is done by an entry that was made late, is marked so."""
        rule = turn.rule
        said: dict[str, Any] = {"occurrences": turn.occurrences}
        if (turn.old, turn.new) == (Status.OVERDUE, Status.DONE):
            late = [{"on": entry.on, "late": days} for entry in turn.came if (days := lateness(entry, self._since))]
            if late:
                rule = "status.late"
                said["late"] = max(late, key=itemgetter("on"))
        return turn.frame.changed("status", turn.old, turn.new, rule=rule, details=said)

    def _of(self, side: int, plan: Plan, task: Task) -> tuple[Status, list[Judged]]:
        judge, numbers = self._sides[side]
        known = judge.workspace.plans[numbers[id(plan)]]
        # Most lists are whole; in one with an item that could not be read the positions run ahead.
        versions = known.tasks[: task.position + 1]
        version = next(each for each in reversed(versions) if each.position == task.position)
        return judge.status(known, version), judge.near(known, version)


def _turns(pair: TaskPair, old: Iterable[Judged], new: Iterable[Judged]) -> dict[tuple[Deadline, Status, Status], list[str]]:
    """Group the occurrences whose status is another by their deadline and both statuses."""
    ids = {before.id: after.id for before, after in pair.deadlines.both}
    befores = {(ids.get(each.occurrence.deadline.id), each.occurrence.period): each.status for each in old}
    found: dict[tuple[Deadline, Status, Status], list[str]] = {}
    for each in new:
        before = befores.get((each.occurrence.deadline.id, each.occurrence.period))
        if before and before is not each.status:
            found.setdefault((each.occurrence.deadline, before, each.status), []).append(each.occurrence.id)
    return found


def _has_begun(pair: TaskPair, old: Status, olds: Iterable[Judged], new: Status, news: Iterable[Judged]) -> bool:
    """Tell whether a task that was done is open only by what has begun since: all that was done in it is done."""
    ids = {before.id: after.id for before, after in pair.deadlines.both}
    now = {(each.occurrence.deadline.id, each.occurrence.period): each.status for each in news}
    known = {(ids.get(each.occurrence.deadline.id, ""), each.occurrence.period): each.status for each in olds}
    kept = all(now.get(key) is status for key, status in known.items() if status is Status.DONE)
    return old is Status.DONE and kept and any(status is new and key not in known for key, status in now.items())


def _came(old: Iterable[Progress], new: Iterable[Progress]) -> list[Progress]:
    """List the entries that were not there before."""
    known = {(entry.on, entry.deadline, entry.state) for entry in old}
    return [entry for entry in new if (entry.on, entry.deadline, entry.state) not in known]


def _rule(field: str, old: Status, came: Iterable[Progress]) -> str | None:
    """Name the rule of a status that was done and is not any more, where a record says why."""
    return "status.returned" if old is Status.DONE and any(entry.state in TAKEN_UP for entry in came) else field
