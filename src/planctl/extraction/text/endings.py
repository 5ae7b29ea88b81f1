"""Where a task ends, and where a document closes behind its last one: 各地区、各部门要…, 本方案自印发之日起实施, the signature."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.responsibility.names import is_unit
from planctl.extraction.script import line_end
from planctl.extraction.text.outline import DAY

if TYPE_CHECKING:
    from planctl.extraction.responsibility.labels import Label
    from planctl.extraction.text.outline import Item

LONGEST_HEADING = 60
PARTY = (
    r"(?:各(?!项|类|种|自|司|级?各负)[^,。;:、]{1,20}|各地区?、各[^,。;:]{1,20}|各[^,。;:、]{1,10}、各?[^,。;:]{1,16}"
    r"|省级人民政府|国务院[^,。;]{1,20}|[^,。;:、(]{2,16}办公室)"
)
PLEASE = r"请(?:各|认真|于|按|结合|遵照|将|及时|你们|贯彻)"
ITSELF = r"(?:本|该|此)(?:实施|行动|工作|若干)?(?:意见|方案|通知|办法|措施|规划|要点|计划|政策|清单|细则|规定)"
CLOSER = re.compile(
    rf"(?:{PARTY}(?:要|应|应当|须|可|务必|必须|请)|{PLEASE}|{ITSELF}|有关改革事项|附(?:件|表)[:：0-9]|\(?此件|抄送|\(?联系人|\(?联系电话|以上(?:措施|政策|意见)|上述|特此通知"
    r"|国家发展改革委[^,。;]{0,12}要|(?:有关|工作)?(?:落实|进展)情况[^,。;]{0,12}[报于])"
)
BINDS_ITSELF = re.compile(
    rf"(?:{ITSELF}(?:[^。]{{0,12}}?(?:自|由|从|有效期|解释)|有效期|印发后)|{PLEASE}|附(?:件|表)[:：0-9]|\(?此件|抄送|\(?联系人|\(?联系电话|特此通知)"
)
"""What speaks of the document itself, and never belongs to its last task."""
OF_TIME = re.compile(r"(?:完成|办结|整改|推进)?(?:时限|时间|期限|进度|时间节点)[^:\n]{0,4}:")
LAST_WORDS = re.compile(
    r"(?<=[。)])(?:(?:各地区、各(?:有关|相关)?部门|各地区各(?:有关)?部门|各地各(?:有关)?部门|各级各部门|各级人民政府|各省[^。,]{0,20}政府"
    rf"|各乡镇[^。,]{{0,24}}|各(?:有关|相关|责任|牵头)?(?:单位|部门))[^。,]{{0,4}}(?:要|应|务必|请)|{BINDS_ITSELF.pattern})"
)
"""How a closing begins where all stands on one line."""


def ends_with_label_of(text: str, item: Item, labels: tuple[Label, ...]) -> bool:
    """Tell whether the label of an item is the last that it says."""
    return bool(labels) and not text[labels[-1].end : item.end].strip("。;\n)")


def last_end(text: str, item: Item, labels: tuple[Label, ...], *, ends_with_label: bool, may_close: bool) -> int:
    """Find where the last task ends: behind its label where the others end so, else before a paragraph that closes the document."""
    own = [label.end for label in labels if label.start >= item.body]
    if own and ends_with_label and not any(child.start >= max(own) for child in item.children):
        return _with_times(text, _with_stop(text, max(own), item.end), item.end)
    if (at := closer_in(text, item)) is not None and may_close and not own:
        return at
    return _itself(text, item, max([item.body, *own]))


def _with_times(text: str, end: int, stop: int) -> int:
    """Give the end of a label with the lines behind it that say when: 完成时限:6月底前."""
    while end < stop and text[end] == "\n" and OF_TIME.match(text, end + 1, stop):
        end = line_end(text, end + 1, stop)
    return end


def _with_stop(text: str, end: int, stop: int) -> int:
    """Give the end of a label with the stop behind it."""
    while end < stop and text[end] in "。;)":
        end += 1
    return end


def closer_in(text: str, item: Item) -> int | None:
    """Find the paragraph of an item that speaks to everybody, behind its own first: 各地区、各部门要…."""
    line = text.find("\n", item.body, item.end)
    is_heading = line >= 0 and line - item.body <= LONGEST_HEADING and "。" not in text[item.body : line]
    at = text.find("\n", line + 1, item.end) if is_heading else line
    while 0 <= at < item.end - 1:
        if CLOSER.match(text, at + 1) and not any(child.start > at for child in item.children):
            return at
        at = text.find("\n", at + 1, item.end)
    return None


def _itself(text: str, item: Item, start: int) -> int:
    """Find the paragraph from which the document speaks of itself: 本方案自印发之日起实施."""
    at = text.find("\n", start, item.end)
    while 0 <= at < item.end - 1:
        if BINDS_ITSELF.match(text, at + 1):
            return at
        at = text.find("\n", at + 1, item.end)
    return item.end


def before_signature(text: str, item: Item, end: int) -> int:
    """Cut off the names of who signs: lines of their own at the end, or, where all stands on one line, what stands before the day."""
    while end == item.end or not text[end:].strip("\n"):
        line = text.rfind("\n", item.body, end - 1 if text[end - 1 : end] == "\n" else end)
        last = text[line + 1 : end].strip("\n")
        if line < 0 or not 4 <= len(last) <= 30 or not is_unit(last) or text[line - 1] in ":、,;":
            break
        end = line
    if end < item.end or not re.match(DAY, text[end : end + 16]):
        return end
    start = max(text.rfind(stop, item.body, end) for stop in "。;)”") + 1
    return start if start > item.body and is_unit(text[start:end]) else end


def count_paragraphs(text: str, item: Item) -> int:
    """Count the paragraphs of an item."""
    return text.count("\n", item.body, item.end - 1) + 1


def end_of(text: str, item: Item, labels: tuple[Label, ...], *, may_be_followed: bool) -> int:
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
