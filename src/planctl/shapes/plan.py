"""The shape of a plan file."""

from __future__ import annotations

from typing import Any

from planctl import model
from planctl.fields import (
    COUNT,
    DATE,
    DIGEST,
    FIGURE,
    FLAG,
    PERCENT,
    SHA256,
    TEXT,
    TEXTS,
    TIME,
    VERSION,
    Choice,
    Field,
    ListOf,
    Reader,
    RecordOf,
    TextOr,
)
from planctl.shapes.common import finish_file, finish_range
from planctl.shapes.deadline import DEADLINE

DECISION = RecordOf(
    model.Decision,
    (
        Field("on", DATE, "决定的日期", "The day of the decision", required=True),
        Field("by", TEXT, "决定的单位", "Who decided"),
        Field("reason", TEXT, "理由", "Why"),
    ),
)

EVIDENCE = TextOr(
    RecordOf(
        model.Evidence,
        (
            Field("path", TEXT, "文件，相对于方案文件所在的目录", "The file, relative to the folder of the plan", required=True),
            Field("sha256", SHA256, "记录时文件的摘要，validate 据此核对", "The digest of the file when it was recorded, for validate"),
        ),
    )
)

PROGRESS = RecordOf(
    model.Progress,
    (
        Field("on", DATE, "日期", "The day", required=True),
        Field("unit", TEXT, "填报单位", "The unit that reports"),
        Field("deadline", TEXT, "哪一项时限；只有一项时可省", "Which deadline; may be left out where there is one"),
        Field("period", TEXT, "哪一期：2022、2022-H1、2022-Q3、2022-05", "Which period: 2022, 2022-H1, 2022-Q3, 2022-05"),
        Field(
            "state",
            Choice(model.State),
            "accepted 签收、in-progress 推进中、submitted 报结、returned 退办、done 办结、closed 销号、suspended 中止、cancelled 撤销",
            "What happened: accepted, in-progress, submitted, returned, done, closed, suspended or cancelled",
        ),
        Field("note", TEXT, "进展内容", "What was done"),
        Field(
            "evidence",
            ListOf(EVIDENCE),
            "佐证材料：文件、网址或文字；文件可带摘要",
            "The evidence: files, addresses or words; a file may have a digest",
        ),
        Field("percent", PERCENT, "完成率，0 至 100", "How far, 0 to 100"),
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
        Field("approved", DATE, "批准日；没有批准日的不生效", "The day of the approval; without it nothing moves"),
        Field("by", TEXT, "批准单位", "Who approved"),
        Field("number", TEXT, "批准文号", "The number of the approval"),
        Field("reason", TEXT, "理由", "Why"),
    ),
)

EVENT = RecordOf(
    model.Event,
    (
        Field("on", DATE, "发生的日期", "The day it happened", required=True),
        Field("recorded", DATE, "事先知道的事件（如有效期届满）是哪天记下的", "The day on which an event known beforehand was recorded"),
        Field("at", TIME, "发生的时刻，小时期限用", "The time of day, for limits in hours"),
        Field("name", TEXT, "事件名称，与时限的 after: 或 before: 相同", "Its name, as in after: or before: of a deadline", required=True),
        Field("ref", TEXT, "文号或来源", "A document number or source"),
        Field("tasks", TEXTS, "只涉及哪些任务", "The tasks it concerns; all that wait for it, if left out"),
    ),
)

CLAUSE_REF = RecordOf(
    model.ClauseRef,
    (
        Field("clause", TEXT, "文件中的条目", "The clause of the document"),
        Field("digest", DIGEST, "条目文字的摘要，用来发现文件变动", "The digest of the clause's text, so that drift shows"),
    ),
)


CONFIRMATION = RecordOf(
    model.Confirmation,
    (
        Field("upstream", TEXT, "核对的上级任务：<方案>/<任务>", "The upstream task: <plan>/<task>", required=True),
        Field("on", DATE, "核对的日期", "The day it was looked at", required=True),
        Field("by", TEXT, "核对的单位或人", "Who looked at it"),
        Field("fingerprint", DIGEST, "核对时上级任务的指纹", "The fingerprint of the upstream task then", required=True),
    ),
)


class TaskShape(RecordOf):
    """A task; while it is decoded, problems name it."""

    def decode(self, reader: Reader, node: Any, mark: Any, position: int = 0) -> object:
        """Decode a task, and have the reader name it meanwhile."""
        task = node.get("id") if isinstance(node, dict) else None
        reader.task = task if isinstance(task, str) else None
        try:
            return super().decode(reader, node, mark, position)
        finally:
            reader.task = None


TASK = TaskShape(
    model.Task,
    (
        Field("id", TEXT, "文件自己的编号", "The document's own number", required=True),
        Field("title", TEXT, "任务名称", "The title", required=True),
        Field("section", TEXTS, "所在章节，如 [二, (一)]", "The headings above it"),
        Field("lead", TEXTS, "牵头（责任）单位；第一个负责汇总报送", "The lead units; the first reports for all"),
        Field("support", TEXTS, "配合（参加）单位", "The supporting units"),
        Field(
            "basis",
            Choice(model.Basis),
            "牵头单位的依据：stated 写明、embedded 句中主语、addressee 主送单位、assigned 由本方案的维护人确定",
            "Where the lead comes from: stated, embedded in the sentence, the addressee, or assigned by the keeper",
        ),
        Field("shared_by_duty", FLAG, "按职责分工负责", "Shared by duty (按职责分工负责)"),
        Field("open_list", FLAG, "单位名单以“等”结尾", "The list of units ends in 等"),
        Field("upstream", TEXTS, "上级方案的任务：<方案>/<任务>", "Tasks of an upper plan: <plan>/<task>"),
        Field("confirmed", ListOf(CONFIRMATION), "与上级任务的核对记录", "When the links to upper plans were looked at"),
        Field("tags", TEXTS, "标签", "Tags"),
        Field("deadlines", ListOf(DEADLINE), "时限要求", "The deadlines"),
        Field("cancelled", DECISION, "撤销", "That the task was cancelled"),
        Field("progress", ListOf(PROGRESS), "进展", "What happened"),
        Field("extensions", ListOf(EXTENSION), "延期", "Approved changes of due dates"),
        Field("note", TEXT, "说明", "A note"),
        Field("doubts", TEXTS, "待核对的事项；核对后删去", "What a person has still to look at; removed when that is done"),
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
        Field("effective", DATE, "施行日期；周期性要求从这天起算", "The day of effect; recurring obligations start here"),
    ),
)

PERIOD = RecordOf(
    model.Period,
    (
        Field("start", DATE, "起", "The first day"),
        Field("end", DATE, "止；没有则长期", "The last day; open-ended without it"),
    ),
    finish_range,
)

PLAN = RecordOf(
    model.Plan,
    (
        Field("planctl", VERSION, "格式版本", "The format version", required=True),
        Field("id", TEXT, "方案的标识，全库唯一", "The id, unique over all plans", required=True),
        Field("title", TEXT, "方案名称", "The title", required=True),
        Field("document", DOCUMENT, "来源文件", "The official document"),
        Field("period", PERIOD, "起止时间", "The time that it covers"),
        Field("ended", DECISION, "废止、被取代", "That the plan was repealed or superseded"),
        Field("note", TEXT, "说明", "A note"),
        Field("doubts", TEXTS, "待核对的事项；核对后删去", "What a person has still to look at; removed when that is done"),
        Field("tasks", ListOf(TASK), "任务", "The tasks", required=True),
        Field("events", ListOf(EVENT), "事件", "The events"),
    ),
    finish_file,
)
