"""Reports: the period they speak of, the facts they state, and the templates that put them into words."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from conftest import load
from planctl.errors import BadPeriodError, TemplateFailedError, UnknownNameError
from planctl.page.article import article
from planctl.queries import Selection
from planctl.reports import catalog, environment, pictures
from planctl.reports.environment import Markdown
from planctl.reports.periods import ReportPeriod, day_text, last_finished, parse_period
from planctl.word import frontmatter
from planctl.word.errors import FrontMatterKeyError, UnknownPictureError
from reporting import DAY, ROOT, as_docx, as_html, facts_of, shipped, text_of_docx, text_of_html, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planctl.workspace import Workspace

BUILT_INS = tuple(catalog.BUILT_INS)
FOLDERS = sorted(path.name for path in (ROOT / "plans").iterdir())

each_built_in = pytest.mark.parametrize("name", BUILT_INS)


# Periods


def period(label: str, text: str, first: str, last: str) -> ReportPeriod:
    return ReportPeriod(label, text, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", period("2022", "2022年", "2022-01-01", "2022-12-31")),
        ("2022H1", period("2022-H1", "2022年上半年", "2022-01-01", "2022-06-30")),
        ("2022-h2", period("2022-H2", "2022年下半年", "2022-07-01", "2022-12-31")),
        ("2022Q1", period("2022-Q1", "2022年第一季度", "2022-01-01", "2022-03-31")),
        ("2022-q4", period("2022-Q4", "2022年第四季度", "2022-10-01", "2022-12-31")),
        ("2024-02", period("2024-02", "2024年2月", "2024-02-01", "2024-02-29")),
        ("2022-5", period("2022-05", "2022年5月", "2022-05-01", "2022-05-31")),
        (" 2022-12 ", period("2022-12", "2022年12月", "2022-12-01", "2022-12-31")),
    ],
)
def test_a_period_is_named_on_the_command_line(text: str, expected: ReportPeriod) -> None:
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "22", "2022Q5", "2022Q0", "2022H3", "2022-13", "2022-00", "2022-01-01", "二〇二二", "1899", "2200", "2022Q1\n2"],
)
def test_what_is_no_period_is_an_error(text: str) -> None:
    with pytest.raises(BadPeriodError) as caught:
        parse_period(text)
    assert caught.value.args_of_message == {"text": text}


@pytest.mark.parametrize(
    ("label", "following"),
    [("2022", "2023"), ("2022H1", "2022-H2"), ("2022H2", "2023-H1"), ("2022Q3", "2022-Q4"), ("2022Q4", "2023-Q1"), ("2022-12", "2023-01")],
)
def test_the_following_period_is_as_long(label: str, following: str) -> None:
    assert parse_period(label).following() == parse_period(following)


@pytest.mark.parametrize(
    ("day", "months", "label"),
    [
        ("2026-11-22", 1, "2026-10"),
        ("2026-11-30", 1, "2026-11"),
        ("2026-01-01", 1, "2025-12"),
        ("2026-11-22", 3, "2026-Q3"),
        ("2026-12-31", 3, "2026-Q4"),
        ("2026-02-28", 6, "2025-H2"),
        ("2026-11-22", 12, "2025"),
        ("2026-12-31", 12, "2026"),
    ],
)
def test_without_a_period_it_is_the_last_one_that_is_over(day: str, months: int, label: str) -> None:
    assert last_finished(date.fromisoformat(day), months) == parse_period(label)


def test_each_built_in_report_has_the_period_of_its_name() -> None:
    spoken = {name: catalog.period_of(name, None, DAY) for name in (*BUILT_INS, "本库自有")}
    assert {name: found.label if found else None for name, found in spoken.items()} == {
        "任务分解表": None,
        "督办台账": None,
        "月度通报": "2026-10",
        "季度进展": "2026-Q3",
        "年度法治政府建设情况报告": "2025",
        "单位任务清单": None,
        "本库自有": None,
    }


def test_a_day_is_written_without_empty_places() -> None:
    assert [day_text(date(2022, 1, 8)), day_text(None)] == ["2022年1月8日", ""]


# Facts

UNITS = """\
planctl: 1
organisation: 示例县
units:
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县教育局}
  - {name: 甲镇}
groups:
  - {name: 各镇, members: [甲镇]}
"""
PLAN = """\
planctl: 1
id: demo
title: 示例方案
document: {number: 示政发〔2026〕1号, issuers: [县政府], issued: 2026-01-05}
period: {start: 2026-01-01, end: 2026-12-31}
tasks:
  - id: "1"
    title: 准时
    section: [一, (一)]
    lead: [司法局]
    support: [县教育局]
    deadlines: [{id: d, what: 办准时的事, due: 2026-07-31}]
    progress: [{on: 2026-07-10, unit: 司法局, state: done, note: 全部  办好}]
  - id: "2"
    title: 迟了
    section: [一, (二)]
    lead: [县司法局]
    deadlines: [{id: d, due: 2026-08-31}]
    progress: [{on: 2026-09-04, unit: 县司法局, state: done}]
  - id: "3"
    title: 逾期
    section: [二]
    lead: [县教育局]
    deadlines: [{id: d, due: 2026-06-30}]
    progress: [{on: 2026-08-01, unit: 县教育局, state: in-progress, percent: 40}]
    extensions:
      - {deadline: d, from: 2026-06-30, to: 2026-09-30, requested: 2026-06-01, approved: 2026-07-02, by: 县政府, number: 示政办〔2026〕9号, reason: 经费未到}
  - id: "4"
    title: 中止
    section: [二]
    lead: [县教育局]
    deadlines: [{id: d, due: 2026-09-15}]
    progress: [{on: 2026-05-01, unit: 县教育局, state: suspended}]
  - id: "5"
    title: 两家各做各的
    section: [二]
    lead: [县司法局]
    deadlines:
      - {id: own, what: 司法局的事, due: 2026-12-01}
      - {id: theirs, what: 教育局的事, actors: [县教育局], due: 2026-12-02}
      - {id: town, what: 甲镇的事, actors: [各镇], due: 2026-12-03}
      - {id: clock, what: 等事件, within: 5 days, after: 开会, actors: [县教育局]}
"""
FILES = {"plans/demo/units.yaml": UNITS, "plans/demo/plan.yaml": PLAN}


def quarter(**more: Any) -> dict[str, Any]:
    return facts_of(FILES, "季度进展", "2026Q3", **more)


def tasks_in(rows: list[dict[str, Any]]) -> list[str]:
    return [row["task"] for row in rows]


def test_counts_are_of_the_period_and_suspended_ones_leave_the_denominator() -> None:
    assert quarter()["counts"] == {
        "tasks": 5,
        "leads": 2,
        "obligations": 4,
        "overdue": 1,
        "due": 0,
        "awaiting_event": 0,
        "suspended": 1,
        "upcoming": 0,
        "standing": 0,
        "done": 2,
        "cancelled": 0,
        "pending": 0,
        "late": 1,
        "on_time": 1,
        "rate": "33.3%",
        "tasks_done": 2,
        "tasks_overdue": 1,
        "tasks_standing": 0,
    }


def test_what_is_not_yet_due_is_said_so_that_the_rest_adds_up() -> None:
    counts = facts_of(FILES, "季度进展", "2026Q4")["counts"]
    assert (counts["pending"], counts["due"] + counts["upcoming"]) == (3, 3)
    assert "期限未到 3 项，按期办结率" in written("季度进展", facts_of(FILES, "季度进展", "2026Q4"))


def test_units_have_their_own_counts_under_their_own_names() -> None:
    lights = {"red": 0, "yellow": 0, "grey": 0, "green": 0, "blue": 0}
    counts = {"done": 0, "late": 0, "overdue": 0, "halted": 0}
    assert quarter()["units"] == [
        {"unit": "县司法局", "tasks": 3, "due": 2, **counts, "done": 2, "late": 1, "rate": "50.0%", **lights, "green": 2, "yellow": 1},
        {"unit": "县教育局", "tasks": 2, "due": 2, **counts, "overdue": 1, "halted": 1, "rate": "0.0%", **lights, "red": 1, "grey": 1},
    ]


def test_sections_are_the_first_level_of_each_plan() -> None:
    rows = quarter()["sections"]
    assert [(row["plan"], row["section"], row["tasks"], row["due"], row["done"], row["rate"]) for row in rows] == [
        ("demo", "一", 2, 2, 2, "50.0%"),
        ("demo", "二", 3, 2, 0, "0.0%"),
    ]


def test_nothing_due_has_no_rate() -> None:
    known = facts_of(FILES, "季度进展", "2026Q1")
    assert (known["counts"]["obligations"], known["counts"]["rate"], known["due"]) == (0, "—", [])


def test_lists_of_a_period() -> None:
    known = quarter()
    lists = {key: tasks_in(known[key]) for key in ("due", "overdue", "done", "next", "awaiting", "extensions", "progress")}
    assert lists == {
        "due": ["1", "2", "3", "4"],
        "overdue": ["3"],
        "done": ["1", "2"],
        "next": ["5", "5", "5"],
        "awaiting": ["5"],
        "extensions": ["3"],
        "progress": ["1", "3", "2"],
    }


def test_silent_are_the_leads_whose_open_tasks_have_no_record_in_the_period() -> None:
    """A task that is suspended or waits for an event is not asked about."""
    assert quarter()["silent"] == [{"unit": "县司法局", "tasks": ["5"]}]
    assert facts_of(FILES, "季度进展", "2026Q4")["silent"] == [{"unit": "县教育局", "tasks": ["3"]}, {"unit": "县司法局", "tasks": ["5"]}]


def test_extensions_are_those_approved_in_the_period() -> None:
    assert quarter()["extensions"] == [
        {
            "task": "3",
            "title": "逾期",
            "from": "2026-06-30",
            "to": "2026-09-30",
            "approved": "2026-07-02",
            "by": "县政府",
            "number": "示政办〔2026〕9号",
            "reason": "经费未到",
        }
    ]
    assert facts_of(FILES, "季度进展", "2026Q2")["extensions"] == []


def test_without_a_period_the_next_thirty_days_come_next() -> None:
    assert [(row["task"], row["due"]) for row in facts_of(FILES, day=date(2026, 11, 2))["next"]] == [
        ("5", "2026-12-01"),
        ("5", "2026-12-02"),
    ]


def test_a_unit_sees_what_it_owes_itself() -> None:
    """Of a shared task, what another unit alone acts in is not listed."""
    seen = {}
    for unit in ("司法局", "县教育局", "甲镇"):
        known = facts_of(FILES, "单位任务清单", "2026Q3", selection=Selection(unit=unit))
        seen[unit] = [
            tasks_in(known["due"]),
            [row["what"] for row in known["next"]],
            len(known["awaiting"]),
            [task["role"] for task in known["tasks"]],
        ]
    assert seen == {
        "司法局": [["1", "2"], ["司法局的事"], 0, ["牵头", "牵头", "牵头"]],
        "县教育局": [["1", "3", "4"], ["教育局的事"], 1, ["配合", "牵头", "牵头", "责任"]],
        "甲镇": [[], ["甲镇的事"], 0, ["责任"]],
    }


def test_an_actor_named_by_an_alias_is_the_unit() -> None:
    known = facts_of(
        {**FILES, "plans/demo/plan.yaml": PLAN.replace("actors: [县教育局]", "actors: [司法局]")}, selection=Selection(unit="县司法局")
    )
    assert [row["what"] for row in known["next"]] == ["司法局的事", "教育局的事"]


def test_as_of_a_day_later_records_do_not_count() -> None:
    known = quarter(day=date(2026, 8, 15))
    assert (tasks_in(known["done"]), tasks_in(known["overdue"]), tasks_in(known["progress"])) == (["1"], [], ["1", "3"])


def test_a_task_in_the_register() -> None:
    [first, second, third, *_] = quarter()["tasks"]
    assert first == {
        "number": 1,
        "plan": "demo",
        "plan_title": "示例方案",
        "document": "示政发〔2026〕1号",
        "id": "1",
        "title": "准时",
        "section": "一(一)",
        "chapter": "一",
        "lead": ["县司法局"],
        "support": ["县教育局"],
        "role": "",
        "measures": ["办准时的事"],
        "deadlines": ["一次，2026-07-31 前（含当日）"],
        "status": "办结",
        "light": "绿",
        "light_reason": "已办结（规则4）",
        "percent": "100%",
        "accepted_on": "",
        "done_on": "2026-07-10",
        "closed_on": "",
        "latest": "2026-07-10 司法局 办结，全部  办好",
        "evidence": [],
        "extensions": 0,
        "due": "",
        "note": "",
    }
    assert (second["done_on"], third["percent"], third["done_on"], third["due"], third["extensions"]) == (
        "2026-09-04",
        "40%",
        "",
        "2026-09-30",
        1,
    )


def test_a_task_that_is_only_partly_done_is_not_done() -> None:
    """Its last finished part gives neither a date of completion nor a hundred percent."""
    done = "{on: 2026-11-01, deadline: own, state: done}"
    plan = PLAN.replace("    deadlines:\n      - {id: own", f"    progress: [{done}]\n    deadlines:\n      - {{id: own")
    task = facts_of({**FILES, "plans/demo/plan.yaml": plan})["tasks"][4]
    assert (task["done_on"], task["percent"], task["status"]) == ("", "", "临期")


def test_facts_are_plain_values() -> None:
    """A template needs nothing else, and `--data json` can show them."""
    known = quarter()
    assert json.loads(json.dumps(known)) == known


# Templates


def fill(folder: Path, text: str, **facts: Any) -> str:
    (folder / "自拟.md.j2").write_text(text, encoding="utf-8")
    return written("自拟", facts, folder)


def failure(folder: Path, text: str, **facts: Any) -> dict[str, Any]:
    with pytest.raises(TemplateFailedError) as caught:
        fill(folder, text, **facts)
    return caught.value.args_of_message


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''['__class__'] }}",
        "{{ '' | attr('__class__') }}",
        "{{ facts.items.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ '{0.__class__}'.format('') }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ range(1000000000) | list }}",
        "{{ 'x' * 1000000000 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 10 ** 1000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ facts.update({'x': 1}) }}",
        "{{ facts.rows.append(1) }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
    ],
)
def test_the_sandbox_has_no_way_out(attack: str, tmp_path: Path) -> None:
    found = failure(tmp_path, f"第一行\n{attack}\n", facts={"rows": []})
    assert (found["template"], found["line"], bool(found["reason"])) == ("自拟.md.j2", 2, True)


@pytest.mark.parametrize(
    "text", ["{{ task.titel }}", "{{ task.titel | yaml }}", "{{ [task.titel] | yaml }}", "{% if task.titel %}{% endif %}"]
)
def test_an_unknown_field_is_told_with_template_line_and_name(text: str, tmp_path: Path) -> None:
    found = failure(tmp_path, f"\n\n{text}", task={"title": "x"})
    assert found == {"template": "自拟.md.j2", "line": 3, "reason": "'dict object' has no attribute 'titel'"}


def test_a_mistake_in_an_imported_part_is_told_with_the_name_of_the_part(tmp_path: Path) -> None:
    (tmp_path / "_部分.md.j2").write_text("{% macro row(it) %}\n\n{{ it.x }}\n{% endmacro %}", encoding="utf-8")
    found = failure(tmp_path, '{% import "_部分.md.j2" as part %}{{ part.row({}) }}')
    assert found == {"template": "_部分.md.j2", "line": 3, "reason": "'dict object' has no attribute 'x'"}


@pytest.mark.parametrize(
    ("text", "line"),
    [("{{ a", 1), ("\n{% for x in y %}", 2), ("{% frob %}", 1), ("\n\n{{ x | nofilter }}", 3), ("{{ 1 / 0 }}", 1), ("{{ 'a' + 1 }}", 1)],
)
def test_a_template_that_cannot_be_read_or_run_is_told_with_its_line(text: str, line: int, tmp_path: Path) -> None:
    found = failure(tmp_path, text, x=1, y=())
    assert (found["template"], found["line"]) == ("自拟.md.j2", line)


def test_a_template_that_is_not_utf_8_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "自拟.md.j2").write_bytes("报告".encode("gbk"))
    with pytest.raises(TemplateFailedError) as caught:
        written("自拟", {}, tmp_path)
    assert caught.value.args_of_message["template"] == "自拟.md.j2"


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..\\\\secret.txt", "link.md.j2", "nothing.md.j2"])
@pytest.mark.parametrize("how", ['{% include "NAME" %}', '{% import "NAME" as x %}', '{% extends "NAME" %}', '{% from "NAME" import x %}'])
def test_nothing_outside_the_folders_can_be_included(name: str, how: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "link.md.j2").symlink_to(tmp_path / "secret.txt")
    found = failure(tmp_path / "templates", how.replace("NAME", name))
    assert (found["template"], found["line"], found["reason"]) == ("自拟.md.j2", 1, name.replace("\\\\", "\\") + "?")


@pytest.mark.parametrize("name", ["../自拟", "/etc/passwd", "", ".", "没有"])
def test_a_name_that_is_no_template_is_unknown(name: str, tmp_path: Path) -> None:
    (tmp_path / "自拟.md.j2").write_text("x", encoding="utf-8")
    (tmp_path / "templates").mkdir()
    with pytest.raises(UnknownNameError):
        written(name, {}, tmp_path / "templates")


def test_templates_of_notices_and_parts_are_no_reports(tmp_path: Path) -> None:
    (tmp_path / "自拟.md.j2").write_text("x", encoding="utf-8")
    (tmp_path / "_部分.md.j2").write_text("x", encoding="utf-8")
    assert set(catalog.names([str(tmp_path)])) == {"自拟", *BUILT_INS}
    for name in ("催办通知", "督办通知单", "_部分", "_macros"):
        with pytest.raises(UnknownNameError):
            catalog.check_name(name, [str(tmp_path)])


def test_the_template_of_a_repository_comes_before_the_built_in_one(tmp_path: Path) -> None:
    known = quarter()
    (tmp_path / "季度进展.md.j2").write_text("\ufeff---\ntitle: 我们的\n---\n{{ report.period_text }}", encoding="utf-8")
    assert written("季度进展", known, tmp_path) == "---\ntitle: 我们的\n---\n2026年第三季度"
    assert written("季度进展", known, tmp_path / "没有这个文件夹").startswith('---\ntitle: "示例县2026年第三季度')


def test_a_template_of_a_repository_may_use_the_built_in_parts(tmp_path: Path) -> None:
    text = '{% import "_macros.md.j2" as tables %}{{ tables.due_table(due) | safe_md }}'
    (tmp_path / "自拟.md.j2").write_text(text, encoding="utf-8")
    assert "| 3 | 逾期 | 县教育局 | 2026-09-30 | 逾期 |\n" in written("自拟", quarter(), tmp_path)


# What is written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a|b", r"a\|b"),
        ("*重*_要_", r"\*重\*\_要\_"),
        ("<草案>", r"\<草案\>"),
        ("[链](x)![图](units)", r"\[链\](x)!\[图\](units)"),
        ("# 题", r"\# 题"),
        ("`码`~删~", r"\`码\`\~删\~"),
        ("a\\", "a\\\\"),
        ("两\n行", "两<br>行"),
        ("两\r\n\r\n段", "两<br><br>段"),
        ("{{7*7}}{% x %}", r"{{7\*7}}{% x %}"),
        ("&lt;b&gt; A&B; A & B &#42;", r"\&lt;b\&gt; A\&B; A & B &\#42;"),
        ("- 项", r"\- 项"),
        ("---", r"\---"),
        ("1. 项", r"1\. 项"),
        ("12) 项", r"12\) 项"),
        ("1.5倍 -3", "1.5倍 -3"),
        ("2026-01-01", "2026-01-01"),
        ("<!-- landscape -->", r"\<!-- landscape --\>"),
        (None, ""),
        (["甲|", None, "乙"], r"甲\|、、乙"),
        (("甲", ("乙", "丙")), "甲、乙、丙"),
        (5, "5"),
    ],
)
def test_a_value_cannot_be_taken_for_markdown(value: object, expected: str, tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ value }}", value=value) == expected


def test_joined_and_changed_text_is_escaped_too(tmp_path: Path) -> None:
    text = '{{ "|" ~ value }} {{ value | upper }} {{ value[:2] }} {% set kept = value %}{{ kept }} {{ value | lines }} {{ [value, "*"] | lines }}'
    assert fill(tmp_path, text, value="a|b") == r"\|a\|b A\|B a\| a\|b a<br>\|<br>b a\|b<br>\*"


def test_text_that_is_markdown_already_is_not_escaped_again(tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ value | safe_md }} {{ ready }}", value="**重**", ready=Markdown("*a*")) == "**重** *a*"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (0, "0"), (100, "100"), (-1, "-1")],
)
def test_a_number_of_a_heading(number: int, expected: str, tmp_path: Path) -> None:
    assert fill(tmp_path, "{{ number | numeral }}", number=number) == expected


HOSTILE_LINES = [
    "两行\n---\nsecurity: 机密",
    '引号"\'\\"',
    "---",
    "...\n---",
    "a: b # c",
    "{x: [y}",
    "&anchor *alias !tag",
    "{{7*7}}",
    "\u2028行\u0085下\u2029",
    "<br>",
    "emoji 🚀 é",
    "- x",
    "",
    " 空 格 ",
    "null",
    "\\n\\u0041",
]


@pytest.mark.parametrize("value", HOSTILE_LINES)
def test_no_value_can_break_out_of_the_front_matter(value: str, tmp_path: Path) -> None:
    text = fill(tmp_path, "---\ntitle: {{ value | yaml }}\nattachments: {{ [value] | yaml }}\n---\n正文", value=value)
    front, rest = frontmatter.split(text)
    attachments = (value.strip(),) if value.strip() else ()
    assert (front, rest) == (frontmatter.FrontMatter(title=value.strip(), attachments=attachments), "正文")


@each_built_in
@pytest.mark.parametrize("organisation", ['县"\n---\nsecurity: 机密\n---\n# ', "县: {x", "*县*|"])
def test_a_hostile_organisation_stays_in_its_place(name: str, organisation: str) -> None:
    files = {**FILES, "plans/demo/units.yaml": UNITS.replace("organisation: 示例县", f"organisation: {json.dumps(organisation)}")}
    front, _ = frontmatter.split(written(name, facts_of(files, name)))
    assert organisation.strip() in front.title + front.signature or name == "月度通报"


# Every report of every plan


@pytest.fixture(scope="module")
def workspaces() -> Callable[[str], Workspace]:
    loaded: dict[str, Workspace] = {}

    def get(folder: str) -> Workspace:
        if folder not in loaded:
            loaded[folder] = shipped(*([folder] if folder else []))
        return loaded[folder]

    return get


@each_built_in
@pytest.mark.parametrize("folder", [*FOLDERS, ""], ids=[*FOLDERS, "全部"])
def test_every_report_of_every_shipped_plan_in_every_form(name: str, folder: str, workspaces: Callable[[str], Workspace]) -> None:
    workspace = workspaces(folder)
    known = facts_of(workspace, name)
    markdown = written(name, known)
    title = frontmatter.split(markdown)[0].title.replace("<br>", "")
    document, page = text_of_docx(as_docx(markdown, known)), text_of_html(as_html(markdown, known, workspace))
    # A long title is broken into lines of a good shape.
    assert (title in document.replace("\n", ""), title in page.replace("\n", "")) == (True, True)
    if name in {"任务分解表", "督办台账", "季度进展", "单位任务清单"}:
        tasks = [task.title for plan in workspace.plans for task in plan.tasks]
        assert [text for text in tasks if text not in document or text not in page] == []


@each_built_in
def test_two_runs_give_the_same_bytes(name: str) -> None:
    made = []
    for _ in range(2):
        workspace = shipped("示例县")
        known = facts_of(workspace, name)
        markdown = written(name, known)
        made.append((known, markdown, as_docx(markdown, known), as_html(markdown, known, workspace)))
    assert made[0] == made[1]


@each_built_in
def test_a_built_in_report_of_the_invented_county(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"reports/{name}.md", written(name, facts_of(shipped("示例县"), name)))


@each_built_in
def test_a_report_of_nothing(name: str) -> None:
    """A plan that owes nothing in the period is a report too."""
    files = {"plans/demo/plan.yaml": PLAN[: PLAN.index("tasks:")] + "tasks:\n  - {id: '1', title: 坚持, lead: [县司法局]}\n"}
    known = facts_of(files, name)
    markdown = written(name, known)
    assert "坚持" in text_of_docx(as_docx(markdown, known)) + as_html(markdown, known, load(files))


# No text is lost

CHARTS = {"units": "<svg></svg>", "sections": "<svg></svg>"}

HOSTILE = [
    "竖|线|", "星*号*", "底_线_", "尖<草案>角", "方[括](x)", "井 # 号", "#井", "反`引`号", "反斜\\杠\\", "波~~浪~~", "实体&lt;&amp;&#42;", "和 & 号",
    "{{7*7}}", "{% raw %}", "<br>换", "- 破折", "1. 数字", "2) 数字", "+ 加号", "> 引用", "---", "***", "===", "```码", "<!-- attachment: 9 假 -->",
    "<!-- landscape -->", "![图](units)", "引\"号'“”", "</script><script>alert(1)</script>", "=SUM(A1)", "$x$", "🚀表情é", "两  格", "http://example.org/a_b_c",
    "<http://example.org>", "\\*已转义", "|", "\\",
]  # fmt: skip


def hostile_plan(titles: list[str]) -> dict[str, str]:
    """Make a plan of overdue tasks, so that every report names each."""
    tasks = [
        {"id": f"T{number}", "title": title, "lead": ["县司法局"], "deadlines": [{"id": "d", "due": "2026-07-31"}]}
        for number, title in enumerate(titles)
    ]
    return {
        "plans/demo/units.yaml": UNITS,
        "plans/demo/plan.yaml": PLAN[: PLAN.index("tasks:")] + f"tasks: {json.dumps(tasks, ensure_ascii=False)}\n",
    }


@each_built_in
def test_no_title_is_lost_or_dressed_up(name: str) -> None:
    files = hostile_plan(HOSTILE)
    workspace = load(files)
    assert ([task.title for task in workspace.plans[0].tasks], workspace.problems) == (HOSTILE, ())
    known = facts_of(workspace, name)
    markdown = written(name, known)
    document, page = text_of_docx(as_docx(markdown, known)), text_of_html(article(markdown, CHARTS))
    lost = {
        form: [title for number, title in enumerate(HOSTILE) if not re.search(rf"T{number}\W{{0,8}}{re.escape(str(shown(title)))}", text)]
        for form, text, shown in (("md", markdown, environment.finalize), ("docx", document, str), ("html", page, str))
    }
    assert lost == {"md": [], "docx": [], "html": []}


@each_built_in
def test_the_lines_of_a_title_stay_lines(name: str) -> None:
    known = facts_of(hostile_plan(["第一行\n第二行|"]), name)
    markdown = written(name, known)
    forms = (text_of_docx(as_docx(markdown, known)), text_of_html(article(markdown, CHARTS)))
    assert ["第一行<br>第二行\\|" in markdown, *("第一行\n第二行|" in form for form in forms)] == [True, True, True]


# Charts and pages


def test_a_text_is_written_without_the_charts_that_a_document_has() -> None:
    known = quarter()
    markdown = written("季度进展", known)
    assert (list(pictures.pictures(markdown, known)), "![" in pictures.without_pictures(markdown)) == (["units"], False)


def test_a_chart_shows_what_was_halted_apart_from_what_is_to_come() -> None:
    [said] = re.findall("<desc[^>]*>(.*?)</desc>", pictures.draw("units", quarter()))
    assert said.endswith("县司法局共 2（办结 2）；县教育局共 2（逾期 1、其他 1）。")


def test_a_page_has_no_picture_that_is_not_there() -> None:
    """As in a document: a wrong name is told, not passed over."""
    with pytest.raises(UnknownPictureError) as caught:
        article("![图](没有)", {"units": "<svg/>"})
    assert caught.value.args_of_message == {"name": "没有", "known": ["units"]}


def test_the_parts_of_an_article() -> None:
    text = "---\ntitle: 题<1>\nnumber: 示〔2026〕1号\naddressee: [甲, 乙]\nsignature: 县\ndate: 2026-01-08\nattachments: [表&1]\nnote: 此件公开\n---\n"
    text += "## 一、**重**\n\n段*斜*落\n\n1. 项\n\n---\n\n| 列 | 数 |\n|---|--:|\n| a<br>b | 1 |\n\n![图](units)\n\n<!-- attachment: 1 表<x> -->\n\n完"
    assert article(text, {"units": "<svg></svg>"}).split("\n") == [
        '<h2 class="title">题&lt;1&gt;</h2>',
        '<p class="number">示〔2026〕1号</p>',
        '<p class="addressee">甲、乙：</p>',
        "<h3>一、<strong>重</strong></h3>",
        "<p>段<em>斜</em>落</p>",
        "<p>1. 项</p>",
        "<hr>",
        '<div class="scroll" role="group" tabindex="0"><table class="document"><thead><tr><th scope="col">列</th><th scope="col">数</th></tr></thead><tbody>',
        '<tr><td>a<br>b</td><td class="figure">1</td></tr>',
        "</tbody></table></div>",
        "<figure><svg></svg></figure>",
        '<p class="attachments">附件：</p><ol class="attachments"><li>表&amp;1</li></ol>',
        '<p class="signature">县<br>2026年1月8日</p>',
        "<p>（此件公开）</p>",
        '<h3 class="attachment">附件1 表&lt;x&gt;</h3>',
        "<p>完</p>",
    ]


def test_an_unknown_key_in_the_front_matter_of_a_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(FrontMatterKeyError):
        article(fill(tmp_path, "---\ntitel: x\n---\n"), {})
