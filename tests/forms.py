"""Forms for tests: made of a plan, filled in as a unit does, and taken in again."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl

from conftest import load
from planctl.queries import Judge
from planctl.sheets import dues, returns, workbooks, writing
from planctl.sheets.filing import Clerk
from planctl.sheets.wording import FILLED, HIDDEN, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet

    from planctl.model import Progress
    from planctl.sheets.filing import Outcome
    from planctl.sheets.records import Entry, Form
    from planctl.workspace import Workspace

DAY = date(2022, 12, 1)
HEAD = 4
UNITS = """planctl: 1
organisation: 示例县
units: [{name: 县司法局}, {name: 县财政局}, {name: 甲镇}, {name: 乙镇}]
groups: [{name: 各镇, members: [甲镇, 乙镇]}]
"""
PLAN = """planctl: 1
id: shili
title: 示例县示例方案
document: {number: 示政发〔2022〕1号, issued: 2022-01-10}
period: {start: 2022-01-01, end: 2024-12-31}
tasks:
  - id: "1"
    title: 公开权责清单
    lead: [县司法局]
    support: [县财政局]
    basis: stated
    deadlines:
      - {id: publish, what: 公开清单, due: 2022-12-31, quote: 2022年底前}
  - id: "2"
    title: 会前学法
    lead: [县司法局]
    basis: stated
    deadlines:
      - {id: study, what: 组织学法, every: quarter, at_least: 2, of: 次, quote: 每季度不少于2次}
  - id: "3"
    title: 负责人出庭应诉
    lead: [县司法局]
    basis: stated
    deadlines:
      - {id: rate, metric: 出庭应诉率, target: ">= 90 %", every: year, quote: 达到90%以上}
  - id: "4"
    title: 加强法治宣传
    lead: [县司法局, 县财政局]
    basis: stated
    progress:
      - {on: 2022-06-01, unit: 县司法局, state: in-progress, percent: 30, note: 已开展两场}
  - id: "5"
    title: 清理规范性文件
    lead: [各镇]
    basis: stated
    deadlines:
      - {id: clear, what: 报送清理结果, due: 2022-12-20, quote: 2022年12月20日前}
"""
FILES = {"plans/示例县/units.yaml": UNITS, "plans/示例县/方案.yaml": PLAN}


def workspace(plan: str = PLAN) -> Workspace:
    """Load the plan with its units."""
    return load({**FILES, "plans/示例县/方案.yaml": plan})


def forms(plan: str = PLAN, wanted: dues.Wanted | None = None, day: date = DAY, unit: str | None = None) -> list[Form]:
    """Make the forms of all units, or of one."""
    loaded = workspace(plan)
    return dues.forms(Judge(loaded, day), loaded.plans, wanted or dues.Wanted(), unit)


def form(unit: str = "县司法局", plan: str = PLAN, wanted: dues.Wanted | None = None) -> bytes:
    """Write the form of one unit."""
    return writing.write(forms(plan, wanted, unit=unit)[0])


def edited(data: bytes, change: Callable[[Worksheet], None], sheet: str = TITLE) -> bytes:
    """Open a workbook, change a sheet of it, and save it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book[sheet])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    """Find a column by its heading."""
    return next(cell.column for cell in sheet[HEAD] if cell.value == heading)


def filled(data: bytes, rows: Mapping[int, Mapping[Entry, Any]], reported: object = None) -> bytes:
    """Fill cells in: by the number of the row and what is entered. A text stays one, whatever it begins with."""

    def fill(sheet: Worksheet) -> None:
        for number, entries in rows.items():
            for entry, value in entries.items():
                cell = sheet.cell(HEAD + number, column(sheet, FILLED[entry]))
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
        if reported is not None:
            place = next(cell for cell in sheet[3] if cell.value == "填报日期：")
            sheet.cell(3, place.column + 1).value = reported  # type: ignore[assignment]  # any value will do

    return edited(data, fill)


def take(
    data: bytes, plan: str = PLAN, *, today: date = date(2023, 1, 5), name: str = "县司法局.xlsx", takes_sheet: bool = False
) -> Outcome:
    """Take a form in."""
    found = returns.find_form(workbooks.read(name, data))
    return Clerk(workspace(plan), today, "zh", takes_sheet=takes_sheet).take(found)


def entries(outcome: Outcome) -> list[tuple[str, Progress]]:
    """Give what was taken, by the task."""
    return [(filing.task, filing.entry) for filing in outcome.filings]


def remarks(outcome: Outcome) -> list[tuple[str, str]]:
    """Give what was remarked: the code and the place."""
    return [(remark.code, remark.place) for remark in outcome.remarks]


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Change the parts of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


__all__ = ["DAY", "HIDDEN", "PLAN", "column", "edited", "entries", "filled", "form", "forms", "remarks", "repacked", "take", "workspace"]
