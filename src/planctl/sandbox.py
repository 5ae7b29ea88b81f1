"""The sandbox of all templates, text or .docx: they write finished facts down and can do nothing else."""

from __future__ import annotations

from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

PADDING = frozenset({"center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"})
"""Methods of text that make it as long as they are told."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without ways out: no attributes with underscores, no changes to what it is given, no endless ranges."""

    intercepted_binops = frozenset({"**", "*", "%"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's options
        super().__init__(**options)
        for name in ("cycler", "lipsum"):
            self.globals.pop(name, None)
        for name in ("center", "format", "indent"):
            self.filters.pop(name, None)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's signature
        """Refuse what would fill the memory: powers, text or lists multiplied beyond reason, and text formatted to any width."""
        if operator == "**" or any(isinstance(side, (str, list, tuple)) for side in (left, right)):
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:  # noqa: ANN401 - Jinja's signature
        """Refuse the methods of text that fill the memory, beside all that the sandbox refuses."""
        return super().is_safe_attribute(obj, attr, value) and not (isinstance(obj, str) and attr in PADDING)

    def wrap_str_format(self, value: Any) -> None:  # noqa: ANN401 - Jinja's signature
        """Leave the formatting methods of text as they are, and so refused: Jinja would give safe ones, of any width."""
