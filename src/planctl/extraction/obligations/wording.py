"""The names that a reader meets: what is due, what a figure measures, whose a deadline is."""

from __future__ import annotations

import re

from planctl.extraction.responsibility.names import is_unit, read_names
from planctl.model import Kind
from planctl.phrases import Phrase, read

NAME_YEAR = re.compile(r"^(?:力争|确保|争取|计划|到|截至|至)*(?:20[0-9]{2}年(?:[0-9]{1,2}月)?[底末]?[前内]?)?")
WORD = re.compile(r"[\u4e00-\u9fff]{2}")
FROM_FIGURE = re.compile(r"[由从]每[人户亩个]?$|[由从](?![业事严])(?=[^,;。由从]{0,6}[0-9])")
EACH_NAME = re.compile(
    r"(?:至少)?(?:每个?(?:[0-9一二两三]{0,2}年度?+|半年|季度?+|月|周|学期)|[年月]均)(?:应当?|要|须|至少)?"
    r"(?P<name>(?!不|至少)[^0-9]{2,24}?)(?:不(?:得|能|应)?(?:少于|低于|高于|超过)|至少|达到?|[0-9])"
)
"""What a cycle says before its figure: 年均培训管理人员不少于300人次."""
CHANGING = re.compile(r"(?:提高|提升|增长|增加|上升|递增|下降|降低|减少|压缩|压减|缩短|缩减|削减|缩小|精简)(?:幅度)?[约近]?$")
CLAUSE = re.compile(r"[,。;\n]")
EACH_PERSON = re.compile(r"^(?:[(（][0-9一二三四五六七八九十]{1,2}[)）])?(?:每[名个位]|[一二三四五六七八九]是)")
ACTOR = re.compile(
    r"(?:部门|单位|机关|政府|委员会|[局厅委办院会处科室所站队组部]|中心|公司|集团|企业|学校|[县市区乡镇村州旗省]|街道|社区|办事处|人员|同志|干部|领导|负责人|成员|班子|机构|银行|大学|地方|各地|各级|党[委组]|法院|[者员]|部門|單位|機關|委員會|[廳辦會處縣區鄉鎮]|人員|領導|負責人)$"
)
DOES = re.compile(
    r"新增|注销|组织(?!部)|举办|完善|积极|加强|推进|开展|全年|全面|推动|健全|建立|落实|实施|做好|提高|支持|鼓励|引导|督促|指导(?!组)|确保|争取|力争|对|向|将|由|把|为|按|通过|完成|培训|新建|强化"
    r"|改造|培育|打造|创建|帮扶|建设(?![局厅委部银集单指办主])|整治|扩建|改建|修缮|引进|选派|招录|招聘|扶持|走访|慰问|检查(?![组站])|抽查|发展(?!改革|和改革|研究|中心)"
    r"|评选|表彰|遴选|培养|认定|选树|整合|升级|更新|淘汰|关闭|取缔|撤并|设立|配备|建成|创成|覆盖|惠及|带动|吸引|孵化|服务(?![中局办站部处窗大])"
)
SUBJECT_END = re.compile(r"(?:应当|必须|原则上|要|应|须|需|将|分别|均|都|每|于|在|至少)+$")
TOLD = re.compile(r"(?<=[部委局厅办院署会司行府室处社])(?:要|应当?|须|必须)[\u4e00-\u9fff].*")
"""县审计局要指导督促各乡镇: who is told ends before what is told."""
VERBS = re.compile(
    r"(?:达到?|分别|力争|逐步|实现|确保|提高|提升|保持|不断|完成|争取|推动|使|基本|控制在?|压缩|降低|降至|达|将|把|在|为|至|到)+$"
)
TRIM = ",。;:、()[]〔〕"
BRACKET = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|〔[^〔〕]*〕?|【[^【】]*】?")
"""The units, or an aside."""
LABEL = re.compile(r"^(?:.{0,12}[:]|[(]?[0-9一二三四五六七八九十]{1,3}[)、.])")
"""目标任务:, (1)."""
AIMED = re.compile(
    r"^(?:并|且|力争|争取|力求|确保|计划|应当?|须|要)?(?:力争|争取|确保)?(?:到)?(?:20[0-9]{2}年)?(?:1?[0-9]月)?[底末]?[前内](?=[\u4e00-\u9fff])|^(?:(?:并|且|力争|争取|力求|确保|应当|须|需要?)(?=[\u4e00-\u9fff]{2}))"
)
"""力争2022年底前 is when, and not what."""
PART_END = re.compile(r"[、;:]|(?<=[\u4e00-\u9fff])(?:以及|并(?=[\u4e00-\u9fff]{2}))")
KIND_OF_UNIT = re.compile(r"(?:各级|全[省市县区])?[\u4e00-\u9fff]{0,4}(?:机关|单位|企业|部门|团体|组织|学校|机构|院校|公司|医院|社区)")
BARE_DEED = re.compile(
    r"(?:要|应|须)?(?:全部|基本|全面|如期|予以)?(?:完成|办结|建成|竣工|到位|投用|投产|开工|完工|落实|达标|见效|交付|出台|启用|开通|通车|验收)(?:到位)?"
)
"""What needs the words before it to say what is due: 清理工作2018年底前完成."""
AT_RATE = re.compile(r"^(?:标准|比例|要求|频次|速度|幅度)(?=[\u4e00-\u9fff]{2})")
"""按不低于5万元的标准安排经费."""
NEXT_FIGURE = re.compile(r"[、和及]?[0-9]")
EACH_END = re.compile(r"每[人名个户]$")
EACH_ONE = re.compile(r"^(?:各(?=开展|进行|组织|举办|召开|报送|通报|检查|评选|考核|督查)|分别|均)")
MODAL = re.compile(r"(?:要|应当?|须|将|力争|争取|力求|确保|实现|努力)+(?=[\u4e00-\u9fff]{2,4}[约近]?$)")
SPENT_ON = re.compile(r"(?:用于|支持|面向|惠及|覆盖|带动)$")
ENSURED = re.compile(r"(?:实现|推动|确保|保证|力争|争取)$")
SHARED_TAIL = re.compile(r"分别$")
YEARS = re.compile(r"^(?:20[0-9]{2}年?[、和及])+20[0-9]{2}年[底末]?前?")
OF_YEAR = re.compile(r"(?:到|至|截至)?20[0-9]{2}年(?:1?[0-9]月)?[底末]?[前内]?$")
NAME_TAIL = re.compile(r"[^将把]{2,36}$|[^、将把]{2,40}$")
LEADING = re.compile(
    r"^(?:[对對](?=符合)|原则上|逐步|实现(?=实)|今年|全年|年内|力争|确保|争取|其中|使|到|共|累计|[0-9]{4}年|要|和|及|与|也)+(?=[\u4e00-\u9fff“]{2})"
)
TRAILING = re.compile(
    r"(?:一般|最长|最多|原则上|进一步|(?<![年平人户月])均|(?<!成)都|也|全部|(?<![摘主需重纪])要|(?<![供响效反对])应当?|须|(?<!许)可|年内|阶段性|分别|(?<!时)再|平均(?=$)|整体(?=$))+$"
)
COUNTED = re.compile(r"[个名人家项件场期次户所处座条部篇种门套台批张]|人次")
NO_DEED = re.compile(
    r"(?:坚持|争取|力争|确保|[一二三四五六七八九]是|(?:完成|整改|办理|落实)?(?:时限|时间|期限|进度|节点)(?:要求|安排|节点)?|(?:并|应|要|须|将)?)"
)
APART = ("、", "和", "及", ",", ";", "或")
ADVERBIAL = re.compile(
    r"在[^,]{2,}(?:基础上|前提下|情况下|过程中|指导下|领导下|同时)|(?:[^,]{0,12}(?<![要应须]))?(?:根据|依据|按照|依托|结合|围绕|对照)[^,]{4,}?(?:要求|机制|情况|实际|标准|规定|平台|精神|意见|目标|部署|方案|安排|内容|职责)"
)
"""In which way, and not what: the deed follows in the next clause."""
DEED_INSIDE = re.compile(
    r"(?:至少|不少于)?(?:每隔?[0-9一二两三四五六七八九十]{0,2}个?(?:半年|年度?+|季度?+|半月|月|周|星期|学期|日|天|旬)|全年|[0-9一二两三四五]年内?|半年内?|任期内|[年月]均)"
    r"(?:应当?|要|须|至少|定期|原则上|一般|于|在|内){0,3}(?P<name>(?!不[得能应少低超]|至少)[^0-9]{2,30}?)"
    r"(?:不(?:得|能|应)?(?:少于|低于|超过)|至少|达到?|[0-9一二两三四五六七八九十]{1,3}(?=[次期场轮遍批天个人名届学课小]))"
)
"""What a cycle says before its count: 每年组织专题讲座不少于2次."""
LASTING = re.compile(r"(?:[并且]|[之其此]后|今后|后续)?(?:长期|持续|常态化?|常年|全年)(?:坚持|推进|实施|开展|深化|落实|推动|进行){0,2}")
"""并长期坚持 is a limit of its own, and not what is due by the day before it."""
JOINED = re.compile(r"^(?:[和及与]|起,?)(?=[\u4e00-\u9fff]{2})")
NO_NAME = re.compile(
    r"(?:鼓励|支持).{0,24}|按照?每.|(?:各地|各级|可|(?:完成|整改|办理|落实)?(?:时限|时间|期限)要求?|分别|均|都|各|由|从|左右|以上|以下|以内|不少于|不低于|上年|去年|其中|全[省市县区国]|每年|全年|同比|较上年|比上年)+"
)
NO_THING = re.compile(r"等|的|[-—~、和及或]|左右|以[上下内]|[0-9]")
COUNTED_THERE = re.compile(r"(?<![0-9年月])[0-9.]+[万亿]?[个名家项件户所处座]$")
OTHER_FIGURE = re.compile(r"[\u4e00-\u9fff]{2}[0-9.]+[万亿]?[\u4e00-\u9fff]、(?=[\u4e00-\u9fff]{2,4}$)")
OWN_VERB = re.compile(r"(?!达)[\u4e00-\u9fff]{1,2}(?=[至到为在])")
LONGEST = 40
LONGEST_NAME = 72
FAR = 120


def behind_last(stops: re.Pattern[str], text: str, first: int, at: int) -> int | None:
    """Find where the last of the stops between two places ends."""
    return max((found.end() for found in stops.finditer(text, first, at)), default=None)


def clause_end(text: str, at: int) -> int:
    """Find the end of a clause, no further than a long one goes."""
    reach = min(at + FAR, len(text))
    stop = CLAUSE.search(text, at, reach)
    return stop.start() if stop else reach


def what_of(text: str, phrase: Phrase, until: int | None = None, since: int = 0) -> str | None:
    """Say what is due: the rest of the clause as far as the next day in it, or what stands before the phrase in it."""
    stop = clause_end(text, phrase.end)
    end = min(stop, until) if until and until > phrase.end else stop
    before = _before_in_clause(text, phrase, since)
    after = trimmed(text[phrase.end : end])
    if ADVERBIAL.fullmatch(after) and end == stop:
        after = _deed_behind(text, stop) or after
    if phrase.kind is Kind.METRIC and text.startswith(APART, phrase.end):
        return None
    if phrase.kind is Kind.METRIC:
        after = AT_RATE.sub("", NEXT_FIGURE.split(after)[0])
        return as_name(after) if len(after) >= 2 and not NO_THING.match(after) else None
    inside = DEED_INSIDE.match(phrase.quote) if len(after) < 2 and phrase.kind is Kind.RECURRING else None
    if inside:
        return as_name(inside["name"])
    if len(after) < 2 and text.startswith((",", ":"), stop) and phrase.count is None:
        after = _deed_behind(text, stop)
    elif before and BARE_DEED.fullmatch(after):
        subject = SUBJECT_END.sub("", before.removeprefix("将"))
        is_subject = len(subject) >= 4 and not is_unit(subject) and not NO_DEED.fullmatch(subject)
        return as_name(f"{subject}{after}" if is_subject else after)
    if len(after) < 2 and phrase.kind is Kind.ONGOING:
        before = NAME_YEAR.sub("", before)
    if len(after) >= 2:
        return as_name(after)
    return None if NO_DEED.fullmatch(before) or actors_of(text, phrase) else as_name(before)


def _deed_behind(text: str, stop: int) -> str:
    """Give the next clause of a sentence that says what is to be done, and not on which ground."""
    said = ""
    while text.startswith((",", ":"), stop):
        first, stop = stop + 1, clause_end(text, stop + 1)
        said = trimmed(text[first:stop])
        if LASTING.fullmatch(said):
            return ""
        if len(said) >= 2 and not ADVERBIAL.fullmatch(said):
            break
    return said


def _before_in_clause(text: str, phrase: Phrase, since: int) -> str:
    start = behind_last(CLAUSE, text, max(phrase.start - FAR, 0), phrase.start) or 0
    return EACH_END.sub("", trimmed(text[max(start, since) : phrase.start]))


def trimmed(said: str) -> str:
    """Take from a stretch of text what stands at its ends and says nothing: a label, a bracket of units, stops."""
    said = BRACKET.sub("", LABEL.sub("", said.strip(TRIM)))
    return said.strip(TRIM).removeprefix("的").strip(TRIM)


def as_name(said: str) -> str | None:
    """Give a phrase of a length that a list can show: a longer one ends where one of its parts ends."""
    said = JOINED.sub("", AIMED.sub("", said).strip(TRIM)).removesuffix("并")
    said = EACH_ONE.sub("", said)
    for left, right in ("“”", "《》"):
        if said.count(left) != said.count(right):
            said = said.replace(left, "").replace(right, "")
    if len(said) > LONGEST_NAME:
        ends = [found.start() for found in PART_END.finditer(said, 8, LONGEST_NAME)]
        said = f"{said[: ends[-1]]}{'等' if said[ends[-1]] == '、' else ''}" if ends else _whole_words(said)
    return said if WORD.search(said) else None


def _whole_words(said: str) -> str:
    """Shorten a long chain of words to its last part, which in Chinese is what the words before describe."""
    tail = said.rsplit("的", 1)[-1]
    return tail if 4 <= len(tail) <= LONGEST_NAME else said


def actors_of(text: str, phrase: Phrase) -> tuple[str, ...]:
    """Find whose a deadline is: the units that begin its clause."""
    start = behind_last(CLAUSE, text, max(phrase.start - LONGEST, 0), phrase.start)
    if start is None:
        return ()
    subject = EACH_PERSON.sub("", LABEL.sub("", SUBJECT_END.sub("", text[start : phrase.start])))
    names = read_names(subject).names if 1 < len(subject) <= LONGEST else ()
    names = tuple(part for name in names for part in _listed(name))
    if not names or not all(is_unit(name) and ACTOR.search(name) and not DOES.match(name) for name in names):
        return ()
    last = next((index for index, name in enumerate(names) if TOLD.search(name)), len(names))
    return (*names[:last], *(TOLD.sub("", name) for name in names[last : last + 1]))


def _listed(name: str) -> list[str]:
    """Divide what 和 joins where each part is a kind of unit: 事业单位和国有企业."""
    parts = re.split("[和及]", name)
    return parts if all(KIND_OF_UNIT.fullmatch(part) for part in parts) else [name]


def metric_of(text: str, phrase: Phrase, floor: int = 0, end: int | None = None) -> str | None:
    """Name what a figure measures: the words before it in its clause, from `floor` on, else those of the clause before."""
    start = behind_last(CLAUSE, text, max(phrase.start - LONGEST, 0), phrase.start) or max(phrase.start - 20, 0)
    end = phrase.start if end is None else end
    inside = EACH_NAME.match(phrase.quote) if phrase.every else None
    if inside and CHANGING.search(inside["name"]):
        return (_measured_name(text[max(start, floor) : phrase.start], phrase) or "") + inside["name"]
    if inside:
        return as_name(TRAILING.sub("", VERBS.sub("", inside["name"]))) or inside["name"]
    is_share = phrase.target and phrase.target.unit == "%" and phrase.quote[0].isdigit()
    is_thing = any(one.search(text, max(phrase.start - 2, 0), phrase.start) for one in (SPENT_ON, *((ENSURED,) if is_share else ()))) or (
        COUNTED.fullmatch((phrase.target.unit if phrase.target else phrase.of) or "")
        and not phrase.quote.startswith(("控制", "压", "减", "缩", "降"))
    )
    return (
        (_thing_behind(text, phrase) if is_thing else None)
        or _measured_name(text[max(start, floor) : end], phrase)
        or _thing_behind(text, phrase)
        or (_measured_name(_clause_before(text, start), phrase) if start > floor else None)
        or _verb_of(phrase)
    )


def _measured_name(said: str, phrase: Phrase) -> str | None:
    said = trimmed(FROM_FIGURE.split(NAME_YEAR.sub("", trimmed(said)))[0])
    said = TRAILING.sub("", LEADING.sub("", YEARS.sub("", said)))
    before = SHARED_TAIL.sub("", said)
    before = MODAL.sub("", before) if phrase.changed and CHANGING.search(before) else VERBS.sub("", before)
    before = TRAILING.sub("", OF_YEAR.sub("", before.strip(TRIM)))
    before = OTHER_FIGURE.sub("", before)
    named = NAME_TAIL.search(before)
    name = (named.group() if named else before).strip(TRIM + "和与将把由从对")
    if len(name) >= 2 and WORD.search(name) and not NO_NAME.fullmatch(name):
        return as_name(name)
    verb = SHARED_TAIL.sub("", said).strip(TRIM + "和与将把由从对")
    is_share = phrase.target and phrase.target.unit == "%"
    if WORD.search(verb) and not NO_NAME.fullmatch(verb):
        return f"{verb}比例" if is_share and len(verb) <= 4 and not verb.endswith(("率", "比例", "比重")) else verb
    return None


def _clause_before(text: str, start: int) -> str:
    """Give the clause before one, within its sentence."""
    if text[start - 1 : start] not in {",", ";"}:
        return ""
    first = max(start - LONGEST, 0)
    said = text[behind_last(CLAUSE, text, first, start - 1) or first : start - 1]
    if COUNTED_THERE.search(said):
        return ""
    figure = next((one.start for one in read(said) if one.kind is Kind.METRIC), None)
    return said[:figure]


def _thing_behind(text: str, phrase: Phrase) -> str | None:
    """Name a count by the thing behind it: 2名以上专职人员."""
    after = AT_RATE.sub("", trimmed(text[phrase.end : clause_end(text, phrase.end)]))
    return as_name(after) if WORD.search(after) and not NO_THING.match(after) else None


def _verb_of(phrase: Phrase) -> str | None:
    """Name a figure by its own verb where nothing else names it: 压减至4个工作日以内."""
    found = OWN_VERB.match(phrase.quote)
    return found.group() if found else phrase.quote
