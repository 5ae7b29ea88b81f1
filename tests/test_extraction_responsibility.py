"""Who is responsible, in all the ways in which documents say it."""

from __future__ import annotations

import pytest

from extraction_gold import draft_of
from planctl.extraction.names import Lexicon, learn, read_names
from planctl.extraction.responsibility import find_labels, read_duty
from planctl.extraction.tasks import acting_duty, embedded_duty
from planctl.model import Basis

LABELS: dict[str, tuple[list[str], list[str]]] = {
    "牵头单位:县委编办;参加单位:县政府各工作部门、各乡镇(街道)": (["县委编办"], ["县政府各工作部门", "各乡镇(街道)"]),
    "牵头单位:县委组织部,参加单位:县直各单位": (["县委组织部"], ["县直各单位"]),
    "牵头单位:市司法局;责任单位:市直各单位;完成时限:2024年12月底前": (["市司法局"], ["市直各单位"]),
    "责任领导:张三;责任单位:市教育局": (["市教育局"], []),
    "责任单位:市教育局(牵头)、市财政局": (["市教育局"], ["市财政局"]),
    "责任单位:市教育局、各街道办事处(市财政局、市税务局配合)": (["市教育局", "各街道办事处"], ["市财政局", "市税务局"]),
    "指导部门:最高人民法院和最高人民检察院": (["最高人民法院", "最高人民检察院"], []),
    "主办:市商务局;协办:市财政局": (["市商务局"], ["市财政局"]),
    "发展改革委牵头,国务院相关部门及各地区按职责分工负责": (["发展改革委"], ["国务院相关部门", "各地区"]),
    "财政部、文化和旅游部等国务院相关部门按职责分工负责": (["财政部", "文化和旅游部", "国务院相关部门"], []),
    "国务院办公厅牵头,各地区、各部门负责": (["国务院办公厅"], ["各地区", "各部门"]),
    "城区编办牵头、政府各行政执法部门各司其责": (["城区编办"], ["政府各行政执法部门"]),
    "城区政务办牵头,各相关部门落实": (["城区政务办"], ["各相关部门"]),
    "市发展改革委会同市财政局、市税务局负责": (["市发展改革委"], ["市财政局", "市税务局"]),
    "责任单位:市大数据局(市委政法委牵头)": (["市委政法委"], ["市大数据局"]),
    "教育部、中国科学院等有关部门和单位,各省级人民政府,以下均需各省级人民政府负责,不再列出": (
        ["教育部", "中国科学院", "有关部门和单位", "各省级人民政府"],
        [],
    ),
    "住房和城乡建设部会同各有关部门和地方负责": (["住房和城乡建设部"], ["各有关部门和地方"]),
    "人事司负责,教育中心配合": (["人事司"], ["教育中心"]),
    "各地区、各部门负责": (["各地区", "各部门"], []),
    "省教育厅、省民政厅等按职责分工负责,2021年底前完成": (["省教育厅", "省民政厅"], []),
    "商务部牵头,财政部等有关部门和单位,各省(区、市)人民政府按职责分工负责": (
        ["商务部"],
        ["财政部", "有关部门和单位", "各省(区、市)人民政府"],
    ),
}


@pytest.mark.parametrize("text", LABELS)
def test_a_label_says_who_leads_and_who_supports(text: str) -> None:
    duty = read_duty(text)
    assert (list(duty.lead), list(duty.support)) == LABELS[text]


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("县公安局、县司法局等部门按职责分工负责", (True, True)),
        ("县公安局等有关部门负责", (False, False)),
        ("政府各部门各司其责", (True, False)),
        ("县公安局、县司法局等负责", (False, True)),
    ],
)
def test_shared_duty_and_open_lists_are_told(text: str, flags: tuple[bool, bool]) -> None:
    duty = read_duty(text)
    assert (duty.by_duty, duty.is_open) == flags


@pytest.mark.parametrize(
    "rule",
    ["排在第一位的部门为牵头部门,下同", "列第一位者为牵头单位", "排名第一的单位为牵头单位", "第一个单位为牵头单位", "牵头单位列首位"],
)
def test_the_first_that_is_listed_leads_where_the_document_says_so(rule: str) -> None:
    duty = read_duty(f"税务总局、财政部、海关总署负责,{rule}", first_leads=True)
    assert (duty.lead, duty.support) == (("税务总局",), ("财政部", "海关总署"))


def test_who_is_named_as_lead_leads_whatever_the_document_says_of_the_first() -> None:
    duty = read_duty("财政部、税务总局牵头,海关总署配合", first_leads=True)
    assert (duty.lead, duty.support) == (("财政部", "税务总局"), ("海关总署",))


NAMES = {
    "城区法制办、司法局、政府办及政府各部门": ["城区法制办", "城区司法局", "城区政府办", "政府各部门"],
    "市委宣传部、组织部、编办": ["市委宣传部", "市委组织部", "市委编办"],
    "市财政局、人民银行示例市支行、税务局": ["市财政局", "人民银行示例市支行", "市税务局"],
    "市场监管总局、财政部、证监会": ["市场监管总局", "财政部", "证监会"],
    "县人力资源和社会保障局、县住房和城乡建设局": ["县人力资源和社会保障局", "县住房和城乡建设局"],
    "县发展和改革局和县财政局": ["县发展和改革局", "县财政局"],
    "各市、县人民政府,省政府各部门": ["各市、县人民政府", "省政府各部门"],
    "国务院相关部门和单位及各地区": ["国务院相关部门和单位", "各地区"],
    "县政府其他有关部门、各乡镇(街道)": ["县政府其他有关部门", "各乡镇(街道)"],
    "省公安厅以及各高等院校": ["省公安厅", "各高等院校"],
    "县委及其办公室": ["县委及其办公室"],
    "县法院、县检察院、县公安局、县司法局": ["县法院", "县检察院", "县公安局", "县司法局"],
}


@pytest.mark.parametrize("text", NAMES)
def test_a_list_is_divided_between_names_and_not_inside_them(text: str) -> None:
    assert list(read_names(text).names) == NAMES[text]


def test_a_name_that_begins_a_list_without_a_place_takes_none_elsewhere() -> None:
    lexicon = learn(["气象局、市应急局", "市水利局、气象局"])
    assert read_names("市水利局、气象局", lexicon).names == ("市水利局", "气象局")
    assert read_names("市水利局、气象局", Lexicon()).names == ("市水利局", "市气象局")


@pytest.mark.parametrize(
    "text",
    [
        "建设平台。(市财政局负责)",
        "建设平台。【责任单位:市财政局】",
        "建设平台。(市财政局、市税务局)",
        "建设平台。市财政局、市税务局按职责分工负责。",
        "建设平台。\n责任单位:市财政局\n配合单位:市税务局",
        "建设平台。(市财政局负责",
        "建设平台。市财政局牵头,市税务局配合)",
        "建设平台责任单位:市财政局",
        "建设平台(市财政局、市税务局)",
    ],
)
def test_a_label_is_found(text: str) -> None:
    (label,) = find_labels(text, 0, len(text))
    assert read_duty(label.text).lead[0] == "市财政局"


@pytest.mark.parametrize(
    "text",
    [
        "明确解决措施、责任主体和完成时限。",
        "组织各部门(含内设机构、管理的事业单位)梳理职权。",
        "改为备案(仅销售预包装食品)。",
        "实行“谁主管谁负责”。",
        "本意见由市商务局负责解释。",
        "推动乡镇(街道)执法。",
        "主要负责人对决定负责。",
        "(此件公开发布)",
        "报省教育厅(联系人:张三,电话:12345678)。",
    ],
)
def test_what_names_nobody_is_no_label(text: str) -> None:
    assert find_labels(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("省机关事务局会同有关部门,建立检查机制", ("省机关事务局",), ("有关部门",)),
        ("由区司法局会同区委组织部、区委编办建立联席会议制度", ("区司法局",), ("区委组织部", "区委编办")),
        ("由人社局牵头,法制办、司法局等部门配合,对人才进行统计", ("人社局",), ("法制办", "司法局")),
        ("政策法规处牵头组建试点工作专班", ("政策法规处",), ()),
        ("发展改革委、商务部要牵头修订清单", ("发展改革委", "商务部"), ()),
    ],
)
def test_a_sentence_may_say_who_leads(text: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    duty = embedded_duty(f"完善机制。{text}。")
    assert duty is not None
    assert (duty.lead, duty.support) == (lead, support)


@pytest.mark.parametrize(
    "text", ["行政执法机关要按照原则执法。", "各级人民政府要加强领导。", "要形成齐抓共管格局。", "法制审核机构对意见负责。"]
)
def test_a_kind_of_units_that_acts_is_not_made_a_lead(text: str) -> None:
    assert (embedded_duty(text), acting_duty(text)) == (None, None)


ACTING = "一、任务\n（一）甲事。财政部、税务总局要加快清理。\n（二）乙事。商务部要制定办法。\n（三）丙事。内容。\n"


def test_who_acts_leads_where_the_sentences_of_a_document_assign_its_tasks() -> None:
    assert [(task.lead, task.basis) for task in draft_of(ACTING).tasks] == [
        (("财政部", "税务总局"), Basis.EMBEDDED),
        (("商务部",), Basis.EMBEDDED),
        ((), None),
    ]


def test_who_acts_in_one_task_of_many_is_only_told() -> None:
    tasks = draft_of(ACTING + "（四）丁事。内容。\n（五）戊事。内容。\n").tasks
    assert [(task.lead, [found.text for found in task.actors]) for task in tasks[:2]] == [((), ["财政部、税务总局"]), ((), ["商务部"])]
