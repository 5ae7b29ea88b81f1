"""Forms go out: what they ask of whom, and how the workbook is made."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from conftest import load
from forms import DAY, PLAN, column, entries, filled, form, forms, take
from planctl.documents.office import convert
from planctl.queries import Judge, Role
from planctl.sheets import dues, writing
from planctl.sheets.dues import Span, Wanted
from planctl.sheets.records import Entry
from planctl.sheets.wording import DUE, FILLED, GUIDE, HIDDEN, LAST, TASK, TITLE, WHAT

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FOURTH = Span("2022-Q4", "2022年第四季度", date(2022, 10, 1), date(2022, 12, 31))


def opened(data: bytes, name: str = TITLE) -> Worksheet:
    sheet: Worksheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    return sheet


def asked(plan: str = PLAN, wanted: Wanted | None = None, day: date = DAY) -> dict[str, list[str]]:
    """List what each unit is asked."""
    return {form.unit: [str(row.item.key).removeprefix("shili/") for row in form.rows] for form in forms(plan, wanted, day)}


def task(text: str) -> str:
    """Give a plan with one more task."""
    return PLAN + text


# What is asked of whom


def test_a_unit_is_asked_for_what_it_leads_and_a_group_for_each_of_its_members() -> None:
    own = ["1/publish", "2/study@2022-Q3", "2/study@2022-Q4", "3/rate@2022", "4"]
    assert asked() == {"县司法局": own, "县财政局": ["4"], "甲镇": ["5/clear"], "乙镇": ["5/clear"]}


def test_of_a_period_a_unit_is_asked_for_what_falls_due_in_it_and_what_was_missed() -> None:
    second = Span("2022-Q2", "2022年第二季度", date(2022, 4, 1), date(2022, 6, 30))
    assert asked(wanted=Wanted(second), day=date(2022, 6, 15))["县司法局"] == ["2/study@2022-Q1", "2/study@2022-Q2", "4"]


def test_a_supporting_unit_is_asked_where_that_is_wanted() -> None:
    assert asked(wanted=Wanted(role=Role.SUPPORT)) == {"县财政局": ["1/publish"]}


def test_actors_are_asked_and_not_the_lead() -> None:
    plan = PLAN.replace("quote: 2022年底前", "quote: 2022年底前, actors: [县财政局]")
    assert asked(plan)["县财政局"] == ["1/publish", "4"]


@pytest.mark.parametrize("state", ["done", "closed", "cancelled", "suspended"])
def test_what_is_settled_is_not_asked(state: str) -> None:
    plan = PLAN.replace(
        "quote: 2022年12月20日前}\n",
        f"quote: 2022年12月20日前}}\n    progress:\n      - {{on: 2022-11-01, deadline: clear, state: {state}}}\n",
    )
    assert "甲镇" not in asked(plan)


def test_a_member_that_has_done_its_count_is_not_asked_again() -> None:
    plan = PLAN.replace("due: 2022-12-20, quote: 2022年12月20日前", "every: year, at_least: 1, of: 次, quote: 每年至少1次")
    plan += "    progress:\n      - {on: 2022-11-01, unit: 甲镇, deadline: clear, period: 2022, count: 1}\n"
    assert "甲镇" not in asked(plan)
    assert asked(plan)["乙镇"] == ["5/clear@2022"]


@pytest.mark.parametrize(
    ("deadline", "key"),
    [
        ("{id: d, ongoing: true, quote: 长期坚持}", "6/d"),
        ("{id: d, every: year, vague: true, quote: 每年年初}", "6/d"),
        ("{id: d, within: 30 days, after: 规范性文件公布, quote: 公布后30日内}", "6/d"),
        ("{id: d, metric: 合格率, target: '>= 90 %', quote: 合格率90%以上}", "6/d"),
    ],
)
def test_what_has_no_date_is_asked_as_it_stands(deadline: str, key: str) -> None:
    plan = task(f'  - id: "6"\n    title: 其他\n    lead: [县财政局]\n    basis: stated\n    deadlines:\n      - {deadline}\n')
    assert asked(plan)["县财政局"] == ["4", key]


def test_a_cancelled_task_and_a_plan_that_has_ended_are_not_asked_for() -> None:
    cancelled = PLAN.replace("title: 公开权责清单\n", "title: 公开权责清单\n    cancelled: {on: 2022-11-01}\n")
    assert "1/publish" not in asked(cancelled)["县司法局"]
    assert asked(PLAN.replace("tasks:\n", "ended: {on: 2022-11-01}\ntasks:\n", 1)) == {}


# The workbook


def test_the_same_form_is_the_same_bytes() -> None:
    assert form() == form()


def test_a_row_says_what_is_asked_until_when_and_what_was_last_reported() -> None:
    sheet = opened(form())
    heads = [TASK, WHAT, DUE, LAST]
    rows = [[sheet.cell(row, column(sheet, head)).value for head in heads] for row in range(5, 10)]
    assert rows == [
        ["1　公开权责清单", "公开清单", "2022-12-31", "尚未填报"],
        ["2　会前学法", "组织学法\n数量：不少于2次", "2022-09-30\n（2022-Q3）\n另有 2 期逾期", "尚未填报"],
        ["2　会前学法", "组织学法\n数量：不少于2次", "2022-12-31\n（2022-Q4）", "尚未填报"],
        ["3　负责人出庭应诉", "出庭应诉率\n目标：不低于90%", "2022-12-31\n（2022）", "尚未填报"],
        ["4　加强法治宣传", "按文件要求推进", "长期", "2022-06-01 推进中 30%\n已开展两场"],
    ]


def test_the_requirement_and_the_words_of_the_document_are_in_a_comment() -> None:
    sheet = opened(form())
    comment = sheet.cell(5, column(sheet, TASK)).comment
    assert comment is not None
    assert (
        comment.text
        == "任务：公开权责清单\n要求：公开清单\n文件原文：2022年底前\n牵头单位：县司法局\n配合单位：县财政局\n依据：示例县示例方案示政发〔2022〕1号"
    )


def test_only_the_cells_to_fill_in_are_open() -> None:
    sheet = opened(form())
    names = {column(sheet, text): entry.value for entry, text in FILLED.items()}
    open_cells = {row: [names[cell.column or 0] for cell in sheet[row] if not cell.protection.locked] for row in (5, 7, 8, 9)}
    common = ["state", "percent", "note", "on", "evidence"]
    assert open_cells == {
        5: common,
        7: ["state", "percent", "note", "count", "on", "evidence"],
        8: ["state", "percent", "note", "value", "on", "evidence"],
        9: common,
    }
    assert (sheet.protection.sheet, sheet.protection.password) == (True, None)


def test_columns_that_no_row_asks_for_are_left_out() -> None:
    headings = [cell.value for cell in opened(form("县财政局"))[4]]
    assert {FILLED[Entry.COUNT], FILLED[Entry.VALUE]}.isdisjoint(headings)


def test_cells_take_states_of_a_list_percentages_dates_and_numbers() -> None:
    sheet = opened(form())
    rules = {(each.type, each.formula1, each.errorStyle or "stop") for each in sheet.data_validations.dataValidation}
    assert rules == {
        ("list", '"签收,推进中,报结,办结"', "stop"),
        ("decimal", "0", "stop"),
        ("whole", "0", "warning"),
        ("decimal", "-1000000000000.0", "warning"),
        ("date", "36526", "warning"),
    }


def test_the_sheet_is_laid_on_paper_with_its_headings_on_every_page() -> None:
    sheet = opened(form())
    page = sheet.page_setup
    fits, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert (page.orientation, page.paperSize, fits and fits.fitToPage, page.fitToHeight) == ("landscape", 9, True, 0)
    assert (sheet.print_title_rows, sheet.freeze_panes, footer and footer.center and footer.center.text) == (
        "$4:$4",
        "C5",
        "第 &P 页，共 &N 页",
    )
    assert sheet.print_area == "'任务进展填报表'!$A$1:$L$9"


def test_ids_and_what_the_form_remembers_are_hidden() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form()))
    assert {sheet.title: sheet.sheet_state for sheet in book} == {TITLE: "visible", GUIDE: "visible", HIDDEN: "veryHidden"}
    assert book[TITLE].column_dimensions["M"].hidden
    assert [cell.value for cell in book[TITLE][5]][12:16] == ["shili", "1", "publish", ""]


HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("http://x")', "<b>&amp;</b>", "_x0041_", "𠮷\U0001f600", "a" * 3000, "'"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_plan_is_text_in_the_form_and_changes_nothing_on_its_way(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    plan = PLAN.replace("what: 公开清单", f"what: {quoted}").replace("note: 已开展两场", f"note: {quoted}")
    sheet = opened(form(plan=plan))
    outcome = take(form(plan=plan), plan)
    assert (sheet.cell(5, column(sheet, WHAT)).data_type, outcome.filings, outcome.remarks) == ("s", (), ())


def test_names_of_files_can_be_used_and_are_never_the_same() -> None:
    first = forms()[0]
    units = ["县司法局", "A/b", "a/B", "..", "\u202e反", "长" * 200, ""]
    taken: set[str] = set()
    names = [writing.file_name(first._replace(unit=unit), taken, several=False) for unit in units]
    assert names[:6] == ["县司法局.xlsx", "A_b.xlsx", "a_B-2.xlsx", "_.xlsx", "_反.xlsx", "长" * 60 + ".xlsx"]
    assert len({name.casefold() for name in names}) == len(names)


def test_forty_units_with_a_hundred_tasks_each_are_written_and_read() -> None:
    tasks = "".join(
        f'  - {{id: "{unit}.{number}", title: 任务{number}, lead: [单位{unit}], basis: stated, deadlines: [{{id: d, due: 2022-12-31, quote: 2022年底前}}]}}\n'
        for unit in range(40)
        for number in range(100)
    )
    loaded = load({"plans/示例县/方案.yaml": PLAN[: PLAN.index("  - id")] + tasks})
    made = dues.forms(Judge(loaded, DAY), loaded.plans, Wanted(FOURTH))
    assert [len(each.rows) for each in made] == [100] * 40
    assert {len(writing.write(each)) > 10_000 for each in made} == {True}


# Other programs


def without_calc() -> str | None:
    """Say what keeps a workbook from being converted: LibreOffice Writer alone cannot."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        return "LibreOffice is not installed"
    listed = (
        subprocess.run(["dpkg-query", "--show", "libreoffice-calc*"], capture_output=True, check=False)
        if shutil.which("dpkg-query")
        else None
    )
    return "LibreOffice Calc is not installed" if listed is None or b"calc" not in listed.stdout else None


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_form_comes_back_in_another_format(kind: str) -> None:
    if reason := without_calc():
        pytest.skip(reason)
    data = filled(
        form(), {1: {Entry.STATE: "办结", Entry.NOTE: "=已公开", Entry.ON: "2022年12月20日"}, 3: {Entry.COUNT: 2}}, reported="2022.12.31"
    )
    untouched, answered = (take(convert("x.xlsx", each, "xlsx", kind), name=f"x.{kind}") for each in (form(), data))
    assert (untouched.filings, untouched.remarks, answered.remarks) == ((), (), ())
    assert [(key, entry.on, entry.note, entry.counted) for key, entry in entries(answered)] == [
        ("1", date(2022, 12, 20), "=已公开", None),
        ("2", date(2022, 12, 31), None, 2),
    ]
