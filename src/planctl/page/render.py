"""Rendering: the record of the page as one HTML file, with its style, its script and its charts inside.

The templates are the package's own and hold no text of users, so that no sandbox is needed; whatever users wrote is escaped on its way in.
A policy in the file lets run what carries the hash of our own script and style, and nothing else.
"""

from __future__ import annotations

import json
import os
import re
from base64 import b64encode
from collections import Counter
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planctl.charts.bars import Bar, bars
from planctl.charts.burnup import Point, burnup
from planctl.charts.drawing import UNSAYABLE, Tone
from planctl.charts.heatmap import Cell, heatmap
from planctl.charts.timeline import Lane, Mark, timeline
from planctl.lights import PRESSING
from planctl.messages import say
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.page.record import Dashboard
    from planctl.page.rows import Card, Due, Item
    from planctl.page.rows import Lane as LaneRecord
    from planctl.page.tallies import Tally

FOLDER = os.path.dirname(__file__)
DRAWN_UNITS, DRAWN_LANES = 24, 60
"""Rows of a chart; more can be read in the table beside it, but not in a picture."""
SHOWN_PERIODS = 12
"""Occurrences of one deadline that are listed one by one; the earlier ones are counted."""
URL = re.compile(r"https?://[^\s/\\?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
PATH = re.compile(
    r"(?![/\\#?])[^\x00-\x1f\x7f\\:*?\"<>|#]+\.[A-Za-z0-9]{1,8}|(?![/\\#?])[^\x00-\x1f\x7f\\:*?\"<>|#]+/[^\x00-\x1f\x7f\\:*?\"<>|#]*"
)
SAFE_IN_URL = "/:?#[]@!$&()*+,;=%~"


def render(dashboard: Dashboard, lang: str, article: Markup | None = None) -> str:
    """Write the page, with a report at its head if one is given."""
    style, script = (_read(name) for name in ("style.css", "script.js"))
    words = {name.removeprefix("page.filter."): say(name, lang) for name in ("page.filter.shown", "page.filter.nothing")}
    named = [row.units for rows in (dashboard.items, dashboard.overdue, dashboard.coming) for row in rows]
    units = list(dict.fromkeys(unit for several in named for unit in several))
    numbers = {unit: number for number, unit in enumerate(units)}
    template = _environment(lang).get_template("page.html.j2")
    return template.render(
        board=dashboard,
        lang="zh-CN" if lang == "zh" else "en",
        title=_title(dashboard, lang),
        style=Markup(style),  # noqa: S704 - a file of the package
        script=Markup(script),  # noqa: S704 - a file of the package
        policy=_policy(style, script),
        facts=embedded({"words": words, "units": units}),
        numbers=numbers,
        choices=_choices(dashboard, units, lang),
        titles={card.id: card.title for card in dashboard.plans},
        charts=_charts(dashboard, lang),
        article=article,
    )


def _read(name: str) -> str:
    with open(os.path.join(FOLDER, name), encoding="utf-8", newline="\n") as file:
        return file.read().replace("\r\n", "\n")


def _environment(lang: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(href=href, sections=_sections, names=partial(_names, lang), periods=partial(_periods, lang))
    made.globals.update(say=partial(_say, lang))
    return made


def _shown(value: object) -> object:
    """Leave out `None` and the characters that HTML forbids."""
    if value is None:
        return ""
    return UNSAYABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _say(lang: str, key: str, **args: object) -> str:
    return say(key, lang, args)


def _names(lang: str, names: Sequence[str]) -> str:
    return say("list", lang, {"all": names})


def _title(dashboard: Dashboard, lang: str) -> str:
    if len(dashboard.plans) == 1:
        return say("page.title.of", lang, {"title": dashboard.plans[0].title})
    return say("page.title", lang)


def _choices(dashboard: Dashboard, units: Sequence[str], lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """List what can be chosen in each filter: the values, and the words for them."""
    found = {item.status for item in dashboard.items} | {each.status for each in (*dashboard.overdue, *dashboard.coming)}
    choices = [
        ("unit", [(unit, unit) for unit in sorted(units)]),
        ("status", [(status.value, say(f"status.{status}", lang)) for status in Status if status in found]),
        ("light", [(colour, say(f"light.{colour}", lang)) for colour in PRESSING]),
        ("plan", [(card.id, card.title) for card in dashboard.plans]),
    ]
    return [(key, values) for key, values in choices if len(values) > 1]


def _sections(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """Divide tasks where their section changes."""
    return [(section, list(of_section)) for section, of_section in groupby(items, key=lambda item: " ".join(item.section))]


def _policy(style: str, script: str) -> str:
    """Say what the browser may run: our script and our style, known by their digests, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def embedded(value: Any) -> Markup:  # noqa: ANN401 - whatever JSON can say
    """Write JSON so that nothing in it can end the element that it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escapes: dict[str, str | int | None] = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    return Markup(text.translate(str.maketrans(escapes)))  # noqa: S704 - escaped here


def href(text: str) -> str | None:
    """Give the link of a piece of evidence: a web address or a relative path; other words get none, and no other scheme."""
    text = text.strip()
    if URL.fullmatch(text) or PATH.fullmatch(text):
        return quote(text, safe=SAFE_IN_URL)
    return None


def _periods(lang: str, occurrences: Sequence[Due]) -> tuple[str, Sequence[Due]]:
    """Give the newest occurrences of a deadline, and the earlier ones counted in words."""
    earlier, shown = occurrences[:-SHOWN_PERIODS], occurrences[-SHOWN_PERIODS:]
    if not earlier:
        return "", shown
    counts = Counter(each.status for each in earlier)
    figures = [say("page.chart.figure", lang, {"word": say(f"status.{status}", lang), "count": count}) for status, count in counts.items()]
    return say("page.earlier", lang, {"count": len(earlier), "figures": figures}), shown


def _charts(dashboard: Dashboard, lang: str) -> Mapping[str, Any]:
    return {
        "units": _more(_bars("units", say("page.units.chart", lang), dashboard.units, lang), len(dashboard.units) - DRAWN_UNITS, lang),
        "heat": _more(_heat(dashboard, lang), len(dashboard.heat) - DRAWN_UNITS, lang),
        "history": _drawn(burnup("history", say("page.history.chart", lang), [Point(*row) for row in dashboard.history], lang)),
        "plans": [_of_plan(dashboard, number, card, lang) for number, card in enumerate(dashboard.plans)],
    }


def _of_plan(dashboard: Dashboard, number: int, card: Card, lang: str) -> Mapping[str, Any]:
    sections = [row for row in dashboard.sections if row.organisation == card.title]
    lanes = [lane for lane in dashboard.lanes if lane.plan == card.id]
    shown = sorted(lanes, key=_first_open)[:DRAWN_LANES]
    title = say("page.timeline.chart", lang, {"title": card.title})
    drawn = timeline(f"timeline-{number}", title, [_lane(lane) for lane in shown], dashboard.window, dashboard.day, lang)
    return {
        "card": card,
        "sections": sections,
        "bars": _more(_bars(f"sections-{number}", say("page.sections.chart", lang), sections, lang), len(sections) - DRAWN_UNITS, lang),
        "timeline": _more(drawn, len(lanes) - DRAWN_LANES, lang) if lanes else None,
    }


def _first_open(lane: LaneRecord) -> str:
    """Order lanes by what is still to be done; those where all is done come last."""
    return min((f"{mark.due}" for mark in lane.marks if mark.status != Status.DONE), default="9999")


def _lane(lane: LaneRecord) -> Lane:
    return Lane(lane.label, tuple(Mark(mark.due, _tone(mark.status), mark.words, mark.original) for mark in lane.marks))


def _tone(status: str) -> Tone:
    return Tone(status) if status in set(Tone) else Tone.OTHER


def _bars(name: str, title: str, rows: Sequence[Tally], lang: str) -> str:
    drawn = [Bar(row.label, row.done, row.overdue, row.due, row.upcoming, row.other) for row in rows[:DRAWN_UNITS]]
    return bars(name, title, drawn, lang)


def _heat(dashboard: Dashboard, lang: str) -> str:
    rows = {unit: [Cell(*month) for month in months] for unit, months in dashboard.heat[:DRAWN_UNITS]}
    return heatmap("heat", say("page.heat.chart", lang), dashboard.months, rows, lang)


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - charts escape what they are given


def _more(svg: str, left_out: int, lang: str) -> tuple[Markup, str]:
    """Give a chart, and in words how much it leaves out."""
    return _drawn(svg), say("page.chart.more", lang, {"count": left_out}) if left_out > 0 else ""
