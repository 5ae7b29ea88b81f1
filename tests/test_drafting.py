"""Drafts: a document becomes a plan that says what the document says, and what is doubtful in it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import seeds
from conftest import load
from drafts import DOCUMENT, END, HEAD, ITEMS, PLAN, drafted
from planctl import codec
from planctl.changes import compare
from planctl.digests import digest, normalise
from planctl.documents.records import Format, Place
from planctl.drafting.deadlines import fit
from planctl.drafting.doubts import place_text
from planctl.drafting.files import plan_text, units_text, value_of
from planctl.drafting.homes import file_name, find_plan, new_id, organisation_of
from planctl.drafting.intake import take_in
from planctl.drafting.marks import Mark, paragraphs
from planctl.drafting.plans import draft_plan
from planctl.drafting.registries import Strange, is_group, propose, shortened, strangers
from planctl.extraction import Found, FoundDay, Identity
from planctl.extraction import Place as Stretch
from planctl.layout import Kind as Written
from planctl.layout import lay_out, write
from planctl.model import Cycle, DayOf, Deadline, Group, Kind, Period, Plan, Registry, Span, Target, Task, Unit
from planctl.shapes.deadline import DEADLINE
from planctl.sources import Source, read

if TYPE_CHECKING:
    from planctl.drafting.deadlines import Fitted

GENRE = sorted((Path(__file__).parent / "extraction").glob("*.txt"))
PLANS = Path(__file__).parents[1] / "plans"


def without_digests(text: str) -> str:
    return re.sub(r"sha256:[0-9a-f]{64}", "sha256:…", text)


# The plan


def test_a_document_becomes_a_plan_in_the_one_layout(tmp_path: Path) -> None:
    text = plan_text(drafted(tmp_path, DOCUMENT).plan)
    assert without_digests(text) == PLAN
    assert lay_out(text, "plan.yaml") == text


@pytest.mark.parametrize("path", GENRE, ids=lambda path: path.stem)
def test_what_is_written_is_read_as_the_plan_that_was_drafted(path: Path) -> None:
    plan = draft_plan(take_in(str(path)), "plan.yaml", "demo", "zh").plan
    assert codec.decode(Source("plan.yaml", plan_text(plan))) == (plan, [])


def test_the_digest_is_that_of_the_clause_as_the_document_prints_it(tmp_path: Path) -> None:
    plan = drafted(tmp_path, DOCUMENT).plan
    assert [task.source.digest for task in plan.tasks if task.source] == [digest(line) for line in ITEMS.splitlines() if line[:1].isdigit()]


def test_the_clause_of_a_task_ends_where_a_task_within_it_begins(tmp_path: Path) -> None:
    text = "（一）健全制度。\n——在财务方面，侧重于采购管理等。\n——在用房方面，侧重于维修管理等。\n——在用车方面，侧重于使用管理等。\n"
    found = drafted(tmp_path, f"{HEAD}一、重点任务\n\n{text}{END}")
    assert [found.intake.clause(task) for task in found.intake.draft.tasks] == text.splitlines()


MERGED = """<table><tr><td>类别</td><td>序号</td><td>工作任务</td><td>牵头单位</td><td>完成时限</td></tr>
<tr><td rowspan=3>便民服务</td><td>1</td><td>设置综合窗口，统一收件、统一出件，当日可以办结的事项当日办结，当日不能办结的事项说明理由。</td>
<td rowspan=2>县行政审批局</td><td rowspan=3>2024年6月底前</td></tr>
<tr><td>2</td><td>公开办事清单，写明条件、材料、时限，清单以外的材料不得要求提供。</td></tr>
<tr><td>3</td><td>开展检查。</td><td>县司法局</td></tr>
<tr><td>监督检查</td><td rowspan=2>4</td><td>检查窗口。</td><td>县司法局</td><td>2024年9月底前</td></tr>
<tr><td>监督检查</td><td>检查清单。</td><td>县财政局</td><td>2024年10月底前</td></tr></table>"""


def test_the_clause_of_a_row_has_the_cells_that_it_shares_with_rows_above(tmp_path: Path) -> None:
    path = tmp_path / "文件.html"
    path.write_text(f"<html><body><p>示例县2024年工作要点</p><p>任务分工表</p>{MERGED}</body></html>", encoding="utf-8")
    intake = take_in(str(path))
    assert [intake.clause(task).split("\n") for task in intake.draft.tasks[1:]] == [
        ["便民服务", "2", "公开办事清单，写明条件、材料、时限，清单以外的材料不得要求提供。", "县行政审批局", "2024年6月底前"],
        ["便民服务", "3", "开展检查。", "县司法局", "2024年6月底前"],
        [*("监督检查", "4", "检查窗口。", "县司法局", "2024年9月底前"), *("监督检查", "检查清单。", "县财政局", "2024年10月底前")],
    ]


def test_punctuation_stays_as_it_is_printed(tmp_path: Path) -> None:
    item = "1.加强建设,统筹资源。（牵头单位:县委编办;参加单位:各乡镇(街道)）\n"
    plan = drafted(tmp_path, f"{HEAD}一、重点任务\n\n{item}{END}").plan
    assert (plan.tasks[0].title, plan.tasks[0].support) == ("加强建设,统筹资源", ("各乡镇(街道)",))


def test_where_nobody_is_named_the_addressees_stand_in_and_a_doubt_says_so(tmp_path: Path) -> None:
    plan = drafted(tmp_path, f"{HEAD}一、重点任务\n\n1. 推进公开。及时公开信息。\n\n2. 加强检查。认真开展检查。\n{END}").plan
    assert [(task.lead, task.basis, task.doubts) for task in plan.tasks] == [
        (("各乡镇人民政府", "县政府各部门"), "addressee", (f"牵头单位：文件没有写明，暂以主送机关代替（原文第 {line} 行）",))
        for line in (8, 10)
    ]


def test_where_not_even_an_addressee_is_named_no_lead_is_made_up(tmp_path: Path) -> None:
    plan = drafted(tmp_path, "示例县工作方案\n\n一、重点任务\n\n1. 推进公开。及时公开信息。\n\n2. 加强检查。认真检查。\n").plan
    assert [(task.lead, task.basis, task.doubts) for task in plan.tasks] == [
        ((), None, (f"牵头单位：文件没有写明，也没有主送机关，请补上（原文第 {line} 行）",)) for line in (5, 7)
    ]


def test_addressees_that_each_say_every_are_several(tmp_path: Path) -> None:
    plan = drafted(tmp_path, DOCUMENT.replace("各乡镇人民政府，县政府各部门：", "机关各处室、局属各单位：")).plan
    assert plan.document.addressees == ("机关各处室", "局属各单位")


# Doubts


def test_doubts_are_told_in_english_too(tmp_path: Path) -> None:
    doubts = [task.doubts for task in drafted(tmp_path, DOCUMENT, "en").plan.tasks]
    assert doubts == [
        (),
        ("Deadline: “适时” names no date or count and is not taken in; add it if it binds (line 10 of the document)",),
        (),
    ]


def test_what_a_document_does_not_say_of_itself_is_doubtful(tmp_path: Path) -> None:
    plan = drafted(tmp_path, DOCUMENT.replace("示政办发〔2024〕6号\n", "")).plan
    assert plan.doubts == ("文件没有写明发文字号",)


def test_a_document_without_tasks_is_a_plan_without_tasks(tmp_path: Path) -> None:
    found = drafted(tmp_path, "通知\n")
    assert (found.plan.tasks, found.plan.doubts[-1]) == ((), "没有找到任务：文件没有编号的条目，也没有任务表")


def test_damage_at_one_place_is_one_doubt(tmp_path: Path) -> None:
    plan = drafted(tmp_path, DOCUMENT.replace("完成综合窗口设置", "按照（示政办发〔202324号）完成综合窗口设置")).plan
    assert plan.tasks[0].doubts == ("原文：“（示政办发〔202324号）”像有残缺（原文第 8 行）",)


def test_an_actor_that_no_label_names_is_doubtful(tmp_path: Path) -> None:
    plan = drafted(tmp_path, DOCUMENT.replace("每季度检查", "县审计局每季度检查")).plan
    assert (plan.tasks[2].deadlines[0].actors, plan.tasks[2].doubts) == (
        ("县审计局",),
        ("时限：责任人由句子看出是县审计局（原文第 14 行）",),
    )


@pytest.mark.parametrize(
    ("place", "form", "text"),
    [
        (Place(34, 5), Format.TEXT, "第 34 行"),
        (Place(7, 1), Format.DOCX, "第 7 段"),
        (Place(3, 1, page=2), Format.PDF, "第 2 页第 3 行"),
        (Place(4, 2, part="任务", cell="B4"), Format.XLSX, "工作表“任务” B4"),
        (Place(4, 2, cell="B4"), Format.CSV, "单元格 B4"),
    ],
)
def test_a_place_is_told_as_people_count_in_the_format(place: Place, form: Format, text: str) -> None:
    assert place_text(place, form, "zh") == text


# Deadlines that a plan can hold

YEAR, QUARTER = Cycle(1, "year"), Cycle(1, "quarter")


@pytest.mark.parametrize(
    ("deadline", "fitted"),
    [
        (Deadline("d1", Kind.RECURRING, every=YEAR, by=DayOf(3, 1)), ()),
        (Deadline("d1", Kind.RECURRING, every=YEAR, within=Span(10, "day")), ("within",)),
        (Deadline("d1", Kind.RECURRING, every=QUARTER, by=DayOf(3, 1)), ("by",)),
        (Deadline("d1", Kind.RECURRING, every=Cycle(1, "week"), by=DayOf(None, 1)), ("by",)),
        (Deadline("d1", Kind.METRIC, metric="满意度", target=Target(">=", 90, "%"), every=YEAR, due="2024-12-31"), ("due",)),  # type: ignore[arg-type]
        (Deadline("d1", Kind.RELATIVE, within=Span(30, "day"), after="公布"), ()),
        (Deadline("d1", Kind.RELATIVE, before="公布"), ()),
        (Deadline("d1", Kind.ONGOING), ()),
    ],
)
def test_of_a_deadline_stays_what_its_kind_can_hold(deadline: Deadline, fitted: tuple[str, ...]) -> None:
    found = fit(deadline)
    assert (found and found.lost, found and codec_problems(found)) == (fitted, [])


def codec_problems(found: Fitted) -> list[str]:
    """Write the deadline and read it again."""
    item = "".join(f"      {line}\n" for line in write(value_of(DEADLINE, found.deadline), Written.DEADLINE).splitlines())
    head = 'planctl: 1\nid: a\ntitle: 甲\ntasks:\n  - id: "1"\n    title: 甲\n    deadlines:\n'
    return [problem.code for problem in codec.decode(Source("plan.yaml", head + item))[1]]


@pytest.mark.parametrize(
    ("deadline", "what"),
    [
        (Deadline("d1", Kind.METRIC, metric="设置率", what="设置率", target=Target(">=", 90, "%")), None),
        (Deadline("d1", Kind.METRIC, metric="设置率", what="窗口的设置率", target=Target(">=", 90, "%")), "窗口的设置率"),
        (Deadline("d1", Kind.RECURRING, every=YEAR, what="县司法局", actors=("县司法局",)), None),
    ],
)
def test_what_is_to_be_done_is_not_the_name_of_the_figure_or_of_who_acts_again(deadline: Deadline, what: str | None) -> None:
    found = fit(deadline)
    assert found
    assert found.deadline.what == what


@pytest.mark.parametrize(
    "deadline",
    [
        Deadline("d1", Kind.ONCE),
        Deadline("d1", Kind.RELATIVE, within=Span(24, "hour")),
        Deadline("d1", Kind.RELATIVE, within=Span(24, "hour"), after="甲", before="乙"),
        Deadline("d1", Kind.RECURRING, at_least=2),
        Deadline("d1", Kind.METRIC, target=Target(">=", 90, "%")),
    ],
)
def test_what_has_no_rule_is_no_deadline(deadline: Deadline) -> None:
    assert fit(deadline) is None


# Marks


def test_each_word_of_a_clause_is_marked_with_what_was_taken_from_it(tmp_path: Path) -> None:
    found = drafted(tmp_path, DOCUMENT)
    (pieces,) = paragraphs(found.intake, found.intake.draft.tasks[2])
    assert [(piece.mark and piece.mark.value, piece.text) for piece in pieces] == [
        ("number", "3. "),
        ("title", "开展检查"),
        (None, "。"),
        ("deadline", "每季度检查不少于1次"),
        (None, "。"),
        ("duty", "（"),
        ("lead", "县司法局"),
        ("duty", "牵头，"),
        ("support", "县财政局"),
        ("duty", "配合）"),
    ]


def test_in_rows_that_are_one_task_the_units_and_dates_of_each_are_marked(tmp_path: Path) -> None:
    path = tmp_path / "文件.html"
    path.write_text(f"<html><body><p>示例县2024年工作要点</p>{MERGED}</body></html>", encoding="utf-8")
    intake = take_in(str(path))
    pieces = [piece for line in paragraphs(intake, intake.draft.tasks[3]) for piece in line]
    marked = [(piece.text, piece.mark) for piece in pieces if piece.mark in (Mark.LEAD, Mark.DEADLINE)]
    assert marked == [
        *(("县司法局", Mark.LEAD), ("2024年9月底前", Mark.DEADLINE)),
        *(("县财政局", Mark.LEAD), ("2024年10月底前", Mark.DEADLINE)),
    ]


@pytest.mark.parametrize("path", GENRE, ids=lambda path: path.stem)
def test_the_pieces_of_a_clause_are_its_text(path: Path) -> None:
    intake = take_in(str(path))
    for task in intake.draft.tasks:
        text = "".join(piece.text for run in paragraphs(intake, task) for piece in run)
        assert normalise(text) == normalise(intake.clause(task))


# Where a plan belongs

HERE = Stretch(0, 0, 1)


def identity(title: str = "", issuer: str = "", number: str = "") -> Identity:
    return Identity(
        title=Found(title, HERE) if title else None,
        number=Found(number, HERE) if number else None,
        issuers=(Found(issuer, HERE),) if issuer else (),
    )


@pytest.mark.parametrize(
    ("issuer", "title", "organisation"),
    [
        ("示例县人民政府办公室", "", "示例县"),
        ("中共示例县委", "", "示例县"),
        ("示例市示例区人民政府", "", "示例区"),
        ("示例区委全面依法治区委员会办公室", "", "示例区"),
        ("示例省机关事务管理局", "示例省机关事务管理局工作方案", "示例省机关事务管理局"),
        ("市人民政府办公室", "示例市2022年工作要点", "示例市"),
        ("国务院", "", "国务院"),
        ("", "关于印发示例县工作方案的通知", "示例县"),
        ("", "工作方案", None),
    ],
)
def test_the_organisation_is_told_by_the_issuer_or_the_title(issuer: str, title: str, organisation: str | None) -> None:
    assert organisation_of(identity(title, issuer), None) == organisation


def test_an_organisation_that_knows_the_issuer_is_taken() -> None:
    units = "planctl: 1\norganisation: 江边区\nunits:\n  - {name: 区政府, aliases: [示例市江边区人民政府]}\n"
    assert organisation_of(identity("工作方案", "示例市江边区人民政府"), load({"plans/a/units.yaml": units})) == "江边区"


@pytest.mark.parametrize(
    ("years", "taken", "name"),
    [
        ((2021, 2025), "", "示例县-2021-2025"),
        ((2022, 2022), "", "示例县-2022"),
        ((None, None), "", "示例县-2024"),
        ((2022, 2022), "示例县-2022", "示例县-2022-2"),
    ],
)
def test_a_new_id_is_of_the_organisation_and_the_years(years: tuple[int | None, int | None], taken: str, name: str) -> None:
    days: list[date | None] = [date(year, *rest) if year else None for year, rest in zip(years, ((1, 1), (12, 31)), strict=True)]
    known = load(f"planctl: 1\nid: {taken}\ntitle: 甲\ntasks: []\n") if taken else None
    found = identity()._replace(period=Period(*days), issued=FoundDay(date(2024, 3, 8), HERE))
    assert new_id(found, "示例县", known) == name


def test_a_plan_is_found_by_number_and_else_by_title() -> None:
    files = {
        "a.yaml": "planctl: 1\nid: a\ntitle: 甲方案(2021—2025年)\ntasks: []\n",
        "b.yaml": "planctl: 1\nid: b\ntitle: 乙方案\ndocument: {number: 示发〔2022〕7号}\ntasks: []\n",
    }
    workspace = load(files)
    asked = [identity(number="示发〔2022〕7号"), identity("甲方案（2021-2025年）", number="示发〔2022〕8号"), identity("丙方案")]
    assert [plan and plan.id for plan in (find_plan(each, workspace) for each in asked)] == ["b", "a", None]


@pytest.mark.parametrize(("title", "name"), [("甲/乙：丙*", "甲乙：丙"), ("..", "plan"), ("甲" * 200, "甲" * 60), ("甲 乙\n丙", "甲乙丙")])
def test_a_file_name_has_only_what_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


# Units


def test_units_and_groups_are_told_apart_by_the_form_of_their_names() -> None:
    names = ["县司法局", "各乡镇(街道)", "有关部门", "县政府各部门", "县直各单位", "县政府其他有关部门", "县法院", "局属各单位", "县公安局"]
    assert [name for name in names if is_group(name)] == [
        "各乡镇(街道)",
        "有关部门",
        "县政府各部门",
        "县直各单位",
        "县政府其他有关部门",
        "局属各单位",
    ]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("示例县人民政府办公室", "县政府办"),
        ("县发展和改革委员会", "县发改委"),
        ("中共示例县委", "县委"),
        ("县市场监督管理局", "县市监局"),
        ("示例县", "示例县"),
    ],
)
def test_long_forms_of_names_have_short_ones(name: str, short: str) -> None:
    assert shortened(name, "示例县") == short


def test_the_proposal_of_units_has_every_name_once_and_marks_what_is_guessed(tmp_path: Path) -> None:
    text = DOCUMENT.replace("县财政局配合", "示例县财政局配合")
    registry = propose(drafted(tmp_path, text).plan, "units.yaml", "示例县", "zh")
    assert registry == Registry(
        "units.yaml",
        "示例县",
        (
            Unit("示例县人民政府办公室"),
            Unit("县行政审批局", 1),
            Unit("县司法局", 2),
            Unit("县财政局", 3, ("示例县财政局",), note="别名是按名称推测的，请核对。"),
        ),
        (Group("各乡镇人民政府", note="原文未列名单。"), Group("县政府各部门", 1, note="原文未列名单。")),
    )
    assert codec.decode(Source("units.yaml", units_text(registry))) == (registry, [])


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("县公安局", None),
        ("县农业局", None),
        ("县应急管理局", None),
        ("县行政审批局", "县政务审批局"),
        ("县发改局", "县发展和改革局"),
        ("司法局", "县司法局"),
        ("县人民法院", "县法院"),
        ("各乡镇人民政府", "各乡镇(街道)"),
        ("县人民政府办公室", "县政府办公室"),
    ],
)
def test_a_known_name_is_near_where_it_shares_the_word_that_tells_it_from_others(name: str, near: str | None) -> None:
    known = ["县财政局", "县林业局", "县国安局", "县市场监督管理局", "县政务审批局", "县发展和改革局", "县司法局", "县法院"]
    known += ["县政府办公室", "各乡镇(街道)"]
    plan = Plan(path="", id="a", title="甲", tasks=(Task("1", "乙", 0, lead=(name,)),))
    directory = load({"units.yaml": f"planctl: 1\nunits: [{', '.join(f'{{name: {each}}}' for each in known)}]\n"}).directories[""]
    assert strangers(plan, directory) == [Strange(name, near, ("1",))]


def test_names_that_the_units_do_not_know_come_with_the_nearest_known_one(tmp_path: Path) -> None:
    units = "planctl: 1\nunits: [{name: 县司法局}, {name: 县政务审批局}, {name: 县府办, aliases: [示例县人民政府办公室]}]\n"
    directory = load({"units.yaml": units}).directories[""]
    assert strangers(drafted(tmp_path, DOCUMENT).plan, directory) == [
        Strange("各乡镇人民政府", None, ("2",)),
        Strange("县政府各部门", None, ()),
        Strange("县行政审批局", "县政务审批局", ("1",)),
        Strange("县财政局", None, ("1", "3")),
    ]


# The shipped plans, which people made of the same documents

JUDGEMENT = {
    "basis",  # embedded instead of the addressees
    "document.addressees",  # names made one with those of the units
    "doubts",
    "id",  # by position, where the document's numbers are damaged
    "lead",  # where nobody is named; see below
    "note",
    "section",  # with the item's own number, or a name for the table
    "source.clause",
    "tags",
    "title",  # cut, or completed
    *("deadlines", "deadlines.actors", "deadlines.after", "deadlines.before", "deadlines.by", "deadlines.condition", "deadlines.from"),
    *("deadlines.id", "deadlines.implied", "deadlines.metric", "deadlines.note", "deadlines.of", "deadlines.quote", "deadlines.recipients"),
    *("deadlines.restored", "deadlines.soft", "deadlines.vague", "deadlines.what"),
}
"""What a person has decided, worded or looked at."""


def shipped(plan_id: str) -> tuple[Path, Path]:
    (path,) = (path for path in PLANS.glob("*/*.yaml") if f"\nid: {plan_id}\n" in path.read_text(encoding="utf-8"))
    return path, path.parent / "units.yaml"


def seed(plan_id: str) -> str:
    (path,) = seeds.FOLDER.glob(seeds.DOCUMENTS[plan_id][0])
    return str(path)


@seeds.needed
@pytest.mark.parametrize("plan_id", seeds.DOCUMENTS)
def test_a_draft_differs_from_the_shipped_plan_only_by_what_a_person_decided(plan_id: str) -> None:
    path, units = shipped(plan_id)
    plan = draft_plan(take_in(seed(plan_id), simplify=plan_id == "qianjiang-2022"), str(path), plan_id, "zh").plan
    old = load({str(path): plan_text(plan), str(units): read(str(units)).text})
    new = load({each: read(each).text for each in (str(path), str(units))})
    changes = list(compare(old, new))
    assert {change.field for change in changes} - JUDGEMENT == set()
    stated = {task.id for task in new.plans[0].tasks if task.basis == "stated"}
    assert [change for change in changes if change.task in stated and change.field in ("lead", "support", "title", "section")] == []


@seeds.needed
@pytest.mark.parametrize("plan_id", seeds.DOCUMENTS)
def test_the_digests_of_a_draft_are_those_of_the_shipped_plan(plan_id: str) -> None:
    draft = draft_plan(take_in(seed(plan_id), simplify=plan_id == "qianjiang-2022"), "plan.yaml", plan_id, "zh").plan
    plan, _ = codec.decode(read(str(shipped(plan_id)[0])))
    digests = [[task.source.digest for task in each.tasks if task.source] for each in (draft, plan)]  # type: ignore[union-attr]
    assert digests[0] == digests[1]
