"""Text that means harm, or nothing: bounded work, no error, and a draft that can be used."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.extraction import Cell, Draft, Line, extract

PIECES = [
    *("（", "）", "(", ")", "[", "《", "》", "“", "、", "，", "。", "；", "：", "和", "等", "及", "市", "局", "县财政局", "各部门"),
    *("一、", "二、", "（一）", "（二）", "1.", "2.", "3、", "①", "——", "第一章", "第二条", "\n", "\t", " ", "\u3000"),
    *("牵头单位：", "责任单位：", "配合单位：", "牵头", "配合", "负责", "会同", "按职责分工负责", "各司其责", "列第一位者为牵头单位"),
    *("2022年", "年底前", "每年", "至少", "两次", "100%", "自公布之日起", "30日内", "定期", "年度", "十四五", "31日前", "2022621"),
    *("附件", "序号", "任务", "关于印发", "的通知", "示发〔2022〕7号", "2022年8月3日", "指导思想", "内容", "\x00", "\ufffd", "𠮷"),
]
LENGTH = 20_000
REPEATED = [
    *PIECES,
    "（一）\n",
    "一、\n",
    "1.\n",
    "——\n",
    "（县财政局负责）",
    "责任单位：县财政局\n",
    "序号\t任务\t责任单位\n",
    "县财政局、",
    "由县财政局会同",
    "）、（",
]


@given(st.lists(st.sampled_from(PIECES), max_size=120).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_the_genres_words_gives_a_draft(text: str) -> None:
    draft = extract([Line(line) for line in text.splitlines()])
    assert_is_sound(draft, text.splitlines())


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_a_draft(text: str) -> None:
    lines = text.splitlines()
    assert_is_sound(extract([Line(line) for line in lines]), lines)


@given(st.lists(st.tuples(st.sampled_from(PIECES), *(st.integers(1, 5) for _ in range(4))), max_size=25))
@settings(max_examples=200, deadline=None)
def test_any_table_gives_a_draft(cells: list[tuple[str, int, int, int, int]]) -> None:
    lines = [Line(text, Cell(1, row, column, rows, columns)) for text, row, column, rows, columns in cells]
    assert_is_sound(extract(lines), [line.text for line in lines])


@pytest.mark.parametrize("piece", REPEATED, ids=repr)
def test_endless_repetition_is_read_through(piece: str) -> None:
    text = piece * (LENGTH // len(piece))
    lines = text.splitlines()
    assert_is_sound(extract([Line(line) for line in lines]), lines)


IN_A_TASK = [
    "100%",
    "30日内",
    "完成50%",
    "三分之一以上",
    "年底前",
    "每年",
    "定期",
    "时限：6月、",
    "作出重大决策前",
    "在合同签订前，",
    "落实1名",
]
"""Each of these once took time by the square of its number, where they stand in one clause of a task."""


@pytest.mark.parametrize("piece", IN_A_TASK, ids=repr)
def test_endless_repetition_in_a_task_is_read_through(piece: str) -> None:
    text = f"示例县方案\n一、主要任务\n（一）开展工作。{piece * (3 * LENGTH // len(piece))}\n（二）完成任务。6月底前完成。\n"
    lines = text.splitlines()
    assert_is_sound(extract([Line(line) for line in lines]), lines)


def assert_is_sound(draft: Draft, lines: list[str]) -> None:
    """See that ids are unique, and that every place lies in the document."""
    ids = [task.id for task in draft.tasks]
    places = [task.clause for task in draft.tasks] + [one.place for task in draft.tasks for one in task.deadlines]
    beyond = [place for place in places if not 0 <= place.start < place.end <= len(lines[place.line])]
    assert (len(set(ids)), beyond) == (len(ids), [])
