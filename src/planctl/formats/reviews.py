"""Changes for those who review them: text for people, a comment of a pull request, annotations of GitHub Actions."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from planctl.changes.records import Level
from planctl.formats.ci import escape_data, escape_property
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.changes.remarks import Gap, Remark, Spot

GITHUB_LEVELS = {Level.BREAKING: "error", Level.NOTABLE: "warning", Level.ROUTINE: "notice"}
MARKER = "<!-- planctl-diff -->"
"""By this a robot finds its own comment to write it anew."""
LONGEST = 60_000
"""Characters of a comment: GitHub takes 65,536."""
RESERVED = 4000
"""Characters kept for the end of a comment that is cut."""
FOLDED = 20
"""Lines from which on a part of a comment is folded in any case."""
FULL = 60
"""Lines from which on a comment is long, and every part of it is folded but the breaking changes."""
MARKUP = re.compile(r"([\\`*_\[\]|#~])")
LINKED = re.compile(
    r"(?<=[@#])(?=\w)|(?<=GH)(?=-\d)|(?<=://)(?=\w)|(?<=\bwww)(?=\.)|(?<=:)(?=(?:[\w+-]*[a-z_+-][\w+-]*|100|1234):)", re.IGNORECASE
)
"""Where a comment would call somebody, link to another discussion or page, or draw a picture of a word."""
HASH = re.compile(r"\b(?=\d*[a-f])([\da-f]{7})(?=[\da-f]+\b)", re.IGNORECASE)
"""The beginning of what would be taken for a commit; of seven digits, as we write them ourselves, it may be."""
DOLLAR = "<span>$</span>"
"""A dollar sign that begins no formula, as GitHub wants it written."""
BREAK = "&#8203;"


class Fold(Enum):
    """How a part of a comment is shown."""

    NONE = 0
    SHUT = 1
    OPEN = 2


class Line(NamedTuple):
    """A line of a comment, and the plan that it is of."""

    heading: str
    text: str


class Part(NamedTuple):
    """A part of a comment: a heading and its lines."""

    heading: str
    lines: tuple[Line, ...]
    fold: Fold


def one_line(text: str) -> str:
    """Write a text in one line."""
    return " ".join(text.splitlines())


def line(remark: Remark, lang: str) -> str:
    """Write a change in one line: what it is of, and what changed."""
    return one_line(say("change.line", lang, {"subject": remark.subject, "text": remark.text}))


def render_text(remarks: Sequence[Remark], lang: str, summary: str, gaps: Sequence[Gap] = ()) -> str:
    """A line a change, under the plans that they are in; then what could not be read."""
    if not (remarks or gaps):
        return f"{summary}\n"
    levels = {level: say(f"change.level.{level}", lang) for level in Level}
    parts = []
    for heading, several in groupby(remarks, key=lambda remark: remark.heading):
        lines = (f"  {levels[remark.change.level]}  {line(remark, lang)}\n" for remark in several)
        parts.append(f"{one_line(heading)}\n{''.join(lines)}")
    if gaps:
        unread = (f"  {one_line(gap.text)}\n" for gap in gaps)
        parts.append(f"{say('change.unread.heading', lang)}\n{''.join(unread)}")
    return "\n".join(parts)


def render_github(remarks: Sequence[Remark], lang: str, summary: str, gaps: Sequence[Gap] = ()) -> str:
    """Workflow commands of GitHub Actions, which become annotations of the lines in the new state."""
    del summary
    unread = (_annotation("error", say("change.unread.heading", lang), gap.spot, one_line(gap.text)) for gap in gaps)
    told = (
        _annotation(GITHUB_LEVELS[level], say(f"change.level.{level}", lang), remark.new, line(remark, lang))
        for remark in remarks
        for level in (remark.change.level,)
    )
    return "".join((*unread, *told))


def _annotation(severity: str, title: str, spot: Spot, text: str) -> str:
    args = {"file": spot.path, "line": spot.line, "title": title}
    said = ",".join(f"{key}={escape_property(str(value))}" for key, value in args.items() if value is not None)
    return f"::{severity} {said}::{escape_data(text)}\n"


def render_markdown(remarks: Sequence[Remark], lang: str, summary: str, gaps: Sequence[Gap] = ()) -> str:
    """A comment of a pull request: a summary, what could not be read, what is breaking, then the rest by organisation and plan."""
    head = f"{MARKER}\n## {say('change.title', lang)}\n\n{comment_text(summary)}\n\n"
    if remarks:
        counts = Counter(remark.change.level for remark in remarks)
        rows = "".join(f"| {say(f'change.level.{level}', lang)} | {counts[level]} |\n" for level in Level if counts[level])
        head += f"| {say('change.column.level', lang)} | {say('change.column.count', lang)} |\n|---|--:|\n{rows}\n"
    parts = [*_unread(gaps, lang), *_parts(remarks, lang)]
    return _fitted(head, parts, lang) if parts else head


def _unread(gaps: Sequence[Gap], lang: str) -> Iterator[Part]:
    if gaps:
        heading = say("change.unread.heading", lang)
        yield Part(heading, tuple(Line(heading, f"- {comment_text(gap.text)}\n") for gap in gaps), Fold.OPEN)


def _parts(remarks: Sequence[Remark], lang: str) -> Iterator[Part]:
    breaking = [remark for remark in remarks if remark.change.level is Level.BREAKING]
    if breaking:
        lines: list[Line] = []
        for heading, found in groupby(breaking, key=lambda remark: remark.heading):
            first, *following = (_item(remark, lang) for remark in found)
            above = ("\n" if lines else "") + f"**{comment_text(heading)}**\n\n"
            lines += [first._replace(text=above + first.text), *following]
        yield Part(say("change.level.breaking", lang), tuple(lines), Fold.OPEN)
    others = [remark for remark in remarks if remark.change.level is not Level.BREAKING]
    long = len(remarks) > FULL
    for heading, found in groupby(others, key=lambda remark: remark.heading):
        items = tuple(_item(remark, lang) for remark in found)
        yield Part(heading, items, Fold.SHUT if long or len(items) > FOLDED else Fold.NONE)


def _item(remark: Remark, lang: str) -> Line:
    level = "" if remark.change.level is Level.BREAKING else f" {say(f'change.level.{remark.change.level}', lang)}"
    return Line(remark.heading, f"-{level} **{comment_text(remark.subject)}** {comment_text(remark.text)}\n")


def _fitted(head: str, parts: list[Part], lang: str) -> str:
    """Put a comment together, up to the longest that is taken; what is cut is counted by its plan."""
    room = LONGEST - RESERVED - len(head)
    texts = []
    cut: Counter[str] = Counter()
    for part in parts:
        opening, closing = _frame(part)
        room -= len(opening) + len(closing)
        kept = list(_within(part.lines, room))
        room -= sum(len(each.text) for each in kept)
        cut.update(each.heading for each in part.lines[len(kept) :])
        if kept:
            texts.append(f"{opening}{''.join(each.text for each in kept)}{closing}")
    if cut:
        args = {"count": cut.total(), "plans": list(_names(cut, lang))}
        texts.append(f"{say('change.cut', lang, args)}\n")
    return head + "\n".join(texts)


def _names(cut: Counter[str], lang: str) -> Iterator[str]:
    """Name the plans of what was cut, those of the most changes first, as far as there is room for."""
    room = RESERVED // 2
    for number, (heading, count) in enumerate(cut.most_common()):
        text = comment_text(say("change.cut.part", lang, {"heading": heading, "count": count}))
        room -= len(text)
        if room < 0:
            yield say("change.cut.others", lang, {"count": len(cut) - number})
            return
        yield text


def _frame(part: Part) -> tuple[str, str]:
    if part.fold is Fold.NONE:
        return f"### {comment_text(part.heading)}\n\n", ""
    opening = "<details open>" if part.fold is Fold.OPEN else "<details>"
    # Within the element of the summary HTML is read and no Markdown.
    summary = f"{_unlinked(escape(one_line(part.heading)))} ({len(part.lines)})"
    return f"{opening}\n<summary>{summary}</summary>\n\n", "\n</details>\n"


def _within(lines: Iterable[Line], room: int) -> Iterator[Line]:
    for each in lines:
        room -= len(each.text)
        if room < 0:
            return
        yield each


def comment_text(text: str) -> str:
    """Escape text for a comment: it is neither Markdown nor HTML, calls nobody and links nowhere."""
    return _unlinked(MARKUP.sub(r"\\\1", escape(one_line(text), quote=False)))


def _unlinked(text: str) -> str:
    return HASH.sub(rf"\1{BREAK}", LINKED.sub(BREAK, text)).replace("$", DOLLAR)


class Renderer(Protocol):
    """What writes changes as text."""

    def __call__(self, remarks: Sequence[Remark], lang: str, summary: str, gaps: Sequence[Gap] = ()) -> str:
        """Write changes, and what could not be compared."""


RENDERERS: dict[str, Renderer] = {
    "text": render_text,
    "md": render_markdown,
    "github": render_github,
}
"""The renderer of each format that is text."""
