"""Blocks to the pieces of a page: paragraphs and tables, each upright or on a landscape page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planctl.word.blocks import Attachment, Heading, Landscape, PageBreak, Picture, Prose, Rule, Span, Table
from planctl.word.frame import BLANK
from planctl.word.paragraphs import Grid, Paragraph, runs
from planctl.word.styles import first_line
from planctl.word.tables import table_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.word.blocks import Block
    from planctl.word.frame import Frame
    from planctl.word.pictures import Pictures

GAP = Paragraph("Gap")
INDENT = 2
"""Characters by which a paragraph, and each further level of a list, is moved in."""


Piece: TypeAlias = Paragraph | Grid


class Placed(NamedTuple):
    """A piece with the way that its page lies."""

    piece: Piece
    landscape: bool


def orient(blocks: Sequence[Block], landscape_columns: int) -> list[tuple[Block, bool]]:
    """Say of each block whether it is on a landscape page: in a region marked so, or a wide table with the headings just above it."""
    placed: list[tuple[Block, bool]] = []
    region = False
    for block in blocks:
        if isinstance(block, Landscape):
            region = block.on
        else:
            placed.append((block, region or (isinstance(block, Table) and len(block.header) > landscape_columns)))
    following = False
    for position in reversed(range(len(placed))):
        block, _ = placed[position]
        if isinstance(block, (Heading, Attachment, PageBreak)) and following:
            placed[position] = (block, True)
        following = placed[position][1]
    return placed


class Body:
    """Makes pieces of blocks, for one document."""

    def __init__(self, frame: Frame, pictures: Pictures) -> None:
        self.frame, self.pictures = frame, pictures
        self.preset, self.styles = frame.preset, frame.styles

    def pieces(self, blocks: Iterable[tuple[Block, bool]]) -> Iterator[Placed]:
        """Make the pieces, in order; a page break is a property of the paragraph after it."""
        broken = False
        for block, landscape in blocks:
            if isinstance(block, PageBreak):
                broken = True
                continue
            for piece in self.of(block, landscape=landscape):
                if broken and not isinstance(piece, Paragraph):
                    yield Placed(GAP.having(pageBreakBefore=""), landscape)
                yield Placed(piece.having(pageBreakBefore="") if broken and isinstance(piece, Paragraph) else piece, landscape)
                broken = False

    def of(self, block: Block, *, landscape: bool) -> Iterator[Piece]:
        """Make the pieces of one block."""
        if isinstance(block, Prose):
            yield self.prose(block)
        elif isinstance(block, Table):
            yield Grid(table_xml(block, self.preset, self.styles, landscape=landscape))
        elif isinstance(block, Heading):
            yield self.heading(block)
        elif isinstance(block, Picture):
            yield from self.picture(block, landscape=landscape)
        elif isinstance(block, Attachment):
            yield self.frame.paragraph("AttachmentMark", f"附件{block.number}", pageBreakBefore="")
            yield BLANK.having(keepNext="")
            if block.title:
                yield self.frame.title("AttachmentTitle", block.title)
                yield BLANK
        elif isinstance(block, Rule):
            yield BLANK.having(pBdr='<w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/>')

    def heading(self, heading: Heading) -> Paragraph:
        """Set a heading; a title within the text is set as one."""
        if heading.level == 1:
            return self.frame.title("Title", heading.spans)
        style = self.styles[f"Heading{heading.level - 1}"]
        return Paragraph(style.id, runs(style, heading.spans))

    def prose(self, prose: Prose) -> Paragraph:
        """Set a paragraph. Items of a list begin as paragraphs do in official prose; what belongs to them is moved in with them."""
        spans = (Span(prose.marker), *prose.spans) if prose.marker else prose.spans
        if not prose.depth:
            style = self.styles["QuoteText" if prose.quoted else "Text"]
            return Paragraph(style.id, runs(style, spans))
        style = self.styles["ListText"]
        deeper = min(prose.depth - 1, 4) * INDENT
        return Paragraph(style.id, runs(style, spans), {"ind": first_line(self.preset, INDENT, left=deeper)})

    def picture(self, picture: Picture, *, landscape: bool) -> Iterator[Paragraph]:
        """Show a picture across the text, its caption below."""
        caption = self.frame.paragraph("PictureCaption", picture.caption)
        shown = Paragraph("Picture", self.pictures.run(picture, landscape=landscape))
        if picture.caption:
            yield shown
            yield caption
        else:
            yield shown._replace(properties={"keepNext": 'w:val="0"'})
