"""Plans written in many styles, for the tests of what edits them and lays them out: the same record never looks the same twice.

Every comment is another one (`#c1`, `#c2`, …), so that a lost one shows. `plain` is a tree without its marks, to compare.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl import yamltree

if TYPE_CHECKING:
    from random import Random

TEXTS = (
    *("甲局", "第一项任务", "44", "no", "012", "1:30", "2022-12-31", "null", "~", "y", "1e3", "=", "<<", ".5", "3.3.1"),
    *("a: b", "a #b", "a#b", "# a", "- a", "?a", "? a", "@a", "`a", "%a", "!a", "&a", "*a", "[甲]", "a, b", "{a}", "a]", ":", "a:", "a:b"),
    *(
        "it's",
        'say "so"',
        "'",
        '"',
        "back\\slash",
        " lead",
        "trail ",
        "全角：，。（一）",
        "空　格",
        "😀",
        "甲😀",
        "-",
        "--- a",
        "...",
        "x" * 150,
        "年" * 90,
    ),
    *(
        "two\nlines",
        "two\nlines\n",
        "a\n\nb",
        "\nfirst empty",
        "ends\n\n",
        "  in\ndent",
        "a\n  in\n",
        "tab\tin",
        "colon: \n# no comment\n- x\n",
    ),
)
WORDS = ("甲局", "乙局", "丙局", "2022-12-31", "year", "30 days", "true", "12", "done", "第一项")


class Style(NamedTuple):
    """How one text is written."""

    lists: int
    mappings: int
    dash: int
    newline: str
    flows: float
    comments: float
    blanks: float


def style(random: Random) -> Style:
    return Style(
        random.choice((0, 2, 4)),
        random.choice((2, 3, 4)),
        random.choice((2, 2, 3)),
        random.choice(("\n", "\n", "\r\n")),
        random.choice((0.0, 0.3, 0.7)),
        random.choice((0.0, 0.2, 0.5)),
        random.choice((0.0, 0.2)),
    )


def text_value(random: Random) -> str:
    return random.choice(WORDS) if random.random() < 0.6 else random.choice(TEXTS)


def record(random: Random) -> dict[str, Any]:
    """Make a plan out of nothing."""
    plan: dict[str, Any] = {"planctl": "1", "id": "demo", "title": text_value(random)}
    if random.random() < 0.5:
        plan["document"] = {"number": text_value(random), "issuers": [text_value(random)], "issued": "2022-01-01"}
    if random.random() < 0.5:
        plan["period"] = random.choice(({"start": "2021-01-01"}, {}, None))
    plan["tasks"] = [task(random, number) for number in range(random.randrange(4))] or (None if random.random() < 0.5 else [])
    if random.random() < 0.3:
        plan["events"] = [entry(random) for _ in range(random.randrange(3))]
    return plan


def task(random: Random, number: int) -> dict[str, Any]:
    made: dict[str, Any] = {"id": str(number), "title": text_value(random)}
    for key in random.sample(("section", "lead", "support"), random.randrange(4)):
        made[key] = [text_value(random) for _ in range(random.randrange(4))]
    if random.random() < 0.5:
        made["deadlines"] = [{"id": f"d{each}", "due": "2022-12-31", "quote": text_value(random)} for each in range(random.randrange(3))]
    if random.random() < 0.6:
        made["progress"] = random.choice(([], None)) if random.random() < 0.3 else [entry(random) for _ in range(random.randrange(3))]
    if random.random() < 0.3:
        made["note"] = random.choice(TEXTS)
    if random.random() < 0.3:
        made["source"] = {"clause": str(number)}
    if random.random() < 0.2:
        made["unheard of"] = random.choice(({"b": "1", "a": {"c": None}}, [["a", "b"], []], [{"x": "1"}, "2"], {"yes": "no", "": "44"}))
    return dict(random.sample(list(made.items()), len(made))) if random.random() < 0.3 else made


def entry(random: Random) -> dict[str, Any]:
    made: dict[str, Any] = {"on": f"2022-0{random.randrange(1, 10)}-01"}
    if random.random() < 0.6:
        made["note"] = text_value(random)
    if random.random() < 0.3:
        made["evidence"] = [text_value(random) for _ in range(random.randrange(3))]
    return made


def written(random: Random, value: dict[str, Any]) -> str:
    """Write a plan in a style of its own."""
    writer = _Writer(random, style(random))
    lines = [*writer.above(0, 0.5), *writer.mapping(value, 0), *writer.above(0, 0.5)]
    if random.random() < 0.1:
        lines = ["---" + writer.trailing(), *lines]
        if random.random() < 0.5:
            lines += ["...", *writer.above(0, 0.5)]
    newline = writer.style.newline
    return newline.join(lines) + newline * (random.random() < 0.8 or lines[-1].strip() in ("|", "") or writer.ends_in_block)


class _Writer:
    def __init__(self, random: Random, style: Style) -> None:
        self.random = random
        self.style = style
        self.count = 0
        self.ends_in_block = False

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def comment(self) -> str:
        self.count += 1
        return f"#c{self.count}" + self.random.choice(("", " - x: [y", " 说明"))

    def trailing(self) -> str:
        return " " * self.random.randrange(1, 3) + self.comment() if self.chance(self.style.comments / 2) else ""

    def above(self, column: int, more: float = 0.0) -> list[str]:
        lines: list[str] = []
        while self.chance(self.style.comments / 2 + (more if self.style.comments else 0) / 3):
            lines.append(" " * (column if self.chance(0.9) else self.random.randrange(column + 3)) + self.comment())
            if self.chance(0.3):
                lines.append("")
        return [*lines, ""] if self.chance(self.style.blanks) else lines

    def mapping(self, value: dict[str, Any], column: int) -> list[str]:
        lines: list[str] = []
        for key, each in value.items():
            if lines:
                lines += self.above(column)
            start = f"{' ' * column}{self.key(key)}:"
            if self.chance(0.02):
                lines.append(f"{' ' * column}? {self.key(key)}{self.trailing()}")
                start = " " * column + ":"
            lines += self.under(start, each, column, in_list=False)
        if self.chance(0.2):
            lines += self.above(column)
        return lines

    def key(self, key: str) -> str:
        return f'"{key}"' if self.chance(0.03) or not key else key

    def under(self, start: str, value: Any, column: int, *, in_list: bool) -> list[str]:
        if value is None:
            return [start + self.random.choice(("", "", " null", " ~") if not in_list else (" null", "")) + self.trailing()]
        if isinstance(value, str):
            return self.scalar(start, value, column)
        if not value or (self.chance(self.style.flows) and not _is_deep(value)):
            return self.flow(start, value, column)
        wide = self.style.dash if in_list else self.style.mappings if isinstance(value, dict) else self.style.lists
        inner = column + wide
        lines = self.mapping(value, inner) if isinstance(value, dict) else self.sequence(value, inner)
        if in_list and self.chance(0.9) and not lines[0].strip().startswith("#") and lines[0].strip():
            return [start + " " * (wide - 1) + lines[0].lstrip(), *lines[1:]]
        return [start + self.trailing(), *self.above(inner), *lines]

    def sequence(self, value: list[Any], column: int) -> list[str]:
        lines: list[str] = []
        for each in value:
            if lines:
                lines += self.above(column)
            lines += self.under(" " * column + "-", each, column, in_list=True)
        if self.chance(0.2):
            lines += self.above(column)
        return lines

    def scalar(self, start: str, value: str, column: int) -> list[str]:
        body = value.removesuffix("\n")
        if "\n" in body and self.chance(0.6) and not body[0].isspace() and not value.endswith("\n\n"):
            head = "|" if value.endswith("\n") else "|-"
            self.ends_in_block = True
            return [f"{start} {head}{self.trailing()}", *(" " * (column + 3) + line if line else "" for line in body.split("\n"))]
        return [f"{start} {self.inline(value, flow=False)}{self.trailing()}"]

    def inline(self, value: str, *, flow: bool) -> str:
        """Quote as a person does who knows what needs it."""
        ways = [json.dumps(value, ensure_ascii=False)]
        if "\n" not in value and "\t" not in value:
            ways.append("'" + value.replace("'", "''") + "'")
        if (
            value
            and value == value.strip()
            and all(_reads(frame, value) for frame in (("[ {} ]", "[{}, b]", "{{a: {}}}") if flow else ("a: {}",)))
        ):
            ways += [value] * 4
        return self.random.choice(ways)

    def flow(self, start: str, value: Any, column: int) -> list[str]:
        if value and self.chance(0.3):
            return self.flow_lines(start, value, column)
        return [f"{start} {self.flow_text(value)}{self.trailing()}"]

    def flow_lines(self, start: str, value: Any, column: int) -> list[str]:
        """Break a flow collection over lines, with comments in it."""
        left, right = "{}" if isinstance(value, dict) else "[]"
        parts = self.flow_parts(value)
        inner = " " * (column + 3)
        lines = [f"{start} {left}{self.trailing()}"]
        for index, part in enumerate(parts):
            lines += self.above(column + 3)
            comma = "," if index + 1 < len(parts) or self.chance(0.3) else ""
            lines.append(f"{inner}{part}{comma}{self.trailing()}")
        return [*lines, *self.above(column + 3), f"{' ' * (column + 1)}{right}{self.trailing()}"]

    def flow_text(self, value: Any) -> str:
        if value is None:
            return "null"
        if isinstance(value, str):
            return self.inline(value, flow=True)
        left, right = "{}" if isinstance(value, dict) else "[]"
        space = self.random.choice(("", "", " ")) if value else ""
        return left + space + self.random.choice((", ", ", ", ",")).join(self.flow_parts(value)) + space + right

    def flow_parts(self, value: Any) -> list[str]:
        if isinstance(value, dict):
            return [f"{self.key(key)}: {self.flow_text(each)}" for key, each in value.items()]
        return [self.flow_text(each) for each in value]


def _reads(frame: str, value: str) -> bool:
    """Tell whether a text may stand without quotes in a frame."""
    tree, flaws = yamltree.parse(frame.format(value))
    return not flaws and value in (tree.values() if isinstance(tree, dict) else tree or ()) and len(tree or ()) < 3


def _is_deep(value: Any) -> bool:
    children = value.values() if isinstance(value, dict) else value
    return any(isinstance(each, (dict, list)) and (isinstance(each, dict) or _is_deep(each)) for each in children)


def plain(text: str) -> Any:
    """Read a text that has to be of our dialect."""
    tree, flaws = yamltree.parse(text.removeprefix("\ufeff"))
    assert flaws == []
    return bare(tree)


def bare(node: Any) -> Any:
    """Give a tree without its marks."""
    if isinstance(node, dict):
        return {key: bare(each) for key, each in node.items()}
    return [bare(each) for each in node] if isinstance(node, list) else node
