"""Workbooks and .csv: values as a reader sees them, merged cells, sheets."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from hostile_papers import workbook
from papers import Cell, grid, texts
from planctl.documents.reading import read_bytes
from planctl.documents.records import NoteKind, Table
from planctl.documents.sheets import letters


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def of_values(*values: tuple[object, str]) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("表", 0)
    for row, (value, shown) in enumerate(values, 1):
        sheet.cell(row, 1, value).number_format = shown
    return saved(book)


def test_values_are_written_as_they_are_shown() -> None:
    data = of_values(
        *((date(2023, 6, 30), "yyyy-mm-dd"), (date(2023, 6, 30), 'yyyy"年"m"月"d"日"'), (datetime(2023, 6, 30, 9, 30), "yyyy/m/d h:mm")),  # noqa: DTZ001 - sheets know no zones
        *((0.95, "0%"), (0.125, "0.0%"), (3, "General"), (2.5, "0.0"), ("甲\n乙", "@"), (20230630, "0")),
    )
    expected = ["2023-06-30", "2023-06-30", "2023-06-30 09:30", "95%", "12.5%", "3", "2.5", "甲\n乙", "20230630"]
    assert texts(read_bytes("a.xlsx", data)) == expected


def test_each_sheet_is_a_table_with_its_name_and_hidden_ones_are_noted() -> None:
    book = Workbook()
    del book["Sheet"]
    for name, state in (("一", "visible"), ("二", "hidden"), ("三", "visible")):
        sheet = book.create_sheet(name)
        sheet.cell(2, 3, f"表{name}")
        sheet.sheet_state = state
    reading = read_bytes("a.xlsx", saved(book))
    assert reading.tables == (Table(1, 2, 3, name="一"), Table(2, 2, 3, name="三"))
    assert [(note.kind, note.text) for note in reading.notes] == [(NoteKind.SHEET, "二")]


def test_hidden_rows_are_left_out_and_noted() -> None:
    rows = '<row r="1"><c t="inlineStr"><is><t>甲</t></is></c></row><row r="2" hidden="1"><c t="inlineStr"><is><t>乙</t></is></c></row>'
    reading = read_bytes("a.xlsx", workbook(rows))
    assert (texts(reading), [(note.kind, note.text) for note in reading.notes]) == (["甲"], [(NoteKind.HIDDEN, "乙")])


def test_rich_text_is_read_without_the_readings_of_its_characters() -> None:
    strings = "<sst><si><r><t>县</t></r><r><t>司法局</t></r><rPh><t>xian</t></rPh></si></sst>"
    data = workbook('<row><c t="s"><v>0</v></c></row>', sharedStrings=strings)
    assert texts(read_bytes("a.xlsx", data)) == ["县司法局"]


def test_a_cell_at_the_end_of_the_sheet_costs_no_more_than_another() -> None:
    rows = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>甲</t></is></c></row>'
    assert grid(read_bytes("a.xlsx", workbook(rows, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))) == [
        Cell(1048576, 16384, "甲")
    ]


@pytest.mark.parametrize(
    "text", ["序号,事项\n1,甲\n", "序号\t事项\r\n1\t甲\r\n", "序号;事项\n1;甲", "\ufeff序号,事项\n1,甲", '"序号","事项"\n"1","甲"\n']
)
def test_a_csv_is_read_whatever_divides_its_cells(text: str) -> None:
    assert grid(read_bytes("a.csv", text.encode())) == [Cell(1, 1, "序号"), Cell(1, 2, "事项"), Cell(2, 1, "1"), Cell(2, 2, "甲")]


def test_a_csv_of_an_office_program_is_in_gb18030() -> None:
    reading = read_bytes("a.csv", "序号,事项\n1,窗口服务\n".encode("gb18030"))
    assert (reading.encoding, texts(reading)) == ("gb18030", ["序号", "事项", "1", "窗口服务"])


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")])
def test_columns_are_named_as_in_a_sheet(column: int, name: str) -> None:
    assert letters(column) == name
