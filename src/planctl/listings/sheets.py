"""The lists about forms: what they would bring, what could not be taken, and who has reported."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from planctl.messages import say
from planctl.sheets import wording
from planctl.sheets.attendance import Presence
from planctl.sheets.records import Entry, Key
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.model import Plan, Progress
    from planctl.sheets.attendance import Attendance
    from planctl.sheets.filing import Filing
    from planctl.sheets.mappings import Columns
    from planctl.sheets.returns import Remark

LONGEST = 60
"""Characters of a note that a table shows."""
TONES = {
    Presence.MISSING: "overdue",
    Presence.UNREADABLE: "overdue",
    Presence.LATE: "due",
    Presence.BLANK: "due",
    Presence.REPORTED: "done",
}


def entries_table(filings: Sequence[Filing], lang: str) -> Table:
    """List the entries that forms would bring."""
    columns = ("form.column.place", "form.column.about", "column.unit", "column.day", "form.column.entry")
    rows = [
        (f"{each.path}!{each.place}", _about(each), each.entry.unit or "", each.entry.on.isoformat(), said(each.entry, lang))
        for each in filings
    ]
    return Table(
        tuple(Column(say(key, lang), wraps=key == "form.column.entry") for key in columns), tuple(rows), stacks=((0,), (1,), (2, 3), (4,))
    )


def _about(filing: Filing) -> str:
    return str(Key(filing.plan, filing.task, filing.entry.deadline, filing.entry.period))


def said(entry: Progress, lang: str) -> str:
    """Say in one line what an entry says."""
    parts = {
        Entry.STATE: say(f"state.{entry.state.value}", lang) if entry.state else "",
        Entry.PERCENT: "" if entry.percent is None else f"{wording.number_text(entry.percent)}%",
        Entry.COUNT: "" if entry.counted is None else f"{entry.counted}",
        Entry.VALUE: "" if entry.value is None else wording.number_text(entry.value),
        Entry.NOTE: _short(entry.note or ""),
        Entry.EVIDENCE: say("list", lang, {"all": [str(each) for each in entry.evidence]}) if entry.evidence else "",
    }
    return " ".join(say(f"form.said.{key.value}", lang, {"text": text}) for key, text in parts.items() if text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def remark_line(remark: Remark, lang: str) -> str:
    """Say what is to be said about a cell or a file, in one line: its place, its code, and the words."""
    text = say(f"form.{remark.code}", lang, {key: value for key, value in remark.args.items() if key != "key"} or None)
    return f"{remark.place}: {remark.code} {' '.join(text.splitlines())}"


def entry_record(filing: Filing) -> dict[str, Any]:
    """Give an entry as the record of `planctl sheet merge --format json`."""
    entry = filing.entry
    return {
        "file": filing.path,
        "cell": filing.place,
        "plan": filing.plan,
        "task": filing.task,
        "deadline": entry.deadline,
        "period": entry.period,
        "unit": entry.unit,
        "on": entry.on.isoformat(),
        "state": entry.state.value if entry.state else None,
        "percent": entry.percent,
        "count": entry.counted,
        "value": entry.value,
        "note": entry.note,
        "evidence": [str(each) for each in entry.evidence],
    }


def remark_record(remark: Remark, lang: str) -> dict[str, Any]:
    """Give a remark as the record of `planctl sheet merge --format json`."""
    message = remark_line(remark, lang).partition(": ")[2].partition(" ")[2]
    return {"file": remark.path, "cell": remark.cell, "code": remark.code, "notice": remark.is_notice, "message": message}


def attendance_table(found: Iterable[Attendance], lang: str) -> Table:
    """List who has reported."""
    several = [*found]
    columns = ("column.unit", "column.status", "form.column.filled", "column.day", "form.column.files")
    rows = [(each.unit or "—", _presence(each, lang), _filled(each), _day(each), "\n".join(each.files) or "—") for each in several]
    tones = tuple(TONES.get(each.presence, "") for each in several)
    return Table(tuple(Column(say(key, lang), wraps=key == "form.column.files") for key in columns), tuple(rows), tones, tone_column=1)


def _presence(each: Attendance, lang: str) -> str:
    return say(f"form.presence.{each.presence.value}", lang)


def _filled(each: Attendance) -> str:
    return f"{each.filled}/{each.rows}" if each.rows else "—"


def _day(each: Attendance) -> str:
    return each.on.isoformat() if each.on else "—"


def attendance_record(each: Attendance) -> dict[str, Any]:
    """Give a unit's form as the record of `planctl sheet status --format json`."""
    return {
        "unit": each.unit or None,
        "status": each.presence.value,
        "files": [os.path.basename(path) for path in each.files],
        "on": each.on.isoformat() if each.on else None,
        "rows": each.rows,
        "filled": each.filled,
        "period": each.period or None,
    }


def mapping_lines(columns: Columns, lang: str) -> list[str]:
    """Say what each column of a register was taken for."""
    by_column = sorted((column, field) for field, column in columns.places.items())
    return [
        say("intake.column", lang, {"heading": columns.headings[column], "field": say(f"intake.field.{field.value}", lang)})
        for column, field in by_column
    ]


def register_counts(plan: Plan) -> dict[str, int]:
    """Count what was read of a register."""
    return {
        "tasks": len(plan.tasks),
        "deadlines": sum(len(task.deadlines) for task in plan.tasks),
        "entries": sum(len(task.progress) for task in plan.tasks),
        "doubts": len(plan.doubts) + sum(len(task.doubts) for task in plan.tasks),
    }
