"""Errors of documents that planctl writes and of templates in .docx. See `planctl.errors`."""

from __future__ import annotations

from planctl.errors import PlanctlError, TemplateFailedError


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
