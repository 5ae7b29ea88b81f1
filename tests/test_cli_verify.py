"""`planctl verify`: a plan compared with its document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest

from conftest import run
from planctl.digests import digest
from verifying import CLAUSES, DOCUMENT, FOLDER, PLAN, UNITS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REVISED = (
    DOCUMENT.replace("每季度至少", "每半年至少")
    .replace("县司法局、财政局", "县司法局")
    .replace("5号", "6号")
    .replace("二、加强检查\n", "（五）增设自助终端。2024年底前，设置自助终端。（牵头单位：县政务服务局）\n二、加强检查\n")
)
RENAMED = PLAN.replace("title: 组织年度评估", "title: 组织每年的评估")
"""Its title is not in the words of the document: a hint."""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Make a repository with the plan, its units, and documents beside it."""
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    texts = {folder / "plan.yaml": PLAN, folder / "units.yaml": UNITS, tmp_path / "issued.txt": DOCUMENT, tmp_path / "revised.txt": REVISED}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_each_format_in_each_language(form: str, lang: str, repository: Path, golden: Callable[[str, str], None]) -> None:
    done = run("verify", "shili-2024", "revised.txt", "--format", form, cwd=repository, env={"PLANCTL_LANG": lang})
    golden(f"verify.{lang}.{form}", done.stdout)
    golden(f"verify.{lang}.summary.txt", done.stderr)
    assert done.returncode == 1


@pytest.mark.parametrize("plan", ["shili-2024", f"{FOLDER}/plan.yaml", f"./{FOLDER}/../示例县/plan.yaml"])
def test_a_plan_is_named_by_its_id_or_its_file(plan: str, repository: Path) -> None:
    done = run("verify", plan, "issued.txt", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "",
        "与文件相符：引语 6 条（共 6 条），单位 10 处（共 10 处），条目 4 项（共 4 项）。\n全部相符。\n",
    )


def test_a_plan_file_needs_no_folder_of_plans_and_no_units(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "issued.txt").write_text(DOCUMENT, encoding="utf-8")
    done = run("verify", "plan.yaml", "issued.txt", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "全部相符。")


def test_hints_alone_are_no_finding(repository: Path) -> None:
    (repository / FOLDER / "plan.yaml").write_text(RENAMED, encoding="utf-8")
    done = run("verify", "shili-2024", "issued.txt", cwd=repository)
    assert (done.returncode, done.stdout.splitlines()[1].split()[:2]) == (0, ["提示", "4"])


def test_json_tells_where_in_the_plan_and_where_in_the_document(repository: Path) -> None:
    done = run("verify", "shili-2024", "revised.txt", "--format", "json", cwd=repository)
    answer = json.loads(done.stdout)
    findings = answer.pop("findings")
    assert answer == {
        "plan": "shili-2024",
        "file": f"{FOLDER}/plan.yaml",
        "document": "revised.txt",
        "holds": False,
        "proven": {
            "quotes": {"proven": 5, "total": 6},
            "units": {"proven": 9, "total": 10},
            "clauses": {"proven": 2, "total": 4},
        },
    }
    line = next(number for number, text in enumerate(PLAN.splitlines(), 1) if "每季度至少" in text)
    assert next(each for each in findings if each["kind"] == "quote-missing") == {
        "kind": "quote-missing",
        "hint": False,
        "task": "3",
        "deadline": "check",
        "field": "quote",
        "line": line,
        "column": 16,
        "words": "每季度至少开展1次检查",
        "found": "每半年至少开展1次检查",
        "clause": "二（三）",
        "place": {"line": 10, "column": 11},
        "digest": None,
        "difference": [["每", "每"], ["季度", "半年"], ["至少开展1次检查", "至少开展1次检查"]],
        "message": "时限 check：引语在文件里没有找到，最相近的是：每[-季度-]{+半年+}至少开展1次检查",
    }


def test_the_digest_that_is_shown_can_be_written(repository: Path) -> None:
    """Nothing writes it: a person has to look first."""
    answer = json.loads(run("verify", "shili-2024", "revised.txt", "--format", "json", cwd=repository).stdout)
    shown = {each["task"]: each["digest"] for each in answer["findings"] if each["kind"] == "digest-differs"}
    path = repository / FOLDER / "plan.yaml"
    text = path.read_text(encoding="utf-8")
    for task, made in shown.items():
        text = text.replace(digest(CLAUSES[task]), made)
    path.write_text(text, encoding="utf-8")
    again = json.loads(run("verify", "shili-2024", "revised.txt", "--format", "json", cwd=repository).stdout)
    assert (sorted(shown), again["proven"]["clauses"]) == (["1", "3"], {"proven": 4, "total": 4})


def test_the_earlier_document_shows_what_changed_in_a_clause(repository: Path) -> None:
    done = run("verify", "shili-2024", "revised.txt", "--previous", "issued.txt", cwd=repository)
    assert "条目变了：…务局；配合单位：县司法局[-、财政局-]）；现在的摘要是 sha256:" in done.stdout


def test_a_word_document_is_read_as_well(repository: Path) -> None:
    made = docx.Document()
    for line in DOCUMENT.splitlines():
        made.add_paragraph(line)
    made.save(str(repository / "issued.docx"))
    done = run("verify", "shili-2024", "issued.docx", cwd=repository)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_stands_in_a_document_is_text_and_no_markup(repository: Path) -> None:
    clause = "（五）<b>增设*终端*</b>\u202e|`rm`。2024年底前，全部设置。（牵头单位：县政务服务局）"
    (repository / "hostile.txt").write_text(DOCUMENT.replace("二、加强检查\n", f"{clause}\n二、加强检查\n"), encoding="utf-8")
    done = run("verify", "shili-2024", "hostile.txt", "--format", "md", cwd=repository)
    assert "\\<b\\>增设\\*终端\\*\\</b\\>\\|\\`rm\\`。" in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("shili-2042", "issued.txt"), "没有名为“shili-2042”的方案。\n是不是“shili-2024”？\n"),
        (("shili-2024", "absent.txt"), "没有 absent.txt 这个文件或目录。\n"),
        ((f"{FOLDER}/units.yaml", "issued.txt"), f"{FOLDER}/units.yaml 里没有方案。\n"),
        (("shili-2024", "empty.txt"), "empty.txt"),
        (("shili-2024", "issued.txt", "--previous", "paper.ofd"), "paper.ofd"),
    ],
)
def test_what_cannot_be_compared_is_told_with_a_way_out(args: tuple[str, ...], expected: str, repository: Path) -> None:
    (repository / "empty.txt").write_bytes(b"\n")
    (repository / "paper.ofd").write_bytes(b"PK\x03\x04OFD.xml")
    done = run("verify", *args, cwd=repository)
    assert (done.returncode, done.stdout, expected in done.stderr) == (2, "", True)


def test_a_plan_that_cannot_be_read_completely_is_said_to_be_so(repository: Path) -> None:
    (repository / FOLDER / "plan.yaml").write_text(PLAN.replace("basis: stated", "basis: unheard", 1), encoding="utf-8")
    done = run("verify", "shili-2024", "issued.txt", cwd=repository)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "有 1 处读取错误，以上结果不完整。用 planctl validate 查看。")
