"""One task of a row of a table: its columns say who is responsible, and when."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from planctl.extraction.headings import above_row, has_time
from planctl.extraction.obligations import Obligations, read_obligations
from planctl.extraction.obligations.deadlines import numbered
from planctl.extraction.records import Doubt, DraftDeadline, DraftTask, Found
from planctl.extraction.responsibility import Duty, read_duty
from planctl.extraction.responsibility.names import as_printed, divided, is_unit
from planctl.extraction.script import Line, fold, write_script
from planctl.extraction.tables.columns import FIGURE
from planctl.extraction.text.titles import LONGEST, title_in
from planctl.model import Basis, Deadline, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.extraction.frames import Frame
    from planctl.extraction.tables.cells import Box, Grid, Row


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
        lead=as_printed(duty.lead, row.printed),
        support=as_printed(duty.support, row.printed),
        basis=basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(_duties(row)),
        deadlines=numbered([*above, *(one for part in found for one in part.deadlines)]),
        hints=numbered([one for part in found for one in part.hints]),
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
        lead=as_printed(duty.lead, row.printed),
        support=as_printed(duty.support, row.printed),
        basis=Basis.STATED if duty.lead or duty.support else task.basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(_duties(row)),
        actors=(),
        deadlines=numbered([*task.deadlines, *time]),
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
        folded = divided(fold(line)[0], line)
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
