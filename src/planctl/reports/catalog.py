"""The built-in reports: what each is, and the period that it speaks of when none is named."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from planctl.errors import UnknownNameError
from planctl.fields import nearest
from planctl.messages import Word
from planctl.reports import environment
from planctl.reports.periods import ReportPeriod, last_finished, parse_period

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class BuiltIn(NamedTuple):
    """A built-in report."""

    about: str
    """The entry of the catalogue that says what it is."""
    months: int | None = None
    """How many months its period has; `None` for a report of all there is."""


BUILT_INS = {
    "任务分解表": BuiltIn("report.breakdown"),
    "督办台账": BuiltIn("report.register"),
    "月度通报": BuiltIn("report.monthly", 1),
    "季度进展": BuiltIn("report.quarterly", 3),
    "年度法治政府建设情况报告": BuiltIn("report.annual", 12),
    "单位任务清单": BuiltIn("report.unit"),
}
NOTICES = ("催办通知", "督办通知单")
"""Templates of notices, which are not reports."""
COMPARISONS = ("任务调整对照表",)
"""Templates that compare two states (`planctl diff --report`), which are not reports of one."""


def names(folders: Iterable[str]) -> list[str]:
    """List the reports that can be asked for, those of the repository included."""
    folders = tuple(folders)
    return [name for name in dict.fromkeys((*environment.names(folders), *documents(folders))) if name not in (*NOTICES, *COMPARISONS)]


def documents(folders: Iterable[str]) -> dict[str, str]:
    """Find the templates that are .docx, with their paths. Word keeps its locks beside them, as `~$NAME.docx`."""
    found: dict[str, str] = {}
    for folder in filter(os.path.isdir, folders):
        for file in sorted(os.listdir(folder)):
            name, suffix = os.path.splitext(file)
            if suffix == ".docx" and not name.startswith(("_", "~", ".")):
                found.setdefault(name, os.path.join(folder, file))
    return found


def check_name(name: str, folders: Iterable[str]) -> None:
    """Make sure that a report exists: templates of notices and parts of templates are none.

    Raises:
        UnknownNameError: it does not; the error has the nearest that does.
    """
    known = names(folders)
    if name not in known:
        raise UnknownNameError(what=Word("word.report"), name=name, nearest=nearest(name, known), list="planctl report --list")


def period_of(name: str, text: str | None, today: date) -> ReportPeriod | None:
    """Give the period of a report: as named, or the last one that is over.

    Raises:
        BadPeriodError: the text is no period.
    """
    if text:
        return parse_period(text)
    built_in = BUILT_INS.get(name)
    return last_finished(today, built_in.months) if built_in and built_in.months else None
