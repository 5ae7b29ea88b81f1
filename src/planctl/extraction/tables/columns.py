"""What a column of a table holds: told by the words of its head, and by its cells where the head is unfamiliar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planctl.extraction.responsibility.names import is_unit, read_names
from planctl.extraction.script import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OF_CONTENT = (
    r"主要|工作|具体|重点|任务|改革|整改|试点|推进|指标|事项|目标|项目|建设|年度|全年|当年|本年|20[0-9]{2}年|预期"
    r"|绩效|阶段性?|量化|创建|攻坚|治理|服务|细化|分解|问题|存在|实施|实事|民生|任务书?|反馈|突出|惠民|办"
)
UNITS = r"(?:单位|部门|处室|科室|股室|主体|机构|机关|地区)(?:名称)?"
COLUMNS = {
    "number": r"序号|编号|序次|任务编号|项目编号|号",
    "other": r"备注|说明|(?:预期|工作)?成果(?:形式)?|(?:推广|实施)?范围|.{0,4}依据|(?:责任|牵头|分管|包保|主管|配合)(?:领导|人)"
    r"|联系.{1,2}"
    r"|.{0,4}(?:进展|完成|落实|整改)情况|单位|姓名|职[务称]|(?:联系|办公)?(?:电话|手机)(?:号码)?|邮箱|传真|文号|发文字号"
    r"|(?:计划)?(?:发布|成文|印发|发文|开工|启动|开始|起始|反馈|移交|交办|立项|受理|下达|更新)(?:日期|时间)|计量单位|.{0,4}(?:对象|渠道|载体)"
    r"|(?:建设|施工|设计|监理|填报|申报|中标|适用)单位",
    "lead": rf"(?:总)?(?:牵头|主办|主责|第一责任)(?:责任|负责|主管|领导)?{UNITS}|牵头|主办",
    "support": rf"(?:参加|配合|协办|参与|协同|协助|协作|支持|会同|共同)(?:责任|实施)?{UNITS}|配合|协办|参加",
    "guide": rf"(?:业务|行业)?(?:督导|督办|督查|监督|指导|验收){UNITS}",
    "duty": rf".{{0,4}}(?:责任|承办|负责|实施|落实|组织|主管|分工|承担|承接|监管|主要|整改){UNITS}|责任分工|职责分工|部门分工|任务分工|分工"
    r"|责任单位及(?:责任)?人|(?:责任)?部门|负责|承办",
    "time": r"(?:计划|预计|预期|拟|要求|任务|限期|最迟)?(?:完成|办结|办理|整改|时间|推进|工作|落实|目标|截止|达标|验收|销号|竣工|完工|投用"
    r"|进度|实施|报送|建成)?"
    r"(?:时限|期限|时间|日期|进度|节点|时序|时点|时期)(?:要求|安排|进度|节点|目标|计划|表){0,2}|月份|时间表|[\u4e00-\u9fff]{0,4}(?:时限|期限)|(?:普法|活动|宣传|培训|检查|会议|开展)时间",
    "content": rf"(?:{OF_CONTENT}){{0,3}}(?:内容|措施|任务|举措|事项|要求|工作|目标|名称|目标值|指标值?|计划数|任务数"
    r"|任务量|清单|问题|实事)"
    r"|(?:重点|实事|民生|惠民|建设|工作|任务|整治|整改|创建|改革|服务|具体|主要|民生实事|为民办实事)项目"
    r"|(?:政策|经验|行动|普法|活动|督办|督查|交办|议定|决策|部署|考核|宣传|培训){1,2}(?:措施|举措|事项|内容|任务|名称|做法)|(?:试点|改革|典型|创新)?经验(?:做法)?|(?:重点|目标|工作)?任务分解|(?:工作|质量|完成|具体|创建|落实)?标准"
    r"|[\u4e00-\u9fff]{0,4}(?:内容|措施|任务|举措|事项|目标|做法|要点)|[^,。;:、]{0,12}(?<!单位)(?<!部门)(?<!企业)(?<!地区)名称|[^,。;:、]{0,8}一件事”?(?:事项)?",
    "section": r"项目|类别|一级任务|任务类别|领域|方面|重点领域|任务分类|工作类别|指标类别|分类|板块|大类",
}
KINDS = {name: re.compile(rf"(?:{pattern})$") for name, pattern in COLUMNS.items()}
DETAIL = re.compile(r".{0,6}(?<!任务)(?:目标值?|要求|标准|指标值|计划数|任务数|任务量)$")
"""What says more of a task, and is its name only where nothing else is."""
PARTIES = re.compile(r"(?:各|相关|有关|属地|涉及)?(?:乡镇|街道|乡镇街道|镇街|地方|地区|县区|县市区|人员|领导|个人)")
JOINT = re.compile(r"以?及|和|与|、|/")
MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
STEP = re.compile(
    rf"(?P<when>(?:20[0-9]{{2}}年)?(?:(?:{MONTH}[-—至])?{MONTH}月(?:份|底前?|末)?|第?[一二三四1-4]季度|[上下]半年|年底前?)|20[0-9]{{2}}年(?:底前?)?)"
    r"(?:前)?(?:工作|任务|阶段性?|形象|建设|年度|推进|重点)?(?:目标值?|计划|任务|进度|安排|节点|内容|要求)?$"
)
"""A column of what is to be reached by a time that its head names: 3月, 二季度目标, 2025年目标."""
NO_TASKS = re.compile(
    r"公开(?:主体|渠道|方式|依据|层级|时限|对象|事项|内容).{0,6}"
    r"|(?:设定|实施|法定|许可|处罚)依据|实施机关|(?:法定|承诺)时限|办理(?:条件|流程|材料|时限)"
    r"|(?:职权|权力|权责)(?:名称|类型|类别|编码|事项)|(?:标准)?分值|[评得扣]分(?:标准|办法|细则)?"
)
"""Heads of lists that say how things are always done, and assign nothing."""
FIGURE = re.compile(r"(?P<from>[≥≤>]|达到|不低于|不少于|不超过)?(?P<value>[0-9]+(?:\.[0-9]+)?)(?P<to>以上|以下|左右|以内)?$")
"""A cell that is only a figure: its unit stands in a column of its own, or in its head."""
MEASURE = re.compile(r"(?:计量)?单位$")
TIMES = re.compile(
    r"(?:20[0-9]{2}[年\-./]|[0-9]{1,2}月|每(?:年|月|季|周|半年)|长期|持续|常态|年底|年内|全年|[上下]半年|第?[一二三四]季度|立即|已完成|立行立改|适时)[^。;]{0,24}$"
)
LONGEST = 40
"""A heading with its remarks."""
MOST = 0.7
"""How many of its cells make a column one of units or of times."""


def kind_of(heading: str) -> str | None:
    """Tell what a column holds by its heading."""
    plain = re.sub(r"\s", "", fold(heading)[0])
    if len(plain) > LONGEST:
        return None
    plain = re.sub(r"\([^()]*\)$", "", plain) or plain
    return _one_kind(plain) or _joint_kind(plain)


def is_detail(heading: str) -> bool:
    """Tell whether a column of contents says only what is to be reached, and is not the name of a task."""
    return bool(DETAIL.fullmatch(re.sub(r"\s", "", heading)))


def step_of(heading: str) -> str | None:
    """Give the time that a column is about: 3月, 2025年."""
    found = STEP.fullmatch(re.sub(r"\s", "", fold(heading)[0]))
    return found["when"] if found else None


def holds_units(cells: Sequence[str]) -> bool:
    """Tell whether cells name units and nothing else."""
    return _most(cells, _is_list)


def holds_times(cells: Sequence[str]) -> bool:
    """Tell whether cells say when."""
    return _most(cells, lambda cell: bool(TIMES.match(cell)))


def _most(cells: Sequence[str], check: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell.strip("-—/、")]
    return bool(filled) and sum(map(check, filled)) >= MOST * len(filled)


def _is_list(cell: str) -> bool:
    names = read_names(cell.strip("。;")).names
    return bool(names) and all(is_unit(name) and len(name) <= 20 for name in names)


def _one_kind(heading: str) -> str | None:
    return next((name for name, pattern in KINDS.items() if pattern.fullmatch(heading)), None)


def _joint_kind(heading: str) -> str | None:
    """Read a heading that names two things: 建设内容及年度目标, 牵头单位及责任人; both must be of one kind."""
    parts = [part for part in JOINT.split(heading) if not PARTIES.fullmatch(part)] if JOINT.search(heading) else [heading]
    if len(parts) == 1 and parts[0] != heading:
        return kind if (kind := _one_kind(parts[0])) in {"lead", "support", "duty"} else None
    kinds = [_one_kind(part) for part in parts]
    known = [kind for kind in kinds if kind and kind != "other"]
    return known[0] if len(parts) > 1 and None not in kinds and len(set(known)) == 1 else None
