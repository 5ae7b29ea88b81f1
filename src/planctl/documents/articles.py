"""The article of a page: which element holds it, what around it is furniture, and what the page says about it."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.headings import COLUMN
from planctl.documents.markup import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

KNOWN = re.compile(
    r"UCAP-CONTENT|zoom(con)?|TRS_(Editor|UEDITOR|PreAppend)|(pages?|main|article|news|detail|xl|view|con|text|info)[_-]?"
    r"(content|con|txt|text|body|article|box)|article|content|js_content|vsb_content.*",
    re.IGNORECASE,
)
"""How the box of the article is called on the pages of governments."""
UNREAD = frozenset(
    ("script", "style", "template", "noscript", "iframe", "noframes", "noembed", "textarea", "select", "button", "svg", "math")
)
UNREAD |= frozenset(("head", "title", "xml", "object", "embed", "audio", "video", "canvas", "map", "rt", "rp", "xmp", "datalist"))
"""What is no text of the page."""
ASIDE = frozenset(("nav", "footer", "aside", "menu"))
HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
SENTENCE = re.compile("[，。；：、！？,;]")
ENTITY = re.compile("&#?[0-9A-Za-z]{1,31};")
LABEL_END = ":： \t\r\n\u3000\u00a0"
"""How a text ends that only names what comes next."""
CHINESE = re.compile("[\u3400-\u9fff]")
FURNITURE = re.compile(
    r"版权所有|ICP备|公网安备|网站标识码|技术支持|浏览次数|阅读次数|点击[量数]|扫一扫|上一[篇条]|下一[篇条]|当前位置|您(现在)?(所在)?的位置|站点地图|联系我们|设为首页"
    r"|加入收藏|打印本[页文]|关闭(窗口|本页)|分享到|字[体号][:： ]?[【\[（( ]|无障碍|返回顶部|主办单位[:：]|承办单位[:：]|建议使用|浏览器"
)
"""What stands on every page of a site."""
LABEL = re.compile(
    r"(索\s*引\s*号|发文机[关构]|发布机构|信息来源|来\s*源|文\s*号|发文字号|成文日期|发文日期|发布日期|发布时间|公开日期|生成日期|日\s*期|时\s*间|标\s*题|名\s*称"
    r"|主题分类|主\s*题\s*词|有\s*效\s*性|时\s*效\s*性|信息时效性|公开方式|统一登记号|实施日期|废止日期)\s*[:：]\s*(.*)",
    re.DOTALL,
)
"""The lines above an article that say what it is."""
CANONICAL = {
    **dict.fromkeys(("索引号",), "index"),
    **dict.fromkeys(("发文机关", "发文机构", "发布机构", "信息来源", "来源"), "publisher"),
    **dict.fromkeys(("文号", "发文字号"), "number"),
    **dict.fromkeys(("成文日期", "发文日期", "生成日期"), "issued"),
    **dict.fromkeys(("发布日期", "发布时间", "公开日期", "日期", "时间"), "published"),
    **dict.fromkeys(("标题", "名称"), "title"),
    **dict.fromkeys(("articletitle",), "title"),
    **dict.fromkeys(("pubdate", "publishdate", "publishtime"), "published"),
    **dict.fromkeys(("contentsource", "source"), "publisher"),
}
SHARE = 0.9
"""An element that holds so much of the running text holds the article."""
KNOWN_SHARE = 0.5
"""One whose name says that it does need not hold as much."""
CONTAINERS = frozenset(
    (
        "#page",
        "html",
        "body",
        "div",
        "td",
        "tr",
        "tbody",
        "table",
        "section",
        "article",
        "main",
        "form",
        "center",
        "font",
        "span",
        "ucapcontent",
    )
)


GRID = frozenset(("table", "tbody", "tr"))
HEAD_ROWS = 4
"""The head of a table is within so many rows."""
LONGEST_LINE = 80
SHORTEST_TITLE = 7
TITLE_LINE = re.compile(
    r"(?:方案|通知|意见|办法|计划|要点|规划|决定|措施|清单|规定|细则|纲要|分工|公告|通告|目录|任务|表|台账|职责)(?:[(（][^()（）]{1,20}[)）])?$|^[(（]?(?:备?注|说明)[:：]"
)
"""How a line reads that belongs to the table below or above it."""


class Article(NamedTuple):
    """The article of a page."""

    element: Element
    metadata: dict[str, str]
    furniture: str
    """What stood around it, shortened."""


def find_article(root: Element, page: str) -> Article:
    """Find the article."""
    lists = _lists(root, page)
    holders = _holders(root, lists)
    weights = _weights(root, page, lists)
    element = root
    while (inner := _inner(element, weights)) and _holds_a_page(inner, weights, lists):
        if id(inner) in holders and _is_named_beside(element, inner, page):
            break
        element = inner
    metadata = _metas(root, page)
    around = list(_around(root, element, page))
    metadata = {name: value for name, value in {**dict(_labels(around)), **metadata}.items() if value}
    return Article(element, metadata, " ".join(around)[:200])


def is_unread(element: Element) -> bool:
    """Tell whether an element has nothing to read."""
    return element.name in UNREAD or element.name in ASIDE


def is_hidden(element: Element) -> bool:
    """Tell whether people do not see an element."""
    return "hidden" in element.attributes or bool(HIDDEN.search(element.attributes.get("style", "")))


def _inner(element: Element, weights: dict[int, int]) -> Element | None:
    """Give the child that holds the article, if one does and the article is not the child's own neighbour too."""
    whole = weights[id(element)]
    children = [child for child in element.children if isinstance(child, Element) and child.name in CONTAINERS]
    best = max(children, key=lambda child: weights[id(child)], default=None)
    if best is None or not whole:
        return None
    share = SHARE
    if _is_known(best):
        share = KNOWN_SHARE
    elif _is_known(element):
        share = 1
    return best if weights[id(best)] >= share * whole else None


def _holds_a_page(element: Element, weights: dict[int, int], lists: frozenset[int]) -> bool:
    """Tell whether a table only puts a page in its place: one of its cells holds the article. Any other is a table of the article."""
    found: Element | None = element
    while found is not None and found.name in GRID and id(found) not in lists:
        found = _inner(found, weights)
    return found is not None and id(found) not in lists


def _lists(root: Element, page: str) -> frozenset[int]:
    """Find the tables with a head that names their columns: nothing in them is an article of its own."""
    return frozenset(id(element) for element in root.elements() if element.name == "table" and _has_head(element, page))


def _has_head(table: Element, page: str) -> bool:
    rows = list(islice(_rows_of(table), HEAD_ROWS + 1))
    for row in rows[:-1]:
        cells = [text for cell in row.children if isinstance(cell, Element) and (text := _text_of(cell, page, LONGEST_LINE))]
        named = sum(bool(COLUMN.fullmatch(cell)) for cell in cells)
        if len(cells) > 2 and ((named > 1 and named * 2 >= len(cells)) or "序号" in cells):
            return True
    return False


def _rows_of(table: Element) -> Iterator[Element]:
    """Give the rows of a table, not those of a table in a cell."""
    for child in table.children:
        if isinstance(child, Element) and child.name == "tr":
            yield child
        elif isinstance(child, Element) and child.name in {"tbody", "thead"}:
            yield from (row for row in child.children if isinstance(row, Element) and row.name == "tr")


def _text_of(element: Element, page: str, most: int) -> str:
    """Give what an element says, without blanks; nothing where it says more than so many characters."""
    said = ""
    for text in element.texts():
        said += "".join(unescape(page[text.start : text.end]).split())
        if len(said) > most:
            return ""
    return said


def _holders(root: Element, lists: frozenset[int]) -> frozenset[int]:
    """Find the elements with a list in them."""
    holders = set(lists)
    for element in reversed(list(root.elements()) if lists else []):
        if any(isinstance(child, Element) and id(child) in holders for child in element.children):
            holders.add(id(element))
    return frozenset(holders)


def _is_named_beside(element: Element, inner: Element, page: str) -> bool:
    """Tell whether beside the part that holds a list stands its title, or a note on it."""
    beside = (child for child in element.children if child is not inner and isinstance(child, Element) and not is_unread(child))
    lines = (_text_of(child, page, LONGEST_LINE) for child in beside if child.name not in {"a", "ul"} and not is_hidden(child))
    return any(len(text) > SHORTEST_TITLE and TITLE_LINE.search(text) and not FURNITURE.search(text) for text in lines)


def _is_known(element: Element) -> bool:
    names = (element.attributes.get("id", ""), *element.attributes.get("class", "").split()[:9])
    return any(KNOWN.fullmatch(name[:80]) for name in names)


def _weights(root: Element, page: str, lists: frozenset[int] = frozenset()) -> dict[int, int]:
    """Weigh every element by the running text in it: Chinese in sentences that is no link and no furniture."""
    weights: dict[int, int] = {}
    stack: list[tuple[Element, bool]] = [(root, False)]
    while stack:
        element, is_done = stack.pop()
        if is_done:
            own = sum(_weight(page[child.start : child.end]) for child in element.children if isinstance(child, Text))
            weights[id(element)] = own + sum(weights[id(child)] for child in element.children if isinstance(child, Element))
        elif id(element) in lists and not is_hidden(element):
            weights.update(dict.fromkeys(map(id, element.elements()), 0))
            weights[id(element)] = sum(len(CHINESE.findall(page, text.start, text.end)) for text in element.texts())
        elif is_unread(element) or is_hidden(element) or element.name == "a":
            weights.update(dict.fromkeys(map(id, element.elements()), 0))
        else:
            stack.append((element, True))
            stack.extend((child, False) for child in element.children if isinstance(child, Element))
    return weights


def _weight(text: str) -> int:
    text = ENTITY.sub("", text).rstrip(LABEL_END)
    return 0 if FURNITURE.search(text) or not SENTENCE.search(text) else len(CHINESE.findall(text))


def _around(root: Element, article: Element, page: str) -> Iterator[str]:
    """Give the texts outside the article."""
    stack: list[Element | Text] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Text):
            if text := " ".join(unescape(page[node.start : node.end]).split()):
                yield text
        elif node is not article and node.name not in UNREAD and not is_hidden(node):
            stack.extend(reversed(node.children))


def _labels(texts: list[str]) -> Iterator[tuple[str, str]]:
    """Find what is said of the article: a label with its value behind it, or in the next text."""
    for text, following in pairwise([*texts, ""]):
        if found := LABEL.match(text):
            name = "".join(found[1].split())
            value = found[2] or ("" if LABEL.match(following) else following)
            yield CANONICAL.get(name, name), value.strip()


def _metas(root: Element, page: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.elements():
        if element.name == "meta" and (name := element.attributes.get("name") or element.attributes.get("property")):
            name = name.strip().lower()
            found.setdefault(CANONICAL.get(name, name), element.attributes.get("content", "").strip())
        elif element.name == "title":
            found.setdefault("page title", " ".join("".join(unescape(page[text.start : text.end]) for text in element.texts()).split()))
    return {name: value for name, value in found.items() if value}
