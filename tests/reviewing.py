"""What the tests of reviews share: two states of the example plans, with a change of every sort between them."""

from __future__ import annotations

import shutil
from pathlib import Path

CASES = Path(__file__).parent / "cases"
PLAN = "plans/示例县/方案2024.yaml"
UNITS = "plans/示例县/units.yaml"
SETTINGS = "planctl.yaml"
EDITS: dict[str, tuple[tuple[str, str], ...]] = {
    PLAN: (
        ("addressees: [各乡镇, 县政府各部门]", "addressees: [各乡镇]"),
        ("2024-06-30\n        quote", "2024-12-31\n        quote"),
        ("{on: 2024-06-20, unit: 县司法局, state: done", "{on: 2024-06-21, unit: 县司法局, state: submitted"),
        ("lead: [县司法局, 县教育局, 县财政局]", "lead: [县财政局, 县司法局]\n    support: [县教育局]"),
        ("at_least: 1\n        of: 期\n        soft: true", "at_least: 2\n        of: 期"),
        ("section: [二]\n    lead: [县教育局]", "section: [三]\n    lead: [县教育局, 县司法局]"),
        ("within: 20 working-days", "within: 30 days"),
        ("id: filing", "id: file"),
        ('">= 90 %"', '">= 85 %"'),
        ("to: 2026-03-31", "to: 2026-06-30"),
        (
            "    note: 没有期限。\n",
            "    note: '@someone #12 <script>alert(1)</script>'\n    cancelled: {on: 2025-01-10, by: 县政府, reason: 并入日常工作}\n",
        ),
        (
            '  - id: "4"',
            '  - id: "3a"\n    title: 新增的任务\n    lead: [甲镇]\n    deadlines: [{id: d, what: 上报, every: month, by: 25}]\n\n  - id: "4"',
        ),
        ("规范性文件公布}\n", "规范性文件公布}\n  - {on: 2025-03-01, name: 规范性文件公布, ref: 示政发〔2025〕3号}\n"),
    ),
    UNITS: (
        ("[甲镇, 乙镇]", "[甲镇]"),
        ("- name: 县教育局", "- name: 县教育体育局\n    aliases: [县教育局]"),
    ),
    SETTINGS: (("due_soon: 30", "due_soon: 15\nseverity: {P306: 'off'}"),),
}
"""Texts of the first state, and what stands there in the second."""


def two_states(folder: Path) -> Path:
    """Write both states, as `before` and `after`, into a folder."""
    for name in ("before", "after"):
        shutil.copytree(CASES / "demo", folder / name)
    for path, pairs in EDITS.items():
        target = folder / "after" / path
        text = target.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        target.write_text(text, encoding="utf-8")
    return folder
