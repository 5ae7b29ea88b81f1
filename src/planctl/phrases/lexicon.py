"""The words of the genre, as patterns over folded text; the only module that knows regular expressions.

Each repetition is bounded and each gap stays inside a clause: no text, however hostile, costs more than linear time.
A pattern is compiled when it is first used: importing the grammar costs nothing to a command that reads no phrases.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Words:
    """A pattern, compiled at its first use."""

    def __init__(self, *parts: str) -> None:
        self.source = "".join(parts)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Compile the pattern, once."""
        return re.compile(self.source, re.VERBOSE)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Match at a place."""
        return self.compiled.match(text, at)

    def search(self, text: str, at: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Find the first between two places."""
        return self.compiled.search(text, at, len(text) if end is None else end)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Match the whole text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, at: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Find all between two places."""
        return self.compiled.finditer(text, at, len(text) if end is None else end)

    def sub(self, replace: Callable[[re.Match[str]], str], text: str) -> str:
        """Replace all."""
        return self.compiled.sub(replace, text)


HAN = "〇零一二两三四五六七八九十百千"
NUMBER = rf"(?:0{{0,2}}[1-9][0-9]{{0,3}}|(?![〇零])[{HAN}]{{1,7}})"
"""Never nought: a cycle of no years and a span of no days are not limits."""
ALONE = rf"(?<![0-9.第{HAN}])"
"""Before a number: it is not the rest of a longer one, nor an ordinal."""
TO = r"(?:-{1,2}|至|到)"
CLAUSE = r"[^,;:!?\n]"
BREAK = r"[,;:!?\n]"
BEFORE = r"(?:[之以]?前(?![后期述往景沿列]|提[下条是]|三季))"
INSIDE = r"(?:以内|之内|内(?![蒙部容控设外涵资销陆地生河参审需]))"

# The text.

WHITE = Words(r"(?: [\s\u200b\u2060\ufeff]+ | [(（][a-zɡ\u00e0-\u01dc]{1,6}[)）] )")
"""White space, and the pinyin that some web pages print after a character: 報(bào)備."""
TITLE = Words(r"《[^《》;]{0,160}(?:《[^《》;]{0,160}》[^《》;]{0,160}){0,3}》")
PLAN_NAME = Words(r"(?<=[案划要见点法动程略])\([12][0-9]{3}(?:-{1,2}|至)[12][0-9]{3}年\)")
CLAUSE_END = Words(BREAK)
LIST_DOT = Words(
    r"""(?<![0-9.])(?P<number>[0-9]{1,2})\.(?=20[0-9]{2}(?:年|[-./][0-9]{1,2}[-./][0-9]))
    | (?:(?<=[,;:。()\n])|\A)(?P<item>[0-9]{1,2})\.
      (?=(?:1[0-2]|[1-9])月(?:[0-9]{1,2}[日号]|[底末份前上中下])|[1-9][0-9](?:个?工作日|日|天)[之以]?内)"""
)
"""The dot behind the number of a list, where a day follows: 1.2023年6月底前, 2.9月底前; it makes no decimal."""
LINE_START = Words(r"[\u4e00-\u9fff]{2,8}[:：]|[(（]?[0-9一二三四五六七八九十]{1,3}[)）、.．](?![0-9])")
"""What begins a line of its own, however long the line before it is; the only pattern but `WHITE` that sees text before it is folded."""

OPENING = Words(
    rf"(?<![0-9.])[0-9] | (?<![{HAN}第])[{HAN}] | [每按逐任年月季上下前第今本当明次翌来半至最起不≥≤><全贯]"
    r"| [达控压缩减降提增扩上保维稳为超高大突低小少定适及尽立即抓长持常岁翻“\"]"
)
"""Where a phrase may begin: at a whole number, or with the first character of a word of the grammar."""

# Moments.

MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
DAY = r"(?P<day>3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
YEAR = r"(?:19|20|一九|二[〇零0])[0-9〇零一二三四五六七八九]{2}"

POINT = Words(
    rf"""
    (?: (?P<year>{YEAR})年 | (?P<this>[今本当]年(?:度(?=[内底末]))?|[本当](?=月))
      | (?P<later>[明次翌来]年|下一?年(?:度(?=[0-9一二三四五六七八九十上下第底]))?(?!度)|(?:次|下个?)(?=月)) )?
    (?: {MONTH} (?: {DAY} | (?P<third>[上中下])旬 | (?P<close>[底末]) | (?P<dawn>初) )?
      | (?P<half>[上下])半年
      | (?:[前第])?(?P<quarter>[一二三四1-4])季度?(?P<quarter_close>[底末])?(?<!季)
      | (?P<any_quarter>季度?[底末])
      | (?P<any_month>月底|月末)
      | (?:(?<=年)年?|(?<=年度)|(?<![0-9{HAN}])年|(?<!\w)岁(?=末))(?P<edge>[底末初终]|中(?={BEFORE}|{BREAK}|\Z))
      | (?P<in_year>(?<=年)内(?![部容外])
          | (?<=年度)(?<!业年度)(?<!税年度)(?<!计年度)内(?![部容外])|(?<![0-9{HAN}个半业税计])年度?内(?![部容外]))
    )?
    (?P<suffix>{BEFORE} | 为?止 | {INSIDE} | 期间 )?
    """
)
FIRST = Words(rf"(?:(?P<year>{YEAR})|(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])){TO}")
"""The short beginning of a range: 2021—2025年, 10—12月."""
RANGE = Words(rf"起?{TO}")
LAST_DAY = Words(DAY, rf"(?P<suffix>{BEFORE}|为?止)?")
LIST = Words(r"[、和及与]")
LEAD = Words(r"(?:截至|截止到?|到|至)(?:于)?\Z")
SINCE = Words(r"[自从]\Z")
AIM = Words(r"(?:截至|截止到?|到|至|力争|争取|力求|确保|计划)[在于]?\Z | (?<![已曾早])[在于]\Z")
"""What makes a bare year a limit and not part of a name (2022年法治政府建设工作要点)."""
ACHIEVED = Words(rf"(?:基本|全面|实现|建成|完成|创成|达到|形成|力争|{BREAK}|、|\)|\Z)")
BEGUN = Words(
    r"(?:开展|进行|组织|召开|举办|建立|制定|出台|编制)(?=[^,;:!?\n、的了]{2,16}(?:[,;:\n]|\Z))|启动|推开|巩固提升|新建|新增|新改建|改扩建|累计|确保|(?:建设|改造|培育|创建|实施|培训|引进|扶持|推广|打造|选派|投放)(?=[^,;:!?\n率比度]{0,12}[0-9])"
)
"""What a year at the head of a clause sets going: 2024年新建学校5所."""
SHARED_OUT = Words(r"[^,;:!?\n、的]{0,16}?分别(?!印发|发布|公布|通过|召开|出台|获)")
"""2023年、2024年分别完成: the last year of the list."""
LISTED = Words(r"[年0-9][、和及]\Z")
YEAR_OF_LIST = Words(rf"(?P<year>{YEAR})(?=[、和及](?:{YEAR}[、和及]){{0,6}}{YEAR}年(?:[底末]?前?|{CLAUSE}{{0,12}}?)分别)")
"""2022、2023、2024年分别完成: each of the years."""
PAST = Words(r"(?:已|曾|早)[在于经]?\Z")
NOT_A_LIMIT = Words(r"[“\"](?:[五七八十]一|双节|两节|春节|国庆)[”\"]|起|以?来|度|前?后|\)?[》〉]")
CITING = Words(r"印发|发布|公布|通过|召开|修订|修正")
"""What tells the day of another document or meeting; the end of a year or month names none."""
STANDING = Words(rf"{BREAK}|、|\)|\Z|完成|办结|完毕")
DONE_THEN = Words(
    r"[要应须]?(?:组织|开展|召开|举行|举办|进行|实施|通报|报送|上报|汇总|形成|兑现|投入|投用|投产|建成|竣工|完工|实现|达到?|基本|全面|全部|力争|确保|对|由|将|予以"
    r"|集中|统一|公布|公开|发布|评选|评定|交付|启用|开通|出台|印发|制定|新增|累计|开工|启动)"
)
"""What is done at a bare 年底: 年底开展综合考核."""
JUDGED_THEN = Words(
    r"[要应须]?(?:综合)?(?:考核|考评|评估|验收|总结|检查|督查|督导|述职|测评|报告|评比)(?!结果|[中时的]|工作|体系|指标|报告|内容|范围|评优|任务)"
)
"""The same where only the head of a clause tells the verb from a name: 年底考核 against 纳入年底考核."""
NAMED_THEN = Words(r"(?:[纳列]入|作为|[的与和及近如]|做好|结合|加强|抓好)\Z")
ACCOUNTED = Words(r"(?:全[县市省区镇国])?(?:国民)?(?:经济|工业|运行|形势|GDP|数据|财务|报表|固定资产|“?开门红)")
"""一季度经济运行 is what a report is about."""
FINISHING = Words(
    r"(?:全面|全部|基本|如期|按期)?(?:完成|办结|完毕|建成|竣工|完工|投用|投产|投入|开通|上线|启用|见效|达标|出台|交付|通车|开工|开园|验收)(?!了|的|后|率)"
)
"""What makes a bare month a limit: 5月份完成搬迁."""

NUMERIC_DAY = Words(
    r"(?<![0-9.])(?P<year>20[0-9]{2})(?P<sign>[-./])(?P<month>1[0-2]|0?[1-9])(?:(?P=sign)(?P<day>3[01]|[12][0-9]|0?[1-9]))?(?![0-9./])"
    rf"(?P<suffix>{BEFORE}|为?止)?"
)
"""2024-11-30, 2024.11.30, 2024/11/30: as tables have them."""
NAMED_TIME = Words(r"(?:时限|时间|期限|进度|节点|日期)(?:要求|安排|节点)?(?:为|是)?:(?:(?:1[0-2]|[1-9])月份?[、,和]){0,11}\Z")
"""What says that a bare month behind it is a limit."""
MONTH_OF_DEEDS = Words(
    r"(?:[、和及](?:1[0-2]|0?[1-9])月份?){0,11}(?:各|分别|集中|统一)?(?:开展|进行|组织|召开|举办|举行|报送|上报|通报|评选|考核|督查|检查|验收)(?!了|的|后|率)"
)
"""What is done in a bare month that heads its clause: 11月开展考核, 5月、10月各开展1次检查."""
MONTH_LIST = Words(
    rf"(?:(?P<year>{YEAR})年)?(?P<months>(?:(?:1[0-2]|0?[1-9])月?[、和及]){{1,11}})(?=(?:1[0-2]|0?[1-9])月(?:[底末上中下]|[0-9]{{1,2}}日?前))"
)
"""2022年3、6、9、12月底前: what is said of the last month is said of all."""
MONTHS_HEAD = Words(r"(?:\A|[,;:!?\n(])(?:(?:1[0-2]|0?[1-9])月份?[、和及])+\Z")
"""What stands before the last of the bare months that head a clause, in a stretch of text by itself."""
REPORTING = Words(r"(?:报送|上报|提交|汇总|总结|通报|公布|公开|反馈|汇报)(?:各[^,;:、]{0,4})?\Z")
REPORTED = Words(rf"(?:[、和及](?:全年|下半年|[一二三四]季度)|度)?{CLAUSE}{{0,6}}?(?:情况|总结|报告|报表|数据|进展|信息)")
"""报送上半年和全年情况: what a report is about is no limit."""
MONTHS_TO = Words(r"(?:[、和及](?:1[0-2]|[1-9])月份?){0,11}[、和及](?:1[0-2]|[1-9])月(?:[底末上中下]|[0-9]{1,2}日?前)")
"""6月、12月底前: what the last month of a list says is said of all."""
ONLY_MONTHS = Words(r"(?:20[0-9]{2}年)?(?:1[0-2]|0?[1-9])月份?(?:[、,;和及](?:1[0-2]|0?[1-9])月份?){0,11}")
WHOLE_YEAR = Words(rf"(?:(?P<year>{YEAR})年)?全年(?={BREAK}|[、)]|\Z)")
"""全年 where it is the whole limit is the end of the year."""

FIVE_YEARS = Words(
    rf"[“\"]?(?P<plan>(?:十[一二三四五六七八九]?|[三四五六七八九])五)[”\"]?(?:规划)?"
    rf"(?:(?P<whole>期间|时期|规划期内?)|(?P<close>期?末(?:期|年)?))(?P<suffix>{BEFORE})?"
)

# Cycles.

FLOOR = r"(?P<floor>至少|最少|起码|不少于)?"
BOTH_HALVES = Words(r"上(?:半年)?[、和及]下半年(?=各|分别|均)")
"""上、下半年各开展1次: once each half-year."""
CYCLE = Words(
    rf"""{FLOOR} 每隔?(?P<number>{NUMBER})?个?(?:完整)?
    (?P<unit>半年(?:度)?|半月|年度?(?![轻龄])|学年|学期|季度|季(?!节)|月度?|周(?![期边围])|星期|旬|日(?!常)|天(?!津|然)|届(?:任期)?内?|任期内?|任(?!务))"""
)
FEW = rf"(?:0?[1-9][0-9]?|(?![〇零])[{HAN}]{{1,2}})"
RATE = Words(
    rf"""{FLOOR}
    (?: (?P<number>{FEW}|半)个?(?P<unit>年|季度(?=[0-9{HAN}])|(?<=个)月|月(?=[0-9{HAN}])|周|天)
        (?:(?!{INSIDE}|{BEFORE}|{BREAK}|[0-9{HAN}底末初起])[^、()]){{0,8}}
        (?P<times>{FEW})(?P<of>[次遍轮期场])(?!性|办)
      | (?:一(?P<each>年|季度?|月|周|日|天)|(?P<semi>半年))一(?![日号月季个次件事窗天类体]) )"""
)
"""一年一次, 五年轮训一次; 一季一通报."""
BY = Words(r"(?:按|逐(?=[月季]))(?P<unit>半年|年度?(?!龄)|季度|季(?!节)|月度?(?!份)|周(?!期|边)|日(?!期|计|照))(?!计)")
TERM = Words(rf"{FLOOR}(?:本届)?任期内")
ANNUAL = Words(
    r"(?P<unit>半年|(?<![上下本该跨各一0-9])(?<!财政)(?<!会计)(?<!毕业)(?<!纳税)(?<!企业)年|(?<![0-9]) 月)"
    r"度(?![底末内]|报告(?:[“\"]|公示|书))"
)

JOIN = Words(r"(?:的|应当?|要|必?须|都|均|定期|分别|于|在){0,3}")
DAY_OF_MONTH = Words(
    rf"(?:的|应当?|要|须|于|在|月(?=[底末初])){{0,3}}(?:{DAY}|(?P<third>[上中下])旬|(?P<close>[底末]|最后一个?(?:工作)?[日天])|(?P<dawn>初))(?P<suffix>{BEFORE}|为?止)?"
)
DAMAGED_DAY = Words(rf"[0-9]{{1,3}}[日号]{BEFORE}?")
QUARTER_END = Words(
    rf"(?:的|季)?(?:[底末]|结束|最后一个|第[三3]个(?=月))(?!后|首|次)(?:月份?)?的?(?:{DAY}|(?P<third>[上中下])旬|(?P<close>(?<=月)[底末]))?(?P<suffix>{BEFORE})?"
)
WEEKDAY = Words(rf"[一二三四五六日天](?![次期场轮个])(?:下班)?{BEFORE}?")
AVERAGE = Words(r"(?P<unit>[年月])均(?![衡价浓温气用耗])")
"""年均培训不少于500人次."""
SPELL = Words(rf"(?:[一1]个?(?P<unit>年|季度?|月|学期|周)|(?P<half>半)年){INSIDE}|全(?P<whole>年)(?:度)?")
"""一年内不少于两次, 全年不少于4次: a cycle where a count of events follows."""
NEXT_MONTH = Words(r"(?:次|下个?)月(?=[0-9初上中下底末一二三十])")
UNTIL_NEXT = Words(rf"{CLAUSE}{{0,12}}?(?:次|下个?)月(?=[0-9初上中下底末一二三十])")
"""每月情况于次月5日前: of each month."""
FIRST_MONTH = Words(rf"的?(?:首个?月|第[一1]个月|(?:结束)?后?的?次月|下月)份?的?(?:{DAY}|[上中下]旬|[底末])(?:{BEFORE}|内)?")
"""每季度首月10日前: no day of the model's, which counts from the end of a quarter."""
AFTERWARDS = Words(r"(?:度|期)?(?:结束|终了|届满)?之?后的?")
AT_LEAST_SO = Words(r"[应须需要]?至少(?:开展|组织|举办|召开|进行|听取|安排|接受|集中)")
"""每年至少开展…: once at the least, wherever the number went."""
REGULARLY = Words(r"定期(?!限)")

# Figures.

AT_LEAST = r"不(?:得|能|应|可)?(?:少于|低于|小于)|不下于|至少|最少|起码|≥|>="
AT_MOST = r"不(?:得|能|应|可)?(?:超过|多于|高于|大于)|至多|最多(?!跑)|≤|<="
LEVEL = r"控制(?:在|到)|(?:压缩|缩短|压减|缩减|削减|精简|下降|降低?|减少|减)[至到为]"
REACH = r"达到?(?!标)|(?:提高|提升|增长|增加|上升|扩大|增|扩|升)[至到]"
MORE = r"(?<![不得])(?:超过|高于|大于|突破)"
LESS = r"(?<![不得])(?:低于|小于|少于)"
EQUAL = r"(?:保持|稳定|维持)[在为]|为"
OPERATOR = rf"""
    (?: (?: (?P<at_least>{AT_LEAST}) | (?P<at_most>{AT_MOST}) )(?P<gap>[^,;:!?\n每]{{0,20}}?)
      | (?P<level>{LEVEL}) | (?P<reach>{REACH})(?:20[0-9]{{2}}年的)? | (?P<more>{MORE}) | (?P<less>{LESS}) | (?P<equal>{EQUAL}) )"""
SUFFIX = r"(?P<suffix>\(?含?\)?(?:及?以上|及?以下)|以内|之内|左右)?"

EVENT = r"""
    次(?![性办序数要级生日]|年(?!度)|告知)
    |期(?![间限满内末货刊望初])|场(?![所景])|轮(?![训岗换])|遍|回(?![复应])|批次?(?![准复示])|学时|课时
    |个(?:部门|单位|乡镇|街道|镇街|村|社区|县区|县|区县|市县|地区)
    |个(?:典型案例|案例|项目|专题|品牌|示范点|试点)"""
"""What is held or visited, and counted; 一次办, 一次性 and 一次告知 are names of a way to work."""
YEAR_NUMBER = Words(r"(?:19|20)[0-9]{2}")
BULK = Words(r"人次?|人\(次\)|名|家|户|个")
"""People and firms are measured, where 次 and 篇 are counted: 每年培训1000人."""
AT_ONCE = Words(r"申[报请]|填报|上传|提交|受理|录入|采集|登记|通过")
"""一次申报 is such a name too, unless a cycle or a 至少 makes the once a number: 每年至少组织一次登记业务培训."""
LENGTH = r"个?小时|分钟|秒(?!杀)|个?工作日|日(?!常)|天(?![津然])|周(?![期边围])|个月|年(?!度)"
THING = r"""
    个(?!百分点)|人\(次\)|人次?(?![大民员才社力事口均工防行格])|名(?![单称录义额])|家(?!庭)|项(?!目)|件(?!事)|篇|份(?!额)
    |部(?![门署分])|条(?!件)|户|种|处(?![理罚分置])"""
COUNT = Words(
    rf"{OPERATOR}?{ALONE}(?<!跑)(?P<low>{NUMBER})(?:{TO}(?P<high>{NUMBER}))?"
    rf"(?P<unit>(?P<event>{EVENT})|(?P<length>{LENGTH})|(?P<thing>{THING})){SUFFIX}"
)
OF_WHOLE = r"(?:(?<=[到至达为])(?:20[0-9]{2}年)?[^,;:!?\n、()0-9]{1,16}的)?"
"""达到销售总量的20%."""
SHARE = r"[0-9]{1,6}(?:\.[0-9]{1,4})?"
PERCENT = Words(rf"{OPERATOR}?{OF_WHOLE}{ALONE}(?:(?P<value>百分之[{HAN}]{{1,5}})|(?P<low>{SHARE})(?:%?{TO}(?P<high>{SHARE}))?%){SUFFIX}")
CHAINED = Words(
    rf"{OPERATOR}{SHARE}(?:[%‰]|/10万)(?:以上|以下|以内)?(?:[、和及]{SHARE}(?:[%‰]|/10万)(?:以上|以下|以内)?){{0,10}}[、和及]\Z"
)
"""分别达到90%、95%: what binds the first binds those behind it."""
NEWLY = Words(r"(?:新增|增加|减少)[^,;:!?\n0-9]{0,6}\Z")
"""新增就业1200万人左右."""
FRACTION = Words(
    rf"{OPERATOR}?{ALONE}(?:(?P<half>一半)|(?P<whole>[二三四五六七八九十])分之(?P<part>[一二三四五六七八九])|(?P<over>[1-9])/(?P<under>[2-9])(?![0-9/])){SUFFIX}"
)
MEASURE = r"""
    个?百分点|‰|/(?:10|100|百|千)?万人?|微克(?:/|每)立方米|毫克/升|平方公里|平方千米|平方米|平米|立方米|公里|千米|米|公顷|亩(?!均)|吨(?!位)|公斤|克|斤|毫升|升(?![至到级降])|千瓦时|千瓦|兆瓦|度电
    |[美欧日港]?元(?![素旦])|张(?!贴)|座(?![谈位])|所(?![有需在属]|以(?![上下]))|辆|套(?!餐)|台(?![账风])|例(?![会行如])|支(?![持付出撑援部])
    |间(?![隔歇接])|门(?![户槛类])|块(?!链)|类(?![型别似])|栋|幢|株|棵|头(?!部)|只(?![要能])|艘|架(?!构)|盏|册|本(?![级地市县省区年月部机])
    |款(?![项式])|宗|床|组(?![织建成])|层(?![级面])|节(?![能约点日假])|条次|对(?![接口于外])|列(?![入为])|根|枚|把(?!握)|幅(?!度)|期次|人天
    |标准箱|标箱|班次|站(?!点)|股|团|倍|成(?=以上|以下|左右|[,;、)]|\Z)|家次|户次|件次|架次|趟"""
"""What things are measured by, or counted by where nobody holds or visits them."""
LENGTH_OF_DECIMAL = r"(?:个?小时|分钟|个?工作日|天(?![津然]))"
AMOUNT = Words(
    rf"{OPERATOR}?{ALONE}(?:(?P<value>[1-9][0-9]{{0,8}}(?:\.[0-9]{{1,4}})?|0\.[0-9]{{1,4}})|(?P<han>(?![〇零])[{HAN}]{{1,7}}))(?P<scale>万亿|[万亿])?"
    rf"(?P<unit>(?P<measure>{MEASURE})|(?P<counted>{EVENT}|{THING}|(?<=\.[0-9]){LENGTH_OF_DECIMAL}|(?<=\.[0-9]{{2}}){LENGTH_OF_DECIMAL})|(?P<bare>(?<=[万亿])(?=以上|以下|以内))){SUFFIX}"
)
"""18万人次, 500张, 4.5个: figures of any size; 万 and 亿 are read as a part of the unit."""
PLAIN = Words(
    rf"{OPERATOR}?{ALONE}(?P<value>[0-9]{{1,2}}\.[0-9]{{1,3}}|(?P<score>[1-9][0-9]{{0,2}}(?:\.[0-9]{{1,2}})?(?=分)))(?P<unit>分?)(?<!\.00){SUFFIX}"
    r"(?=[,;、!?)]|\Z)(?!\)?(?:[,;、]|\Z)(?:可|方可|才|即|则|评|定|确定|给予|认定|视|列|为|合格|优秀|良好))"
)
"""A figure without a unit (PUE达到1.3以下) and a score to reach (满意度90分以上); what a score earns makes it a condition."""
PLAIN_NAME = Words(r"(?:率|值|系数|比|[A-Za-z])\)?\Z")
SCORE_NAME = Words(r"(?:满意度|满意率|好评度|指数|得分|评分|成绩|分值)\Z")
DONE_SHARE = Words(
    rf"(?:化解|完成|消化|清理|清偿|清欠|整改|销号|处置|兑现|拨付|支付|盘活|覆盖|精简|压减|压缩|缩短)(?!的|了){CLAUSE}{{0,14}}\Z"
    r"|(?<![利税费汇本业亡诉生错漏障])率\Z|(?:满意度|占比|比重|覆盖面)\Z"
)
"""Words that make a bare share the level to reach: 化解存量50%, 覆盖率95%; of a rate that is to be low, the words do not say."""
GIVEN_SHARE = Words(r"(?:按|按照|给予|补贴|补助|奖励|减免|缴纳|提取|收取|贷款|投资额?|总额|工资|价款?|税款?|费用?)的?\Z")
CHANGED = Words(r"(?:提高|提升|增长|增加|上升|递增|下降|降低|减少|压缩|压减|缩短|缩减|削减|缩小|精简)(?:幅度)?[约近]?\Z")
PRICED = Words(r"(?:[上下]浮|了[约近]?)\Z")
"""What tells of a price, or that it has happened."""
ENSURED = Words(r"(?<![已曾经共别])(?:实现|推动|确保|保证|力争|争取)\Z")
ENSURED_OF = Words(r"的?(?!比例|概率|股|增|年均|[以左])[\u4e00-\u9fff]{2}")
"""实现95%税费服务事项“网上办”: of so many things at the least."""
ABOUT_LEVEL = Words(r"(?:率|涨幅|降幅|增速|增幅|占比|比重)(?:为|在)?\Z")
"""失业率5.5%左右: what is aimed at, if not bound."""
HEADS = Words(r"(?:人口|人数|就业|用户|总量|人员)[^,;:!?\n]{0,8}\Z")
"""人口减少1000万以上: what may be counted by 万 alone."""
OLD_VALUE = Words(r"[由从](?:原来?的?|现行的?|目前的?|现在的?)?\Z")
DOUBLED = Words(r"翻(?P<times>[一二两三四1-4])番")
CONCERNING = Words(r"(?:涉及|[跨向对由从])\Z")
"""两个以上部门 that a matter concerns, or that one reports to, are not a number to reach."""

# Spans.

SPAN = Words(
    rf"""(?P<ahead>(?:至少|最少|最迟)?提前(?:至少|不少于)?)?
    (?: (?P<half>半)(?P<half_unit>年|个月)
      | (?P<number>{NUMBER})(?P<unit>个?(?:小时|工作日|星期)|[日天周]|个月|年(?!度)) )
    (?P<and_half>半)?
    (?P<tail>{INSIDE}|{BEFORE})?"""
)
UNTIL = Words(r"(?P<link>(?:之[日时]|当日|次日)?起的?|[之以]?后的?|[之以]?前的?)\Z")
FROM = Words(
    r"""(?:最迟|最晚)?(?:
        (?<![各亲来独])自(?![治然行主动贸愿查我身评律筹觉])(?:从)? | 从(?![事业严])
      | (?<![存现正所旨内])在(?![职岗线册编校押建])
      | (?<![关对由属位处利鉴至便善终大小等低高优少多晚])于 )"""
)
FINISHED = Words(
    r"(?:内)?(?:办结|办理完毕|办理完结|办完|完成|审结|审核完毕|答复|反馈|回复|下达|拨付到位|出证|发证|领证)(?!的?.{0,2}(?:率|时限|时间|情况))"
)
"""1个工作日办结: within it, though no 内 says so."""
SPENT = Words(r"(?:左右)?的?(?:时间|努力)")
SPENDING = Words(rf"[用过经](?:[0-9{HAN}]{{1,3}}{TO})?\Z")
"""用3年左右时间完成, 经3年努力."""
SAME_DAY = Words(
    r"当[日天]内?(?=(?:即|全部)?(?:办结|办理|完成|反馈|回复|答复|受理|转办|交办|处置|上报|报送|报告|公开|公布|移交|录入|发布)(?!的|.{0,2}[率量]))"
)
GIVEN_TERM = Words(r"(?:限期|限时|时限[为:]?|期限[为:]?|限)\Z")
FINAL = Words(r"最后\Z")
NOT_A_LENGTH = Words(r"以[上下来外]|左右|前?后|期|的|度")
RECEIPT = Words(r"收到|接到")
OCCASION = Words(r"(?:届满|期满|到期|截止|召开|举行|举办|实施|施行|生效|开始|启动|开庭|开工|出发|会议)\Z")
CAPPED = Words(rf"(?:{AT_MOST})(?P<event>[^,;:!?\n每]{{2,24}}?)?(?=[0-9{HAN}])")
"""不超过自受理之日起5个工作日: a clock, and no figure."""
CLOCK_FROM = Words(r"(?:之[日时]|当日|次日)起的?,?(?:最长|最多|一般|原则上|应当?)?\Z")
NO_EVENT = Words(r"(?:今|此|其|然|最|随|先|前)?\Z")

# Qualities.

SOFT = Words(rf"(?:力争|争取|力求|逐步|原则上|尽可能|尽量|努力){CLAUSE}{{0,20}}\Z | 一般(?:应当?|情况下|在|于|为)?\Z")
SOFT_INSIDE = Words(r"力争|争取|力求|逐步|原则上|尽可能|尽量|一般(?=不|应|在|为|至)")
VAGUE = Words(
    r"定期(?:或|、|和)不定期|不?定期(?![限存])|适时|立[行知查]立改|即[知查]即改|边[查学]边改|(?<!不)及时(?!性)|尽快|立即|按[时期](?!限|[^,;、]{0,4}率)|抓紧"
)
ONGOING = Words(
    rf"(?:(?:全年|年内|常年)持续(?:推进|实施|开展|深化|坚持|进行|落实)|长期(?:坚持|推进|实施|开展|任务)?|持续(?:推进|实施|开展|深化|坚持|进行|落实)?(?:落实|实施|开展)?|常态化?(?:推进|开展|实施|坚持|推动)?(?:落实|实施|开展)?|常年(?:坚持|开展)?|长效|全年(?:推进|实施|开展|坚持|持续推进|持续|落实)|贯穿全年)(?={BREAK}|[、)]|\Z)"
)
LASTING_SINCE = Words(
    rf"(?:(?:(?:{YEAR}年|今年|明年)?(?:(?:1[0-2]|[1-9])月(?:[0-9]{{1,2}}日)?)?起,?(?:全年|长期|持续|常态化|常年)(?:坚持|推进|实施|开展|深化|落实|进行)?)"
    rf"|{YEAR}年(?:长期|持续|常态化)(?:坚持|推进|实施|开展|深化|落实|进行))(?={BREAK}|[、)]|\Z)"
)
"""2018年起持续实施, 2019年持续推进."""
STARTING = Words(r"起,?(?:在[^,;:]{1,12}?)?(?:全面|正式|统一|一律|全部)(?:推行|实施|取消|停止|启用|实行|执行|推广|推开|禁止)")
"""自2018年7月1日起全面推行: by that day."""
EDGE = Words(rf"(?:\A|{BREAK}|[(、])\Z")
EDGE_OR_AND = Words(rf"(?:\A|{BREAK}|[(、])(?:[并且]|[之其此]后|今后|后续)?\Z | [\u4e00-\u9fff][并且]\Z")
SINCE_EDGE = Words(rf"(?:\A|{BREAK}|[(、])[自从]?\Z")
