"""Which phrases of a clause bind somebody, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from extraction_gold import in_words
from planctl.extraction.obligations import Context, read_obligations
from planctl.extraction.script import Line, write_script

CONTEXT = Context(date(2023, 3, 1), 2023, end=date(2025, 12, 31))

BINDING = {
    "2023年6月底前完成调研，9月底前形成报告。": ["once 2023-06-30", "once 2023-09-30"],
    "年底前全面完成。": ["once 2023-12-31"],
    "今年6月底前、明年6月底前分别完成。": ["once 2023-06-30", "once 2024-06-30"],
    "试点期限内，力争出台条例。": ["once 2025-12-31"],
    "2023年底前将平均审查周期压缩至4个月以内。": ["once 2023-12-31", "metric <= 4 个月 by 2023-12-31"],
    "到“十四五”末，覆盖率达到90%。": ["once 2025-12-31", "metric >= 90 % by 2025-12-31"],
    "在决定作出之日起20个工作日内公开。": ["within 20 working-days 决定作出"],
    "每年1月31日前公开数据。": ["year 01-31"],
    "每年至少举办一期培训班，举办两期以上讲座。": ["year >= 1 期", "year >= 2 期"],
    "每年不少于2次、每次不少于1天。": ["year >= 2 次", "metric >= 1 天"],
    "人员不少于本单位执法人员总数的5%。": ["metric >= 5 %"],
    "符合条件的申请受理率达100%，按时办结率达100%。": ["metric >= 100 %", "metric >= 100 %"],
    "完成时限：长期坚持": ["ongoing"],
    "（市财政局牵头，市司法局配合，持续推进）": ["ongoing"],
    "每年6月底、12月底前报送总结。": ["year 06-30", "year 12-31"],
    "2023年2月底前完成自查。": ["once 2023-02-28"],
    "事件发生后5小时内发布信息，24小时内举行发布会。": ["within 5 hours 事件发生", "within 24 hours 事件发生"],
    "民营贷款余额占比达到65%以上，普惠贷款增速高于平均增速。": ["metric >= 65 %"],
    "开展补贴性职业技能培训18万人次以上。": ["metric >= 18 万人次"],
    "债务余额控制在20亿元以内。": ["metric <= 20 亿元"],
    "顾问室成员人数为5-15人。": ["metric >= 5 人", "metric <= 15 人"],
    "每个乡镇落实1名专职人员。": ["metric >= 1 名"],
    "6月、12月": ["once 2023-06-30", "once 2023-12-31"],
}


def limits(text: str) -> list[str]:
    script = write_script([Line(text)])
    return [in_words(one.deadline) for one in read_obligations(script, 0, len(script.text), CONTEXT).deadlines]


@pytest.mark.parametrize("text", BINDING)
def test_what_binds_is_a_deadline(text: str) -> None:
    assert limits(text) == BINDING[text]


@pytest.mark.parametrize(
    "text",
    [
        "2022年以来，各地积极推进，截至2022年底完成100个。",
        "按照2021年6月召开的会议要求推进。",
        "根据《2023年工作要点》（示发〔2023〕5号）要求。",
        "依托12345热线，推进“一件事一次办”，做好“十四五”规划。",
        "对年营业收入达到2000万元以上的企业，给予不超过10万元奖励。",
        "按投资额的30%给予补贴，贷款利率不高于4%。",
        "注册资本不低于1000万元的企业可以申请。",
        "自批准之日起3年内免收租金。",
        "及时公开，尽快落实，抓紧研究。",
        "建立24小时值班制度，实行告知承诺。",
        "总投资1亿元以上项目优先安排。",
        "单户500万元以下的贷款业务按规定办理。",
        "招用5人以上的给予一次性奖励。",
        "每户补助不超过2000元。",
        "征收率由3%降至1%的政策继续执行。",
        "2023年1月20日，召开动员会。",
        "截至2023年2月底，已建成5个。",
        "此前已完成，目前正在推进，春节前后开展慰问。",
    ],
)
def test_what_binds_nobody_is_none(text: str) -> None:
    assert limits(text) == []


def test_what_only_a_person_can_tell_to_bind_is_a_hint() -> None:
    script = write_script([Line("定期开展演练，适时修订办法，编制年度目录。")])
    hints = read_obligations(script, 0, len(script.text), CONTEXT).hints
    assert [(one.deadline.quote, one.deadline.what, one.doubts[0].key) for one in hints] == [
        ("定期", "开展演练", "deadline.vague"),
        ("适时", "修订办法", "deadline.vague"),
        ("年度", "目录", "deadline.implied"),
    ]


def test_a_deadline_says_whose_it_is_and_what_is_due_and_where_it_stands() -> None:
    text = "健全制度。县政府各部门应当于 2023 年 6 月底前报送总结。"
    script = write_script([Line(text)])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    limit = found.deadline
    assert (limit.actors, limit.what, limit.quote) == (("县政府各部门",), "报送总结", "2023年6月底前")
    assert text[found.place.start : found.place.end] == "2023 年 6 月底前"


def test_a_year_that_only_the_context_gives_is_doubted() -> None:
    script = write_script([Line("年底前完成。")])
    doubted = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    sure = read_obligations(script, 0, len(script.text), CONTEXT._replace(is_year_sure=True)).deadlines
    assert [[doubt.key for doubt in one.doubts] for one in (*doubted, *sure)] == [["deadline.year"], []]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("重大行政决策在集体讨论前交由法制机构审查。", "重大行政决策集体讨论"),
        ("主要负责人作出重大决策前，应当听取意见。", "重大决策作出"),
        ("起草单位应当在合同签订前进行审查。", "合同签订"),
        ("汛期前完成整治。", "汛期"),
    ],
)
def test_an_event_alone_is_a_limit(text: str, event: str) -> None:
    script = write_script([Line(text)])
    found = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert [(one.deadline.before, one.deadline.within) for one in found] == [(event, None)]


def test_a_limit_before_the_document_is_kept_and_doubted() -> None:
    script = write_script([Line("2月底前完成自查。")])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT._replace(is_year_sure=True)).deadlines
    assert (in_words(found.deadline), [doubt.key for doubt in found.doubts]) == ("once 2023-02-28", ["deadline.past"])


def test_a_damaged_day_is_not_guessed() -> None:
    script = write_script([Line("每年31日前报告。")])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert (in_words(found.deadline), [doubt.key for doubt in found.doubts]) == ("year", ["deadline.damaged"])
