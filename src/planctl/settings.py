"""The settings of a repository (`planctl.yaml`): frozen values with their defaults."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

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


class CalendarYear(NamedTuple):
    """The rest days and the worked weekends of one year, after the yearly notice of the State Council's office."""

    year: int
    position: int = 0
    holidays: tuple[tuple[date, date], ...] = ()
    """Ranges of days off, both ends included."""
    workdays: tuple[date, ...] = ()
    """Weekend days that are worked (调休上班)."""
    source: str | None = None


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
