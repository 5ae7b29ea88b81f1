"""The look of a document. The defaults are GB/T 9704-2012; all values are plain, so that a settings file can name each.

Sizes, pitches and spacings are points, margins and distances millimetres, colours RRGGBB. Font names are those of the office's machines:
older Windows says 仿宋_GB2312 and 楷体_GB2312, domestic systems 方正仿宋_GBK.
"""

from __future__ import annotations

from typing import NamedTuple


class Preset(NamedTuple):
    """Fonts, sizes and distances of a document."""

    title_font: str = "方正小标宋简体"
    body_font: str = "仿宋"
    heading_font: str = "黑体"
    """First-level headings, 附件1, the heads of tables."""
    subheading_font: str = "楷体"
    number_font: str = "宋体"
    """Page numbers."""
    latin_font: str = "Times New Roman"

    letterhead_size: float = 48
    """The name in a red letterhead; a longer name is set smaller, so that it fits on its line."""
    title_size: float = 22
    body_size: float = 16
    number_size: float = 14
    imprint_size: float = 14
    caption_size: float = 14
    table_size: float = 12

    page_width: float = 210
    page_height: float = 297
    margin_top: float = 37
    margin_bottom: float = 35
    margin_left: float = 28
    margin_right: float = 26
    number_gap: float = 7
    """From the text block down to the dashes of the page number."""
    letterhead_gap: float = 35
    """From the top of the text block down to the name in a red letterhead."""

    line_pitch: float = 28.95
    """22 lines on a page: with 29 there would be 21."""
    character_spacing: float = -0.25
    """28 characters on a line: without it there would be 27."""
    table_line: float = 18
    landscape_columns: int = 9
    """A table with more columns than this goes on a landscape page."""

    light_heading: str = "亮灯"
    """The head of the columns whose cells are shaded."""
    light_green: str = "C6E0B4"
    light_yellow: str = "FFE699"
    light_red: str = "F4B6B6"
    light_blue: str = "BDD7EE"
    light_grey: str = "D9D9D9"
    red: str = "FF0000"
    """The letterhead and its line."""
