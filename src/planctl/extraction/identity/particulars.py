"""What a document says of itself: its title, number, issuers, addressees, days and period."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.extraction.identity.headline import CODE_BEHIND_TITLE, GENRE, WHOLE_CODE, Sheet, found_at, title_of, title_of_page
from planctl.extraction.records import Doubt, Found, FoundDay, Identity
from planctl.extraction.responsibility.names import is_unit
from planctl.extraction.script import Place, fold, lines_of
from planctl.extraction.text.outline import DAMAGED_DAY, DAY
from planctl.model import Kind, Period
from planctl.phrases import read, resolve
from planctl.phrases.numerals import number as value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planctl.extraction.script import Line, Script
    from planctl.extraction.text.outline import Part

ORDER = re.compile(
    r"^(?:\(|文号:)?(?P<all>(?:[\u4e00-\u9fff]{2,24}(?:令|公告)\n?)?第[0-9一二三四五六七八九十百〇零]{1,5}号)\)?$", re.MULTILINE
)
"""The number of an order: 示例市人民政府令第12号."""
META_CODE = re.compile(
    r"(?:文号|发文字号|文件编号|发文文号)[:\]】](?P<all>[\u4e00-\u9fff]{1,12}[〔\[(【](?:19|20)[0-9]{2}[〕\])】][0-9]{1,4}号)"
)
PLAIN_DAY = r"20[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}"
META_DAY = re.compile(
    rf"(?:成文日期:\n?(?P<meta>{DAY}|{PLAIN_DAY})|(?:^|(?<=[0-9]号))\((?P<under>{DAY}))(?=[^\n]{{0,24}}$|发布|\)为)", re.MULTILINE
)
WRITTEN = re.compile(r"(?:成文|生成)(?:日期|时间):?")
HEAD = 60
"""Within how many lines, or cells, the index block of a page stands."""
META_INDEX = re.compile(r"索引号:(?P<all>[0-9A-Za-z/\-_]{8,40}?)(?=\n|发|公|主|题|生|文|信|$)")
PUBLISHED = re.compile(
    r"(?<!成文)(?:发布|公开|发文|上网|公布|印发|更新)?(?<!成文)(?:时间|日期):?\n?(?P<year>(?:19|20)[0-9]{2})[-年/.](?P<month>[0-9]{1,2})[-月/.](?P<day>[0-9]{1,2})"
)
NO_ISSUE = re.compile(r"(?:[于在至到自从:、,;—~-]|截止|截至|之前|印发|通过)$")
"""What stands before a day that is no day of issue."""
SIGN_DAY = re.compile(rf"(?P<day>{DAY}|{DAMAGED_DAY})")
SIGNED_INSIDE = re.compile(rf"(?<=[府室会局部院厅委])(?P<day>{DAY})(?=[^前起以,。、;印至\-—到发])")
"""Where all stands on one line: …办公室2022年8月1日示例区……"""
DAY_PARTS = re.compile(
    r"(?P<year>[0-9二〇零○一三四五六七八九]{4})年(?P<month>[0-9一二三四五六七八九十元]{1,3})月(?P<day>[0-9一二三四五六七八九十]{1,3})日"
)
ADDRESS = re.compile(r"^(?P<names>[^\n:。;《》]{2,240}):(?=\n|[\u4e00-\u9fff《“])", re.MULTILINE)
ADDRESS_INSIDE = re.compile(r"(?P<names>[^\n:。;《》]{2,240}):")
TITLE_BEFORE = re.compile(rf".*关于.*{GENRE}(?=各)")
"""The title that stands before the addressees where all stands on one line and the document has no number."""
ADDRESSEE = re.compile(r"各|有关|直属|单位|政府|委员会|机关|公司|处室")
EFFECTIVE = re.compile(rf"自(?P<day>{DAY})起(?:施行|实施|执行)")
SPEAKS_OF_ITSELF = re.compile(r"本[^。\n]{0,10}$")
TERM = re.compile(r"(?:期限|实施期|规划期|有效期|方案期|试点期)[^。\n]{0,20}")
PAIRS = ("《》", "（）", "()", "〔〕", "[]", "“”", "〈〉")


def identify(
    sheet: Sheet, parts: tuple[Part, ...], metadata: Mapping[str, str], title_row: Found | None = None
) -> tuple[Identity, tuple[Doubt, ...]]:
    """Read what a document says of itself; `title_row` is what stands above the columns of a sheet."""
    title = title_of(sheet) or title_row or title_of_page(sheet, metadata)
    issued = _issued(sheet, parts)
    period, period_place = _period(sheet, title)
    identity = Identity(
        title=title,
        number=_number(sheet),
        index_number=_first(sheet, META_INDEX),
        issuers=tuple(_issuers(sheet, issued)),
        addressees=tuple(_addressees(sheet)),
        issued=issued,
        published=_published(sheet, metadata),
        effective=_effective(sheet),
        period=period,
        period_place=period_place,
    )
    return identity, tuple(_doubts(sheet.script, identity))


def _doubts(script: Script, identity: Identity) -> Iterator[Doubt]:
    """Tell what a document does not say of itself, and what of it the print has damaged."""
    for name in ("title", "number", "issued"):
        if getattr(identity, name) is None:
            yield Doubt("identity.missing", None, (name,))
    for found in (identity.title, identity.number):
        if found and any(found.text.count(pair[0]) != found.text.count(pair[1]) for pair in PAIRS):
            yield Doubt("identity.damaged", found.place, (found.text,))
    if identity.issued:
        place = identity.issued.place
        printed = re.sub(r"\s", "", script.lines[place.line].text[place.start : place.end]) if place.line < len(script.lines) else ""
        if re.fullmatch(DAMAGED_DAY, printed):
            yield Doubt("identity.damaged", place, (printed,))


def _first(sheet: Sheet, pattern: re.Pattern[str]) -> Found | None:
    found = pattern.search(sheet.script.text, 0, max(sheet.first_task, 1))
    return found_at(sheet.script, found.start("all"), found.end("all")) if found else None


def _number(sheet: Sheet) -> Found | None:
    """Find the document's own number, and not one that it cites."""
    meta = _first(sheet, META_CODE)
    if meta:
        return meta
    for found in WHOLE_CODE.finditer(sheet.script.text, 0, sheet.first_task):
        if (found["open"] or found["close"]) and found["end"]:
            return found_at(sheet.script, found.start("code"), found.end("end"))
    inside = CODE_BEHIND_TITLE.search(sheet.script.text, 0, sheet.first_task)
    if inside and inside["end"] and (inside["open"] or inside["close"]):
        return found_at(sheet.script, inside.start("all"), inside.end("all"))
    order = ORDER.search(sheet.script.text, 0, min(sheet.first_task, 1500))
    return found_at(sheet.script, order.start("all"), order.end("all")) if order else None


def _issued(sheet: Sheet, parts: tuple[Part, ...]) -> FoundDay | None:
    """Find the day below the signature: the first that ends a part, or that ends the text."""
    text = sheet.script.text
    for part in parts:
        if signed := _found_day(sheet, SIGN_DAY.match(text, part.end)):
            return signed
    meta = META_DAY.search(text, 0, sheet.first_task)
    return (
        _found_day(sheet, SIGNED_INSIDE.search(text, 0, sheet.first_task))
        or _found_day(sheet, meta, "meta" if meta and meta["meta"] else "under")
        or _written(sheet.script.lines)
        or _found_day(sheet, _last_day(text))
    )


def _last_day(text: str) -> re.Match[str] | None:
    """Find the last day near the end of the text that ends a line, and is no limit and no day of something else."""
    last = None
    for found in SIGN_DAY.finditer(text, max(len(text) - 400, 0)):
        behind = text[found.end() : found.end() + 120]
        if NO_ISSUE.search(text[max(found.start() - 4, 0) : found.start()]) or re.match(r"之?[前起以内后的至到印发,、]|[-—~]", behind):
            continue
        if re.match(r"(?:\([^()\n]{2,14}\)|附件[^\n]{0,80})?(?:\n|$)", behind) or found.end() > len(text) - 60:
            last = found
    return last


def _found_day(sheet: Sheet, found: re.Match[str] | None, name: str = "day") -> FoundDay | None:
    day = _day(found[name]) if found else None
    return FoundDay(day, sheet.script.place(*found.span(name))) if found and day else None


def _written(lines: Sequence[Line]) -> FoundDay | None:
    """Find the day of writing in the index block of a page, where a tab or a cell parts it from its label."""
    for number, (label, line) in enumerate(pairwise(lines[:HEAD]), start=1):
        said = fold(line.text)[0]
        if WRITTEN.fullmatch(fold(label.text)[0]) and re.fullmatch(rf"{DAY}|{PLAIN_DAY}", said) and (day := _day(said)):
            return FoundDay(day, Place(number, 0, len(line.text)))
    return None


def _day(word: str) -> date | None:
    parts = DAY_PARTS.match(word)
    try:
        if re.fullmatch(PLAIN_DAY, word):
            return date(*map(int, re.split(r"[-./]", word)))
        if parts:
            month = parts["month"].replace("元", "一")
            return date(value_of(parts["year"].replace("○", "〇")), value_of(month), value_of(parts["day"]))
        return _damaged_day(word)
    except ValueError:
        return None


def _damaged_day(word: str) -> date | None:
    """Read 2022621, whose 年 and 月 are lost, where only one day can be meant."""
    digits = word.removesuffix("日")
    year, rest = int(digits[:4]), digits[4:]
    readings = {
        (int(rest[:cut]), int(rest[cut:]))
        for cut in (1, 2)
        if 0 < len(rest[cut:]) <= 2 and rest[cut] != "0" and rest[0] != "0" and int(rest[:cut]) <= 12 and 0 < int(rest[cut:]) <= 31
    }
    return date(year, *readings.pop()) if len(readings) == 1 else None


def _issuers(sheet: Sheet, issued: FoundDay | None) -> Iterator[Found]:
    """The lines above the day, else who is named before 关于."""
    script, text = sheet.script, sheet.script.text
    lines = list(lines_of(text, *sheet.notice if sheet.body.start >= sheet.notice[1] else (sheet.body.start, sheet.body.end)))
    signed: list[Found] = []
    for start, stop in reversed(lines[-5:]):
        pieces = [*_signatures(sheet, start, stop)]
        if not pieces:
            break
        signed += reversed(pieces)
    if signed and issued:
        yield from reversed(signed)
        return
    head = text[sheet.notice[0] : min(sheet.notice[1], sheet.notice[0] + 600)]
    named = re.search(r"(?:^|\n)(?:\([^()\n]{2,20}\)|标题:)?(?P<name>[^\n。:;《》()]{3,30}?)\n?关于", head)
    if named and is_unit(named["name"]):
        yield found_at(script, sheet.notice[0] + named.start("name"), sheet.notice[0] + named.end("name"))


def _signatures(sheet: Sheet, start: int, stop: int) -> Iterator[Found]:
    """Divide a line of signatures at its blanks, where each piece is a unit; 国 务 院 is one."""
    place = sheet.script.place(start, stop)
    line = sheet.script.lines[place.line].text
    pieces = [found.span() for found in re.finditer(r"\S+", line)]
    if len(pieces) > 1 and all(is_unit(line[first:last]) and last - first > 2 for first, last in pieces):
        yield from (Found(line[first:last], place._replace(start=first, end=last)) for first, last in pieces)
    elif is_unit(sheet.script.text[start:stop]) and stop - start <= 30:
        yield found_at(sheet.script, start, stop)


def _addresses(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Go through what may name the addressees: lines up to a colon, and what stands behind title and number on one line."""
    yield from ADDRESS.finditer(text, start, end)
    code = CODE_BEHIND_TITLE.search(text, start, end)
    found = ADDRESS_INSIDE.match(text, code.end("all"), end) if code else None
    if found:
        yield found


def _addressees(sheet: Sheet) -> Iterator[Found]:
    text = sheet.script.text
    for found in _addresses(text, *sheet.notice):
        start = found.start("names")
        code = CODE_BEHIND_TITLE.search(found["names"])
        titled = TITLE_BEFORE.match(found["names"])
        start += code.end("all") if code else titled.end() if titled else 0
        names = text[start : found.end("names")]
        if ADDRESSEE.search(names) and not re.match(
            r"[^,、]{0,6}(?:索引|来源|日期|时间|标题|名称|文号|机构|分类|主题|字体|附件|领导|单位|部门|(?:发文|发布|公开|制定|主办|承办)机关)$|组长|成员",
            names,
        ):
            yield from (found_at(sheet.script, start + first, start + stop) for first, stop in _separate(names))
            return


def _separate(names: str) -> Iterator[tuple[int, int]]:
    """Divide addressees at commas, and at 、 before 各 and behind a full name."""
    start = 0
    for found in re.finditer(r"[,;]|、(?=各)|(?<=府|处|局|委|办)、(?=[^、,;]{3,})", names):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if len(names) > start:
        yield start, len(names)


def _published(sheet: Sheet, metadata: Mapping[str, str]) -> FoundDay | None:
    text = sheet.script.text
    for found in PUBLISHED.finditer(text, 0, min(sheet.first_task, 3000)):
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
        return FoundDay(day, sheet.script.place(found.start("year"), found.end("day")))
    said = re.search(r"(?P<year>(?:19|20)[0-9]{2})[-年/.](?P<month>[0-9]{1,2})[-月/.](?P<day>[0-9]{1,2})", metadata.get("published", ""))
    try:
        return FoundDay(date(int(said["year"]), int(said["month"]), int(said["day"])), sheet.script.place(0, 0)) if said else None
    except ValueError:
        return None


def _effective(sheet: Sheet) -> FoundDay | None:
    text = sheet.script.text
    own = (found for found in EFFECTIVE.finditer(text) if SPEAKS_OF_ITSELF.search(text[max(found.start() - 14, 0) : found.start()]))
    return _found_day(sheet, next(own, None))


def _period(sheet: Sheet, title: Found | None) -> tuple[Period, Place | None]:
    """Find the time that a plan covers: in its title, else where it speaks of its own term."""
    if title:
        years = re.search(r"(?P<first>(?:19|20)[0-9]{2})年?[-—–－~～至]{1,2}(?P<last>(?:19|20)[0-9]{2})年", title.text)
        if years:
            return Period(date(int(years["first"]), 1, 1), date(int(years["last"]), 12, 31)), title.place
        named = re.search(r"十[一二三四五六]五", title.text)
        for plan in read(f"“{named.group()}”期间") if named else ():
            if plan.begin and plan.moment:
                return Period(resolve(plan.begin), resolve(plan.moment)), title.place
        year = re.search(r"(?<![0-9])(?P<year>20[0-9]{2})年(?:度)?", title.text)
        if year and not re.search(r"到20", title.text):
            return Period(date(int(year["year"]), 1, 1), date(int(year["year"]), 12, 31)), title.place
    return _term(sheet)


def _term(sheet: Sheet) -> tuple[Period, Place | None]:
    text = sheet.script.text
    for found in TERM.finditer(text, sheet.body.start, sheet.body.end):
        stop = text.find("。", found.start())
        for phrase in read(text[found.start() : stop if stop >= 0 else found.end()]):
            begin, end = (resolve(one) if one else None for one in (phrase.begin, phrase.moment))
            if phrase.kind is Kind.ONCE and begin and end:
                return Period(begin, end), sheet.script.place(found.start() + phrase.start, found.start() + phrase.end)
    return Period(), None
