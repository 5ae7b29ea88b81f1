"""The settings of a repository (`planctl.yaml`): frozen values with their defaults."""

import os
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from planctl.model import Basis
from planctl.problems import Severity


class Language(StrEnum):
    """The languages that planctl speaks."""

    ZH = "zh"
    EN = "en"


class Waiver(NamedTuple):
    """One finding that is knowingly left as it is: for one code and one task, with a reason, until a day."""

    code: str
    reason: str
    until: date
    position: int = 0
    plan: str | None = None
    task: str | None = None
    fingerprint: str | None = None
    """Of the one finding, where not all of the code and the task are meant."""


class CalendarYear(NamedTuple):
    """The rest days and the worked weekends of one year, after the yearly notice of the State Council's office."""

    year: int
    position: int = 0
    holidays: tuple[tuple[date, date], ...] = ()
    """Ranges of days off, both ends included."""
    workdays: tuple[date, ...] = ()
    """Weekend days that are worked (调休上班)."""
    source: str | None = None


class Colour(StrEnum):
    """The colours of lights: 绿, 黄, 红, 蓝, 灰."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"
    GREY = "grey"


class Condition(StrEnum):
    """What the rule of a light asks."""

    CANCELLED = "cancelled"
    SUSPENDED = "suspended"
    AWAITING = "awaiting-event"
    OVERDUE = "overdue"
    DONE_LATE = "done-late"
    DONE = "done"
    DUE_SOON = "due-soon"
    BEHIND = "behind"
    NOT_STARTED = "not-started"
    SILENT = "silent"
    STANDING = "standing"
    ALWAYS = "always"


class LightRule(NamedTuple):
    """When this holds, that light; of several rules the first that holds."""

    when: Condition
    light: Colour
    position: int = 0
    days: int | None = None
    """For due-soon: days before the date. For silent: days without a record."""
    points: int | None = None
    """For behind: percentage points behind the share of time that has passed."""


class NoticeSettings(NamedTuple):
    """Who sends notices, and how soon an answer is expected."""

    issuer: str | None = None
    contact: str | None = None
    phone: str | None = None
    reply_days: int = 5


DEFAULT_LIGHTS = (
    LightRule(Condition.CANCELLED, Colour.GREY),
    LightRule(Condition.SUSPENDED, Colour.GREY),
    LightRule(Condition.OVERDUE, Colour.RED),
    LightRule(Condition.DONE, Colour.GREEN),
    LightRule(Condition.BEHIND, Colour.RED, points=30),
    LightRule(Condition.DUE_SOON, Colour.YELLOW, days=15),
    LightRule(Condition.BEHIND, Colour.YELLOW, points=10),
    LightRule(Condition.AWAITING, Colour.GREY),
    LightRule(Condition.NOT_STARTED, Colour.GREY),
    LightRule(Condition.SILENT, Colour.YELLOW, days=92),
    LightRule(Condition.STANDING, Colour.BLUE),
    LightRule(Condition.ALWAYS, Colour.GREEN),
)
"""After the practice of several cities; they differ, which is why a repository may replace them."""


class Settings(NamedTuple):
    """What `planctl.yaml` may say; without the file, these defaults hold."""

    path: str = "planctl.yaml"
    language: Language | None = None
    severity: Mapping[str, Severity] = {}
    waivers: tuple[Waiver, ...] = ()
    before_inclusive: bool = True
    """Whether 前, 之前 and 以前 of a named day include it: Civil Code art. 1259 does not list these words; offices take it so."""
    due_soon: int = 30
    """Days before the due date from which an occurrence counts as due."""
    require_basis: tuple[Basis, ...] = ()
    """The bases of a lead that this repository accepts; empty accepts every one."""
    calendars: tuple[CalendarYear, ...] = ()
    lights: tuple[LightRule, ...] = DEFAULT_LIGHTS
    notice: NoticeSettings = NoticeSettings()
    document: Mapping[str, Any] = {}
    """What differs from `planctl.word.preset.Preset`."""
    upstream: tuple[str, ...] = ()
    """Published plans of other repositories, as paths relative to `path`."""

    def upstream_paths(self) -> list[str]:
        """List the files of `upstream` as they are named elsewhere."""
        return [os.path.normpath(os.path.join(os.path.dirname(self.path), path)) for path in self.upstream]
