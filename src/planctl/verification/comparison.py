"""`verify`: a plan compared with its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.documents.normalising import TRADITIONAL, TRADITIONAL_SHARE, normalise
from planctl.documents.reading import read
from planctl.documents.records import NoteKind
from planctl.drafting.intake import Intake, understand
from planctl.verification.clauses import Clause, Paper, cut_paper
from planctl.verification.homes import find_homes
from planctl.verification.identity import check_identity
from planctl.verification.names import Names
from planctl.verification.records import Finding, Kind, Verification
from planctl.verification.stretches import find_stretches
from planctl.verification.tasks import SHOWN, Inspector

if TYPE_CHECKING:
    from planctl.directory import Directory
    from planctl.model import Plan


def take_in(path: str, plan: Plan) -> Intake:
    """Read the document of a plan and understand it; one in traditional characters is simplified where the plan is not in them.

    Raises:
        PlanctlError: it cannot be read; each reason has a class of its own.
    """
    reading = normalise(read(path))
    if any(note.kind is NoteKind.TRADITIONAL for note in reading.notes) and not _is_traditional(plan):
        reading = normalise(reading, simplify=True)
    return understand(reading)


def _is_traditional(plan: Plan) -> bool:
    words = "".join(task.title for task in plan.tasks)
    return len(TRADITIONAL.findall(words)) >= max(1, TRADITIONAL_SHARE * len(words))


def verify(plan: Plan, directory: Directory, intake: Intake, former: Intake | None = None) -> Verification:
    """Say what of a plan does not stand in its document, and what of the document is not in the plan.

    Args:
        plan: the plan.
        directory: the units of its organisation.
        intake: the document.
        former: an earlier document, to tell what changed in a clause.
    """
    paper, names = cut_paper(intake), Names(directory)
    homes = find_homes(paper, plan)
    inspector = Inspector(paper, names, _former_texts(former, plan) if former else {})
    findings = [*check_identity(paper, plan, names)]
    for task in plan.tasks:
        findings += inspector.inspect(task, homes.of.get(task.position))
    findings += (_nobodys(paper, clause) for clause in homes.left)
    return Verification(tuple(findings), inspector.quotes, inspector.units, inspector.clauses)


def _nobodys(paper: Paper, clause: Clause) -> Finding:
    """Say that a clause is no task."""
    finding = Finding(Kind.CLAUSE_WITHOUT_TASK, ("tasks",), words=clause.drafted.id, clause=clause.number, digest=paper.digest(clause))
    return finding._replace(found=paper.print.printed(clause.own, SHOWN), place=paper.print.place(clause.own.start))


def _former_texts(former: Intake, plan: Plan) -> dict[str, str]:
    """Give the texts that the digests of a plan were made of."""
    paper = cut_paper(former)
    kept = [task.source.digest for task in plan.tasks if task.source and task.source.digest]
    return {made: paper.print.printed(stretch) for made, stretch in find_stretches(paper, kept).items()}
