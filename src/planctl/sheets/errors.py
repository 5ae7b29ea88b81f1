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
    """A workbook is no form of planctl."""

    key = "error.not-form"


class FormVersionError(PlanctlError):
    """A form is of a version that is not known here."""

    key = "error.form-version"


class TraceFileError(PlanctlError):
    """A file is what a program leaves beside one that is open."""

    key = "error.trace-file"


class PastReplyError(PlanctlError):
    """Forms are to come back by a day that is over."""

    key = "error.past-reply"


class NothingOwedError(PlanctlError):
    """No unit, or not the one that is named, owes anything that a form could ask."""

    key = "error.nothing-owed"


class NeedsYesError(PlanctlError):
    """Something is to be written, nobody can be asked, and nobody has said yes."""

    key = "error.needs-yes"


class KeptFormError(PlanctlError):
    """Where a form is to be written, there is a file that is none that nobody has filled in."""

    key = "error.kept-form"


class NoFormsError(PlanctlError):
    """There is no spreadsheet at the places that are named."""

    key = "error.no-forms"


class BadMappingError(PlanctlError):
    """A mapping of columns says what it cannot."""

    key = "error.bad-mapping"


class NoRegisterError(PlanctlError):
    """No table of a document has headings that a register has."""

    key = "error.no-register"
