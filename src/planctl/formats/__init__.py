"""Formats: how records, tables and problems are written. Each is a function from values to text, and knows no other."""
