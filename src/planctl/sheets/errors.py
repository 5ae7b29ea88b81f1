"""Errors of spreadsheets."""

from __future__ import annotations

from planctl.errors import PlanctlError


class NoSheetsError(PlanctlError):
    """What writes workbooks is not installed."""

    key = "error.no-sheets"


class NotSheetError(PlanctlError):
    """What came back is no workbook."""

    key = "error.not-sheet"


class MacroSheetError(PlanctlError):
    """A workbook has macros."""

    key = "error.macro-sheet"


class NotFormError(PlanctlError):
    """A workbook is no form of planctl, or one of a version that is not known here.

    Args:
        version: that version.
    """

    key = "error.not-form"

    def __init__(self, *, path: str, version: str | None = None) -> None:
        super().__init__(path=path, version=version)
        self.hint = "error.not-form.version" if version is not None else "error.not-form.hint"


class NothingOwedError(PlanctlError):
    """No unit, or not the one that is named, owes anything that a form could ask."""

    key = "error.nothing-owed"


class NeedsYesError(PlanctlError):
    """Something is to be written, nobody can be asked, and nobody has said yes."""

    key = "error.needs-yes"


class BadMappingError(PlanctlError):
    """A mapping of columns says what it cannot."""

    key = "error.bad-mapping"


class NoRegisterError(PlanctlError):
    """No table of a document has headings that a register has."""

    key = "error.no-register"
