"""An invented document and the plan that was made from it, to take apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import load
from planctl.digests import digest
from planctl.documents.normalising import normalise
from planctl.documents.reading import read_bytes
from planctl.drafting.intake import understand
from planctl.verification.comparison import verify

if TYPE_CHECKING:
    from planctl.drafting.intake import Intake
    from planctl.verification.records import Verification
    from planctl.workspace import Workspace

FOLDER = "plans/示例县"
CLAUSES = {
    "1": "（一）统一窗口设置。2024年6月底前，完成综合窗口调整，进驻事项不少于300项。（牵头单位：县政务服务局；配合单位：县司法局、财政局）",
    "2": "（二）公布事项清单。每年31日前公布下一年度的事项清单，并报县政府办公室备案。（牵头单位：县政务服务局；配合单位：各乡镇）",
    "3": "（三）开展季度检查。每季度至少开展1次检查，问题单位自收到通报之日起30日内完成整改。（牵头单位：县司法局；配合单位：县统计局）",
    "4": "（四）组织年度评估。聘请第三方组织评估，群众满意度不低于95%。（牵头单位：县统计局；配合单位：县政府各部门）",
}
"""Each in a line, with its number; 31日 has lost a part."""
DOCUMENT = f"""示例县2024年优化服务行动方案
示政发〔2024〕5号
各乡镇人民政府，县政府各部门：
为了方便群众办事，进一步优化服务，结合我县工作实际，经县政府研究同意，制定本方案，请认真组织实施。
一、规范窗口
{CLAUSES["1"]}
{CLAUSES["2"]}
二、加强检查
{CLAUSES["3"]}
{CLAUSES["4"]}
示例县人民政府
2024年3月1日
"""
UNITS = """planctl: 1
organisation: 示例县
units:
  - name: 示例县人民政府
    aliases: [县政府]
  - name: 县政府办公室
  - name: 县政务服务局
  - name: 县司法局
  - name: 县财政局
  - name: 县统计局
    aliases: [统计局]
groups:
  - name: 各乡镇
    aliases: [各乡镇人民政府]
  - name: 县政府各部门
"""
PLAN = f"""planctl: 1
id: shili-2024
title: 示例县2024年优化服务行动方案
document:
  number: 示政发〔2024〕5号
  issuers: [示例县人民政府]
  addressees: [各乡镇, 县政府各部门]
  issued: 2024-03-01
tasks:
  - id: "1"
    title: 统一窗口设置
    lead: [县政务服务局]
    support: [县司法局, 县财政局]
    basis: stated
    deadlines:
      - id: windows
        due: 2024-06-30
        quote: 2024年6月底前
      - id: matters
        metric: 进驻事项
        target: ">= 300 项"
        quote: 进驻事项不少于300项
    source: {{clause: "1", digest: "{digest(CLAUSES["1"])}"}}
  - id: "2"
    title: 公布事项清单
    lead: [县政务服务局]
    support: [各乡镇]
    basis: stated
    deadlines:
      - id: list
        recipients: [县政府办公室]
        every: year
        by: "03-01"
        quote: 每年31日前
        restored: 每年3月1日前
    source: {{clause: "2", digest: "{digest(CLAUSES["2"])}"}}
  - id: "3"
    title: 开展季度检查
    lead: [县司法局]
    support: [县统计局]
    basis: stated
    deadlines:
      - id: check
        every: quarter
        at_least: 1
        of: 次
        quote: 每季度至少开展1次检查
      - id: mend
        within: 30 days
        after: 收到通报
        quote: 自收到通报之日起30日内
    source: {{clause: "3", digest: "{digest(CLAUSES["3"])}"}}
  - id: "4"
    title: 组织年度评估
    lead: [县统计局]
    support: [县政府各部门]
    basis: stated
    deadlines:
      - id: satisfaction
        metric: 群众满意度
        target: ">= 95 %"
        quote: 群众满意度不低于95%
    source: {{clause: "4", digest: "{digest(CLAUSES["4"])}"}}
"""


def workspace(plan: str = PLAN, units: str = UNITS) -> Workspace:
    """Load a plan with its units."""
    return load({f"{FOLDER}/plan.yaml": plan, f"{FOLDER}/units.yaml": units})


def take_in(document: str) -> Intake:
    """Understand a text."""
    return take_in_bytes("document.txt", document.encode())


def take_in_bytes(name: str, data: bytes) -> Intake:
    """Understand a document of any format."""
    return understand(normalise(read_bytes(name, data)))


def verified(document: str = DOCUMENT, plan: str = PLAN, units: str = UNITS, former: str | None = None) -> Verification:
    """Compare a plan with a text."""
    known = workspace(plan, units)
    assert known.problems == ()
    (found,) = known.plans
    return verify(found, known.directory_of(found), take_in(document), take_in(former) if former else None)
