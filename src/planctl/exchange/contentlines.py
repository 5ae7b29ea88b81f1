"""The lines of a calendar file (RFC 5545, 3.1): text escaped, lines folded at 75 octets between characters, CRLF at their ends.

Our own and not the `icalendar` package (BSD-2, well kept): importing it takes a tenth of a second, half of a whole run of planctl, and what
we write of the format is this page. The tests read everything back with it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

OCTETS = 75
"""Of a line, without its end."""
BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What some program takes for the end of a line."""
UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]")
"""What text must not hold, or what turns it around; a plan has none of it, the name of its file may."""
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text(value: str) -> str:
    """Write text as a value (3.3.11)."""
    return UNFIT.sub("\ufffd", BREAK.sub("\n", value)).translate(ESCAPED)


def texts(values: Iterable[str]) -> str:
    """Write several texts as one value."""
    return ",".join(map(text, values))


def day(value: date) -> str:
    """Write a day (3.3.4)."""
    return f"{value.year:04}{value.month:02}{value.day:02}"


def stamp(value: date) -> str:
    """Write the beginning of a day in UTC (3.3.5)."""
    return f"{day(value)}T000000Z"


def before(days: int, hour: int) -> str:
    """Write how long before the beginning of a day it is a full hour some days earlier (3.3.6)."""
    whole, hours = divmod(24 * days - hour, 24)
    return f"-P{f'{whole}D' if whole else ''}{f'T{hours}H' if hours else ''}"


def component(name: str, lines: Iterable[str]) -> Iterator[str]:
    """Put lines between the two that bound a component."""
    yield f"BEGIN:{name}"
    yield from lines
    yield f"END:{name}"


def write(lines: Iterable[str]) -> bytes:
    """Write lines as the bytes of a file."""
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line.encode()))


def _folded(line: bytes) -> Iterator[bytes]:
    """Break a line into pieces; all but the first begin with a space. No character is cut apart."""
    start, room, lead = 0, OCTETS, b""
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        yield lead + line[start:end]
        start, room, lead = end, OCTETS - 1, b" "
    yield lead + line[start:]
