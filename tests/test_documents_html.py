"""Saved pages: the article without what stands around it, its tables and lists, whatever the markup."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from papers import Cell, as_html, grid, texts
from planctl.documents.normalising import normalise
from planctl.documents.reading import read, read_bytes
from planctl.documents.records import BlockKind, NoteKind

CORPUS = Path(os.environ.get("PLANCTL_CORPUS") or Path(__file__).resolve().parents[2] / "shared" / "corpus")
PAGES = sorted(CORPUS.glob("*.html")) if CORPUS.exists() else []


def read_page(page: str) -> list[str]:
    return texts(read_bytes("a.html", page.encode()))


@pytest.mark.skipif(not PAGES, reason=f"no pages in {CORPUS}; PLANCTL_CORPUS names another folder")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_stored_page_gives_the_paragraphs_and_tables_of_its_text(path: Path) -> None:
    page, text = (normalise(read(str(each))) for each in (path, path.with_suffix(".txt")))
    assert [(block.text, block.table) for block in page.blocks] == [(block.text, block.table) for block in text.blocks]


def test_the_page_says_what_it_is() -> None:
    found = read_bytes("a.html", as_html().encode()).metadata
    assert found == {"title": "示例县优化服务工作要点", "published": "2023-03-02 09:00", "index": "EX-2023-7"}


def test_what_is_left_out_is_noted() -> None:
    notes = {note.kind: note.text for note in read_bytes("a.html", as_html().encode()).notes}
    assert (notes[NoteKind.HIDDEN], "版权所有" in notes[NoteKind.FURNITURE]) == ("隐藏的文字。", True)


SITE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"><title>通知_示例县人民政府</title></head><body>
<div class="crumbs">当前位置：<a href="#">首页</a>&nbsp;&gt;&nbsp;正文</div><table><tr><td>索 引 号：</td><td>EX-7</td><td>发文机关：</td><td>示例县人民政府</td></tr></table>
<div class="main"><h1>示例县工作要点</h1><div>2024-03-09 来源：<span>县政府</span>【字体：<span>大</span> <span>中</span> <span>小</span>】<span>打印</span></div>
<div id="UCAP-CONTENT"><p>　　一、便民服务</p><p>　　1.设置综合窗口，统一收件。（牵头单位：县司法局）</p><p>　　2.公开办事清单，写明条件、材料、时限。（牵头单位：县财政局）</p></div><div>责任编辑：甲　扫一扫在手机打开当前页</div></div>
<div><h2>相关稿件</h2><ul><li><a href="#">解读：为什么要优化服务，怎样做</a></li></ul></div><div>上一篇：<a href="#">通知</a></div>
<div class="footer"><p>主办单位：示例县人民政府　网站标识码0000000000　湘ICP备00000000号</p><p>联系电话：0000</p></div></body></html>"""


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gb18030"), ("utf-8", "utf-8-sig")])
def test_of_a_short_article_too_nothing_around_it_is_read(charset: str, codec: str) -> None:
    reading = normalise(read_bytes("a.html", SITE.format(charset=charset).encode(codec)))
    expected = [
        "一、便民服务",
        "1.设置综合窗口，统一收件。（牵头单位：县司法局）",
        "2.公开办事清单，写明条件、材料、时限。（牵头单位：县财政局）",
    ]
    assert (texts(reading), reading.metadata.get("index")) == (expected, "EX-7")


def test_a_table_that_is_nearly_all_of_an_article_stays_a_table_with_what_is_above_it() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>设置综合窗口，统一收件，统一出件。</td></tr>" for number in range(1, 9))
    reading = read_bytes(
        "a.html", f"<html><body><p>示例县工作要点</p><table><tr><td>序号</td><td>任务</td></tr>{rows}</table></body></html>".encode()
    )
    assert (texts(reading)[:3], [table.rows for table in reading.tables]) == (["示例县工作要点", "序号", "任务"], [9])


SENTENCES = "".join(f"<p>第{number}条，各单位要按照要求认真落实，并及时报告。</p>" for number in range(1, 9))


@pytest.mark.parametrize(
    "page",
    [
        f"<body><div class='menu'>首页，办事，公开，互动，服务。</div><div class='x7'>{SENTENCES}</div><div>版权所有：示例县人民政府，保留权利。</div></body>",
        f"<body><table><tr><td>{'<a href=x>导航，链接。</a>' * 30}</td></tr><tr><td>{SENTENCES}</td></tr></table></body>",
        f"<body><nav><p>导航，很长的一段文字，没有链接，但是不是正文。</p></nav>{SENTENCES}<footer><p>页脚，也是如此。</p></footer></body>",
        f"<body><article>{SENTENCES}<ul><li><a>上页</a></li><li><a>下页</a></li><li><a>打印</a></li></ul></article></body>",
    ],
    ids=["a box without a known name", "tables for layout", "elements that say what they are", "a menu in the article"],
)
def test_the_article_is_found_by_its_text(page: str) -> None:
    assert read_page(page) == [f"第{number}条，各单位要按照要求认真落实，并及时报告。" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>甲&nbsp;乙&#20008;&ldquo;丙&rdquo;&unknown;</p>", ["甲\u00a0乙丨“丙”&unknown;"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙<div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>甲\n   乙\t丙</p>", ["甲 乙 丙"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>甲<!-- 注 -->乙<![if !supportLists]>丙<![endif]></p>", ["甲乙丙"]),
        ("<p>甲<script>var a = '<p>乙</p>';</script><style>p{}</style>丙</p>", ["甲丙"]),
        ("<p>3 < 5，a<b</p><p>丙</p>", ["3 < 5，a", "丙"]),
        ("<p><ruby>机<rt>jī</rt></ruby>构<o:p></o:p><st1:x>员</st1:x></p>", ["机构员"]),
        ("<div hidden>甲</div><p style='DISPLAY : none'>乙</p><p>丙</p>", ["丙"]),
        ("<p>甲</b></i></div>乙", ["甲乙"]),
        ("<p title='a>b'>甲</p>", ["甲"]),
    ],
)
def test_markup_is_read_as_browsers_show_it(page: str, expected: list[str]) -> None:
    assert read_page(page) == expected


def test_items_of_numbered_lists_have_their_numbers() -> None:
    page = "<ol start=3><li>甲<li value=7>乙<ol type=a><li>丙</ol><li>丁</ol><ol type=I><li>戊</li></ol><ul><li>己</ul>"
    reading = read_bytes("a.html", page.encode())
    assert [(block.text, block.number) for block in reading.blocks] == [
        *(("3.甲", "3."), ("7.乙", "7."), ("a.丙", "a."), ("8.丁", "8."), ("I.戊", "I."), ("己", None)),
    ]


def test_cells_stand_in_their_columns_beside_merged_ones() -> None:
    page = "<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>戊<td colspan=99999999>己<td>庚</table>"
    assert grid(read_bytes("a.html", page.encode())) == [
        *(Cell(1, 1, "甲", rows=2), Cell(1, 2, "乙", columns=2), Cell(2, 2, "丙"), Cell(2, 3, "丁")),
        *(Cell(3, 1, "戊"), Cell(3, 2, "己"), Cell(3, 3, "庚")),
    ]


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    assert read_page("<table><tr><td><p>甲</p><p>乙</p></td><td>丙</td></tr></table>") == ["甲\n乙", "丙"]


def test_a_heading_and_a_centred_line_are_known_as_such() -> None:
    blocks = read_bytes("a.html", "<h2>甲</h2><p align=center><b>乙</b></p><p>丙</p>".encode()).blocks
    assert [(block.kind, block.level, block.is_centred, block.is_bold) for block in blocks] == [
        (BlockKind.HEADING, 2, False, False),
        (BlockKind.PARAGRAPH, None, True, True),
        (BlockKind.PARAGRAPH, None, False, False),
    ]


@pytest.mark.parametrize(("charset", "codec"), [("gb2312", "gb18030"), ("GBK", "gb18030"), ("utf-8", "utf-8"), ("big5", "big5hkscs")])
def test_a_page_is_decoded_as_it_says(charset: str, codec: str) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><p>各部門：</p></html>'
    reading = read_bytes("a.html", page.encode(codec))
    assert (reading.encoding, texts(reading)) == (codec, ["各部門："])


def test_a_page_that_names_the_wrong_encoding_is_decoded_by_its_bytes() -> None:
    page = '<html><head><meta charset="gb2312"></head><p>各有关部门：请认真落实。</p></html>'
    assert texts(read_bytes("a.html", page.encode())) == ["各有关部门：请认真落实。"]
