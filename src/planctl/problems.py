"""Problems: what is wrong with the user's files, as values with a place, a code and a way out.

A problem carries the names and figures of its message, not the message: `planctl.messages` puts it into words in the user's language.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a problem matters; `off` silences a check."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Location(NamedTuple):
    """A place in a file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One finding. `args` fill the message and the hint of its code, or of the variant of that code (`P011` and `P011.nearest`)."""

    location: Location
    code: str
    severity: Severity
    args: Mapping[str, object]
    plan: str | None = None
    task: str | None = None
    variant: str | None = None

    @property
    def fingerprint(self) -> str:
        """What names this problem: it stays the same when lines shift or the file moves. See `fingerprint`."""
        return fingerprint(self.code, self.plan, self.task, self.args)

    @property
    def message_key(self) -> str:
        """The entry of the catalogue that puts this problem into words."""
        return f"{self.code}.{self.variant}" if self.variant else self.code


def fingerprint(code: str, plan: str | None, task: str | None, args: Mapping[str, object]) -> str:
    """Name a finding in twelve characters, for waivers and machines that compare two runs; one about a change has that of the change."""
    if "fingerprint" in args:
        return str(args["fingerprint"])
    import hashlib  # noqa: PLC0415 - only machines and waivers ask
    import json  # noqa: PLC0415 - see above

    said = {key: value for key, value in args.items() if key not in LINES}
    text = json.dumps([code, plan, task, said], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:12]


LINES = ("line", "first", "other")
"""Arguments that say where something stands."""
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2, Severity.OFF: 3}
"""Errors come first."""
