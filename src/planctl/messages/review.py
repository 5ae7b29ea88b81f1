"""Findings about a change (P5) and about links between plans (P6). Entries are as in `planctl.messages.findings`."""

REVIEW: dict[str, tuple[str, str]] = {}
