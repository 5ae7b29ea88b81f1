"""Tables of tasks: what their columns hold, which rows are their heads, one row a task; also forms, and tables printed a cell a line."""
