"""Which items of a document are its tasks: the level that carries the responsibility, or that its numbering runs on."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.names import is_unit
from planctl.extraction.numbering import Rank
from planctl.extraction.outline import DAY, walk
from planctl.extraction.responsibility import Label, find_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.extraction.outline import Item, Part

NAME = (
    r"(?:工作|总体|主要|基本|发展|建设|改革|行动|实施|年度|具体|重大|重要|现实)?"
    r"(?:指导思想|指导原则|总体要求|总要求|总体思路|总体目标|总体考虑|思路目标|工作思路|基本思路|基本原则|工作原则|实施原则|原则|主要目标|工作目标|发展目标|行动目标|建设目标|目标任务|任务目标|目标要求|总目标|目标|重要意义|意义"
    r"|组织机构|领导机构|工作机构|领导小组|工作专班|适用范围|实施范围|实施对象|总则|附则|编制依据|工作依据|背景|现状与形势|发展现状|面临形势|名词解释|有效期)"
)
NO_TASKS = re.compile(rf"(?:(?:本|全)?[省市县区国]?)?{NAME}(?:(?:、|和|与|及){NAME})*(?:\([^()]*\))?[。:]?$")
MEANING = re.compile(r"^(?:充分|深刻|切实|全面|进一步)?(?:认识|把握|领会|提高)[^。]{0,40}(?:意义|重要性|必要性|紧迫性|思想认识)$")
SENTENCE_END = re.compile(r"[。\n]")
LONGEST_HEADING = 60
CLOSER = re.compile(
    r"(?:各[^,。;]{1,24}(?:要|应|应当|须|可)|国务院[^,。;]{1,20}要|[^,。;]{2,16}办公室要|本(?:意见|方案|通知|办法|措施|规划|要点|计划|政策)|有关改革事项|附件[:：]|此件|抄送|联系人|以上(?:措施|政策|意见)|上述|国家发展改革委[^,。;]{0,12}要)"
)


LAST_WORDS = re.compile(
    r"(?<=。)(?:各地区、各(?:有关|相关)?部门|各地区各(?:有关)?部门|各地各(?:有关)?部门|各级各部门|各级人民政府|各省[^。,]{0,20}政府)[^。,]{0,4}(?:要|应)"
)
"""How a closing begins where all stands on one line."""


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


def choose(text: str, part: Part) -> Choice:
    """Choose the tasks of a part."""
    everything = list(walk(part.items))
    labels = {item.start: tuple(find_labels(text, item.body, item.head)) for item, _ in everything}
    sections = _headed(text, everything, labels)
    chosen = _labelled(text, everything, labels, sections) if _are_labelled(everything, labels) else _unlabelled(text, part.items)
    numbered = [(item, above) for item, above in everything if item.start in chosen]
    gathered = [(item, above, _labels_of(item, labels, chosen) or _inherited(above, labels, sections)) for item, above in numbered]
    ranks = {task.rank for task, _ in numbered}
    return _closed(
        text,
        gathered,
        chosen,
        tuple(item for item, _ in everything if item.rank in ranks and item.start not in chosen and not item.children),
    )


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
    for item, above in reversed(everything):
        if item.rank == Rank.DASH and item.start in chosen and above:
            chosen.discard(item.start)
            chosen.add(above[-1].start)
        _lift(text, item, usual, chosen, labels)
    ranks = Counter(item.rank for item, _ in everything if item.start in chosen)
    level = ranks.most_common(1)[0][0]
    aims = {item.start for item, _ in everything if sets_no_tasks(text, item)}
    first, last = min(chosen), max(chosen)
    for item, above in everything:
        is_apart = any(one.start in aims for one in (*above, item)) or any(one.start in chosen for one in above)
        has_tasks = any(child.start in chosen for child, _ in walk(item.children))
        if item.rank == level and not is_apart and not has_tasks and (item.rank > Rank.HAN or _is_between(item, first, last)):
            chosen.add(item.start)
    return chosen


def _is_between(item: Item, first: int, last: int) -> bool:
    """一、 without a label is a task only between others: 指导思想 before and 工作要求 behind them are none."""
    return not item.children and first < item.start < last


def _lift(text: str, item: Item, usual: Rank, chosen: set[int], labels: dict[int, tuple[Label, ...]]) -> None:
    """A label behind the last of several children is the whole item's; so are those of some children of an item that has its own.

    Where the item and all its children have labels, all are tasks, unless the item is only a heading.
    """
    children = item.children
    with_label = [child for child in children if child.start in chosen]
    if item.start in chosen and with_label:
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


def _unlabelled(text: str, items: tuple[Item, ...]) -> set[int]:
    """Choose the level that the numbering itself shows: the lowest whose items say more than their heading."""
    everything = [(item, above) for item, above in walk(items) if item.rank != Rank.DASH]
    if not everything:
        return set()
    top = min(item.rank for item, _ in everything)
    tops = [item for item, _ in everything if item.rank == top]
    below = sum(child.rank != Rank.DASH for item in tops for child in item.children)
    alone = sum(all(child.rank == Rank.DASH for child in item.children) and not sets_no_tasks(text, item) for item in tops)
    return {item.start for item in _descend(text, items, top, top_is_section=below >= alone)}


def _descend(text: str, items: Iterable[Item], top: Rank, *, top_is_section: bool) -> Iterator[Item]:
    for item in items:
        if sets_no_tasks(text, item) or item.rank == Rank.DASH:
            continue
        below = [child for child in item.children if child.rank != Rank.DASH]
        is_section = item.rank == top and top_is_section
        if below and (is_section or _is_heading_only(text, item)):
            yield from _descend(text, below, top, top_is_section=top_is_section)
        elif not is_section:
            yield item
            if _is_heading_only(text, item) and len(item.children) > 2:
                yield from (child for child in item.children if child.rank == Rank.DASH)


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
    continued = sum(_paragraphs(text, item) > 1 for item, _, _ in gathered)
    for index, (item, above, labels) in enumerate(gathered):
        is_last = index == len(gathered) - 1
        below = [child.start for child, _ in walk(item.children) if child.start in chosen]
        end = min([_end(text, item, labels, may_be_followed=is_last and 2 * continued <= len(gathered)), *below])
        if is_last:
            end = _before_signature(text, item, end)
        if is_last and end < item.end:
            closing = (end, item.end)
        clauses.append(Clause(item, above, labels, end))
    return Choice(tuple(clauses), closing, left_out)


def _before_signature(text: str, item: Item, end: int) -> int:
    """Cut off the name of who signs where all stands on one line."""
    if end < item.end or not re.match(DAY, text[end : end + 16]):
        return end
    start = max(text.rfind(stop, item.body, end) for stop in "。;)”") + 1
    return start if start > item.body and is_unit(text[start:end]) else end


def _paragraphs(text: str, item: Item) -> int:
    return text.count("\n", item.body, item.end - 1) + 1


def _end(text: str, item: Item, labels: tuple[Label, ...], *, may_be_followed: bool) -> int:
    """Find where the text of a task ends: behind its last label where a closing follows, else with its last paragraph."""
    if labels:
        behind = max(label.end for label in labels)
        rest = text[behind : item.end].lstrip("。;\n")
        if CLOSER.match(rest) and not any(child.start >= behind for child in item.children):
            return behind
    if not may_be_followed or item.children or _is_heading_only_line(text, item):
        return item.end
    stop = text.find("\n", max([item.body, *(label.start for label in labels)]), item.end)
    if 0 <= stop < item.end - 1:
        return stop
    last = LAST_WORDS.search(text, item.body + (item.end - item.body) // 3, item.end) if not labels else None
    return last.start() if last else item.end


def _is_heading_only_line(text: str, item: Item) -> bool:
    line = text.find("\n", item.body, item.end)
    return 0 <= line < item.end - 1 and line - item.body <= LONGEST_HEADING and (item.head > line + 1)
