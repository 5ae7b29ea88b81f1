"""The units of a draft: proposals for `units.yaml` where there is none, and names that an existing one does not know."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from planctl.messages import say
from planctl.model import Group, Registry, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.directory import Directory
    from planctl.model import Plan

GROUP = re.compile(
    r"^(?:各|有关|相关|其他|所有|全体)|(?:^|[省市县区州旗委府局院])(?:级)?(?:各|有关|相关|其他|直属?各?|所属)[^市县区]*(?:部门|单位|机关|机构|乡镇|街道|处室)"
    r"|(?:部门|单位|机构|处室|乡镇|街道)(?:[(（][^()（）]*[)）])?$"
)
"""Names of many: 各乡镇(街道), 县直有关部门, 县政府其他有关部门, 县政府工作部门."""
EXCEPT_LEADS = re.compile(r"其他")
SHORT = (
    ("人民代表大会常务委员会", "人大常委会"),
    ("国民经济和社会发展", "发展"),
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("市场监督管理", "市监"),
    ("市场监管", "市监"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("工业和信息化", "工信"),
    ("自然资源和规划", "自规"),
    ("文化和旅游", "文旅"),
    ("卫生健康", "卫健"),
    ("应急管理", "应急"),
    ("医疗保障", "医保"),
    ("机构编制", "编"),
    ("政务服务", "政务"),
    ("人民法院", "法院"),
    ("人民检察院", "检察院"),
    ("人民政府", "政府"),
    ("办公室", "办"),
    ("委员会", "委"),
)
"""Long forms of names and the short ones that stand for them."""


KINDS = "局委办院厅部室会"
CORE = re.compile(r"^(?:自治[区州县]|[省市县区州旗镇乡各])?(?P<core>.+?)(?:[(（].*)?$")
COMMON = re.compile(
    "管理|监督|服务|行政|工作|部门|单位|政府|人民|委员|办公|事务|事业|中心|建设|综合|领导|小组|机关|机构|有关|相关|其他|直属|系统|所属"
)
"""Words that many names have; that two share them says nothing."""


class Strange(NamedTuple):
    """A name that a list of units does not know, with the known one that comes nearest, and the tasks that it stands in."""

    name: str
    nearest: str | None
    tasks: tuple[str, ...]


def names_in(plan: Plan) -> list[str]:
    """List the units that a plan names, each once: who issued it, whom it is addressed to, who leads, supports and acts."""
    found = [*plan.document.issuers, *plan.document.addressees]
    for task in plan.tasks:
        found += [*task.lead, *task.support, *(name for each in task.deadlines for name in (*each.actors, *each.recipients))]
    return list(dict.fromkeys(found))


def strangers(plan: Plan, directory: Directory) -> list[Strange]:
    """List the names that a list of units does not know."""
    known = [(each, shortened(each, "")) for each in directory.names()]
    unknown = [name for name in names_in(plan) if directory.find(name) is None]
    return [Strange(name, _akin(name, known), tuple(_tasks_of(plan, name))) for name in unknown]


def _akin(name: str, known: Sequence[tuple[str, str]]) -> str | None:
    """Find the known name that is most like this one among those that share the word that tells it from others."""
    wanted = shortened(name, "")
    words = _words(wanted)
    sharing = [(SequenceMatcher(None, short, wanted).ratio(), full) for full, short in known if short == wanted or words & _words(short)]
    return max(sharing, key=lambda each: each[0], default=(0.0, None))[1]


def _words(short: str) -> set[str]:
    """Give the pairs of characters of a name without its level, its kind and the words that many have."""
    core = CORE.sub(r"\g<core>", short)
    core = core[:-1] if len(core) > 2 and core[-1] in KINDS else core
    return {part[at : at + 2] for part in COMMON.split(core) for at in range(len(part) - 1)}


def _tasks_of(plan: Plan, name: str) -> Iterator[str]:
    for task in plan.tasks:
        if name in task.lead or name in task.support or any(name in each.actors for each in task.deadlines):
            yield task.id


def propose(plan: Plan, path: str, organisation: str, lang: str) -> Registry:
    """Propose the units of a plan: what is a unit and what a group is told by the form of the name, what is an alias by its long form."""
    names = names_in(plan)
    uses = Counter(name for task in plan.tasks for name in (*task.lead, *task.support))
    units: list[Unit] = []
    groups: list[Group] = []
    for several in _same(names, organisation):
        name, *aliases = sorted(several, key=lambda each: (-uses[each], len(each)))
        note = say("draft.alias-guessed", lang) if aliases else None
        if is_group(name):
            note = note or say("draft.members-unknown", lang)
            groups.append(Group(name, len(groups), tuple(aliases), except_leads=bool(EXCEPT_LEADS.search(name)), note=note))
        else:
            units.append(Unit(name, len(units), tuple(aliases), note=note))
    return Registry(path, organisation, tuple(units), tuple(groups))


def only(registry: Registry, names: Iterable[str]) -> Registry:
    """Leave in a proposal only what has one of some names."""
    wanted = set(names)
    units = (unit for unit in registry.units if not wanted.isdisjoint((unit.name, *unit.aliases)))
    groups = (group for group in registry.groups if not wanted.isdisjoint((group.name, *group.aliases)))
    return registry._replace(units=tuple(units), groups=tuple(groups))


def is_group(name: str) -> bool:
    """Tell by its form whether a name stands for many: 各…, 有关…, …各部门."""
    return bool(GROUP.search(name))


def _same(names: Iterable[str], organisation: str) -> Sequence[list[str]]:
    """Put together the names that are the same when their long forms are shortened and the place is left out."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(shortened(name, organisation), []).append(name)
    return list(found.values())


def shortened(name: str, organisation: str) -> str:
    """Shorten a name: 宁远县人民政府办公室 of 宁远县 is 县政府办."""
    short = name.removeprefix("中共")
    level = re.search(r"(?:自治区|自治州|[省市县区州旗])$", organisation)
    if level and short.startswith(organisation) and len(short) > len(organisation):
        short = level.group() + short[len(organisation) :]
    for long, other in SHORT:
        short = short.replace(long, other)
    return short
