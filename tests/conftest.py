"""What the tests share.

`load`, `check` and `run` are plain functions (`from conftest import load`); `golden` is a fixture. Inline YAML in, the whole value out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from planctl import checks, loader
from planctl.checks.base import Context
from planctl.queries import rules_of
from planctl.sources import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planctl.problems import Problem
    from planctl.workspace import Workspace

GOLDEN = Path(__file__).parent / "golden"
PLAN_PATH = "plans/demo/plan.yaml"
"""The path of a plan that is given as a text only."""
TODAY = date(2026, 11, 22)


def load(files: str | Mapping[str, str]) -> Workspace:
    """Load the text of one plan, or texts by their paths."""
    texts = {PLAN_PATH: files} if isinstance(files, str) else files
    return loader.load(Source(path, text) for path, text in texts.items())


def check(workspace: Workspace, today: date = TODAY, only: Sequence[str] = (), **of_change: Any) -> tuple[Problem, ...]:
    """Run the checks; `of_change` are the fields of a context that speak of a change."""
    return checks.run(Context(workspace, today, rules_of(workspace.settings), **of_change), only).problems


def run(
    *args: str | Path, cwd: str | Path | None = None, env: Mapping[str, str | None] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `planctl` as a stranger does: another process, and nothing in the environment but a language. `None` in `env` takes a variable out.

    A defect of planctl ends here with a traceback and not in words.
    """
    wanted = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh", "PLANCTL_DEBUG": "1", **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "planctl", *map(str, args)],
        cwd=cwd,
        env={name: value for name, value in wanted.items() if value is not None},
        input=stdin.encode(),
        capture_output=True,
        check=False,
    )
    # Decoded here: text mode would hide the \r\n of CSV.
    out, err = (data.decode(errors="backslashreplace") for data in (done.stdout, done.stderr))
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected outputs anew")


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Callable[[str, str], None]:
    """Compare a text with the file of that name in tests/golden, or write it with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if pytestconfig.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        expected = path.read_bytes().decode() if path.exists() else f"(no {path.name}; pytest --update-golden writes it)"
        assert text == expected

    return compare
