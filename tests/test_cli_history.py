"""`planctl history`: what became of a task, by git."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import run
from repositories import Repo

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
planctl: 1
id: demo
title: 示例县工作方案
tasks:
  - id: "1"
    title: 公布清单
    lead: [{lead}]
    deadlines:
      - {{id: publish, due: {due}}}
"""


def plan(lead: str = "县司法局", due: str = "2022-12-31") -> str:
    return PLAN.format(lead=lead, due=due)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A plan that was made, broken, repaired with another date, and is being given another lead."""
    repo = Repo(tmp_path / "仓库")
    repo.write("plans/a.yaml", plan())
    repo.commit("建立方案", "2022-03-01")
    repo.write("plans/a.yaml", plan() + "  - [\n")
    repo.commit("写坏了", "2022-04-01")
    repo.write("plans/a.yaml", plan(due="2023-06-30"))
    repo.commit("修好并改期", "2022-05-01")
    repo.write("plans/a.yaml", plan("县财政局", "2023-06-30"))
    return repo


def shorts(repo: Repo) -> list[str]:
    return repo.git("log", "--format=%h", "--abbrev=7").split()


def test_what_became_of_a_task_newest_first(repo: Repo) -> None:
    third, second, first = shorts(repo)
    done = run("history", "1", cwd=repo.path)
    assert [line.split("  ") for line in done.stdout.splitlines()] == [
        ["日期", "", "", "", "提交人", "提交", "", " 提交说明", "", "变动"],
        ["尚未提交", *[""] * 15, " 牵头单位由县司法局变更为县财政局"],
        ["2022-05-01", "张三", "", third, "修好并改期", "时限由 2022-12-31 改为 2023-06-30（推迟 181 天），没有延期批准"],
        ["2022-03-01", "张三", "", first, "建立方案", "", "新增任务，牵头单位：县司法局"],
    ]
    assert (done.returncode, done.stderr) == (0, f"有 1 个版本读不了，已跳过：{second}:plans/a.yaml\n")


def test_in_csv_each_row_says_who_and_when(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan("县财政局", "2023-06-30").replace("公布清单", "公布"))
    repo.commit("两处", "2022-06-01")
    done = run("history", "demo/1", "--since", "2022-06-01", "--format", "csv", cwd=repo.path)
    assert done.stdout.splitlines() == [
        "日期,提交人,提交,提交说明,变动",
        f"2022-06-01,张三,{shorts(repo)[0]},两处,牵头单位由县司法局变更为县财政局",
        f"2022-06-01,张三,{shorts(repo)[0]},两处,名称由“公布清单”改为“公布”",
    ]


def test_only_since_a_day_and_what_is_not_committed(repo: Repo) -> None:
    done = run("history", "demo/1", "--since", "2022-05-01", "--format", "json", cwd=repo.path)
    assert [record["subject"] for record in json.loads(done.stdout)] == [None, "修好并改期"]


def test_the_record_of_a_commit(repo: Repo) -> None:
    [record] = json.loads(run("history", "demo/1", "--format", "json", cwd=repo.path).stdout)[-1:]
    [change] = record.pop("changes")
    assert record == {
        "commit": repo.git("rev-parse", "HEAD~2"),
        "on": "2022-03-01",
        "at": "2022-03-01T09:00:00+08:00",
        "author": "张三",
        "subject": "建立方案",
        "plan": "demo",
        "task": "1",
    }
    assert {key: change[key] for key in ("plan", "task", "deadline", "change", "field", "level")} == {
        "plan": "demo",
        "task": "1",
        "deadline": None,
        "change": "added",
        "field": "tasks",
        "level": "notable",
    }


def test_a_task_that_is_gone_is_found_by_its_full_name(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan().replace('id: "1"', 'id: "2"').replace("公布清单", "其他"))
    repo.commit("删去", "2022-06-01")
    records = json.loads(run("history", "demo/1", "--format", "json", cwd=repo.path).stdout)
    assert [(record["subject"], record["changes"][0]["change"]) for record in records] == [
        ("删去", "removed"),
        ("修好并改期", "changed"),
        ("建立方案", "added"),
    ]


@pytest.mark.parametrize("name", ["demo/9", "9", "other/1"])
def test_a_task_that_never_was_is_an_error(repo: Repo, name: str) -> None:
    done = run("history", name, cwd=repo.path)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", f"没有名为“{name}”的任务。")


def test_words_of_a_commit_cannot_move_the_cursor(repo: Repo) -> None:
    repo.commit("\x1b[31m红\u202e", "2022-06-01")
    done = run("history", "demo/1", "--since", "2022-06-01", cwd=repo.path)
    assert "\\u001b[31m红\\u202e" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_task_without_a_change_in_the_time_says_so(repo: Repo) -> None:
    repo.commit("改牵头", "2022-06-01")
    done = run("history", "demo/1", "--since", "2022-07-01", cwd=repo.path, env={"PLANCTL_LANG": "en"})
    assert (done.returncode, done.stdout) == (0, "Day  Author  Commit  Subject  Change\n")
    assert done.stderr.splitlines()[0] == "Git knows of no change of this task."


def test_a_shallow_clone_says_that_older_history_is_missing(repo: Repo, tmp_path: Path) -> None:
    clone = repo.clone(tmp_path / "clone", "--depth=1")
    done = run("history", "demo/1", cwd=clone.path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "这是浅克隆，更早的历史不在本机：运行 git fetch --unshallow 取回。")


def test_without_a_repository_there_is_no_history(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text(plan(), encoding="utf-8")
    done = run("history", "demo/1", cwd=tmp_path)
    assert (done.returncode, done.stdout, "不在 git 仓库里" in done.stderr) == (2, "", True)
