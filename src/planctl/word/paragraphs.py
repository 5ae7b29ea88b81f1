"""Paragraphs and runs as WordprocessingML.

Every run says all four of its fonts, and that doubtful characters such as quotation marks are Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.word.markup import clean, escape, properties_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.word.blocks import Spans
    from planctl.word.styles import Style


class Paragraph(NamedTuple):
    """A paragraph: the id of its style, its runs as XML, and what it has beyond its style."""

    style: str
    runs: str = ""
    properties: Mapping[str, str] = {}

    def having(self, **properties: str) -> Paragraph:
        """Give the same paragraph with more properties."""
        return self._replace(properties={**self.properties, **properties})

    def lacking(self, name: str) -> Paragraph:
        """Give the same paragraph without a property."""
        return self._replace(properties={key: value for key, value in self.properties.items() if key != name})


class Grid(NamedTuple):
    """A table as XML."""

    xml: str


def paragraph_xml(paragraph: Paragraph) -> str:
    """Write a paragraph."""
    properties = properties_xml({"pStyle": f'w:val="{paragraph.style}"', **paragraph.properties})
    return f"<w:p><w:pPr>{properties}</w:pPr>{paragraph.runs}</w:p>"


def run(style: Style, content: str, *, bold: bool = False, italic: bool = False, size: float = 0) -> str:
    """Write a run around content that is XML already."""
    dress = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    measure = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    return f"<w:r><w:rPr>{style.fonts}{dress}{measure}</w:rPr>{content}</w:r>"


def text_content(text: str) -> str:
    """Write the content of a run; newlines become line breaks."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' if line else "" for line in clean(text).split("\n"))
    return "<w:br/>".join(lines)


def runs(style: Style, spans: Spans, size: float = 0) -> str:
    """Write spans in a style."""
    return "".join(run(style, text_content(text), bold=bold, italic=italic, size=size) for text, bold, italic in spans)


def field(style: Style, instruction: str) -> str:
    """Write a field: each of its parts is a run of its own, or LibreOffice loses the font."""
    parts: Iterable[str] = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(run(style, part) for part in parts)
