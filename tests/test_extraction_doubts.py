"""What a person must look at: numbers that do not follow each other, what is left out, what may be read either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from extraction_gold import draft_of

if TYPE_CHECKING:
    from planctl.extraction import Draft

LABEL = "（市司法局负责）"


def doubts(draft: Draft, *kinds: str) -> list[tuple[str, ...]]:
    return [(doubt.key, *doubt.words) for doubt in draft.doubts if doubt.key.startswith(kinds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"一、任务\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n4.丙事。{LABEL}", [("numbering.gap", "2.", "4.")]),
        (f"一、任务\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n2.丙事。{LABEL}", [("numbering.restarts", "2.", "2.")]),
        (f"一、任务（一）甲事。内容。{LABEL}（三）乙事。内容。{LABEL}（四）丙事。内容。{LABEL}", [("numbering.gap", "（一）", "（三）")]),
        (f"一、任务\n1.甲事。{LABEL}\n三、其他\n1.乙事。{LABEL}", [("numbering.gap", "一、", "三、")]),
        (f"一、任务\n（一）甲\n1.甲事。{LABEL}\n（二）乙\n2.乙事。{LABEL}\n二、其他\n（三）丙\n3.丙事。{LABEL}", []),
        (f"一、任务\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n二、其他\n1.丙事。{LABEL}", []),
        ("序号\t任务\t责任单位\n1\t推进改革\t市司法局\n2\t优化服务\t市司法局\n5\t规范执法\t市司法局", [("numbering.gap", "2", "5")]),
        ("序号\t任务\t责任单位\n一、改革\n1\t推进改革\t市司法局\n二、民生\n1\t优化服务\t市司法局", []),
    ],
)
def test_numbers_that_do_not_follow_each_other_are_told(text: str, expected: list[tuple[str, ...]]) -> None:
    assert doubts(draft_of(text), "numbering") == expected


def test_what_is_left_out_is_listed_whatever_its_level() -> None:
    text = f"一、任务\n1.甲事。内容。{LABEL}\n2.乙事。内容。{LABEL}\n二、保障\n（一）加强领导。内容。\n（二）严格考核。内容。"
    assert doubts(draft_of(text), "section") == [
        ("section.left-out", "（一）加强领导。内容。"),
        ("section.left-out", "（二）严格考核。内容。"),
    ]


def test_a_measure_of_another_level_that_sets_a_time_is_a_task_to_look_at() -> None:
    text = f"一、任务\n1.甲事。内容。{LABEL}\n2.乙事。内容。{LABEL}\n二、保障\n（一）严格调度。各单位每月3日前报送进度。\n（二）营造氛围。内容。"
    draft = draft_of(text)
    assert [(task.title.text, [doubt.key for doubt in task.doubts]) for task in draft.tasks[2:]] == [
        ("严格调度", ["duty.none", "task.arguable"])
    ]
    assert doubts(draft, "section") == [("section.left-out", "（二）营造氛围。内容。")]


def test_what_rows_of_a_table_say_again_is_listed() -> None:
    text = "一、措施\n（一）推广的措施共2项。\n附件\n序号\t任务\t责任单位\n1\t推进改革\t市司法局\n2\t优化服务\t市司法局"
    assert doubts(draft_of(text), "section") == [("section.left-out", "（一）推广的措施共2项。")]


def test_a_notice_that_only_sends_a_table_is_listed_item_by_item() -> None:
    text = (
        "关于印发任务清单的通知\n各单位：\n现将任务清单印发给你们。\n一、强化调度。每月调度。\n二、强化督查。适时督查。\n"
        "示例市人民政府\n2023年3月1日\n任务清单\n序号\t任务\t责任单位\n1\t推进改革\t市司法局\n2\t优化服务\t市司法局"
    )
    draft = draft_of(text)
    assert [task.title.text for task in draft.tasks] == ["推进改革", "优化服务"]
    assert doubts(draft, "part", "section") == [
        ("part.left-out", "2"),
        ("section.left-out", "一、强化调度。每月调度。"),
        ("section.left-out", "二、强化督查。适时督查。"),
    ]


def test_what_only_serves_the_tasks_may_be_read_either_way() -> None:
    text = f"一、任务\n（一）甲事。内容。{LABEL}\n（二）乙事。内容。{LABEL}\n二、保障措施\n（一）强化宣传。内容。\n"
    arguable = [(task.title.text, any(doubt.key == "task.arguable" for doubt in task.doubts)) for task in draft_of(text).tasks]
    assert arguable == [("甲事", False), ("乙事", False), ("强化宣传", True)]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("示例市人民政府关于印发《示例方案的通知\n示政发〔2023〕3号", ["示例市人民政府关于印发《示例方案的通知"]),
        ("示例市人民政府关于示例工作的意见\n示政发〔2023〕3号", []),
    ],
)
def test_a_title_or_number_whose_brackets_do_not_match_is_told(head: str, words: list[str]) -> None:
    draft = draft_of(f"{head}\n各县人民政府：\n一、甲事。内容。{LABEL}\n二、乙事。内容。{LABEL}\n示例市人民政府\n2023年3月1日")
    assert [said for key, *rest in doubts(draft, "identity.damaged") for said in rest] == words


def test_a_day_that_has_lost_its_characters_is_told() -> None:
    draft = draft_of(f"一、甲事。内容。{LABEL}\n二、乙事。内容。{LABEL}\n示例市人民政府\n2022621日")
    assert doubts(draft, "identity.damaged") == [("identity.damaged", "2022621日")]


@pytest.mark.parametrize(
    "rule", ["。以下均需各县人民政府落实，不再列出", "，以下均需各县人民政府落实，不再列出", "（以下均由各县人民政府负责）"]
)
def test_units_that_are_named_once_for_all_that_follows_are_told(rule: str) -> None:
    draft = draft_of(f"一、任务\n（一）甲事。内容。（市司法局、各县人民政府{rule}）\n（二）乙事。内容。{LABEL}")
    assert [[doubt.key for doubt in task.doubts] for task in draft.tasks] == [["duty.for-all"], []]


@pytest.mark.parametrize(
    "text",
    [
        "一、任务\n（一）推进改革\n1.推行网办，压减材料。\n2.优化流程，减少排队。\n责任单位：市司法局\n（二）优化服务。改造窗口。\n责任单位：市财政局",
        "一、任务\n（一）推进改革。要加强领导。\n1.推行网办。压减材料。\n2.优化流程，减少排队。\n（二）优化服务。改造窗口。",
    ],
)
def test_a_task_whose_numbered_points_may_be_tasks_is_told(text: str) -> None:
    told = [(task.title.text, [doubt.words for doubt in task.doubts if doubt.key == "task.points"]) for task in draft_of(text).tasks]
    assert told == [("推进改革", [("推进改革",)]), ("优化服务", [])]


def test_a_time_that_stands_above_the_tasks_of_a_section_is_listed() -> None:
    text = "一、任务\n（一）推进改革。到2025年全面完成。\n1.推行网办。压减材料。\n2.优化流程。减少排队。\n（二）优化服务。改造窗口。"
    assert doubts(draft_of(text), "section") == [("section.left-out", "（一）推进改革。到2025年全面完成。")]


def test_units_that_other_sentences_bind_than_the_one_that_names_a_lead_are_told() -> None:
    said = "县财政局要加快拨付资金。县司法局要牵头建立协调机制。县民政局要做好宣传。"
    draft = draft_of(f"一、任务\n（一）甲事。{said}\n（二）乙事。内容。\n（三）丙事。内容。\n（四）丁事。内容。")
    told = [doubt.words for doubt in draft.tasks[0].doubts if doubt.key == "duty.actors"]
    assert (draft.tasks[0].lead, told) == (("县司法局",), [("县财政局", "县民政局")])
