"""Errors of git: what keeps a revision from being read. See `planctl.errors`."""

from __future__ import annotations

from planctl.errors import PlanctlError


class NoGitError(PlanctlError):
    """Git is not installed."""

    key = "error.no-git"


class NotRepositoryError(PlanctlError):
    """A folder is in no git repository."""

    key = "error.not-repository"


class UntrustedRepositoryError(PlanctlError):
    """Git refuses a repository that belongs to somebody else."""

    key = "error.untrusted-repository"


class GitFailedError(PlanctlError):
    """Git cannot do what it was asked, in its own words."""

    key = "error.git"


class MissingObjectError(GitFailedError):
    """The database of git lacks what a file of a revision holds.

    Args:
        path: the file, or the id of the object where nobody knows the file.
    """

    key = "error.git-object"


class UnknownRevisionError(PlanctlError):
    """A revision names no commit of this repository.

    Args:
        why: `shallow` for a clone that was cut off, `empty` where nothing has been committed, `option` for what looks like one.
    """

    key = "error.unknown-revision"

    def __init__(self, *, revision: str, why: str | None = None) -> None:
        super().__init__(revision=revision)
        self.why = why
        self.hint = {
            "shallow": "error.unknown-revision.shallow",
            "empty": "error.unknown-revision.empty",
            "option": "error.unknown-revision.option",
        }.get(why or "", "error.unknown-revision.hint")


class AmbiguousRevisionError(PlanctlError):
    """A revision may be one commit or another, or a folder."""

    key = "error.ambiguous-revision"


class NoMergeBaseError(PlanctlError):
    """Two revisions have no commit in common, or it is not here."""

    key = "error.no-merge-base"

    def __init__(self, *, one: str, other: str, shallow: bool) -> None:
        super().__init__(one=one, other=other)
        self.hint = "error.no-merge-base.shallow" if shallow else "error.no-merge-base.hint"


class UnmergedError(PlanctlError):
    """A merge has left a file of the index in conflict."""

    key = "error.unmerged"
