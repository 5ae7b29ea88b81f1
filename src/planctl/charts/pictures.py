"""Pictures: a chart as PNG, for documents that cannot hold SVG."""

from __future__ import annotations

from planctl.errors import NoPicturesError

FAMILY = "Noto Sans CJK SC"
LARGEST = 8000
"""Pixels: a wider picture would fill the memory and no page."""


def to_png(svg: str, width: int) -> bytes:
    """Draw a chart in so many pixels across, with the fonts of the system.

    Raises:
        NoPicturesError: resvg, which draws it, is not installed.
    """
    try:
        import resvg_py  # noqa: PLC0415 - an extra, and only documents need it
    except ImportError as error:
        raise NoPicturesError from error
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, width=min(width, LARGEST), background="#ffffff", sans_serif_family=FAMILY, font_family=FAMILY
    )
    return bytes(drawn)
