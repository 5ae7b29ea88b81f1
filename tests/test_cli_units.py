"""`planctl units`: who owns what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

DEMO = Path(__file__).parent / "cases" / "demo"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_each_format_in_each_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("units", "--format", form, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"units.{lang}.{form}", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_unit_and_one_group(lang: str, golden: Callable[[str, str], None]) -> None:
    outputs = [run("units", name, cwd=DEMO, env={"PLANCTL_LANG": lang}).stdout for name in ("司法局", "甲镇", "各乡镇", "县政府各部门")]
    golden(f"unit.{lang}.txt", "\n".join(outputs))


def test_json_record_of_a_unit_that_owns_through_a_group() -> None:
    [found] = json.loads(run("units", "甲镇", "--format", "json", cwd=DEMO).stdout)
    assert found == {
        "unit": "甲镇",
        "kind": "unit",
        "organisation": "示例县",
        "aliases": [],
        "lead": [],
        "support": [],
        "via": {"各乡镇": ["demo-2024/4", "demo-2024/1", "demo-2024/2"]},
        "actor": [],
        "members": [],
        "successors": [],
        "from": None,
        "to": None,
    }


@pytest.fixture
def two_counties(tmp_path: Path) -> Path:
    """Two organisations that know a unit by the same name."""
    for county in ("甲县", "乙县"):
        folder = tmp_path / "plans" / county
        folder.mkdir(parents=True)
        (folder / "units.yaml").write_text(f"planctl: 1\norganisation: {county}\nunits: [{{name: 财政局}}]\n", encoding="utf-8")
        plan = f'planctl: 1\nid: {county}\ntitle: 某方案\ntasks: [{{id: "1", title: {county}的任务, lead: [财政局]}}]\n'
        (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_a_name_in_two_organisations_is_shown_for_both_in_a_file_too(form: str, two_counties: Path) -> None:
    printed = run("units", "财政局", "--format", form, cwd=two_counties).stdout
    run("units", "财政局", "--format", form, "--output", two_counties / "out", cwd=two_counties)
    assert (two_counties / "out").read_text(encoding="utf-8-sig").splitlines() == printed.splitlines()
    assert ("甲县的任务" in printed, "乙县的任务" in printed) == (form != "json", form != "json")


def test_csv_of_a_name_in_two_organisations_has_one_heading(two_counties: Path) -> None:
    printed = run("units", "财政局", "--format", "csv", cwd=two_counties).stdout
    assert printed == "角色,任务,名称\r\n牵头,乙县/1,乙县的任务\r\n牵头,甲县/1,甲县的任务\r\n"


def test_plan_counts_only_what_stands_in_that_plan() -> None:
    found = json.loads(run("units", "--plan", "demo-2025", "--format", "json", cwd=DEMO).stdout)
    assert {each["unit"]: each["lead"] for each in found if each["lead"]} == {"县司法局": ["demo-2025/1"], "县财政局": ["demo-2025/5"]}


def test_a_name_without_a_unit_ends_with_2_and_the_nearest() -> None:
    done = run("units", "县财务局", cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有名为“县财务局”的单位。\n是不是“县财政局”？\n")
