"""`planctl tasks`, and what formats make of text that means something to them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")


def tasks(*args: str) -> list[dict[str, Any]]:
    done = run("tasks", "--format", "json", *DAY, *args, cwd=DEMO)
    assert (done.returncode, done.stderr) == (0, "")
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def names(*args: str) -> list[str]:
    return [f"{task['plan']}/{task['task']}" for task in tasks(*args)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_each_format_in_each_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("tasks", *DAY, "--format", form, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"tasks.{lang}.{form}", done.stdout)
    assert done.returncode == 0


def test_a_table_says_on_standard_error_what_it_counted() -> None:
    assert [run("tasks", cwd=DEMO, env={"PLANCTL_LANG": lang}).stderr for lang in ("zh", "en")] == ["共 6 项任务。\n", "Tasks: 6.\n"]


def test_json_record_of_a_task() -> None:
    [found] = tasks("--plan", "demo-2024", "--status", "done")
    assert found == {
        "plan": "demo-2024",
        "task": "1",
        "title": "公布权责清单",
        "section": ["一", "(一)"],
        "lead": ["县司法局"],
        "support": ["县政府各部门", "各乡镇"],
        "basis": "stated",
        "shared_by_duty": False,
        "open_list": False,
        "status": "done",
        "tags": [],
        "upstream": [],
        "note": None,
        "deadlines": [{"id": "publish", "kind": "once", "what": "公布清单", "quote": "2024年6月底前", "due": "2024-06-30"}],
    }


ALL = ["demo-2024/1", "demo-2024/2", "demo-2024/3", "demo-2024/4", "demo-2025/1", "demo-2025/5"]


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ((), ALL),
        (("--plan", "demo-2025"), ALL[4:]),
        (("--unit", "司法局"), ["demo-2024/1", "demo-2024/2", "demo-2025/1"]),
        (("--unit", "乙镇"), ["demo-2024/1", "demo-2024/2", "demo-2024/4"]),
        (("--unit", "乙镇", "--role", "lead"), ["demo-2024/4"]),
        (("--unit", "乙镇", "--role", "support"), ["demo-2024/1"]),
        (("--status", "done"), ["demo-2024/1"]),
        (("--status", "standing", "--status", "cancelled"), ["demo-2024/4", "demo-2025/5"]),
        (("--section", "二"), ["demo-2024/3", "demo-2024/4"]),
        (("--section", "一 (二)"), ["demo-2024/2"]),
        (("--text", "讲座"), ["demo-2024/2"]),
        (("--text", "没有期限"), ["demo-2024/4"]),
        (("--text", "公布后20个工作日内"), ["demo-2024/3"]),
        (("--text", "无此字"), []),
    ],
)
def test_selections(args: tuple[str, ...], found: list[str]) -> None:
    assert names(*args) == found


def test_an_unknown_status_ends_with_2_and_the_statuses() -> None:
    done = run("tasks", "--status", "late", cwd=DEMO)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("--status 只能是：overdue、due、awaiting-event、suspended、upcoming、standing、done、cancelled。\n")


# Text that means something to a format.

HOSTILE = [
    "=1+1",
    "+86",
    "-2",
    "@SUM(A1)",
    "a|b",
    "*强调*",
    "_下划_",
    "<b>粗</b>",
    "`x`",
    "[链接](http://x)",
    '引"号',
    "a,b",
    "# 题",
    "~~删~~",
]
PLAN = """planctl: 1
id: x
title: x
document: {{issued: 2024-01-01}}
tasks:
{tasks}"""
NOTE = "第一行\n第二行"


def hostile_plan(folder: Path) -> Path:
    titles = [*HOSTILE, NOTE]
    items = "".join(f"  - {{id: {json.dumps(str(n))}, title: {json.dumps(title)}, lead: [甲]}}\n" for n, title in enumerate(titles))
    (folder / "plans").mkdir()
    (folder / "plans" / "x.yaml").write_text(PLAN.format(tasks=items), encoding="utf-8")
    return folder


def test_json_gives_every_title_as_it_was_written(tmp_path: Path) -> None:
    found = json.loads(run("tasks", "--format", "json", cwd=hostile_plan(tmp_path)).stdout)
    assert [task["title"] for task in found] == [*HOSTILE, NOTE]


def test_csv_gives_every_title_and_no_formula(tmp_path: Path) -> None:
    """An apostrophe in front makes text of what a spreadsheet would compute (CWE-1236)."""
    done = run("tasks", "--format", "csv", cwd=hostile_plan(tmp_path))
    titles = [row[1] for row in csv.reader(io.StringIO(done.stdout, newline=""))][1:]
    assert titles == ["'=1+1", "'+86", "'-2", "'@SUM(A1)", *HOSTILE[4:], NOTE]


def test_markdown_gives_every_title_as_text(tmp_path: Path) -> None:
    done = run("tasks", "--format", "md", cwd=hostile_plan(tmp_path))
    titles = [line.split(" | ")[1] for line in done.stdout.splitlines()][2:]
    assert titles[4:] == [
        r"a\|b",
        r"\*强调\*",
        r"\_下划\_",
        r"\<b\>粗\</b\>",
        r"\`x\`",
        r"\[链接\](http://x)",
        '引"号',
        "a,b",
        r"\# 题",
        r"\~\~删\~\~",
        "第一行<br>第二行",
    ]


def test_a_plain_table_keeps_a_row_in_a_line(tmp_path: Path) -> None:
    done = run("tasks", cwd=hostile_plan(tmp_path))
    assert len(done.stdout.splitlines()) == 1 + len([*HOSTILE, NOTE])
    assert "第一行 第二行" in done.stdout
