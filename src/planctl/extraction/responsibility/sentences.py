"""Who is responsible where no label says so: 由市司法局牵头,市财政局配合; 发展改革委要修订清单."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.responsibility.duties import Duty
from planctl.extraction.responsibility.names import is_single, is_unit, leading_names, read_names

if TYPE_CHECKING:
    from planctl.extraction.responsibility.names import Lexicon

LED = re.compile(
    r"(?:^|[。;,\n:(])(?:由|要由|应由)?(?P<names>[^,。;:\n]{2,60}?)(?:要|应当?|负责)?(?P<how>牵头,?会同|会同|牵头)(?P<rest>[^。;\n]*)"
)
JOINING = re.compile(r"^[^,。;\n]{0,30}?,(?P<names>[^,。;\n]{2,80}?)(?:积极|密切)?(?:配合|参与|协助|参加)")
ACTOR = re.compile(r"(?:^|[。;,\n])(?P<names>[^,。;:\n]{2,40}?)(?:应当|必须|要|应|须)(?![求用急对有诉])")
PERSON = re.compile(r"(?:负责人|责任人|牵头人|负责同志|领导|书记|组长|[省市县区镇乡局厅]长)$")


def embedded_duty(text: str, lexicon: Lexicon | None = None) -> Duty | None:
    """Find a sentence that says who leads: 由市司法局牵头,市财政局配合; 省机关事务局会同有关部门."""
    for found in LED.finditer(text):
        lead = read_names(found["names"], lexicon)
        if not lead.names or not all(map(is_unit, lead.names)) or any(PERSON.search(name) for name in lead.names):
            continue
        joining = JOINING.match(found["rest"])
        said = found["rest"].partition(",")[0] if "会同" in found["how"] else joining["names"] if joining else ""
        support = leading_names(said, lexicon)
        names = tuple(name for name in support.names if is_unit(name))
        return Duty(lead.names, names, is_open=lead.is_open or support.is_open, has_lead=True)
    return None


def acting_duty(text: str, lexicon: Lexicon | None = None) -> Duty | None:
    """Find the single units whose duties the sentences state: 发展改革委要修订清单."""
    acting = dict.fromkeys(name for found in ACTOR.finditer(text) for name in _acting(found["names"], lexicon))
    return Duty(tuple(acting)) if acting else None


def acting_beside(text: str, duty: Duty, lexicon: Lexicon | None = None) -> tuple[str, ...]:
    """Find the single units whose duties other sentences state than the one that says who leads, and which it does not name."""
    said = (found["names"] for pattern in (LED, ACTOR) for found in pattern.finditer(text))
    acting = dict.fromkeys(name for names in said for name in _acting(names, lexicon))
    return tuple(name for name in acting if name not in (*duty.lead, *duty.support) and not PERSON.search(name))


def _acting(said: str, lexicon: Lexicon | None) -> tuple[str, ...]:
    """Give the units that a sentence names as acting, where they are single ones: 发展改革委要…, but not 各级行政执法机关要…."""
    names = read_names(said, lexicon).names
    return names if names and all(is_unit(name) and is_single(name) for name in names) else ()
