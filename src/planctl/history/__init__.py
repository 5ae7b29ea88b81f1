"""History: what became of tasks over time, by what the plans record and by what git has kept of them."""
