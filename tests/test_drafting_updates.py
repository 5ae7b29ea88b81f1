"""A document that was imported before: the proposal says what the document says now, and keeps what people decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import seeds
from conftest import load
from drafts import DOCUMENT, drafted
from planctl import codec
from planctl.drafting.files import plan_text
from planctl.drafting.intake import take_in
from planctl.drafting.plans import draft_plan
from planctl.drafting.updates import Update, match_deadlines
from planctl.layout import lay_out
from planctl.model import Deadline, Kind, Task
from planctl.sources import read

if TYPE_CHECKING:
    from planctl.drafting.updates import Proposal

PATH = "plans/示例县/plan.yaml"


def propose(folder: Path, plan: str, document: str) -> Proposal:
    workspace = load({PATH: plan})
    (old,) = workspace.plans
    return Update(old, drafted(folder, document), workspace.directory_of(old), "zh").propose(plan)


def lines_that_differ(old: str, new: str) -> tuple[list[str], list[str]]:
    """Give the lines that only the old text has, and those that only the new one has; digests are told apart elsewhere."""
    before, after = old.splitlines(), new.splitlines()
    gone = [line.strip() for line in before if line not in after and "sha256" not in line]
    return gone, [line.strip() for line in after if line not in before and "sha256" not in line]


@pytest.fixture
def plan(tmp_path: Path) -> str:
    """A plan that a person has worked on after the import."""
    text = plan_text(drafted(tmp_path, DOCUMENT).plan)
    text = text.replace('  - id: "1"\n', '  # 已与行政审批局核对\n  - id: "1"\n', 1)
    text = text.replace("      - id: d1\n        what: 完成综合窗口设置", "      - id: windows  # 短名\n        what: 设置综合窗口", 1)
    progress = "    progress:\n      - {on: 2024-05-01, unit: 县行政审批局, deadline: windows, state: in-progress}\n"
    return text.replace('    source: {clause: "1"', f'{progress}    source: {{clause: "1"', 1)


def test_the_same_document_proposes_nothing(tmp_path: Path, plan: str) -> None:
    assert propose(tmp_path, plan, DOCUMENT) == (plan, (), (), ())


def test_another_date_moves_the_deadline_and_keeps_its_name_and_progress(tmp_path: Path, plan: str) -> None:
    found = propose(tmp_path, plan, DOCUMENT.replace("2024年6月底前", "2024年10月底前"))
    assert (found.changed, lines_that_differ(plan, found.text)) == (
        ("1",),
        (
            ["due: 2024-06-30", "quote: 2024年6月底前"],
            ["due: 2024-10-31", "quote: 2024年10月底前", "- 原文：这一条的文字变了，请核对全部内容"],
        ),
    )
    assert lay_out(found.text, PATH) == found.text


def test_another_lead_is_taken_where_the_document_names_it(tmp_path: Path, plan: str) -> None:
    found = propose(tmp_path, plan, DOCUMENT.replace("牵头单位：县行政审批局", "牵头单位：县数据局"))
    assert lines_that_differ(plan, found.text)[1][0] == "lead: [县数据局]"


def test_a_lead_that_the_keeper_has_assigned_stays(tmp_path: Path, plan: str) -> None:
    assigned = plan.replace("lead: [县行政审批局]", "lead: [县政务服务中心]").replace("basis: stated", "basis: assigned", 1)
    found = propose(tmp_path, assigned, DOCUMENT.replace("牵头单位：县行政审批局", "牵头单位：县数据局"))
    assert lines_that_differ(assigned, found.text) == ([], ["- 原文：这一条的文字变了，请核对全部内容"])


def test_a_new_clause_is_inserted_where_it_stands_and_those_behind_it_keep_their_ids(tmp_path: Path, plan: str) -> None:
    fresh = "2. 延时服务。2024年9月底前开通延时服务。（牵头单位：县司法局）\n\n"
    document = DOCUMENT.replace("3. 开展", "4. 开展").replace("2. 公开", f"{fresh}3. 公开")
    found = propose(tmp_path, plan, document)
    tasks = load({PATH: found.text}).plans[0].tasks
    assert [(task.id, task.title, task.source and task.source.clause) for task in tasks] == [
        ("1", "设置综合窗口", "1"),
        ("2-2", "延时服务", "2"),
        ("2", "公开办事清单", "3"),
        ("3", "开展检查", "4"),
    ]
    assert [task.doubts[-1] for task in tasks[1:]] == [
        "原文：文件新增的条目",
        "编号：文件里现为 3，这里的 id 没有改",
        "编号：文件里现为 4，这里的 id 没有改",
    ]
    assert lay_out(found.text, PATH) == found.text


def test_a_clause_that_is_gone_stays_with_a_doubt(tmp_path: Path, plan: str) -> None:
    found = propose(tmp_path, plan, DOCUMENT[: DOCUMENT.index("二、监督检查")] + DOCUMENT[DOCUMENT.index("\n示例县人民政府办公室\n2024") :])
    assert (found.gone, lines_that_differ(plan, found.text)) == (
        ("3",),
        ([], ["- 原文：新的文件里没有找到这一条；确已取消的，写 cancelled"]),
    )


def test_a_deadline_that_is_gone_stays_with_a_doubt(tmp_path: Path, plan: str) -> None:
    found = propose(tmp_path, plan, DOCUMENT.replace("2024年6月底前，完成综合窗口设置", "认真完成综合窗口设置"))
    assert lines_that_differ(plan, found.text)[1][-1] == "- 时限：新的原文里没有找到 windows“2024年6月底前”"


def test_a_new_number_and_date_of_the_document_are_proposed(tmp_path: Path, plan: str) -> None:
    found = propose(tmp_path, plan, DOCUMENT.replace("〔2024〕6号", "〔2024〕16号").replace("3月8日", "5月8日"))
    assert lines_that_differ(plan, found.text) == (
        ["number: 示政办发〔2024〕6号", "issued: 2024-03-08"],
        ["number: 示政办发〔2024〕16号", "issued: 2024-05-08"],
    )


def test_a_plan_without_digests_only_gets_them(tmp_path: Path) -> None:
    plan = 'planctl: 1\nid: a\ntitle: 甲\ntasks:\n  - id: "3"\n    title: 开展检查\n    lead: [县审计局]\n'
    found = propose(tmp_path, plan, DOCUMENT)
    (task,) = (task for task in load({PATH: found.text}).plans[0].tasks if task.id == "3")
    assert (task.lead, task.deadlines, task.doubts, task.source and task.source.clause) == (("县审计局",), (), (), "3")


def test_deadlines_are_matched_by_what_they_say_and_not_by_their_ids() -> None:
    old = (
        Deadline("d2", Kind.ONCE, 0, quote="2024年6月底前"),
        Deadline("rate", Kind.METRIC, 1, metric="满意度", quote="不低于90%"),
        Deadline("gone", Kind.ONGOING, 2, quote="长期坚持"),
    )
    new = (
        Deadline("d1", Kind.ONCE, 0, quote="2024年6月底前"),
        Deadline("d2", Kind.METRIC, 1, metric="群众满意度", quote="不低于95%"),
        Deadline("d3", Kind.RECURRING, 2, quote="每年1次"),
    )
    pairs = match_deadlines(Task("1", "甲", deadlines=old), Task("1", "甲", deadlines=new))
    ids = [(one.id, other.id) for one, other in pairs.both]
    assert (ids, [each.id for each in pairs.old], [each.id for each in pairs.new]) == ([("d2", "d1"), ("rate", "d2")], ["gone"], ["d3"])


@seeds.needed
@pytest.mark.parametrize("plan_id", seeds.DOCUMENTS)
def test_the_documents_of_the_shipped_plans_propose_no_change_of_a_task(plan_id: str) -> None:
    folder = Path(__file__).parents[1] / "plans"
    (path,) = (path for path in folder.glob("*/*.yaml") if f"\nid: {plan_id}\n" in path.read_text(encoding="utf-8"))
    (document,) = seeds.FOLDER.glob(seeds.DOCUMENTS[plan_id][0])
    source = read(str(path))
    plan, _ = codec.decode(source)
    workspace = load({str(path): source.text})
    draft = draft_plan(take_in(str(document), simplify=plan_id == "qianjiang-2022"), str(path), plan_id, "zh")
    found = Update(workspace.plans[0], draft, workspace.directory_of(workspace.plans[0]), "zh").propose(source.text)
    assert (found.text == source.text, found[1:]) == (True, ((), (), ()))
    assert plan == workspace.plans[0]
