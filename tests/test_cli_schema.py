"""`planctl schema`: the JSON Schema of the files. What it says is tested in test_schema.py."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import run
from planctl.schema import FileKind, schema_of

ANYWHERE = Path(__file__).parent


@pytest.mark.parametrize("kind", list(FileKind))
def test_it_prints_the_schema_of_each_kind_of_file(kind: FileKind) -> None:
    done = run("schema", kind.value, cwd=ANYWHERE)
    assert (done.returncode, done.stderr, json.loads(done.stdout)) == (0, "", schema_of(kind))


def test_the_plan_is_meant_where_no_kind_is_given() -> None:
    assert run("schema", cwd=ANYWHERE).stdout == run("schema", "plan", cwd=ANYWHERE).stdout


def test_it_is_the_same_in_every_language() -> None:
    """The descriptions are in both; a committed schema would otherwise change with the machine."""
    assert len({run("schema", cwd=ANYWHERE, env={"PLANCTL_LANG": lang}).stdout for lang in ("zh", "en")}) == 1


def test_it_needs_no_plans(tmp_path: Path) -> None:
    assert run("schema", "units", cwd=tmp_path).returncode == 0


def test_it_writes_to_a_file(tmp_path: Path) -> None:
    done = run("schema", "plan", "--output", tmp_path / "plan.schema.json")
    written = (tmp_path / "plan.schema.json").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout, json.loads(written)) == (0, "", schema_of(FileKind.PLAN))


def test_an_unknown_kind_ends_with_2_and_the_kinds() -> None:
    done = run("schema", "tasks", cwd=ANYWHERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].endswith("只能是：plan、units、settings、export。")
