"""Lineage: what each commit did to one task, from the first to the last, wherever its plan stood.

All lines of history are walked, parents first. A commit is compared with its parent. A merge that only brings together what its sides did
says nothing new, as those commits are listed; one that decided something by itself, because it dropped or rewrote what a side had done, is
listed with what it decided.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from planctl import changes
from planctl.git import read_blobs
from planctl.history.versions import Versions
from planctl.model import Plan, Registry
from planctl.queries import Judge
from planctl.settings import Settings
from planctl.sources import SUFFIXES, UNITS_NAME
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from planctl.changes import Change
    from planctl.git import Commit, Repository, Touch
    from planctl.model import Event, Task

    Traced = tuple[Commit, tuple[Touch, ...]]

CONTEXT = ("events", "ended", "period.", "document.issued", "document.effective")
"""What a plan says as a whole that moves the dates of its tasks."""


class Reference(NamedTuple):
    """A task by the ids of its plan and itself."""

    plan: str
    task: str


class Told(NamedTuple):
    """A change, with the two states that it is between."""

    change: Change
    old: Workspace
    new: Workspace


class Step(NamedTuple):
    """What a commit did to a task; without a commit, what has not been committed yet."""

    commit: Commit | None
    reference: Reference
    told: tuple[Told, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(each.change for each in self.told)


class Skipped(NamedTuple):
    """A commit in which the task could not be read."""

    commit: Commit
    path: str


class Said(NamedTuple):
    """What a version of a file says: of the plan only what concerns the task; `None` where that cannot be read."""

    plan: Plan | None


class Standing(NamedTuple):
    """Where a task stands at a commit: the file, what it says, the registries, and which steps have led there, a bit each."""

    path: str | None = None
    plan: Plan | None = None
    registries: Mapping[str, str] = {}
    steps: int = 0


NOWHERE = Standing()


def scope(plan: Plan, task_id: str) -> Plan:
    """Leave of a plan what concerns one task: the task, the events that start its clocks, and the frame."""
    task = next((task for task in plan.tasks if task.id == task_id), None)
    if task is None:
        return plan._replace(tasks=(), events=())
    return plan._replace(tasks=(task._replace(position=0),), events=tuple(event for event in plan.events if _concerns(event, task)))


def _concerns(event: Event, task: Task) -> bool:
    return task.id in event.tasks or (not event.tasks and any(event.name in (each.after, each.before) for each in task.deadlines))


def differences(old: Workspace, new: Workspace, day: date) -> tuple[Told, ...]:
    """Compare two states of one task, each scoped to it, as of a day. Of their plans, that counts which moves the task's dates."""
    if not old.plans or not new.plans:
        old, new = old.with_plans(old.plans or _emptied(new.plans)), new.with_plans(new.plans or _emptied(old.plans))
    found = changes.compare(old, new, lambda workspace: Judge(workspace, day))
    return tuple(Told(change, old, new) for change in found if change.task or change.field.startswith(CONTEXT))


def _emptied(plans: Iterable[Plan]) -> list[Plan]:
    """Leave of plans their frames: a plan that comes or goes is no matter of one task, but that its task does."""
    return [plan._replace(tasks=(), events=()) for plan in plans]


def find_origin(old: Iterable[Plan], new: Iterable[Plan], reference: Reference) -> Reference | None:
    """Find where a task was before that is new here: the one task that has gone and has its title, or its clause."""
    kept = list(new)
    found = next((task for plan in kept if plan.id == reference.plan for task in plan.tasks if task.id == reference.task), None)
    present = {(plan.id, task.id) for plan in kept for task in plan.tasks}
    lost = [(plan, task) for plan in old for task in plan.tasks if (plan.id, task.id) not in present]
    alike = {Reference(plan.id, task.id) for plan, task in lost if found and _is_same(task, found)}
    return alike.pop() if len(alike) == 1 else None


def _is_same(one: Task, other: Task) -> bool:
    digest = one.source.digest if one.source else None
    return one.title == other.title or bool(digest and other.source and other.source.digest == digest)


def arrival(old: Workspace, new: Workspace, reference: Reference, day: date) -> tuple[Told, ...]:
    """Tell what became of a task that stood elsewhere before, as of a day."""
    found = changes.compare(old, new, lambda workspace: Judge(workspace, day))
    return tuple(Told(change, old, new) for change in found if (change.plan, change.task) == reference)


class Lineage:
    """Follows one task through traced commits."""

    def __init__(self, repository: Repository, traced: Sequence[Traced], reference: Reference, home: str | None) -> None:
        self.steps: list[Step] = []
        self.skipped: list[Skipped] = []
        self.origins: dict[Reference, set[str]] = {}
        """Which tasks this one was before, and the commits that made it of them."""
        self.reference, self.traced = reference, traced
        self._repository, self._home = repository, home
        self._versions = Versions()
        self._known: dict[str, Said | Registry | None] = {}
        self._standings: dict[str, Standing] = {}
        self._before: list[Standing] = []
        """Where the task stood before each step."""

    def walk(self, cut_off: frozenset[str]) -> Standing:
        """Go through the commits. Where history is cut off, everything seems new; that is no step."""
        blobs = read_blobs(self._repository, self._wanted())
        standing = NOWHERE
        for commit, touches in self.traced:
            files = [touch for touch in touches if touch.path.endswith(SUFFIXES)]
            self._learn(files, blobs)
            parents = [self._standings[parent] for parent in commit.parents if parent in self._standings]
            standing = self._moved(commit, parents[0] if parents else NOWHERE, files)
            if len(parents) > 1:
                standing = self._merged(commit, parents, standing)
            elif commit.id not in cut_off:
                standing = self._stepped(commit, parents[0] if parents else NOWHERE, standing, files)
            self._standings[commit.id] = standing
        return standing

    def workspace(self, standing: Standing, registries: Mapping[str, str] | None = None) -> Workspace:
        """Give what stands at a commit as a workspace of one task."""
        units = standing.registries if registries is None else registries
        records = [record._replace(path=path) for path, oid in units.items() if isinstance(record := self._known.get(oid), Registry)]
        plan = standing.plan and standing.plan._replace(path=standing.path or "")
        return Workspace([plan] if plan else [], records, Settings())

    def _wanted(self) -> Iterator[str]:
        oids = (touch.new for _, touches in self.traced for touch in touches if touch.new and touch.path.endswith(SUFFIXES))
        return iter(dict.fromkeys(oids))

    def _learn(self, files: Iterable[Touch], blobs: Iterator[tuple[str, bytes]]) -> None:
        """Read what this commit is the first to have."""
        for path, _, oid in files:
            if oid and oid not in self._known:
                _, data = next(blobs)
                self._known[oid] = self._read(path, data)

    def _read(self, path: str, data: bytes) -> Said | Registry | None:
        if os.path.basename(path) == UNITS_NAME:
            record = self._versions.read(path, data).record
            return record if isinstance(record, Registry) else None
        if self.reference.plan.encode() not in data:
            return None
        version = self._versions.read(path, data)
        if version.record is not None and not (isinstance(version.record, Plan) and version.record.id == self.reference.plan):
            return None
        sound = isinstance(version.record, Plan) and version.is_sound(self.reference.task)
        return Said(scope(version.record, self.reference.task) if isinstance(version.record, Plan) and sound else None)

    def _moved(self, commit: Commit, first: Standing, files: Sequence[Touch]) -> Standing:
        """Tell where the task stands after a commit, from where it stood in the first parent and the files that were changed."""
        now = {path: self._known.get(new) if new else None for path, _, new in files}
        units = {path: new or "" for path, _, new in files if os.path.basename(path) == UNITS_NAME}
        standing = first._replace(registries={**first.registries, **units}) if units else first
        found = {path: said for path, said in now.items() if isinstance(said, Said)}
        path = self._place(first.path, now.keys(), found)
        if path is None or path not in found:
            return standing if path else standing._replace(path=None, plan=None)
        if found[path].plan is None:
            self.skipped.append(Skipped(commit, path))
            return standing._replace(path=path)
        return standing._replace(path=path, plan=found[path].plan)

    def _place(self, path: str | None, touched: Iterable[str], found: Mapping[str, Said]) -> str | None:
        """Choose the file that the plan is in: where it was, unless it has gone from there; of several, where it is today."""
        if path and path != self._home and (path in found or path not in touched):
            return self._home if self._home in found else path
        if path and (path in found or path not in touched):
            return path
        return self._home if self._home in found else next(iter(found), None)

    def _stepped(self, commit: Commit, before: Standing, after: Standing, files: Sequence[Touch]) -> Standing:
        if before.plan == after.plan and before.path == after.path:
            return after
        if after.plan and after.plan.tasks and not (before.plan and before.plan.tasks):
            found = self._arrival(commit, after, files)
            if found:
                return self._noted(commit, before, after, found)
        return self._noted(commit, before, after, self._differences(before, after, commit.on))

    def _differences(self, old: Standing, new: Standing, day: date) -> tuple[Told, ...]:
        """Compare by the units of the new state: that a unit got another name is no change of a task."""
        if old.plan == new.plan:
            return ()
        moved = old._replace(path=new.path if old.plan and new.plan else old.path)
        return differences(self.workspace(moved, new.registries), self.workspace(new), day)

    def _noted(self, commit: Commit, before: Standing, after: Standing, found: tuple[Told, ...]) -> Standing:
        if not found:
            return after
        self.steps.append(Step(commit, self.reference, found))
        self._before.append(before)
        return after._replace(steps=after.steps | 1 << len(self.steps) - 1)

    def _arrival(self, commit: Commit, after: Standing, files: Sequence[Touch]) -> tuple[Told, ...]:
        """Tell what became of the task when it came here, if it stood elsewhere before."""
        sides = [[(touch.path, oid) for touch in files if (oid := (touch.old, touch.new)[side])] for side in (0, 1)]
        texts = dict(read_blobs(self._repository, {oid for side in sides for _, oid in side}))
        records = [[self._versions.read(path, texts[oid]).record for path, oid in side] for side in sides]
        old, new = ([record for record in side if isinstance(record, Plan)] for side in records)
        origin = find_origin(old, new, self.reference)
        if origin is None:
            return ()
        self.origins.setdefault(origin, set()).update(commit.parents)
        frame = self.workspace(after)
        return arrival(frame.with_plans(old), frame.with_plans(new), self.reference, commit.on)

    def _merged(self, commit: Commit, parents: Sequence[Standing], after: Standing) -> Standing:
        """Tell what a merge decided by itself."""
        union, common = parents[0].steps, parents[0].steps
        for parent in parents[1:]:
            union, common = union | parent.steps, common & parent.steps
        after = after._replace(steps=union)
        sides = [parent for parent in parents if parent.steps & ~common]
        if not sides:
            return self._noted(commit, parents[0], after, self._differences(parents[0], after, commit.on))
        if len(sides) == 1:
            return self._noted(commit, sides[0], after, self._differences(sides[0], after, commit.on))
        own = union & ~common
        base = self._before[(own & -own).bit_length() - 1]
        return self._noted(commit, parents[0], after, tuple(self._decided(base, sides, after, commit.on)))

    def _decided(self, base: Standing, sides: Sequence[Standing], after: Standing, day: date) -> Iterator[Told]:
        """Go through what a merge has otherwise than a side of it, and that the other sides had not done."""
        made = [{each.change.fingerprint for each in self._differences(base, side, day)} for side in sides]
        told = set()
        for number, side in enumerate(sides):
            others = set().union(*(made[:number] + made[number + 1 :]))
            for each in self._differences(side, after, day):
                about = (each.change.field, each.change.deadline, str(each.change.new))
                if each.change.fingerprint not in others and about not in told:
                    told.add(about)
                    yield each
