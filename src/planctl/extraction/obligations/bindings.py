"""Which time phrases and figures bind nobody: a manner, a price, who is eligible, the date of something else."""

from __future__ import annotations

import re

from planctl.extraction.obligations.wording import CLAUSE, FAR, LABEL, LONGEST, behind_last, clause_end
from planctl.model import Kind
from planctl.phrases import Phrase, read

MANNER = re.compile(r"^(?:及时|尽快|立即|抓紧|常态化?|持续|长效|立[行知查]|即[知查]|边[查学])")
"""How something is to be done, and not when."""
IN_TIME = re.compile(
    r"(?:地|有序|保质|保量|高质量|足额|全部|全面|圆满)*(?:完成|办结|达标|建成|交付|竣工|兑付|兑现|推进|落实|到位|整改|拨付|足额)"
)
"""按期完成 and 按时足额 say no more than 完成 does."""
ONLY_MANNER = re.compile(
    r"(?:立[行知查]立改|即[知查]即改|边[查学]边改|长期(?:坚持|推进|任务)?|持续(?:推进|坚持|实施|落实)?|常态化(?:推进|开展)?|马上整改|立即整改|[,;、。\n]){1,8}"
)
MONEY = re.compile(
    r"补贴|补助|奖励|奖补|贴息|资助|给予|减免|减按|费率|利率|税率|折扣|优惠|罚款|额度|授信|贷款|返还|收取|收费|价格|租金|免收|缴纳|违约金|保证金|扣除|征收"
)
"""In a clause with these a figure is a rate or a price."""
LEVEL = re.compile(
    r"(?:占比|比重|增速|增幅|涨幅|降幅|余额|(?<!小)规模|总量|总额|资金|投入|投资|营业?收入?|产值|增加值|销售额|面积|覆盖面|满意度|担保费率|(?<![利税费折价收])率)"
    r"(?:[^,;。]{0,12}?(?:实现|力争|年?[底末内]|以|均|要|应)?)$"
)
"""What is measured although its clause speaks of money: 贷款余额占比达到65%以上."""
LEVEL_ANYWHERE = re.compile(
    r"(?:减免税费(?=[0-9])|占比|比重|增速|余额|规模|专项资金|财政投入|新增.{0,8}贷款|投放.{0,8}贷款|贷款(?:投放|总量|[^,;。]{0,6}增长))"
)
GRANT = re.compile(
    r"补贴(?!性)|补助|奖励|奖补|贴息|资助|给予|减免(?!税费[0-9])|减按|费率|利率|税率|折扣|优惠|罚款|返还|免收|违约金|保证金|扣除|最高"
)
FUNDS = re.compile(
    r"资金|成本|经费|税收|税费|利润|让利|存款|欠款|债务|捐赠|增收|创收|节支|节省|追缴|收回|回收|争取|资金|投资|投入|规模|余额|总量|总额|产值|产业|营收|收入|销售|交易额|成交额|增加值|贷款|安排|筹集|筹措|募集|融资|金额|承保|保额|减税|降费|减负|降本|签约|引进|利用外资|外资|进出口|零售额|发放|化解|盘活|新增|节约|压减"
)
"""Without one of these an amount of money is what something costs."""
PRICED = ("元", "‰", "倍", "成", "个百分点", "股", "股份")
ALLOTTED = re.compile(r"(?:用于|开展|组织|完成|培训)$")
"""用于1500万人次以上的培训 is a number to reach."""
COST_CUT = re.compile(
    r"(?:费率|利率|融资成本|用[电气能工地]成本|物流成本|成本|收费水平)(?:水平|总体|平均|整体|逐步|力争|进一步|稳步|均|要|再|也|较[^,;。]{2,6}?|比[^,;。]{2,6}?){0,3}"
    r"(?:(?:降低?|下降|控制|压[减降缩]|稳定)(?:[到至在])(?!的)|(?:下降|降低)[约近]?[0-9])[^,;。]*$"
)
"""费率降至1%以下 and 融资成本较上年下降0.5个百分点 are aims, although they speak of money."""
COST_GIVEN = re.compile(r"补贴(?!性)|补助|奖励|奖补|贴息|给予|减免|减按|税率|征收率|折扣|优惠|返还|免收|[由从][^,;。]{0,8}%|可")
LENGTHS = "年|月|日|天|小时|周"
REACHES = ("达", "不", "至少", "提", "增", "新增")
GRANTED_AFTER = re.compile(r"[^,;。]{0,16},?[^,;。]{0,6}(?:给予|享受|可享|补贴(?!性)|奖励|补助|奖补|减免)")
"""A number of people or places is a condition where something is given for it: 吸纳就业5人以上的给予奖励."""
SIZES = ("元", "平方米", "亩", "公里", "吨", "千瓦")
WHICH = re.compile(r"的?[^,。;、]{0,8}?(?:企业|项目|客户|合同|采购|个人|主体|机组|锅炉)")
"""亿元以上项目 says which, not how much."""
ELIGIBLE = re.compile(
    r"^[^,;。]{0,24}的(?:企业|单位|个人|项目|地区|人员|团队|机构|高校|事故|案件|事件|事项|情形|情况|行为|问题|纠纷|采购|决策|合同|[,;])"
    r"|^[^,;。]{0,8}(?:死亡|受伤|重伤|中毒|滞留)"
)
ELIGIBLE_BEFORE = re.compile(
    r"(?:^|[,;。])(?:对|凡|属于|符合|满足|连续|经营|注册(?![^,;。]{0,4}志愿|用户|会员|人数|数量|总[数量])|年龄|从事)[^,;。]{0,40}$"
)
DESCRIBES = re.compile(r"的(?:政策|优惠|税率|规定|做法|奖励|补助|补贴|资金支持)")
GRANTED = re.compile(r"^[^,;。]{0,6}(?:不得|不再|免|给予|享受|可|有效|不予)")
LAPSED = re.compile(r"^(?:仍|尚|均|还)?(?:未|不|没有|拒不|发生|累计|出现)[^,;。]{0,20}的")
"""What befalls those who let a limit pass: 3个月内未整改到位的."""
CITED = re.compile(r"^[^,;。]{0,6}(?:印发|发布|公布|通过|召开|修订|施行|以来|起施行|工作要点|计划|预算|报告)")
STRETCH = re.compile(r"[底末终旬]|季度?|半年")
"""What ends a month or a year cites nothing: 2023年12月底公布."""
PROGRAMME = re.compile(r"碳达峰|碳中和|可持续发展议程|远景目标")
"""2030年前碳达峰行动 is a name."""
QUOTED = re.compile(r"[“\"](?:[^“”\",;。]{0,8}?[0-9一二两三四五六七八九十]?个)?$")
UNQUOTED = re.compile(r"^[^“”\",;。]{0,10}[”\"]")
SPREAD = re.compile(r"(?<![做达])(?:[到至])(?:每[\u4e00-\u9fff]{1,4}[、和及]?){0,4}$")
SPREAD_END = re.compile(r"[,;。、)\n每和及的]|并|$")
"""分解到每年: how fine, and not how often."""
AT_RATE = re.compile(r"(?:按照?|以)$")
RATE_END = re.compile(r"[^,;。]{0,12}?(?:方式|原则|比例|速度|幅度|增幅|标准)")
DAY_OF_AMOUNT = re.compile(r"(?:减少|降低|控制|限制|增加|提高|满足)[^,;。]{0,4}每[日天]$|学生每[日天]$")
AMOUNT_OF_DAY = re.compile(r"[^,;。]{1,20}?(?:量|时间|时长|需求)(?=[,;。]|$)|[^,;。0-9]{0,8}各[0-9一二两]个?小时")
"""减少每日食用油摄入量, 学生每天校内、校外各1个小时: how much in a day, and not what is done each day."""
EACH_HEAD = re.compile(r"每[人户名亩个村]$")
SUM = re.compile(r"[^,;。]{0,4}?[0-9.]+万?元")
"""每人每年50元 is a price."""
FROM_OLD = re.compile(r"[由从](?:原来?的?|现行的?|目前的?|现在的?)?$")
TO_NEW = re.compile(
    r"[^,;。]{0,12}?(?:提高|提升|提[至到]|增加|扩大|上升|下降|降低|降[至到为]|减少|减[至到]|压缩|压减|缩短|延长|推迟|提前|调整|顺延|放宽|[至到])"
)
"""What stands behind the old value of a change: 由30%以上提高至40%以上, 由3月31日延长至12月31日."""
WHICH_ONES = re.compile(
    r"^(?:已经?)?(?:建成|发放|投用|投入使用|投产|竣工|完工|开工|取得|设立|成立|批准|印发|出台|制定|发布|注册|登记|购买|签订|发生|受理|立项|毕业|到期|入库|纳入|交付|退役|参保|形成|核准|备案|参加工作|建造|购置|安装|使用)"
    r"(?:(?:并|且|后)[^,;。的]{0,8})?的(?!前期|基础)"
)
"""2018年以前建成的小区 tells which ones."""
PAID = re.compile(r"^(?:全额|足额)?(?:退还|返还|预缴|缴纳|申报缴纳|享受|计提|抵扣|扣除)")
"""按月全额退还 is how somebody is paid."""
SENTENCE = re.compile(r"[。;\n]")
LIMIT_LINE = re.compile(r"(?:时限|时间|期限|进度)(?:要求|安排)?:(?:[^。;:\n]{1,20}(?:[,、;](?:[并且]|[之其此]后|今后|后续)?|[并且]))?$")
STOPS = ("", "。", ";", "\n", ")", "(")


def is_none(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase binds nobody: a manner, a rate, who is eligible, the date of something else."""
    before, after = _before(text, phrase), text[phrase.end : phrase.end + 40]
    if phrase.kind is Kind.ONGOING:
        return _is_manner(text, phrase)
    if _is_named(phrase, before, after):
        return True
    if phrase.kind is Kind.METRIC or phrase.count is not None:
        return phrase.every is None and _is_condition(text, phrase)
    if phrase.kind is Kind.RELATIVE:
        return bool(GRANTED.match(after) or LAPSED.match(after))
    if phrase.kind is Kind.ONCE:
        is_cited = CITED.match(after) and not phrase.quote.endswith("前") and not STRETCH.search(phrase.quote)
        is_which = phrase.quote.endswith("前") and WHICH_ONES.match(after)
        return bool(is_cited or is_which or PROGRAMME.match(after))
    return False


def _is_named(phrase: Phrase, before: str, after: str) -> bool:
    """Tell whether a phrase is a part of a quoted name, the old value of a change, or how often somebody is paid."""
    if QUOTED.search(before) and UNQUOTED.match(after):
        return True
    if phrase.kind in {Kind.ONCE, Kind.METRIC} and FROM_OLD.search(before):
        return bool(TO_NEW.match(after))
    if phrase.kind is not Kind.RECURRING or phrase.count is not None:
        return bool(phrase.kind is Kind.RECURRING and FROM_OLD.search(before) and TO_NEW.match(after))
    if not (phrase.by or phrase.days or phrase.within) and (
        _is_manner_of_cycle(before, after) or (DAY_OF_AMOUNT.search(before + phrase.quote) and AMOUNT_OF_DAY.match(after))
    ):
        return True
    return phrase.quote.startswith("按") and bool(PAID.match(after))


def _is_manner_of_cycle(before: str, after: str) -> bool:
    """Tell whether a bare cycle says how fine, how fast or how dear something is: 分解到每年, 按每年递增的方式, 每人每年50元."""
    is_spread = SPREAD.search(before) and SPREAD_END.match(after)
    is_rate = AT_RATE.search(before) and RATE_END.match(after)
    return bool(is_spread or is_rate or (EACH_HEAD.search(before) and SUM.match(after)))


def _is_manner(text: str, phrase: Phrase) -> bool:
    """Tell whether words say how something is to be done: 并长期坚持 behind no day, 按期完成."""
    if _before(text, phrase).endswith(("并", "且")) and not (is_alone(text, phrase) or follows_day(text, phrase)):
        return True
    is_manner = MANNER.match(phrase.quote) or (phrase.quote[0] == "按" and IN_TIME.match(text[phrase.end : phrase.end + LONGEST]))
    return bool(is_manner) and (phrase.quote[0] == "按" or not (is_alone(text, phrase) or (not phrase.vague and follows_day(text, phrase))))


def _is_condition(text: str, phrase: Phrase) -> bool:
    """Tell whether a figure is a price, or says who is eligible."""
    before, after = _before(text, phrase), text[phrase.end : phrase.end + LONGEST]
    if DESCRIBES.match(after) or _is_price(text, phrase) or ELIGIBLE.match(after):
        return True
    may_be = phrase.target is None or phrase.target.unit != "%" or "的" in CLAUSE.split(after)[0]
    return bool(may_be and ELIGIBLE_BEFORE.search(before))


def _is_price(text: str, phrase: Phrase) -> bool:
    """Tell whether a figure is a rate or a price, or says which ones are meant (亿元以上项目), and not what is to be reached."""
    clause, unit = clause_of(text, phrase), (phrase.target.unit if phrase.target else phrase.of) or ""
    is_quantity = bool(phrase.target) and unit != "%"
    is_attribute = is_quantity and phrase.quote.endswith(("上", "下")) and text.startswith("的", phrase.end)
    if is_attribute and not phrase.quote.startswith(REACHES):
        return not ALLOTTED.search(text, max(phrase.start - 2, 0), phrase.start)
    if unit.endswith("元") and not (FUNDS if phrase.target and phrase.target.op in {">=", ">", "="} else LEVEL).search(
        CLAUSE.split(text[max(phrase.start - LONGEST, 0) : phrase.start])[-1] + phrase.quote
    ):
        return True
    if is_quantity and not unit.endswith(PRICED) and not re.search(LENGTHS, unit):
        return bool(GRANTED_AFTER.match(text, phrase.end))
    if phrase.target and (phrase.target.unit or "").endswith(SIZES) and WHICH.match(text, phrase.end):
        return True
    if not MONEY.search(clause):
        return False
    if COST_CUT.search(text[max(phrase.start - LONGEST, 0) : phrase.start] + phrase.quote) and not COST_GIVEN.search(clause):
        return False
    before = CLAUSE.split(text[max(phrase.start - LONGEST, 0) : phrase.start])[-1]
    return bool(GRANT.search(clause)) or not (LEVEL.search(before) or LEVEL_ANYWHERE.search(clause))


def is_alone(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is all that a cell or a 完成时限: says, or what a bracket of units ends with."""
    is_all = len(text) <= LONGEST and (ONLY_MANNER.fullmatch(text) or _closes_cell(text, phrase))
    if is_all or phrase.end - phrase.start >= len(text.strip("。;\n")) or LIMIT_LINE.search(text, max(phrase.start - 24, 0), phrase.start):
        return True
    return text[phrase.start - 1 : phrase.start] in {",", ";"} and text[phrase.end : phrase.end + 1] in {")", "]"}


def _closes_cell(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase ends a cell that begins with a day: 2023年6月底前,并长期坚持."""
    first = next(iter(read(text)), None)
    is_head = first and (first.start == 0 or LIMIT_LINE.search(text, 0, first.start))
    is_timed = (first and is_head and first.kind is Kind.ONCE) or text.startswith(("已完成", "立即整改"))
    return bool(is_timed) and phrase.end >= len(text.rstrip("。;\n"))


def follows_day(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase ends what begins with a day in this clause or the one before: 2018年启动,持续推进."""
    if text[phrase.end : phrase.end + 1] not in STOPS:
        return False
    start = behind_last(SENTENCE, text, max(phrase.start - FAR, 0), phrase.start) or 0
    said = text[start : phrase.start].rstrip("并且")
    clauses = CLAUSE.split(said.rstrip(","))
    found = next(iter(read(LABEL.sub("", clauses[-1]))), None)
    return bool(found and found.kind is Kind.ONCE and found.start <= 2)


def _before(text: str, phrase: Phrase) -> str:
    return text[max(phrase.start - LONGEST, 0) : phrase.start]


def clause_of(text: str, phrase: Phrase) -> str:
    """Give the clause that a phrase stands in."""
    first = max(phrase.start - FAR, 0)
    return text[behind_last(CLAUSE, text, first, phrase.start) or first : clause_end(text, phrase.end)]
