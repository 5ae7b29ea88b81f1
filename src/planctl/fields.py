"""Types of fields: how a piece of a tree becomes a value, and how the same rule reads as JSON Schema.

One object holds both sides, so that the loader and the published schema cannot disagree. A type reports what is wrong and returns `None`;
it never raises for bad data.
"""

from __future__ import annotations

import re
from datetime import date, time
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from planctl.dates import YEARS
from planctl.messages import Word
from planctl.model import Cycle, DayOf, Span, Target
from planctl.problems import Location, Problem, Severity
from planctl.yamltree import Map, Mark, Seq

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from planctl.yamltree import Node

Schema = dict[str, Any]
MAX_TEXT = 20_000
"""Characters in one text: far beyond any clause, and short enough for every output format (a cell of a sheet holds 32,767)."""
SCALAR: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": MAX_TEXT}
"""Every scalar is text to us; another YAML reader may take an unquoted one for a number or a truth value."""
LONGEST = {"year": 100, "month": 1200}
"""The longest spans that still end within the calendar."""


class Reader:
    """The problems of one file while its tree is decoded, and the plan and task that the decoding is in."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.plan: str | None = None
        self.task: str | None = None
        self.known_text: dict[str, str] = {}

    def report(self, code: str, mark: Mark, variant: str | None = None, **args: object) -> None:
        """Record an error at a mark."""
        location = Location(self.path, mark.line + 1, mark.column + 1)
        self.problems.append(Problem(location, code, Severity.ERROR, args, self.plan, self.task, variant))


class FieldType(Protocol):
    """How one kind of value is decoded and described."""

    def decode(self, reader: Reader, node: Node, mark: Mark) -> Any:
        """Turn a node into a value, or report what is wrong with it and return `None`."""

    def schema(self) -> Schema:
        """Describe the accepted nodes as JSON Schema (draft-07)."""


def shown(node: Node) -> str:
    """Quote a node in a message, shortened."""
    text = "[…]" if isinstance(node, Seq) else "{…}" if isinstance(node, Map) else str(node)
    return text if len(text) <= 40 else text[:39] + "…"


def nearest(name: str, known: list[str]) -> str | None:
    """Find the known name that this one was probably meant to be."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a mistake needs it, and it costs half of a start

    found = get_close_matches(name, known, n=1, cutoff=0.5)
    return found[0] if found else None


class Text:
    """Any scalar, as it is written."""

    def decode(self, reader: Reader, node: Node, mark: Mark) -> str | None:
        if not isinstance(node, str):
            reader.report("P014", mark, expected=Word("type.text"), found=shown(node))
            return None
        # Unit names and section numbers repeat in every task; one copy of each is enough.
        if node in reader.known_text:
            return reader.known_text[node]
        if not node.strip():
            reader.report("P019", mark)
            return None
        if len(node) > MAX_TEXT:
            reader.report("P020", mark, length=len(node), limit=MAX_TEXT)
            return None
        return reader.known_text.setdefault(node, node) if len(node) < 20 else node

    def schema(self) -> Schema:
        return dict(SCALAR)


class Pattern:
    """A scalar of a certain form, turned into a value by a function that raises `ValueError` for what the form alone does not exclude."""

    def __init__(self, name: str, pattern: str, build: Callable[[re.Match[str]], object], schema: Schema | None = None) -> None:
        self.name = Word(f"type.{name}")
        self.example = Word(f"type.{name}.example")
        self.source = pattern
        self.regex: re.Pattern[str] | None = None
        self.build = build
        self._schema = schema or {"type": "string", "pattern": f"^(?:{pattern})$"}

    def decode(self, reader: Reader, node: Node, mark: Mark) -> object:
        if not isinstance(node, str):
            reader.report("P014", mark, expected=self.name, found=shown(node))
            return None
        if self.regex is None:
            self.regex = re.compile(self.source, re.ASCII)
        match = self.regex.fullmatch(node)
        try:
            if match:
                return self.build(match)
        except ValueError:
            pass
        reader.report("P015", mark, expected=self.name, found=shown(node), example=self.example)
        return None

    def schema(self) -> Schema:
        return dict(self._schema)


class Date:
    """An ISO date."""

    def decode(self, reader: Reader, node: Node, mark: Mark) -> date | None:
        if isinstance(node, str) and len(node) == 10 and node[4] == node[7] == "-":
            try:
                day = date.fromisoformat(node)
            except ValueError:
                reader.report("P016", mark, found=shown(node))
                return None
            if day.year in YEARS:
                return day
            reader.report("P016", mark, "year", found=shown(node), first=YEARS.start, last=YEARS.stop - 1)
            return None
        reader.report("P015", mark, expected=Word("type.date"), found=shown(node), example="2022-12-31")
        return None

    def schema(self) -> Schema:
        return {"type": "string", "format": "date", "pattern": "^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"}


class Choice:
    """One of the values of an enumeration."""

    def __init__(self, values: type[Enum]) -> None:
        self.values = {member.value: member for member in values}

    def decode(self, reader: Reader, node: Node, mark: Mark) -> Enum | None:
        found = self.values.get(node) if isinstance(node, str) else None
        if found is None:
            known = list(self.values)
            near = nearest(shown(node), known)
            reader.report("P021", mark, "nearest" if near else None, found=shown(node), known=", ".join(known), nearest=near)
        return found

    def schema(self) -> Schema:
        return {"enum": list(self.values)}


class Flag:
    """true or false, and none of the other words that YAML 1.1 takes for them."""

    def decode(self, reader: Reader, node: Node, mark: Mark) -> bool | None:
        value = {"true": True, "false": False}.get(node) if isinstance(node, str) else None
        if value is None:
            reader.report("P015", mark, expected=Word("type.flag"), found=shown(node), example="true")
        return value

    def schema(self) -> Schema:
        return {"type": ["boolean", "string"], "pattern": "^(?:true|false)$"}


class ListOf:
    """A list, each item of one type; items that are wrong are reported and left out."""

    def __init__(self, item: FieldType) -> None:
        self.item = item
        self.record = item if isinstance(item, RecordOf) else None

    def decode(self, reader: Reader, node: Node, mark: Mark) -> tuple[Any, ...] | None:
        if not isinstance(node, Seq):
            reader.report("P014", mark, "list", expected=Word("type.list"), found=shown(node))
            return None
        decode, record = self.item.decode, self.record
        values = []
        for index, (child, place) in enumerate(zip(node, node.marks, strict=True)):
            if child is None:
                reader.report("P019", place)
                continue
            value = record.decode(reader, child, place, index) if record else decode(reader, child, place)
            if value is not None:
                values.append(value)
        return tuple(values)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}


class MappingOf:
    """A mapping from any key to values of one type."""

    def __init__(self, value: FieldType) -> None:
        self.value = value

    def decode(self, reader: Reader, node: Node, mark: Mark) -> Mapping[str, Any] | None:
        if not isinstance(node, Map):
            reader.report("P014", mark, expected=Word("type.mapping"), found=shown(node))
            return None
        values = {}
        for key, child in node.items():
            if child is None:
                reader.report("P019", node.value_marks[key])
                continue
            value = self.value.decode(reader, child, node.value_marks[key])
            if value is not None:
                values[key] = value
        return values

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.value.schema()}


class TextOr:
    """A record of which one field is enough: the text alone is the record with this field, the first."""

    def __init__(self, record: RecordOf) -> None:
        self.record = record
        self.first = record.fields[0]

    def decode(self, reader: Reader, node: Node, mark: Mark) -> Any:
        if isinstance(node, Map):
            return self.record.decode(reader, node, mark)
        text = self.first.type.decode(reader, node, mark)
        return None if text is None else self.record.record(text)

    def schema(self) -> Schema:
        return {"anyOf": [self.first.type.schema(), self.record.schema()]}


class Field(NamedTuple):
    """One key of a record: its type and what it means, in Chinese and in English."""

    key: str
    type: FieldType
    zh: str
    en: str
    required: bool = False
    name: str | None = None
    """The attribute of the record where it differs from the key."""


class RecordOf:
    """A mapping with known keys, built into a record.

    Args:
        record: the named tuple to build; in a list it is given its `position` too.
        fields: its keys.
        finish: an optional last look at the decoded values and the node; reports what is wrong between fields, may add values, and returns
            whether the record can be built.
    """

    def __init__(
        self,
        record: Callable[..., object],
        fields: tuple[Field, ...],
        finish: Callable[[Reader, Map, dict[str, Any]], bool] | None = None,
        schema_of_kinds: Schema | None = None,
    ) -> None:
        self.record = record
        self.fields = fields
        self.decoders = {field.key: (field.name or field.key, field.type.decode) for field in fields}
        self.required = tuple(field for field in fields if field.required)
        self.required_names = frozenset(field.name or field.key for field in self.required)
        self.finish = finish
        self.schema_of_kinds = schema_of_kinds or {}

    def decode(self, reader: Reader, node: Node, mark: Mark, position: int = 0) -> Any:
        if not isinstance(node, Map):
            reader.report("P014", mark, expected=Word("type.mapping"), found=shown(node))
            return None
        values: dict[str, Any] = {}
        decoders, marks = self.decoders, node.value_marks
        for key, child in node.items():
            if key not in decoders:
                self._report_unknown(reader, node, key)
            elif child is not None:
                name, decode = decoders[key]
                value = decode(reader, child, marks[key])
                if value is not None:
                    values[name] = value
        complete = self.required_names <= values.keys()
        if not complete:
            self._report_missing(reader, node)
        if self.finish and not self.finish(reader, node, values):
            return None
        if position:
            values["position"] = position
        return self.record(**values) if complete else None

    def _report_unknown(self, reader: Reader, node: Map, key: str) -> None:
        known = list(self.decoders)
        near = nearest(key, known)
        reader.report("P011", node.key_marks[key], "nearest" if near else None, key=shown(key), nearest=near, known=", ".join(known))

    def _report_missing(self, reader: Reader, node: Map) -> None:
        for field in self.required:
            if node.get(field.key) is None:
                reader.report("P013", node.key_marks.get(field.key, node.mark), key=field.key)

    def schema(self) -> Schema:
        properties = {}
        for field in self.fields:
            described = field.type.schema()
            if not field.required:
                described = _or_null(described)
            properties[field.key] = {"description": f"{field.zh}\n{field.en}", **described}
        required = [field.key for field in self.required]
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, **({"required": required} if required else {}), **self.schema_of_kinds}


def _or_null(schema: Schema) -> Schema:
    """Allow an empty value: to the loader, absent and null are the same."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return {**schema, "type": [*kinds, "null"]}


def _cycle(match: re.Match[str]) -> Cycle:
    number = int(match[1] or 1)
    if not 1 <= number <= 100 or (match[2] == "term" and number != 1):
        raise ValueError
    return Cycle(number, match[2])


def _span(match: re.Match[str]) -> Span:
    number = int(match[1])
    if not 1 <= number <= LONGEST.get(match[2], 10_000):
        raise ValueError
    return Span(number, match[2])


def _day_of(match: re.Match[str]) -> DayOf:
    month, day = (int(match[1]) if match[1] else None), int(match[2])
    # 2000 was a leap year: 02-29 is a day of a year, and in other years falls on its last day of February.
    date(2000, 1 if month is None else month, day)
    return DayOf(month, day)


def _target(match: re.Match[str]) -> Target:
    op = {"≥": ">=", "≤": "<=", "＝": "="}.get(match[1], match[1])
    return Target(op, float(match[2]), match[3].strip() or None)


def _limited(text: str, low: float, high: float) -> float:
    number = float(text)
    if not low <= number <= high:
        raise ValueError
    return number


# Digits are written out: \d is any of Unicode's to some readers of the schema.
INTEGER_SCHEMA: Schema = {"type": ["integer", "string"], "pattern": "^[0-9]{1,9}$", "minimum": 0, "maximum": 999_999_999}
NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?"
FIGURE_SCHEMA: Schema = {"type": ["number", "string"], "pattern": f"^{NUMBER}$", "exclusiveMinimum": -(10**15), "exclusiveMaximum": 10**15}
PERCENT_SCHEMA: Schema = {
    "type": ["number", "string"],
    "minimum": 0,
    "maximum": 100,
    "pattern": r"^(?:0?[0-9]{1,2}(?:\.[0-9]{1,10})?|100(?:\.0{1,10})?) ?%?$",
}
DAY_OF_SCHEMA: Schema = {
    "type": ["string", "integer"],
    "pattern": "^(?:(?:0?[1-9]|1[0-2])-)?(?:0?[1-9]|[12][0-9]|3[01])$",
    "minimum": 1,
    "maximum": 31,
}

TEXT = Text()
TEXTS = ListOf(TEXT)
DATE = Date()
FLAG = Flag()
COUNT = Pattern("count", "[0-9]{1,9}", lambda match: int(match[0]), INTEGER_SCHEMA)
FIGURE = Pattern("figure", NUMBER, lambda match: float(match[0]), FIGURE_SCHEMA)
PERCENT = Pattern("percent", r"([0-9]{1,3}(?:\.[0-9]{1,10})?) ?%?", lambda match: _limited(match[1], 0, 100), PERCENT_SCHEMA)
CYCLE = Pattern("cycle", "(?:([0-9]{1,3}) )?(year|half-year|quarter|month|week|day|term)s?", _cycle)
SPAN = Pattern("span", "([0-9]{1,5}) (hour|day|working-day|week|month|year)s?", _span)
DAY_OF = Pattern("day-of", "(?:([0-9]{1,2})-)?([0-9]{1,2})", _day_of, DAY_OF_SCHEMA)
# Not 1,000: it would be 1, in units of ",000".
TARGET = Pattern("target", rf"(>=|<=|=|>|<|≥|≤|＝)\s{{0,3}}({NUMBER})(?!\s*[0-9.,，]|[A-Za-z:_])(.{{0,40}})", _target)
TIME = Pattern("time", "([01]?[0-9]|2[0-3]):([0-5][0-9])", lambda match: time(int(match[1]), int(match[2])))
SHA256 = Pattern("sha256", "[0-9a-f]{64}", lambda match: match[0])
DIGEST = Pattern("digest", "sha256:[0-9a-f]{64}", lambda match: match[0])
VERSION = Pattern("version", "1", lambda match: int(match[0]), {"enum": [1, "1"]})
