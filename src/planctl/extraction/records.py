"""What the extraction gives: a draft of a plan, each value with its place in the document, and the doubts that a person must settle.

Annotations are evaluated at once, as in `planctl.model`, and for the same reason: named tuples are then made sooner.
"""

from datetime import date
from typing import NamedTuple

from planctl.extraction.script import Place
from planctl.model import Basis, Deadline, Period


class Doubt(NamedTuple):
    """Something that a person must look at: what it is, where it stands, and the words that belong to it.

    The keys: `numbering.restarts`, `numbering.gap`, `numbering.damaged`, `part.left-out`, `section.left-out`, `table.unread`,
    `task.arguable`, `task.points`, `title.long`,
    `duty.none`, `duty.first-here`, `duty.for-all`, `duty.several`, `duty.damaged`, `duty.body-differs`, `duty.actors`,
    `duty.unlike-a-unit`, `deadline.vague`, `deadline.implied`, `deadline.damaged`, `deadline.year`, `deadline.past`, `deadline.open`,
    `deadline.change`, `deadline.lost`, `identity.missing`, `identity.damaged`.
    """

    key: str
    place: Place | None = None
    words: tuple[str, ...] = ()


class Found(NamedTuple):
    """A text with its place."""

    text: str
    place: Place


class FoundDay(NamedTuple):
    """A day with its place."""

    day: date
    place: Place


class Identity(NamedTuple):
    """What a document says of itself."""

    title: Found | None = None
    number: Found | None = None
    index_number: Found | None = None
    issuers: tuple[Found, ...] = ()
    addressees: tuple[Found, ...] = ()
    issued: FoundDay | None = None
    published: FoundDay | None = None
    effective: FoundDay | None = None
    period: Period = Period()
    period_place: Place | None = None


class DraftDeadline(NamedTuple):
    """A deadline as it would be written, with the place of its quote."""

    deadline: Deadline
    place: Place
    doubts: tuple[Doubt, ...] = ()


class DraftTask(NamedTuple):
    """A task as it would be written."""

    id: str
    """Made of the document's own numbering, and unique in the draft."""
    number: str
    """As printed: （一）, 1, 第三条."""
    path: tuple[str, ...]
    """The numbers of the items above it and its own, bare: 四, （一）, 1."""
    title: Found
    section: tuple[str, ...]
    """The numbers or names of the sections that it stands in."""
    clause: Place
    """Where its text begins; `text` is all of it, with its number, as the digest of a clause takes it."""
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    basis: Basis | None = None
    """`None`: the document names nobody, not even whom it is addressed to."""
    shared_by_duty: bool = False
    open_list: bool = False
    duties: tuple[Found, ...] = ()
    """The labels that name its units, as printed."""
    actors: tuple[Found, ...] = ()
    """Units that its sentences name as acting, where no label says who is responsible: candidates for a lead."""
    deadlines: tuple[DraftDeadline, ...] = ()
    hints: tuple[DraftDeadline, ...] = ()
    """What has no date, or only a name that implies one: 定期, 适时, 年度. A person decides whether it binds."""
    doubts: tuple[Doubt, ...] = ()


class Draft(NamedTuple):
    """All that a document says, as far as a program can tell."""

    identity: Identity
    tasks: tuple[DraftTask, ...]
    closing: tuple[Found, ...] = ()
    """Paragraphs behind the last task that are no task but may bind: 各地区、各部门要于3月底前……"""
    doubts: tuple[Doubt, ...] = ()
