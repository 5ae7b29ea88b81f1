"""`planctl stats`: progress by plan, unit and section, and its trend."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from conftest import run
from repositories import Repo

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SHILI = ("--plan", "shili-2024-2026", "--as-of", "2026-11-20")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_by_plan_unit_and_section_and_the_trend(lang: str, golden: Callable[[str, str], None]) -> None:
    asked = [("--by", "plan"), ("--by", "unit"), ("--by", "section"), ("--trend", "--every", "quarter")]
    done = [run("stats", *SHILI, *words, cwd=ROOT, env={"PLANCTL_LANG": lang}) for words in asked]
    golden(f"stats.{lang}.txt", "\n".join(each.stdout + each.stderr for each in done))


def test_the_record_of_a_plan() -> None:
    assert json.loads(run("stats", *SHILI, "--format", "json", cwd=ROOT).stdout) == [
        {
            "by": "plan",
            "organisation": "示例县",
            "plan": "shili-2024-2026",
            "title": "示例县法治政府建设示例方案(2024—2026年)",
            "unit": None,
            "section": None,
            "tasks": 14,
            "tasks_done": 3,
            "due": 42,
            "done": 37,
            "on_time": 36,
            "late": 1,
            "overdue": 5,
            "early": 0,
            "awaiting": 3,
            "suspended": 1,
            "cancelled": 2,
            "completion": 0.881,
            "on_time_rate": 0.8571,
        }
    ]


def test_several_plans_have_a_row_for_all_but_not_in_csv() -> None:
    table, csv = (run("stats", "--as-of", "2026-11-20", "--format", form, cwd=ROOT).stdout.splitlines() for form in ("table", "csv"))
    assert (len(table), table[-1].split()[:3], len(csv)) == (8, ["合计", "263", "535"], 7)


def test_a_point_of_the_trend() -> None:
    done = run("stats", *SHILI, "--trend", "--since", "2026-07-01", "--every", "quarter", "--format", "json", cwd=ROOT)
    assert json.loads(done.stdout)[-1] == {
        "day": "2026-11-20",
        "total": 55,
        "due": 42,
        "done": 37,
        "early": 0,
        "overdue": 5,
        "commit": None,
        "source": "records",
    }


def test_the_trend_as_a_picture_has_all_three_lines() -> None:
    done = run("stats", *SHILI, "--trend", "--format", "svg", cwd=ROOT)
    words = [text for element in ET.fromstring(done.stdout).iter() if (text := (element.text or "").strip())]  # noqa: S314 - our own
    assert [word for word in words if word in ("全部 55", "累计应办 42", "累计办结 37")] == ["全部 55", "累计应办 42", "累计办结 37"]


def test_a_picture_of_one_day_says_that_it_has_no_line() -> None:
    done = run("stats", *SHILI, "--trend", "--since", "2026-11-20", "--format", "svg", cwd=ROOT)
    assert done.stderr.splitlines()[0] == "只有一个日期，画不成线：用 --since 和 --every 取更多的日期。"


def on_terminal(*args: str, columns: int, cwd: Path) -> str:
    """Run planctl on a terminal so wide; give what it shows."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh", "COLUMNS": str(columns), "TERM": "dumb"}
    command = [sys.executable, "-m", "planctl", *args]
    with subprocess.Popen(command, cwd=cwd, stdout=theirs, stderr=subprocess.DEVNULL, env=env):
        os.close(theirs)
        shown = b""
        # Where nobody writes any more Linux says so by an error.
        with contextlib.suppress(OSError):
            while data := os.read(ours, 65536):
                shown += data
    os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("words", [("--by", "unit"), ("--trend", "--every", "quarter")])
def test_on_a_narrow_terminal_no_figure_or_heading_is_broken(words: tuple[str, ...], columns: int) -> None:
    shown = on_terminal("stats", *SHILI, *words, columns=columns, cwd=ROOT)
    wanted = ["逾期办结", "逾期未办"] if "--by" in words else ["2026-11-20", "累计应办"]
    assert [word for word in wanted if word not in shown] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--git",), "--git 要和 --trend 一起用。"),
        (("--since", "2022"), "--since 要和 --trend 一起用。"),
        (("--format", "svg"), "--format svg 要和 --trend 一起用。"),
        (("--trend", "--every", "commit"), "--every commit 要和 --git 一起用。"),
        (("--trend", "--since", "2026-02-01", "--until", "2026-01-01"), "--since 的 2026-02-01 晚于 --until 的 2026-01-01。"),
        (("--unit", "没有的局"), "没有名为“没有的局”的单位。"),
        (("--plan", "none", "--trend"), "没有名为“none”的方案。"),
    ],
)
def test_what_does_not_go_together_is_an_error(words: tuple[str, ...], said: str) -> None:
    done = run("stats", *words, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", said)


PLAN = 'planctl: 1\nid: demo\ntitle: 示例县工作方案\ntasks:\n  - {{id: "1", title: 甲, lead: [县司法局], deadlines: [{{id: a, due: {due}}}]}}\n'


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    repo = Repo(tmp_path / "r")
    for day, text in (
        ("2022-01-10", PLAN.format(due="2022-02-20")),
        ("2022-03-10", "planctl: ["),
        ("2022-05-10", PLAN.format(due="2023-01-01")),
    ):
        repo.write("plans/a.yaml", text)
        repo.commit("提交", day)
    return repo


def test_the_trend_of_commits_says_what_could_not_be_read(repo: Repo) -> None:
    third, second, first = repo.git("log", "--format=%h", "--abbrev=7").split()
    done = run("stats", "--trend", "--git", "--every", "commit", "--until", "2022-12-31", cwd=repo.path)
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["日期", "全部", "累计应办", "累计办结", "提前办结", "逾期未办", "提交"],
        ["2022-01-10", "1", "0", "0", "0", "0", first],
        ["2022-03-10", "1", "1", "0", "0", "1", second],
        ["2022-05-10", "0", "0", "0", "0", "0", third],
    ]
    assert done.stderr.splitlines() == [
        f"有 1 个版本读不了，已跳过：{second}:plans/a.yaml",
        "3 个日期，按各次提交时方案的内容计算。",
    ]


def test_the_trend_of_commits_in_a_shallow_clone_begins_where_it_is_cut_off(repo: Repo, tmp_path: Path) -> None:
    clone = repo.clone(tmp_path / "clone", "--depth=1")
    done = run("stats", "--trend", "--git", "--until", "2022-06-30", "--format", "csv", cwd=clone.path)
    assert [line.split(",")[0] for line in done.stdout.splitlines()[1:]] == ["2022-05-31", "2022-06-30"]
    assert "这是浅克隆，更早的历史不在本机：运行 git fetch --unshallow 取回。" in done.stderr.splitlines()


def test_without_a_repository_the_trend_of_records_still_works(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text(PLAN.format(due="2022-02-20"), encoding="utf-8")
    answers = [run("stats", "--trend", "--until", "2022-06-30", *git, cwd=tmp_path) for git in ((), ("--git",))]
    assert [(done.returncode, len(done.stdout.splitlines())) for done in answers] == [(0, 2), (2, 0)]
