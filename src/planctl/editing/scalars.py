"""Scalars as text: plain where every reader of YAML 1.1 and 1.2 takes them for the same text, else in double quotes.

Kinds of values: text (`str`) is quoted where another reader would take it for a number, a date, a truth value or nothing; a date, a
count or a flag (`Bare`) is meant to be taken so, and is quoted only where it could not stand plain.
"""

from __future__ import annotations

import re

from planctl.errors import UnwritableTextError
from planctl.yamltree import UNSAFE


class Bare(str):
    """A value that is no text: a date, a count, a flag, one of a few words. It stands without quotes where it can."""

    __slots__ = ()


class Quoted(str):
    """A text that always stands in quotes: a number of the document's own, which only now and then would be misread."""

    __slots__ = ()


# What YAML 1.1 or 1.2 reads as something else than text.
_TYPED = re.compile(
    r"""~|null|y|n|yes|no|on|off|true|false|=|<<
    |[-+]?\.?[0-9][0-9_,]*\.?[0-9_]*(?:e[-+]?[0-9_]+)?      # 12, 1_000, 1,000, 1.5, .5, 1e3
    |[-+]?0[box][0-9a-f_]+
    |[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?        # 21:40, in base 60
    |[-+]?\.(?:inf|nan)
    |[0-9]+(?:[-.][0-9]+)+(?:(?:t|[ \t]).*)?               # dates, and numbering such as 3.3.1
    |\.+""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# What even a value that is meant to be typed would be misread as: 012 as ten, 21:40 as 1,300; and 03-01, so that both look alike.
_MISREAD = re.compile(r"~|null|=|<<|0[0-9_]+|[0-9]{1,2}-[0-9]{1,2}|[-+]?[0-9_]+(?::[0-9]{1,2})+", re.IGNORECASE)
_NUMBER = re.compile(r"-[0-9][0-9.]*")
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
_ENDS_PLAIN = re.compile(r":(?:[ \t]|$)|[ \t]#|[\t\n\r\x85]")
_ENDS_PLAIN_IN_FLOW = re.compile(r"[:,\[\]{}\t\n\r\x85]|[ \t]#")
_ESCAPED = re.compile('["\\\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]')
_NAMES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\x85": "\\N"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def written(text: str, *, flow: bool, quote: str = "") -> str:
    """Write a scalar on one line.

    Args:
        text: the value; `Bare` where it is no text.
        flow: whether it stands between brackets.
        quote: the quotes that it had, to be kept where they can hold it.

    Raises:
        UnwritableTextError: it has a character that no plan may hold.
    """
    check(text)
    if quote == "'" and _ESCAPED.search(text.replace('"', "").replace("\\", "")) is None:
        return "'" + text.replace("'", "''") + "'"
    if quote == '"' or isinstance(text, Quoted) or not _is_plain(text, flow=flow):
        return f'"{_ESCAPED.sub(_escape, text)}"'
    return text


def check(text: str) -> None:
    """See that a text can stand in a plan.

    Raises:
        UnwritableTextError: it has a control or bidirectional character, or half of a surrogate pair.
    """
    if text.isprintable():
        return
    found = re.search(UNSAFE, text) or _SURROGATE.search(text)
    if found:
        raise UnwritableTextError(character=f"U+{ord(found[0]):04X}")


def literal(text: str) -> list[str] | None:
    """Write a text of several lines as a literal block: its header and its lines, or `None` where it cannot be one.

    A text that ends in more than one line break would take up the blank lines below it.
    """
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if len(lines) < 2 or not lines[0].strip() or not lines[-1].strip():
        return None
    if _ESCAPED.search(body.replace("\n", "").replace('"', "").replace("\\", "")) or any(line != line.rstrip() for line in lines):
        return None
    if body[0] in " \t":
        return None
    return ["|" if text.endswith("\n") else "|-", *lines]


def _is_plain(text: str, *, flow: bool) -> bool:
    if not text or text != text.strip():
        return False
    if text[0] in _INDICATORS and not (isinstance(text, Bare) and _NUMBER.fullmatch(text)):
        return False
    if (_ENDS_PLAIN_IN_FLOW if flow else _ENDS_PLAIN).search(text) or (not text.isprintable() and _ESCAPED.search(text)):
        return False
    if text.startswith(("---", "...")):
        return False
    return not (_MISREAD if isinstance(text, Bare) else _TYPED).fullmatch(text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _NAMES.get(found[0]) or (f"\\u{code:04X}" if code > 0xFF else f"\\x{code:02X}")
