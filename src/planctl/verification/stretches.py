"""Which piece of a document a digest is of. A digest does not tell how its text was cut, so that every likely cut is tried."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise
from typing import TYPE_CHECKING

from planctl.digests import digest, normalise
from planctl.verification.prints import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.verification.clauses import Paper

CUT = re.compile(
    r"(?<=[\n。；;）)])(?![\n。；;）)])|(?<!—)(?=——)|(?<![0-9０-９])(?=[0-9０-９]{1,3}(?![0-9０-９年月日%％]))|(?=[(（]?[一二三四五六七八九十]{1,3}[)）、])"
)
"""Where clauses begin and end: at line breaks, ends of sentences and brackets, and before what may be a number."""
LONGEST = 80
"""Pieces that one clause may have."""
MOST = 600_000
"""Cuts that are tried in all."""


def find_stretches(paper: Paper, digests: Iterable[str]) -> dict[str, Stretch]:
    """Find the piece of the document that each digest is of: first among its clauses, then anywhere."""
    wanted = set(digests)
    found: dict[str, Stretch] = {}
    for clause in paper.clauses:
        for text, stretch in paper.texts(clause):
            if (made := digest(text)) in wanted:
                found.setdefault(made, stretch)
    for pieces in (_source_pieces(paper), _block_pieces(paper)):
        if wanted - found.keys():
            found |= _anywhere([*pieces], wanted - found.keys())
    return found


def _source_pieces(paper: Paper) -> Iterator[tuple[str, int]]:
    """Cut the source as it is printed; each piece with its position."""
    for piece, start in _pieces(paper.intake.reading.source.text):
        yield normalise(piece), paper.print.at_offset(start)


def _block_pieces(paper: Paper) -> Iterator[tuple[str, int]]:
    """Cut the paragraphs as they were put together: without what stands between them, such as the numbers of pages."""
    for number, block in enumerate(paper.intake.reading.blocks):
        for piece, start in _pieces(block.text):
            yield normalise(piece), paper.print.position(number, start)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Cut a text; each piece with the place of its first character that is no blank."""
    cuts = [0, *(found.start() for found in CUT.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            yield piece, start + len(piece) - len(piece.lstrip())


def _anywhere(pieces: Sequence[tuple[str, int]], wanted: set[str]) -> dict[str, Stretch]:
    found: dict[str, Stretch] = {}
    bare = {each.removeprefix("sha256:"): each for each in wanted}
    ends = [position for _, position in pieces[1:]]
    longest = max(1, min(LONGEST, MOST // max(len(pieces), 1)))
    for first, (_, start) in enumerate(pieces):
        running = sha256()
        for last in range(first, min(first + longest, len(pieces))):
            running.update(pieces[last][0].encode())
            made = bare.get(running.hexdigest())
            if made and made not in found:
                found[made] = Stretch(start, ends[last] if last < len(ends) else start + sum(len(text) for text, _ in pieces[first:]))
        if len(found) == len(bare):
            break
    return found
