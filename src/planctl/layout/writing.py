"""Writing by the one layout: new files and records, and edits whose values stand as the shapes say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.editing import Insert, Put, Rows, Verbatim, apply, apply_to_tree
from planctl.editing.extents import read
from planctl.editing.values import Look, lines_of_entry
from planctl.layout.forms import ANY, PLACES, Form, Kind, form_of, kind_of
from planctl.layout.printing import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planctl.editing import Edit, Edited, Keys, Value
    from planctl.yamltree import Node


def write(value: Mapping[str, Value], kind: Kind) -> str:
    """Write a new file, or a new record as an item (`- …`) for the list that it belongs to."""
    form = form_of(kind)
    shaped = _shaped(dict(value), form)
    if kind in PLACES:
        lines = lines_of_entry(None, shaped, Look(), 0, flow=False)
        return printed(read("".join(f"{line}\n" for line in lines)), Form(item=form), PLACES[kind][1])
    lines = (
        [line for key, each in dict(shaped).items() for line in lines_of_entry(key, each, Look(), 0)] if isinstance(shaped, dict) else []
    )
    return printed(read("".join(f"{line}\n" for line in lines)), form)


def edit(text: str, path: str, edits: Iterable[Edit]) -> str:
    """Apply edits whose values are plain: they are quoted and ordered as the shape of the file says.

    Raises:
        As `planctl.editing.apply`.
    """
    return apply(text, guided(edits, kind_of(path)))


def edit_tree(text: str, tree: Node, path: str, edits: Iterable[Edit]) -> Edited:
    """Do as `edit` does to a text that has been parsed, without flaws, to this tree.

    Raises:
        As `planctl.editing.apply_to_tree`.
    """
    return apply_to_tree(text, tree, guided(edits, kind_of(path)))


def guided(edits: Iterable[Edit], kind: Kind) -> list[Edit]:
    """Make edits say what the shape of a file knows: which values are no text, and in which order keys stand."""
    return [_guided(edit, form_of(kind)) for edit in edits]


def _guided(edit: Edit, form: Form) -> Edit:
    if isinstance(edit, Put):
        return edit._replace(value=_shaped(edit.value, _form_at(form, edit.keys)), order=edit.order or _form_at(form, edit.keys[:-1]).order)
    if isinstance(edit, Insert):
        found = _form_at(form, edit.keys)
        order = edit.order or _form_at(form, edit.keys[:-1]).order
        return edit._replace(value=_shaped(edit.value, found.item or ANY), apart=edit.apart or found.spaced, order=order)
    return edit


def _form_at(form: Form, keys: Keys) -> Form:
    for key in keys:
        form = form.of(key) if isinstance(key, str) else form.item or ANY
    return form


def _shaped(value: Value, form: Form) -> Value:
    if isinstance(value, Verbatim) or value is None:
        return value
    if isinstance(value, dict):
        rank = {key: index for index, key in enumerate(form.order)}
        fields = {key: _shaped(value[key], form.of(key)) for key in sorted(value, key=lambda key: rank.get(key, len(rank)))}
        return Rows(fields) if form.rows or isinstance(value, Rows) else fields
    if isinstance(value, list):
        return [_shaped(each, form.item or ANY) for each in value]
    return form.text(value) if form.text and type(value) is str else value
