"""Who is responsible: brackets, lines and sentences such as (A牵头,B、C按职责分工负责), 责任单位:A、B, X会同Y, 各司其责.

All text here is folded. A label is a stretch of a clause that says nothing but who does it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planctl.extraction.responsibility.names import GENERIC, Lexicon, Names, read_names, unbracketed

ROLE = re.compile(
    r"""\(?(?P<head>(?:(?P<lead>牵头(?:责任|组织|实施|负责)?|主办|主责|总牵头|主要责任|第一责任|主管责任)
      |(?P<support>第[二三四五]责任|参加|配合|协办|参与|协同|协助|支持|支撑|成员|协作|配合责任|督导|督办|督查|监督|验收)
      |(?P<guide>(?:业务|行业|统筹)?指导)
      |(?P<duty>责任|承办|实施|落实|负责|组织|完成|执行|主管|整改(?:责任|主体)?|包保|主体责任))
      (?:单位|部门|处室|科室|股室|机构|主体|地区|方)(?:和(?:配合|参加|责任)?(?:单位|部门))?(?:(?:和|及|与|、)(?:完成|办结|整改)?(?:时限|时间|期限|责任人|责任领导|人员))?|(?P<by>责任分工|任务分工|分工|责任主体)|(?P<short>牵头|配合|责任|主办|协办))\)?[:：]""",
    re.VERBOSE,
)
PERSON = re.compile(
    r"(?:牵头|责任|分管|包保|配合|联系|主管)?(?:(?:[县市区省]级?)?领导|责任人|负责人|人员|联系人)[:：]"
    r"|(?:整改|完成|办结|工作|推进|治理|验收|销号|落实|阶段|主要|具体|年度|预期|序时|进度|改革)*"
    r"(?:时限|时间|期限|时间安排|进度安排|进度|目标任务|目标|措施|成果|成效|内容|要求|任务|节点|情况|标准)[:：]"
)
FIRST = re.compile(
    r"(?:首位|第一位?|第一个|首个|第一家|最前|前列)(?:的|者)?(?:责任)?(?:单位|部门|者)?(?:即?为|是|系)?[^,;。()]{0,4}牵头"
    r"|牵头(?:单位|部门)(?:列|排)在?(?:首位|第一|最前)"
)
"""The rule of a whole document: the first that is listed leads."""
BY_DUTY = re.compile(
    r"按(?:照)?(?:各自|各有关|本部门|自身)?(?:职责|职能|分工|责任|任务)(?:任务|职责)?(?:和|与)?(?:分工|职责)?(?:分别|共同|抓好|做好)?(?:负责|落实|配合|推进|实施|参与|组织实施|承担)?(?:落实|实施|推进)?|各司其[责职]|各负其责|分工负责"
)
KIND_OF_UNIT = r"(?:单位|部门|处室|科室|机构|方)"
HOW = r"(?:总|分别|共同|联合|统一|统筹|具体|全面|直接|主要|各自|密切|积极|主动|全力|协同|按(?:照)?(?:各自)?(?:职责|分工|职责分工))"
NOT_A_NAME = r"(?!办公|办$|办[、,;)]|领导|工作|小组|中心|委员会|委[、,;)]|局|处|科|组|司|室|院|团|站|所|总?队|支队|大队|服务|专班|平台)"
"""推进办, 落实组, 指导中心: a word of doing inside a name."""
VERB = re.compile(
    rf"""(?P<join>会同|牵头会同|联合(?!牵头|负责|实施|落实|推进|承办|组织|会|社|执法|体|惩戒))
      | (?P<lead>
        {HOW}?牵头(?:总?抓总|总负责|统筹|组织实施|组织落实|组织|负责落实|负责|实施|落实|抓好落实|推进|协调|办理)?{NOT_A_NAME}
        |主办|主责|(?:负责)?抓总|负总责|总负责|主抓|统筹(?:协调|负责)?(?=$|[,;。、)])
        |(?:为|作为|是|任){HOW}?(?:牵头|主办|主责|第一责任|主要责任){KIND_OF_UNIT})
      | (?P<support>
        (?:{HOW}{{0,2}}(?:配合|参与|协助|支持|协同(?!办)|参加|(?<!政)协办)(?:配合|落实|实施|抓好落实|做好(?:相关工作)?|推进)?
        |(?:统筹|监督|督促|业务|跟踪|加强|具体|负责|协调|全程)?(?:指导|督导|督促)(?:协调|督促|监督|落实|实施|推进|检查|服务)?|(?:统筹|负责)?协调(?=$|[,;。、)])|(?:负责)?监督(?=$|[,;。)])){NOT_A_NAME}
        |(?:为|作为|是|任)(?:配合|参加|协办|参与|成员|协助|协同|支持|指导){KIND_OF_UNIT})
      | (?P<duty>
        (?:{BY_DUTY.pattern})
        |{HOW}{{0,2}}(?:负责|承办|组织实施|贯彻落实|抓好落实|抓好|抓落实|落实|组织落实|组织推进|实施|承担|推进|完成|执行|办理)(?:落实|实施|组织实施|推进|指导|协调|抓好落实|办理)?{NOT_A_NAME}
        |(?:为|作为|是|任)(?:责任|承办|实施|落实|执行|主体责任|负责){KIND_OF_UNIT})
    """,
    re.VERBOSE,
)
NESTED = re.compile(r"牵头|配合|会同|参与|协助|负责|指导|抓总|实施|协办|承办|(?:落实|承担|推进|完成)(?:$|[,;。])")
"""What divides the units of a label anew: 责任单位:A牵头,B配合."""
OF_SUPPORT = re.compile(r"(?:配合|参与|协助|支持|参加|协办)(?:落实|实施|推进)?$")
GUIDED = re.compile(r"(?:指导|督导|督促)[^,;。、]{0,4}$")
"""Who guides alone is responsible."""
IS = re.compile(rf"(?<=[头办责任合加与助同导施实行])(?P<kind>{KIND_OF_UNIT})(?:为|是)(?=[\u4e00-\u9fff])")
"""牵头单位为市司法局 is 牵头单位:市司法局."""
MARKED_SUPPORT = re.compile(r"\((?:配合|参与|参加|协办|协助|责任)(?:单位|部门)?\)")
MARKED = re.compile(r"\((?:牵头|主办|牵头单位|主责)\)")
SHIELDED = re.compile(
    r"(?:(?<=各)|(?<=有关)|(?<=相关)|(?<=其他)|(?<![\u4e00-\u9fff])(?=.{4}(?:配合|负责|参与|协助|按)))"
    r"(?P<role>承办|参与|配合|牵头|实施|落实|协办|主办|参加|执行|协同)(?P<kind>(?:单位|部门|机构|处室|科室|地区)(?![:为是]))"
)
"""A word of doing that is part of the name of a kind of units: 各承办单位."""
SHIELD = {ord(letter): 0xE000 + index for index, letter in enumerate("承办参与配合牵头实施落协主加执行同")}
UNSHIELD = {new: chr(old) for old, new in SHIELD.items()}
NOTE = re.compile(r"\((?:以下[均同都皆]|下同)[^()]*\)")
WHEN = re.compile(
    r"(?:力争|于|在|到)?(?:(?:19|20)[0-9]{2}年|今年|明年|第?[一二三四]季度|“?十[三四五六]五”?(?=期间|末|时期)|每年|每季度|每月|[0-9]{1,2}月|年底|年内|上半年|长期|持续)[^,;。()、]{0,14}(?:完成|取得实质性进展|取得.{0,6}成效|实施|推进|坚持|前|落实|见效)?"
)
ASIDE = re.compile(r"以下[均同]|不再列出|下同$")
INSPECTED = re.compile(r"(?:负责)?(?:督查|督促|督办|督导|跟踪督查|监督检查)(?:落实|检查|指导|推进)?$")
"""What they do who only inspect."""
INNER = re.compile(r"(?<=[^\n])\((?P<inside>[^()\n]{3,120})\)")
NAME_WORDS = re.compile(r"(?:落实|实施|协助|指导|推进|支持|执行|配合|协同)(?:办|小组|中心|委员会|局|处|科)|含|包括|除")


class Duty(NamedTuple):
    """Who leads and who supports."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    by_duty: bool = False
    is_open: bool = False
    has_lead: bool = False
    """Whether a lead is named as such, and not merely as responsible."""


def read_duty(text: str, lexicon: Lexicon | None = None, *, first_leads: bool = False) -> Duty:
    """Read what a label says."""
    text = SHIELDED.sub(lambda found: found["role"].translate(SHIELD) + found["kind"], NOTE.sub("", text))
    duty = _read_duty(text, lexicon, first_leads=first_leads)
    return duty._replace(lead=tuple(map(_unshielded, duty.lead)), support=tuple(map(_unshielded, duty.support)))


def _unshielded(name: str) -> str:
    return name.translate(UNSHIELD)


def _read_duty(text: str, lexicon: Lexicon | None, *, first_leads: bool) -> Duty:
    said = _without_notes(text) if FIRST.search(text) or "下同" in text else text
    said = IS.sub(r"\g<kind>:", _without_times(said))
    if MARKED.search(said):
        return _marked(said, lexicon)
    inner = [found for found in INNER.finditer(said) if _speaks_of_duty(found["inside"])]
    for found in reversed(inner):
        said = said[: found.start()] + said[found.end() :]
    inspectors: tuple[str, ...] = ()
    if not ROLE.search(said):
        said, inspectors = _without_inspectors(said, lexicon)
    duty = _by_roles(said, lexicon) if ROLE.search(said) else _by_verbs(said, lexicon)
    duty = duty._replace(support=(*duty.support, *(name for name in inspectors if name not in (*duty.lead, *duty.support))))
    if inner:
        asides = [_by_verbs(found["inside"], lexicon) for found in inner]
        if not duty.has_lead and any(aside.has_lead for aside in asides):
            duty = duty._replace(lead=(), support=(*duty.lead, *duty.support))
        duty = join_duties([duty, *asides])
    if first_leads and not duty.has_lead and duty.lead:
        return duty._replace(lead=duty.lead[:1], support=(*duty.lead[1:], *duty.support))
    return duty


def _without_times(text: str) -> str:
    """Take out the clauses of a label that say when: 2021年底前完成."""
    clauses = re.split(r"([,;。])", text)
    return (
        "".join(clause for clause in clauses if not (WHEN.fullmatch(clause) or ASIDE.match(clause))).strip(",;。")
        if len(clauses) > 1
        else text
    )


def _marked(text: str, lexicon: Lexicon | None) -> Duty:
    """Read a list in which the lead is marked: 市教育局(牵头)、市财政局."""
    text = MARKED_SUPPORT.sub("", text)
    plain = BY_DUTY.sub("", ROLE.sub("", MARKED.sub("", text)))
    pieces = re.split(r"[、,;]", ROLE.sub("", text))
    leads = {name for piece in pieces if MARKED.search(piece) for name in read_names(MARKED.sub("", piece), lexicon).names}
    names = read_names(VERB.sub("", plain) if VERB.search(plain) else plain, lexicon)
    lead = tuple(name for name in names.names if any(name.endswith(one) for one in leads))
    rest = tuple(name for name in names.names if name not in lead)
    return Duty(lead, rest, bool(BY_DUTY.search(text)), names.is_open, has_lead=True)


def _speaks_of_duty(inside: str) -> bool:
    """Tell whether brackets inside a label name units with a role, and are no part of a name: (区市场监管局配合), but not (街道)."""
    return bool(VERB.search(inside)) and not NAME_WORDS.search(inside)


def _without_notes(text: str) -> str:
    """Take out what speaks of the document and not of this task: 排在第一位的部门为牵头部门,下同."""
    clauses = re.split(r"([,;。()])", text)
    return "".join(clause for clause in clauses if clause != "下同" and not FIRST.search(clause)).strip(",;。()")


def join_duties(duties: list[Duty], *, are_apart: bool = False) -> Duty:
    """Put the labels of one clause together; each of several that stand apart has its own lead."""
    if len(duties) == 1:
        return duties[0]
    has_lead = any(duty.has_lead for duty in duties)
    named = dict.fromkeys(name for duty in duties for name in duty.lead)
    helped = {name for duty in duties for name in duty.support}
    own = {name for duty in duties if duty.has_lead for name in duty.lead}
    lead = [name for name in named if not has_lead or name in own or not GENERIC.search(name) or (are_apart and name not in helped)]
    support = dict.fromkeys(name for name in (*named, *(name for duty in duties for name in duty.support)) if name not in lead)
    flags = any(duty.by_duty for duty in duties), any(duty.is_open for duty in duties)
    return Duty(tuple(lead), tuple(support), *flags, has_lead)


def _by_roles(text: str, lexicon: Lexicon | None) -> Duty:
    """Read 牵头单位:A;参加单位:B."""
    heads = list(ROLE.finditer(text))
    persons = [found.start() for found in PERSON.finditer(text)]
    groups: dict[str, list[Names]] = {"lead": [], "support": [], "duty": [], "guide": []}
    by_duty = False
    nested: list[Duty] = []
    for index, found in enumerate(heads):
        stop = heads[index + 1].start() if index + 1 < len(heads) else len(text)
        stop = min([stop, *(at for at in persons if at >= found.end())])
        said = unbracketed(text[found.end() : stop].strip("。;,、\n"))
        by_duty |= bool(BY_DUTY.search(said))
        plain = BY_DUTY.sub("", said)
        if VERB.search(plain) and NESTED.search(plain):
            nested.append(_by_verbs(said, lexicon, "duty" if found["guide"] else _role(found)))
            continue
        groups[_role(found)].append(read_names(plain, lexicon))
    groups["support" if groups["lead"] or groups["duty"] or nested else "duty"] += groups.pop("guide")
    return _assembled(groups, by_duty=by_duty, nested=nested)


def _role(found: re.Match[str]) -> str:
    word = found["head"]
    if found["lead"] or word in {"牵头", "主办"}:
        return "lead"
    if found["guide"]:
        return "guide"
    return "support" if found["support"] or word in {"配合", "协办"} else "duty"


def _assembled(groups: dict[str, list[Names]], *, by_duty: bool, nested: list[Duty] | None = None) -> Duty:
    """Who is named as lead leads; else who is responsible does."""
    names = {role: tuple(dict.fromkeys(name for part in parts for name in part.names)) for role, parts in groups.items()}
    is_open = any(part.is_open for parts in groups.values() for part in parts)
    has_lead = bool(names["lead"])
    lead = names["lead"] or names["duty"]
    support = (*(names["duty"] if has_lead else ()), *names["support"])
    duty = Duty(lead, tuple(name for name in dict.fromkeys(support) if name not in lead), by_duty, is_open, has_lead)
    return join_duties([duty, *nested]) if nested else duty


def _by_verbs(text: str, lexicon: Lexicon | None, otherwise: str = "duty") -> Duty:
    """Read A牵头,B、C按职责分工负责; `otherwise` is the role of those whose part no verb tells."""
    groups: dict[str, list[Names]] = {"lead": [], "support": [], "duty": []}
    pending, at, plain_duty = "", 0, False
    for found in VERB.finditer(text):
        said = pending + text[at : found.start()]
        at = found.end()
        role = found.lastgroup or "duty"
        if not said.strip(",;。、"):
            continue
        pending = ""
        if role == "join":
            groups["lead"].append(read_names(said, lexicon))
            pending = "\1"
            continue
        if said.startswith("\1"):
            said, role = said[1:], "support"
        elif _only_supports(found.group(), groups, plain_duty=plain_duty):
            role = "support"
        if role == "support" and not any(groups.values()):
            first, said = _before_last_clause(said)
            groups[otherwise] += [read_names(first, lexicon)] if first else []
        plain_duty |= role == "duty" and not BY_DUTY.match(found.group())
        groups[role].append(read_names(said, lexicon))
    rest = (pending + text[at:]).strip("\1,;。、 \n")
    if rest:
        role = "support" if pending else otherwise
        if pending or not any(groups.values()) or re.match(r"[、,及和]", text[at:]):
            groups[role].append(read_names(rest, lexicon))
    if not (groups["lead"] or groups["duty"]) and GUIDED.search(text):
        groups["duty"], groups["support"] = groups["support"], []
    return _assembled(groups, by_duty=bool(BY_DUTY.search(text)))


def _without_inspectors(text: str, lexicon: Lexicon | None) -> tuple[str, tuple[str, ...]]:
    """Take out the clauses that name who only inspects what others do: 各地区负责,省政府办公厅会同省发展改革委督查落实."""
    clauses = re.split(r"[,;]", text)
    rest = [clause for clause in clauses if not INSPECTED.search(clause)]
    if not rest or len(rest) == len(clauses) or not any(VERB.search(clause) for clause in rest):
        return text, ()
    said = [INSPECTED.sub("", clause).replace("会同", "、").replace("牵头", "") for clause in clauses if INSPECTED.search(clause)]
    return ",".join(rest), tuple(name for piece in said for name in read_names(piece, lexicon).names)


def _only_supports(verb: str, groups: dict[str, list[Names]], *, plain_duty: bool) -> bool:
    """Tell whether a verb of duty says no more than support beside what stands before it: A负责,B按职责配合; A负责,B统筹."""
    if verb.startswith("统筹"):
        return any(groups.values())
    is_duty = VERB.match(verb)
    return bool(is_duty and is_duty.lastgroup == "duty") and bool(
        OF_SUPPORT.search(verb) or (plain_duty and BY_DUTY.match(verb) and not groups["lead"])
    )


def _before_last_clause(said: str) -> tuple[str, str]:
    """Divide 市民政局,各区县政府配合: who stands in a clause of its own before those who support is responsible."""
    first, _, last = said.strip(",;").rpartition(",")
    return first, last
