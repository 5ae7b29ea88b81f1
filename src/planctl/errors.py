"""Errors: what keeps a command from going on. Each class names its entry in the catalogue, so that raising it says everything.

Problems in the user's files are not errors: see `planctl.problems`.
"""

from __future__ import annotations


class PlanctlError(Exception):
    """The base of all: a message of the catalogue with its arguments; ends a command with exit code 2."""

    key = "error"
    lang: str | None = None
    """The language to tell it in, where another than that of the run is asked for."""

    def __init__(self, **args: object) -> None:
        super().__init__(self.key, args)
        self.args_of_message = args
        self.hint = f"{self.key}.hint"


class NoPlansFolderError(PlanctlError):
    """There is no folder of plans here or above."""

    key = "error.no-plans-folder"


class NotFoundError(PlanctlError):
    """A path given on the command line does not exist."""

    key = "error.not-found"


class UnreadableError(PlanctlError):
    """The operating system refuses to give the bytes of a file."""

    key = "error.unreadable"


class UnknownNameError(PlanctlError):
    """No plan, task, unit, code or report has the name that was asked for.

    Args:
        nearest: the known name that was probably meant, if any.
        list: the command that lists the known ones.
    """

    key = "error.unknown-name"

    def __init__(self, *, what: str, name: str, nearest: str | None, list: str) -> None:  # noqa: A002 - the name in the message
        super().__init__(what=what, name=name, nearest=nearest, list=list)
        self.hint = "error.unknown-name.hint" if nearest else "error.unknown-name.list"


class AmbiguousTaskError(PlanctlError):
    """A bare task id stands in several plans."""

    key = "error.ambiguous-task"


class BadDateError(PlanctlError):
    """A date on the command line cannot be understood."""

    key = "error.bad-date"


class BadChoiceError(PlanctlError):
    """An option has a value that is not among its choices."""

    key = "error.bad-choice"


class CannotWriteError(PlanctlError):
    """The output file cannot be written."""

    key = "error.cannot-write"


class ChangedMeanwhileError(PlanctlError):
    """A file was changed between reading and writing it."""

    key = "error.changed-meanwhile"


class LockedError(PlanctlError):
    """Another process holds a file."""

    key = "error.locked"


class BadPeriodError(PlanctlError):
    """A period on the command line cannot be understood."""

    key = "error.bad-period"


class TemplateFailedError(PlanctlError):
    """A template cannot be read or asks for what is not there."""

    key = "error.template"


class DocumentTemplateFailedError(TemplateFailedError):
    """A .docx template cannot be read or asks for what is not there."""

    key = "error.docx-template"


class NotDocxTemplateError(TemplateFailedError):
    """A .docx template is no .docx, or is made to fill the memory."""

    key = "error.docx-template-not-docx"


class ActiveTemplateError(TemplateFailedError):
    """A .docx template has macros or controls."""

    key = "error.docx-template-active"


class ExternalTemplateError(TemplateFailedError):
    """A .docx template links to something outside itself."""

    key = "error.docx-template-external"


class NoDocxtplError(PlanctlError):
    """What fills .docx templates is not installed."""

    key = "error.no-docxtpl"


class NoPicturesError(PlanctlError):
    """What draws charts as PNG is not installed."""

    key = "error.no-pictures"


class NoDocxError(PlanctlError):
    """What writes and reads documents is not installed."""

    key = "error.no-docx"


class FrontMatterError(PlanctlError):
    """The front matter of a document is not YAML of our dialect."""

    key = "error.front-matter"


class FrontMatterKeyError(PlanctlError):
    """The front matter of a document has a key that means nothing."""

    key = "error.front-matter-key"


class FrontMatterValueError(PlanctlError):
    """A value in the front matter of a document is not of the kind of its key."""

    key = "error.front-matter-value"


class ClassifiedDocumentError(PlanctlError):
    """A document states a degree of secrecy: such documents do not belong in git."""

    key = "error.classified"


class UnknownPictureError(PlanctlError):
    """A document shows a picture that was not given."""

    key = "error.unknown-picture"


class BadPictureError(PlanctlError):
    """A picture of a document is not PNG."""

    key = "error.bad-picture"


class NotDocxError(PlanctlError):
    """What was given to read is no .docx, or is made to fill the memory."""

    key = "error.not-docx"
