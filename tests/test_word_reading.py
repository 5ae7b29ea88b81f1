"""A .docx as text for reviewers: everything that somebody could have changed is seen, and a file that is made to do harm is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from planctl.word.document import render
from planctl.word.errors import NotDocxError
from planctl.word.reading import textconv

docx = pytest.importorskip("docx")

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/></Relationships>'
)


def packed(body: str, head: str = "", *, target: str = "word/document.xml", compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack a document that consists of its body."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as package:
        package.writestr("_rels/.rels", RELATIONS.format(target))
        package.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
    return stream.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_document_reads_as_its_page_its_paragraphs_and_its_rows() -> None:
    markdown = "---\ntitle: 题目\ndate: 2022-01-08\n---\n正文\n\n| 甲 | 乙 |\n|---|---|\n| 1<br>2 | a\\|b |\n\n<!-- landscape -->\n横排"
    assert textconv(render(markdown)).splitlines() == [
        "[section: 210×297 mm portrait, margins T37 B35 L28 R26 mm, header 15 mm, footer 24.3 mm, grid lines 579]",
        "[footer default] footer | — {PAGE} —",
        "[footer even] footer | — {PAGE} —",
        "Title | 题目",
        "Normal |",
        "公文正文 | 正文",
        "| 甲 | 乙 |",
        "| 1<br>2 | a\\|b |",
        "间隔 |",
        "[section: 297×210 mm landscape, margins T28 B26 L35 R37 mm, header 15 mm, footer 15.3 mm, grid lines 579]",
        "[footer default] footer | — {PAGE} —",
        "[footer even] footer | — {PAGE} —",
        "公文正文 | 横排",
        "Normal |",
        "成文日期 | 2022年1月8日",
    ]


def test_a_document_of_another_program_reads_too() -> None:
    made = docx.Document()
    made.add_heading("Title of it", 1)
    made.add_paragraph("one\ttwo\nthree")
    made.add_table(1, 2).cell(0, 1).text = "x"
    made.sections[0].header.paragraphs[0].text = "top"
    stream = io.BytesIO()
    made.save(stream)
    assert textconv(stream.getvalue()).splitlines() == [
        "[section: 215.9×279.4 mm portrait, margins T25.4 B25.4 L31.7 R31.7 mm, header 12.7 mm, footer 12.7 mm, grid default 360]",
        "[header default] header | top",
        "heading 1 | Title of it",
        "Normal | one\ttwo<br>three",
        "|  | x |",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<w:p><w:ins>{run('增')}</w:ins>{run('留')}<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>", "Normal | {+增+}留[-删-]"),
        (f"<w:sdt><w:sdtContent><w:p>{run('控件')}</w:p></w:sdtContent></w:sdt>", "Normal | 控件"),
        (f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink></w:p>", "Normal | 链接"),
        (f'<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr>{run("文")}</w:p>', "Own | 文"),
        (f"<w:p>{run('甲&#x202e;乙&#xfeff;')}</w:p>", "Normal | 甲乙"),
        (
            f"<w:tbl><w:tr><w:tc><w:p>{run('外')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('内')}</w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
            "| 外<br>内 |",
        ),
    ],
)
def test_what_hides_in_a_document_is_seen(body: str, expected: str) -> None:
    assert textconv(packed(body)) == f"{expected}\n"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK",
        b"text",
        render("正文")[:-200],
        packed("<w:p>"),
        packed("", target="word/other.xml"),
        packed("", target="../../etc/passwd"),
        packed("", '<!DOCTYPE d [<!ENTITY a "aaaa">]>'),
        packed("", compression=zipfile.ZIP_BZIP2),
        packed("<w:sdt>" * 1000 + "</w:sdt>" * 1000),
    ],
    ids=["empty", "start", "text", "torn", "not XML", "no document", "outside", "document type", "rare compression", "deep"],
)
def test_what_is_no_sound_docx_is_refused(data: bytes) -> None:
    with pytest.raises(NotDocxError):
        textconv(data)


@pytest.mark.parametrize("body", ["字" * 30_000_000, "<w:p/>" * 6_000_000], ids=["much text", "many elements"])
def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(body: str) -> None:
    data = packed(body)
    assert len(data) < 200_000
    with pytest.raises(NotDocxError):
        textconv(data)


def test_a_zip_of_another_kind_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.txt", "text")
    with pytest.raises(NotDocxError):
        textconv(stream.getvalue())
