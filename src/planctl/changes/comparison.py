"""The comparison of two states of a workspace: by id, not by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planctl.changes.configuration import compare_settings
from planctl.changes.frames import Frame
from planctl.changes.journals import compare_progress, rules_of
from planctl.changes.outcomes import Outcomes
from planctl.changes.plans import compare_plan
from planctl.changes.records import Place
from planctl.changes.registries import compare_registries
from planctl.changes.states import States
from planctl.changes.tasks import Between, compare_task
from planctl.sources import PUBLISHED_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from planctl.changes.identity import Located, TaskPair
    from planctl.changes.outcomes import Judging
    from planctl.changes.records import Change
    from planctl.changes.transfers import Transfer
    from planctl.model import Deadline, Plan
    from planctl.workspace import Workspace

TIMES = ("document", "period", "ended", "events")
"""What the statuses of all tasks of a plan depend on."""


def compare(
    old: Workspace, new: Workspace, judge: Callable[[Workspace], Judging] | None = None, since: date | None = None
) -> Iterator[Change]:
    """Compare two states of a workspace: by plan in the order of the new state, by task in that of the document, then units and settings.

    What could not be read in either state is left out; `find_unread` says what that is.

    Args:
        old: the state before.
        new: the state after.
        judge: judges a workspace as of a day (`planctl.queries.Judge`); without it the changes of statuses are left out.
        since: the day on or after which what is new was recorded, if it is known: that of the old state, where that is a commit.
    """
    seen: Counter[str] = Counter()
    for change in _changes(States(old, new, since), Outcomes(old, new, judge, since) if judge else None):
        name = change.fingerprint
        seen[name] += 1
        # Of several changes that say the same (an entry twice), each has a number and so a fingerprint of its own.
        yield change if seen[name] == 1 else change._replace(details={**change.details, "number": seen[name]})


def _changes(states: States, outcomes: Outcomes | None) -> Iterator[Change]:
    used = []
    for before, plan in states.versions():
        if before is None:
            yield _frame(None, plan).added("plans", _summary(plan))
        else:
            names = states.names(before, plan)
            used.append(names)
            if before[1:] == plan[1:]:
                continue
            yield from compare_plan(_frame(before, plan), before, plan, names, states.references)
        yield from _compare_tasks(states, before, plan, outcomes)
    for plan in states.plans.old:
        yield _frame(plan, None).removed("plans", _summary(plan))
    yield from compare_registries(states.old, states.new, used, states.unread.files)
    if not (states.unread.settings or any(map(_is_published, (states.old, states.new)))):
        yield from compare_settings(states.old.settings, states.new.settings)


def _is_published(workspace: Workspace) -> bool:
    """Tell what another repository has published, which has no settings, from the files of a repository, which may have none."""
    return bool(workspace.paths) and all(path.endswith(PUBLISHED_SUFFIX) for path in workspace.paths)


def _frame(before: Plan | None, after: Plan | None) -> Frame:
    plan = after or before
    return Frame(Place(before.path) if before else None, Place(after.path) if after else None, plan.id if plan else None)


def _summary(plan: Plan) -> dict[str, object]:
    return {"id": plan.id, "title": plan.title, "number": plan.document.number, "tasks": len(plan.tasks)}


def _task_frame(before: Located | None, after: Located | None) -> Frame:
    frame = _frame(before.plan if before else None, after.plan if after else None)
    old, new = (("tasks", each.task.position) if each else None for each in (before, after))
    located = after or before
    return frame.within(old, new)._replace(task=located.task.id if located else None)


def _compare_tasks(states: States, before: Plan | None, after: Plan, outcomes: Outcomes | None) -> Iterator[Change]:
    """Go through the tasks of a plan in the order of the new state; those that are gone follow the one that they stood after."""
    matched = states.matched(after)
    steps: list[tuple[float, Iterable[Change]]] = [
        (pair.new.task.position, _compare_pair(states, pair, outcomes)) for pair in states.changed_in(after)
    ]
    if before:
        order = states.out_of_order(before, after)
        steps += [(other.task.position, _moved(one, other, order[other.task.id])) for one, other in matched if other.task.id in order]
        steps += [(each.task.position, _came(states, each)) for each in states.came_into(after)]
        steps += [(_place(each, matched), _gone(states, each)) for each in states.gone_from(before)]
        if outcomes and any(getattr(before, name) != getattr(after, name) for name in TIMES):
            told = {id(pair.new.task) for pair in states.changed_in(after)}
            steps += [(pair.new.task.position, outcomes.compare(_task_frame(*pair[:2]), pair)) for pair in states.untouched(after, told)]
    for _, changes in sorted(steps, key=lambda step: step[0]):
        yield from changes


def _compare_pair(states: States, pair: TaskPair, outcomes: Outcomes | None) -> Iterator[Change]:
    old, new = pair.old, pair.new
    frame = _task_frame(old, new)
    rules = rules_of(states.old.settings), rules_of(states.new.settings)
    names = states.names(old.plan, new.plan)
    yield from compare_task(frame, pair, Between(names, rules, states.ids, states.references, states.transfers.of(pair), states.since))
    yield from _arrivals(states, new)
    if outcomes:
        yield from outcomes.compare(frame, pair)


def _arrivals(states: States, new: Located) -> Iterator[Change]:
    """Tell of the deadlines that came from other tasks, with what was recorded about them there and here."""
    for transfer in states.transfers.into(new):
        old = transfer.source.task
        here = _task_frame(transfer.source, new)._replace(deadline=transfer.new.id)
        places = ("deadlines", transfer.old.position), ("deadlines", transfer.new.position)
        origin, target = (f"{each.reference}/{deadline.id}" for each, deadline in _ends(transfer))
        yield here.within(*places).moved("deadlines", origin, target, rule="deadlines.moved")
        before = [entry._replace(deadline=transfer.new.id) for entry in old.progress if entry.deadline == transfer.old.id]
        after = [entry for entry in new.task.progress if entry.deadline == transfer.new.id]
        yield from compare_progress(here, before, after, states.since)


def _ends(transfer: Transfer) -> tuple[tuple[Located, Deadline], tuple[Located, Deadline]]:
    return (transfer.source, transfer.old), (transfer.target, transfer.new)


def _moved(old: Located, new: Located, neighbours: tuple[str | None, str | None]) -> Iterator[Change]:
    yield _task_frame(old, new).moved("order", *neighbours)


def _came(states: States, each: Located) -> Iterator[Change]:
    sources = states.transfers.made_from.get(each.reference)
    rule = "tasks.split" if sources else None
    yield _task_frame(None, each).added("tasks", each.task, rule=rule, details={"from": sources})


def _gone(states: States, each: Located) -> Iterator[Change]:
    """Tell of a task that is gone: dropped, or merged into others or split into them, which then should have its leads."""
    targets = states.transfers.gone_into.get(each.reference)
    frame = _task_frame(each, None)
    if not targets:
        yield frame.removed("tasks", each.task)
        return
    leads = tuple(unit for target in targets for unit in target.task.lead)
    judged = tuple(states.names(each.plan, targets[0].plan).holder(unit, leads) for unit in each.task.lead), leads
    into = list(dict.fromkeys(target.reference for target in targets))
    yield frame.removed("tasks", each.task, rule="tasks.merged", judged=judged, details={"into": into})


def _place(each: Located, matched: Iterable[tuple[Located, Located]]) -> float:
    """Give the place in the new state of a task that is gone: right after the task that it stood after."""
    before = [(one.task.position, other.task.position) for one, other in matched if one.task.position < each.task.position]
    return max(before)[1] + 0.5 if before else -0.5
