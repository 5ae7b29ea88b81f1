"""What stands around the text, by the clauses of GB/T 9704-2012.

版头, 标题 and 主送机关 come before it; 附件说明, 署名, 成文日期 and 附注 after it; 版记 at the foot of the last page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.word.blocks import Span
from planctl.word.measures import balanced, margins, points, set_room, text_block, twips
from planctl.word.paragraphs import Grid, Paragraph, paragraph_xml, run, runs
from planctl.word.styles import first_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.word.blocks import Spans
    from planctl.word.frontmatter import FrontMatter
    from planctl.word.preset import Preset
    from planctl.word.styles import Style

BLANK = Paragraph("Normal")
RED_LINE_SPACE = 11
"""Points from the number of the document down to the red line: 4 mm."""
# Lines of 0.35 mm above and below, of 0.25 mm between, in eighths of a point.
IMPRINT = (
    "<w:tbl><w:tblPr>"
    '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="{place}" w:tblpYSpec="bottom"/>'
    '<w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="auto"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="auto"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="auto"/>'
    "</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}</w:tbl>'
)
IMPRINT_ROW = '<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{text}</w:tc></w:tr>'
MARK = "文件"
COMPANY = 8
"""A longer list of attachments is not kept on one page with the signature."""


def letterhead_of(front: FrontMatter) -> str:
    """Give the name in the red letterhead: the issuer, and 文件."""
    return front.issuer if front.issuer.endswith(MARK) else front.issuer + MARK


class Frame:
    """The parts around the text of one document."""

    def __init__(self, front: FrontMatter, preset: Preset, styles: dict[str, Style]) -> None:
        self.front, self.preset, self.styles = front, preset, styles

    def paragraph(self, style: str, text: str, **properties: str) -> Paragraph:
        """Make a paragraph of bare text."""
        return Paragraph(style, runs(self.styles[style], (Span(text),)) if text else "", properties)

    def title(self, style: str, spans: Spans) -> Paragraph:
        """Set a title in balanced lines."""
        width, _ = text_block(self.preset)
        if len(spans) == 1:
            spans = (spans[0]._replace(text=balanced(spans[0].text, int(width / self.preset.title_size))),)
        return Paragraph(style, runs(self.styles[style], spans))

    def head(self, title: Spans) -> Iterator[Paragraph]:
        """Give what comes before the text."""
        front = self.front
        if front.urgency:
            yield self.paragraph("Urgency", front.urgency)
        if front.letterhead and front.issuer:
            yield from self.letterhead()
        if title:
            yield self.title("Title", title)
        if front.number and not front.letterhead:
            yield self.paragraph("Number", front.number)
        if title or front.number:
            yield BLANK
        if front.addressee:
            yield self.paragraph("Addressee", f"{front.addressee}：")

    def letterhead(self) -> Iterator[Paragraph]:
        """Give the red name, the number of the document and the red line; after each, two lines are left empty."""
        mark = self.paragraph("Letterhead", letterhead_of(self.front))
        if self.front.urgency:
            # The line above has already used one line of the distance from the top.
            style = self.styles["Letterhead"]
            before = int(style.properties["spacing"].split('"')[1]) - twips(self.preset.line_pitch)
            mark = mark.having(spacing=f'w:before="{max(before, 0)}" {style.properties["spacing"].partition(" ")[2]}')
        yield mark
        yield from (BLANK, BLANK)
        border = f'<w:bottom w:val="single" w:sz="12" w:space="{RED_LINE_SPACE}" w:color="{self.preset.red}"/>'
        yield self.paragraph("Number", self.front.number, pBdr=border)
        yield from (BLANK, BLANK)

    def tail(self) -> Iterator[Paragraph]:
        """Give what comes after the text and before its attachments."""
        front = self.front
        signed = bool(front.signature or front.date)
        together = signed and len(front.attachments) <= COMPANY
        yield from (note.having(keepNext="") if together else note for note in self.attachment_notes())
        if signed:
            yield from (BLANK.having(keepNext=""),) * (2 if front.seal else 1)
            yield from self.signature()
        if front.note:
            yield self.paragraph("Note", front.note if front.note[0] in "(（" else f"（{front.note}）")

    def attachment_notes(self) -> Iterator[Paragraph]:
        """List the attachments: two characters in, the names aligned with one another and with their own next lines."""
        names = self.front.attachments
        if not names:
            return
        yield BLANK
        number = 0 if len(names) == 1 else 1 if len(names) < 10 else 1.5
        style = self.styles["AttachmentNote"]
        for position, name in enumerate(names, 1):
            lead = "附件：" if position == 1 else ""
            count = run(style, f'<w:t xml:space="preserve">{lead}{position}.</w:t><w:tab/>') if number else run(style, f"<w:t>{lead}</w:t>")
            hanging = number + (3 if position == 1 else 0)
            indent = first_line(self.preset, 0, hanging=hanging, left=5 + number)
            yield Paragraph(style.id, count + runs(style, (Span(name),)), {"ind": indent})

    def signature(self) -> Iterator[Paragraph]:
        """Give 署名 and 成文日期.

        Under a seal (7.3.5.1) the name is centred over the date; without one (7.3.5.2) the date begins two characters further in.
        """
        name, day = set_room(self.front.signature), set_room(self.front.date)
        if self.front.seal:
            day_edge, name_edge = 4.0, 4 + (day - name) / 2
        elif day > name and name:
            day_edge, name_edge = 2.0, 4 + day - name
        else:
            day_edge, name_edge = (name - day if name else 4.0, 2.0)
        if self.front.signature:
            yield self.paragraph("Signature", self.front.signature, ind=self._edge(name_edge))
        if self.front.date:
            yield self.paragraph("IssueDate", self.front.date, ind=self._edge(day_edge))

    def _edge(self, characters: float) -> str:
        return f'w:right="{twips(max(characters, 0) * (self.preset.body_size + self.preset.character_spacing))}"'

    def imprint(self, *, landscape: bool) -> Iterator[Grid]:
        """Give 版记: a floating table whose last line is the foot of the text on the last page.

        A frame around paragraphs would be simpler, but LibreOffice drops one that has borders.
        """
        front, size = self.front, self.preset.imprint_size
        width, _ = text_block(self.preset, landscape=landscape)
        sides = {"left": size, "right": size}
        rows = []
        if front.copies:
            copies = self.imprint_line(f"抄送：{'，'.join(front.copies)}。", sides | {"left": size * 4, "hanging": size * 3})
            rows.append(paragraph_xml(copies))
        if front.printed_by or front.printed_on:
            printed = self.imprint_line(front.printed_by, sides)
            if front.printed_on:
                style = self.styles["Imprint"]
                printed = printed.having(tabs=f'<w:tab w:val="right" w:pos="{twips(width - size)}"/>')
                printed = printed._replace(runs=printed.runs + run(style, "<w:tab/>") + runs(style, (Span(f"{front.printed_on}印发"),)))
            rows.append(paragraph_xml(printed))
        if rows:
            place = twips(points(margins(self.preset, landscape=landscape)[3]))
            written = "".join(IMPRINT_ROW.format(width=twips(width), text=row) for row in rows)
            yield Grid(IMPRINT.format(place=place, width=twips(width), rows=written))

    def imprint_line(self, text: str, sides: dict[str, float]) -> Paragraph:
        """Set a line of the imprint, moved in from the sides."""
        return self.paragraph("Imprint", text, ind=" ".join(f'w:{side}="{twips(value)}"' for side, value in sides.items()))
