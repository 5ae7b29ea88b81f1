"""Git: the one door to it. What is read comes from its database; nothing is checked out, and nothing is ever written.

Paths are relative to the root of the repository, with "/".
A revision is anything that git takes for a commit: `HEAD~1`, a branch, `v1`, `main@{yesterday}`.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from planctl.git.errors import AmbiguousRevisionError, NoMergeBaseError, UnknownRevisionError, UnmergedError
from planctl.git.running import UNTRUSTED, Answer, Repository, Running, demand, read_text, refusal, run, stream

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = [
    "Answer",
    "Blob",
    "Commit",
    "Repository",
    "Touch",
    "cut_off",
    "find_repository",
    "is_shallow",
    "list_blobs",
    "log",
    "merge_base",
    "read_blobs",
    "read_commit",
    "resolve",
    "run",
    "stream",
    "trace",
    "under_way",
]
LINK, SUBMODULE = "120000", "160000"
"""Modes of what is no file: a symbolic link, whose text is where it leads, and another repository."""
REBASES = ("rebase-merge", "rebase-apply/rebasing")
"""What stands in the folder of git while it rebases."""
TODO = "sequencer/todo"
"""What is still to be picked or reverted, the present commit first."""
WINDOW = 200
"""Objects asked for at a time: what fits into a pipe, however small, so that neither side waits for the other."""
ID = re.compile(rb"[0-9a-f]{40,64}\n")
FORMAT = "%H%x00%P%x00%cd%x00%aN%x00%s"
"""How `git log` writes a commit: fields parted by NUL."""
LAST_SECOND = 253_402_300_799
"""The end of the year 9999, where calendars end."""


class Blob(NamedTuple):
    """A file of a revision: where it is, which object holds it, and its mode."""

    path: str
    oid: str
    mode: str


class Commit(NamedTuple):
    """A commit. `on` is the committer's day, in the zone where it was committed."""

    id: str
    parents: tuple[str, ...]
    on: date
    at: datetime
    author: str
    subject: str


class Touch(NamedTuple):
    """A file that a commit changed, with the objects that held it before, in the first parent, and after; `None` where it was not there."""

    path: str
    old: str | None
    new: str | None


def find_repository(start: str) -> Repository:
    """Find the repository that a file or folder is in; one that does not exist counts as what it would be in.

    Raises:
        NoGitError: git is not installed.
        NotRepositoryError: there is none.
        UntrustedRepositoryError: git refuses, because it belongs to somebody else.
    """
    folder = os.path.abspath(start)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    answer = run(Repository(folder), "rev-parse", "--absolute-git-dir", "--git-common-dir", "--is-bare-repository", "--show-toplevel")
    lines = read_text(answer.out).removesuffix("\n").split("\n", 3)
    if len(lines) < 3:
        raise refusal(folder, answer)
    homes = [os.path.realpath(os.path.join(folder, line)) for line in lines[:2]]
    if answer.code and lines[2] != "true" and os.path.basename(homes[0]) == ".git":
        # Inside .git itself, where some hooks run.
        return find_repository(os.path.dirname(homes[0]))
    return Repository(os.path.normpath(lines[3]) if len(lines) > 3 else homes[0], tuple(_of_hook(homes)))


def resolve(repository: Repository, revision: str) -> str:
    """Give the id of the commit that a revision names.

    Raises:
        UnknownRevisionError: there is no such commit here.
        AmbiguousRevisionError: it may be one or another.
    """
    if revision.startswith("-"):
        # Refused here: not every git in use has --end-of-options for rev-parse, and no revision begins so.
        raise UnknownRevisionError(revision=revision, why="option")
    # Where git searches messages, all that follows is the text to search for.
    answer = run(repository, "rev-parse", "--verify", revision if revision.startswith(":/") else f"{revision}^{{commit}}")
    if " is ambiguous" in answer.words:
        raise AmbiguousRevisionError(revision=revision)
    if answer.code or not ID.fullmatch(answer.out) or re.search(r"^warning: log for .* only ", answer.words, re.MULTILINE):
        if UNTRUSTED.search(answer.words):
            raise refusal(repository.root, answer)
        raise UnknownRevisionError(revision=revision, why=_why_unknown(repository))
    return answer.out.decode().strip()


def _id_of(repository: Repository, revision: str) -> str:
    """Give the id of a commit, without a question where it is one already."""
    return revision if ID.fullmatch(f"{revision}\n".encode()) else resolve(repository, revision)


def _why_unknown(repository: Repository) -> str | None:
    if is_shallow(repository):
        return "shallow"
    return None if demand(repository, "rev-list", "--all", "--max-count=1") else "empty"


def merge_base(repository: Repository, one: str, other: str) -> str:
    """Give the id of the commit where two revisions parted.

    Raises:
        NoMergeBaseError: they have nothing in common, or a shallow clone does not reach there.
    """
    answer = run(repository, "merge-base", resolve(repository, one), resolve(repository, other))
    if answer.code == 1:
        raise NoMergeBaseError(one=one, other=other, shallow=is_shallow(repository))
    if answer.code:
        raise refusal(repository.root, answer)
    return answer.out.decode().split()[0]


def is_shallow(repository: Repository) -> bool:
    """Tell whether a clone has been cut off: the history before some commits is not there."""
    return demand(repository, "rev-parse", "--is-shallow-repository") == b"true\n"


def list_blobs(repository: Repository, revision: str | None, folders: Sequence[str]) -> list[Blob]:
    """List the files below folders (`""` is the root), and single files, as a revision has them; `None` is the index.

    Links and submodules are listed too: their modes tell. What does not exist there is left out.

    Raises:
        UnmergedError: a merge has left a file of the index in conflict.
    """
    paths = [] if any(folder in ("", ".") for folder in folders) else list(folders)
    if revision is None:
        entries = _entries(demand(repository, "ls-files", "--stage", "-z", "--", *paths))
        return [Blob(path, oid, mode) for (mode, oid, stage), path in entries if _is_merged(stage, path)]
    commit = _id_of(repository, revision)
    entries = _entries(demand(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths))
    return [Blob(path, oid, mode) for (mode, _, oid), path in entries]


def _entries(out: bytes) -> Iterator[tuple[list[str], str]]:
    """Read the lists of git: fields, a tabulator, a path."""
    for entry in read_text(out).split("\0")[:-1]:
        fields, _, path = entry.partition("\t")
        yield fields.split(" "), path


def _is_merged(stage: str, path: str) -> bool:
    if stage != "0":
        raise UnmergedError(path=path)
    return True


def read_blobs(repository: Repository, oids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Read objects in the order asked, byte for byte, by one process for all of them. `<commit>:<path>` does for an id.

    Raises:
        GitFailedError: an object is not there, or broken.
    """
    with Running(repository, "cat-file", "--batch") as git:
        asked = iter(oids)
        while window := list(islice(asked, WINDOW)):
            git.write("".join(f"{oid}\n" for oid in window))
            for oid in window:
                yield oid, git.read_object()


def log(repository: Repository, revision: str = "HEAD", folders: Sequence[str] = (), since: date | None = None) -> Iterator[Commit]:
    """List the commits that lead to a revision, newest first; only those that touched one of the folders, or since a day (included).

    They come while git walks. Git's own `--since` is not used: it stops at the first clock that was wrong.

    Raises:
        UnknownRevisionError: there is no such commit here.
    """
    commit = resolve(repository, revision)
    return (each for each in _log(repository, commit, "--", *folders) if since is None or each.on >= since)


def read_commit(repository: Repository, revision: str) -> Commit:
    """Read one commit.

    Raises:
        UnknownRevisionError: there is no such commit here.
    """
    return next(_log(repository, _id_of(repository, revision), "--max-count=1"))


def _log(repository: Repository, *arguments: str) -> Iterator[Commit]:
    fields = stream(repository, "log", "-z", f"--format={FORMAT}", "--date=raw", "--encoding=UTF-8", *arguments)
    return map(_commit, zip(fields, fields, fields, fields, fields, strict=False))


def _commit(fields: Iterable[str]) -> Commit:
    """Make a commit of the fields of `FORMAT`."""
    identity, parents, moment, *words = fields
    at = _moment(moment)
    # Where a commit does not say in which encoding it is, odd bytes are nothing that could be put on paper.
    author, subject = (word.encode(errors="surrogateescape").decode(errors="replace") for word in words)
    return Commit(identity, tuple(parents.split()), at.date(), at, author, subject)


def trace(
    repository: Repository, revision: str = "HEAD", folders: Sequence[str] = (), *, mainline: bool = False
) -> Iterator[tuple[Commit, tuple[Touch, ...]]]:
    """List the commits that lead to a revision, parents first, with the files that each changed against its first parent.

    Where folders are given, only the commits that changed something there, and merges; the parents of each are then the nearest of these.

    Args:
        repository: which one.
        revision: the last commit.
        folders: what is asked about; by default everything.
        mainline: leave out what came in through merges, and give only the merges.

    Raises:
        UnknownRevisionError: there is no such commit here.
    """
    last = resolve(repository, revision)
    wanted = ("--first-parent",) if mainline else ("--full-history", "--parents", "--date-order")
    diffs = ("--raw", "--no-abbrev", "--no-renames", "--diff-merges=first-parent", "--root")
    form = ("-z", f"--format=\x02%x00{FORMAT}", "--date=raw", "--encoding=UTF-8")
    with Running(repository, "log", "--reverse", *wanted, *diffs, *form, last, "--", *folders) as git:
        fields = git.read_fields()
        field = next(fields, None)
        while field is not None:
            commit = _commit(islice(fields, 5))
            touches = []
            while (field := next(fields, None)) and field != "\x02":
                before, after, old, new, _ = field.strip().split(" ")
                touches.append(Touch(next(fields), _object(before, old), _object(after, new)))
            yield commit, tuple(touches)


def _object(mode: str, oid: str) -> str | None:
    """Give the object of a file; a link is none, nor is another repository."""
    return oid if mode.removeprefix(":").startswith("100") else None


def under_way(repository: Repository) -> str | None:
    """Say what git is doing that moves commits: rebase, cherry-pick or revert. Of a single commit that is moved git leaves no trace."""
    asked = [part for name in (*REBASES, TODO) for part in ("--git-path", name)]
    names = read_text(demand(repository, "rev-parse", *asked)).splitlines()
    *rebases, todo = (os.path.join(repository.root, name) for name in names)
    if any(map(os.path.exists, rebases)):
        return "rebase"
    if not os.path.exists(todo):
        return None
    with open(todo, "rb") as file:
        return {b"pick": "cherry-pick", b"revert": "revert"}.get(file.readline().partition(b" ")[0])


def cut_off(repository: Repository) -> frozenset[str]:
    """Give the commits at which a shallow clone was cut off: their parents are not there."""
    if not is_shallow(repository):
        return frozenset()
    path = read_text(demand(repository, "rev-parse", "--git-path", "shallow")).strip()
    with open(os.path.join(repository.root, path), encoding="ascii") as file:
        return frozenset(file.read().split())


def _moment(raw: str) -> datetime:
    """Read a time as git keeps it: seconds and zone. Of what old tools wrote, a zone that there is not is Greenwich's."""
    seconds, _, zone = raw.partition(" ")
    try:
        hours, minutes = int(zone[:-2]), int(f"{zone[:1]}{zone[-2:]}")
        return datetime.fromtimestamp(int(seconds), timezone(timedelta(hours=hours, minutes=minutes)))
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=min(int(seconds or 0), LAST_SECOND))


def _of_hook(homes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pick from the environment what a hook of this very repository has to be judged by.

    `git commit -a` runs its hooks with an index of its own, and a push has its objects in quarantine until the hooks have agreed.
    """
    for name, partner in (("GIT_INDEX_FILE", None), ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")):
        path = os.path.realpath(os.environ.get(name) or os.sep)
        if any(path.startswith(os.path.join(home, "")) for home in homes):
            yield name, path
            if partner and partner in os.environ:
                yield partner, os.environ[partner]
