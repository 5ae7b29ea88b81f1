"""Errors of recording."""

from __future__ import annotations

from planctl.errors import PlanctlError


class ChangedSinceError(PlanctlError):
    """The entry that is to be taken back is no longer what was recorded."""

    key = "error.changed-since"

    def __init__(self, *, path: str, now: list[str] | None = None) -> None:
        super().__init__(path=path, now=now or [])
        if now:
            self.key = "error.changed-since.edited"


class MissingOptionsError(PlanctlError):
    """Options are missing that cannot be told from the plans."""

    key = "error.missing-options"


class AlreadyCancelledError(PlanctlError):
    """A task is cancelled, or a plan ended, already."""

    key = "error.already-cancelled"


class NoEvidenceError(PlanctlError):
    """A file that is to prove something is not there."""

    key = "error.no-evidence"


class UnknownUnitPlaceError(PlanctlError):
    """No one list of units has the unit that is to be renamed, or several have it."""

    key = "error.unit-place"


class NoEditorError(PlanctlError):
    """The editor cannot be started."""

    key = "error.no-editor"


class OutsideEvidenceError(PlanctlError):
    """A file that is to prove something is not in the repository, so that nobody else has it."""

    key = "error.outside-evidence"


class CancelledTaskError(PlanctlError):
    """Something is recorded of a task after it was cancelled."""

    key = "error.cancelled-task"


class SameNameError(PlanctlError):
    """A unit is to be renamed to what it is called."""

    key = "error.same-name"


class NotUndoneError(PlanctlError):
    """The last entry of the journal cannot be taken back, and stands before all others."""

    key = "error.not-undone"
