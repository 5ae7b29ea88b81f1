"""The title of a document: of the plan that a notice encloses, of the notice itself where there are several, or of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.records import Found
from planctl.extraction.responsibility.names import is_unit
from planctl.extraction.script import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.extraction.script import Script
    from planctl.extraction.text.outline import Part

GENRE = (
    r"(?:通知|意见|方案|要点|计划|规划|纲要|措施|办法|决定|分工|清单|行动|细则|规定|安排|任务|条例|公告|批复|通报|政策|举措"
    r"|分解|实事|事项|目录|指引|指南|规则|规程|预案|台账|(?:一览|分解|分工|责任|任务|汇总|明细|进度|计划|安排|时间|项目)表)"
)
CODE = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{1,12}?)(?P<open>[〔\[(【<〈{])?(?P<year>(?:19|20)[0-9]{2})(?P<close>[〕\])】>〉}])?(?:第)?(?P<number>[0-9]{1,4})(?P<end>号)?"
)
WHOLE_CODE = re.compile(rf"^(?:文号:|发文字号:|\()?{CODE.pattern}\)?$", re.MULTILINE)
CODE_BEHIND_TITLE = re.compile(
    rf"{GENRE}\(?(?P<all>(?!的|[^〔\[(【<〈{{\n0-9]{{0,11}}(?:的|通知|意见|方案|要点|措施|办法|计划|纲要|清单)){CODE.pattern})(?=\n|$|\)|\((?:19|20)[0-9]{{2}}年|各|有关|[\u4e00-\u9fff、,()]{{2,120}}:)"
)
OPENING = re.compile(
    r"(?=为(?:了|深入|认真|全面|进一步|切实|贯彻|加快|推动|推进|做好|落实|加强|更好|确保|持续|充分|规范|促进|扎实|有效|完善|着力)|根据|按照|依据|现(?:将|就|提出|制定)|近年来|今年(?:是|以来|我)|20[0-9]{2}年(?:是|,|我|全|以来|度?工作)|(?:经|已经)[^,。]{2,20}(?:同意|审议)|第一章|一、|各[^,。;]{2,60}:)"
)
"""How the first sentence begins behind a title on the same line."""
ENCLOSED = re.compile(r"(?:印发|转发|发布|下发|公布)[^《\n]{0,20}《(?P<title>[^《》\n]{4,80}(?:〈[^〉]{1,60}〉)?[^《》\n]{0,20})》")
SENT = re.compile(r"《(?P<title>[^《》\n]{4,80}(?:〈[^〉]{1,60}〉)?[^《》\n]{0,20})》(?:已|业)?经?[^。\n]{0,50}(?:印发|转发|下发)")
ENCLOSED_BARE = re.compile(rf"关于(?:印发|转发)(?P<title>[^《》\n]{{4,60}}?{GENRE}(?:\([^()]{{2,20}}\))?)的通知")
YEARS_LINE = re.compile(r"\n(?P<years>\((?![^()\n]*[日号])[^()\n]{2,20}\)?)(?=\n)")
ENTRY = re.compile(rf"标题:(?P<title>[^:。;\n]{{4,80}}?{GENRE})(?=(?:公文|发文)?(?:文号|字号)|发布|成文|主题|索引|有效|来源)")
BEGUN = re.compile(
    rf"(?!.*{GENRE}$)[^,。;:、()\n]{{1,12}}?[省市县区州旗乡镇](?:人民政府)?(?:全面|深入|进一步|加快|切实|持续|统筹)?(?:贯彻|落实|推进|推动|加强|加快|深化|优化|促进|实施|开展|打造|强化|提升|健全|建设|支持|做好)[^,。;:()\n]{{2,30}}(?<![文件号刊报网页表日务部局委厅办府])"
)
"""The first line of a title that says who is to do what, and goes on: 示例省贯彻落实生态环境保护|督察报告整改方案."""
LONGEST = 120
BEFORE_TITLE = re.compile(
    r"(?:标题|名称|文件名称|信息名称|文件标题|信息标题|公文标题):|\((?:此件|本文|信息公开|主动公开|公开)[^()\n]{0,16}\)"
)
"""What may stand before a title on its line: 标题:, (此件公开发布)."""
PATH = re.compile(
    r"[^>»›。;\n]{2,30}(?:[>»›][^>»›。;\n]{1,60}){2,}$"
    r"|(?:(?:您|你)?(?:现在|当前|目前)?(?:所在|的|所处)*位置:|(?:网站)?(?:首页|主页)[>»›/])[^。;\n]{1,120}$"
)
"""Where a page stands on its site: 首页>政府信息公开>规划计划."""
OF_SEVERAL = re.compile(r"(?:印发|发布|公布|下发).{4,}等(?:[0-9一二三四五六七八九十两]{1,3}[个项部件份])?(?:文件|制度|办法|方案)的通知$")
"""The title of a notice that encloses several documents, of which it names the first."""
TAIL = re.compile(
    rf"(?:的|若干|重点|主要|工作|任务|责任|分工|分解|实施|落实|推进|行动|专项|整改|三年|年度|具体|政策|改革|建设|目标){{1,6}}(?:{GENRE}){{0,2}}(?:\([^()]*\))?(?:》?的?(?:通知|意见|函|公告|批复))?$"
)
"""A line that is the end of a title and none by itself: 重点任务分工方案, 分工方案的通知."""
SENDS = re.compile(r"(?:印发|转发|批转|下发)")
IS_SENT = re.compile(r"(?:通知|函|公告|批复|决定|意见|令)(?:\([^()]*\)?)?$")


class Sheet(NamedTuple):
    """Where to look: the text, the notice if there is one, and the part with the tasks, or the first of several."""

    script: Script
    notice: tuple[int, int]
    body: Part
    first_task: int
    has_several: bool = False


def is_title(line: str) -> bool:
    """Tell whether a line ends as titles do."""
    return 6 <= len(line) <= 80 and bool(re.search(rf"{GENRE}(?:\([^()]*\))?$", line)) and not re.search(r"[。;:]", line)


def name_of_part(script: Script, parts: tuple[Part, ...], part: Part, first_task: int) -> str:
    """Give the title of one of several plans that a notice encloses."""
    found = _heading(Sheet(script, (parts[0].start, parts[0].end), part, first_task), part.start, first_task)
    return found.text if found else ""


def found_at(script: Script, start: int, end: int) -> Found:
    """Give a stretch of the text with its place."""
    return Found(script.printed(start, end), script.place(start, end))


def title_of(sheet: Sheet) -> Found | None:
    """Give the title of what is enclosed where the tasks stand in an enclosure, else of the document itself."""
    script, text = sheet.script, sheet.script.text
    if sheet.body.start >= sheet.notice[1]:
        enclosed = _heading(sheet, sheet.body.start, sheet.first_task)
        named = ENCLOSED.search(text, *sheet.notice) or ENCLOSED_BARE.search(text, *sheet.notice)
        notice = _heading(sheet, *sheet.notice) or _labelled(sheet)
        if notice and (sheet.has_several or OF_SEVERAL.search(notice.text)):
            return notice
        if not named and (not notice or SENDS.search(notice.text)):
            named = SENT.search(text, *sheet.notice)
        if named:
            return enclosed or found_at(script, named.start("title"), named.end("title"))
        return notice
    return _heading(sheet, *sheet.notice)


def _labelled(sheet: Sheet) -> Found | None:
    """Take the title from a head of catalogue entries that stand on one line: 标题:…的通知公文文号:."""
    found = ENTRY.search(sheet.script.text, *sheet.notice)
    return found_at(sheet.script, *found.span("title")) if found else None


def title_of_page(sheet: Sheet, metadata: Mapping[str, str]) -> Found | None:
    """Take the title that a web page has outside its text, where the text has none."""
    said = re.sub(r"\s", "", metadata.get("title", ""))
    is_whole = 6 <= len(said) <= LONGEST and re.search(rf"{GENRE}(?:[（(][^()（）]*[)）])?$", said)
    return Found(said, sheet.script.place(0, 0)) if is_whole else None


def _heading(sheet: Sheet, start: int, end: int) -> Found | None:
    """Find the lines of a title: those that end with one that names the genre, above the number or whom it is addressed to."""
    text = sheet.script.text
    taken: list[tuple[int, int]] = []
    lines = list(lines_of(text, start, min(end, start + 3000)))
    for index, (begin, stop) in enumerate(lines):
        if PATH.match(text, begin, stop):
            taken = []
            continue
        label = BEFORE_TITLE.match(text, begin, stop)
        first = label.end() if label else begin
        line = text[first:stop]
        code = CODE_BEHIND_TITLE.search(line)
        cut = first + code.start("all") if code else stop
        section = re.search(rf"{GENRE}(?=一、)", line)
        cut = first + section.end() if section and not code else cut
        ends = bool(re.search(rf"{GENRE}(?:\([^()]*\)?)*》?$", text[first:cut]))
        ends = ends and (cut - first <= LONGEST or "。" not in text[first:cut])
        is_prose = re.search(r"[。;:]", line[: cut - first].strip("()")) or len(line) > LONGEST or WHOLE_CODE.match(line)
        if is_prose and not code and not ends:
            inside = _title_inside(line)
            if inside:
                return _joined(sheet, [*taken, (first, first + inside)])
            taken = []
            continue
        taken.append((first, cut))
        following = text[slice(*lines[index + 1])] if index + 1 < len(lines) else ""
        title = "".join(text[one:other] for one, other in taken)
        goes_on = cut == stop and (_goes_on(title, following) or (following and _is_named_whole(sheet, begin, title + following)))
        if ends and not goes_on:
            years = YEARS_LINE.match(text, stop)
            return _joined(sheet, [*taken, years.span("years")] if years and cut == stop else taken)
    return None


def _is_named_whole(sheet: Sheet, at: int, title: str) -> bool:
    """Tell whether the notice names a title that goes on to the next line: 《示例县行政执法重大执法决定|法制审核制度实施方案》."""
    enclosed = sheet.script.text[sheet.notice[0] : sheet.notice[1]]
    return at >= sheet.notice[1] and f"《{title}" in enclosed


def _goes_on(title: str, following: str) -> bool:
    """Tell whether a title that could end here goes on: its 《 is open, or it says 印发 and what it is itself comes only now."""
    if len(following) > 40 or re.search(r"[。;:]", following):
        return False
    is_open = title.count("《") > title.count("》")
    return (is_open and "》" in following) or (
        bool(TAIL.match(following)) and (not SENDS.search(title) or (not IS_SENT.search(title) and bool(IS_SENT.search(following))))
    )


def _title_inside(line: str) -> int | None:
    """Find where the title ends that a line begins with: 示例县2024年工作要点|为……."""
    stop = re.search(r"[。;,!]", line)
    for found in re.finditer(rf"{GENRE}(?:\([^()]{{2,20}}\))?", line[: min(stop.start() if stop else len(line), 100)]):
        if found.end() >= 6 and OPENING.match(line, found.end()):
            return found.end()
    return None


def _joined(sheet: Sheet, taken: list[tuple[int, int]]) -> Found:
    """Join the lines of a title; of lines above it that are no part of it, only 关于 or a name before it stays."""
    text = sheet.script.text
    lines = taken[-4:]
    while (
        len(lines) > 1 and not _is_named(sheet, lines) and not _continues(text[lines[0][0] : lines[0][1]], text[lines[1][0] : lines[1][1]])
    ):
        lines = lines[1:]
    start, end = lines[0][0], lines[-1][1]
    printed = sheet.script.printed(start, end)
    for one, other in ("()", "（）"):
        if printed.count(one) == printed.count(other) + 1:
            printed += other
    if re.fullmatch(r"《[^《》]+》", printed):
        printed = printed[1:-1]
    printed = re.sub(r"[（(](?:共[0-9]+[项条]|续表?)[）)]$", "", printed)
    return Found(printed, sheet.script.place(start, lines[0][1]))


def _is_named(sheet: Sheet, lines: list[tuple[int, int]]) -> bool:
    """Tell whether the notice names what the lines of a title say together."""
    if lines[0][0] < sheet.notice[1]:
        return False
    joined = "".join(sheet.script.text[start:end] for start, end in lines)
    return joined in sheet.script.text[sheet.notice[0] : sheet.notice[1]].replace("\n", "")


def _continues(line: str, following: str) -> bool:
    """Tell whether a title goes on from one line to the next: 国务院关于…/…的若干意见, 某某市人民政府/关于…."""
    if line.count("《") > line.count("》"):
        return True
    if following.startswith("关于") or (is_unit(line) and not re.search(GENRE + "$", line)):
        return len(line) < 40
    if following.startswith("("):
        return True
    if TAIL.match(following) and len(line) >= 4:
        return len(line) < 40 and not re.search(r"(?:文件|[0-9]日|号)$", line)
    return "关于" in line or line.startswith(("印发", "转发")) or bool(BEGUN.fullmatch(line))
