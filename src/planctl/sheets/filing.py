"""Three-way: what the plan held when a form was made, what it holds now, and what the unit has written. The difference becomes entries.

An entry is never changed; what a unit reports is always a new one. A row is taken whole or not at all.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.checks import CHECKS, waivers
from planctl.checks.base import Coded, Context, Finding
from planctl.drafting.files import value_of
from planctl.messages import message_of
from planctl.model import Evidence, Progress, State
from planctl.problems import Location, Problem, Severity
from planctl.queries import rules_of
from planctl.recording.entries import Entry as Place
from planctl.recording.entries import Kind, Named, Recording
from planctl.shapes.plan import PROGRESS
from planctl.sheets import values, wording
from planctl.sheets.dues import counts, find, known, measures
from planctl.sheets.records import Entry, fold, short_digest
from planctl.sheets.returns import Remark
from planctl.sheets.values import Unreadable
from planctl.sheets.workbooks import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.model import Deadline, Plan
    from planctl.sheets.records import Base, Item, Known
    from planctl.sheets.returns import Filled, FilledRow, Return
    from planctl.sheets.workbooks import Cell
    from planctl.workspace import Workspace

ALONE = frozenset({Entry.COUNT, Entry.VALUE})
"""What means nothing for several rows at once."""
STANDING = (Entry.STATE, Entry.PERCENT, Entry.VALUE)
"""What a form shows as it is, so that an empty cell means that somebody has emptied it."""
SCALE = {Entry.PERCENT: 100.0, Entry.VALUE: 1.0}
"""What the number in a cell is multiplied by to be what the plan holds."""
LONGEST_SHOWN = 40
OF_RECORDS = ("P1", "P3")
"""How the codes of checks begin that look at what is recorded, and by whom."""


class Verdict(Enum):
    """What a cell is against the plan."""

    NEW = "new"
    REPEATED = "repeated"
    """The plan says so already."""
    CLASH = "clash"
    """The plan has been changed since, and says something else."""


class Filing(NamedTuple):
    """An entry that a row becomes."""

    plan: str
    task: str
    entry: Progress
    path: str
    place: str


class Outcome(NamedTuple):
    """What became of a form."""

    form: Return
    filings: tuple[Filing, ...]
    remarks: tuple[Remark, ...]
    repeated: int = 0
    """Rows that say what the plan has already."""

    @property
    def refused(self) -> bool:
        """Whether something could not be taken."""
        return any(not remark.is_notice for remark in self.remarks)


class Clerk:
    """Takes forms in, one after the other; what one has brought, the next one finds in the plans.

    Args:
        workspace: the plans as they are now.
        today: the day that nothing may be recorded after.
        lang: the language of what the checks say.
        on: the day of the entries that say no other; today if left out.
        takes_sheet: whether a form counts more than what was recorded since it was made.
    """

    def __init__(self, workspace: Workspace, today: date, lang: str, *, on: date | None = None, takes_sheet: bool = False) -> None:
        self.workspace = workspace
        self.rules = rules_of(workspace.settings)
        self.today = today
        self.on = on or today
        self.lang = lang
        self.takes_sheet = takes_sheet

    def take(self, form: Return) -> Outcome:
        """Take a form in."""
        filings: list[Filing] = []
        remarks = list(form.remarks)
        repeated = 0
        for row in form.rows:
            reader = _RowReader(self, form, row)
            filing = reader.read()
            remarks += reader.remarks
            repeated += reader.repeats
            if filing:
                filings.append(filing)
        refused = dict(self._judge(filings))
        remarks += refused.values()
        kept = tuple(filing for number, filing in enumerate(filings) if number not in refused)
        self.workspace = with_entries(self.workspace, kept)
        return Outcome(form, kept, tuple(_once(remarks)), repeated)

    def _judge(self, filings: list[Filing]) -> Iterator[tuple[int, Remark]]:
        """Find the entries that would make a plan wrong, by the checks of what is recorded."""
        places: dict[tuple[str, int, int], int] = {}
        after = with_entries(self.workspace, filings, places)
        wanted = {(path, task) for path, task, _ in places}
        plans = [
            plan._replace(tasks=tuple(task for task in plan.tasks if (plan.path, task.position) in wanted))
            for plan in after.plans
            if any(path == plan.path for path, _ in wanted)
        ]
        context = Context(after.with_plans(plans), self.today, self.rules, digest_of=None)
        for coded in _errors(context):
            found = coded.found
            if isinstance(found, Finding) and found.keys[2:3] == ("progress",):
                number = places.pop((found.path, int(found.keys[1]), int(found.keys[3])), None)
                if number is not None:
                    problem = Problem(Location(found.path), coded.code, coded.severity, found.args, variant=found.variant)
                    args: dict[str, object] = {"code": coded.code, "what": message_of(problem, self.lang)}
                    yield number, Remark("S207", filings[number].path, filings[number].place, args)


def _errors(context: Context) -> list[Coded]:
    settings = context.workspace.settings
    coded = []
    for check in CHECKS:
        severity = settings.severity.get(check.code, check.severity)
        if check.code.startswith(OF_RECORDS) and severity is Severity.ERROR:
            coded += [Coded(check.code, severity, finding) for finding in check.run(context)]
    return list(waivers.apply(settings, coded, context.today)[0])


def _once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Leave out what was said before: many rows may hang on one cell."""
    seen = set()
    for remark in remarks:
        key = (remark.code, remark.path, remark.cell, None if remark.cell else str(remark.args))
        if key not in seen:
            seen.add(key)
            yield remark


def with_entries(workspace: Workspace, filings: Iterable[Filing], places: dict[tuple[str, int, int], int] | None = None) -> Workspace:
    """Give a workspace whose plans have entries; `places` learns where each one stands."""
    of_task: dict[tuple[str, str], list[tuple[int, Filing]]] = {}
    for number, filing in enumerate(filings):
        of_task.setdefault((filing.plan, filing.task), []).append((number, filing))
    plans = []
    for plan in workspace.plans:
        tasks = []
        for task in plan.tasks:
            progress = list(task.progress)
            for number, filing in of_task.pop((plan.id, task.id), ()):
                if places is not None:
                    places[plan.path, task.position, len(progress)] = number
                progress.append(filing.entry._replace(position=len(progress)))
            tasks.append(task if len(progress) == len(task.progress) else task._replace(progress=tuple(progress)))
        plans.append(plan if all(one is other for one, other in zip(tasks, plan.tasks, strict=True)) else plan._replace(tasks=tuple(tasks)))
    return workspace.with_plans(plans)


def recordings(workspace: Workspace, filings: Iterable[Filing]) -> list[Recording]:
    """Say what is to be recorded, one recording a plan, in the words of `planctl.recording`."""
    of_plan: dict[str, list[Filing]] = {}
    for filing in filings:
        of_plan.setdefault(filing.plan, []).append(filing)
    paths: dict[str, Plan] = {plan.id: plan for plan in reversed(workspace.plans)}
    return [
        Recording(
            Kind.PROGRESS,
            paths[plan_id].path,
            tuple(map(_place, several)),
            plan_id,
            several[0].task if len(several) == 1 else None,
            len({filing.path for filing in several}),
        )
        for plan_id, several in of_plan.items()
    ]


def _place(filing: Filing) -> Place:
    return Place(("tasks", Named("id", filing.task), "progress"), value_of(PROGRESS, filing.entry))


class _RowReader:
    """Reads what a row says, and compares it with what the plan holds."""

    def __init__(self, clerk: Clerk, form: Return, row: FilledRow) -> None:
        self.clerk = clerk
        self.form = form
        self.row = row
        self.path = os.path.basename(form.path)
        self.remarks: list[Remark] = []
        self.repeats = False

    def read(self) -> Filing | None:
        """Make an entry of a row; nothing where it says nothing new, or nothing that can be taken."""
        clerk, row = self.clerk, self.row
        news = touched(row)
        if not news:
            return None
        item = find(clerk.workspace, row.key, clerk.rules, max(row.due or clerk.today, clerk.today))
        if item is None:
            self.remark("S202", row.place, name=str(row.key))
            return None
        said = self.said(news, item)
        if any(remark.code != "S208" for remark in self.remarks):
            return None
        if said.keys() == {Entry.ON}:
            self.remark("S209", news[Entry.ON].place)
        taken = self.news(said, known(item, self.form.unit, clerk.workspace.directory_of(item.plan)))
        on = self.day(said) if taken else None
        unit = clerk.workspace.directory_of(item.plan).name_on(self.form.unit, on) if on else ""
        return Filing(item.plan.id, item.task.id, self.entry(taken, on, unit), self.path, row.place) if on else None

    def remark(self, code: str, cell: str, **args: object) -> None:
        """Remark something about a cell."""
        self.remarks.append(Remark(code, self.path, cell, args))

    def said(self, cells: dict[Entry, Filled], item: Item) -> dict[Entry, Any]:
        """Read the cells that somebody has written into; what says the same in other words is left out."""
        said: dict[Entry, Any] = {}
        for entry, filled in cells.items():
            try:
                value = self.value(entry, filled, item.deadline)
            except Unreadable as error:
                self.remark(error.code, filled.place, **error.args_of_message)
            else:
                if value not in (None, ()) and not (entry in STANDING and value == getattr(self.row.base, entry.value)):
                    said[entry] = value
        return said

    def value(self, entry: Entry, filled: Filled, deadline: Deadline | None) -> object:
        """Read a cell.

        Raises:
            Unreadable: it says nothing that can be recorded.
        """
        cell = filled.cell
        _refuse(cell, entry, shared=filled.shared)
        if entry is Entry.STATE:
            return values.read_state(cell)
        if entry is Entry.PERCENT:
            return values.read_percent(cell)
        if entry is Entry.ON:
            return values.read_day(cell, self.form.year, self.form.epoch)
        if entry is Entry.COUNT and deadline and counts(deadline):
            return values.read_count(cell, deadline) or None
        if entry is Entry.VALUE and deadline and measures(deadline):
            return values.read_value(cell, deadline)
        if entry in ALONE:
            raise Unreadable("S114", text=cell.text)
        return values.read_list(cell) if entry is Entry.EVIDENCE else values.read_text(cell)

    def news(self, said: dict[Entry, Any], now: Known) -> dict[Entry, Any]:
        """Choose what the plan does not have yet. Where it has changed since, and to something else, nothing of the row is taken."""
        news: dict[Entry, Any] = {}
        clashes = False
        for entry, value in said.items():
            verdict, held = _compare(entry, value, self.row.base, now) if entry is not Entry.ON else (Verdict.REPEATED, None)
            if verdict is Verdict.NEW or (verdict is Verdict.CLASH and self.clerk.takes_sheet):
                news[entry] = tuple(each for each in value if each not in now.evidence) if entry is Entry.EVIDENCE else value
            elif verdict is Verdict.CLASH:
                clashes = True
                shown = {"sheet": _shown(entry, value), "now": _shown(entry, held) or "—"}
                self.remark("S206", self.row.cells[entry].place, name=str(self.row.key), heading=wording.FILLED[entry], **shown)
            elif entry is not Entry.ON:
                self.repeats = True
        return {} if clashes else news

    def day(self, said: dict[Entry, Any]) -> date | None:
        """Tell the day of an entry: its own, that of the form, or that of the merge. Nothing where that of the form cannot be read."""
        if Entry.ON in said:
            day: date = said[Entry.ON]
            return day
        reported = self.form.reported
        if reported is None or not reported.cell.text.strip():
            return self.clerk.on
        try:
            _refuse(reported.cell, Entry.ON, shared=False)
            return values.read_day(reported.cell, self.form.year, self.form.epoch)
        except Unreadable as error:
            self.remark(error.code, reported.place, **error.args_of_message)
            return None

    def entry(self, news: dict[Entry, Any], on: date, unit: str) -> Progress:
        """Make the entry."""
        return Progress(
            on=on,
            unit=unit,
            deadline=self.row.key.deadline,
            period=self.row.key.period,
            state=news.get(Entry.STATE),
            note=news.get(Entry.NOTE),
            evidence=tuple(map(Evidence, news.get(Entry.EVIDENCE, ()))),
            percent=news.get(Entry.PERCENT),
            counted=news.get(Entry.COUNT),
            value=news.get(Entry.VALUE),
        )


def _refuse(cell: Cell, entry: Entry, *, shared: bool) -> None:
    """Refuse a cell that says nothing of itself.

    Raises:
        Unreadable: S109 it is a formula, S110 an error, S208 emptied, S113 merged where that says nothing.
    """
    if cell.formula:
        raise Unreadable("S109", text=cell.text)
    if cell.error:
        raise Unreadable("S110", text=cell.text)
    if not cell.text.strip():
        raise Unreadable("S208", heading=wording.FILLED[entry])
    if shared and entry in ALONE:
        raise Unreadable("S113", text=cell.text)


def touched(row: FilledRow) -> dict[Entry, Filled]:
    """Give the cells of a row that somebody has written into."""
    return {entry: filled for entry, filled in row.cells.items() if not _is_as_before(entry, filled.cell, row.base)}


def _is_as_before(entry: Entry, cell: Cell, base: Base) -> bool:
    """Tell at a glance whether nobody has written into a cell."""
    if cell.formula:
        return False
    text = cell.text.strip()
    if entry is Entry.STATE:
        return text == (wording.state_word(base.state) if base.state else "")
    if entry in STANDING:
        before: float | None = getattr(base, entry.value)
        return (not text) if before is None else cell.number is not None and plain(cell.number * SCALE[entry]) == plain(before)
    return not text


def _compare(
    entry: Entry,
    value: Any,  # noqa: ANN401 - what a cell may say
    base: Base,
    now: Known,
) -> tuple[Verdict, object]:
    """Compare what a unit has written with what the plan held and holds, which is given too."""
    if entry is Entry.EVIDENCE:
        return (Verdict.REPEATED if set(value) <= set(now.evidence) else Verdict.NEW), None
    if entry is Entry.NOTE:
        held: object = now.note
        note = short_digest(fold(now.note)) if now.note else ""
        same, changed = fold(value) in now.notes, note != base.note
    elif entry is Entry.COUNT:
        held, grown = now.counted, now.counted - base.counted
        same, changed = grown == value, grown != 0
    else:
        held = getattr(now, entry.value)
        same, changed = held == value, held != getattr(base, entry.value)
    return Verdict.REPEATED if same else Verdict.CLASH if changed else Verdict.NEW, held


def _shown(entry: Entry, value: object) -> str:
    """Show a value in the words of the form."""
    if isinstance(value, State):
        return wording.state_word(value)
    if isinstance(value, float):
        return f"{plain(value)}%" if entry is Entry.PERCENT else plain(value)
    text = str(value) if value is not None else ""
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
