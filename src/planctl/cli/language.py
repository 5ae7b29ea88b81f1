"""Which language to speak: `--lang`, then `PLANCTL_LANG`, then the locale; Chinese where that says nothing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("zh", "en")
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Choose the language before anything is parsed, since help and errors speak it too."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments) and arguments[position + 1] in LANGUAGES:
            return arguments[position + 1]
        if argument.startswith("--lang=") and argument[7:] in LANGUAGES:
            return argument[7:]
    if environment.get("PLANCTL_LANG") in LANGUAGES:
        return environment["PLANCTL_LANG"]
    locale = next((environment[name] for name in LOCALE_VARIABLES if environment.get(name)), "")
    # C and POSIX are no language; a machine set up so by default stands in a Chinese office as likely as not.
    return "zh" if locale[:2] == "zh" or locale.partition(".")[0] in ("", "C", "POSIX") else "en"


def current() -> str:
    """The language of this run."""
    return choose(sys.argv[1:], os.environ)
