"""Which items of a document are its tasks: the level that carries the responsibility, or that its numbering runs on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.responsibility.labels import Label, find_labels
from planctl.extraction.responsibility.names import is_unit, read_names
from planctl.extraction.text.endings import (
    ITSELF,
    LONGEST_HEADING,
    before_signature,
    closer_in,
    count_paragraphs,
    end_of,
    ends_with_label_of,
    last_end,
)
from planctl.extraction.text.numbering import Rank
from planctl.extraction.text.outline import Item, walk
from planctl.extraction.text.paragraphs import with_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.extraction.text.outline import Part

NAME = (
    r"(?:工作|总体|主要|基本|发展|建设|改革|行动|实施|年度|具体|重大|重要|现实)?"
    r"(?:指导思想|指导原则|总体要求|总要求|总体思路|总体目标|总体考虑|指导方针|方针|思路目标|工作思路|基本思路|基本原则|工作原则|实施原则|原则|主要目标|工作目标|发展目标|行动目标|建设目标|目标任务|任务目标|目标要求|总目标|目标|重要意义|意义"
    r"|组织机构|领导机构|工作机构|领导小组|工作专班|适用范围|实施范围|实施对象|总则|附则|编制依据|工作依据|背景|现状与形势|发展现状|面临形势|名词解释|有效期"
    r"|(?:规划|编制|政策|出台)背景|发展环境|(?:发展|工作|现有|建设)基础|(?:发展|形势|环境|现状|基础)分析"
    r"|(?:面临的?|当前|国内外|内外部)(?:主要|新)?(?:发展)?(?:形势|环境|机遇|挑战)"
    r"|机遇|挑战|形势|(?:取得的?)?(?:主要|显著)?(?:成效|成就)|回顾)"
)
NO_TASKS = re.compile(
    rf"(?:“?十[一二三四五六七]五”?(?:时期|期间|以来)?)?(?:(?:本|全)?[省市县区国]?)?{NAME}(?:(?:、|和|与|及){NAME})*(?:\([^()]*\))?[。:]?$"
)
MEANING = re.compile(r"^(?:充分|深刻|切实|全面|进一步)?(?:认识|把握|领会|提高)[^。]{0,40}(?:意义|重要性|必要性|紧迫性|思想认识)$")
SENTENCE_END = re.compile(r"[。\n]")
HEADING = 24
OF_ASSURANCE = r"(?:组织|领导|保障|工作|有关|相关|实施|推进|时间|进度|方法|考核|督导|督查|评估)"
ASSURANCE = re.compile(
    rf"(?:切实|认真|全面|进一步|不断)?(?:(?:加强|强化|抓好|做好|加大|健全|明确|严格|狠抓|落实)?{OF_ASSURANCE}{{1,3}}(?:领导|实施|保障|措施|要求|步骤|安排|落实|推进|阶段|分工|机制)?[,、和]?){{1,2}}[。:]?$"
)
"""Headings of what serves the tasks and may be read either way: 组织实施, 保障措施, 加强组织领导, 实施步骤."""
EDGE = re.compile(
    r"情况|形势|背景|意义|认识|要求|目标|思路|原则|步骤|阶段|安排|时限|组织|领导|保障|范围|对象|内容|依据|事项|督导|督查|考核|落实|责任|报送|宣传|任务$|措施$"
)
"""What the headings of sections have that stand before and behind the tasks."""
ABOUT_ITSELF = re.compile(rf"(?:{ITSELF}[^。]{{0,20}}(?:解释|施行|实施|执行|适用)[^。]{{0,30}}。?|为[^。]{{4,120}}制定{ITSELF})[。\n]*$")
"""What an article of a regulation says that only speaks of the regulation: 本办法自2023年5月1日起施行."""
DEFINES = re.compile(rf"(?:{ITSELF}中?所[称指]|[^。]{{2,100}}适用{ITSELF}(?:。|\n|$))")
"""How an article begins that says what words mean, or to whom the regulation applies."""
DUTY = re.compile(r"(?<!不)应当|必须|负责|[0-9]个?(?:工作)?[日天月]内")
LONGEST_NAME = 30
"""A heading that is a name and no sentence."""
TIMED = re.compile(
    r"(?:[0-9]{1,2}月|[0-9]{1,2}日|年)底?之?前|每(?:年|半年|季度|季|月|周|旬)[^。,;]{0,12}(?:报送|报告|上报|通报|调度|开展|召开|检查|[0-9]次)"
)
BINDS = re.compile(rf"{TIMED.pattern}|(?:不(?:得)?(?:少|低)于|不(?:得)?超过|至少|达到?)[0-9.]+(?:%|万?[个家项公里元人名次天小学课])")
"""What sets a time, or a number that is to be reached."""
AIMS = re.compile(rf"{TIMED.pattern}|到?20[0-9]{{2}}年|[0-9.]+(?:%|万|个|家|项|公里)|[0-9]{{1,2}}月")
"""What sets a time or a figure."""
GENERAL = re.compile(r"(?:总则|一般规定)$")
OWN_DUTY = re.compile(r"(?P<names>[^,。;:\n]{2,40}?)(?:应当|必须|负责|组织开展|统筹|承担)")
ENUMERATES = re.compile(r"(?:下列|以下|如下|之一)[^。\n]{0,60}:\n?\Z")
"""How an article begins that lists cases, papers, ways or duties: 应当提交下列材料:."""
CONSEQUENCE = re.compile(r"情[形况]之一[^。]{0,40}(?:处分|追究|问责|处罚|责任|处理|通报|约谈|取消|不得|不予)")
"""An article that only tells what follows a breach."""


class Clause(NamedTuple):
    """An item that is a task, with the items above it, its labels and where its text ends."""

    item: Item
    above: tuple[Item, ...]
    labels: tuple[Label, ...]
    end: int


class Choice(NamedTuple):
    """The tasks of a part, what stands behind the last of them, and the items that were left out though they are numbered as tasks are."""

    clauses: tuple[Clause, ...]
    closing: tuple[int, int] | None
    left_out: tuple[Item, ...]


def heading_of(text: str, item: Item) -> str:
    """Give the first sentence or line of an item."""
    stop = SENTENCE_END.search(text, item.body, item.head)
    return text[item.body : stop.start() if stop else item.head]


def sets_no_tasks(text: str, item: Item) -> bool:
    """Tell whether an item is one of those that set aims or found bodies: 指导思想, 基本原则, 组织机构."""
    heading = re.sub(r"\([^()]*\)$", "", heading_of(text, item))
    return bool(NO_TASKS.match(heading) or MEANING.match(heading)) if len(heading) <= 50 else False


def is_of_assurance(text: str, clause: Clause) -> bool:
    """Tell whether a task, or what it stands in, only serves the tasks: 保障措施, 组织实施. A careful reader may take it or leave it."""
    return any(ASSURANCE.match(heading) for one in (*clause.above, clause.item) if len(heading := heading_of(text, one)) <= HEADING)


def choose(text: str, part: Part) -> Choice:
    """Choose the tasks of a part."""
    everything = list(walk(with_paragraphs(text, part)))
    labels = {item.start: tuple(find_labels(text, item.body, item.head)) for item, _ in everything}
    sections = _headed(text, everything, labels)
    chosen = _labelled(text, everything, labels, sections) if _are_labelled(everything, labels) else _unlabelled(text, part.items)
    if any(labels.values()):
        chosen |= set(_apart(text, everything, chosen))
    chosen -= {item.start for item, _ in everything if _is_about_itself(text[item.body : item.end])}
    numbered = [(item, above) for item, above in everything if item.start in chosen]
    shared = {
        child.start: labels[item.children[-1].start] for item, _ in everything if _shares(text, item, labels) for child in item.children
    }
    gathered = [
        (item, above, _labels_of(item, labels, chosen) or _inherited(above, labels, sections) or shared.get(item.start, ()))
        for item, above in numbered
    ]
    ranks = {task.rank for task, _ in numbered}
    left_out = tuple(
        item
        for item, above in everything
        if item.start not in chosen
        and (_leads_with_aims(text, item, chosen) or not any(child.rank != Rank.DASH or child.start in chosen for child in item.children))
        and not any(one.start in chosen for one in above)
        and (item.rank in ranks or not sets_no_tasks(text, item))
    )
    return _closed(text, gathered, chosen, left_out)


def _is_about_itself(said: str) -> bool:
    return bool(ABOUT_ITSELF.match(said)) or bool(DEFINES.match(said) and not DUTY.search(said))


def _leads_with_aims(text: str, item: Item, chosen: set[int]) -> bool:
    """Tell whether a section says, before the tasks below it, by when or how much: (一)能源转型。到2025年达到20%。1.…."""
    is_above = item.rank in {Rank.HAN_BRACKETS, Rank.ARABIC} and any(child.start in chosen for child in item.children)
    return is_above and bool(AIMS.search(text, item.body + len(heading_of(text, item)), item.head))


def _labels_of(item: Item, labels: dict[int, tuple[Label, ...]], chosen: set[int]) -> tuple[Label, ...]:
    own = list(labels[item.start])
    for child, _ in walk(item.children):
        if child.start not in chosen:
            own += labels[child.start]
    return tuple(own)


def _inherited(above: tuple[Item, ...], labels: dict[int, tuple[Label, ...]], sections: set[int]) -> tuple[Label, ...]:
    """Give the labels of the section that an item without its own stands in."""
    return next((labels[item.start] for item in reversed(above) if item.start in sections), ())


def _headed(text: str, everything: list[tuple[Item, tuple[Item, ...]]], labels: dict[int, tuple[Label, ...]]) -> set[int]:
    """Find the sections whose heading has a label that is meant for all that stands below: 一、优化环境(市司法局牵头)."""
    return {
        item.start
        for item, _ in everything
        if item.rank <= Rank.HAN
        and _labels_heading(text, item, labels[item.start])
        and sum("。" in text[child.body : child.end] for child in item.children if child.rank != Rank.DASH) > 1
    }


def _labels_heading(text: str, item: Item, labels: tuple[Label, ...]) -> bool:
    """Tell whether an item says nothing but its heading and who is responsible."""
    if not labels:
        return False
    before, behind = text[item.body : labels[0].start], text[labels[-1].end : item.head]
    return len(before) <= LONGEST_HEADING and not re.search(r"[。;,!]", before) and not behind.strip("。:\n")


def _are_labelled(everything: list[tuple[Item, tuple[Item, ...]]], labels: dict[int, tuple[Label, ...]]) -> bool:
    """Tell whether labels are how this document says who is responsible, and not an exception in it."""
    with_label = sum(bool(labels[item.start]) for item, _ in everything)
    leaves = sum(not item.children for item, _ in everything)
    return with_label >= 1 and 5 * with_label >= leaves


def _labelled(
    text: str, everything: list[tuple[Item, tuple[Item, ...]]], labels: dict[int, tuple[Label, ...]], sections: set[int]
) -> set[int]:
    """Choose the items that carry a label, and those without one on the level where most of them are."""
    chosen = {item.start for item, _ in everything if labels[item.start]} - sections
    for item, _ in everything:
        below = item.children if item.start in sections else ()
        chosen |= {child.start for child in below if child.rank != Rank.DASH and not any(one.start in chosen for one, _ in walk([child]))}
    usual = Counter(item.rank for item, _ in everything if item.start in chosen).most_common(1)[0][0]
    apart = {child.rank for item, _ in everything for child in item.children[:-1] if child.start in chosen}
    for item, above in reversed(everything):
        if above and item.start in chosen and labels[item.start] and labels[item.start][0].start == item.body:
            chosen.discard(item.start)
            chosen.add(above[-1].start)
        if item.rank == Rank.DASH and item.start in chosen and above and not _lists_tasks(text, above[-1], labels):
            chosen.discard(item.start)
            chosen.add(above[-1].start)
        if not (item.children and item.children[-1].rank in apart and _is_heading_only(text, item) and not labels[item.start]):
            _lift(text, item, usual, chosen, labels)
    ranks = Counter(item.rank for item, _ in everything if item.start in chosen)
    level = ranks.most_common(1)[0][0]
    aims = {item.start for item, _ in everything if sets_no_tasks(text, item)}
    first, last = min(chosen), max(chosen)
    for item, above in everything:
        is_apart = any(one.start in aims for one in (*above, item)) or any(one.start in chosen for one in above)
        has_tasks = any(child.start in chosen for child, _ in walk(item.children))
        is_task = item.rank > Rank.HAN or _is_between(item, first, last) or _is_at_edge(text, item)
        if item.rank == level and not is_apart and not has_tasks and is_task:
            chosen.add(item.start)
    return chosen


def _apart(text: str, everything: list[tuple[Item, tuple[Item, ...]]], chosen: set[int]) -> Iterator[int]:
    """Find items of another level than the tasks, in a chapter without any: those that bind, or all if it does not serve others."""
    for item, above in everything:
        if item.rank == Rank.DASH or not above or item.start in chosen or any(child.rank != Rank.DASH for child in item.children):
            continue
        if any(sets_no_tasks(text, one) for one in (*above, item)) or any(child.start in chosen for child, _ in walk([above[0]])):
            continue
        heading = heading_of(text, above[0])
        serves = bool(ASSURANCE.match(heading) or EDGE.search(heading))
        if "。" in text[item.body : item.end] and (
            BINDS.search(text, item.body, item.end) if serves else not EDGE.search(heading_of(text, item))
        ):
            yield item.start


def _lists_tasks(text: str, item: Item, labels: dict[int, tuple[Label, ...]]) -> bool:
    """Tell whether the points below a heading are tasks: each has its own label, and the heading none."""
    points = [child for child in item.children if child.rank == Rank.DASH]
    return not labels[item.start] and len(points) > 1 and all(labels[child.start] for child in points) and _is_heading_only(text, item)


def _is_between(item: Item, first: int, last: int) -> bool:
    """一、 without a label is a task between others; 指导思想 before and 工作要求 behind them are none."""
    return not item.children and first < item.start < last


def _is_at_edge(text: str, item: Item) -> bool:
    """一、 before or behind those with a label is a task where it says what to do, and nothing of its heading serves the others."""
    heading = heading_of(text, item)
    says_more = "。" in text[item.body + len(heading) + 1 : item.head]
    return not item.children and item.rank == Rank.HAN and says_more and not (ASSURANCE.match(heading) or EDGE.search(heading))


def _lift(text: str, item: Item, usual: Rank, chosen: set[int], labels: dict[int, tuple[Label, ...]]) -> None:
    """A label behind the last of several children is the whole item's; so are those of some children of an item that has its own.

    Where these children have titles of their own and the item has only a name, each of them is a task, and all share the label.

    Where the item and all its children have labels, all are tasks, unless the item is only a heading.
    """
    children = item.children
    with_label = [child for child in children if child.start in chosen]
    if _shares(text, item, labels):
        chosen.update(child.start for child in children)
    elif item.start in chosen and with_label:
        if len(with_label) < len(children):
            chosen.difference_update(child.start for child in with_label)
        elif _labels_heading(text, item, labels[item.start]):
            chosen.discard(item.start)
    elif (
        len(children) > 1
        and with_label == [children[-1]]
        and not children[-1].children
        and (children[-1].rank >= Rank.ARABIC or item.rank == usual)
    ):
        chosen.discard(children[-1].start)
        chosen.add(item.start)


def _shares(text: str, item: Item, labels: dict[int, tuple[Label, ...]]) -> bool:
    """Tell whether the items below a name are measures with titles, and share the label that stands on a line of its own behind them."""
    last = labels[item.children[-1].start] if len(item.children) > 1 else ()
    return (
        bool(last)
        and text[last[0].start - 1] == "\n"
        and not any(labels[one.start] for one in (item, *item.children[:-1]))
        and is_name(heading_of(text, item))
        and all(child.rank != Rank.DASH and not child.children for child in item.children)
        and all(_is_titled(text, child, last[0].start) for child in item.children)
    )


def has_points(text: str, clause: Clause) -> bool:
    """Tell whether a task has numbered points that may be tasks of their own: half have titles, or a label stands below whole sentences."""
    points = [child for child in clause.item.children if child.rank != Rank.DASH and child.end <= clause.end]
    below = (
        bool(clause.labels)
        and text[clause.labels[0].start - 1] == "\n"
        and clause.labels[0].start > max((one.start for one in points), default=0)
    )
    titled = sum(_is_titled(text, child, clause.labels[0].start if below else None) for child in points)
    whole = below and all("。" in text[child.body : child.end] for child in points)
    return len(points) > 1 and len(heading_of(text, clause.item)) <= LONGEST_NAME and (2 * titled >= len(points) or whole)


def _unlabelled(text: str, items: tuple[Item, ...]) -> set[int]:
    """Choose the level that the numbering itself shows: the lowest whose items say more than their heading."""
    everything = [(item, above) for item, above in walk(items) if item.rank != Rank.DASH]
    if not everything:
        return set()
    top = min(item.rank for item, _ in everything)
    tops = [item for item, _ in everything if item.rank == top]
    opened = [item for item in tops if not (item.rank is Rank.ARTICLE and ENUMERATES.search(text, item.body, item.head))]
    below = sum(child.rank != Rank.DASH for item in opened for child in item.children)
    alone = sum(all(child.rank == Rank.DASH for child in item.children) and not sets_no_tasks(text, item) for item in tops)
    return {item.start for item in _descend(text, items, top, top_is_section=below >= alone)}


def _descend(text: str, items: Iterable[Item], top: Rank, *, top_is_section: bool) -> Iterator[Item]:
    for item in items:
        if item.rank <= Rank.SECTION and GENERAL.match(heading_of(text, item)):
            yield from (child for child in item.children if child.rank is Rank.ARTICLE and _binds(text, child))
            continue
        if sets_no_tasks(text, item) or item.rank == Rank.DASH:
            continue
        if item.rank is Rank.ARTICLE and ENUMERATES.search(text, item.body, item.head):
            if not CONSEQUENCE.search(text, item.body, item.head):
                yield item
            continue
        below = [child for child in item.children if child.rank != Rank.DASH]
        is_section = item.rank == top and top_is_section
        if below and (is_section or _is_heading_only(text, item) or _introduces(text, item, below)):
            yield from _descend(text, below, top, top_is_section=top_is_section)
        elif not is_section:
            yield item
            if _is_heading_only(text, item) and len(item.children) > 2:
                yield from (child for child in item.children if child.rank == Rank.DASH)


def _introduces(text: str, item: Item, below: list[Item]) -> bool:
    """Tell whether an item only leads to those below it: each of these has a title and says more, and it has no more than a few words."""
    return len(below) > 1 and is_name(heading_of(text, item)) and all(_is_titled(text, child) for child in below)


def is_name(heading: str) -> bool:
    """Tell whether a heading is a short name: 能源绿色低碳转型行动."""
    return len(heading) <= LONGEST_NAME and not re.search(r"[,;:]", heading)


def _is_titled(text: str, item: Item, end: int | None = None) -> bool:
    """Tell whether an item has a title of its own and says more behind it: 推进煤炭替代。加快减量."""
    title = heading_of(text, item)
    return is_name(title) and "。" in text[item.body + len(title) + 1 : min(item.end, end or item.end)]


def _binds(text: str, item: Item) -> bool:
    """Tell whether an article among the general ones sets a duty and its time, or says which unit does what."""
    names = OWN_DUTY.match(text, item.body, item.end)
    is_duty = bool(names and all(map(is_unit, read_names(names["names"]).names)) and read_names(names["names"]).names)
    return is_duty or bool(TIMED.search(text, item.body, item.end))


def _is_heading_only(text: str, item: Item) -> bool:
    heading = heading_of(text, item)
    rest = text[item.body + len(heading) : item.head].strip("。:\n")
    return not rest and len(heading) <= LONGEST_HEADING


def _closed(
    text: str, gathered: list[tuple[Item, tuple[Item, ...], tuple[Label, ...]]], chosen: set[int], left_out: tuple[Item, ...]
) -> Choice:
    """Cut off what follows the last item of a section without belonging to it."""
    clauses: list[Clause] = []
    closing: tuple[int, int] | None = None
    others = gathered[:-1]
    continued = sum(count_paragraphs(text, item) > 1 for item, _, _ in gathered)
    ended = sum(ends_with_label_of(text, item, labels) for item, _, labels in others)
    closes = sum(closer_in(text, item) is not None for item, _, _ in others)
    for index, (item, above, labels) in enumerate(gathered):
        is_last = index == len(gathered) - 1
        below = [child.start for child, _ in walk(item.children) if child.start in chosen]
        end = min([end_of(text, item, labels, may_be_followed=is_last and 2 * continued <= len(gathered)), *below])
        if is_last:
            end = min(end, last_end(text, item, labels, ends_with_label=2 * ended >= len(others), may_close=not closes))
            end = before_signature(text, item, end)
        if is_last and end < item.end:
            closing = (end, item.end)
        clauses.append(Clause(item, above, labels, end))
    return Choice(tuple(clauses), closing, left_out)
