"""Bytes as text: UTF-8, UTF-16 and GB18030, tried strictly in this order. What fits none is refused and not guessed at."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from planctl.errors import NotTextError

SAMPLE = 1 << 16
"""How many bytes tell whether a text without a mark is UTF-16."""
TEXT_LIKE = 0.9
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
USUAL = re.compile("[\t\r\n -~\u00b7\u2014-\u201f\u2022-\u2026\u3000-\u301f\u4e00-\u9fff\uff01-\uff5e]")
"""What official documents are written with."""
STRANGE = re.compile("[\x00\ue000-\uf8ff\ufffe\uffff]|[\U000f0000-\U0010ffff]")
"""What no text has; GB18030 makes such characters of bytes that are something else."""
NEWLINE = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""All that ends a line."""


class Decoded(NamedTuple):
    """A text and the encoding that it was in."""

    text: str
    encoding: str


def decode(name: str, data: bytes) -> Decoded:
    """Decode a text.

    Raises:
        NotTextError: it is in none of the encodings, and where that shows first.
    """
    for mark, codec in BOMS:
        if data.startswith(mark):
            return Decoded(_strictly(name, data[len(mark) :], codec), codec[:6].removesuffix("-"))
    nul = data.find(b"\0")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        end = error.start if nul < 0 else min(nul, error.start)
    else:
        if nul < 0:
            return Decoded(text, "utf-8")
        end = nul
    for codec in ("utf-16-le", "utf-16-be"):
        if _looks_like(codec, data):
            return Decoded(_strictly(name, data, codec), codec)
    if nul < 0 and _is_gb18030(data):
        return Decoded(data.decode("gb18030"), "gb18030")
    raise _refusal(name, data[:end].decode(errors="replace"))


def _strictly(name: str, data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise _refusal(name, data[: error.start].decode(codec, errors="replace")) from error
    if "\0" in text:
        raise _refusal(name, text[: text.index("\0")])
    return text


def _looks_like(codec: str, data: bytes) -> bool:
    """Tell UTF-16 from all else: read so, nearly all is usual, and some of that is ASCII or punctuation, which other bytes do not give."""
    if len(data) % 2:
        return False
    text = data[:SAMPLE].decode(codec, errors="replace")
    usual = USUAL.findall(text)
    return len(usual) >= TEXT_LIKE * len(text) > 0 and any(character < "\u4e00" or character > "\u9fff" for character in usual)


def _is_gb18030(data: bytes) -> bool:
    try:
        return not STRANGE.search(data.decode("gb18030"))
    except UnicodeDecodeError:
        return False


def _refusal(name: str, before: str) -> NotTextError:
    """Say where a text ends to be one."""
    return NotTextError(path=name, line=before.count("\n") + 1, column=len(before) - before.rfind("\n"))
