"""Reports: first a record of finished facts, then text through a template."""
