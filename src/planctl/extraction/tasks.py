"""One task of a numbered item of the text: who is responsible for it, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.headings import above_item, has_time
from planctl.extraction.obligations import read_obligations
from planctl.extraction.obligations.deadlines import numbered
from planctl.extraction.records import Doubt, DraftTask, Found
from planctl.extraction.responsibility.duties import FIRST, Duty, join_duties, read_duty
from planctl.extraction.responsibility.labels import HINT
from planctl.extraction.responsibility.names import as_printed, divided, is_unit, read_names
from planctl.extraction.responsibility.sentences import ACTOR, acting_beside, acting_duty, embedded_duty
from planctl.extraction.text.clauses import has_points, is_of_assurance
from planctl.extraction.text.numbering import Rank
from planctl.extraction.text.titles import LONGEST, field_title, title_in
from planctl.model import Basis
from planctl.phrases.numerals import han

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.extraction.frames import Frame
    from planctl.extraction.responsibility.labels import Label
    from planctl.extraction.script import Script
    from planctl.extraction.text.clauses import Clause
    from planctl.extraction.text.outline import Item

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
        lead=as_printed(duty.lead, whole),
        support=as_printed(duty.support, whole),
        basis=basis,
        shared_by_duty=duty.by_duty,
        open_list=duty.is_open,
        duties=tuple(Found(script.printed(label.start, label.end), script.place(label.start, label.end)) for label in clause.labels),
        actors=tuple(_actors(script, item.body, clause.end)) if basis is not Basis.STATED else (),
        deadlines=numbered([*above_all, *obligations.deadlines]),
        hints=obligations.hints,
        doubts=tuple(_doubts(frame, clause, duty, basis, title)),
    )


def _bare(script: Script, item: Item) -> str:
    if item.mark.is_restored:
        return f"({han(item.mark.number)})" if item.rank is Rank.HAN_BRACKETS else han(item.mark.number)
    if item.rank is Rank.PARAGRAPH:
        return ""
    return BARE.sub("", script.printed(item.start, item.body)) or "—"


def _duty(frame: Frame, clause: Clause) -> tuple[Duty, Basis | None]:
    duties = [
        read_duty(divided(label.text, _with_blanks(frame.script, label)), frame.lexicon, first_leads=_first_leads(frame, label))
        for label in clause.labels
    ]
    duties = [duty for duty in duties if duty.lead or duty.support]
    if duties:
        return join_duties(duties, are_apart=True), Basis.STATED
    said = frame.script.text[clause.item.body : clause.end]
    embedded = embedded_duty(said, frame.lexicon)
    if embedded and frame.actors_lead:
        embedded = embedded._replace(lead=(*embedded.lead, *acting_beside(said, embedded, frame.lexicon)))
    elif frame.actors_lead:
        embedded = acting_duty(said, frame.lexicon)
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
    beside = acting_beside(script.text[clause.item.body : clause.end], duty, frame.lexicon) if basis is Basis.EMBEDDED else ()
    if beside:
        yield Doubt("duty.actors", title.place, beside)
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
