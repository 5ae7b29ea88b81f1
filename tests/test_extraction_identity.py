"""What a document says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from extraction_gold import draft_of
from planctl.extraction import Identity, Line, extract
from planctl.model import Period

BODY = "一、任务\n1.甲事。（市司法局负责）\n2.乙事。（市司法局负责）\n"


def identity(head: str, tail: str = "") -> Identity:
    return draft_of(f"{head}\n{BODY}{tail}").identity


@pytest.mark.parametrize(
    "number", ["示政发〔2022〕7号", "示政发[2022]7号", "示政发（2022）7号", "示政发【2022】7号", "示政办函〔2022〕15号"]
)
def test_a_number_stands_below_the_title_in_brackets_of_any_kind(number: str) -> None:
    found = identity(f"示例市人民政府关于示例工作的意见\n{number}\n根据《通知》（某发〔2020〕1号）制定。").number
    assert found is not None
    assert found.text == number


@pytest.mark.parametrize("number", ["示例市人民政府令第12号", "第12号"])
def test_an_order_is_counted_without_a_year(number: str) -> None:
    found = identity(f"示例市示例管理办法\n{number}").number
    assert found is not None
    assert found.text == number


def test_title_number_and_addressees_may_share_a_line() -> None:
    found = identity(
        "示例市人民政府关于落实《政府工作报告》重点工作分工的意见示政发〔2023〕5号市政府各委办局、各直属机构：为落实工作，现提出："
    )
    assert found.title is not None
    assert found.number is not None
    assert (found.title.text, found.number.text, [one.text for one in found.addressees]) == (
        "示例市人民政府关于落实《政府工作报告》重点工作分工的意见",
        "示政发〔2023〕5号",
        ["市政府各委办局", "各直属机构"],
    )


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("成文日期： 2018-12-05\n示例市示例工作的意见", ""),
        ("示例市示例工作的意见\n（2018年12月5日）", ""),
        ("示例市示例工作的意见", "示例市人民政府\n二○一八年十二月五日\n"),
    ],
)
def test_the_day_of_a_document_stands_in_its_head_or_at_its_end(head: str, tail: str) -> None:
    issued = identity(head, tail).issued
    assert issued is not None
    assert issued.day == date(2018, 12, 5)


def test_several_issuers_sign_on_lines_of_their_own_or_beside_each_other() -> None:
    found = identity("关于示例工作的通知", "示例市发展和改革委员会    示例市财政局\n示例市民政局\n2023年3月1日\n")
    assert [one.text for one in found.issuers] == ["示例市发展和改革委员会", "示例市财政局", "示例市民政局"]


def test_a_number_that_lost_its_bracket_is_taken_from_the_page_head() -> None:
    found = identity("文号 : 示发〔2022〕7号\n示例县委关于示例工作的意见\n示发〔20227号").number
    assert found is not None
    assert found.text == "示发〔2022〕7号"


def test_a_cited_number_is_not_the_documents_own() -> None:
    assert identity("示例市人民政府关于示例工作的意见\n根据《通知》（某发〔2020〕1号）制定本意见。").number is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("示例市人民政府\n关于推进示例工作\n的实施意见\n示政发〔2022〕7号", "示例市人民政府关于推进示例工作的实施意见"),
        ("首页 > 政务公开\n示例市示例工作方案\n来源：办公室", "示例市示例工作方案"),
        ("示例市示例工作方案\n（2021—2025年）", "示例市示例工作方案（2021—2025年）"),
        ("示例市2022年示例工作要点", "示例市2022年示例工作要点"),
        ("示例市示例会议\n重点任务分工方案", "示例市示例会议重点任务分工方案"),
        ("关于印发示例工作重点任务\n分工方案的通知\n示政办发〔2022〕37号", "关于印发示例工作重点任务分工方案的通知"),
        (
            "示例市人民政府\n关于印发《示例市示例行动计划\n（2023—2025年）》的通知",
            "示例市人民政府关于印发《示例市示例行动计划（2023—2025年）》的通知",
        ),
        ("标　题： 示例市人民政府关于示例工作的意见\n发文字号： 示政发〔2023〕3号", "示例市人民政府关于示例工作的意见"),
        ("（此件公开发布）示例市人民政府关于示例工作的意见\n示政发〔2023〕3号", "示例市人民政府关于示例工作的意见"),
        ("示例市关于示例工作的意见\n（2018年12月5日）", "示例市关于示例工作的意见"),
    ],
)
def test_a_title_may_run_over_lines(head: str, title: str) -> None:
    found = identity(head).title
    assert found is not None
    assert found.text == title


def test_the_title_of_a_plan_in_a_notice_is_its_own() -> None:
    notice = "示例县人民政府关于印发《示例方案》的通知\n各乡镇人民政府：\n现印发给你们。\n示例县人民政府\n2022年8月3日\n示例县示例工作方案\n为做好工作，制定本方案。"
    found = identity(notice)
    assert found.title is not None
    assert (found.title.text, [one.text for one in found.issuers], [one.text for one in found.addressees]) == (
        "示例县示例工作方案",
        ["示例县人民政府"],
        ["各乡镇人民政府"],
    )


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2022年8月3日", date(2022, 8, 3)),
        ("2022年08月03日", date(2022, 8, 3)),
        ("二〇二二年八月三日", date(2022, 8, 3)),
        ("二○二二年十二月二十一日", date(2022, 12, 21)),
        ("２０２２年８月３日", date(2022, 8, 3)),
        ("2022 年 8 月 3 日", date(2022, 8, 3)),
        ("2022621", date(2022, 6, 21)),
    ],
)
def test_the_day_of_issue_stands_below_the_signature(printed: str, day: date) -> None:
    found = identity("示例市示例工作方案", f"示例市人民政府\n{printed}\n（此件公开发布）").issued
    assert found is not None
    assert found.day == day


def test_the_day_of_issue_may_stand_in_brackets_below_the_title() -> None:
    found = identity("示例市示例工作方案\n（2022年8月3日）").issued
    assert found is not None
    assert found.day == date(2022, 8, 3)


def test_a_day_whose_lost_characters_leave_two_readings_is_not_guessed() -> None:
    assert identity("示例市示例工作方案", "示例市人民政府\n2022111").issued is None


@pytest.mark.parametrize("tail", ["各单位要于2023年4月20日前报送。", "完成时限：2023年10月15日", "试点至2023年10月15日"])
def test_a_time_limit_is_no_day_of_issue(tail: str) -> None:
    assert identity("示例市示例工作方案", tail).issued is None


ONE_LINE = (
    "示例总局关于登记工作的通知示总局〔2022〕71号各省局：现通知如下：一、任务（一）甲事。内容。（二）乙事。内容。示例总局2022年8月19日"
)


def test_the_signature_on_the_only_line_is_no_part_of_the_last_task() -> None:
    draft = draft_of(ONE_LINE)
    assert (draft.identity.issued and draft.identity.issued.day, [task.text for task in draft.tasks]) == (
        date(2022, 8, 19),
        ["（一）甲事。内容。", "（二）乙事。内容。"],
    )


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("2024年示例县工作要点2024年是攻坚之年。", "2024年示例县工作要点"),
        ("示例县示例工作方案为做好工作，制定本方案。", "示例县示例工作方案"),
        ("示例省人民政府关于重点工作分工的意见示政发〔2023〕9号各市人民政府：现提出意见。", "示例省人民政府关于重点工作分工的意见"),
    ],
)
def test_a_title_may_begin_the_only_line(line: str, title: str) -> None:
    found = draft_of(line + BODY.replace("\n", "")).identity.title
    assert found is not None
    assert found.text == title


def test_several_issuers_may_sign_on_one_line() -> None:
    found = identity("示例方案", "示例县委办公室　　示例县人民政府办公室\n2022年8月3日")
    assert [one.text for one in found.issuers] == ["示例县委办公室", "示例县人民政府办公室"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("示例市示例规划（2021—2025年）", Period(date(2021, 1, 1), date(2025, 12, 31))),
        ("示例市“十四五”示例规划", Period(date(2021, 1, 1), date(2025, 12, 31))),
        ("示例市2022年示例工作要点", Period(date(2022, 1, 1), date(2022, 12, 31))),
        ("示例市示例工作方案", Period()),
    ],
)
def test_a_title_tells_the_period(title: str, period: Period) -> None:
    assert identity(title).period == period


def test_the_days_of_publication_and_effect_are_told_apart_from_that_of_issue() -> None:
    found = identity("发布时间：2022-08-05 09:56\n示例市示例办法", "本办法自2022年9月1日起施行。\n示例市人民政府\n2022年8月3日")
    assert [one.day for one in (found.issued, found.published, found.effective) if one] == [
        date(2022, 8, 3),
        date(2022, 8, 5),
        date(2022, 9, 1),
    ]


def test_what_a_page_says_of_itself_gives_the_day_of_publication() -> None:
    found = extract([Line("示例市示例方案"), *map(Line, BODY.splitlines())], {"published": "2022-08-05T09:00:00"}).identity.published
    assert found is not None
    assert found.day == date(2022, 8, 5)


def test_a_page_may_have_its_title_outside_its_text() -> None:
    found = extract([Line(line) for line in BODY.splitlines()], {"title": "示例市人民政府关于示例工作的意见"}).identity.title
    assert found is not None
    assert found.text == "示例市人民政府关于示例工作的意见"


def test_a_title_in_brackets_of_its_own_is_written_without_them() -> None:
    found = identity("《示例市督察工作规定》").title
    assert found is not None
    assert found.text == "示例市督察工作规定"


def test_of_several_plans_the_notice_is_the_title_and_each_plan_a_section() -> None:
    head = "示例市人民政府办公室关于印发甲行动方案等两个方案的通知\n各县人民政府：\n现印发给你们。\n附件：1.示例市甲行动方案\n2.示例市乙行动方案\n"
    draft = draft_of(f"{head}示例市人民政府办公室\n2023年3月1日\n附件1\n示例市甲行动方案\n{BODY}附件2\n示例市乙行动方案\n{BODY}")
    assert (draft.identity.title and draft.identity.title.text, [task.section for task in draft.tasks]) == (
        "示例市人民政府办公室关于印发甲行动方案等两个方案的通知",
        [("示例市甲行动方案", "一")] * 2 + [("示例市乙行动方案", "一")] * 2,
    )


def test_title_number_and_day_may_stand_before_the_first_sentence_on_its_line() -> None:
    found = identity("示例省人民政府关于优化环境的若干措施示发〔2020〕6号（2020年5月31日）为优化环境，制定如下措施。")
    assert (found.title and found.title.text, found.number and found.number.text, found.issued and found.issued.day) == (
        "示例省人民政府关于优化环境的若干措施",
        "示发〔2020〕6号",
        date(2020, 5, 31),
    )


def test_a_title_that_could_end_on_its_second_line_goes_on_where_the_notice_says_so() -> None:
    notice = (
        "各县人民政府：\n《示例市公示制度重大执法决定法制审核制度实施方案》已经市政府同意，现印发给你们。\n示例市人民政府\n2019年3月26日\n"
    )
    found = identity(f"{notice}示例市公示制度\n重大执法决定\n法制审核制度实施方案").title
    assert found is not None
    assert found.text == "示例市公示制度重大执法决定法制审核制度实施方案"
