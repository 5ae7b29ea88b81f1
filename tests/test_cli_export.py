"""`planctl export`: the published form of the plans at hand. What it holds is tested in test_publishing.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from conftest import run
from planctl.schema import FileKind, schema_of

CASES = Path(__file__).parent / "cases"
PROVINCE, COUNTY, DEMO = CASES / "province", CASES / "county", CASES / "demo"


def test_what_the_province_publishes_is_what_the_county_has_received() -> None:
    done = run("export", "--without-progress", cwd=PROVINCE)
    received = (COUNTY / "upstream" / "示例省.json").read_text(encoding="utf-8")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", received)


@pytest.mark.parametrize("folder", [PROVINCE, COUNTY, DEMO], ids=lambda path: path.name)
def test_it_is_what_the_published_schema_says(folder: Path) -> None:
    published = json.loads(run("export", cwd=folder).stdout)
    assert list(Draft7Validator(schema_of(FileKind.EXPORT)).iter_errors(published)) == []


def test_published_plans_of_others_are_not_published_again() -> None:
    published = json.loads(run("export", cwd=COUNTY).stdout)
    assert [plan["id"] for each in published["organisations"] for plan in each["plans"]] == ["qu-2024", "xian-2024"]


def test_a_plan_is_chosen_and_an_unknown_one_ends_with_2() -> None:
    published = json.loads(run("export", "--plan", "demo-2025", cwd=DEMO).stdout)
    assert [plan["id"] for each in published["organisations"] for plan in each["plans"]] == ["demo-2025"]
    assert run("export", "--plan", "demo-2026", cwd=DEMO).returncode == 2


def test_progress_is_published_unless_it_is_left_out() -> None:
    texts = [run("export", *option, cwd=DEMO).stdout for option in ((), ("--without-progress",))]
    assert ['"progress"' in text for text in texts] == [True, False]


def test_it_is_the_same_in_every_language_and_in_a_file(tmp_path: Path) -> None:
    run("export", "--output", tmp_path / "plans.json", cwd=DEMO)
    texts = {run("export", cwd=DEMO, env={"PLANCTL_LANG": lang}).stdout for lang in ("zh", "en")}
    assert texts == {(tmp_path / "plans.json").read_text(encoding="utf-8")}


def test_nothing_is_published_while_a_file_cannot_be_read_completely(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "a.yaml").write_text("planctl: 1\nid: a\ntitle: 甲\ntasks: []\nsuport: 1\n", encoding="utf-8")
    done = run("export", "--output", tmp_path / "a.json", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr, (tmp_path / "a.json").exists()) == (
        2,
        "",
        "有 1 处读取错误，没有发布。\n先用 planctl validate 查出并改正。\n",
        False,
    )


def test_a_repository_without_plans_publishes_none(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert json.loads(run("export", cwd=tmp_path).stdout) == {"planctl": 1, "export": 1, "organisations": []}


@pytest.mark.parametrize("form", ["json", "ics", "csv", "xlsx"])
def test_a_file_that_was_written_is_named(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"台账.{form}"
    done = run("export", "--format", form, "--output", path, cwd=DEMO)
    assert (done.returncode, done.stdout, str(path) in done.stderr, path.exists()) == (0, "", True, True)


@pytest.mark.parametrize(("form", "name"), [("xlsx", "台账.docx"), ("csv", "台账.xlsx"), ("ics", "日历.csv"), ("json", "方案.yaml")])
def test_a_name_that_promises_another_format_is_refused(form: str, name: str, tmp_path: Path) -> None:
    done = run("export", "--format", form, "--output", tmp_path / name, cwd=DEMO)
    assert (done.returncode, f"可选：*.{form}" in done.stderr, (tmp_path / name).exists()) == (2, True, False)
