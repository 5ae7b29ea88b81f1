"""Templates: Jinja in a sandbox, every undefined name an error, every value escaped for Markdown.

A template is text that people review; it gets finished facts, and can do nothing but write them down.
"""

from __future__ import annotations

import os
import re
import traceback
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError

from planctl.errors import TemplateFailedError, UnknownNameError
from planctl.fields import nearest
from planctl.formats.tabular import escape_markdown
from planctl.messages import Word
from planctl.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

SUFFIX = ".md.j2"
BUILT_IN = os.path.join(os.path.dirname(__file__), "templates")
DIGITS = "〇一二三四五六七八九"
ENTITY = re.compile(r"&(?=#?\w+;)")
LIST = re.compile(r"^(\s*(?:\d{1,9})?)([-+.)])(?=[\s-]|$)")


class Markdown(str):
    """Text that is Markdown already and not to be escaped again."""

    __slots__ = ()


def finalize(value: object) -> object:
    """Write a value so that no text in it can be taken for Markdown: lists with 、, nothing for `None`."""
    if isinstance(value, Markdown):
        return value
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return "、".join(str(finalize(item)) for item in value)
    return _escape(str(value)) if isinstance(value, str) else value


def _escape(text: str) -> str:
    """Escape text also against what Markdown makes of entities (`&lt;`), and of dashes and numbers that begin a line."""
    escaped = ENTITY.sub(r"\\&", escape_markdown(text))
    return LIST.sub(r"\1\\\2", escaped)


def lines(values: Iterable[object]) -> Markdown:
    """Write a list with one item a line, within a cell of a table."""
    return Markdown("<br>".join(str(finalize(value)) for value in values))


def yaml_text(value: object) -> Markdown:
    """Write a value for the front matter, where YAML and not Markdown is spoken: JSON is YAML."""
    import json  # noqa: PLC0415 - only front matter needs it

    # Of an undefined value `str` says which it is. Line breaks that only YAML knows are written as escapes.
    text = json.dumps(value, ensure_ascii=False, default=str)
    return Markdown(re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda found: f"\\u{ord(found[0]):04x}", text))


def numeral(number: int) -> str:
    """Write a number from 1 to 99 as headings do: 一, 十, 十二, 二十一; others in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


FILTERS: dict[str, Callable[..., Any]] = {"lines": lines, "yaml": yaml_text, "safe_md": Markdown, "numeral": numeral}


def _lies_in(folder: str, path: str) -> bool:
    """Tell whether a file lies in a folder, and no link leads elsewhere."""
    return os.path.dirname(os.path.realpath(path)) == os.path.realpath(folder)


class _Loader(BaseLoader):
    """Looks for a template in the folders of the repository, then among the built-in ones."""

    def __init__(self, folders: Iterable[str]) -> None:
        self.folders = (*folders, BUILT_IN)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002 - Jinja's signature
        """Read a template by its file name; a name that leads out of the folders is not found."""
        if os.path.basename(template) == template:
            for folder in self.folders:
                path = os.path.join(folder, template)
                if os.path.isfile(path) and _lies_in(folder, path):
                    with open(path, encoding="utf-8-sig") as file:
                        return file.read(), path, lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """List the file names of all templates."""
        found: dict[str, None] = {}
        for folder in self.folders:
            if os.path.isdir(folder):
                found.update(dict.fromkeys(sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))))
        return list(found)


def environment(folders: Iterable[str] = ()) -> Sandbox:
    """Make the environment of all templates. `folders` are looked in before the built-in templates."""
    made = Sandbox(
        loader=_Loader(folders),
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    made.filters.update(FILTERS)
    return made


def names(folders: Iterable[str] = ()) -> list[str]:
    """List the reports: the templates without their suffix."""
    return [name.removesuffix(SUFFIX) for name in _Loader(folders).list_templates() if not name.startswith("_")]


def render(name: str, facts: Mapping[str, Any], folders: Iterable[str] = ()) -> str:
    """Write the facts down through a template.

    Raises:
        UnknownNameError: there is no such template.
        TemplateFailedError: the template is wrong; the error names it, the line and the field.
    """
    made = environment(folders)
    path = f"{name}{SUFFIX}"
    try:
        return made.get_template(path).render(**facts)
    except TemplateNotFound as error:
        known = names(folders)
        if error.name == path and not _place(error, path)[1]:
            raise UnknownNameError(
                what=Word("word.report"), name=name, nearest=nearest(name, known), list="planctl report --list"
            ) from error
        raise _failure(error, path, f"{error.name}?") from error
    except TemplateSyntaxError as error:
        raise TemplateFailedError(template=os.path.basename(error.filename or path), line=error.lineno, reason=error.message) from error
    except OSError:
        raise
    except Exception as error:  # the facts are finished: whatever goes wrong here, the template has asked for it
        raise _failure(error, path, str(error) or type(error).__name__) from error


def _failure(error: Exception, path: str, reason: str) -> TemplateFailedError:
    file, line = _place(error, path)
    return TemplateFailedError(template=file, line=line or "?", reason=reason)


def _place(error: Exception, path: str) -> tuple[str, int | None]:
    """Find the template and the line in a traceback: Jinja gives its frames the file names of templates."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(SUFFIX)]
    return (os.path.basename(frames[-1].filename), frames[-1].lineno) if frames else (path, None)
