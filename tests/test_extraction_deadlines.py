"""Which phrases of a clause bind somebody, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from extraction_gold import in_words
from planctl.extraction.headings import of_heading
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
    # A day without a year stands in the last year stated before it.
    "2024年6月底前制定方案；9月底前完成整治。": ["once 2024-06-30", "once 2024-09-30"],
    "2024年1月31日前报送，3月31日前公开。": ["once 2024-01-31", "once 2024-03-31"],
    "2024年6月底前制定方案。9月底前完成整治。": ["once 2024-06-30", "once 2024-09-30"],
    "2023年12月底前自查，次年1月底前报送，2月底前通报。": ["once 2023-12-31", "once 2024-01-31", "once 2024-02-29"],
    "2023年12月底前自查，1月底前报送。": ["once 2023-12-31", "once 2024-01-31"],
    "2024年完成改造，年底前通过验收。": ["once 2024-12-31", "once 2024-12-31"],
    "到2025年全面建成，其中6月底前完成一期。": ["once 2025-12-31", "once 2025-06-30"],
    "2024年新建学校5所，8月底前投用。": ["once 2024-12-31", "once 2024-08-31"],
    "2024年6月底前，完成率达到50%；9月底前，完成率达到80%。": [
        "once 2024-06-30",
        "metric >= 50 % by 2024-06-30",
        "once 2024-09-30",
        "metric >= 80 % by 2024-09-30",
    ],
    "2024年6月底前制定方案，今年9月底前完成摸底，12月底前验收。": ["once 2024-06-30", "once 2023-09-30", "once 2023-12-31"],
    "到2025年，全面建成。6月底前完成一期。": ["once 2025-12-31", "once 2023-06-30"],
    "2022年已建成20个，6月底前完成验收。": ["once 2023-06-30"],
    "2024年1月起实施，6月底前评估。": ["once 2024-06-30"],
    "按照2025年建成的目标，9月底前完成招标。": ["once 2025-12-31", "once 2023-09-30"],
    "开展整治。3.2024-06-30前完成。": ["once 2024-06-30"],
    "“十四五”期间持续实施，6月底前制定方案。": ["once 2025-12-31", "once 2023-06-30"],
    # The dot behind the number of a list.
    "（二）开展整治。\n1.2023年6月底前完成排查。\n2.2024年底前完成整治。": ["once 2023-06-30", "once 2024-12-31"],
    "开展整治。1．2023年6月底前完成排查；2．2023年底前完成整治。": ["once 2023-06-30", "once 2023-12-31"],
    "开展整治。1.6月底前完成排查。2.12月15日前完成整治。": ["once 2023-06-30", "once 2023-12-15"],
    "开展审批。1.15个工作日内办结。2.30日内公开。": ["within 15 working-days", "within 30 days"],
    "年均停电时间0.5小时以内。": ["metric <= 0.5 小时"],
    "改造面积1.2023万亩以上。": ["metric >= 1.2023 万亩"],
    # A count with words between, and a cycle that only its count makes one.
    "对设施每年至少开展1次年度检查。": ["year >= 1 次"],
    "每季度至少组织开展2次联合执法。": ["quarter >= 2 次"],
    "一年内不少于两次开展督查。": ["year >= 2 次"],
    "每季度1次、全年不少于4次。": ["quarter = 1 次", "year >= 4 次"],
    "每年培训1000人（次）。": ["metric >= 1000 人次"],
    "年均培训不少于500人次。": ["metric >= 500 人次"],
    # The end of a year with a verb; the next year and month.
    "一季度完成方案，年底开展综合考核。": ["once 2023-03-31", "once 2023-12-31"],
    "年终组织考核。": ["once 2023-12-31"],
    "本年度内完成整改。": ["once 2023-12-31"],
    "2023年12月底召开总结会。": ["once 2023-12-31"],
    "次年1月底前报告。": ["once 2024-01-31"],
    "2024年12月底前完成评估，次年1月底前公开结果。": ["once 2024-12-31", "once 2025-01-31"],
    "每年12月底前汇总，次年1月底前公开。": ["year 12-31", "year 01-31"],
    "每年3月底前制定计划，11月底前完成考核。": ["year 03-31", "year 11-30"],
    "每月情况于次月5日前报送。": ["month 05"],
    "每年报送总结，按时公开结果。": ["year", "year"],
    # Figures of other units, from one to another, and changes.
    "短期险支持规模达到5000亿美元以上。": ["metric >= 5000 亿美元"],
    "累计减税降费10亿元以上。": ["metric >= 10 亿元"],
    "等候时间不超过15分钟，接通率不低于95%。": ["metric <= 15 分钟", "metric >= 95 %"],
    "办理时限由15个工作日压缩为5个工作日。": ["metric <= 5 个工作日"],
    "将办理环节由6个减少到3个。": ["metric <= 3 个"],
    "整体通关时间压缩一半以上。": ["metric >= 50 %"],
    "到2025年，产值翻一番。": ["once 2025-12-31", "metric >= 2 倍 by 2025-12-31"],
    # Rates by the thousand and the hundred thousand, figures without a unit, scores, and a bare share of things.
    "婴儿死亡率控制在7.5‰及以下，5岁以下儿童死亡率8‰以下。": ["metric <= 7.5 ‰", "metric <= 8 ‰"],
    "死亡率分别下降到209.7/10万及以下和190.7/10万及以下。": ["metric <= 209.7 /10万", "metric <= 190.7 /10万"],
    "死亡率分别控制在5‰、6‰。": ["metric <= 5 ‰", "metric <= 6 ‰"],
    "每日按0.5‰加收滞纳金。": ["day"],
    "电能利用效率（PUE）达到1.3以下。": ["metric <= 1.3"],
    "PUE值不高于1.25，容积率1.2以上。": ["metric <= 1.25", "metric >= 1.2"],
    "升级到2.0版本，达到2.0水平。": [],
    "群众满意度90分以上，测评得分达到95分。": ["metric >= 90 分", "metric >= 95 分"],
    "满意度得分90分以上，评为优秀。": [],
    "优秀（90分以上）、良好（80—90分）。": [],
    "实现95%税费服务事项“网上办”，推动80%的政务服务事项下沉。": ["metric >= 95 %", "metric >= 80 %"],
    "已实现80%的事项网上办，其中50%的资金用于培训。": [],
    # A clock behind 不超过, and before it.
    "间隔时间不超过文件印发之日起30日。": ["within 30 days 文件印发"],
    "办理时限不超过自受理之日起5个工作日。": ["within 5 working-days 受理"],
    "自受理之日起最长不超过5个工作日办结。": ["within 5 working-days 受理"],
    "公示期不超过30日。": ["metric <= 30 日"],
    # How much in a day, and what is done each day; the next month.
    "减少每日食用油、盐、糖摄入量。": [],
    "保障学生每天校内、校外各1个小时体育活动时间。": [],
    "每日监测客流量，每天开展巡查。": ["day", "day"],
    "每月情况于下个月底前报送。": ["month 31"],
    # Each year its own.
    "2024年改造比例不低于60%，2025年全面完成。": ["metric >= 60 % by 2024-12-31", "once 2025-12-31"],
    "2024年群众满意率达到90%以上。": ["metric >= 90 % by 2024-12-31"],
    "2023年启动试点，2024年全面推开，2025年巩固提升。": ["once 2023-12-31", "once 2024-12-31", "once 2025-12-31"],
    "2024年、2025年分别完成20%、30%。": [
        "once 2024-12-31",
        "once 2025-12-31",
        "metric >= 20 % by 2024-12-31",
        "metric >= 30 % by 2025-12-31",
    ],
    "用3年左右时间完成改造。": ["within 3 years"],
    # Lists of days, and both halves of a year.
    "2023年3、6、9月底前报送。": ["once 2023-03-31", "once 2023-06-30", "once 2023-09-30"],
    "5月、10月各开展1次检查。": ["once 2023-05-31", "once 2023-10-31"],
    "上、下半年各开展1次。": ["half-year = 1 次"],
    "2024、2025年分别完成40%、100%。": [
        "once 2024-12-31",
        "once 2025-12-31",
        "metric >= 40 % by 2024-12-31",
        "metric >= 100 % by 2025-12-31",
    ],
    # What begins with a day and lasts.
    "2023年启动，持续推进。": ["once 2023-12-31", "ongoing"],
    "2023年12月底前完成整改并长期坚持。": ["once 2023-12-31", "ongoing"],
    "整改时限：2023年12月底前完成并长期坚持": ["once 2023-12-31", "ongoing"],
    "自2023年4月起持续推进。": ["ongoing"],
    # Ranges, changes, and the old value of one.
    "国内生产总值增长6%—6.5%。": ["metric >= 6 %", "metric <= 6.5 %"],
    "小微企业贷款要增长30%以上。": ["metric >= 30 %"],
    "农村贫困人口减少1000万以上。": ["metric >= 1000 万"],
    "份额由30%以上今年阶段性提高至40%以上。": ["metric >= 40 %"],
    "将期限由2023年3月31日延长至2023年12月31日。": ["once 2023-12-31"],
    # Near words of price and of condition, and beside a quoted name.
    "注册志愿者达到5000人以上。": ["metric >= 5000 人"],
    "为群众增收3万元以上。": ["metric >= 3 万元"],
    "减免税费3亿元以上。": ["metric >= 3 亿元"],
    "用于1500万人次以上的职工培训。": ["metric >= 1500 万人次"],
    "“六个百分之百”达标率达到98%。": ["metric >= 98 %"],
    # A bare figure that a verb of setting up makes a target, below the title.
    "扩大规模。新建充电桩100个，2024年底前培训农民2000人次。": [
        "metric >= 100 个",
        "once 2024-12-31",
        "metric >= 2000 人次 by 2024-12-31",
    ],
    "扩大规模。创建2000家示范单位，遴选200家领跑者。": ["metric >= 2000 家", "metric >= 200 家"],
    "扩大规模。2023年底前推出10个“办好一件事”主题事项，2024年底前达到100个。": [
        "once 2023-12-31",
        "metric >= 10 个 by 2023-12-31",
        "once 2024-12-31",
        "metric >= 100 个 by 2024-12-31",
    ],
    "扩大规模。“示省事”平台新增上线50项服务，推广应用先进技术100项。": ["metric >= 50 项", "metric >= 100 项"],
    "扩大规模。建设100个示范县、200个示范镇和300个示范村。": ["metric >= 100 个", "metric >= 200 个", "metric >= 300 个"],
    "扩大规模。新增污水处理能力20万吨/日。": ["metric >= 20 万吨/日"],
    "扩大规模。新建学校5所、总投资3000万元。": ["metric >= 5 所"],
    "扩大规模。组织20场招聘会。": ["metric >= 20 场"],
    # A rate or a cost that is to fall, a share of a whole.
    "将融资担保费率降至1%以下，利率降低到5%以内。": ["metric <= 1 %", "metric <= 5 %"],
    "2023年贷款融资成本较2022年下降0.5个百分点。": ["metric >= 0.5 个百分点 by 2023-12-31"],
    "到2025年，新能源汽车销量达到销售总量的20%。": ["once 2025-12-31", "metric >= 20 % by 2025-12-31"],
    "收入提高到全省平均水平的90%，比重下降到2020年水平的80%。": ["metric >= 90 %", "metric <= 80 %"],
    "到2025年，氨排放总量削减5%。": ["once 2025-12-31", "metric >= 5 % by 2025-12-31"],
    "全年举办2期培训班，培训不少于300人次。": ["year = 2 期", "metric >= 300 人次"],
    # How often, and not how fine or how fast.
    "细化到每季度，每月调度1次。": ["month = 1 次"],
    "由每季度一次调整为每月一次。": ["month = 1 次"],
    "按每月不少于2次的标准开展巡查。": ["month >= 2 次"],
    "按照每季度一次的要求开展督查。": ["quarter = 1 次"],
    "以每年不低于5%的比例递增。": ["metric >= 5 %"],
    "做到每周调度、每月通报。": ["week", "month"],
    # Clocks.
    "会前5个工作日报送议题。": ["within 5 working-days 会议"],
    "申请材料当日受理。": ["within 1 day"],
    "险情发生后30分钟内电话报告、2小时内书面报告。": ["within None 险情发生", "within 2 hours 险情发生"],
    "完成时限：3个月": ["within 3 months"],
    # What a cell of limits says.
    "完成时限：立行立改，长期坚持": ["ongoing"],
    "2023年6月底前，并长期坚持": ["once 2023-06-30", "ongoing"],
    **{
        f"健全某某机制，推动某某工作提质增效，确保如期实现各项目标任务落地见效。\n完成时限：2023年6月底前{lasting}": [
            "once 2023-06-30",
            "ongoing",
        ]
        for lasting in (
            "，并长期坚持",
            "并长期坚持",
            "；长期坚持",
            "完成并持续推进",
            "出台办法，并持续推进落实",
            "完成，之后长期坚持",
            "，后续持续推进",
            "完成，2024年持续推进",
        )
    },
    "健全机制。2023年6月底前建立台账，持续推进。": ["once 2023-06-30", "ongoing"],
    # Long before the document, with a duty right behind it.
    "2021年6月底前完成。": ["once 2021-06-30"],
    "2021年6月底前，各市应当完成清理。": ["once 2021-06-30"],
    "完成时限：2021年6月底前": ["once 2021-06-30"],
    "2023年9月底前完成改造。\n完成时限：2023年9月30日": ["once 2023-09-30"],
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
        "2021年，全县覆盖率达到85%。",
        "2022年全县共办理案件300件，满意率达到98%。",
        "2022年以来，累计办理1000件以上。",
        "地区生产总值同比增长8%。",
        "推进2030年前碳达峰行动。",
        "落实“3个工作日办结”制度。",
        "保质保量按期完成各项任务。",
        "造成3人以上死亡的事故，由县政府组织调查。",
        "对3个月内未整改到位的，予以约谈。",
        "纳入年底考核，做好年底总结工作。",
        "2000年以前建成的小区，要加装电梯。",
        "6月30日前发放的贷款，给予展期。",
        "按月全额退还增量留抵税额。",
        "落实“两个100%”要求。",
        "报送上半年和全年情况。",
        "夯实基础。已建成充电桩100个，给予补助5000元。",
        "夯实基础。已创建10个示范村，实施5项制度，建立3个工作专班。",
        "夯实基础。出台20条措施，开展10个方面改革，组织3名专家指导。",
        "夯实基础。评选10个先进单位给予表彰。",
        "单位缴费比例高于16%的，对担保费率低于1%的机构给予奖励。",
        "由各市分解到每年。",
        "任务落实到每季度、每月。",
        "细化到每月并组织实施。",
        "按每年递增的方式推进，以每年10%的速度递增。",
        "补助标准为每人每月200元。",
        "加强管理，并长期坚持。",
        "2021年底前已完成，2020年12月31日前入职的人员按原规定执行。",
        "根据2019年底前完成全面普查的要求推进工作。",
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


def test_a_change_is_named_as_one_and_doubted() -> None:
    script = write_script([Line("万元产值能耗比2020年下降14%。")])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    said = (found.deadline.metric, in_words(found.deadline), [doubt.key for doubt in found.doubts])
    assert said == ("万元产值能耗比2020年下降", "metric >= 14 %", ["deadline.change"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2024年群众满意率达到90%以上。", "群众满意率"),
        ("报装时限由15个工作日压缩为5个工作日。", "报装时限"),
        ("年均培训管理人员不少于300人次。", "培训管理人员"),
        ("每年培训1000人次。", "培训"),
        ("办理时间压减至4个工作日以内，鼓励进一步压缩。", "办理时间"),
        ("提高到60%，进一步减轻负担。", "提高"),
        ("下调单位缴费比例，各地可降至16%。", "下调单位缴费比例"),
        ("产销量达到200万辆左右。", "产销量"),
        ("目标任务：免费产前筛查率达到90%。", "免费产前筛查率"),
        ("逐步实现实质化解率不低于70%。", "实质化解率"),
        ("组织不少于2场线下活动。", "线下活动"),
        ("全国重点港口联运量年均增长10%以上。", "全国重点港口联运量增长"),
        ("报备率、及时率、规范率均达100%。", "报备率、及时率、规范率"),
        ("河北省钢铁产能控制在2亿吨以内。", "河北省钢铁产能"),
        ("扩大规模。创建2000家节约型示范单位。", "创建节约型示范单位"),
        ("按照每村每年不低于5万元的标准安排经费。", "安排经费"),
    ],
)
def test_a_figure_is_named_by_the_words_before_it(text: str, name: str) -> None:
    script = write_script([Line(text)])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert found.deadline.metric == name


def test_rates_told_in_one_go_have_each_their_own_figure() -> None:
    script = write_script([Line("处理率、达标率分别达到90%、95%。")])
    found = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert [(one.deadline.metric, in_words(one.deadline)) for one in found] == [("处理率", "metric >= 90 %"), ("达标率", "metric >= 95 %")]


LONG = "将供水、供气、供热、电力、通讯、公共交通等市政公用服务领域的事项全部纳入线上线下一体化政务服务平台办理"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("2023年底前完成系统清理（各有关部门负责）。", "完成系统清理"),
        (f"2023年底前{LONG}。", LONG),
        (f"2023年底前{LONG}、{LONG}。", f"{LONG}、将供水、供气、供热、电力、通讯等"),
        ("2023年3月底前，在调研论证的基础上，制定方案。", "制定方案"),
        ("确权登记工作2023年底前完成。", "确权登记工作完成"),
        ("7月底前报送半年总结、10月底报送计划。", "报送半年总结"),
        ("3月、9月各组织一次演练。", "组织一次演练"),
        ("班子成员每年参加集中学法不少于4次。", "参加集中学法"),
        ("整改时限：2023年6月底前", None),
        ("整改时限：2023年6月底前，并长期坚持", None),
    ],
)
def test_what_is_due_is_a_phrase(text: str, what: str | None) -> None:
    script = write_script([Line(text)])
    first, *_ = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert first.deadline.what == what


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("加强走访。各牵头部门每年不少于2次走访。", ("各牵头部门",)),
        ("加强走访。（1）每名驻村干部每年不少于2次走访。", ("驻村干部",)),
        ("优化环境。新增注册企业每年不少于600家。", ()),
        ("做好准备。组织每年不少于2次演练。", ()),
        ("做好改造。改造城镇老旧小区不少于300个。", ()),
        ("壮大产业。培育龙头企业不少于30家。", ()),
        ("方便群众。建设社区卫生服务中心不少于3个。", ()),
        ("加强培训。机关、事业单位和国有企业每年培训不少于2次。", ("机关", "事业单位", "国有企业")),
        ("公布标准。县财政局、县审计局要指导督促各乡镇在2024年10月底前公布标准。", ("县财政局", "县审计局")),
        ("完善制度。海关总署要牵头会同有关部门在2024年10月底前完善制度。", ("海关总署",)),
    ],
)
def test_only_units_and_persons_are_actors(text: str, actors: tuple[str, ...]) -> None:
    script = write_script([Line(text)])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert found.deadline.actors == actors


def test_a_figure_behind_a_day_is_not_named_by_the_next_clause() -> None:
    script = write_script([Line("2023年底前完成30%，2024年底前完成60%。")])
    found = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert [one.deadline.metric for one in found if one.deadline.metric] == ["完成比例", "完成比例"]


def test_a_limit_of_minutes_keeps_its_event_and_its_words() -> None:
    script = write_script([Line("事故发生后30分钟内报告。")])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    limit, doubts = found.deadline, [doubt.key for doubt in found.doubts]
    assert (limit.after, limit.within, limit.quote, doubts) == ("事故发生", None, "事故发生后30分钟内", ["deadline.lost"])


@pytest.mark.parametrize(
    "text", ["健全年度报告制度。每年3月1日前报告。", "每年至少开展1次年度检查。", "健全月度例会制度。每月召开1次会议。"]
)
def test_a_cycle_in_a_name_is_not_told_again_where_words_tell_it(text: str) -> None:
    script = write_script([Line(text)])
    assert read_obligations(script, 0, len(script.text), CONTEXT).hints == ()


def test_a_damaged_day_is_not_guessed() -> None:
    script = write_script([Line("每年31日前报告。")])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).deadlines
    assert (in_words(found.deadline), [doubt.key for doubt in found.doubts]) == ("year", ["deadline.damaged"])


@pytest.mark.parametrize("text", ["月底前完成整治。", "季度末通报情况。"])
def test_a_day_that_nothing_settles_is_a_doubt(text: str) -> None:
    script = write_script([Line(text)])
    (found,) = read_obligations(script, 0, len(script.text), CONTEXT).hints
    assert (found.deadline.due, [doubt.key for doubt in found.doubts]) == (None, ["deadline.open"])


def test_an_assumed_year_is_doubted_though_words_before_it_state_it() -> None:
    script = write_script([Line("2024年6月底前制定方案；9月底前完成整治。")])
    found = read_obligations(script, 0, len(script.text), CONTEXT._replace(is_year_sure=True)).deadlines
    assert [doubt.words for one in found for doubt in one.doubts] == [("9月底前", "2024")]


@pytest.mark.parametrize(
    ("heading", "time"),
    [
        ("第一季度", "once 2023-03-31"),
        ("一季度工作安排", "once 2023-03-31"),
        ("6月底前完成的工作", "once 2023-06-30"),
        ("2023年完成的任务", "once 2023-12-31"),
        ("近期（2023年底前）", "once 2023-12-31"),
        ("政务事项2023年底前全部实现网办", "once 2023-12-31"),
        ("3个月内整改的问题", "within 3 months"),
        ("每月重点工作", "month"),
        ("长期坚持的任务", "ongoing"),
        ("2023年重点任务", None),
        ("“十四五”时期主要任务", None),
        ("到2025年的任务", None),
        ("到2025年建成执法体系", None),
        ("远期（2023—2025年）", None),
        ("落实2023年上半年督查反馈意见", None),
        ("做好一季度经济运行", None),
        ("巩固2022年底前建成成果", None),
    ],
)
def test_a_heading_that_says_when_gives_its_time(heading: str, time: str | None) -> None:
    script = write_script([Line(heading)])
    found, _ = of_heading(script, 0, len(script.text), CONTEXT)
    assert (found and in_words(found.deadline)) == time
