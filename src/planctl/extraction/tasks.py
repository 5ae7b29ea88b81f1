"""One task: of a numbered item of the text, or of a row of a table."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.clauses import has_points, is_of_assurance
from planctl.extraction.columns import FIGURE
from planctl.extraction.headings import above_item, above_row, has_time
from planctl.extraction.labels import HINT
from planctl.extraction.losses import han
from planctl.extraction.names import blanks, is_single, is_unit, leading_names, read_names
from planctl.extraction.numbering import Rank
from planctl.extraction.obligations import Obligations, read_obligations
from planctl.extraction.records import Doubt, DraftDeadline, DraftTask, Found
from planctl.extraction.responsibility import FIRST, Duty, join_duties, read_duty
from planctl.extraction.script import Line, fold, write_script
from planctl.extraction.titles import LONGEST, field_title, title_in
from planctl.model import Basis, Deadline, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction.cells import Box, Grid, Row
    from planctl.extraction.clauses import Clause
    from planctl.extraction.labels import Label
    from planctl.extraction.names import Lexicon
    from planctl.extraction.obligations import Context
    from planctl.extraction.outline import Item
    from planctl.extraction.script import Script

LED = re.compile(
    r"(?:^|[。;,\n:(])(?:由|要由|应由)?(?P<names>[^,。;:\n]{2,60}?)(?:要|应当?|负责)?(?P<how>牵头,?会同|会同|牵头)(?P<rest>[^。;\n]*)"
)
JOINING = re.compile(r"^[^,。;\n]{0,30}?,(?P<names>[^,。;\n]{2,80}?)(?:积极|密切)?(?:配合|参与|协助|参加)")
ACTOR = re.compile(r"(?:^|[。;,\n])(?P<names>[^,。;:\n]{2,40}?)(?:应当|必须|要|应|须)(?![求用急对有诉])")
PERSON = re.compile(r"(?:负责人|责任人|牵头人|负责同志|领导|书记|组长|[省市县区镇乡局厅]长)$")
LAST_BRACKET = re.compile(r"\((?P<inside>[^()\n]{2,200}(?:\([^()\n]*\)[^()\n]*)*)\)[。;]?(?=\n|\Z)")
KIND = re.compile(
    r"(?:(?:党政)?机关|(?:企?事业|企业|用人|建设|施工)单位|(?:国有|民营|中小|重点)?企业|社会组织|人民团体|群团组织)(?:$|[和与及、])|(?:改造|新建|建成|打造|培育)"
)
"""Kinds of bodies that a sentence speaks of, and no candidates for a lead."""
STANDING = re.compile(
    r"以下[^()。;]{0,6}?[均皆都][^()。;]{2,40}?(?:负责|落实|实施|配合|参与|执行)(?:[^()。;]{0,8}不再[^()。;]{0,4}列[出明])?"
)
"""A rule for all tasks that follow, whose units they do not name again: 以下均需各市县人民政府落实,不再列出."""
BARE = re.compile(r"[、.,:\s]+$")


class Frame(NamedTuple):
    """What the whole document gives for each task."""

    script: Script
    lines: Sequence[Line]
    lexicon: Lexicon
    first_leads: int | None
    """From where in the text the first that is listed leads; `None`: nowhere, or only in the brackets that say so themselves."""
    context: Context
    has_addressees: bool
    actors_lead: bool = False
    """Whether it assigns its tasks by sentences: 发展改革委要…. Where only a few name an actor, that is no assignment."""


def read_task(frame: Frame, clause: Clause) -> DraftTask:
    """Read a numbered item."""
    script, item = frame.script, clause.item
    text = script.text
    start, stop = title_in(text, item.body, clause.end)
    above = clause.above[-1] if clause.above and item.rank == Rank.DASH else None
    of_field = field_title(text, item.body, clause.end, (above.body, above.head)) if above else None
    title = Found(of_field or script.printed(start, stop), script.place(start, stop))
    duty, basis = _duty(frame, clause)
    numbers = [_bare(script, one) for one in (*clause.above, item)]
    time, context = above_item(script, clause.above, frame.context)
    obligations = read_obligations(script, item.body, clause.end, context)
    above_all = (time,) if time and not has_time(obligations) else ()
    printed = script.printed(item.start, clause.end)
    whole = "\n".join([printed, *(script.printed(label.start, label.end) for label in clause.labels)])
    return DraftTask(
        id=f"{item.rank}:{'.'.join(str(one.mark.number) for one in (*clause.above, item))}",
        number=numbers[-1],
        path=tuple(numbers),
        title=title,
        section=tuple(numbers[:-1]),
        clause=script.place(item.start, clause.end),
        text=printed,
        lead=_as_printed(duty.lead, whole),
        support=_as_printed(duty.support, whole),
        basis=basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(Found(script.printed(label.start, label.end), script.place(label.start, label.end)) for label in clause.labels),
        actors=tuple(_actors(script, item.body, clause.end)) if basis is not Basis.STATED else (),
        deadlines=_renumbered([*above_all, *obligations.deadlines]),
        hints=obligations.hints,
        doubts=tuple(_doubts(frame, clause, duty, basis, title)),
    )


def _as_printed(names: tuple[str, ...], printed: str) -> tuple[str, ...]:
    """Give names the width that their brackets have in print."""
    wide = {name: name.replace("(", "（").replace(")", "）").replace(",", "，") for name in names}
    return tuple(wide[name] if wide[name] in printed else name for name in names)


def _bare(script: Script, item: Item) -> str:
    if item.mark.is_restored:
        return f"({han(item.mark.number)})" if item.rank is Rank.HAN_BRACKETS else han(item.mark.number)
    if item.rank is Rank.PARAGRAPH:
        return ""
    return BARE.sub("", script.printed(item.start, item.body)) or "—"


def _duty(frame: Frame, clause: Clause) -> tuple[Duty, Basis | None]:
    duties = [
        read_duty(_divided(label.text, _with_blanks(frame.script, label)), frame.lexicon, first_leads=_first_leads(frame, label))
        for label in clause.labels
    ]
    duties = [duty for duty in duties if duty.lead or duty.support]
    if duties:
        return join_duties(duties, are_apart=True), Basis.STATED
    said = frame.script.text[clause.item.body : clause.end]
    embedded = embedded_duty(said, frame.lexicon) or (acting_duty(said, frame.lexicon) if frame.actors_lead else None)
    if embedded:
        return embedded, Basis.EMBEDDED
    return Duty(), Basis.ADDRESSEE if frame.has_addressees else None


def _first_leads(frame: Frame, label: Label) -> bool:
    return (frame.first_leads is not None and label.start >= frame.first_leads) or bool(FIRST.search(label.text))


def _with_blanks(script: Script, label: Label) -> str:
    """Give a label with a blank where the document prints one."""
    gaps = (script.columns[at] - script.columns[at - 1] > 1 for at in range(label.start + 1, label.end))
    letters = script.text[label.start : label.end]
    return letters[:1] + "".join(f" {letter}" if gap else letter for gap, letter in zip(gaps, letters[1:], strict=False))


def _divided(folded: str, printed: str) -> str:
    """Put a separator between names that only a blank parts."""
    for left, right in dict.fromkeys(blanks(printed)):
        folded = folded.replace(left + right, f"{left}、{right}")
    return folded


def embedded_duty(text: str, lexicon: Lexicon | None = None) -> Duty | None:
    """Find a sentence that says who leads: 由市司法局牵头,市财政局配合; 省机关事务局会同有关部门."""
    for found in LED.finditer(text):
        lead = read_names(found["names"], lexicon)
        if not lead.names or not all(map(is_unit, lead.names)) or any(PERSON.search(name) for name in lead.names):
            continue
        joining = JOINING.match(found["rest"])
        said = found["rest"].partition(",")[0] if "会同" in found["how"] else joining["names"] if joining else ""
        support = leading_names(said, lexicon)
        names = tuple(name for name in support.names if is_unit(name))
        return Duty(lead.names, names, is_open=lead.is_open or support.is_open, has_lead=True)
    return None


def acting_duty(text: str, lexicon: Lexicon | None = None) -> Duty | None:
    """Find the single units whose duties the sentences state: 发展改革委要修订清单."""
    acting = dict.fromkeys(name for found in ACTOR.finditer(text) for name in _acting(found["names"], lexicon))
    return Duty(tuple(acting)) if acting else None


def _acting(said: str, lexicon: Lexicon | None) -> tuple[str, ...]:
    """Give the units that a sentence names as acting, where they are single ones: 发展改革委要…, but not 各级行政执法机关要…."""
    names = read_names(said, lexicon).names
    return names if names and all(is_unit(name) and is_single(name) for name in names) else ()


def _actors(script: Script, start: int, end: int) -> Iterator[Found]:
    seen: set[str] = set()
    for found in ACTOR.finditer(script.text, start, end):
        names = read_names(found["names"]).names
        if names and all(map(is_unit, names)) and not all(map(KIND.match, names)) and found["names"] not in seen:
            seen.add(found["names"])
            yield Found(script.printed(found.start("names"), found.end("names")), script.place(found.start("names"), found.end("names")))


def _doubts(frame: Frame, clause: Clause, duty: Duty, basis: Basis | None, title: Found) -> Iterator[Doubt]:
    script = frame.script
    if len(title.text) > LONGEST:
        yield Doubt("title.long", title.place, (title.text,))
    if clause.item.mark.is_restored:
        yield Doubt("numbering.damaged", title.place, (_bare(script, clause.item),))
    if basis is not Basis.STATED:
        yield Doubt("duty.none", title.place, ())
        if is_of_assurance(script.text, clause):
            yield Doubt("task.arguable", title.place, (title.text,))
    if has_points(script.text, clause):
        yield Doubt("task.points", title.place, (title.text,))
    yield from _label_doubts(frame, clause, duty)
    strange = tuple(name for name in (*duty.lead, *duty.support) if not is_unit(name))
    if strange:
        place = script.place(clause.labels[0].start, clause.labels[0].end) if clause.labels else title.place
        yield Doubt("duty.unlike-a-unit", place, strange)
    if basis is Basis.STATED:
        end = min([clause.end, *(label.start for label in clause.labels)])
        body = embedded_duty(script.text[clause.item.body : end], frame.lexicon)
        if body and not set(body.lead) & set(duty.lead):
            yield Doubt("duty.body-differs", title.place, body.lead)


def _label_doubts(frame: Frame, clause: Clause, duty: Duty) -> Iterator[Doubt]:
    """Tell what is doubtful of the labels, and of a closing bracket that speaks of a duty and was not understood."""
    script = frame.script
    unread = None if clause.labels else LAST_BRACKET.search(script.text, clause.item.body, clause.end)
    if unread and HINT.search(unread["inside"]):
        yield Doubt("duty.unlike-a-unit", script.place(*unread.span("inside")), (unread["inside"],))
    if len(clause.labels) > 1:
        first = clause.labels[0]
        yield Doubt("duty.several", script.place(first.start, first.end), tuple(label.text for label in clause.labels))
    for label in clause.labels:
        printed = script.text[label.start : label.end]
        if standing := STANDING.search(printed):
            yield Doubt("duty.for-all", script.place(label.start, label.end), (standing.group(),))
        if FIRST.search(printed) and (frame.first_leads is None or label.start < frame.first_leads):
            yield Doubt("duty.first-here", script.place(label.start, label.end), duty.lead)
        if printed.count("(") != printed.count(")"):
            yield Doubt("duty.damaged", script.place(label.start, label.end), (printed,))


def read_row(frame: Frame, row: Row, grid: Grid) -> DraftTask:
    """Read a row of a table."""
    time, context = above_row(row.headings, frame.context)
    frame = frame._replace(context=context)
    start, stop = title_in(row.title.folded, 0, len(row.title.folded))
    whole = row.details or len(row.title.folded) <= LONGEST
    title = row.title.text if whole and row.details else _printed(row.title, start, stop)
    duty = _row_duty(frame, row)
    cells = [box for box in (row.title, *row.details, row.boxes.get("time")) if box]
    found = [_cell_obligations(frame, box, is_time=box is row.boxes.get("time")) for box in cells]
    found += [_step(frame, row, box, when) for box, when in row.steps]
    above = (time,) if time and not any(has_time(part) for part in found) and not row.boxes.get("time") else ()
    numbers = (*row.section, row.number or "")
    basis = Basis.STATED if duty.lead or duty.support else Basis.ADDRESSEE if frame.has_addressees else None
    place = row.title.place()
    return DraftTask(
        id=f"t{grid.first_line}:{row.number or row.title.folded[:12]}",
        number=row.number or "",
        path=numbers,
        title=Found(title, place),
        section=row.section,
        clause=row.first.place(),
        text=row.printed,
        lead=_as_printed(duty.lead, row.printed),
        support=_as_printed(duty.support, row.printed),
        basis=basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(_duties(row)),
        deadlines=_renumbered([*above, *(one for part in found for one in part.deadlines)]),
        hints=_renumbered([one for part in found for one in part.hints]),
        doubts=(
            *(() if basis is Basis.STATED else (Doubt("duty.none", place, ()),)),
            *((Doubt("duty.several", place, row.apart),) if row.apart else ()),
            *_unread(row, cells, found),
        ),
    )


def with_owners(frame: Frame, task: DraftTask, row: Row) -> DraftTask:
    """Give a task of the text the units that a table names for it, and the time where the text has none."""
    duty = _row_duty(frame, row)
    box = row.boxes.get("time")
    time = _cell_obligations(frame, box, is_time=True).deadlines if box and not task.deadlines else ()
    return task._replace(
        lead=_as_printed(duty.lead, row.printed),
        support=_as_printed(duty.support, row.printed),
        basis=Basis.STATED if duty.lead or duty.support else task.basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(_duties(row)),
        actors=(),
        deadlines=_renumbered([*task.deadlines, *time]),
        doubts=tuple(doubt for doubt in task.doubts if doubt.key != "duty.none"),
    )


def _duties(row: Row) -> Iterator[Found]:
    """Give the cells that say who is responsible, each by itself."""
    for kind, box in row.boxes.items():
        if kind != "time":
            yield from (Found(part.text, part.place()) for part in box.parts or (box,))


def _unread(row: Row, cells: Sequence[Box], found: Sequence[Obligations]) -> Iterator[Doubt]:
    """Tell of a cell in the column of times of which nothing was understood: 已完成."""
    for box, read in zip(cells, found, strict=False):
        if box is row.boxes.get("time") and box.folded.strip("-—/、") and not (read.deadlines or read.hints):
            yield Doubt("deadline.open", box.place(), (box.text,))


def _printed(box: Box, start: int, stop: int) -> str:
    script = write_script([Line(box.text)])
    return script.printed(start, stop)


def _row_duty(frame: Frame, row: Row) -> Duty:
    """Columns are labels: 牵头单位 leads, 责任单位 leads where nobody else does."""
    heads = {"lead": "牵头单位", "duty": "责任单位", "support": "配合单位", "guide": "指导单位"}
    said = [f"{heads[kind]}:{_listed(box)}" for kind, box in row.boxes.items() if kind in heads]
    return read_duty(";".join(said), frame.lexicon, first_leads=_rule_holds(frame, row)) if said else Duty()


def _rule_holds(frame: Frame, row: Row) -> bool:
    """Tell whether the first that is listed leads in a row: the document says so as a whole, or from a place above the table on."""
    at = frame.first_leads
    return at is not None and (at == 0 or frame.script.place(at, at + 1).line < row.first.line)


def _listed(box: Box) -> str:
    """Join the lines of a cell: a line that ends with a whole name ends there, another was only wrapped."""
    joined = ""
    for line in box.text.splitlines():
        folded = _divided(fold(line)[0], line)
        last = re.split(r"[、,;:]", joined)[-1]
        joined += ("、" if joined and is_unit(last) and not folded.startswith(("、", ",", ";")) else "") + folded
    return joined


def _cell_obligations(frame: Frame, box: Box, *, is_time: bool) -> Obligations:
    """Read a cell; in the column of times every phrase is a deadline."""
    if is_time and (whole_year := _all_year(frame, box)):
        return Obligations(whole_year)
    script = write_script([Line(box.text)])
    found = read_obligations(script, 0, len(script.text), frame.context)
    deadlines, hints = (tuple(_moved(one, box) for one in group) for group in (found.deadlines, found.hints))
    return found._replace(deadlines=(*deadlines, *hints), hints=()) if is_time else found._replace(deadlines=deadlines, hints=hints)


def _moved(found: DraftDeadline, box: Box) -> DraftDeadline:
    """Place in the document what was found in the text of a cell."""
    return found._replace(place=box.place(found.place.start, found.place.end))


def _step(frame: Frame, row: Row, box: Box, when: str) -> Obligations:
    """Read what is to be reached by the time in the head of its column: 3月, 完成招标; 2025年目标, 达到85%."""
    time = write_script([Line(f"{when}{'' if when.endswith('前') else '前' if when.endswith('底') else '底前'}完成")])
    said = read_obligations(time, 0, len(time.text), frame.context)
    due = next((one for one in (*said.deadlines, *said.hints) if one.deadline.kind is Kind.ONCE), None)
    own = _figure(frame, row, box) or _cell_obligations(frame, box, is_time=False)
    if due is None or any(one.deadline.due for one in own.deadlines):
        return own
    day = due.deadline.due
    figures = [one._replace(deadline=one.deadline._replace(due=day)) for one in own.deadlines if one.deadline.kind is Kind.METRIC]
    if figures:
        return own._replace(deadlines=tuple(figures))
    doubts = tuple(doubt for doubt in due.doubts if doubt.key == "deadline.year")
    place = box.place()
    reached = DraftDeadline(due.deadline._replace(what=box.folded[:40], quote=box.text), place, doubts)
    return Obligations((reached, *own.deadlines), own.hints)


def _figure(frame: Frame, row: Row, box: Box) -> Obligations | None:
    """Read a figure whose unit stands in a column of its own: 61以上, in %."""
    figure = FIGURE.match(box.folded)
    if not figure or not row.measure:
        return None
    said = write_script([Line(f"{figure['from'] or '达到'}{figure['value']}{row.measure}{figure['to'] or ''}")])
    place = box.place()
    metrics = [one for one in read_obligations(said, 0, len(said.text), frame.context).deadlines if one.deadline.kind is Kind.METRIC]
    drafted = [one.deadline._replace(metric=row.title.folded, quote=box.text) for one in metrics[:1]]
    return Obligations(tuple(DraftDeadline(one, place) for one in drafted)) if drafted else None


def _all_year(frame: Frame, box: Box) -> tuple[DraftDeadline, ...]:
    """全年 in the column of times is the end of the year; what is not understood is kept as words, with a doubt."""
    place = box.place()
    year = re.match(r"(?P<year>20[0-9]{2})?年?(?:全年|年内|年度内|当年)$", box.folded)
    named = int(year["year"]) if year and year["year"] else frame.context.year
    if year and named:
        return (DraftDeadline(Deadline("", Kind.ONCE, due=date(named, 12, 31), quote=box.text), place),)
    return ()


def _renumbered(drafted: Sequence[DraftDeadline]) -> tuple[DraftDeadline, ...]:
    return tuple(
        one._replace(deadline=one.deadline._replace(id=f"d{number}", position=number - 1)) for number, one in enumerate(drafted, 1)
    )
