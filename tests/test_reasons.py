"""What the operating system says is wrong, in the language of the clerk."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import pytest

from conftest import run
from planctl.messages import say

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "写不了 进展.md：磁盘已满。"),
        (errno.EACCES, "写不了 进展.md：没有权限。"),
        (errno.EEXIST, "写不了 进展.md：已经有这个文件。"),
        (errno.EISDIR, "写不了 进展.md：这是文件夹，不是文件。"),
        (errno.EROFS, "写不了 进展.md：磁盘是只读的。"),
        (errno.EPIPE, f"写不了 进展.md：{os.strerror(errno.EPIPE)}。"),
    ],
)
def test_the_usual_reasons_are_said_in_chinese(number: int, said: str) -> None:
    assert say("error.cannot-write", "zh", {"path": "进展.md", "reason": os.strerror(number)}) == said


def test_what_a_reader_of_zip_says_is_said_in_the_language_of_the_clerk() -> None:
    args = {"path": "台账.xlsx", "part": "zip", "reason": BadZipFile("File is not a zip file")}
    assert say("error.document-damaged", "zh", args) == "台账.xlsx 不完好：zip 读不了（内容不合格式）。"


def test_a_reason_that_somebody_wrote_stays_as_it_is() -> None:
    args = {"old": "", "new": "", "approved": "", "by": "", "number": "", "reason": "Permission denied"}
    assert say("sheet.extension", "zh", args).endswith("理由：Permission denied")


def test_what_is_a_folder_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    done = run("rules", "--output", "plans/x/y", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "写不了 plans/x/y：没有这个文件或文件夹。\n")
