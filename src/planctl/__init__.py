"""planctl: a compliance and deadline tracker for official action plans, backed by flat files."""

__version__ = "0.1.0"
