"""Documents that are made to do harm, or cannot be read: refused with the way out, in bounded time and memory."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import hostile_papers as made
from papers import as_csv, as_docx, as_html, as_xlsx, texts
from planctl import errors
from planctl.documents.archives import MOST_BYTES
from planctl.documents.normalising import normalise
from planctl.documents.pdf import read_pdf
from planctl.documents.reading import read_bytes
from planctl.documents.tracing import MOST_BLOCKS, MOST_CHARACTERS
from planctl.messages import say

if TYPE_CHECKING:
    from random import Random

PDF_TEXT = "BT /F 12 Tf (a) Tj ET"


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (made.zip_bomb(), errors.OversizedDocumentError),
        (made.lying_bomb(), errors.DamagedDocumentError),
        (made.laughs(), errors.UnsafeDocumentError),
        (made.outsider(), errors.UnsafeDocumentError),
        (made.word(made.paragraph("甲"))[:300], errors.DamagedDocumentError),
        (made.word("<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000), errors.DamagedDocumentError),
        (made.word("<w:p><w:r><w:t>甲</w:p>"), errors.DamagedDocumentError),
        (made.packed({"word/document.xml": "<other/>"}), errors.DamagedDocumentError),
        (made.word(made.paragraph("")), errors.EmptyDocumentError),
        (made.packed({f"{number}.xml": "" for number in range(5001)}), errors.OversizedDocumentError),
        (made.workbook(""), errors.EmptyDocumentError),
        (made.OLE + "EncryptedPackage".encode("utf-16-le"), errors.EncryptedDocumentError),
        (made.OLE, errors.UnknownDocumentError),
        (made.locked_pdf(), errors.EncryptedDocumentError),
        (made.page_pdf(PDF_TEXT)[:200], errors.DamagedDocumentError),
        (made.circular_pages(), errors.EmptyDocumentError),
        (made.circular_form(), errors.EmptyDocumentError),
        (b"%PDF-1.7\n", errors.DamagedDocumentError),
        (made.packed({"OFD.xml": "<ofd/>"}), errors.OfdDocumentError),
        (made.packed({"a.txt": "甲"}), errors.ArchivedDocumentError),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related", errors.ArchivedDocumentError),
        (b"Rar!\x1a\x07\x00", errors.ArchivedDocumentError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", errors.UnknownDocumentError),
        (b"\x00" * 100, errors.NotTextError),
        (b"", errors.EmptyDocumentError),
        (b"<html><body><div id='app'></div><script>load()</script></body></html>", errors.EmptyDocumentError),
        (b"a" * (MOST_BYTES + 1), errors.OversizedDocumentError),
        ("甲".encode() * (MOST_CHARACTERS + 1), errors.OversizedDocumentError),
        (b"a\n" * (MOST_BLOCKS + 1), errors.OversizedDocumentError),
        (b"<br>a" * (MOST_BLOCKS + 2), errors.OversizedDocumentError),
    ],
)
def test_it_is_refused_with_the_way_out_in_both_languages(data: bytes, error: type[errors.PlanctlError]) -> None:
    with pytest.raises(errors.PlanctlError) as caught:
        read_bytes("文件", data)
    found = caught.value
    said = [say(key, lang, found.args_of_message) for key in (found.key, found.hint) for lang in ("zh", "en")]
    assert (type(found), all(said)) == (error, True)


@pytest.mark.parametrize(
    ("data", "limit"), [(b"a\n" * (MOST_BLOCKS + 1), MOST_BLOCKS), ("甲".encode() * (MOST_CHARACTERS + 1), MOST_CHARACTERS)]
)
def test_of_a_text_that_is_too_large_the_bound_is_told_that_it_exceeds(data: bytes, limit: int) -> None:
    with pytest.raises(errors.OversizedDocumentError) as caught:
        read_bytes("文件.txt", data)
    assert caught.value.args_of_message == {"path": "文件.txt", "what": f"{limit + 1}", "limit": limit}


def test_a_pdf_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(errors.SlowDocumentError):
        read_pdf("a.pdf", made.doubling_forms(), seconds=1)


HARD = {
    "brackets that open": "（" * 100_000,
    "brackets that open and close": "（" * 50_000 + "）" * 50_000,
    "pairs": "(a)" * 50_000,
    "blanks": "甲          " * 20_000,
    "spaced out": "甲 " * 50_000,
    "readings": "机(jī)" * 30_000,
    "digits": "2" * 300_000,
    "zeros": "二○" * 50_000,
    "control characters": "甲\x01" * 50_000,
    "question marks": "?" * 100_000,
    "rows": "甲\t乙\n" * 30_000,
    "tags": "<p>甲" + "<div>" * 50_000,
    "tags that do not end": "<p>甲</p>" + "<a b='" * 50_000,
    "comments that do not end": "<p>甲</p>" + "<!--" * 50_000,
    "end tags": "<p>甲" + "</b>" * 50_000,
    "cells": "<table>" + "<td>甲<b></div>" * 20_000,
    "tables in tables": "<table><tr><td>甲<td>" * 5_000,
    "spans": "<table>" + "<tr><td rowspan=9999 colspan=99>甲<td>乙" * 2_000,
    "labels": "<div>" + "<p>索 引 号" * 20_000,
    "references": "<p>" + "&amp" * 50_000,
}
"""Each takes a second or less; with quadratic time it would be minutes."""


@pytest.mark.parametrize("name", HARD)
def test_texts_that_lead_back_and_forth_are_read(name: str) -> None:
    data = HARD[name].encode()
    assert normalise(read_bytes("a", data)).blocks


def test_tables_in_tables_in_a_word_document_are_read() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 80 + made.paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 80
    assert texts(read_bytes("a.docx", made.word(body))) == ["甲"]


SOUND = {"a.txt": "甲\n乙\t丙\n丁\t戊".encode(), "a.html": as_html().encode(), "a.csv": as_csv().encode()}
PACKED = {"a.docx": as_docx(), "a.xlsx": as_xlsx(), "b.docx": made.word(made.paragraph("甲"))}


def read_or_refuse(name: str, data: bytes) -> None:
    try:
        normalise(read_bytes(name, data))
    except errors.PlanctlError:
        return


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(sorted(SOUND | PACKED)), st.integers(0, 100_000), st.binary(max_size=12), st.integers(0, 40))
def test_a_damaged_file_is_read_or_refused(name: str, at: int, new: bytes, lost: int) -> None:
    data = (SOUND | PACKED)[name]
    at %= len(data)
    read_or_refuse(name, data[:at] + new + data[at + lost :])


PARTS = {
    "word/document.xml": made.word(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr>" + made.paragraph("甲") + "</w:tc></w:tr></w:tbl>"
    ),
    "word/numbering.xml": made.word(
        made.paragraph("甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
        numbering='<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
        '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    ),
    "xl/sheet.xml": made.workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><v>1</v></c></row>',
        '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    ),
}
"""The parts of sound files that are damaged inside, so that the package stays sound."""


@given(st.sampled_from(sorted(PARTS)), st.integers(0, 2_000), st.binary(max_size=12), st.integers(0, 12))
def test_a_sound_package_with_a_damaged_part_is_read_or_refused(part: str, at: int, new: bytes, lost: int) -> None:
    with zipfile.ZipFile(io.BytesIO(PARTS[part])) as file:
        parts: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
        data = file.read(part)
    at %= len(data)
    read_or_refuse("a", made.packed(parts | {part: data[:at] + new + data[at + lost :]}))


@settings(max_examples=6, deadline=None)
@given(st.randoms())
def test_a_damaged_pdf_is_read_or_refused(random: Random) -> None:
    data = bytearray(
        made.page_pdf("BT /F 12 Tf 72 700 Td (Hello plan) Tj ET 72 600 m 300 600 l 300 500 l 72 500 l h S 150 600 m 150 500 l S")
    )
    for _ in range(random.randint(1, 8)):
        data[random.randrange(len(data))] = random.choice(b"0123456789<>/()[]RS \n\xff")
    read_or_refuse("a.pdf", bytes(data))


@given(st.text(alphabet="<>/!-=\"'& \n;#x1tdrplibvh甲", max_size=120))
def test_any_markup_is_read_or_refused(text: str) -> None:
    read_or_refuse("a.html", ("<p>" + text).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    if b"%PDF-" not in data and not data.startswith(b"{\\rtf"):
        read_or_refuse("a", data)
