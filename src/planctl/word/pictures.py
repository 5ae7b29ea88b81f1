"""Pictures in a document: PNG, as wide as the text, each file stored once."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from planctl.word.errors import BadPictureError, UnknownPictureError
from planctl.word.markup import escape
from planctl.word.measures import EMU_PER_POINT, text_block
from planctl.word.paragraphs import run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.word.blocks import Picture
    from planctl.word.preset import Preset
    from planctl.word.styles import Style

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SHORTEST = 45
"""Bytes of a PNG that has a header and an end."""
CAPTION_LINES = 2
DRAWING = (
    '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{id}" name="{name}" descr="{descr}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{id}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Pictures:
    """The pictures of one document: those that were given, and those that have been shown."""

    def __init__(self, given: Mapping[str, bytes], preset: Preset, style: Style) -> None:
        self.given, self.preset, self.style = given, preset, style
        self.names: list[str] = []
        self.shown = 0

    def run(self, picture: Picture, *, landscape: bool) -> str:
        """Write a picture as a run.

        Raises:
            UnknownPictureError: nobody gave it.
            BadPictureError: it is not PNG.
        """
        if picture.name not in self.given:
            raise UnknownPictureError(name=picture.name, known=sorted(self.given))
        if picture.name not in self.names:
            self.names.append(picture.name)
        self.shown += 1
        cx, cy = self.extent(picture.name, landscape=landscape)
        rid = relation(self.names.index(picture.name))
        drawing = DRAWING.format(cx=cx, cy=cy, id=self.shown, name=escape(picture.name), descr=escape(picture.caption), rid=rid)
        return run(self.style, drawing)

    def extent(self, name: str, *, landscape: bool) -> tuple[int, int]:
        """Measure a picture on the page: as wide as the text, unless it were then higher than a page has room for."""
        across, down = size_of(name, self.given[name])
        width, height = text_block(self.preset, landscape=landscape)
        height -= CAPTION_LINES * self.preset.line_pitch
        scale = min(width / across, height / down)
        return max(round(across * scale * EMU_PER_POINT), 1), max(round(down * scale * EMU_PER_POINT), 1)


def relation(position: int) -> str:
    """Name the relation to a picture by its position among those shown."""
    return f"rIdPicture{position + 1}"


def size_of(name: str, data: bytes) -> tuple[int, int]:
    """Read the size of a PNG, in pixels."""
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < SHORTEST:
        raise BadPictureError(name=name)
    across, down = struct.unpack(">II", data[16:24])
    if not across or not down:
        raise BadPictureError(name=name)
    return across, down
