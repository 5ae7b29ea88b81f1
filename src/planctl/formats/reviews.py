"""Changes for those who review them: text for people, a comment of a pull request, annotations of GitHub Actions."""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from planctl.changes.records import Level
from planctl.formats.ci import escape_data, escape_property
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planctl.changes.remarks import Remark

GITHUB_LEVELS = {Level.BREAKING: "error", Level.NOTABLE: "warning", Level.ROUTINE: "notice"}
MARKER = "<!-- planctl-diff -->"
"""By this a robot finds its own comment to write it anew."""
LONGEST = 60_000
"""Characters of a comment: GitHub takes 65,536."""
RESERVED = 400
"""Characters kept for the end of a comment that is cut."""
FOLDED = 20
"""Lines from which on a part of a comment is folded."""
MARKUP = re.compile(r"([\\`*_\[\]|#~])")
LINKED = re.compile(r"(?<=[@#])(?=\w)|(?<=GH)(?=-\d)|(?<=://)(?=\w)|(?<=\bwww)(?=\.)", re.IGNORECASE)
"""Where a comment would call somebody, or link to another discussion or page."""
BREAK = "&#8203;"


class Part(NamedTuple):
    """A part of a comment: a heading and its lines."""

    heading: str
    lines: tuple[str, ...]
    unfolded: bool = False
    """It is shown even if it is long."""


def one_line(text: str) -> str:
    """Write a text in one line."""
    return " ".join(text.splitlines())


def line(remark: Remark, lang: str) -> str:
    """Write a change in one line: what it is of, and what changed."""
    return one_line(say("change.line", lang, {"subject": remark.subject, "text": remark.text}))


def render_text(remarks: Sequence[Remark], lang: str, summary: str) -> str:
    """A line a change, under the plans that they are in."""
    if not remarks:
        return f"{summary}\n"
    levels = {level: say(f"change.level.{level}", lang) for level in Level}
    parts = []
    for heading, several in groupby(remarks, key=lambda remark: remark.heading):
        lines = (f"  {levels[remark.change.level]}  {line(remark, lang)}\n" for remark in several)
        parts.append(f"{one_line(heading)}\n{''.join(lines)}")
    return "\n".join(parts)


def render_github(remarks: Sequence[Remark], lang: str, summary: str) -> str:
    """Workflow commands of GitHub Actions, which become annotations of the lines in the new state."""
    del summary
    return "".join(_annotation(remark, lang) for remark in remarks)


def _annotation(remark: Remark, lang: str) -> str:
    level = remark.change.level
    spot = {"file": remark.new.path, "line": remark.new.line, "title": say(f"change.level.{level}", lang)}
    said = ",".join(f"{key}={escape_property(str(value))}" for key, value in spot.items() if value is not None)
    return f"::{GITHUB_LEVELS[level]} {said}::{escape_data(line(remark, lang))}\n"


def render_markdown(remarks: Sequence[Remark], lang: str, summary: str) -> str:
    """A comment of a pull request: a summary first, what is breaking next, then the rest by organisation and plan."""
    head = f"{MARKER}\n## {say('change.title', lang)}\n\n{comment_text(summary)}\n\n"
    if not remarks:
        return head
    counts = Counter(remark.change.level for remark in remarks)
    rows = "".join(f"| {say(f'change.level.{level}', lang)} | {counts[level]} |\n" for level in Level if counts[level])
    head += f"| {say('change.column.level', lang)} | {say('change.column.count', lang)} |\n|---|--:|\n{rows}\n"
    return _fitted(head, list(_parts(remarks, lang)), lang)


def _parts(remarks: Sequence[Remark], lang: str) -> Iterator[Part]:
    breaking = [remark for remark in remarks if remark.change.level is Level.BREAKING]
    if breaking:
        several = len({remark.heading for remark in remarks}) > 1
        lines = (_item(remark, lang, remark.heading if several else "") for remark in breaking)
        yield Part(say("change.level.breaking", lang), tuple(lines), unfolded=True)
    others = (remark for remark in remarks if remark.change.level is not Level.BREAKING)
    for heading, found in groupby(others, key=lambda remark: remark.heading):
        yield Part(heading, tuple(_item(remark, lang) for remark in found))


def _item(remark: Remark, lang: str, heading: str = "") -> str:
    level = "" if remark.change.level is Level.BREAKING else f" {say(f'change.level.{remark.change.level}', lang)}"
    where = f" — {comment_text(heading)}" if heading else ""
    return f"-{level} **{comment_text(remark.subject)}** {comment_text(remark.text)}{where}\n"


def _fitted(head: str, parts: list[Part], lang: str) -> str:
    """Put a comment together, up to the longest that is taken; what is cut is counted."""
    room = LONGEST - RESERVED - len(head)
    texts, cut = [], 0
    for part in parts:
        opening, closing = _frame(part)
        room -= len(opening) + len(closing)
        kept = list(_within(part.lines, room))
        room -= sum(map(len, kept))
        cut += len(part.lines) - len(kept)
        if kept:
            texts.append(f"{opening}{''.join(kept)}{closing}")
    if cut:
        texts.append(f"{say('change.cut', lang, {'count': cut})}\n")
    return head + "\n".join(texts)


def _frame(part: Part) -> tuple[str, str]:
    if len(part.lines) <= FOLDED and not part.unfolded:
        return f"### {comment_text(part.heading)}\n\n", ""
    opening = "<details open>" if part.unfolded else "<details>"
    # Within the element of the summary HTML is read and no Markdown.
    summary = f"{_unlinked(escape(one_line(part.heading)))} ({len(part.lines)})"
    return f"{opening}\n<summary>{summary}</summary>\n\n", "\n</details>\n"


def _within(lines: Iterable[str], room: int) -> Iterator[str]:
    for each in lines:
        room -= len(each)
        if room < 0:
            return
        yield each


def comment_text(text: str) -> str:
    """Escape text for a comment: it is neither Markdown nor HTML, calls nobody and links nowhere."""
    return _unlinked(MARKUP.sub(r"\\\1", escape(one_line(text), quote=False)))


def _unlinked(text: str) -> str:
    return LINKED.sub(BREAK, text)


RENDERERS: dict[str, Callable[[Sequence[Remark], str, str], str]] = {
    "text": render_text,
    "md": render_markdown,
    "github": render_github,
}
"""The renderer of each format that is text."""
