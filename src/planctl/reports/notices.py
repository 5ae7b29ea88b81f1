"""Notices: one document for each unit that owes something.

A pure function of the plans, the day and the settings, so that a second run changes nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.dates import DAY
from planctl.queries import Selection, Span, due, select
from planctl.reports import environment
from planctl.reports.facts import UNDER_WAY, occurrence_facts
from planctl.reports.periods import day_text
from planctl.statuses import Judged, Status, has_done

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planctl.directory import Directory
    from planctl.queries import Judge

UNSAFE = frozenset('/\\:*?"<>|')
LONGEST_NAME = 180
"""Bytes of a unit's name in the name of a file, which may have 255 in all."""


class Level(StrEnum):
    """How hard a notice urges: 督办 hands a matter over with a receipt to sign, 催办 reminds."""

    REMIND = "催办"
    SUPERVISE = "督办"


TEMPLATES = {Level.REMIND: "催办通知", Level.SUPERVISE: "督办通知单"}


class Notice(NamedTuple):
    """What one unit is to be told."""

    unit: str
    """With its organisation, where notices of several are written: each county has its 县司法局."""
    file_name: str
    """Without its suffix."""
    items: int
    overdue: int
    markdown: str


def notices(judge: Judge, selection: Selection, until: date, level: Level, folders: Iterable[str] = ()) -> Iterator[Notice]:
    """Write the notices of all units that lead or act, or of the one selected: what is overdue, and what falls due by a day."""
    folders = tuple(folders)
    found = due(judge, select(judge.workspace, selection), Span(None, until))
    owners = _owners(judge, (each for each in found if each.status in UNDER_WAY), selection.unit)
    several = len({directory for directory, _ in owners}) > 1
    taken: set[str] = set()
    for (directory, unit), items in owners.items():
        told = _facts(judge, unit, items, until)
        listed = [occurrence_facts(judge, each) for each in items]
        markdown = environment.render(TEMPLATES[level], {"notice": told, "items": listed}, folders)
        name = f"{directory.registry.organisation or ''}{unit}" if several else unit
        yield Notice(name, _file_name(name, f"-{TEMPLATES[level]}", taken), len(items), told["overdue"], markdown)


def sample(judge: Judge) -> dict[str, Any]:
    """Give the facts of a notice about all that is open, for trying a template."""
    items = [each for each in due(judge, select(judge.workspace, Selection()), Span(None, judge.day)) if each.occurrence.due]
    return {"notice": _facts(judge, "—", items, judge.day), "items": [occurrence_facts(judge, each) for each in items]}


def _owners(judge: Judge, found: Iterable[Judged], wanted: str | None) -> dict[tuple[Directory, str], list[Judged]]:
    """Sort occurrences by who owes them: the actors, or else the leads; of a group of known members, those who still owe their share."""
    owners: dict[tuple[Directory, str], list[Judged]] = {}
    for each in found:
        task = each.occurrence.task
        directory = judge.workspace.directory_of(each.occurrence.plan)
        units: list[str] = []
        for name in each.occurrence.deadline.actors or task.lead:
            members = directory.members_in(name, task)
            units += [unit for unit in members if not has_done(each, unit, directory)] if members else [directory.canonical(name)]
        for unit in dict.fromkeys(units):
            if wanted is None or unit == directory.canonical(wanted):
                owners.setdefault((directory, unit), []).append(each)
    return owners


def _facts(judge: Judge, unit: str, items: list[Judged], until: date) -> dict[str, Any]:
    settings = judge.workspace.settings.notice
    organisations = dict.fromkeys(judge.workspace.organisation_of(each.occurrence.plan) for each in items)
    return {
        "unit": unit,
        "issuer": settings.issuer or f"{'、'.join(organisations)}督查室",
        "contact": settings.contact or "",
        "phone": settings.phone or "",
        "day": judge.day.isoformat(),
        "day_text": day_text(judge.day),
        "year": judge.day.year,
        "until_text": day_text(until),
        "reply_text": day_text(judge.day + settings.reply_days * DAY),
        "count": len(items),
        "overdue": sum(each.status is Status.OVERDUE for each in items),
        "sources": list(dict.fromkeys(each.occurrence.plan.document.number or each.occurrence.plan.title for each in items)),
        "support": list(dict.fromkeys(name for each in items for name in _support(judge, each) if name != unit)),
    }


def _support(judge: Judge, judged: Judged) -> list[str]:
    canonical = judge.workspace.directory_of(judged.occurrence.plan).canonical
    return [canonical(name) for name in judged.occurrence.task.support]


def _file_name(name: str, kind: str, taken: set[str]) -> str:
    """Make a file name of a unit's name: no separators, no controls, no leading dots, unique in its folder whatever the case of letters."""
    safe = "".join("_" if character in UNSAFE or not character.isprintable() else character for character in name)
    safe = safe.encode(errors="replace")[:LONGEST_NAME].decode(errors="ignore").strip(" .-") or "_"
    number, unique = 1, f"{safe}{kind}"
    while unique.casefold() in taken:
        number += 1
        unique = f"{safe}{kind}-{number}"
    taken.add(unique.casefold())
    return unique


def index(written: Iterable[Notice], day: date, suffix: str) -> str:
    """Write the list of who got what, as Markdown."""
    rows = "".join(
        f"| {environment.finalize(notice.unit)} | {notice.items} | {notice.overdue} | {environment.finalize(notice.file_name + suffix)} |\n"
        for notice in written
    )
    return f"# 通知发放清单（{day_text(day)}）\n\n| 单位 | 事项 | 其中逾期 | 文件 |\n|---|--:|--:|---|\n{rows}"
