"""The shape of `document:` in `planctl.yaml`: the look of the documents that are handed in (`planctl.word.preset`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.fields import COUNT, FIGURE, TEXT, Field, RecordOf

if TYPE_CHECKING:
    from planctl.fields import FieldType

TEXTS_OF_PRESET: dict[str, tuple[str, str]] = {
    "title_font": ("标题字体", "The font of the title"),
    "body_font": ("正文字体", "The font of the body"),
    "heading_font": ("一级标题字体", "The font of first-level headings"),
    "subheading_font": ("二级标题字体", "The font of second-level headings"),
    "number_font": ("页码字体", "The font of page numbers"),
    "latin_font": ("西文字体", "The font of Latin letters and figures"),
    "letterhead_size": ("发文机关标志字号（磅）", "The size of the name in a letterhead, in points"),
    "title_size": ("标题字号（磅）", "The size of the title, in points"),
    "body_size": ("正文字号（磅）", "The size of the body, in points"),
    "number_size": ("页码字号（磅）", "The size of page numbers, in points"),
    "imprint_size": ("版记字号（磅）", "The size of the imprint, in points"),
    "caption_size": ("图题字号（磅）", "The size of captions, in points"),
    "table_size": ("表格字号（磅）", "The size of text in tables, in points"),
    "page_width": ("纸宽（毫米）", "The width of the paper, in millimetres"),
    "page_height": ("纸高（毫米）", "The height of the paper, in millimetres"),
    "margin_top": ("天头（毫米）", "The top margin, in millimetres"),
    "margin_bottom": ("下白边（毫米）", "The bottom margin, in millimetres"),
    "margin_left": ("订口（毫米）", "The left margin, in millimetres"),
    "margin_right": ("右白边（毫米）", "The right margin, in millimetres"),
    "number_gap": ("页码一字线距版心下边缘（毫米）", "From the text block down to the page number, in millimetres"),
    "letterhead_gap": ("发文机关标志距版心上边缘（毫米）", "From the top of the text block to the letterhead, in millimetres"),
    "line_pitch": ("行距（磅，固定值）", "The line pitch, exact, in points"),
    "character_spacing": ("字距（磅）", "The spacing of characters, in points"),
    "table_line": ("表格行距（磅）", "The line pitch in tables, in points"),
    "landscape_columns": ("多于几列的表用横页", "A table with more columns goes on a landscape page"),
    "light_heading": ("加底色的列名", "The heading of columns whose cells are shaded"),
    "light_green": ("绿灯底色 RRGGBB", "The shade of green, RRGGBB"),
    "light_yellow": ("黄灯底色 RRGGBB", "The shade of yellow, RRGGBB"),
    "light_red": ("红灯底色 RRGGBB", "The shade of red, RRGGBB"),
    "light_blue": ("蓝灯底色 RRGGBB", "The shade of blue, RRGGBB"),
    "light_grey": ("灰灯底色 RRGGBB", "The shade of grey, RRGGBB"),
    "red": ("红头颜色 RRGGBB", "The red of the letterhead, RRGGBB"),
}


def _type_of(key: str) -> FieldType:
    if key.endswith("_font") or key.startswith("light_") or key == "red":
        return TEXT
    return COUNT if key == "landscape_columns" else FIGURE


DOCUMENT_LOOK = RecordOf(dict, tuple(Field(key, _type_of(key), zh, en) for key, (zh, en) in TEXTS_OF_PRESET.items()))
