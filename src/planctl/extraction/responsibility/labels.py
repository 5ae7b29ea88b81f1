"""Where a clause says who is responsible: a bracket, a line with its role before it, a last sentence. What it says is read elsewhere.

All text here is folded. A label is a stretch of a clause that says nothing but who does it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.responsibility.duties import BY_DUTY, KIND_OF_UNIT, PERSON, ROLE, VERB, read_duty
from planctl.extraction.responsibility.names import is_single, is_unit, may_be_unit
from planctl.extraction.script import line_end

if TYPE_CHECKING:
    from collections.abc import Iterator

ROLE_IS = re.compile(rf"(?:牵头|责任|主办|承办|配合|负责|实施){KIND_OF_UNIT}(?:为|是)")
HINT = re.compile(
    r"牵头|负责|配合|会同|单位[:：]|部门[:：]|各司其|各负其|按职责|分工|主办|承办|协办|落实|参与|参加|参加单位|指导|组织实施|责任[:：]|主责|抓总|总责|督导"
)
WHOLE = re.compile(r"(?:负责|配合|参与|参加|协助|落实|实施|各司其[责职]|各负其责)$")
ENDS_WITH_ROLE = re.compile(
    rf"(?:牵头|主办|负责|配合|参加|参与|协办|协助|支持|指导|各司其[责职]|各负其责|{BY_DUTY.pattern})(?:落实|实施|推进)?(?:$|[,;][^、]{{0,20}}$)"
)
"""How brackets end that name who is responsible."""
CLOSING = re.compile(
    r"(?<=[局委办部厅院会府心队处科所站室社司门位镇道署行关县市区])(?:请(?:各|认真|于|结合|按)|各[^,。;、:\n]{1,16}(?:要(?!求)|应当?(?!急)|务必)|本(?:方案|意见|通知|办法|措施|计划)(?:自|由|从))"
)
"""How the closing of a document begins right behind the last name of a label: …市信访局请各单位于…."""
END = re.compile(r"[。;]?(?:\n|$)")
BEHIND = re.compile(
    r"[。;]?(?:\((?:此件|本文|信息公开|公开)|(?:信息)?公开(?:方式|属性|类别)|附(?:件|表)[:：0-9]|抄送|\(?联系(?:人|电话)|【|责任编辑|打印|本(?:方案|意见|通知|办法|措施|计划|要点)"
    r"|请各|[\u4e00-\u9fff]{4,30}(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日)"
)
"""What may follow the last label of a document on the same line."""


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
    while text[closed : closed + 1] == ")" and text.count("(", opened, closed + 1) < text.count(")", opened, closed + 1):
        closed += 1
    ends_all = bool(BEHIND.match(text, closed))
    is_last = closed >= end or text[closed : closed + 1] in {"", "\n", "。", ";"} or ends_all
    stands_apart = text[opened - 1 : opened] in {"。", ";", "\n", "!", "”"}
    if not all(map(is_unit, named)):
        return is_last and all(map(may_be_unit, named)) and _tells_of_units(inside, named, stands_apart=stands_apart)
    ends = closed >= end or bool(END.match(text, closed)) or ends_all
    several = ends and len(named) > 1 and any(map(is_single, named))
    return speaks or (is_last and (stands_apart or several or all(len(name) > 2 and is_single(name) for name in named)))


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
    if line > start and text[line - 1] == ":":  # the names stand on the next line
        following = line_end(text, line + 1, end)
        line = line if ":" in text[line:following] else following
    stop = line if line >= 0 else end
    sentence = text.find("。", start, stop)
    stop = sentence + 1 if sentence >= 0 else stop
    closing = CLOSING.search(text, start, stop)
    return closing.start() if closing else stop


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
    if begin <= start or not 4 < len(said) < 300 or not (WHOLE.search(said) or ROLE_IS.match(said)):
        return
    duty = read_duty(said)
    if duty.lead and all(map(is_unit, (*duty.lead, *duty.support))):
        yield Label(begin, stop, said)
