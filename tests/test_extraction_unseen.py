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
NOT_YET: dict[str, str] = {
    "names_own_place": "the place of the first unit is put before units with a place of their own: 市青岚海关, 市青岚交警大队",
    "names_without_level": "a level is put before departments that have none although the list writes it where it is meant: 省司法厅 for 司法厅",
    "names_levels": "各市、县〔市、区〕政府, 各市、县（市、区） and 各市州、县市区人民政府 are taken apart",
    "names_inner_square_brackets": "the second of two inner square brackets is lost: 省级有关部门〔单位",
    "names_open_with_kind": "县水利局等欠款单位 is taken for one unit",
    "names_after_ji": "各乡镇人民政府及街道办事处: the second becomes 县街道办事处",
    "names_by_spaces": "units that only spaces part are joined to one",
    "reading_lines_of_one_length": "items whose lines are of one length are joined as if a program had broken the lines",
    "reading_broken_lines_without_indent": "where broken lines have no indent, an item whose forerunner fills its last line is joined to it",
    "time_one_line_year_of_title": "on one line a title that opens with the year is not found, and its year is lost",
    "roles_apart": "分别牵头, 按职责配合 are not read as a label",
    "roles_guidance": "指导 and 统筹指导 are no role: the guide becomes a lead, or nothing is read",
    "roles_is_lead_unit": "X为牵头单位，Y为配合单位 is not read as a label",
    "roles_carried_out": "牵头抓总 and 具体实施 are not read, and the section becomes the task",
    "roles_mixed_label": "责任单位：X，Y配合: X becomes a support too",
    "roles_host_lines": "lines 主办单位： are not read, and the items after the first are lost",
    "structure_one_line_single_items": "on one line, the only item of a section stays in the heading of the section",
    "structure_parents_with_duty": "an item with a bracket of its own is dropped where its measures have theirs, if it is short",
    "identity_one_line_title": "on one line the title ends at 分工, and 的意见 goes into the number",
    "identity_date_is_a_limit": "the time limit of a task is taken for the day of issue, and limits before it are dropped",
    "identity_date_of_a_duty": "the time limit in the closing is taken for the day of issue",
    "time_limit_before_issue": "a time limit before the day of issue is dropped",
    "time_one_line_signature": "on one line the signature's date becomes a deadline of the last task",
    "time_in_label_all_year": "完成时限：全年推进 is not read",
    "time_once_before_a_noun": "一次登记注册业务培训 is taken for the phrase 一次登记, and the count is lost",
    "time_other_phrases": "5月份完成, 1个工作日办结 and the second day of 每年6月底、12月底前 are not read",
    "figures_large_numbers": "figures with 万 and 亿 are not read",
    "figures_other_units": "figures of 张, 公里, 座, 所, 平方米 are not read",
    "figures_beside_a_rate": "a target is dropped where its sentence speaks of growth rates",
    "table_months_without_year": "6月、12月 in a time column becomes ongoing",
    "table_plain_dates": "2024-11-30, 2024.12.31 and 2024/9/30 in a time column become ongoing",
    "table_content_columns": "a column 建设内容 is not read for figures",
}


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


@pytest.mark.xfail(strict=True, reason="the title row of a sheet is not read as the title of the document")
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
