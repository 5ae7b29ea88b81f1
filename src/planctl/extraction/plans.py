"""From a document to a draft: which of its texts and tables hold the tasks, and the tasks with what they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.clauses import choose
from planctl.extraction.grids import find_grids, kind_of
from planctl.extraction.identity import identify, is_title
from planctl.extraction.names import is_unit, learn
from planctl.extraction.numbering import Rank
from planctl.extraction.obligations import Context
from planctl.extraction.outline import outline
from planctl.extraction.records import Doubt, Draft, Found
from planctl.extraction.responsibility import FIRST, ROLE, VERB
from planctl.extraction.script import Place, fold, write_script
from planctl.extraction.tasks import Frame, acting_duty, embedded_duty, read_row, read_task
from planctl.extraction.titles import title_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.extraction.clauses import Choice, Clause
    from planctl.extraction.grids import Grid
    from planctl.extraction.names import Lexicon
    from planctl.extraction.outline import Part
    from planctl.extraction.records import DraftTask, Identity
    from planctl.extraction.script import Line, Script

SAME = 0.5
"""Of two lists of tasks, the share with the same titles from which they are one list, printed twice."""


YEAR_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
"""A year in the name of a sheet or of a file, where nothing else names one: it is doubted."""
LAYOUT = 600
"""A cell of a table that is no table of tasks holds running text when it is longer."""


FOR_ALL = re.compile(r"下同|以下(?:[均皆都]?同|均)|(?:本|全)(?:方案|文|意见|通知|清单)")


class Sources(NamedTuple):
    """Where the tasks of a document stand."""

    texts: tuple[int, ...]
    """Which of its parts."""
    grids: tuple[Grid, ...]


def extract(lines: Sequence[Line], metadata: Mapping[str, str] | None = None) -> Draft:
    """Understand a document."""
    grids = find_grids(lines)
    in_grids = {number for grid in grids for number in grid.lines}
    script = write_script(lines, [*_running(lines, in_grids)])
    parts = outline(script)
    choices = [choose(script.text, part) for part in parts]
    sources = _settle(script.text, choices, grids)
    first = min((choices[index].clauses[0].item.start for index in sources.texts), default=_start_of_grids(script, sources.grids))
    body = parts[sources.texts[0]] if sources.texts else next((part for part in reversed(parts) if part.start <= first), parts[0])
    first = min([first, *(part.items[0].start for part in parts if part.items and part.start >= body.start)]) if sources.texts else first
    identity, doubts = identify(script, parts, body, first, metadata or {}, _title_row(lines, sources.grids))
    frame = Frame(
        script=script,
        lines=lines,
        lexicon=_lexicon(choices, grids),
        first_leads=_start_of_rule(script, lines, in_grids, choices),
        context=_context(identity, metadata or {}),
        has_addressees=bool(identity.addressees),
        actors_lead=_actors_lead(script.text, [clause for index in sources.texts for clause in choices[index].clauses]),
    )
    tasks = tuple(_tasks(frame, choices, sources))
    closing = tuple(found for index in sources.texts for found in _closing(script, choices[index]))
    return Draft(identity, _with_ids(tasks), closing, (*doubts, *_left_out(script, choices, sources, parts)))


def _running(lines: Sequence[Line], in_grids: set[int]) -> Iterator[int]:
    """Give the lines of the running text: all but cells, unless they lay out a page and hold its text."""
    layout = {line.cell.table for line in lines if line.cell and len(line.text) > LAYOUT}
    for number, line in enumerate(lines):
        if number not in in_grids and (line.cell is None or line.cell.table in layout):
            yield number


def _actors_lead(text: str, clauses: Sequence[Clause]) -> bool:
    """Tell whether the sentences assign the tasks: most of those without a label name a single unit that acts."""
    bare = [text[clause.item.body : clause.end] for clause in clauses if not clause.labels]
    return 2 * sum(bool(embedded_duty(said) or acting_duty(said)) for said in bare) > len(bare)


def _start_of_rule(script: Script, lines: Sequence[Line], in_grids: set[int], choices: Sequence[Choice]) -> int | None:
    """Tell from where on the document says that the first that is listed leads: within brackets only with 下同, else for all of it."""
    labels = [label for choice in choices for clause in choice.clauses for label in clause.labels]
    starts = [0] if any(FIRST.search(fold(lines[number].text)[0]) for number in in_grids) else []
    for found in FIRST.finditer(script.text):
        inside = next((label for label in labels if label.start <= found.start() < label.end), None)
        if inside is None:
            starts.append(0)
        elif FOR_ALL.search(inside.text):
            starts.append(inside.start)
    return min(starts, default=None)


def _start_of_grids(script: Script, grids: Sequence[Grid]) -> int:
    """Give where in the text the first table stands."""
    line = min((grid.first_line for grid in grids), default=len(script.lines))
    return next((start for start, number in zip(script.starts, script.numbers, strict=True) if number >= line), len(script.text))


def _title_row(lines: Sequence[Line], grids: Sequence[Grid]) -> Found | None:
    """Find the title that a sheet has in a row above the heads of its columns."""
    for number in sorted(grids[0].lines) if grids else ():
        line = lines[number]
        if line.cell is None or kind_of(line.text):
            return None
        if is_title(fold(line.text)[0]):
            return Found(re.sub(r"\s", "", line.text), Place(number, 0, len(line.text)))
    return None


def _weight(choice: Choice) -> tuple[int, int]:
    return sum(bool(clause.labels) for clause in choice.clauses), len(choice.clauses)


def _settle(text: str, choices: Sequence[Choice], grids: Sequence[Grid]) -> Sources:
    """Choose between texts and tables: what names the responsible comes first, and nothing is taken twice."""
    ranked = sorted(
        (index for index, choice in enumerate(choices) if choice.clauses), key=lambda index: _weight(choices[index]), reverse=True
    )
    labelled = [index for index in ranked if _weight(choices[index])[0]]
    with_duty = [grid for grid in grids if grid.has_duty]
    if labelled:
        titles = [_title(text, clause) for index in labelled for clause in choices[index].clauses]
        return Sources(tuple(sorted(labelled)), tuple(grid for grid in with_duty if not _is_same(grid, titles, text)))
    if with_duty:
        return Sources((), tuple(with_duty))
    large = [grid for grid in grids if len(grid.rows) > 2 and {"number", "content"} <= set(grid.columns)]
    doubled = any(_is_same(grid, (), text) for grid in large)
    return Sources(() if doubled else tuple(ranked[:1]), tuple(large))


def _title(text: str, clause: Clause) -> str:
    start, end = title_in(text, clause.item.body, clause.end)
    return text[start:end]


def _is_same(grid: Grid, titles: Sequence[str], text: str) -> bool:
    """Tell whether a table prints measures that stand in the text as well."""
    known = set(titles)
    same = sum(row.title.folded in known or (not titles and len(row.title.folded) > 5 and row.title.folded in text) for row in grid.rows)
    return same > SAME * len(grid.rows)


def _lexicon(choices: Sequence[Choice], grids: Sequence[Grid]) -> Lexicon:
    """Learn the names of units from everything that names who is responsible."""
    texts = [label.text for choice in choices for clause in choice.clauses for label in clause.labels]
    texts += [box.folded for grid in grids for row in grid.rows for kind, box in row.boxes.items() if kind != "time"]
    return learn(piece for text in texts for piece in _lists(text))


def _lists(text: str) -> Iterator[str]:
    stops = sorted({(found.start(), found.end()) for pattern in (ROLE, VERB) for found in pattern.finditer(text)})
    at = 0
    for start, stop in [*stops, (len(text), len(text))]:
        if start > at:
            yield text[at:start].strip(",;:。()")
        at = max(at, stop)


def _context(identity: Identity, metadata: Mapping[str, str]) -> Context:
    """Give the year that 年底前 without one means: that of the plan where it is one year, else that of its issue."""
    issued = identity.issued.day if identity.issued else None
    start, end = identity.period
    if start and end and start.year == end.year:
        return Context(issued, start.year, is_year_sure=True, end=end)
    named = {int(year) for year in YEAR_IN_NAME.findall(" ".join(metadata.get(key, "") for key in ("sheets", "file", "title")))}
    year = issued.year if issued else named.pop() if len(named) == 1 else None
    return Context(issued, year, end=end)


def _tasks(frame: Frame, choices: Sequence[Choice], sources: Sources) -> Iterator[DraftTask]:
    for grid in sources.grids:
        for row in grid.rows:
            yield read_row(frame, row, grid)
    for index in sources.texts:
        for clause in choices[index].clauses:
            yield read_task(frame, clause)


def _with_ids(tasks: Sequence[DraftTask]) -> tuple[DraftTask, ...]:
    """Give each task an id: its number, and as much of the numbers above it as makes it unique."""
    made: dict[int, str] = {}
    groups: dict[str, list[int]] = {}
    for index, task in enumerate(tasks):
        groups.setdefault(task.id.partition(":")[0], []).append(index)
    for indexes in groups.values():
        names = _shortest([tasks[index].id.partition(":")[2].split(".") for index in indexes], set(made.values()))
        made |= dict(zip(indexes, names, strict=True))
    times: Counter[str] = Counter()
    for index in sorted(made):
        times[made[index]] += 1
        if times[made[index]] > 1:  # a number that is printed twice
            made[index] += f"-{times[made[index]]}"
    return tuple(task._replace(id=made[index]) for index, task in enumerate(tasks))


def _shortest(paths: Sequence[Sequence[str]], taken: set[str]) -> list[str]:
    """Take as many numbers of each path, from its end, as make all of them different."""
    choices = [[".".join(path[-depth:]) for path in paths] for depth in range(1, max(map(len, paths)) + 1)]
    return max(choices, key=lambda names: len(set(names) - taken))


def _closing(script: Script, choice: Choice) -> Iterator[Found]:
    if choice.closing is None:
        return
    at, end = choice.closing
    while at < end:
        stop = script.text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if script.text[at:stop].strip("。") and not is_unit(script.text[at:stop]):
            yield Found(script.printed(at, stop), script.place(at, stop))
        at = stop + 1


def _left_out(script: Script, choices: Sequence[Choice], sources: Sources, parts: Sequence[Part]) -> Iterator[Doubt]:
    """Tell what is numbered as tasks are and was not taken."""
    for index, choice in enumerate(choices):
        if index in sources.texts:
            for item in choice.left_out:
                if item.rank != Rank.DASH:
                    yield Doubt(
                        "section.left-out",
                        script.place(item.start, item.body),
                        (script.printed(item.start, min(item.body + 20, item.head)),),
                    )
        elif len(choice.clauses) > 1:
            yield Doubt("part.left-out", script.place(parts[index].start, parts[index].start + 1), (str(len(choice.clauses)),))
