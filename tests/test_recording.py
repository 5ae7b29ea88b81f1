"""Recording by command: what is written, what is said, what is refused, and what is taken back."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import run
from repositories import IDENTITY, Repo

if TYPE_CHECKING:
    from pathlib import Path

BIN = os.path.dirname(sys.executable)
UNITS = """\
planctl: 1
organisation: 示例县
units:
  # 司法行政
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县财政局}
  - {name: 县政府办}
  - {name: 甲镇}
  - {name: 乙镇}
groups:
  - {name: 各镇, members: [甲镇, 乙镇]}
"""
PLAN = """\
# 示例县的方案
planctl: 1
id: demo
title: 示例县工作方案
document: {issued: 2022-01-01}
period: {start: 2022-01-01, end: 2025-12-31}
tasks:
  - id: "1"
    title: 公布清单
    lead: [县司法局]
    deadlines:
      - {id: publish, due: 2022-12-31, quote: 2022年底前}
    progress:
      # 第一次
      - {on: 2022-03-01, unit: 县司法局, state: accepted}

  - id: "2"
    title: '会前学法'   # 每年
    lead: [县政府办, 县司法局]
    deadlines:
      - {id: study, every: quarter, quote: 每季度}
      - {id: report, every: year, by: 03-01, actors: [县财政局], quote: 每年3月1日前}

  - id: "3"
    title: 备案
    lead: [县司法局]
    deadlines:
      - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
      - {id: store, within: 60 days, after: 规范性文件公布, quote: 自公布之日起60日内}

  - id: "4"
    title: 报送
    lead: [各镇]
# 完
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a repository of one plan."""
    folder = tmp_path / "plans" / "示例县"
    folder.mkdir(parents=True)
    (folder / "方案.yaml").write_bytes(PLAN.encode())
    (folder / "units.yaml").write_bytes(UNITS.encode())
    return tmp_path


def text_of(place: Path, name: str = "方案.yaml") -> str:
    return (place / "plans" / "示例县" / name).read_bytes().decode()


def changed(place: Path) -> str:
    """Show the lines that are not as they were, in the plan and in the units."""
    pairs = ((PLAN, text_of(place)), (UNITS, text_of(place, "units.yaml")))
    lines = [line for old, new in pairs for line in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")]
    return "\n".join(line for line in lines if line[:3] not in ("---", "+++", "@@ "))


def record(place: Path, *args: str) -> tuple[int, str, str]:
    """Run a command: its exit code, what it says, and the lines that it changed."""
    done = run(*args, cwd=place)
    return done.returncode, done.stderr.removesuffix("\n"), changed(place)


# What is written, and said

RECORDED = {
    "progress 1 --state in-progress --note 已起草 --on 2022-06-01": (
        (
            "没有写的，按方案填上：--deadline publish、--unit 县司法局。\n"
            "已记入 demo/1：2022-06-01 县司法局 publish 推进中，已起草。状态不变。"
        ),
        "+      - {on: 2022-06-01, unit: 县司法局, deadline: publish, state: in-progress, note: 已起草}",
    ),
    "progress demo/1 --state accepted --unit 司法局 --on 2022-06-01": (
        "已记入 demo/1：2022-06-01 司法局 签收。状态不变。",
        "+      - {on: 2022-06-01, unit: 司法局, state: accepted}",
    ),
    "done 1 --on 2022-12-20 --evidence https://example.org/1": (
        (
            "没有写的，按方案填上：--deadline publish、--unit 县司法局。\n"
            "已记入 demo/1：2022-12-20 县司法局 publish 办结，佐证：https://example.org/1。1/publish 由逾期变为办结。"
        ),
        '+      - {on: 2022-12-20, unit: 县司法局, deadline: publish, state: done, evidence: ["https://example.org/1"]}',
    ),
    "progress 2 --deadline study --percent 50% --unit 县政府办 --on 2022-05-10": (
        "没有写的，按方案填上：--period 2022-Q2。\n已记入 demo/2：2022-05-10 县政府办 study（2022-Q2），完成 50%。状态不变。",
        "+    progress:\n+      - {on: 2022-05-10, unit: 县政府办, deadline: study, period: 2022-Q2, percent: 50%}",
    ),
    "done 2 --deadline report --on 2023-02-27 --evidence https://example.org/2": (
        (
            "没有写的，按方案填上：--period 2023、--unit 县财政局。\n"
            "已记入 demo/2：2023-02-27 县财政局 report（2023） 办结，佐证：https://example.org/2。2/report@2023 由逾期变为办结。"
        ),
        (
            "+    progress:\n"
            '+      - {on: 2023-02-27, unit: 县财政局, deadline: report, period: 2023, state: done, evidence: ["https://example.org/2"]}'
        ),
    ),
    "progress 4 --count 2 --unit 甲镇 --on 2022-05-10": (
        "已记入 demo/4：2022-05-10 甲镇 2 次。状态不变。",
        "+    progress:\n+      - {on: 2022-05-10, unit: 甲镇, count: 2}",
    ),
    "extend 1 --to 2023-06-30 --requested 2022-12-01 --approved 2022-12-10 --by 县政府办 --number 示政办〔2022〕9号 --reason 系统未上线": (
        (
            "没有写的，按方案填上：--deadline publish、--from 2022-12-31。\n"
            "已记入 demo/1：publish 延期，2022-12-31 改为 2023-06-30，2022-12-10 批准（县政府办 示政办〔2022〕9号）。"
            "1/publish 期限由 2022-12-31 改为 2023-06-30，逾期。"
        ),
        (
            "+    extensions:\n+      - deadline: publish\n+        from: 2022-12-31\n+        to: 2023-06-30\n+        requested: 2022-12-01\n"
            "+        approved: 2022-12-10\n+        by: 县政府办\n+        number: 示政办〔2022〕9号\n+        reason: 系统未上线"
        ),
    ),
    "extend 2 --deadline study --to 2022-07-31 --requested 2022-06-20": (
        (
            "没有写的，按方案填上：--period 2022-Q2、--from 2022-06-30。\n"
            "已记入 demo/2：study（2022-Q2） 申请延期，2022-06-30 改为 2022-07-31，2022-06-20 申请，批准后生效。状态不变。"
        ),
        "+    extensions:\n+      - {deadline: study, period: 2022-Q2, from: 2022-06-30, to: 2022-07-31, requested: 2022-06-20}",
    ),
    "event 规范性文件公布 --on 2022-09-01 --ref 示政办〔2022〕3号 --at 09:30": (
        (
            "没有写的，按方案填上：--plan demo。\n"
            "已记入 demo：2022-09-01 事件“规范性文件公布”（示政办〔2022〕3号）。"
            "3/file@2022-09-01 起算，2022-10-01 到期，逾期；3/store@2022-09-01 起算，2022-10-31 到期，逾期。"
        ),
        '+events:\n+  - {on: 2022-09-01, at: "09:30", name: 规范性文件公布, ref: 示政办〔2022〕3号}',
    ),
    "event 规范性文件公布 --on 2022-09-01 --task 3": (
        (
            "已记入 demo：2022-09-01 事件“规范性文件公布”。"
            "3/file@2022-09-01 起算，2022-10-01 到期，逾期；3/store@2022-09-01 起算，2022-10-31 到期，逾期。"
        ),
        '+events:\n+  - {on: 2022-09-01, name: 规范性文件公布, tasks: ["3"]}',
    ),
    "cancel demo/1 --by 县政府办 --reason 任务调整 --on 2022-10-01": (
        "已记入 demo/1：2022-10-01 撤销，县政府办，任务调整。1/publish 由逾期变为撤销。",
        "+    cancelled: {on: 2022-10-01, by: 县政府办, reason: 任务调整}",
    ),
    "cancel demo --by 县政府办 --reason 新方案 --on 2022-10-01": (
        "已记入 demo：2022-10-01 方案终止，县政府办，新方案。1/publish 不再要求；2/study@2022-Q4 不再要求；2/study@2023-Q1 不再要求；2/study@2023-Q2 不再要求；另有 15 期。",
        "+ended: {on: 2022-10-01, by: 县政府办, reason: 新方案}",
    ),
    "add-task demo --id 2-1 --title 汇总 --lead 县司法局 --lead 县财政局 --support 甲镇 --section 一 --after 2": (
        "已记入 demo/2-1：新任务 2-1 汇总，牵头单位：县司法局、县财政局。",
        '+  - id: "2-1"\n+    title: 汇总\n+    section: [一]\n+    lead: [县司法局, 县财政局]\n+    support: [甲镇]\n+',
    ),
    "rename-unit 县财政局 县财政金融局 --on 2023-07-01": (
        "已记入 plans/示例县/units.yaml：县财政局 存续到 2023-06-30，由 县财政金融局 承接。",
        "-  - {name: 县财政局}\n+  - {name: 县财政局, to: 2023-06-30, successors: [县财政金融局]}\n+  - {name: 县财政金融局, from: 2023-07-01}",
    ),
    "rename-unit 甲镇 甲街道 --on 2023-07-01": (
        "已记入 plans/示例县/units.yaml：甲镇 存续到 2023-06-30，由 甲街道 承接。",
        (
            "-  - {name: 甲镇}\n+  - {name: 甲镇, to: 2023-06-30, successors: [甲街道]}\n+  - {name: 甲街道, from: 2023-07-01}\n"
            "-  - {name: 各镇, members: [甲镇, 乙镇]}\n+  - {name: 各镇, members: [甲镇, 甲街道, 乙镇]}"
        ),
    ),
    "rename-unit 县司法局 司法局 --on 2023-07-01": (
        "已记入 plans/示例县/units.yaml：县司法局 存续到 2023-06-30，由 司法局 承接。",
        (
            "-  - {name: 县司法局, aliases: [司法局]}\n+  - {name: 县司法局, aliases: [], to: 2023-06-30, successors: [司法局]}\n"
            "+  - {name: 司法局, from: 2023-07-01}"
        ),
    ),
}


@pytest.mark.parametrize("command", RECORDED)
def test_a_command_writes_its_entry_and_says_what_came_of_it(command: str, place: Path) -> None:
    assert record(place, *command.split()) == (0, *RECORDED[command])


@pytest.mark.parametrize("command", RECORDED)
def test_a_dry_run_shows_the_difference_and_writes_nothing(command: str, place: Path) -> None:
    shown = run(*command.split(), "--dry-run", cwd=place)
    body = [line for line in shown.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("---", "+++")]

    assert (shown.returncode, "\n".join(body), changed(place)) == (0, RECORDED[command][1], "")
    assert "将记入" in shown.stderr


@pytest.mark.parametrize("command", RECORDED)
def test_what_was_recorded_last_is_taken_back_to_the_byte(command: str, place: Path) -> None:
    assert run(*command.split(), cwd=place).returncode == 0

    code, said, lines = record(place, "undo")

    what = re.search("已记入 (.*?)：(.*?)。", RECORDED[command][0])
    assert what
    assert (code, said, lines) == (0, f"已撤回 {what[1]} 的一条：{what[2]}。", "")


def test_an_event_known_beforehand_is_recorded_today(place: Path) -> None:
    code, _, lines = record(place, "event", "规范性文件公布", "--on", "+30d")
    assert (code, bool(re.fullmatch(r"\+events:\n\+  - \{on: \S+, recorded: \S+, name: 规范性文件公布\}", lines))) == (0, True)


def test_an_entry_of_a_unit_that_has_a_new_name_is_by_the_name_then_valid(place: Path) -> None:
    run("rename-unit", "县财政局", "县财政金融局", "--on", "2023-07-01", cwd=place)
    for day in ("2023-02-27", "2024-02-27"):
        run("done", "2", "--deadline", "report", "--on", day, "--evidence", "https://example.org", cwd=place)
    units = re.findall(r"on: (\S+), unit: (\S+),", text_of(place))
    assert units[1:] == [("2023-02-27", "县财政局"), ("2024-02-27", "县财政金融局")]
    assert run("validate", cwd=place).returncode == 0


# What is refused

REFUSED = {
    "progress 2 --deadline study --period 2022-Q9 --state done --unit 县政府办 --on 2022-06-01": ["P305"],
    "progress 2 --deadline study --period 2022-Q2 --state done --unit 甲镇 --on 2022-06-01": ["P301"],
    "progress 1 --state done --on 2999-01-01": ["P016"],
    "progress 1 --state done --on 2199-01-01": ["P302"],
    "progress 1 --state done --on 2021-06-01": ["P303"],
    "progress 1 --deadline publsh --state done": ["P304"],
    "progress 1 --percent 101": ["P015"],
    "progress 1 --count two": ["P015"],
    "extend 1 --to 2023-06-30 --from 2022-12-30 --requested 2022-12-01": ["P308"],
    "extend 1 --to 2022-06-30 --requested 2022-06-01": ["P308"],
    "extend 1 --to 2023-06-30 --requested 2023-01-05 --approved 2023-01-10 --by 县政府办": ["P307"],
    "extend 1 --to 2023-06-30 --requested 2022-12-05 --approved 2022-12-01 --by 县政府办": ["P308"],
    "add-task demo --id 2 --title 又一项 --lead 县司法局": ["P402"],
    "add-task demo --id 5 --title 又一项 --lead 县司法所": ["P102"],
}


@pytest.mark.parametrize("command", [each for each in REFUSED if "2999" not in each])
def test_what_would_make_the_plan_wrong_is_refused_with_the_codes(command: str, place: Path) -> None:
    code, said, lines = record(place, *command.split())
    assert (code, re.findall(r" error (P\d+) ", said), lines) == (1, REFUSED[command], "")
    assert said.splitlines()[-1].startswith("没有写入。")
    assert not (place / "plans" / ".planctl-journal").exists()


def test_what_is_done_before_its_event_is_refused(place: Path) -> None:
    run("event", "规范性文件公布", "--on", "2022-09-01", cwd=place)
    before = changed(place)
    code, said, lines = record(
        place, "progress", "3", "--deadline", "file", "--period", "2022-09-01", "--state", "done", "--on", "2022-08-20"
    )
    assert (code, re.findall(r" error (P\d+) ", said), lines) == (1, ["P313"], before)


def test_a_reason_records_it_all_the_same_and_stands_in_the_note(place: Path) -> None:
    extension = (
        "extend 1 --to 2023-06-30 --requested 2023-01-05 --approved 2023-01-10 --by 县政府办 --reason 系统未上线 --force 县政府会议决定"
    )
    code, said, lines = record(place, *extension.split())
    assert (code, re.findall(r" error (P\d+) ", said)) == (0, ["P307"])
    assert "reason: 系统未上线 （强行记录：县政府会议决定）" in lines


def test_a_reason_that_was_not_needed_does_not_stand_there(place: Path) -> None:
    assert record(place, "progress", "1", "--note", "甲", "--on", "2022-06-01", "--force", "无")[2].count("强行") == 0


def test_no_reason_makes_an_unreadable_entry_readable(place: Path) -> None:
    assert record(place, "progress", "1", "--percent", "101", "--force", "无")[::2] == (1, "")


def test_what_was_wrong_before_keeps_nobody_from_recording(place: Path) -> None:
    path = place / "plans" / "示例县" / "方案.yaml"
    path.write_bytes(PLAN.replace("lead: [各镇]", "lead: []").replace("2022年底前", "2023年底前").encode())
    assert run("validate", cwd=place).returncode == 1
    assert run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place).returncode == 0


def test_a_plan_that_cannot_be_read_is_not_written_to(place: Path) -> None:
    broken = place / "plans" / "示例县" / "另一.yaml"
    broken.write_text("planctl: 1\nid: [\n", encoding="utf-8")
    assert run("progress", "demo/1", "--note", "甲", "--on", "2022-06-01", cwd=place).returncode == 0
    assert run("progress", "another/1", "--note", "甲", cwd=place).returncode == 2


# What has been recorded already, or is idle

TWICE = {
    "progress 1 --percent 50 --on 2022-06-01": ("progress 1 --percent 50 --on 2022-06-01 --note 补登", "P314"),
    "progress 2 --deadline study --count 1 --unit 县政府办 --on 2022-05-10": (
        "progress 2 --deadline study --count 1 --unit 县政府办 --on 2022-05-10",
        "P314",
    ),
    "done 1 --on 2022-12-20": ("done 1 --on 2022-12-20 --evidence https://example.org/1", "P314"),
    "event 规范性文件公布 --on 2022-09-01 --at 21:40": ("event 规范性文件公布 --on 2022-09-01 --at 21:40 --task 3", "P315"),
}


@pytest.mark.parametrize("command", TWICE)
def test_what_is_recorded_already_is_recorded_again_only_for_a_reason(command: str, place: Path) -> None:
    """A figure would count twice, and an event start a second clock."""
    again, code = TWICE[command]
    run(*command.split(), cwd=place)
    before = changed(place)

    refused = record(place, *again.split())
    assert (refused[0], re.findall(r" warning (P31[45]) ", refused[1]), refused[2]) == (1, [code], before)
    assert refused[1].splitlines()[-1] == "没有写入。改正后再试；确要记录的，加 --force 和理由。"
    assert record(place, *again.split(), "--force", "另一回")[0] == 0
    assert "（强行记录：另一回）" in changed(place)


DISTINCT = {
    "progress 1 --note 甲 --on 2022-06-01": "progress 1 --note 乙 --on 2022-06-01",
    "progress 1 --percent 50 --on 2022-06-01": "progress 1 --percent 50 --on 2022-06-02",
    "progress 2 --deadline study --count 1 --unit 县政府办 --on 2022-05-10": "progress 2 --deadline study --count 1 --unit 县司法局 --on 2022-05-10",
    "event 规范性文件公布 --on 2022-09-01 --ref 示政办〔2022〕3号": "event 规范性文件公布 --on 2022-09-01 --ref 示政办〔2022〕4号",
    "event 规范性文件公布 --on 2022-09-01 --at 09:30": "event 规范性文件公布 --on 2022-09-01 --at 21:40",
}


@pytest.mark.parametrize("command", DISTINCT)
def test_what_says_something_of_its_own_is_recorded(command: str, place: Path) -> None:
    assert [record(place, *each.split())[0] for each in (command, DISTINCT[command])] == [0, 0]


def test_an_event_that_no_deadline_of_the_task_waits_for_is_refused(place: Path) -> None:
    code, said, lines = record(place, "event", "规范性文件公布", "--on", "2022-09-01", "--task", "1")
    assert (code, said.splitlines()[0], lines) == (
        1,
        "demo 要记的这一条 warning P309 任务 1 没有时限在等“规范性文件公布”这一事件。在等的任务：3。",
        "",
    )


def test_nothing_is_recorded_of_a_task_that_was_cancelled_but_for_a_reason(place: Path) -> None:
    run("cancel", "demo/1", "--by", "县政府办", "--reason", "调整", "--on", "2022-10-01", cwd=place)
    assert record(place, "done", "1", "--on", "2022-09-30")[0] == 0
    before = changed(place)
    code, said, lines = record(place, "done", "1", "--on", "2022-12-20")
    assert (code, said.splitlines()[0], lines) == (2, "任务 demo/1 已于 2022-10-01 撤销，没有再记。", before)
    assert record(place, "done", "1", "--on", "2022-12-20", "--force", "已在办")[0] == 0
    assert "（强行记录：已在办）" in changed(place)


DOUBTFUL = {
    "event 规范性文件公布 --on 2122-11-02": "--on 2122-11-02 离今天还有 ",
    "event 规范性文件公布 --on 2026-01-05": "2026-01-05 在方案期限（2025-12-31）之后，不会起算。",
    "cancel demo/1 --by 县政府办 --reason 调整 --on +10d": " 在今天之后，到那天才算数；核对有没有写错。",
    "cancel demo/1 --by 县政府半 --reason 调整": "units.yaml 里没有“县政府半”（是不是“县政府办”？），核对有没有写错。",
    "extend 1 --to 2122-06-30 --requested 2022-12-01 --approved 2022-12-02 --by 县政府办": "--to 2122-06-30 离今天还有 ",
}


@pytest.mark.parametrize("command", DOUBTFUL)
def test_what_is_probably_a_slip_is_recorded_and_questioned(command: str, place: Path) -> None:
    code, said, lines = record(place, *command.split())
    assert (code, DOUBTFUL[command] in said, bool(lines)) == (0, True, True), said


def test_a_refused_entry_is_not_placed_at_a_line_that_does_not_exist(place: Path) -> None:
    said = record(place, "progress", "1", "--state", "done", "--on", "2021-06-01")[1]
    assert re.findall(r"^(.*) error P303 ", said, re.MULTILINE) == ["demo/1 要记的这一条"]


def test_what_a_new_name_makes_wrong_in_a_plan_is_placed_there(place: Path) -> None:
    run("done", "1", "--on", "2022-12-20", cwd=place)
    said = record(place, "rename-unit", "县司法局", "县法治局", "--on", "2022-06-01")[1]
    assert re.findall(r"^(\S+): error P105 ", said, re.MULTILINE) == ["plans/示例县/方案.yaml:16:32"]


def test_a_unit_is_not_renamed_to_what_it_is_called(place: Path) -> None:
    for new in ("县财政局", "　县财政局 ", ""):
        assert record(place, "rename-unit", "县财政局", new)[::2] == (2, "")
    assert "name: 县金融局" in record(place, "rename-unit", "县财政局", " 县金融局", "--on", "2023-07-01")[2]


def test_why_a_status_stays_is_told(place: Path) -> None:
    run("progress", "1", "--state", "returned", "--on", "2022-12-25", cwd=place)
    assert record(place, "done", "1", "--on", "2022-12-20")[1].endswith("状态不变：1/publish 仍为逾期，2022-12-25 另记了退办。")
    run("done", "1", "--on", "2022-12-28", cwd=place)
    assert record(place, "done", "1", "--on", "2022-12-29")[1].endswith("状态不变：1/publish 原来就是办结。")


def test_a_plan_ends_although_a_clock_would_have_run_on(place: Path) -> None:
    """What was done while it ran stays recorded; what is not due yet is owed no more, which is not to be done."""
    run("event", "规范性文件公布", "--on", "2022-09-01", cwd=place)
    run("progress", "3", "--deadline", "file", "--period", "2022-09-01", "--state", "in-progress", "--on", "2022-09-05", cwd=place)
    code, said, _ = record(place, "cancel", "demo", "--by", "县政府办", "--reason", "新方案", "--on", "2022-09-20")
    assert (code, "3/store@2022-09-01 不再要求" in said or "另有" in said, "变为办结" in said) == (0, True, False)
    assert run("validate", cwd=place).returncode == 0


def test_an_approval_takes_up_the_request(place: Path) -> None:
    run("extend", "1", "--to", "2023-06-30", "--requested", "2022-12-01", "--by", "县司法局", cwd=place)
    record(place, "extend", "1", "--to", "2023-05-31", "--approved", "2023-01-10", "--by", "县政府办")
    assert "requested: 2022-12-01, approved: 2023-01-10, by: 县政府办" in re.sub(r"\n\+ +", ", ", changed(place))


def test_where_a_plan_cannot_be_read_that_is_told_before_what_is_not_found(place: Path) -> None:
    path = place / "plans" / "示例县" / "方案.yaml"
    path.write_bytes(PLAN.replace("tasks:", "tasks: [", 1).encode())
    for command in ("progress 1 --note 甲", "event 规范性文件公布", "add-task demo --id 9", "log --task 1"):
        done = run(*command.split(), cwd=place)
        assert (done.returncode, done.stderr.startswith("plans/示例县/方案.yaml:8:3: error P002 ")) == (2, True), done.stderr


# What is missing

MISSING = {
    "progress 1": "缺少：--state（accepted、in-progress、submitted、returned、done、closed、suspended、cancelled）。",
    "done 2": "缺少：--deadline（study、report）、--unit（县政府办、县司法局）。",
    "done 4": "缺少：--unit（甲镇、乙镇）。",
    "extend 1": "缺少：--to。",
    "extend 1 --to 2023-06-30 --approved 2023-01-10": "缺少：--requested、--by。",
    "cancel demo/1": "缺少：--by、--reason。",
    "add-task demo --id 9": "缺少：--title、--lead。",
}


@pytest.mark.parametrize("command", MISSING)
def test_what_cannot_be_told_is_named_where_nobody_can_be_asked(command: str, place: Path) -> None:
    code, said, lines = record(place, *command.split())
    assert (code, said.splitlines()[0], lines) == (2, MISSING[command], "")


UNABLE = {
    "progress 9 --note 甲": "没有名为“9”的任务。",
    "event 规范性文件发布": "没有名为“规范性文件发布”的事件。",
    "done 1 --evidence 4.pdf": "没有 4.pdf 这个文件，不能作佐证。",
    "rename-unit 县教育局 县教体局": "没有名为“县教育局”的单位。",
    "progress 1 --state finished": "--state 只能是：accepted、in-progress、submitted、returned、done、closed、suspended、cancelled。",
    "progress 1 --state done --on 昨天": "看不懂日期“昨天”。",
}


@pytest.mark.parametrize("command", UNABLE)
def test_a_mistake_is_told_and_nothing_is_written(command: str, place: Path) -> None:
    code, said, lines = record(place, *command.split())
    assert (code, said.splitlines()[0], lines) == (2, UNABLE[command], "")


@pytest.mark.parametrize("command", ["cancel demo/1 --by 甲 --reason 乙", "cancel demo --by 甲 --reason 乙", "rename-unit 甲镇 丙镇"])
def test_what_has_ended_does_not_end_again(command: str, place: Path) -> None:
    assert run(*command.split(), cwd=place).returncode == 0
    before = changed(place)
    assert record(place, *command.split())[::2] == (2, before)


def test_on_a_terminal_it_is_asked_for(place: Path) -> None:
    """Choices have numbers and say what they are; a wrong answer is told, and asked for again."""
    shown = on_terminal(place, ["done", "2", "--on", "2022-05-10"], "nothing\n1\n县政府办\n").replace("\r", "")
    choices = "  1  study  每季度\n  2  report  每年3月1日前\n哪一项时限（--deadline），填序号或名称："
    assert f"{choices}没有“nothing”这一项：填 1 到 2 的序号，或者上面的名称。\n哪一项时限（--deadline），填序号或名称：" in shown
    assert "+      - {on: 2022-05-10, unit: 县政府办, deadline: study, period: 2022-Q2, state: done}" in changed(place)


def test_on_a_terminal_a_state_is_chosen_by_its_name_and_a_day_that_is_none_is_told(place: Path) -> None:
    assert "  5  done  办结\n" in on_terminal(place, ["progress", "1", "--on", "2022-12-20"], "完工\n办结\n").replace("\r", "")
    assert "没有“2022-02-30”这一天。" in on_terminal(place, ["extend", "1", "--requested", "2022-12-01"], "2022-02-30\n2023年6月30日\n")
    assert re.findall("state: done|to: 2023-06-30", changed(place)) == ["state: done", "to: 2023-06-30"]


SPOKEN = {
    "progress 1 --state 办结 --on 2022年12月20日": "on: 2022-12-20, unit: 县司法局, deadline: publish, state: done",
    "progress 1 --state=推进中 --percent ６０％ --on 2022.12.1": "on: 2022-12-01, unit: 县司法局, deadline: publish, state: in-progress, percent: 60%",
    "done 2 --deadline study --unit 县政府办 --period 2022年第二季度 --on ２０２２－０５－１０": "period: 2022-Q2, state: done",
    "add-task demo --id 9 --title 汇总 --lead 县司法局 --basis 指定": "basis: assigned",
}


@pytest.mark.parametrize("command", SPOKEN)
def test_what_people_write_is_understood(command: str, place: Path) -> None:
    code, _, lines = record(place, *command.split())
    assert (code, SPOKEN[command] in lines) == (0, True), lines


def on_terminal(place: Path, args: list[str], answers: str) -> str:
    """Give what a terminal shows on which somebody answers."""
    master, slave = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh", "TERM": "dumb"}
    command = [sys.executable, "-m", "planctl", *args]
    with subprocess.Popen(command, cwd=place, env=environment, stdin=slave, stdout=slave, stderr=slave) as running:
        os.close(slave)
        os.write(master, answers.encode())
        parts = []
        while part := read_some(master):
            parts.append(part)
    os.close(master)
    assert running.returncode == 0
    return b"".join(parts).decode()


def read_some(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("progress", "demo/2", "--deadline", ""), ["study", "report"]),
        (("done", "3", "--deadline", "s"), ["store"]),
        (("progress", "2", "--period", "2025-"), ["2025-Q4", "2025-Q3", "2025-Q2", "2025-Q1"]),
        (("progress", "4", "--unit", ""), ["甲镇", "乙镇", "县司法局", "县财政局", "县政府办", "各镇", "司法局"]),
        (("progress", "1", "--state", "s"), ["submitted", "suspended"]),
        (("event", ""), ["规范性文件公布"]),
        (("cancel", "demo"), ["demo/1", "demo/2", "demo/3", "demo/4", "demo"]),
        (("rename-unit", "县财"), ["县财政局"]),
    ],
)
def test_completion_offers_what_the_task_has(words: tuple[str, ...], found: list[str], place: Path) -> None:
    env = {"_PLANCTL_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(("planctl", *words)), "COMP_CWORD": str(len(words))}
    assert run(cwd=place, env=env).stdout.split() == found


# Evidence


def test_a_file_is_recorded_with_its_path_from_the_plan_and_its_digest(place: Path) -> None:
    (place / "清单.pdf").write_bytes(b"%PDF")
    (place / "plans" / "示例县" / "evidence").mkdir()
    (place / "plans" / "示例县" / "evidence" / "1.pdf").write_bytes(b"%PDF-1")

    code, _, lines = record(place, "done", "1", "--on", "2022-12-20", "--evidence", "清单.pdf", "--evidence", "evidence/1.pdf")

    digests = [hashlib.sha256(data).hexdigest() for data in (b"%PDF", b"%PDF-1")]
    entry = f"+          - {{path: ../../清单.pdf, sha256: {digests[0]}}}\n+          - {{path: evidence/1.pdf, sha256: {digests[1]}}}"
    assert (code, entry in lines) == (0, True)
    assert run("validate", cwd=place).returncode == 0
    (place / "清单.pdf").write_bytes(b"%PDF, another")
    (place / "plans" / "示例县" / "evidence" / "1.pdf").unlink()
    assert re.findall(r" error (P\d+) ", run("validate", cwd=place).stdout) == ["P312", "P311"]


def test_a_revision_is_not_asked_for_the_files_of_the_disk(place: Path) -> None:
    (place / "1.pdf").write_bytes(b"%PDF")
    run("done", "1", "--on", "2022-12-20", "--evidence", "1.pdf", cwd=place)
    repo = Repo(place)
    repo.commit("done", day="2023-01-01")
    (place / "1.pdf").unlink()
    assert [run("validate", *args, cwd=place).returncode for args in ((), ("--rev", "HEAD"))] == [1, 0]


def test_evidence_outside_the_repository_is_refused(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nobody who has the plans would have it."""
    outside = tmp_path_factory.mktemp("outside") / "证.pdf"
    outside.write_bytes(b"%PDF")
    for make in (lambda: None, lambda: Repo(place)):
        make()
        code, said, lines = record(place, "done", "1", "--on", "2022-12-20", "--evidence", str(outside))
        assert (code, said.splitlines()[0], lines) == (2, f"佐证 {outside} 不在本仓库里，别的电脑上没有，不能作佐证。", "")
        assert "plans/示例县/evidence/证.pdf" in said


def test_evidence_that_git_has_not_heard_of_is_to_be_added(place: Path) -> None:
    repo = Repo(place)
    (place / "清单.pdf").write_bytes(b"%PDF")
    code, said, _ = record(place, "done", "1", "--on", "2022-12-20", "--evidence", "清单.pdf")
    assert (code, said.splitlines()[0]) == (0, "佐证 清单.pdf 还没有加入 git；提交以前先 git add，否则别人拿不到，提交时报 P311。")
    repo.git("add", "清单.pdf")
    assert "git add" not in record(place, "done", "1", "--on", "2022-12-21", "--evidence", "清单.pdf")[1]


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_file_is_no_evidence(kind: str, place: Path) -> None:
    if kind == "pipe":
        os.mkfifo(place / "x.pdf")
    else:
        (place / "x.pdf").mkdir()
    assert record(place, "done", "1", "--evidence", "x.pdf")[::2] == (2, "")


# Taking back


def test_entries_are_taken_back_one_after_the_other(place: Path) -> None:
    for note in ("甲", "乙"):
        run("progress", "1", "--note", note, "--on", "2022-06-01", cwd=place)
    said = [record(place, "undo")[1:] for _ in range(3)]
    kept = "+      - {on: 2022-06-01, unit: 县司法局, deadline: publish, note: 甲}"
    assert [lines for _, lines in said] == [kept, "", ""]
    assert said[-1][0] == "没有可以撤回的记录。"


def edited(place: Path, old: str, new: str) -> None:
    """Edit the plan by hand."""
    path = place / "plans" / "示例县" / "方案.yaml"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


@pytest.mark.parametrize("command", [each for each in RECORDED if not each.startswith("rename")])
def test_an_entry_is_taken_back_where_the_file_has_changed_elsewhere(command: str, place: Path) -> None:
    run(*command.split(), cwd=place)
    edited(place, "title: 公布清单", "title: 公布权责清单")
    edited(place, "# 完", "# 写完")
    assert record(place, "undo")[::2] == (0, "-    title: 公布清单\n+    title: 公布权责清单\n-# 完\n+# 写完")


@pytest.mark.parametrize("command", [each for each in RECORDED if each.startswith("rename")])
def test_a_name_is_taken_back_where_the_list_has_changed_elsewhere(command: str, place: Path) -> None:
    run(*command.split(), cwd=place)
    path = place / "plans" / "示例县" / "units.yaml"
    path.write_bytes(path.read_bytes().replace("# 司法行政".encode(), "# 司法".encode()))
    assert record(place, "undo")[::2] == (0, "-  # 司法行政\n+  # 司法")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("note: 甲", "note: 乙", "这一条后来改过（note: 甲 → 乙）。"),
        ("note: 甲}", "note: 甲}  # 重要", "这一条已经不在，或者有人在旁边写了注释。"),
        ("- {on: 2022-06-01", "# 重要\n      - {on: 2022-06-01", "这一条已经不在，或者有人在旁边写了注释。"),
    ],
)
def test_an_entry_that_somebody_has_touched_stays_and_is_named(old: str, new: str, why: str, place: Path) -> None:
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    edited(place, old, new)
    before = changed(place)
    code, said, lines = record(place, "undo")
    head = "最后记的是 demo/1 的2022-06-01 县司法局 publish，甲，撤不回：plans/示例县/方案.yaml 里"
    assert (code, said.splitlines()[0], lines) == (2, head + why, before)


def test_a_dead_entry_is_taken_off_the_journal_so_that_the_one_before_can_be_undone(place: Path) -> None:
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    between = changed(place)
    run("progress", "1", "--note", "乙", "--on", "2022-06-02", cwd=place)
    edited(place, "      - {on: 2022-06-02, unit: 县司法局, deadline: publish, note: 乙}\n", "")
    dropped = "撤回的日志里去掉了 demo/1 的一条：2022-06-02 县司法局 publish，乙。文件没有改。"

    assert record(place, "undo")[0] == 2
    assert record(place, "undo", "--drop", "--dry-run")[::2] == (0, between)
    assert record(place, "undo", "--drop") == (0, dropped, between)
    assert record(place, "undo")[::2] == (0, "")
    assert record(place, "undo", "--drop") == (0, "没有可以撤回的记录。", "")


def test_an_entry_of_a_file_that_has_another_name_is_named(place: Path) -> None:
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    path = place / "plans" / "示例县" / "方案.yaml"
    path.rename(path.with_name("新名.yaml"))
    said = run("undo", cwd=place).stderr
    assert said.startswith("最后记的是 demo/1 的2022-06-01 县司法局 publish，甲，撤不回：没有 ")


def test_a_dry_run_of_undo_shows_what_goes(place: Path) -> None:
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    before = changed(place)
    done = run("undo", "--dry-run", cwd=place)
    assert (done.returncode, changed(place)) == (0, before)
    assert "-      - {on: 2022-06-01, unit: 县司法局, deadline: publish, note: 甲}\n" in done.stdout


def test_git_never_has_the_journal(place: Path) -> None:
    repo = Repo(place)
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    repo.commit("all")
    assert repo.git("-c", "core.quotepath=off", "ls-files").splitlines() == ["plans/示例县/units.yaml", "plans/示例县/方案.yaml"]


def test_a_journal_that_a_crash_has_cut_off_serves_on(place: Path) -> None:
    run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place)
    journal = place / "plans" / ".planctl-journal" / "entries.jsonl"
    journal.write_bytes(journal.read_bytes() + b'{"recording": {"ki')
    run("progress", "1", "--note", "乙", "--on", "2022-06-01", cwd=place)
    assert [record(place, "undo")[0] for _ in range(2)] == [0, 0]
    assert changed(place) == ""


# The file stays as it is

STYLES = {
    "CRLF": PLAN.replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + PLAN,
    "no line break at the end": PLAN.rstrip("\n"),
}


@pytest.mark.parametrize("style", STYLES)
def test_the_file_stays_as_it_is_but_for_the_entry(style: str, place: Path) -> None:
    path = place / "plans" / "示例县" / "方案.yaml"
    before = STYLES[style].encode()
    path.write_bytes(before)

    assert run("progress", "1", "--note", "甲", "--on", "2022-06-01", cwd=place).returncode == 0

    after = path.read_bytes()
    start = next(place for place in range(len(after)) if before[place : place + 1] != after[place : place + 1])
    end = len(before) - start
    assert (before[:start], before[start:]) == (after[:start], after[len(after) - end :])
    assert after[start : len(after) - end].decode().strip("\r\n -{").startswith("on: 2022-06-01, unit: 县司法局")
    assert run("undo", cwd=place).returncode == 0
    assert path.read_bytes() == before


# log


def test_the_log_lists_what_was_recorded_the_newest_first(place: Path) -> None:
    for command in list(RECORDED)[:3] + [each for each in RECORDED if each.startswith(("extend 1", "event", "cancel demo/1"))]:
        run(*command.replace("--task 3", "--task 3 --at 10:00").split(), cwd=place)
    done = run("log", "--since", "2022-06-01", cwd=place)
    assert (done.returncode, done.stderr) == (0, "共 7 条记录。\n")
    assert done.stdout.splitlines()[1:] == [
        "2022-12-20  demo  1     县司法局  进展  publish 办结，佐证：https://example.org/1",
        "2022-12-10  demo  1     县政府办  延期  publish 2022-12-31 → 2023-06-30（系统未上线）",
        "2022-10-01  demo  1     县政府办  撤销  任务调整",
        "2022-09-01  demo  3               事件  2022-09-01 规范性文件公布",
        "2022-09-01  demo                  事件  2022-09-01 规范性文件公布（示政办〔2022〕3号）",
        "2022-06-01  demo  1     县司法局  进展  签收",
        "2022-06-01  demo  1     县司法局  进展  publish 推进中，已起草",
    ]


def test_the_log_of_a_unit_a_task_and_as_records(place: Path) -> None:
    for command in list(RECORDED)[:5]:
        run(*command.split(), cwd=place)
    found = json.loads(run("log", "--unit", "司法局", "--task", "demo/1", "--format", "json", cwd=place).stdout)
    assert [each["record"].get("state") for each in found] == ["done", "accepted", "in-progress", "accepted"]
    assert found[0] == {
        "on": "2022-12-20",
        "plan": "demo",
        "task": "1",
        "unit": "县司法局",
        "kind": "progress",
        "record": {"on": "2022-12-20", "unit": "县司法局", "deadline": "publish", "state": "done", "evidence": ["https://example.org/1"]},
    }


def test_an_event_of_some_tasks_is_logged_with_them(place: Path) -> None:
    run("event", "规范性文件公布", "--on", "2022-09-01", "--task", "demo/3", cwd=place)
    run("event", "任期届满", "--on", "2022-09-02", "--task", "demo/1", "--task", "demo/3", "--force", "备查", cwd=place)
    shown = run("log", "--since", "2022-09-01", cwd=place).stdout.splitlines()[1:]
    assert shown == [
        "2022-09-02  demo  1、3        事件  2022-09-02 任期届满（（强行记录：备查））",
        "2022-09-01  demo  3           事件  2022-09-01 规范性文件公布",
    ]
    found = json.loads(run("log", "--since", "2022-09-01", "--format", "json", cwd=place).stdout)
    assert [(each["task"], each["record"]["tasks"]) for each in found] == [(None, ["1", "3"]), ("3", ["3"])]


def test_what_is_counted_is_named_as_the_deadline_names_it(place: Path) -> None:
    text = PLAN.replace("{id: publish, due: 2022-12-31, quote: 2022年底前}", "{id: check, every: year, exactly: 5, of: 个部门}")
    text = text.replace("{id: study, every: quarter, quote: 每季度}", "{id: study, every: quarter, at_least: 1}")
    (place / "plans" / "示例县" / "方案.yaml").write_text(text, encoding="utf-8")

    said = [
        run("progress", *args.split(), "--on", "2022-12-20", cwd=place).stderr.splitlines()[-1].split("：", 1)[1].split("。")[0]
        for args in (
            "demo/1 --count 3 --period 2022",
            "demo/2 --deadline study --count 1 --period 2022-Q4 --unit 县政府办",
        )
    ]
    assert said == ["2022-12-20 县司法局 check（2022），3 个部门", "2022-12-20 县政府办 study（2022-Q4），1 次"]

    logged = run("log", "--since", "2022-12-01", cwd=place).stdout.splitlines()[1:]
    assert [line.split("进展  ")[1] for line in logged] == ["study 2022-Q4 1 次", "check 2022 3 个部门"]
    assert run("undo", cwd=place).stderr == "已撤回 demo/2 的一条：2022-12-20 县政府办 study（2022-Q4），1 次。\n"
    assert run("undo", cwd=place).stderr == "已撤回 demo/1 的一条：2022-12-20 县司法局 check（2022），3 个部门。\n"


# edit

EDITOR = """#!/bin/sh
echo "$*" > {seen}
{work}
"""


def editor(place: Path, name: str, work: str = "true") -> dict[str, str | None]:
    """Put a program in the place of an editor; its arguments go to a file."""
    program = place / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(EDITOR.format(seen=place / "seen", work=work), encoding="utf-8")
    program.chmod(0o755)
    return {"EDITOR": name, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("vim", "+17 plans/示例县/方案.yaml"),
        ("nano", "+17 plans/示例县/方案.yaml"),
        ("emacs", "+17 plans/示例县/方案.yaml"),
        ("code", "--wait --goto plans/示例县/方案.yaml:17"),
        ("hx", "plans/示例县/方案.yaml:17"),
        ("subl", "--wait plans/示例县/方案.yaml:17"),
        ("notepad", "plans/示例县/方案.yaml"),
    ],
)
def test_an_editor_opens_at_the_line_of_the_task(name: str, arguments: str, place: Path) -> None:
    done = run("edit", "demo/2", cwd=place, env=editor(place, name))
    assert (done.returncode, done.stderr, (place / "seen").read_text(encoding="utf-8")) == (0, "没有改动。\n", f"{arguments}\n")


def test_what_the_editor_wrote_is_checked(place: Path) -> None:
    spoiled = editor(place, "vim", work='sed -i "s/lead: .县司法局.$/lead: [县司法所]/" "$2"')
    done = run("edit", "demo/1", cwd=place, env=spoiled)
    assert (done.returncode, set(re.findall(r" error (P\d+) ", done.stdout))) == (1, {"P102", "P301"})
    assert done.stderr.startswith("已改动 plans/示例县/方案.yaml：错误 ")


def test_what_stood_before_an_edit_with_errors_is_kept(place: Path) -> None:
    before = text_of(place)
    done = run("edit", "demo/1", cwd=place, env=editor(place, "vim", work='sed -i "s/lead: .县司法局.$/lead: [县司法所]/" "$2"'))
    kept = "plans/.planctl-journal/方案.yaml.before"
    told = f"改动前的文件存在 {kept}；不要这次改动的，用它覆盖 plans/示例县/方案.yaml。" in done.stderr
    assert (told, (place / kept).read_bytes().decode(), text_of(place) == before) == (True, before, False)


def test_an_editor_with_options_and_visual_before_editor(place: Path) -> None:
    env = editor(place, "code") | {"VISUAL": "code --new-window", "EDITOR": "vim"}
    assert run("edit", "demo/2", cwd=place, env=env).returncode == 0
    assert (place / "seen").read_text(encoding="utf-8") == "--new-window --wait --goto plans/示例县/方案.yaml:17\n"


@pytest.mark.parametrize(("name", "work"), [("vim", "exit 3"), ("no-such-editor", "")])
def test_an_editor_that_fails_is_told(name: str, work: str, place: Path) -> None:
    env = editor(place, "vim", work) | {"EDITOR": name}
    done = run("edit", "demo/2", cwd=place, env=env)
    assert (done.returncode, done.stderr.startswith(f"编辑器 {name} 没有正常打开或关闭")) == (2, True)


def test_without_an_editor_and_a_terminal_it_says_where_the_task_is(place: Path) -> None:
    done = run("edit", "demo/2", cwd=place)
    assert (done.returncode, done.stdout) == (0, "plans/示例县/方案.yaml:17\n")


# Two clones


def in_clone(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    home = {**IDENTITY, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(["git", "-C", folder, *args], env={**clean, **home}, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (["progress 1 --note 我方 --on 2022-06-01"], ["progress 4 --note 对方 --unit 甲镇 --on 2022-06-01"]),
        (["progress 1 --note 我方 --on 2022-06-01"], ["progress 1 --note 对方 --on 2022-06-01"]),
        (["progress 4 --note 我方 --unit 甲镇 --on 2022-06-01"], ["progress 4 --note 对方 --unit 乙镇 --on 2022-06-02"]),
        (
            ["event 规范性文件公布 --on 2022-09-01 --ref 我方", "extend 1 --to 2023-06-30 --requested 2022-12-01 --reason 我方"],
            ["event 规范性文件公布 --on 2022-09-02 --ref 对方", "done 1 --on 2022-12-20 --note 对方"],
        ),
    ],
)
def test_two_clones_that_record_merge_without_conflict(ours: list[str], theirs: list[str], place: Path, tmp_path: Path) -> None:
    """On different tasks and on the same one; through the merge driver that `planctl git-setup` names."""
    run("fmt", cwd=place)
    origin = Repo(place)
    assert run("git-setup", cwd=place, env={**IDENTITY}).returncode == 0
    origin.commit("plans")
    clone = tmp_path / "clone"
    origin.clone(clone)
    assert run("git-setup", cwd=clone, env={**IDENTITY}).returncode == 0
    for folder, commands in ((place, ours), (clone, theirs)):
        assert [run(*command.split(), cwd=folder).returncode for command in commands] == [0] * len(commands)
        done = in_clone(folder, "commit", "--all", "--no-verify", "--message", "recorded")
        assert done.returncode == 0, done.stderr

    pulled = in_clone(clone, "pull", "--no-rebase", "--no-edit", "origin", "main")

    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    merged = text_of(clone)
    assert (merged.count("我方"), merged.count("对方")) == (len(ours), len(theirs))
    assert run("validate", cwd=clone).returncode == 0
