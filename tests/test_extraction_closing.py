"""What stands behind the last task is no part of it: demands on everybody, words about the document itself, signature and day."""

from __future__ import annotations

import pytest

from extraction_gold import draft_of

HEAD = "示例市人民政府关于推进示例工作的意见\n示政发〔2023〕3号\n各县人民政府：\n现提出以下意见：\n"
SIGNED = "示例市人民政府\n2023年3月1日\n"

CLOSINGS: dict[str, tuple[str, list[str]]] = {
    "behind lines that say who leads": (
        "一、加强监管。完善制度。\n牵头单位：市财政局\n二、健全机制。及时办结。\n牵头单位：市信访局\n请各单位于每月25日前报送进展。\n",
        ["请各单位于每月25日前报送进展。"],
    ),
    "behind a bracket": (
        "一、加强监管。完善制度。（市财政局负责）\n二、健全机制。及时办结。（市信访局负责）\n进展情况每月报送一次。\n",
        ["进展情况每月报送一次。"],
    ),
    "behind items without labels": (
        "一、加强监管。完善制度。\n二、健全机制。及时办结。\n各地区、各部门要于3月底前制定方案。\n本方案自印发之日起实施。\n",
        ["各地区、各部门要于3月底前制定方案。", "本方案自印发之日起实施。"],
    ),
    "behind items of two paragraphs": (
        "一、加强监管\n完善制度。\n二、健全机制\n各部门要及时办结。\n各地区、各部门要于3月底前制定方案。\n（联系人：张三）\n",
        ["各地区、各部门要于3月底前制定方案。"],
    ),
    "nothing but the signature": ("一、加强监管。完善制度。\n二、健全机制。及时办结。\n", []),
}


@pytest.mark.parametrize("name", CLOSINGS)
def test_the_last_task_ends_where_the_document_closes(name: str) -> None:
    text, closing = CLOSINGS[name]
    draft = draft_of(HEAD + text + SIGNED)
    ends = [task.text.endswith(("完善制度。", "办结。", "局", "）")) for task in draft.tasks]
    assert (ends, [found.text for found in draft.closing]) == ([True, True], closing)


def test_a_task_whose_paragraphs_speak_to_everybody_as_the_others_do_keeps_them() -> None:
    text = "一、加强监管\n完善制度。\n各单位要每年自查。\n二、健全机制\n及时办结。\n各单位要每月通报。\n"
    assert draft_of(HEAD + text + SIGNED).tasks[1].text == "二、健全机制及时办结。各单位要每月通报。"


def test_the_last_character_of_a_document_is_not_told_twice() -> None:
    assert draft_of("一、甲事。内容。\n二、乙事。内容。").tasks[1].text == "二、乙事。内容。"


@pytest.mark.parametrize(
    ("tail", "closing"),
    [
        ("（此件公开发布）", []),
        ("　公开方式：主动公开", []),
        (" 附件：重点项目表", []),
        ("　示例县人民政府办公室　　2022年1月5日", []),
        ("责任编辑：李四", []),
        ("本方案自印发之日起施行。", ["本方案自印发之日起施行。"]),
    ],
)
def test_a_bracket_of_bare_names_is_read_whatever_follows_it_on_its_line(tail: str, closing: list[str]) -> None:
    draft = draft_of(f"示例方案\n一、任务\n（一）建桥。修桥。（县交通局）\n（二）宣传。推广案例。（县委宣传部、县广播电视局）{tail}\n")
    assert (draft.tasks[1].lead, [found.text for found in draft.closing]) == (("县委宣传部", "县广播电视局"), closing)
