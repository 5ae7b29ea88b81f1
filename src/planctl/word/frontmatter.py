"""Front matter: what an official document says about itself, in YAML between two lines of `---`."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl import yamltree
from planctl.word.errors import ClassifiedDocumentError, FrontMatterError, FrontMatterKeyError, FrontMatterValueError

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.yamltree import Map, Node

FENCE = re.compile(r"\A\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
CLASSIFIED = frozenset({"security", "classification", "secrecy", "密级", "保密期限"})
ISO_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
REPLACEMENT = "\ufffd"
REPLACED = "P009"
"""The flaw of a character that does not belong in text; it has been replaced, which is all that a document needs."""


class FrontMatter(NamedTuple):
    """The parts of a document beside its text, each by its place in GB/T 9704-2012; all may be absent."""

    title: str = ""
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    """主送, several joined with 、."""
    signature: str = ""
    """署名; the issuer, if nothing else is said."""
    date: str = ""
    """成文日期, as it is printed."""
    day: dt.date | None = None
    """The same as a day, when it is one."""
    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
    attachments: tuple[str, ...] = ()
    note: str = ""
    urgency: str = ""
    letterhead: bool = False
    seal: bool = False


def split(markdown: str) -> tuple[FrontMatter, str]:
    """Read the front matter of a text, and give the rest of the text."""
    found = FENCE.match(markdown)
    if not found:
        return FrontMatter(), markdown
    tree, flaws = yamltree.parse(found[1])
    first_line = markdown[: found.start(1)].count("\n") + 1
    for flaw in flaws:
        if flaw.code != REPLACED:
            raise FrontMatterError(line=flaw.mark.line + first_line, code=flaw.code)
    if tree is None:
        return FrontMatter(), markdown[found.end() :]
    if not isinstance(tree, yamltree.Map):
        raise FrontMatterError(line=first_line, code="P012")
    return decode(tree), markdown[found.end() :]


def decode(tree: Map) -> FrontMatter:
    """Decode the keys of a front matter.

    Raises:
        ClassifiedDocumentError: it states a degree of secrecy.
        FrontMatterKeyError: it has a key that documents do not have.
        FrontMatterValueError: a value is not of the kind of its key.
    """
    for key in tree:
        if key in CLASSIFIED:
            raise ClassifiedDocumentError(key=key)
        if key not in DECODERS:
            raise FrontMatterKeyError(key=key, known=list(DECODERS))
    values: dict[str, Any] = {key: DECODERS[key](key, value) for key, value in tree.items() if value is not None}
    values.setdefault("signature", values.get("issuer", ""))
    iso = _text("date", tree.get("date"))
    return FrontMatter(**values, day=_day("date", iso) if ISO_DATE.fullmatch(iso) else None)


def _text(key: str, value: Node) -> str:
    if isinstance(value, (list, dict)):
        raise FrontMatterValueError(key=key, value="…")
    return (value or "").replace(REPLACEMENT, "").strip()


def _texts(key: str, value: Node) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(key, item)))


def _joined(key: str, value: Node) -> str:
    return "、".join(_texts(key, value)).rstrip(":：")


def _flag(key: str, value: Node) -> bool:
    text = _text(key, value)
    if text not in {"true", "false"}:
        raise FrontMatterValueError(key=key, value=text)
    return text == "true"


def _day(key: str, text: str) -> dt.date:
    try:
        return dt.date(*map(int, text.split("-")))
    except ValueError as error:
        raise FrontMatterValueError(key=key, value=text) from error


def _date(key: str, value: Node) -> str:
    """Write an ISO date as documents do, without leading zeros; any other text is the user's own words."""
    text = _text(key, value)
    if not ISO_DATE.fullmatch(text):
        return text
    day = _day(key, text)
    return f"{day.year}年{day.month}月{day.day}日"


DECODERS: dict[str, Callable[[str, Node], object]] = {
    "title": _text,
    "issuer": _text,
    "number": _text,
    "addressee": _joined,
    "signature": _text,
    "date": _date,
    "copies": _texts,
    "printed_by": _text,
    "printed_on": _date,
    "attachments": _texts,
    "note": _text,
    "urgency": _text,
    "letterhead": _flag,
    "seal": _flag,
}
