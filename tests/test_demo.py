"""The demo of docs/demo: a quarter in the life of 示例县, run whole, and what must hold at its end."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Sequence

for needed in ("docx", "markdown_it", "openpyxl", "xlsxwriter"):
    pytest.importorskip(needed, reason=f"the demo needs {needed}")
pytestmark = pytest.mark.skipif(not (shutil.which("sh") and shutil.which("git")), reason="the demo needs sh and git")

DEMO = Path(__file__).parents[1] / "docs" / "demo"
DOCUMENT = DEMO / "示例县2024年法治政府建设工作要点.txt"
PLAN = "plans/示例县/示例县2024年法治政府建设工作要点.yaml"
DAY = "2024-07-05"
"""The last day of the demo."""
UNITS = {
    "县行政审批局",
    "县司法局",
    "县财政局",
    "县政府办公室",
    "县应急管理局",
    "县公安局",
    "县市场监管局",
    "县人力资源社会保障局",
    "县农业农村局",
    "县卫生健康局",
    "县民政局",
    "县教育局",
}


def play(folder: Path, tools: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with this planctl, this Python and nobody's settings of git."""
    tools.mkdir(exist_ok=True)
    command = tools / "planctl"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planctl "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    environment = {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tools),
        "LANG": "C.UTF-8",
        "PYTHON": sys.executable,
        "PLANCTL_DEBUG": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    return subprocess.run(
        ["sh", DEMO / "quarter.sh", folder], cwd=tools, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Play the demo in a folder whose name has a space."""
    base = tmp_path_factory.mktemp("demo")
    done = play(base / "示例 县", base / "bin")
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def desk(played: subprocess.CompletedProcess[str]) -> Path:
    """Give the folder where the demo was played."""
    return Path(played.args[-1])


def git(desk: Path, *args: str) -> str:
    return subprocess.run(["git", "-C", desk / "方案库", *args], capture_output=True, encoding="utf-8", check=True).stdout


def answer(desk: Path, *args: str) -> list[dict[str, Any]]:
    """Ask planctl on the last day of the demo."""
    found: list[dict[str, Any]] = json.loads(run(*args, "--as-of", DAY, "--format", "json", cwd=desk / "方案库").stdout)
    return found


def recorded(desk: Path) -> set[tuple[str, ...]]:
    """List what was recorded: day, task, unit and kind."""
    entries = json.loads(run("log", "--format", "json", cwd=desk / "方案库").stdout)
    return {(entry["on"], entry["task"] or "", entry["unit"] or "", entry["kind"]) for entry in entries}


def words(path: Path) -> Sequence[str]:
    """Read the paragraphs and the cells of a document."""
    import docx  # noqa: PLC0415 - an extra

    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def test_the_demo_leaves_what_it_names_in_its_folder(desk: Path) -> None:
    assert {path.name for path in desk.iterdir()} == {
        *("方案库", "核对.html", "发出", "不放行.json", "变化.md", "任务调整对照表.docx"),
        *("交回", "填报情况.json", "通知", "季度进展.docx", "期限.ics", "台账.csv"),
    }


def test_the_demo_does_not_touch_a_folder_where_it_was_played(desk: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.rglob("*")}
    assert (play(desk, tmp_path / "bin").returncode, {path: path.stat().st_mtime_ns for path in desk.rglob("*")}) == (2, before)


def test_the_plan_is_valid_and_still_says_what_its_document_says(desk: Path) -> None:
    repository = desk / "方案库"
    codes = [
        run("validate", "--strict", cwd=repository).returncode,
        run("verify", "shili-2024", DOCUMENT, cwd=repository).returncode,
        run("fmt", "--check", cwd=repository).returncode,
    ]
    assert codes == [0, 0, 0]


def test_the_plan_has_deadlines_of_all_five_kinds(desk: Path) -> None:
    kinds = {deadline["kind"] for task in answer(desk, "tasks") for deadline in task["deadlines"]}
    assert kinds == {"once", "recurring", "relative", "metric", "ongoing"}


def test_a_task_without_a_lead_is_assigned(desk: Path) -> None:
    assert [(task["lead"], task["basis"]) for task in answer(desk, "tasks") if task["task"] == "12"] == [(["县教育局"], "assigned")]


def test_each_of_twelve_units_gets_a_form(desk: Path) -> None:
    assert {path.name.removesuffix("-2024-Q2.xlsx") for path in (desk / "发出").iterdir()} == UNITS


def test_who_is_late_missing_or_sends_a_broken_form_is_told(desk: Path) -> None:
    statuses = {row["unit"]: row["status"] for row in json.loads((desk / "填报情况.json").read_text(encoding="utf-8"))}
    assert statuses == {**dict.fromkeys(UNITS, "reported"), "县财政局": "late", "县教育局": "missing", "县民政局": "unreadable"}


def test_what_cannot_be_read_is_named_by_file_and_cell(played: subprocess.CompletedProcess[str]) -> None:
    named = {
        line.split(" ", 2)[1]: line.split(": ", 1)[0]
        for line in (played.stdout + played.stderr).splitlines()
        if ".xlsx" in line and ": S" in line
    }
    assert named == {"S101": "县市场监管局-2024-Q2.xlsx!J5", "S401": "县民政局-2024-Q2.xlsx"}


def test_everything_else_is_recorded_and_what_was_undone_is_not(desk: Path) -> None:
    assert recorded(desk) == {
        ("2024-04-24", "6", "县公安局", "progress"),
        ("2024-05-24", "6", "县公安局", "progress"),
        ("2024-05-27", "2", "县政府办公室", "extensions"),
        ("2024-06-03", "4", "", "events"),
        ("2024-06-07", "8", "县人力资源社会保障局", "progress"),
        ("2024-06-13", "5", "县应急管理局", "progress"),
        ("2024-06-13", "9", "县农业农村局", "progress"),
        ("2024-06-14", "4", "县政府办公室", "progress"),
        ("2024-06-19", "3", "县财政局", "progress"),
        ("2024-06-24", "2", "县司法局", "progress"),
        ("2024-06-24", "6", "县公安局", "progress"),
        ("2024-06-25", "11", "县政府办公室", "extensions"),
        ("2024-06-27", "1", "县行政审批局", "progress"),
        ("2024-06-27", "10", "县卫生健康局", "progress"),
        ("2024-06-28", "7", "县市场监管局", "progress"),
    }


def test_a_clock_started_and_two_dates_moved_by_extension(desk: Path) -> None:
    dates = {
        (row["occurrence"], row["original_due"], row["due"], row["status"])
        for row in answer(desk, "due", "--all", "--before", "2024Q3", "--task", "2", "--task", "4", "--task", "11")
    }
    assert dates == {
        ("2/d1", "2024-05-31", "2024-06-25", "done"),
        ("4/d1@2024-06-03", "2024-06-18", "2024-06-18", "done"),
        ("11/d1", "2024-06-30", "2024-09-30", "upcoming"),
    }


def test_a_date_moved_without_approval_is_refused_at_its_line(desk: Path) -> None:
    (finding,) = json.loads((desk / "不放行.json").read_text(encoding="utf-8"))
    line = git(desk, "show", f"main~2:{PLAN}").splitlines()[finding["line"] - 1]
    assert (finding["code"], finding["file"], finding["task"], line.strip()) == ("P501", PLAN, "11", "due: 2024-06-30")


def test_the_refusal_comes_at_the_commit_and_again_where_the_branch_is_checked(played: subprocess.CompletedProcess[str]) -> None:
    refusals = [line.split(" ")[0].rsplit(":", 3)[0] for line in (played.stdout + played.stderr).splitlines() if " error P" in line]
    assert refusals == [PLAN, PLAN]


def test_the_review_says_what_the_change_does(played: subprocess.CompletedProcess[str], desk: Path) -> None:
    refused = "重大  任务 11 修订救助办法：“修订临时救助办法”的时限由 2024-06-30 改为 2024-12-31（推迟 184 天），没有延期批准"
    approved = "任务 11 修订救助办法** 登记延期（“修订临时救助办法”）：由 2024-06-30 延至 2024-09-30（推迟 92 天）"
    assert (refused in played.stdout, approved in (desk / "变化.md").read_text(encoding="utf-8")) == (True, True)


def test_the_table_of_changes_names_the_approval(desk: Path) -> None:
    assert [text for text in words(desk / "任务调整对照表.docx") if "示政办函" in text] == [
        "示政办函〔2024〕12号，2024-06-25 县政府办公室批准，省里的新规定尚未印发"
    ]


def test_the_report_names_its_quarter_and_counts_it(desk: Path) -> None:
    text = "\n".join(words(desk / "季度进展.docx"))
    assert [
        phrase
        for phrase in ("示例县2024年第二季度\n工作任务进展情况报告", "应完成 11 项，已完成 10 项，到期未完成 1 项", "累计有 1 项逾期未完成")
        if phrase not in text
    ] == []


def test_a_notice_goes_to_the_unit_that_is_overdue(desk: Path) -> None:
    assert {path.name for path in (desk / "通知").iterdir()} == {"县行政审批局-催办通知.docx", "发放清单.md"}


def test_the_calendar_holds_what_is_not_done(desk: Path) -> None:
    text = (desk / "期限.ics").read_text(encoding="utf-8")
    uids = {line.removeprefix("UID:").strip() for line in text.splitlines() if line.startswith("UID:")}
    assert uids == {f"shili-2024/{task}/d1@planctl" for task in (1, 5, 6, 7, 8, 11)}


def test_the_history_in_git_is_what_happened_on_its_days(desk: Path) -> None:
    history = git(desk, "log", "--all", "--reverse", "--format=%ad %s", "--date=short").splitlines()
    assert (history, git(desk, "status", "--short")) == (
        [
            "2024-04-03 导入2024年工作要点",
            "2024-05-24 县公安局报送4月、5月排查情况",
            "2024-05-27 换发执法证件延期",
            "2024-06-03 示政规〔2024〕2号公布",
            "2024-06-25 修订救助办法延期",
            "2024-07-05 登记第二季度填报情况",
        ],
        "",
    )
