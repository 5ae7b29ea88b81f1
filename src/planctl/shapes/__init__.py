"""The shapes of the three kinds of file: every key, its type, and what it means in both languages.

These tables are the loader's rules (`planctl.codec`) and the published JSON Schema (`planctl.schema`).
"""

from planctl.shapes.plan import PLAN
from planctl.shapes.registry import REGISTRY
from planctl.shapes.settings import SETTINGS

__all__ = ["PLAN", "REGISTRY", "SETTINGS"]
