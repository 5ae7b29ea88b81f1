"""The outline of a document: its parts (a notice and what it encloses), and in each the tree of numbered items.

An item runs from its number to the next number of its rank or a higher one; its head is what stands before its first child.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.text.losses import restore
from planctl.extraction.text.numbering import DASH, Mark, Rank, find_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.extraction.script import Script

DAY = r"(?:[12][0-9]{3}|二[〇零0][〇零0一二三四五六七八九]{2})年[0-9一二三四五六七八九十元]{1,3}月[0-9一二三四五六七八九十]{1,3}日"
DAMAGED_DAY = r"20[0-9]{2}(?:1[0-2]|[1-9])(?:3[01]|[12][0-9]|[1-9])日?"
SIGNED = re.compile(rf"^(?<!日期\n)(?<!时间\n)(?<!日期:\n)(?<!时间:\n)(?:{DAY}|{DAMAGED_DAY})$", re.MULTILINE)
"""The day of a document, on a line of its own below the signature, and not one that a label of the page gives a line of its own."""
SIGNED_INSIDE = re.compile(
    rf"(?:(?<=[。;)”])(?:[\u4e00-\u9fff]{{1,50}}[府室会局部院厅委办组署社])?|(?<=案|见|点|划|施|工|单|法|表)[\u4e00-\u9fff]{{2,50}}?[府室会局部院厅委办组署社](?={DAY}附))"
    rf"(?P<day>{DAY})(?=$|附件|附表|\((?:此|本|信|联)"
    r"|(?!印发|发布|发出|公布|下发|出台|召开|通过|起|前|以|至|到|之)[^。,;:、\n]{4,60}?(?:方案|意见|要点|计划|措施|分工|清单|办法|规划|纲要|任务|安排))",
    re.MULTILINE,
)
"""The signature where all stands on one line: ……。示例市人民政府2022年8月1日."""
ANNEX = re.compile(r"^附(?:件|表)[0-9一二三四五六七八九十]{0,3}[:：]?$", re.MULTILINE)
ANNEX_INSIDE = re.compile(
    r"(?<=[\u4e00-\u9fff。;)”日])(?<![见如照按及和])附件[0-9一二三四五六七八九十]{0,2}:?"
    r"(?=[^。,;:、\n]{4,60}?(?:方案|意见|要点|计划|措施|分工|清单|办法|规划|纲要|任务|安排|细则|规定)(?:\([^()]*\))?(?:一、|第一[章条]|\(一\)|1[.、]|为))"
)
"""The same where all stands on one line: ……省公安厅附件2示例省行动方案一、."""
ANNEX_LIST = re.compile(r"附件:\n?(?:1[.、])[^。;]{4,600}\Z")
"""What a notice encloses, listed at its end: its numbers count no items."""
RULES = re.compile(r"^[^。;:,\n]{3,50}(?:办法|规定|细则|制度|规则|条例|规程|规范|守则)(?:\([^()\n]{1,12}\))?\n(?=第一[章条])", re.MULTILINE)
"""The title of regulations, right before their first article."""
ARTICLE = re.compile(r"^第[一二三四五六七八九十百0-9]{1,5}条", re.MULTILINE)
FURNITURE = re.compile(
    r"^(?:上一篇|下一篇|相关解读|相关链接|扫一扫|打印本页|关闭窗口|分享到|抄送|.{2,30}[0-9]{1,2}日印发$|.{2,20}办公室20[0-9]{2}[年0-9].{0,8}印发$)",
    re.MULTILINE,
)
FOOTER = re.compile(r"^(?:主办|承办)(?:单位)?:[^\n]*(?:\n[^\n]*){0,3}?(?:备案|ICP|标识码|版权|技术支持|网站|地址|邮编)", re.MULTILINE)
HOST = re.compile(r"^(?:主办|承办)单位", re.MULTILINE)
"""At the foot of a page who keeps it; below a task who does it."""
JOINT = re.compile(r"^(?:协办|承办|协同)单位:", re.MULTILINE)
LABELLED = re.compile(r"责任单位|牵头|负责[)。]")


class Item(NamedTuple):
    """A numbered item with the items below it."""

    mark: Mark
    head: int
    """Where what stands before its first child ends."""
    end: int
    children: tuple[Item, ...] = ()

    @property
    def rank(self) -> Rank:
        """Give the rank of its number."""
        return self.mark.rank

    @property
    def start(self) -> int:
        """Give where it begins, with its number."""
        return self.mark.start

    @property
    def body(self) -> int:
        """Give where its words begin, behind its number."""
        return self.mark.end


class Part(NamedTuple):
    """A part of a document: the notice, or what it encloses."""

    start: int
    end: int
    items: tuple[Item, ...]


def outline(script: Script) -> tuple[Part, ...]:
    """Divide a document into its parts and these into their items."""
    return tuple(Part(start, end, _items(script.text, start, end)) for start, end in _parts(script.text))


def walk(items: Iterable[Item], above: tuple[Item, ...] = ()) -> Iterator[tuple[Item, tuple[Item, ...]]]:
    """Go through all items in reading order, each with those above it."""
    for item in items:
        yield item, above
        yield from walk(item.children, (*above, item))


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """A day on a line of its own ends a part, and so do the word 附件 and the title of further regulations.

    What is left is what a part holds before its signature.
    """
    breaks = [(found.start(), found.end()) for pattern in (SIGNED, ANNEX) for found in pattern.finditer(text)]
    breaks += [found.span("day") for found in SIGNED_INSIDE.finditer(text)]
    breaks += [found.span() for found in ANNEX_INSIDE.finditer(text)]
    first = ARTICLE.search(text)
    breaks += [(found.start(), found.start()) for found in RULES.finditer(text, first.end() if first else len(text))]
    start = 0
    for stop, following in sorted(breaks):
        if stop > start:
            yield start, stop
        start = following
    yield start, _end_of_content(text, start, len(text))


def _end_of_content(text: str, start: int, end: int) -> int:
    ends = [found.start() for pattern in (FURNITURE, FOOTER) if (found := pattern.search(text, start, end))]
    hosts = [found.start() for found in HOST.finditer(text, start, end)]
    keeps = len(hosts) == 1 and not JOINT.search(text, start, end) and bool(LABELLED.search(text, start, hosts[0]))
    return min([*ends, *(hosts if keeps else [])], default=end)


def _items(text: str, start: int, end: int) -> tuple[Item, ...]:
    listed = ANNEX_LIST.search(text[start:end])
    stop = start + listed.start() if listed else end
    marks = restore(text, start, stop, find_marks(text, start, stop))
    return _nest([*marks, *_dashes(text, start, end)] if marks else [], end)


def _dashes(text: str, start: int, end: int) -> Iterator[Mark]:
    count = 0
    at = start
    while start <= at < end:
        found = DASH.match(text, at)
        count = count + 1 if found else 0
        if found:
            yield Mark(Rank.DASH, count, at, found.end(), is_leading=True)
        at = text.find("\n", at, end) + 1 or end


def _nest(marks: Sequence[Mark], end: int) -> tuple[Item, ...]:
    """Build the tree; from the last item to the first, so that each item is made when its children are known."""
    below: list[Item] = []
    stop = end
    for mark in sorted(marks, key=lambda mark: mark.start, reverse=True):
        cut = 0
        while cut < len(below) and below[cut].rank > mark.rank:
            cut += 1
        children = tuple(below[:cut])
        finish = below[cut].start if cut < len(below) else end
        item = Item(mark, stop, finish, children)
        below[:cut] = [item]
        stop = mark.start
    return tuple(below)
