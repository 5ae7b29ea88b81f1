"""The history of tasks and plans: what each commit did, through renames, moves and merges, and how much was owed on which day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load
from planctl.codec import decode
from planctl.git import find_repository
from planctl.history.chronicle import Chronicle, Now, chronicle
from planctl.history.lineage import Reference
from planctl.history.versions import Versions
from planctl.sources import Source
from repositories import Repo

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2022, 12, 1)


def plan(*tasks: str, identity: str = "demo", head: str = "") -> str:
    return f"planctl: 1\nid: {identity}\ntitle: 示例县工作方案\n{head}tasks:\n{''.join(tasks)}"


def task(number: str = "1", lead: str = "县司法局", title: str = "公布清单", rest: str = "") -> str:
    return f'  - id: "{number}"\n    title: {title}\n    lead: [{lead}]\n{rest}'


DUE = "    deadlines:\n      - {id: publish, due: %s}\n"
DONE = "    progress:\n      - {on: 2022-06-01, unit: %s, state: accepted}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "r")


def history(repo: Repo, reference: str = "demo/1", home: str = "plans/a.yaml") -> Chronicle:
    plans = {str(path): path.read_text(encoding="utf-8") for path in repo.path.rglob("*.yaml")}
    return chronicle(find_repository(str(repo.path)), Reference(*reference.split("/")), Now(load(plans), DAY, home))


def told(repo: Repo, reference: str = "demo/1") -> list[tuple[str | None, list[str]]]:
    """Say for each step, newest first, the subject of the commit and the fields that changed."""
    steps = history(repo, reference).steps
    return [(step.commit.subject if step.commit else None, [f"{each.kind.value} {each.field}" for each in step.changes]) for step in steps]


def values(repo: Repo, field: str) -> list[tuple[str | None, object, object]]:
    """Say for each step that changed a field what it was before and after."""
    found = []
    for step in history(repo).steps:
        found += [(step.commit.subject if step.commit else None, each.old, each.new) for each in step.changes if each.field == field]
    return found


# One line


def test_each_commit_that_changed_the_task_is_told_newest_first(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task(), task("2")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task(), task("2", lead="县财政局")))
    repo.commit("另一项任务")
    repo.write("plans/a.yaml", plan(task(lead="县财政局"), task("2", lead="县财政局")))
    repo.commit("换牵头")
    repo.write("README.md", "说明")
    repo.commit("说明")
    repo.write("plans/a.yaml", plan(task(lead="县财政局", rest=DUE % "2022-12-31"), task("2", lead="县财政局")))
    repo.commit("定期限")
    assert told(repo) == [
        ("定期限", ["added deadlines", "changed status"]),
        ("换牵头", ["changed lead"]),
        ("建立", ["added tasks"]),
    ]


def test_layout_comments_and_the_order_of_keys_are_no_change(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task()))
    repo.commit("建立")
    repo.write(
        "plans/a.yaml", '# 说明\nid: demo\nplanctl: 1\ntitle: 示例县工作方案\r\ntasks: [{title: 公布清单, id: "1", lead: 县司法局}]\n'
    )
    repo.commit("换写法")
    assert told(repo) == [("建立", ["added tasks"])]


def test_what_is_not_committed_comes_first(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task()))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task(title="公布清单并说明")))
    assert told(repo) == [(None, ["changed title"]), ("建立", ["added tasks"])]


def test_before_the_first_commit_everything_is_not_committed_yet(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task()))
    assert told(repo) == [(None, ["added tasks"])]


def test_an_event_that_starts_the_clock_of_the_task_belongs_to_its_history_and_other_things_of_the_plan_do_not(repo: Repo) -> None:
    clock = "    deadlines:\n      - {id: filing, within: 30 days, after: 文件公布}\n"
    repo.write("plans/a.yaml", plan(task(rest=clock)))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task(rest=clock), head="note: 说明\n") + "events:\n  - {on: 2022-03-01, name: 会议}\n")
    repo.commit("无关")
    repo.write("plans/a.yaml", plan(task(rest=clock)) + "events:\n  - {on: 2022-03-01, name: 文件公布}\n")
    repo.commit("起算", "2022-03-02")
    assert told(repo)[0] == ("起算", ["added events", "changed status"])
    assert [subject for subject, _ in told(repo)] == ["起算", "建立"]


def test_another_name_of_a_unit_is_no_change_of_the_task(repo: Repo) -> None:
    repo.write("plans/units.yaml", "planctl: 1\nunits:\n  - {name: 县司法局, aliases: [县局]}\n")
    repo.write("plans/a.yaml", plan(task(lead="县局")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task(lead="县司法局")))
    repo.commit("写全称")
    assert told(repo) == [("建立", ["added tasks"])]


# Names and places


def test_a_plan_is_followed_by_its_id_through_other_files_and_folders(repo: Repo) -> None:
    repo.write("旧/a.yaml", plan(task()))
    repo.commit("建立")
    repo.write("旧/a.yaml", plan(task(lead="县财政局")))
    repo.commit("换牵头")
    repo.git("mv", "旧", "plans")
    repo.commit("换目录")
    repo.git("mv", "plans/a.yaml", "plans/二〇二二年 方案.yaml")
    repo.commit("换文件名")
    repo.write("plans/二〇二二年 方案.yaml", plan(task(lead="县财政局", title="公布")))
    repo.commit("换名称")
    assert told(repo) == [("换名称", ["changed title"]), ("换牵头", ["changed lead"]), ("建立", ["added tasks"])]


def test_a_file_that_is_renamed_and_changed_in_one_commit_shows_the_change(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task()))
    repo.commit("建立")
    repo.git("mv", "plans/a.yaml", "plans/b.yaml")
    repo.write("plans/b.yaml", plan(task(lead="县财政局")))
    repo.commit("改名并换牵头")
    assert told(repo) == [("改名并换牵头", ["changed lead"]), ("建立", ["added tasks"])]


def test_a_copy_of_the_plan_elsewhere_is_not_taken_for_it(repo: Repo) -> None:
    repo.write("docs/sample.yaml", plan(task(lead="某单位")))
    repo.commit("样本")
    repo.write("plans/a.yaml", plan(task()))
    repo.commit("建立")
    repo.write("docs/sample.yaml", plan(task(lead="某某单位")))
    repo.commit("改样本")
    assert [subject for subject, _ in told(repo)] == ["建立", "样本"]
    assert values(repo, "lead") == [("建立", ["某单位"], ["县司法局"])]


def test_a_task_that_moves_to_another_plan_brings_its_history(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task("9"), identity="old"))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task("9", lead="县财政局"), task("10", title="其他"), identity="old"))
    repo.commit("换牵头")
    repo.write("plans/b.yaml", plan(task("1", lead="县财政局")))
    repo.write("plans/a.yaml", plan(task("10", title="其他"), identity="old"))
    repo.commit("移到新方案")
    steps = history(repo).steps
    assert [(step.commit.subject, step.reference) for step in steps if step.commit] == [
        ("移到新方案", ("demo", "1")),
        ("换牵头", ("old", "9")),
        ("建立", ("old", "9")),
    ]
    assert told(repo)[0] == ("移到新方案", ["changed id", "moved plan"])


def test_a_task_that_gets_another_number_brings_its_history(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task("3")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task("3", lead="县财政局")))
    repo.commit("换牵头")
    repo.write("plans/a.yaml", plan(task("1", lead="县财政局")))
    repo.commit("重新编号")
    assert [step.reference.task for step in history(repo).steps] == ["1", "3", "3"]


def test_a_number_that_is_not_committed_yet_brings_the_history_too(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task("3")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task("1")))
    assert [(step.commit is None, step.reference.task) for step in history(repo).steps] == [(True, "1"), (False, "3")]


def test_a_plan_that_gets_another_id_brings_the_history_of_its_tasks(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task(), identity="draft"))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task()))
    repo.commit("定名")
    assert [step.reference.plan for step in history(repo).steps] == ["demo", "draft"]


def test_a_task_that_is_gone_is_told_to_its_end(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task(), task("2", title="其他")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task("2", title="其他")))
    repo.commit("删去")
    assert told(repo) == [("删去", ["removed tasks"]), ("建立", ["added tasks"])]


# What cannot be read


@pytest.mark.parametrize(
    "broken",
    [
        plan(task()) + "  - id: [\n",
        plan(task(title='"没有写完')),
        "<<<<<<< HEAD\n" + plan(task(lead="县财政局")),
        plan(task(rest=DUE % "2022年底")),
    ],
)
def test_a_version_that_cannot_be_read_is_skipped_and_told(repo: Repo, broken: str) -> None:
    repo.write("plans/a.yaml", plan(task(rest=DUE % "2022-10-31")))
    repo.commit("建立")
    repo.write("plans/a.yaml", broken)
    commit = repo.commit("写坏")
    repo.write("plans/a.yaml", plan(task(rest=DUE % "2022-12-31")))
    repo.commit("修好")
    found = history(repo)
    assert [(each.commit.id, each.path) for each in found.skipped] == [(commit, "plans/a.yaml")]
    assert values(repo, "deadlines.due") == [("修好", date(2022, 10, 31), date(2022, 12, 31))]


def test_what_is_wrong_with_another_task_keeps_no_version_from_being_read(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task(), task("2")))
    repo.commit("建立")
    repo.write("plans/a.yaml", plan(task(lead="县财政局"), task("2", rest=DUE % "2022年底")))
    repo.commit("换牵头")
    assert (history(repo).skipped, values(repo, "lead")) == ((), [("换牵头", ["县司法局"], ["县财政局"])])


def test_links_and_other_repositories_are_no_files(repo: Repo) -> None:
    repo.write("plans/a.yaml", plan(task()))
    commit = repo.commit("建立")
    (repo.path / "plans" / "b.yaml").symlink_to("a.yaml")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},plans/c.yaml")
    repo.git("add", "plans/b.yaml")
    repo.git("commit", "--quiet", "--message", "链接")
    assert [subject for subject, _ in told(repo)] == ["建立"]


def test_a_shallow_clone_answers_as_far_as_it_goes_and_says_so(repo: Repo, tmp_path: Path) -> None:
    for subject, lead in (("建立", "甲"), ("一", "乙"), ("二", "丙"), ("三", "丁")):
        repo.write("plans/a.yaml", plan(task(lead=lead)))
        repo.commit(subject)
    clone = repo.clone(tmp_path / "clone", "--depth=2")
    assert (history(repo).is_cut_off, history(clone).is_cut_off) == (False, True)
    assert told(clone) == [("三", ["changed lead"])]


# Several lines


def branch(repo: Repo, ours: str, theirs: str, merged: str | None = None) -> None:
    """Make a plan, change it on both sides, and merge: by itself, or by a hand that writes something."""
    repo.write("plans/a.yaml", plan(task(rest=DUE % "2022-12-31")))
    repo.commit("建立", "2022-01-01")
    repo.git("checkout", "--quiet", "-b", "branch")
    repo.write("plans/a.yaml", theirs)
    repo.commit("支", "2022-01-02")
    repo.git("checkout", "--quiet", "main")
    repo.write("plans/a.yaml", ours)
    repo.commit("主", "2022-01-03")
    if merged is None:
        repo.git("merge", "--quiet", "--no-ff", "--message", "合并", "branch", day="2022-01-04")
        return
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "-X", "ours", "branch")
    repo.write("plans/a.yaml", merged)
    repo.commit("合并", "2022-01-04")


BASE = plan(task(rest=DUE % "2022-12-31"))


def test_a_merge_that_only_brings_a_branch_in_says_nothing_new(repo: Repo) -> None:
    branch(repo, BASE + "note: 主\n", plan(task(lead="县财政局", rest=DUE % "2022-12-31")))
    assert told(repo) == [("支", ["changed lead"]), ("建立", ["added tasks"])]


def test_a_merge_of_two_sides_that_both_touched_the_task_says_nothing_new(repo: Repo) -> None:
    ours = plan(task(title="公布", rest=DUE % "2022-12-31"))
    theirs = plan(task(rest=DUE % "2022-11-30"))
    branch(repo, ours, theirs, plan(task(title="公布", rest=DUE % "2022-11-30")))
    assert [subject for subject, _ in told(repo)] == ["主", "支", "建立"]


def test_records_that_both_sides_appended_are_each_told_once(repo: Repo) -> None:
    entries = [f"      - {{on: 2022-06-0{day}, unit: 县司法局, note: {day}}}\n" for day in (1, 2)]
    texts = [plan(task(rest=DUE % "2022-12-31" + "    progress:\n" + some)) for some in (*entries, "".join(entries))]
    branch(repo, *texts)
    assert told(repo) == [("主", ["added progress"]), ("支", ["added progress"]), ("建立", ["added tasks"])]


def test_a_merge_that_drops_what_a_branch_did_is_told(repo: Repo) -> None:
    theirs = plan(task(lead="县财政局", rest=DUE % "2022-12-31"))
    branch(repo, BASE + "note: 主\n", theirs, BASE + "note: 主\n")
    assert values(repo, "lead") == [("合并", ["县财政局"], ["县司法局"]), ("支", ["县司法局"], ["县财政局"])]


def test_a_merge_that_chooses_between_two_sides_is_told(repo: Repo) -> None:
    ours, theirs = (plan(task(lead=lead, rest=DUE % "2022-12-31")) for lead in ("县财政局", "县教育局"))
    branch(repo, ours, theirs, ours)
    assert values(repo, "lead") == [
        ("合并", ["县教育局"], ["县财政局"]),
        ("主", ["县司法局"], ["县财政局"]),
        ("支", ["县司法局"], ["县教育局"]),
    ]


def test_a_merge_that_writes_what_neither_side_had_is_told(repo: Repo) -> None:
    ours, theirs, merged = (plan(task(lead=lead, rest=DUE % "2022-12-31")) for lead in ("县财政局", "县教育局", "县民政局"))
    branch(repo, ours, theirs, merged)
    assert values(repo, "lead")[0] == ("合并", ["县财政局"], ["县民政局"])


def test_a_side_that_changed_its_mind_merges_as_what_it_ended_with(repo: Repo) -> None:
    repo.write("plans/a.yaml", BASE)
    repo.commit("建立", "2022-01-01")
    repo.git("checkout", "--quiet", "-b", "branch")
    for subject, lead in (("支一", "县财政局"), ("支二", "县教育局")):
        repo.write("plans/a.yaml", plan(task(lead=lead, rest=DUE % "2022-12-31")))
        repo.commit(subject, "2022-01-02")
    repo.git("checkout", "--quiet", "main")
    repo.write("plans/a.yaml", plan(task(rest=DUE % "2022-11-30")))
    repo.commit("主", "2022-01-03")
    repo.git("merge", "--quiet", "--no-commit", "--no-ff", "-X", "ours", "branch")
    repo.write("plans/a.yaml", plan(task(lead="县教育局", rest=DUE % "2022-11-30")))
    repo.commit("合并", "2022-01-04")
    assert [subject for subject, _ in told(repo)] == ["主", "支二", "支一", "建立"]


# Versions


SAMPLE = (
    '# 说明\nplanctl: 1\nid: demo\ntitle: 方案\ntasks: # 任务\n  # 第一项\n  - id: "1"\n    title: 甲\n    note: |\n      一\n      - 二\n'
    '  - id: "2"\n    title: "乙\n      续"\n    lead: [县司法局]\nevents:\n  - {on: 2022-01-01, name: 公布}\n'
)
LINES = st.sampled_from(
    [
        *SAMPLE.splitlines(),
        "tasks:",
        "---",
        "...",
        '    note: "a',
        '  b"',
        "- ",
        "  - ",
        "\t",
        "tasks: []",
        "  - id: 3",
        "'",
        "]",
        "{",
        "  title: 丙",
    ]
)


@given(st.lists(st.tuples(st.integers(0, 16), st.booleans(), LINES), max_size=3), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=400, deadline=None)
def test_a_text_that_is_decoded_by_pieces_says_what_it_says_as_a_whole(edits: list[tuple[int, bool, str]], end: str) -> None:
    versions = Versions()
    lines = SAMPLE.splitlines()
    for place, replaces, line in edits:
        lines[place : place + replaces] = [line]
    text = "".join(f"{line}{end}" for line in lines)
    found = versions.read("plans/a.yaml", text.encode())
    record, problems = decode(Source("plans/a.yaml", text))
    assert found == (record, tuple(problems))
