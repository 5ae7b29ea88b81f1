"""JSON, as other programs read it: UTF-8, not escaped to ASCII, one record a line of thought."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ENCODER = json.JSONEncoder(ensure_ascii=False)


def render(records: Iterable[dict[str, Any]]) -> str:
    """Write records as one array, a record a line, so that the output can be compared by lines."""
    lines = ",\n".join(map(ENCODER.encode, records))
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def render_one(value: object) -> str:
    """Write one value, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
