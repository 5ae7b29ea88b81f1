"""Plans as they stand somewhere else than on the disk: in a commit, in the index, in another folder. And `--rev`, which asks about them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import run
from planctl.cli.common import describe
from planctl.errors import NoPlansInRevisionError
from planctl.git.errors import AmbiguousRevisionError, NoMergeBaseError, NotRepositoryError, UnknownRevisionError
from planctl.messages import Word
from planctl.problems import Location
from planctl.revisions import open_revision, open_snapshot, read_range
from repositories import Repo, plan

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.workspace import Workspace

UNITS = "planctl: 1\nunits:\n  - {name: 县司法局}\n"
SETTINGS = "planctl: 1\nlanguage: en\n"


class Seen(NamedTuple):
    """What a workspace was made of, and what is in it."""

    paths: tuple[str, ...]
    plans: dict[str, str]
    problems: list[tuple[str, str]]


def seen(workspace: Workspace) -> Seen:
    titles = {each.id: each.tasks[0].title or "" for each in workspace.plans}
    return Seen(workspace.paths, titles, [(problem.location.path, problem.message_key) for problem in workspace.problems])


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    """A repository of one plan with its units and settings, changed once after the first commit; the tests run in its root."""
    made = Repo(tmp_path / "repo")
    made.write("plans/示例县/方案.yaml", plan(title="旧"))
    made.write("plans/示例县/units.yaml", UNITS)
    made.write("planctl.yaml", SETTINGS)
    made.commit("first", day="2022-01-01")
    made.write("plans/示例县/方案.yaml", plan(title="新"))
    made.commit("second", day="2023-05-01")
    monkeypatch.chdir(made.path)
    return made


def short(repo: Repo, revision: str) -> str:
    return repo.git("rev-parse", revision)[:7]


# Which state


def test_a_commit_is_loaded_as_the_disk_would_be_with_the_same_names(repo: Repo) -> None:
    old, new = open_snapshot("HEAD~1", "plans"), open_snapshot("", "plans")
    paths = ("plans/示例县/units.yaml", "plans/示例县/方案.yaml", "planctl.yaml")
    assert (seen(old.workspace), seen(new.workspace)) == (Seen(paths, {"demo": "旧"}, []), Seen(paths, {"demo": "新"}, []))
    assert (old.name, new.name) == (f"HEAD~1 ({short(repo, 'HEAD~1')})", Word("revision.working-tree"))


def test_the_settings_and_units_are_those_of_the_commit(repo: Repo) -> None:
    repo.write("planctl.yaml", "planctl: 1\nlanguage: zh\n")
    repo.write("plans/示例县/units.yaml", "planctl: 1\nunits: []\n")
    workspace = open_snapshot("HEAD", "plans").workspace
    [directory] = workspace.directories.values()
    assert (workspace.settings.language, directory.names()) == ("en", ["县司法局"])


@pytest.mark.parametrize("text", [":", "--staged"])
def test_the_index_is_what_would_be_committed(repo: Repo, text: str) -> None:
    repo.write("plans/示例县/方案.yaml", plan(title="已暂存"))
    repo.git("add", "plans")
    repo.write("plans/示例县/方案.yaml", plan(title="未暂存"))
    snapshot = open_snapshot(text, "plans")
    assert (snapshot.name, seen(snapshot.workspace).plans) == (Word("revision.index"), {"demo": "已暂存"})


def test_before_anything_is_added_the_index_has_no_plans_and_that_is_said(tmp_path: Path) -> None:
    made = Repo(tmp_path)
    made.write("plans/方案.yaml", plan())
    asked = [run(*command.split(), cwd=made.path) for command in ("validate --staged", "fmt --check --staged")]
    said = "暂存区里，plans 没有方案文件。\n还没有 git add：先用 git add plans 暂存。\n"
    assert [(done.returncode, done.stderr) for done in asked] == [(2, said)] * 2


def test_the_layout_of_the_index_is_not_that_of_the_files_that_lie_about(repo: Repo) -> None:
    run("fmt", cwd=repo.path)
    repo.commit("laid out")
    odd = plan(title="新").replace("lead: [", "lead:   [")
    repo.write("plans/示例县/草稿.yaml", "a: [")
    clean = run("fmt", "--check", "--staged", cwd=repo.path, env={"PLANCTL_LANG": "zh"})
    repo.write("plans/示例县/方案.yaml", odd)
    repo.git("add", "plans/示例县/方案.yaml")
    repo.write("plans/示例县/方案.yaml", plan(title="新"))
    staged = run("fmt", "--check", "--staged", cwd=repo.path, env={"PLANCTL_LANG": "zh"})
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, "", "3 个文件，要改 0 个。\n")
    said = "3 个文件，要改 1 个。\n运行 planctl fmt，再 git add 一次。\n"
    assert (staged.returncode, staged.stdout, staged.stderr) == (1, "plans/示例县/方案.yaml\n", said)


def test_the_index_cannot_be_laid_out_only_looked_at(repo: Repo) -> None:
    done = run("fmt", "--staged", cwd=repo.path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "--staged 要和 --check 一起用。")


def test_a_file_whose_content_git_has_lost_is_named(repo: Repo) -> None:
    oid = repo.git("rev-parse", "HEAD:plans/示例县/方案.yaml")
    (repo.path / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    done = run("due", "--rev", "HEAD", cwd=repo.path, env={"PLANCTL_LANG": "zh"})
    said = f"git 的库里没有 plans/示例县/方案.yaml 的内容（{oid} missing）。"
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, said)


def test_a_submodule_is_left_out_of_the_working_tree_as_it_is_of_a_revision(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.write("子方案.yaml", plan("other"))
    other.commit("of the submodule")
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path.as_uri(), "plans/子模块")
    repo.commit("with a submodule")
    tree, commit = (open_snapshot(text, "plans").workspace for text in ("", "HEAD"))
    assert seen(tree) == seen(commit)
    assert seen(tree)[1:] == ({"demo": "新"}, [("plans/子模块", "P025.submodule")])


def test_another_folder_or_file_is_taken_as_it_stands_even_outside_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.yaml").write_text(plan(title="旧"), encoding="utf-8")
    found = [open_snapshot(text, "plans") for text in ("old", "./old", "old/a.yaml", str(tmp_path / "old"))]
    assert [(each.name, seen(each.workspace).plans) for each in found] == [
        (name, {"demo": "旧"}) for name in ("old", "./old", "old/a.yaml", str(tmp_path / "old"))
    ]


def test_what_a_repository_has_published_is_a_state_like_any_other(repo: Repo) -> None:
    run("export", "--format", "json", "--output", "示例县.json", cwd=repo.path)
    published, here = (open_snapshot(text, "plans").workspace for text in ("示例县.json", ""))
    [directory] = published.directories.values()
    assert (seen(published)[1:], directory.names()) == (seen(here)[1:], ["县司法局"])
    assert published.locate(published.plans[0].path, ("tasks", 0)).path == "示例县.json"


def test_a_name_of_a_folder_and_of_a_branch_is_ambiguous_until_it_is_written_out(repo: Repo) -> None:
    repo.git("branch", "draft", "HEAD~1")
    repo.write("draft/a.yaml", plan(title="草稿"))
    with pytest.raises(AmbiguousRevisionError):
        open_snapshot("draft", "plans")
    found = [seen(open_snapshot(text, "plans").workspace).plans for text in ("./draft", "refs/heads/draft")]
    assert found == [{"demo": "草稿"}, {"demo": "旧"}]


@pytest.mark.usefixtures("repo")
def test_what_is_neither_a_folder_nor_a_revision_is_unknown() -> None:
    with pytest.raises(UnknownRevisionError):
        open_snapshot("plan", "plans")


def test_outside_git_there_is_no_revision(tmp_path: Path) -> None:
    with pytest.raises(NotRepositoryError):
        open_snapshot("HEAD", str(tmp_path))


# The same names on both sides


@pytest.mark.parametrize(
    ("where", "folder"), [(".", "plans"), ("plans", "."), ("plans/示例县", ".."), ("other", "../plans"), ("other", "/plans")]
)
def test_files_are_named_from_where_one_stands_as_those_of_the_disk(
    repo: Repo, monkeypatch: pytest.MonkeyPatch, where: str, folder: str
) -> None:
    (repo.path / "other").mkdir()
    monkeypatch.chdir(repo.path / where)
    folder = f"{repo.path}{folder}" if folder.startswith("/") else folder
    old, new = (open_snapshot(text, folder).workspace for text in ("HEAD~1", ""))
    assert (seen(old)[0], seen(old).plans) == (seen(new)[0], {"demo": "旧"})


def test_a_place_in_an_old_text_is_found_there(repo: Repo) -> None:
    workspace = open_snapshot("HEAD~1", "plans").workspace
    repo.write("plans/示例县/方案.yaml", "")
    assert workspace.locate("plans/示例县/方案.yaml", ("tasks", 0, "title")) == Location("plans/示例县/方案.yaml", 7, 12)


def test_hidden_files_and_what_is_no_yaml_are_left_out(repo: Repo) -> None:
    for path in ("plans/.hidden/a.yaml", "plans/示例县/.a.yaml", "plans/示例县/readme.md", "plans/b.yml"):
        repo.write(path, plan("b"))
    repo.commit("more")
    assert seen(open_snapshot("HEAD", "plans").workspace)[0] == seen(open_snapshot("", "plans").workspace)[0]


@pytest.mark.usefixtures("repo")
def test_single_files_bring_their_units_and_settings_along() -> None:
    found = open_revision("HEAD", ["plans/示例县/方案.yaml"]).workspace
    assert seen(found).paths == ("plans/示例县/方案.yaml", "planctl.yaml", "plans/示例县/units.yaml")


def test_published_plans_that_the_settings_name_are_those_of_the_commit(repo: Repo) -> None:
    repo.write("planctl.yaml", "planctl: 1\nupstream: [upstream/省.json, gone.json]\n")
    repo.write("upstream/省.json", "not what it should be")
    repo.commit("with an upstream")
    (repo.path / "upstream" / "省.json").unlink()
    found = seen(open_snapshot("HEAD", "plans").workspace)
    assert ("upstream/省.json" in found.paths, ("planctl.yaml", "P026") in found.problems) == (True, True)


# What is not as it should be


def test_a_file_that_does_not_parse_on_one_side_is_a_problem_of_that_side(repo: Repo) -> None:
    repo.write("plans/示例县/坏.yaml", "planctl: 1\nid: [\n")
    repo.commit("broken")
    repo.write("plans/示例县/坏.yaml", plan("fine"))
    old, new = (seen(open_snapshot(text, "plans").workspace) for text in ("HEAD", ""))
    assert (old.plans, [path for path, _ in old.problems], new.problems) == ({"demo": "新"}, ["plans/示例县/坏.yaml"], [])


def test_line_ends_of_windows_are_the_same_plan(repo: Repo) -> None:
    repo.write("plans/示例县/方案.yaml", plan(title="新").replace("\n", "\r\n"))
    repo.commit("from Windows")
    old, new = (open_snapshot(revision, "plans").workspace for revision in ("HEAD~1", "HEAD"))
    assert old.plans == new.plans


def test_where_the_plans_were_elsewhere_that_is_said_and_the_old_place_can_be_asked(repo: Repo) -> None:
    repo.git("mv", "plans", "方案")
    repo.commit("renamed")
    with pytest.raises(NoPlansInRevisionError) as caught:
        open_snapshot("HEAD~1", "方案")
    assert caught.value.args_of_message == {"revision": "HEAD~1", "folder": "方案", "elsewhere": "plans/示例县"}
    asked = [open_snapshot("HEAD~1:plans/示例县", "方案"), open_snapshot("HEAD~1:./plans", "方案"), open_snapshot("HEAD~1", "plans")]
    assert [seen(each.workspace).plans for each in asked] == [{"demo": "新"}] * 3


@pytest.mark.usefixtures("repo")
def test_a_colon_within_a_revision_is_no_folder() -> None:
    found = [seen(open_snapshot(text, "plans").workspace).plans for text in ("HEAD^{/first}", "main@{2099-01-01 10:00}", ":/first")]
    assert found == [{"demo": "旧"}, {"demo": "新"}, {"demo": "旧"}]


@pytest.mark.parametrize("moved", [["甲/示例县", "乙/示例县"], ["."]])
def test_plans_in_several_folders_at_the_top_are_elsewhere_too(moved: list[str], repo: Repo) -> None:
    repo.git("rm", "--quiet", "-r", "plans")
    for number, folder in enumerate(moved):
        repo.write(f"{folder}/方案.yaml", plan(f"p{number}"))
    repo.commit("moved")
    with pytest.raises(NoPlansInRevisionError) as caught:
        open_snapshot("HEAD", "plans")
    assert (caught.value.args_of_message["elsewhere"], caught.value.hint) == (".", "error.no-plans-in-revision.elsewhere")
    assert len(open_snapshot("HEAD:.", "plans").workspace.plans) == len(moved)


def test_the_command_that_stages_plans_can_be_typed_as_it_is_said(repo: Repo) -> None:
    repo.git("rm", "--quiet", "-r", "plans")
    with pytest.raises(NoPlansInRevisionError) as caught:
        open_snapshot(":", "我的 方案")
    assert "git add '我的 方案'" in describe(caught.value, "zh")


def test_no_plans_anywhere_is_an_error_and_not_an_empty_answer(repo: Repo) -> None:
    repo.git("rm", "--quiet", "-r", "plans")
    repo.commit("nothing left")
    for revision, hint in (("HEAD", "error.no-plans-in-revision.hint"), (":", "error.no-plans-staged.hint")):
        with pytest.raises(NoPlansInRevisionError) as caught:
            open_snapshot(revision, "plans")
        assert caught.value.hint == hint


def test_a_submodule_is_left_out_and_told(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.write("b.yaml", plan("b"))
    other.commit("of another repository")
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.path.as_uri(), "plans/某县")
    repo.commit("with a submodule")
    found = seen(open_snapshot("HEAD", "plans").workspace)
    assert (found.plans, found.problems) == ({"demo": "新"}, [("plans/某县", "P025.submodule")])
    assert seen(open_snapshot("HEAD", "plans/某县").workspace).plans == {"b": "事项"}


def test_a_pointer_of_git_lfs_is_told(repo: Repo) -> None:
    repo.write("plans/示例县/方案.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    repo.commit("into lfs")
    assert seen(open_snapshot("HEAD", "plans").workspace).problems == [("plans/示例县/方案.yaml", "P025.lfs")]


LINKS = {
    "plans/某县/units.yaml": "../示例县/units.yaml",
    "plans/外.yaml": "../shared/外.yaml",
    "plans/外县": "../shared/外县",
    "plans/again": "示例县",
    "plans/up": "..",
    "plans/note": "../planctl.yaml",
    "plans/nothing": "../nothing",
}


def test_links_are_followed_as_on_the_disk(repo: Repo) -> None:
    repo.write("shared/外.yaml", plan("b"))
    repo.write("shared/外县/丙.yaml", plan("c"))
    repo.write("shared/外县/.hidden.yaml", plan("d"))
    for path, target in LINKS.items():
        (repo.path / path).parent.mkdir(exist_ok=True)
        (repo.path / path).symlink_to(target)
    repo.commit("links")
    (repo.path / "plans" / "again").unlink()
    (repo.path / "plans" / "up").unlink()
    old, new = (seen(open_snapshot(text, "plans").workspace) for text in ("HEAD", ""))
    assert (old, sorted(old.plans)) == (new, ["b", "c", "demo"])


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("plans/a.yaml", "b.yaml"),
        ("plans/a.yaml", "a.yaml"),
        ("plans/a.yaml", "../../outside.yaml"),
        ("plans/a", "../../outside"),
        ("plans/a", "/etc"),
    ],
)
def test_a_link_that_leads_out_of_the_revision_is_told(repo: Repo, path: str, target: str) -> None:
    (repo.path / path).symlink_to(target)
    repo.commit("a link")
    found = seen(open_snapshot("HEAD", "plans").workspace)
    assert (found.plans, found.problems) == ({"demo": "新"}, [(path, "P025.link")])


# Ranges


def test_a_range_is_read_as_git_reads_it(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("aside")
    first = repo.git("rev-parse", "main~1")
    words: dict[tuple[str, ...], tuple[str, str]] = {
        (): ("HEAD", ""),
        ("main",): ("main", ""),
        ("main", "side"): ("main", "side"),
        ("main..side",): ("main", "side"),
        ("main..",): ("main", "HEAD"),
        ("..main",): ("HEAD", "main"),
        ("main...side",): (first, "side"),
        ("main...",): (first, "HEAD"),
        ("v1.2..v1.3",): ("v1.2", "v1.3"),
        ("../repo",): ("../repo", ""),
        ("../repo", "plans"): ("../repo", "plans"),
    }
    assert {given: read_range(given) for given in words} == words


def test_what_has_nothing_in_common_has_no_middle(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "--orphan", "alone")
    repo.commit("alone")
    with pytest.raises(NoMergeBaseError):
        read_range(["main...alone"])


# --rev


@pytest.mark.parametrize(
    "args",
    [
        ("due", "--all", "--before", "2022-12-31"),
        ("tasks",),
        ("show", "demo/1"),
        ("report", "督办台账", "--data", "json"),
        ("validate", "--level", "info"),
        ("units",),
    ],
    ids=lambda args: args[0],
)
def test_an_old_revision_answers_as_the_working_tree_did_on_that_day(repo: Repo, args: tuple[str, ...]) -> None:
    """Whatever has happened to the working tree since."""
    repo.git("checkout", "--quiet", "HEAD~1")
    then = run(*args, *([] if args[0] == "units" else ["--as-of", "2022-01-01"]), cwd=repo.path)
    repo.git("checkout", "--quiet", "main")
    repo.git("rm", "--quiet", "-r", "plans/示例县")
    repo.write("plans/x.yaml", plan("x"))
    now = run(*args, "--rev", "HEAD~1", cwd=repo.path)
    assert (now.stdout, now.returncode) == (then.stdout, then.returncode)
    assert now.stdout or args[0] == "validate"


def test_notices_can_be_written_for_an_old_revision(repo: Repo, tmp_path: Path) -> None:
    done = run("notice", "--rev", "HEAD~1", "--as-of", "2022-12-31", "--format", "md", "--output", tmp_path / "out", cwd=repo.path)
    texts = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.md"))
    assert (done.returncode, "旧" in texts, "新" in texts) == (0, True, False)


def days_left(repo: Repo, *args: str) -> tuple[int, str]:
    done = run("due", "--all", "--before", "2022-12-31", "--format", "json", *args, cwd=repo.path, env={"PLANCTL_LANG": "zh"})
    [record] = json.loads(done.stdout)
    return record["days_left"], done.stderr


def test_without_a_day_an_old_revision_is_asked_as_of_the_day_of_its_commit_and_that_is_said(repo: Repo) -> None:
    told = f"按 HEAD~1 ({short(repo, 'HEAD~1')}) 来看，截至提交那天 2022-01-01；另定日期用 --as-of。\n"
    assert [days_left(repo, "--rev", "HEAD~1"), days_left(repo, "--rev", "HEAD~1", "--as-of", "2022-12-01")] == [(364, told), (30, "")]


def test_the_index_is_asked_as_of_today(repo: Repo) -> None:
    assert days_left(repo, "--rev", ":") == days_left(repo)


def test_single_files_of_an_old_revision_can_be_checked(repo: Repo) -> None:
    repo.write("plans/示例县/方案.yaml", "planctl: 1\nid: [\n")
    repo.commit("broken")
    codes = [run("validate", "plans/示例县/方案.yaml", "--rev", revision, cwd=repo.path).returncode for revision in ("HEAD", "HEAD~1")]
    assert codes == [1, 0]


def test_an_incomplete_answer_about_an_old_revision_ends_with_2(repo: Repo) -> None:
    repo.write("plans/示例县/坏.yaml", "planctl: 1\nid: [\n")
    repo.commit("broken")
    repo.git("rm", "--quiet", "plans/示例县/坏.yaml")
    assert [run("tasks", *args, cwd=repo.path).returncode for args in ([], ["--rev", "HEAD"])] == [0, 2]


def test_a_bare_repository_can_be_asked(repo: Repo, tmp_path: Path) -> None:
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    done = run("tasks", "--rev", "HEAD~1", "--format", "json", cwd=bare.path)
    assert [record["title"] for record in json.loads(done.stdout)] == ["旧"]


def test_a_hook_of_another_repository_does_not_confuse_the_answer(repo: Repo, tmp_path: Path) -> None:
    other = Repo(tmp_path / "other")
    other.commit("of another")
    leaked = {"GIT_DIR": str(other.path / ".git"), "GIT_INDEX_FILE": str(other.path / ".git" / "index"), "GIT_WORK_TREE": str(other.path)}
    answers = [run("tasks", "--rev", revision, cwd=repo.path, env=env).stdout for revision in ("HEAD", ":") for env in (leaked, {})]
    assert answers == [answers[0]] * 4
    assert "新" in answers[0]


def test_a_hook_before_a_commit_sees_what_is_being_committed(repo: Repo) -> None:
    """`git commit FILE` commits that file alone, from an index of its own."""
    hook = repo.path / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\n{sys.executable} -m planctl tasks --rev : --format json > hook.json\n", encoding="utf-8")
    hook.chmod(0o755)
    repo.write("plans/示例县/方案.yaml", plan(title="提交这个"))
    repo.write("plans/示例县/另.yaml", plan("other", title="不提交"))
    repo.git("add", "plans/示例县/另.yaml")
    repo.git("commit", "--quiet", "--message=one file", "plans/示例县/方案.yaml")
    titles = [record["title"] for record in json.loads((repo.path / "hook.json").read_text(encoding="utf-8"))]
    assert titles == ["提交这个"]


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        (
            "nope",
            "没有“nope”这个版本。\n可写 HEAD~1、分支、标签或提交号；用 git log 查看。远端的分支先用 git fetch 取来，写作 origin/分支名。\n",
        ),
        ("", "没有“”这个版本。\n可写 HEAD~1、分支、标签或提交号；用 git log 查看。远端的分支先用 git fetch 取来，写作 origin/分支名。\n"),
        ("--all", "没有“--all”这个版本。\n版本不能以 - 开头。\n"),
        ("HEAD:plan", "版本 HEAD 里，plan 没有方案文件。\n那时方案在 plans/示例县：写作 HEAD:plans/示例县，或用 --plans 指明。\n"),
    ],
)
def test_a_revision_that_is_not_there_ends_with_2_and_the_way_out(repo: Repo, revision: str, words: str) -> None:
    done = run("tasks", f"--rev={revision}", cwd=repo.path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", words)


def test_a_shallow_clone_ends_with_2_and_says_how_to_get_the_rest(repo: Repo, tmp_path: Path) -> None:
    shallow = repo.clone(tmp_path / "shallow", "--depth=1")
    done = run("tasks", "--rev", "HEAD~1", cwd=shallow.path)
    assert (done.returncode, "git fetch --unshallow" in done.stderr, "fetch-depth: 0" in done.stderr) == (2, True, True)


def test_four_processes_of_git_read_a_revision_however_many_files_it_has(repo: Repo, tmp_path: Path) -> None:
    """Which repository, which commit, which files, and all their texts at once; the day of the commit only where it is asked."""
    for number in range(50):
        repo.write(f"plans/示例县/{number}.yaml", plan(f"p{number}"))
    repo.commit("many")
    trace = tmp_path / "trace"
    done = run("units", "--rev", "HEAD", cwd=repo.path, env={"GIT_TRACE2_EVENT": str(trace)})
    started = [json.loads(line)["argv"] for line in trace.read_text(encoding="utf-8").splitlines() if '"event":"start"' in line]
    commands = [next(word for word in argv[3:] if not word.startswith("-") and "=" not in word and word != "c") for argv in started]
    assert (done.returncode, commands) == (0, ["rev-parse", "rev-parse", "ls-tree", "cat-file"])


def test_nothing_is_written_to_the_repository(repo: Repo) -> None:
    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in repo.path.rglob("*")}

    before = state()
    run("tasks", "--rev", ":", cwd=repo.path)
    run("tasks", "--rev", "HEAD~1", cwd=repo.path)
    assert state() == before
