"""Where a plan belongs: whose it is, what it is called, in which file it stands, and whether it is there already."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from planctl.digests import normalise
from planctl.errors import BadIdError, TakenIdError
from planctl.sources import SUFFIXES, UNITS_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.extraction import Identity
    from planctl.model import Plan
    from planctl.workspace import Workspace

PLACE = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|[省市县区州旗]))(?:人民政府|委|$)")
OUTER = re.compile(r"^.{1,7}?(?:自治区|自治州|[省市州盟])(?=.{1,7}[县区市旗]$)")
"""The larger place before a smaller one: 南宁市江南区."""
TITLE_PLACE = re.compile(r"^(?:关于印发)?(?P<name>[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|[省市县区州旗]))(?![内级直管域])")
NAMELESS = re.compile(r"(?:本|[省市县区州旗])?(?:人民政府|政府|委|办公)")
"""市人民政府办公室: of which city, only the title says."""
UNFIT = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\s]+')
LONGEST_NAME = 60
"""Characters of a file name; many systems have room for 255 bytes."""


def organisation_of(identity: Identity, workspace: Workspace | None) -> str | None:
    """Tell whose document it is: an organisation that knows its issuer or stands in its title, else the place or body that issued it."""
    issuers = [found.text for found in identity.issuers]
    title = identity.title.text if identity.title else ""
    known = _known(workspace, issuers, title) if workspace else None
    return known or next(filter(None, map(_place_of, issuers)), None) or next(_whole(issuers), None) or _from_title(title)


def _known(workspace: Workspace, issuers: list[str], title: str) -> str | None:
    named = None
    for folder, directory in workspace.directories.items():
        name = directory.registry.organisation or os.path.basename(folder)
        if any(directory.find(issuer) and len(issuer) > 5 for issuer in issuers):
            return name
        if len(name) > 1 and any(name in text for text in (title, *issuers)):
            named = named or name
    return named


def _place_of(issuer: str) -> str | None:
    found = PLACE.match(issuer.removeprefix("中共"))
    name = found["name"] if found else ""
    return OUTER.sub("", name) if len(name) > 1 else None


def _from_title(title: str) -> str | None:
    found = TITLE_PLACE.match(title)
    return OUTER.sub("", found["name"]) if found else None


def _whole(issuers: list[str]) -> Iterator[str]:
    return (issuer for issuer in issuers if len(issuer) > 2 and not NAMELESS.match(issuer))


def folder_of(organisation: str, workspace: Workspace | None, plans: str) -> str:
    """Give the folder of an organisation: where its units are, or one of its name."""
    for folder, directory in workspace.directories.items() if workspace else ():
        if organisation in (directory.registry.organisation, os.path.basename(folder)):
            return folder
    return os.path.join(plans, file_name(organisation))


def file_name(title: str) -> str:
    """Make a name for a file or folder of a title."""
    return UNFIT.sub("", title).strip(".")[:LONGEST_NAME] or "plan"


def path_of(title: str, folder: str) -> str:
    """Name the file of a plan."""
    return os.path.join(folder, file_name(title) + SUFFIXES[0])


def units_beside(path: str) -> str:
    """Name the list of units beside a plan."""
    return os.path.join(os.path.dirname(path), UNITS_NAME)


def new_id(identity: Identity, organisation: str, workspace: Workspace | None) -> str:
    """Make an id that no plan has: the organisation with the years of the plan, or of its issue."""
    start, end = identity.period
    issued = identity.issued.day if identity.issued else None
    first = start or issued
    years = "" if first is None else f"-{first.year}-{end.year}" if end and end.year != first.year else f"-{first.year}"
    wanted = f"{file_name(organisation)}{years}"
    taken = {plan.id for plan in (*workspace.plans, *workspace.published_plans())} if workspace else set()
    return next(name for name in (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))) if name not in taken)


def check_id(plan_id: str, workspace: Workspace | None) -> None:
    """See that a new plan can have an id.

    Raises:
        BadIdError: it has characters that an id cannot have.
        TakenIdError: a plan has it.
    """
    odd = next((letter for letter in plan_id if letter in "/@" or letter.isspace() or not letter.isprintable() or _is_wide(letter)), None)
    if odd is not None or not plan_id:
        raise BadIdError(name=plan_id, text=odd or "")
    for plan in (*workspace.plans, *workspace.published_plans()) if workspace else ():
        if plan.id == plan_id:
            raise TakenIdError(name=plan_id, other=plan.path)


def _is_wide(letter: str) -> bool:
    """Tell whether a letter or figure is the full-width form of one of ASCII."""
    return "\uff01" <= letter <= "\uff5e"


def find_plan(identity: Identity, workspace: Workspace) -> Plan | None:
    """Find the plan that was made from a document: by its number, or where one of them has none by its title."""
    number = normalise(identity.number.text) if identity.number else None
    title = _bare(identity.title.text) if identity.title else None
    by_number = (plan for plan in workspace.plans if number and plan.document.number and normalise(plan.document.number) == number)
    by_title = (plan for plan in workspace.plans if title and _bare(plan.title) == title)
    return next(by_number, None) or next(by_title, None)


def _bare(title: str) -> str:
    return re.sub(r"[-—–―－]+", "-", normalise(title))
