"""Files to records: what each key becomes, and what is said of what is wrong."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl.codec import decode
from planctl.fields import MAX_TEXT, ListOf, MappingOf, RecordOf
from planctl.messages import hint_of, message_of
from planctl.model import (
    Basis,
    ClauseRef,
    Confirmation,
    Cycle,
    DayOf,
    Deadline,
    Decision,
    Document,
    Event,
    Evidence,
    Extension,
    Group,
    Kind,
    Period,
    Plan,
    Progress,
    Registry,
    Roll,
    Span,
    State,
    Target,
    Task,
    Unit,
)
from planctl.problems import Location, Problem, Severity
from planctl.settings import CalendarYear, Colour, Condition, Language, LightRule, NoticeSettings, Settings, Waiver
from planctl.shapes import PLAN, REGISTRY
from planctl.shapes.settings import SETTINGS
from planctl.sources import Source, Trouble
from planctl.yamltree import Map, Seq, parse

HEAD = "planctl: 1\nid: demo\ntitle: 示例县工作方案\n"
TASK_HEAD = HEAD + 'tasks:\n  - id: "4"\n    title: 权责清单\n'
EMPTY_PLAN = "planctl: 1\nid: a\ntitle: 甲\ntasks: []\n"


def read(text: str, path: str = "plan.yaml") -> tuple[Any, list[Problem]]:
    return decode(Source(path, text))


def told(text: str, path: str = "plan.yaml") -> list[tuple[str, int, str]]:
    """Give the problems of a text: message key, line, and what stands there."""
    return [(problem.message_key, problem.location.line, word_at(text, problem.location)) for problem in read(text, path)[1]]


def word_at(text: str, location: Location) -> str:
    """Give what a location points at, up to where the next thing begins."""
    rest = text.split("\n")[location.line - 1][location.column - 1 :]
    return re.split(r"[,}\]]|: | #", rest)[0]


def deadline_of(fields: str) -> tuple[Deadline | None, list[tuple[str, str]]]:
    """Read one deadline, `{id: d, …}`."""
    text = f"{TASK_HEAD}    deadlines:\n      - {{id: d, {fields}}}\n"
    return (read(text)[0].tasks[0].deadlines or (None,))[0], [(key, word) for key, _, word in told(text)]


def settings_of(line: str) -> tuple[Settings, list[str]]:
    record, problems = read(f"planctl: 1\n{line}\n", "planctl.yaml")
    return record, [problem.message_key for problem in problems]


# Every key

FULL_PLAN = """\
planctl: 1
id: demo-2021-2025
title: 示例县法治政府建设实施方案(2021—2025年)
document:
  number: 示发〔2022〕7号
  index: 000014349/2022-00012
  issuers: [中共示例县委, 示例县人民政府]
  addressees: [各乡镇(街道)]
  issued: 2022-06-21
  published: 2022-08-03
  effective: 2022-07-01
period: {start: 2021-01-01, end: 2025-12-31}
ended: {on: 2025-06-30, by: 示例县人民政府, reason: 被取代}
note: 示例
doubts: [主送机关像有残缺]
tasks:
  - id: "4"
    title: 全面实行政府权责清单制度
    section: [二, (一)]
    lead: [县行政审批局]
    support: [县政府各工作部门, 各乡镇(街道)]
    basis: stated
    shared_by_duty: true
    open_list: false
    upstream: [city/12]
    confirmed:
      - {upstream: city/12, on: 2022-07-01, by: 县司法局, fingerprint: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
    tags: [清单]
    note: 说明
    doubts: [牵头单位没有写明]
    cancelled: {on: 2024-01-01, by: 示例县人民政府, reason: 并入第 5 项}
    source: {clause: "4", digest: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
    deadlines:
      - id: publish
        what: 公开权责清单
        actors: [县政府]
        recipients: [县司法局]
        due: 2022-12-31
        from: 2022-07-01
        soft: true
        condition: 有调整时
        vague: false
        implied: true
        roll: next
        restored: 2022年底前
        quote: 2022年低前
        note: 原文有误
      - {id: study, every: year, by: 03-01, at_least: 1, at_most: 2, of: 次, after: 任期开始, before: 任期届满}
      - {id: train, every: quarter, exactly: 5}
      - {id: file, within: 30 days, after: 规范性文件公布}
      - {id: rate, metric: 出庭应诉率, target: ">= 100 %"}
      - {id: stand, ongoing: true, review: 2 years}
    progress:
      - on: 2022-12-20
        unit: 县行政审批局
        deadline: publish
        period: 2022
        state: done
        note: 已公开
        evidence: [evidence/4.pdf]
        percent: 80 %
        count: 3
        value: 98.5
    extensions:
      - deadline: publish
        period: 2022
        from: 2022-12-31
        to: 2023-06-30
        requested: 2022-12-01
        approved: 2022-12-10
        by: 县政府
        number: 示政函〔2022〕9号
        reason: 系统升级
events:
  - {on: 2022-09-01, at: 09:30, name: 规范性文件公布, ref: 示政办发〔2022〕9号, tasks: ["4"], recorded: 2022-08-20}
"""

FULL_UNITS = """\
planctl: 1
organisation: 示例县
units:
  - name: 县司法局
    aliases: [司法局, 县依法治县办]
    from: 2019-04-01
    to: 2025-12-31
    successors: [县委政法委]
    note: 机构改革
groups:
  - name: 各乡镇
    aliases: [乡镇]
    members: [甲镇, 乙镇]
    except_leads: true
    from: 2019-04-01
    to: 2025-12-31
    successors: [各街道]
    note: 说明
"""

LOOK: dict[str, Any] = {
    **dict.fromkeys(("title_font", "body_font", "heading_font", "subheading_font", "number_font", "latin_font"), "方正仿宋_GBK"),
    **dict.fromkeys(("letterhead_size", "title_size", "body_size", "number_size", "imprint_size", "caption_size", "table_size"), 10.5),
    **dict.fromkeys(("page_width", "page_height", "margin_top", "margin_bottom", "margin_left", "margin_right"), 28.0),
    **dict.fromkeys(("number_gap", "letterhead_gap", "line_pitch", "character_spacing", "table_line"), -1.5),
    "landscape_columns": 7,
    "light_heading": "亮灯",
    **dict.fromkeys(("light_green", "light_yellow", "light_red", "light_blue", "light_grey", "red"), "00FF00"),
}
FULL_SETTINGS = """\
planctl: 1
language: en
severity: {P306: off, P104: error}
waivers:
  - {code: P101, plan: demo, task: "44", fingerprint: 3fa9c1d2e4b5, reason: 机构改革, until: 2026-12-31}
before_inclusive: false
due_soon: 15
require_basis: [stated, assigned]
lights:
  - {when: silent, light: yellow, days: 92}
  - {when: behind, light: red, points: 30}
upstream: [upstream/示例省.json]
notice: {issuer: 示例县政府办, contact: 张三, phone: 0746-0000000, reply_days: 3}
calendars:
  - year: 2027
    holidays: [2027-01-01, 2027-02-06/2027-02-12]
    workdays: [2027-02-13]
    source: 国办发明电〔2026〕1号
document:
""" + "".join(f"  {key}: {value}\n" for key, value in LOOK.items())


def test_every_key_of_a_plan_is_read() -> None:
    assert read(FULL_PLAN, "plans/示例县/方案.yaml") == (
        Plan(
            path="plans/示例县/方案.yaml",
            id="demo-2021-2025",
            title="示例县法治政府建设实施方案(2021—2025年)",
            document=Document(
                number="示发〔2022〕7号",
                index_number="000014349/2022-00012",
                issuers=("中共示例县委", "示例县人民政府"),
                addressees=("各乡镇(街道)",),
                issued=date(2022, 6, 21),
                published=date(2022, 8, 3),
                effective=date(2022, 7, 1),
            ),
            period=Period(date(2021, 1, 1), date(2025, 12, 31)),
            ended=Decision(date(2025, 6, 30), "示例县人民政府", "被取代"),
            note="示例",
            doubts=("主送机关像有残缺",),
            tasks=(
                Task(
                    id="4",
                    title="全面实行政府权责清单制度",
                    section=("二", "(一)"),
                    lead=("县行政审批局",),
                    support=("县政府各工作部门", "各乡镇(街道)"),
                    basis=Basis.STATED,
                    shared_by_duty=True,
                    open_list=False,
                    upstream=("city/12",),
                    tags=("清单",),
                    note="说明",
                    doubts=("牵头单位没有写明",),
                    cancelled=Decision(date(2024, 1, 1), "示例县人民政府", "并入第 5 项"),
                    source=ClauseRef("4", "sha256:" + "0123456789abcdef" * 4),
                    confirmed=(Confirmation("city/12", date(2022, 7, 1), "sha256:" + "0123456789abcdef" * 4, by="县司法局"),),
                    deadlines=(
                        Deadline(
                            id="publish",
                            kind=Kind.ONCE,
                            what="公开权责清单",
                            actors=("县政府",),
                            recipients=("县司法局",),
                            due=date(2022, 12, 31),
                            start=date(2022, 7, 1),
                            soft=True,
                            condition="有调整时",
                            vague=False,
                            implied=True,
                            roll=Roll.NEXT,
                            restored="2022年底前",
                            quote="2022年低前",
                            note="原文有误",
                        ),
                        Deadline(
                            id="study",
                            kind=Kind.RECURRING,
                            position=1,
                            every=Cycle(1, "year"),
                            by=DayOf(3, 1),
                            at_least=1,
                            at_most=2,
                            of="次",
                            after="任期开始",
                            before="任期届满",
                        ),
                        Deadline(id="train", kind=Kind.RECURRING, position=2, every=Cycle(1, "quarter"), exactly=5),
                        Deadline(id="file", kind=Kind.RELATIVE, position=3, within=Span(30, "day"), after="规范性文件公布"),
                        Deadline(id="rate", kind=Kind.METRIC, position=4, metric="出庭应诉率", target=Target(">=", 100.0, "%")),
                        Deadline(id="stand", kind=Kind.ONGOING, position=5, review=Cycle(2, "year")),
                    ),
                    progress=(
                        Progress(
                            on=date(2022, 12, 20),
                            unit="县行政审批局",
                            deadline="publish",
                            period="2022",
                            state=State.DONE,
                            note="已公开",
                            evidence=(Evidence("evidence/4.pdf"),),
                            percent=80.0,
                            counted=3,
                            value=98.5,
                        ),
                    ),
                    extensions=(
                        Extension(
                            deadline="publish",
                            period="2022",
                            old=date(2022, 12, 31),
                            new=date(2023, 6, 30),
                            requested=date(2022, 12, 1),
                            approved=date(2022, 12, 10),
                            by="县政府",
                            number="示政函〔2022〕9号",
                            reason="系统升级",
                        ),
                    ),
                ),
            ),
            events=(
                Event(
                    date(2022, 9, 1), "规范性文件公布", at=time(9, 30), ref="示政办发〔2022〕9号", tasks=("4",), recorded=date(2022, 8, 20)
                ),
            ),
        ),
        [],
    )


def test_every_key_of_units_is_read() -> None:
    start, end = date(2019, 4, 1), date(2025, 12, 31)
    assert read(FULL_UNITS, "plans/units.yaml") == (
        Registry(
            path="plans/units.yaml",
            organisation="示例县",
            units=(
                Unit("县司法局", aliases=("司法局", "县依法治县办"), successors=("县委政法委",), note="机构改革", start=start, end=end),
            ),
            groups=(
                Group(
                    "各乡镇",
                    aliases=("乡镇",),
                    members=("甲镇", "乙镇"),
                    except_leads=True,
                    successors=("各街道",),
                    note="说明",
                    start=start,
                    end=end,
                ),
            ),
        ),
        [],
    )


def test_every_key_of_settings_is_read() -> None:
    assert read(FULL_SETTINGS, "planctl.yaml") == (
        Settings(
            path="planctl.yaml",
            language=Language.EN,
            severity={"P306": Severity.OFF, "P104": Severity.ERROR},
            waivers=(Waiver("P101", "机构改革", date(2026, 12, 31), plan="demo", task="44", fingerprint="3fa9c1d2e4b5"),),
            before_inclusive=False,
            due_soon=15,
            require_basis=(Basis.STATED, Basis.ASSIGNED),
            calendars=(
                CalendarYear(
                    2027,
                    holidays=((date(2027, 1, 1), date(2027, 1, 1)), (date(2027, 2, 6), date(2027, 2, 12))),
                    workdays=(date(2027, 2, 13),),
                    source="国办发明电〔2026〕1号",
                ),
            ),
            lights=(
                LightRule(Condition.SILENT, Colour.YELLOW, days=92),
                LightRule(Condition.BEHIND, Colour.RED, position=1, points=30),
            ),
            document=LOOK,
            notice=NoticeSettings("示例县政府办", "张三", "0746-0000000", 3),
            upstream=("upstream/示例省.json",),
        ),
        [],
    )


def keys_of(shape: Any, path: str = "") -> set[str]:
    """List the keys that a shape knows, as paths."""
    if isinstance(shape, ListOf):
        return keys_of(shape.item, path)
    if isinstance(shape, MappingOf):
        return keys_of(shape.value, path)
    if not isinstance(shape, RecordOf):
        return {path}
    return {key for field in shape.fields for key in keys_of(field.type, f"{path}/{field.key}")}


def keys_in(node: Any, path: str = "") -> set[str]:
    """List the keys that a tree has, as paths."""
    if isinstance(node, Seq):
        return {key for item in node for key in keys_in(item, path)}
    if isinstance(node, Map) and path != "/severity":
        return {key for name, value in node.items() for key in keys_in(value, f"{path}/{name}")}
    return {path}


@pytest.mark.parametrize(("shape", "text"), [(PLAN, FULL_PLAN), (REGISTRY, FULL_UNITS), (SETTINGS, FULL_SETTINGS)])
def test_the_full_examples_are_full(shape: RecordOf, text: str) -> None:
    assert keys_in(parse(text)[0]) == keys_of(shape)


def test_what_is_left_out_has_its_default() -> None:
    assert read(EMPTY_PLAN) == (Plan("plan.yaml", "a", "甲"), [])
    assert read("planctl: 1\n", "units.yaml") == (Registry("units.yaml"), [])
    assert read("planctl: 1\n", "planctl.yaml") == (Settings("planctl.yaml"), [])
    assert read(f"{HEAD}tasks:\n  - {{id: 4.10, title: 甲}}\n")[0].tasks == (Task("4.10", "甲"),)


def test_an_empty_value_is_the_same_as_none() -> None:
    text = TASK_HEAD + "    lead:\n    note: null\n    basis: ~\n    deadlines:\n    cancelled:\nevents:\nperiod:\ndocument:\n"
    assert read(text) == (Plan("plan.yaml", "demo", "示例县工作方案", tasks=(Task("4", "权责清单"),)), [])


def test_records_know_their_position_in_the_file() -> None:
    text = (
        HEAD
        + "tasks:\n  - {id: 1, title: 甲}\n  - {id: 2}\n  - {id: 3, title: 丙, progress: [{on: 2022-01-01}, {on: x}, {on: 2022-01-03}]}\n"
    )
    tasks = read(text)[0].tasks
    assert [(task.id, task.position, [entry.position for entry in task.progress]) for task in tasks] == [("1", 0, []), ("3", 2, [0, 2])]


# Deadlines

YEAR = Cycle(1, "year")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("due: 2022-12-31", {"kind": Kind.ONCE, "due": date(2022, 12, 31)}),
        ("due: 2024-02-29, from: 2024-01-01", {"kind": Kind.ONCE, "due": date(2024, 2, 29), "start": date(2024, 1, 1)}),
        ('due: "2022-12-31"', {"kind": Kind.ONCE, "due": date(2022, 12, 31)}),
        ("due: 1900-01-01", {"kind": Kind.ONCE, "due": date(1900, 1, 1)}),
        ("due: 2199-12-31", {"kind": Kind.ONCE, "due": date(2199, 12, 31)}),
        ("every: year", {"kind": Kind.RECURRING, "every": YEAR}),
        ("every: years", {"kind": Kind.RECURRING, "every": YEAR}),
        ("every: 1 year", {"kind": Kind.RECURRING, "every": YEAR}),
        ("every: 5 years", {"kind": Kind.RECURRING, "every": Cycle(5, "year")}),
        ("every: 100 years", {"kind": Kind.RECURRING, "every": Cycle(100, "year")}),
        ("every: half-year", {"kind": Kind.RECURRING, "every": Cycle(1, "half-year")}),
        ("every: week", {"kind": Kind.RECURRING, "every": Cycle(1, "week")}),
        ("every: 3 days", {"kind": Kind.RECURRING, "every": Cycle(3, "day")}),
        ("every: term", {"kind": Kind.RECURRING, "every": Cycle(1, "term")}),
        ("every: year, by: 03-01", {"kind": Kind.RECURRING, "every": YEAR, "by": DayOf(3, 1)}),
        ("every: year, by: 3-1", {"kind": Kind.RECURRING, "every": YEAR, "by": DayOf(3, 1)}),
        ("every: year, by: 02-29", {"kind": Kind.RECURRING, "every": YEAR, "by": DayOf(2, 29)}),
        ("every: month, by: 31", {"kind": Kind.RECURRING, "every": Cycle(1, "month"), "by": DayOf(None, 31)}),
        ("every: half-year, by: 5", {"kind": Kind.RECURRING, "every": Cycle(1, "half-year"), "by": DayOf(None, 5)}),
        ("every: year, at_least: 0", {"kind": Kind.RECURRING, "every": YEAR, "at_least": 0}),
        ("every: year, exactly: 5, of: 个部门", {"kind": Kind.RECURRING, "every": YEAR, "exactly": 5, "of": "个部门"}),
        ("every: year, at_most: 007", {"kind": Kind.RECURRING, "every": YEAR, "at_most": 7}),
        ("within: 30 days, after: 公布", {"kind": Kind.RELATIVE, "within": Span(30, "day"), "after": "公布"}),
        ("within: 1 day, after: 公布", {"kind": Kind.RELATIVE, "within": Span(1, "day"), "after": "公布"}),
        ("within: 20 working-days, after: 受理", {"kind": Kind.RELATIVE, "within": Span(20, "working-day"), "after": "受理"}),
        ("within: 5 hours, after: 发生", {"kind": Kind.RELATIVE, "within": Span(5, "hour"), "after": "发生"}),
        ("within: 6 months, before: 有效期届满", {"kind": Kind.RELATIVE, "within": Span(6, "month"), "before": "有效期届满"}),
        ("within: 100 years, after: 公布", {"kind": Kind.RELATIVE, "within": Span(100, "year"), "after": "公布"}),
        ("before: 任期届满", {"kind": Kind.RELATIVE, "before": "任期届满"}),
        ("after: 甲, before: 乙", {"kind": Kind.RELATIVE, "after": "甲", "before": "乙"}),
        ("metric: 应诉率", {"kind": Kind.METRIC, "metric": "应诉率"}),
        ('metric: 率, target: ">= 90 %"', {"kind": Kind.METRIC, "metric": "率", "target": Target(">=", 90.0, "%")}),
        ('metric: 率, target: "≥90.5%"', {"kind": Kind.METRIC, "metric": "率", "target": Target(">=", 90.5, "%")}),
        ('metric: 数, target: "≤ 3 件"', {"kind": Kind.METRIC, "metric": "数", "target": Target("<=", 3.0, "件")}),
        ('metric: 数, target: "<-1"', {"kind": Kind.METRIC, "metric": "数", "target": Target("<", -1.0, None)}),
        ('metric: 数, target: "＝ 0"', {"kind": Kind.METRIC, "metric": "数", "target": Target("=", 0.0, None)}),
        ("metric: 率, every: year, by: 12-31", {"kind": Kind.METRIC, "metric": "率", "every": YEAR, "by": DayOf(12, 31)}),
        ("metric: 率, due: 2025-12-31", {"kind": Kind.METRIC, "metric": "率", "due": date(2025, 12, 31)}),
        ("ongoing: true", {"kind": Kind.ONGOING}),
        ("ongoing: true, review: year, from: 2022-01-01", {"kind": Kind.ONGOING, "review": YEAR, "start": date(2022, 1, 1)}),
        ("every: year, vague: true, quote: 每年年初", {"kind": Kind.RECURRING, "every": YEAR, "vague": True, "quote": "每年年初"}),
        ("due: 2022-12-31, roll: previous", {"kind": Kind.ONCE, "due": date(2022, 12, 31), "roll": Roll.PREVIOUS}),
    ],
)
def test_a_deadline_is_read(fields: str, expected: dict[str, Any]) -> None:
    assert deadline_of(fields) == (Deadline(id="d", **expected), [])


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ("due: 2022年12月31日", [("P015", "2022年12月31日")]),
        ("due: 2022-2-3", [("P015", "2022-2-3")]),
        ("due: 20221231", [("P015", "20221231")]),
        ("due: 2022/12/31", [("P015", "2022/12/31")]),
        ("due: [2022-12-31]", [("P015", "[2022-12-31")]),
        ("due: 2022-02-30", [("P016", "2022-02-30")]),
        ("due: 2022-13-01", [("P016", "2022-13-01")]),
        ("due: 0000-00-00", [("P016", "0000-00-00")]),
        ("due: 1899-12-31", [("P016.year", "1899-12-31")]),
        ("due: 2200-01-01", [("P016.year", "2200-01-01")]),
        ("due: ２０２２-12-31", [("P016", "２０２２-12-31")]),
        ("every: yearly", [("P015", "yearly")]),
        ("every: 2 terms", [("P015", "2 terms")]),
        ("every: 0 years", [("P015", "0 years")]),
        ("every: 101 years", [("P015", "101 years")]),
        ("every: 每年", [("P015", "每年")]),
        ("every: {year: 1}", [("P014", "{year")]),
        ("every: year, by: 2022-03-01", [("P015", "2022-03-01")]),
        ("every: year, by: 13-01", [("P015", "13-01")]),
        ("every: year, by: 02-30", [("P015", "02-30")]),
        ("every: year, by: 0", [("P015", "0")]),
        ("every: month, by: 32", [("P015", "32")]),
        ("every: year, by: 15", [("P022.year", "15")]),
        ("every: month, by: 03-01", [("P022.month", "03-01")]),
        ("every: half-year, by: 03-01", [("P022.month", "03-01")]),
        ("every: week, by: 5", [("P022.none", "5")]),
        ("every: term, by: 03-01", [("P022.none", "03-01")]),
        ("every: day, by: 5", [("P022.none", "5")]),
        ("metric: 率, every: year, by: 5", [("P022.year", "5")]),
        ("every: year, at_least: -1", [("P015", "-1")]),
        ("every: year, at_least: 2.5", [("P015", "2.5")]),
        ("every: year, at_least: 两次", [("P015", "两次")]),
        ("every: year, exactly: 1234567890", [("P015", "1234567890")]),
        ("within: 30, after: 公布", [("P015", "30")]),
        ("within: 30 日, after: 公布", [("P015", "30 日")]),
        ("within: 0 days, after: 公布", [("P015", "0 days")]),
        ("within: 101 years, after: 公布", [("P015", "101 years")]),
        ("within: 1201 months, after: 公布", [("P015", "1201 months")]),
        ("within: 10001 days, after: 公布", [("P015", "10001 days")]),
        ("metric: 率, target: 90", [("P015", "90")]),
        ('metric: 率, target: ">= 九成"', [("P015", '">= 九成"')]),
        ('metric: 率, target: "!= 1"', [("P015", '"!= 1"')]),
        ("ongoing: yes", [("P015", "yes")]),
        ("ongoing: True", [("P015", "True")]),
        ("due: 2022-12-31, roll: forward", [("P021", "forward")]),
        ("due: 2022-12-31, roll: nxt", [("P021.nearest", "nxt")]),
        ("quote: 年底前", [("P017", "{id")]),
        ("from: 2022-01-01", [("P017", "{id")]),
        ("due: 2022-12-31, by: 12-31", [("P018", "by")]),
        ("due: 2022-12-31, review: year", [("P018", "review")]),
        ("due: 2022-12-31, within: 30 days", [("P018", "within")]),
        ("every: year, due: 2022-12-31", [("P018", "due")]),
        ("every: year, within: 3 days", [("P018", "within")]),
        ("within: 3 days, after: 公布, from: 2022-01-01", [("P018", "from")]),
        ("within: 3 days", [("P024", "within")]),
        ("after: 公布", [("P024.endless", "after")]),
        ("within: 3 days, before: 甲, after: 乙", [("P024.both", "before")]),
        ("metric: 率, at_least: 5", [("P018", "at_least")]),
        ("ongoing: true, every: year", [("P018", "ongoing")]),
        ("ongoing: true, due: 2022-12-31", [("P018", "ongoing")]),
        ("due: 2022-12-31, quote: ''", [("P019", "''")]),
        ("due: 2022-12-31, quote: [甲]", [("P014", "[甲")]),
        ("due: 2022-12-31, actors: 县政府", [("P014.list", "县政府")]),
        ("due: 2022-12-31, actors: [县政府, ' ', ~]", [("P019", "' '"), ("P019", "~")]),
        ("due: 2022-12-31, qoute: 年底前", [("P011.nearest", "qoute")]),
        ("due: 2022-12-31, 期限: 年底前", [("P011", "期限")]),
    ],
)
def test_a_wrong_deadline_is_told_at_its_place(fields: str, problems: list[tuple[str, str]]) -> None:
    assert deadline_of(fields)[1] == problems


def test_a_deadline_of_which_only_a_detail_is_wrong_is_kept_without_it() -> None:
    assert deadline_of("every: year, by: 15, at_least: x, quote: 每年15日前")[0] == Deadline(
        "d", Kind.RECURRING, every=YEAR, quote="每年15日前"
    )


# All problems in one run


def test_all_problems_of_a_file_are_told_in_one_run() -> None:
    text = """\
planctl: 2
id: demo
titel: 示例县工作方案
period: {start: 2025-12-31, end: 2021-01-01}
document: {issued: 2022-02-30}
tasks:
  - id: "1"
    title: 甲
    lead: 县司法局
    support: [县政府办, ""]
  - id: "2"
    suport: []
  - 第三项
  - id: "4"
    title: 丁
    basis: state
    deadlines:
      - {id: a, due: 2022-13-01}
      - {id: b, quote: 年底前}
      - {due: 2022-12-31}
    progress:
      - {on: 2022-12-20, percent: 101, count: -1, value: 高}
events:
  - {name: 公布}
"""
    assert told(text) == [
        ("P015", 1, "2"),
        ("P011.nearest", 3, "titel"),
        ("P023", 4, "2021-01-01"),
        ("P016", 5, "2022-02-30"),
        ("P014.list", 9, "县司法局"),
        ("P019", 10, '""'),
        ("P011.nearest", 12, "suport"),
        ("P013", 11, "id"),
        ("P014", 13, "第三项"),
        ("P021.nearest", 16, "state"),
        ("P016", 18, "2022-13-01"),
        ("P017", 19, "{id"),
        ("P013", 20, "{due"),
        ("P015", 22, "101"),
        ("P015", 22, "-1"),
        ("P015", 22, "高"),
        ("P013", 24, "{name"),
        ("P013", 1, "planctl"),
    ]


def test_a_record_with_an_error_is_left_out_and_the_rest_is_read() -> None:
    text = HEAD + (
        'tasks:\n  - {id: "1"}\n  - {id: "2", title: 乙, basis: x, deadlines: [{id: a, due: x}, {id: b, due: 2022-12-31}], '
        "progress: [{on: x}], extensions: [{from: 2022-12-31}]}\nevents: [{on: 2022-01-01}]\n"
    )
    deadline = Deadline("b", Kind.ONCE, position=1, due=date(2022, 12, 31))
    tasks = (Task("2", "乙", position=1, deadlines=(Deadline("a", Kind.ONCE), deadline)),)
    assert read(text)[0] == Plan("plan.yaml", "demo", "示例县工作方案", tasks=tasks)


def test_a_plan_without_what_it_must_have_is_no_plan() -> None:
    plan, problems = read("planctl: 1\ntitle: 甲\ntasks: []\n")
    assert (plan, problems) == (None, [Problem(Location("plan.yaml", 1, 1), "P013", Severity.ERROR, {"key": "id"})])


def test_a_required_key_that_is_empty_is_missing_at_that_key() -> None:
    assert told("planctl: 1\nid: a\ntitle:\ntasks: []\n") == [("P013", 3, "title:")]


def test_a_problem_names_the_plan_and_the_task_it_is_in() -> None:
    problems = read(f"{TASK_HEAD}    tgas: []\nnots: 甲\n")[1]
    assert [(problem.plan, problem.task) for problem in problems] == [("demo", "4"), ("demo", None)]


def test_a_problem_of_units_names_no_plan() -> None:
    (problem,) = read("planctl: 1\nid: demo\n", "units.yaml")[1]
    assert (problem.code, problem.plan) == ("P011", None)


@pytest.mark.parametrize(("written", "shown"), [("甲" * 40, "甲" * 40), ("甲" * 41, "甲" * 39 + "…"), ("[甲]", "[…]"), ("{甲: 乙}", "{…}")])
def test_what_is_wrong_is_shown_shortened(written: str, shown: str) -> None:
    (problem,) = read(f"{TASK_HEAD}    open_list: {written}\n")[1]
    assert (problem.code, problem.args["found"]) == ("P015", shown)


def test_an_unlikely_year_is_told_with_those_that_are_likely() -> None:
    (problem,) = read(f"{EMPTY_PLAN}document: {{issued: 2202-06-21}}\n")[1]
    assert problem.args == {"found": "2202-06-21", "first": 1900, "last": 2199}


def test_a_task_without_a_usable_id_names_none() -> None:
    problems = read(f"{HEAD}tasks:\n  - {{id: [4], title: 甲}}\n  - {{title: 乙}}\n  - 丙\n")[1]
    assert [(problem.code, problem.task) for problem in problems] == [("P014", None), ("P013", None), ("P014", None)]


@pytest.mark.parametrize(
    ("key", "suggested"),
    [
        ("suport", "support"),
        ("Lead", "lead"),
        ("deadline", "deadlines"),
        ("titles", "title"),
        ("progres", "progress"),
        ("责任单位", None),
        ("xyz", None),
    ],
)
def test_an_unknown_key_suggests_the_nearest(key: str, suggested: str | None) -> None:
    (problem,) = read(f"{TASK_HEAD}    {key}: 甲\n")[1]
    assert (problem.location, problem.code, problem.variant) == (Location("plan.yaml", 7, 5), "P011", "nearest" if suggested else None)
    assert (problem.args["key"], problem.args["nearest"]) == (key, suggested)


@pytest.mark.parametrize(
    ("line", "told_as"),
    [
        ("title: [甲]", "P014"),
        ("title: {甲: 乙}", "P014"),
        ("lead: {甲: 乙}", "P014.list"),
        ("lead: [[甲]]", "P014"),
        ("deadlines: {id: a}", "P014.list"),
        ("deadlines: [a]", "P014"),
        ("cancelled: true", "P014"),
        ("cancelled: [{on: 2022-01-01}]", "P014"),
        ("open_list: yes", "P015"),
        ("shared_by_duty: [true]", "P015"),
        ("basis: [stated]", "P021"),
        ("source: '4'", "P014"),
        ("source: {digest: 'sha256:abc'}", "P015"),
        ("progress: [{on: 2022-01-01, percent: -1}]", "P015"),
        ("progress: [{on: 2022-01-01, percent: 100.1}]", "P015"),
        ("progress: [{on: 2022-01-01, value: 1e3}]", "P015"),
        ("progress: [{on: 2022-01-01, state: finished}]", "P021"),
    ],
)
def test_a_value_of_the_wrong_type_is_told(line: str, told_as: str) -> None:
    head = TASK_HEAD.replace("    title: 权责清单\n", "") if line.startswith("title") else TASK_HEAD
    assert [problem.message_key for problem in read(f"{head}    {line}\n")[1]] == [told_as]


@pytest.mark.parametrize(("written", "expected"), [("0", 0), ("100", 100), ("99.9", 99.9), ("80%", 80), ("80 %", 80), ('"80"', 80)])
def test_a_percentage_may_be_written_with_its_sign(written: str, expected: float) -> None:
    assert read(f"{TASK_HEAD}    progress: [{{on: 2022-01-01, percent: {written}}}]\n")[0].tasks[0].progress[0].percent == expected


@pytest.mark.parametrize(
    ("written", "expected"), [("09:30", time(9, 30)), ("9:30", time(9, 30)), ("23:59", time(23, 59)), ("00:00", time(0))]
)
def test_a_time_of_day_is_read(written: str, expected: time) -> None:
    assert read(f"{EMPTY_PLAN}events: [{{on: 2022-01-01, name: 甲, at: {written}}}]\n")[0].events[0].at == expected


@pytest.mark.parametrize("written", ["24:00", "9", "9:60", "09:30:00", "930"])
def test_no_other_time_of_day_is_read(written: str) -> None:
    assert told(f"{EMPTY_PLAN}events: [{{on: 2022-01-01, name: 甲, at: {written}}}]\n") == [("P015", 5, written)]


@pytest.mark.parametrize("length", [MAX_TEXT, MAX_TEXT + 1])
def test_a_text_has_a_greatest_length(length: int) -> None:
    plan, problems = read(f"{TASK_HEAD}    note: {'甲' * length}\n")
    too_long = Problem(Location("plan.yaml", 7, 11), "P020", Severity.ERROR, {"length": length, "limit": MAX_TEXT}, "demo", "4")
    assert (plan.tasks[0].note, problems) == (("甲" * length, []) if length == MAX_TEXT else (None, [too_long]))


# Files


@pytest.mark.parametrize("text", ["", "\n", "# 说明\n", "~\n", "---\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert (read(text)[0], told(text)) == (None, [("P010.empty", 1, text.strip())])


@pytest.mark.parametrize("text", ["title: 甲\n", "- 1\n", "甲\n", "id: a\n", "tasks: []\n", "on: push\njobs: {}\n"])
def test_a_file_of_another_program_is_left_out(text: str) -> None:
    (problem,) = read(text)[1]
    assert (read(text)[0], problem.message_key, problem.location) == (None, "P010", Location("plan.yaml", 1, 1))


def test_a_plan_that_forgot_its_version_is_told_so() -> None:
    assert told("id: a\ntasks: []\n") == [("P013", 1, "id")] * 2
    assert told("id: a\ntitle: 甲\ntasks: []\n") == [("P013", 1, "id")]


def test_a_plan_is_known_by_its_key_and_not_by_its_name() -> None:
    assert read(EMPTY_PLAN, "x/ci.yml")[0] == Plan("x/ci.yml", "a", "甲")


def test_units_and_settings_are_known_by_their_names() -> None:
    assert [type(read("planctl: 1\n", path)[0]) for path in ("a/b/units.yaml", "a/planctl.yaml")] == [Registry, Settings]
    assert told("planctl: 1\n", "my-units.yaml") == [("P013", 1, "planctl")] * 3


@pytest.mark.parametrize("path", ["units.yaml", "planctl.yaml"])
@pytest.mark.parametrize("text", ["- 1\n", "甲\n"])
def test_units_and_settings_that_are_no_mapping_are_told_so(path: str, text: str) -> None:
    assert (read(text, path)[0], told(text, path)) == (None, [("P014", 1, text.strip())])


@pytest.mark.parametrize("version", ["2", "0", "1.0", "v1", "[1]"])
def test_only_format_version_1_is_read(version: str) -> None:
    plan, problems = read(f"planctl: {version}\nid: a\ntitle: 甲\ntasks: []\n")
    assert (plan, [problem.location for problem in problems]) == (None, [Location("plan.yaml", 1, 10)])


def test_a_file_that_could_not_be_decoded_says_where_and_why() -> None:
    source = Source("a.yaml", "", Trouble("P001", {"encoding": "GB18030"}, None, 3, 7))
    assert decode(source) == (None, [Problem(Location("a.yaml", 3, 7), "P001", Severity.ERROR, {"encoding": "GB18030"})])


def test_flaws_of_the_text_stand_beside_the_problems_of_its_shape() -> None:
    text = "planctl: 1\nid: demo\ntitle: &t 甲\ntitle: 乙\ntasks: !x []\nnots: 丙\n"
    assert told(text) == [("P004", 3, "&t 甲"), ("P003", 4, "title"), ("P005", 5, "!x ["), ("P011.nearest", 6, "nots")]
    assert read(text)[0] == Plan("plan.yaml", "demo", "甲")


def test_a_text_that_cannot_be_parsed_gives_no_record_and_one_problem() -> None:
    assert (read("planctl: 1\nid: [a\n")[0], told("planctl: 1\nid: [a\n")) == (None, [("P002", 3, "")])


def test_a_merge_key_is_an_unknown_key() -> None:
    assert told(f"{TASK_HEAD}    <<: {{lead: [甲]}}\n") == [("P011", 7, "<<")]
    assert told("planctl: 1\nseverity: {<<: {P306: off}}\n", "planctl.yaml") == [("P021", 2, "{P306")]


# Settings and units


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("language: fr", ["P021"]),
        ("severity: {P306: quiet}", ["P021"]),
        ("severity: [P306]", ["P014"]),
        ("severity: {P306: [off]}", ["P021"]),
        ("waivers: [{code: P101, until: 2026-12-31}]", ["P013"]),
        ("waivers: [{code: P101, reason: 甲}]", ["P013"]),
        ("waivers: {code: P101}", ["P014.list"]),
        ("before_inclusive: no", ["P015"]),
        ("due_soon: -1", ["P015"]),
        ("due_soon: 30 days", ["P015"]),
        ("require_basis: stated", ["P014.list"]),
        ("require_basis: [stated, written]", ["P021"]),
        ("lights: [{when: late, light: red}]", ["P021.nearest"]),
        ("lights: [{when: overdue}]", ["P013"]),
        ("notice: 县政府办", ["P014"]),
        ("calendars: [{holidays: [2027-01-01]}]", ["P013"]),
        ("calendars: [{year: 2027, holidays: [2027-02-12/2027-02-06]}]", ["P015"]),
        ("calendars: [{year: 2027, holidays: [2027-02-30]}]", ["P015"]),
        ("calendars: [{year: 2027, workdays: [2027-02-06/2027-02-07]}]", ["P015"]),
        ("severities: {P306: off}", ["P011.nearest"]),
    ],
)
def test_a_wrong_setting_is_told(line: str, problems: list[str]) -> None:
    assert settings_of(line)[1] == problems


def test_the_other_settings_hold_beside_a_wrong_one() -> None:
    settings, problems = settings_of("due_soon: x\nlanguage: zh\nseverity: {P306: off, P104: x}")
    assert settings == Settings("planctl.yaml", language=Language.ZH, severity={"P306": Severity.OFF})
    assert problems == ["P015", "P021"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("units: [县司法局]\n", [("P014", 2, "县司法局")]),
        ("units: [{aliases: [司法局]}]\n", [("P013", 2, "{aliases")]),
        ("units: [{name: 甲, aliases: 乙}]\n", [("P014.list", 2, "乙")]),
        ("units: [{name: 甲, from: 2020-01-01, to: 2019-12-31}]\n", [("P023", 2, "2019-12-31")]),
        ("groups: [{name: 甲, from: 2020-01-01, to: 2019-12-31}]\n", [("P023", 2, "2019-12-31")]),
        ("units: [{name: 甲, from: 2020-01-01, to: 2020-01-01}]\n", []),
        ("units: [{name: 甲, members: [乙]}]\n", [("P011", 2, "members")]),
        ("groups: [{name: 甲, member: [乙]}]\n", [("P011.nearest", 2, "member")]),
        ("units: [{name: 甲, to: 2019-31-03}]\n", [("P016", 2, "2019-31-03")]),
    ],
)
def test_wrong_units_are_told(text: str, problems: list[tuple[str, int, str]]) -> None:
    assert told(f"planctl: 1\n{text}", "units.yaml") == problems


# Any file

SCALARS = st.sampled_from(
    ["", "~", "1", "甲", "2022-12-31", "2022-02-30", "true", "yes", "year", ">= 9 %", "30 days", "done", "'", "{x}", "%s", "P101"]
)
KEYS = st.sampled_from(
    sorted({part for shape in (PLAN, REGISTRY, SETTINGS) for path in keys_of(shape) for part in path.split("/") if part})
)
NODES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=25)


def as_yaml(node: Any) -> str:
    if isinstance(node, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(value)}" for key, value in node.items()) + "}"
    return (
        "[" + ", ".join(map(as_yaml, node)) + "]"
        if isinstance(node, list)
        else node.replace("'", "''''").join("''")
        if node in ("{x}", "%s", "'")
        else node
    )


@given(NODES, st.sampled_from(["plan.yaml", "units.yaml", "planctl.yaml"]))
def test_any_tree_gives_a_record_or_says_why_not_in_both_languages(node: Any, path: str) -> None:
    root = {
        "planctl": "1",
        "id": "a",
        "title": "甲",
        "tasks": [],
        **(node if isinstance(node, dict) else {"units": node, "severity": node, "events": node}),
    }
    record, problems = read(as_yaml(root), path)
    assert record is not None or problems
    for problem in problems:
        assert all(message_of(problem, lang) and hint_of(problem, lang) for lang in ("zh", "en"))
