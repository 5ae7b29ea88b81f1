"""Levels: how much each kind of change matters, in one table, with the reason of each.

Breaking is what loosens or removes an obligation or an owner, rewrites what was recorded, or changes which document a plan was made from;
notable is every other change of what is owed, by whom and by when; routine is what was recorded since, and words that bind nobody.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes.records import Level
from planctl.digests import normalise
from planctl.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.model import Cycle, DayOf, Decision, Span, Target

BREAKING, NOTABLE, ROUTINE = Level.BREAKING, Level.NOTABLE, Level.ROUTINE
DAYS = {
    "hour": 1 / 24,
    "day": 1,
    "working-day": 1.4,
    "week": 7,
    "month": 30.4,
    "quarter": 91,
    "half-year": 182,
    "year": 365,
    "term": 1826,
}
"""How long units of time are, to tell the longer of two."""
UPWARD, DOWNWARD = frozenset({">=", ">"}), frozenset({"<=", "<"})


class Rule(NamedTuple):
    """The level of a thing that came, of one that went, and of one that became another: a level, or what tells it from both values."""

    added: Judgement
    removed: Judgement
    changed: Judgement


def _looser(condition: bool) -> Level:  # noqa: FBT001 - the only argument
    return BREAKING if condition else NOTABLE


def later(old: date | DayOf, new: date | DayOf) -> Level:
    """Tell the level of a day that moved, where later is looser."""
    if isinstance(old, date) and isinstance(new, date):
        return _looser(new > old)
    return _looser((new.month or 0, new.day) > (old.month or 0, old.day))


def earlier(old: date, new: date) -> Level:
    """Tell the level of a day that moved, where earlier is looser: the end of a plan."""
    return _looser(new < old)


def longer(old: Cycle | Span, new: Cycle | Span) -> Level:
    """Tell the level of a length of time that changed, where longer is looser."""
    return _looser(new.number * DAYS[new.unit] > old.number * DAYS[old.unit])


def fewer(old: tuple[str, ...], new: tuple[str, ...]) -> Level:
    """Tell the level of a list that changed, where to lose one is looser."""
    return _looser(not set(old) <= set(new))


def count_loosened(old: tuple[float, float], new: tuple[float, float]) -> Level:
    """Tell the level of how many are owed, from the least and the most on both sides."""
    return _looser(new[0] < old[0] or (not old[0] and new[1] > old[1]))


def target_loosened(old: Target, new: Target) -> Level:
    """Tell the level of another target: looser is one that a figure reaches more easily."""
    if {old.op, new.op} <= UPWARD:
        return _looser(new.value < old.value or (new.value == old.value and (old.op, new.op) == (">", ">=")))
    if {old.op, new.op} <= DOWNWARD:
        return _looser(new.value > old.value or (new.value == old.value and (old.op, new.op) == ("<", "<=")))
    # From an exact figure to a bound it is looser too; from a bound to an exact figure within it, it is not.
    return _looser(old.op == "=" or new.op != "=" or (new.value < old.value if old.op in UPWARD else new.value > old.value))


def kind_loosened(old: Kind, new: Kind) -> Level:
    """Tell the level of another kind: looser is no date, once where it recurred, and a figure that is no longer measured."""
    return _looser(new is Kind.ONGOING or old is Kind.METRIC or (old is Kind.RECURRING and new is not Kind.METRIC))


def rolled(old: str, new: str) -> Level:
    """Tell the level of where a date goes from a rest day, where the working day after is looser."""
    order = ("previous", "none", "next")
    return _looser(order.index(new) > order.index(old))


def decided(old: object, new: Decision) -> Level:
    """Tell the level of a cancellation or an end: notable where it says who decided and why."""
    del old
    return NOTABLE if new.by and new.reason else BREAKING


def turned_back(old: str, new: str) -> Level:
    """Tell the level of another status: breaking where what was done is not done any more, routine where it moves on by itself."""
    if old == "done":
        return BREAKING
    halted = ("suspended", "cancelled")
    return NOTABLE if new in halted or (old in (*halted, "overdue") and new != "done") else ROUTINE


ALL_NOTABLE, ALL_ROUTINE = Rule(NOTABLE, NOTABLE, NOTABLE), Rule(ROUTINE, ROUTINE, ROUTINE)
IDENTITY = Rule(NOTABLE, BREAKING, BREAKING)
RECORDED = Rule(NOTABLE, BREAKING, BREAKING)

LEVELS: dict[str, Rule] = {
    # Plans and their documents
    "plans": Rule(NOTABLE, BREAKING, NOTABLE),  # all obligations of a document are gone
    "id": ALL_NOTABLE,  # renumbered or renamed: what refers to it has to follow
    "plan": ALL_NOTABLE,  # a task now stands in another plan, still owed
    "organisation": ALL_NOTABLE,  # other names may hold there
    "title": ALL_NOTABLE,  # what is to be done is said otherwise; of layout alone it is routine, as every text
    "document.number": IDENTITY,  # which document this is; added where none was, it is only completed
    "document.issuers": IDENTITY,
    "document.issued": IDENTITY,  # recurring obligations start here, too
    "document.addressees": Rule(NOTABLE, NOTABLE, NOTABLE),  # where nobody is named, they are the leads
    "document.effective": Rule(NOTABLE, NOTABLE, later),  # recurring obligations start later
    "document.published": ALL_ROUTINE,  # nothing counts from it
    "document.index": ALL_ROUTINE,  # a shelf mark
    "period.start": Rule(NOTABLE, NOTABLE, later),  # obligations may start later
    "period.end": Rule(BREAKING, NOTABLE, earlier),  # occurrences after the end are owed to nobody
    "ended": Rule(decided, NOTABLE, BREAKING),  # an end that nobody decided; a recorded decision rewritten
    "note": ALL_ROUTINE,  # binds nobody
    "doubts": ALL_ROUTINE,  # what the keeper of the plan has still to look at
    # Tasks
    "tasks": Rule(NOTABLE, BREAKING, NOTABLE),  # dropped, and not by `cancelled`
    "tasks.split": ALL_NOTABLE,  # one task became several, nothing is lost
    "tasks.merged": Rule(NOTABLE, NOTABLE, fewer),  # several became one; breaking where an owner was lost on the way
    "section": ALL_ROUTINE,  # where it stands
    "order": ALL_ROUTINE,
    "lead": Rule(NOTABLE, BREAKING, fewer),  # a lead removed or demoted; who reports first is notable
    "support": ALL_NOTABLE,  # supports answer to the lead
    "basis": ALL_NOTABLE,  # where the lead comes from
    "shared_by_duty": ALL_NOTABLE,  # how the owners share
    "open_list": ALL_NOTABLE,
    "upstream": ALL_NOTABLE,  # which duty of an upper plan it answers
    "confirmed": Rule(ROUTINE, NOTABLE, ROUTINE),  # somebody looked at a link again
    "tags": ALL_ROUTINE,  # for sorting
    "cancelled": Rule(decided, NOTABLE, BREAKING),  # see ended
    "source.clause": ALL_NOTABLE,  # another place of the document
    "source.digest": Rule(ROUTINE, NOTABLE, NOTABLE),  # the words of the document are others
    "status": Rule(ROUTINE, ROUTINE, turned_back),  # a result: of what was recorded, or of another date
    "status.returned": ALL_NOTABLE,  # turned back by a record that says so
    "status.begun": ALL_ROUTINE,  # all that was done is; another period has begun
    "status.late": ALL_NOTABLE,  # what was overdue is done by a record made long afterwards
    # Deadlines
    "deadlines": Rule(NOTABLE, BREAKING, NOTABLE),  # an obligation more, an obligation less
    "deadlines.moved": ALL_NOTABLE,  # it is owed in another task now
    "deadlines.id": ALL_NOTABLE,  # names of occurrences change
    "deadlines.kind": Rule(NOTABLE, BREAKING, kind_loosened),
    "deadlines.what": ALL_NOTABLE,  # what has to be done
    "deadlines.quote": ALL_NOTABLE,  # what it rests on
    "deadlines.restored": ALL_NOTABLE,
    "deadlines.actors": Rule(NOTABLE, BREAKING, fewer),  # who owes it; compared with the leads where none is named
    "deadlines.recipients": ALL_NOTABLE,
    "deadlines.soft": Rule(BREAKING, NOTABLE, NOTABLE),  # a duty became an aim
    "deadlines.vague": Rule(BREAKING, NOTABLE, NOTABLE),  # the date is gone
    "deadlines.implied": ALL_ROUTINE,  # says how the cycle was found
    "deadlines.condition": Rule(BREAKING, NOTABLE, NOTABLE),  # it no longer holds always
    "deadlines.note": ALL_ROUTINE,
    "deadlines.roll": Rule(NOTABLE, NOTABLE, rolled),
    "deadlines.due": Rule(NOTABLE, BREAKING, later),
    "deadlines.from": ALL_NOTABLE,  # when one can begin
    "deadlines.from.recurring": Rule(BREAKING, NOTABLE, later),  # earlier periods are no longer owed
    "deadlines.every": Rule(NOTABLE, BREAKING, longer),
    "deadlines.by": Rule(NOTABLE, BREAKING, later),  # without it the last day of the period counts
    "deadlines.at_least": Rule(NOTABLE, BREAKING, count_loosened),
    "deadlines.exactly": Rule(NOTABLE, BREAKING, count_loosened),
    "deadlines.at_most": Rule(NOTABLE, BREAKING, count_loosened),
    "deadlines.of": ALL_NOTABLE,  # what is counted
    "deadlines.within": Rule(BREAKING, NOTABLE, longer),  # before an event, a length only says when to begin
    "deadlines.after": ALL_NOTABLE,  # another clock
    "deadlines.before": ALL_NOTABLE,
    "deadlines.metric": ALL_NOTABLE,  # what is measured
    "deadlines.target": Rule(NOTABLE, BREAKING, target_loosened),
    "deadlines.review": Rule(NOTABLE, BREAKING, longer),
    "deadlines.status": Rule(ROUTINE, ROUTINE, turned_back),
    # What is recorded
    "progress": Rule(ROUTINE, BREAKING, BREAKING),  # appended; history rewritten
    "progress.halted": ALL_NOTABLE,  # appended, and by it nothing is owed any more: suspended, cancelled
    "progress.note": RECORDED,  # completed; rewritten
    "progress.evidence": Rule(ROUTINE, BREAKING, fewer),  # what proves it
    "progress.evidence.added": ALL_ROUTINE,  # more of it
    "extensions": Rule(NOTABLE, BREAKING, BREAKING),  # a date moves by approval; history rewritten
    "extensions.request": ALL_NOTABLE,  # withdrawn before it was approved
    "extensions.completed": ALL_NOTABLE,  # a request is answered, a number or reason added
    "events": Rule(ROUTINE, BREAKING, BREAKING),  # a clock starts because something happened; history rewritten
    "events.completed": ALL_ROUTINE,  # a number or a time of day added
    # Units
    "units": Rule(ROUTINE, NOTABLE, NOTABLE),  # somebody new owes nothing yet; nobody is known by this name now
    "units.name": ALL_NOTABLE,  # renamed
    "units.aliases": Rule(ROUTINE, NOTABLE, NOTABLE),  # a name that may stand in plans
    "units.from": ALL_NOTABLE,
    "units.to": ALL_NOTABLE,  # ended
    "units.successors": ALL_NOTABLE,  # who takes over
    "units.note": ALL_ROUTINE,
    "groups.members": Rule(NOTABLE, BREAKING, fewer),  # what a group owes, each member owes
    "groups.except_leads": ALL_NOTABLE,
    # Settings
    "settings.language": ALL_ROUTINE,
    "settings.severity": ALL_NOTABLE,  # what checks refuse
    "settings.waivers": Rule(NOTABLE, ROUTINE, NOTABLE),  # a finding is left as it is
    "settings.before_inclusive": ALL_NOTABLE,  # moves dates by a day
    "settings.due_soon": ALL_ROUTINE,  # how things are shown
    "settings.require_basis": ALL_NOTABLE,
    "settings.upstream": ALL_NOTABLE,  # which plans the links lead to
    "settings.calendars": ALL_NOTABLE,  # moves what is counted in working days
    "settings.lights": ALL_ROUTINE,
    "settings.notice": ALL_ROUTINE,
    "settings.document": ALL_ROUTINE,
}
"""The levels of all changes, by their field. A name with a word more than the field is that field in a special case."""


def is_absent(value: object) -> bool:
    """Tell whether a value is not there: to the loader, absent, empty and false are the same; zero is a figure."""
    return value is None or value is False or (isinstance(value, (str, list, tuple, dict)) and not value)


def level_of(rule: str, old: object, new: object) -> Level:
    """Tell the level of a change by its rule and both values; white space and the width of characters alone are routine."""
    added, removed, changed = LEVELS[rule]
    if isinstance(old, str) and isinstance(new, str) and normalise(old) == normalise(new):
        return ROUTINE
    judgement = added if is_absent(old) else removed if is_absent(new) else changed
    return judgement if isinstance(judgement, Level) else judgement(old, new)


if TYPE_CHECKING:
    Judgement = Level | Callable[[Any, Any], Level]
