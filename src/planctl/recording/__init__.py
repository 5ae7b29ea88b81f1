"""Recording what happened: an entry becomes edits of the plan's text, is judged before it is written, and can be taken back.

`entries` says what is recorded and where, by names and never by line; `filling` tells what was not said; `preparing` makes the new text,
proves that it says the old one and the entry, and finds what the entry would break; `effects` tells what comes of it; `writing` is the only
part that touches the disk, with `journal`, which keeps what `undo` needs.
"""
