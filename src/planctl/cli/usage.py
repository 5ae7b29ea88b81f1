"""Mistakes on the command line, in the user's language."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

from planctl.cli.common import warn
from planctl.fields import nearest
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer.exceptions import TyperException

UNABLE = 2
ROOT_OPTIONS = ("--plans", "--lang", "--version")
"""Options of planctl itself, which people like to write after the command."""


def describe_usage(error: TyperException, lang: str, commands: Sequence[str]) -> int:
    """Print what is wrong with a command line and how to get help, and give the exit code."""
    kind = type(error).__name__
    context: Any = getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError":
        sys.stdout.write(f"{context.get_help()}\n")
        return UNABLE
    path = context.command_path if context else " ".join(["planctl", *[word for word in sys.argv[1:] if word in commands][:1]])
    text = _text(error, kind, lang, commands)
    warn(f"{text}\n{say('error.usage.hint', lang, {'command': path})}")
    return UNABLE


def _text(error: Any, kind: str, lang: str, commands: Sequence[str]) -> str:
    context = getattr(error, "ctx", None)
    if kind == "NoSuchOption" and error.option_name in ROOT_OPTIONS and context and context.parent:
        return say("error.option-before-command", lang, {"option": error.option_name})
    if kind == "NoSuchOption":
        possible = sorted(error.possibilities or ()) or "--help"
        return say("error.no-such-option", lang, {"option": error.option_name, "possible": possible})
    if kind in ("MissingParameter", "BadParameter") and error.param is not None:
        name = error.param.opts[0] if error.param.param_type_name == "option" else error.param.make_metavar(context)
        choices = list(getattr(error.param.type, "choices", ()))
        key = "error.missing-parameter" if kind == "MissingParameter" else "error.bad-choice-of" if choices else "error.bad-value"
        return say(key, lang, {"name": name, "known": choices, "reason": error.message})
    if kind == "BadOptionUsage":
        # Typer has one class for both mistakes, told apart by its words only.
        key = "error.option-takes-no-value" if "does not take" in error.message else "error.option-needs-value"
        return say(key, lang, {"option": error.option_name})
    protected = [*getattr(context, "_protected_args", ()), *getattr(context, "args", ())]
    if context is not None and context.parent is None and protected and protected[0] not in commands:
        near = nearest(protected[0], list(commands))
        return say("error.no-such-command", lang, {"name": protected[0], "known": near or _about(protected[0], commands)})
    if context is not None and context.parent is None and not protected:
        return say("error.missing-command", lang)
    if extra := re.search(r"extra arguments?(?:\(s\))? \((.*)\)", error.message, re.DOTALL):
        return say("error.extra-arguments", lang, {"arguments": extra[1]})
    return say("error.usage", lang, {"reason": error.message})


def _about(word: str, commands: Sequence[str]) -> list[str]:
    """List the commands whose summary has a word, be it in Chinese or in English; all of them where none has."""
    found = [name for name in commands if any(word.casefold() in say(f"help.{name}", lang).casefold() for lang in ("zh", "en"))]
    return found or list(commands)
