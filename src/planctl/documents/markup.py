"""HTML as a tree whose texts know where they stand.

Why none of the well-known parsers: they do not say at which character a text begins (lxml and selectolax at most at which line, of which a
saved page may have one), and `html.parser` takes quadratic time for tags that do not end. Of a page only the text is wanted, so that
the few rules that decide what is inside what are enough. Every step is linear, whatever the page.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)?))?")
END = re.compile(r"[\s/]*>")
VOID = frozenset(re.findall(r"\w+", "area base basefont br col embed frame hr img input link meta param source track wbr"))
RAW = frozenset(("iframe", "noembed", "noframes", "script", "style", "template", "textarea", "title", "xmp"))
"""What stands in these is no markup."""
CLOSES_PARAGRAPH = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote center dd details dir div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main "
        "menu nav ol p pre section table ul",
    )
)
WALLS = frozenset(("table", "td", "th", "caption"))
"""An end tag does not end what stands outside the cell."""
CLOSED_BY = {
    "li": (frozenset(("li",)), frozenset(("ul", "ol"))),
    **dict.fromkeys(("dd", "dt"), (frozenset(("dd", "dt")), frozenset(("dl",)))),
    **dict.fromkeys(("td", "th"), (frozenset(("td", "th")), frozenset(("tr", "table")))),
    "tr": (frozenset(("tr", "td", "th")), frozenset(("table",))),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (frozenset(("tbody", "thead", "tfoot", "tr", "td", "th")), frozenset(("table",)))),
    "option": (frozenset(("option",)), frozenset(("select",))),
}
"""What a start tag ends, and how far out it looks."""
DEEPEST = 100
"""What is nested deeper hangs at this depth; no page that people see is."""
LOOK_BACK = 100
"""How many open elements are searched for the one that ends."""


class Text(NamedTuple):
    """A text between tags, from and to which character of the page."""

    start: int
    end: int


class Element:
    """An element of a page."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element | Text] = []

    def elements(self) -> Iterator[Element]:
        """Give this element and all in it, in their order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def texts(self) -> Iterator[Text]:
        """Give all texts in it, in their order."""
        stack: list[Element | Text] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, Text):
                yield node
            else:
                stack.extend(reversed(node.children))


class Tag(NamedTuple):
    """A tag, up to which character it goes, and the raw text that belongs to it."""

    name: str
    is_end: bool
    attributes: dict[str, str]
    end: int


def parse(page: str) -> Element:
    """Parse a page; whatever it is, there is a tree."""
    root = Element("#page", {})
    builder = Builder(root)
    for node in _nodes(page):
        if isinstance(node, Text):
            builder.top.children.append(node)
        elif node.is_end:
            builder.close(node.name)
        else:
            builder.open(node, page)
    return root


class Builder:
    """Keeps the elements that are open."""

    def __init__(self, root: Element) -> None:
        self.stack = [root]

    @property
    def top(self) -> Element:
        """The innermost element that is open."""
        return self.stack[-1]

    def open(self, tag: Tag, page: str) -> None:
        """Open an element, after ending those that cannot hold it."""
        if tag.name in CLOSES_PARAGRAPH:
            self._end(frozenset(("p",)), WALLS)
        if tag.name in CLOSED_BY:
            self._end(*CLOSED_BY[tag.name])
        parent = self.stack[min(len(self.stack), DEEPEST) - 1]
        element = Element(tag.name, tag.attributes)
        parent.children.append(element)
        is_empty = page[tag.end - 2 : tag.end] == "/>" and ":" in tag.name
        if tag.name not in VOID and not is_empty:
            self.stack.append(element)

    def close(self, name: str) -> None:
        """End an element, if it is open in this cell."""
        self._end(frozenset((name,)), WALLS - {name})

    def _end(self, names: frozenset[str], walls: frozenset[str]) -> None:
        """End the outermost of these that stands within the next wall."""
        found = None
        for index in range(len(self.stack) - 1, max(len(self.stack) - LOOK_BACK, 0), -1):
            name = self.stack[index].name
            if name in names:
                found = index
                if len(names) == 1:
                    break
            elif name in walls:
                break
        if found is not None:
            del self.stack[found:]


def _nodes(page: str) -> Iterator[Text | Tag]:
    at = 0
    while (mark := page.find("<", at)) >= 0:
        tag = _tag(page, mark)
        end = tag.end if tag else _declaration_end(page, mark)
        if end is None:  # a sign that is no tag
            yield Text(at, mark + 1)
            at = mark + 1
            continue
        if at < mark:
            yield Text(at, mark)
        at = end
        if tag:
            yield tag
        if tag and tag.name in RAW and not tag.is_end:
            found = re.compile(f"</{tag.name}", re.IGNORECASE).search(page, at)
            end = found.start() if found else len(page)
            yield Text(at, end)
            at = end
    if at < len(page):
        yield Text(at, len(page))


def _declaration_end(page: str, at: int) -> int | None:
    """Find the end of a comment or a declaration; one that does not end takes all the rest."""
    if not page.startswith(("<!", "<?", "</"), at):
        return None
    mark = "-->" if page.startswith("<!--", at) else ">"
    end = page.find(mark, at + 2)
    return len(page) if end < 0 else end + len(mark)


def _tag(page: str, at: int) -> Tag | None:
    found = TAG.match(page, at)
    if not found:
        return None
    attributes: dict[str, str] = {}
    position = found.end()
    while position < len(page):
        if end := END.match(page, position):
            position = end.end()
            break
        if attribute := ATTRIBUTE.match(page, position):
            name, *values = attribute.groups()
            attributes.setdefault(name.lower(), unescape(next((value for value in values if value is not None), "")))
            position = attribute.end()
        else:
            position += 1
    return Tag(found[2].lower(), bool(found[1]), attributes, position)
