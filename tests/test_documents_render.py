"""Built-in reports as they come out of a printer: LibreOffice makes a PDF of each, and its pages are measured."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

import office
from planctl.queries import Judge, Selection
from planctl.reports import catalog
from planctl.reports.notices import Level, notices
from planctl.word import frontmatter
from planctl.word.document import render
from reporting import DAY, as_docx, facts_of, shipped, written

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(bool(office.missing()), reason=office.missing() or "")
A4 = (595, 842)
HEADS = {
    "任务分解表": "序号",
    "督办台账": "编号",
    "季度进展": "编号",
    "单位任务清单": "编号",
}
"""The first cell of the head of each report's longest table."""


def lines(page: Any) -> list[str]:
    return [re.sub(r"\s", "", line) for line in (page.extract_text() or "").splitlines()]


def measured(pages: list[Any]) -> dict[str, object]:
    """What must hold of every page."""
    sizes = {tuple(sorted((round(page.width), round(page.height)))) for page in pages}
    wanted = [f"—{number}—" for number in range(1, len(pages) + 1)]
    return {"sizes": sizes, "numbers": [lines(page)[-1] for page in pages] == wanted}


SOUND = {"sizes": {A4}, "numbers": True}


@pytest.mark.parametrize("name", catalog.BUILT_INS)
def test_a_report_as_pages(name: str, tmp_path: Path) -> None:
    known = facts_of(shipped("示例县"), name)
    markdown = written(name, known)
    pages = office.pages(as_docx(markdown, known), tmp_path)
    assert measured(pages) == SOUND
    assert frontmatter.split(markdown)[0].title.replace("<br>", "") in "".join(lines(pages[0]))
    if name in HEADS:
        sideways = [page for page in pages if page.width > page.height]
        assert len(sideways) > 1, "the table is long enough to show whether its head is repeated"
        heads = [cell_below_the_margin(page) for page in sideways[1:]]
        assert set(heads) == {HEADS[name]}


def cell_below_the_margin(page: Any) -> str:
    """Read the first cell of the first row of the table that goes on on a page."""
    table = page.extract_tables()[0]
    return re.sub(r"\s", "", table[0][0] or "")


@pytest.mark.parametrize("level", Level)
def test_a_notice_as_pages(level: Level, tmp_path: Path) -> None:
    [notice] = notices(Judge(shipped("示例县"), DAY), Selection(unit="丙街道"), date(2026, 12, 7), level)
    pages = office.pages(render(notice.markdown), tmp_path)
    words = ["".join(lines(page)) for page in pages]
    assert measured(pages) == SOUND
    assert frontmatter.split(notice.markdown)[0].title.replace("<br>", "") in words[0]
    assert "丙街道" in words[0]
    assert words[-1].startswith("附件1" if level is Level.SUPERVISE else "附件")
