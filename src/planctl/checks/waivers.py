"""Waivers and severities of `planctl.yaml`: applied to what the checks found, and checked themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Finding
from planctl.problems import fingerprint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from planctl.checks.base import Coded, Keys
    from planctl.settings import Settings, Waiver

READING = "P0"
"""Codes of reading a file begin so; they can be neither waived nor changed."""
CHANGE = "P5"
"""Codes about a change begin so: a waiver of one has nothing to waive once the change has landed, and goes when it expires."""


def waives(waiver: Waiver, coded: Coded) -> bool:
    """Tell whether a waiver speaks of a finding."""
    plan, task = waiver.plan, waiver.task
    if task and "/" in task:
        named, task = task.split("/", 1)
        if plan not in (None, named):
            return False
        plan = named
    if waiver.code != coded.code or plan not in (None, coded.found.plan) or task not in (None, coded.found.task):
        return False
    return waiver.fingerprint in (None, fingerprint(coded.code, coded.found.plan, coded.found.task, coded.found.args))


def apply(settings: Settings, found: Sequence[Coded], today: date) -> tuple[list[Coded], set[int]]:
    """Leave out the findings that a waiver in force speaks of; tell too which waivers spoke of any."""
    in_force = [waiver for waiver in settings.waivers if waiver.until >= today and not waiver.code.startswith(READING)]
    kept, used = [], set()
    for coded in found:
        waiver = next((waiver for waiver in in_force if waives(waiver, coded)), None)
        if waiver is None:
            kept.append(coded)
        else:
            used.add(waiver.position)
    return kept, used


def check_expired(settings: Settings, today: date) -> Iterator[Finding]:
    """A waiver that has expired is renewed or removed.

    Good:
        waivers:
          - {code: P101, task: "44", reason: 机构改革期间由县政府办代管, until: 2099-12-31}
    Bad:
        waivers:
          - {code: P101, task: "44", reason: 机构改革期间由县政府办代管, until: 2020-12-31}
    """
    for waiver in settings.waivers:
        if waiver.until < today:
            yield Finding(settings.path, ("waivers", waiver.position), {"code": waiver.code, "until": waiver.until})


def check_idle(settings: Settings, today: date, known: Collection[str], used: Collection[int]) -> Iterator[Finding]:
    """The codes that the settings name exist, and a waiver waives something.

    Good:
        severity: {P306: "off"}
    Bad:
        severity: {P999: "off"}
    """
    named: list[tuple[str, Keys]] = [(waiver.code, ("waivers", waiver.position, "code")) for waiver in settings.waivers]
    named += [(code, ("severity", code)) for code in settings.severity]
    for code, keys in named:
        if code not in known:
            yield Finding(settings.path, keys, {"code": code}, variant="code")
        elif code.startswith(READING):
            yield Finding(settings.path, keys, {"code": code}, variant="reading")
    for waiver in settings.waivers:
        expected = waiver.code in known and not waiver.code.startswith((READING, CHANGE))
        if expected and waiver.until >= today and waiver.position not in used:
            yield Finding(settings.path, ("waivers", waiver.position), {"code": waiver.code})
