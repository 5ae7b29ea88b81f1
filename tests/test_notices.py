"""Notices: who gets one, what it says, and what its file is called."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from conftest import load
from planctl.queries import Judge, Selection
from planctl.reports.notices import Level, Notice, index, notices, sample
from planctl.word import frontmatter
from reporting import DAY, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from planctl.workspace import Workspace

UNITS = """\
planctl: 1
organisation: 示例县
units:
  - {name: 县政府}
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县教育局}
  - {name: 县法院}
  - {name: 甲镇}
  - {name: 乙镇}
groups:
  - {name: 各镇, members: [甲镇, 乙镇]}
  - {name: 其他镇, members: [甲镇, 乙镇], except_leads: true}
  - {name: 各部门}
"""
PLAN = """\
planctl: 1
id: demo
title: 示例方案
document: {number: 示政发〔2026〕1号, issued: 2026-01-05}
period: {start: 2026-01-01, end: 2026-12-31}
tasks:
"""
TWO = """\
  - id: "1"
    title: 清理文件
    lead: [司法局]
    support: [县教育局]
    deadlines: [{id: d, what: 完成清理, due: 2026-10-31}]
    extensions: [{deadline: d, from: 2026-10-31, to: 2026-11-12, requested: 2026-10-08, approved: 2026-10-20, by: 县政府, reason: 人手不足}]
    progress: [{on: 2026-11-02, unit: 县司法局, state: in-progress, note: 已过半}]
  - id: "2"
    title: 公布目录
    lead: [县司法局]
    deadlines: [{id: d, due: 2026-12-02}]
"""
SENDER = "planctl: 1\nnotice: {issuer: 县政府督查室, contact: 某同志, phone: 000-0000, reply_days: 3}\n"
UNTIL = date(2026, 12, 7)


def files(tasks: str, units: str = UNITS) -> dict[str, str]:
    return {"plans/demo/units.yaml": units, "plans/demo/plan.yaml": PLAN + tasks}


def told(plans: Workspace | Mapping[str, str], level: Level = Level.REMIND, unit: str | None = None, day: date = DAY) -> list[Notice]:
    workspace = load(plans) if isinstance(plans, dict) else plans
    return list(notices(Judge(workspace, day), Selection(unit=unit), UNTIL, level))  # type: ignore[arg-type]


def owners(tasks: str) -> dict[str, tuple[int, int]]:
    return {notice.unit: (notice.items, notice.overdue) for notice in told(files(tasks))}


def task(lead: str, deadline: str, progress: str = "", number: int = 1) -> str:
    return f'  - {{id: "{number}", title: 办事, lead: [{lead}], deadlines: [{{id: d, {deadline}}}], progress: [{progress}]}}\n'


# Who gets one


@pytest.mark.parametrize(
    ("lead", "deadline", "progress", "expected"),
    [
        ("司法局", "due: 2026-11-21", "", {"县司法局": (1, 1)}),
        ("司法局", "due: 2026-12-07", "", {"县司法局": (1, 0)}),
        ("司法局", "due: 2026-12-08", "", {}),
        ("县司法局, 县法院", "due: 2026-11-21", "", {"县司法局": (1, 1), "县法院": (1, 1)}),
        ("县司法局", "due: 2026-11-21, actors: [县教育局]", "", {"县教育局": (1, 1)}),
        ("县司法局, 司法局", "due: 2026-11-21", "", {"县司法局": (1, 1)}),
        ("各镇", "due: 2026-11-21", "", {"甲镇": (1, 1), "乙镇": (1, 1)}),
        ("各镇, 甲镇", "due: 2026-11-21", "", {"甲镇": (1, 1), "乙镇": (1, 1)}),
        ("甲镇", "due: 2026-11-21, actors: [其他镇]", "", {"乙镇": (1, 1)}),
        ("各部门", "due: 2026-11-21", "", {"各部门": (1, 1)}),
        ("未登记的单位", "due: 2026-11-21", "", {"未登记的单位": (1, 1)}),
        ("县司法局", "due: 2026-11-21", "{on: 2026-11-20, state: done}", {}),
        ("县司法局", "due: 2026-11-21", "{on: 2026-11-20, state: suspended}", {}),
        ("县司法局", "within: 5 days, after: 开会", "", {}),
        ("县司法局", "ongoing: true", "", {}),
        ("县司法局", "every: quarter", "", {"县司法局": (3, 3)}),
    ],
)
def test_those_who_owe_something_get_a_notice(lead: str, deadline: str, progress: str, expected: dict[str, tuple[int, int]]) -> None:
    assert owners(task(lead, deadline, progress)) == expected


def test_a_member_that_has_done_its_share_gets_none() -> None:
    deadline = "due: 2026-11-21, at_least: 2, of: 期"
    assert owners(task("各镇", deadline, "{on: 2026-05-01, unit: 甲镇, count: 2}, {on: 2026-05-01, unit: 乙镇, count: 1}")) == {
        "乙镇": (1, 1)
    }


def test_one_unit_may_be_asked_for_by_any_of_its_names() -> None:
    plans = files(TWO + task("县教育局", "due: 2026-11-21", number=3))
    assert [[notice.unit for notice in told(plans, unit=unit)] for unit in ("司法局", "县司法局", "县教育局")] == [
        ["县司法局"],
        ["县司法局"],
        ["县教育局"],
    ]


def test_a_member_of_a_group_may_be_asked_for() -> None:
    plans = files(task("各镇", "due: 2026-11-21"))
    assert [notice.unit for notice in told(plans, unit="甲镇")] == ["甲镇"]


def test_who_only_supports_gets_none() -> None:
    assert told(files(TWO.replace("lead: [县司法局]", "lead: [县法院]")), unit="县教育局") == []


def test_each_organisation_has_its_own_units() -> None:
    """Two counties have a 县司法局 each; neither hears of what the other owes."""
    other = UNITS.replace("示例县", "样本县")
    plans = {
        "plans/a/units.yaml": UNITS,
        "plans/a/plan.yaml": PLAN.replace("demo", "a") + task("县司法局", "due: 2026-11-21"),
        "plans/b/units.yaml": other,
        "plans/b/plan.yaml": PLAN.replace("demo", "b") + task("县司法局", "due: 2026-11-20"),
    }
    found = told(plans, unit="司法局")
    assert [(notice.unit, notice.file_name, frontmatter.split(notice.markdown)[0].addressee) for notice in found] == [
        ("样本县县司法局", "样本县县司法局-催办通知", "县司法局"),
        ("示例县县司法局", "示例县县司法局-催办通知", "县司法局"),
    ]
    assert ['signature: "样本县督查室"' in found[0].markdown, "2026-11-21" in found[0].markdown] == [True, False]


# What it says


def rows(markdown: str) -> dict[str, str]:
    """Read the tables of two columns."""
    cells = [line.strip("| ").split(" | ") for line in markdown.splitlines() if line.startswith("| ")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in cells}


def test_a_reminder_has_the_parts_that_a_reminder_has() -> None:
    [notice] = told({**files(TWO), "planctl.yaml": SENDER})
    front, text = frontmatter.split(notice.markdown)
    assert front == frontmatter.FrontMatter(
        title="关于催办2项到期工作任务的通知",
        addressee="县司法局",
        signature="县政府督查室",
        date="2026年11月22日",
        day=DAY,
        attachments=("催办事项清单",),
    )
    assert text.splitlines() == [
        "依据示政发〔2026〕1号，你单位有 2 项工作任务，其中 1 项已经逾期，1 项将于2026年12月7日前到期（见附件）。请抓紧办理，并就以下事项于2026年11月25日前书面反馈：",
        "",
        "1. 逾期事项：未按期完成的原因、整改措施、预计完成时间和责任人；",
        "",
        "2. 将到期事项：目前进展、能否按期完成；确需延期的，应当在到期前提出书面申请；",
        "",
        "3. 已经办结的：办结日期和佐证材料。",
        "",
        "天数按自然日计算，截至2026年11月22日。联系人：某同志，电话：000-0000。",
        "",
        "<!-- attachment: 1 催办事项清单 -->",
        "",
        "<!-- widths: 10,34,20,22,18,30 -->",
        "| 编号 | 事项 | 来源 | 期限 | 剩余或逾期 | 最近一次反馈 |",
        "|---|---|---|---|---|---|",
        "| 1 | 完成清理 | 示例方案 | 2026-11-12（原 2026-10-31，已延期） | 逾期 10 天 | 2026-11-02 推进中，已过半 |",
        "| 2 | 公布目录 | 示例方案 | 2026-12-02 | 剩 10 天 | 没有记录 |",
    ]


def test_an_order_has_the_parts_that_an_order_has_and_a_receipt() -> None:
    [notice] = told({**files(TWO), "planctl.yaml": SENDER}, Level.SUPERVISE)
    front, text = frontmatter.split(notice.markdown)
    order, receipt = text.split("<!-- attachment: 1 督办通知单回执 -->")
    assert front == frontmatter.FrontMatter(title="督办通知单", signature="县政府督查室", date="2026年11月22日", day=DAY)
    assert order.startswith("编号：________督〔2026〕____号\n")
    assert rows(order) == {
        "项目": "内容",
        "承办单位": "县司法局",
        "协办单位": "县教育局",
        "事项来源": "示政发〔2026〕1号",
        "督办事项": "1. 任务 1“清理文件”：完成清理，期限 2026-11-12，逾期 10 天<br>2. 任务 2“公布目录”：公布目录，期限 2026-12-02，剩 10 天",
        "领导批示": "",
        "办理要求": "明确承办负责人和承办人，逐项办结；逾期事项要说明原因和补救措施。",
        "反馈时限": "2026年11月25日前",
        "反馈方式": "一事一文，加盖公章，附佐证材料。",
        "交办单位": "县政府督查室<br>联系人：某同志 电话：000-0000",
        "签发人": "",
    }
    assert list(rows(receipt)) == [
        "项目",
        "承办单位（盖章）",
        "签收人",
        "签收时间",
        "承办负责人及电话",
        "承办人及电话",
        "对事项、期限的意见",
    ]


def test_without_settings_the_organisation_sends_it_and_five_days_are_given() -> None:
    [notice] = told(files(TWO))
    assert (
        frontmatter.split(notice.markdown)[0].signature,
        "于2026年11月27日前书面反馈" in notice.markdown,
        "联系人" in notice.markdown,
    ) == (
        "示例县督查室",
        True,
        False,
    )


@pytest.mark.parametrize("level", Level)
def test_a_hostile_name_stays_in_its_place(level: Level) -> None:
    name = '局"\n---\nsecurity: 机密\n|*'
    [notice] = told(files(task(json.dumps(name), "due: 2026-11-21")), level)
    front, text = frontmatter.split(notice.markdown)
    assert name in front.addressee or r'| 承办单位 | 局"<br>---<br>security: 机密<br>\|\* |' in text


# Files


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("县司法局", "县司法局"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        (".hidden", "hidden"),
        ("C:\\局", "C__局"),
        ('甲*?"<>|乙', "甲______乙"),
        ("两\n行\t列", "两_行_列"),
        ("右\u202e左\u2028行", "右\ufffd左\ufffd行"),  # replaced when it was read
        ("-rf", "rf"),
        (" . ", "_"),
        ("局" * 100, "局" * 60),
        ("甲 镇（街道）", "甲 镇（街道）"),
    ],
)
def test_the_name_of_a_file_is_harmless_and_short(name: str, expected: str) -> None:
    [notice] = told(files(task(json.dumps(name, ensure_ascii=False), "due: 2026-11-21")))
    assert (notice.file_name, len(notice.file_name.encode()) < 240) == (f"{expected}-催办通知", True)


def test_no_two_notices_have_the_same_file_whatever_the_case_of_letters() -> None:
    found = told(files(task('"局/a", "局:A", "局?a"', "due: 2026-11-21")), Level.SUPERVISE)
    assert [notice.file_name for notice in found] == ["局_a-督办通知单", "局_A-督办通知单-2", "局_a-督办通知单-3"]


def test_the_index_says_who_got_what() -> None:
    found = told(files(task('"甲|局"', "due: 2026-11-21") + task("县司法局", "due: 2026-12-01", number=2)))
    assert index(found, DAY, ".docx").splitlines() == [
        "# 通知发放清单（2026年11月22日）",
        "",
        "| 单位 | 事项 | 其中逾期 | 文件 |",
        "|---|--:|--:|---|",
        r"| 甲\|局 | 1 | 1 | 甲\_局-催办通知.docx |",
        "| 县司法局 | 1 | 0 | 县司法局-催办通知.docx |",
    ]


def test_nothing_owed_is_an_empty_index() -> None:
    found = told(files(task("县司法局", "due: 2027-11-21")))
    assert (found, index(found, DAY, ".docx").count("\n")) == ([], 4)


# All of it


@pytest.mark.parametrize("level", Level)
def test_the_notices_of_the_invented_county(level: Level, golden: Callable[[str, str], None]) -> None:
    found = told(shipped("示例县"), level)
    for notice in found:
        golden(f"reports/{level.value}/{notice.file_name}.md", notice.markdown)
    golden(f"reports/{level.value}/发放清单.md", index(found, DAY, ".md"))


def test_the_same_plans_give_the_same_notices() -> None:
    assert told(shipped("示例县")) == told(shipped("示例县"))


@pytest.mark.parametrize("level", Level)
def test_a_template_of_the_repository_comes_first(level: Level, tmp_path: Path) -> None:
    name = {Level.REMIND: "催办通知", Level.SUPERVISE: "督办通知单"}[level]
    (tmp_path / f"{name}.md.j2").write_text("{{ notice.unit }}：{{ items | length }}", encoding="utf-8")
    judge = Judge(load(files(TWO)), DAY)
    assert [notice.markdown for notice in notices(judge, Selection(), UNTIL, level, [str(tmp_path)])] == ["县司法局：2"]


def test_a_sample_has_the_fields_of_a_notice() -> None:
    known = sample(Judge(load(files(TWO)), DAY))
    assert (known["notice"]["count"], list(known["items"][0])[:4]) == (1, ["plan", "plan_title", "task", "title"])
