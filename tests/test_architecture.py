"""The shape of the code: what may import what, how long a module may be, what an answer may not wait for."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from planctl.cli.app import NAMES, module_of

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "planctl"
MODULES = sorted(SOURCE.rglob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def test_the_layers_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "0 broken" in done.stdout) == (0, True), done.stdout


def test_every_layer_contract_is_exhaustive() -> None:
    """A new module then needs a place in it, and somebody decides which."""
    assert [contract["name"] for contract in CONTRACTS if contract["type"] == "layers" and not contract.get("exhaustive")] == []


def test_the_commands_share_one_layer_and_so_cannot_import_one_another() -> None:
    [layers] = [contract["layers"] for contract in CONTRACTS if contract.get("containers") == ["planctl.cli"]]
    [row] = [set(layer.split(" | ")) for layer in layers if "due" in layer.split(" | ")]
    assert set(map(module_of, NAMES)) <= row


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(SOURCE)) for path in MODULES])
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


# What an answer may not wait for

PLAN = """planctl: 1
id: x
title: x
document: {issued: 2024-01-01}
tasks:
  - {id: "1", title: t, lead: [甲], deadlines: [{id: d, due: 2024-12-31}]}
"""
REPORT = """
import sys
from planctl.cli.app import run
code = run()
sys.stderr.write("\\n" + " ".join(sys.modules))
sys.exit(code)
"""
FOR_PEOPLE = {"rich", "jinja2", "planctl.console", "planctl.formats.tabular", "planctl.messages.words", "planctl.messages.commands"}
FOR_OTHER_COMMANDS = {
    "planctl.checks",
    "planctl.phrases",
    "planctl.messages.findings",
    "planctl.catalog",
    "planctl.schema",
    "planctl.formats.ci",
}
FOR_OTHER_DATES = {"dateutil", "chinese_calendar"}
FOR_CHANGES_AND_LINKS = {"planctl.changes", "planctl.coverage", "fractions", "hashlib"}
FOR_PLANS = {"yaml", "planctl.loader", "planctl.yamltree", "planctl.model", "planctl.queries", "json"}


def loaded(folder: Path, *args: str) -> set[str]:
    """List the modules that a run has loaded by its end."""
    (folder / "plans").mkdir(exist_ok=True)
    (folder / "plans" / "x.yaml").write_text(PLAN, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", REPORT, *args], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("args", "spared"),
    [
        (
            ("--version",),
            FOR_PEOPLE | FOR_OTHER_COMMANDS | FOR_OTHER_DATES | FOR_PLANS | {f"planctl.cli.{module_of(name)}" for name in NAMES},
        ),
        (("due", "--before", "2025-12-31", "--format", "json"), FOR_PEOPLE | FOR_OTHER_COMMANDS | FOR_OTHER_DATES),
        (("due", "--before", "2025-12-31"), {"rich", "jinja2", "planctl.console", "json"} | FOR_OTHER_COMMANDS | FOR_OTHER_DATES),
        (("tasks", "--format", "csv"), {"rich", "jinja2", "planctl.console", "json"} | FOR_OTHER_COMMANDS | FOR_OTHER_DATES),
        (("validate",), {"rich", "jinja2", "planctl.console"} | FOR_CHANGES_AND_LINKS | FOR_OTHER_DATES),
        (("--help",), {"rich", "jinja2", "planctl.console"} | FOR_OTHER_COMMANDS | FOR_OTHER_DATES | FOR_PLANS),
    ],
)
def test_a_run_does_not_load_what_it_does_not_need(args: tuple[str, ...], spared: set[str], tmp_path: Path) -> None:
    assert loaded(tmp_path, *args) & spared == set()


def test_a_command_loads_no_other_command(tmp_path: Path) -> None:
    commands = {f"planctl.cli.{module_of(name)}" for name in NAMES}
    assert {name: loaded(tmp_path, name, "--help") & commands for name in NAMES} == {
        name: {f"planctl.cli.{module_of(name)}"} for name in NAMES
    }
