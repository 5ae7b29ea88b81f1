"""The dialect of Markdown: text to blocks.

There is no HTML: `<草案>` is text. Beside Markdown there are `<br>`, and comments alone on their lines that steer the layout.
Indented code, reference links, underlined headings and entities are off: in official prose they are accidents, and would change text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from planctl.word.blocks import Attachment, Heading, Landscape, PageBreak, Picture, Prose, Rule, Span, Table
from planctl.word.errors import NoDocxError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from planctl.word.blocks import Block, Spans

DEEPEST = 40
"""Levels of lists and quotations; markdown-it drops what is deeper, so such a text is read again without either."""
COMMENT = re.compile(r"<!--(.*?)-->[ \t]*$")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
WIDTHS = re.compile(r"widths:\s*(\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)*)")
ATTACHMENT = re.compile(r"attachment:?\s*(\d*)\s*(.*)", re.DOTALL)
# Chinese has no spaces: a line break in the source stands for one only between words of an alphabet.
WIDE = re.compile(r"[\u2014-\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
WEB = re.compile(r"https?://|mailto:")
HEADINGS = 5
"""The title and four levels; a sixth is the last of them."""


def parse(markdown: str) -> tuple[Block, ...]:
    """Read a text."""
    parser = _parser()
    tokens = parser.parse(markdown)
    if any(token.level >= DEEPEST - 2 for token in tokens):
        with parser.reset_rules():
            parser.disable(["list", "blockquote"])
            tokens = parser.parse(markdown)
    return tuple(_Reader(tokens).blocks())


@cache
def _parser() -> MarkdownIt:
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - an extra, and only documents need it
    except ImportError as error:
        raise NoDocxError from error
    made = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    made.disable(["html_block", "html_inline", "code", "reference", "lheading", "entity"])
    made.block.ruler.before("table", "directive", _directive, {"alt": ["paragraph", "blockquote", "list"]})
    made.inline.ruler.before("autolink", "break", _break)
    # Links are printed, never followed: their addresses and the names of pictures stay as they are written.
    made.normalizeLink = str  # type: ignore[assignment, method-assign]
    made.validateLink = bool  # type: ignore[assignment, method-assign]
    return made


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it's signature
    found = COMMENT.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
    if not found:
        return False
    if not silent:
        state.push("directive", "", 0).content = found[1].strip()
        state.line = start + 1
    return True


def _break(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    found = BREAK.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


class _Reader:
    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = iter(tokens)
        self.lists: list[int] = []  # the next number of each open list; 0 for one of dashes
        self.marker = ""
        self.quotes = 0
        self.widths: tuple[float, ...] = ()

    def blocks(self) -> Iterator[Block]:
        for token in self.tokens:
            handle = HANDLERS.get(token.type)
            if handle:
                yield from handle(self, token)

    def heading(self, token: Token) -> Iterator[Block]:
        level = min(int(token.tag[1:]), HEADINGS)
        yield Heading(level, _spans(next(self.tokens).children or ()))

    def prose(self, token: Token) -> Iterator[Block]:
        """Give the paragraphs of a run of text: a picture in it stands between two."""
        part: list[Token] = []
        for child in token.children or ():
            if child.type == "image":
                yield from self.paragraph(_spans(part))
                part = []
                yield Picture(str(child.attrs["src"]), child.content)
            else:
                part.append(child)
        yield from self.paragraph(_spans(part))

    def paragraph(self, spans: Spans) -> Iterator[Block]:
        if spans or self.marker:
            yield Prose(spans, self.marker, len(self.lists), self.quotes > 0)
            self.marker = ""

    def code(self, token: Token) -> Iterator[Block]:
        yield from self.paragraph((Span(token.content.rstrip("\n")),))

    def list_open(self, token: Token) -> Iterator[Block]:
        self.lists.append(int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else 0)
        yield from ()

    def list_close(self, _: Token) -> Iterator[Block]:
        self.lists.pop()
        yield from ()

    def item(self, _: Token) -> Iterator[Block]:
        number = self.lists[-1]
        self.marker = "——" if not number else f"{number}." if len(self.lists) == 1 else f"（{number}）"
        self.lists[-1] += bool(number)
        yield from ()

    def item_close(self, _: Token) -> Iterator[Block]:
        yield from self.paragraph(())  # an item without text

    def quote(self, token: Token) -> Iterator[Block]:
        self.quotes += token.nesting
        yield from ()

    def rule(self, _: Token) -> Iterator[Block]:
        yield Rule()

    def directive(self, token: Token) -> Iterator[Block]:
        text = token.content
        if text == "pagebreak":
            yield PageBreak()
        elif text in {"landscape", "/landscape"}:
            yield Landscape(text == "landscape")
        elif found := WIDTHS.fullmatch(text):
            self.widths = tuple(float(share) for share in found[1].split(","))
        elif found := ATTACHMENT.fullmatch(text):
            [title] = _parser().parseInline(found[2])
            yield Attachment(found[1], _spans(title.children or ()))

    def table(self, _: Token) -> Iterator[Block]:
        rows: list[list[Spans]] = []
        alignments: list[str] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(_spans(token.children or ()))
            elif token.type == "th_open":
                alignments.append(str(token.attrs.get("style", "")).removeprefix("text-align:"))
        widths = self.widths if len(self.widths) == len(alignments) and sum(self.widths) > 0 else ()
        self.widths = ()
        yield Table(tuple(rows[0]), tuple(map(tuple, rows[1:])), tuple(alignments), widths)


HANDLERS: dict[str, Callable[[_Reader, Token], Iterator[Block]]] = {
    "heading_open": _Reader.heading,
    "inline": _Reader.prose,
    "fence": _Reader.code,
    "ordered_list_open": _Reader.list_open,
    "bullet_list_open": _Reader.list_open,
    "ordered_list_close": _Reader.list_close,
    "bullet_list_close": _Reader.list_close,
    "list_item_open": _Reader.item,
    "list_item_close": _Reader.item_close,
    "blockquote_open": _Reader.quote,
    "blockquote_close": _Reader.quote,
    "hr": _Reader.rule,
    "directive": _Reader.directive,
    "table_open": _Reader.table,
}


def _spans(tokens: Sequence[Token]) -> Spans:
    """Flatten inline tokens; neighbours of the same dress are one span."""
    spans: list[Span] = []
    bold = italic = 0
    address = ""
    for position, token in enumerate(tokens):
        kind = token.type
        text = token.content
        if kind in {"strong_open", "strong_close"}:
            bold += token.nesting
        elif kind in {"em_open", "em_close"}:
            italic += token.nesting
        elif kind == "link_open":
            address = str(token.attrs.get("href", ""))
        elif kind == "link_close":
            text = f"（{address}）" if WEB.match(address) and not spans_end_with(spans, address) else ""
        elif kind == "hardbreak":
            text = "\n"
        elif kind == "softbreak":
            text = _joint(tokens, position)
        if text:
            dress = (bold > 0, italic > 0)
            if spans and spans[-1][1:] == dress:
                text = spans.pop().text + text
            spans.append(Span(text, *dress))
    return tuple(spans)


def spans_end_with(spans: Sequence[Span], address: str) -> bool:
    """Tell whether a link has just been printed as its own address."""
    return bool(spans) and spans[-1].text.endswith(address.removeprefix("mailto:"))


def _joint(tokens: Sequence[Token], position: int) -> str:
    before = next((token.content for token in reversed(tokens[:position]) if token.content), "")
    after = next((token.content for token in tokens[position + 1 :] if token.content), "")
    return "" if WIDE.match(before[-1:]) or WIDE.match(after[:1]) else " "
