"""Tables of tasks as offices draw them up: what their columns hold, who leads in them, and which of them assign nothing; all are invented.

A row is written as its cells with `|` between them; `2×` before a cell makes it two columns wide, `2↓` two rows high.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extraction_gold import in_words
from planctl.documents.normalising import normalise
from planctl.documents.reading import read, read_bytes
from planctl.extraction import extract_reading

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.extraction import Draft

CELL = re.compile(r"(?:(?P<columns>\d)×)?(?:(?P<rows>\d)↓)?(?P<text>.*)")
TITLE = "示例县2024年工作任务清单"


def table(*rows: str) -> str:
    lines = ("".join(cell(text) for text in row.split("|")) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def cell(text: str) -> str:
    found = CELL.fullmatch(text)
    assert found
    return f'<td colspan="{found["columns"] or 1}" rowspan="{found["rows"] or 1}">{found["text"]}</td>'


def draft_of(*parts: str, title: str = TITLE) -> Draft:
    page = f'<html><body><div id="c"><p align="center">{title}</p>{"".join(parts)}</div></body></html>'
    return extract_reading(normalise(read_bytes("page.html", page.encode()), simplify=True))


def told(draft: Draft) -> list[str]:
    """Write each task on a line: number, title, who leads, who supports, by when."""
    return [
        "|".join(
            (
                task.number,
                task.title.text,
                "、".join(task.lead),
                "、".join(task.support),
                "、".join(in_words(one.deadline) for one in task.deadlines),
            )
        )
        for task in draft.tasks
    ]


def unread(draft: Draft) -> list[str]:
    return [doubt.words[0] for doubt in draft.doubts if doubt.key == "table.unread"]


@pytest.mark.parametrize(
    "heading",
    [
        "主管单位",
        "主管部门",
        "分工单位",
        "任务承担单位",
        "承接单位",
        "组织实施单位",
        "主要负责单位",
        "国务院主管部门",
        "部门分工",
        "职责分工",
        "监管部门",
        "经办",
    ],
)
def test_a_column_of_units_says_who_is_responsible_whatever_its_heading(heading: str) -> None:
    drafted = draft_of(
        table(f"序号|改革事项|主要内容|{heading}", "1|一照多址|免于设立分支机构。|县市场监管局、县司法局", "2|网上办理|全程网办。|县税务局")
    )
    assert told(drafted) == ["1|一照多址|县市场监管局、县司法局||", "2|网上办理|县税务局||"]


@pytest.mark.parametrize("heading", ["配合单位", "协作单位", "会同单位", "共同责任单位", "配合地区", "督导单位"])
def test_a_column_beside_it_names_who_supports(heading: str) -> None:
    drafted = draft_of(table(f"序号|工作任务|责任单位|{heading}", "1|清理河道|县水利局|示例镇政府", "2|建设公园|县园林中心|示例镇政府"))
    assert told(drafted) == ["1|清理河道|县水利局|示例镇政府|", "2|建设公园|县园林中心|示例镇政府|"]


@pytest.mark.parametrize("heading", ["完成时限", "预期完成时间", "时间表", "办结时限", "竣工时间", "时点"])
def test_a_column_of_times_says_by_when(heading: str) -> None:
    drafted = draft_of(table(f"序号|工作任务|责任单位|{heading}", "1|清理河道|县水利局|6月底前", "2|建设公园|县园林中心|2024年9月"))
    assert told(drafted) == ["1|清理河道|县水利局||once 2024-06-30", "2|建设公园|县园林中心||once 2024-09-30"]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("试点经验", "主要内容"),
        ("政策措施", "具体内容"),
        ("重点任务", "工作目标"),
        ("普法内容", "普法对象"),
        ("问题", "整改目标"),
        ("“高效办成一件事”名称", "具体事项"),
        ("一件事", "涉及事项"),
    ],
)
def test_the_title_is_what_names_the_task(name: str, other: str) -> None:
    for heads, rows in (((name, other), ("甲类清单", "详见内容。")), ((other, name), ("详见内容。", "甲类清单"))):
        if other in {"主要内容", "具体内容"} and heads[0] == other:
            continue
        drafted = draft_of(table(f"序号|{'|'.join(heads)}|责任单位", f"1|{'|'.join(rows)}|县司法局", f"2|{'|'.join(rows)}|县财政局"))
        assert told(drafted) == ["1|甲类清单|县司法局||", "2|甲类清单|县财政局||"]


ROWS = ("1|制定清单|县财政局、县税务局", "2|清理河道|县水利局")
PLAIN = table("序号|工作任务|责任单位", *ROWS)
RULE = "注：责任单位中排在第一位的为牵头单位。"


@pytest.mark.parametrize(
    "parts",
    [
        [PLAIN, f"<p>{RULE}</p>"],
        [f"<p>{RULE}</p>", PLAIN],
        [table("序号|工作任务|责任单位", *ROWS, f"3×{RULE}")],
        [table("序号|工作任务|负责单位（排在第一位的为牵头单位）", *ROWS)],
        [table("序号|工作任务|负责单位", *ROWS, f"3×{RULE}")],
    ],
    ids=["below", "above", "in the last row", "in the heading", "another heading"],
)
def test_where_the_first_leads_it_leads_in_a_table_too(parts: list[str]) -> None:
    assert told(draft_of(*parts)) == ["1|制定清单|县财政局|县税务局|", "2|清理河道|县水利局||"]


@pytest.mark.parametrize(
    "rows",
    [
        ("序号|激励对象|奖励办法|科目", "1|先进乡镇|给予通报|甲", "2|先进部门|给予奖励|乙"),
        ("序号|公开事项|公开内容|公开时限|公开主体", "1|规划|年度计划|20个工作日内|县发改局", "2|预算|部门预算|20日内|县财政局"),
        ("序号|单位|姓名|职务|联系电话", "1|县财政局|甲|股长|0000-1234", "2|县教育局|乙|主任|0000-1235"),
        ("序号|考核内容|分值|评分标准|考核单位", "1|组织领导|10|缺一次扣5分|县司法局", "2|制度建设|20|缺一项扣2分|县司法局"),
    ],
    ids=["unfamiliar", "what is public", "whom to call", "marks"],
)
def test_a_table_that_gives_no_tasks_is_named_with_its_head(rows: tuple[str, ...]) -> None:
    drafted = draft_of(table(*rows))
    assert (told(drafted), unread(drafted)) == ([], [rows[0].replace("|", "、")])


def test_a_table_of_tasks_is_no_doubt() -> None:
    assert unread(draft_of(PLAIN)) == []


def test_headings_stand_beside_their_values_one_table_a_task() -> None:
    one = table("序号|1", "任务名称|修桥", "牵头单位|县交通局", "配合单位|县财政局", "完成时限|2024年6月底前")
    two = table("序号|2", "任务名称|建站", "牵头单位|县城管局", "配合单位|县财政局", "完成时限|2024年9月底前")
    assert told(draft_of(one, two)) == ["1|修桥|县交通局|县财政局|once 2024-06-30", "2|建站|县城管局|县财政局|once 2024-09-30"]


def test_headings_stand_beside_their_values_in_pairs() -> None:
    drafted = draft_of(table("项目名称|修桥|责任单位|县交通局", "目标|建成|完成时限|2024年6月底前"))
    assert told(drafted) == ["|修桥|县交通局||once 2024-06-30"]


@pytest.mark.parametrize(
    "rows",
    [
        ("2↓序号|2↓工作任务|2×责任单位|2↓完成时限", "牵头单位|配合单位"),
        ("序号|工作任务|责任单位||完成时限", "||牵头单位|配合单位|"),
        ("5×示例县任务分解表", "5×填报单位：示例县政府办", "序号|工作任务|牵头单位|配合单位|完成时限"),
    ],
    ids=["merged", "empty cells", "below a title"],
)
def test_a_head_has_more_rows_than_one(rows: tuple[str, ...]) -> None:
    drafted = draft_of(table(*rows, "1|建设公园|县园林中心|县财政局|8月底前", "2|清理河道|县水利局|各乡镇|长期坚持"))
    assert told(drafted) == ["1|建设公园|县园林中心|县财政局|once 2024-08-31", "2|清理河道|县水利局|各乡镇|ongoing"]


HEAD = "序号|工作任务|责任单位|完成时限"


def test_a_table_goes_on_on_further_pages_with_its_head_or_without() -> None:
    drafted = draft_of(
        table(HEAD, "1|修桥|县交通局|6月底前"),
        table(HEAD, HEAD, "2|修路|县交通局|7月底前"),
        table("3|建站|县城管局|8月底前", "4|建亭|县城管局|9月底前"),
    )
    assert told(drafted) == [
        "1|修桥|县交通局||once 2024-06-30",
        "2|修路|县交通局||once 2024-07-31",
        "3|建站|县城管局||once 2024-08-31",
        "4|建亭|县城管局||once 2024-09-30",
    ]
    assert {doubt.key for doubt in drafted.doubts} == {"identity.missing"}


def test_the_end_of_a_row_stands_on_the_next_page() -> None:
    drafted = draft_of(table(HEAD, "1|修复桥梁并|县交通局|6月底前"), table("|通车。|县财政局|", "2|修路|县交通局|7月底前"))
    assert told(drafted) == ["1|修复桥梁并|县交通局、县财政局||once 2024-06-30", "2|修路|县交通局||once 2024-07-31"]


def test_a_sum_is_no_task() -> None:
    assert told(draft_of(table("序号|项目名称|总投资|责任单位", "1|修桥|500|县交通局", "合计||500|县财政局"))) == ["1|修桥|县交通局||"]


def test_columns_of_months_say_what_is_to_be_reached_by_then() -> None:
    drafted = draft_of(
        table(
            "2↓序号|2↓项目名称|2↓责任单位|3×月度计划",
            "3月|6月|12月",
            "1|建设公园|县园林中心|完成选址|完成招标|竣工",
            "2|改造学校|县教育局||开工|完成60%",
        )
    )
    assert told(drafted) == [
        "1|建设公园|县园林中心||once 2024-03-31、once 2024-06-30、once 2024-12-31",
        "2|改造学校|县教育局||once 2024-06-30、metric >= 60 % by 2024-12-31",
    ]


def test_figures_take_their_unit_from_a_column_and_their_year_from_the_head() -> None:
    drafted = draft_of(
        table(
            "序号|指标名称|单位|2024年目标值|2025年目标值|责任单位",
            "1|森林覆盖率|%|61以上|62以上|县林业局",
            "2|新增就业|人|3000以上|3200以上|县人社局",
        )
    )
    assert told(drafted) == [
        "1|森林覆盖率|县林业局||metric >= 61 % by 2024-12-31、metric >= 62 % by 2025-12-31",
        "2|新增就业|县人社局||metric >= 3000 人 by 2024-12-31、metric >= 3200 人 by 2025-12-31",
    ]


def test_a_column_of_months_says_when() -> None:
    assert told(draft_of(table("月份|工作内容|责任单位", "1月|召开会议|县政府办", "3月|报送总结|县司法局", "每月|监测水质|县水利局"))) == [
        "|召开会议|县政府办||once 2024-01-31",
        "|报送总结|县司法局||once 2024-03-31",
        "|监测水质|县水利局||month",
    ]


def test_a_list_of_what_is_to_be_mended_has_measures_aims_and_times() -> None:
    drafted = draft_of(
        table(
            "序号|问题|整改措施|整改目标|整改时限|责任单位|责任人",
            "1|污水直排|2024年6月底前建成管网。|消除直排。|2024年9月底前|县住建局|甲",
            "2|台账不全|建立台账。|台账齐全。|长期坚持|县生态环境局|乙",
        )
    )
    assert told(drafted) == ["1|污水直排|县住建局||once 2024-06-30、once 2024-09-30", "2|台账不全|县生态环境局||ongoing"]


@pytest.mark.parametrize("listed", [0, 1, 3, 10])
def test_a_page_whose_body_is_a_table_keeps_its_title_and_leaves_its_menu(listed: int) -> None:
    rows = [
        f"{number}|推进第{number}项工程|{'县交通局、县财政局' if number <= listed else '县交通局'}|{number}月底前"
        for number in range(1, 11)
    ]
    page = f'<html><body><div><a>首页</a><a>政务公开</a></div><div id="c"><p>{TITLE}</p>{table(HEAD, *rows)}</div><div>版权所有 示例县政府</div></body></html>'
    drafted = extract_reading(normalise(read_bytes("page.html", page.encode()), simplify=True))
    assert (drafted.identity.title and drafted.identity.title.text, len(drafted.tasks)) == (TITLE, 10)


def test_beside_a_text_with_tasks_a_table_without_units_is_named() -> None:
    text = (
        "<p>一、主要任务</p><p>（一）加强管理。抓好落实。（县财政局负责）</p><p>（二）完善制度。修订制度。（县司法局负责）</p><p>附件</p>"
    )
    drafted = draft_of(text, table("序号|指标名称|2024年目标值", "1|森林覆盖率|61%", "2|就业率|95%"))
    assert (len(drafted.tasks), unread(drafted)) == (2, ["序号、指标名称、2024年目标值"])


def test_a_rule_of_the_text_holds_for_the_table_behind_it() -> None:
    text = "<p>一、主要任务</p><p>（一）加强管理。抓好落实。（县财政局、县司法局负责，排在第一位的为牵头单位，下同）</p><p>（二）完善制度。修订制度。（县司法局负责）</p>"
    drafted = draft_of(
        text, "<p>附件</p>", table(HEAD, "1|建设公园二期工程|县园林中心、县财政局|6月底前", "2|清理河道淤泥|县水利局|7月底前")
    )
    assert "1|建设公园二期工程|县园林中心|县财政局|once 2024-06-30" in told(drafted)


def test_a_standard_says_more_of_a_task() -> None:
    drafted = draft_of(table("序号|内容|标准|责任科室|完成时间", "1|组织学习|每月1次|办公室|12月底"))
    assert told(drafted) == ["1|组织学习|办公室||month = 1 次、once 2024-12-31"]


def test_a_month_of_a_year_that_nothing_names_is_kept_without_a_day() -> None:
    drafted = draft_of(table("序号|项目名称|责任单位|3月|6月", "1|建设公园|县园林中心|选址|招标"), title="工作任务清单")
    assert told(drafted) == ["1|建设公园|县园林中心||once None、once None"]


def test_a_sheet_is_named_by_the_row_above_its_heads() -> None:
    drafted = draft_of(table("3×附件1", "3×示例县2024年民生实事推进表", "序号|项目名称|责任单位", "1|建设公园|县园林中心"), title="")
    assert drafted.identity.title
    assert drafted.identity.title.text == "示例县2024年民生实事推进表"


def test_a_table_of_a_workbook_has_months_below_one_heading(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ("示例县2024年民生实事月度推进表",),
        ("序号", "项目", "责任单位", "月度计划"),
        (None, None, None, "3月", "6月"),
        (1, "建设公园", "县园林中心", "选址", "竣工"),
    ):
        sheet.append(row)
    for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "plan.xlsx")
    drafted = extract_reading(normalise(read(str(tmp_path / "plan.xlsx")), simplify=True))
    assert told(drafted) == ["1|建设公园|县园林中心||once 2024-03-31、once 2024-06-30"]


def test_rows_of_one_number_are_one_task_and_told_where_each_has_its_own_text_and_units() -> None:
    rows = ("序号|任务|工作内容|责任单位", "2↓1|2↓优化办税|公布清单。|县税务局", "回访企业。|县财政局", "2|修桥|修好三座桥。|县交通局")
    draft = draft_of(table(*rows))
    assert (told(draft), [[(doubt.key, doubt.words) for doubt in task.doubts] for task in draft.tasks]) == (
        ["1|优化办税|县税务局、县财政局||", "2|修桥|县交通局||"],
        [[("duty.several", ("县税务局", "县财政局"))], []],
    )


def test_rows_of_one_number_are_one_task_where_they_share_who_is_responsible() -> None:
    rows = ("序号|任务|工作内容|责任单位", "2↓1|2↓优化办税|公布清单。|2↓县税务局", "回访企业。", "2|修桥|修好三座桥。|县交通局")
    assert told(draft_of(table(*rows))) == ["1|优化办税|县税务局||", "2|修桥|县交通局||"]
