"""The spreadsheets of the units: sent out with what they owe, and taken in with what they report; and a register made into a plan.

Lowest first: `codes` (what can be wrong with a form), `records` (a form and what it asks), `wording` (its words, always Chinese), `names`
(of units over time), `books` (workbooks as planctl writes them), `dues` (what a unit owes), `captions` (what the locked cells say),
`writing` (the form as a workbook), `workbooks` (one as it came back), `values` (what people write into cells), `returns` (a filled form
found in a workbook), `filing` (three-way: what becomes an entry), `attendance` (who has reported), `copies` (several files of one unit);
`mappings` and `ledger` read a register.
"""
