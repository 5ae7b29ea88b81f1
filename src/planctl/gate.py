"""The gate: what the plans do to those of a revision, and by which settings that is judged.

A change cannot choose its judge: how severe the rules about changes are is what the revision says, and of waivers in the change itself
only those count that name one finding by its fingerprint, for the reviewer to see.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.comparison import compare
from planctl.errors import NoPlansInRevisionError
from planctl.git.errors import UnknownRevisionError
from planctl.problems import Severity
from planctl.revisions import open_snapshot, read_range

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.changes.outcomes import Judging
    from planctl.changes.records import Change
    from planctl.problems import Problem
    from planctl.settings import Settings
    from planctl.workspace import Workspace

POLICY = "P5"
"""The codes of the change policy begin so."""


class Review(NamedTuple):
    """What a change does, and what of it nobody can judge."""

    changes: tuple[Change, ...]
    unread: tuple[Problem, ...]
    """Why something in the revision cannot be read."""
    settings: Settings
    """By which the findings are judged."""


def review(workspace: Workspace, folder: str, against: str, ours: str, judge: Callable[[Workspace], Judging]) -> Review | None:
    """Compare the plans with those of a revision; of a branch, with where they parted, so that what others did there is not ours.

    Args:
        workspace: the plans that are to be judged.
        folder: where they stand.
        against: a revision, `REVISION:FOLDER`, another folder or a published file.
        ours: the revision that the plans are from, or are to follow.
        judge: judges a workspace as of a day.

    Returns:
        Nothing where there were no plans yet.

    Raises:
        UnknownRevisionError: there is no such revision here.
        NoPlansInRevisionError: the plans were elsewhere then; the error says where.
    """
    try:
        base = open_snapshot(_start(against, ours, folder), folder).workspace
    except NoPlansInRevisionError as error:
        if error.args_of_message["elsewhere"]:
            raise
        return None
    except UnknownRevisionError as error:
        if error.why != "empty":
            raise
        return None
    unread = tuple(problem for problem in base.problems if problem.severity is Severity.ERROR)
    return Review(tuple(compare(base, workspace, judge)), unread, judged_by(base.settings, workspace.settings))


def _start(against: str, ours: str, folder: str) -> str:
    """Name the state to compare with."""
    if os.path.exists(against):
        return against
    revision, colon, place = against.partition(":")
    if not revision or ".." in revision:
        raise UnknownRevisionError(revision=against)
    return f"{read_range([f'{revision}...{ours}'], folder)[0]}{colon}{place}"


def judged_by(base: Settings, head: Settings) -> Settings:
    """Give the settings that a change is judged by: its own, and for the change policy those that held before it."""
    severity = {code: level for code, level in head.severity.items() if not code.startswith(POLICY)}
    severity |= {code: level for code, level in base.severity.items() if code.startswith(POLICY)}
    known = {waiver._replace(position=0) for waiver in base.waivers}
    waivers = (
        waiver
        for waiver in head.waivers
        if waiver.fingerprint or not waiver.code.startswith(POLICY) or waiver._replace(position=0) in known
    )
    return head._replace(severity=severity, waivers=tuple(waivers))
