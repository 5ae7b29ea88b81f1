from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from conftest import load
from planctl.formats.tabular import render_plain
from planctl.listings import due, explanations, tasks, units
from planctl.messages import say
from planctl.model import Span
from planctl.queries import Judge, find_task
from planctl.statuses import Judged, Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.workspace import Workspace

UNITS = """\
planctl: 1
organisation: 示例县
units:
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县财政局}
  - {name: 城关镇}
groups:
  - {name: 各乡镇, aliases: [各镇], members: [城关镇]}
  - {name: 各部门}
"""
HEAD = """\
planctl: 1
id: demo
title: 示例方案
document: {issued: 2022-01-10}
period: {start: 2022-01-01, end: 2025-12-31}
"""


def workspace_of(body: str, end: str = "2025-12-31") -> Workspace:
    workspace = load({"plans/x/units.yaml": UNITS, "plans/x/p.yaml": HEAD.replace("2025-12-31", end) + body})
    assert workspace.problems == ()
    return workspace


def task_with(*deadlines: str, more: str = "", end: str = "2025-12-31") -> Workspace:
    listed = "".join(f"      - {{{deadline}}}\n" for deadline in deadlines)
    return workspace_of(f'tasks:\n  - id: "1"\n    title: 示例任务\n    lead: [司法局]\n    deadlines:\n{listed}{more}', end)


def deadline_record(deadline: str) -> dict[str, Any]:
    workspace = task_with(f"id: d, {deadline}")
    plan = workspace.plans[0]
    return tasks.deadline_record(plan.tasks[0].deadlines[0], workspace.directory_of(plan).canonical)


COMMON = {"id": "d", "what": None, "quote": None}
NO_COUNT = {"by": None, "count": None, "op": None, "of": None}
NO_DAYS = {"working_days": False}


@pytest.mark.parametrize(
    ("deadline", "record"),
    [
        ("due: 2022-12-31", {"kind": "once", "due": "2022-12-31"}),
        ("due: 2022-12-31, from: 2022-07-01", {"kind": "once", "due": "2022-12-31", "from": "2022-07-01"}),
        ("every: year, by: 03-01", {"kind": "recurring", "every": "year", **NO_COUNT, "by": "03-01"}),
        ("every: month, by: 5", {"kind": "recurring", "every": "month", **NO_COUNT, "by": "05"}),
        ("every: 2 years, from: 2022-07-01", {"kind": "recurring", "every": "2 years", **NO_COUNT, "from": "2022-07-01"}),
        (
            "every: half-year, at_least: 2, of: 次",
            {"kind": "recurring", "every": "half-year", "by": None, "count": 2, "op": ">=", "of": "次"},
        ),
        ("every: quarter, exactly: 1", {"kind": "recurring", "every": "quarter", "by": None, "count": 1, "op": "=", "of": None}),
        ("every: week, at_most: 3", {"kind": "recurring", "every": "week", "by": None, "count": 3, "op": "<=", "of": None}),
        (
            "every: term, at_least: 1, at_most: 2, of: 期",
            {"kind": "recurring", "every": "term", "by": None, "count": 1, "op": ">=", "at_most": 2, "of": "期"},
        ),
        ("within: 5 hours, after: 发生", {"kind": "relative", "offset": "PT5H", **NO_DAYS, "anchor": "发生"}),
        ("within: 30 days, after: 公布", {"kind": "relative", "offset": "P30D", **NO_DAYS, "anchor": "公布"}),
        ("within: 6 months, before: 届满", {"kind": "relative", "offset": "-P6M", **NO_DAYS, "anchor": "届满"}),
        ("within: 20 working-days, after: 收到", {"kind": "relative", "offset": "P20D", "working_days": True, "anchor": "收到"}),
        ("before: 任命", {"kind": "relative", "offset": None, **NO_DAYS, "anchor": "任命"}),
        ("after: 公布, before: 施行", {"kind": "relative", "offset": None, **NO_DAYS, "anchor": "公布", "until": "施行"}),
        ("metric: 率, target: '>= 100 %'", {"kind": "metric", "metric": "率", "op": ">=", "value": 100, "unit": "%"}),
        ("metric: 率, target: '< 0.5 ‰'", {"kind": "metric", "metric": "率", "op": "<", "value": 0.5, "unit": "‰"}),
        ("metric: 数, target: '= 3'", {"kind": "metric", "metric": "数", "op": "=", "value": 3, "unit": None}),
        ("metric: 数", {"kind": "metric", "metric": "数", "op": None, "value": None, "unit": None}),
        (
            "metric: 率, target: '>= 70 %', every: year, by: 01-31",
            {"kind": "metric", "metric": "率", "op": ">=", "value": 70, "unit": "%", "every": "year", "by": "01-31"},
        ),
        (
            "metric: 率, target: '>= 70 %', due: 2025-12-31",
            {"kind": "metric", "metric": "率", "op": ">=", "value": 70, "unit": "%", "due": "2025-12-31"},
        ),
        ("ongoing: true", {"kind": "ongoing", "review": None}),
        ("ongoing: true, review: half-year, from: 2022-07-01", {"kind": "ongoing", "review": "half-year", "from": "2022-07-01"}),
    ],
)
def test_a_deadline_has_the_keys_of_its_kind(deadline: str, record: dict[str, Any]) -> None:
    assert deadline_record(deadline) == {**COMMON, **record}


def test_a_deadline_says_what_is_set_and_names_units_by_their_names() -> None:
    flags = "soft: true, vague: true, implied: true, condition: 设镇的, restored: 每年3月1日前, note: 校对"
    record = deadline_record(f"ongoing: true, what: 报告, quote: 每年31日前, actors: [司法局], recipients: [各镇, 县政府], {flags}")
    assert record == {
        "id": "d",
        "kind": "ongoing",
        "what": "报告",
        "quote": "每年31日前",
        "review": None,
        "actors": ["县司法局"],
        "recipients": ["各乡镇", "县政府"],
        "soft": True,
        "vague": True,
        "implied": True,
        "condition": "设镇的",
        "restored": "每年3月1日前",
        "note": "校对",
    }


@pytest.mark.parametrize(
    ("span", "backward", "text"),
    [
        (Span(5, "hour"), False, "PT5H"),
        (Span(7, "working-day"), True, "-P7D"),
        (Span(2, "week"), False, "P2W"),
        (Span(6, "month"), True, "-P6M"),
        (Span(1, "year"), False, "P1Y"),
    ],
)
def test_spans_are_iso_8601_durations(span: Span, backward: bool, text: str) -> None:  # noqa: FBT001 - a column of the table
    assert tasks.duration(span, backward=backward) == text


FULL_TASK = """\
tasks:
  - id: "94"
    title: 年度报告
    section: [十, (三十)]
    lead: [司法局, 县财政局]
    support: [各镇]
    basis: stated
    shared_by_duty: true
    open_list: true
    upstream: [demo/95]
    tags: [督察]
    note: 说明文字
    deadlines:
      - {id: report, what: 报告工作, every: year, by: 03-01, quote: 每年31日前, restored: 每年3月1日前, actors: [县财政局]}
      - {id: file, within: 30 days, after: 公布, recipients: [司法局], soft: true, condition: 设镇的, note: 只报一次}
    progress:
      - {on: 2022-02-20, unit: 县财政局, deadline: report, period: 2022, state: done, note: 已报, evidence: [evidence/94.pdf, evidence/95.pdf]}
      - {on: 2022-09-20, unit: 司法局, state: accepted}
      - {on: 2022-10-01, deadline: report, period: 2023, count: 2, value: 98.5, percent: 40}
    extensions:
      - {deadline: report, period: 2023, from: 2023-03-01, to: 2023-06-30, approved: 2022-12-10, by: 县政府, number: 示政函〔2022〕1号, reason: 人手不足}
  - id: "95"
    title: 下一项
    cancelled: {on: 2022-05-01, by: 县政府, reason: 并入}
events:
  - {on: 2022-09-01, name: 公布, ref: 示政发〔2022〕9号}
"""
DAY = date(2022, 12, 20)


def judged(workspace: Workspace, task: str, day: date = DAY) -> tuple[Workspace, tasks.Item, list[Judged]]:
    judge = Judge(workspace, day)
    plan, found = find_task(judge.workspace, task)
    return judge.workspace, tasks.Item(plan, found, judge.status(plan, found)), judge.near(plan, found)


def test_a_task_is_a_record_with_all_its_keys() -> None:
    workspace, item, _ = judged(workspace_of(FULL_TASK), "94")
    assert tasks.record(workspace, item) == {
        "plan": "demo",
        "task": "94",
        "title": "年度报告",
        "section": ["十", "(三十)"],
        "lead": ["县司法局", "县财政局"],
        "support": ["各乡镇"],
        "basis": "stated",
        "shared_by_duty": True,
        "open_list": True,
        "status": "overdue",
        "tags": ["督察"],
        "upstream": ["demo/95"],
        "note": "说明文字",
        "deadlines": [
            {
                "id": "report",
                "kind": "recurring",
                "what": "报告工作",
                "quote": "每年31日前",
                "every": "year",
                "by": "03-01",
                "count": None,
                "op": None,
                "of": None,
                "actors": ["县财政局"],
                "restored": "每年3月1日前",
            },
            {
                "id": "file",
                "kind": "relative",
                "what": None,
                "quote": None,
                "offset": "P30D",
                "working_days": False,
                "anchor": "公布",
                "recipients": ["县司法局"],
                "soft": True,
                "condition": "设镇的",
                "note": "只报一次",
            },
        ],
    }


def test_a_bare_task_is_a_record_with_empty_values() -> None:
    workspace, item, near = judged(workspace_of('tasks:\n  - {id: "1", title: 示例任务}\n'), "1")
    assert (near, tasks.record(workspace, item)) == (
        [],
        {
            "plan": "demo",
            "task": "1",
            "title": "示例任务",
            "section": [],
            "lead": [],
            "support": [],
            "basis": None,
            "shared_by_duty": False,
            "open_list": False,
            "status": "standing",
            "tags": [],
            "upstream": [],
            "note": None,
            "deadlines": [],
        },
    )


def test_an_occurrence_is_a_record_with_all_its_keys() -> None:
    workspace, _, near = judged(workspace_of(FULL_TASK), "94")
    assert due.record(workspace, near[1]) == {
        "plan": "demo",
        "task": "94",
        "title": "年度报告",
        "deadline": "report",
        "occurrence": "94/report@2023",
        "kind": "recurring",
        "what": "报告工作",
        "quote": "每年31日前",
        "due": "2023-06-30",
        "due_at": None,
        "original_due": "2023-03-01",
        "days_left": 192,
        "status": "upcoming",
        "provisional": False,
        "soft": False,
        "lead": ["县司法局", "县财政局"],
        "support": ["各乡镇"],
        "actors": ["县财政局"],
        "missing": [],
    }


@pytest.mark.parametrize(
    ("deadline", "more", "values"),
    [
        (
            "within: 5 hours, after: 发生, soft: true",
            "events: [{on: 2022-12-19, at: '22:30', name: 发生}]\n",
            {
                "occurrence": "1/d@2022-12-19",
                "kind": "relative",
                "due": "2022-12-20",
                "due_at": "2022-12-20T03:30",
                "original_due": "2022-12-20",
            }
            | {"days_left": 0, "status": "due", "soft": True},
        ),
        (
            "within: 5 hours, after: 发生",
            "",
            {"occurrence": "1/d", "kind": "relative", "due": None, "original_due": None, "days_left": None, "status": "awaiting-event"},
        ),
        (
            "within: 20 working-days, after: 收到",
            "events: [{on: 2022-12-19, name: 收到}]\n",
            {
                "occurrence": "1/d@2022-12-19",
                "kind": "relative",
                "due": "2023-01-17",
                "original_due": "2023-01-17",
                "days_left": 28,
                "status": "due",
            },
        ),
    ],
)
def test_an_occurrence_of_an_event_is_a_record(deadline: str, more: str, values: dict[str, Any]) -> None:
    workspace, _, (occurrence,) = judged(task_with(f"id: d, {deadline}", more=more), "1")
    common: dict[str, Any] = {
        "plan": "demo",
        "task": "1",
        "title": "示例任务",
        "deadline": "d",
        "what": None,
        "quote": None,
        "due_at": None,
    }
    common |= {"provisional": False, "soft": False, "lead": ["县司法局"], "support": [], "actors": [], "missing": []}
    assert due.record(workspace, occurrence) == {**common, **values}


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2022-02-01", [("1/b", 0, 0), ("1/a@2022-Q1", 0, 5), ("1/c", 0, 0)]),
        ("2022-06-30", [("1/a@2022-Q1", 0, 5), ("1/b", 0, 0), ("1/c", 0, 0)]),
        ("2022-12-01", [("1/b", 0, 0), ("1/a@2022-Q3", 2, 3), ("1/c", 0, 0)]),
        ("2023-06-30", [("1/b", 0, 0), ("1/a@2023-Q1", 4, 1), ("1/c", 0, 0)]),
    ],
)
def test_a_deadline_has_one_row_the_newest_missed_or_else_the_next(day: str, rows: list[tuple[str, int, int]]) -> None:
    workspace = task_with("id: a, every: quarter", "id: b, due: 2022-07-31", "id: c, within: 30 days, after: 公布")
    judge = Judge(workspace, date.fromisoformat(day))
    plan = judge.workspace.plans[0]
    found = sorted(judge.occurrences(plan, plan.tasks[0], date(2023, 6, 30)), key=lambda each: each.occurrence.due or date.max)
    assert sorted((row.judged.occurrence.id, row.missed, row.others) for row in due.collapse(found)) == sorted(rows)


def test_the_same_ids_in_two_plans_keep_their_rows() -> None:
    body = f'{HEAD}tasks:\n  - id: "1"\n    title: 示例任务\n    deadlines: [{{id: d, due: 2022-07-31}}]\n'
    judge = Judge(load({"plans/x/a.yaml": body, "plans/x/b.yaml": body.replace("demo", "other")}), DAY)
    found = [each for plan in judge.workspace.plans for each in judge.occurrences(plan, plan.tasks[0], DAY)]
    assert [row.judged.occurrence.plan.id for row in due.collapse(found)] == ["demo", "other"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_of_what_is_due(golden: Callable[[str, str], None], lang: str) -> None:
    workspace, _, near = judged(workspace_of(FULL_TASK), "94")
    other = near[1]._replace(occurrence=near[1].occurrence._replace(plan=workspace.plans[0]._replace(id="other")))
    one = due.table(workspace, [due.Row(near[1], missed=2, others=1), due.Row(near[-1])], lang)
    two = due.table(workspace, [due.Row(near[1]), due.Row(other)], lang)
    assert (one.tones, one.tone_column, two.tones) == (("upcoming", "overdue"), 1, ("upcoming", "upcoming"))
    golden(f"due-table.{lang}.txt", render_plain(one) + "\n" + render_plain(two))


@pytest.mark.parametrize(
    ("status", "days", "text"),
    [
        (Status.OVERDUE, -3, "逾期 3 天"),
        (Status.DUE, 0, "今天到期"),
        (Status.DUE, 3, "剩 3 天"),
        (Status.DONE, -3, "办结"),
        (Status.SUSPENDED, -3, "中止"),
        (Status.CANCELLED, 3, "撤销"),
        (Status.AWAITING_EVENT, None, "待事件"),
    ],
)
def test_a_status_is_said_with_its_days(status: Status, days: int | None, text: str) -> None:
    _, _, near = judged(workspace_of(FULL_TASK), "94")
    assert due.status_text(near[0]._replace(status=status, days_left=days), "zh") == text


CASES = (
    ("after: 公布, before: 施行", "events: [{on: 2022-09-01, name: 公布}]\n"),
    ("every: term, at_least: 1", ""),
    ("within: 20 working-days, after: 收到", "events: [{on: 2022-09-01, name: 收到}]\n"),
    ("due: 2022-12-31, implied: true", ""),
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_why_an_occurrence_has_its_date(golden: Callable[[str, str], None], lang: str) -> None:
    asked = [(workspace_of(FULL_TASK), "94"), *((task_with(f"id: d, {deadline}", more=more), "1") for deadline, more in CASES)]
    blocks = []
    for workspace, task in asked:
        known, _, near = judged(workspace, task)
        blocks += [[each.occurrence.id, *explanations.explain(known, each, lang)] for each in near]
    golden(f"explanations.{lang}.txt", "\n\n".join("\n".join(block) for block in blocks) + "\n")


@pytest.mark.parametrize(
    ("deadline", "name"), [("after: 公布, before: 施行", "施行"), ("every: term", "任期开始"), ("within: 5 hours, after: 发生", "发生")]
)
def test_what_is_waited_for_is_named(deadline: str, name: str) -> None:
    workspace, _, (occurrence,) = judged(task_with(f"id: d, {deadline}", more="events: [{on: 2022-09-01, name: 公布}]\n"), "1")
    assert say("why.awaiting", "zh", {"name": name}) in explanations.explain(workspace, occurrence, "zh")


def test_a_date_of_an_unannounced_year_says_so() -> None:
    workspace = task_with("id: d, within: 20 working-days, after: 收到", more="events: [{on: 2031-09-01, name: 收到}]\n", end="2035-12-31")
    known, _, (occurrence,) = judged(workspace, "1", date(2031, 9, 2))
    assert say("why.provisional", "zh") in explanations.explain(known, occurrence, "zh")


RULES = (
    "due: 2022-12-31",
    "every: year",
    "every: year, by: 03-01",
    "every: 2 years, by: 03-01, exactly: 1, of: 次",
    "every: month, by: 25",
    "every: quarter, by: 10",
    "every: year, at_least: 1, at_most: 2, of: 期",
    "every: year, at_least: 2, of: 次",
    "every: day, at_most: 3",
    "every: term, at_least: 1",
    "metric: 率, target: '>= 70 %'",
    "metric: 率, target: '>= 70 %', every: year",
    "metric: 率, due: 2025-12-31",
    "ongoing: true",
    "ongoing: true, review: half-year",
    "ongoing: true, review: 2 years",
    "within: 30 days, after: 公布",
    "within: 20 working-days, after: 收到",
    "within: 5 hours, after: 发生",
    "within: 6 months, before: 届满",
    "before: 任命",
    "after: 公布, before: 施行",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_rules_of_deadlines_in_words(golden: Callable[[str, str], None], lang: str) -> None:
    found = task_with(*(f"id: d{number}, {rule}" for number, rule in enumerate(RULES))).plans[0].tasks[0].deadlines
    golden(
        f"rules-of-deadlines.{lang}.txt",
        "".join(f"{rule}\n    {explanations.rule_text(each, lang)}\n" for rule, each in zip(RULES, found, strict=True)),
    )


OWNED = """\
tasks:
  - {id: "1", title: 甲, lead: [司法局], support: [各镇]}
  - {id: "2", title: 乙, lead: [各乡镇, 县司法局], deadlines: [{id: d, ongoing: true, actors: [县财政局]}, {id: e, ongoing: true, actors: [县财政局]}]}
  - {id: "3", title: 丙, lead: [县教育局], deadlines: [{id: d, ongoing: true, actors: [各镇]}]}
"""


def test_units_are_records_with_all_their_keys() -> None:
    workspace = workspace_of(OWNED)
    common: dict[str, Any] = {"organisation": "示例县", "aliases": [], "lead": [], "support": [], "via": {}, "actor": [], "members": []}
    common |= {"successors": [], "from": None, "to": None}
    assert list(map(units.record, units.holdings(workspace, workspace.plans))) == [
        {**common, "unit": "县司法局", "kind": "unit", "aliases": ["司法局"], "lead": ["demo/1", "demo/2"]},
        {**common, "unit": "县财政局", "kind": "unit", "actor": ["demo/2"]},
        {**common, "unit": "城关镇", "kind": "unit", "via": {"各乡镇": ["demo/2", "demo/1", "demo/3"]}},
        {
            **common,
            "unit": "各乡镇",
            "kind": "group",
            "aliases": ["各镇"],
            "lead": ["demo/2"],
            "support": ["demo/1"],
            "actor": ["demo/3"],
            "members": ["城关镇"],
        },
        {**common, "unit": "各部门", "kind": "group"},
        {**common, "unit": "县教育局", "kind": "unit", "lead": ["demo/3"]},
    ]


def test_units_are_counted_by_what_they_own() -> None:
    workspace = workspace_of(OWNED)
    table = units.table(units.holdings(workspace, workspace.plans), "zh")
    assert table.rows == (
        ("县司法局", "单位", "2", "", "", "", "示例县"),
        ("县财政局", "单位", "", "", "1", "", "示例县"),
        ("城关镇", "单位", "", "", "", "3", "示例县"),
        ("各乡镇", "集合", "1", "1", "1", "", "示例县"),
        ("各部门", "集合", "", "", "", "", "示例县"),
        ("县教育局", "单位", "1", "", "", "", "示例县"),
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_unit_with_its_tasks(golden: Callable[[str, str], None], lang: str) -> None:
    workspace = workspace_of(OWNED)
    found = units.holdings(workspace, workspace.plans)
    golden(f"unit-details.{lang}.txt", "\n".join(render_plain(units.detail(holding, lang)) for holding in found))


def test_the_table_of_tasks() -> None:
    workspace, item, _ = judged(workspace_of(FULL_TASK), "94")
    assert tasks.table(workspace, [item], "zh").rows == (("94", "年度报告", "县司法局、县财政局", "各乡镇", "逾期"),)
    other = tasks.Item(item.plan._replace(id="other"), item.task, Status.DONE)
    assert [row[0] for row in tasks.table(workspace, [item, other], "zh").rows] == ["demo", "other"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_task_in_full(golden: Callable[[str, str], None], lang: str) -> None:
    workspace = workspace_of(FULL_TASK)
    text = ""
    for reference in ("94", "95"):
        known, item, near = judged(workspace, reference)
        text += "".join(f"{heading}\t{line}\n" for heading, line in tasks.sheet(known, item, near, lang)) + "\n"
    golden(f"sheet.{lang}.txt", text)
