"""Markdown to .docx, looked at as XML: what Word, WPS and LibreOffice are told. How it looks is in test_word_layout."""

from __future__ import annotations

import io
import os
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.formats.tabular import escape_markdown
from planctl.word.document import render
from planctl.word.errors import BadPictureError, UnknownPictureError
from planctl.word.markup import UNSAFE
from planctl.word.preset import Preset
from planctl.word.reading import textconv

if TYPE_CHECKING:
    from collections.abc import Iterator

docx = pytest.importorskip("docx")
qn = pytest.importorskip("docx.oxml.ns").qn
parse_xml = pytest.importorskip("docx.oxml.parser").parse_xml
STANDARD = Preset()

TABLE = "| 事项 | 亮灯 |\n|---|---|\n| 甲 | 红 |\n| 乙 | 绿(按期) |\n| 丙 | 无 |\n"
FULL = f"""---
title: 关于督办事项办理情况的通报
issuer: 示例县人民政府
number: 示政发〔2022〕5号
addressee: 各有关单位
date: 2022-01-08
letterhead: true
attachments: [清单]
copies: [县委办公室]
printed_by: 示例县人民政府办公室
printed_on: 2022-01-08
note: 此件公开发布
urgency: 特急
---
现通报如下。

## 一、总体情况

### （一）进展

- 某项

{TABLE}
![图一](chart)

<!-- attachment: 1 清单 -->

<!-- landscape -->
{TABLE}
<!-- /landscape -->

末段
"""


def png(across: int, down: int) -> bytes:
    """Draw a white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * across) * down)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {"chart": png(40, 10)}


def part(data: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return parse_xml(package.read(name))


def found(element: Any, name: str) -> list[Any]:
    return list(element.iter(qn(f"w:{name}")))


def values(element: Any) -> dict[str, str]:
    return {name.partition("}")[2]: value for name, value in element.items()}


def texts(element: Any) -> list[str]:
    return [text.text for text in found(element, "t")]


def body_lines(markdown: str, preset: Preset = STANDARD) -> list[str]:
    """Give the text of a document as reviewers see it, without the set-up of its sections."""
    return [line for line in textconv(render(markdown, preset)).splitlines() if not line.startswith("[")]


def pages(data: bytes) -> list[dict[str, str]]:
    return [values(size) for size in found(part(data), "pgSz")]


# The package


def test_the_same_text_gives_the_same_bytes_in_another_process_too() -> None:
    script = "import sys; from planctl.word.document import render; sys.stdout.buffer.write(render(sys.argv[1]))"
    made = [
        subprocess.run(
            [sys.executable, "-c", script, TABLE], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert made == [render(TABLE)] * 2


def test_nothing_in_the_package_tells_when_or_by_what_it_was_made() -> None:
    data = render(FULL, pictures=PICTURES)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert sorted(package.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/footer1.xml",
            "word/footer2.xml",
            "word/media/image1.png",
            "word/settings.xml",
            "word/styles.xml",
        ]
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.title, about.author, about.last_modified_by, about.language) == (
        "关于督办事项办理情况的通报",
        "示例县人民政府",
        "示例县人民政府",
        "zh-CN",
    )
    assert about.created == about.modified
    assert (about.created.year, about.created.month, about.created.day) == (2022, 1, 8)


def test_a_preset_is_read_without_python_docx() -> None:
    script = "import sys; import planctl.word.preset; print([name for name in ('docx', 'lxml', 'markdown_it') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_value_of_a_preset_is_plain() -> None:
    assert {type(value) for value in STANDARD} <= {str, float, int, bool}


# The page


def test_the_page_is_that_of_the_standard() -> None:
    [section] = found(part(render("正文")), "sectPr")
    told = {child.tag.partition("}")[2]: values(child) for child in section if not child.tag.endswith("footerReference")}
    assert told == {
        "type": {"val": "nextPage"},
        "pgSz": {"w": "11906", "h": "16838"},
        "pgMar": {"top": "2098", "right": "1474", "bottom": "1984", "left": "1587", "header": "851", "footer": "1377", "gutter": "0"},
        "docGrid": {"type": "lines", "linePitch": "579"},
    }
    assert [values(child) for child in found(section, "footerReference")] == [
        {"type": "default", "id": "rIdFooterOdd"},
        {"type": "even", "id": "rIdFooterEven"},
    ]


def test_body_text_has_exact_lines_condensed_characters_and_an_indent_of_two() -> None:
    styles = {style.get(qn("w:styleId")): style for style in found(part(render("正文"), "word/styles.xml"), "style")}
    [line, characters] = [values(child) for child in found(styles["Text"], "spacing")]
    assert line == {"before": "0", "after": "0", "line": "579", "lineRule": "exact"}
    assert characters == {"val": "-5"}
    assert [values(child) for child in found(styles["Text"], "ind")] == [{"firstLineChars": "200", "firstLine": "640"}]


def test_odd_and_even_pages_differ_and_the_language_is_chinese() -> None:
    data = render("正文")
    assert len(found(part(data, "word/settings.xml"), "evenAndOddHeaders")) == 1
    assert [values(lang) for lang in found(part(data, "word/styles.xml"), "lang")] == [
        {"val": "en-US", "eastAsia": "zh-CN", "bidi": "ar-SA"}
    ]


@pytest.mark.parametrize(("name", "side"), [("footer1", "right"), ("footer2", "left")])
def test_the_page_number_is_a_field_in_runs_of_their_own(name: str, side: str) -> None:
    footer = part(render("正文"), f"word/{name}.xml")
    fonts = {"hint": "eastAsia"} | dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), "宋体")
    assert [values(run.rPr.find(qn("w:rFonts"))) for run in found(footer, "r")] == [fonts] * 7
    assert [values(mark)["fldCharType"] for mark in found(footer, "fldChar")] == ["begin", "separate", "end"]
    assert (texts(footer), values(found(footer, "ind")[0])) == (["— ", "1", " —"], {f"{side}Chars": "100", side: "280"})


def test_every_run_and_style_says_its_fonts_and_none_is_left_to_a_theme() -> None:
    data = render(FULL, pictures=PICTURES)
    needed = {"hint", "ascii", "hAnsi", "eastAsia", "cs"}
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        root = part(data, name)
        assert {frozenset(values(fonts)) for fonts in found(root, "rFonts")} == {frozenset(needed)}
        assert [run for run in found(root, "r") if run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") is None] == []


def test_levels_of_headings_have_their_fonts() -> None:
    document = part(render("## 一、\n### （一）\n#### 1.\n##### （1）\n正文"))
    told = [(paragraph.style, values(found(paragraph, "rFonts")[0])["eastAsia"]) for paragraph in found(document, "p")]
    assert told == [("Heading1", "黑体"), ("Heading2", "楷体"), ("Heading3", "仿宋"), ("Heading4", "仿宋"), ("Text", "仿宋")]


def test_a_preset_changes_fonts_sizes_and_margins() -> None:
    preset = Preset(body_font="方正仿宋_GBK", body_size=15, line_pitch=28, margin_top=25.4, latin_font='"<&')
    data = render("正文", preset)
    assert values(found(part(data), "rFonts")[0])["eastAsia"] == "方正仿宋_GBK"
    assert values(found(part(data), "rFonts")[0])["ascii"] == '"<&'
    assert (values(found(part(data), "pgMar")[0])["top"], values(found(part(data), "docGrid")[0])["linePitch"]) == ("1440", "560")


# What stands where


def test_the_parts_of_a_document_come_in_the_order_of_the_standard() -> None:
    lines = [line for line in textconv(render(FULL, pictures=PICTURES)).splitlines() if not line.startswith(("[", "Normal", "间隔"))]
    assert lines == [
        "紧急程度 | 特急",
        "发文机关标志 | 示例县人民政府文件",
        "发文字号 | 示政发〔2022〕5号",
        "Title | 关于督办事项办理情况的通报",
        "主送机关 | 各有关单位：",
        "公文正文 | 现通报如下。",
        "heading 1 | 一、总体情况",
        "heading 2 | （一）进展",
        "公文列项 | ——某项",
        "| 事项 | 亮灯 |",
        "| 甲 | 红 |",
        "| 乙 | 绿(按期) |",
        "| 丙 | 无 |",
        "图 | [picture chart: 图一]",
        "图题 | 图一",
        "附件说明 | 附件：清单",
        "署名 | 示例县人民政府",
        "成文日期 | 2022年1月8日",
        "附注 | （此件公开发布）",
        "附件标识 | 附件1",
        "附件标题 | 清单",
        "| 事项 | 亮灯 |",
        "| 甲 | 红 |",
        "| 乙 | 绿(按期) |",
        "| 丙 | 无 |",
        "公文正文 | 末段",
        "| 抄送：县委办公室。 |",
        "| 示例县人民政府办公室\t2022年1月8日印发 |",
    ]


@pytest.mark.parametrize("markdown", ["", "\n", "---\n---\n", "<!-- pagebreak -->", "<!-- landscape -->\n<!-- /landscape -->"])
def test_an_empty_text_is_an_empty_document(markdown: str) -> None:
    assert body_lines(markdown) == ["Normal |"]


def test_the_first_heading_is_the_title_unless_the_front_matter_has_one() -> None:
    assert body_lines("# 甲\n正文") == ["Title | 甲", "Normal |", "公文正文 | 正文"]
    assert body_lines("---\ntitle: 乙\n---\n# 甲") == ["Title | 乙", "Normal |", "Title | 甲"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "示例县人民政府办公室关于印发2022年法治政府建设重点任务分解方案的通知",
            "示例县人民政府办公室关于印发2022年<br>法治政府建设重点任务分解方案的通知",
        ),
        ("关于2022年第四季度督办事项办理情况的通报", "关于2022年第四季度督办事项办理情况的通报"),
        (
            "示例县人民政府办公室关于2022年第四季度法治政府建设实施方案重点任务督办事项办理情况的通报",
            "示例县人民政府办公室关于2022年<br>第四季度法治政府建设实施方案<br>重点任务督办事项办理情况的通报",
        ),
        ("关于印发《示例县重大行政决策程序规定（试行）》的通知", "关于印发《示例县重大行政决<br>策程序规定（试行）》的通知"),
        ("字" * 21, "字" * 10 + "<br>" + "字" * 11),
        ("第一行<br>第二行", "第一行<br>第二行"),
        ("短题", "短题"),
    ],
)
def test_a_long_title_is_broken_into_even_lines_at_the_ends_of_phrases(title: str, lines: str) -> None:
    assert body_lines(f"# {title}")[0] == f"Title | {lines}"


def test_several_attachments_are_numbered_and_a_single_one_is_not() -> None:
    front = "---\nattachments: {}\n---\n"
    assert body_lines(front.format("[甲, 乙]"))[1:] == ["附件说明 | 附件：1.\t甲", "附件说明 | 2.\t乙"]
    assert body_lines(front.format("甲"))[1:] == ["附件说明 | 附件：甲"]


def test_a_page_break_belongs_to_the_paragraph_after_it() -> None:
    document = part(render("甲\n\n<!-- pagebreak -->\n\n乙\n\n<!-- pagebreak -->"))
    assert [[child.tag.partition("}")[2] for child in paragraph.pPr] for paragraph in found(document, "p")] == [
        ["pStyle"],
        ["pStyle", "pageBreakBefore"],
    ]


# Tables


def test_the_head_of_a_table_is_repeated_and_no_row_is_split() -> None:
    rows = found(part(render(TABLE)), "tr")
    assert [[child.tag.partition("}")[2] for child in row.trPr] for row in rows] == [
        ["cantSplit", "tblHeader"],
        ["cantSplit"],
        ["cantSplit"],
        ["cantSplit"],
    ]


def test_a_row_taller_than_a_page_may_be_split_and_a_head_taller_than_half_a_page_is_not_repeated() -> None:
    long = "字" * 5000
    head, row = found(part(render(f"| {long} |\n|---|\n| {long} |\n")), "tr")
    assert (len(head.trPr), len(row.trPr)) == (0, 0)


def test_columns_are_as_wide_as_they_are_told() -> None:
    table = found(part(render("<!-- widths: 10,60,30 -->\n| a | b | c |\n|---|---|---|\n")), "tbl")[0]
    assert [int(values(column)["w"]) for column in found(table, "gridCol")] == [884, 5306, 2653]


def test_columns_are_as_wide_as_their_content_asks() -> None:
    long = "完善重大行政决策程序制度和合法性审查机制" * 3
    table = found(part(render(f"| 编号 | 事项 | 说明 |\n|---|---|---|\n| 1 | {long} | {long[:20]} |\n")), "tbl")[0]
    number, matter, note = (int(values(column)["w"]) for column in found(table, "gridCol"))
    assert number < note < matter
    assert 8840 <= number + matter + note <= 8850


def test_a_column_of_lights_is_shaded_and_keeps_its_words() -> None:
    table = found(part(render(TABLE)), "tbl")[0]
    assert [values(shade)["fill"] for shade in found(table, "shd")] == [STANDARD.light_red, STANDARD.light_green]
    assert body_lines(TABLE)[1:4] == ["| 甲 | 红 |", "| 乙 | 绿(按期) |", "| 丙 | 无 |"]


def test_two_tables_do_not_grow_into_one() -> None:
    assert body_lines(f"{TABLE}\n<!-- -->\n{TABLE}").count("间隔 |") == 2


# Landscape


def wide(columns: int) -> str:
    return f"|{' 列 |' * columns}\n|{'---|' * columns}\n"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("正文", "p"),
        (f"正文\n\n{wide(10)}\n正文", "plp"),
        (f"正文\n\n{wide(9)}\n正文", "p"),
        ("甲\n<!-- landscape -->\n乙\n<!-- /landscape -->\n丙", "plp"),
        ("<!-- landscape -->\n乙\n<!-- /landscape -->", "l"),
        (f"---\ntitle: 题\n---\n{wide(10)}", "l"),
        (f"---\ntitle: 题\nissuer: 县\nletterhead: true\n---\n{wide(10)}", "pl"),
        (f"甲\n\n<!-- attachment: 1 表 -->\n{wide(10)}", "pl"),
        (f"甲\n\n## 一、表\n\n{wide(10)}\n{wide(10)}\n乙", "plp"),
    ],
)
def test_wide_tables_and_marked_regions_lie_on_landscape_pages(markdown: str, expected: str) -> None:
    shape = {"p": {"w": "11906", "h": "16838"}, "l": {"w": "16838", "h": "11906", "orient": "landscape"}}
    assert pages(render(markdown)) == [shape[letter] for letter in expected]


def test_a_landscape_page_is_the_portrait_one_turned() -> None:
    [margins] = found(part(render(f"<!-- landscape -->\n{TABLE}")), "pgMar")
    assert {side: values(margins)[side] for side in ("top", "right", "bottom", "left")} == {
        "top": "1587",
        "right": "2098",
        "bottom": "1474",
        "left": "1984",
    }


# Pictures


def test_a_picture_is_as_wide_as_the_text_and_never_higher_than_the_page() -> None:
    data = render("![宽](w)\n\n![高](h)\n\n![宽](w)", pictures={"w": png(40, 10), "h": png(10, 400)})
    extents = [(int(extent.get("cx")), int(extent.get("cy"))) for extent in part(data).iter(qn("wp:extent"))]
    assert [round(across / 36000) for across, _ in extents] == [156, 5, 156]
    assert [round(down / 36000) for _, down in extents] == [39, 205, 39]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [name for name in package.namelist() if "media" in name] == ["word/media/image1.png", "word/media/image2.png"]


def test_a_picture_that_nobody_gave_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(UnknownPictureError) as raised:
        render("![图](b)", pictures={"c": b"", "a": b""})
    assert raised.value.args_of_message == {"name": "b", "known": ["a", "c"]}


@pytest.mark.parametrize("data", [b"", b"GIF89a", PICTURES["chart"][:30], png(0, 5)])
def test_a_picture_that_is_no_png_is_an_error(data: bytes) -> None:
    with pytest.raises(BadPictureError):
        render("![图](a)", pictures={"a": data})


# Hostile text


def bare(text: str) -> str:
    return re.sub(r"<br>|\s|\\\|", "", UNSAFE.sub("", text))


def words() -> Iterator[str]:
    yield from (
        "<草案>",
        "{{7*7}}",
        "{%x%}",
        "&amp; & <b>",
        "]]>",
        "-->",
        "\"'",
        "😀👩‍👩‍👧",
        "עברית العربية",
        "a" * 3000,
        "字" * 5000,
        "　全角　",
        "㎡〇",
        "\u202e倒",
    )


@pytest.mark.parametrize("text", list(words()), ids=[word[:6] for word in words()])
def test_text_comes_through_whole_in_titles_paragraphs_and_cells(text: str) -> None:
    escaped = escape_markdown(text)
    lines = body_lines(f"# {escaped}\n\n| {escaped} |\n|---|\n| {escaped} |\n\n{escaped}\n")
    assert [
        bare(line).strip("|").removeprefix("Title|").removeprefix("公文正文|") for line in lines if bare(line) not in {"Normal|", "间隔|"}
    ] == [bare(text)] * 4


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="|\\"), min_size=1))
def test_any_text_in_a_cell_comes_through_and_can_be_read_back(text: str) -> None:
    lines = body_lines(f"| 头 |\n|---|\n| {escape_markdown(text)} |\n| 尾 |\n")
    assert bare("".join(lines)) == f"|头||{bare(text)}||尾|间隔|"


def test_control_characters_are_left_out_wherever_they_come_from() -> None:
    assert body_lines('---\ntitle: "甲\\u0000\\u001b乙"\n---\n正\x00\x1b[31m文\ufffe\x85') == [
        "Title | 甲乙",
        "Normal |",
        "公文正文 | 正[31m文",
    ]


def test_fifty_columns_keep_a_width_and_all_their_text() -> None:
    table = found(part(render(wide(50) + f"|{' 单位 |' * 50}\n")), "tbl")[0]
    assert min(int(values(column)["w"]) for column in found(table, "gridCol")) > 200
    assert texts(table) == ["列"] * 50 + ["单位"] * 50


def test_two_thousand_rows_are_all_there() -> None:
    markdown = "| 编号 | 事项 |\n|---|---|\n" + "".join(f"| {row} | 甲 |\n" for row in range(2000))
    assert body_lines(markdown)[1:2001] == [f"| {row} | 甲 |" for row in range(2000)]
