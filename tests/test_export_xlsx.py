"""The register (台账) as a workbook: what another library finds in it."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from conftest import load, run
from planctl.errors import TooManyRowsError
from planctl.exchange import ledger, register
from planctl.exchange.extent import Extent
from planctl.queries import Judge, Selection

if TYPE_CHECKING:
    from planctl.workspace import Workspace

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = date(2025, 4, 1)
HEAD = "planctl: 1\nid: shili\ntitle: 示例县示例方案\ndocument: {number: 示政发〔2024〕1号, issued: 2024-01-10}\nperiod: {start: 2024-01-01, end: 2025-12-31}\n"
PLAN = (
    HEAD
    + 'tasks:\n  - id: "1"\n    title: 公布清单\n    lead: [县司法局]\n    deadlines: [{id: publish, due: 2024-12-31, quote: 2024年底前}]\n'
)


def write(workspace: Workspace, *, unit: str | None = None) -> bytes:
    found = register.rows(Extent(Judge(workspace, DAY), Selection(unit=unit)), "zh")
    return ledger.write(found, ledger.About("zh", DAY, ("示例县",), unit))


def book(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def values(sheet: Any, row: int) -> dict[str, object]:
    """Give the cells of a row by the headings of the sheet."""
    return {heading.value: cell.value for heading, cell in zip(sheet[3], sheet[row], strict=True)}


def test_there_is_an_overview_and_a_sheet_a_plan(tmp_path: Path) -> None:
    done = run("export", "--format", "xlsx", "--as-of", "2025-04-01", "--output", tmp_path / "a.xlsx", cwd=DEMO)
    assert (done.returncode, load_workbook(tmp_path / "a.xlsx").sheetnames) == (
        0,
        ["汇总", "示例县法治示范方案(2024—2025年)", "示例县2025年工作要点"],
    )


def test_a_row_has_dates_and_figures_as_such() -> None:
    recorded = "    progress: [{on: 2025-03-01, unit: 县司法局, state: in-progress, percent: 62.5}]\n"
    sheet = book(write(load(PLAN + recorded))).worksheets[1]
    assert values(sheet, 4) == {
        "序号": 1,
        "编号": "1",
        "任务": "公布清单",
        "事项": "公布清单",
        "时限要求": "一次，2024-12-31 前（含当日）\n2024年底前",
        "完成时限": datetime(2024, 12, 31),  # noqa: DTZ001 - cells have no zone
        "责任单位": "县司法局",
        "配合单位": None,
        "状态": "逾期",
        "亮灯": "红",
        "判灯理由": "逾期 91 天（规则3）",
        "完成率": 0.625,
        "数值": None,
        "最新进展": "2025-03-01 县司法局 推进中，完成 62.5%",
        "办结日期": None,
        "备注": None,
    }


def test_it_is_laid_out_for_paper_and_for_reading() -> None:
    sheet = book(write(load(PLAN))).worksheets[1]
    facts = (
        sheet["A1"].value,
        sheet["A2"].value,
        [str(each) for each in sheet.merged_cells.ranges],
        sheet.freeze_panes,
        sheet.auto_filter.ref,
        sheet.print_title_rows,
        (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight),
        sheet["C4"].alignment.wrap_text,
        sheet["F4"].number_format,
        sheet["J4"].fill.fgColor.rgb,
    )
    assert facts == (
        "示例县示例方案台账",
        "责任主体：demo　　文号：示政发〔2024〕1号　　截至：2025-04-01　　共 1 项要求",
        ["A1:P1", "A2:P2"],
        "D4",
        "A3:P4",
        "$3:$3",
        ("landscape", 9, None, 0),  # A4; as wide as one page, which is what is meant where nothing is said
        True,
        "yyyy-mm-dd",
        "FFF8CBAD",
    )


def test_the_overview_adds_up_to_the_rows_below() -> None:
    done = '  - {id: "2", title: 乙, lead: [县司法局, 县财政局], deadlines: [{id: a, due: 2024-06-30}], progress: [{on: 2024-06-01, state: done}]}\n'
    sheet = book(write(load(PLAN + done))).worksheets[0]
    found = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(min_row=4, max_row=9, values_only=True)]
    assert found == [
        ["示例县示例方案", 2, 2, 1, 1, 1, 1, 0.5],
        ["合计", 2, 2, 1, 1, 1, 1, 0.5],
        [],
        [cell.value for cell in sheet[7]],
        ["县司法局", 2, 2, 1, 1, 1, 1, 0.5],
        ["县财政局", 1, 1, 1, 1, 1],
    ]


def test_units_of_two_organisations_are_two() -> None:
    other = PLAN.replace("id: shili", "id: linxian", 1)
    workspace = load({"plans/示例县/a.yaml": PLAN, "plans/邻县/b.yaml": other})
    found = register.rows(Extent(Judge(workspace, DAY), Selection()), "zh")
    sheet = book(ledger.write(found, ledger.About("zh", DAY, ("示例县", "邻县")))).worksheets[0]
    assert [sheet.cell(row, 1).value for row in (9, 10)] == ["示例县　县司法局", "邻县　县司法局"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://a.example")', "{=1}", "http://a.example", "0012", "<b>&amp;"]
)
def test_text_is_text_whatever_it_begins_with(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    hostile = PLAN.replace("公布清单", quoted).replace("县司法局", quoted).replace("2024年底前", quoted).replace("示例县示例方案", quoted)
    sheet = book(write(load(hostile))).worksheets[1]
    cells = [sheet.cell(4, column) for column in (3, 4, 7)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None)] * 3
    assert [cell.quotePrefix for cell in cells] == [text[0] in "=+-@"] * 3


def test_titles_become_names_of_sheets_that_excel_takes() -> None:
    titles = ["[甲]:*?/\\乙", "长" * 40, "长" * 40, "History", "'", "😀" * 20]
    plans = {
        f"plans/a/{number}.yaml": PLAN.replace("id: shili", f"id: p{number}").replace("示例县示例方案", f'"{title}"'.replace("\\", "\\\\"))
        for number, title in enumerate(titles)
    }
    assert book(write(load(plans))).sheetnames == [
        "汇总",
        "_甲______乙",
        "长" * 30 + "…",
        "长" * 28 + "…~2",
        "History_",
        "_",
        "😀" * 15 + "…",
    ]


def test_a_text_that_is_longer_than_a_cell_is_cut_and_says_so() -> None:
    workspace = load(PLAN)
    plan = workspace.plans[0]
    longer = plan._replace(tasks=(plan.tasks[0]._replace(title="长" * 40_000),))
    assert book(write(workspace.with_plans((longer,)))).worksheets[1]["C4"].value == "长" * 32_766 + "…"


def test_the_same_plans_on_the_same_day_are_the_same_bytes(tmp_path: Path) -> None:
    options = ("export", "--format", "xlsx", "--as-of", "2025-04-01", "--output")
    run(*options, tmp_path / "a.xlsx", cwd=DEMO)
    run("--plans", DEMO / "plans", *options, tmp_path / "b.xlsx", cwd=tmp_path, env={"TZ": "America/New_York"})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_without_a_name_it_is_named_after_the_day(tmp_path: Path) -> None:
    done = run("--plans", DEMO / "plans", "export", "--format", "xlsx", "--as-of", "2025-04-01", cwd=tmp_path)
    assert ([path.name for path in tmp_path.iterdir()], done.stderr) == (["台账-2025-04-01.xlsx"], "已写入 台账-2025-04-01.xlsx\n")


def test_a_plan_that_no_sheet_has_room_for_is_refused() -> None:
    (row,) = register.rows(Extent(Judge(load(PLAN), DAY), Selection()), "zh")
    with pytest.raises(TooManyRowsError):
        ledger.write([row] * (ledger.MOST_ROWS + 1), ledger.About("zh", DAY, ("示例县",)))


def test_of_a_unit_it_names_the_unit() -> None:
    assert book(write(load(PLAN), unit="县司法局")).worksheets[0]["A1"].value == "县司法局督办台账"
