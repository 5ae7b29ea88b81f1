"""Zip files of office programs, read within bounds: no part larger than any that is written, and no entities in its XML."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from planctl.errors import DamagedDocumentError, EncryptedDocumentError, NoReaderError, OversizedDocumentError, UnsafeDocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 50 << 20
"""A document."""
MOST_PARTS = 5_000
MOST_XML = 32 << 20
"""All parts that are read of one document, unpacked. A hundred pages are 1 MB."""
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")


class Archive:
    """The parts of a file, each read when it is asked for.

    Raises:
        DamagedDocumentError: it is no sound zip.
        EncryptedDocumentError: a part needs a password.
        OversizedDocumentError: it is made to fill the memory.
    """

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._left = MOST_XML
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
            entries = self._file.infolist()
        except (zipfile.BadZipFile, ValueError, LookupError, OSError, EOFError, NotImplementedError) as error:
            raise DamagedDocumentError(path=name, part="zip", reason=error) from error
        if len(entries) > MOST_PARTS:
            raise OversizedDocumentError(path=name, what=f"{len(entries)} parts", limit=MOST_PARTS)
        self.entries = {entry.filename.replace("\\", "/").removeprefix("/"): entry for entry in entries}

    def read(self, path: str) -> bytes | None:
        """Read a part, if there is one of this name."""
        entry = self.entries.get(path)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise EncryptedDocumentError(path=self.name)
        if entry.file_size > self._left:
            raise OversizedDocumentError(path=self.name, what=f"{path}: {entry.file_size >> 20} MB", limit=f"{MOST_XML >> 20} MB")
        try:
            with self._file.open(entry) as part:
                data = part.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, LookupError, OSError, EOFError, RuntimeError, NotImplementedError) as error:
            raise DamagedDocumentError(path=self.name, part=path, reason=error) from error
        self._left -= len(data)
        return data

    def xml(self, path: str) -> _Element | None:
        """Read a part as XML, if there is one of this name.

        Raises:
            UnsafeDocumentError: it declares entities or a document type.
        """
        data = self.read(path)
        return None if data is None else parse(self.name, path, data)


def parse(name: str, part: str, data: bytes) -> _Element:
    """Parse XML without entities, document types, network and bottomless nesting."""
    try:
        from lxml import etree  # noqa: PLC0415 - an extra, and only office documents need it
    except ImportError as error:
        raise NoReaderError(format=".docx / .xlsx", package="lxml") from error
    if DECLARATION.search(data.replace(b"\0", b"")):  # in UTF-16 too
        raise UnsafeDocumentError(path=name, part=part)
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedDocumentError(path=name, part=part, reason=error) from error


def local(element: _Element) -> str:
    """Give the name of an element without its namespace: the two dialects of the standard differ in nothing else."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element | None, name: str, default: str = "") -> str:
    """Give an attribute by its name without the namespace."""
    if element is None:
        return default
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), default)


def find(element: _Element | None, *names: str) -> _Element | None:
    """Find a child by its name without the namespace, and a child of that by the next."""
    for name in names:
        element = next((child for child in element if local(child) == name), None) if element is not None else None
    return element


def children(element: _Element | None) -> list[_Element]:
    """Give the children of an element; of none, none."""
    return [] if element is None else list(element)


def whole_number(text: str, default: int) -> int:
    """Read a number of the markup; what is none counts as the default."""
    text = text.strip()
    return int(text) if len(text) < 9 and text.removeprefix("-").isdecimal() else default


def related(archive: Archive, path: str, kind: str) -> str | None:
    """Find the part that another refers to by this kind of relation."""
    folder, _, file = path.rpartition("/")
    relations = archive.xml(f"{folder}/_rels/{file}.rels".removeprefix("/"))
    for relation in children(relations):
        if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            return target.removeprefix("/") if target.startswith("/") or not folder else _resolved(folder, target)
    return None


def _resolved(folder: str, target: str) -> str:
    steps = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
