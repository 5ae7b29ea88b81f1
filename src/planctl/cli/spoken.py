"""What people write on a command line in their own words: states, the basis of a lead, periods, figures."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from planctl.dates import plain_period
from planctl.messages import say
from planctl.model import Basis, State

if TYPE_CHECKING:
    from collections.abc import Iterator

BASES = {"写明": Basis.STATED, "文件": Basis.STATED, "主语": Basis.EMBEDDED, "主送": Basis.ADDRESSEE, "指定": Basis.ASSIGNED}


def translated(words: list[str]) -> Iterator[str]:
    """Give the words of a command line, the values of some options as the file writes them."""
    option = ""
    for word in words:
        name, equals, value = word.partition("=")
        if option:
            yield _value(option, word)
        else:
            yield f"{name}={_value(name, value)}" if equals and name in ("--state", "--basis", "--status") else word
        option = word if word in ("--state", "--basis", "--status") and not option else ""


def _value(option: str, word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).strip()
    return _words(option).get(plain, plain.lower() if plain.isascii() else word)


@cache
def _words(option: str) -> dict[str, str]:
    if option == "--status":
        from planctl.statuses import Status  # noqa: PLC0415 - only a few commands ask

        return {say(f"status.{each.value}", "zh"): each.value for each in Status}
    if option == "--basis":
        return {say(f"basis.{each.value}", "zh"): each.value for each in Basis} | {word: each.value for word, each in BASES.items()}
    from planctl.sheets.wording import SPOKEN  # noqa: PLC0415 - see above

    return {say(f"state.{each.value}", "zh"): each.value for each in State} | {word: each.value for word, each in SPOKEN.items()}


def period(text: str | None) -> str | None:
    """Give a period by its label, where it is said in words or in wide characters."""
    return plain_period(text) if text else text


def figure(text: str | None, *, of_percent: bool = False) -> str | None:
    """Give a figure in narrow characters; of a percentage the sign is only kept where the file has it."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).strip()
    return plain if of_percent else plain.removesuffix("%").strip()
