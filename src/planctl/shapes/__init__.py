"""The shapes of the three kinds of file: every key, its type, and what it means in both languages.

`planctl.shapes.settings` has that of `planctl.yaml`, which most repositories do without. These tables are the loader's rules (`planctl.codec`) and the published JSON Schema (`planctl.schema`).
"""

from planctl.shapes.plan import PLAN
from planctl.shapes.registry import REGISTRY

__all__ = ["PLAN", "REGISTRY"]
