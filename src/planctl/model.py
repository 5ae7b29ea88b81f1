"""The records of a plan: frozen values, one noun each, without input or output.

The words are those of `docs/data-model.md`. Ranges of dates include both ends. An absent value is `None`, an absent list is empty.
Records that stand in a list of the file know their `position` in it, so that a finding can be led back to its line.

Named tuples, and annotations that are evaluated at once: as frozen dataclasses, or with annotations kept as strings, this module alone
would take two to three times as long to import, on the way to every answer.
"""

from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The five kinds of deadline."""

    ONCE = "once"
    RECURRING = "recurring"
    RELATIVE = "relative"
    METRIC = "metric"
    ONGOING = "ongoing"


class Basis(StrEnum):
    """Where the lead of a task comes from."""

    STATED = "stated"
    EMBEDDED = "embedded"
    ADDRESSEE = "addressee"
    ASSIGNED = "assigned"


class State(StrEnum):
    """What a progress entry says has happened."""

    ACCEPTED = "accepted"
    IN_PROGRESS = "in-progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Roll(StrEnum):
    """Where a due date goes that falls on a rest day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


class Cycle(NamedTuple):
    """How often: `2 years` is `Cycle(2, "year")`."""

    number: int
    unit: str
    """year, half-year, quarter, month, week, day or term."""

    def __str__(self) -> str:
        return self.unit if self.number == 1 else f"{self.number} {self.unit}s"


class Span(NamedTuple):
    """A length of time: `20 working-days` is `Span(20, "working-day")`."""

    number: int
    unit: str
    """hour, day, working-day, week, month or year."""

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


class DayOf(NamedTuple):
    """The day of each period by which something is due: a day of a month, with the month where the period is a year."""

    month: int | None
    day: int

    def __str__(self) -> str:
        return f"{self.day:02}" if self.month is None else f"{self.month:02}-{self.day:02}"


class Target(NamedTuple):
    """A figure to reach: `>= 100 %`."""

    op: str
    """One of >=, <=, =, > and <."""
    value: float
    unit: str | None

    def __str__(self) -> str:
        return " ".join(part for part in (self.op, f"{self.value:.12g}", self.unit) if part)


class Period(NamedTuple):
    """The time that a plan covers; without an end it is open."""

    start: date | None = None
    end: date | None = None


class Decision(NamedTuple):
    """That a task was cancelled or a plan ended: when, by whom and why."""

    on: date
    by: str | None = None
    reason: str | None = None


class Deadline(NamedTuple):
    """One time-bound or measured obligation of a task. Which fields are set depends on `kind`."""

    id: str
    kind: Kind
    position: int = 0
    what: str | None = None
    quote: str | None = None
    restored: str | None = None
    """How a damaged `quote` is to be read."""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    soft: bool = False
    vague: bool = False
    implied: bool = False
    condition: str | None = None
    note: str | None = None
    roll: Roll = Roll.NONE
    due: date | None = None
    start: date | None = None
    """`from:` in the file: the first day of the obligation."""
    every: Cycle | None = None
    by: DayOf | None = None
    at_least: int | None = None
    exactly: int | None = None
    at_most: int | None = None
    of: str | None = None
    within: Span | None = None
    after: str | None = None
    before: str | None = None
    metric: str | None = None
    target: Target | None = None
    review: Cycle | None = None

    @property
    def wording(self) -> str | None:
        """The quote as it is to be read: restored where the source is damaged."""
        return self.restored or self.quote


class Evidence(NamedTuple):
    """What proves an entry: a file, relative to the plan, an address, or words that say where it is."""

    path: str
    sha256: str | None = None
    """What the file was when it was recorded: 64 hexadecimal digits."""

    def __str__(self) -> str:
        return self.path


class Progress(NamedTuple):
    """One dated record of what happened."""

    on: date
    position: int = 0
    unit: str | None = None
    deadline: str | None = None
    period: str | None = None
    state: State | None = None
    note: str | None = None
    evidence: tuple[Evidence, ...] = ()
    percent: float | None = None
    counted: int | None = None
    """`count:` in the file."""
    value: float | None = None


class Extension(NamedTuple):
    """An approved change of one due date; without `approved` it is only requested and moves nothing."""

    old: date
    """`from:` in the file."""
    new: date
    """`to:` in the file."""
    position: int = 0
    deadline: str | None = None
    period: str | None = None
    requested: date | None = None
    approved: date | None = None
    by: str | None = None
    number: str | None = None
    reason: str | None = None


class Event(NamedTuple):
    """Something that happened on a day and starts the clock of the relative deadlines that name it."""

    on: date
    name: str
    position: int = 0
    at: time | None = None
    """The time of day, which a limit in hours is counted from."""
    recorded: date | None = None
    """When it was recorded, for an event that is known beforehand, such as the day on which a document expires."""
    ref: str | None = None
    tasks: tuple[str, ...] = ()
    """The tasks that it concerns; empty for every task that waits for an event of this name."""


class ClauseRef(NamedTuple):
    """Where a task stands in its document, and the digest of that clause's normalised text."""

    clause: str | None = None
    digest: str | None = None


class Confirmation(NamedTuple):
    """That a link to an upstream task was looked at: when, by whom, and what the upstream task was then."""

    upstream: str
    on: date
    fingerprint: str
    position: int = 0
    by: str | None = None


class Task(NamedTuple):
    """One numbered item of a document."""

    id: str
    title: str
    position: int = 0
    section: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    basis: Basis | None = None
    shared_by_duty: bool = False
    open_list: bool = False
    upstream: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    note: str | None = None
    cancelled: Decision | None = None
    deadlines: tuple[Deadline, ...] = ()
    progress: tuple[Progress, ...] = ()
    extensions: tuple[Extension, ...] = ()
    source: ClauseRef | None = None
    confirmed: tuple[Confirmation, ...] = ()
    """When each link of `upstream` was last looked at."""
    doubts: tuple[str, ...] = ()
    """What a person has still to look at: `planctl import` writes it, a person takes it out."""


class Document(NamedTuple):
    """The official document that a plan was made from."""

    number: str | None = None
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    issued: date | None = None
    published: date | None = None
    effective: date | None = None
    index_number: str | None = None


class Plan(NamedTuple):
    """One plan file."""

    path: str
    id: str
    title: str
    document: Document = Document()
    period: Period = Period()
    ended: Decision | None = None
    note: str | None = None
    tasks: tuple[Task, ...] = ()
    events: tuple[Event, ...] = ()
    doubts: tuple[str, ...] = ()
    """What a person has still to look at, of the plan as a whole."""

    @property
    def start(self) -> date | None:
        """The day on which the obligations of the plan begin, unless a deadline says otherwise."""
        return self.document.effective or self.document.issued or self.period.start


class Unit(NamedTuple):
    """An organisation that can own a task, with the dates between which it exists."""

    name: str
    position: int = 0
    aliases: tuple[str, ...] = ()
    start: date | None = None
    """`from:` in the file."""
    end: date | None = None
    """`to:` in the file."""
    successors: tuple[str, ...] = ()
    note: str | None = None


class Group(NamedTuple):
    """A named set of units; without members they are unknown."""

    name: str
    position: int = 0
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    except_leads: bool = False
    """The leads of the task are not among the members: 其他有关部门."""
    start: date | None = None
    end: date | None = None
    successors: tuple[str, ...] = ()
    note: str | None = None


class Registry(NamedTuple):
    """One `units.yaml`: who exists in an organisation."""

    path: str
    organisation: str | None = None
    units: tuple[Unit, ...] = ()
    groups: tuple[Group, ...] = ()


class Publication(NamedTuple):
    """What another repository has published: its plans, with the units of each organisation."""

    path: str
    plans: tuple[Plan, ...] = ()
    registries: tuple[Registry, ...] = ()
