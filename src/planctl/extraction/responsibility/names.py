"""Lists of units as documents write them: 国家发展改革委、教育部等国务院相关部门及各地区; 城区法制办、司法局.

All text here is folded. A generic party (国务院相关部门, 各地区) is a name like any other; 等, 等部门 only say that the list is open.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX = re.compile(
    r"""(?:[部委局厅办院署司行社府室处科所站队台馆团联校库庭]|(?<!社)会|中心|公司|集团|海关|党组|机关|单位|部门|地区|各地|地方|乡镇|镇街|街道|街办
    |[乡镇县市区省州旗盟]|园区|企业|小组|专班|政协|人大|工会|妇联|残联|科协|文联|侨联|社科联|工商联|供销社|协会|商会|学会|基地|银行|支行
    |铁塔|移动|联通|电信|邮政|烟草|供电|气象|高校|院校|医院|法院|检察院|组织|窗口|主体|责任人|负责人|牵头人|各级党委|平台|机构
    |团中央|^中国(?:信保|人保|结算|石油|石化|海油|中车|移动|电信)|电网|国家管网|国铁|各村居?|(?:有关|相关|各)方面|(?:有关|相关|各|试点)省份
    |公交|机场|(?:大|中|小|党)学|党校|公路段|(?:党政|四套)班子)$""",
    re.VERBOSE,
)
"""How the name of a unit ends."""
NO_UNIT = re.compile(
    r"[。;:!?“”《》=<>]|[的了]|为单位$|小区$|^(?:坚持|推动|形成|落实(?!办|处)|压实|实行|构建|建立|健全|明确|督促|动员|引导|鼓励)"
)
"""What stands in, before or behind words that only end as names of units do: 以县为单位, 推动形成部门."""
PLAIN = re.compile(r"(?!以|对|将|把|按|在|其|该|等$)[\u4e00-\u9fffA-Za-z0-9()·“”-]{2,16}")
DOING = re.compile(r"[的了]|负责|牵头|配合|落实|完成|推进|按照|不|为|要|应|及其|年|月|日|如下|除外|同时|其中|包括")
"""What the name of no unit has in it."""
CORE = re.compile(r"(?:[部委局厅办院署会司行府室处社]|中心|支队|大队|总队|海关|公司|集团)$")
"""How a single unit ends, and not a group or a place."""
BARE_END = re.compile(rf"{CORE.pattern}|(?:联|工会|团委|联合会|联社|供销社|协会)$")
"""How a department or another body of a place ends."""
GENERIC = re.compile(r"各|相关|有关|其他|所有|全[国省市县区]|成员|责任|牵头")
KIND = re.compile(
    r"机关|机构|级|地方|主管|承办|执法|制定|决策|本[部单]|我|该|其|政府[^办部]|人民政府$|党委$|企业|社会|专家|人员|村|学会|协会|委员会$|工作会|公司|中心$|法院$|检察院$|这|一|两|不"
)
"""What names a kind of units, or none."""
INCLUDED = re.compile(r"(?P<name>各[^()]{1,12})\((?:含|包括)(?P<inside>[^()]{3,60})\)")
LEVELS_OF_PLACES = "市州县区旗盟"
BARE_PLACE = re.compile(rf"(?!各|有关|相关|其他|全|省|市|县|区|本|所|等)[\u4e00-\u9fff]{{2,4}}?[{LEVELS_OF_PLACES}]?")
"""A place that stands for its government: 青岚、碧溪市人民政府."""
PLACE_BODY = re.compile(
    rf"(?P<place>(?!各|有关|相关|其他|全|省|所)[\u4e00-\u9fff]{{2,4}})(?P<level>[{LEVELS_OF_PLACES}])(?:委|党委|人民政府|政府|委和政府)?"
)
OPEN = re.compile(
    r"""(?<![高中初同平优上下对])等(?:[0-9一二两三四五六七八九十]{1,3}个?)?(?:(?:主管|职能|市级|县级|区级|省级|党政|中央|行业)?(?:部门和单位|部门\(单位\)|部门及单位|部门单位|单位和部门|部门、单位|部门|单位|地方|村|社区|乡镇|街道|镇|县|区))?
    (?=$|[、,;及和以与按分共])|等(?=有关|相关|国务院|国家|中央|各|其他|省|市|县|区|职能|成员|主管)
    |(?<![高中初同平优上下对])等(?=[^、,;等级()]{2,8}(?:单位|部门|企业|机构|院校|公司|协会|银行|街道|乡镇)(?:$|[、,;()]))""",
    re.VERBOSE,
)
SPLIT = re.compile(r"[、,;/|\n\t]|以及|及(?!其|时|格)|并(?=各|由|会)|(?<=单位|部门)和(?=各)")
BARE_PARTY = re.compile(r"(?<=地区|地方)、(?=(?:部门|单位)(?:$|[,;和]))")
"""各有关地区、部门 are two parties, though the second is not called 各 again."""
AND = re.compile(r"[和与]")
PLACE = re.compile(r"(?:城区|新区|自治区|自治州|高新区|经开区|开发区|省|市(?!场|容|政(?![府协务法研策]))|县(?!域)|区(?!域|块)|州|旗)")
DEPARTMENT = re.compile(
    r"""发展|发改|改革|财政|公安|司法|法制|法治|民政|民族|民宗|宗教|教育|教体|科技|科学|工信|工业|工商|经信|经济|经贸|人社|人力|人事|人防|人民防空|劳动|社会|社保|自然资源
    |规划|国土|住建|住房|房管|房产|建设|建委|城建|城管|城市|城乡|综合|行政|执法|交通|交警|交管|公路|运输|水利|水务|河长|农业|农牧|农林|农经|农机|农村|农办|林业|林草|林长|畜牧|渔业|海洋|粮食
    |商务|投资|投促|招商|贸促|口岸|物流|文化|文旅|文广|文体|文物|文明|旅游|广电|广播|新闻|出版|电影|体育|卫健|卫生|健康|疾控|疾病|中医|医保|医疗|退役|双拥|应急|安全|安委|安监|消防|防汛|防震|减灾
    |审计|外事|外办|侨务|侨办|港澳|台办|台湾|国资|国有|国防|国动|国家安全|国安|市场|质监|质量|食品|食药|药品|药监|知识产权|统计|调查|信访|机关|事管|政务|政策|政府办|政研|督查|审批|营商|公共
    |大数据|数据|数字|信息|网信|网络|通信|无线电|金融|税务|国税|地税|气象|地震|烟草|邮政|供销|供电|能源|煤炭|电力|铁路|民航|机场|海事|港航|生态|环保|环境|绿化|园林|林园|市政|市容|爱卫|节能|地方|地质|测绘|档案|史志|方志|党史
    |保密|机要|老干部|老龄|乡村|扶贫|移民|残联|残疾|妇联|妇女|妇儿|工会|总工会|团委|共青团|工商联|科协|文联|社科联|侨联|红十字|关工委|编办|机构编制|编制|组织部|宣传部|统战部|政法委|巡察|考核|目标|绩效|财经|人才|工委
    |法院|检察院|中级人民法院|人民法院|人民检察院|监委|纪委|救助|就业|殡葬|不动产|土地|矿山|重大|重点|项目|接待|会展|博物|图书|学校|幼教|督导|仲裁|公证|法律|企业|中小企业|民营|个私|消费|养老|慈善|开放|对外|区域|合作|驻""",
    re.VERBOSE,
)
"""What the names of departments begin with that may stand without their place: 财政局, 发改委."""
OWN_PLACE = re.compile(r"(?:管委会|管理委员会|分局|支行|分行|街道办事处|办事处|银行|公司|集团)$")
"""What has a place or a line of its own, whatever its name begins with."""
COMMITTEE = re.compile(r"(?P<place>(?!中共)[^、,;]{1,12})(?P<level>[市县区州旗盟镇乡])(?:委|党委)$")
"""青岚市委、市政府 is 青岚市委 and 青岚市政府."""
PARTY_OFFICE = re.compile(r"(?:宣传部|组织部|统战部|社会工作部|政法委|网信办|编办|改革办|巡察办|财经办|外办|台办)$")
"""Offices of a party committee: 市委宣传部、组织部."""
STRANGE = re.compile(
    r"^(?:中国|中央|国家|全国|人民银行|国网|省|市(?!场|容|政(?!府))|县(?!域)|区(?!域|块)|州|各|驻|团|政府(?!办)|县级|市级|省级|区级|有关|相关|其他|银保监|金融监管|海关|税务总局|.{0,8}(?:分局|支行|分公司|公司|集团|银行|电网|铁塔))"
)
"""What has a place, a level or a line of its own, and takes none from the name before it."""
LEVEL = (
    r"(?:自治区|直辖市|自治州|自治县|设区市|设区的市|地级市|县级市|省直管县|开发区|新区|地区|乡镇"
    r"|[省市州县区旗盟地镇乡]{1,4}(?:级(?![^人政党、(〔\[]))?)"
)
ASIDE = r"(?:[(〔\[][^()〔〕\[\]\n]{1,14}[)〕\]])?"
LEVELS = re.compile(
    rf"各?{LEVEL}{ASIDE}(?:[、和]{LEVEL}{ASIDE}){{1,4}}(?=人民政府|政府|党委|两级|三级)"
    rf"|各{LEVEL}{ASIDE}(?:、(?!乡|镇|开发区|新区){LEVEL}{ASIDE}){{1,3}}(?=$|[,;。)]|负责|按|分)"
)
"""各市、县人民政府 is one party, and so is 各市、县(市、区)."""
RUN_ON = re.compile(
    rf"(?<=[局委办部厅院会府])(?=(?<=.{{3}}[局委办厅])各[^、,;]{{1,10}}(?:政府|街道|乡镇|管委会|办事处)|(?:省|市|州|县|区|旗)(?:委(?:办公|宣传|组织|统战|政法|社会|网信|编办|改革)|政府办|(?:{DEPARTMENT.pattern})[^、,;]{{0,12}}[局委办部厅院会心队]))",
    re.VERBOSE,
)
"""Where one name ends and the next begins although nothing stands between them: 市司法局|市税务局."""
FILLERS = re.compile(
    r"^(?:上述|以上|此项|该项|这项|本项|前述)(?:各项)?(?:(?:(?:工作|任务|事项|措施|政策)(?!专班|小组|组|办))+(?:均|都|分别)?由?|(?:均|都|分别)?由)(?=.{2})"
    r"|^(?:国家|[省市县区])(?:级|直|级层面):|^(?:由|并由|请|和|与|会同|同时由|原则上由|具体由)(?=.{2})|^[:：、,;。\-—]+"
)
FIRST_VERB = re.compile(
    r"(?:[部委局厅办院署会司行府室处社]|部门|单位|中心|地区|街道|乡镇|公司|机构|等)(?=等?(?:建立|建设|制定|研究|开展|组织(?!部)|推进|推动|完善|加强|负责|做好|出台|编制|落实|指导|定期|不定期|对|加快|统筹"
    r"|提出|共同|实施|抓好|印发|按|要|应|根据|积极|健全|督促|探索|牵头|组建|召开|会商|起草|拟[订定]|修订|明确|结合|每|于|在|进一步|及时|依法|全面|深入|持续|规范|强化|优化"
    r"|梳理|清理|公布|发布|评估|检查|监督(?!管理|局)|配合|参与|协调|将|为|向|从|以|通过|围绕|聚焦|联合|签订|调查|汇总|总结|审核|确定|选取|选择|设立|搭建|打造|培育|引导|支持|鼓励|扩大|提升|提高|严格|切实|认真|适时|抽查|排查|整治|打击|查处|核查|编印|举办|承担|完成|形成|报|汇编|构建|细化|统一"
    r"|疏通|畅通|打通|整合|压减|压缩|降低|减少|清退|取缔|调整|改进|放宽|取消|简化|精简|推广|拓展|防范|化解|解决|处置|纠正|增加|加大|安排|拨付|配备))"
)
"""Where in a clause the names end and what is done begins."""
ROLES = re.compile(r"^(?:牵头|责任|配合|参加|协办|主办)(?:单位|部门)(?=.)[:：]?")
TAIL = re.compile(r"[。;,、:.()（）\[\]]+$")
LONGEST = 40


class Names(NamedTuple):
    """The units of a list, in order, and whether it says that it is not complete."""

    names: tuple[str, ...] = ()
    is_open: bool = False


class Lexicon(NamedTuple):
    """What a document itself tells of names: those that stand alone in it."""

    alone: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    """Names that begin a list without a place before them."""


def read_names(text: str, lexicon: Lexicon | None = None) -> Names:
    """Read a list of units."""
    text = BARE_PARTY.sub("、\3", unbracketed(text))
    marked = OPEN.sub(_opened, LEVELS.sub(lambda found: found.group().replace("、", "\2"), text))
    is_open = "\0" in marked
    known = lexicon.alone if lexicon else frozenset[str]()
    pieces = (part for piece in _pieces(marked) for part in _run_on(piece.replace("\0", "")))
    names = [name for piece in pieces for name in _parted(piece, known)]
    whole = [name.replace("\2", "、").replace("\3", "") for name in map(_cleaned, names) if name]
    found = _of_places(_distributed([each for name in whole for each in _with_included(name)], lexicon))
    return Names(tuple(dict.fromkeys(found)), is_open)


def _with_included(name: str) -> Iterator[str]:
    """Divide 各区政府(含大鹏新区管委会、前海管理局), which names units beside a kind of them."""
    found = INCLUDED.fullmatch(name)
    inside = re.split(r"[、,]", found["inside"]) if found else []
    yield from [found["name"], *inside] if found and all(map(is_unit, [found["name"], *inside])) else [name]


def _is_bare_place(name: str) -> bool:
    is_place = name[-1] in LEVELS_OF_PLACES and not name.endswith(("新区", "开发区", "经开区", "园区"))
    return bool(BARE_PLACE.fullmatch(name)) and (is_place or not is_unit(name))


def _of_places(names: list[str]) -> list[str]:
    """Give each of several places what stands behind the last: 青岚、碧溪市委和市政府."""
    found: list[str] = []
    index = 0
    while index < len(names):
        last = index
        while last < len(names) and _is_bare_place(names[last]):
            last += 1
        last -= last > index + 1 and last == len(names)
        body = PLACE_BODY.fullmatch(names[last]) if index < last < len(names) else None
        if not body:
            found.append(names[index])
            index += 1
            continue
        stem = body["place"] + body["level"]
        bodies = [name.removeprefix(stem) for name in names[last:] if name.startswith(stem)][:2]
        places = [name if name[-1] in LEVELS_OF_PLACES else name + body["level"] for name in names[index:last]]
        found += [place + each for place in places for each in bodies]
        index = last
    return found


def _blanks(printed: str) -> Iterator[tuple[str, str]]:
    """Find the names that only a blank parts: 市司法局 市税务局; but not 市政府 办公室."""
    tokens = re.split(r"[ \t\u3000\u00a0]+", printed)
    for one, two in pairwise(tokens):
        left, right = re.split(r"[^\u4e00-\u9fff]", one)[-1], re.split(r"[^\u4e00-\u9fff]", two)[0]
        starts = place_of(right) or DEPARTMENT.match(right) or re.match(r"各.{2,}", right)
        if starts and len(right) > 2 and is_unit(left) and is_unit(right) and (BARE_END.search(left) or left.endswith("政府")):
            yield left, right


def divided(folded: str, printed: str) -> str:
    """Put a separator between names that only a blank parts."""
    for left, right in dict.fromkeys(_blanks(printed)):
        folded = folded.replace(left + right, f"{left}、{right}")
    return folded


def is_unit(name: str) -> bool:
    """Tell whether something looks like the name of a unit."""
    plain = re.sub(r"\([^()]*\)$", "", name)
    return 1 < len(plain) <= LONGEST and bool(SUFFIX.search(plain)) and not NO_UNIT.search(plain)


def may_be_unit(name: str) -> bool:
    """Tell whether something may be the name of a unit where units are listed, whatever it ends with: 中国信保, 临港."""
    return is_unit(name) or bool(PLAIN.fullmatch(name) and not DOING.search(name))


def is_single(name: str) -> bool:
    """Tell whether a name is that of one unit, and not of a kind of units."""
    return bool(CORE.search(name)) and not GENERIC.search(name) and not KIND.search(name) and len(name) <= 20


def _opened(found: re.Match[str]) -> str:
    """Put a mark where a list is open; a generic party that follows it is a name of its own."""
    return (
        "、"
        if found.group() == "等" and found.end() < len(found.string) and found.string[found.end()] not in "、,;及和以与按分共"
        else "\0"
    )


def _pieces(text: str) -> Iterator[str]:
    """Split at separators outside brackets."""
    inside = iter(_bracketed(text))
    opened, closed = next(inside, (len(text), len(text)))
    start = 0
    for found in SPLIT.finditer(text):
        while closed < found.start():
            opened, closed = next(inside, (len(text), len(text)))
        if start <= found.start() < opened:
            yield text[start : found.start()]
            start = found.end()
    yield text[start:]


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Give the outermost pairs of brackets; one that is left alone does not count."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for found in re.finditer(r"[()\[\]〔〕【】]", text):
        if found.group() in "([〔【":
            opened.append(found.start())
        elif opened:
            start = opened.pop()
            while pairs and pairs[-1][0] > start:
                pairs.pop()
            pairs.append((start, found.start()))
    return pairs


def _run_on(piece: str) -> Iterator[str]:
    """Split names that follow each other without a separator."""
    start = 0
    for found in RUN_ON.finditer(piece):
        if found.start() - start <= LONGEST and is_unit(piece[start : found.start()]) and "(" not in piece[start : found.start()]:
            yield piece[start : found.start()]
            start = found.start()
    yield piece[start:]


def _parted(piece: str, known: frozenset[str]) -> Iterator[str]:
    """Split at 和 and 与 where both sides are units; inside a name (人力资源和社会保障局, 有关部门和单位) they stay."""
    for found in AND.finditer(piece):
        left, right = piece[: found.start()], piece[found.end() :]
        if left.count("(") > left.count(")") or not right:
            continue
        if (left in known or _is_whole(left)) and (right in known or _is_second(right)):
            yield left
            yield from _parted(right, known)
            return
    yield piece


def _is_whole(name: str) -> bool:
    plain = re.sub(r"\([^()]*\)$", "", name)
    return (
        len(plain) >= 2
        and bool(CORE.search(plain) or re.search(r"(?:乡镇|街道|各地区|各地|法院|检察院|各部门|各单位|政府)$", plain))
        and plain not in {"部门", "社会"}
        and not re.search(r"(?<!公)(?<!研究)(?<!督查)室$", plain)
    )


def _is_second(name: str) -> bool:
    """单位 alone belongs to what stands before it: 部门和单位."""
    return is_unit(name) and not re.match(r"(?:有关|相关)?(?:单位|部门|机构|个人|企业|政府)$", name)


def _cleaned(name: str) -> str:
    name = unbracketed(name.strip("。;,、: \n\t"))
    for pattern in (FILLERS, ROLES):
        name = pattern.sub("", name)
    name = unbracketed(name.strip("。;,、:"))
    if name.count("(") > name.count(")"):
        name = name + ")" * (name.count("(") - name.count(")"))
    return name if len(name) > 1 and not re.fullmatch(r"等|部门|单位|下同|[0-9]+", name) else ""


def unbracketed(name: str) -> str:
    """Take off brackets that are left alone at either end, or that stand around the whole name."""
    for opening, closing in ("()", "〔〕", "[]", "【】"):
        excess = name.count(opening) - name.count(closing)
        if excess < 0:
            name = name[: len(name) - min(-excess, len(name) - len(name.rstrip(closing)))]
        elif excess:
            name = name[min(excess, len(name) - len(name.lstrip(opening))) :]
        elif name.startswith(opening) and name.find(closing) == len(name) - 1:
            name = name[1:-1]
    return name


def leading_names(text: str, lexicon: Lexicon | None = None) -> Names:
    """Read the units that a clause begins with, up to the verb: 区委组织部、区委编办建立…, 有关部门制定…."""
    verb = FIRST_VERB.search(text)
    said = text[: verb.end()] if verb else text
    return read_names(said, lexicon)


def place_of(name: str) -> str | None:
    """Give the place or level that stands before the name of a department: 城区法制办, 市财政局, 市委宣传部."""
    found = PLACE.match(name)
    if not found or not CORE.search(name) or GENERIC.search(name) or len(name) - found.end() < 2:
        return None
    rest = name[found.end() :]
    return None if re.fullmatch(r"(?:委|政府|人大|政协|纪委|监委|场.*)", rest) else found.group()


def _distributed(names: list[str], lexicon: Lexicon | None) -> list[str]:
    """Give the place of the first name to those after it that have none: 城区法制办、司法局.

    Where a later name repeats the place, it is written where it is meant: 省市场监管局、生态环境厅、省文物局.
    """
    places = [place_of(name) for name in names]
    last = {place: index for index, place in enumerate(places) if place}
    place: str | None = None
    is_party = False
    whole: list[str] = []
    for index, (name, own) in enumerate(zip(names, places, strict=True)):
        if own:
            place, is_party = own, name[len(own) :].startswith("委")
        if index and (lead := COMMITTEE.match(names[index - 1])) and re.fullmatch(rf"{lead['level']}(?:人民)?政府", name):
            whole.append(lead["place"] + name)
            continue
        is_office = is_party and bool(PARTY_OFFICE.search(name))
        taken = place if not own and place and (is_office or index > last[place]) and _takes_place(name, lexicon) else ""
        whole.append(taken + ("委" if taken and is_office else "") + name)
    return whole


def _takes_place(name: str, lexicon: Lexicon | None) -> bool:
    """Tell whether a name is the bare one of a department, which has its place from the list that it stands in."""
    if not DEPARTMENT.match(name) or not BARE_END.search(name) or GENERIC.search(name) or STRANGE.match(name) or len(name) > 14:
        return False
    if OWN_PLACE.search(name) or (re.search(r"(?:部|署|总局|社)$", name) and not PARTY_OFFICE.search(name)):
        return False
    return lexicon is None or not (name in lexicon.bare or (name.endswith("厅") and any(one.endswith("厅") for one in lexicon.bare)))


def learn(lists: Iterable[str]) -> Lexicon:
    """Learn from all lists of a document which names stand alone, and which begin a list without a place."""
    alone: set[str] = set()
    bare: set[str] = set()
    for text in lists:
        pieces = [_cleaned(piece.replace("\0", "")) for piece in _pieces(OPEN.sub(_opened, text))]
        alone.update(piece for piece in pieces if piece and is_unit(piece) and not AND.search(piece))
        if pieces and pieces[0] and place_of(pieces[0]) is None:
            bare.add(pieces[0])
    return Lexicon(frozenset(alone), frozenset(bare))


def as_printed(names: tuple[str, ...], printed: str) -> tuple[str, ...]:
    """Give names the width that their brackets have in print."""
    wide = {name: name.replace("(", "（").replace(")", "）").replace(",", "，") for name in names}
    return tuple(wide[name] if wide[name] in printed else name for name in names)
