"""Who is responsible, in all the ways in which documents say it."""

from __future__ import annotations

import pytest

from extraction_gold import draft_of
from planctl.extraction.responsibility import read_duty
from planctl.extraction.responsibility.labels import find_labels
from planctl.extraction.responsibility.names import Lexicon, learn, read_names
from planctl.extraction.responsibility.sentences import acting_duty, embedded_duty
from planctl.model import Basis

LABELS: dict[str, tuple[list[str], list[str]]] = {
    "牵头单位:县委编办;参加单位:县政府各工作部门、各乡镇(街道)": (["县委编办"], ["县政府各工作部门", "各乡镇(街道)"]),
    "牵头单位:县委组织部,参加单位:县直各单位": (["县委组织部"], ["县直各单位"]),
    "牵头单位:市司法局;责任单位:市直各单位;完成时限:2024年12月底前": (["市司法局"], ["市直各单位"]),
    "责任领导:张三;责任单位:市教育局": (["市教育局"], []),
    "责任单位:市教育局(牵头)、市财政局": (["市教育局"], ["市财政局"]),
    "责任单位:市教育局、各街道办事处(市财政局、市税务局配合)": (["市教育局", "各街道办事处"], ["市财政局", "市税务局"]),
    "市政务办牵头,各承办单位配合": (["市政务办"], ["各承办单位"]),
    "市政务办牵头,各参与部门配合": (["市政务办"], ["各参与部门"]),
    "市政务办牵头,承办单位配合": (["市政务办"], ["承办单位"]),
    "责任单位:各承办单位、市财政局": (["各承办单位", "市财政局"], []),
    "承办单位:市财政局;协办单位:市司法局": (["市财政局"], ["市司法局"]),
    "上述工作由市司法局牵头,市财政局配合": (["市司法局"], ["市财政局"]),
    "此项工作由市司法局牵头,市财政局配合": (["市司法局"], ["市财政局"]),
    "以上由市司法局牵头,市财政局配合": (["市司法局"], ["市财政局"]),
    "市数据局牵头,各县配合,三季度前完成": (["市数据局"], ["各县"]),
    "市数据局牵头,各县配合,第三季度": (["市数据局"], ["各县"]),
    "市数据局牵头,各县配合,“十四五”期间完成": (["市数据局"], ["各县"]),
    "市数据局牵头,各县配合,今年底前完成": (["市数据局"], ["各县"]),
    "市财政局、各市、州、县人民政府(以下均需各市、州、县人民政府落实,不再列出)": (["市财政局", "各市、州、县人民政府"], []),
    "市公安局牵头,各区政府(含青岚新区管委会、白石管委会)配合": (["市公安局"], ["各区政府", "青岚新区管委会", "白石管委会"]),
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
    "市教育局、市卫生健康委按职责分工牵头,市财政局支持": (["市教育局", "市卫生健康委"], ["市财政局"]),
    "市公安局牵头抓总,市民政局具体实施": (["市公安局"], ["市民政局"]),
    "牵头单位为市司法局,责任单位为市公安局": (["市司法局"], ["市公安局"]),
    "市水务局为牵头单位,市公安局为配合单位": (["市水务局"], ["市公安局"]),
    "各区政府负责,市政务局统筹指导": (["各区政府"], ["市政务局"]),
    "市政府办公室统筹,市直各部门具体负责": (["市政府办公室"], ["市直各部门"]),
    "市财政局负责,市税务局按职责配合": (["市财政局"], ["市税务局"]),
    "责任单位:市民政局,各区政府配合": (["市民政局"], ["各区政府"]),
    "责任单位:青岚市委、市政府;督导单位:省生态环境厅": (["青岚市委", "青岚市政府"], ["省生态环境厅"]),
    "责任单位:市财政局;指导单位:省财政厅": (["市财政局"], ["省财政厅"]),
    "责任单位:市教育局(牵头)、市财政局(配合)": (["市教育局"], ["市财政局"]),
    "责任单位:市财政局,各区政府落实": (["市财政局", "各区政府"], []),
    "县就业指导中心、县公共资源交易监督管理局负责": (["县就业指导中心", "县公共资源交易监督管理局"], []),
    "县政协办、县财政局配合;县司法局牵头": (["县司法局"], ["县政协办", "县财政局"]),
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
    "市商务局、青岚海关、青岚证监局、青岚生态环境局、白石街道办事处": [
        "市商务局",
        "青岚海关",
        "青岚证监局",
        "青岚生态环境局",
        "白石街道办事处",
    ],
    "市公安局、青岚交警大队、消防救援支队、供电公司": ["市公安局", "青岚交警大队", "市消防救援支队", "供电公司"],
    "省市场监管局、生态环境厅、省文物局": ["省市场监管局", "生态环境厅", "省文物局"],
    "市委宣传部、组织部、市公安局、司法局": ["市委宣传部", "市委组织部", "市公安局", "市司法局"],
    "自治区商务厅、市场监管局,各盟行政公署、市人民政府": ["自治区商务厅", "自治区市场监管局", "各盟行政公署", "市人民政府"],
    "青岚市委、市政府,白石市委、市政府": ["青岚市委", "青岚市政府", "白石市委", "白石市政府"],
    "各市州、县市区人民政府,各市、县〔市、区〕政府,各市、县(市、区)": [
        "各市州、县市区人民政府",
        "各市、县〔市、区〕政府",
        "各市、县(市、区)",
    ],
    "省级有关部门〔单位〕,各市〔州〕政府": ["省级有关部门〔单位〕", "各市〔州〕政府"],
    "县水利局等欠款单位": ["县水利局", "欠款单位"],
    "县公安局、各乡镇政府及街道办事处": ["县公安局", "各乡镇政府", "街道办事处"],
    "市司法局市税务局各区政府": ["市司法局", "市税务局", "各区政府"],
    "青岚、碧溪、白石市委和市政府": ["青岚市委", "青岚市政府", "碧溪市委", "碧溪市政府", "白石市委", "白石市政府"],
    "青岚、碧溪市人民政府": ["青岚市人民政府", "碧溪市人民政府"],
    "省水利厅,青岚市、碧溪市委和市政府": ["省水利厅", "青岚市委", "青岚市政府", "碧溪市委", "碧溪市政府"],
    "青岚市、碧溪县、白石区": ["青岚市", "碧溪县", "白石区"],
    "高新区、青岚市人民政府": ["高新区", "青岚市人民政府"],
    "市妇联、青岚市人民政府": ["市妇联", "青岚市人民政府"],
    "保卫处、实验室与设备管理处": ["保卫处", "实验室与设备管理处"],
    "县法院、县检察院、县公安局、县司法局": ["县法院", "县检察院", "县公安局", "县司法局"],
}


@pytest.mark.parametrize("text", NAMES)
def test_a_list_is_divided_between_names_and_not_inside_them(text: str) -> None:
    assert list(read_names(text).names) == NAMES[text]


def test_a_name_that_begins_a_list_without_a_place_takes_none_elsewhere() -> None:
    lexicon = learn(["气象局、市应急局", "市水利局、气象局"])
    assert read_names("市水利局、气象局", lexicon).names == ("市水利局", "气象局")
    assert read_names("市水利局、气象局", Lexicon()).names == ("市水利局", "市气象局")


def test_departments_without_a_level_anywhere_take_none() -> None:
    lexicon = learn(["司法厅、省文物局", "省委组织部、教育厅"])
    assert read_names("省委组织部、教育厅", lexicon).names == ("省委组织部", "教育厅")


@pytest.mark.parametrize("blank", [" ", "　", "\t"])
def test_names_that_only_a_blank_parts_are_several(blank: str) -> None:
    (task, _) = draft_of(f"一、任务\n1.甲事。（责任单位：发改局{blank}财政局{blank}各街道）\n2.乙事。（责任单位：发改局）").tasks
    assert task.lead == ("发改局", "财政局", "各街道")


def test_a_blank_inside_a_name_does_not_part_it() -> None:
    (task, _) = draft_of("一、任务\n1.甲事。（责任单位：市政府 办公室、市 司 法 局）\n2.乙事。（责任单位：市司法局）").tasks
    assert task.lead == ("市政府办公室", "市司法局")


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


RANK = "{}一、甲事。内容。（市财政局、市司法局负责）\n二、乙事。内容。（市信访局、市公安局负责{}）\n三、丙事。内容。（市民政局、市水务局负责）\n"


@pytest.mark.parametrize(
    ("notice", "bracket", "leads", "keys"),
    [
        ("", "，排第一位的部门牵头", [2, 1, 2], ["duty.first-here"]),
        ("", "，列第一位的为牵头单位，下同", [2, 1, 1], []),
        ("责任单位中排在第一位的为牵头单位。\n", "", [1, 1, 1], []),
        ("", "", [2, 2, 2], []),
    ],
)
def test_the_rule_that_the_first_leads_holds_from_where_it_says_so(notice: str, bracket: str, leads: list[int], keys: list[str]) -> None:
    tasks = draft_of(RANK.format(notice, bracket)).tasks
    told = [doubt.key for task in tasks for doubt in task.doubts if doubt.key != "duty.none"]
    assert ([len(task.lead) for task in tasks], told) == (leads, keys)


@pytest.mark.parametrize(
    "said",
    [
        "以县为单位统筹负责。",
        "各司其职、各负其责。",
        "明确负责人，责任到人。",
        "谁主管、谁负责。",
        "推动形成部门各负其责。",
        "党政主要负责人牵头负责。",
        "配合单位要积极配合。",
    ],
)
def test_words_about_responsibility_that_name_nobody_give_no_lead(said: str) -> None:
    first = draft_of(f"一、甲事。完善制度。{said}\n二、乙事。内容。（市信访局负责）\n三、丙事。内容。（市民政局负责）").tasks[0]
    assert (first.title.text, first.lead) == ("甲事", ())


def test_a_last_sentence_may_say_who_is_the_unit() -> None:
    first = draft_of("一、甲事。内容。牵头单位为市司法局，责任单位为市财政局。\n二、乙事。内容。（市信访局负责）").tasks[0]
    assert (first.lead, first.support) == (("市司法局",), ("市财政局",))


@pytest.mark.parametrize(
    ("label", "lead", "support"),
    [
        ("第一责任单位：县交通局；第二责任单位：县财政局", ["县交通局"], ["县财政局"]),
        ("责任单位及完成时限：县委宣传部，2022年9月底前", ["县委宣传部"], []),
        ("主办单位：县交通局\n协办单位：县财政局", ["县交通局"], ["县财政局"]),
        ("（各地区、各部门负责，省政府办公厅会同省发展改革委督查落实）", ["各地区", "各部门"], ["省政府办公厅", "省发展改革委"]),
        ("（县财政局牵头，各乡镇配合）", ["县财政局"], ["各乡镇"]),
        ("（各有关地区、部门负责）", ["各有关地区", "部门"], []),
        ("（有关部门和各乡镇负责）", ["有关部门", "各乡镇"], []),
        ("（县住建局、各街道办）", ["县住建局", "各街道办"], []),
    ],
)
def test_labels_of_further_kinds(label: str, lead: list[str], support: list[str]) -> None:
    first = draft_of(f"一、建桥。完成修桥。{label}\n二、宣传。推广。（县委宣传部负责）").tasks[0]
    assert ([*first.lead], [*first.support]) == (lead, support)


def test_of_brackets_that_stand_apart_each_has_its_own_lead() -> None:
    (task,) = draft_of("一、任务\n1.甲工作（县财政局牵头，各乡镇配合）。乙工作（各街道负责）。").tasks
    assert (task.lead, task.support) == (("县财政局", "各街道"), ("各乡镇",))
