"""Verification: what a plan says still stands in its document, or is told with where it should and where it does."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import papers
import seeds
from planctl.digests import digest
from planctl.directory import Directory
from planctl.drafting.plans import draft_plan
from planctl.drafting.registries import propose
from planctl.listings.verification import summary
from planctl.verification.comparison import take_in as take_in_file
from planctl.verification.comparison import verify
from planctl.verification.differences import difference
from planctl.verification.records import Kind, Tally, Verification
from test_drafting import MERGED
from test_shipped_plans import INFERRED_ACTORS, OWN_TITLES, REAL, SHANDONG, WORKSPACE
from test_shipped_plans import PLAN as SHIPPED
from verifying import CLAUSES, DOCUMENT, PLAN, UNITS, take_in, take_in_bytes, verified

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.drafting.intake import Intake
    from planctl.model import Plan
    from planctl.verification.records import Finding

GENRE = sorted((Path(__file__).parent / "extraction").glob("*.txt"))
HAN = re.compile(r"[\u4e00-\u9fff]{2}")
WIDE = {code: 0xFEE0 + code for code in range(0x21, 0x7F) if chr(code) not in "\"'<>-"}
NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)}


def changed(old: str, new: str, text: str = DOCUMENT) -> str:
    """Change a text, in which the old words must stand."""
    assert old in text
    return text.replace(old, new)


def said(finding: Finding) -> tuple[str | None, ...]:
    """Give a finding without its places."""
    return finding.kind.value, finding.task, finding.field, finding.words, finding.found


def sayings(found: Verification) -> list[tuple[str | None, ...]]:
    return [said(finding) for finding in found.findings]


def marked(finding: Finding) -> str:
    """Write what changed as people do."""
    return "".join(piece.new if piece.is_same else f"[{piece.old}>{piece.new}]" for piece in finding.difference)


# What holds


def test_all_of_a_plan_stands_in_the_document_that_it_was_made_from() -> None:
    assert verified() == Verification((), quotes=Tally(6, 6), units=Tally(10, 10), clauses=Tally(4, 4))


def test_a_damaged_quote_is_looked_for_as_it_is_printed_and_not_as_it_is_to_be_read() -> None:
    printed_right = changed("每年31日前", "每年3月1日前")
    assert sayings(verified(printed_right))[1] == ("quote-missing", "2", "quote", "每年31日前", "每年3月1日前")


@pytest.mark.parametrize(
    ("old", "new", "units"),
    [
        ("县司法局、财政局", "县司法局、县财政局", UNITS),
        ("县司法局、财政局", "县司法局，县财政局", UNITS),
        ("（牵头单位：县统计局；", "（牵头单位：统计局；", UNITS),
        (
            "县政务服务局",
            "县行政审批局",
            changed("  - name: 县统计局", "  - name: 县行政审批局\n    successors: [县政务服务局]\n  - name: 县统计局", UNITS),
        ),
        ("配合单位：各乡镇）", "配合单位：甲镇、乙乡）", changed("aliases: [各乡镇人民政府]", "members: [甲镇, 乙乡]", UNITS)),
    ],
    ids=["in full", "divided by a comma", "by an alias", "by the name of the unit that it comes from", "by the members of a group"],
)
def test_a_unit_stands_in_a_clause_by_any_of_its_names(old: str, new: str, units: str) -> None:
    if "甲镇" in units:
        units = changed("  - name: 县统计局", "  - name: 甲镇\n  - name: 乙乡\n  - name: 县统计局", units)
    found = verified(changed(old, new), units=units)
    assert [finding for finding in found.findings if finding.kind in (Kind.UNIT_MISSING, Kind.UNIT_ELSEWHERE)] == []


def test_a_short_form_behind_another_prefix_is_another_unit() -> None:
    found = verified(changed("县司法局、财政局", "市审计局、财政局"))
    assert ("unit-missing", "1", "support", "县财政局", "财政局") in sayings(found)


def test_an_alias_at_the_end_of_another_name_is_not_that_unit() -> None:
    found = verified(changed("县统计局", "省统计局"))
    assert ("unit-missing", "3", "support", "县统计局", "省统计局") in sayings(found)


def test_a_lead_that_somebody_assigned_is_not_looked_for() -> None:
    plan = changed(
        "lead: [县司法局]\n    support: [县统计局]\n    basis: stated",
        "lead: [县财政局]\n    support: [县统计局]\n    basis: assigned",
        PLAN,
    )
    assert verified(plan=plan) == Verification((), quotes=Tally(6, 6), units=Tally(9, 9), clauses=Tally(4, 4))


def test_addressees_that_lead_need_not_stand_in_the_clause() -> None:
    plan = changed(
        "lead: [县司法局]\n    support: [县统计局]\n    basis: stated", "lead: [各乡镇, 县政府各部门]\n    basis: addressee", PLAN
    )
    assert sayings(verified(plan=plan)) == []


def test_a_cancelled_task_needs_no_clause() -> None:
    plan = changed("title: 开展季度检查", "title: 开展季度检查\n    cancelled: {on: 2024-05-01, by: 县政府}", PLAN)
    found = verified(changed(CLAUSES["3"] + "\n", ""), plan)
    assert (found.findings, found.clauses) == ((), Tally(3, 3))


def test_a_digest_may_be_of_a_clause_with_or_without_the_items_below_it() -> None:
    below = "——公开结果。每月公布检查结果。\n——督促整改。每月督促整改一次。\n"
    document = changed(CLAUSES["3"] + "\n", f"{CLAUSES['3']}\n{below}")
    with_all = changed(digest(CLAUSES["3"]), digest(f"{CLAUSES['3']}{below}"), PLAN)
    assert [verified(document, plan).clauses for plan in (PLAN, with_all)] == [Tally(4, 4), Tally(4, 4)]


def test_a_digest_is_found_where_the_document_cuts_its_clauses_otherwise() -> None:
    """A plan may make one task of two clauses."""
    third, fourth = PLAN.index('  - id: "3"'), PLAN.index('  - id: "4"')
    plan = changed(digest(CLAUSES["4"]), digest(CLAUSES["3"] + CLAUSES["4"]), PLAN[:third] + PLAN[fourth:])
    assert verified(plan=plan) == Verification((), quotes=Tally(4, 4), units=Tally(8, 8), clauses=Tally(3, 3))


# What does not hold


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2024年优化", "2025年优化", ("identity-differs", None, "title", "示例县2024年优化服务行动方案", "示例县2025年优化服务行动方案")),
        ("〔2024〕5号", "〔2025〕6号", ("identity-differs", None, "number", "示政发〔2024〕5号", "示政发〔2025〕6号")),
        ("2024年3月1日", "2024年3月2日", ("identity-differs", None, "issued", "2024-03-01", "2024-03-02")),
        ("示例县人民政府\n", "示例县人民政府办公室\n", ("identity-differs", None, "issuers", "示例县人民政府", "示例县人民政府办公室")),
        ("（三）开展季度检查。", "（三）开展季度抽查。", ("title-missing", "3", "title", "开展季度检查", "开展季度抽查")),
        ("30日内", "20日内", ("quote-missing", "3", "quote", "自收到通报之日起30日内", "自收到通报之日起20日内")),
        ("，进驻事项不少于300项", "", ("quote-missing", "1", "quote", "进驻事项不少于300项", "")),
        (
            "（牵头单位：县司法局；",
            "（牵头单位：县监察局；",
            ("unit-elsewhere", "3", "lead", "县司法局", CLAUSES["3"].replace("县司法局", "县监察局")[:60] + "…"),
        ),
        ("县统计局", "县审计局", ("unit-missing", "3", "support", "县统计局", "县审计局")),
    ],
)
def test_what_the_document_says_otherwise_is_found_with_the_nearest_that_it_says(
    old: str, new: str, expected: tuple[str | None, ...]
) -> None:
    assert expected in sayings(verified(changed(old, new)))


def test_a_changed_clause_shows_its_new_digest_and_what_it_no_longer_has() -> None:
    clause = changed("每季度至少", "每半年至少", CLAUSES["3"])
    found = verified(changed(CLAUSES["3"], clause))
    assert [(each.kind, each.task, each.digest, marked(each)) for each in found.findings] == [
        (Kind.DIGEST_DIFFERS, "3", digest(clause), ""),
        (Kind.QUOTE_MISSING, "3", None, "每[季度>半年]至少开展1次检查"),
    ]
    assert (found.quotes, found.units, found.clauses) == (Tally(5, 6), Tally(10, 10), Tally(3, 4))


def test_with_the_earlier_document_the_words_are_shown_that_changed() -> None:
    revised = changed("完成综合窗口调整", "县级全面完成窗口调整")
    found = verified(revised, former=DOCUMENT)
    assert [(each.kind, each.task, marked(each)) for each in found.findings] == [
        (Kind.DIGEST_DIFFERS, "1", CLAUSES["1"].replace("完成综合窗口调整", "[>县级全面]完成[综合>]窗口调整"))
    ]


def test_a_quote_in_another_clause_only_is_told_with_that_clause() -> None:
    quote = "自收到通报之日起30日内"
    moved = changed("聘请第三方", f"{quote}聘请第三方", changed(quote, "及时"))
    found = [each for each in verified(moved).findings if each.kind is Kind.QUOTE_ELSEWHERE]
    assert [(each.task, each.deadline, each.words, each.clause, each.place and each.place.line) for each in found] == [
        ("3", "mend", quote, "二（四）", 10)
    ]


def test_a_clause_without_a_task_and_a_task_without_a_clause_are_both_told() -> None:
    """Between others that are there, and with nothing in common."""
    added = "（五）增设自助终端。2024年底前，各乡镇全部设置自助终端。（牵头单位：县政务服务局）\n"
    document = changed(CLAUSES["1"] + "\n", "", changed("二、加强检查\n", f"{added}二、加强检查\n"))
    found = verified(document)
    assert [said(each)[:4] for each in found.findings if each.kind in (Kind.TASK_WITHOUT_CLAUSE, Kind.CLAUSE_WITHOUT_TASK)] == [
        ("task-without-clause", "1", "id", "统一窗口设置"),
        ("clause-without-task", None, None, found.findings[-1].words),
    ]
    assert (found.findings[-1].digest, found.findings[-1].clause) == (digest(added), "一（五）")


def test_a_task_without_a_digest_is_a_hint_with_the_one_to_write() -> None:
    plan = re.sub(r'    source: \{clause: "3".*\n', "", PLAN)
    found = verified(plan=plan)
    assert [(each.kind, each.is_hint, each.task, each.digest) for each in found.findings] == [
        (Kind.DIGEST_ABSENT, True, "3", digest(CLAUSES["3"]))
    ]
    assert (found.holds, found.clauses) == (True, Tally(3, 4))


def test_who_acts_or_receives_may_be_inferred() -> None:
    plan = changed("recipients: [县政府办公室]", "recipients: [县司法局]", PLAN)
    found = verified(plan=plan)
    assert [(each.kind, each.field, each.is_hint) for each in found.findings] == [(Kind.UNIT_ELSEWHERE, "recipients", True)]


def test_a_document_with_nothing_of_the_plan_fails_in_everything() -> None:
    found = verified("关于召开会议的通知\n定于后天开会，请准时参加。\n")
    assert (found.holds, found.quotes, found.units, found.clauses) == (False, Tally(0, 6), Tally(0, 10), Tally(0, 4))
    assert [each.task for each in found.findings if each.kind is Kind.TASK_WITHOUT_CLAUSE] == ["1", "2", "3", "4"]


# Layout


def outcome(found: Verification) -> tuple[object, ...]:
    """Give what a verification found, without places, width and blanks."""
    folded = [
        tuple(text if text is None else re.sub(r"\s", "", text).translate(NARROW) for text in said(each)[:4]) for each in found.findings
    ]
    return folded, found.quotes, found.units, found.clauses


SOUND, REVISED = DOCUMENT, changed("县统计局", "县审计局", changed("每季度至少", "每半年至少"))
PLAIN = {text: outcome(verified(text)) for text in (SOUND, REVISED)}
each_state = pytest.mark.parametrize("document", [SOUND, REVISED], ids=["sound", "revised"])


def wrapped(text: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in text.splitlines() for at in range(0, max(len(line), 1), width)) + "\n"


LAYOUTS: dict[str, Callable[[str], str]] = {
    "broken lines": lambda text: wrapped(text, 40),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "indented": lambda text: re.sub(r"(?m)^(?=.)", "\u3000\u3000", text),
    "full width": lambda text: text.translate(WIDE),
    "half width": lambda text: text.translate(NARROW),
    "spaced": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text),
}


@each_state
@pytest.mark.parametrize("layout", LAYOUTS)
def test_how_a_document_is_laid_out_changes_nothing(layout: str, document: str) -> None:
    assert outcome(verified(LAYOUTS[layout](document))) == PLAIN[document]


@each_state
@settings(max_examples=40, deadline=None)
@given(blanks=st.sets(st.integers(0, 250), max_size=40), wide=st.sets(st.integers(0, 250), max_size=40))
def test_blanks_and_widths_anywhere_in_the_clauses_change_nothing(document: str, blanks: set[int], wide: set[int]) -> None:
    head, marker, rest = document.partition("一、规范窗口\n")
    body, signature, end = rest.partition("示例县人民政府")
    shaped = [character.translate(WIDE) if place in wide else character for place, character in enumerate(body)]
    spaced = [f"{each} " if place in blanks and HAN.match(body[place : place + 2]) else each for place, each in enumerate(shaped)]
    assert outcome(verified("".join((head, marker, *spaced, signature, end)))) == PLAIN[document]


@settings(max_examples=40, deadline=None)
@given(places=st.sets(st.integers(1, len(CLAUSES["3"]) - 1), max_size=6))
def test_a_digest_and_quotes_hold_over_line_breaks_anywhere_in_a_clause(places: set[int]) -> None:
    cuts = [0, *sorted(places), len(CLAUSES["3"])]
    broken = "\n".join(CLAUSES["3"][start:end] for start, end in pairwise(cuts))
    found = verified(changed(CLAUSES["3"], broken))
    assert (found.quotes, found.units, found.clauses) == (Tally(6, 6), Tally(10, 10), Tally(4, 4))


@pytest.mark.parametrize("quote", ["(((((", "[.*]+", "\\d{9}", "“”", "啊" * 3000, "{words}", "。"])
def test_a_quote_is_text_and_no_pattern(quote: str) -> None:
    plan = changed("quote: 2024年6月底前", f"quote: '{quote}'", PLAN)
    found = [each for each in verified(plan=plan).findings if each.kind is not Kind.QUOTE_ELSEWHERE]
    assert [(each.kind, each.words) for each in found] == ([] if quote == "。" else [(Kind.QUOTE_MISSING, quote)])


# What was imported


def imported(intake: Intake) -> tuple[Plan, Directory]:
    """Make a plan of a document, with the units that go with it."""
    plan = draft_plan(intake, "plans/示例县/plan.yaml", "imported", "zh").plan
    return plan, Directory(propose(plan, "plans/示例县/units.yaml", "示例县", "zh"))


@pytest.mark.parametrize("path", GENRE, ids=[path.stem for path in GENRE])
def test_what_was_imported_from_a_document_stands_in_it(path: Path) -> None:
    intake = take_in(path.read_text(encoding="utf-8"))
    found = verify(*imported(intake), intake)
    assert [each for each in found.findings if not each.is_hint] == []
    assert found.clauses == Tally(len(intake.draft.tasks), len(intake.draft.tasks))


@pytest.mark.parametrize("name", ["issued.docx", "issued.html"])
def test_rows_of_a_table_with_merged_cells_are_clauses(name: str) -> None:
    made = {"issued.docx": papers.as_docx(), "issued.html": papers.as_html().encode()}
    plan, directory = imported(take_in_bytes("issued.docx", made["issued.docx"]))
    found = verify(plan, directory, take_in_bytes(name, made[name]))
    assert (found.findings, found.clauses.proven) == ((), len(plan.tasks))


def test_rows_that_share_cells_are_each_a_clause_of_its_own() -> None:
    document = f"<html><body><p>示例县2024年工作要点</p>{MERGED}</body></html>".encode()
    intake = take_in_bytes("a.html", document)
    found = verify(*imported(intake), take_in_bytes("a.html", document.replace("不得要求提供".encode(), "不可要求提供".encode())))
    assert [(each.kind, each.task) for each in found.findings] == [(Kind.DIGEST_DIFFERS, "2"), (Kind.TITLE_MISSING, "2")]
    assert found.quotes == Tally(5, 5)


def test_the_digest_that_is_told_is_the_one_that_an_import_would_keep() -> None:
    text = changed(
        "，进驻事项",
        ",进驻事项(\n不含乡镇的事项)\n",
        changed("（牵头单位：县政务服务局；配合单位：县司", "(牵头单位:县政务服务局;配合单位:县司"),
    )
    plan, directory = imported(take_in(text))
    revised = take_in(changed("统一窗口设置", "统一窗口布置", text))
    kept = imported(revised)[0].tasks[0].source
    found = verify(plan, directory, revised)
    assert [each.digest for each in found.findings if each.kind is Kind.DIGEST_DIFFERS] == [kept and kept.digest]


def test_a_clause_of_which_only_the_number_changed_is_told_as_such() -> None:
    moved = changed(CLAUSES["4"], CLAUSES["4"] + "\n" + CLAUSES["1"].replace("（一）", "（五）"), changed(CLAUSES["1"] + "\n", ""))
    (finding,) = verified(moved).findings
    assert (finding.kind, finding.task, finding.field, marked(finding)[:12]) == (
        Kind.DIGEST_DIFFERS,
        "1",
        "clause",
        "（[一>五]）统一窗口设",
    )


def test_a_document_in_which_nothing_of_a_plan_stands_is_asked_about() -> None:
    other = "其他县植树方案\n各乡镇：\n1.选好树种。由林业站负责。\n2.整好林地。由林业站负责。\n"
    assert "方案的任务在这份文件里一项也没有找到；请看是不是拿错了文件。" in summary(verified(other), "zh")


@pytest.mark.parametrize(
    ("name", "near"),
    [("县政务服务局", "县政务服务中心"), ("县政府办公室", "县政府办")],
    ids=["goes on to its end", "ends where the next one begins"],
)
def test_the_nearest_name_is_a_whole_name(name: str, near: str) -> None:
    text = changed("县政务服务局", "县政务服务中心为主", changed("县政府办公室", "县政府办、县委办"))
    assert {each.found for each in verified(text).findings if each.kind is Kind.UNIT_MISSING and each.words == name} == {near}


# Differences


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("每季度报一次", "每季度报一次", [("每季度报一次",) * 2]),
        ("不少于2次", "不少于12次", [("不少于",) * 2, ("2", "12"), ("次",) * 2]),
        ("２０２２年 底前", "2022年底前", [("2022年底前",) * 2]),
        ("", "全部", [("", "全部")]),
        ("甲乙丙丁戊己庚辛", "子丑寅丙卯辰巳午", [("甲乙丙丁戊己庚辛", "子丑寅丙卯辰巳午")]),
    ],
)
def test_a_difference_is_told_in_words(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert [tuple(piece) for piece in difference(old, new)] == pieces


def test_a_long_text_is_compared_by_its_sentences_first() -> None:
    sentences = [f"第{number}条规定办理期限为{number}个工作日。" for number in range(300)]
    revised = [*sentences[:150], "第150条规定办理期限为7日。", *sentences[151:]]
    told = [tuple(piece) for piece in difference("".join(sentences), "".join(revised)) if not piece.is_same]
    assert told == [("150个工作", "7")]


# The shipped plans


@seeds.needed
@pytest.mark.parametrize("plan_id", REAL)
def test_a_shipped_plan_stands_in_its_document_but_for_what_a_person_worded_or_inferred(plan_id: str) -> None:
    plan = SHIPPED[plan_id]
    (path,) = seeds.FOLDER.glob(seeds.DOCUMENTS[plan_id][0])
    found = verify(plan, WORKSPACE.directory_of(plan), take_in_file(str(path), plan))
    titles = {(Kind.TITLE_MISSING, task) for task in OWN_TITLES} if plan_id == SHANDONG else set()
    actors = {(Kind.UNIT_ELSEWHERE, task) for name, task, _ in INFERRED_ACTORS if name == plan_id}
    assert {(each.kind, each.task) for each in found.findings} == titles | actors
    assert (found.holds, found.clauses) == (True, Tally(len(plan.tasks), len(plan.tasks)))


@seeds.needed
def test_a_shipped_plan_does_not_stand_in_the_document_of_another() -> None:
    plan = SHIPPED["jiangnan-2015"]
    (path,) = seeds.FOLDER.glob(seeds.DOCUMENTS["ningyuan-2021-2025"][0])
    found = verify(plan, WORKSPACE.directory_of(plan), take_in_file(str(path), plan))
    assert (found.holds, found.clauses, plan.document.issued) == (False, Tally(0, 36), date(2015, 7, 3))
