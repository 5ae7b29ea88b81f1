"""Chronicle: all that git knows of one task, newest first, through every name and place that it had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.git import cut_off, list_blobs, read_blobs, trace
from planctl.git.errors import UnknownRevisionError
from planctl.history.lineage import Lineage, Reference, Skipped, Standing, Step, arrival, differences, find_origin, scope
from planctl.history.versions import Versions
from planctl.model import Plan
from planctl.sources import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from planctl.git import Repository
    from planctl.history.lineage import Told, Traced
    from planctl.workspace import Workspace


class Chronicle(NamedTuple):
    """What became of a task, newest first; the versions that could not be read; and whether history is cut off before it."""

    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...] = ()
    is_cut_off: bool = False


class Now(NamedTuple):
    """The plans on the disk, and the day of the question."""

    workspace: Workspace
    day: date
    home: str | None = None
    """Where the plan of the task stands in the repository."""


def chronicle(repository: Repository, reference: Reference, now: Now) -> Chronicle:
    """Tell what became of a task: what is not committed yet, and what every commit did."""
    traced = _traced(repository)
    cut = cut_off(repository)
    first = Lineage(repository, traced, reference, now.home)
    standing = first.walk(cut)
    found, origin = _uncommitted(repository, first, standing, now)
    last = {traced[-1][0].id} if traced else set()
    pending = [*first.origins.items(), *([(origin, last)] if origin else [])]
    lineages, seen = [first], {reference}
    while pending:
        earlier, commits = pending.pop()
        if earlier not in seen:
            seen.add(earlier)
            lineage = Lineage(repository, _ancestors(traced, commits), earlier, None)
            lineage.walk(cut)
            lineages.append(lineage)
            pending += lineage.origins.items()
    place = {commit.id: number for number, (commit, _) in enumerate(traced)}
    steps = [(place[step.commit.id], step) for lineage in lineages for step in lineage.steps if step.commit]
    newest_first = [step for _, step in sorted(steps, key=lambda pair: pair[0], reverse=True)]
    skipped = tuple(dict.fromkeys(each for lineage in lineages for each in lineage.skipped))
    return Chronicle((*([Step(None, reference, found)] if found else []), *newest_first), skipped, bool(cut))


def _traced(repository: Repository) -> list[Traced]:
    try:
        return list(trace(repository))
    except UnknownRevisionError as error:
        if error.why == "empty":
            return []
        raise


def _ancestors(traced: Sequence[Traced], commits: Iterable[str]) -> list[Traced]:
    """Leave of the commits some and those that they came from."""
    wanted = set(commits)
    kept = []
    for commit, touches in reversed(traced):
        if commit.id in wanted:
            wanted.update(commit.parents)
            kept.append((commit, touches))
    return kept[::-1]


def _uncommitted(repository: Repository, lineage: Lineage, standing: Standing, now: Now) -> tuple[tuple[Told, ...], Reference | None]:
    """Compare the last commit with the disk; a task that is new there may have stood elsewhere."""
    reference = lineage.reference
    plan = next((plan for plan in now.workspace.plans if plan.id == reference.plan), None)
    if any(problem.task == reference.task or plan is None for problem in now.workspace.problems):
        return (), None
    new = now.workspace.with_plans([scope(plan, reference.task)] if plan else [])
    old = now.workspace.with_plans([standing.plan._replace(path=plan.path if plan else "")] if standing.plan else [])
    if lineage.traced and _has_task(new) and not _has_task(old):
        before = list(_committed(repository))
        origin = find_origin(before, now.workspace.plans, reference)
        if origin:
            return arrival(now.workspace.with_plans(before), now.workspace, reference, now.day), origin
    return differences(old, new, now.day), None


def _has_task(workspace: Workspace) -> bool:
    return any(plan.tasks for plan in workspace.plans)


def _committed(repository: Repository) -> Iterator[Plan]:
    """Read the plans of the last commit."""
    blobs = [blob for blob in list_blobs(repository, "HEAD", [""]) if blob.path.endswith(SUFFIXES) and blob.mode.startswith("100")]
    versions = Versions()
    for blob, (_, data) in zip(blobs, read_blobs(repository, [blob.oid for blob in blobs]), strict=True):
        record = versions.read(blob.path, data).record
        if isinstance(record, Plan):
            yield record
