"""The styles of a document, made from a preset: one record each, and the XML of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.word.markup import escape, properties_xml
from planctl.word.measures import points, room, text_block, twips

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.word.preset import Preset

LEADING = 1.3
"""A line by the size of its text, where no pitch is prescribed."""
HEADING_LEVELS = 4
KEEP = {"keepNext": ""}
TOP_OF_GLYPHS = 0.27
"""How far below the top of its line a character begins, by its size."""


class Style(NamedTuple):
    """A style: its id, the name that people see, its fonts as XML, size in points, and the properties of its paragraphs."""

    id: str
    name: str
    fonts: str
    size: float
    properties: Mapping[str, str] = {}
    spacing: float = 0
    colour: str = ""


def fonts_xml(east_asian: str, latin: str) -> str:
    """Write the fonts of a run or style; nothing is left to a theme."""
    east, west = escape(east_asian), escape(latin)
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{west}" w:hAnsi="{west}" w:eastAsia="{east}" w:cs="{west}"/>'


def line(pitch: float, before: float = 0) -> str:
    """Write an exact line pitch. Left to the font, the lines of a page would change with it."""
    return f'w:before="{twips(before)}" w:after="0" w:line="{twips(pitch)}" w:lineRule="exact"'


def first_line(preset: Preset, characters: float, hanging: float = 0, left: float = 0) -> str:
    """Write an indent in characters, and in twips for programs that do not count characters."""
    unit = preset.body_size
    values = (("left", left), ("firstLine", characters), ("hanging", hanging))
    return " ".join(f'w:{name}Chars="{round(value * 100)}" w:{name}="{twips(value * unit)}"' for name, value in values if value)


def letterhead_size(preset: Preset, name: str) -> float:
    """Choose a size at which the name of a red letterhead fits on its line."""
    width, _ = text_block(preset)
    return max(min(preset.letterhead_size, width / max(room(name), 1)), 1)


def make(preset: Preset, mark: str = "") -> dict[str, Style]:
    """Make the styles by their ids; `mark` is the name in the red letterhead."""
    return {style.id: style for style in (*_text_styles(preset), *_title_styles(preset, mark), *_small_styles(preset))}


def _text_styles(preset: Preset) -> Iterator[Style]:
    """Make the styles of the body's size. No line is moved to the next page to keep another company: 22 lines are 22."""
    plain = {"spacing": line(preset.line_pitch)}
    indented = plain | {"ind": first_line(preset, 2)}
    right = plain | {"jc": 'w:val="right"'}
    faces: dict[str, tuple[str, str, dict[str, str]]] = {
        "Normal": ("Normal", preset.body_font, plain | {"widowControl": 'w:val="0"', "jc": 'w:val="both"'}),
        "Text": ("公文正文", preset.body_font, indented),
        "ListText": ("公文列项", preset.body_font, plain),
        "QuoteText": ("公文引文", preset.subheading_font, indented),
        "Addressee": ("主送机关", preset.body_font, plain),
        "AttachmentNote": ("附件说明", preset.body_font, plain | {"jc": 'w:val="left"'}),
        "Signature": ("署名", preset.body_font, right | KEEP),
        "IssueDate": ("成文日期", preset.body_font, right),
        "Note": ("附注", preset.body_font, indented),
        "AttachmentMark": ("附件标识", preset.heading_font, plain | KEEP),
        "Urgency": ("紧急程度", preset.heading_font, plain),
        "Number": ("发文字号", preset.body_font, plain | {"jc": 'w:val="center"'}),
    }
    for level, font in enumerate((preset.heading_font, preset.subheading_font, preset.body_font, preset.body_font), 1):
        faces[f"Heading{level}"] = (f"heading {level}", font, indented | KEEP | {"outlineLvl": f'w:val="{level}"'})
    for key, (name, font, properties) in faces.items():
        yield Style(key, name, fonts_xml(font, preset.latin_font), preset.body_size, properties, preset.character_spacing)


def _title_styles(preset: Preset, mark: str) -> Iterator[Style]:
    """Make the styles of titles. They are larger than the grid of lines, which would give each of their lines two."""
    fonts = fonts_xml(preset.title_font, preset.latin_font)
    centred = {"snapToGrid": 'w:val="0"', "spacing": line(preset.line_pitch), "jc": 'w:val="center"'}
    titled = centred | KEEP | {"outlineLvl": 'w:val="0"'}
    yield Style("Title", "Title", fonts, preset.title_size, titled)
    yield Style("AttachmentTitle", "附件标题", fonts, preset.title_size, titled)
    size = letterhead_size(preset, mark)
    gap = max(points(preset.letterhead_gap) - size * TOP_OF_GLYPHS, 0)
    yield Style("Letterhead", "发文机关标志", fonts, size, centred | {"spacing": line(size * LEADING, gap)}, colour=preset.red)


def _small_styles(preset: Preset) -> Iterator[Style]:
    """Make the styles of tables, pictures, the imprint and the page number."""
    body, head, caption = (fonts_xml(font, preset.latin_font) for font in (preset.body_font, preset.heading_font, preset.subheading_font))
    centred = {"jc": 'w:val="center"'}
    cell = {"snapToGrid": 'w:val="0"', "spacing": line(preset.table_line), "jc": 'w:val="left"'}
    whole = {"snapToGrid": 'w:val="0"', "spacing": 'w:line="240" w:lineRule="auto"'}
    yield Style("TableHead", "表头", head, preset.table_size, cell | centred)
    yield Style("TableText", "表文", body, preset.table_size, cell)
    yield Style("Picture", "图", body, preset.body_size, centred | KEEP | whole)
    yield Style("PictureCaption", "图题", caption, preset.caption_size, centred | {"spacing": line(preset.line_pitch)})
    yield Style("Imprint", "版记", body, preset.imprint_size, {"spacing": line(preset.imprint_size * 1.6), "jc": 'w:val="left"'})
    yield Style("Gap", "间隔", body, 1, {"snapToGrid": 'w:val="0"', "spacing": line(1)})
    number = fonts_xml(preset.number_font, preset.number_font)
    yield Style("Footer", "footer", number, preset.number_size, {"spacing": line(preset.number_size * LEADING)})


def styles_xml(styles: Mapping[str, Style]) -> str:
    """Write the styles and the defaults under them, as the children of w:styles."""
    normal = styles["Normal"]
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{normal.fonts}{_size(normal)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    return defaults + "".join(_style(style) for style in styles.values()) + table


def _style(style: Style) -> str:
    default = style.id == "Normal"
    kind = ' w:default="1"' if default else "" if style.name in BUILT_IN else ' w:customStyle="1"'
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    colour = f'<w:color w:val="{escape(style.colour)}"/>' if style.colour else ""
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{properties_xml(style.properties)}</w:pPr>"
        f'<w:rPr>{style.fonts}{colour}<w:spacing w:val="{twips(style.spacing)}"/>{_size(style)}</w:rPr></w:style>'
    )


BUILT_IN = frozenset({"Normal", "Title", "footer", *(f"heading {level}" for level in range(1, HEADING_LEVELS + 1))})
"""The names that Word knows; it shows them in its own language."""


def _size(style: Style) -> str:
    return f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
