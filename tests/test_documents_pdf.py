"""PDFs with a text layer: lines joined again, what runs over the pages out, tables over pages as one; scans refused."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt

import office
import papers
from hostile_papers import page_pdf
from papers import BODY, Cell, grid, paragraphs, texts
from planctl.documents.pdfpages import Line
from planctl.documents.reading import read_bytes
from planctl.documents.records import NoteKind, Place
from planctl.documents.typesetting import Edges, Printed, page_edges, running
from planctl.documents.typesetting import paragraphs as join_lines
from planctl.errors import ScannedDocumentError

if TYPE_CHECKING:
    from pathlib import Path


def long_document(times: int) -> bytes:
    """Make a document of some pages, with a running head, and a table that goes over a page."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "示例县文件汇编"
    for _ in range(times):
        for text in BODY:
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.first_line_indent = Pt(32)
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(text).font.size = Pt(16)
    return papers.to_bytes(document)


def test_paragraphs_are_joined_over_lines_and_pages_and_the_running_head_is_left_out(tmp_path: Path) -> None:
    reading = read_bytes("a.pdf", office.to_pdf(long_document(6), tmp_path).read_bytes())
    pages = {reading.place(block).page for block in reading.blocks}
    assert texts(reading) == list(BODY) * 6
    assert {(note.kind, note.text, note.place and note.place.page) for note in reading.notes} == {
        (NoteKind.RUNNING, "示例县文件汇编", page) for page in pages
    }
    assert len(pages) > 2


def test_a_table_that_goes_over_a_page_is_one(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(60, 3, style="Table Grid")
    expected = []
    for row in range(60):
        for column, text in enumerate((str(row), f"事项{row}", "县政务服务局") if row else ("序号", "事项", "责任单位")):
            table.cell(row, column).text = text
            expected.append(Cell(row + 1, column + 1, text))
    head = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - the only way to say that a row is repeated
    head.append(head.makeelement(qn("w:tblHeader"), {}))
    reading = read_bytes("a.pdf", office.to_pdf(papers.to_bytes(document), tmp_path).read_bytes())
    assert (grid(reading), len(reading.tables), paragraphs(reading)) == (expected, 1, [])
    assert {reading.place(block).page for block in reading.blocks} == {1, 2}


def test_a_place_is_the_page_and_the_line() -> None:
    reading = read_bytes("a.pdf", page_pdf("BT /F 12 Tf 72 700 Td (Hello plan) Tj 0 -20 Td (Second) Tj ET"))
    assert [(block.text, reading.place(block, 1)) for block in reading.blocks] == [
        ("Hello plan", Place(1, 2, page=1)),
        ("Second", Place(2, 2, page=1)),
    ]


def test_what_is_printed_twice_to_make_it_bold_is_read_once() -> None:
    content = "BT /F 12 Tf 72 700 Td (Hello) Tj ET BT /F 12 Tf 72.4 700 Td (Hello) Tj ET"
    assert texts(read_bytes("a.pdf", page_pdf(content))) == ["Hello"]


def test_a_scan_is_refused_with_the_number_of_its_pages() -> None:
    image = pytest.importorskip("PIL.Image")
    stream = io.BytesIO()
    pages = [image.new("L", (600, 850), 200) for _ in range(3)]
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:])
    with pytest.raises(ScannedDocumentError) as caught:
        read_bytes("scan.pdf", stream.getvalue())
    assert caught.value.args_of_message == {"path": "scan.pdf", "pages": 3, "blank": 3, "page": 1}


# Lines and paragraphs, without a PDF


EDGES = {1: Edges(100, 400), 2: Edges(100, 400)}


def line(text: str, x0: float, x1: float, top: float, *, page: int = 1, size: float = 10) -> Printed:
    return Printed(page, 1, Line(text, x0, x1, top, top + size, size, False))


@pytest.mark.parametrize(
    ("after", "is_joined"),
    [
        (line("乙", 100, 200, 115), True),
        (line("乙", 120, 400, 115), False),
        (line("乙", 100, 200, 115, size=14), False),
        (line("乙", 100, 200, 160), False),
        (line("乙", 100, 200, 20, page=2), True),
    ],
    ids=["goes on", "is indented", "is of another size", "stands apart", "goes on on the next page"],
)
def test_a_line_goes_on_with_a_full_one(after: Printed, *, is_joined: bool) -> None:
    before = line("甲", 120, 398, 100)
    assert len(list(join_lines([before, after], EDGES))) == (1 if is_joined else 2)


@pytest.mark.parametrize(
    ("text", "following", "x1", "is_joined"),
    [
        ("甲乙", "定”规定", 378, True),
        ("甲乙", "行“概要申报”", 368, True),
        ("甲乙", "续。2020年", 366, True),
        ("甲乙", "规定", 378, False),
        ("甲乙。", "定”规定", 378, False),
    ],
)
def test_a_line_is_full_where_the_next_word_had_no_place(text: str, following: str, x1: float, *, is_joined: bool) -> None:
    lines = [line(text, 120, x1, 100), line(following, 100, 300, 115)]
    assert len(list(join_lines(lines, EDGES))) == (1 if is_joined else 2)


def test_a_page_on_which_all_long_lines_are_indented_has_the_edge_of_the_others() -> None:
    lines = [line("甲", 120, 400, top).line for top in (100, 115, 130, 145)]
    assert page_edges(lines, 500, Edges(100, 400)) == Edges(100, 400)
    assert page_edges([each._replace(x0=110, x1=410) for each in lines], 500, Edges(100, 400)) == Edges(110, 410)


def test_after_a_line_that_ends_early_a_paragraph_begins() -> None:
    assert len(list(join_lines([line("甲。", 120, 300, 100), line("乙", 100, 200, 115)], EDGES))) == 2


def test_numbers_of_pages_are_known_only_at_the_edges_of_a_page() -> None:
    pages = [[Line(text, 290, 310, top, top + 10, 10, False) for text, top in (("甲", 90), ("12", 400), ("乙", 700), ("— 3 —", 800))]]
    assert running(pages, [842]) == {(0, 3)}


def rows_of_numbers(*bottoms: str) -> list[list[Line]]:
    """Make pages whose last line is a number."""
    return [
        [Line(text, 100, 110, top, top + 10, 10, False) for text, top in ((first, 90), ("乙", 105), ("丙", 700), (bottom, 800))]
        for first, bottom in zip("子丑寅", bottoms, strict=False)
    ]


@pytest.mark.parametrize(
    ("bottoms", "numbers"),
    [
        (("1", "2", "3"), {0, 1, 2}),
        (("3", "4", "5"), {0, 1, 2}),
        (("1",), {0}),
        (("12", "24", "36"), set()),
        (("17",), set()),
        (("— 17 —",), {0}),
        (("第 2 页 共 9 页", "17"), {0}),
    ],
)
def test_a_bare_number_is_that_of_its_page_only_where_it_counts_the_pages(bottoms: tuple[str, ...], numbers: set[int]) -> None:
    assert running(rows_of_numbers(*bottoms), [842] * len(bottoms)) == {(page, 3) for page in numbers}


def test_on_a_page_that_lies_on_its_side_the_number_stands_as_high_as_on_others() -> None:
    pages = [[Line(text, 290, 310, top, top + 10, 10, False) for text, top in (("甲", 90), ("乙", 300), ("— 3 —", 500))]]
    assert running(pages, [595]) == {(0, 2)}
