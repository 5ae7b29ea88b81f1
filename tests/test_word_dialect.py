"""The dialect of Markdown that documents are written in: which text is which block, and what stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planctl.word.blocks import Attachment, Block, Heading, Landscape, PageBreak, Picture, Prose, Rule, Span, Spans, Table
from planctl.word.dialect import parse
from planctl.word.errors import ClassifiedDocumentError, FrontMatterError, FrontMatterKeyError, FrontMatterValueError
from planctl.word.frontmatter import FrontMatter, split

if TYPE_CHECKING:
    from planctl.errors import PlanctlError

pytest.importorskip("markdown_it")


def text(content: str) -> Spans:
    return (Span(content),)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# 题目", Heading(1, text("题目"))),
        ("## 一、总体情况", Heading(2, text("一、总体情况"))),
        ("###### 六级", Heading(5, text("六级"))),
        ("正文**加粗**和*斜体*。", Prose((Span("正文"), Span("加粗", bold=True), Span("和"), Span("斜体", italic=True), Span("。")))),
        ("第一行\n第二行", Prose(text("第一行第二行"))),
        ("one\ntwo", Prose(text("one two"))),
        ("上<br>下<BR/>末", Prose(text("上\n下\n末"))),
        ("代码`a|b`", Prose(text("代码a|b"))),
        ("见[说明](https://example.org/x)", Prose(text("见说明（https://example.org/x）"))),
        ("见[说明](notes.md)", Prose(text("见说明"))),
        ("见<https://example.org/x>", Prose(text("见https://example.org/x"))),
        ("    四个空格开头的正文", Prose(text("四个空格开头的正文"))),
        ("> 引文", Prose(text("引文"), quoted=True)),
        ("![图一](图 1.png)", Prose(text("![图一](图 1.png)"))),
        ("![图一](<图 1.png>)", Picture("图 1.png", "图一")),
        ("***", Rule()),
        ("<!-- pagebreak -->", PageBreak()),
        ("<!-- landscape -->", Landscape(on=True)),
        ("<!-- /landscape -->", Landscape(on=False)),
        (r"<!-- attachment: 1 逾期\*清单 -->", Attachment("1", text("逾期*清单"))),
        ("<!-- attachment: 清单 -->", Attachment("", text("清单"))),
        ("<草案> {{7*7}} & &lt;b&gt; <script>", Prose(text("<草案> {{7*7}} & &lt;b&gt; <script>"))),
        ("[x]: 这不是引用", Prose(text("[x]: 这不是引用"))),
        ("正文 <!-- 行内的不是指令 -->", Prose(text("正文 <!-- 行内的不是指令 -->"))),
    ],
)
def test_a_line_is_a_block(markdown: str, expected: Block) -> None:
    assert parse(markdown) == (expected,)


def test_a_comment_that_steers_nothing_is_not_printed() -> None:
    assert parse("甲\n<!-- 给写模板的人 -->\n乙") == (Prose(text("甲")), Prose(text("乙")))


def test_items_begin_with_dashes_or_numbers_as_in_official_prose() -> None:
    assert parse("- 甲\n  1. 子\n  2. 丑\n\n     续\n\n3. 乙\n4.") == (
        Prose(text("甲"), "——", 1),
        Prose(text("子"), "（1）", 2),
        Prose(text("丑"), "（2）", 2),
        Prose(text("续"), "", 2),
        Prose(text("乙"), "3.", 1),
        Prose((), "4.", 1),
    )


def test_a_picture_within_a_paragraph_stands_between_its_halves() -> None:
    assert parse("前![图](a)后") == (Prose(text("前")), Picture("a", "图"), Prose(text("后")))


def test_a_table_has_alignments_and_the_widths_of_the_comment_before_it() -> None:
    markdown = "<!-- widths: 12, 50.5 -->\n| 甲 | 乙 |\n|---|--:|\n| 1<br>2 | a\\|b |\n| 3 |\n<!-- /landscape -->\n| 丙 |\n|:-:|\n"
    assert parse(markdown) == (
        Table((text("甲"), text("乙")), ((text("1\n2"), text("a|b")), (text("3"), ())), ("", "right"), (12, 50.5)),
        Landscape(on=False),
        Table((text("丙"),), (), ("center",)),
    )


@pytest.mark.parametrize("widths", ["12", "12,50,3", "0,0", "1,-2", "宽"])
def test_widths_that_do_not_fit_the_table_are_left_to_its_content(widths: str) -> None:
    assert parse(f"<!-- widths: {widths} -->\n| 甲 | 乙 |\n|---|---|\n") == (Table((text("甲"), text("乙")), (), ("", "")),)


@pytest.mark.parametrize("mark", ["> ", "- ", "1. "])
def test_nesting_without_end_loses_no_text(mark: str) -> None:
    found = parse(mark * 400 + "末尾")
    assert "".join(span.text for block in found if isinstance(block, Prose) for span in block.spans).endswith("末尾")


# Front matter


def test_front_matter_says_what_stands_around_the_text() -> None:
    markdown = """
---
title: 关于某事的通知
issuer: 示例县人民政府
number: 示政发〔2022〕5号
addressee: [各乡镇人民政府, "县政府各部门:"]
date: 2022-01-08
copies: 县委办公室
printed_by: 示例县人民政府办公室
printed_on: "2022-01-09"
attachments: [清单, 表]
letterhead: true
urgency: 特急
note: 此件公开发布
seal: false
---
正文
"""
    front, rest = split(markdown)
    assert rest == "正文\n"
    assert front._replace(day=None) == FrontMatter(
        title="关于某事的通知",
        issuer="示例县人民政府",
        number="示政发〔2022〕5号",
        addressee="各乡镇人民政府、县政府各部门",
        signature="示例县人民政府",
        date="2022年1月8日",
        copies=("县委办公室",),
        printed_by="示例县人民政府办公室",
        printed_on="2022年1月9日",
        attachments=("清单", "表"),
        letterhead=True,
        urgency="特急",
        note="此件公开发布",
    )


@pytest.mark.parametrize("markdown", ["", "正文", "---\n没有第二行", "甲\n---\nsecurity: x\n---\n", "---\n---\n正文", "---\ntitle:\n---\n"])
def test_a_text_may_have_no_front_matter_or_an_empty_one(markdown: str) -> None:
    assert split(markdown)[0] == FrontMatter()


@pytest.mark.parametrize(
    ("front", "error"),
    [
        ("security: 机密", ClassifiedDocumentError(key="security")),
        ("密级: 机密★1年", ClassifiedDocumentError(key="密级")),
        ("date: 2022-13-45", FrontMatterValueError(key="date", value="2022-13-45")),
        ("seal: yes", FrontMatterValueError(key="seal", value="yes")),
        ("title: [甲, 乙]", FrontMatterValueError(key="title", value="…")),
        ("copies: [[甲]]", FrontMatterValueError(key="copies", value="…")),
        ("title: 甲\ntitle: 乙", FrontMatterError(line=3, code="P003")),
        ("title: &a 甲\nissuer: *a", FrontMatterError(line=2, code="P004")),
        ("- 甲", FrontMatterError(line=2, code="P012")),
        ('title: "甲', FrontMatterError(line=3, code="P002")),
    ],
)
def test_front_matter_that_cannot_be_is_refused(front: str, error: PlanctlError) -> None:
    with pytest.raises(type(error)) as raised:
        split(f"---\n{front}\n---\n正文")
    assert raised.value.args_of_message == error.args_of_message


def test_an_unknown_key_is_refused_with_the_keys_that_there_are() -> None:
    with pytest.raises(FrontMatterKeyError) as raised:
        split("---\ntitel: 甲\n---\n")
    assert raised.value.args_of_message == {"key": "titel", "known": [name for name in FrontMatter._fields if name != "day"]}


def test_a_control_character_that_a_program_escaped_does_not_break_front_matter() -> None:
    assert split('---\ntitle: "甲\\u0007\\u202e乙"\n---\n')[0].title == "甲乙"
