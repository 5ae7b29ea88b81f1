"""`planctl notice` as a stranger uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import run
from reporting import text_of_docx

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path / "demo"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_folder_of_documents_and_its_index(demo: Path) -> None:
    done = run("notice", *DAY, "--output", "通知/十二月", cwd=demo)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "已写入 通知/十二月：5 份通知和一份发放清单。\n")
    written = contents(demo / "通知" / "十二月")
    assert list(written) == [
        "乙镇-催办通知.docx",
        "县司法局-催办通知.docx",
        "县政府-催办通知.docx",
        "县教育局-催办通知.docx",
        "发放清单.md",
        "甲镇-催办通知.docx",
    ]
    assert written["发放清单.md"].decode() == (
        "# 通知发放清单（2025年12月1日）\n\n| 单位 | 事项 | 其中逾期 | 文件 |\n|---|--:|--:|---|\n"
        "| 甲镇 | 7 | 7 | 甲镇-催办通知.docx |\n| 乙镇 | 7 | 7 | 乙镇-催办通知.docx |\n"
        "| 县教育局 | 1 | 1 | 县教育局-催办通知.docx |\n| 县政府 | 1 | 1 | 县政府-催办通知.docx |\n| 县司法局 | 1 | 1 | 县司法局-催办通知.docx |\n"
    )
    assert "完成清理" in text_of_docx(written["县司法局-催办通知.docx"])


def test_a_second_run_changes_nothing_and_leaves_other_files_alone(demo: Path) -> None:
    folder = demo / "通知"
    folder.mkdir()
    (folder / "批示.txt").write_text("留着", encoding="utf-8")
    found = []
    for _ in range(2):
        assert run("notice", *DAY, "--level", "督办", "--output", folder, cwd=demo).returncode == 0
        found.append(contents(folder))
    assert (found[0] == found[1], "批示.txt" in found[1], "甲镇-督办通知单.docx" in found[1]) == (True, True, True)


@pytest.mark.parametrize("unit", ["县司法局", "司法局"])
def test_one_unit_by_any_of_its_names(unit: str, demo: Path) -> None:
    done = run("notice", *DAY, "--unit", unit, "--format", "md", "--output", "out", cwd=demo)
    assert (done.returncode, list(contents(demo / "out"))) == (0, ["县司法局-催办通知.md", "发放清单.md"])


def test_the_notice_counts_what_falls_due_within_a_time(demo: Path) -> None:
    done = run("notice", *DAY, "--within", "31d", "--unit", "甲镇", "--format", "md", "--output", "out", cwd=demo)
    assert done.returncode == 0
    assert "你单位有 8 项工作任务，其中 7 项已经逾期，1 项将于2026年1月1日前到期" in (demo / "out" / "甲镇-催办通知.md").read_text(
        encoding="utf-8"
    )


def test_nothing_owed_is_no_mistake(demo: Path) -> None:
    done = run("notice", "--as-of", "2024-01-11", "--within", "1d", "--output", "out", cwd=demo)
    assert (done.returncode, done.stderr, list(contents(demo / "out"))) == (0, "已写入 out：0 份通知和一份发放清单。\n", ["发放清单.md"])


def test_english_words_about_it(demo: Path) -> None:
    done = run("notice", *DAY, "--output", "out", cwd=demo, env={"PLANCTL_LANG": "en"})
    assert (done.returncode, done.stderr) == (0, "Written to out: 5 notices and their index.\n")


def test_it_needs_a_folder() -> None:
    done = run("notice", *DAY, cwd=DEMO)
    assert (done.returncode, done.stdout, "--output" in done.stderr) == (2, "", True)


@pytest.mark.parametrize("output", ["planctl.yaml", "planctl.yaml/out"])
def test_a_folder_that_cannot_be_made(output: str, demo: Path) -> None:
    done = run("notice", *DAY, "--output", output, cwd=demo)
    assert (done.returncode, done.stdout, done.stderr.startswith(f"写不了 {output}：")) == (2, "", True)


@pytest.mark.parametrize(
    "args", [("--unit", "没有局"), ("--plan", "none"), ("--within", "bald"), ("--level", "表扬"), ("--as-of", "2025-02-30")]
)
def test_what_cannot_be_understood_writes_nothing(args: tuple[str, str], demo: Path) -> None:
    done = run("notice", *args, "--output", "out", cwd=demo)
    assert (done.returncode, done.stdout, done.stderr != "", (demo / "out").exists()) == (2, "", True, False)
