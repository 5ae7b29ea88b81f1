"""Listings: the answers of the queries as records for JSON, whose keys are a contract (`docs/cli.md`), and as tables for people."""
