"""Samples: what the plans said at chosen commits of the main line, read without a checkout.

The main line is that of first parents: what came in through a merge counts from the merge on. Of each file, only the versions that a sample
has are read and decoded, all by one process and each once.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from planctl.git import read_blobs
from planctl.history.versions import Versions
from planctl.model import Plan, Registry
from planctl.settings import Settings
from planctl.sources import SUFFIXES
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from planctl.codec import Record
    from planctl.git import Commit, Repository, Touch


class Sample(NamedTuple):
    """The plans at a commit, on a day at which it was the last."""

    day: date
    commit: Commit
    workspace: Workspace


class Mainline(NamedTuple):
    """The commits of the main line with what each changed, and their days: none before that of its parent, whatever the clocks said."""

    traced: tuple[tuple[Commit, tuple[Touch, ...]], ...]
    days: tuple[date, ...]

    def at(self, days: Sequence[date]) -> list[tuple[date, int]]:
        """Give for each day the last commit by then, if there was one."""
        return [(day, place - 1) for day in days if (place := bisect_right(self.days, day))]

    def between(self, since: date, until: date) -> list[tuple[date, int]]:
        """Give every commit of a time."""
        return [(day, place) for place, day in enumerate(self.days) if since <= day <= until]


def mainline(traced: Sequence[tuple[Commit, tuple[Touch, ...]]]) -> Mainline:
    """Put the commits of a main line in the order of their days."""
    days: list[date] = []
    for commit, _ in traced:
        days.append(max(commit.on, days[-1]) if days else commit.on)
    return Mainline(tuple(traced), tuple(days))


def inside(repository: Repository, *paths: str) -> list[str]:
    """Name files and folders as git does."""
    root = os.path.realpath(repository.root)
    return [os.path.relpath(os.path.realpath(path), root).replace(os.sep, "/") for path in paths]


class Sampler:
    """Gives the plans at chosen commits. `skipped` lists afterwards which files could not be read there; what they said before holds on."""

    def __init__(self, repository: Repository, line: Mainline) -> None:
        self.skipped: list[tuple[Commit, str]] = []
        self._repository, self._line = repository, line
        self._versions = Versions()
        self._decoded: dict[str, Record | None] = {}

    def samples(self, chosen: Sequence[tuple[date, int]]) -> Iterator[Sample]:
        """Go through the chosen commits, oldest first."""
        wanted = dict.fromkeys(oid for fresh in self._fresh(chosen) for oid in fresh.values() if oid)
        blobs = read_blobs(self._repository, iter(wanted))
        records: dict[str, Record] = {}
        for (day, place), fresh in zip(chosen, self._fresh(chosen), strict=True):
            commit = self._line.traced[place][0]
            for path, oid in fresh.items():
                self._update(records, path, oid, blobs, commit)
            yield Sample(day, commit, _workspace(records))

    def _fresh(self, chosen: Sequence[tuple[date, int]]) -> Iterator[dict[str, str | None]]:
        """Go through the samples with the files that are others than in the sample before."""
        following = 0
        for _, place in chosen:
            touches = (touch for _, touched in self._line.traced[following : place + 1] for touch in touched)
            yield {touch.path: touch.new for touch in touches if touch.path.endswith(SUFFIXES)}
            following = place + 1

    def _update(self, records: dict[str, Record], path: str, oid: str | None, blobs: Iterator[tuple[str, bytes]], commit: Commit) -> None:
        if oid is None:
            records.pop(path, None)
            return
        if oid not in self._decoded:
            _, data = next(blobs)
            self._decoded[oid] = self._versions.read(path, data).record
        record = self._decoded[oid]
        if record is None:
            self.skipped.append((commit, path))
        else:
            records[path] = record if isinstance(record, Settings) else record._replace(path=path)


def _workspace(records: Mapping[str, Record]) -> Workspace:
    found = [records[path] for path in sorted(records)]
    settings = next((record for record in found if isinstance(record, Settings)), Settings())
    plans = [record for record in found if isinstance(record, Plan)]
    return Workspace(plans, [record for record in found if isinstance(record, Registry)], settings)
