"""Help in the user's language, aligned for double-width characters; what Typer prints is neither."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from planctl.formats.tabular import pad, width
from planctl.messages import entry, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

INDENT = "  "
MAX_TERM = 26
"""Cells that a term may take before its text goes to the next line."""
MAX_WIDTH = 100
OWN_OPTIONS = {
    "help": "help.option.help",
    "install_completion": "help.option.install",
    "show_completion": "help.option.show",
}
"""Typer adds these options with texts of its own."""


def command_help(ctx: Any, lang: str, name: str | None = None) -> str:
    """Write the help of a command: usage, purpose, examples, arguments and options.

    Args:
        ctx: the call of the command.
        lang: the language.
        name: what its texts are kept under, where that is not what it is called.
    """
    name = name or ctx.info_name or ""
    parameters = [parameter for parameter in ctx.command.get_params(ctx) if not getattr(parameter, "hidden", False)]
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    options = [parameter for parameter in parameters if parameter.param_type_name == "option"]
    usage = " ".join(piece for parameter in arguments for piece in parameter.get_usage_pieces(ctx))
    lines = [f"{say('help.usage', lang)}{ctx.command_path} {say('help.options-word', lang)} {usage}".rstrip(), ""]
    lines += [*_wrapped(say(f"help.{name}", lang), ""), ""]
    if entry(f"help.{name}.examples"):
        lines += [say("help.examples", lang), *(f"{INDENT}{example}" for example in say(f"help.{name}.examples", lang).splitlines()), ""]
    lines += _section(say("help.arguments", lang), [(str(a.human_readable_name), _said(a.help, lang)) for a in arguments])
    lines += _section(say("help.options", lang), [_option(option, ctx, lang) for option in options])
    return "\n".join(lines)


def group_help(ctx: Any, sections: Sequence[tuple[str, Sequence[str]]], lang: str) -> str:
    """Write the help of planctl itself: what it is, its commands by purpose, and the options that all share."""
    lines = [f"{say('help.usage', lang)}{ctx.command_path} {say('help.options-word', lang)} {say('help.command-word', lang)}", ""]
    lines += [*_wrapped(say("help.planctl", lang), ""), ""]
    for title, names in sections:
        lines += _section(say(f"help.{title}", lang), [(name, say(f"help.{name}", lang).splitlines()[0]) for name in names])
    lines += _section(say("help.options", lang), [_option(option, ctx, lang) for option in ctx.command.get_params(ctx)])
    return "\n".join([*lines, *_wrapped(say("help.more", lang), ""), ""])


def family_help(ctx: Any, members: Mapping[str, str], lang: str) -> str:
    """Write the help of a command that has commands of its own: purpose, examples, and what each of them does.

    Args:
        ctx: the call of the command.
        members: its commands, and what the texts of each are kept under.
        lang: the language.
    """
    name = ctx.info_name or ""
    lines = [f"{say('help.usage', lang)}{ctx.command_path} {say('help.command-word', lang)} {say('help.options-word', lang)}", ""]
    lines += [*_wrapped(say(f"help.{name}", lang), ""), ""]
    lines += [say("help.examples", lang), *(f"{INDENT}{example}" for example in say(f"help.{name}.examples", lang).splitlines()), ""]
    lines += _section(say("help.commands", lang), [(each, say(f"help.{key}", lang).splitlines()[0]) for each, key in members.items()])
    lines += _section(say("help.options", lang), [_option(option, ctx, lang) for option in ctx.command.get_params(ctx)])
    return "\n".join([*lines, *_wrapped(say("help.more-of", lang, {"command": ctx.command_path}), ""), ""])


def translate(items: Iterable[Any], lang: str) -> list[Any]:
    """Put the help of what a shell completes into words: commands and options come with the keys of their texts."""
    translated = list(items)
    for item in translated:
        own = OWN_OPTIONS.get(item.value.removeprefix("--").replace("-", "_"), item.help)
        item.help = _said(own if item.value.startswith("-") else f"help.{item.value}", lang)
    return translated


def _said(key: str | None, lang: str) -> str:
    return say(key, lang) if key and entry(key) else key or ""


def _option(option: Any, ctx: Any, lang: str) -> tuple[str, str]:
    names = ", ".join([*option.opts, *option.secondary_opts])
    if not (option.is_flag or option.count):
        names += f" {option.make_metavar(ctx)}"
    return names, _said(OWN_OPTIONS.get(option.name, option.help), lang)


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    column = min(max(width(term) for term, _ in rows), MAX_TERM)
    return [title, *(line for term, text in rows for line in _definition(term, text, column)), ""]


def _definition(term: str, text: str, column: int) -> Iterator[str]:
    indent = " " * (len(INDENT) + column + 2)
    wrapped = list(_wrapped(text, indent)) or [indent]
    if width(term) > column:
        yield INDENT + term
    else:
        wrapped[0] = INDENT + pad(term, column) + "  " + wrapped[0][len(indent) :]
    yield from (line.rstrip() for line in wrapped)


def _wrapped(text: str, indent: str) -> Iterable[str]:
    """Break text at the width of the terminal: at spaces, and between Chinese characters but not before their punctuation."""
    room = min(shutil.get_terminal_size().columns, MAX_WIDTH) - len(indent)
    for paragraph in text.splitlines():
        line = ""
        for piece in _pieces(paragraph):
            if line and width(line + piece.rstrip()) > room:
                yield indent + line.rstrip()
                line = ""
            line += piece if line else piece.lstrip()
        yield indent + line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    piece = ""
    for character in text:
        wide = width(character) == 2
        if piece and ((wide and character not in "，。、；：？！）》”」】") or piece[-1] == " ") and piece[-1] not in "（《“「【":
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece
