"""Changes as a page: one HTML file that needs no network."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planctl.changes.records import RANK, Level
from planctl.charts.drawing import UNSAYABLE
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.changes.remarks import Gap, Remark

FOLDER = os.path.dirname(__file__)


def render_review(remarks: Sequence[Remark], lang: str, summary: str, gaps: Sequence[Gap] = ()) -> str:
    """Write the page: the summary, what could not be read, then the changes by plan: the plan with the worst first, and in it the worst."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    with open(os.path.join(FOLDER, "review.css"), encoding="utf-8") as file:
        style = file.read()
    levels = {level: say(f"change.level.{level}", lang) for level in Level}
    return environment.get_template("review.html.j2").render(
        lang="zh-CN" if lang == "zh" else "en",
        title=say("change.title", lang),
        summary=summary,
        style=Markup(style),  # noqa: S704 - a file of the package
        policy=f"default-src 'none'; style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'; base-uri 'none'",
        levels=levels,
        unread=say("change.unread.heading", lang),
        gaps=gaps,
        groups=_groups(remarks),
        place=lambda spot: say("change.place", lang, spot._asdict()) if spot.line else spot.path,
    )


def _groups(remarks: Sequence[Remark]) -> list[tuple[str, list[Remark]]]:
    groups = [(heading, sorted(several, key=_rank)) for heading, several in groupby(remarks, key=lambda remark: remark.heading)]
    return sorted(groups, key=lambda group: _rank(group[1][0]))


def _rank(remark: Remark) -> int:
    return RANK[remark.change.level]


def _shown(value: object) -> object:
    """Leave out `None` and the characters that HTML forbids."""
    if value is None:
        return ""
    return UNSAYABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value
