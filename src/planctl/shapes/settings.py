"""The shape of `planctl.yaml`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planctl import model
from planctl.fields import (
    COUNT,
    DATE,
    FLAG,
    TEXT,
    VERSION,
    Choice,
    Field,
    ListOf,
    MappingOf,
    Pattern,
    RecordOf,
)
from planctl.problems import Severity
from planctl.settings import CalendarYear, Colour, Condition, Language, LightRule, NoticeSettings, Settings, Waiver
from planctl.shapes.common import finish_file
from planctl.shapes.document import DOCUMENT_LOOK

if TYPE_CHECKING:
    import re


def _day_range(match: re.Match[str]) -> tuple[date, date]:
    first = date.fromisoformat(match[1])
    last = date.fromisoformat(match[2]) if match[2] else first
    if last < first:
        raise ValueError
    return first, last


DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
DAY_RANGE = Pattern("day-range", f"({DAY})(?:/({DAY}))?", _day_range)
# A name of our own disk, never an address: nothing is fetched, and nothing but JSON is opened.
JSON_PATH = Pattern("json-path", r"(?!/|\\|[A-Za-z][A-Za-z0-9+.-]*:).{1,1000}\.json", lambda match: match[0])

FINGERPRINT = Pattern("fingerprint", "[0-9a-f]{12}", lambda match: match[0])

WAIVER = RecordOf(
    Waiver,
    (
        Field("code", TEXT, "问题代码", "The code of the problem", required=True),
        Field("plan", TEXT, "方案", "The plan"),
        Field("task", TEXT, "任务：编号，或 <方案>/<编号>", "The task: its id, or <plan>/<id>"),
        Field(
            "fingerprint",
            FINGERPRINT,
            "只豁免指纹相同的这一条，见 validate --format json",
            "Only the finding of this fingerprint, see validate --format json",
        ),
        Field("reason", TEXT, "理由", "Why", required=True),
        Field("until", DATE, "有效到哪天（含当日）", "The last day it holds", required=True),
    ),
)
CALENDAR_YEAR = RecordOf(
    CalendarYear,
    (
        Field("year", COUNT, "年份", "The year", required=True),
        Field("holidays", ListOf(DAY_RANGE), "放假：2027-01-01 或 2027-02-06/2027-02-12", "Days off: a day, or first/last"),
        Field("workdays", ListOf(DATE), "调休上班的周末", "Weekend days that are worked"),
        Field("source", TEXT, "依据的通知文号", "The notice it comes from"),
    ),
)
LIGHT_RULE = RecordOf(
    LightRule,
    (
        Field("when", Choice(Condition), "条件", "The condition", required=True),
        Field("light", Choice(Colour), "亮灯：green 绿、yellow 黄、red 红、blue 蓝、grey 灰", "The light", required=True),
        Field("days", COUNT, "due-soon：到期前几天；silent：几天没有记录", "due-soon: days before the date; silent: days without a record"),
        Field("points", COUNT, "behind：落后序时进度几个百分点", "behind: percentage points behind the time that has passed"),
    ),
)
NOTICE = RecordOf(
    NoticeSettings,
    (
        Field("issuer", TEXT, "交办（发出）单位", "Who sends the notices"),
        Field("contact", TEXT, "联系人", "The person to ask"),
        Field("phone", TEXT, "联系电话", "The telephone number"),
        Field("reply_days", COUNT, "几天内反馈，默认 5", "Days within which an answer is expected; 5 by default"),
    ),
)
SETTINGS = RecordOf(
    Settings,
    (
        Field("planctl", VERSION, "格式版本", "The format version", required=True),
        Field("language", Choice(Language), "输出语言：zh 或 en", "The language of the output: zh or en"),
        Field("severity", MappingOf(Choice(Severity)), "改变检查的级别：P306: off", "Change the severity of a check: P306: off"),
        Field("waivers", ListOf(WAIVER), "对个别任务的豁免", "Findings that are knowingly left"),
        Field("before_inclusive", FLAG, "某日“前”是否含当日，默认 true", "Whether 前 of a named day includes it; true by default"),
        Field("due_soon", COUNT, "到期前几天起算“临期”，默认 30", "Days before the due date that count as due; 30 by default"),
        Field("require_basis", ListOf(Choice(model.Basis)), "只接受哪几种牵头依据", "The accepted bases of a lead"),
        Field("lights", ListOf(LIGHT_RULE), "亮灯规则，按顺序取第一条成立的", "The rules of lights; the first that holds counts"),
        Field("document", DOCUMENT_LOOK, "文件版式，默认 GB/T 9704-2012", "The look of documents; GB/T 9704-2012 by default"),
        Field("notice", NOTICE, "督办、催办通知的落款和联系方式", "The sender of notices"),
        Field(
            "upstream",
            ListOf(JSON_PATH),
            "上级方案的发布文件（.json），相对于本文件",
            "Published plans of others (.json), relative to this file",
        ),
        Field("calendars", ListOf(CALENDAR_YEAR), "放假安排，先于内置日历", "Holiday calendars, before the built-in ones"),
    ),
    finish_file,
)
