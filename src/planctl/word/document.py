"""Markdown to an official document: the pieces in their order, on their pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.word import frontmatter
from planctl.word.blocks import Attachment, Heading, Prose, Span, plain
from planctl.word.body import GAP, Body, Placed, orient
from planctl.word.dialect import parse
from planctl.word.frame import Frame, letterhead_of
from planctl.word.markup import clean
from planctl.word.package import pack
from planctl.word.paragraphs import Grid, Paragraph, paragraph_xml
from planctl.word.pictures import Pictures
from planctl.word.preset import Preset
from planctl.word.sections import section_content
from planctl.word.styles import make

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.word.blocks import Block, Spans

DEFAULT = Preset()
NO_PICTURES: Mapping[str, bytes] = {}


def render(markdown: str, preset: Preset = DEFAULT, pictures: Mapping[str, bytes] = NO_PICTURES) -> bytes:
    """Make a .docx of a text; the same text gives the same bytes.

    Raises:
        PlanctlError: the front matter is not what it may be, a picture is not there or not PNG, or python-docx is not installed.
    """
    front, text = frontmatter.split(clean(markdown))
    title, blocks = _title(front.title, parse(text))
    styles = make(preset, letterhead_of(front))
    frame = Frame(front, preset, styles)
    shown = Pictures(pictures, preset, styles["Picture"])
    oriented = orient(blocks, preset.landscape_columns)
    placed = list(_pieces(frame, Body(frame, shown), title, oriented))
    body = "".join(_lay_out(placed, preset))
    return pack(body, styles, [pictures[name] for name in shown.names], (plain(title), front.issuer, front.day))


def _title(given: str, blocks: tuple[Block, ...]) -> tuple[Spans, tuple[Block, ...]]:
    """Choose the title: the front matter's, or the first heading of the first level."""
    if given:
        return (Span(given.replace("<br>", "\n")),), blocks
    for position, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level == 1:
            return block.spans, blocks[:position] + blocks[position + 1 :]
    return (), blocks


def _pieces(frame: Frame, body: Body, title: Spans, blocks: Sequence[tuple[Block, bool]]) -> Iterator[Placed]:
    """Give everything in its order: the signature comes before the attachments, the imprint last of all."""
    end = next((position for position, (block, _) in enumerate(blocks) if isinstance(block, Attachment)), len(blocks))
    # A document that begins with a wide table has its title on that table's page; a red letterhead is always upright.
    landscape = bool(end) and blocks[0][1] and not frame.front.letterhead
    yield from (Placed(piece, landscape) for piece in frame.head(title))
    text = list(body.pieces(blocks[:end]))
    tail = list(frame.tail())
    if tail and text and isinstance(blocks[end - 1][0], Prose) and isinstance(text[-1].piece, Paragraph):
        text[-1] = text[-1]._replace(piece=text[-1].piece.having(keepNext=""))  # a signature does not stand alone on a page
    yield from text
    landscape = text[-1].landscape if text else landscape
    yield from (Placed(piece, landscape) for piece in tail)
    for placed in body.pieces(blocks[end:]):
        landscape = placed.landscape
        yield placed
    yield from (Placed(grid, landscape) for grid in frame.imprint(landscape=landscape))


def _lay_out(placed: Iterable[Placed], preset: Preset) -> Iterator[str]:
    """Write the pieces, with a section for each change of the paper.

    A paragraph ends its section itself: another one for that might need another page.
    """
    waiting: Placed | None = None
    for current in placed:
        if waiting is None:
            waiting = current
            continue
        turned = current.landscape != waiting.landscape
        yield _piece(waiting, preset, ends=turned, before_table=isinstance(current.piece, Grid))
        waiting = current
        if turned and isinstance(current.piece, Paragraph):
            waiting = current._replace(piece=current.piece.lacking("pageBreakBefore"))
    last = waiting or Placed(Paragraph("Normal"), landscape=False)
    yield _piece(last, preset, ends=False, before_table=True)
    yield f"<w:sectPr>{section_content(preset, landscape=last.landscape)}</w:sectPr>"


def _piece(placed: Placed, preset: Preset, *, ends: bool, before_table: bool) -> str:
    """Write a piece. After a table stands a paragraph where its section ends, or where another table would grow into it."""
    piece = placed.piece
    section = {"sectPr": section_content(preset, landscape=placed.landscape)} if ends else {}
    if isinstance(piece, Paragraph):
        return paragraph_xml(piece.having(**section))
    return piece.xml + (paragraph_xml(GAP.having(**section)) if ends or before_table else "")
