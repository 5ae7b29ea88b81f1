"""Limits and figures that the grammar of phrases does not hold: 作出重大决策前 has an event and no length, 落实1名 no word that binds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.obligations.wording import CLAUSE
from planctl.model import Deadline, Kind, Target
from planctl.phrases.numerals import number as value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 40
FOLLOWED = r"[之以]?前(?![述期款来往沿列后端三置款提段景]|一年|的)"
HAPPENS = (
    r"作出|出台|施行|签订|签署|订立|颁布|公布|发布|印发|任命|转正|上岗|研究|审议|讨论|决策|审批|表决"
    r"|投产|开业|开工|竣工|验收|拨付|启动|立项|上会|出让|招标|采购|备案|用印|交付|动工|报批"
)
EVENT = re.compile(rf"(?:^|(?<=[,。;:\n、()]))(?P<event>[^,。;:\n、()]{{2,24}}?(?:{HAPPENS})){FOLLOWED}")
"""What happens: 在合同签订前, 提交市政府研究之前."""
SEASON = re.compile(
    r"(?:^|(?<=[,。;:\n、()在于争取保]))(?P<event>(?:[今明]年|20[0-9]{2}年)?(?:主?汛期|春节|元旦|国庆节?|五一|中秋节?|春运|开学|高考|中考|供暖季?|采暖[季期]|入冬|雨季|七一|八一|[“”\"](?:两节|双节|五一|七一|八一|十一|春节|国庆)[“”\"]))"
    r"(?:来临|到来|开始|期间?)?[之以]?前(?!后|夕)"
)
"""A day that everybody knows and the calendar of this program does not: 春节前, 汛期前."""
DEED = re.compile(rf"(?P<verb>作出|制定|出台|签订|签署|订立)(?P<what>[^,。;:\n、()的在]{{2,16}}?){FOLLOWED}")
"""What somebody does: 作出重大决策前 is before 重大决策作出."""
PREPOSITION = re.compile(r"(?<=[\u4e00-\u9fff])在(?=[\u4e00-\u9fff])")
MODAL = re.compile(r"^.*(?:应当?|要|必须|须|需|凡)在?|^(?:开展|进行|对|在|于)")
NO_EVENT = re.compile(r"[0-9]|^(?:完善|健全|加强|推进|规范|落实|建立|严格|强化|做好|优化)")
BINDS = re.compile(r",?[^,。;\n]{0,12}?(?:应当?|必须|需要?|须|要|交由|交|进行|组织|听取|经过|完成)")
HAN = "一二两三四五六七八九十"
STAFF = re.compile(rf"(?:落实|配备|配齐|配强|选配)(?:至少)?(?P<number>[0-9]{{1,3}}|[{HAN}]{{1,2}})(?P<unit>名|人(?![民员大才]))(?!以)")
SIZE = re.compile(
    r"(?P<what>人数|成员|名额)(?:一般)?(?:为|在|控制在)(?P<low>[0-9]{1,4})(?:[-—~～]{1,2}|至|到)(?P<high>[0-9]{1,4})(?P<unit>人|名)"
)
MINUTES = re.compile(
    r"(?:^|(?<=[,。;:\n、()]))(?:自|在|于)?(?P<event>[^,。;:\n、()0-9自在于]{2,20}?)(?:之?后|之时起|起)(?P<length>[0-9]{1,3}分钟)(?:以|之)?内"
)
"""事故发生后30分钟内: the model counts in hours at the least, so the event and the words are kept and the length is doubted."""


class Occasion(NamedTuple):
    """A deadline with where its quote stands in the text."""

    start: int
    end: int
    deadline: Deadline
    binds: bool = True
    """Whether the clause says 应当, 要 or the like."""
    lost: str | None = None
    """What the quote says and the deadline cannot."""


def find_occasions(text: str) -> Iterator[Occasion]:
    """Find what has to come before an event, and how many people there have to be."""
    yield from _before_events(text)
    yield from _staff(text)
    for found in MINUTES.finditer(text):
        event = Deadline("", Kind.RELATIVE, after=found["event"], what=_what(text, found.end()))
        yield Occasion(*found.span(), event, lost=found["length"])


def event_of_minutes(text: str, start: int, end: int) -> str | None:
    """Find the event that a limit of minutes between two places counts from."""
    found = max(MINUTES.finditer(text, start, end), key=lambda one: one.start(), default=None)
    return found["event"] if found else None


def _before_events(text: str) -> Iterator[Occasion]:
    taken = 0
    deeds = [(found.start("verb"), found.end(), f"{found['what']}{found['verb']}") for found in DEED.finditer(text)]
    ends = {end for _, end, _ in deeds}
    events = [(found.start("event"), found.end(), found["event"]) for found in EVENT.finditer(text) if found.end() not in ends]
    seasons = [(found.start("event"), found.end()) for found in SEASON.finditer(text)]
    for start, end in seasons:
        event = text[start:end].removesuffix("前").removesuffix("之").removesuffix("以")
        yield Occasion(start, end, Deadline("", Kind.RELATIVE, before=event, what=_what(text, end)))
    for start, end, said in sorted([*deeds, *events]):
        event = PREPOSITION.sub("", MODAL.sub("", said))
        if start < taken or any(end == stop for _, stop in seasons) or len(event) < 4 or NO_EVENT.search(event):
            continue
        taken = end
        yield Occasion(
            start, end, Deadline("", Kind.RELATIVE, before=event, what=_what(text, end)), bool(BINDS.match(text, end, end + LONGEST))
        )


def _staff(text: str) -> Iterator[Occasion]:
    for found in STAFF.finditer(text):
        target = Target(">=", value_of(found["number"]), found["unit"])
        what = _what(text, found.end())
        yield Occasion(*found.span(), Deadline("", Kind.METRIC, metric=what or "人数", target=target, what=what))
    for found in SIZE.finditer(text):
        for op, bound in ((">=", found["low"]), ("<=", found["high"])):
            yield Occasion(*found.span(), Deadline("", Kind.METRIC, metric=found["what"], target=Target(op, int(bound), found["unit"])))


def _what(text: str, at: int) -> str | None:
    return CLAUSE.split(text[at : at + 2 * LONGEST].lstrip(",。;"))[0][:LONGEST] or None
