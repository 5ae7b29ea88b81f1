"""Where the tasks of a document stand: in which of its texts and which of its tables, so that nothing is taken twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.likeness import LIKE, Likeness, bare, grams
from planctl.extraction.script import fold
from planctl.extraction.text.clauses import is_of_assurance
from planctl.extraction.text.numbering import Rank
from planctl.extraction.text.titles import title_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction.script import Script
    from planctl.extraction.tables.cells import Grid, Row
    from planctl.extraction.text.clauses import Choice, Clause
    from planctl.extraction.text.outline import Part

SAME = 0.5
"""Of two lists of tasks, the share with the same titles from which they are one list, printed twice."""
ANNOUNCES = re.compile(
    r"(?:\(?[0-9一二三四五六七八九十]+(?:项|个|条|件|大类)(?:\([^()]*\))?\)?|(?:见|如|列)(?:附件|附表|下表|下|表)[^,;。]{0,4}|附后|[如见]下:?)[。:\n]*$"
)
"""What a clause ends with that only announces a table: 军民融合方面6项, 具体任务见附表."""
LONGEST_ANNOUNCEMENT = 60
ISSUES = re.compile(r"(?:印发|转发|下发|公布)")


class Sources(NamedTuple):
    """Where the tasks of a document stand."""

    texts: tuple[int, ...]
    """Which of its parts."""
    grids: tuple[Grid, ...]
    repeated: tuple[Clause, ...] = ()
    """What stands in the text and is said again by rows of a table."""
    rows: tuple[Row, ...] = ()
    """Rows that say what stands in the text."""
    owners: tuple[tuple[Clause, Row], ...] = ()
    """Clauses without a label whose title is all that a row says beside who is responsible."""


def settle(script: Script, parts: Sequence[Part], choices: Sequence[Choice], grids: Sequence[Grid]) -> Sources:
    """Choose between texts and tables: what names the responsible comes first, and nothing is taken twice."""
    text = script.text
    ranked = sorted(
        (index for index, choice in enumerate(choices) if choice.clauses), key=lambda index: _weight(choices[index]), reverse=True
    )
    labelled = [index for index in ranked if _weight(choices[index])[0]]
    with_duty = [grid for grid in grids if grid.has_duty]
    if labelled:
        clauses = [clause for index in labelled for clause in choices[index].clauses if with_duty]
        return Sources(tuple(sorted(labelled)), *_rest(with_duty, Likeness(text, clauses)))
    if with_duty:
        body = [index for index in ranked if not _accompanies(text, parts, choices, index)][:1]
        clauses = [clause for index in body for clause in choices[index].clauses]
        return _beside(script, tuple(body), clauses, with_duty)
    large = [grid for grid in grids if (len(grid.rows) > 2 or not ranked) and {"number", "content"} <= set(grid.columns)]
    doubled = any(is_same(grid, text) for grid in large)
    clauses = [clause for index in ranked[:1] for clause in choices[index].clauses]
    repeated = tuple(clause for clause in clauses if large and _announces(text[clause.item.body : clause.end]))
    return Sources(() if doubled or len(repeated) == len(clauses) else _with_regulations(ranked, choices), tuple(large), repeated)


def _weight(choice: Choice) -> tuple[int, int]:
    return sum(bool(clause.labels) for clause in choice.clauses), len(choice.clauses)


def _accompanies(text: str, parts: Sequence[Part], choices: Sequence[Choice], index: int) -> bool:
    """Tell whether a part is a notice that only sends a table: 现印发给你们 with one, two and three requirements of one level."""
    head = text[parts[index].start : choices[index].clauses[0].item.start]
    return index == 0 and bool(ISSUES.search(head)) and not any(clause.above for clause in choices[index].clauses)


def _with_regulations(ranked: Sequence[int], choices: Sequence[Choice]) -> tuple[int, ...]:
    """Give the part with most tasks, and where it has articles the others with articles too: one notice may issue several regulations."""
    articles = [index for index in ranked if all(clause.item.rank is Rank.ARTICLE for clause in choices[index].clauses)]
    return tuple(sorted(articles)) if ranked and ranked[0] in articles else tuple(ranked[:1])


def _announces(said: str) -> bool:
    return len(said) <= LONGEST_ANNOUNCEMENT and bool(ANNOUNCES.search(said))


def _beside(script: Script, body: tuple[int, ...], clauses: Sequence[Clause], grids: Sequence[Grid]) -> Sources:
    """Put a text that names nobody and tables that do together; what rows say again is taken once, with their units."""
    text = script.text
    rows = {title: row for grid in grids for row in grid.rows if (title := row.title.folded.strip("。;,")) and not row.details}
    known = [(clause, rows.get(_title(text, clause))) for clause in clauses]
    owners = tuple((clause, row) for clause, row in known if row)
    taken = {row.first for _, row in owners}
    left = [grid._replace(rows=tuple(row for row in grid.rows if row.first not in taken)) for grid in grids]
    repeated = tuple(_repeated(script, [clause for clause, row in known if not row], grids))
    texts = body if len(repeated) < len(clauses) else ()
    return Sources(texts, tuple(grid for grid in left if grid.rows), repeated, (), owners)


def _repeated(script: Script, clauses: Sequence[Clause], grids: Sequence[Grid]) -> Iterator[Clause]:
    """Find the clauses that rows of the tables say as well, and those of the highest level that only announce or serve a table."""
    rows = [row for grid in grids for row in grid.rows]
    titles = {gram for row in rows for gram in grams(bare(row.title.folded))}
    single = {gram: row for row in rows for gram in grams(bare(fold(row.printed)[0]))}
    names = {row.title.folded for row in rows}
    for clause in clauses:
        said = script.text[clause.item.body : clause.end].strip("\n")
        title = _title(script.text, clause)
        pieces = grams(bare(said.removeprefix(title))) or grams(bare(said))
        enough = LIKE * max(len(pieces), 1)
        first, last = script.place(clause.item.start, clause.item.body).line, script.place(clause.end - 1, clause.end).line
        follows = any(first < grid.first_line <= last + 2 for grid in grids) and len(said) <= LONGEST_ANNOUNCEMENT
        best = Counter(id(single[gram]) for gram in pieces if gram in single).most_common(1)
        if (
            follows
            or _announces(said)
            or (not clause.above and is_of_assurance(script.text, clause))
            or title in names
            or sum(gram in titles for gram in pieces) >= enough
            or (best and best[0][1] >= enough)
        ):
            yield clause


def _rest(grids: Sequence[Grid], said: Likeness) -> tuple[tuple[Grid, ...], tuple[Clause, ...], tuple[Row, ...]]:
    """Give what tables say that a text with owners does not; of a table that repeats the text, only rows that are like nothing in it."""
    kept: list[Grid] = []
    left_out: list[Row] = []
    for grid in grids:
        same = [row for row in grid.rows if said.has(row)]
        if len(same) <= SAME * len(grid.rows):
            kept.append(grid)
            continue
        others = tuple(row for row in grid.rows if said.is_strange(row))
        left_out += [row for row in grid.rows if row not in others and row not in same]
        kept += [grid._replace(rows=others)] if others else []
    return tuple(kept), (), tuple(left_out)


def _title(text: str, clause: Clause) -> str:
    start, end = title_in(text, clause.item.body, clause.end)
    return text[start:end]


def is_same(grid: Grid, text: str) -> bool:
    """Tell whether a table prints measures that stand in the text as well."""
    same = sum(len(row.title.folded) > 5 and row.title.folded in text for row in grid.rows)
    return same > SAME * len(grid.rows)
