"""What the styles of a .docx say of a paragraph: heading, numbering, alignment; own properties come first, then those of the styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.archives import attribute, children, find, local, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

    from planctl.documents.numbering import Numbering

DEEPEST = 20
"""Styles that are based on each other; some files have circles of them."""
CONTENTS = ("toc ", "table of contents")
OFF = frozenset(("0", "false", "off", "none"))


class Style(NamedTuple):
    """A style, with what it has from those that it is based on."""

    key: str = ""
    name: str = ""
    outline: int | None = None
    list: str = ""
    """The list that its paragraphs are numbered by."""
    list_level: int | None = None
    is_centred: bool = False
    is_bold: bool = False
    is_hidden: bool = False


def is_on(element: _Element | None) -> bool:
    """Tell whether a switch is there and not off."""
    return element is not None and attribute(element, "val", "1") not in OFF


class Styles:
    """The styles of a document by their keys."""

    def __init__(self, root: _Element | None) -> None:
        self._elements = {attribute(each, "styleId"): each for each in children(root) if local(each) == "style"}
        self._known: dict[str, Style] = {}
        defaults = (key for key, each in self._elements.items() if attribute(each, "type") == "paragraph" and is_default(each))
        self.default = next(defaults, "")

    def style(self, key: str, depth: int = 0) -> Style:
        """Give a style; one that does not exist says nothing."""
        if key not in self._known:
            element = self._elements.get(key)
            if element is None or depth > DEEPEST:
                return Style(key)
            base = self.style(attribute(find(element, "basedOn"), "val"), depth + 1)
            self._known[key] = _style(key, element, base)
        return self._known[key]

    def lists(self) -> dict[str, str]:
        """Give the lists that styles of numbering stand for."""
        return {key: self.style(key).list for key, each in self._elements.items() if attribute(each, "type") == "numbering"}


def is_default(element: _Element) -> bool:
    """Tell whether a style is that of paragraphs that name none."""
    return attribute(element, "default", "0") not in OFF


def _style(key: str, element: _Element, base: Style) -> Style:
    own, text = find(element, "pPr"), find(element, "rPr")
    outline, level = attribute(find(own, "outlineLvl"), "val"), attribute(find(own, "numPr", "ilvl"), "val")
    bold, align = find(text, "b"), attribute(find(own, "jc"), "val")
    return Style(
        key=key,
        name=attribute(find(element, "name"), "val").lower(),
        outline=whole_number(outline, 9) if outline else base.outline,
        list=attribute(find(own, "numPr", "numId"), "val") or base.list,
        list_level=whole_number(level, 0) if level else base.list_level,
        is_centred=align == "center" if align else base.is_centred,
        is_bold=base.is_bold if bold is None else is_on(bold),
        is_hidden=base.is_hidden or is_on(find(text, "vanish")),
    )


def number_of(properties: _Element | None, style: Style, numbering: Numbering) -> str:
    """Count a paragraph, if it is of a list, and give the number that is printed before it."""
    own = find(properties, "numPr")
    key = attribute(find(own, "numId"), "val") or style.list
    level = attribute(find(own, "ilvl"), "val")
    if not key or key == "0":
        return ""
    if level:
        return numbering.next(key, whole_number(level, 0))
    index = style.list_level
    return numbering.next(key, numbering.level_of_style(key, style.key) if index is None else index)
