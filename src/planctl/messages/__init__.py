"""The catalogue: every message, heading and help text, in Chinese and in English.

`say` puts an entry into words. Arguments that are themselves words of the catalogue are marked as `Word`; all else is the user's text and stays as it is.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.problems import Problem

Entries = dict[str, tuple[str, str]]
PARTS = {"help": "commands", "error": "errors", "page": "page", "change": "changes", "verify": "verification", "form": "sheets", "intake": "sheets", **dict.fromkeys(("ask", "doubtful", "edit", "effect", "log", "record", "undo"), "recording"), **dict.fromkeys(("calendar", "ledger", "register"), "exchange"), **dict.fromkeys(("doubt", "draft", "identity", "note", "repair"), "drafts"), **dict.fromkeys(("git-setup", "history", "init", "merge", "revision"), "repository")}
"""The part of the catalogue by how its keys begin, where it is not `words`."""
OF_SYSTEM = frozenset({"P025", "error.cannot-write", "error.document-damaged", "error.no-editor", "error.system", "error.unreadable"})
"""Messages whose `reason` is what the operating system or a library says, in its own language."""
REVIEW = ("P5", "P6")
"""How the codes begin that are about a change or a link."""


def entries(part: str) -> Entries:
    """Give one part of the catalogue, each read when it is first needed."""
    found: Entries = getattr(import_module(f"planctl.messages.{part}"), part.upper())
    return found


def entry(key: str) -> tuple[str, str] | None:
    """Find an entry: codes of problems begin with P, commands with `help.` and `error.`, the web page with `page.`."""
    part = PARTS.get(key.partition(".")[0], "words")
    if key[0] == "P":
        part = "review" if key.startswith(REVIEW) else "findings"
    return entries(part).get(key)


class Word(str):
    """The key of an entry, as an argument of another message."""

    __slots__ = ()


def say(key: str, lang: str, args: Mapping[str, object] | None = None) -> str:
    """Put an entry of the catalogue into the words of a language."""
    found = entry(key)
    if found is None:
        raise KeyError(key)
    text = found[lang == "en"]
    if args and key in OF_SYSTEM and "reason" in args:
        args = {**args, "reason": _reason(args["reason"])}
    return text.format_map({name: _shown(value, lang) for name, value in args.items()}) if args else text


def _reason(said: object) -> object:
    from planctl.reasons import key_of  # noqa: PLC0415 - only trouble needs it

    known = key_of(said)
    return Word(known) if known else said


def _shown(value: object, lang: str) -> object:
    if isinstance(value, Word):
        return say(value, lang)
    # Records are named tuples: only plain lists are lists of names.
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return ("、" if lang == "zh" else ", ").join(str(_shown(item, lang)) for item in value)
    return value.isoformat() if isinstance(value, date) else value


def message_of(problem: Problem, lang: str) -> str:
    """Say what is wrong."""
    return say(problem.message_key, lang, problem.args)


def hint_of(problem: Problem, lang: str) -> str:
    """Say the way out."""
    key = f"{problem.message_key}.hint"
    return say(key if entry(key) else f"{problem.code}.hint", lang, problem.args)
