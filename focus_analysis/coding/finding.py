"""Find patterns in a stream of words, from the rarest part of each.

A part of a pattern is a choice of phrases: single words, which the classes of words tell, and longer ones, which are
found beforehand. A pattern of one part stands where the part does. Where several parts must stand near each other, the
search begins at the one that is rarest in the text and looks for the others around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, stretches
from focus_analysis.coding.lexicon import Classes
from focus_analysis.coding.runs import RunFinder, Runs
from focus_analysis.language.stream import Stream

REACHES = ("turn", "sentence", "clause")
NO_PART = -1


@dataclass(frozen=True)
class Plan:
    """Patterns as numbers.

    Parameters
    ----------
    sides : ndarray of int, shape (n_patterns, most_sides)
        Parts of each pattern in the order written; the first stands again where there are fewer.
    n_sides, distances, reaches : ndarray of int, shape (n_patterns,)
        How many parts, how many words may stand between two, and which of ``REACHES`` must hold them all.
    ordered : ndarray of bool, shape (n_patterns,)
        Whether the parts must stand as written.
    not_near, not_before : ndarray of int, shape (n_patterns,)
        The part that rules a match out, in its sentence or right after it; -1 where none does.
    terms : ndarray of int, shape (n_parts,)
        The term that the single words of each part make.
    runs : Runs
        Phrases of several words.
    parts_of_runs : Groups
        The parts that each of these belongs to.
    """

    sides: Ints
    n_sides: Ints
    distances: Ints
    reaches: Ints
    ordered: Bools
    not_near: Ints
    not_before: Ints
    terms: Ints
    runs: Runs
    parts_of_runs: Groups


class Matches(NamedTuple):
    """Patterns found in a stream, in order of the first word, the pattern and the last word.

    Parameters
    ----------
    patterns : ndarray of int, shape (n_matches,)
        Numbers of the patterns.
    firsts, lasts : ndarray of int, shape (n_matches,)
        First word of each match, and the word after its last.
    spans : ndarray of int, shape (n_matches, most_sides, 2)
        First word of each part and the word after its last, in the order written; the first part stands again where a
        pattern has fewer.
    """

    patterns: Ints
    firsts: Ints
    lasts: Ints
    spans: Ints

    def take(self, which: Ints) -> Matches:
        """Return some of the matches."""
        return Matches(*(column[which] for column in self))


class Finder:
    """Patterns ready to be found in a stream, and in parts of it.

    Parameters
    ----------
    plan : Plan
        The patterns.
    classes : Classes
        Classes of the stream's vocabulary.
    stream : Stream
        The whole stream: how often each word stands in it tells where to begin.
    """

    def __init__(self, plan: Plan, classes: Classes, stream: Stream) -> None:
        self._plan = plan
        self._classes = classes
        self._runs = RunFinder(plan.runs, classes.fits)
        counts = classes.fits @ np.bincount(classes.of(stream), minlength=classes.fits.shape[1])
        likely = plan.runs.at_most(counts)
        of_runs = np.bincount(
            plan.parts_of_runs.values,
            np.repeat(likely, plan.parts_of_runs.sizes()),
            minlength=len(plan.terms),
        )
        n_hits = (counts[plan.terms] + of_runs)[plan.sides]
        rarest = n_hits.argmin(axis=1)
        patterns = np.flatnonzero(n_hits.min(axis=1))
        begun = plan.sides[patterns, rarest[patterns]]
        fitting, found = np.nonzero(classes.fits[plan.terms[begun]])
        self._rarest = rarest
        self._of_class = Groups.gather(found, patterns[fitting], classes.fits.shape[1])
        self._of_part = Groups.gather(begun, patterns, len(plan.terms))

    def find(self, stream: Stream, clauses: Ints | None = None) -> Matches:
        """Return every match in a stream.

        Parameters
        ----------
        stream : Stream
            The words.
        clauses : ndarray of int, optional
            Number of each word's clause, never falling; sentences stand for them where not given.
        """
        places = Places(self._plan, self._classes, self._runs, stream)
        chains = self._begun(places)
        single = self._plan.n_sides[chains.patterns] == 1
        found = [chains.take(single)]
        sentences = stream.sentences
        for reach, name in enumerate(REACHES):
            here = chains.take(~single & (self._plan.reaches[chains.patterns] == reach))
            if len(here.patterns):
                units = {"turn": None, "sentence": sentences, "clause": sentences if clauses is None else clauses}[name]
                within = stream.text_of(np.arange(len(stream))) if units is None else units
                found += self._joined(here, places, within)
        matches = _ordered(Matches(*(np.concatenate(columns) for columns in zip(*found, strict=True))))
        return matches.take(~places.ruled_out(matches))

    def _begun(self, places: Places) -> Matches:
        """Return where patterns may stand: the places of the part of each that is rarest."""
        opened = np.flatnonzero((self._of_class.sizes() > 0)[places.classes])
        owners, alone = self._of_class.of(places.classes[opened])
        runs, longer = self._of_part.of(places.parts)
        patterns = np.concatenate([alone, longer])
        firsts = np.concatenate([opened[owners], places.firsts[runs]])
        lasts = np.concatenate([opened[owners] + 1, places.lasts[runs]])
        spans = np.repeat(np.stack([firsts, lasts], axis=1)[:, None], self._plan.sides.shape[1], axis=1)
        return Matches(patterns, firsts, lasts, spans)

    def _joined(self, begun: Matches, places: Places, units: Ints) -> Iterator[Matches]:
        """Yield the matches of patterns of several parts, for each order in which the parts may stand."""
        n_sides = self._plan.n_sides[begun.patterns]
        for n in range(2, self._plan.sides.shape[1] + 1):
            for order in permutations(range(n)):
                as_written = order == tuple(range(n))
                chain = begun.take((n_sides == n) & (as_written | ~self._plan.ordered[begun.patterns]))
                yield self._in_order(chain, np.array(order), places, units)

    def _in_order(self, chain: Matches, order: Ints, places: Places, units: Ints) -> Matches:
        """Extend chains part by part: those that follow the rarest, then those that stand before it."""
        n = len(order)
        for step in [*range(1, n), *range(-1, -n, -1)]:
            where = np.argsort(order)[self._rarest[chain.patterns]] + step
            goes = (where >= 0) & (where < n)
            if goes.any():
                going, sides = chain.take(goes), order[where[goes]]
                which, firsts, lasts = places.beside(going, self._plan.sides[going.patterns, sides], units, step > 0)
                spans = going.spans[which]
                spans[np.arange(len(which)), sides[which]] = np.stack([firsts, lasts], axis=1)
                longer = Matches(
                    going.patterns[which],
                    np.minimum(going.firsts[which], firsts),
                    np.maximum(going.lasts[which], lasts),
                    spans,
                )
                chain = Matches(*(np.concatenate(both) for both in zip(chain.take(~goes), longer, strict=True)))
        chain.spans[:, n:] = chain.spans[:, :1]
        return chain


class Places:
    """Where the parts of patterns stand in a stream.

    Attributes
    ----------
    classes : ndarray of int, shape (n_words,)
        Class of each word.
    parts, firsts, lasts : ndarray of int, shape (n_phrases,)
        Phrases of several words: the part that each belongs to, its first word and the word after its last.
    """

    def __init__(self, plan: Plan, classes: Classes, runs: RunFinder, stream: Stream) -> None:
        self._plan = plan
        self._fits = classes.fits
        self._sentences = stream.sentences
        self.classes = classes.of(stream)
        found = runs.find(self.classes, stream.breaks)
        owners, self.parts = plan.parts_of_runs.of(found.runs)
        self.firsts, self.lasts = found.firsts[owners], found.lasts[owners]
        self._forward = _Lookup(self.parts, self.firsts, len(stream))
        self._backward = _Lookup(self.parts, self.lasts, len(stream))

    def beside(self, chain: Matches, parts: Ints, units: Ints, after: bool) -> tuple[Ints, Ints, Ints]:
        """Return where parts stand after chains or before them, near enough and in the same unit.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the chain, first word of the part and the word after its last.
        """
        own = units[chain.firsts]
        lookup = self._forward if after else self._backward
        terms, distances = self._plan.terms[parts], self._plan.distances[chain.patterns]
        alive, distance = np.arange(len(parts)), 0
        which, firsts, lasts = [], [], []
        while len(alive):
            words = chain.lasts[alive] + distance if after else chain.firsts[alive] - 1 - distance
            inside = (units[words] == own[alive]) & (distances[alive] >= distance)
            alive, words = alive[inside], words[inside]
            fitting = self._fits[terms[alive], self.classes[words]]
            owners, runs = lookup.of(parts[alive], words if after else words + 1)
            which += [alive[fitting], alive[owners]]
            firsts += [words[fitting], self.firsts[runs]]
            lasts += [words[fitting] + 1, self.lasts[runs]]
            distance += 1
        which, firsts, lasts = (np.concatenate([np.zeros(0, np.intp), *column]) for column in (which, firsts, lasts))
        inside = (units[firsts] == own[which]) & (units[lasts - 1] == own[which])
        return which[inside], firsts[inside], lasts[inside]

    def ruled_out(self, matches: Matches) -> Bools:
        """Return which matches do not count for what stands right after them or in their sentence."""
        before, near = self._plan.not_before[matches.patterns], self._plan.not_near[matches.patterns]
        out = self._stand(before, matches.lasts)
        asked = np.flatnonzero((near != NO_PART) & ~out)
        own = self._sentences[matches.firsts[asked]]
        begins, ends = (np.searchsorted(self._sentences, own, side=side) for side in ("left", "right"))
        owners, words = stretches(begins, ends)
        out[asked[owners[self._stand(near[asked][owners], words)]]] = True
        return out

    def _stand(self, parts: Ints, places: Ints) -> Bools:
        """Return whether a phrase of each part begins at each place; no part stands nowhere."""
        stand = self._fits[self._plan.terms[parts], self.classes[places]] & (parts != NO_PART)
        owners, _ = self._forward.of(parts, places)
        stand[owners] = True
        return stand


class _Lookup:
    """Phrases of several words by their part and one of their ends."""

    def __init__(self, parts: Ints, places: Ints, n_places: int) -> None:
        keys = parts * (n_places + 1) + places
        self._order = np.argsort(keys, kind="stable")
        self._keys = keys[self._order]
        self._n_places = n_places
        self._any = np.zeros(n_places + 1, dtype=np.bool_)
        self._any[places] = True

    def of(self, parts: Ints, places: Ints) -> tuple[Ints, Ints]:
        """Return the phrases of these parts at these places, each with the index of its part and place."""
        likely = np.flatnonzero(self._any[places])
        keys = parts[likely] * (self._n_places + 1) + places[likely]
        owners, found = stretches(*(np.searchsorted(self._keys, keys, side=side) for side in ("left", "right")))
        return likely[owners], self._order[found]


def _ordered(matches: Matches) -> Matches:
    """Put matches in order and drop those found twice."""
    spans = matches.spans.reshape(-1, 2 * matches.spans.shape[1])
    order = np.lexsort((*spans.T[::-1], matches.lasts, matches.patterns, matches.firsts))
    ordered = matches.take(order)
    rows = np.column_stack([ordered.patterns, spans[order]])
    return ordered.take(np.concatenate([[True], (rows[1:] != rows[:-1]).any(axis=1)])[: len(rows)])
