"""Questions on a terminal: what is missing is asked for by name, with numbered choices; what is not understood is said, and asked again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from planctl.cli.common import harmless, warn
from planctl.messages import entry, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.recording.filling import Gap

YES, NO = frozenset({"是", "好", "y", "yes"}), frozenset({"", "否", "不", "n", "no"})


def can_ask() -> bool:
    """Tell whether somebody sits there who can answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def ask(gap: Gap, labels: Sequence[str], lang: str, *, free: bool) -> str:
    """Ask for the value of an option, until it is one that can be.

    Args:
        gap: the option, and what is known of its values.
        labels: what each of the known values is called.
        lang: the language.
        free: whether other values than those known can be.
    """
    key = f"ask.{gap.option.removeprefix('--')}"
    name = say("ask.of", lang, {"name": say(key, lang), "option": gap.option}) if entry(key) else gap.option
    for number, (value, label) in enumerate(zip(gap.known, labels, strict=True), start=1):
        said = {"number": number, "value": value, "label": label}
        warn(say("ask.choice" if label not in ("", value) else "ask.bare", lang, said))
    while True:
        text = _answer(say("ask.which" if gap.known else "ask.what", lang, {"name": name}))
        chosen = _chosen(text, gap.known, labels)
        if chosen is not None:
            return chosen
        if text and (free or not gap.known):
            return text
        warn(say("ask.again" if gap.known else "ask.empty", lang, {"text": text, "count": len(gap.known), "name": name}))


def _chosen(text: str, known: Sequence[str], labels: Sequence[str]) -> str | None:
    """Find the value that is meant: by itself, by its name, or by its number in the list."""
    if text in known:
        return text
    if text in labels:
        return known[list(labels).index(text)]
    return known[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(known) else None


def confirm(question: str, lang: str) -> bool:
    """Ask a question that is answered by yes or no; no is what stands for no answer."""
    while True:
        text = _answer(say("ask.confirm", lang, {"question": question})).lower()
        if text in YES | NO:
            return text in YES
        warn(say("ask.confirm.again", lang, {"text": text}))


def _answer(question: str) -> str:
    sys.stderr.write(harmless(question))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise typer.Abort
    return line.strip()
