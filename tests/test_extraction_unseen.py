"""Ways in which official documents are written that others than the writer of the importer have thought of; all places are invented.

Each document is a small one that shows one of them: `tests/extraction_genre/*.txt`, with what a careful reader finds in it in `.yaml`.
`NOT_YET` says of those that are read wrongly what is wrong; a document that comes to be read rightly leaves that list.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import Workbook

from extraction_gold import task_facts
from planctl.documents.normalising import normalise
from planctl.documents.reading import read
from planctl.extraction import extract_reading

if TYPE_CHECKING:
    from planctl.extraction import Draft

FOLDER = Path(__file__).parent / "extraction_genre"
NOT_YET: dict[str, str] = {}


def documents() -> list[Any]:
    return [
        pytest.param(path.stem, marks=pytest.mark.xfail(strict=True, reason=NOT_YET[path.stem]) if path.stem in NOT_YET else ())
        for path in sorted(FOLDER.glob("*.txt"))
    ]


def facts(task: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": task["title"],
        "lead": task.get("lead", []),
        "support": task.get("support", []),
        "deadlines": sorted(task.get("deadlines", [])),
    }


def identity_facts(draft: Draft) -> dict[str, str | None]:
    title, number, issued = draft.identity.title, draft.identity.number, draft.identity.issued
    return {"title": title and title.text, "number": number and number.text, "issued": str(issued.day) if issued else None}


@pytest.mark.parametrize("name", documents())
def test_a_document_is_read_as_a_careful_reader_reads_it(name: str) -> None:
    gold = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    draft = extract_reading(normalise(read(str(FOLDER / f"{name}.txt")), simplify=True))
    identity = {fact: said for fact, said in identity_facts(draft).items() if fact in gold}
    assert {**identity, "tasks": [facts(task_facts(task)) for task in draft.tasks]} == {
        **gold,
        "tasks": [facts(task) for task in gold["tasks"]],
    }


def test_a_sheet_has_its_title_above_its_columns(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active
    for row in (
        ("附件2",),
        ("示例区2024年实事任务分解表",),
        ("序号", "项目名称", "牵头单位", "完成时限"),
        (1, "建设公园", "区园林中心", "2024年8月底前"),
    ):
        book.active.append(row)
    book.save(tmp_path / "tasks.xlsx")
    draft = extract_reading(normalise(read(str(tmp_path / "tasks.xlsx")), simplify=True))
    assert identity_facts(draft)["title"] == "示例区2024年实事任务分解表"


def test_every_document_that_is_not_read_yet_is_there() -> None:
    assert set(NOT_YET) <= {path.stem for path in FOLDER.glob("*.txt")}
