"""The codes of reading a file, with an example of each: these are found while loading and are always errors.

An example is a whole file where it begins with `planctl:`, and else a list of tasks, as in the docstrings of the checks.
"""

TASK = '- id: "4"\n  title: 权责清单\n  lead: [县司法局]\n'
DUE = TASK + "  deadlines:\n    - {id: publish, due: 2022-12-31, quote: 2022年底前}\n"


def _with(line: str) -> str:
    return f"{TASK}  {line}\n"


def _deadline(fields: str) -> str:
    return f"{TASK}  deadlines:\n    - {{id: publish, {fields}}}\n"


READING_EXAMPLES: dict[str, tuple[str, str]] = {
    "P001": (TASK, "(the bytes of a file in GB18030)"),
    "P002": (TASK, _with("note: [没有右括号")),
    "P003": (_with("note: 甲"), _with("note: 甲\n  note: 乙")),
    "P004": (TASK, _with("tags: &a [甲]")),
    "P005": (_with("tags: [甲]"), _with("tags: !!set [甲]")),
    "P006": ("planctl: 1\nid: a\ntitle: 甲\ntasks: []\n", "planctl: 1\nid: a\ntitle: 甲\ntasks: []\n---\nid: b\n"),
    "P007": (TASK, _with("tags: " + "[" * 40 + "]" * 40)),
    "P008": (TASK, "(a file of more than 128 MB)"),
    "P009": (_with("note: 甲"), _with('note: "\\e[31m甲"')),
    "P010": ("planctl: 1\nid: a\ntitle: 甲\ntasks: []\n", "title: 甲\n"),
    "P011": (_with("support: [县政府办]"), _with("suport: [县政府办]")),
    "P012": (TASK, _with("? [甲]\n  : 乙")),
    "P013": (TASK, '- id: "4"\n  lead: [县司法局]\n'),
    "P014": (_with("support: [县政府办]"), _with("support: 县政府办")),
    "P015": (DUE, _deadline("due: 2022年12月31日, quote: 2022年底前")),
    "P016": (DUE, _deadline("due: 2022-02-30, quote: 2022年2月底前")),
    "P017": (DUE, _deadline("quote: 年底前")),
    "P018": (DUE, _deadline("due: 2022-12-31, by: 12-31, quote: 2022年底前")),
    "P019": (TASK, '- id: "4"\n  title: ""\n  lead: [县司法局]\n'),
    "P020": (TASK, "(a text of more than 20,000 characters)"),
    "P021": (_with("basis: stated"), _with("basis: state")),
    "P022": (_deadline("every: year, by: 03-01, quote: 每年3月1日前"), _deadline("every: year, by: 15, quote: 每年15日前")),
    "P023": (
        "planctl: 1\nid: a\ntitle: 甲\nperiod: {start: 2021-01-01, end: 2025-12-31}\ntasks: []\n",
        "planctl: 1\nid: a\ntitle: 甲\nperiod: {start: 2025-12-31, end: 2021-01-01}\ntasks: []\n",
    ),
    "P024": (_deadline("within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内"), _deadline("within: 30 days, quote: 30日内")),
    "P025": (TASK, "(a file without permission to read, or a broken link)"),
    "P026": ("upstream: [upstream/示例省.json]\n", "upstream: [upstream/某省.json]\n"),
}
"""A good and a bad example for each code."""
