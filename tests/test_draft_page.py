"""The page of review of an import: the clause on one side, what was taken from it on the other, as HTML and as Markdown."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from browser import visit
from drafts import DOCUMENT, drafted
from planctl.page.draft import render_html, render_markdown

if TYPE_CHECKING:
    from pathlib import Path

EVIL = DOCUMENT.replace("设置综合窗口。", '<script>alert("甲")</script>&|*_`。').replace("县司法局、", "<b>县司法局、")


class Page(HTMLParser):
    """The elements of a page by class, with their texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self._open.append(dict(attrs)["class"] or "")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.marks.append((self._open.pop(), data))


def test_every_mark_has_its_class_and_the_legend_names_them(tmp_path: Path) -> None:
    marks = Page(render_html(drafted(tmp_path, DOCUMENT), "zh")).marks
    assert marks[:7] == [
        ("deadline", "时限"),
        ("hint", "没有列入的时间说法"),
        ("title", "标题"),
        ("number", "编号"),
        ("lead", "牵头单位"),
        ("support", "配合单位"),
        ("duty", "责任分工"),
    ]
    assert marks[-6:] == [
        ("deadline", "每季度检查不少于1次"),
        ("duty", "（"),
        ("lead", "县司法局"),
        ("duty", "牵头，"),
        ("support", "县财政局"),
        ("duty", "配合）"),
    ]


def test_nothing_of_the_document_is_taken_for_html(tmp_path: Path) -> None:
    page = render_html(drafted(tmp_path, EVIL), "zh")
    assert ({"script", "b"} & set(Page(page).tags), "&lt;script&gt;alert(&#34;甲&#34;)&lt;/script&gt;&amp;" in page) == (set(), True)


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = render_html(drafted(tmp_path, DOCUMENT), "zh")
    assert re.findall(r"""(?:src|href)=|@import|url\(""", page) == []
    assert "default-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")


def test_doubts_stand_on_top_of_their_task(tmp_path: Path) -> None:
    page = render_html(drafted(tmp_path, DOCUMENT), "zh")
    task = page[page.index('id="task-2"') : page.index('id="task-3"')]
    assert task.index('<ul class="doubts">') < task.index('<section class="clause"')
    assert re.findall(r'class="task(?: [^"]*)?"', page) == ['class="task"', 'class="task doubtful about-deadline"', 'class="task"']


def test_a_browser_shows_the_page_without_complaint(tmp_path: Path) -> None:
    path = tmp_path / "核对.html"
    path.write_text(render_html(drafted(tmp_path, EVIL), "zh"), encoding="utf-8")
    seen = visit(path)
    assert (seen.console, seen.dom.count("<article")) == ([], 3)


def test_the_markdown_has_a_table_of_two_columns_for_each_task(tmp_path: Path) -> None:
    text = render_markdown(drafted(tmp_path, DOCUMENT), "zh")
    assert text[text.index("### 2") : text.index("### 3")] == (
        "### 2 公开办事清单\n\n"
        "- [ ] 时限：“适时”没有写明日期或次数，没有列入；确有要求的，请补上（原文第 10 行）\n\n"
        "| 原文 | 读出的内容 |\n|---|---|\n"
        "| 2. **公开办事清单**<sup>标题</sup>。**每年12月1日前**<sup>时限</sup>公布清单，**适时**<sup>没有列入的时间说法</sup>评估清单的执行情况。"
        "（责任单位：**各乡镇人民政府**<sup>牵头单位</sup>） | **章节** 一<br>**牵头单位** 各乡镇人民政府<br>**牵头依据** 文件写明"
        "<br>**时限** d1 公布清单<br>每年12月1日前<br>原话：“每年12月1日前” |\n\n"
    )


def test_nothing_of_the_document_is_taken_for_markdown(tmp_path: Path) -> None:
    text = render_markdown(drafted(tmp_path, EVIL), "zh")
    (row,) = (line for line in text.splitlines() if line.startswith("| 1."))
    assert ("<script>" in row, r"&amp;\|\*\_\`" in row) == (False, True)


def test_what_was_repaired_and_left_out_is_listed(tmp_path: Path) -> None:
    text = render_markdown(drafted(tmp_path, DOCUMENT.replace("综合窗口", "综合 窗口").replace("2024年6", "２０２４年6")), "zh")
    assert text[text.index("## 修复了什么") :] == (
        "## 修复了什么\n\n- 全角半角：２０２４ → 2024，1 处，首见于第 8 行\n- 多余的空格：空格 → （无），2 处，首见于第 8 行\n\n## 没有采用什么\n\n- 无\n"
    )


def test_the_page_is_told_in_english_too(tmp_path: Path) -> None:
    page = render_html(drafted(tmp_path, DOCUMENT, "en"), "en")
    assert ('<html lang="en">' in page, re.findall(r"<h2[^>]*>([^<]+)", page)) == (
        True,
        ["Summary", "Tasks", "What was repaired", "What was left out"],
    )
