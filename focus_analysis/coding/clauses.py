"""Clauses of a stream of words, the cues in play, and what bounds their reach.

The cues are patterns in ``resources/cues.csv``, each with a status, a scope and a comment. What a status does:

==============  ==================================================================================
affirmed        outweighs whatever else is said of a word
denied          outweighs supposition
hypothetical    asked, feared, planned or supposed
none            takes its words out of play: a figure of speech
shield          a preposition with its words: cues before it do not reach the word after it; scope
                "before": only no object of what follows (z biedą nie ma żartów)
aside           parts no clause where it stands between commas, and holds no verb
verb            counts as a finite verb though the word could be another
agree           a hit that holds it is a denial already; nikt, nigdy, ani around it agree with it
clause          its last word opens a clause
==============  ==================================================================================

A scope is one or more of these words:

==============  ==================================================================================
after, before   the words on this side, within the clause
near            the words after, at most two words away
object          the words after, and those before, unless a preposition or a base form
                (biedy nie ma; not: z biedą nie ma, samotny nie ma)
that            the next clause, where a word of scope "that" opens it (nie sądzę, że; nie wiem, czy)
between         the words between its parts, within the clause
across, back    the words between its parts, or before it, within the sentence
opening         only where it opens its clause
question        only in a clause that ends with a question mark
wall            opens no clause, but stops what goes forward
==============  ==================================================================================
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Ints, marked, stretches
from focus_analysis.coding.finding import Finder, Matches
from focus_analysis.coding.matching import Matcher
from focus_analysis.language.stream import QUESTION, Stream
from focus_analysis.patterns import parse_pattern
from focus_analysis.resources import resource

# Statuses that a hit can have, the weightiest first.
WEIGHTS = ("affirmed", "denied", "hypothetical")
NOWHERE = -1
_SCOPES = ("after", "before", "near", "object", "that", "between", "across", "back", "opening", "question", "wall")


class Cue(NamedTuple):
    """A row of the cue list."""

    cue: str
    status: str
    scope: frozenset[str]
    comment: str


class CueList:
    """The cues, ready to be found and asked for what they are."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self.cues = cues
        self.matcher = Matcher(parse_pattern(cue.cue)._replace(ordered=True) for cue in cues)
        self.unbroken = np.array([len(pattern.parts) == 1 for pattern in self.matcher.patterns])
        self.weights = np.array([WEIGHTS.index(cue.status) if cue.status in WEIGHTS else NOWHERE for cue in cues])
        self.only_denies_after = np.array([cue.scope == {"after"} and cue.status == "denied" for cue in cues])
        self.scoped = np.array([bool(cue.scope) for cue in cues])
        self._having = {status: np.array([cue.status == status for cue in cues]) for status in {c.status for c in cues}}
        self._reaching = {scope: np.array([scope in cue.scope for cue in cues]) for scope in _SCOPES}

    def having(self, status: str) -> Bools:
        """Return which cues have a status."""
        return self._having[status]

    def reaching(self, *scopes: str) -> Bools:
        """Return which cues have any of these words in their scope."""
        return np.logical_or.reduce([self._reaching[scope] for scope in scopes])


@cache
def cue_list() -> CueList:
    """Return the cues of the package."""
    with resource("cues.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return CueList(
            [Cue(row["cue"], row["status"], frozenset(row["scope"].split()), row["comment"]) for row in rows]
        )


@dataclass(frozen=True)
class Clauses:
    """The clauses of a stream and the cues in it.

    Parameters
    ----------
    stream : Stream
        The words.
    numbers : ndarray of int, shape (n_words,)
        Number of each word's clause, from 0, edges counted as clauses.
    begins : ndarray of int, shape (n_clauses + 1,)
        First word of each clause, and the number of words.
    complements, items : ndarray of bool, shape (n_clauses,)
        Clauses that tell what is said or thought; clauses parted from the one before by a mere comma.
    asked : ndarray of bool, shape (n_clauses,)
        Clauses that a question mark ends.
    cues : Matches
        Cues that can decide.
    within : ndarray of int, shape (n_cues, 2)
        The words that a hit must hold to be reached by each cue: those of the longer cues that take its words.
    verbs, asides, walls, agreeing : ndarray of bool, shape (n_words,)
        Words that are verbs too, words said aside, words that stop what goes forward, words that make a hit a denial.
    shields : ndarray of int, shape (n_words,)
        Place of the preposition that keeps a word from cues before it; -1 where none does.
    governed : ndarray of bool, shape (n_words,)
        Words that stand after a preposition.
    """

    stream: Stream
    numbers: Ints
    begins: Ints
    complements: Bools
    items: Bools
    asked: Bools
    cues: Matches
    within: Ints
    verbs: Bools
    asides: Bools
    walls: Bools
    agreeing: Bools
    shields: Ints
    governed: Bools


def clauses_of(stream: Stream, finder: Finder | None = None) -> Clauses:
    """Find the clauses of a stream and the cues in it; longer cues take their words from shorter ones.

    Parameters
    ----------
    stream : Stream
        The words.
    finder : Finder, optional
        The cues ready to be found, where the stream is a part of another.
    """
    cues = cue_list()
    every = (finder or cues.matcher.finder(stream)).find(stream)
    within = _within(every, cues)
    untaken = every.take(within[:, 0] == NOWHERE)
    asides = _of(untaken, cues.having("aside"))
    opening, telling = _opened(every, stream, cues)
    numbers = _numbered(opening, asides, stream)
    begins = np.append(np.flatnonzero(np.diff(numbers, prepend=-1)), len(stream))
    n_words, n_clauses = len(stream), len(begins) - 1
    asked = np.append((stream.signs[begins[1:-1]] & QUESTION) > 0, False)
    in_play = (cues.weights != NOWHERE)[every.patterns] & _in_place(every, numbers, asked, cues)
    shields = np.full(n_words, NOWHERE)
    prepositions = _of(untaken, cues.having("shield") & ~cues.scoped)
    shields[prepositions.lasts] = prepositions.firsts
    return Clauses(
        stream=stream,
        numbers=numbers,
        begins=begins,
        complements=marked(numbers[telling], n_clauses),
        items=marked(numbers[np.flatnonzero(stream.commas & ~opening)], n_clauses),
        asked=asked,
        cues=every.take(in_play),
        within=within[in_play],
        verbs=marked(_of(every, cues.having("verb")).firsts, n_words),
        asides=marked(stretches(asides.firsts, asides.lasts)[1], n_words),
        walls=marked(_of(untaken, cues.reaching("wall")).firsts, n_words),
        agreeing=marked(_of(every, cues.having("agree")).firsts, n_words),
        shields=shields,
        governed=marked(_of(every, cues.having("shield")).lasts, n_words),
    )


def _of(matches: Matches, wanted: Bools) -> Matches:
    """Return the matches of the cues that are wanted."""
    return matches.take(wanted[matches.patterns])


def _longer(every: Matches, cues: CueList) -> Matches:
    """Return the cues of several words that stand in a row."""
    return every.take((every.lasts - every.firsts > 1) & cues.unbroken[every.patterns])


def _within(every: Matches, cues: CueList) -> Ints:
    """Return which words each cue's longer cues have in common: from the first and up to the last; -1 without any."""
    longer = _longer(every, cues)
    begins, ends = (np.searchsorted(every.firsts, places) for places in (longer.firsts, longer.lasts))
    takers, taken = stretches(begins, ends)
    shorter = every.lasts[taken] - every.firsts[taken] < (longer.lasts - longer.firsts)[takers]
    held = shorter & (every.lasts[taken] <= longer.lasts[takers])
    within = np.tile([NOWHERE, np.iinfo(np.intp).max], (len(every.firsts), 1))
    np.maximum.at(within[:, 0], taken[held], longer.firsts[takers[held]])
    np.minimum.at(within[:, 1], taken[held], longer.lasts[takers[held]])
    return within


def _opened(every: Matches, stream: Stream, cues: CueList) -> tuple[Bools, Ints]:
    """Return which words open a clause, and the places of those that open what is said or thought.

    A longer cue takes the words that stand in it after its first. Of two cues that open at one word the later tells.
    """
    longer = _of(_longer(every, cues), ~cues.having("clause"))
    taken = marked(stretches(longer.firsts + 1, longer.lasts)[1], len(stream))
    free = ~cues.reaching("opening")[every.patterns] | stream.breaks[every.firsts]
    openers = every.take((cues.having("clause") & ~cues.reaching("wall"))[every.patterns] & free)
    openers = openers.take(~taken[openers.lasts - 1])
    tells = np.zeros(len(stream), dtype=np.bool_)
    tells[openers.lasts - 1] = cues.reaching("that")[openers.patterns]
    return marked(openers.lasts - 1, len(stream)), np.flatnonzero(tells)


def _numbered(opening: Bools, asides: Matches, stream: Stream) -> Ints:
    """Return the number of each word's clause; an aside between commas parts none."""
    both = stream.commas[asides.firsts] & stream.commas[asides.lasts]
    joined = marked(np.append(asides.firsts[both], asides.lasts[both]), len(stream))
    joined[stream.edges[:-1] + 1] = False
    return np.cumsum(opening | (stream.breaks & ~joined), dtype=np.int32) - 1


def _in_place(cues: Matches, numbers: Ints, asked: Bools, kinds: CueList) -> Bools:
    """Return which cues stand where they may: at the opening of a clause, or in a question."""
    inner = numbers[cues.firsts - 1] == numbers[cues.firsts]
    misplaced = kinds.reaching("opening")[cues.patterns] & inner
    unasked = kinds.reaching("question")[cues.patterns] & ~asked[numbers[cues.firsts]]
    return ~(misplaced | unasked)
