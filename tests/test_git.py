"""The door to git, on real repositories."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from planctl import git
from planctl.git import Blob, Commit, Repository, find_repository, is_shallow, list_blobs, log, merge_base, read_blobs, read_commit, resolve
from planctl.git.errors import (
    AmbiguousRevisionError,
    GitFailedError,
    NoMergeBaseError,
    NotRepositoryError,
    UnknownRevisionError,
    UnmergedError,
    UntrustedRepositoryError,
)
from planctl.git.running import POINTERS
from planctl.messages import entry
from repositories import Repo

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.errors import PlanctlError

CHINA = timezone(timedelta(hours=8))
MANY = 10_000


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A repository of two commits."""
    made = Repo(tmp_path / "repo")
    made.write("plans/a.yaml", "old\n")
    made.commit("第一次")
    made.write("plans/a.yaml", "new\n")
    made.write("other.txt", "x\n")
    made.commit("second", day="2022-03-01")
    return made


def opened(repo: Repo) -> Repository:
    return find_repository(str(repo.path))


def oid_of(repo: Repo, name: str) -> str:
    return repo.git("rev-parse", name)


# Which repository


def test_a_repository_is_found_from_its_files_its_folders_and_what_is_not_there_yet(repo: Repo) -> None:
    places = ("", "plans", "plans/a.yaml", "plans/new/b.yaml", ".git", ".git/hooks")
    assert {find_repository(str(repo.path / place)).root for place in places} == {str(repo.path)}


def test_a_worktree_has_a_root_of_its_own(repo: Repo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "other"), "HEAD~1")
    found = find_repository(str(tmp_path / "other" / "plans"))
    assert (found.root, resolve(found, "HEAD")) == (str(tmp_path / "other"), oid_of(repo, "HEAD~1"))


def test_a_bare_repository_is_its_own_root(repo: Repo, tmp_path: Path) -> None:
    bare = repo.clone(tmp_path / "bare.git", "--bare")
    found = opened(bare)
    assert (found.root, [blob.path for blob in list_blobs(found, "HEAD", ["plans"])]) == (str(bare.path), ["plans/a.yaml"])


def test_what_is_in_no_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotRepositoryError):
        find_repository(str(tmp_path))


def test_a_repository_of_somebody_else_is_refused_with_the_way_out(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    root = repo.path.rename(repo.path.parent / "方案 库")
    with pytest.raises(UntrustedRepositoryError) as caught:
        find_repository(str(root / "plans"))
    # Git trusts whole repositories: the folder of plans would not do.
    assert caught.value.args_of_message == {"path": str(root), "quoted": f"'{root}'"}


def test_what_a_hook_leaves_in_the_environment_does_not_lead_elsewhere(repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Repo(tmp_path / "other")
    other.write("foreign.yaml", "x\n")
    other.commit("of another")
    monkeypatch.setenv("GIT_DIR", str(other.path / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.path / ".git" / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other.path / ".git" / "objects"))
    found = opened(repo)
    assert (found, [blob.path for blob in list_blobs(found, None, [""])]) == (Repository(str(repo.path)), ["other.txt", "plans/a.yaml"])


def test_the_index_of_the_commit_that_is_being_made_counts(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    """`git commit -a` runs its hooks with an index of its own."""
    index = repo.path / ".git" / "next-index-1.lock"
    index.write_bytes((repo.path / ".git" / "index").read_bytes())
    repo.git("rm", "--cached", "--quiet", "other.txt")
    monkeypatch.setenv("GIT_INDEX_FILE", str(index))
    assert [blob.path for blob in list_blobs(opened(repo), None, [""])] == ["other.txt", "plans/a.yaml"]


def test_the_objects_of_a_push_that_is_still_in_quarantine_are_seen(repo: Repo, tmp_path: Path) -> None:
    bare = Repo(tmp_path / "bare.git", bare=True)
    code = f"import sys; sys.path[:0] = {sys.path!r}\nfrom planctl import git\nfor line in sys.stdin:\n"
    code += "    repository = git.find_repository('.')\n    print(git.list_blobs(repository, line.split()[1], ['plans'])[0].path)\n"
    hook = bare.path / "hooks" / "pre-receive"
    hook.write_text(f"#!{sys.executable}\n{code}", encoding="utf-8")
    hook.chmod(0o755)
    done = subprocess.run(["git", "-C", repo.path, "push", str(bare.path), "main"], capture_output=True, text=True, check=False)
    assert (done.returncode, "remote: plans/a.yaml" in done.stderr) == (0, True), done.stderr


def test_every_variable_that_git_knows_to_be_of_one_repository_is_dealt_with(repo: Repo) -> None:
    kept_by_git_too = {"GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}
    assert set(repo.git("rev-parse", "--local-env-vars").split()) - POINTERS == kept_by_git_too


@pytest.mark.parametrize("path", ["empty", "nowhere"])
def test_where_there_is_no_git_that_is_said_with_the_way_out(repo: Repo, path: str) -> None:
    (repo.path / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "planctl", "tasks", "--rev", "HEAD"],
        cwd=repo.path,
        env={"PATH": str(repo.path / path), "PLANCTL_LANG": "zh"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (2, "没有找到 git。\n安装 git，或把它所在的目录加进 PATH。\n")


# Revisions


@pytest.mark.parametrize("revision", ["HEAD~1", "@~1", "main~1", "v1", ":/第一次", "HEAD^{/第一次}", "main@{1}"])
def test_a_revision_is_what_git_takes_for_one(repo: Repo, revision: str) -> None:
    repo.git("tag", "--annotate", "--message=x", "v1", "HEAD~1")
    assert resolve(opened(repo), revision) == oid_of(repo, "HEAD~1")


def test_a_detached_head_is_a_revision_like_any_other(repo: Repo) -> None:
    first = oid_of(repo, "HEAD~1")
    repo.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert resolve(opened(repo), "HEAD") == first


@pytest.mark.parametrize(
    "revision", ["nope", "", "HEAD~9", "HEAD..HEAD~1", "^HEAD", "HEAD:plans", "0" * 40, "main@{2001-01-01}", "HEAD --all", "H\nEAD"]
)
def test_what_names_no_commit_is_unknown(repo: Repo, revision: str) -> None:
    with pytest.raises(UnknownRevisionError) as caught:
        resolve(opened(repo), revision)
    assert caught.value.hint == "error.unknown-revision.hint"


@pytest.mark.parametrize("revision", ["--all", "--git-dir", "-1", "--output=x"])
def test_a_revision_never_becomes_an_option(repo: Repo, revision: str) -> None:
    with pytest.raises(UnknownRevisionError) as caught:
        resolve(opened(repo), revision)
    assert caught.value.hint == "error.unknown-revision.option"


def test_a_branch_and_a_tag_of_one_name_are_ambiguous_even_if_git_was_told_not_to_say_so(repo: Repo) -> None:
    repo.git("branch", "v1", "HEAD")
    repo.git("tag", "v1", "HEAD~1")
    repo.git("config", "core.warnAmbiguousRefs", "false")
    with pytest.raises(AmbiguousRevisionError):
        resolve(opened(repo), "v1")
    assert resolve(opened(repo), "refs/tags/v1") == oid_of(repo, "HEAD~1")


def test_in_an_empty_repository_every_revision_is_unknown_because_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnknownRevisionError) as caught:
        resolve(opened(Repo(tmp_path)), "HEAD")
    assert caught.value.hint == "error.unknown-revision.empty"


def test_a_shallow_clone_says_so_where_a_commit_is_missing(repo: Repo, tmp_path: Path) -> None:
    shallow = opened(repo.clone(tmp_path / "shallow", "--depth=1"))
    with pytest.raises(UnknownRevisionError) as caught:
        resolve(shallow, "HEAD~1")
    assert (is_shallow(shallow), is_shallow(opened(repo)), caught.value.hint) == (True, False, "error.unknown-revision.shallow")


def test_the_merge_base_is_where_two_branches_parted(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("aside")
    assert merge_base(opened(repo), "main", "side") == oid_of(repo, "main~1")


def test_branches_with_nothing_in_common_have_no_merge_base(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "--orphan", "alone")
    repo.commit("alone")
    with pytest.raises(NoMergeBaseError) as caught:
        merge_base(opened(repo), "main", "alone")
    assert caught.value.hint == "error.no-merge-base.hint"


def test_a_shallow_clone_that_does_not_reach_to_the_merge_base_says_so(repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("aside")
    shallow = repo.clone(tmp_path / "shallow", "--depth=1", "--no-single-branch")
    with pytest.raises(NoMergeBaseError) as caught:
        merge_base(opened(shallow), "origin/main", "origin/side")
    assert caught.value.hint == "error.no-merge-base.shallow"


# Files


def test_files_are_listed_below_folders_and_by_name_and_what_is_not_there_is_left_out(repo: Repo) -> None:
    listed = list_blobs(opened(repo), "HEAD", ["plans", "other.txt", "nowhere", "nowhere.yaml"])
    oids = {path: oid_of(repo, f"HEAD:{path}") for path in ("other.txt", "plans/a.yaml")}
    assert listed == [Blob(path, oid, "100644") for path, oid in oids.items()]


def test_the_index_is_what_was_added_and_not_yet_committed(repo: Repo) -> None:
    repo.write("plans/b.yaml", "added\n")
    repo.git("add", "plans/b.yaml")
    repo.write("plans/b.yaml", "and changed again\n")
    listed = list_blobs(opened(repo), None, ["plans"])
    texts = dict(zip((blob.path for blob in listed), read_blobs(opened(repo), [blob.oid for blob in listed]), strict=True))
    assert {path: text for path, (_, text) in texts.items()} == {"plans/a.yaml": b"new\n", "plans/b.yaml": b"added\n"}


@pytest.mark.parametrize(
    "name", ["宁远县/方案.yaml", "a b/\t\n'\"\\.yaml", "*.yaml", ":(top)x.yaml", "-x.yaml", os.fsdecode(b"\xff\xfe.yaml")]
)
@pytest.mark.parametrize("revision", ["HEAD", None], ids=["commit", "index"])
def test_every_path_comes_through_as_it_is(repo: Repo, name: str, revision: str | None) -> None:
    repo.write(f"plans/{name}", name.encode(errors="surrogateescape"))
    repo.commit("a path")
    [found] = list_blobs(opened(repo), revision, [f"plans/{name}"])
    assert (found.path, found.oid) == (f"plans/{name}", oid_of(repo, "HEAD:plans/" + name))


def test_the_bytes_of_a_blob_are_not_touched_whatever_git_does_on_checkout(repo: Repo) -> None:
    repo.git("config", "core.autocrlf", "true")
    texts = {
        "plans/crlf.yaml": b"a: 1\r\nb: 2\r\n",
        "plans/none.yaml": b"",
        "plans/odd.yaml": b"\0\n\n\xff",
        "plans/big.yaml": b"x" * 300_000,
    }
    repo.git("config", "core.autocrlf", "false")
    for path, text in texts.items():
        repo.write(path, text)
    repo.commit("bytes")
    repo.git("config", "core.autocrlf", "true")
    asked = [f"HEAD:{path}" for path in texts]
    assert list(read_blobs(opened(repo), asked)) == [(name, texts[name.removeprefix("HEAD:")]) for name in asked]


def test_many_blobs_come_in_the_order_asked_as_often_as_asked(repo: Repo) -> None:
    asked = [oid_of(repo, "HEAD~1:plans/a.yaml"), oid_of(repo, "HEAD:plans/a.yaml"), oid_of(repo, "HEAD:other.txt")] * 500
    assert [text for _, text in read_blobs(opened(repo), iter(asked))] == [b"old\n", b"new\n", b"x\n"] * 500


def test_a_blob_that_is_not_there_is_an_error_in_gits_words(repo: Repo) -> None:
    with pytest.raises(GitFailedError) as caught:
        list(read_blobs(opened(repo), ["1" * 40]))
    assert caught.value.args_of_message == {"path": "1" * 40, "words": "missing"}


def test_a_broken_blob_is_an_error_and_not_an_empty_file(repo: Repo) -> None:
    oid = oid_of(repo, "HEAD:other.txt")
    place = repo.path / ".git" / "objects" / oid[:2] / oid[2:]
    place.chmod(0o644)
    place.write_bytes(b"rubbish")
    with pytest.raises(GitFailedError):
        list(read_blobs(opened(repo), [oid]))


def test_links_and_submodules_are_listed_with_their_modes(repo: Repo, tmp_path: Path) -> None:
    Repo(tmp_path / "sub").commit("of the submodule")
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", (tmp_path / "sub").as_uri(), "plans/sub")
    (repo.path / "plans" / "link.yaml").symlink_to("a.yaml")
    repo.commit("not files")
    modes = {blob.path: blob.mode for blob in list_blobs(opened(repo), "HEAD", ["plans"])}
    assert modes == {"plans/a.yaml": "100644", "plans/link.yaml": git.LINK, "plans/sub": git.SUBMODULE}


def test_an_index_in_conflict_cannot_be_listed(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.write("plans/a.yaml", "aside\n")
    repo.commit("aside")
    subprocess.run(["git", "-C", repo.path, "merge", "--quiet", "main"], capture_output=True, check=False)
    with pytest.raises(UnmergedError) as caught:
        list_blobs(opened(repo), None, ["plans"])
    assert caught.value.args_of_message == {"path": "plans/a.yaml"}


# History


def test_a_commit_has_the_day_of_its_committer_in_his_zone(tmp_path: Path) -> None:
    """Half past midnight in China is the day before in Greenwich."""
    repo = Repo(tmp_path)
    identity = repo.commit("调整时限\n\n正文", day="2022-12-31T00:30:00+08:00")
    moment = datetime(2022, 12, 31, 0, 30, tzinfo=CHINA)
    assert read_commit(opened(repo), "HEAD") == Commit(identity, (), date(2022, 12, 31), moment, "张三", "调整时限")


def test_history_is_newest_first_and_can_be_asked_by_folder_and_day(repo: Repo) -> None:
    repo.write("other.txt", "y\n")
    repo.commit("third", day="2022-04-01")
    found = opened(repo)
    asked = [list(log(found)), list(log(found, folders=["plans"])), list(log(found, since=date(2022, 3, 1))), list(log(found, "HEAD~2"))]
    subjects = [[commit.subject for commit in commits] for commits in asked]
    assert subjects == [["third", "second", "第一次"], ["second", "第一次"], ["third", "second"], ["第一次"]]


def test_a_clock_that_was_wrong_hides_nothing(repo: Repo) -> None:
    for number in range(10):
        repo.commit(f"in the past {number}", day="2001-01-01")
    assert [commit.subject for commit in log(opened(repo), since=date(2022, 1, 1))] == ["second", "第一次"]


def test_a_merge_has_its_parents_in_their_order(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("aside")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message=merged", "side")
    assert next(log(opened(repo))).parents == (oid_of(repo, "HEAD^1"), oid_of(repo, "side"))


def test_what_an_old_tool_wrote_is_read_too(tmp_path: Path) -> None:
    """A message in GBK that says so, an author in bytes that say nothing, a zone that there is not, and a year after the last."""
    repo = Repo(tmp_path)
    tree = repo.git("write-tree").encode()
    commits = {
        "gbk": ("张三".encode("gbk"), b"1640000000 +0800", b"encoding GBK\n\n" + "调整".encode("gbk")),
        "odd": (b"\xff", b"1640000000 +9999999", b"\nodd"),
        "late": (b"x", b"999999999999 -0330", b"\nlate"),
    }
    for tag, (author, moment, rest) in commits.items():
        who = author + b" <a@example.com> " + moment
        text = b"tree %b\nauthor %b\ncommitter %b\n%b\n" % (tree, who, who, rest)
        repo.git("tag", tag, repo.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=text))
    read = [read_commit(opened(repo), tag) for tag in commits]
    shown = [(commit.author, commit.subject, commit.on) for commit in read]
    assert shown == [("张三", "调整", date(2021, 12, 20)), ("\ufffd", "odd", date(2021, 12, 20)), ("x", "late", date(9999, 12, 31))]


def test_the_history_of_an_empty_repository_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(UnknownRevisionError):
        log(opened(Repo(tmp_path)))


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """Ten thousand commits, one a day."""
    repo = Repo(tmp_path_factory.mktemp("long"))
    lines = []
    for number in range(MANY):
        text = f"{number}\n"
        lines.append(f"commit refs/heads/main\ncommitter x <x@example.com> {number * 86_400} +0000\ndata 1\nx\n")
        lines.append(f"M 100644 inline plans/a.yaml\ndata {len(text)}\n{text}\n")
    repo.git("fast-import", "--quiet", stdin="".join(lines).encode())
    return opened(repo)


def test_a_long_history_is_listed_whole(long_history: Repository) -> None:
    days = [commit.on for commit in log(long_history, "main", ["plans"])]
    assert days == [date(1970, 1, 1) + timedelta(days=number) for number in reversed(range(MANY))]


def test_a_long_history_need_not_be_read_to_its_end(long_history: Repository) -> None:
    commits = log(long_history, "main")
    assert next(commits).on == date(1970, 1, 1) + timedelta(days=MANY - 1)
    del commits


def test_all_blobs_of_a_long_history_are_read_by_one_process(long_history: Repository) -> None:
    names = [f"{commit.id}:plans/a.yaml" for commit in log(long_history, "main")]
    assert [text for _, text in read_blobs(long_history, names)] == [b"%d\n" % number for number in reversed(range(MANY))]


def test_every_error_has_a_way_out_in_the_catalogue() -> None:
    errors: list[PlanctlError] = [UnknownRevisionError(revision="x", why=why) for why in (None, "shallow", "empty", "option")]
    errors += [NoMergeBaseError(one="x", other="y", shallow=shallow) for shallow in (True, False)]
    assert [error.hint for error in errors if entry(error.hint) is None] == []
