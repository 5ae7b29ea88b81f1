"""Reading a document of any format: `read` a file, `read_bytes` what is in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.documents.archives import MOST_BYTES
from planctl.documents.formats import Kind, find_kind
from planctl.documents.headings import with_header_rows
from planctl.documents.records import Note, NoteKind
from planctl.errors import EmptyDocumentError, NotFoundError, OversizedDocumentError, UnreadableError

if TYPE_CHECKING:
    from planctl.documents.records import Reading

CONVERTED = {
    **dict.fromkeys((Kind.DOC, Kind.WPS, Kind.RTF, Kind.ODT), Kind.DOCX),
    **dict.fromkeys((Kind.XLS, Kind.ET, Kind.ODS), Kind.XLSX),
}
"""What LibreOffice makes of the formats that only it reads."""


def read(path: str) -> Reading:
    """Read a document, as it is printed; `normalising.normalise` repairs it.

    Raises:
        NotFoundError: it does not exist.
        UnreadableError: the operating system does not give it.
        PlanctlError: it cannot be read, as `read_bytes` says.
    """
    if os.path.isdir(path):
        raise UnreadableError(path=path, reason=os.strerror(21))
    try:
        with open(path, "rb") as file:
            return read_bytes(path, file.read(MOST_BYTES + 1))
    except FileNotFoundError as error:
        raise NotFoundError(path=path) from error
    except OSError as error:
        raise UnreadableError(path=path, reason=error.strerror) from error


def read_bytes(name: str, data: bytes) -> Reading:
    """Read a document that is in memory; its content tells what it is.

    Raises:
        PlanctlError: it is of no format that is read, damaged, encrypted, a scan, too large or without text; each has a class of its own.
    """
    if len(data) > MOST_BYTES:
        raise OversizedDocumentError(path=name, what=f"{len(data) / (1 << 20):.0f} MB", limit=f"{MOST_BYTES >> 20} MB")
    if not data.strip():
        raise EmptyDocumentError(path=name)
    kind = find_kind(name, data)
    reading = _read(name, data, kind)
    if not reading.blocks:
        raise EmptyDocumentError(path=name)
    return with_header_rows(reading)


def _read(name: str, data: bytes, kind: Kind) -> Reading:
    if kind in CONVERTED:
        from planctl.documents.office import convert  # noqa: PLC0415 - old formats only

        reading = _read(name, convert(name, data, kind, CONVERTED[kind]), CONVERTED[kind])
        return reading._replace(notes=(Note(NoteKind.CONVERTED, f".{kind}"), *reading.notes))
    if kind is Kind.HTML:
        from planctl.documents.html_ import read_html  # noqa: PLC0415 - each format has its own reader

        return read_html(name, data)
    if kind is Kind.DOCX:
        from planctl.documents.docx_ import read_docx  # noqa: PLC0415

        return read_docx(name, data)
    if kind is Kind.PDF:
        from planctl.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(name, data)
    if kind is Kind.XLSX:
        from planctl.documents.sheets import read_xlsx  # noqa: PLC0415

        return read_xlsx(name, data)
    if kind is Kind.CSV:
        from planctl.documents.sheets import read_csv  # noqa: PLC0415

        return read_csv(name, data)
    from planctl.documents.text import read_text  # noqa: PLC0415

    return read_text(name, data)
