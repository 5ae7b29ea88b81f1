from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load
from planctl.directory import Directory
from planctl.model import Group, Registry, Task, Unit

UNITS = """\
planctl: 1
organisation: 示例县
units:
  - {name: 县司法局, aliases: [司法局, 示例县司法局]}
  - {name: 县财政局}
  - {name: 城关镇}
  - {name: 河西镇, aliases: [河西]}
groups:
  - {name: 各乡镇(街道), aliases: [各乡镇], members: [城关镇, 河西]}
  - {name: 县直各单位, members: [司法局, 县财政局]}
  - {name: 全体单位, members: [县直各单位, 各乡镇, 县司法局]}
  - {name: 其他有关部门, members: [县司法局, 县财政局], except_leads: true}
  - {name: 县政府各部门}
"""


def directory(text: str = UNITS) -> Directory:
    workspace = load({"plans/x/units.yaml": text})
    assert workspace.problems == ()
    return workspace.directories["plans/x"]


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("县司法局", "县司法局"), ("司法局", "县司法局"), ("各乡镇", "各乡镇(街道)"), ("县教育局", "县教育局"), ("", "")],
)
def test_an_alias_stands_for_a_name_and_an_unknown_name_for_itself(name: str, canonical: str) -> None:
    assert directory().canonical(name) == canonical


def test_a_name_outweighs_an_alias_and_of_two_the_first_holds() -> None:
    found = Directory(Registry("", None, (Unit("甲", aliases=("乙", "丙")), Unit("乙"), Unit("丁", aliases=("丙",)))))
    assert [found.canonical(name) for name in ("甲", "乙", "丙")] == ["甲", "乙", "甲"]


def test_all_names_are_listed_with_their_aliases() -> None:
    assert directory().names() == [
        *("县司法局", "县财政局", "城关镇", "河西镇", "各乡镇(街道)", "县直各单位", "全体单位", "其他有关部门", "县政府各部门"),
        *("司法局", "示例县司法局", "河西", "各乡镇"),
    ]


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("各乡镇(街道)", ("城关镇", "河西镇")),
        ("各乡镇", ("城关镇", "河西镇")),
        ("全体单位", ("县司法局", "县财政局", "城关镇", "河西镇")),
        ("县政府各部门", ()),
        ("县司法局", None),
        ("县教育局", None),
    ],
)
def test_members_are_single_units_through_groups_within(name: str, members: tuple[str, ...] | None) -> None:
    found = directory()
    assert (found.members(name), found.members(name)) == (members, members)


def test_members_that_nobody_registered_count_by_their_own_names() -> None:
    assert Directory(Registry("", None, (), (Group("各局", members=("县教育局",)),))).members("各局") == ("县教育局",)


@pytest.mark.parametrize(
    "groups", [(("甲", ("甲",)),), (("甲", ("乙",)), ("乙", ("甲",))), (("甲", ("乙", "丁")), ("乙", ("丙",)), ("丙", ("甲",)))]
)
def test_groups_that_hold_each_other_come_to_an_end(groups: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    found = Directory(Registry("", None, (), tuple(Group(name, members=members) for name, members in groups)))
    assert found.members("甲") == (("丁",) if len(groups) == 3 else ())


@pytest.mark.parametrize(
    ("unit", "groups"),
    [
        ("县司法局", ["县直各单位", "全体单位", "其他有关部门"]),
        ("河西镇", ["各乡镇(街道)", "全体单位"]),
        ("各乡镇(街道)", []),
        ("县教育局", []),
    ],
)
def test_the_groups_that_a_unit_is_known_to_be_in(unit: str, groups: list[str]) -> None:
    assert [group.name for group in directory().groups_of(unit)] == groups


@pytest.mark.parametrize(
    ("name", "lead", "members"),
    [
        ("其他有关部门", ("司法局",), ("县财政局",)),
        ("其他有关部门", ("县教育局",), ("县司法局", "县财政局")),
        ("县直各单位", ("县司法局",), ("县司法局", "县财政局")),
        ("县政府各部门", ("县司法局",), ()),
        ("县司法局", ("县司法局",), None),
    ],
)
def test_the_others_are_those_that_do_not_lead(name: str, lead: tuple[str, ...], members: tuple[str, ...] | None) -> None:
    assert directory().members_in(name, Task("1", "示例任务", lead=lead)) == members


NAMES = st.sampled_from("甲乙丙丁戊己")
GROUPS = st.dictionaries(NAMES, st.lists(NAMES, max_size=4), max_size=5)


@settings(deadline=None)
@given(GROUPS)
def test_a_unit_is_in_the_groups_whose_member_it_is(groups: dict[str, list[str]]) -> None:
    found = Directory(Registry("", None, (), tuple(Group(name, members=tuple(members)) for name, members in groups.items())))
    for unit in "甲乙丙丁戊己":
        assert [group.name for group in found.groups_of(unit)] == [name for name in groups if unit in (found.members(name) or ())]
    assert all(member not in groups for name in groups for member in found.members(name) or ())
