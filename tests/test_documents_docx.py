"""Word documents as they are printed: automatic numbers, tracked changes, merged cells, text boxes, notes."""

from __future__ import annotations

import pytest

from hostile_papers import packed, paragraph, run, word
from papers import Cell, grid, texts
from planctl.documents.numbering import form_number
from planctl.documents.reading import read_bytes
from planctl.documents.records import BlockKind, NoteKind


def level(index: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


LEVELS = level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
KIND = f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
LIST = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def item(text: str, index: int = 0, key: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{index}"/><w:numId w:val="{key}"/></w:numPr>')


def read_word(body: str, **parts: str) -> list[str]:
    return texts(read_bytes("a.docx", word(body, **parts)))


def test_automatic_numbers_are_restored_and_lower_levels_begin_anew() -> None:
    body = item("甲") + item("乙", 1) + item("丙", 2) + item("丁", 2) + item("戊", 1) + item("己", 2) + item("庚") + item("辛", 1)
    expected = ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]
    assert read_word(body, numbering=KIND + LIST) == expected


def test_a_number_is_told_beside_the_text_that_has_it() -> None:
    (block,) = read_bytes("a.docx", word(item("甲"), numbering=KIND + LIST)).blocks
    assert (block.text, block.number) == ("一、甲", "一、")


def test_a_list_of_the_same_kind_goes_on_unless_it_says_where_it_starts() -> None:
    other = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    anew = '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    body = item("甲") + item("乙", key=2) + item("丙", key=3) + item("丁", key=3)
    assert read_word(body, numbering=KIND + LIST + other + anew) == ["一、甲", "二、乙", "五、丙", "六、丁"]


def test_a_list_may_number_a_level_in_a_way_of_its_own() -> None:
    override = (
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">{level(0, "decimal", "第%1条")}</w:lvlOverride></w:num>'
    )
    assert read_word(item("甲"), numbering=KIND + override) == ["第1条 甲"]


def test_a_level_that_never_begins_anew_runs_on_through_all_sections() -> None:
    kind = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    numbering = f'<w:abstractNum w:abstractNumId="0">{kind}</w:abstractNum>{LIST}'
    assert read_word(item("甲") + item("乙", 1) + item("丙") + item("丁", 1), numbering=numbering) == ["一、甲", "1.乙", "二、丙", "2.丁"]


def test_legal_numbering_writes_all_levels_in_digits() -> None:
    kind = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    numbering = f'<w:abstractNum w:abstractNumId="0">{kind}</w:abstractNum>{LIST}'
    assert read_word(item("总则") + item("目的", 1), numbering=numbering) == ["第一章 总则", "1.1 目的"]


def test_a_style_may_number_its_paragraphs_and_one_of_them_may_refuse() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="任务"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    child = '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="子"/><w:basedOn w:val="S"/></w:style>'
    body = (
        paragraph("甲", '<w:pStyle w:val="S"/>')
        + paragraph("乙", '<w:pStyle w:val="S"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("丙", '<w:pStyle w:val="C"/>')
    )
    assert read_word(body, styles=style + child, numbering=KIND + LIST) == ["一、甲", "乙", "二、丙"]


def test_styles_that_are_based_on_each_other_do_no_harm() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    assert read_word(paragraph("甲", '<w:pStyle w:val="A"/>'), styles=styles) == ["甲"]


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("decimal", ["1", "10", "11", "23", "105"]),
        ("chineseCounting", ["一", "十", "十一", "二十三", "一百零五"]),
        ("chineseLegalSimplified", ["壹", "拾", "拾壹", "贰拾叁", "壹佰零伍"]),
        ("ideographDigital", ["一", "一〇", "一一", "二三", "一〇五"]),
        ("ideographTraditional", ["甲", "癸", "11", "23", "105"]),
        ("ideographZodiac", ["子", "酉", "戌", "23", "105"]),
        ("decimalEnclosedCircleChinese", ["①", "⑩", "⑪", "23", "105"]),
        ("decimalFullWidth", ["１", "１０", "１１", "２３", "１０５"]),
        ("decimalZero", ["01", "10", "11", "23", "105"]),
        ("upperRoman", ["I", "X", "XI", "XXIII", "CV"]),
        ("lowerLetter", ["a", "j", "k", "w", "aaaaa"]),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, printed: list[str]) -> None:
    assert [form_number(value, form) for value in (1, 10, 11, 23, 105)] == printed


def test_bullets_are_no_numbers() -> None:
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", chr(0xF0B7))}{level(1, "bullet", "——")}</w:abstractNum>{LIST}'
    assert read_word(item("甲") + item("乙", 1), numbering=numbering) == ["甲", "——乙"]


def test_tracked_changes_are_accepted_and_what_they_delete_is_noted() -> None:
    body = f"<w:p>{run('2023年')}<w:ins>{run('6月')}</w:ins><w:del><w:r><w:delText>5月</w:delText></w:r></w:del>{run('底前')}</w:p>"
    reading = read_bytes("a.docx", word(body))
    assert (texts(reading), [(note.kind, note.text) for note in reading.notes]) == (["2023年6月底前"], [(NoteKind.DELETED, "5月")])


def test_paragraphs_whose_division_is_deleted_are_one() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('甲，')}</w:p>" + paragraph("乙。")
    assert read_word(body) == ["甲，乙。"]


def test_a_numbered_paragraph_that_is_deleted_counts_for_nothing() -> None:
    kept, gone = (
        item("甲"),
        item("", 0).replace("</w:pPr>", "<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"),
    )
    assert read_word(kept + gone + item("丙"), numbering=KIND + LIST) == ["一、甲", "二、丙"]


def test_a_row_that_is_deleted_is_left_out_and_noted() -> None:
    rows = [
        f"<w:tr>{mark}<w:tc>{paragraph(number)}</w:tc><w:tc>{paragraph(text)}</w:tc></w:tr>"
        for mark, number, text in (
            ("", "1", "甲"),
            ("<w:trPr><w:del/></w:trPr>", "2", "乙"),
            ("", "3", "丙"),
        )
    ]
    reading = read_bytes("a.docx", word(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert (texts(reading), [(note.kind, note.text) for note in reading.notes]) == (["1", "甲", "3", "丙"], [(NoteKind.DELETED, "2乙")])


def test_hidden_text_is_left_out_and_noted() -> None:
    body = f"<w:p>{run('甲')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>"
    reading = read_bytes("a.docx", word(body))
    assert (texts(reading), [(note.kind, note.text) for note in reading.notes]) == (["甲"], [(NoteKind.HIDDEN, "密")])


@pytest.mark.parametrize(
    ("field", "printed"), [(r"eq \o\ac(○,3)", "③甲"), (r" EQ \o\ac(○,12) ", "⑫甲"), ("PAGE", "甲"), (r"eq \o\ac(△,3)", "甲")]
)
def test_a_number_in_a_circle_is_a_field_without_a_result(field: str, printed: str) -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    half = len(field) // 2
    pieces = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in (field[:half], field[half:]))
    assert read_word(f"<w:p>{begin}{pieces}{end}{run('甲')}</w:p>") == [printed]


def test_cells_that_old_documents_merge_to_the_left_are_one() -> None:
    cells = f'<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>{paragraph("甲")}</w:tc><w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc><w:tc>{paragraph("乙")}</w:tc>'
    reading = read_bytes("a.docx", word(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))
    assert grid(reading) == [Cell(1, 1, "甲", columns=2), Cell(1, 3, "乙")]


def test_of_a_field_the_result_is_read() -> None:
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    body = f'<w:p>{run("第")}{field}{run("7")}<w:r><w:fldChar w:fldCharType="end"/></w:r>{run("号")}</w:p>'
    assert read_word(body) == ["第7号"]


def test_hyperlinks_content_controls_and_smart_tags_are_read_through() -> None:
    inner = (
        f"<w:hyperlink>{run('甲')}</w:hyperlink><w:smartTag>{run('乙')}</w:smartTag><w:sdt><w:sdtContent>{run('丙')}</w:sdtContent></w:sdt>"
    )
    assert read_word(f"<w:sdt><w:sdtContent><w:p>{inner}</w:p></w:sdtContent></w:sdt>") == ["甲乙丙"]


def test_a_line_break_ends_a_paragraph() -> None:
    assert read_word("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>") == ["甲", "乙"]


def test_a_text_box_stands_apart_and_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('示例县文件')}</w:txbxContent>"
    choice = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    body = f"<w:p><w:r>{choice}<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('正文')}</w:p>"
    reading = read_bytes("a.docx", word(body))
    assert [(block.text, block.kind) for block in reading.blocks] == [("正文", BlockKind.PARAGRAPH), ("示例县文件", BlockKind.BOX)]


def test_footnotes_come_last_and_their_separators_do_not() -> None:
    notes = f'<w:footnote w:type="separator">{paragraph("—")}</w:footnote><w:footnote w:id="1">{paragraph("注释")}</w:footnote>'
    reading = read_bytes("a.docx", word(paragraph("正文"), footnotes=notes))
    assert [(block.text, block.kind, reading.place(block).part) for block in reading.blocks] == [
        ("正文", BlockKind.PARAGRAPH, None),
        ("注释", BlockKind.NOTE, "footnotes"),
    ]


def test_a_heading_has_its_level_from_its_style_or_its_own() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    body = paragraph("甲", '<w:pStyle w:val="H"/>') + paragraph("乙", '<w:outlineLvl w:val="1"/>') + paragraph("丙")
    blocks = read_bytes("a.docx", word(body, styles=styles)).blocks
    assert [(block.kind.value, block.level) for block in blocks] == [("heading", 1), ("heading", 2), ("paragraph", None)]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_merged_cells_stand_where_they_begin_and_span() -> None:
    down, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="3"/>'
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('序号')}{cell('事项')}{cell('单位')}</w:tr>"
        f"<w:tr>{cell('一、窗口', wide)}</w:tr>"
        f"<w:tr>{cell('1')}{cell('甲')}{cell('县局', down)}</w:tr><w:tr>{cell('2')}{cell('乙')}{cell('', on)}</w:tr>"
    )
    reading = read_bytes("a.docx", word(f"<w:tbl>{rows}</w:tbl>"))
    assert grid(reading) == [
        *(Cell(1, column, text) for column, text in enumerate(("序号", "事项", "单位"), 1)),
        Cell(2, 1, "一、窗口", columns=3),
        *(Cell(3, 1, "1"), Cell(3, 2, "甲"), Cell(3, 3, "县局", rows=2), Cell(4, 1, "2"), Cell(4, 2, "乙")),
    ]
    assert reading.tables[0][:4] == (1, 4, 3, 1)


def test_a_table_of_one_column_only_puts_paragraphs_in_their_places() -> None:
    reading = read_bytes("a.docx", word(f"<w:tbl><w:tr>{cell('甲')}</w:tr><w:tr>{cell('乙')}</w:tr></w:tbl>"))
    assert (texts(reading), reading.tables) == (["甲", "乙"], ())


def test_the_table_of_contents_is_left_out() -> None:
    contents = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    entry = paragraph("一、甲 1", '<w:pStyle w:val="T"/>')
    body = f"<w:sdt>{contents}<w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>{entry}{paragraph('正文')}"
    assert read_word(body, styles=styles) == ["正文"]


def test_the_strict_dialect_of_the_standard_is_read_too() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{paragraph("甲")}</w:body></w:document>'
    assert texts(read_bytes("a.docx", packed({"word/document.xml": document}))) == ["甲"]
