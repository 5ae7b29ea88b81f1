"""Which items of a document are its tasks, with which numbers, titles and sections."""

from __future__ import annotations

import pytest

from extraction_gold import draft_of
from planctl.extraction import Cell, Draft, Line, extract

LABEL = "（市司法局负责）"


def ids(draft: Draft) -> list[str]:
    return [task.id for task in draft.tasks]


def titles(draft: Draft) -> list[str]:
    return [task.title.text for task in draft.tasks]


STRUCTURES: dict[str, tuple[str, list[str]]] = {
    "the level that carries labels": (
        f"一、任务\n（一）提升服务\n1.甲事。内容。{LABEL}\n2.乙事。内容。{LABEL}\n（二）加强监管\n1.丙事。内容。{LABEL}\n三、保障\n（一）加强领导。内容。",
        ["甲事", "乙事", "丙事"],
    ),
    "an item without a label between others": (f"一、任务\n1.甲事。{LABEL}\n2.乙事。内容。\n3.丙事。{LABEL}", ["甲事", "乙事", "丙事"]),
    "the label behind the last point is the whole item's": (
        f"一、任务\n（一）甲事。\n1.第一点。\n2.第二点。{LABEL}\n（二）乙事。\n1.第一点。\n2.第二点。{LABEL}",
        ["甲事", "乙事"],
    ),
    "points below a labelled item": (f"一、任务\n（一）甲事。要求。{LABEL}\n1.第一点。\n2.第二点。\n（二）乙事。{LABEL}", ["甲事", "乙事"]),
    "an item and its points that all have labels": (
        f"一、任务\n（一）甲事。2019年底前要实施新版清单，落实非禁即入的各项要求，推动普遍落实，做到一单尽列、单外无单，全国一致。{LABEL}\n1.第一点。{LABEL}\n2.第二点。{LABEL}",
        ["甲事", "第一点", "第二点"],
    ),
    "measures by number": (f"一、甲事。内容。{LABEL}\n二、乙事。内容。{LABEL}\n三、丙事。内容。{LABEL}", ["甲事", "乙事", "丙事"]),
    "a document without labels": (
        "一、总体要求\n（一）指导思想。内容。\n（二）基本原则。内容。\n二、任务\n（三）甲事。内容。\n（四）乙事。内容。\n三、保障\n（五）加强领导。内容。",
        ["甲事", "乙事", "加强领导"],
    ),
    "one section of tasks between others": (
        "一、提高认识\n内容。\n二、任务\n（一）甲事。内容。\n（二）乙事。内容。\n三、工作要求\n内容。",
        ["甲事", "乙事"],
    ),
    "measures of which one has points": (
        "一、甲事。内容。\n二、乙事。内容。\n（一）第一点。\n（二）第二点。\n三、丙事。内容。\n四、丁事。内容。",
        ["甲事", "乙事", "丙事", "丁事"],
    ),
    "headings only above the lowest level": (
        "一、任务\n（一）提升服务\n1.甲事。内容。\n2.乙事。内容。\n（二）加强监管\n3.丙事。内容。",
        ["甲事", "乙事", "丙事"],
    ),
    "text above points": ("一、任务\n（一）甲事。内容很多。\n1.第一点。\n2.第二点。\n（二）乙事。内容。", ["甲事", "乙事"]),
    "chapters": (f"第一章 总则\n一、工作目标\n内容。\n第二章 任务\n一、甲事。内容。{LABEL}\n二、乙事。内容。{LABEL}", ["甲事", "乙事"]),
    "a short item and its points that all have labels": (
        f"一、任务\n（一）甲事，减少环节。{LABEL}\n1.第一点。{LABEL}\n2.第二点。{LABEL}",
        ["甲事，减少环节", "第一点", "第二点"],
    ),
    "a heading with a label above points that all have theirs": (
        f"一、任务\n（一）提升服务{LABEL}\n1.甲事。{LABEL}\n2.乙事。{LABEL}",
        ["甲事", "乙事"],
    ),
    "one line with one point for each section": (
        f"一、稳定增长（一）甲事。内容。{LABEL}二、深化改革（二）乙事。内容。{LABEL}三、扩大开放（三）丙事。内容。{LABEL}",
        ["甲事", "乙事", "丙事"],
    ),
    "lines that say who hosts": (
        "一、甲事。内容。\n主办单位：市农牧局\n协办单位：市财政局\n二、乙事。内容。\n主办单位：市水务局\n",
        ["甲事", "乙事"],
    ),
    "a heading that ends with a colon": (f"一、任务\n1.甲事：内容。{LABEL}\n2.乙事：内容。{LABEL}", ["甲事", "乙事"]),
}


@pytest.mark.parametrize("name", STRUCTURES)
def test_the_tasks_are_chosen_from_the_outline(name: str) -> None:
    text, expected = STRUCTURES[name]
    assert titles(draft_of(text)) == expected


def test_numbers_that_run_on_are_ids_and_those_that_restart_take_their_section() -> None:
    running = f"一、任务\n（一）甲\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n（二）乙\n3.丙事。{LABEL}"
    restarting = running.replace("3.", "1.")
    assert (ids(draft_of(running)), ids(draft_of(restarting))) == (["1", "2", "3"], ["1.1", "1.2", "2.1"])


def test_a_number_that_is_printed_twice_does_not_make_an_id_twice() -> None:
    assert ids(draft_of(f"一、任务\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n2.丙事。{LABEL}")) == ["1", "2", "2-2"]


def test_a_task_knows_the_numbers_above_it_and_all_its_text() -> None:
    (task, _) = draft_of(f"四、任务\n（一）提升服务\n1.甲事。内容。{LABEL}\n2.乙事。{LABEL}").tasks
    assert (task.path, task.section, task.text) == (("四", "（一）", "1"), ("四", "（一）"), f"1.甲事。内容。{LABEL}")


def test_the_label_of_a_section_is_that_of_its_items() -> None:
    tasks = draft_of(
        "一、优化环境（牵头单位：市司法局）\n1.甲事。内容。\n2.乙事。内容。（市财政局负责）\n二、其他\n3.丙事。内容。（市税务局负责）"
    ).tasks
    assert [(task.title.text, task.lead) for task in tasks] == [("甲事", ("市司法局",)), ("乙事", ("市财政局",)), ("丙事", ("市税务局",))]


def test_who_keeps_the_page_has_no_task() -> None:
    draft = draft_of(f"一、任务\n1.甲事。{LABEL}\n2.乙事。{LABEL}\n主办单位：示例市人民政府办公室\n备案号：12345")
    assert draft.tasks[-1].lead == ("市司法局",)


def test_what_follows_the_last_task_is_no_part_of_it() -> None:
    draft = draft_of(
        f"一、任务\n1.甲事。内容。{LABEL}\n2.乙事。内容。{LABEL}\n各地区、各部门要于2019年3月底前制定方案。\n示例市人民政府\n2019年1月2日"
    )
    assert [task.text for task in draft.tasks] == [f"1.甲事。内容。{LABEL}", f"2.乙事。内容。{LABEL}"]
    assert [found.text for found in draft.closing] == ["各地区、各部门要于2019年3月底前制定方案。"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("推进共享，优化各类数据库", "推进共享，优化各类数据库"),
        ("落实普法责任制的各项具体任务和要求，全面完成规划确定的目标任务", "落实普法责任制的各项具体任务和要求"),
        ("加强公务用车管理，严把审批关口、严格处置程序、严密闭环管理，加大推广力度", "加强公务用车管理"),
        ("制定出台《示例市食堂管理办法（试行）》", "制定出台《示例市食堂管理办法（试行）》"),
        ("2019年底前，开展清理工作。内容。", "开展清理工作"),
        ("推进“一业一证。一企一照”改革。内容。", "推进“一业一证。一企一照”改革"),
    ],
)
def test_a_sentence_without_a_heading_is_cut_to_a_title(text: str, title: str) -> None:
    assert titles(draft_of(f"一、任务\n1.{text}\n2.乙事。内容。"))[0] == title


def cell(text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> Line:
    return Line(text, Cell(1, row, column, rows, columns))


def test_a_table_with_a_head_of_two_rows_and_merged_cells_gives_a_task_a_number() -> None:
    draft = extract(
        [
            *(
                cell("序号", 1, 1, 2),
                cell("类别", 1, 2, 2),
                cell("工作任务", 1, 3, 2),
                cell("责任分工", 1, 4, 1, 2),
                cell("完成时限", 1, 6, 2),
            ),
            *(cell("牵头单位", 2, 4), cell("配合单位", 2, 5)),
            *(
                cell("1", 3, 1),
                cell("改革", 3, 2, 2),
                cell("推进审批改革", 3, 3),
                cell("市行政审批局", 3, 4),
                cell("市人力资源和社会\n保障局\n市财政局", 3, 5),
            ),
            *(
                cell("2024年6月", 3, 6),
                cell("2", 4, 1),
                cell("优化监管服务", 4, 3),
                cell("市市场监管局", 4, 4),
                cell("各县（市、区）政府", 4, 5),
            ),
            *(cell("二、法治建设", 5, 1, 1, 6), cell("3", 6, 1, 2), cell("法治", 6, 2, 2), cell("规范执法", 6, 3, 2)),
            *(cell("市司法局", 6, 4), cell("市公安局", 6, 5), cell("市城管局", 7, 4), cell("市应急局", 7, 5)),
        ]
    )
    assert [(task.id, task.title.text, task.section, task.lead, task.support) for task in draft.tasks] == [
        ("1", "推进审批改革", ("改革",), ("市行政审批局",), ("市人力资源和社会保障局", "市财政局")),
        ("2", "优化监管服务", ("改革",), ("市市场监管局",), ("各县（市、区）政府",)),
        ("3", "规范执法", ("二、法治建设", "法治"), ("市司法局", "市城管局"), ("市公安局", "市应急局")),
    ]


def test_a_column_whose_cells_cover_several_rows_names_sections() -> None:
    head = "序号\t重点任务\t具体措施\t责任单位"
    rows = ["1\t优化服务\t推行一窗受理\t市行政审批局", "2\t\t压缩办理时间\t市司法局", "3\t加强监管\t推行信用监管\t市市场监管局"]
    assert [(task.section, task.title.text) for task in draft_of("\n".join([head, *rows])).tasks] == [
        (("优化服务",), "推行一窗受理"),
        (("优化服务",), "压缩办理时间"),
        (("加强监管",), "推行信用监管"),
    ]


def test_a_table_that_repeats_the_text_is_not_taken_twice() -> None:
    text = f"一、任务\n1.推进改革。{LABEL}\n2.优化服务。{LABEL}\n附件\n序号\t任务\t责任单位\n1\t推进改革\t市司法局\n2\t优化服务\t市司法局"
    assert titles(draft_of(text)) == ["推进改革", "优化服务"]


def test_a_table_without_units_beside_a_text_without_labels_adds_its_rows() -> None:
    text = "一、任务\n（一）加强领导。内容。\n（二）强化保障。内容。\n序号\n指标内容\n1\n出台甲办法\n2\n修订乙规定\n3\n编制丙汇编\n结束。"
    assert titles(draft_of(text)) == ["出台甲办法", "修订乙规定", "编制丙汇编", "加强领导", "强化保障"]


def test_a_page_laid_out_in_a_table_is_read_as_text() -> None:
    text = f"一、任务\n1.甲事。{'内容' * 400}。{LABEL}\n2.乙事。{LABEL}"
    assert titles(extract([cell(text, 1, 1)])) == ["甲事", "乙事"]


def test_a_document_without_tasks_gives_an_empty_draft() -> None:
    assert (draft_of("今天天气很好。").tasks, extract([]).tasks) == ((), ())
