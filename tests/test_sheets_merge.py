"""A form comes back: what the unit has written becomes entries, and nothing else does."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import load
from forms import DAY, FILES, HIDDEN, PLAN, UNITS, column, edited, entries, filled, form, remarks, repacked, take
from planctl.cli.common import describe
from planctl.errors import DamagedDocumentError, OversizedDocumentError, UnsafeDocumentError
from planctl.model import Evidence, Progress, State
from planctl.sheets import workbooks
from planctl.sheets.errors import FormVersionError, MacroSheetError, NotFormError, NotSheetError
from planctl.sheets.filing import Clerk
from planctl.sheets.records import Entry
from planctl.sheets.returns import find_form
from planctl.sheets.wording import FILLED, LAST

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

UNIT = "县司法局"
TODAY = date(2023, 1, 5)
"""The rows of the form: 1 公开清单, 2 组织学法 2022-Q3, 3 组织学法 2022-Q4, 4 出庭应诉率, 5 加强法治宣传."""
PUBLISH, MISSED, STUDY, RATE, PUBLICITY = range(1, 6)


def one(rows: dict[int, dict[Entry, Any]], reported: object = None) -> list[tuple[str, Progress]]:
    outcome = take(filled(form(), rows, reported))
    assert remarks(outcome) == []
    return entries(outcome)


# Nothing


def test_an_untouched_form_changes_nothing() -> None:
    outcome = take(form())
    assert (outcome.filings, outcome.remarks, outcome.repeated) == ((), (), 0)


def test_a_form_that_was_only_saved_by_another_program_changes_nothing() -> None:
    outcome = take(edited(form(), lambda _: None))
    assert (outcome.filings, outcome.remarks) == ((), ())


# What is filled in


def test_a_row_becomes_one_entry() -> None:
    said = {
        Entry.STATE: "办结",
        Entry.PERCENT: 1,
        Entry.NOTE: "已公开。",
        Entry.ON: datetime(2022, 12, 20),  # noqa: DTZ001 - as openpyxl takes days
        Entry.EVIDENCE: "清单.pdf；公告.docx",
    }
    evidence = (Evidence("清单.pdf"), Evidence("公告.docx"))
    expected = Progress(date(2022, 12, 20), 0, UNIT, "publish", None, State.DONE, "已公开。", evidence, 100.0)
    assert one({PUBLISH: said}) == [("1", expected)]


def test_counts_and_figures_go_to_their_occurrence() -> None:
    found = one({STUDY: {Entry.COUNT: 2}, RATE: {Entry.VALUE: "95%"}}, reported="2022年12月31日")
    on = date(2022, 12, 31)
    assert found == [("2", Progress(on, 0, UNIT, "study", "2022-Q4", counted=2)), ("3", Progress(on, 0, UNIT, "rate", "2022", value=95.0))]


def test_only_what_has_changed_of_a_standing_cell_is_recorded() -> None:
    assert one({PUBLICITY: {Entry.PERCENT: "60%", Entry.STATE: "推进中"}}) == [("4", Progress(TODAY, 0, UNIT, percent=60.0))]


def test_an_entry_without_a_day_is_of_the_day_of_the_form_and_without_that_of_today() -> None:
    note = {PUBLISH: {Entry.NOTE: "在办"}}
    assert [one(note, reported)[0][1].on for reported in ("2022.12.25", None)] == [date(2022, 12, 25), TODAY]


@pytest.mark.parametrize("text", ["=1+1", "+增加", "-5", "@某人", "'引号", "第一行\n第二行", "a: b # c", "𠮷"])
def test_text_is_text_whatever_it_begins_with(text: str) -> None:
    assert one({PUBLISH: {Entry.NOTE: text}})[0][1].note == text


def test_what_shows_nowhere_is_left_out_and_every_kind_of_line_break_is_one() -> None:
    assert one({PUBLISH: {Entry.NOTE: "\ufeff已\u200b公开\r\n一\u2028二"}})[0][1].note == "已公开\n一\n二"


DATES = {
    "2022-12-20": date(2022, 12, 20),
    "2022.12.20": date(2022, 12, 20),
    "2022/12/20": date(2022, 12, 20),
    "2022年12月20日": date(2022, 12, 20),
    "２０２２年１２月２０日": date(2022, 12, 20),
    "二〇二二年十二月二十日": date(2022, 12, 20),
    " 2022 年 12 月 20 号 ": date(2022, 12, 20),
    "12月20日": date(2022, 12, 20),
    "12.20": date(2022, 12, 20),
    "12/20": date(2022, 12, 20),
    "20221220": date(2022, 12, 20),
    20221220: date(2022, 12, 20),
    44915: date(2022, 12, 20),
    "44915": None,
    "2022-12-20 08:30": date(2022, 12, 20),
    "2022年12月": None,
    "2022年底": None,
    "12月32日": None,
    "尽快": None,
    "2022—12—20": date(2022, 12, 20),
    "2022–12-20": date(2022, 12, 20),
    "2022\u200b-12-20": date(2022, 12, 20),
    "22.12.20": None,
    "3022-12-20": None,
}


@pytest.mark.parametrize("written", DATES)
def test_dates_are_read_as_people_write_them(written: str | int) -> None:
    outcome = take(filled(form(), {PUBLISH: {Entry.STATE: "办结", Entry.ON: written}}))
    expected = DATES[written]
    assert [entry.on for _, entry in entries(outcome)] == ([expected] if expected else [])
    assert bool(outcome.remarks) is (expected is None)


def test_days_of_a_workbook_that_counts_from_1904() -> None:
    def to_1904(parts: dict[str, bytes]) -> None:
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<workbookPr", b'<workbookPr date1904="1"')

    data = repacked(filled(form(), {PUBLISH: {Entry.STATE: "办结", Entry.ON: 43453}}), to_1904)
    assert entries(take(data))[0][1].on == date(2022, 12, 20)


PERCENTS = {
    0.6: 60.0,
    "60%": 60.0,
    "60": 60.0,
    "６０％": 60.0,
    "百分之六十": 60.0,
    1: 100.0,
    "0.5%": 0.5,
    "0.6": None,
    "六成": 60.0,
    "６ 成": 60.0,
    "十成": 100.0,
    "120%": None,
    60: None,
}


@pytest.mark.parametrize("written", PERCENTS)
def test_percentages_are_read_as_people_write_them(written: float | str) -> None:
    """In a cell that shows percentages 60 is 6000%."""
    outcome = take(filled(form(), {PUBLISH: {Entry.PERCENT: written}}))
    expected = PERCENTS[written]
    assert [entry.percent for _, entry in entries(outcome)] == ([expected] if expected else [])
    assert bool(outcome.remarks) is (expected is None)


COUNTS = {2: 2, "2": 2, "2次": 2, "２ 次": 2, "两次": 2, "十二": 12, "1,200": 1200, 0: None, "2.5": "S105", "若干": "S105", "-1": "S105"}


@pytest.mark.parametrize("written", COUNTS)
def test_counts_are_read_as_people_write_them(written: int | str) -> None:
    outcome = take(filled(form(), {STUDY: {Entry.COUNT: written}}))
    expected = COUNTS[written]
    found = [entry.counted for _, entry in entries(outcome)] + [remark.code for remark in outcome.remarks]
    assert found == ([expected] if expected else [])


STATES = {
    "已完成": State.DONE,
    "正在推进": State.IN_PROGRESS,
    " 报结 ": State.SUBMITTED,
    "已办结。": State.DONE,
    "销号": "S108",
    "退办": "S108",
    "差不多": "S107",
}


@pytest.mark.parametrize("written", STATES)
def test_states_are_read_as_people_call_them_and_some_are_not_for_a_unit(written: str) -> None:
    outcome = take(filled(form(), {PUBLISH: {Entry.STATE: written}}))
    found: list[object] = [entry.state for _, entry in entries(outcome)]
    assert found + [remark.code for remark in outcome.remarks] == [STATES[written]]


# What cannot be taken, with its cell


def bad(change: Callable[[Worksheet], None]) -> list[tuple[str, str]]:
    outcome = take(edited(form(), change))
    assert outcome.filings == ()
    return remarks(outcome)


def put(row: int, entry: Entry, value: Any) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet.cell(4 + row, column(sheet, FILLED[entry])).value = value

    return change


def test_a_formula_is_not_taken() -> None:
    assert bad(put(PUBLISH, Entry.NOTE, '=HYPERLINK("http://example.org","x")')) == [("S109", "县司法局.xlsx!H5")]


def test_a_formula_in_a_cell_that_stands_is_said_although_it_shows_the_same() -> None:
    assert bad(put(PUBLICITY, Entry.PERCENT, "=0.3")) == [("S109", "县司法局.xlsx!G9")]


def test_an_error_value_is_not_taken() -> None:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(5, column(sheet, FILLED[Entry.PERCENT]))
        cell.value, cell.data_type = "#REF!", "e"

    assert bad(change) == [("S110", "县司法局.xlsx!G5")]


@pytest.mark.parametrize(("text", "code"), [("长" * 20_001, "S111"), ("响铃\u0007", "S112"), ("反向\u202e", "S112")])
def test_a_text_that_no_plan_holds_is_not_taken(text: str, code: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(5, column(sheet, FILLED[Entry.NOTE])).value = text.replace("\u0007", "_x0007_")

    assert bad(change) == [(code, "县司法局.xlsx!H5")]


def test_a_row_with_one_bad_cell_is_not_taken_at_all_and_the_others_are() -> None:
    rows = {PUBLISH: {Entry.STATE: "办结", Entry.ON: "年底"}, PUBLICITY: {Entry.NOTE: "又一场"}}
    outcome = take(filled(form(), rows))
    assert ([task for task, _ in entries(outcome)], remarks(outcome)) == (["4"], [("S101", "县司法局.xlsx!K5")])


def test_a_bad_day_of_the_form_is_said_once_and_keeps_back_what_hangs_on_it() -> None:
    rows = {PUBLISH: {Entry.STATE: "办结", Entry.ON: "2022-12-20"}, RATE: {Entry.NOTE: "a"}, PUBLICITY: {Entry.NOTE: "b"}}
    outcome = take(filled(form(), rows, reported="年底"))
    assert ([task for task, _ in entries(outcome)], remarks(outcome)) == (["1"], [("S101", "县司法局.xlsx!H3")])


def test_a_day_alone_is_no_report() -> None:
    assert remarks(take(filled(form(), {PUBLISH: {Entry.ON: "2022-12-20"}}))) == [("S209", "县司法局.xlsx!K5")]


def test_a_count_where_none_is_asked_is_said() -> None:
    assert bad(put(PUBLISH, Entry.COUNT, 3)) == [("S114", "县司法局.xlsx!I5")]


def test_an_emptied_cell_takes_nothing_back_and_the_rest_of_the_row_is_taken() -> None:
    outcome = take(filled(form(), {PUBLICITY: {Entry.PERCENT: None, Entry.NOTE: "又一场"}}))
    assert (entries(outcome), remarks(outcome)) == ([("4", Progress(TODAY, 0, UNIT, note="又一场"))], [("S208", "县司法局.xlsx!G9")])


def test_an_entry_of_a_unit_that_is_no_longer_there_is_not_taken() -> None:
    ended = {**FILES, "plans/示例县/units.yaml": UNITS.replace("{name: 县司法局}", "{name: 县司法局, to: 2022-11-30}")}
    found = find_form(workbooks.read("县司法局.xlsx", filled(form(), {PUBLISH: {Entry.STATE: "办结"}})))
    outcome = Clerk(load(ended), TODAY, "zh").take(found)
    assert (outcome.filings, remarks(outcome)) == ((), [("S207", "县司法局.xlsx!B5")])


@pytest.mark.parametrize("on", ["2023-02-01", "2021-12-01"])
def test_an_entry_that_would_make_the_plan_wrong_is_not_taken(on: str) -> None:
    outcome = take(filled(form(), {PUBLISH: {Entry.STATE: "办结", Entry.ON: on}, PUBLICITY: {Entry.NOTE: "好"}}))
    assert ([task for task, _ in entries(outcome)], remarks(outcome)) == (["4"], [("S207", "县司法局.xlsx!B5")])


# Rows and columns that people move, add and take away


def test_moved_columns_are_found() -> None:
    def swap(sheet: Worksheet) -> None:
        note, state = column(sheet, FILLED[Entry.NOTE]), column(sheet, FILLED[Entry.STATE])
        for row in range(4, sheet.max_row + 1):
            one_, other = sheet.cell(row, note), sheet.cell(row, state)
            one_.value, other.value = other.value, one_.value
        sheet.cell(5, note).value = "办结"

    assert entries(take(edited(form(), swap))) == [("1", Progress(TODAY, 0, UNIT, "publish", None, State.DONE))]


def test_sorted_rows_are_found() -> None:
    def turn(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(5, 9)]
        rows[0][column(sheet, FILLED[Entry.NOTE]) - 1] = "在办"
        for number, row in enumerate(reversed(rows), 5):
            for place, value in enumerate(row, 1):
                sheet.cell(number, place).value = value

    outcome = take(edited(form(), turn))
    assert (entries(outcome), remarks(outcome)) == ([("1", Progress(TODAY, 0, UNIT, "publish", note="在办"))], [])


def test_rows_whose_hidden_cells_are_lost_are_known_by_what_they_show() -> None:
    def drop(sheet: Worksheet) -> None:
        sheet.delete_cols(13, 5)
        sheet.cell(5, column(sheet, FILLED[Entry.NOTE])).value = "在办"

    outcome = take(edited(form(), drop))
    assert (entries(outcome), remarks(outcome)) == ([("1", Progress(TODAY, 0, UNIT, "publish", note="在办"))], [])


def test_an_added_row_is_said_and_a_missing_one_counts_as_empty() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.delete_rows(5)
        sheet.cell(20, column(sheet, FILLED[Entry.NOTE])).value = "另外还做了一件事"

    outcome = take(edited(form(), change))
    assert (outcome.filings, remarks(outcome)) == ((), [("S201", "县司法局.xlsx!B20"), ("S301", "县司法局.xlsx")])


def test_an_added_column_is_said() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(4, 20).value = "困难"
        sheet.cell(6, 20).value = "缺经费"

    outcome = take(edited(form(), change))
    assert (outcome.filings, remarks(outcome), outcome.refused) == ((), [("S303", "县司法局.xlsx!T6")], False)


def test_a_missing_column_is_said() -> None:
    outcome = take(edited(form(), lambda sheet: sheet.delete_cols(column(sheet, FILLED[Entry.NOTE]))))
    assert (outcome.filings, remarks(outcome)) == ((), [("S302", "县司法局.xlsx")])


def test_a_locked_cell_that_was_changed_is_said_and_what_is_filled_in_is_taken() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(5, column(sheet, LAST)).value = "早已办结"
        sheet.cell(5, column(sheet, FILLED[Entry.NOTE])).value = "在办"

    outcome = take(edited(form(), change))
    assert ([task for task, _ in entries(outcome)], remarks(outcome)) == (["1"], [("S305", "县司法局.xlsx!B5")])


@pytest.mark.parametrize("place", [13, 14, 15, 17])
def test_a_row_whose_ids_were_changed_is_not_taken(place: int) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(5, place).value = "9"
        sheet.cell(5, column(sheet, FILLED[Entry.NOTE])).value = "在办"

    assert ("S204", "县司法局.xlsx!B5") in bad(change)


def test_what_a_form_remembers_cannot_be_changed_unseen() -> None:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(9, 7)
        cell.value = str(cell.value).replace("null", '"done"', 1)

    data = edited(filled(form(), {PUBLISH: {Entry.NOTE: "在办"}}), change, HIDDEN)
    assert remarks(take(data)) == [("S204", "县司法局.xlsx!B5")]


def test_cells_merged_over_rows_say_the_same_of_each_and_a_count_says_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        note, count = column(sheet, FILLED[Entry.NOTE]), column(sheet, FILLED[Entry.COUNT])
        sheet.cell(5, note).value = "合并办理"
        sheet.merge_cells(start_row=5, end_row=6, start_column=note, end_column=note)
        sheet.cell(7, count).value = 2
        sheet.merge_cells(start_row=7, end_row=8, start_column=count, end_column=count)

    outcome = take(edited(form(), change))
    assert [(task, entry.note) for task, entry in entries(outcome)] == [("1", "合并办理"), ("2", "合并办理")]
    assert remarks(outcome) == [("S113", "县司法局.xlsx!I7")]


def test_a_copied_row_counts_once_and_copies_that_differ_not_at_all() -> None:
    def copy(second: str) -> Callable[[Worksheet], None]:
        def change(sheet: Worksheet) -> None:
            note = column(sheet, FILLED[Entry.NOTE])
            sheet.cell(5, note).value = "在办"
            for place in range(1, 18):
                sheet.cell(10, place).value = sheet.cell(5, place).value
            sheet.cell(10, note).value = second

        return change

    same, other = (take(edited(form(), copy(text))) for text in ("在办", "已办"))
    assert ([task for task, _ in entries(same)], remarks(same)) == (["1"], [])
    assert (other.filings, remarks(other)) == ((), [("S205", "县司法局.xlsx!B10")])


# Three-way


def after(entry: str) -> str:
    """Give the plan with an entry of the first task."""
    return PLAN.replace(
        "due: 2022-12-31, quote: 2022年底前}\n", f"due: 2022-12-31, quote: 2022年底前}}\n    progress:\n      - {{{entry}}}\n", 1
    )


FILLED_IN = {PUBLISH: {Entry.STATE: "推进中", Entry.NOTE: "在办"}}


def test_a_form_taken_in_twice_brings_nothing_the_second_time() -> None:
    plan = after("on: 2022-12-15, unit: 县司法局, deadline: publish, state: in-progress, note: 在办")
    outcome = take(filled(form(), FILLED_IN), plan)
    assert (outcome.filings, outcome.remarks, outcome.repeated) == ((), (), 1)


@pytest.mark.parametrize("by", ["县司法局", "县政府办"])
def test_what_the_plan_has_learnt_since_and_otherwise_is_a_conflict(by: str) -> None:
    plan = after(f"on: 2022-12-15, unit: {by}, deadline: publish, state: done")
    assert (entries(outcome := take(filled(form(), FILLED_IN), plan)), remarks(outcome)) == ([], [("S206", "县司法局.xlsx!F5")])


def test_the_form_wins_where_that_is_asked_for() -> None:
    plan = after("on: 2022-12-15, unit: 县司法局, deadline: publish, state: done")
    outcome = take(filled(form(), FILLED_IN), plan, takes_sheet=True)
    assert entries(outcome) == [("1", Progress(TODAY, 0, UNIT, "publish", None, State.IN_PROGRESS, "在办"))]


def test_a_count_recorded_since_is_a_conflict_unless_it_is_the_same() -> None:
    plan = PLAN.replace(
        "quote: 每季度不少于2次}\n",
        "quote: 每季度不少于2次}\n    progress:\n      - {on: 2022-12-15, deadline: study, period: 2022-Q4, count: 2}\n",
    )
    found = [remarks(take(filled(form(), {STUDY: {Entry.COUNT: count}}), plan)) for count in (2, 1)]
    assert found == [[], [("S206", "县司法局.xlsx!I7")]]


def test_what_another_unit_says_that_owes_the_same_is_no_conflict() -> None:
    plan = PLAN.replace("note: 已开展两场}\n", "note: 已开展两场}\n      - {on: 2022-12-15, unit: 县财政局, state: done}\n")
    outcome = take(filled(form(), {PUBLICITY: {Entry.PERCENT: "50%"}}), plan)
    assert (entries(outcome), remarks(outcome)) == ([("4", Progress(TODAY, 1 - 1, UNIT, percent=50.0))], [])


def test_a_task_that_is_no_longer_there_is_said() -> None:
    plan = PLAN.replace('id: "1"', 'id: "11"')
    assert remarks(take(filled(form(), FILLED_IN), plan)) == [("S202", "县司法局.xlsx!B5")]


def test_a_deadline_that_was_moved_is_still_the_same() -> None:
    plan = PLAN.replace("due: 2022-12-31", "due: 2023-06-30").replace("quote: 2022年底前", "quote: 2023年6月底前")
    assert [task for task, _ in entries(take(filled(form(), FILLED_IN), plan))] == ["1"]


# Any edits


NOTES = st.text(st.sampled_from("一二三=+-@'\"#:{}[]&*!|>%，。 \nab1"), min_size=1, max_size=12).filter(
    lambda text: text.strip() not in {"", "在办"}
)
DAYS = st.dates(date(2022, 1, 10), TODAY)
WAYS: tuple[Callable[[date], object], ...] = (
    lambda day: datetime(day.year, day.month, day.day),  # noqa: DTZ001 - as openpyxl takes days
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day.year}/{day.month:02}/{day.day:02}",
    lambda day: (day - date(1899, 12, 30)).days,
)
ROW = st.fixed_dictionaries(
    {},
    optional={
        Entry.STATE: st.sampled_from([State.ACCEPTED, State.SUBMITTED, State.DONE]),
        Entry.PERCENT: st.integers(1, 100).filter(lambda number: number != 30),
        Entry.NOTE: NOTES,
        Entry.ON: st.tuples(DAYS, st.sampled_from(WAYS)),
        Entry.EVIDENCE: st.lists(st.sampled_from(["甲.pdf", "乙.docx", "文号〔2022〕1号"]), min_size=1, unique=True),
    },
)
WORDS = {State.ACCEPTED: "签收", State.SUBMITTED: "报结", State.DONE: "办结"}


def as_typed(entry: Entry, value: Any) -> Any:
    if entry is Entry.STATE:
        return WORDS[value]
    if entry is Entry.PERCENT:
        return f"{value}%" if value % 2 else value / 100
    if entry is Entry.ON:
        return value[1](value[0])
    return "；".join(value) if entry is Entry.EVIDENCE else value


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from([PUBLISH, STUDY, RATE, PUBLICITY]), ROW))
def test_what_is_typed_is_what_is_recorded(rows: dict[int, dict[Entry, Any]]) -> None:
    places = {PUBLISH: ("1", "publish", None), STUDY: ("2", "study", "2022-Q4"), RATE: ("3", "rate", "2022"), PUBLICITY: ("4", None, None)}
    typed = {number: {entry: as_typed(entry, value) for entry, value in row.items()} for number, row in rows.items()}
    expected = [
        (
            places[number][0],
            Progress(
                on=row[Entry.ON][0] if Entry.ON in row else TODAY,
                unit=UNIT,
                deadline=places[number][1],
                period=places[number][2],
                state=row.get(Entry.STATE),
                note=row[Entry.NOTE].strip() if Entry.NOTE in row else None,
                evidence=tuple(map(Evidence, row.get(Entry.EVIDENCE, ()))),
                percent=float(row[Entry.PERCENT]) if Entry.PERCENT in row else None,
            ),
        )
        for number, row in sorted(rows.items())
        if row.keys() - {Entry.ON}
    ]
    assert entries(take(filled(form(), typed))) == expected


# What is no form, or made to do harm


def test_a_workbook_of_somebody_else_is_no_form() -> None:
    data = edited(form(), lambda sheet: sheet.delete_rows(1, 3), HIDDEN)
    with pytest.raises(NotFormError):
        find_form(workbooks.read("x.xlsx", data))


def test_a_form_of_a_later_version_is_refused() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.cell(1, 2).value = "9"

    with pytest.raises(FormVersionError) as raised:
        find_form(workbooks.read("x.xlsx", edited(form(), change, HIDDEN)))
    assert describe(raised.value, "zh") == "x.xlsx 是第 9 版的填报表，这个 planctl 只认得第 1 版。\n请用更新的 planctl 读取。"


def test_macros_are_refused() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/vbaProject.bin"] = b"x"

    with pytest.raises(MacroSheetError):
        workbooks.read("x.xlsm", repacked(form(), change))


def test_links_to_other_files_are_said() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"

    assert remarks(take(repacked(form(), change))) == [("S304", "县司法局.xlsx")]


SHEET = "xl/worksheets/sheet1.xml"


def test_entities_are_refused() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[SHEET] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts[SHEET]

    with pytest.raises(UnsafeDocumentError):
        workbooks.read("x.xlsx", repacked(form(), change))


def test_a_part_that_unpacks_without_end_is_refused() -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[SHEET] = b"<worksheet>" + b" " * (40 << 20) + b"</worksheet>"

    with pytest.raises(OversizedDocumentError):
        workbooks.read("x.xlsx", repacked(form(), change))


def test_a_sheet_that_claims_to_fill_the_whole_grid_is_read_by_its_cells() -> None:
    def change(parts: dict[str, bytes]) -> None:
        far = b'<mergeCells count="1"><mergeCell ref="T20:XFD1048576"/></mergeCells><phoneticPr fontId="1"/>'
        text = parts[SHEET].replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        )
        start = text.index(b"<mergeCells")
        parts[SHEET] = text[:start] + far + text[text.index(b"</mergeCells>") + 13 :]

    outcome = take(repacked(form(), change))
    assert (outcome.filings, remarks(outcome)) == ((), [("S303", "县司法局.xlsx!XFD1048576")])


@pytest.mark.parametrize(
    ("data", "error"),
    [(b"PK\x03\x04 broken", DamagedDocumentError), (b"a,b\r\n1,2\r\n", NotSheetError), (b"%PDF-1.7", NotSheetError)],
)
def test_what_is_no_workbook_is_refused(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        workbooks.read("x.csv", data)


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 200),
    st.binary(max_size=40),
    st.sampled_from([SHEET, "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet3.xml"]),
)
def test_damage_is_refused_in_words_or_read(place: int, noise: bytes, part: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        at = len(parts[part]) * place // 200
        parts[part] = parts[part][:at] + noise + parts[part][at + len(noise) :]

    try:
        outcome = take(repacked(PRISTINE, change))
    except (DamagedDocumentError, FormVersionError, NotFormError, UnsafeDocumentError):
        return
    assert [entry.on for _, entry in entries(outcome)] == [TODAY] * len(outcome.filings)


PRISTINE = form()
assert DAY < TODAY
