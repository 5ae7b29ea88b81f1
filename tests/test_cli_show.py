"""`planctl show`: one task in full."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_each_format_in_each_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    outputs = [
        run("show", task, *DAY, "--format", form, cwd=DEMO, env={"PLANCTL_LANG": lang}).stdout
        for task in ("demo-2024/2", "demo-2024/3", "demo-2025/5")
    ]
    golden(f"show.{lang}.{form}", "\n".join(outputs))


def test_a_task_is_found_by_its_id_alone_where_only_one_plan_has_it() -> None:
    assert run("show", "5", *DAY, cwd=DEMO).stdout == run("show", "demo-2025/5", *DAY, cwd=DEMO).stdout


def test_plan_chooses_between_tasks_of_the_same_id() -> None:
    done = run("show", "1", "--plan", "demo-2025", *DAY, "--format", "json", cwd=DEMO)
    assert json.loads(done.stdout)["title"] == "清理规范性文件"


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ("1", "有好几个方案都有任务 1。\n写明是哪一个：demo-2024/1、demo-2025/1\n"),
        ("demo-2024/9", "没有名为“demo-2024/9”的任务。\n"),
        ("demo-2042/1", "没有名为“demo-2042/1”的任务。\n"),
    ],
)
def test_what_is_not_one_task_ends_with_2_and_a_way_out(task: str, said: str) -> None:
    done = run("show", task, cwd=DEMO)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_json_is_one_object_with_its_occurrences() -> None:
    shown = json.loads(run("show", "demo-2024/3", *DAY, "--format", "json", cwd=DEMO).stdout)
    listed = json.loads(run("tasks", *DAY, "--plan", "demo-2024", "--format", "json", cwd=DEMO).stdout)[2]
    occurrences = shown.pop("occurrences")
    assert shown == listed
    assert [(each["occurrence"], each["due"], each["status"]) for each in occurrences] == [
        ("3/filing@2024-09-02", "2024-09-30", "overdue"),
        ("3/rate", "2026-03-31", "upcoming"),
    ]


def test_the_place_of_the_task_is_the_line_that_an_editor_opens() -> None:
    done = run("show", "demo-2025/5", cwd=DEMO)
    path, line, _ = done.stdout.splitlines()[-1].split()[-1].rsplit(":", 2)
    assert (DEMO / path).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip() == '- id: "5"'


def test_markdown_escapes_the_title() -> None:
    done = run("show", "demo-2024/3", "--format", "md", cwd=DEMO)
    assert r"3 标题里的\[red\]方括号\[/\]、\|竖线\|、\*星号\*和\<b\>标签\</b\>" in done.stdout
