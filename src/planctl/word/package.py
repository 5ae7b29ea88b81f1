"""The .docx itself: parts put together with python-docx, and packed so that the same document is always the same bytes.

The parts are text from the start: to move elements into a tree of python-docx takes quadratic time.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING

from planctl.word.errors import NoDocxError
from planctl.word.markup import clean
from planctl.word.pictures import relation
from planctl.word.sections import FOOTERS, footer_xml
from planctl.word.styles import styles_xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from docx.opc.coreprops import CoreProperties

    from planctl.word.styles import Style

OFFICE = "http://schemas.openxmlformats.org"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{OFFICE}/{name}"'
    for prefix, name in {
        "w": "wordprocessingml/2006/main",
        "r": "officeDocument/2006/relationships",
        "wp": "drawingml/2006/wordprocessingDrawing",
        "a": "drawingml/2006/main",
        "pic": "drawingml/2006/picture",
    }.items()
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can tell; whatever the clock says, files are of this time."""
LONGEST_PROPERTY = 255
SETTINGS = (
    '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
)


def pack(body: str, styles: Mapping[str, Style], pictures: Sequence[bytes], about: tuple[str, str, date | None]) -> bytes:
    """Put a document together from the XML of its body; `about` is its title, its author and its day."""
    try:
        from docx.opc.packuri import PackURI  # noqa: PLC0415 - an extra, and only documents need it
        from docx.opc.part import Part  # noqa: PLC0415
        from docx.package import Package  # noqa: PLC0415
    except ImportError as error:
        raise NoDocxError from error
    package = Package()
    kind = f"{OFFICE}/officeDocument/2006/relationships"
    document = Part(PackURI("/word/document.xml"), f"{WORD}.document.main+xml", _xml("document", f"<w:body>{body}</w:body>"), package)
    package.rels.add_relationship(f"{kind}/officeDocument", document, "rIdDocument")
    for name, content_type, relation_kind, key, data in _parts(styles, pictures):
        part = Part(PackURI(f"/word/{name}"), content_type, data, package)
        document.rels.add_relationship(f"{kind}/{relation_kind}", part, key)
    _describe(package.core_properties, *about)
    stream = io.BytesIO()
    package.save(stream)
    return repack(stream.getvalue())


def _parts(styles: Mapping[str, Style], pictures: Sequence[bytes]) -> Iterator[tuple[str, str, str, str, bytes]]:
    """List the parts that a document refers to: name, content type, kind and key of the relation, data."""
    yield "styles.xml", f"{WORD}.styles+xml", "styles", "rIdStyles", _xml("styles", styles_xml(styles))
    yield "settings.xml", f"{WORD}.settings+xml", "settings", "rIdSettings", _xml("settings", SETTINGS)
    for number, (side, key) in enumerate(FOOTERS.items(), 1):
        footer = _xml("ftr", footer_xml(styles["Footer"], even=side == "even"))
        yield f"footer{number}.xml", f"{WORD}.footer+xml", "footer", key, footer
    for position, data in enumerate(pictures):
        yield f"media/image{position + 1}.png", "image/png", "image", relation(position), data


def _xml(root: str, content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root} {NAMESPACES}>{content}</w:{root}>'.encode()


def _describe(properties: CoreProperties, title: str, author: str, day: date | None) -> None:
    properties.title = clean(title).replace("\n", "")[:LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = clean(author)[:LONGEST_PROPERTY]
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = datetime.combine(day, time()) if day else datetime(*EPOCH)  # noqa: DTZ001 - UTC, without saying so


def repack(data: bytes) -> bytes:
    """Pack a zip anew: parts in one order, no clock and no operating system in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        # A reader looks for the types of the parts first.
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return stream.getvalue()
