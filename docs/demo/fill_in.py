"""Fill the forms of the demo in, as the units do: `fill_in.py SENT RETURNED`.

Of twelve units ten return a form that can be read: one of them late, one with a day that the calendar does not have.
One file was broken on its way, and one unit sends nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl

HEAD = 4
"""The row of the headings."""
REPORTED = "填报日期："
PUNCTUAL = "2024-06-27"
LATE = {"县财政局": "2024年7月3日"}
BROKEN = "县民政局"
SITE = "https://example.org/"
ROWS: dict[str, dict[str, str | float]] = {
    "县行政审批局": {"状态": "推进中", "完成率": "80%", "本期进展情况": "清单已汇总，正在审核"},
    "县司法局": {"状态": "办结", "完成或进展日期": "2024.6.24", "本期进展情况": "全部换发", "佐证材料": f"{SITE}zhengjian"},
    "县财政局": {"状态": "办结", "完成或进展日期": "2024年6月19日", "佐证材料": f"{SITE}shoufei"},
    "县政府办公室": {"状态": "办结", "完成或进展日期": "２０２４-０６-１４", "佐证材料": f"{SITE}beian"},
    "县应急管理局": {"本次完成数": "1次", "完成或进展日期": "2024-06-13", "本期进展情况": "组织防汛演练", "佐证材料": f"{SITE}yanlian"},
    "县公安局": {"状态": "办结", "完成或进展日期": "6月24日", "佐证材料": f"{SITE}paicha/6"},
    "县市场监管局": {"状态": "办结", "本次完成数": 1, "完成或进展日期": "2024年6月31日"},
    "县人力资源社会保障局": {"本次完成数": "一期", "完成或进展日期": "2024/6/7", "佐证材料": f"{SITE}peixun"},
    "县农业农村局": {"状态": "办结", "完成或进展日期": "2024-06-13", "佐证材料": f"{SITE}nongzi"},
    "县卫生健康局": {"指标数值": 96.5, "本期进展情况": "受理投诉57件，按期办结55件"},
    BROKEN: {"状态": "推进中", "本期进展情况": "正在征求意见"},
}
"""What each unit types beside its last row, by the headings."""


def fill(source: Path, target: Path, unit: str) -> None:
    """Type into one form."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    columns = {cell.value: number for number, cell in enumerate(sheet[HEAD], 1)}
    for heading, value in ROWS[unit].items():
        sheet.cell(sheet.max_row, columns[heading], value)
    label = next(number for number, cell in enumerate(sheet[HEAD - 1], 1) if cell.value == REPORTED)
    sheet.cell(HEAD - 1, label + 1, LATE.get(unit, PUNCTUAL))
    book.save(target)


def main(sent: Path, returned: Path) -> None:
    """Return what the units return."""
    returned.mkdir(exist_ok=True)
    for unit in ROWS:
        source = next(sent.glob(f"{unit}-*.xlsx"))
        target = returned / source.name
        fill(source, target, unit)
        if unit == BROKEN:
            target.write_bytes(target.read_bytes()[:2000])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
