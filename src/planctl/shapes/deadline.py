"""The shape of a deadline: which keys there are, which kind they make, and which belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planctl import model
from planctl.fields import (
    COUNT,
    CYCLE,
    DATE,
    DAY_OF,
    FLAG,
    SPAN,
    TARGET,
    TEXT,
    TEXTS,
    Choice,
    Field,
    Reader,
    RecordOf,
)
from planctl.model import Kind

if TYPE_CHECKING:
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
ABSENT: dict[str, list[object]] = {key: [None, False, "false"] if key == "ongoing" else [None] for _, keys in OWN_KEYS for key in keys}
"""What a kind's own key may hold and yet not make a deadline of that kind."""
TIMED_FIELDS = frozenset().union(*FIELDS_OF_KIND.values())
FOREIGN_FIELDS = {kind: TIMED_FIELDS - keys for kind, keys in FIELDS_OF_KIND.items()}
"""Which keys belong to other kinds only."""
MONTHLY_UNITS = frozenset({"month", "quarter", "half-year"})


def finish_deadline(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """Tell the kind of a deadline from its keys, and report keys that do not belong together."""
    kind = next((kind for kind, keys in OWN_KEYS if any(node.get(key) not in ABSENT[key] for key in keys)), None)
    if kind is None:
        reader.report("P017", node.mark)
        return False
    values["kind"] = kind
    values.pop("ongoing", None)
    for key in node.keys() & FOREIGN_FIELDS[kind]:
        reader.report("P018", node.key_marks[key], key=key, kind=kind.value, known=", ".join(sorted(FIELDS_OF_KIND[kind])))
    if kind is Kind.RELATIVE:
        _finish_clock(reader, node)
    if kind is Kind.METRIC and "every" in values and "due" in values:
        reader.report("P018", node.key_marks["due"], key="due", kind="metric + every", known="by")
    return _finish_cycle(reader, node, values)


def _finish_clock(reader: Reader, node: Map) -> None:
    """See that a clock has a length and one event, or no length and a `before:` to end it; with a length and both events it would be two limits."""
    length, after, before = (node.get(key) is not None for key in ("within", "after", "before"))
    if length and after and before:
        reader.report("P024", node.key_marks["before"], "both")
    elif length and not (after or before):
        reader.report("P024", node.key_marks["within"])
    elif after and not (length or before):
        reader.report("P024", node.key_marks["after"], "endless")


def _finish_cycle(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """See that the day of a cycle fits its length: a month and a day in years, a day in months, none in weeks, days and terms."""
    cycle, by = values.get("every"), values.get("by")
    if by is None or cycle is None:
        return True
    wanted = "year" if cycle.unit == "year" else "month" if cycle.unit in MONTHLY_UNITS else "none"
    if wanted == ("month" if by.month is None else "year"):
        return True
    reader.report("P022", node.value_marks["by"], wanted, every=str(cycle), found=str(by))
    values.pop("by")
    return True


DEADLINE = RecordOf(
    model.Deadline,
    (
        Field("id", TEXT, "在本任务内唯一的短名", "A short name, unique in the task", required=True),
        Field("what", TEXT, "到期要完成什么", "What has to be done"),
        Field("actors", TEXTS, "责任主体不是牵头单位时，由谁完成", "Who owes it, where that is not the lead"),
        Field("recipients", TEXTS, "报送、备案给谁", "Who receives the report or filing"),
        Field("due", DATE, "到期日（含当日）；一次性时限", "The due date, the day included; a deadline that falls once"),
        Field("from", DATE, "起始日", "The first day of the obligation", name="start"),
        Field(
            "every",
            CYCLE,
            "周期：year、half-year、quarter、month、week、day、2 years、term（每届）",
            "The cycle: year … day, 2 years, or term (of office)",
        ),
        Field("by", DAY_OF, "每期的截止日：03-01（月-日），或每月的 15", "The day in each period: MM-DD, or DD in a month"),
        Field("at_least", COUNT, "每期不少于几次", "At least so many a period"),
        Field("exactly", COUNT, "每期几次", "Exactly so many a period"),
        Field("at_most", COUNT, "每期不超过几次", "At most so many a period"),
        Field("of", TEXT, "数量的单位：次、期、学时、个部门", "What is counted: 次, 期, 学时"),
        Field(
            "within",
            SPAN,
            "期间：30 days、20 working-days、6 months、5 hours",
            "A length of time: 30 days, 20 working-days, 6 months, 5 hours",
        ),
        Field("after", TEXT, "从哪一事件起算（事件当日不计）", "The event that starts the clock; its day is not counted"),
        Field("before", TEXT, "在哪一事件之前", "The event before which it must happen"),
        Field("metric", TEXT, "指标名称", "The name of the figure"),
        Field("target", TARGET, "目标值，如 >= 100 %", "The figure to reach, as in >= 100 %"),
        Field("ongoing", FLAG, "长期坚持，没有终期", "A standing duty without an end"),
        Field("review", CYCLE, "长期任务的复核周期", "How often a standing duty is reviewed"),
        Field("soft", FLAG, "力争、争取、一般", "An aim rather than a duty (力争, 争取, 一般)"),
        Field("condition", TEXT, "在什么条件下才适用", "The condition under which it applies"),
        Field(
            "vague",
            FLAG,
            "文件没有给出日期（年初、定期、适时），只保留原话",
            "The document gives no date (年初, 定期, 适时); the words are kept, no date is made up",
        ),
        Field("implied", FLAG, "周期只见于名称（年度计划）", "The cycle is only in a name (年度)"),
        Field(
            "roll", Choice(model.Roll), "遇休息日：none 不动、next 顺延、previous 提前", "On a rest day: none, next or previous working day"
        ),
        Field("restored", TEXT, "原文有损坏时应读作什么", "How a damaged quote is to be read"),
        Field("quote", TEXT, "文件中的原话", "The words of the source that this comes from"),
        Field("note", TEXT, "说明", "A note"),
    ),
    finish_deadline,
    {"anyOf": [{"required": [key], "properties": {key: {"not": {"enum": absent}}}} for key, absent in ABSENT.items()]},
)
