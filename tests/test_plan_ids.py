"""Two plans of one id, and ids that look like others: nothing is written where nobody can tell what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import run

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """planctl: 1
id: demo
title: 示例方案
period: {start: 2024-01-01}
tasks:
  - {id: "5", title: 甲事项, lead: [县司法局], basis: stated, deadlines: [{id: report, within: 30 days, after: 公布}]}
"""
BOTH = "plans/示例县/一.yaml、plans/示例县/二.yaml 的 id 都是“demo”，分不清是哪一个。"


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    folder = tmp_path / "plans/示例县"
    folder.mkdir(parents=True)
    for name in ("一", "二"):
        (folder / f"{name}.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        "add-task demo --id 6 --title 乙事项 --lead 县司法局",
        "progress demo/5 --note 已公布",
        "progress 5 --note 已公布",
        "event 公布 --on 2024-02-01",
        "event 公布 --on 2024-02-01 --plan demo",
        "show demo/5",
    ],
)
def test_of_two_plans_of_one_id_neither_is_chosen(command: str, twins: Path) -> None:
    done = run(*command.split(), cwd=twins)
    texts = {path.read_text(encoding="utf-8") for path in (twins / "plans/示例县").iterdir()}
    assert (done.returncode, BOTH in done.stderr.splitlines(), texts) == (2, True, {PLAN})


def test_import_does_not_make_a_second_plan_of_an_id(twins: Path) -> None:
    (twins / "要点.txt").write_text("示例县2026年工作要点\n一、公布清单\n2026年6月底前公布清单。（县司法局）\n", encoding="utf-8")
    done = run("import", "要点.txt", "--plan-id", "demo", "--organisation", "示例县", cwd=twins)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "“demo”已有（plans/示例县/一.yaml）。")


@pytest.mark.parametrize("name", ["５", " 5", "5 "])
def test_a_task_gets_no_id_that_looks_like_another(name: str, twins: Path) -> None:
    (twins / "plans/示例县/二.yaml").unlink()
    done = run("add-task", "demo", "--id", name, "--title", "乙事项", "--lead", "县司法局", cwd=twins)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"“{name}”已有（demo/5）。")
