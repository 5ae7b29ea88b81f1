"""The shapes of the three kinds of file: every key, its type, and what it means in both languages.

This one table is the loader's rules (`planctl.codec`) and the published JSON Schema (`planctl.schema`).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planctl import model
from planctl.fields import (
    COUNT,
    CYCLE,
    DATE,
    DAY_OF,
    DIGEST,
    FIGURE,
    FLAG,
    PERCENT,
    SPAN,
    TARGET,
    TEXT,
    TEXTS,
    TIME,
    VERSION,
    Choice,
    Field,
    ListOf,
    MappingOf,
    Pattern,
    Reader,
    RecordOf,
)
from planctl.model import Kind
from planctl.problems import Severity
from planctl.settings import CalendarYear, Language, Settings, Waiver

if TYPE_CHECKING:
    import re

    from planctl.yamltree import Map

FIELDS_OF_KIND: dict[Kind, frozenset[str]] = {
    Kind.METRIC: frozenset({"metric", "target", "every", "by", "due", "from"}),
    Kind.RECURRING: frozenset({"every", "by", "at_least", "exactly", "at_most", "of", "from", "after", "before"}),
    Kind.ONCE: frozenset({"due", "from"}),
    Kind.RELATIVE: frozenset({"within", "after", "before"}),
    Kind.ONGOING: frozenset({"ongoing", "review", "from"}),
}
"""Which keys belong to which kind of deadline. The first kind whose own key is present is the kind."""
OWN_KEYS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.METRIC, ("metric",)),
    (Kind.RECURRING, ("every",)),
    (Kind.ONCE, ("due",)),
    (Kind.ONGOING, ("ongoing",)),
    (Kind.RELATIVE, ("within", "after", "before")),
)
TIMED_FIELDS = frozenset().union(*FIELDS_OF_KIND.values())
MONTHLY_UNITS = frozenset({"month", "quarter", "half-year"})


def finish_deadline(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """Tell the kind of a deadline from its keys, and report keys that do not belong together."""
    kind = next((kind for kind, keys in OWN_KEYS if any(node.get(key) is not None for key in keys)), None)
    if kind is None:
        reader.report("P017", node.mark)
        return False
    values["kind"] = kind
    values.pop("ongoing", None)
    for key in node.keys() & TIMED_FIELDS - FIELDS_OF_KIND[kind]:
        reader.report("P018", node.key_marks[key], key=key, kind=kind.value, known=", ".join(sorted(FIELDS_OF_KIND[kind])))
    return _finish_cycle(reader, node, values)


def _finish_cycle(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """See that the day of a cycle fits its length: a month and a day in years, a day in months, none in weeks, days and terms."""
    cycle, by = values.get("every"), values.get("by")
    if by is None or cycle is None:
        return True
    wanted = "year" if cycle.unit == "year" else "month" if cycle.unit in MONTHLY_UNITS else "none"
    if wanted == ("none" if cycle.unit not in MONTHLY_UNITS | {"year"} else "month" if by.month is None else "year"):
        return True
    reader.report("P022", node.value_marks["by"], wanted, every=str(cycle), found=str(by))
    values.pop("by")
    return True


def finish_range(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """See that a range of dates does not end before it starts."""
    start, end = values.get("start"), values.get("end")
    if start and end and end < start:
        reader.report("P023", node.value_marks["end" if "end" in node else "to"], start=start, end=end)
        values.pop("end")
    return True


def finish_file(reader: Reader, _: Map, values: dict[str, Any]) -> bool:
    """The version was only to be seen; the record knows its file instead."""
    values.pop("planctl", None)
    values["path"] = reader.path
    return True


def _day_range(match: re.Match[str]) -> tuple[date, date]:
    first = date.fromisoformat(match[1])
    last = date.fromisoformat(match[2]) if match[2] else first
    if last < first:
        raise ValueError
    return first, last


DAY_RANGE = Pattern("day-range", r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?", _day_range)

DECISION = RecordOf(
    model.Decision,
    (
        Field("on", DATE, "决定的日期", "The day of the decision", required=True),
        Field("by", TEXT, "决定的单位", "Who decided"),
        Field("reason", TEXT, "理由", "Why"),
    ),
)

DEADLINE = RecordOf(
    model.Deadline,
    (
        Field("id", TEXT, "在本任务内唯一的短名", "A short name, unique in the task", required=True),
        Field("what", TEXT, "到期要完成什么", "What has to be done"),
        Field("actors", TEXTS, "责任人不是牵头单位时,由谁完成", "Who owes it, where that is not the lead"),
        Field("recipients", TEXTS, "报送、备案给谁", "Who receives the report or filing"),
        Field("due", DATE, "到期日(含当日);一次性时限", "The due date, the day included; a deadline that falls once"),
        Field("from", DATE, "起始日", "The first day of the obligation", name="start"),
        Field(
            "every",
            CYCLE,
            "周期:year、half-year、quarter、month、week、day、2 years、term(每届)",
            "The cycle: year … day, 2 years, or term (of office)",
        ),
        Field("by", DAY_OF, "每期的截止日:03-01(月-日),或每月的 15", "The day in each period: MM-DD, or DD in a month"),
        Field("at_least", COUNT, "每期不少于几次", "At least so many a period"),
        Field("exactly", COUNT, "每期几次", "Exactly so many a period"),
        Field("at_most", COUNT, "每期不超过几次", "At most so many a period"),
        Field("of", TEXT, "数量的单位:次、期、学时、个部门", "What is counted: 次, 期, 学时"),
        Field(
            "within",
            SPAN,
            "期间:30 days、20 working-days、6 months、5 hours",
            "A length of time: 30 days, 20 working-days, 6 months, 5 hours",
        ),
        Field("after", TEXT, "从哪一事件起算(事件当日不计)", "The event that starts the clock; its day is not counted"),
        Field("before", TEXT, "在哪一事件之前", "The event before which it must happen"),
        Field("metric", TEXT, "指标名称", "The name of the figure"),
        Field("target", TARGET, "目标值,如 >= 100 %", "The figure to reach, as in >= 100 %"),
        Field("ongoing", FLAG, "长期坚持,没有终期", "A standing duty without an end"),
        Field("review", CYCLE, "长期任务的复核周期", "How often a standing duty is reviewed"),
        Field("soft", FLAG, "力争、争取、一般", "An aim rather than a duty (力争, 争取, 一般)"),
        Field("condition", TEXT, "在什么条件下才适用", "The condition under which it applies"),
        Field(
            "vague",
            FLAG,
            "文件没有给出日期(年初、定期、适时),只保留原话",
            "The document gives no date (年初, 定期, 适时); the words are kept, no date is made up",
        ),
        Field("implied", FLAG, "周期只见于名称(年度计划)", "The cycle is only in a name (年度)"),
        Field(
            "roll", Choice(model.Roll), "遇休息日:none 不动、next 顺延、previous 提前", "On a rest day: none, next or previous working day"
        ),
        Field("restored", TEXT, "原文有损坏时应读作什么", "How a damaged quote is to be read"),
        Field("quote", TEXT, "文件中的原话", "The words of the source that this comes from"),
        Field("note", TEXT, "说明", "A note"),
    ),
    finish_deadline,
    {"anyOf": [{"required": [key]} for _, keys in OWN_KEYS for key in keys]},
)

PROGRESS = RecordOf(
    model.Progress,
    (
        Field("on", DATE, "日期", "The day", required=True),
        Field("unit", TEXT, "填报单位", "The unit that reports"),
        Field("deadline", TEXT, "哪一项时限;只有一项时可省", "Which deadline; may be left out where there is one"),
        Field("period", TEXT, "哪一期:2022、2022-H1、2022-Q3、2022-05", "Which period: 2022, 2022-H1, 2022-Q3, 2022-05"),
        Field(
            "state",
            Choice(model.State),
            "accepted 签收、in-progress 推进中、submitted 报结、returned 退办、done 办结、closed 销号、suspended 中止、cancelled 撤销",
            "What happened: accepted, in-progress, submitted, returned, done, closed, suspended or cancelled",
        ),
        Field("note", TEXT, "进展内容", "What was done"),
        Field("evidence", TEXTS, "佐证材料", "The evidence"),
        Field("percent", PERCENT, "完成率,0 至 100", "How far, 0 to 100"),
        Field("count", COUNT, "本次完成几次", "How many this time", name="counted"),
        Field("value", FIGURE, "指标的数值", "The figure measured"),
    ),
)

EXTENSION = RecordOf(
    model.Extension,
    (
        Field("deadline", TEXT, "哪一项时限", "Which deadline"),
        Field("period", TEXT, "哪一期", "Which period"),
        Field("from", DATE, "原期限", "The due date before", required=True, name="old"),
        Field("to", DATE, "新期限", "The due date after", required=True, name="new"),
        Field("requested", DATE, "申请日", "The day of the request"),
        Field("approved", DATE, "批准日;没有批准日的不生效", "The day of the approval; without it nothing moves"),
        Field("by", TEXT, "批准单位", "Who approved"),
        Field("number", TEXT, "批准文号", "The number of the approval"),
        Field("reason", TEXT, "理由", "Why"),
    ),
)

EVENT = RecordOf(
    model.Event,
    (
        Field("on", DATE, "发生的日期", "The day it happened", required=True),
        Field("at", TIME, "发生的时刻,小时期限用", "The time of day, for limits in hours"),
        Field("name", TEXT, "事件名称,与时限的 after: 或 before: 相同", "Its name, as in after: or before: of a deadline", required=True),
        Field("ref", TEXT, "文号或来源", "A document number or source"),
        Field("tasks", TEXTS, "只涉及哪些任务", "The tasks it concerns; all that wait for it, if left out"),
    ),
)

CLAUSE_REF = RecordOf(
    model.ClauseRef,
    (
        Field("clause", TEXT, "文件中的条目", "The clause of the document"),
        Field("digest", DIGEST, "条目文字的摘要,用来发现文件变动", "The digest of the clause's text, so that drift shows"),
    ),
)


class TaskShape(RecordOf):
    """A task; while it is decoded, problems name it."""

    def decode(self, reader: Reader, node: Any, mark: Any) -> object:
        """Decode a task, and have the reader name it meanwhile."""
        reader.task = node.get("id") if isinstance(node, dict) else None
        try:
            return super().decode(reader, node, mark)
        finally:
            reader.task = None


TASK = TaskShape(
    model.Task,
    (
        Field("id", TEXT, "文件自己的编号", "The document's own number", required=True),
        Field("title", TEXT, "任务名称", "The title", required=True),
        Field("section", TEXTS, "所在章节,如 [二, (一)]", "The headings above it"),
        Field("lead", TEXTS, "牵头(责任)单位;第一个负总责", "The lead units; the first reports for all"),
        Field("support", TEXTS, "配合(参加)单位", "The supporting units"),
        Field(
            "basis",
            Choice(model.Basis),
            "牵头单位的依据:stated 写明、embedded 句中主语、addressee 主送单位、assigned 由本方案的维护人确定",
            "Where the lead comes from: stated, embedded in the sentence, the addressee, or assigned by the keeper",
        ),
        Field("shared_by_duty", FLAG, "按职责分工负责", "Shared by duty (按职责分工负责)"),
        Field("open_list", FLAG, "单位名单以“等”结尾", "The list of units ends in 等"),
        Field("upstream", TEXTS, "上级方案的任务:<方案>/<任务>", "Tasks of an upper plan: <plan>/<task>"),
        Field("tags", TEXTS, "标签", "Tags"),
        Field("deadlines", ListOf(DEADLINE), "时限要求", "The deadlines"),
        Field("cancelled", DECISION, "撤销", "That the task was cancelled"),
        Field("progress", ListOf(PROGRESS), "进展", "What happened"),
        Field("extensions", ListOf(EXTENSION), "延期", "Approved changes of due dates"),
        Field("note", TEXT, "说明", "A note"),
        Field("source", CLAUSE_REF, "在文件中的出处", "Where it stands in the document"),
    ),
)

DOCUMENT = RecordOf(
    model.Document,
    (
        Field("number", TEXT, "发文字号", "The document number"),
        Field("index", TEXT, "索引号", "The index number of the disclosure catalogue", name="index_number"),
        Field("issuers", TEXTS, "发文机关", "Who issued it"),
        Field("addressees", TEXTS, "主送机关", "Whom it is addressed to"),
        Field("issued", DATE, "成文日期", "The date of the document"),
        Field("published", DATE, "公布日期", "The day of publication"),
        Field("effective", DATE, "施行日期;周期性要求从这天起算", "The day of effect; recurring obligations start here"),
    ),
)

PERIOD = RecordOf(
    model.Period,
    (
        Field("start", DATE, "起", "The first day"),
        Field("end", DATE, "止;没有则长期", "The last day; open-ended without it"),
    ),
    finish_range,
)

PLAN = RecordOf(
    model.Plan,
    (
        Field("planctl", VERSION, "格式版本", "The format version", required=True),
        Field("id", TEXT, "方案的标识,全库唯一", "The id, unique over all plans", required=True),
        Field("title", TEXT, "方案名称", "The title", required=True),
        Field("document", DOCUMENT, "来源文件", "The official document"),
        Field("period", PERIOD, "起止时间", "The time that it covers"),
        Field("ended", DECISION, "废止、被取代", "That the plan was repealed or superseded"),
        Field("note", TEXT, "说明", "A note"),
        Field("tasks", ListOf(TASK), "任务", "The tasks", required=True),
        Field("events", ListOf(EVENT), "事件", "The events"),
    ),
    finish_file,
)

UNIT_FIELDS = (
    Field("name", TEXT, "规范名称", "The name", required=True),
    Field("aliases", TEXTS, "别名、简称", "Other names"),
    Field("from", DATE, "设立日期", "The first day it exists", name="start"),
    Field("to", DATE, "撤销日期", "The last day it exists", name="end"),
    Field("successors", TEXTS, "职责由谁承接", "Who takes over its duties"),
    Field("note", TEXT, "说明", "A note"),
)
UNIT = RecordOf(model.Unit, UNIT_FIELDS, finish_range)
GROUP = RecordOf(
    model.Group,
    (
        *UNIT_FIELDS,
        Field("members", TEXTS, "成员;不写表示不明", "The members; unknown if left out"),
        Field("except_leads", FLAG, "不含本任务的牵头单位(其他有关部门)", "The leads of the task are not among them"),
    ),
    finish_range,
)
REGISTRY = RecordOf(
    model.Registry,
    (
        Field("planctl", VERSION, "格式版本", "The format version", required=True),
        Field("organisation", TEXT, "地方或机关的名称", "The name of the organisation"),
        Field("units", ListOf(UNIT), "单位", "The units"),
        Field("groups", ListOf(GROUP), "单位集合", "The groups of units"),
    ),
    finish_file,
)

WAIVER = RecordOf(
    Waiver,
    (
        Field("code", TEXT, "问题代码", "The code of the problem", required=True),
        Field("plan", TEXT, "方案", "The plan"),
        Field("task", TEXT, "任务:编号,或 <方案>/<编号>", "The task: its id, or <plan>/<id>"),
        Field("reason", TEXT, "理由", "Why", required=True),
        Field("until", DATE, "有效到哪天(含当日)", "The last day it holds", required=True),
    ),
)
CALENDAR_YEAR = RecordOf(
    CalendarYear,
    (
        Field("year", COUNT, "年份", "The year", required=True),
        Field("holidays", ListOf(DAY_RANGE), "放假:2027-01-01 或 2027-02-06/2027-02-12", "Days off: a day, or first/last"),
        Field("workdays", ListOf(DATE), "调休上班的周末", "Weekend days that are worked"),
        Field("source", TEXT, "依据的通知文号", "The notice it comes from"),
    ),
)
SETTINGS = RecordOf(
    Settings,
    (
        Field("planctl", VERSION, "格式版本", "The format version", required=True),
        Field("language", Choice(Language), "输出语言:zh 或 en", "The language of the output: zh or en"),
        Field("severity", MappingOf(Choice(Severity)), "改变检查的级别:P306: off", "Change the severity of a check: P306: off"),
        Field("waivers", ListOf(WAIVER), "对个别任务的豁免", "Findings that are knowingly left"),
        Field("before_inclusive", FLAG, "某日“前”是否含当日,默认 true", "Whether 前 of a named day includes it; true by default"),
        Field("due_soon", COUNT, "到期前几天起算“临期”,默认 30", "Days before the due date that count as due; 30 by default"),
        Field("require_basis", ListOf(Choice(model.Basis)), "只接受哪几种牵头依据", "The accepted bases of a lead"),
        Field("calendars", ListOf(CALENDAR_YEAR), "放假安排,先于内置日历", "Holiday calendars, before the built-in ones"),
    ),
    finish_file,
)
