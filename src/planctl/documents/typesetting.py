"""Lines of print as paragraphs: what runs over every page is taken out, and what was one paragraph is joined again."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.documents.pdfpages import Line

PAGE_NUMBER = re.compile(
    r"[\s—–\-－―─·.]{0,9}(第\s?)?[0-9０-９]{1,4}(\s?页)?(\s?[/／,，]?\s?共?\s?[0-9０-９]{1,4}\s?页?)?[\s—–\-－―─·.]{0,9}"
)
BARE_NUMBER = re.compile(r"[\s.·]{0,9}[0-9０-９]{1,4}[\s.·]{0,9}")
"""A number and nothing more: of a page, or of a row or an item."""
MARGIN = 0.13
"""How much of a page, above and below, may hold what runs over all pages."""
DEEP, DEEPEST = 110.0, 0.2
"""Points that it may be deep on a page that lies on its side, and the most of its height."""
DRIFT = 4.0
"""Points by which it may move."""
OFTEN = 3
"""On so many pages something must stand to run over them; of two, on both."""
NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条](?!第|规定|的|至|和|、)|[一二三四五六七八九十]{1,3}[、.．](?![一二三四五六七八九十])|[（(][一二三四五六七八九十]{1,3}[)）](?![项款条目])"
    r"|[0-9]{1,3}(?:[.．](?![0-9])|、(?![0-9]))|[（(][0-9]{1,3}[)）](?![项款条目])|[①-⑳]|——(?=[^—])|【"
)
"""How a paragraph begins that is numbered; 二、三级医院 and （三）项 only go on with one."""
LABELLED = re.compile(
    r"[（(【\[]?(?:牵头|责任|配合|参加|参与|协办|主办|承办|主责|实施|落实|完成)(?:责任)?(?:单位|部门|处室|科室|时限|时间|期限)(?:及[^：:]{1,6})?[：:]"
)
"""How a line begins that says who is responsible, or until when."""
ENDS = tuple("。；：！？;:!?")
OPENING, CLOSING = "（(【[〔《“", "）)】]〕》”"
WORD = re.compile(r"[（(《“〔【]{0,3}(?:[0-9A-Za-z.%]{1,12}|.)[，。、；：）”》！？〕】]{0,2}")
"""What is not broken: a number, a word of letters, an opening bracket with what follows it, and the marks that may not begin a line."""
GLUED = re.compile(
    r"[（(《“〔【]{0,3}(?:[0-9A-Za-z.%]{1,12}|.)(?:[“”]{1,2}(?:[0-9A-Za-z.%]{1,12}|.)?)?[，。、；：）”》！？〕】]{0,2}(?:(?<=[，。、；：）”》！？〕】])[0-9A-Za-z.%]{1,12})?"
)
"""The same where quotation marks hold what is on either side, and a mark holds the number behind it, as some programs print it."""
SET_OFF = 1.35
"""A line so many times as far away as others are does not belong to them."""
FULL = 1.6
"""A line that ends so many characters before the edge is full."""
SPARE = 0.6
"""So many more may be left where the next word had no place."""
INDENT = 1.2
"""A line that begins so many characters behind the edge begins a paragraph."""
SAME_SIZE = 0.12
FEW = 4


class Printed(NamedTuple):
    """A line on its page."""

    page: int
    number: int
    line: Line


class Edges(NamedTuple):
    """Where the text of a page begins and ends on both sides."""

    left: float
    right: float


def page_edges(lines: Sequence[Line], width: float, default: Edges | None = None) -> Edges:
    """Find the edges of the text of a page: where its long lines begin and end. Few lines do not tell, but both margins are alike."""
    widest = max((line.x1 - line.x0 for line in lines), default=0)
    long = [line for line in lines if line.x1 - line.x0 > 0.8 * widest]
    if len(long) < FEW and default:
        return default
    left, right = min((line.x0 for line in long), default=0), max((line.x1 for line in long), default=0)
    if default and left > default.left and abs(right - default.right) < DRIFT:  # every long line of this page begins a paragraph
        left = default.left
    return Edges(left, right if len(long) >= FEW else max(right, width - left))


def running(pages: Sequence[Sequence[Line]], height: Sequence[float]) -> set[tuple[int, int]]:
    """Find the lines, by page and index, that run over the pages: page numbers, and what stands at the same place of many."""
    edge = [
        (page, index)
        for page, lines in enumerate(pages)
        for index in _outer(lines)
        if lines[index].bottom < _margin(height[page]) or lines[index].top > height[page] - _margin(height[page])
        if PAGE_NUMBER.fullmatch(lines[index].text) or _is_set_off(lines, index)
    ]
    numbers = {place for place in edge if PAGE_NUMBER.fullmatch(pages[place[0]][place[1]].text)}
    bare = {place for place in numbers if BARE_NUMBER.fullmatch(pages[place[0]][place[1]].text)}
    found = (numbers - bare) | _counting(pages, bare)

    def key(place: tuple[int, int]) -> tuple[str, int]:
        line = pages[place[0]][place[1]]
        return re.sub(r"\d+", "#", line.text), round(line.top / DRIFT)

    counts = Counter(key(place) for place in edge)
    return found | {place for place in edge if place not in bare and counts[key(place)] >= max(min(OFTEN, len(pages)), len(pages) // 3, 2)}


def _margin(height: float) -> float:
    return max(MARGIN * height, min(DEEP, DEEPEST * height))


def _counting(pages: Sequence[Sequence[Line]], bare: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Find the bare numbers that count the pages; those of rows and items go on otherwise from page to page."""
    ahead = {place: int(re.sub(r"\D", "", pages[place[0]][place[1]].text)) - place[0] for place in bare}
    alone = {
        place
        for place in bare
        if ahead[place] in (0, 1) and place[1] in (0, len(pages[place[0]]) - 1) and _is_set_off(pages[place[0]], place[1])
    }
    counts = Counter((ahead[place], place[1] > 0) for place in bare)
    series = {place for place in bare if counts[ahead[place], place[1] > 0] > max(1, len(bare) // 3)}
    return series or alone


def _is_set_off(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line at the top or the bottom of a page stands away from the text, or is of another size."""
    steps = sorted(after.top - before.top for before, after in pairwise(lines))
    usual = steps[len(steps) // 2] if steps else 0
    is_above = index < len(lines) / 2
    inner = range(index, min(index + 2, len(lines) - 1)) if is_above else range(max(index - 2, 0), index)
    is_away = any(lines[place + 1].top - lines[place].top > SET_OFF * usual for place in inner)
    middle = lines[len(lines) // 2].size
    return is_away or abs(lines[index].size - middle) > SAME_SIZE * middle


def _outer(lines: Sequence[Line]) -> list[int]:
    """Give the first and the last lines of a page."""
    return sorted({*range(min(2, len(lines))), *range(max(len(lines) - 2, 0), len(lines))})


def paragraphs(lines: Sequence[Printed], edges: dict[int, Edges]) -> Iterator[list[Printed]]:
    """Join lines to paragraphs."""
    open_lines: list[Printed] = []
    for printed in lines:
        if open_lines and not _goes_on(open_lines[-1], printed, edges):
            yield open_lines
            open_lines = []
        open_lines.append(printed)
    if open_lines:
        yield open_lines


def _goes_on(before: Printed, after: Printed, edges: dict[int, Edges]) -> bool:
    """Tell whether a line goes on with the paragraph of the line before: that was full, and this one is not indented."""
    size = before.line.size
    if abs(after.line.size - size) > SAME_SIZE * size:
        return False
    is_full = before.line.x1 > edges[before.page].right - _room(before.line.text, after.line.text) * size
    is_indented = after.line.x0 > edges[after.page].left + INDENT * size
    if not is_full or is_indented:
        return False
    if NUMBERED.match(after.line.text) and before.line.text.endswith((*ENDS, *CLOSING)):
        return False
    return before.page != after.page or after.line.top - before.line.bottom < 2 * size


def _room(before: str, after: str) -> float:
    """Tell how many characters may be left at the end of a full line: those of the next word, if the sentence goes on."""
    word = None if before.endswith(ENDS) else GLUED.match(after)
    return max(FULL, width(word.group()) / 2 + SPARE) if word else FULL


def width(text: str) -> int:
    """Measure a text in half-width characters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def is_centred(line: Line, edges: Edges) -> bool:
    """Tell whether a line stands in the middle, away from both edges."""
    left, right = line.x0 - edges.left, edges.right - line.x1
    return min(left, right) > 2 * line.size and abs(left - right) < 2 * line.size


def seam(before: str, after: str) -> str:
    """Give what stands between two lines that are joined: a blank between words of letters, between Chinese nothing."""
    return " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha() else ""
