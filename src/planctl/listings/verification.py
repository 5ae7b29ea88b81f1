"""What a verification found: a finding a row, each with its place in the plan and in the document, and a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl.drafting.doubts import place_text
from planctl.messages import Word, say
from planctl.tables import Column, Table
from planctl.verification.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.documents.records import Format
    from planctl.model import Plan
    from planctl.problems import Location
    from planctl.verification.records import Finding, Piece, Verification
    from planctl.workspace import Workspace

KEPT = 12
"""Characters that are shown of what did not change, on either side of what did."""
ENTRIES = {
    Kind.IDENTITY_DIFFERS: ("verify.identity-differs", "verify.identity-absent"),
    Kind.TASK_WITHOUT_CLAUSE: ("verify.task-near", "verify.task-without-clause"),
    Kind.DIGEST_DIFFERS: ("verify.digest-changed", "verify.digest-differs"),
    Kind.DIGEST_ABSENT: ("verify.digest-absent", "verify.digest-absent"),
    Kind.TITLE_MISSING: ("verify.title-missing", "verify.title-unlike"),
    Kind.QUOTE_MISSING: ("verify.quote-near", "verify.quote-missing"),
    Kind.QUOTE_ELSEWHERE: ("verify.quote-elsewhere", "verify.quote-elsewhere"),
    Kind.UNIT_MISSING: ("verify.unit-near", "verify.unit-missing"),
    Kind.UNIT_ELSEWHERE: ("verify.unit-elsewhere", "verify.unit-elsewhere"),
    Kind.CLAUSE_WITHOUT_TASK: ("verify.clause-without-task", "verify.clause-without-task"),
}
"""The entry of each kind: where something is shown beside what the plan says, and where nothing is."""
BY_DIFFERENCE = (Kind.DIGEST_DIFFERS, Kind.TITLE_MISSING, Kind.QUOTE_MISSING)
"""The kinds that show a difference, if there is one."""
FIELDS = {
    "title": "verify.field.title",
    "number": "verify.field.number",
    "issued": "verify.field.issued",
    "issuers": "verify.field.issuers",
    "lead": "verify.role.lead",
    "support": "verify.role.support",
    "actors": "verify.role.actors",
    "recipients": "verify.role.recipients",
}


def text(finding: Finding, lang: str) -> str:
    """Put a finding into words."""
    shown, bare = ENTRIES[finding.kind]
    if finding.kind is Kind.TASK_WITHOUT_CLAUSE and all(piece.is_same for piece in finding.difference):
        shown = "verify.task-unrecognised"
    if finding.kind is Kind.DIGEST_DIFFERS and finding.field == "clause":
        shown = "verify.clause-renumbered"
    is_shown = finding.difference if finding.kind in BY_DIFFERENCE else finding.found
    word = Word(FIELDS[finding.field]) if finding.field in FIELDS else ""
    clause = say("verify.of-clause", lang, {"number": finding.clause}) if finding.clause else say("verify.no-clause", lang)
    args = {
        "words": finding.words,
        "found": finding.found,
        "digest": finding.digest,
        "difference": _marked(finding.difference, lang),
        "field": word,
        "role": word,
        "clause": clause,
    }
    said = say(shown if is_shown else bare, lang, args)
    return say("verify.deadline", lang, {"id": finding.deadline, "text": said}) if finding.deadline else said


def _marked(pieces: Sequence[Piece], lang: str) -> str:
    """Write a difference with what went and what came in brackets; of what stayed only what is beside."""
    last = len(pieces) - 1
    return "".join(part for number, piece in enumerate(pieces) for part in _parts(piece, number == 0, number == last, lang))


def _parts(piece: Piece, is_first: bool, is_last: bool, lang: str) -> Iterator[str]:  # noqa: FBT001 - both say where it stands
    if not piece.is_same:
        yield from (say(key, lang, {"text": side}) for key, side in (("verify.gone", piece.old), ("verify.new", piece.new)) if side)
    elif len(piece.new) <= 2 * KEPT:
        yield piece.new
    else:
        yield f"{'' if is_first else piece.new[:KEPT]}…{'' if is_last else piece.new[-KEPT:]}"


def table(found: Verification, plan: Plan, workspace: Workspace, form: Format, lang: str) -> Table:
    """Lay the findings out for people."""
    headings = ("verify.result", "column.task", "verify.in-plan", "verify.in-document", "verify.finding")
    columns = tuple(Column(say(key, lang), wraps=key == "verify.finding") for key in headings)
    rows = tuple(
        (
            say("verify.hint" if finding.is_hint else "verify.fails", lang),
            finding.task or "",
            _spot(_location(finding, plan, workspace)),
            place_text(finding.place, form, lang) if finding.place else "",
            text(finding, lang),
        )
        for finding in found.findings
    )
    tones = tuple("due" if finding.is_hint else "overdue" for finding in found.findings)
    return Table(columns, rows, tones, stacks=((0,), (1, 2, 3), (4,)))


def _location(finding: Finding, plan: Plan, workspace: Workspace) -> Location:
    return workspace.locate(plan.path, finding.keys)


def _spot(location: Location) -> str:
    return f"{location.path}:{location.line}"


def record(found: Verification, plan: Plan, workspace: Workspace, document: str, lang: str) -> dict[str, Any]:
    """Give the record of `planctl verify --format json`."""
    tallies = {"quotes": found.quotes, "units": found.units, "clauses": found.clauses}
    return {
        "plan": plan.id,
        "file": plan.path,
        "document": document,
        "holds": found.holds,
        "proven": {name: tally._asdict() for name, tally in tallies.items()},
        "findings": [_finding(finding, _location(finding, plan, workspace), lang) for finding in found.findings],
    }


def _finding(finding: Finding, location: Location, lang: str) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "hint": finding.is_hint,
        "task": finding.task,
        "deadline": finding.deadline,
        "field": finding.field,
        "line": location.line,
        "column": location.column,
        "words": finding.words or None,
        "found": finding.found or None,
        "clause": finding.clause,
        "place": {name: value for name, value in finding.place._asdict().items() if value is not None} if finding.place else None,
        "digest": finding.digest,
        "difference": [[piece.old, piece.new] for piece in finding.difference],
        "message": text(finding, lang),
    }


def summary(found: Verification, lang: str) -> Iterator[str]:
    """Say how much was proven, and how much was not."""
    tallies = {"quotes": found.quotes, "units": found.units, "clauses": found.clauses}
    proven = {name: tally.proven for name, tally in tallies.items()}
    yield say("verify.proven", lang, {**proven, **{f"all_{name}": tally.total for name, tally in tallies.items()}})
    homeless = sum(finding.kind is Kind.TASK_WITHOUT_CLAUSE for finding in found.findings)
    if homeless and homeless == found.clauses.total:
        yield say("verify.unrelated", lang)
    hints = sum(finding.is_hint for finding in found.findings)
    if not found.holds:
        yield say("verify.failed", lang, {"failed": len(found.findings) - hints, "hints": hints})
    else:
        yield say("verify.holds-with-hints", lang, {"hints": hints}) if hints else say("verify.holds", lang)
