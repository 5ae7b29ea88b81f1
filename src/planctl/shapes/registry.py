"""The shape of `units.yaml`."""

from __future__ import annotations

from planctl import model
from planctl.fields import (
    DATE,
    FLAG,
    TEXT,
    TEXTS,
    VERSION,
    Field,
    ListOf,
    RecordOf,
)
from planctl.shapes.common import finish_file, finish_range

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
        Field("members", TEXTS, "成员；不写表示不明", "The members; unknown if left out"),
        Field("except_leads", FLAG, "不含本任务的牵头单位（其他有关部门）", "The leads of the task are not among them"),
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
