"""The web page: what is on it, that it is safe, readable and whole without a script, and how it behaves in a browser."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pytest

import planctl.page
from browser import print_pdf, visit
from conftest import load
from planctl.charts.drawing import COLOURS, INK, MUTED, PAPER
from planctl.charts.heatmap import STEPS
from planctl.page.record import Dashboard, dashboard
from planctl.page.render import embedded, href, render
from planctl.queries import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = date(2026, 11, 22)
EVERYTHING = Selection()
UNITS = """\
planctl: 1
organisation: 示例县
units:
  - name: 县司法局
    aliases: [司法局]
  - name: 县政府办
  - name: 甲镇
  - name: 乙镇
groups:
  - name: 各乡镇
    members: [甲镇, 乙镇]
"""
PLAN = """\
planctl: 1
id: demo
title: 示例县法治政府建设示例方案
document: {number: 示政发〔2026〕1号, issued: 2026-01-05}
period: {start: 2026-01-01, end: 2027-12-31}
tasks:
  - id: "1"
    title: 公布权责清单
    section: [一, (一)]
    lead: [司法局]
    support: [县政府办]
    basis: stated
    deadlines:
      - {id: publish, what: 公布清单, due: 2026-06-30, quote: 2026年6月底前}
    progress:
      - {on: 2026-07-08, unit: 司法局, deadline: publish, state: done, note: 迟了8天, evidence: [evidence/清单.pdf, "https://example.org/list?a=1&b=2", 见县档案馆]}
  - id: "2"
    title: 会前学法
    section: [一, (一)]
    lead: [县政府办]
    basis: stated
    deadlines:
      - {id: study, what: 常务会议学法, every: quarter, at_least: 1, of: 次, quote: 每季度不少于1次}
    progress:
      - {on: 2026-03-10, unit: 县政府办, period: 2026-Q1, count: 1}
  - id: "3"
    title: 报送年度报告
    section: [二]
    lead: [各乡镇]
    basis: stated
    deadlines:
      - {id: report, what: 报送报告, due: 2026-10-31, quote: 10月底前}
      - {id: filing, what: 备案, within: 30 days, after: 文件公布, quote: 公布后30日内}
    extensions:
      - {deadline: report, from: 2026-10-31, to: 2026-12-10, approved: 2026-10-20, by: 县政府办, reason: 汛期}
  - id: "4"
    title: 坚持法律顾问制度
    lead: [县司法局]
    basis: stated
    note: 长期坚持。
"""
BAD = "<script>alert(1)</script></script></title><!--{{7*7}}{% raw %}'\" onmouseover=alert(2) &amp;"
HOSTILE = (
    PLAN.replace("公布权责清单", json.dumps(BAD)).replace("公布清单", json.dumps(BAD)).replace("note: 迟了8天", f"note: {json.dumps(BAD)}")
)
HOSTILE = (
    HOSTILE.replace("县政府办", json.dumps(f"县政府办{BAD}"))
    .replace("evidence/清单.pdf", "javascript:alert(3)")
    .replace("id: demo", f"id: {json.dumps(BAD)}")
)
A4 = (0, 0, 595, 842)
"""In points."""
VOID = {"meta", "link", "input", "br", "hr", "img"}
TEXT_ON = [
    *((text, ground) for text in ("ink", "muted", "accent") for ground in ("paper", "ground", "accent-pale")),
    *((tone, ground) for tone in ("done", "overdue", "due", "upcoming", "other") for ground in ("paper", f"{tone}-pale", "accent-pale")),
    *(("on-tone", tone) for tone in ("done", "overdue", "due", "upcoming")),
]
"""Which colours of the style sheet stand as text on which."""
SIGNS_ON = [(sign, ground) for sign in ("amber", "done", "overdue", "upcoming", "other", "focus") for ground in ("paper", "accent-pale")]
"""Signs that have words beside them; 3:1 is enough (WCAG 1.4.11)."""


def board(plan: str = PLAN, selection: Selection = EVERYTHING, lang: str = "zh", day: date = DAY) -> Dashboard:
    return dashboard(load({"plans/demo/units.yaml": UNITS, "plans/demo/plan.yaml": plan}), day, selection, lang)


def page(plan: str = PLAN, selection: Selection = EVERYTHING, lang: str = "zh") -> str:
    return render(board(plan, selection, lang), lang)


class Element(NamedTuple):
    """An element of a page with those that it stands in."""

    tag: str
    attributes: dict[str, str | None]
    within: tuple[str, ...]


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.texts: dict[str, str] = {}
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data


def outline(html: str) -> list[Element]:
    """Read the elements of a page; fails where they do not close as they opened."""
    reader = _Outline()
    reader.feed(html)
    reader.close()
    assert not reader.open
    return reader.elements


def rows(html: str) -> list[Element]:
    """The rows of the lists that can be filtered."""
    return [each for each in outline(html) if each.tag == "tr" and "data-plan" in each.attributes]


def task_rows(html: str) -> list[str | None]:
    """The anchors of the tasks that can be seen."""
    return [row.attributes["id"] for row in rows(html) if "id" in row.attributes and "hidden" not in row.attributes]


@pytest.fixture
def shown(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(page(), encoding="utf-8")
    return path


# What is on it


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_is_written_as_before(lang: str, golden: Callable[[str, str], None]) -> None:
    html = re.sub(r"(<style>|<script>).*?(</style>|</script>)", r"\1…\2", page(lang=lang), flags=re.DOTALL)
    golden(f"page.{lang}.html", re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-…", html).replace("><", ">\n<"))


def test_tasks_and_what_they_owe_are_counted() -> None:
    found = board()
    assert (found.totals.tally, dict(found.totals.statuses), found.totals.soon) == (
        ("", "", 4, 1, 1, 1, 0, 1, 4, 2, 2),
        {"overdue": 1, "due": 1, "awaiting-event": 0, "suspended": 0, "upcoming": 0, "standing": 1, "done": 1, "cancelled": 0},
        1,
    )


def test_a_deadline_that_was_missed_twice_is_one_row_that_says_so() -> None:
    assert [(row.task, row.period, row.days_left, row.missed) for row in board().overdue] == [("2", "2026-Q3", -53, 1)]


def test_who_of_a_group_is_missing_stands_with_what_is_open() -> None:
    done = "    progress: [{on: 2026-11-20, unit: 甲镇, state: done}]\n"
    task = '  - {id: "g", title: 全县的事, lead: [各乡镇], basis: stated, deadlines: [{id: d, due: 2026-11-01, quote: 11月1日前}]}\n'
    plan = PLAN + task.replace("}]}\n", "}], " + done.strip() + "}\n")
    found = [(row.what, row.missing) for row in board(plan).overdue if row.missing]
    assert (found, page(plan).count("尚缺：乙镇")) == ([("全县的事", "尚缺：乙镇")], 2)


def test_the_year_ahead_has_what_comes_next_and_what_waits_last() -> None:
    rows_ = [(row.task, row.period, row.due, row.original, row.others) for row in board().coming]
    assert rows_ == [
        ("3", "", date(2026, 12, 10), date(2026, 10, 31), 0),
        ("2", "2026-Q4", date(2026, 12, 31), None, 3),
        ("3", "", None, None, 0),
    ]


def test_units_and_sections_are_tallied_by_the_lead() -> None:
    found = board()
    assert [[(row.label, row.tasks, row.overdue, row.owed, row.met) for row in part] for part in (found.units, found.sections)] == [
        [("县司法局", 2, 0, 1, 1), ("县政府办", 1, 1, 3, 1), ("各乡镇", 1, 0, 0, 0)],
        [("一", 2, 1, 4, 2), ("二", 1, 0, 0, 0), ("（未分章节）", 1, 0, 0, 0)],
    ]


def test_months_tell_what_falls_due_and_what_was_missed() -> None:
    heat = {unit: {month: cell for month, cell in zip(board().months, cells, strict=True) if cell.due} for unit, cells in board().heat}
    assert heat == {
        "县政府办": {"2026-03": (1, 0), "2026-06": (1, 1), "2026-09": (1, 1), "2026-12": (1, 0), "2027-03": (1, 0)},
        "县司法局": {"2026-06": (1, 0)},
        "各乡镇": {"2026-12": (1, 0)},
    }


def test_history_counts_from_the_first_date_to_the_day_of_the_page() -> None:
    assert [(f"{day:%m-%d}", owed, done) for day, owed, done in board().history] == [
        *(("02-28", 0, 0), ("03-31", 1, 1), ("04-30", 1, 1), ("05-31", 1, 1), ("06-30", 3, 1), ("07-31", 3, 2)),
        *(("08-31", 3, 2), ("09-30", 4, 2), ("10-31", 4, 2), ("11-22", 4, 2)),
    ]


def test_what_was_recorded_after_the_day_is_not_on_it() -> None:
    first = board(day=date(2026, 7, 1)).items[0]
    assert (first.id, first.status, len(first.entries)) == ("1", "overdue", 0)


def test_a_page_of_a_unit_has_what_it_owes_through_its_groups() -> None:
    assert [item.id for item in board(selection=Selection(unit="甲镇")).items] == ["3"]


def test_a_page_without_plans_says_that_there_is_nothing() -> None:
    html = render(dashboard(load({}), DAY, Selection(), "zh"), "zh")
    assert (rows(html), html.count("没有可画的数据</text>"), "没有逾期事项。" in html) == ([], 3, True)


# That it is safe


def test_hostile_words_add_no_element_and_no_attribute() -> None:
    calm, hostile = ({(each.tag, *sorted(each.attributes)) for each in outline(html)} for html in (page(), page(HOSTILE)))
    # A word that is cut in a chart has its whole as a title; both are elements of every chart.
    assert hostile <= calm | {("g",), ("title",)}


def test_hostile_words_come_through_whole() -> None:
    reader = _Outline()
    reader.feed(page(HOSTILE))
    assert (BAD in reader.texts["summary"], BAD in reader.texts["li"]) == (True, True)


def test_a_hostile_page_has_two_scripts_and_runs_nothing_else() -> None:
    scripts = [each.attributes for each in outline(page(HOSTILE)) if each.tag == "script"]
    assert scripts == [{"type": "application/json", "id": "facts"}, {}]


def test_json_within_the_page_cannot_end_its_element() -> None:
    hostile = {"</script><!--": "\u2028&<>"}
    written = str(embedded(hostile))
    assert (json.loads(written), [sign for sign in "<>&\u2028" if sign in written]) == (hostile, [])


def test_the_policy_names_the_digests_of_what_is_written() -> None:
    html = page()
    policy = next(each.attributes["content"] or "" for each in outline(html) if each.attributes.get("http-equiv"))
    digests = []
    for tag in ("script", "style"):
        text = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)[0]
        digests.append(f"{tag}-src 'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'")
    assert policy.split("; ") == ["default-src 'none'", *digests, "img-src data:", "base-uri 'none'", "form-action 'none'"]


def test_nothing_is_loaded_from_anywhere() -> None:
    html = page()
    loads = [
        (each.tag, key, value)
        for each in outline(html)
        for key, value in each.attributes.items()
        if key in ("src", "href", "style", "action")
    ]
    assert [found for found in loads if not (found[2] or "").startswith("#")] == [
        ("link", "href", "data:,"),
        ("a", "href", "evidence/%E6%B8%85%E5%8D%95.pdf"),
        ("a", "href", "https://example.org/list?a=1&b=2"),
    ]
    assert re.findall(r"@import|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)", html.replace("https://example.org/list", "")) == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/a b", None),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("evidence/4 号.pdf", "evidence/4%20%E5%8F%B7.pdf"),
        ("清单.pdf", "%E6%B8%85%E5%8D%95.pdf"),
        ("../证据/1.pdf", "../%E8%AF%81%E6%8D%AE/1.pdf"),
        ("见县档案馆", None),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)//x.pdf", None),
        ("java\tscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x/y.html", None),
        ("//example.org/x.pdf", None),
        ("\\\\example.org\\x.pdf", None),
        ("/\\example.org/x.pdf", None),
        ("https://user@example.org/", None),
        ("/etc/passwd", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_only_web_addresses_and_relative_paths_become_links(text: str, link: str | None) -> None:
    assert href(text) == link


# That it is readable


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_has_a_caption_and_every_heading_says_what_for(lang: str) -> None:
    elements = outline(page(lang=lang))
    follows = [second.tag for first, second in pairwise(elements) if first.tag == "table"]
    scopes = {each.attributes.get("scope") for each in elements if each.tag == "th"}
    assert (set(follows), scopes) == ({"caption"}, {"col", "row", "colgroup", "rowgroup"})


def test_every_field_has_a_label_and_every_place_one_id() -> None:
    elements = outline(page())
    ids = [each.attributes["id"] for each in elements if "id" in each.attributes]
    labelled = {each.attributes["for"] for each in elements if each.tag == "label"}
    fields = {each.attributes["id"] for each in elements if each.tag in ("select", "input")}
    named = {
        name for each in elements for key in ("aria-labelledby", "aria-describedby") for name in (each.attributes.get(key) or "").split()
    }
    assert (len(ids), labelled, named - set(ids)) == (len(set(ids)), fields, set())


def test_landmarks_language_and_links_within_the_page() -> None:
    html = page()
    elements = outline(html)
    landmarks = [each.tag for each in elements if each.tag in ("header", "nav", "main", "footer")]
    targets = {f"#{quote(each.attributes['id'] or '')}" for each in elements if "id" in each.attributes}
    links = {each.attributes["href"] for each in elements if each.tag == "a" and (each.attributes["href"] or "").startswith("#")}
    language = next(each.attributes["lang"] for each in elements if each.tag == "html")
    assert (language, landmarks, links - targets) == ("zh-CN", ["header", "nav", "main", "footer"], set())


def test_headings_leave_out_no_level() -> None:
    levels = [int(each.tag[1]) for each in outline(page()) if re.fullmatch("h[1-6]", each.tag)]
    assert (levels[0], [second - first for first, second in pairwise(levels) if second - first > 1]) == (1, [])


def test_without_a_script_everything_is_open_and_no_control_is_in_the_way() -> None:
    elements = outline(page())
    hidden = {each.attributes.get("class") for each in elements if "hidden" in each.attributes}
    assert task_rows(page()) == ["demo/1", "demo/2", "demo/3", "demo/4"]
    assert hidden == {"field theme control", "filter control", "control", "empty"}
    assert all("open" in each.attributes for each in elements if each.tag == "details")


def style() -> str:
    return Path(planctl.page.__file__).with_name("style.css").read_text(encoding="utf-8")


def palette(selector: str) -> dict[str, str]:
    """Read the colours that the style sheet names for a selector."""
    block = style().split(f"{selector} {{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def blend(colour: str, ground: str, share: float) -> str:
    mixed = [round(int(colour[at : at + 2], 16) * share + int(ground[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


THEMES = {
    "light": ":root",
    "dark": ':root[data-theme="dark"]',
    "paper": "@media print {\n  " + ':root, :root[data-theme="dark"], :root:not([data-theme="light"])',
}


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
def test_text_and_signs_stand_out_from_their_ground(theme: str) -> None:
    colours = palette(":root") | palette(THEMES[theme])
    wanted = [(pair, 4.5) for pair in TEXT_ON] + [(pair, 3.0) for pair in SIGNS_ON]
    assert {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair, least in wanted
        if contrast(colours[pair[0]], colours[pair[1]]) < least
    } == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_in_a_heat_map_stand_out_from_their_cell(theme: str) -> None:
    colours = palette(THEMES[theme])
    cells = [blend(colours[tone], colours["paper"], step) for tone in ("upcoming", "overdue") for step in STEPS]
    assert [cell for cell in cells if contrast(colours["ink"], cell) < 4.5] == []


def test_a_chart_that_stands_alone_has_contrast_too() -> None:
    assert [colour for colour in (INK, MUTED, *COLOURS.values()) if contrast(colour, PAPER) < 4.5] == []


def test_the_switch_and_the_system_give_the_same_dark_colours() -> None:
    assert palette(':root[data-theme="dark"]') == palette('@media (prefers-color-scheme: dark) {\n  :root:not([data-theme="light"])')


def test_motion_is_left_out_where_it_is_not_wanted() -> None:
    moving = style().split("@media (prefers-reduced-motion: reduce)", 1)[1].split("@media", 1)[0]
    assert "transition: none !important" in moving


# How it behaves in a browser


def addresses() -> Iterator[tuple[str, list[str]]]:
    yield "", ["demo/1", "demo/2", "demo/3", "demo/4"]
    yield "#status=overdue", ["demo/2"]
    yield f"#unit={quote('县司法局')}", ["demo/1", "demo/4"]
    yield f"#unit={quote('乙镇')}", ["demo/3"]
    yield "#light=green", ["demo/1"]
    yield f"#q={quote('迟了')}", ["demo/1"]
    yield f"#q={quote('学法 每季度')}", ["demo/2"]
    yield f"#q={quote('没有这个词')}", []
    yield f"#unit={quote('县司法局')}&q={quote('顾问')}", ["demo/4"]
    yield f"#unit={quote('没有这个单位')}&status=%E0%A4%A", ["demo/1", "demo/2", "demo/3", "demo/4"]
    yield "#demo/3", ["demo/1", "demo/2", "demo/3", "demo/4"]


@pytest.mark.parametrize(("fragment", "left"), list(addresses()))
def test_the_address_filters_the_lists(shown: Path, fragment: str, left: list[str]) -> None:
    seen = visit(shown, fragment)
    assert (task_rows(seen.dom), seen.console) == (left, [])


def test_a_link_to_a_task_opens_it_and_the_others_stay_folded(shown: Path) -> None:
    dom = visit(shown, "#demo/3").dom
    opened = re.findall(r'<tr id="([^"]+)"(?:(?!</tr>).)*?<details open', dom, flags=re.DOTALL)
    assert opened == ["demo/3"]


def test_controls_appear_and_say_how_many_rows_are_left(shown: Path) -> None:
    dom = visit(shown, "#status=overdue").dom
    controls = [each for each in outline(dom) if "control" in (each.attributes.get("class") or "").split()]
    assert [each.tag for each in controls if "hidden" in each.attributes] == []
    assert re.findall(r"<output[^>]*>([^<]*)</output>", dom) == ["显示 2 / 8 行"]


def test_a_hostile_page_works_and_says_nothing_on_the_console(tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(page(HOSTILE), encoding="utf-8")
    seen = visit(path, "#status=overdue")
    assert (len(task_rows(seen.dom)), seen.console) == (1, [])


def test_a_script_that_was_slipped_in_does_not_run(tmp_path: Path) -> None:
    path = tmp_path / "slipped.html"
    path.write_text(
        page().replace("</main>", "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\"></main>")
    )
    seen = visit(path)
    assert ("<title>taken</title>" in seen.dom, all("Content Security Policy" in line for line in seen.console)) == (False, True)
    assert len(seen.console) >= 2


def asked(folder: Path, html: str, question: str, width: int = 1280) -> str:
    """Show a page in a frame of some width, and ask it in JavaScript; `page` is its document, `say` gives the answer."""
    frame = f'<iframe style="border:0;width:{width}px;height:900px" srcdoc="{escape(html)}"></iframe>'
    start = "const page = document.querySelector('iframe').contentDocument; const say = (words) => { document.title = words; };"
    path = folder / "frame.html"
    path.write_text(f"<!DOCTYPE html><title>?</title>{frame}<script>onload = () => {{ {start} {question} }}</script>", encoding="utf-8")
    dom = visit(path, "", "--hide-scrollbars", "--window-size=1400,1000", "--virtual-time-budget=2000").dom
    (title,) = re.findall(r"<title>([^<]*)</title>", dom)
    return str(title)


@pytest.mark.parametrize("width", [360, 680, 1280])
@pytest.mark.parametrize("plan", [PLAN, HOSTILE], ids=["calm", "hostile"])
def test_the_page_never_scrolls_sideways(tmp_path: Path, width: int, plan: str) -> None:
    sizes = "say(page.documentElement.scrollWidth + ' of ' + page.documentElement.clientWidth)"
    assert asked(tmp_path, page(plan), sizes, width) == f"{width} of {width}"


def test_the_switch_changes_the_colours(tmp_path: Path) -> None:
    question = """
        const theme = page.getElementById("theme");
        say(["dark", "light"].map((value) => {
          theme.value = value;
          theme.dispatchEvent(new Event("change"));
          return getComputedStyle(page.body).color;
        }).join(" "));
    """
    inks = [palette(THEMES[theme])["ink"] for theme in ("dark", "light")]
    rgb = [", ".join(str(int(ink[at : at + 2], 16)) for at in (1, 3, 5)) for ink in inks]
    assert asked(tmp_path, page(), question) == f"rgb({rgb[0]}) rgb({rgb[1]})"


def test_typing_narrows_the_lists_and_clearing_brings_all_back(tmp_path: Path) -> None:
    question = """
        const count = () => page.querySelectorAll("tr[id]:not([hidden])").length;
        const field = page.getElementById("filter-q");
        field.value = "权责";
        field.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(() => {
          const narrowed = count();
          page.querySelector("button[type=reset]").click();
          setTimeout(() => say(narrowed + " then " + count()), 300);
        }, 300);
    """
    assert asked(tmp_path, page(), question) == "1 then 4"


def test_all_tasks_can_be_opened_and_closed(tmp_path: Path) -> None:
    question = """
        say(["open-all", "close-all"].map((id) => {
          page.getElementById(id).click();
          return page.querySelectorAll("#tasks details[open]").length;
        }).join(" then "));
    """
    assert asked(tmp_path, page(), question) == "4 then 0"


def test_the_page_can_be_printed(shown: Path, tmp_path: Path) -> None:
    pdf = print_pdf(shown, tmp_path / "page.pdf")
    boxes = {tuple(round(float(side)) for side in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert boxes == {A4}
