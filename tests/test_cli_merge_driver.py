"""`planctl merge-driver`, as real git calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import run
from planctl.merging import DRIVER
from repositories import IDENTITY, Repo

if TYPE_CHECKING:
    from pathlib import Path

PATH = "plans/示例县/工作 方案.yaml"
PLAN = """\
planctl: 1
id: demo
title: 示例县工作方案
tasks:
  - id: "44"
    title: 公开权责清单
    lead: [县司法局]
    deadlines:
      - id: publish
        due: 2022-12-31
    progress:
      - {on: 2022-01-10, unit: 县司法局, state: accepted}
  - id: "45"
    title: 报送年度报告
    lead: [县财政局]
  - {id: "46", title: 巡查河道, lead: [县水利局], progress: []}
  - {id: "47", title: 巡查林区, lead: [县林业局], progress: []}
"""
FIRST = "state: accepted}\n"
APPENDED = [
    FIRST + f"      - {{on: {day}, unit: {unit}, state: submitted}}\n" for day, unit in (("2022-06-30", "甲局"), ("2022-03-31", "乙局"))
]
MERGED = FIRST + APPENDED[1].removeprefix(FIRST) + APPENDED[0].removeprefix(FIRST)
DUES = ["due: 2023-06-30", "due: 2023-03-31"]
WORDS = f"{PATH}:10: 冲突：任务 44 的时限 publish 的到期日：{{us}} {{ours}}，{{them}} {{theirs}}，原为 2022-12-31。"


class Done(NamedTuple):
    """What git said, and how it ended."""

    code: int
    said: str


class Clone(Repo):
    """A repository with a plan, whose clone knows the driver."""

    def __init__(self, path: Path, driver: str | None = f"{sys.executable} -m planctl", plan: str | bytes = PLAN) -> None:
        super().__init__(path)
        if driver:
            self.git("config", "merge.planctl.driver", DRIVER.replace("{planctl}", driver))
        self.write(".gitattributes", "*.yaml merge=planctl -text\n")
        self.write(PATH, plan)
        self.commit("base")

    @property
    def plan(self) -> str:
        return (self.path / PATH).read_bytes().decode()

    def branch(self, name: str, *edits: tuple[str, str], start: str = "main") -> None:
        """Make a branch with a commit of its own."""
        self.git("checkout", "--quiet", "-b", name, start)
        self.edit(*edits)
        self.commit(name)

    def edit(self, *edits: tuple[str, str]) -> None:
        text = self.plan
        for old, new in edits:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.write(PATH, text)

    def attempt(self, *args: str, env: dict[str, str] | None = None) -> Done:
        """Run git where it may fail."""
        done = subprocess.run(
            ["git", "-C", str(self.path), *args],
            env={**os.environ, **IDENTITY, "PLANCTL_LANG": "zh", "PLANCTL_DEBUG": "1", **(env or {})},
            capture_output=True,
            check=False,
        )
        return Done(done.returncode, (done.stdout + done.stderr).decode())


def parted(clone: Clone, ours: tuple[str, str], theirs: tuple[str, str]) -> Clone:
    """Make two branches that have parted, and stand on `ours`."""
    clone.branch("theirs", theirs)
    clone.branch("ours", ours)
    return clone


NEIGHBOURS = [
    (f"lead: [{unit}], progress: []", f"lead: [{unit}], progress: [{{on: 2022-06-30, unit: {unit}, state: submitted}}]")
    for unit in ("县水利局", "县林业局")
]
SAME_TASK = ((FIRST, APPENDED[0]), (FIRST, APPENDED[1]))
SCENES = {
    "neighbouring tasks": (*NEIGHBOURS, PLAN.replace(*NEIGHBOURS[0]).replace(*NEIGHBOURS[1])),
    "one task": (*SAME_TASK, PLAN.replace(FIRST, MERGED)),
}
each_scene = pytest.mark.parametrize(("ours", "theirs", "expected"), SCENES.values(), ids=SCENES)


# Without a conflict


@each_scene
def test_reports_that_git_alone_cannot_merge_are_merged(
    ours: tuple[str, str], theirs: tuple[str, str], expected: str, tmp_path: Path
) -> None:
    alone = parted(Clone(tmp_path / "alone", driver=None), ours, theirs)
    assert (alone.attempt("merge", "theirs").code, "<<<<<<<" in alone.plan) == (1, True)
    clone = parted(Clone(tmp_path / "clone"), ours, theirs)
    assert (clone.attempt("merge", "--no-edit", "theirs").code, clone.plan) == (0, expected)


@pytest.mark.parametrize("command", ["rebase", "cherry-pick"])
def test_commits_that_are_moved_are_merged_too(command: str, tmp_path: Path) -> None:
    clone = parted(Clone(tmp_path), *SAME_TASK)
    assert (clone.attempt(command, "theirs").code, clone.plan) == (0, PLAN.replace(FIRST, MERGED))


def test_what_was_stashed_is_merged_too(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.edit(SAME_TASK[0])
    clone.git("stash")
    clone.edit(SAME_TASK[1])
    clone.commit("another")
    assert (clone.attempt("stash", "pop").code, clone.plan) == (0, PLAN.replace(FIRST, MERGED))


def test_line_ends_of_windows_stay(tmp_path: Path) -> None:
    first, *others = (text.replace("\n", "\r\n") for text in (FIRST, *APPENDED))
    clone = parted(Clone(tmp_path, plan=PLAN.replace("\n", "\r\n")), (first, others[0]), (first, others[1]))
    assert (clone.attempt("merge", "--no-edit", "theirs").code, clone.plan) == (0, PLAN.replace(FIRST, MERGED).replace("\n", "\r\n"))


def test_a_plan_that_both_branches_have_added_is_put_together(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for branch, text in zip(("theirs", "ours"), APPENDED, strict=True):
        clone.git("checkout", "--quiet", "-b", branch, "main")
        clone.write("plans/新.yaml", PLAN.replace(FIRST, text))
        clone.commit(branch)
    assert clone.attempt("merge", "--no-edit", "theirs").code == 0
    assert (clone.path / "plans/新.yaml").read_text(encoding="utf-8") == PLAN.replace(FIRST, MERGED)


def test_the_driver_does_not_mind_what_a_hook_has_left_in_the_environment(tmp_path: Path) -> None:
    clone = parted(Clone(tmp_path), *SAME_TASK)
    leaked = {"GIT_DIR": str(tmp_path / ".git"), "GIT_WORK_TREE": str(tmp_path), "GIT_INDEX_FILE": str(tmp_path / ".git" / "index")}
    assert (clone.attempt("merge", "--no-edit", "theirs", env=leaked).code, clone.plan) == (0, PLAN.replace(FIRST, MERGED))


# With one


def conflicting(path: Path, driver: str | None = f"{sys.executable} -m planctl") -> Clone:
    return parted(Clone(path, driver), ("due: 2022-12-31", DUES[0]), ("due: 2022-12-31", DUES[1]))


MARKED = PLAN.replace("        due: 2022-12-31\n", f"<<<<<<< ours\n        {DUES[0]}\n=======\n        {DUES[1]}\n>>>>>>> theirs\n")


@pytest.mark.parametrize(
    ("command", "us", "them"),
    [
        ("merge theirs", ("我方", DUES[0]), ("对方", DUES[1])),
        ("rebase theirs", ("目标分支", DUES[1]), ("你的提交", DUES[0])),
        ("rebase --apply theirs", ("目标分支", DUES[1]), ("你的提交", DUES[0])),
        ("cherry-pick theirs", ("我方", DUES[0]), ("对方", DUES[1])),
        ("cherry-pick theirs main", ("当前分支", DUES[0]), ("拣选的提交", DUES[1])),
    ],
)
def test_a_conflict_stays_one_and_is_said_in_words(command: str, us: tuple[str, str], them: tuple[str, str], tmp_path: Path) -> None:
    clone = conflicting(tmp_path)
    done = clone.attempt(*command.split())
    days = [due.removeprefix("due: ") for _, due in (us, them)]
    said = WORDS.format(us=us[0], them=them[0], ours=days[0], theirs=days[1])
    assert (done.code, said in done.said, "正在变基" in done.said) == (1, True, us[0] == "目标分支")
    unmerged = clone.git("diff", "--name-only", "--diff-filter=U", "-z").rstrip("\0")
    assert (clone.plan == MARKED, unmerged) == (us[0] != "目标分支", PATH)


def test_what_is_taken_back_against_a_later_change_is_said_so(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    for day in ("2023-06-30", "2023-09-30", "2023-12-30"):
        clone.write(PATH, PLAN.replace("2022-12-31", day))
        clone.commit(day)
    done = clone.attempt("revert", "--no-edit", "HEAD~1", "HEAD")
    said = "任务 44 的时限 publish 的到期日：当前分支 2023-12-30，撤回之后 2023-06-30，原为 2023-09-30。"
    assert (done.code, said in done.said) == (1, True)


def test_validate_points_at_what_is_not_resolved(tmp_path: Path) -> None:
    conflicting(tmp_path).attempt("merge", "theirs")
    done = run("validate", cwd=tmp_path)
    assert (done.returncode, f"{PATH}:10:1: error P002 这里有一处合并冲突还没有解决。" in done.stdout) == (1, True)


def test_a_merge_of_merges_that_had_conflicts_is_not_resolved_by_itself(tmp_path: Path) -> None:
    """Two branches that have merged each other, each with its own answer: the base of their merge has markers."""
    clone = conflicting(tmp_path)
    for branch, other, answer in (("ours", "theirs", "due: 2024-01-01"), ("theirs", "ours~1", "due: 2024-02-02")):
        clone.git("checkout", "--quiet", branch)
        clone.attempt("merge", other)
        clone.write(PATH, PLAN.replace("due: 2022-12-31", answer))
        clone.commit("answer")
    done = clone.attempt("merge", "ours")
    said = f"{PATH}:10: 冲突：两边各自新增了任务 44 的时限 publish 的到期日：我方 2024-02-02，对方 2024-01-01。"
    assert (done.code, said in done.said, clone.plan.count("<<<<<<<")) == (1, True, 1)


# When it cannot work


def test_a_side_that_is_no_yaml_is_merged_by_lines_and_told(tmp_path: Path) -> None:
    clone = parted(Clone(tmp_path), ("[县财政局]", "[县财政局"), ("title: 公开", "title: 公布"))
    done = clone.attempt("merge", "--no-edit", "theirs")
    assert (done.code, f"{PATH}：我方的版本不能按编号合并，改按文本行合并。" in done.said) == (0, True)
    assert clone.plan == PLAN.replace("[县财政局]", "[县财政局").replace("title: 公开", "title: 公布")


def test_where_planctl_is_missing_git_marks_the_conflict_itself(tmp_path: Path) -> None:
    clone = conflicting(tmp_path, driver="planctl-that-is-not-there")
    done = clone.attempt("merge", "theirs")
    assert (done.code, "CONFLICT" in done.said, "not found" in done.said, clone.plan) == (1, True, True, MARKED)


def test_where_planctl_fails_git_merges_itself(tmp_path: Path) -> None:
    clone = parted(Clone(tmp_path, driver="sh -c 'kill -9 $$'"), ("[县财政局]", "[县审计局]"), ("示例县", "某县"))
    assert (clone.attempt("merge", "--no-edit", "theirs").code, clone.plan) == (
        0,
        PLAN.replace("[县财政局]", "[县审计局]").replace("示例县", "某县"),
    )


def versions(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_version_that_is_not_there_ends_with_2_and_leaves_ours(tmp_path: Path) -> None:
    base, ours, theirs = versions(tmp_path, PLAN, PLAN, PLAN)
    theirs.unlink()
    done = run("merge-driver", base, ours, theirs)
    assert (done.returncode, done.stdout, ours.read_text(encoding="utf-8")) == (2, "", PLAN)


def test_without_git_what_can_only_be_merged_by_lines_ends_with_2_and_leaves_ours(tmp_path: Path) -> None:
    paths = versions(tmp_path, PLAN, "a: [\n", f"{PLAN}note: 甲\n")
    done = run("merge-driver", *paths, env={"PATH": str(tmp_path)})
    assert (done.returncode, done.stdout, paths[1].read_text(encoding="utf-8")) == (2, "", "a: [\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_said_of_a_conflict(lang: str, tmp_path: Path) -> None:
    paths = versions(tmp_path, PLAN, *(PLAN.replace("due: 2022-12-31", due) for due in DUES))
    done = run("merge-driver", *paths, "7", "计划.yaml", env={"PLANCTL_LANG": lang})
    said = {
        "zh": "计划.yaml:10: 冲突：任务 44 的时限 publish 的到期日：我方 2023-06-30，对方 2023-03-31，原为 2022-12-31。\n"
        "改好标记之间的内容，删去标记，再用 planctl validate 校验。\n",
        "en": "计划.yaml:10: conflict: task 44, deadline publish, due date: ours 2023-06-30, theirs 2023-03-31, before 2022-12-31.\n"
        "Edit what is between the markers, take the markers out, and run planctl validate.\n",
    }
    assert (done.returncode, done.stdout, done.stderr, paths[1].read_text(encoding="utf-8")) == (1, "", said[lang], MARKED)


def test_a_clean_merge_says_nothing(tmp_path: Path) -> None:
    paths = versions(tmp_path, PLAN, *(PLAN.replace(FIRST, text) for text in APPENDED))
    done = run("merge-driver", *paths)
    assert (done.returncode, done.stdout, done.stderr, paths[1].read_text(encoding="utf-8")) == (0, "", "", PLAN.replace(FIRST, MERGED))
