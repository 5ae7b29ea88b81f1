"""What verification gives: findings, each located in the plan and in the document, and how much was proven.

Annotations are evaluated at once, as in `planctl.model`, and for the same reason.
"""

from enum import StrEnum
from typing import NamedTuple

from planctl.documents.records import Place


class Kind(StrEnum):
    """What a finding is; the names are stable."""

    IDENTITY_DIFFERS = "identity-differs"
    """The document says something else of itself: its title, number, date or issuers."""
    TASK_WITHOUT_CLAUSE = "task-without-clause"
    """No clause of the document is this task."""
    DIGEST_DIFFERS = "digest-differs"
    """The clause of a task is not what it was when the digest was made."""
    DIGEST_ABSENT = "digest-absent"
    """The plan keeps no digest of a clause. A hint."""
    TITLE_MISSING = "title-missing"
    """The words of a title do not stand in the clause: somebody chose them. A hint."""
    QUOTE_MISSING = "quote-missing"
    """A quote stands nowhere in the document."""
    QUOTE_ELSEWHERE = "quote-elsewhere"
    """A quote stands in another clause only."""
    UNIT_MISSING = "unit-missing"
    """The document does not name a unit."""
    UNIT_ELSEWHERE = "unit-elsewhere"
    """The document names a unit, but not in the clause. A hint where somebody inferred who acts or receives."""
    CLAUSE_WITHOUT_TASK = "clause-without-task"
    """No task of the plan is this clause."""


class Piece(NamedTuple):
    """A piece of a text that changed: what stays has one text, what changed the other or both."""

    old: str
    new: str

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed here."""
        return self.old == self.new


class Finding(NamedTuple):
    """Something that does not hold, or a hint."""

    kind: Kind
    keys: tuple[str | int, ...]
    """The path of the value in the plan file."""
    task: str | None = None
    deadline: str | None = None
    field: str | None = None
    """The key of the value: lead, quote, title, number."""
    words: str = ""
    """What the plan says."""
    found: str = ""
    """What the document says instead, or the nearest that it says."""
    place: Place | None = None
    """Where it says so."""
    clause: str | None = None
    """The number of that clause, as printed."""
    digest: str | None = None
    """The digest of the clause as it is now."""
    difference: tuple[Piece, ...] = ()
    """What changed, where both texts are known."""

    @property
    def is_hint(self) -> bool:
        """Tell whether a person may well have meant it so."""
        hints = (Kind.TITLE_MISSING, Kind.DIGEST_ABSENT)
        return self.kind in hints or (self.kind is Kind.UNIT_ELSEWHERE and self.field in ("actors", "recipients"))


class Tally(NamedTuple):
    """How many of how many were proven."""

    proven: int
    total: int


class Verification(NamedTuple):
    """All that was found, in the order of the plan, and what was proven."""

    findings: tuple[Finding, ...]
    quotes: Tally
    units: Tally
    clauses: Tally

    @property
    def holds(self) -> bool:
        """Tell whether nothing was found but hints."""
        return all(finding.is_hint for finding in self.findings)
