"""From a document to a draft: which of its texts and tables hold the tasks, and the tasks with what they say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.clauses import choose, is_of_assurance
from planctl.extraction.columns import kind_of
from planctl.extraction.counting import count_items, count_rows
from planctl.extraction.grids import find_grids, unread_tables
from planctl.extraction.headline import Sheet, is_title, name_of_part
from planctl.extraction.identity import identify
from planctl.extraction.likeness import LIKE, Likeness, bare, grams
from planctl.extraction.names import is_unit, learn
from planctl.extraction.numbering import Rank
from planctl.extraction.obligations import Context
from planctl.extraction.outline import outline
from planctl.extraction.records import Doubt, Draft, Found
from planctl.extraction.responsibility import FIRST, ROLE, VERB
from planctl.extraction.script import Place, fold, write_script
from planctl.extraction.tasks import Frame, acting_duty, embedded_duty, read_row, read_task, with_owners
from planctl.extraction.titles import title_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.extraction.cells import Grid, Row
    from planctl.extraction.clauses import Choice, Clause
    from planctl.extraction.names import Lexicon
    from planctl.extraction.outline import Item, Part
    from planctl.extraction.records import DraftTask, Identity
    from planctl.extraction.script import Line, Script

SAME = 0.5
"""Of two lists of tasks, the share with the same titles from which they are one list, printed twice."""


YEAR_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
"""A year in the name of a sheet or of a file, where nothing else names one: it is doubted."""
OF_SHEET = re.compile(r"[^。:;,]{5,50}(?:表|台账|清单|目录)(?:\([^()]{1,12}\))?")
"""How the row above the heads of a table ends that names it: 民生实事月度推进表."""
LAYOUT = 600
"""A cell of a table that is no table of tasks holds running text when it is longer."""
ANNOUNCES = re.compile(
    r"(?:\(?[0-9一二三四五六七八九十]+(?:项|个|条|件|大类)(?:\([^()]*\))?\)?|(?:见|如|列)(?:附件|附表|下表|下|表)[^,;。]{0,4}|附后|[如见]下:?)[。:\n]*$"
)
"""What a clause ends with that only announces a table: 军民融合方面6项, 具体任务见附表."""
LONGEST_ANNOUNCEMENT = 60
ISSUES = re.compile(r"(?:印发|转发|下发|公布)")
NO_DEMAND = re.compile(r"\(?(?:此件|本文|信息公开|公开方式|公开属性|附件|附表|抄送|联系人|联系电话|责任编辑|打印)")
"""What follows the last task and demands nothing."""
LISTED = 30
"""Of a part that is left out, how many items are listed one by one."""


FOR_ALL = re.compile(r"下同|以下(?:[均皆都]?同|均)|(?:本|全)(?:方案|文|意见|通知|清单)")


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


def extract(lines: Sequence[Line], metadata: Mapping[str, str] | None = None) -> Draft:
    """Understand a document."""
    grids = find_grids(lines)
    in_grids = {number for grid in grids for number in grid.lines}
    script = write_script(lines, [*_running(lines, in_grids)])
    parts = outline(script)
    choices = [choose(script.text, part) for part in parts]
    sources = _settle(script, parts, choices, grids)
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


def _weight(choice: Choice) -> tuple[int, int]:
    return sum(bool(clause.labels) for clause in choice.clauses), len(choice.clauses)


def _without(choice: Choice, repeated: tuple[Clause, ...]) -> Choice:
    return choice._replace(clauses=tuple(clause for clause in choice.clauses if clause not in repeated)) if repeated else choice


def _settle(script: Script, parts: Sequence[Part], choices: Sequence[Choice], grids: Sequence[Grid]) -> Sources:
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
    doubled = any(_is_same(grid, text) for grid in large)
    clauses = [clause for index in ranked[:1] for clause in choices[index].clauses]
    repeated = tuple(clause for clause in clauses if large and _announces(text[clause.item.body : clause.end]))
    return Sources(() if doubled or len(repeated) == len(clauses) else _with_regulations(ranked, choices), tuple(large), repeated)


def _with_regulations(ranked: Sequence[int], choices: Sequence[Choice]) -> tuple[int, ...]:
    """Give the part with most tasks, and where it has articles the others with articles too: one notice may issue several regulations."""
    articles = [index for index in ranked if all(clause.item.rank is Rank.ARTICLE for clause in choices[index].clauses)]
    return tuple(sorted(articles)) if ranked and ranked[0] in articles else tuple(ranked[:1])


def _announces(said: str) -> bool:
    return len(said) <= LONGEST_ANNOUNCEMENT and bool(ANNOUNCES.search(said))


def _accompanies(text: str, parts: Sequence[Part], choices: Sequence[Choice], index: int) -> bool:
    """Tell whether a part is a notice that only sends a table: 现印发给你们 with one, two and three requirements of one level."""
    head = text[parts[index].start : choices[index].clauses[0].item.start]
    return index == 0 and bool(ISSUES.search(head)) and not any(clause.above for clause in choices[index].clauses)


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


def _is_same(grid: Grid, text: str) -> bool:
    """Tell whether a table prints measures that stand in the text as well."""
    same = sum(len(row.title.folded) > 5 and row.title.folded in text for row in grid.rows)
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
    at, end = choice.closing
    while at < end:
        stop = script.text.find("\n", at, end)
        stop = end if stop < 0 else stop
        said = script.text[at:stop]
        if said.strip("。;)") and not is_unit(said) and not NO_DEMAND.match(said):
            yield Found(script.printed(at, stop), script.place(at, stop))
        at = stop + 1


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
    read = [grid for grid in grids if grid.has_duty or grid.first_line in taken or _is_same(grid, text)]
    for line, heads in unread_tables(lines, read):
        yield Doubt("table.unread", Place(line, 0, len(lines[line].text)), ("、".join(heads),))


def _of_item(script: Script, item: Item, end: int) -> Doubt:
    return Doubt("section.left-out", script.place(item.start, item.body), (script.printed(item.start, min(item.body + 20, end)).strip(),))
