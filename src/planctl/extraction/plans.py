"""From a document to a draft: which of its texts and tables hold the tasks, and the tasks with what they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from planctl.extraction.counting import count_items, count_rows
from planctl.extraction.frames import Frame
from planctl.extraction.identity.headline import Sheet, is_title, name_of_part
from planctl.extraction.identity.particulars import identify
from planctl.extraction.obligations import Context
from planctl.extraction.records import Doubt, Draft, Found
from planctl.extraction.responsibility.duties import FIRST, ROLE, VERB
from planctl.extraction.responsibility.names import is_unit, learn
from planctl.extraction.responsibility.sentences import acting_duty, embedded_duty
from planctl.extraction.rows import read_row, with_owners
from planctl.extraction.script import Place, fold, lines_of, write_script
from planctl.extraction.sources import Sources, is_same, settle
from planctl.extraction.tables.columns import kind_of
from planctl.extraction.tables.grids import find_grids, unread_tables
from planctl.extraction.tasks import read_task
from planctl.extraction.text.clauses import choose
from planctl.extraction.text.numbering import Rank
from planctl.extraction.text.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.extraction.records import DraftTask, Identity
    from planctl.extraction.responsibility.names import Lexicon
    from planctl.extraction.script import Line, Script
    from planctl.extraction.tables.cells import Grid
    from planctl.extraction.text.clauses import Choice, Clause
    from planctl.extraction.text.outline import Item, Part
YEAR_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
"""A year in the name of a sheet or of a file, where nothing else names one: it is doubted."""
OF_SHEET = re.compile(r"[^。:;,]{5,50}(?:表|台账|清单|目录)(?:\([^()]{1,12}\))?")
"""How the row above the heads of a table ends that names it: 民生实事月度推进表."""
LAYOUT = 600
"""A cell of a table that is no table of tasks holds running text when it is longer."""
NO_DEMAND = re.compile(r"\(?(?:此件|本文|信息公开|公开方式|公开属性|附件|附表|抄送|联系人|联系电话|责任编辑|打印)")
"""What follows the last task and demands nothing."""
LISTED = 30
"""Of a part that is left out, how many items are listed one by one."""
FOR_ALL = re.compile(r"下同|以下(?:[均皆都]?同|均)|(?:本|全)(?:方案|文|意见|通知|清单)")


def extract(lines: Sequence[Line], metadata: Mapping[str, str] | None = None) -> Draft:
    """Understand a document."""
    grids = find_grids(lines)
    in_grids = {number for grid in grids for number in grid.lines}
    script = write_script(lines, [*_running(lines, in_grids)])
    parts = outline(script)
    choices = [choose(script.text, part) for part in parts]
    sources = settle(script, parts, choices, grids)
    choices = [_without(choice, sources.repeated) for choice in choices]
    first = min((choices[index].clauses[0].item.start for index in sources.texts), default=_start_of_grids(script, sources.grids))
    body = parts[sources.texts[0]] if sources.texts else next((part for part in reversed(parts) if part.start <= first), parts[0])
    first = min([first, *(part.items[0].start for part in parts if part.items and part.start >= body.start)]) if sources.texts else first
    titles = _titles_of_parts(script, parts, choices, sources.texts)
    sheet = Sheet(script, (parts[0].start, min(parts[0].end, first)), body, first, has_several=len(titles) > 1)
    identity, doubts = identify(sheet, parts, metadata or {}, _title_row(lines, sources.grids))
    frame = Frame(
        script=script,
        lines=lines,
        lexicon=_lexicon(choices, grids),
        first_leads=_start_of_rule(script, lines, in_grids, choices),
        context=_context(identity, metadata or {}),
        has_addressees=bool(identity.addressees),
        actors_lead=_actors_lead(script.text, [clause for index in sources.texts for clause in choices[index].clauses]),
    )
    tasks = tuple(_tasks(frame, choices, sources, titles))
    closing = tuple(found for index in sources.texts for found in _closing(script, choices[index]))
    counted = [doubt for index in sources.texts for doubt in count_items(script, parts[index].items)]
    taken = {grid.first_line for grid in sources.grids}
    counted += count_rows([grid.rows for grid in grids if grid.first_line in taken])
    return Draft(
        identity,
        _with_ids(tasks),
        closing,
        (*doubts, *counted, *_left_out(script, choices, sources, parts), *_unread(script.text, lines, grids, sources)),
    )


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
        if is_title(fold(line.text)[0]) or OF_SHEET.fullmatch(fold(line.text)[0]):
            return Found(re.sub(r"\s", "", line.text), Place(number, 0, len(line.text)))
    return None


def _without(choice: Choice, repeated: tuple[Clause, ...]) -> Choice:
    return choice._replace(clauses=tuple(clause for clause in choice.clauses if clause not in repeated)) if repeated else choice


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


def _titles_of_parts(script: Script, parts: tuple[Part, ...], choices: Sequence[Choice], texts: Sequence[int]) -> dict[int, str]:
    """Give the titles of the plans that a notice encloses, where there are several with tasks; else nothing."""
    plans = [index for index in texts if index and choices[index].clauses]
    firsts = {index: min(clause.item.start for clause in choices[index].clauses) for index in plans}
    tops = {index: min([firsts[index], *(item.start for item in parts[index].items)]) for index in plans}
    names = {index: name_of_part(script, parts, parts[index], tops[index]) for index in plans}
    return names if len(plans) > 1 and len(set(names.values())) == len(plans) else {}


def _tasks(frame: Frame, choices: Sequence[Choice], sources: Sources, titles: Mapping[int, str]) -> Iterator[DraftTask]:
    """Read the tasks; of several plans, the title of its plan comes first among the sections of a task."""
    for grid in sources.grids:
        for row in grid.rows:
            yield read_row(frame, row, grid)
    owners = {clause.item.start: row for clause, row in sources.owners}
    for index in sources.texts:
        for clause in choices[index].clauses:
            task = read_task(frame, clause)
            task = task._replace(section=(titles[index], *task.section)) if titles.get(index) else task
            yield with_owners(frame, task, owners[clause.item.start]) if clause.item.start in owners else task


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
    for at, stop in lines_of(script.text, *choice.closing):
        said = script.text[at:stop]
        if said.strip("。;)") and not is_unit(said) and not NO_DEMAND.match(said):
            yield Found(script.printed(at, stop), script.place(at, stop))


def _left_out(script: Script, choices: Sequence[Choice], sources: Sources, parts: Sequence[Part]) -> Iterator[Doubt]:
    """Tell what is numbered as tasks are and was not taken."""
    for clause in sources.repeated:
        yield _of_item(script, clause.item, clause.end)
    for row in sources.rows:
        yield Doubt("section.left-out", row.title.place(), (row.title.text,))
    for index, choice in enumerate(choices):
        if index in sources.texts:
            yield from (_of_item(script, item, item.head) for item in choice.left_out if item.rank != Rank.DASH)
        elif choice.clauses:
            if len(choice.clauses) > 1:
                yield Doubt("part.left-out", script.place(parts[index].start, parts[index].start + 1), (str(len(choice.clauses)),))
            if len(choice.clauses) <= LISTED:
                yield from (_of_item(script, clause.item, clause.end) for clause in choice.clauses)


def _unread(text: str, lines: Sequence[Line], grids: Sequence[Grid], sources: Sources) -> Iterator[Doubt]:
    """Tell of each table that looks like a list and gave no tasks, by the headings of its columns; not of one that repeats the text."""
    taken = {grid.first_line for grid in sources.grids}
    read = [grid for grid in grids if grid.has_duty or grid.first_line in taken or is_same(grid, text)]
    for line, heads in unread_tables(lines, read):
        yield Doubt("table.unread", Place(line, 0, len(lines[line].text)), ("、".join(heads),))


def _of_item(script: Script, item: Item, end: int) -> Doubt:
    return Doubt("section.left-out", script.place(item.start, item.body), (script.printed(item.start, min(item.body + 20, end)).strip(),))
