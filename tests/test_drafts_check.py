"""P701: what an import was in doubt about is reported until a person has taken the line out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import PLAN_PATH, check, load
from drafts import DOCUMENT, drafted
from planctl.drafting.files import plan_text

if TYPE_CHECKING:
    from pathlib import Path


def lines_of_doubts(text: str) -> list[str]:
    lines = text.splitlines()
    return [lines[problem.location.line - 1].strip() for problem in check(load({PLAN_PATH: text}), only=["P701"])]


def test_every_doubt_is_reported_at_its_own_line(tmp_path: Path) -> None:
    text = plan_text(
        drafted(tmp_path, DOCUMENT.replace("示政办发〔2024〕6号\n", "").replace("公布清单，", "及时公布清单，定期公开，")).plan
    )
    assert lines_of_doubts(text) == [
        line.strip() for line in text.splitlines() if (line.strip().startswith("- ") and "：“" in line) or "没有写明发" in line
    ]


def test_a_line_that_is_taken_out_is_reported_no_more(tmp_path: Path) -> None:
    text = plan_text(drafted(tmp_path, DOCUMENT).plan)
    settled = "".join(line for line in text.splitlines(keepends=True) if "适时" not in line and "doubts:" not in line)
    assert (len(lines_of_doubts(text)), lines_of_doubts(settled)) == (1, [])
