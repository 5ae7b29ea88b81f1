"""An agency's own .docx as a template, with docxtpl's tags (`{{ report.day_text }}`, `{%tr for task in tasks %}`).

docxtpl reads the tags; the sandbox, the escaping and the packing are ours, as a template may come from anywhere. Filled are the text, the
headers and footers, the notes and the properties; all other parts stay as they are.
"""

from __future__ import annotations

import html
import io
import re
import traceback
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from planctl.messages import Word
from planctl.sandbox import Sandbox
from planctl.word.admission import admit, content_types, judge, parse
from planctl.word.errors import DocumentTemplateFailedError, NoDocxtplError
from planctl.word.markup import clean
from planctl.word.package import repack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

TEXTS = re.compile(
    r".*\.wordprocessingml\.(document\.main|header|footer|footnotes|endnotes)\+xml|.*[.-](core|extended|custom)-properties\+xml"
)
"""The types of the parts that are filled."""
BODY = "wordprocessingml.document.main+xml"
UNSAFE_FILTERS = ("safe", "urlize", "xmlattr")
"""Filters that write XML of their own or let that of a value through."""
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
CURLY = re.compile("[“”‘’]")
FIRST_ID = 1000
NEAR = 40
"""How much of the text is shown where something is wrong."""
COMPILED = "<template>"
"""The file name that Jinja gives to a template that has none."""


def fill(template: bytes, name: str, facts: Mapping[str, Any]) -> bytes:
    """Write the facts into a document; the same facts give the same bytes.

    Raises:
        TemplateFailedError: the document is refused or its tags are wrong; the error names it and the nearest text.
        NoDocxtplError: docxtpl is not installed.
    """
    parts = admit(template, name)
    engine, known = _engine(), _cleaned(facts)
    for path, kind in _texts(parts):
        parts[path] = _fill_part(engine, name, parts[path], known, body=kind.endswith(BODY))
    judge(parts, name)  # again: facts may have become the instructions of fields
    return _pack(parts)


def lint(template: bytes, name: str, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Check a template with the facts at hand; give the tags with curly quotes, which are read as straight ones.

    Raises:
        TemplateFailedError: as `fill`, and for unknown fields that these facts do not come to.
    """
    from jinja2.meta import find_undeclared_variables  # noqa: PLC0415 - jinja2 and lxml come with what asks for them

    parts = admit(template, name)
    engine, environment = _engine(), _environment()
    quoted = []
    for path, _ in _texts(parts):
        root = parse(parts[path])
        quoted += [tag for text in _paragraphs(root) for tag in TAG.findall(text) if CURLY.search(tag)]
        source = _source(engine, root)
        unknown = sorted(find_undeclared_variables(_parse(environment, name, source)) - {*facts, *environment.globals})
        if unknown:
            line = next((number for number, text in enumerate(source.split("\n"), 1) if any(each in text for each in unknown)), 1)
            _fail(name, source, line, f"{', '.join(map(repr, unknown))} is undefined")
    fill(template, name, facts)
    return tuple(dict.fromkeys(quoted))


def _engine() -> Any:  # noqa: ANN401 - docxtpl is untyped
    try:
        from docxtpl import DocxTemplate  # noqa: PLC0415 - an extra, and only such templates need it
    except ImportError as error:
        raise NoDocxtplError from error
    engine = DocxTemplate(io.BytesIO())
    engine.docx_ids_index = FIRST_ID
    return engine


def _environment() -> Sandbox:
    from jinja2 import StrictUndefined  # noqa: PLC0415 - see `lint`

    made = Sandbox(undefined=StrictUndefined, autoescape=True, finalize=_shown, keep_trailing_newline=True)
    for each in UNSAFE_FILTERS:
        made.filters.pop(each)
    made.filters["lines"] = lambda values: "\n".join(str(_shown(value)) for value in values)
    return made


def _shown(value: object) -> object:
    """Write lists with 、 and nothing for `None`."""
    if value is None:
        return ""
    return "、".join(str(_shown(item)) for item in value) if isinstance(value, (list, tuple)) else value


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - facts are whatever they are
    """Take out of all text what does no good in a document: docxtpl would read some of it as commands."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(each) for key, each in value.items()}
    return type(value)(map(_cleaned, value)) if type(value) in (list, tuple) else value


def _texts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """List the parts that are filled, with their types."""
    return ((path, kind) for path, kind in content_types(parts).items() if path in parts and TEXTS.fullmatch(kind))


def _fill_part(engine: Any, name: str, data: bytes, facts: Mapping[str, Any], *, body: bool) -> bytes:  # noqa: ANN401 - docxtpl is untyped
    from lxml import etree  # noqa: PLC0415 - see `lint`

    source = _source(engine, parse(data))
    if not any(mark in source for mark in ("{{", "{%", "{#")):
        return data
    filled = _render(name, source, facts)
    try:
        root = parse(engine.resolve_listing(filled.replace("\n<w:p", "<w:p")).encode())
        if body:
            root = engine.fix_tables(etree.tostring(root))
            engine.fix_docpr_ids(root)
    except (etree.LxmlError, LookupError, ValueError, TypeError, AttributeError) as error:
        _fail(name, source, getattr(error, "lineno", None) or 1, Word("template.crossing"), error)
    _mend(root)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))


def _source(engine: Any, root: _Element) -> str:  # noqa: ANN401 - docxtpl is untyped
    """Give a part as Jinja reads it, with a line for each paragraph or property."""
    from lxml import etree  # noqa: PLC0415 - see `lint`

    patched: str = engine.patch_xml(etree.tostring(root, encoding="unicode"))
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", patched) if "<w:p" in patched else patched.replace("><", ">\n<")


def _parse(environment: Sandbox, name: str, source: str) -> Any:  # noqa: ANN401 - Jinja's tree
    from jinja2 import TemplateSyntaxError, nodes  # noqa: PLC0415 - see `lint`

    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        _fail(name, source, error.lineno, error.message or "", error)
    for found in tree.find_all(nodes.ScopedEvalContextModifier):
        _fail(name, source, found.lineno, "autoescape")
    return tree


def _render(name: str, source: str, facts: Mapping[str, Any]) -> str:
    from jinja2.exceptions import TemplateError  # noqa: PLC0415 - see `lint`

    environment = _environment()
    tree = _parse(environment, name, source)
    try:
        return environment.from_string(tree).render(**facts)
    except (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError) as error:
        found = [frame.lineno or 1 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == COMPILED]
        line = getattr(error, "lineno", None) or (found[-1] if found else 1)
        _fail(name, source, line, str(error), error)


def _fail(name: str, source: str, line: int, reason: str, cause: Exception | None = None) -> NoReturn:
    """Say what is wrong, with the text of the paragraph where it is or of the last one before it."""
    texts = [html.unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in source.split("\n")[:line]]
    near = next((text for text in reversed(texts) if text), "")
    start = max(near.find("{"), 0)
    raise DocumentTemplateFailedError(template=name, near=near[start : start + NEAR], reason=reason) from cause


def _mend(root: _Element) -> None:
    """Restore what Word demands where tags have taken it away: a table has rows, and a cell ends with a paragraph."""
    from lxml import etree  # noqa: PLC0415 - see `lint`

    word = etree.QName(root).namespace
    for table in list(root.iter(f"{{{word}}}tbl")):
        parent = table.getparent()
        if parent is not None and table.find(f"{{{word}}}tr") is None:
            parent.remove(table)
    for cell in root.iter(f"{{{word}}}tc"):
        if not len(cell) or cell[-1].tag != f"{{{word}}}p":
            etree.SubElement(cell, f"{{{word}}}p")


def _paragraphs(root: _Element) -> Iterator[str]:
    """Give the text of each paragraph, or of each property, as the author sees it: Word may cut a tag to pieces."""
    paragraphs = list(root.iter("{*}p"))
    return ("".join(str(text) for each in paragraph.iter("{*}t") for text in each.itertext()) for paragraph in paragraphs or [root])


def _pack(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for path, data in parts.items():
            file.writestr(path, data)
    return repack(stream.getvalue())
