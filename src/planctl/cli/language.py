"""Which language to speak: `--lang`, `PLANCTL_LANG`, `language:` of `planctl.yaml`, the locale; Chinese where none says anything."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("zh", "en")
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def explicit(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Find the language that the user asks for: with `--lang`, which is read before anything is parsed, or `PLANCTL_LANG`."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments) and arguments[position + 1] in LANGUAGES:
            return arguments[position + 1]
        if argument.startswith("--lang=") and argument[7:] in LANGUAGES:
            return argument[7:]
    found = environment.get("PLANCTL_LANG")
    return found if found in LANGUAGES else None


def of_locale(environment: Mapping[str, str]) -> str:
    """Give the language of the locale; Chinese where that is no language."""
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    # C and POSIX say nothing; a machine set up so by default stands in a Chinese office as likely as not.
    return "zh" if locale[:2] == "zh" or locale.partition(".")[0] in ("", "C", "POSIX") else "en"


def current(setting: str | None = None) -> str:
    """Give the language of this run: what the user asks for, what the repository's settings say, or that of the locale."""
    return explicit(sys.argv[1:], os.environ) or setting or of_locale(os.environ)
