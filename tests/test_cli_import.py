"""`planctl import`: from a document to files, without ever overwriting one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import run
from drafts import DOCUMENT, END, HEAD, PLAN
from planctl.sources import read
from test_drafting import without_digests

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = DOCUMENT.replace("，适时评估清单的执行情况", "")
PLAN_FILE = "plans/示例县/示例县2024年优化服务工作要点.yaml"
UNITS_FILE = "plans/示例县/units.yaml"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A repository without plans, and a document beside it."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "文件.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "干净.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".txt")


# A new plan


def test_a_plan_and_its_units_are_written_and_the_summary_says_what_is_in_them(here: Path) -> None:
    done = run("import", "文件.txt", cwd=here)
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        (
            "读入 文件.txt（txt, utf-8）：示例县2024年优化服务工作要点\n"
            "任务 3 项（写明牵头单位 3）\n"
            "时限 3 项（一次 1、周期 2）\n"
            "待核对 1 处（没有列入的时限 1）\n"
            f"已写入 {PLAN_FILE}，方案标识 示例县-2024。\n"
            f"已写入 {UNITS_FILE}：单位 4 个，单位集合 2 个，都是推测的。\n"
            f"下一步：逐条核对，改好一条删去一条：planctl validate {PLAN_FILE}\n"
        ),
    )
    assert without_digests((here / PLAN_FILE).read_text(encoding="utf-8")) == PLAN.replace("shili-2024", "示例县-2024")


def test_what_is_written_is_valid_but_for_its_doubts(here: Path) -> None:
    run("import", "文件.txt", cwd=here)
    done = run("validate", "--format", "json", "--level", "warning", cwd=here)
    assert [(each["code"], each["line"]) for each in json.loads(done.stdout)] == [("P701", 37)]


def test_a_document_without_doubts_ends_with_0(here: Path) -> None:
    done = run("import", "干净.txt", cwd=here)
    assert (done.returncode, done.stderr.splitlines()[-4], done.stderr.splitlines()[-1]) == (
        0,
        "没有拿不准的地方。",
        f"下一步：planctl validate {PLAN_FILE}",
    )


def test_english_is_spoken_too(here: Path) -> None:
    done = run("--lang", "en", "import", "文件.txt", "--dry-run", cwd=here)
    assert done.stderr == (
        "Read 文件.txt (txt, utf-8): 示例县2024年优化服务工作要点\n"
        "Tasks: 3 (lead stated 3)\n"
        "Deadlines: 3 (once 1, recurring 2)\n"
        "To be looked at: 1 (phrases that are no deadlines 1)\n"
        f"Would write {PLAN_FILE}; nothing is written now.\n"
    )


def test_a_dry_run_prints_the_plan_and_writes_nothing(here: Path) -> None:
    done = run("import", "文件.txt", "--dry-run", "--review", "核对.html", "--plan-id", "shili-2024", cwd=here)
    assert (without_digests(done.stdout), files(here)) == (PLAN, [])


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--organisation", "示例县政府"], ["plans/示例县政府/units.yaml", "plans/示例县政府/示例县2024年优化服务工作要点.yaml"]),
        (["--output", "草稿/"], ["草稿/units.yaml", "草稿/示例县2024年优化服务工作要点.yaml"]),
        (["--output", "草稿"], ["草稿/units.yaml", "草稿/示例县2024年优化服务工作要点.yaml"]),
        (["--output", "草稿.yaml"], ["草稿.yaml"]),
        (["--output", "草稿.yaml", "--units", "单位.yaml"], ["单位.yaml", "草稿.yaml"]),
        (["--output", "-"], []),
        (["--format", "json"], []),
        (["--output", "-", "--review", "核对.html"], ["核对.html"]),
        (["--output", "-", "--review", "核对.md"], ["核对.md"]),
    ],
)
def test_files_go_where_the_options_say(here: Path, options: list[str], written: list[str]) -> None:
    assert (run("import", "文件.txt", *options, cwd=here).returncode, files(here)) == (1, written)


def test_nothing_is_overwritten(here: Path) -> None:
    (here / "草稿.yaml").write_text("甲\n", encoding="utf-8")
    done = run("import", "文件.txt", "--output", "草稿.yaml", cwd=here)
    assert (done.returncode, done.stderr) == (
        2,
        "已有 草稿.yaml，没有改动它。\n用 --output 换一个文件名；要与已有的方案对照，用 --into 加方案标识。\n",
    )
    assert (here / "草稿.yaml").read_text(encoding="utf-8") == "甲\n"


@pytest.mark.parametrize("options", [["--output", "草稿.yaml", "--units", "有.yaml"], ["--units", "有.yaml"]])
def test_where_one_file_is_there_none_is_written(here: Path, options: list[str]) -> None:
    (here / "有.yaml").write_text("甲\n", encoding="utf-8")
    assert (run("import", "文件.txt", *options, cwd=here).returncode, files(here)) == (2, ["有.yaml"])


def test_units_that_cannot_be_read_know_no_name(here: Path) -> None:
    (here / UNITS_FILE).parent.mkdir()
    (here / UNITS_FILE).write_text("units: [\n", encoding="utf-8")
    done = run("import", "文件.txt", cwd=here)
    assert (done.returncode, f"{UNITS_FILE} 里没有的名称 6 个：" in done.stderr) == (1, True)


def test_units_that_are_there_stay_and_unknown_names_are_told(here: Path) -> None:
    units = (
        "planctl: 1\norganisation: 示例县\nunits: [{name: 县司法局}, {name: 县财政局}, {name: 县审批局},"
        " {name: 县府办, aliases: [示例县人民政府办公室]}]\n"
    )
    (here / UNITS_FILE).parent.mkdir()
    (here / UNITS_FILE).write_text(units, encoding="utf-8")
    done = run("import", "文件.txt", "--units", "建议.yaml", cwd=here)
    assert [line for line in done.stderr.splitlines() if "没有的名称" in line or line.startswith("  ")] == [
        f"{UNITS_FILE} 里没有的名称 3 个：",
        "  各乡镇人民政府（任务 2）",
        "  县政府各部门",
        "  县行政审批局（任务 1），是不是 县审批局？",
    ]
    assert ((here / UNITS_FILE).read_text(encoding="utf-8"), (here / "建议.yaml").read_text(encoding="utf-8")) == (
        units,
        "planctl: 1\norganisation: 示例县\nunits:\n  - name: 县行政审批局\ngroups:\n  - name: 各乡镇人民政府\n    note: 原文未列名单。\n  - name: 县政府各部门\n    note: 原文未列名单。\n",
    )


def test_unknown_names_of_a_plan_that_is_there_are_written_when_asked_for(here: Path) -> None:
    (here / UNITS_FILE).parent.mkdir()
    (here / UNITS_FILE).write_text("planctl: 1\norganisation: 示例县\nunits: [{name: 县司法局}, {name: 县财政局}]\n", encoding="utf-8")
    first = run("import", "文件.txt", cwd=here)
    assert "  再加 --units FILE 运行一次，就把它们写成单位名录的建议。" in first.stderr.splitlines()
    again = run("import", "文件.txt", "--units", "建议.yaml", cwd=here)
    assert (here / "建议.yaml").read_text(encoding="utf-8").startswith("planctl: 1\norganisation: 示例县\nunits:\n")
    assert "  县行政审批局（任务 1）" in again.stderr
    assert run("import", "文件.txt", "--units", "建议.yaml", cwd=here).returncode == 2, "what is there is not overwritten"


def test_json_has_the_plan_the_units_and_all_that_was_found(here: Path) -> None:
    found = json.loads(run("import", "文件.txt", "--format", "json", cwd=here).stdout)
    doubt = {"task": "2", "kind": "deadline.left-out", "text": PLAN[PLAN.index("时限：“适时") : PLAN.index("行）") + 2]}
    assert ([task["id"] for task in found["plan"]["tasks"]], len(found["units"]["units"]), found["doubts"]) == (["1", "2", "3"], 4, [doubt])


# What cannot be imported


def test_whose_document_it_is_has_to_be_told_where_nothing_says_so(here: Path) -> None:
    (here / "通知.txt").write_text("1. 开展检查。\n2. 加强宣传。\n", encoding="utf-8")
    done = run("import", "通知.txt", cwd=here)
    assert (done.returncode, done.stderr) == (
        2,
        "看不出是哪个地方、哪个机关的文件，不知道放进哪个目录。\n写 --organisation 加名称，或用 --output 指定文件。\n",
    )


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["没有.txt"], "没有 没有.txt 这个文件或目录。"),
        (["文件.txt", "--review", "核对.pdf"], "--review 不能是“核对.pdf”。"),
        (["文件.txt", "--into", "甲"], "没有名为“甲”的方案。"),
    ],
)
def test_what_is_not_there_is_said(here: Path, args: list[str], message: str) -> None:
    done = run("import", *args, cwd=here)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, message)


def test_a_first_document_needs_a_folder_of_plans_or_an_output(tmp_path: Path) -> None:
    (tmp_path / "文件.txt").write_text(CLEAN, encoding="utf-8")
    assert [run("import", "文件.txt", *more, cwd=tmp_path).returncode for more in ([], ["--output", "-"])] == [2, 0]


def test_traditional_characters_are_simplified_if_asked(here: Path) -> None:
    text = f"{HEAD}一、重點任務\n\n1. 設置綜合窗口。2024年6月底前，完成綜合窗口設置，優化辦事流程，規範審批權責。（牽頭單位：縣行政審批局）\n{END}"
    (here / "繁體.txt").write_text(text, encoding="utf-8")
    plain, simple = (run("import", "繁體.txt", "--output", "-", *more, cwd=here) for more in ([], ["--simplify"]))
    assert ("文件是繁体字；加 --simplify 转为简体。" in plain.stderr, "title: 设置综合窗口" in simple.stdout) == (True, True)


# A document that was imported before


def test_the_same_document_again_changes_nothing(here: Path) -> None:
    run("import", "文件.txt", cwd=here)
    before = read(str(here / PLAN_FILE)).text
    done = run("import", "文件.txt", cwd=here)
    assert (done.returncode, done.stdout, read(str(here / PLAN_FILE)).text) == (0, "没有变化。\n", before)


def test_a_revised_document_proposes_a_change_and_touches_nothing(here: Path) -> None:
    run("import", "干净.txt", cwd=here)
    before = read(str(here / PLAN_FILE)).text
    (here / "修订.txt").write_text(CLEAN.replace("2024年6月底前", "2024年10月底前"), encoding="utf-8")
    done = run("import", "修订.txt", "--output", "建议.yaml", cwd=here)
    assert (done.returncode, done.stderr) == (
        1,
        (
            "读入 修订.txt（txt, utf-8）：示例县2024年优化服务工作要点\n"
            "任务 3 项（写明牵头单位 3）\n"
            "时限 3 项（一次 1、周期 2）\n"
            f"已有方案 示例县-2024（{PLAN_FILE}），不改动它，只提出建议。\n"
            "与文件比较：条目没有变 2 项，有变 1 项，新增 0 项，文件里已没有 0 项。\n"
            f"{PLAN_FILE} → 建议：共 4 处变化，重大 1，较大 2，一般 1。\n"
            f"建议已写入 建议.yaml；核对后用它替换 {PLAN_FILE}。\n"
        ),
    )
    assert ("的时限由 2024-06-30 改为 2024-10-31" in done.stdout, read(str(here / PLAN_FILE)).text) == (True, before)
    assert "due: 2024-10-31" in (here / "建议.yaml").read_text(encoding="utf-8")


def test_a_plan_can_be_named_and_the_changes_be_given_as_json(here: Path) -> None:
    run("import", "干净.txt", "--plan-id", "shili", cwd=here)
    revised = (
        CLEAN.replace("2024年6月底前", "2024年10月底前")
        .replace("〔2024〕6号", "〔2025〕1号")
        .replace("示例县2024年优化服务", "示例县提升服务")
    )
    (here / "修订.txt").write_text(revised, encoding="utf-8")
    done = run("import", "修订.txt", "--into", "shili", "--format", "json", cwd=here)
    fields = {change["field"] for change in json.loads(done.stdout)}
    assert fields == {"document.number", "deadlines.due", "deadlines.quote", "doubts", "source.digest"}


def test_another_document_is_told_from_a_revised_one(here: Path) -> None:
    run("import", "干净.txt", cwd=here)
    (here / "另一份.txt").write_text(f"{HEAD}一、宣传\n\n1. 广泛宣传动员。持续开展宣传。（牵头单位：县文旅局）\n{END}", encoding="utf-8")
    done = run("import", "另一份.txt", "--into", "示例县-2024", cwd=here)
    assert (done.returncode, "没有一项任务是相同的：看看是不是另一份文件。" in done.stderr) == (1, True)


def test_a_plan_id_asks_for_a_new_plan(here: Path) -> None:
    run("import", "干净.txt", cwd=here)
    done = run("import", "干净.txt", "--plan-id", "again", "--output", "again.yaml", cwd=here)
    assert (done.returncode, "again.yaml" in files(here)) == (0, True)
