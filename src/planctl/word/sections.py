"""Sections: the paper, its margins, the grid of lines, and the page number at the outer edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.word.measures import margins, points, twips
from planctl.word.paragraphs import Paragraph, field, paragraph_xml, run, text_content

if TYPE_CHECKING:
    from planctl.word.preset import Preset
    from planctl.word.styles import Style

FOOTERS = {"default": "rIdFooterOdd", "even": "rIdFooterEven"}
"""The relations to the page numbers."""
DASH = 0.75
"""How far the dashes stand above the foot of their line, by the size of the page number."""


def section_content(preset: Preset, *, landscape: bool) -> str:
    """Write the content of a section's properties."""
    width, height = (preset.page_height, preset.page_width) if landscape else (preset.page_width, preset.page_height)
    turned = ' w:orient="landscape"' if landscape else ""
    sides = margins(preset, landscape=landscape)
    edges = " ".join(f'w:{edge}="{twips(points(side))}"' for edge, side in zip(("top", "right", "bottom", "left"), sides, strict=True))
    foot = max(points(sides[2] - preset.number_gap) - DASH * preset.number_size, 0)
    numbers = "".join(f'<w:footerReference w:type="{side}" r:id="{key}"/>' for side, key in FOOTERS.items())
    return (
        f'{numbers}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(points(width))}" w:h="{twips(points(height))}"{turned}/>'
        f'<w:pgMar {edges} w:header="851" w:footer="{twips(foot)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{twips(preset.line_pitch)}"/>'
    )


def footer_xml(style: Style, *, even: bool) -> str:
    """Write the page number of odd pages (right) or even pages (left), one character from the edge."""
    side = "left" if even else "right"
    parts = run(style, text_content("— ")) + field(style, "PAGE") + run(style, text_content(" —"))
    indent = f'w:{side}Chars="100" w:{side}="{twips(style.size)}"'
    return paragraph_xml(Paragraph(style.id, parts, {"ind": indent, "jc": f'w:val="{side}"'}))
