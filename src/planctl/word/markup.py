"""Text and properties as XML: what may stand in a document, and in which order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# What XML cannot hold, and what makes a reviewed text read otherwise than it is.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "pBdr",
    "tabs",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "sectPr",
)
"""The schema's order of paragraph properties, as far as they are used here."""


def clean(text: str) -> str:
    """Take out the characters that do no good in a document."""
    return UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")


def escape(text: str) -> str:
    """Write text for XML, in an element or an attribute."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def properties_xml(properties: Mapping[str, str]) -> str:
    """Write paragraph properties, in the order that the schema wants: each either attributes or, with a `<`, whole content."""
    return "".join(_element(name, properties[name]) for name in ORDER if name in properties)


def _element(name: str, content: str) -> str:
    return f"<w:{name}>{content}</w:{name}>" if content.startswith("<") else f"<w:{name} {content}/>" if content else f"<w:{name}/>"
