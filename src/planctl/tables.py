"""Tables: the neutral value between what is known and how it is shown. Cells are text; how they look is for the formats."""

from typing import NamedTuple


class Column(NamedTuple):
    """A column: its heading, and whether its cells may be broken into lines where room is short."""

    heading: str
    wraps: bool = True
    right: bool = False
    """Figures stand to the right."""


class Table(NamedTuple):
    """Rows of text under headings. `tones` says for each row how pressing it is (a status), for formats that have colours."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[str, ...] = ()
    tone_column: int = 0
    """The column that the tone colours."""
    title: str | None = None
    stacks: tuple[tuple[int, ...], ...] = ()
    """Which columns stand above one another where the terminal is narrow; none do, if left out."""
