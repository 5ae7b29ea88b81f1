"""Invented documents of the invented 示例县 for the tests of the import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.drafting.intake import take_in
from planctl.drafting.plans import draft_plan

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.drafting.plans import Drafted

HEAD = """\
示例县2024年优化服务工作要点
示政办发〔2024〕6号

各乡镇人民政府，县政府各部门：

"""
END = """
示例县人民政府办公室
2024年3月8日
"""
ITEMS = """\
一、便民服务

1. 设置综合窗口。2024年6月底前，完成综合窗口设置。（牵头单位：县行政审批局；配合单位：县司法局、县财政局等）

2. 公开办事清单。每年12月1日前公布清单，适时评估清单的执行情况。（责任单位：各乡镇人民政府）

二、监督检查

3. 开展检查。每季度检查不少于1次。（县司法局牵头，县财政局配合）
"""
DOCUMENT = HEAD + ITEMS + END
PLAN = """\
planctl: 1
id: shili-2024
title: 示例县2024年优化服务工作要点
document:
  number: 示政办发〔2024〕6号
  issuers: [示例县人民政府办公室]
  addressees: [各乡镇人民政府, 县政府各部门]
  issued: 2024-03-08
period: {start: 2024-01-01, end: 2024-12-31}
tasks:
  - id: "1"
    title: 设置综合窗口
    section: [一]
    lead: [县行政审批局]
    support: [县司法局, 县财政局]
    basis: stated
    open_list: true
    deadlines:
      - id: d1
        what: 完成综合窗口设置
        due: 2024-06-30
        quote: 2024年6月底前
    source: {clause: "1", digest: "sha256:…"}

  - id: "2"
    title: 公开办事清单
    section: [一]
    lead: [各乡镇人民政府]
    basis: stated
    deadlines:
      - id: d1
        what: 公布清单
        every: year
        by: "12-01"
        quote: 每年12月1日前
    doubts:
      - 时限：“适时”没有写明日期或次数，没有列入；确有要求的，请补上（原文第 10 行）
    source: {clause: "2", digest: "sha256:…"}

  - id: "3"
    title: 开展检查
    section: [二]
    lead: [县司法局]
    support: [县财政局]
    basis: stated
    deadlines:
      - id: d1
        what: 检查
        every: quarter
        at_least: 1
        of: 次
        quote: 每季度检查不少于1次
    source: {clause: "3", digest: "sha256:…"}
"""
"""What `DOCUMENT` becomes; digests are told apart by the tests of their own."""


def drafted(folder: Path, text: str, lang: str = "zh", plan_id: str = "shili-2024") -> Drafted:
    """Import a text."""
    path = folder / "文件.txt"
    path.write_text(text, encoding="utf-8")
    return draft_plan(take_in(str(path)), "plans/示例县/plan.yaml", plan_id, lang)
