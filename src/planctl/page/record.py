"""The record of the page: how the plans of a selection stand as of a day, as plain values; nothing here knows HTML.

A unit is named by its canonical name; where the page is about several organisations, with that of its organisation in front.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planctl.dates import DAY, add_months, month_end
from planctl.lights import PRESSING, light, light_of_task
from planctl.listings.due import Row, collapse, missing_text, status_text
from planctl.listings.explanations import entry_text, rule_text
from planctl.messages import say
from planctl.page.rows import Card, Due, Entry, Item, Lane, Mark, Obligation, Totals
from planctl.page.tallies import Month, Tally, by_month, history, tally
from planctl.queries import Judge, owes, select
from planctl.statuses import OPEN, Status, task_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.lights import Light
    from planctl.model import Deadline, Plan, Task
    from planctl.queries import Selection
    from planctl.statuses import Judged
    from planctl.workspace import Workspace

AHEAD = 12
"""Months that the page looks ahead."""
HEAT_BACK, HEAT_AHEAD = 11, 6
LINE_BACK, LINE_AHEAD = 6, 6


class Dashboard(NamedTuple):
    """All that is on the page."""

    day: date
    organisations: tuple[str, ...]
    unit: str | None
    section: str | None
    text: str | None
    totals: Totals
    plans: tuple[Card, ...]
    units: tuple[Tally, ...]
    sections: tuple[Tally, ...]
    overdue: tuple[Due, ...]
    coming: tuple[Due, ...]
    months: tuple[str, ...]
    heat: tuple[tuple[str, tuple[Month, ...]], ...]
    window: tuple[date, date]
    lanes: tuple[Lane, ...]
    items: tuple[Item, ...]
    history: tuple[tuple[date, int, int], ...]
    """Ends of months, with how much was owed in all by then and how much of it was done."""

    @property
    def occurrences(self) -> tuple[Due, ...]:
        """Every occurrence so far, and the next of each deadline."""
        return tuple(each for item in self.items for of in item.obligations for each in of.occurrences)


class Found(NamedTuple):
    """A task with what it owes: so far and next, and within the time that the page is about."""

    plan: Plan
    task: Task
    status: Status
    near: list[Judged]
    wide: list[Judged]
    light: Light


def dashboard(workspace: Workspace, day: date, selection: Selection, lang: str) -> Dashboard:
    """Work out all that is on the page.

    Raises:
        UnknownNameError: no plan or unit has the name that is asked for.
    """
    return _Board(workspace, day, selection, lang).record()


class _Board:
    """The making of one page."""

    def __init__(self, workspace: Workspace, day: date, selection: Selection, lang: str) -> None:
        self.judge = Judge(workspace, day)
        self.workspace = self.judge.workspace
        self.day, self.selection, self.lang = day, selection, lang
        self.rules = workspace.settings.lights
        self.horizon = add_months(day, AHEAD)
        self.found = [self._find(plan, task) for plan, task in select(self.workspace, selection)]
        self.plans = list({id(each.plan): each.plan for each in self.found}.values())
        organisations = dict.fromkeys(map(self.workspace.organisation_of, self.plans))
        self.organisations = tuple(name for name in organisations if name)
        self.anchors = self._anchors()

    def _find(self, plan: Plan, task: Task) -> Found:
        near = [each for each in self.judge.near(plan, task) if self._asked(plan, each)]
        wide = [
            each for each in self.judge.occurrences(plan, task, month_end(self.horizon.year, self.horizon.month)) if self._asked(plan, each)
        ]
        status = task_status(task, near, self.workspace.directory_of(plan))
        return Found(plan, task, status, near, wide, light_of_task(task, status, near, self.day, self.rules))

    def _asked(self, plan: Plan, judged: Judged) -> bool:
        """Tell whether the unit that is asked for owes this, where one is."""
        return self.selection.unit is None or owes(self.workspace.directory_of(plan), self.selection.unit, judged)

    def _anchors(self) -> dict[int, str]:
        """Name each task's place in the page, so that a link to it lasts: by plan and task; a name that comes twice gets a number."""
        seen: dict[str, int] = {}
        anchors = {}
        for each in self.found:
            name = "".join(f"{each.plan.id}/{each.task.id}".split())
            seen[name] = seen.get(name, 0) + 1
            anchors[id(each.task)] = name if seen[name] == 1 else f"{name}/{seen[name]}"
        return anchors

    def record(self) -> Dashboard:
        """Put everything together."""
        first, last = self._months(HEAT_BACK, HEAT_AHEAD)
        months = [add_months(first, number) for number in range(HEAT_BACK + HEAT_AHEAD + 1)]
        labels = tuple(f"{month:%Y-%m}" for month in months)
        owed = [(self._owners(each), each) for found in self.found for each in found.wide]
        window = self._months(LINE_BACK, LINE_AHEAD)
        return Dashboard(
            self.day,
            self.organisations,
            self.selection.unit,
            self.selection.section,
            self.selection.text,
            self._totals(),
            tuple(self._card(plan) for plan in self.plans),
            self._units(),
            self._sections(),
            self._overdue(),
            self._coming(),
            labels,
            by_month(owed, labels, (first, last)),
            window,
            tuple(lane for found in self.found for lane in self._lanes(found, window)),
            tuple(self._item(found) for found in self.found),
            history([each for found in self.found for each in found.wide], self.day),
        )

    def _months(self, back: int, ahead: int) -> tuple[date, date]:
        """Give the first day of the month so many months ago, and the last day of the one so many months ahead."""
        start = add_months(self.day.replace(day=1), -back)
        return start, add_months(start, back + ahead + 1) - DAY

    def _tally(self, label: str, found: Iterable[Found], organisation: str = "") -> Tally:
        chosen = list(found)
        return tally(label, [each.status for each in chosen], [judged for each in chosen for judged in each.near], organisation)

    def _totals(self) -> Totals:
        statuses = tuple((status.value, sum(each.status is status for each in self.found)) for status in Status)
        lights = tuple((colour, sum(each.light.colour == colour for each in self.found)) for colour in PRESSING)
        soon = sum(judged.status is Status.DUE for each in self.found for judged in each.near)
        return Totals(self._tally("", self.found), statuses, lights, soon)

    def _card(self, plan: Plan) -> Card:
        counted = self._tally(plan.title, (each for each in self.found if each.plan is plan))
        organisation = self.workspace.organisation_of(plan)
        return Card(plan.id, plan.title, plan.document.number or "", organisation, plan.start, plan.period.end, counted)

    def _units(self) -> tuple[Tally, ...]:
        led: dict[str, list[Found]] = {}
        for each in self.found:
            for name in dict.fromkeys(self._named(each.plan, each.task.lead)):
                led.setdefault(name, []).append(each)
        tallies = [self._tally(name, found) for name, found in led.items()]
        return tuple(sorted(tallies, key=lambda row: (-row.tasks, -row.missed)))

    def _sections(self) -> tuple[Tally, ...]:
        parts: dict[tuple[int, str], list[Found]] = {}
        for each in self.found:
            name = each.task.section[0] if each.task.section else say("page.no-section", self.lang)
            parts.setdefault((id(each.plan), name), []).append(each)
        return tuple(self._tally(name, found, found[0].plan.title) for (_, name), found in parts.items())

    def _named(self, plan: Plan, names: Iterable[str]) -> list[str]:
        """Give units the names that they have on this page."""
        canonical = self.workspace.directory_of(plan).canonical
        prefix = f"{self.workspace.organisation_of(plan)} " if len(self.organisations) > 1 else ""
        return [prefix + canonical(name) for name in names]

    def _with_members(self, plan: Plan, task: Task, names: Iterable[str]) -> tuple[str, ...]:
        """Name units and, of groups, the members that are known."""
        directory = self.workspace.directory_of(plan)
        every = (one for name in names for one in (name, *(directory.members_in(name, task) or ())))
        return tuple(dict.fromkeys(self._named(plan, every)))

    def _owners(self, judged: Judged) -> tuple[str, ...]:
        occurrence = judged.occurrence
        return tuple(dict.fromkeys(self._named(occurrence.plan, occurrence.deadline.actors or occurrence.task.lead)))

    def _due(self, judged: Judged, row: Row | None = None) -> Due:
        occurrence = judged.occurrence
        plan, task, deadline = occurrence.plan, occurrence.task, occurrence.deadline
        canonical = self.workspace.directory_of(plan).canonical
        return Due(
            plan.id,
            task.id,
            task.title,
            self.anchors[id(task)],
            deadline.what or deadline.metric or task.title,
            deadline.wording or "",
            occurrence.period or "",
            occurrence.due,
            occurrence.original if occurrence.extensions else None,
            judged.days_left,
            judged.status.value,
            status_text(judged, self.lang),
            light(judged, self.day, self.rules).colour,
            occurrence.provisional,
            tuple(dict.fromkeys(map(canonical, deadline.actors or task.lead))),
            self._with_members(plan, task, deadline.actors or (*task.lead, *task.support)),
            row.missed if row else 0,
            row.others if row else 0,
            missing_text(judged.missing, self.lang) if judged.missing else "",
        )

    def _overdue(self) -> tuple[Due, ...]:
        late = [each for found in self.found for each in found.near if each.status is Status.OVERDUE]
        late.sort(key=lambda each: each.occurrence.due or date.max)
        return tuple(self._due(row.judged, row) for row in collapse(late))

    def _coming(self) -> tuple[Due, ...]:
        """The next of each deadline within a year, and how many follow it there."""
        rows = []
        for found in self.found:
            of_deadline: dict[int, list[Judged]] = {}
            for each in found.wide:
                if each.status in OPEN and not each.is_past and (each.occurrence.due is None or each.occurrence.due <= self.horizon):
                    of_deadline.setdefault(each.occurrence.deadline.position, []).append(each)
            rows += [Row(several[0], others=len(several) - 1) for several in of_deadline.values()]
        rows.sort(key=lambda row: row.judged.occurrence.due or date.max)
        return tuple(self._due(row.judged, row) for row in rows)

    def _lanes(self, found: Found, window: tuple[date, date]) -> Iterable[Lane]:
        for deadline in found.task.deadlines:
            marks = tuple(
                self._mark(each)
                for each in found.wide
                if each.occurrence.deadline is deadline and each.occurrence.due and window[0] <= each.occurrence.due <= window[1]
            )
            if marks:
                what = deadline.what or deadline.metric or found.task.title
                yield Lane(found.plan.id, f"{found.task.id} {what}", marks)

    def _mark(self, judged: Judged) -> Mark:
        occurrence = judged.occurrence
        words = occurrence.period or occurrence.deadline.what or occurrence.task.title
        return Mark(occurrence.due or date.max, judged.status.value, words, occurrence.original if occurrence.extensions else None)

    def _item(self, found: Found) -> Item:
        plan, task, found_light = found.plan, found.task, found.light
        canonical = self.workspace.directory_of(plan).canonical
        every = (*task.lead, *task.support, *(name for deadline in task.deadlines for name in deadline.actors))
        why = say(f"light.why.{found_light.condition}", self.lang, {**found_light.figures, "rule": found_light.rule})
        pressing = _most_pressing(found.near)
        return Item(
            plan.id,
            task.id,
            self.anchors[id(task)],
            task.title,
            task.section,
            tuple(map(canonical, task.lead)),
            tuple(map(canonical, task.support)),
            self._with_members(plan, task, every),
            found.status.value,
            found_light.colour,
            why,
            self._due(pressing) if pressing else None,
            task.note or "",
            tuple(self._obligation(deadline, found) for deadline in task.deadlines),
            self._entries(plan, task),
        )

    def _obligation(self, deadline: Deadline, found: Found) -> Obligation:
        flags = tuple(say(f"mark.{name}", self.lang) for name in ("soft", "vague", "implied") if getattr(deadline, name))
        said = ((key, getattr(deadline, key)) for key in ("restored", "condition", "note"))
        notes = tuple(say(f"why.{key}", self.lang, {key: value}) for key, value in said if value)
        occurrences = tuple(self._due(each) for each in found.near if each.occurrence.deadline is deadline)
        rule, what = rule_text(deadline, self.lang), deadline.what or deadline.metric or ""
        return Obligation(deadline.id, what, rule.strip(), deadline.quote or "", flags, notes, occurrences)

    def _entries(self, plan: Plan, task: Task) -> tuple[Entry, ...]:
        canonical = self.workspace.directory_of(plan).canonical
        return tuple(
            Entry(
                entry.on,
                canonical(entry.unit) if entry.unit else "",
                entry_text(entry._replace(evidence=()), task, self.lang),
                tuple(each.path for each in entry.evidence),
            )
            for entry in sorted(task.progress, key=lambda entry: entry.on, reverse=True)
        )


def _most_pressing(near: Sequence[Judged]) -> Judged | None:
    """Give the newest that is overdue, else the next that is open, else the newest of all."""
    late = [each for each in near if each.status is Status.OVERDUE]
    if late:
        return max(late, key=lambda each: each.occurrence.due or date.min)
    ahead = [each for each in near if each.status in OPEN]
    if ahead:
        return min(ahead, key=lambda each: each.occurrence.due or date.max)
    return max(near, key=lambda each: each.occurrence.due or date.min, default=None)
