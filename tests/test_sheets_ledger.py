"""A register becomes a plan: its columns by their headings, its rows as tasks, and what is not certain as doubts."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from conftest import check, load
from planctl.documents.reading import read_bytes
from planctl.drafting import files
from planctl.model import Cycle, Kind, Period, State
from planctl.sheets.errors import BadMappingError, NoRegisterError
from planctl.sheets.ledger import Register, Wish, read_register
from planctl.sheets.mappings import Field, field_of, mapping_text, read_mapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.model import Deadline, Plan, Task
    from planctl.sheets.mappings import Chosen

DAY = date(2026, 11, 22)
WISH = Wish("shili-2026", "plans/示例县/台账.yaml", DAY, datetime(1899, 12, 30), "zh")  # noqa: DTZ001 - a day
HEAD = ["序号", "工作任务", "主要措施", "牵头单位", "配合单位", "完成时限", "进展情况"]


def workbook(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), title: str = "台账") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for place in merged:
        sheet.merge_cells(place)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def register(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), chosen: Chosen | None = None, wish: Wish = WISH) -> Register:
    return read_register(read_bytes("台账.xlsx", workbook(rows, merged)), wish, chosen)


def plan(*rows: Sequence[Any], merged: Sequence[str] = (), head: Sequence[str] = HEAD, wish: Wish = WISH) -> Plan:
    return register([head, *rows], merged, wish=wish).plan


def deadline(text: Any, wish: Wish = WISH) -> Deadline:
    [task] = plan([1, "任务", None, "县司法局", None, text, None], wish=wish).tasks
    return task.deadlines[0]


def brief(task: Task) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    return task.id, task.title, task.lead, task.support


# Columns


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("序号", Field.NUMBER),
        ("序 号", Field.NUMBER),
        ("编号", Field.NUMBER),
        ("类别", Field.SECTION),
        ("任务", Field.TITLE),
        ("工作任务", Field.TITLE),
        ("重点任务", Field.TITLE),
        ("督办事项", Field.TITLE),
        ("任务名称", Field.TITLE),
        ("主要措施", Field.WHAT),
        ("工作要求", Field.WHAT),
        ("牵头单位", Field.LEAD),
        ("主办单位", Field.LEAD),
        ("承办部门", Field.LEAD),
        ("责任单位", Field.DUTY),
        ("责任部门（单位）", Field.DUTY),
        ("配合单位", Field.SUPPORT),
        ("协办单位", Field.SUPPORT),
        ("完成时限", Field.DUE),
        ("完成\n时间", Field.DUE),
        ("时限要求", Field.DUE),
        ("截止日期", Field.DUE),
        ("进展情况", Field.PROGRESS),
        ("完成情况", Field.PROGRESS),
        ("最新进展", Field.PROGRESS),
        ("目前进展", Field.PROGRESS),
        ("截至目前进展", Field.PROGRESS),
        ("完成率", Field.PERCENT),
        ("进度", Field.PERCENT),
        ("办理状态", Field.STATE),
        ("是否办结", Field.STATE),
        ("办结日期", Field.FINISHED),
        ("填报日期", Field.ON),
        ("佐证材料", Field.EVIDENCE),
        ("备注", Field.NOTE),
        ("联系电话", None),
        ("", None),
    ],
)
def test_what_a_heading_stands_for(heading: str, field: Field | None) -> None:
    assert field_of(heading) == field


def test_headings_are_found_below_a_title_and_in_two_rows() -> None:
    rows: list[list[Any]] = [
        ["示例县2026年重点工作台账", None, None, None],
        ["序号", "工作任务", "责任分工", None],
        [None, None, "牵头单位", "配合单位"],
        [1, "任务", "县司法局", "县财政局"],
    ]
    found = register(rows, ["A1:D1", "C2:D2", "A2:A3", "B2:B3"])
    assert (found.plan.title, [brief(task) for task in found.plan.tasks]) == (
        "示例县2026年重点工作台账",
        [("1", "任务", ("县司法局",), ("县财政局",))],
    )


def test_columns_that_mean_nothing_are_said() -> None:
    assert plan([1, "任务", "县司法局", "张某"], head=["序号", "任务", "责任单位", "联系人"]).doubts == ("没有读取的栏目：联系人",)


def test_a_table_without_such_headings_is_no_register() -> None:
    with pytest.raises(NoRegisterError):
        register([["姓名", "电话"], ["甲", "1"]])


def test_a_mapping_can_be_saved_changed_and_read_again() -> None:
    rows: list[list[Any]] = [["号", "干什么", "谁"], [1, "任务", "县司法局"]]
    text = "columns:\n  number: 号\n  title: 干什么\n  duty: 谁\n"
    found = register(rows, chosen=read_mapping("m.yaml", text))
    assert (mapping_text(found.columns, found.sheet), [brief(task) for task in found.plan.tasks]) == (
        f"sheet: 台账\n{text}",
        [("1", "任务", ("县司法局",), ())],
    )


@pytest.mark.parametrize("text", ["columns: [a]\n", "x: 1\n", "columns: {titel: a}\n", "columns: {title: [a]}\n", "{"])
def test_a_mapping_that_maps_nothing_is_refused(text: str) -> None:
    with pytest.raises(BadMappingError):
        read_mapping("m.yaml", text)


# Rows


def test_rows_that_share_a_merged_number_are_one_task_with_several_deadlines() -> None:
    rows: list[list[Any]] = [
        ["1", "权责清单", "修订清单", "县司法局", None, "2026年6月底前", None],
        [None, None, "每季度评估", None, None, "每季度", None],
        ["2", "其他", None, "县财政局", None, None, None],
    ]
    first, second = plan(*rows, merged=["A2:A3", "B2:B3"]).tasks
    assert [(each.id, each.what, each.due, each.every) for each in first.deadlines] == [
        ("d1", "修订清单", date(2026, 6, 30), None),
        ("d2", "每季度评估", None, Cycle(1, "quarter")),
    ]
    assert brief(second) == ("2", "其他", ("县财政局",), ())


def test_a_row_over_all_columns_is_a_heading_and_numbers_that_begin_anew_get_its_number() -> None:
    rows: list[list[Any]] = [
        ["一、依法行政"],
        [1, "甲事", None, "县司法局", None, None, None],
        ["二、法治宣传"],
        [1, "乙事", None, "县司法局", None, None, None],
        ["合计"],
    ]
    found = plan(*rows, merged=["A2:G2", "A4:G4"]).tasks
    assert [(task.id, task.title, task.section) for task in found] == [
        ("1.1", "甲事", ("一、依法行政",)),
        ("2.1", "乙事", ("二、法治宣传",)),
    ]


def test_rows_that_add_others_up_and_remarks_below_are_no_tasks() -> None:
    rows: list[list[Any]] = [
        [1, "甲事", None, "县司法局", None, None, None],
        ["小计", "1项"],
        [2, "乙事", None, "县司法局", None, None, None],
        ["合 计", "2项", None, None, None, None, "100%"],
        ["注：本台账每月更新。"],
    ]
    assert [(task.id, task.title) for task in plan(*rows).tasks] == [("1", "甲事"), ("2", "乙事")]


def test_a_task_about_totals_is_one_where_somebody_is_responsible() -> None:
    assert [task.title for task in plan(["合计", "核对全县合计数", None, "县财政局", None, None, None]).tasks] == ["核对全县合计数"]


@pytest.mark.parametrize(("number", "expected"), [("A1", "A1"), ("XZ-03", "XZ-03"), ("（一）", "一"), ("1.2", "1.2"), ("第三批", "1")])
def test_numbers_of_a_register_may_have_letters(number: str, expected: str) -> None:
    assert [task.id for task in plan([number, "甲事", None, "县司法局", None, None, None]).tasks] == [expected]


def test_units_below_each_other_and_groups_are_names() -> None:
    [task] = plan([1, "任务", None, "县司法局\n县财政局", "各镇、县教育局等部门", None, None]).tasks
    assert (task.lead, task.support, task.open_list) == (("县司法局", "县财政局"), ("各镇", "县教育局"), True)


def test_a_task_without_a_unit_is_doubtful_where_it_stands() -> None:
    [task] = plan([1, "任务", None, "—", None, None, None]).tasks
    assert (task.lead, task.basis, task.doubts) == ((), None, ("没有写明责任单位（原文工作表“台账” D2）",))


def test_a_register_without_numbers_says_so() -> None:
    found = plan(["任务甲", "县司法局"], ["任务乙", "县财政局"], head=["任务", "责任单位"])
    assert ([task.id for task in found.tasks], found.doubts) == (["1", "2"], ("台账没有序号栏，任务按先后编号",))


# Limits


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026.12.31", date(2026, 12, 31)),
        (datetime(2026, 9, 30), date(2026, 9, 30)),  # noqa: DTZ001 - as openpyxl takes days
        ("2026年底前", date(2026, 12, 31)),
        ("2026年6月底前", date(2026, 6, 30)),
        ("2026年全年", date(2026, 12, 31)),
        ("12月底", date(2025, 12, 31)),
    ],
)
def test_a_limit_is_a_date(text: Any, due: date) -> None:
    assert deadline(text, WISH._replace(year=2025)).due == due


def test_a_limit_without_a_date_keeps_its_words_and_is_doubtful() -> None:
    [task] = plan([1, "任务", None, "县司法局", None, "尽早", None]).tasks
    [found] = task.deadlines
    assert (found.kind, found.vague, found.quote, len(task.doubts)) == (Kind.ONGOING, True, "尽早", 1)


def test_a_limit_without_a_year_is_doubtful_unless_the_year_is_given() -> None:
    rows: list[list[Any]] = [[*HEAD], [1, "任务", None, "县司法局", None, "12月31日", None]]
    found = [register([*rows], wish=WISH._replace(year=year)).plan.tasks[0].doubts for year in (None, 2026)]
    assert found == [("完成时限“12月31日”没有写年份，暂按 2026 年（原文工作表“台账” F2）",), ()]


def test_the_year_of_the_title_is_that_of_the_plan() -> None:
    rows: list[list[Any]] = [["示例县2025年度工作台账"], [*HEAD], [1, "任务", None, "县司法局", None, "12月31日", None]]
    found = register(rows, ["A1:G1"]).plan
    assert (found.period, found.tasks[0].deadlines[0].due) == (Period(date(2025, 1, 1), date(2025, 12, 31)), date(2025, 12, 31))


def test_a_year_that_is_given_and_stands_in_the_title_is_that_of_the_plan_without_a_doubt() -> None:
    rows: list[list[Any]] = [["示例县2025年度工作台账"], [*HEAD], [1, "任务", None, "县司法局", None, "每季度", None]]
    found = register(rows, ["A1:G1"], wish=WISH._replace(year=2025)).plan
    assert (found.period, found.doubts) == (Period(date(2025, 1, 1), date(2025, 12, 31)), ())


# Progress


def test_what_was_done_becomes_an_entry_of_the_day_that_is_given() -> None:
    found = plan(
        [1, "任务", None, "县司法局", None, "2026.12.31", "已完成"], [2, "任务", None, "县司法局", None, None, "正在起草。\n下月报审"]
    )
    entries = [(each.on, each.unit, each.deadline, each.state, each.note) for task in found.tasks for each in task.progress]
    assert entries == [(DAY, "县司法局", "d1", State.DONE, None), (DAY, "县司法局", None, None, "正在起草。\n下月报审")]
    assert found.doubts == ("进展没有写日期的，暂按 2026-11-22 登记",)


def test_done_does_not_say_of_which_period() -> None:
    [task] = plan([1, "任务", None, "县司法局", None, "每季度", "已完成"]).tasks
    assert [(each.state, each.note) for each in task.progress] == [(None, "已完成")]
    assert task.doubts == ("“已完成”没有说明是哪一项、哪一期，只作为进展内容（原文工作表“台账” G2）",)


def test_share_day_and_evidence_are_read() -> None:
    head = ["序号", "任务", "责任单位", "完成率", "办结日期", "佐证材料"]
    [task] = plan([1, "任务", "县司法局", "60%", "2026.10.8", "甲.pdf；乙.pdf"], head=head).tasks
    assert [(each.on, each.percent, [str(proof) for proof in each.evidence]) for each in task.progress] == [
        (date(2026, 10, 8), 60.0, ["甲.pdf", "乙.pdf"])
    ]


# The whole


def test_what_is_written_is_a_plan_that_can_be_read() -> None:
    found = plan(
        [1, "=任务: 甲 # 乙", "- 措施", "县司法局", "各镇", "2026年6月底前", "推进中"],
        [2, "任务\n“乙”", None, "县财政局", None, "每年不少于2次", "已完成 50%"],
    )
    loaded = load({WISH.path: files.plan_text(found)})
    assert loaded.plans == (found,)
    assert {problem.code for problem in check(loaded)} <= {"P209", "P701", "P306"}


def test_a_register_with_semicolons_below_a_title_is_read() -> None:
    data = "\ufeff示例县台账;;;\r\n序号;任务名称;责任部门;办结时限\r\n1;任务甲;县司法局;2026-06-30\r\n".encode()
    found = read_register(read_bytes("台账.csv", data), WISH).plan
    assert (found.title, [brief(task) for task in found.tasks], found.tasks[0].deadlines[0].due) == (
        "示例县台账",
        [("1", "任务甲", ("县司法局",), ())],
        date(2026, 6, 30),
    )


def test_a_register_as_csv_is_read() -> None:
    data = "序号,任务,责任单位,完成时限\r\n1,任务甲,县司法局,2026年底前\r\n2,任务乙,县财政局、县司法局,长期\r\n".encode("gb18030")
    found = read_register(read_bytes("台账.csv", data), WISH).plan
    assert [(brief(task), [each.kind for each in task.deadlines]) for task in found.tasks] == [
        (("1", "任务甲", ("县司法局",), ()), [Kind.ONCE]),
        (("2", "任务乙", ("县财政局", "县司法局"), ()), [Kind.ONGOING]),
    ]


# What a ledger says without saying it


FINISHED_HEAD = ["序号", "工作任务", "牵头单位", "完成时限", "进展情况", "完成率", "办结日期"]


@pytest.mark.parametrize(
    ("percent", "day", "state", "doubts"),
    [
        ("100%", date(2026, 6, 20), State.DONE, ()),
        (None, "2026年6月20日", State.DONE, ()),
        ("100%", None, None, ("“100%”没有说明是否办结，或者与完成率、今天的日期不合，没有登记为办结（原文工作表“台账” F2）",)),
        ("80%", "2026-06-20", None, ("“2026-06-20”没有说明是否办结，或者与完成率、今天的日期不合，没有登记为办结（原文工作表“台账” G2）",)),
        (
            "100%",
            "2026-12-31",
            None,
            ("“2026-12-31”没有说明是否办结，或者与完成率、今天的日期不合，没有登记为办结（原文工作表“台账” G2）",),
        ),
    ],
)
def test_a_row_with_the_day_it_was_done_on_is_done(percent: str | None, day: Any, state: State | None, doubts: tuple[str, ...]) -> None:
    [task] = plan([1, "权责清单", "县司法局", "2026-06-30", "已公布", percent, day], head=FINISHED_HEAD).tasks
    assert ([each.state for each in task.progress], task.doubts) == ([state], doubts)


def test_a_text_in_the_first_column_alone_is_a_heading_and_takes_no_number() -> None:
    found = plan(["一、法治建设"], [1, "权责清单", None, "县司法局"], ["二、依法行政"], [2, "学法", None, "县政府办"])
    assert [(task.id, task.title, task.section) for task in found.tasks] == [
        ("1", "权责清单", ("一、法治建设",)),
        ("2", "学法", ("二、依法行政",)),
    ]


def test_a_row_that_was_numbered_and_left_empty_is_no_task() -> None:
    found = plan([1, "权责清单", None, "县司法局"], [2], [3])
    assert ([task.id for task in found.tasks], found.doubts) == (
        ["1"],
        ("只有序号“2”的行，没有采用（原文工作表“台账” A3）", "只有序号“3”的行，没有采用（原文工作表“台账” A4）"),
    )


def test_a_task_without_a_name_has_one_in_the_plan_all_the_same() -> None:
    [task] = plan([1, None, None, "县司法局", None, "2026-06-30"]).tasks
    assert (task.title, task.doubts) == ("县司法局", ("没有任务名称（原文工作表“台账” B2）",))


def test_a_formula_without_a_result_is_a_doubt_and_no_progress() -> None:
    [task] = plan([1, "权责清单", None, "县司法局", None, "2026-06-30", "=1+1"]).tasks
    assert (task.progress, task.doubts) == ((), ("“=1+1”是没有算出结果的公式，没有采用（原文工作表“台账” G2）",))
