"""Errors of recording."""

from __future__ import annotations

from planctl.errors import PlanctlError


class ChangedSinceError(PlanctlError):
    """The entry that is to be taken back is no longer what was recorded."""

    key = "error.changed-since"


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
