"""The grammar of official time and quantity phrases: 2022年底前, 每年不少于2次, 自公布之日起30日内, 力争达到90%以上.

`read` finds them in a quote or in a whole document; `resolve` turns a moment into a date. It is a grammar of the
genre, not of files: what the words do not settle is left open, and damaged words are not guessed.

Lowest first: `records` (what a phrase says), `numerals`, `lexicon` (the words, as patterns), `folding` (the text as the
grammar sees it), `moments`, `figures`, `spans` and `cycles` (a reader for each noun), `reading` (all of them).
"""

from __future__ import annotations

from planctl.phrases.folding import without_list_dots
from planctl.phrases.reading import read
from planctl.phrases.records import Moment, Phrase, resolve

__all__ = ["Moment", "Phrase", "read", "resolve", "without_list_dots"]
