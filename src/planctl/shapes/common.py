"""Looks at a record as a whole that several shapes share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planctl.fields import Reader
    from planctl.yamltree import Map


def finish_range(reader: Reader, node: Map, values: dict[str, Any]) -> bool:
    """See that a range of dates does not end before it starts."""
    start, end = values.get("start"), values.get("end")
    if start and end and end < start:
        reader.report("P023", node.value_marks["end" if "end" in node else "to"], start=start, end=end)
        values.pop("end")
    return True


def finish_file(reader: Reader, _: Map, values: dict[str, Any]) -> bool:
    """The version was only to be seen; the record knows its file instead."""
    values.pop("planctl", None)
    values["path"] = reader.path
    return True
