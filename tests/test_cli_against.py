"""`planctl validate --against`: a change that breaks the policy is refused, with file, line and reason; what others did meanwhile is not ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run
from repositories import Repo

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
planctl: 1
id: demo
title: 示例县工作方案
document: {number: 示政发〔2024〕3号, issued: 2024-01-15}
tasks:
  - id: "43"
    title: 公布权责清单
    lead: [县司法局]

  - id: "44"
    title: 建立执法监督制度
    lead: [县司法局]
    deadlines:
      - {id: build, due: 2024-12-31, quote: 限期建立}
"""
MOVED = PLAN.replace("2024-12-31", "2025-06-30")
EXTENDED = PLAN + "    extensions:\n      - {from: 2024-12-31, to: 2025-06-30, requested: 2024-12-02, approved: 2024-12-12, by: 县政府}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path)
    made.write("plans/方案.yaml", PLAN)
    made.commit("方案")
    return made


def judged(repo: Repo, *args: str) -> list[Any]:
    done = run("validate", "--against", "main", "--format", "json", "--level", "warning", *args, cwd=repo.path)
    found = [(problem["code"], problem["file"], problem["line"], problem["task"]) for problem in json.loads(done.stdout)]
    return [done.returncode, *found]


def test_a_date_that_moved_by_half_a_year_and_that_nobody_approved_is_refused(repo: Repo) -> None:
    repo.git("switch", "--create", "delay")
    repo.write("plans/方案.yaml", MOVED)
    repo.commit("推迟")

    assert judged(repo) == [1, ("P501", "plans/方案.yaml", 14, "44")]


def test_another_event_on_a_clock_that_was_met_undoes_nothing(repo: Repo) -> None:
    """Each event starts a period of its own: that one is open takes nothing from the one that is done."""
    plan = PLAN.replace("due: 2024-12-31", "within: 30 days, after: 规范性文件公布")
    entry = "    progress:\n      - {on: 2024-05-20, unit: 县司法局, period: 2024-05-06, state: done, evidence: [文号]}\n"
    repo.write("plans/方案.yaml", f"{plan}{entry}events:\n  - {{on: 2024-05-06, name: 规范性文件公布}}\n")
    repo.commit("办结")
    repo.git("switch", "--create", "event")
    repo.write(
        "plans/方案.yaml",
        f"{plan}{entry}events:\n  - {{on: 2024-05-06, name: 规范性文件公布}}\n  - {{on: 2024-09-05, name: 规范性文件公布}}\n",
    )
    repo.commit("又一件")

    assert judged(repo) == [0]


@pytest.mark.parametrize(
    ("approval", "found"),
    [
        ("from: 2024-12-31, to: 2025-05-31, approved: 2024-12-12, by: 县政府", []),
        ("from: 2024-12-31, to: 2025-05-31, approved: 2024-12-12", [16, 17]),
        ("period: 2024, from: 2024-12-31, to: 2025-05-31, approved: 2024-12-12, by: 县政府", [16]),
    ],
)
def test_an_approval_answers_the_request_of_the_same_date(approval: str, found: list[int], repo: Repo) -> None:
    repo.git("switch", "--create", "delay")
    repo.write("plans/方案.yaml", f"{EXTENDED.replace(', approved: 2024-12-12, by: 县政府', '')}      - {{{approval}}}\n")
    repo.commit("批复")

    assert judged(repo) == [bool(found), *(("P502", "plans/方案.yaml", line, "44") for line in found)]


@pytest.mark.parametrize(
    ("old", "new", "passes"),
    [
        ("lead: [县政府各部门]\n    basis: addressee", "lead: [县司法局]\n    support: [县政府各部门]\n    basis: assigned", True),
        ("lead: [县政府各部门]", "lead: [县司法局]\n    support: [县政府各部门]\n    basis: assigned", True),
        ("lead: [县政府各部门]\n    basis: addressee", "lead: [县司法局]\n    basis: assigned", False),
        ("lead: [县财政局]", "lead: [县司法局]\n    support: [县财政局]\n    basis: assigned", False),
    ],
)
def test_a_lead_is_named_where_the_document_names_nobody_in_particular(*, old: str, new: str, passes: bool, repo: Repo) -> None:
    """Who stood in stays in the plan, as P106 advises; a lead that the document names is not taken off so."""
    units = "units: [{name: 县司法局}, {name: 县财政局}]\ngroups: [{name: 县政府各部门}]\n"
    repo.write("plans/units.yaml", f"planctl: 1\norganisation: 示例县\n{units}")
    repo.write("plans/方案.yaml", PLAN.replace("lead: [县司法局]", old, 1))
    repo.commit("无牵头")
    repo.git("switch", "--create", "assign")
    repo.write("plans/方案.yaml", PLAN.replace("lead: [县司法局]", new, 1))
    repo.commit("明确牵头")

    assert judged(repo) == ([0] if passes else [1, ("P505", "plans/方案.yaml", 8, "43")])


def test_the_same_by_an_approved_extension_goes_through(repo: Repo) -> None:
    repo.git("switch", "--create", "delay")
    repo.write("plans/方案.yaml", EXTENDED)
    repo.commit("延期")

    assert judged(repo) == [0]


def test_what_the_other_branch_did_since_is_not_ours(repo: Repo) -> None:
    repo.git("switch", "--create", "ours")
    repo.write("plans/别的.yaml", "planctl: 1\nid: other\ntitle: 别的\ntasks: []\n")
    repo.commit("另一个方案")
    repo.git("switch", "main")
    repo.write("plans/方案.yaml", PLAN + '\n  - {id: "45", title: 新任务, lead: [县司法局]}\n')
    repo.commit("加一项")
    repo.git("switch", "ours")

    assert judged(repo) == [0]


def test_the_working_tree_the_index_and_another_revision_can_be_judged(repo: Repo) -> None:
    repo.git("branch", "delay")
    repo.write("plans/方案.yaml", MOVED)
    worktree = judged(repo)
    before = judged(repo, "--staged")
    repo.git("add", "--all")
    repo.write("plans/方案.yaml", PLAN)

    assert [worktree[0], before[0], judged(repo, "--staged")[0], judged(repo)[0], judged(repo, "--rev", "delay")[0]] == [1, 0, 1, 0, 0]


def test_one_finding_is_waived_by_its_fingerprint_and_no_other(repo: Repo) -> None:
    repo.git("switch", "--create", "delay")
    repo.write("plans/方案.yaml", MOVED.replace("[县司法局]", "[县政府办]", 1))
    found = json.loads(run("validate", "--against", "main", "--format", "json", "--only", "P5", cwd=repo.path).stdout)
    fingerprint = next(problem["fingerprint"] for problem in found if problem["code"] == "P501")
    repo.write(
        "planctl.yaml", f"planctl: 1\nwaivers:\n  - {{code: P501, fingerprint: {fingerprint}, reason: 更正录入错误, until: 2099-12-31}}\n"
    )
    repo.commit("推迟")

    assert judged(repo) == [1, ("P505", "plans/方案.yaml", 8, "43")]
    repo.write("plans/方案.yaml", MOVED.replace("2025-06-30", "2025-09-30"))
    assert judged(repo) == [1, ("P501", "plans/方案.yaml", 14, "44")]


def test_a_waiver_of_a_change_is_not_idle_once_the_change_has_landed(repo: Repo) -> None:
    repo.write(
        "planctl.yaml", "planctl: 1\nwaivers:\n  - {code: P501, fingerprint: 0123456789ab, reason: 更正录入错误, until: 2099-12-31}\n"
    )
    assert run("validate", "--strict", cwd=repo.path).returncode == 0


def test_the_severity_of_a_rule_about_changes_is_that_of_the_state_before(repo: Repo) -> None:
    repo.write("planctl.yaml", 'planctl: 1\nseverity: {P501: "warning"}\n')
    repo.commit("设置")
    repo.write("plans/方案.yaml", MOVED)
    assert judged(repo) == [0, ("P501", "plans/方案.yaml", 14, "44")]


def test_a_file_that_could_not_be_read_before_is_said_and_the_rest_is_judged(repo: Repo) -> None:
    repo.write("plans/坏.yaml", "planctl: 1\nid: [\n")
    repo.commit("坏文件")
    repo.write("plans/坏.yaml", "planctl: 1\nid: other\ntitle: 好了\ntasks: []\n")
    repo.write("plans/方案.yaml", MOVED)

    assert judged(repo) == [1, ("P510", "plans/坏.yaml", 1, None), ("P501", "plans/方案.yaml", 14, "44")]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--against", "nobody"], "nobody"),
        (["--against", "main", "plans/方案.yaml"], "--against 要看整个方案目录"),
        (["--against=--output=x"], "--output=x"),
    ],
)
def test_what_cannot_be_judged_is_said(repo: Repo, args: list[str], said: str) -> None:
    done = run("validate", *args, cwd=repo.path)
    assert (done.returncode, done.stdout, said in done.stderr) == (2, "", True)


def test_a_clone_that_was_cut_off_says_how_to_get_the_rest(repo: Repo, tmp_path: Path) -> None:
    repo.git("switch", "--create", "delay")
    repo.write("plans/方案.yaml", MOVED)
    repo.commit("推迟")
    shallow = repo.clone(tmp_path / "shallow", "--depth=1", "--branch=delay")

    done = run("validate", "--against", "origin/main", cwd=shallow.path)

    assert (done.returncode, "fetch-depth" in done.stderr or "unshallow" in done.stderr) == (2, True)


def test_two_folders_without_git(tmp_path: Path) -> None:
    for name, text in (("old", PLAN), ("new/plans", MOVED)):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "方案.yaml").write_text(text, encoding="utf-8")

    done = run("validate", "--against", "../old", cwd=tmp_path / "new")

    assert (done.returncode, done.stdout.count("error P501")) == (1, 1)


def test_the_change_that_brings_the_first_plans_goes_through(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("README.md", "方案\n")
    repo.commit("空")
    repo.git("switch", "--create", "first")
    repo.write("plans/方案.yaml", PLAN)
    repo.commit("方案")

    done = run("validate", "--against", "main", cwd=tmp_path)

    assert (done.returncode, "main 里还没有方案" in done.stderr) == (0, True)


# A change cannot walk round its judge


def test_plans_that_stood_elsewhere_before_are_not_taken_for_the_first(repo: Repo) -> None:
    repo.git("mv", "plans", "方案")
    repo.commit("改名")
    repo.write("方案/方案.yaml", MOVED)

    lost = run("--plans", "方案", "validate", "--against", "HEAD~1", cwd=repo.path)
    found = run("--plans", "方案", "validate", "--against", "HEAD~1:plans", cwd=repo.path)

    assert (lost.returncode, "plans" in lost.stderr) == (2, True)
    assert (found.returncode, "error P501" in found.stdout) == (1, True)


def test_a_file_that_could_not_be_read_before_is_not_waved_through(repo: Repo) -> None:
    repo.write("plans/方案.yaml", "x: [\n")
    repo.commit("坏了")
    repo.write("plans/方案.yaml", MOVED)

    done = run("validate", "--against", "HEAD", "--format", "json", "--only", "P5", cwd=repo.path)

    assert (done.returncode, [problem["code"] for problem in json.loads(done.stdout)]) == (1, ["P510"])


@pytest.mark.parametrize(
    "settings",
    ["severity: {P501: 'off'}", "waivers:\n  - {code: P501, reason: 不想报, until: 2099-12-31}"],
)
def test_a_change_does_not_choose_how_it_is_judged(settings: str, repo: Repo) -> None:
    repo.write("planctl.yaml", f"planctl: 1\n{settings}\n")
    repo.write("plans/方案.yaml", MOVED)
    assert judged(repo) == [1, ("P501", "plans/方案.yaml", 14, "44")]

    repo.git("stash", "--", "plans")
    repo.commit("先改设置")
    repo.git("stash", "pop")
    assert json.loads(run("validate", "--against", "HEAD", "--format", "json", "--only", "P5", cwd=repo.path).stdout) == []


@pytest.mark.parametrize("against", ["", "main...nope", "..main"])
def test_what_names_no_revision_is_refused(against: str, repo: Repo) -> None:
    done = run("validate", f"--against={against}", cwd=repo.path)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_duty_is_not_handed_over_to_an_actor_unseen(repo: Repo) -> None:
    repo.write("plans/方案.yaml", PLAN.replace("quote: 限期建立", "quote: 限期建立, actors: [县政府办]"))
    assert judged(repo) == [1, ("P505", "plans/方案.yaml", 14, "44")]


def test_before_the_first_commit_there_is_nothing_to_judge_by(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write("plans/方案.yaml", PLAN)
    assert run("validate", "--against", "HEAD", cwd=repo.path).returncode == 0
