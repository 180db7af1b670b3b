"""How a hit stands in its clause: affirmed, denied or hypothetical, with the cue that decided.

The cues are patterns in ``resources/cues.csv``: each with a status ("none" takes its words out of play), a scope
(the words after it, or both sides, within the clause) and a comment.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from focus_analysis.codebook import parse_pattern
from focus_analysis.coding.matching import Match, Matcher, Span, Words
from focus_analysis.resources import resource

_REACH = 6


class Cue(NamedTuple):
    """A row of the cue list."""

    cue: str
    status: str
    scope: str
    comment: str


class Clauses(NamedTuple):
    """The clauses of a text: the number of each word's clause, and the cues in play."""

    numbers: list[int]
    cues: list[tuple[Cue, Match]]


def read_clauses(words: Words) -> Clauses:
    """Find the clauses of a text and the cues in it; longer cues take their words from shorter ones."""
    cues, matcher = _cues()
    found = [(cues[match.pattern], match) for match in matcher.find(words)]
    opening = {match.first for cue, match in found if cue.status == "clause"}
    numbers, clause = [], 0
    for place, broken in enumerate(words.breaks):
        clause += broken or place in opening
        numbers.append(clause)
    standing = [item for item in found if item[0].status != "clause" and not _is_inside(item[1], found)]
    return Clauses(numbers, [item for item in standing if item[0].status != "none"])


def status_of(hit: Match, clauses: Clauses) -> tuple[str, str]:
    """Return the status of a hit and the cue that decided it, empty where none did.

    A cue inside the hit belongs to the pattern and decides nothing. Denial beats supposition.
    """
    reaching = [cue for cue, match in clauses.cues if _reaches(cue, match, hit, clauses.numbers)]
    for status in ("denied", "hypothetical"):
        for cue in reaching:
            if cue.status == status:
                return status, cue.cue
    return "affirmed", ""


def _reaches(cue: Cue, match: Match, hit: Match, numbers: list[int]) -> bool:
    if any(match.first < last and first < match.last for first, last in hit.parts):
        return False
    return any(_reaches_part(cue, match, part, numbers) for part in hit.parts)


def _reaches_part(cue: Cue, match: Match, part: Span, numbers: list[int]) -> bool:
    first, last = part
    if match.last <= first:
        distance, same = first - match.last, numbers[match.last - 1] == numbers[first]
    else:
        distance, same = match.first - last, cue.scope == "both" and numbers[match.first] == numbers[last - 1]
    return same and distance < _REACH


def _is_inside(match: Match, found: list[tuple[Cue, Match]]) -> bool:
    length = match.last - match.first
    return any(
        other.first <= match.first and match.last <= other.last and other.last - other.first > length
        for _, other in found
    )


@cache
def _cues() -> tuple[list[Cue], Matcher]:
    with resource("cues.csv").open(encoding="utf-8", newline="") as file:
        cues = [Cue(**row) for row in csv.DictReader(file)]
    return cues, Matcher(parse_pattern(cue.cue) for cue in cues)
