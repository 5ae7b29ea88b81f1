"""A report as a part of the page: the same Markdown that makes the .docx, as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from planctl.word import frontmatter
from planctl.word.blocks import Attachment, Heading, Picture, Prose, Rule, Table
from planctl.word.dialect import parse
from planctl.word.errors import UnknownPictureError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planctl.word.blocks import Block, Span, Spans
    from planctl.word.frontmatter import FrontMatter


def article(markdown: str, charts: Mapping[str, str]) -> Markup:
    """Write a report as HTML. `charts` are the SVGs that it may ask for by name.

    Raises:
        PlanctlError: the front matter is not what it may be, or a chart is not there.
    """
    front, text = frontmatter.split(markdown)
    blocks = parse(text)
    end = next((position for position, block in enumerate(blocks) if isinstance(block, Attachment)), len(blocks))
    parts = [*_head(front), *_written(blocks[:end], charts), *_foot(front), *_written(blocks[end:], charts)]
    return Markup("\n").join(parts)


def _head(front: FrontMatter) -> Iterator[Markup]:
    if front.title:
        yield Markup('<h2 class="title">{}</h2>').format(Markup("<br>").join(front.title.split("<br>")))
    if front.number:
        yield Markup('<p class="number">{}</p>').format(front.number)
    if front.addressee:
        yield Markup('<p class="addressee">{}：</p>').format(front.addressee)


def _foot(front: FrontMatter) -> Iterator[Markup]:
    if front.attachments:
        listed = Markup("").join(Markup("<li>{}</li>").format(name) for name in front.attachments)
        yield Markup('<p class="attachments">附件：</p><ol class="attachments">{}</ol>').format(listed)
    if front.signature or front.date:
        yield Markup('<p class="signature">{}<br>{}</p>').format(front.signature, front.date)
    if front.note:
        yield Markup("<p>（{}）</p>").format(front.note)


def _written(blocks: tuple[Block, ...], charts: Mapping[str, str]) -> Iterator[Markup]:
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level + 1, 6)
            yield Markup("<h{0}>{1}</h{0}>").format(level, _text(block.spans))
        elif isinstance(block, Attachment):
            yield Markup('<h3 class="attachment">附件{} {}</h3>').format(block.number, _text(block.title))
        elif isinstance(block, Table):
            yield _table(block)
        elif isinstance(block, Picture):
            if block.name not in charts:
                raise UnknownPictureError(name=block.name, known=sorted(charts))
            yield Markup("<figure>{}</figure>").format(Markup(charts[block.name]))  # noqa: S704 - our own charts, escaped there
        elif isinstance(block, Prose):
            marker = f"{block.marker} " if block.marker else ""
            yield Markup("<p>{}{}</p>").format(marker, _text(block.spans))
        elif isinstance(block, Rule):
            yield Markup("<hr>")


def _table(table: Table) -> Markup:
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(_text(cell)) for cell in table.header)
    rows = Markup("\n").join(_row(table, row) for row in table.rows)
    whole = Markup('<table class="document"><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table>').format(head, rows)
    return Markup('<div class="scroll" role="group" tabindex="0">{}</div>').format(whole)


def _row(table: Table, row: tuple[Spans, ...]) -> Markup:
    cells = (
        Markup("<td{}>{}</td>").format(Markup(' class="figure"') if alignment == "right" else "", _text(cell))
        for cell, alignment in zip(row, table.alignments, strict=True)
    )
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _text(spans: Spans) -> Markup:
    return Markup("").join(_span(span) for span in spans)


def _span(span: Span) -> Markup:
    text = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
    text = Markup("<strong>{}</strong>").format(text) if span.bold else text
    return Markup("<em>{}</em>").format(text) if span.italic else text
