"""Who is responsible: brackets, lines and sentences such as (A牵头,B、C按职责分工负责), 责任单位:A、B, X会同Y, 各司其责.

All text here is folded. A label is a stretch of a clause that says nothing but who does it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.names import GENERIC, Lexicon, Names, is_single, is_unit, may_be_unit, read_names, unbracketed

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE = re.compile(
    r"""\(?(?P<head>(?:(?P<lead>牵头(?:责任|组织|实施|负责)?|主办|主责|总牵头|主要责任|第一责任|主管责任)
      |(?P<support>参加|配合|协办|参与|协同|协助|支持|支撑|成员|协作|配合责任|督导|督办|督查|监督|验收)
      |(?P<guide>(?:业务|行业|统筹)?指导)
      |(?P<duty>责任|承办|实施|落实|负责|组织|完成|执行|主管|整改(?:责任|主体)?|包保|主体责任))
      (?:单位|部门|处室|科室|股室|机构|主体|地区|方)(?:和(?:配合|参加|责任)?(?:单位|部门))?|(?P<by>责任分工|任务分工|分工|责任主体)|(?P<short>牵头|配合|责任|主办|协办))\)?[:：]""",
    re.VERBOSE,
)
PERSON = re.compile(
    r"(?:牵头|责任|分管|包保|配合|联系|主管)?(?:(?:[县市区省]级?)?领导|责任人|负责人|人员|联系人|时限|时间|完成时限|完成时间|时间安排|进度安排|目标)[:：]"
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
WHEN = re.compile(
    r"(?:于|在)?(?:(?:19|20)[0-9]{2}年|每年|每季度|每月|[0-9]{1,2}月|年底|年内|上半年|长期|持续)[^,;。()、]{0,14}(?:完成|取得实质性进展|取得.{0,6}成效|实施|推进|坚持|前|落实|见效)?"
)
ASIDE = re.compile(r"以下[均同]|不再列出|下同$")
INNER = re.compile(r"(?<=[^\n])\((?P<inside>[^()\n]{3,120})\)")
NAME_WORDS = re.compile(r"(?:落实|实施|协助|指导|推进|支持|执行|配合|协同)(?:办|小组|中心|委员会|局|处|科)|含|包括|除")
HINT = re.compile(
    r"牵头|负责|配合|会同|单位[:：]|部门[:：]|各司其|各负其|按职责|分工|主办|承办|协办|落实|参与|参加|参加单位|指导|组织实施|责任[:：]|主责|抓总|总责|督导"
)
WHOLE = re.compile(r"(?:负责|配合|参与|参加|协助|落实|实施|各司其[责职]|各负其责)$")


ENDS_WITH_ROLE = re.compile(
    rf"(?:牵头|主办|负责|配合|参加|参与|协办|协助|支持|指导|各司其[责职]|各负其责|{BY_DUTY.pattern})(?:落实|实施|推进)?(?:$|[,;][^、]{{0,20}}$)"
)
"""How brackets end that name who is responsible."""


class Duty(NamedTuple):
    """Who leads and who supports."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    by_duty: bool = False
    is_open: bool = False
    has_lead: bool = False
    """Whether a lead is named as such, and not merely as responsible."""


class Label(NamedTuple):
    """A label with its place."""

    start: int
    end: int
    text: str
    """What it says, without its brackets."""


def find_labels(text: str, start: int, end: int) -> list[Label]:
    """Find the labels of a clause."""
    brackets = list(_brackets(text, start, end))
    colons = list(_colons(text, start, end, brackets))
    found = sorted([*colons, *(one for one in brackets if not any(_is_within(one, label) for label in colons))])
    if not found:
        found = [*_damaged(text, start, end)] or [*_last_sentence(text, start, end)]
    return _joined(text, found)


def _is_within(inner: Label, outer: Label) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _joined(text: str, labels: list[Label]) -> list[Label]:
    """Put lines of roles that follow each other together: 牵头单位:A / 责任单位:B is one label, in which B supports A."""
    joined: list[Label] = []
    for label in labels:
        last = joined[-1] if joined else None
        if last and ROLE.search(last.text) and ROLE.match(label.text) and not text[last.end : label.start].strip("\n;,。()"):
            joined[-1] = Label(last.start, label.end, f"{last.text};{label.text}")
        else:
            joined.append(label)
    return joined


def read_duty(text: str, lexicon: Lexicon | None = None, *, first_leads: bool = False) -> Duty:
    """Read what a label says."""
    said = _without_notes(text) if FIRST.search(text) or "下同" in text else text
    said = IS.sub(r"\g<kind>:", _without_times(said))
    if MARKED.search(said):
        return _marked(said, lexicon)
    inner = [found for found in INNER.finditer(said) if _speaks_of_duty(found["inside"])]
    for found in reversed(inner):
        said = said[: found.start()] + said[found.end() :]
    duty = _by_roles(said, lexicon) if ROLE.search(said) else _by_verbs(said, lexicon)
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


def join_duties(duties: list[Duty]) -> Duty:
    """Put the labels of one clause together."""
    if len(duties) == 1:
        return duties[0]
    has_lead = any(duty.has_lead for duty in duties)
    named = dict.fromkeys(name for duty in duties for name in duty.lead)
    own = {name for duty in duties if duty.has_lead for name in duty.lead}
    lead = [name for name in named if not has_lead or name in own or not GENERIC.search(name)]
    support = dict.fromkeys(name for name in (*named, *(name for duty in duties for name in duty.support)) if name not in lead)
    flags = any(duty.by_duty for duty in duties), any(duty.is_open for duty in duties)
    return Duty(tuple(lead), tuple(support), *flags, has_lead)


def _brackets(text: str, start: int, end: int) -> Iterator[Label]:
    """Find balanced brackets that hold a label."""
    stack: list[int] = []
    for found in re.finditer(r"[()\[\]【】〔〕\n]", text[start:end]):
        at, character = start + found.start(), found.group()
        if character == "\n":
            stack.clear()
        elif character in "([【〔":
            stack.append(at)
        elif stack:
            opened = stack.pop()
            inside = text[opened + 1 : at]
            if not stack and _is_label(inside, text, opened, at + 1, end):
                yield Label(opened, at + 1, inside)


def _is_label(inside: str, text: str, opened: int, closed: int, end: int) -> bool:
    if len(inside) > 600 or inside.startswith(("以下", "包括", "含", "不含", "如", "即", "见", "详见", "附")):
        return False
    if ROLE.match(inside) or (PERSON.match(inside) and ROLE.search(inside)):
        return True
    duty = read_duty(inside)
    named = (*duty.lead, *duty.support)
    if re.fullmatch(r"(?:牵头|主办|牵头单位|主责)", inside) or not named:
        return False
    speaks = bool(HINT.search(inside) and VERB.search(inside))
    is_last = closed >= end or text[closed : closed + 1] in {"", "\n", "。", ";"}
    stands_apart = text[opened - 1 : opened] in {"。", ";", "\n", "!", "”"}
    if not all(map(is_unit, named)):
        return is_last and all(map(may_be_unit, named)) and _tells_of_units(inside, named, stands_apart=stands_apart)
    return speaks or (is_last and (stands_apart or all(len(name) > 2 and is_single(name) for name in named)))


def _tells_of_units(inside: str, named: tuple[str, ...], *, stands_apart: bool) -> bool:
    """Tell whether brackets with an unfamiliar name are about who does it: a role ends them, or a unit stands beside the name."""
    return bool(ENDS_WITH_ROLE.search(inside)) or (stands_apart and any(map(is_unit, named)))


def _colons(text: str, start: int, end: int, known: list[Label]) -> Iterator[Label]:
    """Find 牵头单位:… outside brackets, up to the end of its paragraph."""
    at = start
    while found := ROLE.search(text, at, end):
        inside = next((label for label in known if label.start <= found.start() < label.end), None)
        stop = inside.end if inside else _end_of_label(text, found.start(), end)
        if not inside and (not found["short"] or _begins(text, found.start(), start)):
            yield Label(found.start(), stop, _balanced(text[found.start() : stop]))
        at = max(stop, found.end())


def _balanced(text: str) -> str:
    """Take off the bracket that closes the whole label, and not one that closes a name."""
    text = text.strip("\n。;,")
    return text[:-1] if text.endswith(")") and text.count("(") < text.count(")") else text


def _begins(text: str, at: int, start: int) -> bool:
    return at == start or text[at - 1] in "。;\n()"


def _end_of_label(text: str, start: int, end: int) -> int:
    line = text.find("\n", start, end)
    stop = line if line >= 0 else end
    sentence = text.find("。", start, stop)
    return sentence + 1 if sentence >= 0 else stop


def _damaged(text: str, start: int, end: int) -> Iterator[Label]:
    """Find a last sentence that is a label with one of its brackets lost."""
    stop = end
    while stop > start and text[stop - 1] in "\n。":
        stop -= 1
    line = text.rfind("\n", start, stop) + 1 or start
    opened = text.rfind("(", line, stop)
    sentence = max(text.rfind(mark, line, stop - 1) for mark in "。;") + 1
    is_open = opened >= 0 and text.find(")", opened, stop) < 0
    is_closed = text[stop - 1 : stop] == ")" and (opened < sentence or text.count("(", sentence, stop) < text.count(")", sentence, stop))
    begin = opened + 1 if is_open else sentence
    inside = text[begin:stop].strip("()")
    if (is_open or is_closed) and begin > start and HINT.search(inside) and len(inside) < 300:
        duty = read_duty(inside)
        if duty.lead and all(map(is_unit, (*duty.lead, *duty.support))):
            yield Label(begin - is_open, stop, inside)


def _last_sentence(text: str, start: int, end: int) -> Iterator[Label]:
    """Find a last sentence without brackets that says only who does it: 市商务局、市财政局按职责分工负责."""
    stop = end
    while stop > start and text[stop - 1] in "\n。":
        stop -= 1
    begin = max(text.rfind("。", start, stop), text.rfind("\n", start, stop)) + 1
    said = text[begin:stop]
    if begin <= start or not 4 < len(said) < 300 or not WHOLE.search(said):
        return
    duty = read_duty(said)
    if duty.lead and all(map(is_unit, (*duty.lead, *duty.support))):
        yield Label(begin, stop, said)


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
