"""Charts: what they draw, that they stand alone, and that no text can break them."""

from __future__ import annotations

import struct
import sys
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.charts.axis import Axis
from planctl.charts.bars import Bar, bars
from planctl.charts.burnup import Point, burnup
from planctl.charts.drawing import COLOURS, Tone, shortened, width_of
from planctl.charts.heatmap import Cell, heatmap
from planctl.charts.pictures import to_png
from planctl.charts.timeline import Lane, Mark, timeline
from planctl.errors import NoPicturesError

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = "<script>alert(1)</script> \"'&]]>{{7*7}}\x00\ud800"
DAY = date(2026, 11, 22)
WINDOW = (date(2026, 9, 1), date(2027, 2, 28))
MONTHS = ("2026-11", "2026-12", "2027-01")


def unit_bars(name: str = "县司法局", lang: str = "zh") -> str:
    return bars("units", "各单位", [Bar(name, 3, 2, 1, 4, 9), Bar("县政府办", other=1)], lang)


def course(name: str = "权责清单", lang: str = "zh") -> str:
    moved = Mark(date(2026, 12, 31), Tone.UPCOMING, name, date(2026, 10, 1))
    marks = (Mark(date(2026, 9, 30), Tone.OVERDUE, "2026-Q3"), Mark(date(2026, 11, 25), Tone.DUE), Mark(date(2026, 10, 8), Tone.DONE))
    return timeline("course", "时间轴", [Lane(name, (moved,)), Lane("学法", marks)], WINDOW, DAY, lang)


def heat(name: str = "县司法局", lang: str = "zh") -> str:
    return heatmap("heat", "按月到期", MONTHS, {name: [Cell(3, 2), Cell(0), Cell(1)], "县政府办": [Cell(0), Cell(5), Cell(0)]}, lang)


def rise(title: str = "累计", lang: str = "zh") -> str:
    points = [Point(date(2026, 9, 30), 10, 4), Point(date(2026, 10, 31), 14, 9), Point(DAY, 20, 9)]
    return burnup("history", title, points, lang)


CHARTS: dict[str, Callable[..., str]] = {"bars": unit_bars, "timeline": course, "heatmap": heat, "burnup": rise}


def said(svg: str) -> list[str]:
    """Every text of a chart, in its order."""
    return [text for element in parsed(svg).iter() if (text := (element.text or "").strip())]


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - made here


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_chart_is_drawn_as_before(kind: str, lang: str, golden: Callable[[str, str], None]) -> None:
    golden(f"charts/{kind}.{lang}.svg", CHARTS[kind](lang=lang).replace("><", ">\n<") + "\n")


@pytest.mark.parametrize("kind", CHARTS)
def test_hostile_text_stays_text(kind: str) -> None:
    svg = CHARTS[kind](HOSTILE)
    elements = {element.tag.rpartition("}")[2] for element in parsed(svg).iter()}
    assert elements <= {"svg", "title", "desc", "defs", "pattern", "g", "rect", "circle", "path", "line", "text"}
    assert any("<script>alert(1)" in text for text in said(svg))


@given(st.text())
def test_every_text_gives_well_formed_svg(text: str) -> None:
    assert [parsed(CHARTS[kind](text)).get("role") for kind in CHARTS] == ["img"] * len(CHARTS)


@pytest.mark.parametrize("kind", CHARTS)
def test_chart_has_a_name_and_a_description_for_screen_readers(kind: str) -> None:
    root = parsed(CHARTS[kind]())
    words = {element.get("id"): element.text for element in root if element.tag.endswith(("}title", "}desc"))}
    assert all(words[root.attrib[key]] for key in ("aria-labelledby", "aria-describedby"))


@pytest.mark.parametrize("kind", CHARTS)
def test_chart_needs_no_style_sheet_and_nothing_from_elsewhere(kind: str) -> None:
    svg = CHARTS[kind]()
    shapes = [element for element in parsed(svg).iter() if element.tag.endswith(("}rect", "}circle", "}path", "}text"))]
    assert all(shape.get("fill") for shape in shapes)
    assert svg.count("://") == svg.count('xmlns="http://www.w3.org/2000/svg"') == 1


def test_counts_and_tones_of_bars_are_said_in_words() -> None:
    assert said(unit_bars())[:2] == [
        "各单位",
        "每行一条，依次为办结、逾期、临期、未到期、其他的项数。县司法局共 19（办结 3、逾期 2、临期 1、未到期 4、其他 9）；县政府办共 1（其他 1）。",
    ]


def test_each_tone_but_done_has_a_pattern_of_its_own() -> None:
    assert [element.get("id") for element in parsed(unit_bars()).iter() if element.tag.endswith("}pattern")] == [
        "units-overdue",
        "units-due",
        "units-upcoming",
        "units-other",
    ]


def test_a_moved_date_tells_where_it_was() -> None:
    assert "2026-12-31 未到期 权责清单（原定 2026-10-01）" in said(course())


def test_dates_outside_the_window_and_their_lanes_are_not_drawn() -> None:
    far = Lane("远期", (Mark(date(2030, 1, 1), Tone.UPCOMING),))
    assert said(timeline("t", "时间轴", [far], WINDOW, DAY, "zh")) == ["时间轴", "没有可画的数据", "没有可画的数据"]


def test_a_cell_says_how_many_were_missed() -> None:
    assert [text for text in said(heat()) if text.startswith("县司法局 2026-11") or text == "逾2"] == [
        "县司法局 2026-11：到期 3 项，逾期 2 项",
        "逾2",
    ]


@pytest.mark.parametrize(
    "svg",
    [
        bars("a", "空", [], "zh"),
        bars("a", "空", [Bar("县司法局")], "zh"),
        heatmap("a", "空", MONTHS, {}, "zh"),
        burnup("a", "空", [], "zh"),
        burnup("a", "空", [Point(DAY, 0, 0), Point(DAY, 0, 0)], "zh"),
    ],
)
def test_nothing_to_draw_is_said(svg: str) -> None:
    assert said(svg) == ["空", "没有可画的数据", "没有可画的数据"]


def test_names_of_months_are_thinned_out_where_there_is_no_room() -> None:
    narrow = Axis(date(2024, 12, 15), date(2026, 11, 22), 0, 200)
    assert [f"{day:%Y-%m}" for day in narrow.months()] == ["2025-01", "2025-07", "2026-01", "2026-07"]


def test_a_day_has_its_place_in_proportion_and_stays_on_the_axis() -> None:
    axis = Axis(date(2026, 1, 1), date(2026, 1, 11), 100, 200)
    assert [axis.place(day) for day in (date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 11), date(2027, 1, 1))] == [100, 150, 200, 200]


@given(st.text(), st.integers(30, 300))
def test_shortened_text_fits(text: str, room: int) -> None:
    assert width_of(shortened(text, room)) <= room


def test_picture_has_the_width_that_was_asked_for() -> None:
    pytest.importorskip("resvg_py", reason="the extra charts is not installed")
    png = to_png(unit_bars(), 900)
    assert (png[:8], struct.unpack(">I", png[16:20])[0]) == (b"\x89PNG\r\n\x1a\n", 900)


def test_picture_shows_the_colours_of_the_tones() -> None:
    pytest.importorskip("resvg_py", reason="the extra charts is not installed")
    assert to_png(unit_bars(), 400) != to_png(unit_bars().replace(COLOURS[Tone.DONE], "#000000"), 400)


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(NoPicturesError):
        to_png(unit_bars(), 100)
