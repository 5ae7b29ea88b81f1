"""Figures that no word binds, but a verb of setting up makes targets: 新建充电桩100个, 创建2000家示范单位, 完成投资5000万元."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from planctl.extraction.obligations.bindings import SENTENCE
from planctl.extraction.obligations.reckoning import MANY, PASSED, Context, cycle_before, sentence_start, when_reached
from planctl.extraction.obligations.wording import DOES, as_name, clause_end, trimmed
from planctl.extraction.records import DraftDeadline
from planctl.model import Deadline, Kind, Target
from planctl.phrases import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.extraction.script import Script

FIGURE = (
    r"(?P<what>[^,。;:、\n()0-9的了]{0,16}?)(?P<figure>(?P<number>[1-9][0-9]{0,8}(?:\.[0-9]{1,3})?)(?P<scale>万亿|万|亿)?"
    r"(?P<unit>(?:人次|人|名|户|家|个|所|座|公里|千米|平方米|亩|公顷|吨|千瓦|兆瓦|张|台|辆|套|栋|条|处|件|项|场次|场|期|美元|元)(?:/[日天年时])?))"
    r"(?:(?=[,。;、)\n]|[和及][1-9]|$)|(?P<noun>(?:“[^“”,。;\n]{1,20}”|[^,。;:、\n()“”0-9的了后]){2,20}?)(?=[,。;、()\n]|[和及][1-9]|$))"
)
SETTING = re.compile(
    r"(?:^|[,。;:、\n(])(?:[^,。;:、\n()0-9的]{1,14}(?:平台|系统|网站|窗口|门户|小程序))?"
    r"(?:并|且|再|全[县市省区镇乡]|(?:计划|力争|争取|确保|力求|今年|全年|年内|累计|共|要|将|拟)){0,3}"
    r"(?:20[0-9]{2}年(?:底前|[1]?[0-9]月底前|内)?,?)?(?:计划|力争|确保|累计)?"
    r"(?P<verb>新建|改建|扩建|新改建|新改扩建|新增|培训|轮训|完成|建成|发放|改造|培育|引进|创建|打造|栽植|新栽|建设|投放|选派|招聘|孵化|认定"
    r"|创成|整治|修复|实施|签约|举办|组织|开展|提供|遴选|推出|推广|上线|选树|评选|培养|设立|建立|发布|制定|支持)" + FIGURE
)
FURTHER = re.compile(r"[、和及]" + FIGURE)
"""建设100个示范县、200个示范镇: the verb sets each of them."""
NO_NOUN = re.compile(
    r"[^,。]*?(?:方面|领域|环节|阶段|层面|维度|奖励|补助|给予|补贴|以上|以下|以内|左右|措施|举措|政策|规定|要求|任务|内容|制度|机制|原则|办法|意见)"
    r"|(?:百分点|工作日|小时|月|部门|单位|乡镇|(?:工作)?(?:专班|小组|组))"
)
"""What a plan counts to describe itself (5项制度, 3个方面), and what a figure is a price for."""
FEW = {"项": 10, "条": 10, "件": 10, "处": 5}
"""Below so many of a unit, things are counted and no target is set; of others two are enough."""
CALLED = ("组织", "支持")
"""组织3名专家 calls them, and sets no number; 组织20场招聘会 does."""
EVENTS = ("场", "场次", "期")
TOLD = re.compile(r",?(?:其中已|已|同比|占)")


def set_figures(script: Script, text: str, start: int, phrases: tuple[Phrase, ...], context: Context) -> Iterator[DraftDeadline]:
    """Find the figures that a verb makes targets; a title needs none that repeats it."""
    for verb, found in _settings(text):
        at, end = found.span("figure")
        index = bisect_right([one.start for one in phrases], at)
        is_known = any(one.start < end and one.end > at for one in phrases)
        if is_known or PASSED.search(_sentence_until(text, end)) or TOLD.match(text, end):
            continue
        if found["noun"] and not _sets_noun(verb, found):
            continue
        figure = Phrase(found["figure"], at, end, Kind.METRIC, target=Target(">=", _value(found), (found["scale"] or "") + found["unit"]))
        placed = (*phrases[:index], figure, *phrases[index:])
        reached = when_reached(text, placed, index, context)
        cycle = cycle_before(text, placed, index)
        if reached.is_past:
            continue
        name = as_name(trimmed(verb + found["what"] + (found["noun"] or "")))
        place = script.place(start + at, start + end)
        quote = script.printed(start + at, start + end)
        due = None if cycle else reached.due
        yield DraftDeadline(
            Deadline("", Kind.METRIC, metric=name, target=figure.target, every=cycle, due=due, quote=quote, what=name), place
        )


def _settings(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Find what the verbs below the title set, each with its verb."""
    title = SENTENCE.search(text)
    for found in SETTING.finditer(text, title.start() if title else len(text)):
        verb = found["verb"]
        yield verb, found
        further = FURTHER.match(text, found.end())
        for _ in range(MANY):
            if not further or SETTING.match(text, further.start()) or not _is_further(found, further):
                break
            yield verb, further
            further = FURTHER.match(text, further.end())


def _is_further(first: re.Match[str], further: re.Match[str]) -> bool:
    """Tell whether a figure of a list is set by the verb of the first: not by one of its own (惠及2000户), nor a sum (总投资5000万元)."""
    has_verb = DOES.match(further["what"]) or further["what"].startswith(("总", "累计", "预计"))
    return not has_verb and further["unit"].endswith("元") == first["unit"].endswith("元")


def _sets_noun(verb: str, found: re.Match[str]) -> bool:
    """Tell whether a figure before its noun is a target: 创建2000家示范单位, but not 实施5项制度."""
    if NO_NOUN.match(found["noun"]) or (verb in CALLED and found["unit"] not in EVENTS):
        return False
    if verb == "完成" and found["what"]:
        return False  # 完成城区300公里管网排查: how far the deed reaches
    return bool(found["scale"]) or float(found["number"]) >= FEW.get(found["unit"], 2)


def _sentence_until(text: str, end: int) -> str:
    """Give the sentence up to a place and the rest of its clause."""
    return text[sentence_start(text, end - 1) : clause_end(text, end)]


def _value(found: re.Match[str]) -> float:
    value = float(found["number"])
    return int(value) if value.is_integer() else value
