"""Changes: what `planctl diff` and `planctl history` say of them."""

CHANGES: dict[str, tuple[str, str]] = {}
