"""Changes as text, Markdown, JSON, annotations, a page and a table of adjustments."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import docx
import pytest
from markdown_it import MarkdownIt

import office
import test_changes as table
from conftest import load, run
from planctl.changes import LEVELS, Change, ChangeKind, Level, compare
from planctl.changes.remarks import Gap, Remark, Spot
from planctl.formats.reviews import LONGEST, MARKER, render_github, render_markdown, render_text
from planctl.formats.reviews import line as say_change
from planctl.listings.changes import remarks
from planctl.listings.phrasing import label_of
from planctl.listings.statements import SPECIAL, Sides, bare_statement
from planctl.messages import say
from planctl.page.review import render_review
from reporting import text_of_html
from reviewing import two_states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planctl.workspace import Workspace

FORMATS = ("text", "md", "json", "github", "html")
AS_OF = ("--as-of", "2026-11-22")
HOSTILE = f"@某人 $x$ :smile: :+1: {'3f5a' * 10} @robot #12 GH-7 <b>黑</b> [链](javascript:x) `x` | *y* &amp; https://example.org\n第二行"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_states(tmp_path_factory.mktemp("states"))


def diff(states: Path, *args: str, lang: str = "zh") -> str:
    done = run("diff", "before/plans", "after/plans", *AS_OF, *args, cwd=states, env={"PLANCTL_LANG": lang})
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_in_both_languages(form: str, lang: str, states: Path, golden: Callable[[str, str], None]) -> None:
    golden(f"diff.{lang}.{form}", diff(states, "--format", form, lang=lang))


def test_json_has_the_keys_of_the_contract(states: Path) -> None:
    records = json.loads(diff(states, "--format", "json"))
    wanted = {"plan", "task", "change", "field", "old", "new", "level", "fingerprint", "file", "line"}
    assert [record for record in records if wanted - record.keys()] == []
    assert len({record["fingerprint"] for record in records}) == len(records)


def test_what_is_gone_names_its_file_and_no_line(states: Path) -> None:
    records = json.loads(run("diff", "after/plans", "before/plans", *AS_OF, "--format", "json", cwd=states).stdout)
    gone = [
        (each["field"], each["file"], each["line"], each["old_line"]) for each in records if each["change"] == "removed" and each["plan"]
    ]
    assert gone == [
        ("events", "before/plans/示例县/方案2024.yaml", None, 85),
        ("progress", "before/plans/示例县/方案2024.yaml", None, 24),
        ("tasks", "before/plans/示例县/方案2024.yaml", None, 71),
    ]


# A comment of a pull request


def remark(text: str, level: Level = Level.NOTABLE, heading: str = "示例县 方案（p）", number: int = 1) -> Remark:
    change = Change(ChangeKind.CHANGED, "title", "p", f"{number}", None, "甲", "乙", level)
    return Remark(change, heading, f"任务 {number}", text, Spot("plans/a,b:c.yaml", 3))


def links(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark", {"html": True}).parse(markdown)
    return [
        child.type for token in tokens for child in token.children or () if child.type in ("link_open", "image", "code_inline", "em_open")
    ]


def test_what_users_wrote_is_no_markup_and_calls_nobody() -> None:
    text = render_markdown([remark(HOSTILE, heading=HOSTILE), *(remark("x", heading=HOSTILE) for _ in range(30))], "zh", "小结")
    assert links(text) == []
    assert re.findall(r"[@#]\w|GH-\d|://\w|<b>|[^>]\$|:smile:|:\+1:|[\da-f]{40}", text.replace("&#8203;", "\u200b")) == []
    assert [line for line in text.splitlines() if line.startswith("第二行")] == []


def test_breaking_changes_are_open_and_long_parts_are_folded() -> None:
    remarks = [
        remark("重", Level.BREAKING),
        *(remark("多", heading="长", number=number) for number in range(21)),
        remark("少", heading="短"),
    ]
    text = render_markdown(remarks, "zh", "小结")
    heads = re.findall(r"^(?:<details.*>|<summary>.*|###? .*)$", text, re.MULTILINE)
    assert heads == ["## 计划变化", "<details open>", "<summary>重大 (1)</summary>", "<details>", "<summary>长 (21)</summary>", "### 短"]
    assert text.startswith(MARKER)


def test_a_comment_is_never_longer_than_github_takes_and_says_what_was_cut() -> None:
    remarks = [
        remark("很长的变化" * 20, Level.BREAKING if number % 2 else Level.NOTABLE, f"方案{number // 100}", number) for number in range(2000)
    ]
    text = render_markdown(remarks, "zh", "小结")
    [cut] = re.findall(r"另有 (\d+) 处变化没有列出", text)
    [named] = re.findall(r"（评论有长度限制）：(.*)。用", text)
    assert sum(map(int, re.findall(r"方案\d+ (\d+) 处(?:、|$)", named))) == int(cut)
    assert (len(text) <= LONGEST, text.count("\n- ") + int(cut)) == (True, 2000)
    assert text.count("<details") == text.count("</details>")


def test_a_long_comment_folds_plans_that_are_short() -> None:
    remarks = [remark("改", heading=f"方案{number // 8}", number=number) for number in range(64)]
    folded = [len(re.findall("^<details>$", render_markdown(several, "zh", ""), re.MULTILINE)) for several in (remarks[:56], remarks)]
    assert folded == [0, 8]


def test_what_could_not_be_read_is_said_first_and_never_as_no_change() -> None:
    gap = Gap("没有比较 a.yaml:3:1（工作区，P002）：不合语法", Spot("a.yaml", 3))
    told = [render([], "zh", "读得了的部分没有差别。", [gap]) for render in (render_text, render_github)]
    told.append(render_markdown([remark("重", Level.BREAKING)], "zh", "小结", [gap]))
    assert told[:2] == [
        "读不了、没有比较的\n  没有比较 a.yaml:3:1（工作区，P002）：不合语法\n",
        "::error file=a.yaml,line=3,title=读不了、没有比较的::没有比较 a.yaml:3:1（工作区，P002）：不合语法\n",
    ]
    assert re.findall("<summary>(.*)</summary>", told[2]) == ["读不了、没有比较的 (1)", "重大 (1)"]


def test_the_page_shows_the_plan_with_the_worst_change_first_and_where_it_stands() -> None:
    remarks = [remark("一", heading="甲"), remark("二", Level.ROUTINE, heading="乙"), remark("三", Level.BREAKING, heading="乙")]
    page = render_review(remarks, "zh", "")
    assert re.findall(r"<h2>(.*)</h2>|<strong>任务 1</strong> (.) <small>(.*)</small>", page) == [
        ("乙", "", ""),
        ("", "三", "plans/a,b:c.yaml:3"),
        ("", "二", "plans/a,b:c.yaml:3"),
        ("甲", "", ""),
        ("", "一", "plans/a,b:c.yaml:3"),
    ]


def test_a_comment_without_changes_says_so() -> None:
    assert render_markdown([], "zh", "没有变化。") == f"{MARKER}\n## 计划变化\n\n没有变化。\n\n"


def test_an_annotation_escapes_what_means_something_to_github() -> None:
    said = render_github([remark("一%二\n三", Level.BREAKING), remark("四", Level.ROUTINE)._replace(new=Spot("x.yaml"))], "zh", "")
    assert said == (
        "::error file=plans/a%2Cb%3Ac.yaml,line=3,title=重大::任务 1：一%25二 三\n::notice file=x.yaml,title=一般::任务 1：四\n"
    )


# The page and the table of adjustments


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(states: Path) -> None:
    page = diff(states, "--format", "html")
    assert re.findall(r"<script|<link|<img|\ssrc=|\son\w+=|url\(", page) == []
    assert "<script>alert(1)</script>" in text_of_html(page)


def cells(path: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in docx.Document(str(path)).tables for row in table.rows]


def test_the_table_of_adjustments(states: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    diff(states, "--report", "--output", str(path))
    rows = {row[2]: row[1:2] + row[3:] for row in cells(path)}
    assert cells(path)[0] == ["序号", "任务", "调整事项", "调整前", "调整后", "依据（批准文号、理由）"]
    assert [rows[item] for item in ("“公布清单”的时限", "牵头单位", "撤销决定", "新增任务")] == [
        ["任务 1 公布权责清单", "2024-06-30", "2024-12-31", "没有延期批准"],
        ["任务 3 标题里的[red]方括号[/]、|竖线|、*星号*和<b>标签</b>", "县教育体育局", "县教育体育局、县司法局", "没有依据"],
        ["任务 4 长期坚持", "（无）", "2025-01-10 县政府 并入日常工作", "县政府，并入日常工作"],
        ["任务 3a 新增的任务", "—", "新增的任务（牵头：甲镇）", "没有依据"],
    ]


def test_the_table_of_adjustments_as_markdown(states: Path, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    path = tmp_path / "表.md"
    diff(states, "--report", "--level", "routine", "--output", str(path), lang="en")
    golden("reports/任务调整对照表.md", path.read_text(encoding="utf-8"))


@pytest.mark.skipif(bool(office.missing()), reason=office.missing() or "")
def test_the_table_of_adjustments_as_pages(states: Path, tmp_path: Path) -> None:
    diff(states, "--report", "--output", str(tmp_path / "表.docx"))
    pages: list[Any] = office.pages((tmp_path / "表.docx").read_bytes(), tmp_path / "pdf")
    sideways = [page for page in pages if page.width > page.height]
    words = re.sub(r"\s", "", "".join(page.extract_text() or "" for page in pages))
    assert (len(sideways), "示例县任务调整对照表" in words, "没有延期批准" in words) == (len(pages), True, True)
    assert {(page.extract_tables()[0][0][0] or "").replace("\n", "") for page in pages} == {"序号"}


def test_a_document_can_be_read_back(states: Path, tmp_path: Path) -> None:
    diff(states, "--report", "--level", "breaking", "--output", str(tmp_path / "表.docx"))
    body = docx.Document(io.BytesIO((tmp_path / "表.docx").read_bytes()))
    assert "调整前：before/plans；调整后：after/plans。共调整 8 处，均为重大。" in "".join(paragraph.text for paragraph in body.paragraphs)


# Words


def examples() -> Iterator[tuple[str, Workspace, Workspace]]:
    """Give every example of a change that the tests know."""
    for name, (before, after, _) in table.TASKS.items():
        yield name, table.of(before), table.of(after)
    text = table.PLAN.format(tasks=table.LONG)
    for name, (pair, _) in table.PLANS.items():
        yield name, load(text), load(table.replaced(text, pair))
        yield f"{name}, back", load(table.replaced(text, pair)), load(text)
    for name, (shared, pair, _) in table.SHARED.items():
        key = "units" if shared is table.UNITS else "settings"
        yield name, table.of(table.LONG), table.of(table.LONG, **{key: table.replaced(shared, pair)})
        yield f"{name}, back", table.of(table.LONG, **{key: table.replaced(shared, pair)}), table.of(table.LONG)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_change_in_words(lang: str, golden: Callable[[str, str], None]) -> None:
    told = []
    for name, old, new in examples():
        sides = Sides(old, new)
        told += [f"{name}: {say_change(each, lang)}\n" for each in remarks(compare(old, new), sides, lang)]
    golden(f"changes.{lang}.txt", "".join(told))


TWINS = """\
planctl: 1
id: p
title: 方案
tasks:
  - id: "1"
    title: 两项
    lead: [甲局]
    deadlines:
      - {id: a, what: 报送, due: %s}
      - {id: b, what: 报送, due: 2025-06-30}
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "“报送”（a）的时限由 2024-06-30 改为 2024-12-31"),
        ("en", "due date of “报送” (a) changed from 2024-06-30 to 2024-12-31"),
    ],
)
def test_a_deadline_has_its_short_name_only_beside_its_like_and_the_policy_can_have_the_bare_words(lang: str, said: str) -> None:
    old, new = load(TWINS % "2024-06-30"), load(TWINS % "2024-12-31")
    assert [bare_statement(change, Sides(old, new), lang) for change in compare(old, new)] == [said]


def test_a_record_that_was_given_another_date_is_named_by_the_old_one() -> None:
    text = TWINS % "2024-06-30" + "    progress: [{on: %s, unit: 甲局, note: 已报}]\nevents: [{on: %s, name: 公布}]\n"
    old, new = load(text % ("2024-06-01", "2024-01-01")), load(text % ("2024-06-02", "2024-01-02"))
    assert [bare_statement(change, Sides(old, new), "zh") for change in compare(old, new)] == [
        "已有的事件“公布”的日期由 2024-01-01 改为 2024-01-02",
        "已有的进展记录（2024-06-01 甲局）的日期由 2024-06-01 改为 2024-06-02",
    ]


CASES = {
    *("tasks.split", "tasks.merged", "status.returned", "status.late", "status.begun", "deadlines.moved", "deadlines.from.recurring"),
    *("progress.halted", "progress.evidence.added", "extensions.request", "extensions.completed", "events.completed"),
}
"""Rules of levels that are of a special case of a field."""


@pytest.mark.parametrize("field", [field for field in LEVELS if field not in {*SPECIAL, *CASES}])
def test_every_field_has_a_name_in_both_languages(field: str) -> None:
    assert label_of(field, "zh") != label_of(field, "en")


def test_the_levels_have_words() -> None:
    assert [say(f"change.level.{level}", "zh") for level in Level] == ["重大", "较大", "一般"]
