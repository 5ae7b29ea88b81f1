"""One document in every format: the same paragraphs and the same table come out of each, and every character knows its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import office
import papers
from papers import CAPTION, CELLS, PARAGRAPHS, TITLE, Cell, grid, paragraphs
from planctl.documents.normalising import normalise
from planctl.documents.reading import read, read_bytes
from planctl.documents.records import NoteKind, Place, Table, TablePlace
from planctl.errors import NotFoundError, UnreadableError

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = {
    "notice.txt": "\n".join(papers.flow()).encode(),
    "notice.html": papers.as_html().encode(),
    "notice.docx": papers.as_docx(),
}
UNMERGED = [cell._replace(rows=1) for cell in CELLS]
"""A table of text has no cells that are merged downwards."""


@pytest.mark.parametrize("name", FORMATS)
def test_the_paragraphs_are_the_same_in_every_format(name: str) -> None:
    assert paragraphs(normalise(read_bytes(name, FORMATS[name]))) == list(PARAGRAPHS)


def test_the_paragraphs_and_the_table_of_a_printed_document_are_the_same(tmp_path: Path) -> None:
    data = office.to_pdf(papers.as_docx(size=12), tmp_path).read_bytes()
    reading = normalise(read_bytes("notice.pdf", data))
    assert (paragraphs(reading), grid(reading)) == (list(PARAGRAPHS), list(CELLS))
    assert [(note.kind, note.text) for note in reading.notes] == [(NoteKind.RUNNING, "— 1 —")]


@pytest.mark.parametrize(
    ("name", "data", "cells"),
    [
        ("notice.txt", FORMATS["notice.txt"], UNMERGED),
        ("notice.html", FORMATS["notice.html"], CELLS),
        ("notice.docx", FORMATS["notice.docx"], CELLS),
        ("tasks.csv", papers.as_csv().encode(), UNMERGED),
        ("tasks.xlsx", papers.as_xlsx(), [Cell(1, 1, CAPTION, columns=4), *(cell._replace(row=cell.row + 1) for cell in CELLS)]),
    ],
)
def test_the_table_is_the_same_in_every_format(name: str, data: bytes, cells: list[Cell]) -> None:
    assert grid(read_bytes(name, data)) == list(cells)


@pytest.mark.parametrize("name", FORMATS)
def test_the_row_that_names_the_columns_is_found(name: str) -> None:
    assert read_bytes(name, FORMATS[name]).tables == (Table(1, papers.ROWS, papers.COLUMNS, header_rows=1),)


@pytest.mark.parametrize("name", FORMATS)
def test_the_title_is_offered_although_it_has_two_lines(name: str) -> None:
    assert "".join(TITLE) in read_bytes(name, FORMATS[name]).titles


@pytest.mark.parametrize("name", FORMATS)
def test_every_character_is_found_in_the_source(name: str) -> None:
    reading = read_bytes(name, FORMATS[name])
    assert [reading.quote(block, 0, len(block.text)) for block in reading.blocks] == [block.text for block in reading.blocks]


def test_a_place_is_the_line_and_column_of_a_text_and_of_a_page() -> None:
    text = "第一行\n  1.规范窗口\n"
    page = "<p>第一行</p>\n<div>1.&#35268;范</div><p>&nbsp;末行</p>"
    readings = [read_bytes("a.txt", text.encode()), read_bytes("a.html", page.encode())]
    assert [reading.place(reading.blocks[1], 3) for reading in readings] == [Place(2, 6), Place(2, 16)]


def test_a_place_in_a_word_document_is_the_paragraph_and_in_a_workbook_the_cell() -> None:
    word = read_bytes("a.docx", FORMATS["notice.docx"])
    book = read_bytes("a.xlsx", papers.as_xlsx())
    assert (word.place(word.blocks[4], 1), book.place(book.blocks[2])) == (Place(5, 2), Place(2, 1, part="分工", cell="B2"))


def test_the_content_decides_what_a_file_is_and_not_its_name() -> None:
    formats = {name: read_bytes("notice.doc", data).format.value for name, data in FORMATS.items()}
    assert formats == {"notice.txt": "txt", "notice.html": "html", "notice.docx": "docx"}


def test_a_nested_table_says_in_which_cell_it_stands() -> None:
    inner = "<table><tr><td>丙</td><td>丁</td></tr></table>"
    reading = read_bytes("a.html", f"<table><tr><td>甲</td><td>乙{inner}</td></tr></table>".encode())
    assert reading.tables == (Table(1, 1, 2), Table(2, 1, 2, parent=TablePlace(1, 1, 2)))
    assert [(block.text, block.table and block.table.table) for block in reading.blocks] == [("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2)]


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read(str(tmp_path / "none.docx"))
    with pytest.raises(UnreadableError):
        read(str(tmp_path))


def test_a_file_is_read_under_its_path(tmp_path: Path) -> None:
    path = tmp_path / "notice.txt"
    path.write_text("示例县工作要点", encoding="utf-8")
    reading = read(str(path))
    assert (reading.path, reading.encoding, papers.texts(reading)) == (str(path), "utf-8", ["示例县工作要点"])
