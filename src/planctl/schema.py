"""The published JSON Schema (draft-07, which is what editors read) of each kind of file, from the same table as the loader's rules."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from planctl.shapes import PLAN, REGISTRY
from planctl.shapes.published import PUBLISHED
from planctl.shapes.settings import SETTINGS

DRAFT = "http://json-schema.org/draft-07/schema#"


class FileKind(StrEnum):
    """The kinds of file."""

    PLAN = "plan"
    UNITS = "units"
    SETTINGS = "settings"
    EXPORT = "export"


SHAPES = {FileKind.PLAN: PLAN, FileKind.UNITS: REGISTRY, FileKind.SETTINGS: SETTINGS, FileKind.EXPORT: PUBLISHED}
TITLES = {
    FileKind.PLAN: "planctl 方案文件 / a plan file of planctl",
    FileKind.UNITS: "planctl 单位登记 / the units of an organisation",
    FileKind.SETTINGS: "planctl 设置 / the settings of a repository",
    FileKind.EXPORT: "planctl 发布文件 / the published plans of a repository",
}


def schema_of(kind: FileKind) -> dict[str, Any]:
    """Give the JSON Schema of a kind of file."""
    return {"$schema": DRAFT, "title": TITLES[kind], **SHAPES[kind].schema()}
