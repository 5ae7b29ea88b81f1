"""`planctl sheet`: forms out, forms back, who is missing, and registers."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import run
from forms import FILES, PLAN, filled
from planctl.sheets.records import Entry
from test_sheets_ledger import HEAD, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[1]
ACTIONS = ("export", "merge", "status", "import")
PLAN_FILE = "plans/示例县/方案.yaml"
EXPORT = ("sheet", "export", "--each", "--period", "2022Q4", "--as-of", "2022-12-01")
ANSWER = {1: {Entry.STATE: "办结", Entry.NOTE: "已公开"}}
ENTRY = "      - {on: 2022-12-20, unit: 县司法局, deadline: publish, state: done, note: 已公开}\n"
each_action = pytest.mark.parametrize("action", ACTIONS)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def out(desk: Path, *options: str) -> Path:
    """Send the forms out."""
    done = run(*EXPORT, "--output", "表", *options, cwd=desk)
    assert done.returncode == 0, done.stderr
    return desk / "表"


def answer(folder: Path, rows: Mapping[int, Mapping[Entry, object]], reported: object = "2022-12-20", unit: str = "县司法局") -> None:
    path = folder / f"{unit}-2022-Q4.xlsx"
    path.write_bytes(filled(path.read_bytes(), rows, reported))


def plan(desk: Path) -> str:
    return (desk / PLAN_FILE).read_bytes().decode()


# Out


def test_one_form(desk: Path) -> None:
    done = run("sheet", "export", "--unit", "县司法局", "--as-of", "2022-12-01", "--output", "填报表.xlsx", cwd=desk)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "填报表.xlsx：县司法局，5 项\n")
    assert (desk / "填报表.xlsx").read_bytes().startswith(b"PK")


def test_a_form_for_each_unit(desk: Path) -> None:
    names = sorted(path.name for path in out(desk).iterdir())
    assert names == ["乙镇-2022-Q4.xlsx", "县司法局-2022-Q4.xlsx", "县财政局-2022-Q4.xlsx", "甲镇-2022-Q4.xlsx"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--output", "x.xlsx"), "--unit / --each"),
        (("--unit", "县司法厅", "--output", "x.xlsx"), "是不是“县司法局”？"),
        (("--unit", "县司法局", "--period", "2021Q1", "--output", "x.xlsx"), "没有要填报的事项。"),
        (("--each", "--period", "2022Q5", "--output", "x"), "2022Q5"),
        (("--each", "--plan", "nothing", "--output", "x"), "nothing"),
    ],
)
def test_what_cannot_be_exported(options: tuple[str, ...], words: str, desk: Path) -> None:
    done = run("sheet", "export", *options, cwd=desk)
    assert (done.returncode, words in done.stderr, (desk / "x.xlsx").exists()) == (2, True, False)


# Back


def test_untouched_forms_change_nothing(desk: Path) -> None:
    out(desk)
    done = run("sheet", "merge", "表", "--yes", cwd=desk)
    assert (done.returncode, done.stdout, plan(desk)) == (0, "", PLAN)
    assert done.stderr == "读了 4 份表：登记 0 条，已有的 0 条，未采用 0 处，提示 0 处。\n没有要登记的内容，方案没有改动。\n"


def test_what_a_unit_reports_is_shown_and_recorded_and_nothing_else_changes(desk: Path) -> None:
    answer(out(desk), ANSWER)
    done = run("sheet", "merge", "表", "--yes", cwd=desk)
    table, _, changes = done.stdout.partition("\n\n")
    assert table == (
        "位置                      事项             单位      日期        登记内容\n"
        "县司法局-2022-Q4.xlsx!B5  shili/1/publish  县司法局  2022-12-20  状态：办结 进展：已公开"
    )
    assert "任务 1 公开权责清单" in changes
    expected = PLAN.replace("quote: 2022年底前}\n", f"quote: 2022年底前}}\n    progress:\n{ENTRY}")
    assert (done.returncode, plan(desk)) == (0, expected)


def test_a_merge_can_be_undone(desk: Path) -> None:
    answer(out(desk), {1: {Entry.NOTE: "一"}, 5: {Entry.NOTE: "二"}})
    run("sheet", "merge", "表", "--yes", cwd=desk)
    assert plan(desk) != PLAN
    assert (run("undo", cwd=desk).returncode, plan(desk)) == (0, PLAN)


def test_forms_taken_in_twice_bring_nothing_the_second_time(desk: Path) -> None:
    answer(out(desk), ANSWER)
    run("sheet", "merge", "表", "--yes", cwd=desk)
    before = plan(desk)
    done = run("sheet", "merge", "表", "--yes", cwd=desk)
    assert (done.returncode, done.stdout, plan(desk)) == (0, "", before)


def test_nothing_is_written_in_a_rehearsal(desk: Path) -> None:
    answer(out(desk), ANSWER)
    done = run("sheet", "merge", "表", "--dry-run", cwd=desk)
    assert (done.returncode, "shili/1/publish" in done.stdout, plan(desk)) == (0, True, PLAN)


def test_nothing_is_written_where_nobody_can_be_asked(desk: Path) -> None:
    answer(out(desk), ANSWER)
    done = run("sheet", "merge", "表", cwd=desk, stdin="y\n")
    assert (done.returncode, done.stderr.splitlines()[-1], plan(desk)) == (2, "看过以后加上 --yes 再运行。", PLAN)


@pytest.mark.parametrize(("said", "written"), [("y\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_it_asks(said: str, written: bool, desk: Path) -> None:  # noqa: FBT001 - a column of the table
    answer(out(desk), ANSWER)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "planctl", "sheet", "merge", "表"]
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh"}
    with subprocess.Popen(command, cwd=desk, env=env, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs) as process:
        os.write(ours, said.encode())
        process.communicate(timeout=60)
    os.close(theirs)
    os.close(ours)
    assert (process.returncode, plan(desk) != PLAN) == (0, written)


def test_one_bad_file_does_not_stop_the_others(desk: Path) -> None:
    folder = out(desk)
    answer(folder, ANSWER)
    (folder / "乙镇-2022-Q4.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "甲镇-2022-Q4.xlsx").write_bytes(workbook([["a"]]))
    (folder / "~$县财政局-2022-Q4.xlsx").write_bytes(b"open")
    done = run("sheet", "merge", "表", "不在.xlsx", "--yes", cwd=desk)
    lines = [line for line in done.stdout.splitlines() if " S" in line]
    assert [line.split(" ")[:2] for line in lines] == [
        ["乙镇-2022-Q4.xlsx:", "S401"],
        ["甲镇-2022-Q4.xlsx:", "S401"],
        ["不在.xlsx:", "S401"],
    ]
    assert (done.returncode, ENTRY in plan(desk)) == (1, True)


AGAIN = "请填报单位用 Excel 或 WPS 打开原表，不加密，存为 .xlsx 再交；打不开的，重新发一份空表。"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04 broken", f"文件已经损坏，打不开。 {AGAIN}"),
        ("空.xlsx", b"", f"空.xlsx 里没有正文。 {AGAIN}"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), f"认不出 图.xlsx 是什么格式（PNG）。 {AGAIN}"),
    ],
)
def test_why_a_form_was_not_taken_is_said_without_english_and_without_our_folders(name: str, data: bytes, words: str, desk: Path) -> None:
    (desk / "交回").mkdir()
    (desk / "交回" / name).write_bytes(data)
    said = [run("sheet", *command, str(desk / "交回"), cwd=desk) for command in (("merge", "--yes"), ("status",))]
    line = f"{name}: S401 整份没有采用：{words}"
    assert ([line in each.stdout + each.stderr for each in said], [str(desk) in each.stdout + each.stderr for each in said]) == (
        [True, True],
        [False, False],
    )


def test_what_cannot_be_read_is_said_with_its_cell_and_in_english_too(desk: Path) -> None:
    answer(out(desk), {1: {Entry.STATE: "办结", Entry.ON: "年底"}})
    done = run("--lang", "en", "sheet", "merge", "表", "--yes", cwd=desk)
    assert (done.returncode, done.stdout) == (1, "县司法局-2022-Q4.xlsx!K5: S101 “年底” is no date; write it as 2022-12-31.\n")


def test_a_conflict_is_shown_and_the_form_wins_only_where_that_is_asked(desk: Path) -> None:
    answer(out(desk), ANSWER)
    changed = PLAN.replace(
        "quote: 2022年底前}\n", "quote: 2022年底前}\n    progress:\n      - {on: 2022-12-18, deadline: publish, state: submitted}\n"
    )
    (desk / PLAN_FILE).write_text(changed, encoding="utf-8")
    refused = run("sheet", "merge", "表", "--yes", cwd=desk)
    assert (refused.returncode, plan(desk)) == (1, changed)
    assert "冲突：shili/1/publish 的“状态”，表中是“办结”，导出以后方案已改为“报结”" in refused.stdout
    assert (run("sheet", "merge", "表", "--yes", "--take", "sheet", cwd=desk).returncode, ENTRY in plan(desk)) == (0, True)


def test_a_merge_as_json(desk: Path) -> None:
    answer(out(desk), {1: {Entry.STATE: "办结", Entry.PERCENT: 1}, 4: {Entry.VALUE: "很高"}})
    done = run("sheet", "merge", "表", "--dry-run", "--format", "json", cwd=desk)
    entry: dict[str, object] = {
        "file": "县司法局-2022-Q4.xlsx",
        "cell": "B5",
        "plan": "shili",
        "task": "1",
        "deadline": "publish",
        "period": None,
        "unit": "县司法局",
        "on": "2022-12-20",
        "state": "done",
        "percent": 100.0,
        "count": None,
        "value": None,
        "note": None,
        "evidence": [],
    }
    remark = {
        "file": "县司法局-2022-Q4.xlsx",
        "cell": "J8",
        "code": "S106",
        "notice": False,
        "message": "“很高”不是指标的数值（单位：%）。",
    }
    assert json.loads(done.stdout) == {"entries": [entry], "remarks": [remark]}


def test_the_style_of_a_plan_stays_as_it_is(desk: Path) -> None:
    before = "\ufeff# 注\r\n" + PLAN.replace("\n", "\r\n").rstrip() + "   # 末尾没有换行"
    (desk / PLAN_FILE).write_bytes(before.encode())
    answer(out(desk), ANSWER)
    assert run("sheet", "merge", "表", "--yes", cwd=desk).returncode == 0
    after = plan(desk)
    assert after.replace(f"    progress:\r\n{ENTRY[:-1]}\r\n", "") == before


def test_forty_forms_of_a_hundred_tasks_come_back(tmp_path: Path) -> None:
    tasks = "".join(
        f'  - {{id: "{unit}.{number}", title: 任务{number}, lead: [单位{unit}], basis: stated, deadlines: [{{id: d, due: 2022-12-31, quote: 2022年底前}}]}}\n'
        for unit in range(40)
        for number in range(100)
    )
    path = tmp_path / PLAN_FILE
    path.parent.mkdir(parents=True)
    path.write_text(PLAN[: PLAN.index("  - id")] + tasks, encoding="utf-8")
    folder = out(tmp_path)
    for number in range(0, 40, 5):
        answer(folder, {row: {Entry.NOTE: f"第 {row} 项已办"} for row in range(1, 101, 5)}, unit=f"单位{number}")
    done = run("sheet", "merge", "表", "--yes", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (0, "读了 40 份表：登记 160 条，已有的 0 条，未采用 0 处，提示 0 处。")
    assert plan(tmp_path).count("unit: 单位") == 160


# Several files of one unit


def copies(desk: Path, *answers: tuple[str, Mapping[int, Mapping[Entry, object]], str]) -> str:
    """Send several files in for one unit, and give what is said of them."""
    folder = out(desk)
    blank = (folder / "县司法局-2022-Q4.xlsx").read_bytes()
    for path in folder.iterdir():
        path.unlink()
    for name, rows, reported in answers:
        (folder / name).write_bytes(filled(blank, rows, reported))
    return run("sheet", "merge", "表", "--yes", cwd=desk).stdout


def test_of_two_files_of_a_unit_the_newer_counts_where_they_differ_and_both_where_they_do_not(desk: Path) -> None:
    older = {1: {Entry.STATE: "推进中"}, 5: {Entry.NOTE: "宣传一场"}}
    said = copies(desk, ("乙-修改.xlsx", ANSWER, "2022-12-20"), ("甲.xlsx", older, "2022-12-10"))
    assert "甲.xlsx!B5: S306 同一单位另有一份 乙-修改.xlsx（2022-12-20）填了 shili/1/publish，以那份为准，这一行没有登记。" in said
    assert (ENTRY in plan(desk), "note: 宣传一场" in plan(desk), "in-progress" in plan(desk).partition("公开权责清单")[2][:400]) == (
        True,
        True,
        False,
    )


def test_of_two_files_of_one_day_that_differ_neither_counts(desk: Path) -> None:
    before = (desk / PLAN_FILE).read_bytes()
    said = copies(desk, ("乙.xlsx", ANSWER, "2022-12-20"), ("甲.xlsx", {1: {Entry.STATE: "推进中"}}, "2022-12-20"))
    assert ([line[:15] for line in said.splitlines() if "S205" in line], (desk / PLAN_FILE).read_bytes()) == (
        ["乙.xlsx!B5: S205", "甲.xlsx!B5: S205"],
        before,
    )


def test_two_files_that_say_the_same_are_recorded_once(desk: Path) -> None:
    copies(desk, ("乙.xlsx", ANSWER, "2022-12-20"), ("甲.xlsx", ANSWER, "2022-12-20"))
    assert plan(desk).count("note: 已公开") == 1


# A unit with another name


RENAMED = """units: [{name: 县司法局, to: 2022-12-14, successors: [县法治局]}, {name: 县法治局, from: 2022-12-15}, {name: 县财政局}, {name: 甲镇}, {name: 乙镇}]"""


def rename(desk: Path) -> None:
    path = desk / "plans/示例县/units.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("units: [{name: 县司法局}, {name: 县财政局}, {name: 甲镇}, {name: 乙镇}]", RENAMED), encoding="utf-8")


def test_a_form_under_the_old_name_is_recorded_under_the_new_one_from_its_day_on(desk: Path) -> None:
    folder = out(desk)
    answer(folder, {1: {Entry.STATE: "推进中", Entry.ON: "12月10日"}, 5: {Entry.NOTE: "宣传一场"}})
    rename(desk)
    done = run("sheet", "merge", "表", "--yes", cwd=desk)
    units = re.findall(r"on: (2022-12-[12]0), unit: (县\w+)", plan(desk))
    assert (done.returncode, units) == (0, [("2022-12-10", "县司法局"), ("2022-12-20", "县法治局")])


def test_a_renamed_unit_is_asked_under_its_new_name_and_has_reported_under_either(desk: Path) -> None:
    folder = out(desk)
    answer(folder, ANSWER)
    rename(desk)
    found = [
        [
            each
            for each in json.loads(run("sheet", "status", "表", "--format", "json", *options, cwd=desk).stdout)
            if "法" in str(each["unit"])
        ]
        for options in ((), ("--as-of", "2022-12-20"))
    ]
    assert [[(each["unit"], each["status"], each["rows"]) for each in units] for units in found] == [
        [("县司法局", "reported", 5)],
        [("县法治局", "reported", 5)],
    ]


def test_who_has_reported_all_of_it_stays_in_the_list_when_it_is_recorded(desk: Path) -> None:
    folder = out(desk)
    answer(folder, {1: {Entry.STATE: "办结"}}, "2022-11-30", unit="甲镇")
    answer(folder, {1: {Entry.STATE: "办结"}}, "2022-11-30", unit="乙镇")
    before = run("sheet", "status", "表", cwd=desk).stdout
    run("sheet", "merge", "表", "--yes", cwd=desk)
    after = run("sheet", "status", "表", cwd=desk).stdout
    assert ("甲镇      已报      1/1" in before, "甲镇      已报      1/1" in after, "不在应报之列" in after) == (True, True, False)


# Two at once, and what comes of it


DONE = {1: {Entry.STATE: "办结"}}


def test_two_who_take_the_same_forms_in_at_once_record_them_once(desk: Path) -> None:
    answer(out(desk), ANSWER)
    command = [sys.executable, "-m", "planctl", "sheet", "merge", "表", "--yes"]
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh"}
    both = [subprocess.Popen(command, cwd=desk, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [each.communicate(timeout=60)[1] for each in both]
    summaries = ["读了 4 份表：登记 0 条，已有的 1 条，未采用 0 处，提示 0 处。" in each for each in said]
    assert ([each.returncode for each in both], sorted(summaries), plan(desk).count(ENTRY)) == ([0, 0], [False, True], 1)


def test_a_merge_says_which_statuses_change_and_what_the_checks_warn_of(desk: Path) -> None:
    answer(out(desk), DONE)
    said = run("sheet", "merge", "表", "--dry-run", cwd=desk).stderr.splitlines()
    assert [line.partition("warning ")[2] or line for line in said] == [
        "读了 4 份表：登记 1 条，已有的 0 条，未采用 0 处，提示 0 处。",
        "P306 任务 1 在 2022-12-20 记为办结，没有佐证材料。在 evidence: 下列出材料的路径或链接。",
        "shili: 1/publish 由逾期变为办结",
        "只是预演，没有写入。",
    ]


def test_one_member_of_a_group_does_not_close_what_the_others_owe(desk: Path) -> None:
    folder = out(desk)
    answer(folder, DONE, unit="甲镇")
    said = run("sheet", "merge", "表", "--yes", cwd=desk).stderr
    due = [run("due", "--task", "5", "--overdue", *options, cwd=desk).stdout for options in ((), ("--unit", "甲镇"), ("--unit", "乙镇"))]
    status = run("sheet", "status", "表", "--period", "2022Q4", cwd=desk).stdout
    assert ("shili: 5/clear 仍为逾期，尚缺：乙镇" in said, ["尚缺：乙镇" in each for each in due]) == (True, [True, False, True])
    assert [line.split()[:2] for line in status.splitlines() if "镇" in line] == [["乙镇", "交回未填"], ["甲镇", "已报"]]
    answer(folder, DONE, unit="乙镇")
    assert "shili: 5/clear 由逾期变为办结" in run("sheet", "merge", "表", "--yes", cwd=desk).stderr


def test_undo_names_a_merge_and_takes_all_of_it_back(desk: Path) -> None:
    folder = out(desk)
    answer(folder, {1: {Entry.NOTE: "一"}, 5: {Entry.NOTE: "二"}})
    answer(folder, DONE, unit="甲镇")
    run("sheet", "merge", "表", "--yes", cwd=desk)
    said = [run("undo", *options, cwd=desk).stderr for options in (("--dry-run",), ())]
    assert (said, plan(desk)) == (
        ["将撤回 shili 的一次收表登记的 3 条（2 份表）。\n", "已撤回 shili 的一次收表登记的 3 条（2 份表）。\n"],
        PLAN,
    )


def test_a_folder_without_forms_is_no_success(desk: Path) -> None:
    (desk / "空").mkdir()
    done = run("sheet", "merge", "空", "--yes", cwd=desk)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "空 里没有填报表。")


def test_the_trace_of_an_open_form_is_said_to_be_one(desk: Path) -> None:
    (desk / "~$县司法局.xlsx").write_bytes(b"\x05admin")
    done = run("sheet", "merge", "~$县司法局.xlsx", "--yes", cwd=desk)
    assert "~$县司法局.xlsx 是表格软件打开文件时留下的痕迹，不是表。 先在 Excel 或 WPS 里存盘、关闭" in done.stdout


# What is there already stays


def test_forms_that_are_filled_in_are_not_written_over_and_the_others_are(desk: Path) -> None:
    folder = out(desk)
    answer(folder, ANSWER)
    (folder / "乙镇-2022-Q4.xlsx").write_bytes(b"of somebody else")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run(*EXPORT, "--output", "表", cwd=desk)
    kept = [line for line in done.stderr.splitlines() if "没有覆盖" in line]
    assert (done.returncode, [line.partition(" ")[0] for line in kept]) == (1, ["表/县司法局-2022-Q4.xlsx", "表/乙镇-2022-Q4.xlsx"])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_single_form_that_is_filled_in_is_not_written_over(desk: Path) -> None:
    answer(out(desk), ANSWER)
    path = desk / "表/县司法局-2022-Q4.xlsx"
    before = path.read_bytes()
    done = run("sheet", "export", "--unit", "县司法局", "--output", str(path), cwd=desk)
    assert (done.returncode, path.read_bytes() == before) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--output", "表.docx"), "--output 不能是“表.docx”。"),
        (("--output", "表.xlsx", "--reply-by", "2020-01-01"), "请交回的日期 2020-01-01 已经过了。"),
    ],
)
def test_what_makes_no_sense_of_a_form(options: tuple[str, ...], words: str, desk: Path) -> None:
    done = run("sheet", "export", "--unit", "县司法局", *options, cwd=desk)
    assert (done.returncode, done.stderr.splitlines()[0], len(list(desk.glob("表.*")))) == (2, words, 0)


# Who has reported


@pytest.fixture
def returned(desk: Path) -> Path:
    """One has reported, one late, one not at all, and one file is broken."""
    folder = out(desk, "--reply-by", "2022-12-25")
    answer(folder, ANSWER)
    answer(folder, {1: {Entry.NOTE: "已宣传"}}, "2022年12月28日", unit="县财政局")
    (folder / "乙镇-2022-Q4.xlsx").write_bytes(b"PK\x03\x04 broken")
    (folder / "甲镇-2022-Q4.xlsx").unlink()
    return desk


def test_who_has_reported(returned: Path) -> None:
    done = run("sheet", "status", "表", cwd=returned)
    assert done.stdout == (
        "单位      状态      已填/应填  日期        文件\n"
        "甲镇      未报      0/1        —           —\n"
        "乙镇      无法读取  0/1        —           乙镇-2022-Q4.xlsx\n"
        "县财政局  迟报      1/1        2022-12-28  县财政局-2022-Q4.xlsx\n"
        "县司法局  已报      1/5        2022-12-20  县司法局-2022-Q4.xlsx\n"
    )
    first, second = done.stderr.splitlines()
    assert (done.returncode, first) == (0, "应报 4 个单位：已报 1，迟报 1，交回未填 0，无法读取 1，未报 1。")
    assert second.startswith("乙镇-2022-Q4.xlsx: S401 ")


def test_who_has_reported_as_json(returned: Path) -> None:
    done = run("sheet", "status", "表", "--format", "json", cwd=returned)
    assert json.loads(done.stdout)[3] == {
        "unit": "县司法局",
        "status": "reported",
        "files": ["县司法局-2022-Q4.xlsx"],
        "on": "2022-12-20",
        "rows": 5,
        "filled": 1,
        "period": "2022-Q4",
    }


@pytest.mark.parametrize("form", ["csv", "md"])
def test_who_has_reported_as_a_table_for_others(form: str, returned: Path) -> None:
    assert "甲镇" in run("sheet", "status", "表", "--format", form, cwd=returned).stdout


def test_somebody_missing_can_fail(returned: Path) -> None:
    assert run("sheet", "status", "表", "--fail", cwd=returned).returncode == 1


def test_a_form_that_nobody_filled_in_is_no_report_and_one_of_another_period_is_not_expected(desk: Path) -> None:
    out(desk)
    run("sheet", "export", "--unit", "县司法局", "--period", "2022Q3", "--as-of", "2022-12-01", "--output", "表/旧.xlsx", cwd=desk)
    done = run("sheet", "status", "表", "--format", "json", cwd=desk)
    found = [(each["unit"], each["status"]) for each in json.loads(done.stdout)]
    blank = [(unit, "blank") for unit in ("乙镇", "甲镇", "县财政局", "县司法局")]
    assert (found[0], sorted(found[1:])) == (("县司法局", "unexpected"), sorted(blank))


# Registers


@pytest.fixture
def register(desk: Path) -> Path:
    rows: list[list[str | int | None]] = [
        ["示例县2026年督办台账"],
        [*HEAD],
        [1, "公开清单", "修订", "县司法局", None, "2026年底前", "推进中"],
        [2, "其他", None, None, None, "尽早", None],
    ]
    (desk / "台账.xlsx").write_bytes(workbook(rows, ["A1:G1"]))
    return desk


def test_a_register_becomes_a_plan_of_the_organisation(register: Path) -> None:
    done = run("sheet", "import", "台账.xlsx", "--plan-id", "d-2026", "--organisation", "示例县", "--on", "2026-11-01", cwd=register)
    text = (register / "plans/示例县/示例县2026年督办台账.yaml").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout) == (1, "")
    assert "  工作任务 → 任务名称\n" in done.stderr
    assert "      - {on: 2026-11-01, unit: 县司法局, deadline: d1, state: in-progress}\n" in text
    assert "      - 没有写明责任单位（原文工作表“台账” D4）\n" in text


def test_units_are_proposed_where_there_are_none(register: Path) -> None:
    run("sheet", "import", "台账.xlsx", "--plan-id", "d-2026", "--organisation", "另一县", cwd=register)
    assert "name: 县司法局" in (register / "plans/另一县/units.yaml").read_text(encoding="utf-8")


def test_nothing_is_overwritten(register: Path) -> None:
    done = run("sheet", "import", "台账.xlsx", "--plan-id", "d-2026", "--output", PLAN_FILE, cwd=register)
    assert (done.returncode, plan(register)) == (2, PLAN)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shili", "“shili”已有（plans/示例县/方案.yaml）。"),
        ("坏 id", "“坏 id”不能作 id：里面有“ ”。"),
        ("台账/1", "“台账/1”不能作 id：里面有“/”。"),
        ("２０２６", "“２０２６”不能作 id：里面有“２”。"),
    ],
)
def test_a_plan_takes_no_id_that_is_taken_or_bad(name: str, words: str, register: Path) -> None:
    done = run("sheet", "import", "台账.xlsx", "--plan-id", name, "--output", "-", cwd=register)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", words)


def test_the_mapping_is_saved_and_read_again(register: Path) -> None:
    first = run("sheet", "import", "台账.xlsx", "--plan-id", "d", "--output", "-", "--save-mapping", "栏目.yaml", cwd=register)
    second = run("sheet", "import", "台账.xlsx", "--plan-id", "d", "--output", "-", "--mapping", "栏目.yaml", cwd=register)
    assert (register / "栏目.yaml").read_text(encoding="utf-8").startswith("sheet: 台账\ncolumns:\n  number: 序号\n")
    assert first.stdout == second.stdout != ""


def test_a_register_that_is_none_is_refused_in_words(register: Path) -> None:
    (register / "名单.xlsx").write_bytes(workbook([["姓名", "电话"], ["甲", "1"]]))
    done = run("sheet", "import", "名单.xlsx", "--plan-id", "d", "--output", "-", cwd=register)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "名单.xlsx 里没有找到台账的表头。")


# Help


@each_action
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_of_each_action(action: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("sheet", action, "--help", env={"PLANCTL_LANG": lang})
    golden(f"help.sheet-{action}.{lang}.txt", done.stdout)
    heading = {"zh": "示例：", "en": "Examples:"}[lang]
    assert (done.returncode, done.stderr, "help." in done.stdout) == (0, "", False)
    assert f"\n{heading}\n  planctl sheet {action}" in done.stdout


@each_action
def test_the_reference_of_commands_lists_every_option(action: str) -> None:
    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    section = text.partition("\n## sheet")[2].partition("\n## ")[0]
    options = re.findall(r"^  (--[a-z-]+)", run("sheet", action, "--help").stdout, re.MULTILINE)
    assert [option for option in options if option not in section and option not in {"--help", "--plan", "--as-of", "--format"}] == []


def test_the_reference_of_commands_explains_every_code() -> None:
    from planctl.messages.sheets import SHEETS  # noqa: PLC0415 - the catalogue, by its codes

    text = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    codes = [key.removeprefix("form.") for key in SHEETS if re.fullmatch(r"form\.S\d{3}", key)]
    assert [code for code in codes if code not in text] == []


def test_an_action_that_there_is_not_is_said() -> None:
    done = run("sheet", "emrge")
    assert (done.returncode, done.stderr.splitlines()[1]) == (2, "可选：export、merge、status、import")


def test_the_day_of_this_test_is_after_those_in_it() -> None:
    assert date.today() > date(2022, 12, 28)  # noqa: DTZ011 - entries may not lie in the future
