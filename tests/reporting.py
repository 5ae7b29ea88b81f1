"""What the tests of reports share: a report in each of its forms, and the words that a reader finds in it."""

from __future__ import annotations

import io
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx

from conftest import load
from planctl import loader, sources
from planctl.page import article, record
from planctl.page.render import render as render_page
from planctl.queries import Judge, Selection
from planctl.reports import catalog, environment, pictures
from planctl.reports.facts import Scope, facts
from planctl.word.document import render as render_docx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.workspace import Workspace

ROOT = Path(__file__).parents[1]
SHOWN = ROOT / "plans" / "示例县"
DAY = date(2026, 11, 22)
EVERYTHING = Selection()
QUIET = frozenset({"script", "style"})


def shipped(*names: str) -> Workspace:
    """Load plans of the repository, by their folders; all of them where none is named."""
    places = [str(ROOT / "plans" / name) for name in names] or [str(ROOT / "plans")]
    return loader.load(sources.read(path) for path in sources.find_paths(places))


def facts_of(
    plans: Workspace | str | Mapping[str, str],
    name: str = "督办台账",
    period: str | None = None,
    *,
    day: date = DAY,
    selection: Selection = EVERYTHING,
) -> dict[str, Any]:
    """Give the facts of a report about plans, or about their texts."""
    workspace = load(plans) if isinstance(plans, (str, dict)) else plans
    assert not isinstance(workspace, (str, dict))
    return facts(name, Scope(Judge(workspace, day), selection, catalog.period_of(name, period, day)))  # type: ignore[arg-type]


def as_docx(markdown: str, known: Mapping[str, Any]) -> bytes:
    return render_docx(markdown, pictures=pictures.pictures(markdown, known))


def as_html(markdown: str, known: Mapping[str, Any], workspace: Workspace, day: date = DAY) -> str:
    charts = {name: pictures.draw(name, known) for name in pictures.LABELS}
    return render_page(record.dashboard(workspace, day, EVERYTHING, "zh"), "zh", article.article(markdown, charts))


def written(name: str, known: Mapping[str, Any], *folders: Path) -> str:
    return environment.render(name, known, map(str, folders))


def text_of_docx(data: bytes) -> str:
    """Read all text of a document; a line break is one here too."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join({"t": node.text or "", "br": "\n", "p": "\n"}.get(str(node.tag).rpartition("}")[2], "") for node in body.iter())


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.quiet = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.quiet = tag in QUIET
        self.found += ["\n"] if tag == "br" else []

    def handle_endtag(self, tag: str) -> None:
        self.quiet = self.quiet and tag not in QUIET

    def handle_data(self, data: str) -> None:
        self.found += [] if self.quiet else [data]


def text_of_html(page: str) -> str:
    """Read the text of a page, without its scripts and styles."""
    words = _Words()
    words.feed(page)
    return "".join(words.found)
