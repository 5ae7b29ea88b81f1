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


class NoPlanInFileError(PlanctlError):
    """A file that was given as a plan holds none."""

    key = "error.no-plan-in-file"


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


class SamePlanIdError(PlanctlError):
    """Several plans have one id, so that nobody can tell which is meant."""

    key = "error.same-plan-id"


class TakenIdError(PlanctlError):
    """A plan or a task is to have an id that another has, be it in other letters."""

    key = "error.taken-id"


class BadIdError(PlanctlError):
    """An id has characters that references and file names cannot have."""

    key = "error.bad-id"


class BadDateError(PlanctlError):
    """A date on the command line cannot be understood."""

    key = "error.bad-date"


class NoSuchDayError(BadDateError):
    """A date on the command line is in no calendar."""

    key = "error.no-such-day"


class BadChoiceError(PlanctlError):
    """An option has a value that is not among its choices."""

    key = "error.bad-choice"


class OptionNeedsError(PlanctlError):
    """An option means nothing without another."""

    key = "error.option-needs"


class BackwardsError(PlanctlError):
    """A time is asked about that ends before it begins."""

    key = "error.backwards"


class TerminalError(PlanctlError):
    """What is no text would go to a terminal."""

    key = "error.terminal"


class StagedHeadError(PlanctlError):
    """Changes are asked for up to the index and up to something else."""

    key = "error.staged-head"


class AlreadyThereError(PlanctlError):
    """A new file would take the place of one that is there."""

    key = "error.already-there"


class NoOrganisationError(PlanctlError):
    """Nothing tells whose document it is."""

    key = "error.no-organisation"


class CannotWriteError(PlanctlError):
    """The output file cannot be written."""

    key = "error.cannot-write"


class ChangedMeanwhileError(PlanctlError):
    """A file was changed between reading and writing it."""

    key = "error.changed-meanwhile"


class LockedError(PlanctlError):
    """Another process holds a file."""

    key = "error.locked"


class UnsoundPlansError(PlanctlError):
    """Some files cannot be read completely, so that their plans are not published."""

    key = "error.unsound-plans"


class NoUpstreamError(PlanctlError):
    """A task that is to be confirmed has no link to an upper plan that is there."""

    key = "error.no-upstream"


class WholeFolderError(PlanctlError):
    """A change is judged as a whole, and not by single files."""

    key = "error.whole-folder"


class BadPeriodError(PlanctlError):
    """A period on the command line cannot be understood."""

    key = "error.bad-period"


class TemplateFailedError(PlanctlError):
    """A template cannot be read or asks for what is not there."""

    key = "error.template"


class NoPicturesError(PlanctlError):
    """What draws charts as PNG is not installed."""

    key = "error.no-pictures"


class NotTextError(PlanctlError):
    """A document is no text in an encoding that is read."""

    key = "error.document-not-text"


class UnknownDocumentError(PlanctlError):
    """A file is of no format that is read."""

    key = "error.document-unknown"


class OfdDocumentError(PlanctlError):
    """A document is an .ofd."""

    key = "error.document-ofd"


class ArchivedDocumentError(PlanctlError):
    """A document is a page saved as one archive, or a zip of other files."""

    key = "error.document-archive"


class ScannedDocumentError(PlanctlError):
    """A document is pictures of pages, without text."""

    key = "error.document-scanned"


class EncryptedDocumentError(PlanctlError):
    """A document cannot be opened without a password."""

    key = "error.document-encrypted"


class OversizedDocumentError(PlanctlError):
    """A document is larger than any that is written, or is made to fill the memory."""

    key = "error.document-oversized"


class DamagedDocumentError(PlanctlError):
    """A document is not what its format demands."""

    key = "error.document-damaged"


class UnsafeDocumentError(PlanctlError):
    """A document declares entities or a document type, as no office program writes them."""

    key = "error.document-unsafe"


class SlowDocumentError(PlanctlError):
    """Reading a document takes more time or memory than is reasonable."""

    key = "error.document-slow"


class EmptyDocumentError(PlanctlError):
    """There is no text in a document."""

    key = "error.document-empty"


class NoReaderError(PlanctlError):
    """What reads a format is not installed."""

    key = "error.no-reader"


class NoOfficeError(PlanctlError):
    """A format is read by LibreOffice only, which is not installed."""

    key = "error.no-office"


class OfficeFailedError(PlanctlError):
    """LibreOffice could not convert a document."""

    key = "error.office-failed"


class NoPlansInRevisionError(PlanctlError):
    """A revision has no plan where the plans are looked for.

    Args:
        elsewhere: a folder that holds plans in that revision, if any.
    """

    key = "error.no-plans-in-revision"

    def __init__(self, *, revision: str, folder: str, elsewhere: str | None = None) -> None:
        super().__init__(revision=revision, folder=folder, elsewhere=elsewhere)
        self.hint = "error.no-plans-in-revision.elsewhere" if elsewhere else "error.no-plans-in-revision.hint"


class NoPlansStagedError(NoPlansInRevisionError):
    """The index has no plan where the plans are looked for."""

    key = "error.no-plans-staged"

    def __init__(self, *, revision: str, folder: str) -> None:
        import shlex  # noqa: PLC0415 - only this names a command to type

        super().__init__(revision=revision, folder=folder)
        self.args_of_message["quoted"] = shlex.quote(folder)
        self.hint = "error.no-plans-staged.hint"


class FlawedTextError(PlanctlError):
    """A text that was to be changed is not of our dialect of YAML."""

    key = "error.flawed-text"


class NotEditableError(PlanctlError):
    """A text is written in so odd a way that an edit would make it say something else."""

    key = "error.not-editable"


class UnwritableTextError(PlanctlError):
    """A value has a character that no plan may hold."""

    key = "error.unwritable-text"


class NoOpenccError(PlanctlError):
    """What simplifies traditional characters is not installed."""

    key = "error.no-opencc"


class TooManyRowsError(PlanctlError):
    """A sheet would have more rows than a program opens."""

    key = "error.too-many-rows"


class OptionOfFormatError(PlanctlError):
    """An option has no meaning for the format that is asked for."""

    key = "error.option-of-format"
