"""`planctl report` as a stranger uses it."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from conftest import run
from reporting import text_of_docx

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A repository of plans that a test may write to."""
    return Path(shutil.copytree(DEMO, tmp_path / "demo"))


def own(folder: Path, text: str, name: str = "自拟") -> None:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / f"{name}.md.j2").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("args", [(), ("--list",), ("督办台账", "--list")])
def test_the_list_of_reports(args: tuple[str, ...]) -> None:
    done = run("report", *args, cwd=DEMO)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "报告                      含义",
        "任务分解表                任务分解表：各项任务、举措、单位和时限",
        "单位任务清单              单位任务清单：一个单位的全部任务（--unit）",
        "季度进展                  季度进展：分单位完成率、节点、难点",
        "年度法治政府建设情况报告  年度法治政府建设情况报告：五个部分",
        "月度通报                  月度通报：完成、亮灯、报送、延期，附逾期和下月到期清单",
        "督办台账                  督办台账：进展、亮灯和理由",
    ]


def test_the_list_in_english_has_the_templates_of_the_repository(demo: Path) -> None:
    own(demo, "x")
    own(demo, "x", "_部分")
    done = run("report", "--list", cwd=demo, env={"PLANCTL_LANG": "en"})
    assert done.stdout.splitlines()[:3] == [
        "Report                    Meaning",
        "自拟                      A template of this repository",
        "任务分解表                All tasks with measures, units and deadlines",
    ]


def test_a_report_is_markdown_on_standard_output() -> None:
    done = run("report", "督办台账", *DAY, "--plan", "demo-2025", cwd=DEMO)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        '---\ntitle: "示例县督办台账"\n---\n<!-- landscape -->\n\n截至2025年12月1日，共 2 项督办事项，红灯 1 项，灰灯 1 项。\n\n'
        "<!-- widths: 7,24,18,16,16,22,14,26,9,9,22,9,14 -->\n"
        "| 编号 | 督办事项 | 任务来源 | 牵头单位 | 协办单位 | 工作目标 | 完成时限 | 最新进展 | 完成率 | 亮灯 | 判灯理由 | 延期次数 | 办结日期 |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n"
        "| 1 | 清理规范性文件 | 示例县2025年工作要点 | 县司法局 |  | 完成清理 | 2025-06-30 |  |  | 红 | 逾期 154 天（规则3） |  |  |\n"
        "| 5 | 建设平台 | 示例县2025年工作要点 | 县财政局 |  | 平台上线 | 撤销 |  |  | 灰 | 已撤销（规则1） |  |  |\n"
    )


def test_the_words_of_a_report_are_chinese_in_every_language() -> None:
    zh, en = (run("report", "月度通报", *DAY, cwd=DEMO, env={"PLANCTL_LANG": lang}) for lang in ("zh", "en"))
    assert zh.stdout == en.stdout != ""


# Its period and day


def spoken(*args: str, cwd: Path = DEMO) -> list[Any]:
    done = run("report", "季度进展", "--data", "json", *args, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads(done.stdout)["report"]
    return [report["period"], report["day"]]


def test_without_a_period_it_is_the_last_one_that_is_over_as_of_the_day() -> None:
    assert spoken("--as-of", "2025-02-10") == ["2024-Q4", "2025-02-10"]
    assert spoken("--as-of", "2025-03-31") == ["2025-Q1", "2025-03-31"]


def test_a_period_that_is_over_is_told_as_of_its_end_unless_a_day_is_given() -> None:
    assert spoken("--period", "2024Q2") == ["2024-Q2", "2024-06-30"]
    assert spoken("--period", "2024Q2", "--as-of", "2024-07-05") == ["2024-Q2", "2024-07-05"]


@pytest.mark.parametrize("text", ["2025Q5", "第三季度", "2025-13"])
def test_a_period_that_cannot_be_understood(text: str) -> None:
    done = run("report", "季度进展", "--period", text, cwd=DEMO)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"看不懂时期“{text}”。\n可写 2022、2022H1、2022Q4 或 2022-12。\n"


# Its facts


def keys(value: Any) -> Any:
    """Give the shape of the facts: the keys of mappings, and of the first item of lists."""
    if isinstance(value, dict):
        return {key: keys(item) for key, item in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else []


def test_the_facts_that_a_template_may_use(golden: Any) -> None:
    done = run("report", "季度进展", "--period", "2025Q2", "--as-of", "2026-11-22", "--data", "json", "--plan", "shili-2024-2026", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    golden("reports/data.json", json.dumps(keys(json.loads(done.stdout)), ensure_ascii=False, indent=1) + "\n")


def test_a_section_and_a_unit_narrow_a_report() -> None:
    def tasks(*args: str) -> list[str]:
        done = run("report", "督办台账", "--data", "json", *DAY, *args, cwd=DEMO)
        return [f"{task['plan']}/{task['id']}" for task in json.loads(done.stdout)["tasks"]]

    assert tasks("--section", "一") == ["demo-2024/1", "demo-2024/2"]
    assert tasks("--unit", "甲镇") == ["demo-2024/1", "demo-2024/2", "demo-2024/4"]


# Its forms


@pytest.mark.parametrize(
    ("name", "form", "file"),
    [
        ("督办台账", "docx", "督办台账-2025-12-01.docx"),
        ("季度进展", "docx", "季度进展-2025-Q3.docx"),
        ("月度通报", "html", "月度通报-2025-11.html"),
    ],
)
def test_a_document_goes_to_a_file_of_its_name_and_period(name: str, form: str, file: str, demo: Path) -> None:
    done = run("report", name, *DAY, "--format", form, cwd=demo)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"已写入 {file}\n")
    assert sorted(path.name for path in demo.iterdir()) == sorted(["plans", "planctl.yaml", file])


def test_a_document_holds_what_the_text_says(demo: Path) -> None:
    run("report", "督办台账", *DAY, "--format", "docx", "--output", "台账.docx", cwd=demo)
    assert "标题里的[red]方括号[/]、|竖线|、*星号*和<b>标签</b>" in text_of_docx((demo / "台账.docx").read_bytes())


@pytest.mark.parametrize(("form", "start"), [("docx", b"PK\x03\x04"), ("html", b"<!doctype html>"), ("md", b"---\ntitle:")])
def test_a_dash_is_standard_output_for_every_form(form: str, start: bytes) -> None:
    args = (sys.executable, "-m", "planctl", "report", "督办台账", *DAY, "--format", form, "--output", "-")
    done = subprocess.run(args, cwd=DEMO, capture_output=True, check=False)
    assert (done.returncode, done.stderr, done.stdout[: len(start)].lower()) == (0, b"", start.lower())


def test_two_runs_write_the_same_bytes(demo: Path) -> None:
    for form in ("md", "docx", "html"):
        for name in ("a", "b"):
            assert run("report", "季度进展", *DAY, "--format", form, "--output", f"{name}.{form}", cwd=demo).returncode == 0
        assert (demo / f"a.{form}").read_bytes() == (demo / f"b.{form}").read_bytes()


def test_the_look_of_documents_is_a_setting(demo: Path) -> None:
    (demo / "planctl.yaml").write_text("planctl: 1\ndocument: {body_font: 方正仿宋_GBK}\n", encoding="utf-8")
    run("report", "督办台账", *DAY, "--format", "docx", "--output", "a.docx", cwd=demo)
    assert 'w:eastAsia="方正仿宋_GBK"' in zipfile.ZipFile(demo / "a.docx").read("word/styles.xml").decode()


# Mistakes


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("督办台帐", "是不是“督办台账”？"),
        ("催办通知", "用 planctl report --list 查看全部。"),
        ("../季度进展", "是不是“季度进展”？"),
        ("zzz", "用 planctl report --list 查看全部。"),
    ],
)
def test_a_report_that_there_is_not(name: str, hint: str) -> None:
    done = run("report", name, cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"没有名为“{name}”的报告。\n{hint}\n")


def test_a_template_that_asks_for_what_is_not_there(demo: Path) -> None:
    own(demo, "第一行\n{{ report.dya }}\n")
    done = run("report", "自拟", *DAY, cwd=demo)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "模板 自拟.md.j2 第 2 行有误：'dict object' has no attribute 'dya'。\n用 planctl report 报告名 --data json 查看模板可用的字段。\n"
    )


def test_a_document_is_not_written_where_its_template_fails(demo: Path) -> None:
    own(demo, "---\nsecurity: 机密\n---\n")
    done = run("report", "自拟", *DAY, "--format", "docx", cwd=demo)
    assert (done.returncode, done.stdout, (demo / "自拟-2025-12-01.docx").exists()) == (2, "", False)
    assert "涉密" in done.stderr


def test_a_docx_is_not_poured_onto_a_terminal(demo: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "planctl", "report", "季度进展", "--format", "docx", "--output", "-"]
    environment = {"PATH": os.environ["PATH"], "PLANCTL_LANG": "zh", "LANG": "C.UTF-8"}
    done = subprocess.run(command, cwd=demo, stdout=theirs, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr.decode().splitlines()[0]) == (2, "DOCX 不是文字，不能显示在终端上。")


def test_an_unknown_unit_or_plan() -> None:
    assert [run("report", "督办台账", *args, cwd=DEMO).returncode for args in (("--unit", "没有局"), ("--plan", "none"))] == [2, 2]


def test_a_file_that_cannot_be_written(demo: Path) -> None:
    done = run("report", "督办台账", *DAY, "--format", "docx", "--output", "planctl.yaml/x.docx", cwd=demo)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("写不了 planctl.yaml/x.docx：")


def test_plans_with_mistakes_give_a_report_and_exit_code_2(demo: Path) -> None:
    (demo / "plans" / "示例县" / "坏.yaml").write_text("planctl: 1\nid: [\n", encoding="utf-8")
    done = run("report", "督办台账", *DAY, cwd=demo)
    assert (done.returncode, done.stdout[:3], "不完整" in done.stderr) == (2, "---", True)
