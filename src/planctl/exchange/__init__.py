"""Plans for other programs: dates for a calendar, the register (台账) for a spreadsheet.

Lowest first: `extent` (what is exported), `contentlines` and `recurrence` (how a calendar file is written), `calendar`; `register` (the
rows of the 台账, and its CSV), `ledger` (the 台账 as a workbook). The same plans and the same day always give the same bytes.
"""
