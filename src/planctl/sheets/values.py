"""What people write into cells: dates in many ways, shares, counts, states. What is not certain is refused, with a code that says why."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from planctl.dates import YEARS
from planctl.fields import MAX_TEXT
from planctl.phrases.numerals import number as numeral
from planctl.sheets import wording
from planctl.sheets.workbooks import Style
from planctl.yamltree import UNSAFE

if TYPE_CHECKING:
    from planctl.model import Deadline, State
    from planctl.sheets.workbooks import Cell

HAN = "〇零一二三四五六七八九十两"
DAY = re.compile(rf"(?:([0-9]{{4}}|[{HAN}]{{4}})年)?([0-9]{{1,2}}|[{HAN}]{{1,3}})月([0-9]{{1,2}}|[{HAN}]{{1,3}})[日号]?")
MARKED_DAY = re.compile(r"(?:([0-9]{4})([-./]))?([0-9]{1,2})[-./]([0-9]{1,2})")
SOLID_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
TIME = re.compile(r"[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?$")
PARTLY = re.compile(r"[0-9]{4}(?:[-./年]|年?[0-9]{1,2}月|[-./][0-9]{1,2}|年)?(?:底|末|初|前)?")
FIRST_SERIAL, LAST_SERIAL = 20_000, 110_000
"""Numbers that can be meant as days: 1954 to 2201."""
NUMBER = re.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""What comes along when text is pasted from a page or a chat, and shows nowhere."""
DASHES = re.compile("[\u2010-\u2015\u2212]+")
"""What people type for the hyphen of a date."""
TENTHS = re.compile(rf"([0-9]|[{HAN}十])成")
BREAKS = re.compile("\r\n|[\r\x0b\u2028\u2029]")
COUNT_UNITS = "次期场个件份项人名家部篇批条"
SEPARATORS = re.compile(r"[;；\n]+")
MOST = 10**15


class Unreadable(Exception):  # noqa: N818 - what a cell is, and caught beside where it is raised
    """A cell says nothing that can be recorded.

    Args:
        code: why, as the messages name it.
        args: what the message tells.
    """

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_of_message = args


def squeezed(text: str) -> str:
    """Give a text in one width and without blanks."""
    return "".join(unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).split())


def read_day(cell: Cell, year: int, epoch: datetime) -> date:
    """Read a date.

    Raises:
        Unreadable: S101 it is none; S102 something is missing of it.
    """
    if cell.number is not None and cell.style is not Style.DATE and FIRST_SERIAL <= cell.number < LAST_SERIAL:
        return (epoch + timedelta(days=int(cell.number))).date()
    text = TIME.sub("", DASHES.sub("-", unicodedata.normalize("NFKC", INVISIBLE.sub("", cell.text))).strip())
    text = "".join(text.split()).rstrip("。.;")
    found = _parts(text, year)
    if found is None:
        raise Unreadable("S102" if PARTLY.fullmatch(text) else "S101", text=cell.text)
    try:
        day = date(*found)
    except ValueError:
        raise Unreadable("S101", text=cell.text) from None
    if day.year not in YEARS:
        raise Unreadable("S101", text=cell.text)
    return day


def _parts(text: str, year: int) -> tuple[int, int, int] | None:
    if found := DAY.fullmatch(text):
        return numeral(found[1]) if found[1] else year, numeral(found[2]), numeral(found[3])
    if (found := MARKED_DAY.fullmatch(text)) and not (found[1] is None and "." in text and len(found[4]) == 1 and found[4] == "0"):
        return int(found[1] or year), int(found[3]), int(found[4])
    if found := SOLID_DAY.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def read_percent(cell: Cell) -> float:
    """Read a share in percent.

    Raises:
        Unreadable: S103 it is none between 0 and 100; S104 it may mean a part or a percentage.
    """
    text = squeezed(cell.text)
    if found := TENTHS.fullmatch(text):
        return 10.0 * numeral(found[1])
    said = text.endswith("%") or text.startswith("百分之")
    figure = _figure(text.removesuffix("%").removeprefix("百分之")) if cell.style is not Style.DATE else None
    if figure is None or not 0 <= figure <= 100:
        raise Unreadable("S103", text=cell.text)
    if not said and 0 < figure <= 1:
        raise Unreadable("S104", text=cell.text)
    return figure


def _figure(text: str) -> float | None:
    if NUMBER.fullmatch(text):
        return float(text.replace(",", ""))
    if text and all(letter in f"{HAN}百" for letter in text):
        return float(numeral(text))
    return None


def read_count(cell: Cell, deadline: Deadline) -> int:
    """Read how many.

    Raises:
        Unreadable: S105 it is no whole number.
    """
    text = squeezed(cell.text)
    for unit in (deadline.of, *COUNT_UNITS):
        if unit and text.endswith(unit):
            text = text.removesuffix(unit)
            break
    figure = _figure(text) if cell.style is Style.PLAIN else None
    if figure is None or figure % 1 or not 0 <= figure < 10**9:
        raise Unreadable("S105", text=cell.text)
    return int(figure)


def read_value(cell: Cell, deadline: Deadline) -> float:
    """Read a figure in the unit of its target.

    Raises:
        Unreadable: S106 it is none, or of another unit; S104 it may mean a part or a percentage.
    """
    unit = squeezed(deadline.target.unit or "") if deadline.target else ""
    text = squeezed(cell.text)
    is_share = text.endswith("%")
    bare = text.removesuffix("%") if is_share else text.removesuffix(unit) if unit else text
    figure = _figure(bare) if cell.style is not Style.DATE else None
    if figure is None or abs(figure) >= MOST or (is_share and unit != "%"):
        raise Unreadable("S106", text=cell.text, unit=unit)
    if unit == "%" and not is_share and 0 < figure <= 1:
        raise Unreadable("S104", text=cell.text)
    return round(figure, 10)


def read_state(cell: Cell) -> State:
    """Read a state.

    Raises:
        Unreadable: S107 it is none; S108 it is not for a unit to say.
    """
    text = squeezed(cell.text).rstrip("。.!,;、")
    state = wording.SPOKEN.get(text)
    if state is None:
        raise Unreadable("S107", text=cell.text, known=[wording.state_word(each) for each in wording.OFFERED])
    if state not in wording.OFFERED:
        raise Unreadable("S108", text=cell.text)
    return state


def read_text(cell: Cell) -> str:
    """Read a text.

    Raises:
        Unreadable: S111 it is longer than a plan takes, or has characters that none may hold.
    """
    text = BREAKS.sub("\n", INVISIBLE.sub("", cell.text)).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable("S111", text=f"{text[:20]}…", length=len(text), limit=MAX_TEXT)
    if found := re.search(UNSAFE, text):
        raise Unreadable("S112", text=f"U+{ord(found[0]):04X}")
    return text


def read_list(cell: Cell) -> tuple[str, ...]:
    """Read several texts, one a line or divided by semicolons.

    Raises:
        Unreadable: as `read_text`.
    """
    parts = (part.strip() for part in SEPARATORS.split(read_text(cell)))
    return tuple(dict.fromkeys(part for part in parts if part))
