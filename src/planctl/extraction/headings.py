"""The times that headings give to what stands below them: 第一季度, 6月底前完成的工作; and the year of the days below: 2024年重点任务."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.obligations import Context, Obligations, read_obligations
from planctl.extraction.records import DraftDeadline
from planctl.extraction.script import Line, fold, write_script
from planctl.extraction.text.clauses import heading_of
from planctl.model import Deadline, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.extraction.script import Script
    from planctl.extraction.tables.cells import Box
    from planctl.extraction.text.outline import Item

HEADING = 60
"""How long a heading is that may give its time to what stands below it."""
PERIOD = re.compile(r"五”|五[期时规]|规划")
HEADED = {Kind.ONCE, Kind.RELATIVE, Kind.RECURRING}
LASTING_HEADING = re.compile(
    r"(?:需要?|须|应)?(?P<time>(?:长期|持续|常态化?|常年)(?:坚持|推进|落实|整改|开展|实施|抓好)?)类?的?(?:重点|整改|工作)*(?:任务|工作|事项|措施|问题|整改)(?:[(:]|$)"
)
"""长期坚持的任务: what stands below it lasts."""
IN_HEADING = re.compile(r"(?:^|[(:,、]|[段期批次类]|确保|力争|争取|计划|预计|[于在])$")
"""What a time of a heading stands behind: nothing, a bracket, the name of a stage."""
FINISHED = re.compile(
    r"(?:前|要|须|应|拟|需|全部|基本|全面|集中|分别|力争)*(?:完成|办结|建成|实现|整改|到位|达到|出台|落实|解决|销号|推出|上线)(?!了)"
)
DONE_IN_YEAR = re.compile(r"(?:要|须|应|拟|需|全部|基本|全面|计划)*(?:完成|办结|建成|整改到位|销号)的")
"""2023年完成的任务."""
PART_OF_YEAR = re.compile(r"[月季日]")
BARE_YEAR = re.compile(r"(?:到|至)?[0-9]{4}年")
"""A heading that names a whole year, or several, names a horizon: 到2025年, 2021—2025年."""
YEAR_OF_HEADING = re.compile(
    r"^(?:第[一二三]阶段)?[:(]?(?P<year>20[0-9]{2})年(?:度|全年)?(?:[):]|$|(?:的|全[市县区省]|主要|重点|目标|工作|整改|具体|建设|年度|改革)*(?:任务|工作|安排|计划|事项|项目|措施|要点|目标|内容|清单)(?:[(（:].*)?$)"
)
"""A heading whose year is that of the days below it: 2024年重点任务."""
ROW_NUMBER = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|[章节类])|[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]?[0-9]{1,2}(?:[)、]|[.](?!20[0-9]{2})))[、.:]?"
)


def above_item(script: Script, above: Iterable[Item], context: Context) -> tuple[DraftDeadline | None, Context]:
    """Find the time of the nearest heading above an item, and the year of its headings."""
    time = None
    for item in above:
        heading = heading_of(script.text, item)
        found, context = of_heading(script, item.body, item.body + len(heading), context)
        time = found or time
    return time, context


def above_row(headings: Iterable[Box], context: Context) -> tuple[DraftDeadline | None, Context]:
    """Find the same for a row of a table."""
    time = None
    for box in headings:
        script = write_script([Line(box.text)])
        number = ROW_NUMBER.match(script.text)
        found, context = of_heading(script, number.end() if number else 0, len(script.text), context)
        time = found._replace(place=box.place(found.place.start, found.place.end)) if found else time
    return time, context


def has_time(found: Obligations) -> bool:
    """Tell whether any of the deadlines says when, or how often."""
    return any(one.deadline.kind is not Kind.METRIC or one.deadline.due or one.deadline.every for one in found.deadlines)


def of_heading(script: Script, start: int, end: int, context: Context) -> tuple[DraftDeadline | None, Context]:
    """Give the time that a heading sets for what stands below it, and the year in which the days below it stand."""
    text = script.text[start:end].rstrip("\n")
    if not text or len(text) > HEADING or "。" in text.rstrip("。"):
        return None, context
    named = YEAR_OF_HEADING.match(text)
    is_ahead = named and (context.year is None or int(named["year"]) >= context.year)
    if named and is_ahead:
        context = context._replace(year=int(named["year"]), is_year_sure=True)
    lasting = LASTING_HEADING.match(text)
    if lasting:
        at, stop = start + lasting.start("time"), start + lasting.end("time")
        return DraftDeadline(Deadline("", Kind.ONGOING, quote=script.printed(at, stop)), script.place(at, stop)), context
    found = [one for one in read_obligations(script, start, end, context).deadlines if one.deadline.kind in HEADED]
    if len(found) != 1:
        return None, context
    (time,) = found
    said = "".join((time.deadline.quote or "").split())
    before, _, after = text.partition(fold(said)[0])
    if time.deadline.due and context.issued and time.deadline.due < context.issued and before:
        return None, context
    if not (IN_HEADING.search(before) or FINISHED.match(after)):
        return None, context
    if DONE_IN_YEAR.match(after) and said.startswith("20") and BARE_YEAR.fullmatch(said):
        return time._replace(deadline=time.deadline._replace(what=None)), context
    if PERIOD.search(said) or (time.deadline.start and not PART_OF_YEAR.search(said)) or BARE_YEAR.fullmatch(said):
        return None, context
    is_one = time.deadline.due and (time.deadline.start is None or time.deadline.start.year == time.deadline.due.year)
    is_year = is_one and re.search("[0-9]{4}年", fold(said)[0])
    below = context._replace(year=time.deadline.due.year) if time.deadline.due and is_year else context
    return time._replace(deadline=time.deadline._replace(what=None)), below
