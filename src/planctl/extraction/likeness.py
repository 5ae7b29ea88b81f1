"""What a text and a table both say: likeness by the pieces of three characters that they share."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from planctl.extraction.text.titles import title_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.extraction.tables.cells import Row
    from planctl.extraction.text.clauses import Clause

LIKE = 0.6
"""The share of its pieces that something must have in another to be the same."""
UNLIKE = 0.3
COMMON = 50
"""A piece that so many clauses have tells nothing."""


def grams(text: str) -> list[str]:
    """Cut a text into its pieces of three characters."""
    return [text[at : at + 3] for at in range(len(text) - 2)]


def bare(text: str) -> str:
    """Take out quotation marks and stops, which a list in a sentence has and a table has not."""
    return re.sub(r"[“”‘’、。;,:()《》\n]", "", text)


class Likeness:
    """Knows the clauses of a text, and tells whether one of them says what a row says."""

    def __init__(self, text: str, clauses: Sequence[Clause]) -> None:
        self.titles: set[str] = set()
        self.clauses: dict[str, set[int]] = {}
        for number, clause in enumerate(clauses):
            start, end = title_in(text, clause.item.body, clause.end)
            self.titles.add(text[start:end])
            for gram in grams(text[clause.item.body : clause.end]):
                self.clauses.setdefault(gram, set()).add(number)

    def share(self, row: Row) -> float:
        """Give how much of a row's title the clause has that is most like it."""
        pieces = set(grams(row.title.folded))
        found = Counter(number for gram in pieces if len(numbers := self.clauses.get(gram, set())) <= COMMON for number in numbers)
        return found.most_common(1)[0][1] / len(pieces) if found else 0.0

    def has(self, row: Row) -> bool:
        """Tell whether a clause says what a row says."""
        return row.title.folded in self.titles or self.share(row) >= LIKE

    def is_strange(self, row: Row) -> bool:
        """Tell whether no clause says anything like a row."""
        return row.title.folded not in self.titles and self.share(row) < UNLIKE
