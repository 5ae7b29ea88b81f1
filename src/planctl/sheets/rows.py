"""The rows of a register: what stands in their cells, and which of them are tasks, headings or sums."""

from __future__ import annotations

import re
from typing import NamedTuple

from planctl.extraction.script import fold as narrow
from planctl.sheets import values
from planctl.sheets.mappings import Box, Columns, Field

NUMBER = re.compile(r"[(（]?((?:[A-Za-z]{1,3}-?)?[0-9]{1,4}(?:[.-][0-9]{1,3})*|[一二三四五六七八九十]{1,3})[)）.、]?")
TOTAL_ALONE = re.compile(r"(?:本页|本表|累计|全县|全部|以上)?(?:合计|总计|小计|共计)[:：]?")
"""How a row begins that adds others up; the sum stands beside it."""
TOTAL = re.compile(r"(?:合计|总计|小计|共计|注|备注|说明|填表人|制表人|审核人)(?:$|[:：])")
NOTHING = frozenset({"-", "—", "--", "——", "/", "／", "无", "\\"})
"""What people write into a cell that stays empty."""


class Table(NamedTuple):
    """A table by its rows and columns, a merged cell in each that it covers."""

    name: str | None
    boxes: dict[tuple[int, int], Box]


class Rows:
    """The rows of a table whose columns are known."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self.table = table
        self.columns = columns

    def cells(self, row: int) -> list[tuple[tuple[int, int], Box]]:
        """Give the cells of a row."""
        return [(place, box) for column in self.columns.headings if (box := self.table.boxes.get(place := (row, column)))]

    def box(self, row: int, field: Field) -> Box | None:
        """Give the cell of a field in a row."""
        column = self.columns.places.get(field)
        return self.table.boxes.get((row, column)) if column else None

    def text(self, row: int, field: Field) -> str:
        """Give the text of a field in a row; a formula that nobody has worked out is none."""
        box = self.box(row, field)
        return box.text if box and box.text not in NOTHING and not is_formula(box.text) else ""

    def raw(self, row: int, field: Field) -> str:
        """Give what stands in the cell of a field, whatever it is."""
        box = self.box(row, field)
        return box.text if box else ""

    def first_text(self, row: int) -> str:
        """Give the first text of a row, to call a task by that has no name."""
        number = self.box(row, Field.NUMBER)
        return next((box.text for _, box in self.cells(row) if box.text and box is not number), self.raw(row, Field.NUMBER)) or "—"

    def is_head(self, row: int) -> bool:
        """Tell whether the headings are repeated in a row."""
        said = [self.text(row, field) == self.columns.headings[column] for field, column in self.columns.places.items()]
        return all(said)

    def is_total(self, row: int) -> bool:
        """Tell whether a row adds the ones above up, or is a note below: nobody is responsible for it."""
        texts = list(dict.fromkeys(box.text for _, box in self.cells(row) if box.text))
        owed = any(self.text(row, field) for field in (Field.LEAD, Field.DUTY, Field.DUE))
        is_alone = len(texts) == 1 and bool(TOTAL.match(texts[0]))
        return is_alone or bool(texts and TOTAL_ALONE.fullmatch(values.squeezed(texts[0])) and not owed)

    def is_heading(self, row: int, present: set[Box]) -> bool:
        """Tell whether a row is a heading over those below: one cell over most columns."""
        if len(present) != 1:
            return False
        box = next(iter(present))
        title = self.box(row, Field.TITLE)
        if title and title is not box:
            return True
        covered = sum(found is box for _, found in self.cells(row))
        return (covered > 1 and covered * 2 > len(self.columns.headings)) or (self.is_beside(box) and not self.is_number(box))

    def is_beside(self, box: Box) -> bool:
        """Tell whether a cell stands where a task has its number or its part, and not what it says."""
        fields = [field for field, column in self.columns.places.items() if column == box.column]
        return fields in ([Field.NUMBER], [Field.SECTION]) or (not fields and box.column == 1)

    def is_number(self, box: Box) -> bool:
        """Tell whether a cell holds the number of a task."""
        return bool(NUMBER.fullmatch(narrow(box.text)[0]))

    def is_empty(self, row: int, present: set[Box]) -> bool:
        """Tell whether a row has a number and nothing else: it was numbered and left empty."""
        return len(present) == 1 and self.box(row, Field.NUMBER) in present and not self.text(row, Field.TITLE)

    def continues(self, above: int, row: int) -> bool:
        """Tell whether a row says more of the task above it: they share the cell of its title or number, or it has neither."""
        for field in (Field.NUMBER, Field.TITLE):
            one, other = self.box(above, field), self.box(row, field)
            if one and one.text and one is other and (field is Field.NUMBER or Field.NUMBER not in self.columns.places):
                return True
        number, title = self.text(row, Field.NUMBER), self.text(row, Field.TITLE)
        return not title and not number


def is_formula(text: str) -> bool:
    """Tell whether a cell shows a formula: a program wrote it and never worked it out."""
    return text.startswith("=") and len(text) > 1
