"""Dates as a calendar file (RFC 5545): an all-day event or a to-do for each occurrence, or one that repeats for a regular rule.

Nothing in it is of the moment of writing: a stamp is the day of the last thing known about an occurrence, and times are counted from the
day on which something is due, so that they are those of whoever looks.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import DAY, add_months
from planctl.exchange import contentlines
from planctl.exchange.contentlines import component, text
from planctl.exchange.extent import obligations
from planctl.exchange.recurrence import repetition_of
from planctl.listings.explanations import extension_args, rule_text
from planctl.messages import say
from planctl.model import Roll, State
from planctl.statuses import OPEN, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.calendars import Reckoned
    from planctl.exchange.extent import Extent, Obligation
    from planctl.exchange.recurrence import Repetition
    from planctl.statuses import Judged

PRODUCT = "-//planctl//planctl//ZH"
ALARM_HOUR = 9
REPEATABLE = frozenset({Status.OVERDUE, Status.DUE, Status.UPCOMING})
EVENT_STATUS = {Status.CANCELLED: "CANCELLED", Status.SUSPENDED: "TENTATIVE"}
TODO_STATUS = {Status.CANCELLED: "CANCELLED", Status.DONE: "COMPLETED"}
LONG_AGO = date(1970, 1, 1)
"""The stamp of what nothing is known about."""
TIME_ZONE = (
    "TZID:Asia/Shanghai",
    *component("STANDARD", ("DTSTART:19700101T000000", "TZOFFSETFROM:+0800", "TZOFFSETTO:+0800", "TZNAME:CST")),
)
NAMED_OWNERS = 2


class Manner(NamedTuple):
    """How the calendar is written."""

    lang: str
    root: str = ""
    """Where the paths of plans begin that are told."""
    todo: bool = False
    """To-dos and not events."""
    everything: bool = False
    """What is done or cancelled too."""


def write(extent: Extent, manner: Manner) -> bytes:
    """Write what is asked for as a calendar."""
    return contentlines.write(component("VCALENDAR", _Calendar(extent, manner).lines()))


class _Item(NamedTuple):
    """What one component is about."""

    obligation: Obligation
    judged: Judged
    uid: str
    stamp: date
    sequence: int

    @property
    def due(self) -> date | None:
        return self.judged.occurrence.due

    @property
    def planned(self) -> date:
        """The day that the rule gives, before any extension."""
        return self.judged.occurrence.original or LONG_AGO

    def unmoved(self) -> _Item:
        """Give it as it would be without an extension."""
        occurrence = self.judged.occurrence
        return self._replace(judged=self.judged._replace(occurrence=occurrence._replace(due=occurrence.original, extensions=())))


class _Turn(NamedTuple):
    """What an event is within a series, or alone."""

    day: date
    notice: int | None
    about: tuple[str, ...] = ()
    """The lines that say which of a series it is, or how it repeats."""
    series: bool = False
    """It stands for all of it."""


class _Calendar:
    """Writes one calendar."""

    def __init__(self, extent: Extent, manner: Manner) -> None:
        self.extent = extent
        self.manner = manner
        self.taken: Counter[str] = Counter()
        self.alarms: dict[date, Reckoned] = {}

    @cached_property
    def wanted(self) -> frozenset[Status]:
        """The statuses that are asked for."""
        return frozenset(Status) if self.manner.everything else OPEN

    def lines(self) -> Iterator[str]:
        """Give the lines between the first and the last."""
        yield from ("VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
        name = text(self.name())
        yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}", "X-WR-TIMEZONE:Asia/Shanghai")
        found = [line for obligation in obligations(self.extent) for line in self.components(obligation)]
        # A calendar of nothing is none (3.6): it has to hold some component.
        yield from found or component("VTIMEZONE", TIME_ZONE)

    def name(self) -> str:
        """Name the calendar: after the unit, the one plan, or the organisations."""
        selection, workspace = self.extent.selection, self.extent.judge.workspace
        plans = [plan for plan in workspace.plans if not selection.plans or plan.id in selection.plans]
        names = [selection.unit] if selection.unit else [plan.title for plan in plans]
        if len(names) > 1:
            names = list(dict.fromkeys(workspace.organisation_of(plan) for plan in plans))
        return say("calendar.name", self.manner.lang, {"name": say("list", self.manner.lang, {"all": names})})

    def components(self, obligation: Obligation) -> Iterator[str]:
        """Write an obligation: as a series where its rule is regular, or date by date."""
        several, repetition = ((), None) if self.manner.todo else _regular(obligation)
        if repetition:
            yield from self.series(obligation._replace(judged=several), repetition)
        for judged in obligation.judged[len(several) :]:
            if judged.status in self.wanted and (self.manner.todo or judged.occurrence.due):
                uid = self.uid(f"{obligation.plan.id}/{judged.occurrence.id}")
                item = _Item(obligation, judged, uid, self.stamp([judged]), _sequence(judged))
                yield from self.todo(item) if self.manner.todo else self.event(item)

    def uid(self, name: str) -> str:
        """Give an id that is the same every time; in a plan that uses one twice, the second gets a number."""
        self.taken[name] += 1
        number = f"~{self.taken[name]}" if self.taken[name] > 1 else ""
        return f"{name}{number}@{'todo.' if self.manner.todo else ''}planctl"

    def series(self, obligation: Obligation, repetition: Repetition) -> Iterator[str]:
        """Write an event that repeats. What is not as most of it is, is an exception: left out, or written in the place of its date."""
        uid = self.uid(f"{obligation.plan.id}/{obligation.task.id}/{obligation.judged[0].occurrence.deadline.id}")
        stamp, sequence = self.stamp(obligation.judged), sum(map(_sequence, obligation.judged))
        items = [_Item(obligation, judged, uid, stamp, sequence) for judged in obligation.judged]
        kept = [item for item in items if item.judged.status in self.wanted]
        if not kept or repetition.rule is None:
            yield from (line for item in kept for line in self.event(item))
            return
        looks = [_look(item.judged) for item in kept]
        usual = Status.UPCOMING if Status.UPCOMING in looks else Counter(looks).most_common(1)[0][0]
        notices = [self.notice(item) for item, look in zip(kept, looks, strict=True) if look is usual]
        notice = next((notice for notice, _ in Counter(filter(None, notices)).most_common(1)), None)
        gone = sorted({*repetition.gaps, *(item.planned for item in items if item.judged.status not in self.wanted)})
        whole = _Turn(repetition.days[0], notice, _repeating(repetition.rule, gone), series=True)
        yield from self.event(kept[looks.index(usual)].unmoved(), whole)
        for item, look in zip(kept, looks, strict=True):
            if look is not usual or item.judged.occurrence.extensions or self.wants_alarm(item, notice):
                about = (f"RECURRENCE-ID;VALUE=DATE:{contentlines.day(item.planned)}",)
                yield from self.event(item, _Turn(item.due or item.planned, self.notice(item), about))

    def event(self, item: _Item, turn: _Turn | None = None) -> Iterator[str]:
        """Write an all-day event: one that stands alone, or one of a series."""
        day, notice, about, series = turn or _Turn(item.due or LONG_AGO, self.notice(item))
        days = (f"DTSTART;VALUE=DATE:{contentlines.day(day)}", f"DTEND;VALUE=DATE:{contentlines.day(day + DAY)}")
        status = "TENTATIVE" if item.judged.occurrence.provisional else "CONFIRMED"
        lines = (*self.head(item), *days, *about, *self.words(item, series=series))
        state = (f"STATUS:{EVENT_STATUS.get(item.judged.status, status)}", "TRANSP:TRANSPARENT")
        yield from component("VEVENT", (*lines, *state, *self.alarm(item, notice)))

    def todo(self, item: _Item) -> Iterator[str]:
        """Write a to-do."""
        judged, due = item.judged, item.due
        first = judged.occurrence.first
        days = [f"DTSTART;VALUE=DATE:{contentlines.day(first)}"] if first and due and first < due else []
        days += [f"DUE;VALUE=DATE:{contentlines.day(due)}"] if due else []
        status = TODO_STATUS.get(judged.status, "IN-PROCESS" if judged.entries else "NEEDS-ACTION")
        alarm = self.alarm(item, self.notice(item))
        lines = (*self.head(item), *days, *self.words(item), f"STATUS:{status}", *_completion(judged), *alarm)
        yield from component("VTODO", lines)

    def head(self, item: _Item) -> Iterator[str]:
        """Write what tells components apart, and their versions."""
        yield f"UID:{text(item.uid)}"
        yield f"DTSTAMP:{contentlines.stamp(item.stamp)}"
        yield f"SEQUENCE:{item.sequence}"

    def words(self, item: _Item, *, series: bool = False) -> Iterator[str]:
        """Write what people read."""
        plan, task = item.obligation.plan, item.obligation.task
        yield f"SUMMARY:{text(self.summary(item))}"
        yield f"DESCRIPTION:{text(chr(10).join(self.description(item, series=series)))}"
        yield f"CATEGORIES:{contentlines.texts(dict.fromkeys((plan.title, *self.owners(item), *task.tags)))}"

    def owners(self, item: _Item) -> list[str]:
        """Name who owes it."""
        canonical = self.extent.judge.workspace.directory_of(item.obligation.plan).canonical
        return list(dict.fromkeys(map(canonical, item.obligation.actors)))

    def summary(self, item: _Item) -> str:
        """Say in a line who owes what; of what is settled, how."""
        lang, deadline, judged = self.manner.lang, item.judged.occurrence.deadline, item.judged
        names = self.owners(item)
        many = say("list.and-others", lang, {"first": names[:NAMED_OWNERS], "count": len(names)})
        owners = many if len(names) > NAMED_OWNERS else say("list", lang, {"all": names})
        what = deadline.what or item.obligation.task.title
        said = say("calendar.summary", lang, {"owners": owners, "what": what}) if names else what
        if judged.status in REPEATABLE or judged.status is Status.AWAITING_EVENT or self.manner.todo:
            return said
        return say("calendar.settled", lang, {"status": say(f"status.{judged.status.value}", lang), "said": said})

    def description(self, item: _Item, *, series: bool) -> Iterator[str]:
        """Say what it is about, in the words of the document, and where it stands. Nothing here changes from one day to the next."""
        lang, judged = self.manner.lang, item.judged
        plan, task, deadline = item.obligation.plan, item.obligation.task, judged.occurrence.deadline
        yield say("calendar.task", lang, {"id": task.id, "title": task.title})
        yield say("why.rule", lang, {"rule": rule_text(deadline, lang)})
        if deadline.quote:
            yield say("deadline.quote", lang, {"quote": deadline.quote})
        for key in ("restored", "condition"):
            if value := getattr(deadline, key):
                yield say(f"why.{key}", lang, {key: value})
        if deadline.soft:
            yield say("why.soft", lang)
        yield say("calendar.owners", lang, {"all": self.owners(item)})
        if task.support:
            canonical = self.extent.judge.workspace.directory_of(plan).canonical
            yield say("calendar.support", lang, {"all": [canonical(name) for name in task.support]})
        yield from self.history(judged)
        number = say("brackets", lang, {"text": plan.document.number}) if plan.document.number else ""
        yield say("calendar.plan", lang, {"title": plan.title, "number": number})
        yield say("calendar.place", lang, {"place": self.place(item)})
        name = f"{task.id}/{deadline.id}" if series else judged.occurrence.id
        yield say("calendar.id", lang, {"id": f"{plan.id}/{name}"})

    def history(self, judged: Judged) -> Iterator[str]:
        """Say how the date came about, where not by the rule alone."""
        lang, occurrence = self.manner.lang, judged.occurrence
        if occurrence.event:
            reference = say("brackets", lang, {"text": occurrence.event.ref}) if occurrence.event.ref else ""
            yield say("why.event", lang, {"name": occurrence.event.name, "on": occurrence.event.on, "ref": reference})
        for extension in occurrence.extensions:
            yield say("why.extension", lang, extension_args(extension, lang))
        if occurrence.moment:
            yield say("calendar.moment", lang, {"moment": occurrence.moment.isoformat(" ", "minutes")})
        if occurrence.provisional:
            yield say("why.provisional", lang)

    def place(self, item: _Item) -> str:
        """Say where a deadline stands, with a path that does not tell of this machine."""
        plan, task, deadline = item.obligation.plan, item.obligation.task, item.judged.occurrence.deadline
        found = self.extent.judge.workspace.locate(plan.path, ("tasks", task.position, "deadlines", deadline.position))
        path = os.path.relpath(found.path, self.manner.root) if self.manner.root else found.path
        return str(found._replace(path=path.replace(os.sep, "/")))

    def stamp(self, judged: Iterable[Judged]) -> date:
        """Give the day of the last thing that is known about occurrences."""
        return max(max((day for day in _known(each) if day <= self.extent.judge.day), default=LONG_AGO) for each in judged)

    def notice(self, item: _Item) -> int | None:
        """Tell how many days before it is due the last working day is; nothing where that is over, or nobody is to be reminded."""
        due = item.due
        if due is None or item.judged.status not in REPEATABLE:
            return None
        day = self.workday_before(due).day
        return (due - day).days if day >= self.extent.judge.day else None

    def workday_before(self, due: date) -> Reckoned:
        """Give the last working day before a day."""
        if due not in self.alarms:
            self.alarms[due] = self.extent.judge.rules.calendar.add_workdays(due, -1)
        return self.alarms[due]

    def wants_alarm(self, item: _Item, usual: int | None) -> bool:
        """Tell whether the alarm of a series comes on a wrong day, as far ahead as working days are known, and for a year in any case."""
        notice = self.notice(item)
        if item.due is None or notice in (None, usual):
            return False
        return not self.workday_before(item.due).provisional or item.due <= add_months(self.extent.judge.day, 12)

    def alarm(self, item: _Item, notice: int | None) -> Iterator[str]:
        """Write the alarm of a component."""
        if notice is None:
            return
        # Of a day, the time is counted from its beginning where the reader is (3.8.6.3).
        related = ";RELATED=END" if self.manner.todo else ""
        trigger = f"TRIGGER{related}:{contentlines.before(notice, ALARM_HOUR)}"
        yield from component("VALARM", ("ACTION:DISPLAY", f"DESCRIPTION:{text(self.summary(item))}", trigger))


def _regular(obligation: Obligation) -> tuple[tuple[Judged, ...], Repetition | None]:
    """Give the occurrences that a rule yields: all of them, but the last where the end of the plan cuts its period short; or none.

    Whether something of them is done has no say in it, so that the id of the series stays when it is.
    """
    judged = obligation.judged
    deadline = obligation.deadline
    cycle = (deadline.every or deadline.review) if deadline else None
    if cycle is None or cycle.unit == "term" or deadline is None or deadline.roll is not Roll.NONE:
        return (), None
    last = judged[-1].occurrence if judged else None
    if last and last.original and last.last and deadline.by is None and last.original < last.last:
        judged = judged[:-1]
    repetition = repetition_of(tuple(each.occurrence.original for each in judged if each.occurrence.original), cycle)
    return (judged, repetition) if repetition else ((), None)


def _look(judged: Judged) -> Status:
    """Tell what an event of a series looks like: what is open looks the same whether it is due or not."""
    return Status.UPCOMING if judged.status in REPEATABLE else judged.status


def _repeating(rule: str, gone: Sequence[date]) -> tuple[str, ...]:
    """Write how an event repeats, and which of its days are left out."""
    return (f"RRULE:{rule}", f"EXDATE;VALUE=DATE:{','.join(map(contentlines.day, gone))}") if gone else (f"RRULE:{rule}",)


def _sequence(judged: Judged) -> int:
    """Count the changes of an occurrence: what is recorded is never taken back, so that the number only grows."""
    task, plan = judged.occurrence.task, judged.occurrence.plan
    stated = sum(entry.state is not None for entry in judged.entries)
    return len(judged.occurrence.extensions) + stated + bool(task.cancelled) + bool(plan.ended)


def _known(judged: Judged) -> Iterator[date]:
    """Go through the days on which something about an occurrence became known."""
    occurrence = judged.occurrence
    plan, task = occurrence.plan, occurrence.task
    days = [plan.document.issued, plan.document.published, plan.start, *(entry.on for entry in judged.entries)]
    days += [extension.approved for extension in occurrence.extensions]
    days += [occurrence.event.recorded or occurrence.event.on] if occurrence.event else []
    days += [decision.on for decision in (task.cancelled, plan.ended) if decision]
    yield from (day for day in days if day)


def _completion(judged: Judged) -> Iterator[str]:
    """Say how far a to-do is."""
    percents = [entry.percent for entry in judged.entries if entry.percent is not None]
    done = judged.status is Status.DONE
    if done or percents:
        yield f"PERCENT-COMPLETE:{100 if done else round(percents[-1])}"
    if done:
        days = [entry.on for entry in judged.entries if entry.state in (State.DONE, State.CLOSED)]
        days = days or [entry.on for entry in judged.entries] or [judged.occurrence.due or LONG_AGO]
        # What a group owes is done when the last of it is.
        yield f"COMPLETED:{contentlines.stamp(days[-1 if judged.finished else 0])}"
