"""The grammar of official phrases, as a table: the words, and what they bind."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planctl.model import Cycle, DayOf, Kind, Span, Target
from planctl.phrases import Moment, Phrase, read, resolve

YEAR, HALF, QUARTER, MONTH = (Cycle(1, unit) for unit in ("year", "half-year", "quarter", "month"))
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PLACE = {"quote", "start", "end"}


def fields(phrase: Phrase) -> dict[str, Any]:
    """Give what a phrase says, without its place and without what it leaves open."""
    said = {name: value for name, value in phrase._asdict().items() if name not in PLACE}
    return {name: value for name, value in said.items() if value is not None and value is not False}


def once(*moment: int | bool | None, **more: Any) -> dict[str, Any]:
    return {"kind": Kind.ONCE, "moment": Moment(*moment), **more}  # type: ignore[arg-type]


def each(every: Cycle | None = None, **more: Any) -> dict[str, Any]:
    return {"kind": Kind.RECURRING, **({"every": every} if every else {}), **more}


def within(number: int, unit: str, **more: Any) -> dict[str, Any]:
    return {"kind": Kind.RELATIVE, "within": Span(number, unit), **more}


def metric(op: str, value: float, unit: str = "%", /, **more: Any) -> dict[str, Any]:
    return {"kind": Kind.METRIC, "target": Target(op, value, unit), **more}


def times(count: int, op: str = ">=", of: str = "次", **more: Any) -> dict[str, Any]:
    return {"count": count, "op": op, "of": of, **more}


QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
ONCE = {
    "2022年底前": once(2022, 12, 31, True),
    "2022年年底前": once(2022, 12, 31, True),
    "２０２２年底前": once(2022, 12, 31, True),
    "2022 年 6 月底前": once(2022, 6, 30, True),
    "二〇二二年十二月底前": once(2022, 12, 31, True),
    "二○二四年二月底前": once(2024, 2, 29, True),
    "年底前": once(None, 12, 31, True),
    "今年年底前": once(None, 12, 31, True),
    "月底前": once(None, None, 31, True),
    "3月底前": once(None, 3, 31, True),
    "季度末": once(None, None, None, True),
    "2022年9月30日前": once(2022, 9, 30, None),
    "2022年9月30日之前": once(2022, 9, 30, None),
    "12月31日以前": once(None, 12, 31, None),
    "2022年9月30日": once(2022, 9, 30, True),
    "截至2022年": once(2022, 12, 31, True),
    "到2035年": once(2035, 12, 31, True),
    "至2025年底": once(2025, 12, 31, True),
    "2025年": once(2025, 12, 31, True),
    "2023年内": once(2023, 12, 31, True),
    "上半年": once(None, 6, 30, True),
    "2023年下半年": once(2023, 12, 31, True),
    "年中": once(None, 6, 30, None, vague=True),
    "2023年初": once(2023, None, None, None, vague=True),
    "一季度": once(None, 3, 31, True),
    "第三季度": once(None, 9, 30, True),
    "2022年第二季度末前": once(2022, 6, 30, True),
    "2023年3月上旬": once(2023, 3, 10, True),
    "3月中旬": once(None, 3, 20, True),
    "2023年2月下旬": once(2023, 2, 28, True),
    "2030年前": once(2030, 12, 31, None, vague=True),
    "2024-11-30": once(2024, 11, 30, True),
    "2024.11.30": once(2024, 11, 30, True),
    "2024/9/30前": once(2024, 9, 30, None),
    "2024-11": once(2024, 11, 30, True),
    "全年": once(None, 12, 31, True),
    "2024年全年": once(2024, 12, 31, True),
    "次年1月31日前": {"kind": Kind.ONCE, "vague": True, "later": Moment(None, 1, 31)},
    "下一年度1月底前": {"kind": Kind.ONCE, "vague": True, "later": Moment(None, 1, 31, True)},
    "本年度内": once(None, 12, 31, True),
    "年终": once(None, 12, 31, True),
    "2月30日前": once(None, 2, None, None),
    "2022年3、6、9、12月底前": once(2022, 12, 31, True, moments=tuple(Moment(2022, month, day, True) for month, day in QUARTERS)),
    "2021—2025年": once(2025, 12, 31, True, begin=Moment(2021, 1, 1)),
    "2021年-2025年": once(2025, 12, 31, True, begin=Moment(2021, 1, 1)),
    "自2022年12月至2024年12月": once(2024, 12, 31, True, begin=Moment(2022, 12, 1)),
    "10月-12月": once(None, 12, 31, True, begin=Moment(None, 10, 1)),
    "10—12月": once(None, 12, 31, True, begin=Moment(None, 10, 1)),
    "2022年10月至12月": once(2022, 12, 31, True, begin=Moment(2022, 10, 1)),
    "3月1日至15日": once(None, 3, 15, True, begin=Moment(None, 3, 1)),
    "“十四五”期间": once(2025, 12, 31, True, begin=Moment(2021, 1, 1)),
    "“十四五”末": once(2025, 12, 31, True),
    "十三五期间": once(2020, 12, 31, True, begin=Moment(2016, 1, 1)),
    "“十五五”时期": once(2030, 12, 31, True, begin=Moment(2026, 1, 1)),
}

RECURRING = {
    "每年3月1日前": each(YEAR, by=DayOf(3, 1)),
    "每年3月底前": each(YEAR, by=DayOf(3, 31)),
    "每年12月4日": each(YEAR, by=DayOf(12, 4)),
    "每年一季度": each(YEAR, by=DayOf(3, 31)),
    "每年底": each(YEAR, by=DayOf(12, 31)),
    "每年年底前": each(YEAR, by=DayOf(12, 31)),
    "每年应当于1月31日前": each(YEAR, by=DayOf(1, 31)),
    "每年年终": each(YEAR, by=DayOf(12, 31)),
    "每月情况于次月5日前": each(MONTH, by=DayOf(None, 5)),
    "次月10日前": each(MONTH, by=DayOf(None, 10)),
    "每月最后一天": each(MONTH, by=DayOf(None, 31)),
    "每季度第三个月20日前": each(QUARTER, by=DayOf(None, 20)),
    "每季度首月10日前": each(QUARTER, vague=True),
    "逐月": each(MONTH),
    "每年3月至5月": each(YEAR, by=DayOf(5, 31)),
    "每年年初": each(YEAR, vague=True),
    "每年31日前": each(YEAR),
    "每年41日前": each(YEAR),
    "每年6月底、12月底前": each(YEAR, days=(DayOf(6, 30), DayOf(12, 31))),
    "每年1月31日和7月31日前": each(YEAR, days=(DayOf(1, 31), DayOf(7, 31))),
    "每月10日、25日前": each(MONTH, days=(DayOf(None, 10), DayOf(None, 25))),
    "每月25日前": each(MONTH, by=DayOf(None, 25)),
    "上、下半年各开展1次": each(HALF, **times(1, "=")),
    "每月上旬": each(MONTH, by=DayOf(None, 10)),
    "每月底前": each(MONTH, by=DayOf(None, 31)),
    "每季度末": each(QUARTER),
    "每季度结束后10日内": each(QUARTER, within=Span(10, "day"), after="季度结束"),
    "每季度末月25日前": each(QUARTER, by=DayOf(None, 25)),
    "每学期": each(HALF),
    "每学年": each(YEAR),
    "每半月": each(Cycle(15, "day")),
    "每旬": each(Cycle(10, "day")),
    "每3年": each(Cycle(3, "year")),
    "每半年": each(HALF),
    "每周五前": each(Cycle(1, "week")),
    "每年定期": each(YEAR, vague=True),
    "每日": each(Cycle(1, "day")),
    "每天": each(Cycle(1, "day")),
    "按季度": each(QUARTER),
    "年度": each(YEAR, implied=True),
    "半年度": each(HALF, implied=True),
    "任期内": each(Cycle(1, "term")),
    "每两年至少依据专项应急预案开展一次": each(Cycle(2, "year"), **times(1)),
    "每隔两年要进行一次": each(Cycle(2, "year"), **times(1, "=")),
    "每年不少于2次": each(YEAR, **times(2)),
    "每季度不少于1次": each(QUARTER, **times(1)),
    "每年至少4期": each(YEAR, **times(4, of="期")),
    "每年应当举办两期以上": each(YEAR, **times(2, of="期")),
    "每年举办1至2期": each(YEAR, **times(1, of="期"), at_most=2),
    "每年至少安排5个部门": each(YEAR, **times(5, of="个部门")),
    "每年接受不少于60学时": each(YEAR, **times(60, of="学时")),
    "每年法治培训时间不少于10天": each(YEAR, **times(10, of="天")),
    "每年定期培训一次": each(YEAR, **times(1, "=")),
    "每年一般不少于2次": each(YEAR, **times(2), soft=True),
    "至少每年开展一次": each(YEAR, **times(1)),
    "一年内不少于两次": each(YEAR, **times(2)),
    "半年内至少开展1次": each(HALF, **times(1)),
    "全年不少于4次": each(YEAR, **times(4)),
    "每年至少开展": each(YEAR, **times(1)),
    "每年底至少通报一次": each(YEAR, by=DayOf(12, 31), **times(1)),
    "一年一次": each(YEAR, **times(1, "=")),
    "半年一次": each(HALF, **times(1, "=")),
    "一季度一次": each(QUARTER, **times(1, "=")),
    "五年轮训一次": each(Cycle(5, "year"), **times(1, "=")),
    "任期内至少接受一次": each(Cycle(1, "term"), **times(1)),
    "至少一次": each(**times(1)),
    "两期以上": each(**times(2, of="期")),
    "1至2期": each(**times(1, of="期"), at_most=2),
    "5个部门": each(**times(5, "=", "个部门")),
    "不少于60学时": each(**times(60, of="学时")),
    "不超过3次": each(**times(3, "<=")),
    "每年答复率不低于95%": metric(">=", 95, every=YEAR),
    "每年培训1000人（次）": metric(">=", 1000, "人次", every=YEAR),
}

RELATIVE = {
    "30日内": within(30, "day"),
    "15天内": within(15, "day"),
    "三个月内": within(3, "month"),
    "两年内": within(2, "year"),
    "半年内": within(6, "month"),
    "24小时内": within(24, "hour"),
    "十个工作日内": within(10, "working-day"),
    "自公布之日起30日内": within(30, "day", after="公布"),
    "自公布之日起30日": within(30, "day", after="公布"),
    "收到之日起20个工作日内": within(20, "working-day", after="收到"),
    "自《办法》公布之日起30日内": within(30, "day", after="《办法》公布"),
    "自治区批准之日起30日内": within(30, "day", after="自治区批准"),
    "公布后3日内": within(3, "day", after="公布"),
    "最迟在事件发生后5小时内": within(5, "hour", after="事件发生"),
    "有效期届满前6 个月内": within(6, "month", before="有效期届满"),
    "有效期届满三十日前": within(30, "day", before="有效期届满"),
    "提前7日": within(7, "day", before=""),
    "5个工作日前": within(5, "working-day", before=""),
}

METRIC = {
    "不低于70%": metric(">=", 70),
    "达100%": metric(">=", 100),
    "达到 100％": metric(">=", 100),
    "为100%": metric(">=", 100),
    "100%": metric(">=", 100),
    "不低于百分之九十五": metric(">=", 95),
    "达到99.5%以上": metric(">=", 99.5),
    "90%以上": metric(">=", 90),
    "控制在5%以内": metric("<=", 5),
    "不低于3个百分点": metric(">=", 3, "个百分点"),
    "18万人次以上": metric(">=", 18, "万人次"),
    "不少于20亿元": metric(">=", 20, "亿元"),
    "1.3万亿斤以上": metric(">=", 1.3, "万亿斤"),
    "达到4.5个": metric(">=", 4.5, "个"),
    "不少于500张": metric(">=", 500, "张"),
    "不少于30公里": metric(">=", 30, "公里"),
    "三分之一以上": metric(">=", 33.33),
    "2/3以上": metric(">=", 66.67),
    "98%": metric(">=", 98),
    "低于3%": metric("<", 3),
    "达到5000亿美元以上": metric(">=", 5000, "亿美元"),
    "不超过30分钟": metric("<=", 30, "分钟"),
    "压缩为5个工作日": metric("<=", 5, "个工作日"),
    "减少到3个": metric("<=", 3, "个"),
    "超过一半": metric(">", 50),
    "提高至10%—20%": metric(">=", 10, upper=Target("<=", 20, "%")),
    "达到200万辆左右": metric(">=", 200, "万辆"),
    "翻一番": metric(">=", 2, "倍", changed=True),
    "翻两番": metric(">=", 4, "倍", changed=True),
    "不少于本单位执法人员总数的5%": metric(">=", 5),
    "达到汽车销售总量的20%": metric(">=", 20),
    "提高到全省平均水平的90%": metric(">=", 90),
    "下降到2020年水平的80%": metric("<=", 80),
    "压缩至4个月以内": metric("<=", 4, "个月"),
    "1个以上": metric(">=", 1, "个", **times(1, of="个")),
    # Days, people and things without a cycle may count or measure.
    "不少于10天": metric(">=", 10, "天", **times(10, of="天")),
    "不少于2名": metric(">=", 2, "名", **times(2, of="名")),
}

ONGOING = {
    "长期坚持": {"kind": Kind.ONGOING},
    "2018年起持续实施": {"kind": Kind.ONGOING},
    "2018年持续实施": {"kind": Kind.ONGOING},
    "持续推进落实": {"kind": Kind.ONGOING},
    "全年推进": {"kind": Kind.ONGOING},
    "年内持续推进": {"kind": Kind.ONGOING},
    "立行立改": {"kind": Kind.ONGOING, "vague": True},
    "常态化": {"kind": Kind.ONGOING},
    "定期": {"kind": Kind.ONGOING, "vague": True},
    "定期或不定期": {"kind": Kind.ONGOING, "vague": True},
    "适时": {"kind": Kind.ONGOING, "vague": True},
    "及时": {"kind": Kind.ONGOING, "vague": True},
    "尽快": {"kind": Kind.ONGOING, "vague": True},
}

TABLE = ONCE | RECURRING | RELATIVE | METRIC | ONGOING

NOT_PHRASES = """
    12345热线 12·4 一件事一次办 一次性告知 一次告知 最多跑一次 〔2022〕7号 令733号 第一章 50万元 1.（一） 首次 再次 多次
    一窗受理 “八五”普法 八五普法 十八届三中全会 —1— “十四五”规划 十四五规划 法治政府建设实施方案（2021—2025年）
    《法治政府建设实施纲要（2021—2025年）》 《关于〈办法〉2022年底前修订的通知》 潜江市2022年法治政府建设工作要点
    已于2017年印发通知 2022年12月5日起施行 上一年度 2022年度 每个单位 每0年 20221111日 20212025年
    版本2.11.30号 税率9% 失业率5% 完成投资120亿元 公路100公里 “十四五”前三年 1个工作日办结率 三分之一 上年12月 一次申报 一次登记
    4个清单 一个部门负责 涉及两个以上部门的 提高了5% 上浮5个百分点 纳入年底考核 做好年底总结工作 一季度经济运行 最后一个工作日前 当日达 三年前 任期三年 前期工作 县级以上 人数为5-15人
    “最多跑一次” 报送上半年情况 行动（2019—2030年） 对毕业年度内 企业年度报告 PM2.5年均浓度 遴选200个左右
    持续推进改革 长期不参加活动 纳入年底考核体系 及时性 按照规定 按期限 按时办结率
""".split()  # noqa: SIM905  a table of words

CLAUSES = {
    "对设施每年至少开展1次年度检查": ["每年至少开展1次", "年度"],
    "年底开展综合考核，月底报送情况": ["年底", "月底"],
    "年终考核": ["年终"],
    "能耗下降10%，覆盖率提高3个百分点，地区生产总值增长8%左右": ["10%", "3个百分点", "8%左右"],
    "用3年左右时间完成": ["3年左右时间"],
    "经3年努力，全面建成": ["3年努力"],
    "自2018年7月1日起，全面推行": ["2018年7月1日"],
    "11月开展考核，5月、10月各开展1次检查": ["11月", "5月", "10月"],
    "2023年开展中期评估，2025年进行总结验收": ["2023年", "2025年"],
    "到2023年、2025年入园率分别达到85%、90%": ["到2023年", "2025年", "达到85%", "90%"],
    "2022、2023年分别完成": ["2022", "2023年"],
    "失业率5.5%左右，人口减少1000万以上": ["5.5%左右", "1000万以上"],
    "整改时限：2022年12月底，并长期坚持\n整改目标：达标": ["2022年12月底", "长期坚持"],
    "年均培训不少于500人次": ["年均培训不少于500人次"],
    "2024年新建学校5所以上，2025年巩固提升": ["2024年", "5所以上", "2025年"],
    "2023年、2024年分别完成": ["2023年", "2024年"],
    "比例由60%提高到2025年的80%": ["提高到2025年的80%"],
    "申请当日办结": ["当日"],
    "6月、12月底前各报送一次": ["6月", "12月底前"],
    "每月一调度、半年一评估": ["每月", "半年一"],
    "2022年底前,完成换证。": ["2022年底前"],
    "每季度学法不少于1次,每年举办两期以上讲座;": ["每季度学法不少于1次", "每年举办两期以上"],
    "每季度调度、每年通报一次": ["每季度", "每年通报一次"],
    "5月份完成搬迁，3月启动": ["5月份"],
    "变更登记1个工作日办结，限期三个月整改": ["1个工作日", "三个月"],
    "每年至少组织一次登记注册业务培训": ["每年至少组织一次"],
    "化解存量50%，覆盖率95%": ["50%", "95%"],
    "完成时限：6月、12月": ["6月", "12月"],
    "项目3月、4月实施": [],
    "县直各单位每年31日前报告,并于每年4月1日前公开": ["每年31日前", "每年4月1日前"],
    "最迟在事件发生后5小时内发布，在24小时内举行发布会": ["最迟在事件发生后5小时内", "24小时内"],
    "机关要在决定作出之日起7个工作日内公开": ["在决定作出之日起7个工作日内"],
    "应当在规范性文件有效期届满前6个月内评估": ["在规范性文件有效期届满前6个月内"],
    "试点期限为2年，自2022年12月至2024年12月。": ["自2022年12月至2024年12月"],
    "为到2035年基本建成法治社会奠定基础": ["到2035年"],
    "每年按照《2022年规定》开展不少于2次培训": ["每年按照《2022年规定》开展不少于2次"],
    "規范性文件自公布之日起30日內(nèi)報(bào)備": ["自公布之日起30日內"],
    "每年接受不少于60學(xué)時(shí)的培訓": ["每年接受不少于60學(xué)時"],
    "责任单位：县司法局\n完成时限：长期坚持\n备注": ["长期坚持"],
    "序号\n1\n2022年底前": ["2022年底前"],
    "3\t2022年底前\t县司法局": ["2022年底前"],
    "要进一步健全完善各项工作机制和配套制度，在20\n22年底前完成": [],
    "要进一步健全完善各项工作机制和配套制度，在2022年\n底前完成": ["2022年\n底前"],
}


@pytest.mark.parametrize(("words", "expected"), TABLE.items(), ids=TABLE)
def test_phrase_is_read_whole(words: str, expected: dict[str, Any]) -> None:
    assert [(phrase.quote, fields(phrase)) for phrase in read(words)] == [(words, expected)]


@pytest.mark.parametrize("words", NOT_PHRASES)
def test_what_only_looks_like_a_phrase_is_left_alone(words: str) -> None:
    assert read(words) == ()


@pytest.mark.parametrize(("clause", "quotes"), CLAUSES.items(), ids=CLAUSES)
def test_phrases_are_found_in_running_text(clause: str, quotes: list[str]) -> None:
    assert [phrase.quote for phrase in read(clause)] == quotes


@pytest.mark.parametrize(
    ("clause", "soft"),
    [
        ("力争2023年创成示范县", True),
        ("争取五年轮训一次", True),
        ("一般不少于30日", True),
        ("原则上审核人员不少于总数的5%", True),
        ("逐步实现化解率不低于70%", True),
        ("力争创成示范县，2023年底前验收", False),
        ("一般纳税人30日内申报", False),
    ],
)
def test_soft_words_reach_to_the_end_of_their_clause(clause: str, *, soft: bool) -> None:
    assert [phrase.soft for phrase in read(clause)] == [soft]


@pytest.mark.parametrize(
    ("moment", "year", "expected"),
    [
        (Moment(2022, 12, 31), None, date(2022, 12, 31)),
        (Moment(None, 12, 31), 2023, date(2023, 12, 31)),
        (Moment(2022, 12, 31), 1999, date(2022, 12, 31)),
        (Moment(None, 2, 29), 2023, date(2023, 2, 28)),
        (Moment(None, 12, 31), None, None),
        (Moment(2022, None, 31), None, None),
        (Moment(2022, 2, None), None, None),
    ],
)
def test_moment_becomes_a_date_once_the_year_is_known(moment: Moment, year: int | None, expected: date | None) -> None:
    assert resolve(moment, year) == expected


WORDS = sorted({*TABLE, *NOT_PHRASES, *CLAUSES})
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from("0123456789一二两十百半每年月日季底前后内至—“”《》（），。%次期个 \n\t〇之起自在"),
    st.characters(),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_and_its_quotes_are_slices_in_order(text: str) -> None:
    phrases = read(text)
    assert [text[phrase.start : phrase.end] for phrase in phrases] == [phrase.quote for phrase in phrases]
    bounds = [bound for phrase in phrases for bound in (phrase.start, phrase.end)]
    assert bounds == sorted(bounds)
    assert all(phrase.quote for phrase in phrases)


@given(st.sampled_from(sorted(TABLE)), st.data())
@settings(deadline=None)
def test_blanks_between_characters_change_nothing(words: str, data: st.DataObject) -> None:
    blank = st.sampled_from(["", " ", "  ", "\u3000", "\xa0"])
    spaced = "".join(character + data.draw(blank) for character in words)
    assert [fields(phrase) for phrase in read(spaced)] == [TABLE[words]]


@given(st.sampled_from(sorted(TABLE)), st.data())
@settings(deadline=None)
def test_width_of_digits_changes_nothing(words: str, data: st.DataObject) -> None:
    wide = "".join(
        chr(ord(character) + 0xFEE0) if character in "0123456789%-." and data.draw(st.booleans()) else character for character in words
    )
    assert [fields(phrase) for phrase in read(wide)] == [TABLE[words]]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_every_named_day_is_that_day(day: date) -> None:
    (phrase,) = read(f"于{day.year}年{day.month:02}月{day.day}日前完成")
    assert phrase.moment is not None
    assert resolve(phrase.moment) == day


HOSTILE = ["1", "每1", "至少1", "《a", "1至", "2022年1月至", "1月、", "自在于", "之日起1日", "\n"]


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_hostile_megabyte_takes_seconds_at_most(unit: str) -> None:
    text = "每年" + unit * (1_000_000 // len(unit.encode()))
    started = time.perf_counter()
    read(text)
    assert time.perf_counter() - started < 30  # quadratic time would take hours


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not at hand")
def test_real_documents_are_read_in_linear_time() -> None:
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    phrases = read(text)
    assert {phrase.kind for phrase in phrases} == set(Kind)
    started = time.perf_counter()
    repeated = read("\n\n".join([text] * 8))
    assert time.perf_counter() - started < 10
    assert [fields(phrase) for phrase in repeated] == [fields(phrase) for phrase in phrases] * 8
