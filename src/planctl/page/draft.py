"""The page of review of an import: each clause beside what was taken from it, as HTML without network or script, or as Markdown."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planctl.charts.drawing import UNSAYABLE
from planctl.drafting.marks import Mark, paragraphs
from planctl.formats.reviews import comment_text
from planctl.listings import drafts as listing
from planctl.listings.tasks import facts
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.drafting.doubts import Doubtful
    from planctl.drafting.marks import Piece
    from planctl.drafting.plans import Drafted
    from planctl.model import Plan, Task

FOLDER = os.path.dirname(__file__)
FAMILIES = ("duty", "deadline", "text")
"""What doubts are about; the tasks with one can be shown alone."""


class Row(NamedTuple):
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]
    is_deadline: bool = False


class Entry(NamedTuple):
    """A task on the page."""

    id: str
    title: str
    doubts: tuple[str, ...]
    families: tuple[str, ...]
    clause: Sequence[Sequence[Piece]]
    rows: tuple[Row, ...]


def render_html(drafted: Drafted, lang: str) -> str:
    """Write the page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, finalize=_shown, trim_blocks=True, lstrip_blocks=True
    )
    style = _read("style.css") + _read("draft.css")
    return environment.get_template("draft.html.j2").render(
        **_content(drafted, lang),
        lang="zh-CN" if lang == "zh" else "en",
        say=lambda key, **args: say(key, lang, args),
        style=Markup(style),  # noqa: S704 - files of the package
        policy=f"default-src 'none'; style-src {_digest(style)}; base-uri 'none'; form-action 'none'",
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _content(drafted: Drafted, lang: str) -> Mapping[str, object]:
    entries = list(_entries(drafted, lang))
    reading = drafted.intake.reading
    return {
        "plan": drafted.plan,
        "entries": entries,
        "doubtful": sum(bool(entry.doubts) for entry in entries),
        "families": {family: count for family in FAMILIES if (count := sum(family in entry.families for entry in entries))},
        "marks": [mark for mark in reversed(Mark) if any(piece.mark is mark for entry in entries for run in entry.clause for piece in run)],
        "summary": list(listing.summary(drafted, lang)),
        "document": list(_document(drafted.plan, lang)),
        "repairs": listing.repairs(reading, lang),
        "left_out": listing.left_out(reading, lang),
    }


def _read(name: str) -> str:
    with open(os.path.join(FOLDER, name), encoding="utf-8", newline="\n") as file:
        return file.read().replace("\r\n", "\n")


def _shown(value: object) -> object:
    """Leave out `None` and the characters that HTML forbids."""
    if value is None:
        return ""
    return UNSAYABLE.sub("", value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _entries(drafted: Drafted, lang: str) -> Iterator[Entry]:
    doubts: dict[str | None, list[Doubtful]] = {}
    for doubt in drafted.doubts:
        doubts.setdefault(doubt.task, []).append(doubt)
    for task, draft in zip(drafted.plan.tasks, drafted.intake.draft.tasks, strict=True):
        families = dict.fromkeys(_family(doubt.kind) for doubt in doubts.get(task.id, ()))
        yield Entry(task.id, task.title, task.doubts, tuple(families), paragraphs(drafted.intake, draft), tuple(_rows(task, lang)))


def _family(kind: str) -> str:
    family = kind.partition(".")[0]
    return family if family in FAMILIES else "text"


def _rows(task: Task, lang: str) -> Iterator[Row]:
    """Give what was taken from a clause; lines without a heading go on with the one above."""
    heading, lines, key_of = "", list[str](), ""
    if task.section:
        yield Row(say("sheet.section", lang), (" ".join(task.section),))
    for key, text in facts(task, (), str, lang):
        if key:
            if lines:
                yield Row(heading, tuple(lines), key_of == "deadline")
            heading, lines, key_of = say(f"sheet.{key}", lang), [], key
        if text:
            lines.append(text)
    if lines:
        yield Row(heading, tuple(lines), key_of == "deadline")


def _document(plan: Plan, lang: str) -> Iterator[tuple[str, str]]:
    values = [(f"document.{key}", getattr(plan.document, key)) for key in plan.document._fields]
    for key, value in (*values, ("period", " — ".join(str(day or "") for day in plan.period).strip())):
        if value and value != "—":
            yield say(f"wording.{key}", lang), say("list", lang, {"all": value if isinstance(value, tuple) else [value]})


# Markdown


def render_markdown(drafted: Drafted, lang: str) -> str:
    """Write the page as Markdown: a table of two columns for each task."""
    return "".join(f"{line}\n" for line in _markdown(drafted, lang))


def _markdown(drafted: Drafted, lang: str) -> Iterator[str]:
    yield f"# {say('draft.page.title', lang, {'title': comment_text(drafted.plan.title)})}"
    yield ""
    yield say("draft.page.lead", lang)
    yield ""
    yield from (f"- {comment_text(line)}" for line in listing.summary(drafted, lang))
    yield from _section(say("draft.page.document", lang), [f"{heading}: {text}" for heading, text in _document(drafted.plan, lang)])
    yield from _section(say("draft.page.plan-doubts", lang), drafted.plan.doubts, box="[ ] ")
    yield from ("", f"## {say('draft.page.tasks', lang)}")
    reading = drafted.intake.reading
    for entry in _entries(drafted, lang):
        yield from _task(entry, lang)
    for key, lines in (
        ("repairs", listing.repairs(reading, lang)),
        ("left-out", listing.left_out(reading, lang)),
    ):
        yield from _section(say(f"draft.page.{key}", lang), lines or [say("draft.page.nothing", lang)])


def _section(heading: str, lines: Sequence[str], box: str = "") -> Iterator[str]:
    if lines:
        yield from ("", f"## {heading}", "", *(f"- {box}{comment_text(line)}" for line in lines))


def _task(entry: Entry, lang: str) -> Iterator[str]:
    yield from ("", f"### {comment_text(entry.id)} {comment_text(entry.title)}", "")
    if entry.doubts:
        yield from (f"- [ ] {comment_text(doubt)}" for doubt in entry.doubts)
        yield ""
    yield f"| {say('draft.page.source', lang)} | {say('draft.page.taken', lang)} |"
    yield "|---|---|"
    clause = "<br>".join("".join(_piece(piece, lang) for piece in run) for run in entry.clause)
    taken = "<br>".join(f"**{row.heading}** {'<br>'.join(map(comment_text, row.lines))}" for row in entry.rows)
    yield f"| {clause} | {taken} |"


def _piece(piece: Piece, lang: str) -> str:
    text = comment_text(piece.text)
    marked = piece.mark not in (None, Mark.DUTY, Mark.NUMBER) and text.strip() == text != ""
    return f"**{text}**{_kind(piece.mark, lang)}" if marked and piece.mark else text


def _kind(mark: Mark, lang: str) -> str:
    return f"<sup>{say(f'draft.mark.{mark}', lang)}</sup>"
