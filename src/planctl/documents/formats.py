"""The format of a file, told by its content; its name decides only between kinds of text."""

from __future__ import annotations

import re
from enum import StrEnum

from planctl.documents.archives import Archive
from planctl.documents.decoding import decode
from planctl.errors import ArchivedDocumentError, EncryptedDocumentError, OfdDocumentError, UnknownDocumentError

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF", b"BM": "BMP"}
ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "gzip"}
HTML = re.compile(
    r"\s*(<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)?<(!doctype\s+html|html|head|body|meta|title|div|table|tbody|tr|td|p|pre|h[1-6]|ol|ul|span|br|section|article|script|style|link|center)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
TAGS = re.compile(r"<(p|div|td|tr|span|br|table|a|li)[\s/>]", re.IGNORECASE)
MANY_TAGS = 5
MIME = re.compile(r"(from|mime-version|content-type|subject|date):\s", re.IGNORECASE)


class Kind(StrEnum):
    """What a file is."""

    TEXT = "txt"
    HTML = "html"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    WPS = "wps"
    ET = "et"


OPEN_DOCUMENTS = {b"application/vnd.oasis.opendocument.text": Kind.ODT, b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS}
OLD = {"WordDocument": Kind.DOC, "Workbook": Kind.XLS, "Book": Kind.XLS}
"""The streams of the old binary formats."""
LOCKED = ("EncryptedPackage", "EncryptionInfo")


def find_kind(name: str, data: bytes) -> Kind:
    """Find out what a file is.

    Raises:
        UnknownDocumentError: nothing that is read.
        OfdDocumentError: an .ofd.
        ArchivedDocumentError: a package of files.
        EncryptedDocumentError: a document of an office program with a password.
        NotTextError: text in no known encoding.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(name, data)
    if data.startswith(OLE):
        return _kind_of_ole(name, data)
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    for signature, format_ in (PICTURES | ARCHIVES).items():
        if data.startswith(signature) and (len(signature) > 2 or b"\0" in data[:HEAD]):
            raise (
                ArchivedDocumentError(path=name, found=format_) if signature in ARCHIVES else UnknownDocumentError(path=name, found=format_)
            )
    return _kind_of_text(name, data)


def _kind_of_text(name: str, data: bytes) -> Kind:
    # A piece of the head is enough, and may be cut within a character.
    head = data[:HEAD].decode("utf-8" if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16", errors="replace").lstrip("\ufeff")
    if head.count("\0") > len(head) // 4:
        head = decode(name, data).text[:HEAD]
    suffix = name.lower().rpartition(".")[2]
    if HTML.match(head) or (suffix in {"html", "htm", "shtml"} and TAGS.search(head)) or len(TAGS.findall(head)) >= MANY_TAGS:
        return Kind.HTML
    if MIME.match(head) and re.search(r"^mime-version:", head, re.IGNORECASE | re.MULTILINE):
        raise ArchivedDocumentError(path=name, found="MHTML")
    return Kind.CSV if suffix == "csv" else Kind.TEXT


def _kind_of_zip(name: str, data: bytes) -> Kind:
    archive = Archive(name, data)
    paths = archive.entries
    if "word/document.xml" in paths:
        return Kind.DOCX
    if "xl/workbook.xml" in paths:
        return Kind.XLSX
    if "OFD.xml" in paths:
        raise OfdDocumentError(path=name)
    if kind := OPEN_DOCUMENTS.get((archive.read("mimetype") or b"").strip() if "mimetype" in paths else b""):
        return kind
    if "[Content_Types].xml" in paths:
        types = archive.read("[Content_Types].xml") or b""
        found = {b"wordprocessingml": Kind.DOCX, b"spreadsheetml": Kind.XLSX}
        if kind := next((kind for mark, kind in found.items() if mark in types), None):
            return kind
    raise ArchivedDocumentError(path=name, found="zip")


def _kind_of_ole(name: str, data: bytes) -> Kind:
    """Tell the old binary formats apart by the names in their directory; an encrypted .docx is in such a container too."""
    if any(key.encode("utf-16-le") in data for key in LOCKED):
        raise EncryptedDocumentError(path=name)
    suffix = name.lower().rpartition(".")[2]
    if suffix in {"wps", "et"}:
        return Kind(suffix)
    found = next((kind for key, kind in OLD.items() if key.encode("utf-16-le") in data), None)
    if found is None:
        raise UnknownDocumentError(path=name, found="OLE")
    return found
