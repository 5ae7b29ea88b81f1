"""Evidence: a file with its digest, an address or words; and the clocks that an entry has to wait for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from conftest import check, load, run
from planctl.changes.comparison import compare
from planctl.digests import digest_file
from planctl.layout import lay_out
from planctl.model import Evidence
from planctl.publishing import write
from repositories import Repo

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
planctl: 1
id: demo
title: 示例县工作方案
document: {issued: 2022-01-01}
tasks:
  - id: "1"
    title: 公布清单
    lead: [县司法局]
"""
DIGEST = hashlib.sha256(b"%PDF").hexdigest()
EVIDENCE = f"""\
    progress:
      - on: 2022-12-20
        state: done
        evidence:
          - evidence/1.pdf
          - {{path: evidence/2.pdf, sha256: {DIGEST}}}
"""
CLOCK = """\
    deadlines:
      - {{id: file, {limit}, quote: 30日内}}
    progress:
      - {{on: {on}, {period}deadline: file, state: done, evidence: [a.pdf]}}
events:
  - {{on: 2022-09-01, name: 公布}}
  - {{on: 2022-11-01, name: 公布}}
"""


def test_an_item_is_a_text_or_a_file_with_its_digest() -> None:
    workspace = load(HEAD + EVIDENCE)
    assert workspace.problems == ()
    assert workspace.plans[0].tasks[0].progress[0].evidence == (Evidence("evidence/1.pdf"), Evidence("evidence/2.pdf", DIGEST))


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        ("{path: a.pdf, sha256: abc}", ["P015"]),
        ("{sha256: " + DIGEST + "}", ["P013"]),
        ("{path: a.pdf, md5: abc}", ["P011"]),
        ("[a.pdf]", ["P014"]),
        ('""', ["P019"]),
        ("{path: a.pdf}", []),
    ],
)
def test_an_item_of_another_form_is_reported(item: str, codes: list[str]) -> None:
    workspace = load(HEAD + f"    progress:\n      - {{on: 2022-12-20, evidence: [{item}]}}\n")
    assert [problem.code for problem in workspace.problems] == codes


def test_it_is_published_and_laid_out_as_it_is_written() -> None:
    workspace = load(HEAD + EVIDENCE)
    published = json.loads(write(workspace, workspace.plans))
    entry = published["organisations"][0]["plans"][0]["tasks"][0]["progress"][0]
    assert entry["evidence"] == ["evidence/1.pdf", {"path": "evidence/2.pdf", "sha256": DIGEST}]
    text = lay_out(HEAD + EVIDENCE, "plan.yaml")
    assert load(text).plans == workspace.plans
    assert lay_out(text, "plan.yaml") == text


def test_another_digest_is_a_change_of_what_was_recorded() -> None:
    old, new = (load(HEAD + EVIDENCE.replace(DIGEST, digest)) for digest in (DIGEST, "0" * 64))
    [change] = compare(old, new)
    assert (change.field, change.level.value) == ("progress.evidence", "breaking")
    assert (change.old, change.new) == (
        ["evidence/1.pdf", f"evidence/2.pdf sha256:{DIGEST[:12]}"],
        ["evidence/1.pdf", "evidence/2.pdf sha256:000000000000"],
    )


@pytest.mark.parametrize(("content", "codes"), [(b"%PDF", []), (b"%PDF, another", ["P312"]), (None, ["P311"])])
def test_a_file_with_a_digest_is_there_and_is_what_it_was(content: bytes | None, codes: list[str], tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "evidence").mkdir()
        (tmp_path / "evidence" / "2.pdf").write_bytes(content)
    workspace = load({str(tmp_path / "plan.yaml"): HEAD + EVIDENCE})
    assert [problem.code for problem in check(workspace, only=["P311", "P312"])] == codes


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Give a repository whose one commit has a plan and what proves its entry; the disk has another file of that name by now."""
    made = Repo(tmp_path)
    made.write("plans/plan.yaml", HEAD + EVIDENCE)
    made.write("plans/evidence/2.pdf", "%PDF")
    made.commit("进展", day="2023-01-01")
    made.write("plans/evidence/2.pdf", "%PDF, another")
    return made


def compared(repo: Repo, *options: str) -> list[str]:
    """Validate, and list the codes of what is wrong with evidence."""
    done = run("validate", "--only", "P311,P312", "--as-of", "2023-01-01", *options, "--format", "json", cwd=repo.path)
    return [each["code"] for each in json.loads(done.stdout)]


def test_a_revision_is_compared_with_its_own_files(repo: Repo) -> None:
    assert [compared(repo, *options) for options in ((), ("--rev", "HEAD"), ("--staged",))] == [["P312"], [], []]
    repo.git("add", "--all")
    assert [compared(repo, *options) for options in (("--rev", "HEAD"), ("--staged",))] == [[], ["P312"]]
    repo.git("rm", "--quiet", "--cached", "plans/evidence/2.pdf")
    assert [compared(repo, *options) for options in (("--rev", "HEAD"), ("--staged",))] == [[], ["P311"]]


def test_what_git_does_not_keep_is_looked_for_on_the_disk(repo: Repo) -> None:
    repo.git("rm", "--quiet", "--cached", "plans/evidence/2.pdf")
    repo.write(".gitignore", "evidence/\n")
    repo.git("add", ".gitignore")
    assert compared(repo, "--staged") == ["P312"]
    repo.write("plans/evidence/2.pdf", "%PDF")
    assert compared(repo, "--staged") == []


@pytest.mark.parametrize(("digest", "codes"), [(DIGEST, []), ("0" * 64, ["P312"])])
def test_what_git_lfs_keeps_elsewhere_tells_its_digest(repo: Repo, digest: str, codes: list[str]) -> None:
    repo.write("plans/evidence/2.pdf", f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 4\n")
    repo.git("add", "--all")
    assert compared(repo, "--staged") == codes


@pytest.mark.parametrize(("target", "codes"), [("../papers/2.pdf", []), ("../papers/3.pdf", ["P311"]), ("2.pdf", ["P311"])])
def test_a_link_is_followed_within_the_revision(repo: Repo, target: str, codes: list[str]) -> None:
    repo.write("plans/papers/2.pdf", "%PDF")
    (repo.path / "plans" / "evidence" / "2.pdf").unlink()
    (repo.path / "plans" / "evidence" / "2.pdf").symlink_to(target)
    repo.git("add", "--all")
    assert compared(repo, "--staged") == codes


def test_what_shows_evidence_shows_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "plan.yaml").write_text(HEAD + EVIDENCE, encoding="utf-8")
    shown = run("show", "demo/1", cwd=tmp_path).stdout
    assert "办结，佐证：evidence/1.pdf、evidence/2.pdf" in shown


def test_a_digest_is_only_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    found = {name: digest_file(str(tmp_path / name)) for name in ("a.pdf", "b.pdf", ".", "a\0b")}
    assert found == {"a.pdf": DIGEST, "b.pdf": None, ".": None, "a\0b": None}
    assert digest_file("/dev/null") is None


@pytest.mark.parametrize(
    ("limit", "on", "period", "codes"),
    [
        ("within: 30 days, after: 公布", "2022-09-01", "", []),
        ("within: 30 days, after: 公布", "2022-08-31", "", ["P313"]),
        ("within: 30 days, after: 公布", "2022-10-01", "period: 2022-11-01, ", ["P313"]),
        ("within: 30 days, after: 公布", "2022-11-02", "period: 2022-11-01, ", []),
        ("within: 30 days, after: 公布", "2022-11-02", "period: 2022-11-02, ", ["P313"]),
        ("before: 公布", "2022-08-01", "", []),
        ("within: 30 days, before: 公布", "2022-08-01", "", ["P313"]),
        ("within: 30 days, before: 公布", "2022-08-05", "", []),
        ("due: 2022-12-31", "2022-08-01", "", []),
    ],
)
def test_nothing_is_done_in_answer_to_an_event_before_it(limit: str, on: str, period: str, codes: list[str]) -> None:
    text = HEAD + CLOCK.format(limit=limit, on=on, period=period)
    assert [problem.code for problem in check(load(text), only=["P0", "P313"])] == codes
