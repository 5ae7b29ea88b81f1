"""The README's walk from an official document to a plan that holds, typed as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest

from conftest import run
from test_docs import READMES, ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAPER = "工作要点.txt"
EDITOR = "sed -i -e /doubts:/d -e /年度/{/名称里带的/d}"
"""Somebody who looks at what is doubtful, and takes the line out."""


def commands(name: str) -> list[list[str]]:
    """List the commands of the walk in a README."""
    text = (ROOT / name).read_text(encoding="utf-8")
    block = re.search(r"<!-- walk -->\n```sh\n(.*?)```", text, re.DOTALL)
    assert block
    return [shlex.split(line, comments=True) for line in block[1].splitlines()]


@pytest.mark.parametrize("name", READMES)
def test_from_a_document_to_a_plan_that_holds_in_five_commands(name: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "docs" / "examples" / "import" / PAPER, tmp_path)
    here = tmp_path
    codes = []
    for words in commands(name):
        if words[0] == "cd":
            here /= words[1]
            continue
        codes.append((words[1], run(*words[1:], cwd=here, env={"EDITOR": EDITOR, "VISUAL": None}).returncode))

    # The draft has something to look at; after that everything holds.
    assert codes == [("init", 0), ("import", 1), ("edit", 0), ("verify", 0), ("validate", 0)]
    assert (tmp_path / "方案库" / "核对.html").exists()
