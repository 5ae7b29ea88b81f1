"""The text that a recording makes, proved to say the old one and the entry, with the problems that it would bring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl import checks, codec, layout, sources
from planctl.checks.base import Context
from planctl.errors import ChangedMeanwhileError, FlawedTextError, NotEditableError
from planctl.model import Plan, Registry
from planctl.problems import RANK, Severity
from planctl.queries import rules_of
from planctl.recording.entries import File, Kind, Recording, edits_of, placed, taken_back
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planctl.problems import Problem
    from planctl.sources import Source

READING = "P0"
"""Codes of reading begin so: what cannot be read again is not written, whatever the reason."""
OF_TASK = frozenset({Kind.PROGRESS, Kind.EXTENSION, Kind.CANCELLATION})
"""What concerns one task only."""


class Prepared(NamedTuple):
    """A file before and after a recording."""

    recording: Recording
    data: bytes
    old: Workspace
    new: Workspace
    problems: tuple[Problem, ...]
    """What it makes wrong that was not before: errors first."""

    @property
    def errors(self) -> list[Problem]:
        """What refuses it."""
        return [each for each in self.problems if each.severity is Severity.ERROR]

    @property
    def unreadable(self) -> bool:
        """Whether the entry could not even be read again."""
        return any(each.code.startswith(READING) for each in self.errors)


def prepare(workspace: Workspace, recording: Recording, data: bytes, today: date) -> Prepared:
    """Put a recording into a file, and judge it.

    Args:
        workspace: the other files.
        recording: what is recorded.
        data: the file as it is now.
        today: the day that entries must not lie after.

    Raises:
        ChangedMeanwhileError: the file no longer has what the recording belongs to.
        FlawedTextError: the file cannot be read.
        NotEditableError: the result would say something else.
        UnwritableTextError: a value has a character that no plan may hold.
    """
    path = recording.path
    source = sources.decode(path, data)
    before, flaws = _read(source)
    try:
        recording = placed(before, recording)
        text = layout.edit(data.decode(), path, edits_of(before, recording))
    except LookupError as error:
        raise ChangedMeanwhileError(path=path) from error
    after, new_flaws = codec.decode(changed := sources.decode(path, text.encode()))
    broken = _new(new_flaws, flaws)
    if not isinstance(after, (Plan, Registry)) or not (broken or taken_back(after, before, recording) == before):
        raise NotEditableError
    old, new = _alone(workspace, before, source, recording), _alone(workspace, after, changed, recording)
    found = _new(_judged(new, today), _judged(old, today))
    problems = sorted((*broken, *found), key=lambda each: RANK[each.severity])
    return Prepared(recording, text.encode(), old, new, tuple(problems))


def _read(source: Source) -> tuple[File, list[Problem]]:
    record, problems = codec.decode(source)
    if isinstance(record, (Plan, Registry)):
        return record, problems
    place = problems[0].location
    raise FlawedTextError(line=place.line, column=place.column, code=problems[0].code)


def _alone(workspace: Workspace, record: File, source: Source, recording: Recording) -> Workspace:
    """Make a workspace of the one file that changes, and of its plan only the task that it is about, so that judging it takes no time."""
    registries = [directory.registry for directory in workspace.directories.values()]
    if isinstance(record, Registry):
        registries = [record if registry.path == record.path else registry for registry in registries]
        plans: Iterable[Plan] = workspace.plans
    elif recording.kind in OF_TASK:
        plans = [record._replace(tasks=tuple(task for task in record.tasks if task.id == recording.task))]
    else:
        plans = [record]
    return Workspace(tuple(plans), registries, workspace.settings, (), {source.path: source}, workspace.published)


def _judged(workspace: Workspace, today: date) -> tuple[Problem, ...]:
    # Files that prove an entry were looked at when it was made.
    context = Context(workspace, today, rules_of(workspace.settings), digest_of=None)
    return checks.run(context, lowest=Severity.WARNING, whole=False).problems


def _new(found: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """List the problems that were not there before."""
    before = Counter((each.fingerprint, each.variant) for each in known)
    news = []
    for problem in found:
        key = (problem.fingerprint, problem.variant)
        if before[key]:
            before[key] -= 1
        else:
            news.append(problem)
    return news
