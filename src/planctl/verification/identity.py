"""Whether a plan names its document as the document names itself: its title, number, day and issuers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.drafting.plans import title_of
from planctl.verification.prints import READING, fold
from planctl.verification.records import Finding, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.documents.records import Place
    from planctl.extraction import Found, FoundDay
    from planctl.model import Plan
    from planctl.verification.clauses import Paper
    from planctl.verification.names import Names

MARKS = re.compile(r"[\W_]+")
"""What documents lose or vary in their own titles and numbers: dashes, brackets."""


def check_identity(paper: Paper, plan: Plan, names: Names) -> Iterator[Finding]:
    """Compare what the plan and the document say of the document."""
    identity = paper.intake.draft.identity
    if plan.title != title_of(paper.intake):
        yield from _text(paper, ("title",), plan.title, identity.title)
    yield from _text(paper, ("document", "number"), plan.document.number, identity.number)
    yield from _day(paper, plan, identity.issued)
    yield from _issuers(paper, plan, names)


def _bare(text: str) -> str:
    return MARKS.sub("", READING.sub("", fold(text)))


def _text(paper: Paper, keys: tuple[str, ...], said: str | None, found: Found | None) -> Iterator[Finding]:
    head = _bare(paper.head)
    if not said or (_is_same(_bare(said), _bare(found.text), head) if found else _bare(said) in head):
        return
    place = _place(paper, found) if found else None
    yield Finding(Kind.IDENTITY_DIFFERS, keys, field=keys[-1], words=said, found=found.text if found else "", place=place)


def _is_same(said: str, found: str, head: str) -> bool:
    """Tell whether two titles or numbers are one: that of a notice holds that of what it encloses, and a broken one is a piece of it."""
    return said in found or (found.removesuffix("的通知") in said and said in head)


def _place(paper: Paper, found: Found | FoundDay) -> Place:
    reading = paper.intake.reading
    return reading.place(reading.blocks[found.place.line], found.place.start)


def _day(paper: Paper, plan: Plan, found: FoundDay | None) -> Iterator[Finding]:
    said = plan.document.issued
    if said is None or (found and found.day == said):
        return
    written = (f"{said.year}年{said.month}月{said.day}日", said.isoformat(), f"{said.year}.{said.month}.{said.day}")
    if found is None and any(fold(each) in paper.print.text for each in written):
        return
    place, day = (_place(paper, found), found.day.isoformat()) if found else (None, "")
    yield Finding(Kind.IDENTITY_DIFFERS, ("document", "issued"), field="issued", words=said.isoformat(), found=day, place=place)


def _issuers(paper: Paper, plan: Plan, names: Names) -> Iterator[Finding]:
    """Look for each issuer of the plan, and for issuers that it does not have."""
    said = plan.document.issuers
    for number, name in enumerate(said):
        if not names.stand(name, paper.print.text):
            yield Finding(Kind.IDENTITY_DIFFERS, ("document", "issuers", number), field="issuers", words=name)
    known = {fold(each) for name in said for each in names.of(name)}
    for found in paper.intake.draft.identity.issuers if said else ():
        text = fold(found.text)
        if not any(text.endswith(name) or name.endswith(text) for name in known):
            keys, place = ("document", "issuers"), _place(paper, found)
            yield Finding(Kind.IDENTITY_DIFFERS, keys, field="issuers", words="、".join(said), found=found.text, place=place)
