"""How a hit stands in its clause: affirmed, denied or hypothetical, with the cue that decided.

Every hit is judged by the cues around it, all of them side by side: one row a hit and cue. What each cue does is told
in ``clauses``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.coding.arrays import Bools, Ints, marked, running, stretches
from focus_analysis.coding.clauses import NOWHERE, WEIGHTS, Clauses, Cue, clauses_of, cue_list
from focus_analysis.coding.finding import Matches
from focus_analysis.coding.matching import Match, Words, stream_of
from focus_analysis.language.morphology import is_finite_verb, lemmas

_REACH = 6
_SUPPOSED_REACH = 9
_NEAR = 3
_FARTHEST = 30
_LONGEST_ITEM = 4
_AFFIRMED, _DENIED, _HYPOTHETICAL = range(len(WEIGHTS))


class Decisions(NamedTuple):
    """How hits stand.

    Parameters
    ----------
    statuses : ndarray of int, shape (n_hits,)
        Index into ``WEIGHTS``.
    outer, inner : ndarray of int, shape (n_hits,)
        Index of the cue that decides and governs the hit's clause, and of the one that stands in it; -1 without any.
    asked : ndarray of bool, shape (n_hits,)
        Whether the hit is a denial asked back.
    """

    statuses: Ints
    outer: Ints
    inner: Ints
    asked: Bools


class Dictionary:
    """What the dictionary says of the forms of a vocabulary; each form is looked up once, when it is asked for."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.is_finite = _Asked(vocabulary, is_finite_verb)
        self.is_base = _Asked(vocabulary, lambda form: form in lemmas(form))


class _Asked:
    """Answers to one question about forms."""

    def __init__(self, vocabulary: Sequence[str], question: Callable[[str], bool]) -> None:
        self._vocabulary = vocabulary
        self._question = question
        self._known = np.zeros(len(vocabulary), dtype=np.bool_)
        self._answers = np.zeros(len(vocabulary), dtype=np.bool_)

    def __call__(self, forms: Ints) -> Bools:
        unknown = np.flatnonzero(~self._known.take(forms))
        if len(unknown):
            new = pd.unique(forms.take(unknown))
            self._answers[new] = [self._question(self._vocabulary[form]) for form in new.tolist()]
            self._known[new] = True
        return self._answers.take(forms)


def decide(hits: Matches, clauses: Clauses, dictionary: Dictionary | None = None) -> Decisions:
    """Return how hits stand and which cues decided.

    A cue inside the hit belongs to the pattern and decides nothing. What governs the clause ("nie sądzę, że") outweighs
    what stands in it. Two denials, one above the other, affirm; so does a denial asked back ("gdzie nie ma biedy?").

    Parameters
    ----------
    hits : Matches
        Hits in the stream.
    clauses : Clauses
        Its clauses and cues.
    dictionary : Dictionary, optional
        What is known of the stream's vocabulary, where the stream is a part of another.
    """
    reach = _Reach(clauses, dictionary or Dictionary(clauses.stream.vocabulary))
    which, cues = _around(hits, clauses)
    weights = cue_list().weights[clauses.cues.patterns]
    around = clauses.cues.take(cues)
    is_reached = _is_reached(hits, which, around, reach)
    agreeing = clauses.agreeing[around.firsts]
    is_reached &= ~(_agree(hits, clauses)[which] & (weights[cues] == _DENIED))
    governs = reach.governs(around, hits.firsts[which])
    outer = _weightiest(which[governs], cues[governs], weights, len(hits.firsts))
    inner = _weightiest(which[is_reached], cues[is_reached], weights, len(hits.firsts))
    real = is_reached & ~((weights[cues] == _DENIED) & agreeing)
    asked = clauses.asked[clauses.numbers[hits.firsts]]
    asked_back = (inner != NOWHERE) & (outer == NOWHERE) & asked & ~marked(which[real], len(asked))
    answers = np.where(asked & (inner == NOWHERE) & (outer == NOWHERE), _answers(hits, clauses, weights), NOWHERE)
    denials = [(found != NOWHERE) & (np.append(weights, NOWHERE)[found] == _DENIED) for found in (outer, inner)]
    twice = denials[0] & denials[1]
    inner = np.where((outer == NOWHERE) | twice, np.maximum(inner, answers), NOWHERE)
    deciding = np.where(outer == NOWHERE, inner, outer)
    statuses = np.append(weights, _AFFIRMED)[deciding]
    statuses[twice | asked_back] = _AFFIRMED
    return Decisions(statuses, outer, inner, asked_back)


def _around(hits: Matches, clauses: Clauses) -> tuple[Ints, Ints]:
    """Return hits and cues near enough to matter that have words outside the hit, and none that a longer cue takes."""
    sentences = clauses.stream.sentences
    # From the clause before, which may govern, or from where the sentence begins, up to a verdict that opens the next.
    begins = np.searchsorted(sentences, sentences.take(hits.firsts))
    begins = np.minimum(begins, clauses.begins.take(clauses.numbers.take(hits.firsts) - 1))
    ends = np.searchsorted(sentences, sentences.take(hits.lasts - 1), side="right")
    begins, ends = (
        np.searchsorted(clauses.cues.firsts, places)
        for places in (np.maximum(begins, hits.firsts - _FARTHEST), np.minimum(ends + 1, hits.lasts + _FARTHEST))
    )
    which, cues = stretches(begins, ends)
    within = clauses.within
    outside = hits.firsts.take(which) >= within[:, 0].take(cues)
    outside &= hits.lasts.take(which) <= within[:, 1].take(cues)
    begins, ends = clauses.cues.firsts.take(cues), clauses.cues.lasts.take(cues)
    for side in range(hits.spans.shape[1]):
        first, last = (hits.spans[:, side, edge].take(which) for edge in (0, 1))
        outside &= (begins < first) | (last < ends)
    kept = np.flatnonzero(outside)
    return which.take(kept), cues.take(kept)


def _is_reached(hits: Matches, which: Ints, cues: Matches, reach: _Reach) -> Bools:
    """Return which cues reach some part of their hits."""
    is_part = (hits.spans != hits.spans[:, :1]).any(axis=2)
    is_part[:, 0] = True
    pairs, parts = np.nonzero(is_part.take(which, axis=0))
    found = reach.reaches(_Pairs.of(cues.take(pairs), hits.spans[which.take(pairs), parts]))
    return marked(pairs[found], len(which))


def _agree(hits: Matches, clauses: Clauses) -> Bools:
    """Return which hits hold a word that makes them a denial."""
    n_agreeing = running(clauses.agreeing)
    counts: Ints = n_agreeing[hits.spans[:, :, 1]] - n_agreeing[hits.spans[:, :, 0]]
    agree: Bools = counts.max(axis=1) > 0
    return agree


def _weightiest(which: Ints, cues: Ints, weights: Ints, n_hits: int) -> Ints:
    """Return the weightiest cue of each hit, the first of several; -1 where there is none."""
    n_cues = len(weights)
    best = np.full(n_hits, len(WEIGHTS) * n_cues)
    np.minimum.at(best, which, weights[cues] * n_cues + cues)
    return np.where(best < len(WEIGHTS) * n_cues, best % max(n_cues, 1), NOWHERE)


def _answers(hits: Matches, clauses: Clauses, weights: Ints) -> Ints:
    """Return the denial that comes right after each hit's clause ("bieda? nie"); -1 where none does."""
    denials = np.flatnonzero((weights == _DENIED) & (clauses.within[:, 0] == NOWHERE))
    places = np.append(clauses.cues.firsts[denials], len(clauses.numbers))
    after = clauses.begins[clauses.numbers[hits.lasts - 1] + 1]
    found = np.searchsorted(places, after)
    return np.where(places[found] == after, np.append(denials, NOWHERE)[found], NOWHERE)


class _Pairs(NamedTuple):
    """Cues and stretches of words that they may reach, side by side.

    Parameters
    ----------
    kinds : ndarray of int
        Numbers of the cues in the list.
    begins, ends : ndarray of int
        First word of each cue and the word after its last.
    opens, closes : ndarray of int
        The words between the cue's parts: the first, and the one after the last.
    firsts, lasts : ndarray of int
        First word of each stretch and the word after its last.
    """

    kinds: Ints
    begins: Ints
    ends: Ints
    opens: Ints
    closes: Ints
    firsts: Ints
    lasts: Ints

    @classmethod
    def of(cls, cues: Matches, spans: Ints) -> _Pairs:
        opens, closes = cues.spans[:, :, 1].min(axis=1), cues.spans[:, :, 0].max(axis=1)
        return cls(cues.patterns, cues.firsts, cues.lasts, opens, closes, spans[:, 0], spans[:, 1])

    def take(self, which: Ints) -> _Pairs:
        return _Pairs(*(column[which] for column in self))


class _Reach:
    """How far cues reach in a stream."""

    def __init__(self, clauses: Clauses, dictionary: Dictionary) -> None:
        self._clauses = clauses
        self._dictionary = dictionary
        self._n_walls = running(clauses.walls)
        self._n_others = running(~clauses.items)
        self._n_long = running(np.diff(clauses.begins) > _LONGEST_ITEM)

    def reaches(self, pairs: _Pairs) -> Bools:
        """Return which cues reach which stretches; none but a verdict does beyond its sentence."""
        sentences = self._clauses.stream.sentences
        n_apart = sentences[pairs.begins] - sentences[pairs.firsts]
        found: Bools = (n_apart == 0) | ((n_apart == 1) & self._has(pairs, "verdict"))
        near = np.flatnonzero(found)
        found[near] = self._reaches_near(pairs.take(near))
        return found

    def _reaches_near(self, pairs: _Pairs) -> Bools:
        """Return which cues reach which stretches, in their clause or, where the scope says so, in their sentence."""
        numbers = self._clauses.numbers
        spans = self._has(pairs, "between", "across")
        in_one = ~spans & (numbers[pairs.begins] == numbers[pairs.ends - 1])
        found = spans & self._encloses(pairs)
        found |= self._has(pairs, "on") & (pairs.ends <= pairs.firsts)
        found |= self._has(pairs, "back") & self._is_close_behind(pairs)
        ahead = np.flatnonzero(in_one & (pairs.ends <= pairs.firsts))
        behind = np.flatnonzero(in_one & (pairs.ends > pairs.firsts))
        found[ahead] |= self._reaches_forward(pairs.take(ahead))
        found[behind] |= self._reaches_back(pairs.take(behind))
        return found

    def governs(self, cues: Matches, firsts: Ints) -> Bools:
        """Return which cues stand before the clause, with a hit in it, that tells what is said, thought or asked."""
        clause = self._clauses.numbers[firsts]
        told = self._clauses.complements[clause] & (self._clauses.numbers[cues.lasts - 1] == clause - 1)
        free = (cues.lasts <= firsts) & (self._clauses.shields[firsts] == NOWHERE)
        governs: Bools = cue_list().reaching("that")[cues.patterns] & told & free
        return governs

    def _encloses(self, pairs: _Pairs) -> Bools:
        """Return which stretches lie between the parts of a cue, in one clause or sentence."""
        numbers, sentences = self._clauses.numbers, self._clauses.stream.sentences
        begins, ends = pairs.begins, pairs.ends - 1
        same = np.where(
            self._has(pairs, "across"), sentences[begins] == sentences[ends], numbers[begins] == numbers[ends]
        )
        encloses: Bools = (pairs.opens <= pairs.firsts) & (pairs.lasts <= pairs.closes) & same
        return encloses

    def _reaches_forward(self, pairs: _Pairs) -> Bools:
        """Return which cues reach what follows: as far as a wall, the second verb, or the subject of another clause.

        What is supposed reaches farther, by three words and a verb, than what is denied.
        """
        after, takes_object = self._has(pairs, "after"), self._has(pairs, "object")
        same = self._clauses.numbers[pairs.ends - 1] == self._clauses.numbers[pairs.firsts]
        supposes = cue_list().weights[pairs.kinds] == _HYPOTHETICAL
        limit = np.where(self._has(pairs, "near"), _NEAR, np.where(supposes, _SUPPOSED_REACH, _REACH))
        likely = self._has(pairs, "after", "near", "object") & (self._clauses.shields[pairs.firsts] < pairs.ends)
        likely &= np.where(same, pairs.firsts - pairs.ends < limit, takes_object)
        likely &= self._n_walls[pairs.firsts + 1] == self._n_walls[pairs.ends]
        which = np.flatnonzero(likely)
        kept, same = pairs.take(which), same[which]
        verbs = self._verbs(kept.begins, kept.firsts + 1)
        subject = cue_list().only_denies_after[kept.kinds] & (verbs > 0) & self._is_followed_by_its_verb(kept.lasts)
        base = ~after[which] & takes_object[which] & self._is_base(kept.firsts)
        reached = (verbs <= 1 + supposes[which]) & ~subject & ~base
        listed = (
            self._is_listed(kept.ends - 1, kept.firsts) & ~self._clauses.governed[kept.firsts] & self._is_item(kept)
        )
        reached &= same | listed
        likely[which] = reached
        return likely

    def _reaches_back(self, pairs: _Pairs) -> Bools:
        """Return which cues reach what stands before them."""
        numbers, sentences = self._clauses.numbers, self._clauses.stream.sentences
        far, takes_object = self._has(pairs, "back"), self._has(pairs, "object")
        same = numbers[pairs.lasts - 1] == numbers[pairs.begins]
        likely: Bools = ~far & self._has(pairs, "before", "object")
        likely &= np.where(same, pairs.begins - pairs.lasts < _REACH, takes_object)
        likely &= ~(takes_object & self._clauses.governed[pairs.firsts])
        which = np.flatnonzero(likely)
        kept = pairs.take(which)
        base = takes_object[which] & (self._is_base(kept.firsts) | self._is_base(kept.lasts - 1))
        reached = ~base & (self._verbs(kept.lasts, kept.begins) == 0)
        reached &= same[which] | (self._is_listed(kept.lasts - 1, kept.begins) & self._is_item(kept))
        likely[which] = reached
        likely |= self._has(pairs, "beside") & same & (pairs.lasts == pairs.begins)
        opens = sentences[pairs.begins - 1] != sentences[pairs.begins]
        likely |= self._has(pairs, "verdict") & opens & (sentences[pairs.lasts - 1] == sentences[pairs.begins - 1])
        return likely

    def _is_close_behind(self, pairs: _Pairs) -> Bools:
        """Return which cues stand right after their stretches, in one sentence."""
        sentences, between = self._clauses.stream.sentences, pairs.begins - pairs.lasts
        close: Bools = (between >= 0) & (between < _REACH)
        close &= sentences[pairs.lasts - 1] == sentences[pairs.begins]
        return close

    def _is_followed_by_its_verb(self, lasts: Ints) -> Bools:
        follows: Bools = self._clauses.numbers[lasts] == self._clauses.numbers[lasts - 1]
        follows &= self._verbs(lasts, lasts + follows) > 0
        return follows

    def _is_listed(self, ones: Ints, others: Ints) -> Bools:
        """Return whether mere commas part two words, and short items without a verb ("nie ma biedy, przemocy")."""
        low, high = self._clauses.numbers[ones] + 1, self._clauses.numbers[others]
        begins = self._clauses.begins[np.minimum(low, len(self._clauses.items))]
        listed: Bools = (low <= high) & (self._n_others[high + 1] == self._n_others[np.minimum(low, high + 1)])
        listed &= self._n_long[high] == self._n_long[np.minimum(low, high)]
        listed &= others + 1 - self._clauses.begins[high] <= _LONGEST_ITEM
        listed &= self._verbs(begins, np.where(listed, others + 1, begins)) == 0
        return listed

    def _is_item(self, pairs: _Pairs) -> Bools:
        """Return whether the clauses of the stretches hold no verb: one that does says its own thing."""
        begins, numbers = self._clauses.begins, self._clauses.numbers
        is_item: Bools = self._verbs(begins[numbers[pairs.firsts]], begins[numbers[pairs.lasts - 1] + 1]) == 0
        return is_item

    def _verbs(self, begins: Ints, ends: Ints) -> Ints:
        """Return how many finite verbs stand in each stretch, those said aside left out."""
        owners, words = stretches(begins, ends)
        is_verb = self._clauses.verbs[words] | self._dictionary.is_finite(self._clauses.stream.forms[words])
        return np.bincount(owners[is_verb & ~self._clauses.asides[words]], minlength=len(begins))

    def _is_base(self, words: Ints) -> Bools:
        """Return which words are base forms: more likely a subject than an object."""
        return self._dictionary.is_base(self._clauses.stream.forms[words])

    def _has(self, pairs: _Pairs, *scopes: str) -> Bools:
        return cue_list().reaching(*scopes)[pairs.kinds]


class Judgement(NamedTuple):
    """How one hit of a text stands.

    Parameters
    ----------
    status : str
        The status.
    cues : tuple of (Cue, Match)
        The cues that decided, the one that governs the clause first; none where nothing did.
    asked_back : bool
        Whether the hit is a denial asked back.
    """

    status: str
    cues: tuple[tuple[Cue, Match], ...]
    asked_back: bool


def read_clauses(words: Words) -> Clauses:
    """Find the clauses of one text and the cues in it."""
    return clauses_of(stream_of(words))


def judge(hit: Match, clauses: Clauses) -> Judgement:
    """Return how a hit in one text stands, and the cues that decided."""
    spans = np.array([hit.parts]) + 1
    decided = decide(Matches(np.zeros(1, np.intp), spans[:, 0, 0], spans[:, -1, 1], spans), clauses)
    deciding = [int(found[0]) for found in (decided.outer, decided.inner) if found[0] != NOWHERE]
    cues, matcher = cue_list().cues, cue_list().matcher
    found = matcher.listed(clauses.cues.take(np.array(deciding, dtype=np.intp)))
    return Judgement(
        WEIGHTS[decided.statuses[0]], tuple((cues[match.pattern], match) for match in found), bool(decided.asked[0])
    )
