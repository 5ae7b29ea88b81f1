"""Normalisation: what is certain is repaired and reported with its places, what is not is only reported."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import seeds
from papers import texts
from planctl.documents.normalising import normalise
from planctl.documents.reading import read_bytes
from planctl.documents.records import NoteKind, Place, Reading, Repair, RepairKind
from planctl.phrases import read as read_phrases


def mended(text: str) -> Reading:
    return normalise(read_bytes("a.txt", text.encode()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２３年６月底前，达到９５％", "2023年6月底前，达到95%"),
        ("１．规范窗口", "1.规范窗口"),
        ("加强领导,落实责任;及时报告:每月一次", "加强领导，落实责任；及时报告：每月一次"),
        ("(一)总体要求", "（一）总体要求"),
        ("方案(2021-2025年)", "方案（2021-2025年）"),
        ("推行法治(law)建设", "推行法治（law）建设"),
        ("不少于1,000次，9:30开始，比例1:2", "不少于1,000次，9:30开始，比例1:2"),
        ("见 https://example.org/a?b=c(d)", "见 https://example.org/a?b=c(d)"),
        ("二○二三年三月", "二〇二三年三月"),
        ("⼯作要⻓期坚持", "工作要长期坚持"),
        ("示政办发﹝2023﹞7号", "示政办发〔2023〕7号"),
    ],
)
def test_widths_and_shapes_are_those_of_chinese_print(text: str, expected: str) -> None:
    assert texts(mended(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("主 要 内 容", "主要内容"),
        ("附　件", "附件"),
        ("2015年7月3 日", "2015年7月3日"),
        ("第 3 项", "第3项"),
        (
            "加强 领导， 落实\u00a0责任。各单位要 按时报告，认真总结经验，及时反映情况和问题。",
            "加强领导，落实责任。各单位要按时报告，认真总结经验，及时反映情况和问题。",
        ),
        ("中共示例县委 示例县人民政府", "中共示例县委 示例县人民政府"),
        ("组长:张三  中共示例县委副书记", "组长：张三  中共示例县委副书记"),
        (
            "由县司法局 县财政局牵头，县政务服务局配合，按照职责分工认真抓好落实。",
            "由县司法局 县财政局牵头，县政务服务局配合，按照职责分工认真抓好落实。",
        ),
        ("1.1 目的", "1.1 目的"),
        ("Windows 10 系统", "Windows 10 系统"),
    ],
)
def test_blanks_are_taken_out_only_where_they_divide_nothing(text: str, expected: str) -> None:
    assert texts(mended(text)) == [expected]


def test_a_repair_is_reported_with_every_place_where_it_was_made() -> None:
    assert mended("甲,乙\n丙,丁３").repairs == (
        Repair(RepairKind.WIDTH, ",", "，", (Place(1, 2), Place(2, 2))),
        Repair(RepairKind.WIDTH, "３", "3", (Place(2, 4),)),
    )


def test_a_character_keeps_its_place_through_all_repairs() -> None:
    reading = mended("機(jī)構(gòu)設(shè)開(kāi)辦(bàn), 完 成 時 限:３ 日")
    (block,) = reading.blocks
    assert (block.text, [reading.place(block, block.text.index(each)).column for each in "構，限3日"]) == (
        "機構設開辦，完成時限：3日",
        [6, 30, 38, 40, 42],
    )


def test_readings_behind_characters_are_taken_out_where_a_document_has_many() -> None:
    printed = "機(jī)構(gòu)設(shè)置應(yīng)當(dāng)"
    assert (texts(mended(printed)), texts(mended("機(jī)構"))) == (["機構設置應當"], ["機（jī）構"])


@pytest.mark.parametrize("broken", ["構（gòu）", "構（ｇòu）", "構( gòu )", "構（ɡòu）", "構（gòu", "構gòu）", "構（gòu，"])
def test_a_reading_is_known_in_any_width_and_with_a_bracket_lost(broken: str) -> None:
    bare = "構，" if broken.endswith("，") else "構"
    assert texts(mended("機(jī)設(shè)置(zhì)應(yīng)當(dāng)" + broken)) == ["機設置應當" + bare]


@pytest.mark.parametrize("words", ["（甲構gòu）", "構（API，甲）", "構（a，甲）", "構gou）"])
def test_what_may_be_a_word_or_has_its_bracket_is_no_reading(words: str) -> None:
    assert texts(mended("機(jī)設(shè)置(zhì)應(yīng)當(dāng)" + words)) == ["機設置應當" + words]


def test_question_marks_that_stand_for_blanks_are_taken_out_where_a_document_has_many() -> None:
    assert texts(mended("标题\n?\n?\n正文是什么?\n????2022年5月12日")) == ["标题", "正文是什么？", "2022年5月12日"]


WRAPPED = (
    "　　为进一步优化服务，提高办事效率，方便企业和群众，结合\n我县实际，制定本工作要点，请各单位结合职责认真抓好贯彻落\n实，按时报送情况。\n"
    "　　一、总体要求\n　　各单位要加强组织领导，明确责任分工，细化工作措施，确保各\n项任务按期完成，重要情况及时报告。\n"
)


def test_lines_of_one_width_are_joined_to_the_paragraphs_that_they_were() -> None:
    reading = mended(WRAPPED)
    assert texts(reading) == [
        "为进一步优化服务，提高办事效率，方便企业和群众，结合我县实际，制定本工作要点，请各单位结合职责认真抓好贯彻落实，按时报送情况。",
        "一、总体要求",
        "各单位要加强组织领导，明确责任分工，细化工作措施，确保各项任务按期完成，重要情况及时报告。",
    ]
    assert reading.repairs == (Repair(RepairKind.WRAP, "\n", "", (Place(2, 1), Place(3, 1), Place(6, 1))),)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85"])
@pytest.mark.parametrize("indent", ["　　", "    ", "\t"])
def test_narrow_lines_are_joined_whatever_ends_or_indents_them(indent: str, end: str) -> None:
    lines = (
        *(
            f"{indent}为了方便群众办事，进一步优化服务",
            "结合我县实际情况，制定本要点，请各单位",
            "认真组织实施，遇有问题要及时报告县政府",
            "办公室。",
        ),
        *(f"{indent}各单位要加强组织领导，明确责任分", "工，细化工作措施，确保各项任务如期全部", "完成，重要的情况及时报告。"),
    )
    text = "".join(lines).split(indent)[1:]
    assert texts(mended(end.join(lines))) == text


@pytest.mark.parametrize("mark", ["二、", "（二）", "2.", "2、", "（2）", "②", "第二条", "——", "【", "牵头单位：", "责任单位："])
def test_a_line_that_is_numbered_or_labelled_begins_a_paragraph(mark: str) -> None:
    full = "加强组织领导并且明确责任分工细化工作措施确保各项任务按期"
    assert texts(mended(f"{full}\n{full}\n{full}\n完成任务\n{full}\n{mark}完成任务"))[-1] == f"{mark}完成任务"


@pytest.mark.parametrize("open_end", ["（责任单位：县财政局、县教育局、县公安局", "加强领导并明确分工确保落实。配合单位："])
def test_a_line_goes_on_while_a_bracket_or_a_label_is_open(open_end: str) -> None:
    full = "加强组织领导并且明确责任分工细化工作措施确保各项任务按期"
    line = "加" * (28 - len(open_end)) + open_end
    assert texts(mended(f"{full}\n{full}\n{full}\n完成。\n{line}\n责任单位，县林业局"))[-1] == f"{line}责任单位，县林业局"


def test_short_lines_are_never_joined() -> None:
    lines = ["国务院办公厅", "2018年12月5日", "（此件公开发布）", "一、总体要求", "（一）指导思想"]
    assert texts(mended("\n".join(lines))) == lines


@pytest.mark.parametrize(
    ("text", "suspicion"),
    [
        ("每年31日前报送总结", "每年31日"),
        ("落款20221111日", "20221111日"),
        ("纲要（20212025年）", "20212025年"),
        ("宁发〔20227", "〔20227"),
        ("加强领导，，落实责任", "，，"),
        ("一）指导思想（甲", "（甲"),
        ("加强（统筹协调，落实责任", "（统筹协调，落实"),
        ("各单位要加强组织领导，明确责任分工，细化工作措施，确保各项任务按期完成，重要情况及时报告县政府", "况及时报告县政府"),
    ],
)
def test_what_looks_damaged_is_reported_and_stays(text: str, suspicion: str) -> None:
    reading = mended(text)
    assert (texts(reading), suspicion in [note.text for note in reading.notes if note.kind is NoteKind.ORPHAN]) == ([text], True)


TRADITIONAL = "為貫徹落實法治政府建設實施綱要，結合實際，制定本工作要點，各單位應當認真執行。"


def test_to_simplify_traditional_text_is_offered_and_done_when_asked_for() -> None:
    reading = read_bytes("a.txt", TRADITIONAL.encode())
    offered, done = normalise(reading), normalise(reading, simplify=True)
    assert ([note.kind for note in offered.notes], texts(offered)) == ([NoteKind.TRADITIONAL], [TRADITIONAL])
    assert (texts(done), done.notes) == (["为贯彻落实法治政府建设实施纲要，结合实际，制定本工作要点，各单位应当认真执行。"], ())
    assert Repair(RepairKind.SIMPLIFIED, "為", "为", (Place(1, 1),)) in done.repairs


@seeds.needed
@pytest.mark.parametrize("plan", seeds.DOCUMENTS)
def test_normalising_takes_nothing_from_a_document_but_noise(plan: str) -> None:
    text = seeds.document(plan)
    reading = normalise(read_bytes("seed.txt", text.encode()), simplify=True)
    assert seeds.readable("".join(texts(reading))).replace("?", "") == seeds.readable(text).replace("?", "")


@seeds.needed
@pytest.mark.parametrize("plan", seeds.DOCUMENTS)
def test_normalising_changes_no_date_phrase(plan: str) -> None:
    reading = read_bytes("seed.txt", seeds.document(plan).encode())
    before, after = ([len(list(read_phrases(text))) for text in texts(each)] for each in (reading, normalise(reading)))
    assert [count for count in before if count] == [count for count in after if count]


@given(st.lists(st.text(alphabet="甲乙局，,。.()（）《》 　\u00a0?1２年月日第(ī)　\t\n", max_size=60), max_size=12))
@example(["11", "11111111111111111?。", "1111111111111\n1"])
def test_a_second_normalisation_changes_nothing_and_every_character_has_a_place(lines: list[str]) -> None:
    text = "始\n" + "\n".join(lines)
    once = mended(text)
    assert [(len(block.text), list(block.offsets) == sorted(block.offsets)) for block in once.blocks] == [
        (len(block.offsets), True) for block in once.blocks
    ]
    assert texts(normalise(once)) == texts(once)
