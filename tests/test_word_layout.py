"""Documents on paper: converted by LibreOffice and measured, in millimetres, against GB/T 9704-2012."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

import office
from planctl.word.document import render

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("docx")
reason = office.missing()
pytestmark = pytest.mark.skipif(reason is not None, reason=reason or "")

MM = 72 / 25.4
PITCH = 28.95
TOP, LEFT, BOTTOM, RIGHT = 37.0, 28.0, 297.0 - 35, 210.0 - 26
"""The edges of the text block."""
CHARACTER = 16 / MM
SIGNED = """---
title: 关于某事的通知
addressee: 各有关单位
signature: {signature}
date: 2022-11-08
seal: {seal}
---
请办理。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def prose(folder: Path) -> list[Any]:
    return office.pages(render("字" * 2000), folder / "prose")


@pytest.fixture(scope="module")
def full(folder: Path) -> list[Any]:
    """Convert a document with everything, on portrait and landscape pages."""
    rows = "".join(f"| {row} | 完善制度 | 2022年12月31日 | 红 |\n" for row in range(120))
    markdown = f"""---
title: 督办事项办理情况的通报
issuer: 示例县人民政府
number: 示政发〔2022〕5号
addressee: 各有关单位
date: 2022-01-08
letterhead: true
attachments: [清单, 横排清单]
copies: [县委办公室, 县人大常委会办公室, 县政协办公室, 县监察委员会, 县人民法院, 县人民检察院]
printed_by: 示例县人民政府办公室
printed_on: 2022-01-09
---
现通报如下。

<!-- attachment: 1 清单 -->

| 编号 | 事项 | 期限 | 亮灯 |
|---|---|---|---|
{rows}
<!-- attachment: 2 横排清单 -->

|{" 列 |" * 12}
|{"---|" * 12}
|{" 县司法局 |" * 12}

末段。
"""
    return office.pages(render(markdown), folder / "full")


def mm(points: float) -> float:
    return float(points) / MM


def line(page: Any, text: str) -> Any:
    """Find a text that is once on a page and give its box; the spaces between Chinese and Latin characters do not count."""
    chars = [char for char in page.chars if char["text"].strip()]
    printed = "".join(char["text"] for char in chars)
    wanted = "".join(text.split())
    assert printed.count(wanted) == 1
    start = printed.index(wanted)
    part = chars[start : start + len(wanted)]
    return {"x0": part[0]["x0"], "x1": part[-1]["x1"], "top": part[0]["top"], "bottom": part[0]["bottom"]}


def middle(box: Any) -> float:
    return mm(box["top"] + box["bottom"]) / 2


def borders(page: Any) -> list[Any]:
    """List the horizontal lines: where they begin and end, and how far down they are."""
    strokes = [
        stroke for stroke in (*page.lines, *page.rects) if stroke["x1"] - stroke["x0"] > 50 and abs(stroke["bottom"] - stroke["top"]) < 3
    ]
    return sorted(
        {(round(mm(s["x0"]), 1), round(mm(s["x1"]), 1), round(mm((s["top"] + s["bottom"]) / 2), 1)) for s in strokes}, key=lambda at: at[2]
    )


# Text


def test_a_page_has_22_lines_of_28_characters(prose: list[Any]) -> None:
    lines = Counter(round(char["top"]) for char in prose[1].chars if char["text"] == "字")
    assert list(lines.values()) == [28] * 22


def test_the_text_block_is_156_by_225_millimetres(prose: list[Any]) -> None:
    chars = [char for char in prose[1].chars if char["text"] == "字"]
    centres = sorted({round((char["top"] + char["bottom"]) / 2, 2) for char in chars})
    edges = [
        mm(min(char["x0"] for char in chars)),
        mm(centres[0] - PITCH / 2),
        mm(max(char["x1"] for char in chars)),
        mm(centres[-1] + PITCH / 2),
    ]
    assert edges == [pytest.approx(edge, abs=1) for edge in (LEFT, TOP, RIGHT, BOTTOM)]


def test_a_paragraph_begins_two_characters_in(prose: list[Any]) -> None:
    assert mm(prose[0].chars[0]["x0"]) == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)


# Page numbers


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_page_number_stands_7_mm_below_the_text_at_the_outer_edge(prose: list[Any], number: int) -> None:
    found = line(prose[number - 1], f"— {number} —")
    assert middle(found) == pytest.approx(BOTTOM + 7, abs=1)
    outer = (mm(found["x1"]), RIGHT - 14 / MM) if number % 2 else (mm(found["x0"]), LEFT + 14 / MM)
    assert outer[0] == pytest.approx(outer[1], abs=0.5)


def test_pages_are_numbered_through_all_sections(full: list[Any]) -> None:
    assert [f"— {number} —" in page.extract_text() for number, page in enumerate(full, 1)] == [True] * len(full)


# What stands around the text


def test_the_red_line_is_as_wide_as_the_text_and_4_mm_below_the_number(full: list[Any]) -> None:
    [(start, end, down)] = borders(full[0])
    assert (start, end) == (pytest.approx(LEFT, abs=0.5), pytest.approx(RIGHT, abs=0.5))
    assert down - mm(line(full[0], "示政发〔2022〕5号")["bottom"]) == pytest.approx(4 + (PITCH - 16) / 2 / MM, abs=1.5)


def test_the_letterhead_begins_35_mm_below_the_top_of_the_text_and_is_red(full: list[Any]) -> None:
    mark = [char for char in full[0].chars if char["size"] > 40]
    assert "".join(char["text"] for char in mark) == "示例县人民政府文件"
    assert {tuple(char["non_stroking_color"]) for char in mark} == {(1, 0, 0)}
    # The box of a character begins about a fifth of its size above what is seen of it.
    assert mm(mark[0]["top"] + mark[0]["size"] * 0.22) == pytest.approx(TOP + 35, abs=1.5)


@pytest.mark.parametrize(("page", "text"), [(0, "督办事项办理情况的通报"), (0, "示例县人民政府文件"), (1, "清单")])
def test_titles_are_centred(full: list[Any], page: int, text: str) -> None:
    chars = [char for char in full[page].chars if char["size"] > 20 and char["text"] in text]
    assert mm(min(char["x0"] for char in chars) + max(char["x1"] for char in chars)) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.7)


def test_an_attachment_begins_a_page_its_mark_on_line_1_and_its_title_on_line_3(full: list[Any]) -> None:
    mark, title = line(full[1], "附件1"), next(char for char in full[1].chars if char["size"] > 20)
    assert mm(mark["x0"]) == pytest.approx(LEFT, abs=0.5)
    assert middle(mark) == pytest.approx(TOP + PITCH / MM / 2, abs=1)
    assert middle(title) == pytest.approx(TOP + PITCH / MM * 2.5, abs=1)


def test_the_imprint_ends_at_the_foot_of_the_last_page(full: list[Any]) -> None:
    found = borders(full[-1])
    assert len(found) == 3
    assert [(start, end) for start, end, _ in found] == [(pytest.approx(LEFT, abs=0.5), pytest.approx(RIGHT, abs=0.5))] * 3
    assert found[-1][2] == pytest.approx(BOTTOM, abs=1)
    assert mm(line(full[-1], "2022年1月9日印发")["x1"]) == pytest.approx(RIGHT - 14 / MM, abs=0.5)


def test_without_a_seal_the_name_is_two_characters_from_the_edge_and_the_date_begins_two_further(folder: Path) -> None:
    [page] = office.pages(render(SIGNED.format(signature="示例县法治政府建设领导小组办公室", seal="false")), folder / "unsealed")
    name, day = line(page, "示例县法治政府建设领导小组办公室"), line(page, "2022年11月8日")
    assert mm(name["x1"]) == pytest.approx(RIGHT - 2 * CHARACTER, abs=1)
    assert mm(day["x0"] - name["x0"]) == pytest.approx(2 * CHARACTER, abs=1.5)
    assert mm(day["top"] - name["top"]) == pytest.approx(PITCH / MM, abs=0.5)


def test_without_a_seal_a_date_longer_than_the_name_is_two_characters_from_the_edge(folder: Path) -> None:
    [page] = office.pages(render(SIGNED.format(signature="示例县", seal="false")), folder / "short")
    name, day = line(page, "示例县"), line(page, "2022年11月8日")
    assert mm(day["x1"]) == pytest.approx(RIGHT - 2 * CHARACTER, abs=1)
    assert mm(day["x0"] - name["x0"]) == pytest.approx(2 * CHARACTER, abs=1.5)


def test_under_a_seal_the_date_is_four_characters_from_the_edge_and_the_name_centred_over_it(folder: Path) -> None:
    [page] = office.pages(render(SIGNED.format(signature="示例县人民政府", seal="true")), folder / "sealed")
    name, day = line(page, "示例县人民政府"), line(page, "2022年11月8日")
    assert mm(day["x1"]) == pytest.approx(RIGHT - 4 * CHARACTER, abs=1)
    assert mm(name["x0"] + name["x1"]) / 2 == pytest.approx(mm(day["x0"] + day["x1"]) / 2, abs=1)


# Tables and landscape pages


def test_the_head_of_a_table_is_on_every_page_that_it_takes(full: list[Any]) -> None:
    holding = ["2022年12月31日" in page.extract_text() for page in full]
    assert sum(holding) >= 4
    assert ["编号" in page.extract_text() for page in full] == holding


def test_a_wide_table_is_on_a_landscape_page_and_what_follows_is_upright_again(full: list[Any]) -> None:
    sizes = [(round(mm(page.width)), round(mm(page.height))) for page in full]
    assert sizes == [(210, 297)] * (len(full) - 2) + [(297, 210), (210, 297)]
    assert [(start, end) for start, end, _ in borders(full[-2])] == [(pytest.approx(35, abs=0.5), pytest.approx(297 - 37, abs=0.5))] * 3


def test_a_cell_longer_than_a_page_is_printed_to_its_end(folder: Path) -> None:
    made = office.pages(render(f"| 头 | 尾 |\n|---|---|\n| 甲 | {'字' * 5000} |\n"), folder / "cell")
    assert sum(page.extract_text().count("字") for page in made) == 5000


def test_a_long_word_and_fifty_columns_stay_on_the_paper(folder: Path) -> None:
    made = office.pages(
        render(f"|{'甲|' * 50}\n|{'---|' * 50}\n|{'单位|' * 50}\n\n{'w' * 500}\n\n| a |\n|---|\n| {'w' * 500} |\n"), folder / "odd"
    )
    assert [char["text"] for page in made for char in page.chars if not 0 <= char["x0"] <= char["x1"] <= page.width] == []
    text = "".join(page.extract_text() for page in made)
    assert (text.count("w"), text.count("单"), text.count("位")) == (1000, 50, 50)
