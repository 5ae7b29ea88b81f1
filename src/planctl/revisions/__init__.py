"""Revisions: the plans as they stand on the disk, in the index, or as they stood in a commit, made into workspaces in one way."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from planctl import loader, sources
from planctl.errors import PlanctlError
from planctl.messages import Word
from planctl.revisions.belongings import DISK, load, settings_of
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planctl.sources import Source

INDEX = (":", "--staged")
"""How the index is asked for."""
FOLDER_OF_REVISION = re.compile(r"((?:[^:{]|\{[^}]*\})+):(.*)", re.DOTALL)
"""`HEAD~5:old/plans`, as git writes it; `main@{2022-01-01 10:00}` is a revision alone."""


class Snapshot(NamedTuple):
    """A workspace with where it is from."""

    name: str
    """For people: `HEAD~1 (1a2b3c4)`, a folder, or a `Word` for the working tree and for the index."""
    workspace: Workspace
    commit: str | None = None
    """The id of the commit, where it is from one."""


def open_snapshot(text: str, folder: str) -> Snapshot:
    """Load the plans of `folder` as some state has them.

    Args:
        text: a revision, or one with the folder where the plans were then (`HEAD~5:old/plans`); `:` for the index;
            nothing for the working tree; or another folder, file or published `….json` instead of `folder`.
        folder: the folder of plans.

    Raises:
        AmbiguousRevisionError: there is a folder and a revision of this name.
        NoPlansInRevisionError: there was no plan then where they are looked for.
        UnknownRevisionError: there is no such revision here.
    """
    if not text:
        return Snapshot(Word("revision.working-tree"), load(DISK, [folder]))
    if not _is_place(text, folder):
        return open_revision(text, [folder])
    return Snapshot(text, _published(text) if text.endswith(sources.PUBLISHED_SUFFIX) else load(DISK, [text]))


def _is_place(text: str, folder: str) -> bool:
    if text in INDEX or not os.path.exists(text):
        return False
    if text.startswith(".") or os.path.isabs(text) or text.endswith((os.sep, *sources.SUFFIXES, sources.PUBLISHED_SUFFIX)):
        return True
    from planctl import git  # noqa: PLC0415 - only revisions need it
    from planctl.git.errors import AmbiguousRevisionError  # noqa: PLC0415 - see above

    try:
        git.resolve(git.find_repository(folder), text)
    except AmbiguousRevisionError:
        raise
    except PlanctlError:
        return True
    raise AmbiguousRevisionError(revision=text)


def _published(path: str) -> Workspace:
    """Take what another repository has published for a workspace of its own."""
    source = sources.read(path)
    found = loader.load([source])
    plans = [plan for each in found.published for plan in each.plans]
    registries = [registry for each in found.published for registry in each.registries]
    return Workspace(plans, registries, found.settings, found.problems, {path: source})


def open_revision(text: str, places: Sequence[str]) -> Snapshot:
    """Load folders and files as a commit or the index has them; what is a folder of the disk too is a revision here all the same.

    Raises:
        NoPlansInRevisionError: there was nothing then at one of the places.
        UnknownRevisionError: there is no such revision here.
    """
    from planctl import git  # noqa: PLC0415 - only revisions need it
    from planctl.revisions.trees import Tree  # noqa: PLC0415 - see above

    repository = git.find_repository(places[0])
    if text in INDEX:
        name = Word("revision.index")
        return Snapshot(name, load(Tree(repository, None, name), places))
    found = FOLDER_OF_REVISION.fullmatch(text) if not text.startswith(":") else None
    revision = found[1] if found else text
    commit = git.resolve(repository, revision)
    if found:
        place = found[2] if found[2].startswith(".") else os.path.join(repository.root, found[2])
        places = [place if os.path.isabs(places[0]) else os.path.relpath(place)]
    short = commit[:7]
    return Snapshot(short if commit.startswith(text) else f"{text} ({short})", load(Tree(repository, commit, revision), places), commit)


def read_staged(places: Sequence[str]) -> list[tuple[Source, bytes]]:
    """Read the files of the index at some places, and `planctl.yaml` above them, as texts and as bytes.

    Raises:
        NoPlansInRevisionError: there is none at one of the places.
    """
    from planctl import git  # noqa: PLC0415 - only revisions need it
    from planctl.revisions.trees import Tree  # noqa: PLC0415 - see above

    tree = Tree(git.find_repository(places[0]), None, Word("revision.index"))
    found = tree.find(places)
    return list(tree.read_whole(list(dict.fromkeys((*found, *settings_of(tree, places))))))


def day_of(snapshot: Snapshot, folder: str) -> date | None:
    """Give the day of a snapshot's commit, as the committer's calendar had it; nothing for what is no commit."""
    if snapshot.commit is None:
        return None
    from planctl import git  # noqa: PLC0415 - only revisions need it

    return git.read_commit(git.find_repository(folder), snapshot.commit).on


def read_range(words: Sequence[str], folder: str = os.curdir) -> tuple[str, str]:
    """Read which two states are to be compared, for `open_snapshot`.

    Nothing is the last commit and the working tree, `A` is A and the working tree, `A B` and `A..B` are A and B,
    `A...B` is B and where it parted from A. A side of the dots that is not written is the last commit.
    What exists as a file or folder is no range.

    Raises:
        NoMergeBaseError: `A...B` that have nothing in common.
        UnknownRevisionError: `A...B` of which one is not here.
    """
    if len(words) == 2:
        return words[0], words[1]
    text = words[0] if words else "HEAD"
    dots = re.search(r"(?<!\.)\.{2,3}(?!\.)", text)
    if not dots or os.path.exists(text):
        return text, ""
    old, new = text[: dots.start()] or "HEAD", text[dots.end() :] or "HEAD"
    if dots[0] == "...":
        from planctl import git  # noqa: PLC0415 - only revisions need it

        old = git.merge_base(git.find_repository(folder), old, new)
    return old, new
