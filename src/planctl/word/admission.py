"""What a .docx may be that others have made: sound, of bounded size, without macros and without links to anything outside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from planctl.word.errors import ActiveTemplateError, ExternalTemplateError, NoDocxError, NotDocxTemplateError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

MOST_PARTS = 2_000
MOST_BYTES = 64 << 20
"""All parts together, unpacked."""
MOST_XML = 8 << 20
"""One part with text."""
TYPES = "[Content_Types].xml"
BODY = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE = re.compile(r"macroenabled|vbaproject|vbadata|activex", re.IGNORECASE)
"""Names and types of parts that run."""
FETCHING = re.compile(r"^\s*(DDE|DDEAUTO|DATABASE|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|LINK|RD)\b", re.IGNORECASE)
"""Fields that fetch something from elsewhere when the document is opened or printed."""


def admit(data: bytes, name: str) -> dict[str, bytes]:
    """Read the parts of a document by their names.

    Raises:
        NotDocxTemplateError: it is no .docx, it is damaged, or it is made to fill the memory.
        ActiveTemplateError: it has macros or controls.
        ExternalTemplateError: it links to something outside itself.
    """
    try:
        from lxml.etree import XMLSyntaxError  # noqa: PLC0415 - comes with python-docx, an extra
    except ImportError as error:
        raise NoDocxError from error
    try:
        parts = _unpack(data)
        judge(parts, name)
    except (zipfile.BadZipFile, zlib.error, XMLSyntaxError, LookupError, ValueError, OSError, EOFError, RuntimeError) as error:
        raise NotDocxTemplateError(template=name) from error
    return parts


def judge(parts: Mapping[str, bytes], name: str) -> None:
    """Look for what is refused in parts that can be read; raises as `admit`."""
    kinds = content_types(parts)
    for text in (*parts, *kinds.values()):
        if ACTIVE.search(text):
            raise ActiveTemplateError(template=name, part=text)
    if list(kinds.values()).count(BODY) != 1:
        raise NotDocxTemplateError(template=name)
    for path, part in parts.items():
        if path.endswith(".rels"):
            found = next(_links(parse(part)), None)
        elif path.endswith(".xml") or kinds.get(path, "").endswith("xml"):
            found = next(_fields(parse(part)), None)
        else:
            continue
        if found is not None:
            raise ExternalTemplateError(template=name, target=found)


def content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the types of the parts that have one of their own, and of the kinds of files."""
    entries = parse(parts[TYPES])
    return {(each.get("PartName") or "." + each.get("Extension", "")).removeprefix("/"): each.get("ContentType", "") for each in entries}


def parse(data: bytes) -> _Element:
    """Read XML as Word does, without a document type: a part that has one is not Word's.

    Raises:
        ValueError: there is a document type.
    """
    from lxml import etree  # noqa: PLC0415 - see `admit`

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    if root.getroottree().docinfo.doctype:
        raise ValueError(root.getroottree().docinfo.doctype)
    return root


def _unpack(data: bytes) -> dict[str, bytes]:
    """Read a zip; what it says of its sizes binds it, as no more than that is ever read."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        entries = file.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise ValueError(len(entries))
        parts = {entry.filename: file.read(entry) for entry in entries if not entry.is_dir()}
    if len({path.lower() for path in parts}) != sum(not entry.is_dir() for entry in entries):
        raise ValueError(len(parts))
    if any(len(part) > MOST_XML for path, part in parts.items() if path.endswith((".xml", ".rels"))):
        raise ValueError(MOST_XML)
    return parts


def _links(root: _Element) -> Iterator[str]:
    return (each.get("Target", "") for each in root if each.get("TargetMode", "").lower() == "external")


def _fields(root: _Element) -> Iterator[str]:
    """Give the instructions of fields that fetch. Word may cut an instruction to pieces, so that those of a paragraph are read together."""
    for each in root.iter("{*}fldSimple"):
        yield from filter(FETCHING.search, map(str, each.attrib.values()))
    for paragraph in root.iter("{*}p"):
        pieces = (each.text or "" if each.tag.endswith("instrText") else "\n" for each in paragraph.iter("{*}instrText", "{*}fldChar"))
        yield from filter(FETCHING.search, "".join(pieces).split("\n"))
