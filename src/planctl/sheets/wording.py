"""The words of a form. They are Chinese whatever the language of the run: the units read them."""

from __future__ import annotations

import re
import unicodedata

from planctl.messages import say
from planctl.model import State
from planctl.sheets.records import Entry

LANG = "zh"
TITLE = "任务进展填报表"
GUIDE = "填报说明"
HIDDEN = "planctl"
"""The name of the sheet that nobody sees."""
MARK = "planctl:"
"""How the headings of hidden columns begin."""
IDS = ("plan", "task", "deadline", "period", "base")
"""The hidden columns."""
NUMBER, TASK, WHAT, DUE, LAST = "序号", "任务", "要求", "时限", "上次填报"
LOCKED = (NUMBER, TASK, WHAT, DUE, LAST)
"""The headings of the columns that a unit reads."""
SHOWN = (TASK, WHAT, DUE, LAST)
"""Those whose text tells whether somebody has written into a locked cell."""
FILLED = {
    Entry.STATE: "状态",
    Entry.PERCENT: "完成率",
    Entry.NOTE: "本期进展情况",
    Entry.COUNT: "本次完成数",
    Entry.VALUE: "指标数值",
    Entry.ON: "完成或进展日期",
    Entry.EVIDENCE: "佐证材料",
}
"""The headings of the columns that a unit fills in."""
REPORTER, PHONE, REPORTED = "填报人：", "联系电话：", "填报日期："
OFFERED = (State.ACCEPTED, State.IN_PROGRESS, State.SUBMITTED, State.DONE)
"""The states that a unit can report; the others are for who supervises it."""
HINTS = {
    Entry.STATE: "从下拉列表中选：签收、推进中、报结、办结。没有变化的不用改。",
    Entry.PERCENT: "填 0% 至 100%。没有变化的不用改。",
    Entry.NOTE: "写本期做了什么、有什么问题、下一步怎么办。没有进展的留空。",
    Entry.COUNT: "只填本次完成的数量，不累计。灰色的格子不用填。",
    Entry.VALUE: "填指标的最新数值。灰色的格子不用填。",
    Entry.ON: "办结或取得进展的日期，如 2022-12-31。不填的，按表头的填报日期计。",
    Entry.EVIDENCE: "文件名或文号，几份的每份一行，或者用分号隔开。",
}
RULES = (
    "一、只填浅黄色的格子，其他格子已经锁定（没有设密码）。灰色的格子不用填。",
    "二、“状态”从下拉列表中选：签收，已收到任务；推进中，正在办理；报结，已经做完、报请审核；办结，已经办结。退办、销号、中止、撤销由督查部门认定，不在本表填写。",
    "三、“完成率”填 0% 至 100%。“状态”“完成率”“指标数值”里已有的，是目前登记的情况；没有变化的，不用改。",
    "四、“本期进展情况”写本期的进展、存在的问题和下一步措施。没有进展的留空，不要照抄上次填报的内容。",
    "五、“本次完成数”只填本次新完成的数量，不要累计。",
    "六、日期可以写成 2022-12-31、2022.12.31、2022年12月31日。“完成或进展日期”留空的，按表头的“填报日期”登记；都留空的，按收表那天登记。",
    "七、“佐证材料”写文件名、文号或者网址，几份的每份一行，或者用分号隔开。",
    "八、不要增加行，不要删除隐藏的列和工作表：表格收回后按隐藏的编号登记。新增的事项请另行报告。",
    "九、不要在格子里写公式，不要使用宏。以等号、加号、减号、@ 开头的内容按文字登记。",
    "十、鼠标停在“任务”栏的格子上，可以看到要求和文件原文。填好后原样存为 .xlsx 交回（.xls、.et、.ods 也可以）。",
)
SPOKEN = {
    "已签收": State.ACCEPTED,
    "签收": State.ACCEPTED,
    "推进中": State.IN_PROGRESS,
    "正在推进": State.IN_PROGRESS,
    "进行中": State.IN_PROGRESS,
    "办理中": State.IN_PROGRESS,
    "正在办理": State.IN_PROGRESS,
    "在办": State.IN_PROGRESS,
    "报结": State.SUBMITTED,
    "已报结": State.SUBMITTED,
    "申请办结": State.SUBMITTED,
    "办结": State.DONE,
    "已办结": State.DONE,
    "完成": State.DONE,
    "已完成": State.DONE,
    "退办": State.RETURNED,
    "已退办": State.RETURNED,
    "销号": State.CLOSED,
    "已销号": State.CLOSED,
    "中止": State.SUSPENDED,
    "已中止": State.SUSPENDED,
    "撤销": State.CANCELLED,
    "已撤销": State.CANCELLED,
}
"""How people call the states."""


def state_word(state: State) -> str:
    """Name a state."""
    return say(f"state.{state.value}", LANG)


def number_text(number: float) -> str:
    """Write a number without needless places."""
    return f"{number:.12g}"


def heading(text: str) -> str:
    """Give a heading by which a column is known: without blanks, in one width, without what stands in brackets."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return re.sub(r"[(\[].*", "", plain)
