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
clause          its last word opens a clause; takes no words from other cues
==============  ==================================================================================

A scope is one or more of these words:

==============  ==================================================================================
after, before   the words on this side, within the clause
near            the words after, at most two words away
beside          the words right before it, within the clause
object          the words after, and those before, unless a preposition or a base form
                (biedy nie ma; not: z biedą nie ma, samotny nie ma)
that            the next clause, where a word of scope "that" opens it (nie sądzę, że; nie wiem, czy)
between         the words between its parts, within the clause
across, back    the words between its parts, or before it, within the sentence
on              the words after it, within the sentence
verdict         the words of the sentence before, where it opens one
opening         only where it opens its clause
closing         only where it ends its clause
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
from focus_analysis.language.stream import QUESTION, Stream, changes
from focus_analysis.patterns import parse_pattern
from focus_analysis.resources import resource

# Statuses that a hit can have, the weightiest first.
WEIGHTS = ("affirmed", "denied", "hypothetical")
NOWHERE = -1
_SCOPES = (
    "after", "before", "near", "beside", "object", "that", "between", "across", "back", "on", "verdict",
    "opening", "closing", "question", "wall",
)  # fmt: skip


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
        reaching: Bools = np.logical_or.reduce([self._reaching[scope] for scope in scopes])
        return reaching


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

    def of_words(self) -> list[int]:
        """Return the number of each word's clause, in a stream of one text."""
        numbers: list[int] = self.numbers[1:-1].tolist()
        return numbers


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
    is_untaken = _within(every, cues)[:, 0] == NOWHERE
    asides = _stretches(every, cues.having("aside"), is_untaken)
    opening, telling = _opened(every, stream, cues)
    numbers = _numbered(opening, asides, stream)
    begins = np.append(changes(numbers), len(stream))
    n_words, n_clauses = len(stream), len(begins) - 1
    asked = np.append((stream.signs[begins[1:-1]] & QUESTION) > 0, False)
    in_place = _in_place(every, numbers, asked, cues)
    in_play = np.flatnonzero((cues.weights != NOWHERE).take(every.patterns) & in_place)
    shields = np.full(n_words, NOWHERE)
    prepositions = _stretches(every, cues.having("shield") & ~cues.scoped, is_untaken)
    shields[prepositions.lasts] = prepositions.firsts
    return Clauses(
        stream=stream,
        numbers=numbers,
        begins=begins,
        complements=marked(numbers[telling], n_clauses),
        items=marked(numbers[np.flatnonzero(stream.commas & ~opening)], n_clauses),
        asked=asked,
        cues=every.take(in_play),
        within=_within(every, cues, in_place)[in_play],
        verbs=marked(_stretches(every, cues.having("verb")).firsts, n_words),
        asides=marked(stretches(asides.firsts, asides.lasts)[1], n_words),
        walls=marked(_stretches(every, cues.reaching("wall"), is_untaken).firsts, n_words),
        agreeing=marked(_stretches(every, cues.having("agree")).firsts, n_words),
        shields=shields,
        governed=marked(_stretches(every, cues.having("shield")).lasts, n_words),
    )


class _Stretches(NamedTuple):
    """Words from the first up to the one after the last, and the cue that stands there."""

    firsts: Ints
    lasts: Ints
    cues: Ints


def _stretches(every: Matches, wanted: Bools, also: Bools | None = None) -> _Stretches:
    """Return where the cues stand that are wanted."""
    kept = wanted.take(every.patterns)
    which = np.flatnonzero(kept if also is None else kept & also)
    return _Stretches(every.firsts.take(which), every.lasts.take(which), every.patterns.take(which))


def _within(every: Matches, cues: CueList, in_place: Bools | None = None) -> Ints:
    """Return which words each cue's longer cues have in common: from the first and up to the last; -1 without any."""
    lengths = every.lasts - every.firsts
    is_longer = lengths > 1 if in_place is None else in_place & (lengths > 1)
    longer = _stretches(every, cues.unbroken & ~cues.having("clause"), is_longer)
    begins, ends = (np.searchsorted(every.firsts, places) for places in (longer.firsts, longer.lasts))
    takers, taken = stretches(begins, ends)
    shorter = lengths.take(taken) < (longer.lasts - longer.firsts).take(takers)
    held = np.flatnonzero(shorter & (every.lasts.take(taken) <= longer.lasts.take(takers)))
    takers, taken = takers.take(held), taken.take(held)
    within = np.tile([NOWHERE, np.iinfo(np.intp).max], (len(lengths), 1))
    np.maximum.at(within[:, 0], taken, longer.firsts.take(takers))
    np.minimum.at(within[:, 1], taken, longer.lasts.take(takers))
    return within


def _opened(every: Matches, stream: Stream, cues: CueList) -> tuple[Bools, Ints]:
    """Return which words open a clause, and the places of those that open what is said or thought.

    A longer cue takes the words that stand in it after its first. Of two cues that open at one word the later tells.
    """
    longer = _stretches(every, cues.unbroken & ~cues.having("clause"), every.lasts - every.firsts > 1)
    is_taken = marked(stretches(longer.firsts + 1, longer.lasts)[1], len(stream))
    openers = _stretches(every, cues.having("clause") & ~cues.reaching("wall"))
    words = openers.lasts - 1
    is_free = ~cues.reaching("opening").take(openers.cues) | stream.breaks.take(openers.firsts)
    which = np.flatnonzero(is_free & ~is_taken.take(words))
    tells = np.zeros(len(stream), dtype=np.bool_)
    tells[words[which]] = cues.reaching("that").take(openers.cues.take(which))
    return marked(words[which], len(stream)), np.flatnonzero(tells)


def _numbered(opening: Bools, asides: _Stretches, stream: Stream) -> Ints:
    """Return the number of each word's clause; an aside between commas parts none."""
    both = stream.commas[asides.firsts] & stream.commas[asides.lasts]
    joined = marked(np.append(asides.firsts[both], asides.lasts[both]), len(stream))
    joined[stream.edges[:-1] + 1] = False
    return np.cumsum(opening | (stream.breaks & ~joined), dtype=np.int32) - 1


def _in_place(every: Matches, numbers: Ints, asked: Bools, cues: CueList) -> Bools:
    """Return which cues stand where they may: at an end of a clause, or in a question."""
    kinds, firsts, lasts, _ = every
    follows = numbers.take(firsts - 1) == numbers.take(firsts)
    goes_on = numbers.take(lasts - 1) == numbers.take(lasts)
    misplaced = cues.reaching("opening").take(kinds) & follows | cues.reaching("closing").take(kinds) & goes_on
    unasked = cues.reaching("question").take(kinds) & ~asked.take(numbers.take(firsts))
    in_place: Bools = ~(misplaced | unasked)
    return in_place
