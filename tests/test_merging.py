"""Merging two versions of a plan: what anybody has recorded or remarked is there, and what both have changed differently is a conflict."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl import yamltree
from planctl.merging import Merged, describe, merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import DrawFn, SearchStrategy

    from planctl.yamltree import Node

PLAN = """\
# yaml-language-server: $schema=plan.schema.json
planctl: 1
id: demo
title: 示例县工作方案
period: {start: 2021-01-01, end: 2025-12-31}
tasks:
  - id: "44"
    title: 公开权责清单
    lead: [县司法局]
    support: [县财政局, 县教育局]
    deadlines:
      - id: publish
        due: 2022-12-31  # 年底前
    progress: []

  # 下一项
  - id: "45"
    title: 报送年度报告
    lead: [县财政局, 县教育局]
    progress:
      - {on: 2022-01-10, unit: 县财政局, state: accepted}
"""
DUE, ENTRY = "due: 2022-12-31", "      - {on: 2022-01-10, unit: 县财政局, state: accepted}\n"
REPORT = "      - {{on: {day}, unit: {unit}, state: submitted}}\n"


def merged(ours: str, theirs: str, base: str = PLAN) -> Merged:
    return merge(base.encode(), ours.encode(), theirs.encode())


def text_of(ours: str, theirs: str, base: str = PLAN) -> str:
    """Merge what is to merge without a conflict, and by id."""
    found = merged(ours, theirs, base)
    assert (found.conflicts, found.clean, found.unread) == ((), True, None)
    return found.data.decode()


def words_of(ours: str, theirs: str, base: str = PLAN, lang: str = "zh") -> list[str]:
    found = merged(ours, theirs, base)
    assert (found.clean, found.unread) == (False, None)
    return [describe(conflict, "plan.yaml", lang) for conflict in found.conflicts]


def changed(*edits: tuple[str, str], base: str = PLAN) -> str:
    for old, new in edits:
        assert base.count(old) == 1, old
        base = base.replace(old, new)
    return base


def plain(node: Node) -> Any:
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else node


def says(text: str) -> Any:
    tree, flaws = yamltree.parse(text)
    assert flaws == []
    return plain(tree)


# Without a conflict


def test_what_one_side_has_not_changed_is_taken_from_the_other_byte_for_byte() -> None:
    other = changed((DUE, "due:   '2023-06-30'"), ("[]\n", "\n    - on: 2022-01-01\n      # 甲\n      state: done\n"))
    assert [text_of(PLAN, other), text_of(other, PLAN), text_of(other, other)] == [other] * 3


def test_changes_of_neighbouring_lines_do_not_conflict() -> None:
    ours, theirs = ("id: demo", "id: other"), ("title: 示例县工作方案", "title: 示例县总体方案")
    assert text_of(changed(ours), changed(theirs)) == changed(ours, theirs)


def test_changes_within_one_pair_of_brackets_do_not_conflict() -> None:
    ours, theirs = ("start: 2021-01-01", "start: 2021-02-01"), ("end: 2025-12-31", "end: 2026-12-31")
    assert text_of(changed(ours), changed(theirs)) == changed(ours, theirs)


def test_entries_that_both_append_are_kept_by_date() -> None:
    later, sooner = REPORT.format(day="2022-06-30", unit="甲局"), REPORT.format(day="2022-03-31", unit="乙局")
    assert text_of(PLAN + later, PLAN + sooner) == PLAN + sooner + later


def test_entries_of_one_day_stand_in_the_order_of_ours_and_theirs() -> None:
    one, other = REPORT.format(day="2022-06-30", unit="甲局"), REPORT.format(day="2022-06-30", unit="乙局")
    assert text_of(PLAN + one, PLAN + other) == PLAN + one + other


def test_a_log_that_is_not_by_date_is_not_put_in_order() -> None:
    early, late, between = (REPORT.format(day=day, unit="甲局") for day in ("2021-06-30", "2023-06-30", "2022-06-30"))
    assert text_of(PLAN + early + late, PLAN + between) == PLAN + early + late + between


def test_an_entry_that_both_have_recorded_is_there_once() -> None:
    both, ours = REPORT.format(day="2022-06-30", unit="甲局"), REPORT.format(day="2022-07-31", unit="乙局")
    assert text_of(PLAN + both + ours, PLAN + both) == PLAN + both + ours


def test_the_first_entries_of_both_meet_where_there_was_none() -> None:
    one, other = REPORT.format(day="2022-06-30", unit="甲局"), REPORT.format(day="2022-03-31", unit="乙局")
    empty = "    progress: []\n"
    assert text_of(changed((empty, f"    progress:\n{one}")), changed((empty, f"    progress:\n{other}"))) == changed(
        (empty, f"    progress:\n{other}{one}")
    )
    absent = changed((empty, ""))
    assert text_of(changed((empty, f"    progress:\n{one}")), changed((empty, f"    progress:\n{other}")), absent) == changed(
        (empty, f"    progress:\n{other}{one}")
    )


DOUBTS = "    doubts:\n      - 一（第 1 行）\n      - 二\n      - 三\n"
DOUBTFUL = PLAN.replace("    progress: []\n", DOUBTS + "    progress: []\n")


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (DOUBTS.replace("      - 二\n", ""), ""),
        (DOUBTS.replace("二", "四"), "    doubts:\n      - 四\n"),
        (DOUBTS + "      - 四\n", "    doubts:\n      - 四\n"),
    ],
)
def test_doubts_that_one_side_has_settled_are_gone_and_those_it_had_not_seen_stay(other: str, left: str) -> None:
    gone, theirs, expected = (changed((DOUBTS, text), base=DOUBTFUL) for text in ("", other, left))
    assert [text_of(gone, theirs, DOUBTFUL), text_of(theirs, gone, DOUBTFUL)] == [expected] * 2


def test_doubts_are_settled_one_by_one_on_both_sides() -> None:
    one, other = (changed((DOUBTS, DOUBTS.replace(line, "")), base=DOUBTFUL) for line in ("      - 二\n", "      - 三\n"))
    assert text_of(one, other, DOUBTFUL) == changed((DOUBTS, "    doubts:\n      - 一（第 1 行）\n"), base=DOUBTFUL)


def test_merging_by_lines_does_not_mind_what_a_hook_has_left_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    found = merge(b"a\n\nb\n", b"a\n\nc\n", b"d\n\nb\n")
    assert (found.data, found.clean, found.unread) == (b"d\n\nc\n", True, "base")


def test_an_entry_in_lines_joins_entries_in_brackets_and_their_indentation() -> None:
    theirs = changed((ENTRY, ENTRY.replace("      ", "    ") + "    # 补记\n    - on: 2022-05-01\n      state: done\n"))
    ours = PLAN + REPORT.format(day="2022-06-30", unit="甲局")
    joined = "      # 补记\n      - on: 2022-05-01\n        state: done\n"
    assert text_of(ours, theirs) == PLAN + joined + REPORT.format(day="2022-06-30", unit="甲局")


def test_a_list_in_brackets_meets_one_in_lines() -> None:
    ours = changed(("[县财政局, 县教育局]\n    deadlines", "[县财政局, 县教育局, 县审计局]\n    deadlines"))
    theirs = changed(("[县财政局, 县教育局]\n    deadlines", "\n      - 县财政局\n      - 县统计局  # 新增\n    deadlines"))
    assert text_of(ours, theirs) == changed(
        ("support: [县财政局, 县教育局]", "support: \n      - 县财政局\n      - 县审计局\n      - 县统计局  # 新增")
    )


def test_a_correction_of_an_entry_is_no_second_entry() -> None:
    ours = changed(("accepted}", "accepted, note: 甲}"))
    theirs = changed(("2022-01-10", "2022-01-11"))
    assert text_of(ours, theirs) == changed(("2022-01-10", "2022-01-11"), ("accepted}", "accepted, note: 甲}"))


def test_supporting_units_are_a_set() -> None:
    support = "support: [县财政局, 县教育局]"
    ours, theirs = changed((support, "support: [县教育局, 县财政局, 甲局]")), changed((support, "support: [乙局, 县教育局]"))
    assert says(text_of(ours, theirs))["tasks"][0]["support"] == ["乙局", "县教育局", "甲局"]


def test_further_leads_of_both_stand_one_after_the_other() -> None:
    lead = "lead: [县司法局]"
    assert text_of(changed((lead, "lead: [县司法局, 甲局]")), changed((lead, "lead: [县司法局, 乙局]"))) == changed(
        (lead, "lead: [县司法局, 甲局, 乙局]")
    )


def test_tasks_that_one_side_has_moved_stay_moved() -> None:
    head, first, second = re.split(r"(?<=tasks:\n)|\n(?=  # 下一项)", PLAN)
    third = '  - id: "46"\n    title: 甲\n'
    theirs = f"{head}{second}\n{first}"
    assert text_of(f"{PLAN}{third}", theirs) == f"{head}{second}{third}\n{first}"


def test_a_new_task_comes_with_its_comments_and_blank_lines() -> None:
    new = '\n  # 新任务\n  - id: "46"\n    title: 甲  # 暂定\n    # 待定\n'
    assert text_of(changed((DUE, "due: 2023-06-30")), PLAN + new) == changed((DUE, "due: 2023-06-30")) + new


def test_a_task_that_one_side_has_removed_is_gone() -> None:
    assert text_of(changed((DUE, "due: 2023-06-30")), PLAN[: PLAN.index("\n  # 下一项")]) == changed(
        (DUE, "due: 2023-06-30"), base=PLAN[: PLAN.index("\n  # 下一项")]
    )


def test_comments_of_both_at_one_place_are_kept() -> None:
    ours, theirs = changed(("# 下一项", "# 下一项\n  # 甲")), changed(("# 下一项", "# 下一项\n  # 乙"))
    assert text_of(ours, theirs) == changed(("# 下一项", "# 下一项\n  # 甲\n  # 乙"))


def test_a_comment_whose_line_has_another_by_now_goes_above_it() -> None:
    assert text_of(changed(("# 年底前", "# 甲")), changed(("# 年底前", "# 乙"))) == changed(
        ("        due: 2022-12-31  # 年底前", "        # 乙\n        due: 2022-12-31  # 甲")
    )


def test_comments_of_both_below_an_entry_are_kept() -> None:
    ours, theirs = (f"{PLAN}note: 甲\n  # {word}\n" for word in "一二")
    assert text_of(ours, theirs, f"{PLAN}note: 甲\n") == f"{PLAN}note: 甲\n  # 一\n  # 二\n"


def test_a_text_over_several_lines_is_taken_with_its_indentation() -> None:
    base = 'tasks:\n  - id: "1"\n    note: |\n      一\n      二\n    lead: [甲]\n'
    theirs = 'tasks:\n- id: "1"\n  note: |\n    一\n    三\n  lead: [甲]\n'
    assert text_of(base.replace("[甲]", "[甲, 乙]"), theirs, base) == base.replace("二", "三").replace("[甲]", "[甲, 乙]")


def test_a_list_in_lines_that_both_have_put_in_brackets_is_merged() -> None:
    base = "support:\n  - 甲\n  - 乙\n"
    assert text_of("support: [甲, 乙, 丙]\n", "support: [乙]\n", base) == "support: [乙, 丙]\n"


def test_brackets_with_comments_in_them_are_not_taken_apart() -> None:
    base = "support: [甲, # 一\n  乙]\n"
    found = merged(base.replace("乙", "乙, 丙"), base.replace("乙", "乙, 丁"), base)
    assert found.data.decode() == ("<<<<<<< ours\nsupport: [甲, # 一\n  乙, 丙]\n=======\nsupport: [甲, # 一\n  乙, 丁]\n>>>>>>> theirs\n")


def test_a_list_that_has_lost_its_last_name_is_empty() -> None:
    base = "support:\n  - 甲\n  - 乙\nnote: 丙\n"
    assert text_of(base.replace("  - 甲\n", ""), base.replace("  - 乙\n", ""), base) == "support: []\nnote: 丙\n"


def test_a_comment_moves_in_beside_a_new_value() -> None:
    ours, theirs = changed((DUE, "due: 2023-06-30")), changed(("# 年底前", "# 见附件"))
    assert text_of(ours, theirs) == changed((DUE, "due: 2023-06-30"), ("# 年底前", "# 见附件"))


@pytest.mark.parametrize("crlf", ["ours", "theirs", "both"])
def test_line_ends_are_those_of_ours(crlf: str) -> None:
    ours, theirs = changed((DUE, "due: 2023-06-30")), PLAN + REPORT.format(day="2022-06-30", unit="甲局")
    expected = changed((DUE, "due: 2023-06-30")) + REPORT.format(day="2022-06-30", unit="甲局")
    sides = [text.replace("\n", "\r\n") if crlf in (name, "both") else text for name, text in (("ours", ours), ("theirs", theirs))]
    assert text_of(*sides) == (expected if crlf == "theirs" else expected.replace("\n", "\r\n"))


def test_a_file_without_a_last_line_break_and_with_a_byte_order_mark_stays_so() -> None:
    ours, theirs = "\ufeff" + changed((DUE, "due: 2023-06-30"))[:-1], changed(("公开权责", "公布权责"))
    assert text_of(ours, theirs) == "\ufeff" + changed((DUE, "due: 2023-06-30"), ("公开权责", "公布权责"))[:-1]


UNITS = (
    "planctl: 1\nunits:\n  - name: 县司法局\n    aliases: [司法局]\n  - name: 县财政局\ngroups:\n- name: 各乡镇\n  members: [甲镇, 乙镇]\n"
)
SETTINGS = "planctl: 1\nseverity: {P306: off}\nwaivers:\n  - {code: P101, task: demo/1, reason: 甲, until: 2026-12-31}\ndue_soon: 30\n"


def test_units_are_merged_by_name() -> None:
    ours = changed(("[司法局]", "[司法局, 司法]"), ("name: 县财政局", "name: 县财政局\n    to: 2024-01-01"), base=UNITS)
    theirs = changed(("[司法局]", "[法制办, 司法局]"), ("乙镇]", "乙镇, 丙镇]"), ("groups", "  - name: 县审计局\ngroups"), base=UNITS)
    expected = "planctl: 1\nunits:\n  - name: 县司法局\n    aliases: [法制办, 司法局, 司法]\n  - name: 县财政局\n    to: 2024-01-01\n  - name: 县审计局\n"
    assert text_of(ours, theirs, UNITS) == f"{expected}groups:\n- name: 各乡镇\n  members: [甲镇, 乙镇, 丙镇]\n"


def test_settings_are_merged_by_key_and_waivers_by_code_and_task() -> None:
    ours = changed(("off}", "off, P307: info}"), ("reason: 甲", "reason: 乙"), base=SETTINGS)
    theirs = changed(("2026-12-31", "2027-12-31"), ("{P306", "{P101: warning, P306"), ("due_soon: 30", "due_soon: 20"), base=SETTINGS)
    assert says(text_of(ours, theirs, SETTINGS)) == {
        "planctl": "1",
        "severity": {"P101": "warning", "P306": "off", "P307": "info"},
        "waivers": [{"code": "P101", "task": "demo/1", "reason": "乙", "until": "2027-12-31"}],
        "due_soon": "20",
    }


def test_a_file_that_both_have_added_is_put_together_where_it_can_be() -> None:
    ours, theirs = changed((DUE, "due: 2022-12-31")), PLAN + '  - id: "46"\n    title: 甲\n'
    assert text_of(ours, theirs, "") == theirs


# With one


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", "plan.yaml:13: 冲突：任务 44 的时限 publish 的到期日：我方 2023-06-30，对方 2023-03-31，原为 2022-12-31。"),
        ("en", "plan.yaml:13: conflict: task 44, deadline publish, due date: ours 2023-06-30, theirs 2023-03-31, before 2022-12-31."),
    ],
)
def test_a_conflict_is_said_in_words(lang: str, expected: str) -> None:
    ours, theirs = changed((DUE, "due: 2023-06-30")), changed((DUE, "due: 2023-03-31"), ("县司法局", "县审计局"))
    assert words_of(ours, theirs, lang=lang) == [expected]


def test_a_conflict_is_marked_around_the_entry_and_the_rest_is_merged() -> None:
    ours, theirs = changed((DUE, "due: 2023-06-30")), changed((DUE, "due: 2023-03-31"), ("县司法局", "县审计局"))
    marked = "<<<<<<< ours\n        due: 2023-06-30  # 年底前\n=======\n        due: 2023-03-31  # 年底前\n>>>>>>> theirs\n"
    assert merged(ours, theirs).data.decode() == changed(("        due: 2022-12-31  # 年底前\n", marked), ("县司法局", "县审计局"))


CONFLICTS: dict[str, tuple[tuple[str, str], tuple[str, str], str]] = {
    "both replace the first lead": (
        ("lead: [县司法局]", "lead: [甲局]"),
        ("lead: [县司法局]", "lead: [乙局]"),
        "9: 冲突：任务 44 的牵头单位：我方“甲局”，对方“乙局”，原为“县司法局”。",
    ),
    "both put another lead first": (
        ("lead: [县司法局]", "lead: [甲局, 县司法局]"),
        ("lead: [县司法局]", "lead: [乙局, 县司法局]"),
        "9: 冲突：任务 44 的牵头单位：我方“甲局、县司法局”，对方“乙局、县司法局”，原为“县司法局”。",
    ),
    "a key in brackets": (
        ("end: 2025-12-31", "end: 2026-12-31"),
        ("end: 2025-12-31", "end: 2027-12-31"),
        "5: 冲突：起止的终止日期：我方 2026-12-31，对方 2027-12-31，原为 2025-12-31。",
    ),
    "changed here and removed there": (
        ("    title: 公开权责清单\n", "    title: 公布权责清单\n"),
        ("    title: 公开权责清单\n", ""),
        "8: 冲突：任务 44 的名称：我方“公布权责清单”，对方已删去，原为“公开权责清单”。",
    ),
    "removed here and changed there": (
        (ENTRY, ""),
        ("accepted}", "accepted, note: 甲}"),
        "21: 冲突：任务 45 的进展 2022-01-10：我方删去了整项，对方改了说明。",
    ),
    "a key that both have added": (
        ("    title: 公开", "    note: 甲\n    title: 公开"),
        ("    title: 公开", "    note: 乙\n    title: 公开"),
        "8: 冲突：两边各自新增了任务 44 的说明：我方“甲”，对方“乙”。",
    ),
    "a correction of one entry in two ways": (
        ("accepted}", "accepted, note: 甲}"),
        ("accepted}", "accepted, note: 乙}"),
        "21: 冲突：两边各自新增了任务 45 的进展 2022-01-10 的说明：我方“甲”，对方“乙”。",
    ),
    "a task removed here and changed there": (
        (PLAN[PLAN.index('  - id: "45"') :], ""),
        ("title: 报送年度报告\n", "title: 报送报告\n    deadlines: [{id: report, due: 2023-01-01}]\n"),
        "17: 冲突：任务 45：我方删去了整项，对方改了名称、时限 report。",
    ),
    "a list and a text": (
        ("lead: [县司法局]", "lead: 县司法局"),
        ("lead: [县司法局]", "lead: [县司法局, 甲局]"),
        "9: 冲突：任务 44 的牵头单位：我方“县司法局”，对方“县司法局、甲局”，原为“县司法局”。",
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "expected"), CONFLICTS.values(), ids=CONFLICTS)
def test_what_both_have_changed_differently_is_a_conflict(ours: tuple[str, str], theirs: tuple[str, str], expected: str) -> None:
    assert words_of(changed(ours), changed(theirs)) == [f"plan.yaml:{expected}"]


def test_a_task_that_both_have_added_under_one_number_is_a_conflict_as_a_whole() -> None:
    ours, theirs = (f'{PLAN}  - id: "46"\n    title: {title}\n    tags: [{title}]\n' for title in ("甲", "乙"))
    expected = "plan.yaml:22: 冲突：两边各自新增了任务 46，不同的是名称、标签。"
    assert words_of(ours, theirs) == [expected]
    assert merged(ours, theirs).data.decode() == (
        f'{PLAN}<<<<<<< ours\n  - id: "46"\n    title: 甲\n    tags: [甲]\n=======\n  - id: "46"\n    title: 乙\n    tags: [乙]\n>>>>>>> theirs\n'
    )


def test_a_conflict_about_the_first_key_of_an_item_has_its_dash_in_both_versions() -> None:
    base = "tasks:\n  - title: 甲\n    id: '1'\n"
    found = merged(base.replace("甲", "乙"), base.replace("甲", "丙"), base)
    assert found.data.decode() == "tasks:\n<<<<<<< ours\n  - title: 乙\n=======\n  - title: 丙\n>>>>>>> theirs\n    id: '1'\n"


def test_markers_are_as_long_as_git_asks() -> None:
    found = merge(PLAN.encode(), changed((DUE, "due: 1")).encode(), changed((DUE, "due: 2")).encode(), 9)
    assert re.findall(r"^[<=>]{2,}", found.data.decode(), re.MULTILINE) == ["<" * 9, "=" * 9, ">" * 9]


def test_a_long_value_is_said_in_part() -> None:
    ours, theirs = changed(("公开权责清单", "甲" * 100)), changed(("公开权责清单", "乙"))
    assert words_of(ours, theirs) == [f"plan.yaml:8: 冲突：任务 44 的名称：我方“{'甲' * 59}…”，对方“乙”，原为“公开权责清单”。"]


# What cannot be merged by id


@pytest.mark.parametrize(
    "odd",
    ["a: [", "a: &x 1\n", "a: !t 1\n", "a: 1\na: 2\n", "- a\n", "text", "{a: 1}\n", "a: 1\n---\nb: 2\n", "", "? [a]\n: 1\n", "a: *x\n"],
)
def test_a_version_that_is_not_of_our_dialect_is_merged_by_lines(odd: str) -> None:
    found = merged(odd, PLAN + "note: 甲\n")
    assert (found.clean, found.unread, found.conflicts) == (False, "ours", ())
    assert found.data.decode().count("<<<<<<< ours") == 1
    assert merged(PLAN + "note: 甲\n", odd).unread == "theirs"


def test_bytes_that_are_no_text_are_merged_by_lines() -> None:
    theirs = PLAN.encode() + "note: 甲\n".encode("gb18030")
    found = merge(PLAN.encode(), changed(("id: demo", "id: other")).encode(), theirs)
    assert found == Merged(theirs.replace(b"id: demo", b"id: other"), clean=True, unread="theirs")


def test_what_was_in_conflict_in_the_base_was_agreed_on_by_nobody() -> None:
    base = changed((f"        {DUE}  # 年底前\n", "<<<<<<< a\n        due: 1\n=======\n        due: 2\n>>>>>>> b\n"))
    ours, theirs = changed((DUE, "due: 1"), ("县司法局", "县审计局")), changed((DUE, "due: 2"))
    assert words_of(ours, theirs, base) == ["plan.yaml:13: 冲突：两边各自新增了任务 44 的时限 publish 的到期日：我方 1，对方 2。"]
    assert text_of(ours, changed((DUE, "due: 1")), base) == ours


def test_a_base_that_nobody_can_read_leads_to_a_merge_by_lines() -> None:
    found = merged(PLAN, changed((DUE, "due: 1")), "a: [\n")
    assert (found.clean, found.unread) == (False, "base")


# Laws, for plans in any layout


class Layout(NamedTuple):
    """How a plan is written."""

    dash: int
    flow: bool
    blank: bool
    crlf: bool
    ended: bool


LAYOUTS = st.builds(Layout, st.sampled_from([0, 2, 4]), st.booleans(), st.booleans(), st.booleans(), st.booleans())
WORDS = st.sampled_from(["甲局", "乙局", "丙局", "丁局", "a b", "😀"])
DAYS = st.sampled_from(["2022-01-01", "2022-02-02", "2022-03-03"])


class Task(NamedTuple):
    """A task as a value: its fields, and comments by where they stand."""

    id: str
    title: str
    lead: tuple[str, ...]
    tags: tuple[str, ...]
    due: str
    progress: tuple[tuple[str, str], ...]
    above: tuple[str, ...] = ()
    beside: str = ""
    below: str = ""


TASKS = st.lists(
    st.builds(
        Task,
        st.sampled_from("12345"),
        WORDS,
        st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple),
        st.lists(WORDS, max_size=3, unique=True).map(tuple),
        DAYS,
        st.lists(st.tuples(DAYS, WORDS), max_size=3, unique=True).map(lambda each: tuple(sorted(each))),
        st.lists(st.sampled_from(["# 一", "# 二"]), max_size=1).map(tuple),
        st.sampled_from(["", "# 三"]),
        st.sampled_from(["", "# 四"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda task: task.id,
)


def written(tasks: list[Task], layout: Layout, head: str = "") -> str:
    """Write a plan."""
    dash, key = " " * layout.dash, " " * (layout.dash + 2)
    lines = [*([head] if head else []), "planctl: 1", "id: demo", "tasks:" if tasks else "tasks: []"]
    for number, task in enumerate(tasks):
        lines += [""] if layout.blank and number else []
        lines += [f"{dash}{comment}" for comment in task.above]
        lines += [f'{dash}- id: "{task.id}"', f"{key}title: {task.title}{task.beside and '  '}{task.beside}"]
        lines += _names("lead", task.lead, key, layout) + _names("tags", task.tags, key, layout)
        lines += [f"{key}due: {task.due}", f"{key}progress:{'' if task.progress else ' []'}"]
        for on, unit in task.progress:
            lines += [f"{key}  - {{on: {on}, unit: {unit}}}"] if layout.flow else [f"{key}  - on: {on}", f"{key}    unit: {unit}"]
        lines += [f"{key}  {task.below}"] if task.below else []
    text = "\n".join(lines) + "\n" * layout.ended
    return text.replace("\n", "\r\n") if layout.crlf else text


def _names(name: str, names: tuple[str, ...], key: str, layout: Layout) -> list[str]:
    if layout.flow or not names:
        return [f"{key}{name}: [{', '.join(names)}]"]
    return [f"{key}{name}:", *(f"{key}- {each}" for each in names)]


EDITS: dict[str, Callable[[Task, str, str], Task]] = {
    "title": lambda task, word, _: task._replace(title=word),
    "due": lambda task, _, day: task._replace(due=day),
    "lead": lambda task, word, _: task._replace(lead=tuple(dict.fromkeys((*task.lead, word)))),
    "first": lambda task, word, _: task._replace(lead=tuple(dict.fromkeys((word, *task.lead)))),
    "tags": lambda task, word, _: task._replace(tags=tuple(each for each in task.tags if each != word)),
    "tag": lambda task, word, _: task._replace(tags=tuple(dict.fromkeys((word, *task.tags)))),
}


@st.composite
def edited(draw: DrawFn, tasks: list[Task], mark: str) -> list[Task]:
    """Change tasks, report on them, remark on them, add and remove and move some, as one person does."""
    found = list(tasks)
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from([*EDITS, "report", "report", "above", "beside", "below", "add", "remove", "move"]))
        place = draw(st.integers(0, max(len(found) - 1, 0)))
        note = f"# {mark}{number}"
        if kind == "remove" and len(found) > 1:
            found.pop(place)
        elif kind == "add":
            free = sorted(set("123456789") - {task.id for task in (*found, *tasks)})
            found.insert(place, Task(free[ord(mark) % 3], draw(WORDS), ("甲局",), (), "2022-01-01", (), (note,)))
        elif kind == "move":
            found.insert(draw(st.integers(0, len(found) - 1)), found.pop(place))
        elif kind != "remove":
            found[place] = _edit(found[place], kind, note, draw(WORDS), draw(DAYS))
    return found


def _edit(task: Task, kind: str, note: str, word: str, day: str) -> Task:
    if kind == "report":
        return task._replace(progress=tuple(sorted({*task.progress, (day, f"{word}{note[-2:]}")})))
    if kind == "above":
        return task._replace(above=(*task.above, note))
    if kind == "beside":
        return task._replace(beside=note)
    if kind == "below":
        return task._replace(below=note)
    return EDITS[kind](task, word, day)


class Case(NamedTuple):
    """Three versions of a plan."""

    base: bytes
    ours: bytes
    theirs: bytes


@st.composite
def cases(draw: DrawFn, *, same_layout: bool = False, layouts: SearchStrategy[Layout] = LAYOUTS) -> Case:
    tasks = draw(TASKS)
    base = draw(layouts)
    others = [base if same_layout or draw(st.booleans()) else draw(layouts) for _ in range(2)]
    sides = [
        (tasks, base, ""),
        (draw(edited(tasks, "a")), others[0], draw(st.sampled_from(["", "# 首"]))),
        (draw(edited(tasks, "b")), others[1], ""),
    ]
    return Case(*(written(*side).encode() for side in sides))


def comments_of(data: bytes) -> Counter[str]:
    return Counter(re.findall(r"# \S+", data.decode()))


def reports_of(data: bytes) -> Counter[tuple[str, str]]:
    tasks = says(data.decode())["tasks"] or []
    return Counter((task["id"], f"{entry['on']} {entry['unit']}") for task in tasks for entry in task["progress"] or [])


def unordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: unordered(each) for key, each in value.items()}
    return sorted((unordered(each) for each in value), key=repr) if isinstance(value, list) else value


@given(cases())
def test_every_comment_of_anybody_is_kept(case: Case) -> None:
    found = merge(*case)
    known = [comments_of(data) for data in case]
    new = {comment for comment in known[1] | known[2] if comment not in known[0]}
    assert (found.unread, new - comments_of(found.data).keys()) == (None, set())


@given(cases())
def test_every_report_of_a_task_that_is_there_is_kept_once(case: Case) -> None:
    found = merge(*case)
    if found.clean:
        there = {task["id"] for task in says(found.data.decode())["tasks"] or []}
        known = [reports_of(data) for data in case]
        assert reports_of(found.data) == Counter({key: 1 for key in known[1] | known[2] if key[0] in there})


@given(cases())
def test_the_sides_may_be_exchanged(case: Case) -> None:
    one, other = merge(*case), merge(case.base, case.theirs, case.ours)
    assert one.clean == other.clean
    if one.clean:
        assert unordered(says(one.data.decode())) == unordered(says(other.data.decode()))


@given(cases())
def test_who_has_changed_nothing_gets_the_other_version_byte_for_byte(case: Case) -> None:
    assert merge(case.base, case.base, case.theirs).data == case.theirs
    assert merge(case.base, case.ours, case.base).data == case.ours
    assert merge(case.base, case.ours, case.ours).data == case.ours


@given(cases())
def test_a_conflict_resolved_either_way_can_be_read(case: Case) -> None:
    text = merge(*case).data.decode()
    sides = [re.sub(r"<{7} ours\r?\n((?:.*\n)*?)={7}\r?\n((?:.*\n)*?)>{7} theirs\r?\n", pick, text) for pick in (r"\1", r"\2")]
    assert [says(side)["id"] for side in sides] == ["demo", "demo"]


def tasks_of(data: bytes) -> set[str]:
    """Cut a plan into its tasks, without the comments and blank lines between them."""
    unmarked = re.sub(r"^[<=>]{7}.*\n", "", data.decode(), flags=re.MULTILINE)
    parts = re.split(r"^ *- id:", unmarked, flags=re.MULTILINE)[1:]
    return {re.sub(r"(\s*#[^\n]*)*\s*$", "", part) for part in parts}


@given(cases(same_layout=True))
def test_a_task_that_nobody_has_changed_stays_as_it_was(case: Case) -> None:
    *tasks, found = (tasks_of(data) for data in (*case, merge(*case).data))
    assert (tasks[0] & tasks[1] & tasks[2]) - found == set()


@given(cases(same_layout=True, layouts=st.just(Layout(dash=2, flow=False, blank=True, crlf=False, ended=True))))
def test_every_line_is_of_one_side_or_has_the_comment_of_the_other(case: Case) -> None:
    lines = [set(re.split(r" *(?:#.*)?\n", data.decode())) for data in (case.ours, case.theirs, merge(*case).data)]
    new = lines[2] - lines[1] - lines[0] - {"<<<<<<< ours", "=======", ">>>>>>> theirs"}
    assert new - {"tasks: []", "    tags: []"} == set()


MOVES = "    extensions:\n      - {{deadline: publish, from: 2022-12-31, to: {to}, approved: 2022-11-25, by: 县政府}}\n"


def test_two_approvals_that_move_one_date_are_a_conflict() -> None:
    """Side by side they would make a plan that is wrong: only one of them can start from the date."""
    moved, later = (changed(("    progress: []\n", MOVES.format(to=to) + "    progress: []\n")) for to in ("2023-01-31", "2023-02-28"))
    assert len(words_of(moved, later)) == 1
    assert len(words_of(moved, later.replace("deadline: publish, ", ""))) == 1


@pytest.mark.parametrize(
    "other",
    [
        "deadline: publish, from: 2023-01-31, to: 2023-02-28, approved: 2023-01-05, by: 县政府",
        "deadline: publish, from: 2022-12-31, to: 2023-02-28, requested: 2022-11-20",
    ],
)
def test_the_next_extension_and_a_request_stand_beside_an_approval(other: str) -> None:
    moved = changed(("    progress: []\n", MOVES.format(to="2023-01-31") + "    progress: []\n"))
    theirs = changed(("    progress: []\n", f"    extensions:\n      - {{{other}}}\n    progress: []\n"))
    assert [each["to"] for each in says(text_of(moved, theirs))["tasks"][0]["extensions"]] in (
        ["2023-01-31", "2023-02-28"],
        ["2023-02-28", "2023-01-31"],
    )
