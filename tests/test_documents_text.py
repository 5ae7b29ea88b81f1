"""Plain text: encodings tried strictly in their order, lines as paragraphs, lines with tabs as tables."""

from __future__ import annotations

import codecs

import pytest

from papers import Cell, flow, grid, texts
from planctl.documents.decoding import decode
from planctl.documents.reading import read_bytes
from planctl.documents.records import NoteKind, Place, Table
from planctl.errors import NotTextError

TEXT = "\n".join(flow())


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        ("示例县".encode("gb18030"), "gb18030"),
        (b"plan", "utf-8"),
        ("plan 2023\n".encode("utf-16-le"), "utf-16-le"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    text = data.decode("utf-16" if encoding == "utf-16" else encoding).removeprefix("\ufeff")
    assert decode("a.txt", data) == (text, encoding)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ("甲\n乙丙".encode() + b"\xff", 2, 3),
        ("甲\0乙".encode(), 1, 2),
        (codecs.BOM_UTF8 + "甲\n".encode() + b"\x80", 2, 1),
        (codecs.BOM_UTF16_LE + "甲\n\0".encode("utf-16-le"), 2, 1),
        (bytes(range(1, 256)), 2, 118),
    ],
    ids=["no encoding fits", "a NUL", "a mark, and other bytes", "a NUL in UTF-16", "no text at all"],
)
def test_what_is_no_text_is_refused_where_it_shows(data: bytes, line: int, column: int) -> None:
    with pytest.raises(NotTextError) as caught:
        read_bytes("a.txt", data)
    assert caught.value.args_of_message == {"path": "a.txt", "line": line, "column": column}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\f", "\x85", "\u2028"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    reading = read_bytes("a.txt", f"甲{end}{end} 乙".encode())
    assert (texts(reading), reading.place(reading.blocks[1])) == (["甲", "乙"], Place(3, 2))


def test_lines_with_tabs_are_a_table_and_a_line_between_them_is_a_row() -> None:
    reading = read_bytes("a.txt", "说明\n序号\t事项\n一、窗口\n1\t甲\n2\t\n尾\t注\u3000\n结束".encode())
    assert grid(reading) == [
        *(Cell(1, 1, "序号"), Cell(1, 2, "事项"), Cell(2, 1, "一、窗口", columns=2), Cell(3, 1, "1"), Cell(3, 2, "甲")),
        *(Cell(4, 1, "2", columns=2), Cell(5, 1, "尾"), Cell(5, 2, "注")),
    ]
    assert [block.text for block in reading.blocks if not block.table] == ["说明", "结束"]


def test_one_line_with_a_tab_is_no_table() -> None:
    reading = read_bytes("a.txt", "示例县人民政府\t2023年3月1日\n正文".encode())
    assert (texts(reading), reading.tables) == (["示例县人民政府", "2023年3月1日", "正文"], ())


def test_a_tab_behind_the_number_of_a_paragraph_makes_no_table() -> None:
    lines = ("一、\t便民服务", "1.\t设置综合窗口。", "（二）\t公开清单。", "（2）　\t公开清单。", "②\t检查。", "第三条\t通报。")
    reading = read_bytes("a.txt", "\n".join(lines).encode())
    expected = ["一、便民服务", "1.设置综合窗口。", "（二）公开清单。", "（2）公开清单。", "②检查。", "第三条通报。"]
    assert (texts(reading), reading.tables) == (expected, ())


def test_tables_apart_are_two() -> None:
    reading = read_bytes("a.txt", f"甲\t乙\n丙\t丁\n{'长' * 60}\n戊\t己\n庚\t辛\n".encode())
    assert reading.tables == (Table(1, 2, 2), Table(2, 2, 2))


def test_control_characters_are_taken_out_and_noted_where_they_stood() -> None:
    reading = read_bytes("a.txt", "第\u200b一\x07\u202e条\ufeff".encode())
    assert texts(reading) == ["第一条"]
    assert [(note.kind, note.text, note.place) for note in reading.notes] == [
        (NoteKind.CONTROL, "U+200B", Place(1, 2)),
        (NoteKind.CONTROL, "U+0007 U+202E", Place(1, 4)),
        (NoteKind.CONTROL, "U+FEFF", Place(1, 7)),
    ]
    assert [reading.place(reading.blocks[0], index).column for index in range(3)] == [1, 3, 6]
