"""A draft made into a plan: the records of the model, with the doubts as `doubts:` in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import digest
from planctl.drafting.deadlines import fit
from planctl.drafting.doubts import Doubtful, Teller
from planctl.model import Basis, ClauseRef, Document, Plan, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planctl.drafting.intake import Intake
    from planctl.extraction import Draft, DraftTask, Found, FoundDay
    from planctl.model import Deadline

LONGEST = 400
"""Characters of a title that a plan takes: in a damaged document a whole page may stand for one."""


class Drafted(NamedTuple):
    """A plan that was made from a document, and all that is doubtful in it."""

    plan: Plan
    intake: Intake
    doubts: tuple[Doubtful, ...]


def draft_plan(intake: Intake, path: str, plan_id: str, lang: str) -> Drafted:
    """Make a plan of what a document says."""
    draft = intake.draft
    teller = Teller(intake, lang)
    found = [_task(each, position, draft, teller) for position, each in enumerate(draft.tasks)]
    about_plan = list(teller.of_plan())
    plan = Plan(
        path=path,
        id=plan_id,
        title=title_of(intake),
        document=document_of(draft),
        period=draft.identity.period,
        tasks=tuple(task for task, _ in found),
        doubts=_texts(about_plan),
    )
    return Drafted(plan, intake, (*about_plan, *(doubt for _, doubts in found for doubt in doubts)))


def title_of(intake: Intake) -> str:
    """Give the title of the document; of one without, the name of its file."""
    title = intake.draft.identity.title
    return _line(title.text)[:LONGEST] if title else re.sub(r"\.\w+$", "", re.split(r"[/\\]", intake.reading.path)[-1])


def document_of(draft: Draft) -> Document:
    """Give what the document says of itself."""
    identity = draft.identity
    return Document(
        number=_text(identity.number),
        issuers=_names([found.text for found in identity.issuers]),
        addressees=addressees_of(draft),
        issued=_day(identity.issued),
        published=_day(identity.published),
        effective=_day(identity.effective),
        index_number=_text(identity.index_number),
    )


def addressees_of(draft: Draft) -> tuple[str, ...]:
    """Give whom the document is addressed to; what names several, each with a 各 of its own, is several."""
    return _names([name for found in draft.identity.addressees for name in _several(found.text)])


def _several(text: str) -> list[str]:
    names = text.split("、")
    return names if all("各" in name for name in names) else [text]


def _text(found: Found | None) -> str | None:
    return found.text if found else None


def _day(found: FoundDay | None) -> date | None:
    return found.day if found else None


def _line(text: str) -> str:
    return " ".join(text.split())


def _names(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_line(name)[:LONGEST] for name in names))


def _texts(doubts: Sequence[Doubtful]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(doubt.text for doubt in doubts))


def _task(drafted: DraftTask, position: int, draft: Draft, teller: Teller) -> tuple[Task, list[Doubtful]]:
    doubts = list(teller.of_task(drafted))
    lead, basis = drafted.lead, drafted.basis
    if basis is Basis.ADDRESSEE and not lead:
        lead = addressees_of(draft)
    deadlines, more = _deadlines(drafted, teller)
    doubts += more
    task = Task(
        id=drafted.id,
        title=_line(drafted.title.text)[:LONGEST] or drafted.id,
        position=position,
        section=tuple(_line(name)[:LONGEST] for name in drafted.section if name.strip()),
        lead=_names(lead),
        support=_names(drafted.support),
        basis=basis if lead else None,
        shared_by_duty=drafted.shared_by_duty,
        open_list=drafted.open_list,
        deadlines=deadlines,
        source=ClauseRef(drafted.id, digest(teller.intake.clause(drafted))),
        doubts=_texts(doubts),
    )
    return task, doubts


def _deadlines(drafted: DraftTask, teller: Teller) -> tuple[tuple[Deadline, ...], list[Doubtful]]:
    """Fit the deadlines of a task for a plan; what does not fit is told as a doubt."""
    named = {*drafted.lead, *drafted.support, *(name for task in teller.intake.draft.tasks for name in (*task.lead, *task.support))}
    kept: list[Deadline] = []
    doubts: list[Doubtful] = []
    for each in drafted.deadlines:
        fitted = fit(each.deadline)
        if fitted is None:
            doubts.append(teller.of_hint(each, drafted.id))
            continue
        kept.append(fitted.deadline._replace(id=f"d{len(kept) + 1}", position=len(kept), actors=_names(fitted.deadline.actors)))
        if not set(fitted.deadline.actors) <= named:
            doubts.append(teller.of_actors(each, drafted.id))
        if fitted.lost:
            doubts.append(teller.of_lost(each, fitted.lost, drafted.id))
    return tuple(kept), doubts
