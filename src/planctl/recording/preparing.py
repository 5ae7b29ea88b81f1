"""The text that a recording makes, proved to say the old one and the entry, with the problems that it would bring."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl import checks, codec, layout, sources, yamltree
from planctl.checks.base import Context
from planctl.errors import ChangedMeanwhileError, FlawedTextError, NotEditableError
from planctl.model import Plan, Registry
from planctl.problems import RANK, Severity
from planctl.queries import rules_of
from planctl.recording.entries import File, Kind, Named, Recording, edits_of, placed, taken_back
from planctl.workspace import Workspace
from planctl.yamltree import Map, Seq

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from planctl.codec import Record
    from planctl.problems import Problem
    from planctl.sources import Source
    from planctl.yamltree import Node

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
    tree = _tree_of(source)
    before, known = _read(source, tree, recording)
    try:
        recording = placed(before, recording)
        text, new_tree = layout.edit_tree(data.decode(), tree, path, edits_of(before, recording))
    except LookupError as error:
        raise ChangedMeanwhileError(path=path) from error
    changed = sources.decode(path, text.encode())
    after, flaws = _decoded(path, new_tree, recording)
    broken = _new(flaws, known)
    if not isinstance(after, (Plan, Registry)) or not (broken or taken_back(after, before, recording) == before):
        raise NotEditableError
    old, new = (_alone(workspace, record, text_of) for record, text_of in ((before, source), (after, changed)))
    judged = _judged(old.with_tree(path, tree), today)
    # Few entries bring a problem; only then the new text is parsed, to say where.
    found = _new(_judged(new.with_tree(path, new_tree), today), judged)
    if found:
        found = _new(_judged(new, today), judged)
    if broken:
        broken = _new(codec.decode(changed)[1], codec.decode(source)[1])
    problems = sorted((*broken, *found), key=lambda each: RANK[each.severity])
    return Prepared(recording, text.encode(), old, new, tuple(problems))


def _tree_of(source: Source) -> Node:
    """Parse a file.

    Raises:
        FlawedTextError: it cannot be read, or is not of our dialect.
    """
    tree, flaws = (None, []) if source.trouble else yamltree.parse(source.text)
    if source.trouble:
        raise FlawedTextError(line=source.trouble.line, column=source.trouble.column, code=source.trouble.code)
    if flaws:
        raise FlawedTextError(line=flaws[0].mark.line + 1, column=flaws[0].mark.column + 1, code=flaws[0].code)
    return tree


def _read(source: Source, tree: Node, recording: Recording) -> tuple[File, list[Problem]]:
    record, problems = _decoded(source.path, tree, recording)
    if isinstance(record, (Plan, Registry)):
        return record, problems
    place = problems[0].location
    raise FlawedTextError(line=place.line, column=place.column, code=problems[0].code)


def _decoded(path: str, tree: Node, recording: Recording) -> tuple[Record | None, list[Problem]]:
    """Decode a file; of a plan only the tasks that a recording is about, where it is about nothing else."""
    items = tree.get("tasks") if isinstance(tree, Map) and recording.kind in OF_TASK else None
    if not isinstance(tree, Map) or not isinstance(items, Seq):
        return codec.decode_tree(path, tree)
    names = {step.value for entry in recording.entries for step in entry.at if isinstance(step, Named) and step.key == "id"}
    places = [index for index, item in enumerate(items) if isinstance(item, Map) and item.get("id") in names]
    record, problems = codec.decode_tree(path, tree.with_value("tasks", items.part(places)))
    if isinstance(record, Plan):
        record = record._replace(tasks=tuple(task._replace(position=places[task.position]) for task in record.tasks))
    return record, problems


def _alone(workspace: Workspace, record: File, source: Source) -> Workspace:
    """Make a workspace of the one file that changes, so that judging it takes no time."""
    registries = [directory.registry for directory in workspace.directories.values()]
    if isinstance(record, Registry):
        registries = [record if registry.path == record.path else registry for registry in registries]
        plans: Iterable[Plan] = workspace.plans
    else:
        plans = [record]
    # What a list of units changes shows in the plans.
    sources = workspace.sources if isinstance(record, Registry) else {}
    return Workspace(tuple(plans), registries, workspace.settings, (), {**sources, source.path: source}, workspace.published)


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
