"""Find patterns in a stream of words, from the rarest part of each.

A part of a pattern is a choice of phrases: single words, which the classes of words tell, and longer ones, which are
found beforehand. A pattern of one part stands where the part does. Where several parts must stand near each other, the
search begins at the one that is rarest in the text and looks for the others around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, marked, order_of, stretches
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
        return Matches(*(column.take(which, axis=0) for column in self))


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
        self._runs = RunFinder(plan.runs, classes)
        rarest, n_hits = _rarest(plan, classes, stream)
        patterns = np.flatnonzero(n_hits)
        begun = plan.sides[patterns, rarest[patterns]]
        owners, fitting = classes.of_terms.of(plan.terms[begun])
        self._of_class = Groups.gather(fitting, patterns[owners], classes.n_classes)
        self._opens = self._of_class.sizes() > 0
        self._of_part = Groups.gather(begun, patterns, len(plan.terms))
        # Patterns that are searched for in the same way make one kind: parts, reach, and where to begin.
        kinds = np.stack([plan.n_sides, plan.reaches, rarest], axis=1)
        self._kinds, kind_of = np.unique(kinds, axis=0, return_inverse=True)
        self._kind_of = kind_of.reshape(-1)

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
        begun = self._begun(places)
        kinds = self._kind_of.take(begun.patterns)
        order = order_of(kinds)
        bounds = np.searchsorted(kinds.take(order), np.arange(len(self._kinds) + 1))
        found = [begun.take(order[:0])._replace(spans=np.zeros((0, self._plan.sides.shape[1], 2), np.intp))]
        for kind, (low, high) in zip(self._kinds.tolist(), pairwise(bounds.tolist()), strict=True):
            if low < high:
                units = _units(REACHES[kind[1]], stream, clauses)
                found += self._joined(begun.take(order[low:high]), kind[0], kind[2], places, units)
        matches = _ordered(Matches(*(np.concatenate(columns) for columns in zip(*found, strict=True))))
        return matches.take(np.flatnonzero(~places.ruled_out(matches)))

    def _begun(self, places: Places) -> Matches:
        """Return where patterns may stand: the places of the part of each that is rarest, without spans."""
        opened = np.flatnonzero(self._opens.take(places.classes))
        owners, alone = self._of_class.of(places.classes.take(opened))
        runs, longer = self._of_part.of(places.parts)
        single = opened.take(owners)
        firsts = np.concatenate([single, places.firsts.take(runs)])
        lasts = np.concatenate([single + 1, places.lasts.take(runs)])
        return Matches(np.concatenate([alone, longer]), firsts, lasts, np.zeros((len(firsts), 0, 2), np.intp))

    def _spanned(self, begun: Matches) -> Matches:
        """Return patterns with the span that each has so far, put in the place of every part."""
        spans = np.stack([begun.firsts, begun.lasts], axis=1)[:, None]
        return begun._replace(spans=np.repeat(spans, self._plan.sides.shape[1], axis=1))

    def _joined(self, begun: Matches, n: int, side: int, places: Places, units: Ints) -> Iterator[Matches]:
        """Yield the matches of patterns of ``n`` parts that begin at one side, for each order of the parts."""
        if n == 1:
            yield self._spanned(begun)
            return
        as_written = self._plan.ordered.take(begun.patterns)
        for order in permutations(range(n)):
            free = order == tuple(range(n))
            chain = begun if free else begun.take(np.flatnonzero(~as_written))
            place = order.index(side)
            for other in [*range(place + 1, n), *range(place - 1, -1, -1)]:
                chain = self._extended(chain, order[other], places, units, other > place)
            yield chain

    def _extended(self, chain: Matches, side: int, places: Places, units: Ints, after: bool) -> Matches:
        """Return chains with one part more, which stands after them or before."""
        which, firsts, lasts = places.beside(chain, self._plan.sides[chain.patterns, side], units, after)
        longer = chain.take(which)
        longer = longer if longer.spans.shape[1] else self._spanned(longer)
        longer.spans[:, side] = np.stack([firsts, lasts], axis=1)
        return longer._replace(firsts=np.minimum(longer.firsts, firsts), lasts=np.maximum(longer.lasts, lasts))


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
        self._classes = classes
        self._sentences = stream.sentences
        self.classes = classes.of(stream)
        found = runs.find(self.classes, stream.breaks)
        owners, self.parts = plan.parts_of_runs.of(found.runs)
        self.firsts, self.lasts = found.firsts[owners], found.lasts[owners]
        self._forward = _Lookup(self.parts, self.firsts, len(plan.terms), len(stream))
        self._backward = _Lookup(self.parts, self.lasts, len(plan.terms), len(stream))

    def beside(self, chain: Matches, parts: Ints, units: Ints, after: bool) -> tuple[Ints, Ints, Ints]:
        """Return where parts stand after chains or before them, near enough and in the same unit.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the chain, first word of the part and the word after its last.
        """
        lookup = self._forward if after else self._backward
        own, distances = units.take(chain.firsts), self._plan.distances.take(chain.patterns)
        terms = self._plan.terms.take(parts)
        words = chain.lasts if after else chain.firsts - 1
        alive, distance = np.arange(len(parts)), 0
        found = [np.zeros((3, 0), dtype=np.intp)]
        while len(alive):
            inside = np.flatnonzero((units.take(words) == own.take(alive)) & (distances.take(alive) >= distance))
            alive, words = alive.take(inside), words.take(inside)
            fitting = np.flatnonzero(self._classes.fit(terms.take(alive), self.classes.take(words)))
            owners, runs = lookup.of(parts, alive, words if after else words + 1)
            singles = words.take(fitting)
            found.append(np.stack([alive.take(fitting), singles, singles + 1]))
            found.append(np.stack([owners, self.firsts.take(runs), self.lasts.take(runs)]))
            words = words + 1 if after else words - 1
            distance += 1
        which, firsts, lasts = np.concatenate(found, axis=1)
        inside = np.flatnonzero((units[firsts] == own[which]) & (units[lasts - 1] == own[which]))
        return which[inside], firsts[inside], lasts[inside]

    def ruled_out(self, matches: Matches) -> Bools:
        """Return which matches do not count for what stands right after them or in their sentence."""
        before, near = self._plan.not_before.take(matches.patterns), self._plan.not_near.take(matches.patterns)
        out = np.zeros(len(before), dtype=np.bool_)
        asked = np.flatnonzero(before != NO_PART)
        out[asked] = self._stand(before[asked], matches.lasts[asked])
        asked = np.flatnonzero((near != NO_PART) & ~out)
        own = self._sentences[matches.firsts[asked]]
        begins, ends = (np.searchsorted(self._sentences, own, side=side) for side in ("left", "right"))
        owners, words = stretches(begins, ends)
        out[asked[owners[self._stand(near[asked][owners], words)]]] = True
        return out

    def _stand(self, parts: Ints, words: Ints) -> Bools:
        """Return whether a phrase of each part begins at each word."""
        stand = self._classes.fit(self._plan.terms.take(parts), self.classes.take(words))
        owners, _ = self._forward.of(parts, np.arange(len(parts)), words)
        stand[owners] = True
        return stand


class _Lookup:
    """Phrases of several words by one of their ends and their part."""

    def __init__(self, parts: Ints, places: Ints, n_parts: int, n_places: int) -> None:
        self._n_parts = n_parts
        keys = places * n_parts + parts
        self._order = order_of(keys)
        self._keys = keys.take(self._order)
        self._any = marked(places, n_places + 1)

    def of(self, parts: Ints, which: Ints, places: Ints) -> tuple[Ints, Ints]:
        """Return the phrases of some parts, at the place of each: which part it was, and the phrase."""
        likely = np.flatnonzero(self._any.take(places))
        owners = which.take(likely)
        keys = places.take(likely) * self._n_parts + parts.take(owners)
        begins = np.searchsorted(self._keys, keys)
        real = np.flatnonzero(np.append(self._keys, -1).take(begins) == keys)
        found, phrases = stretches(begins.take(real), np.searchsorted(self._keys, keys.take(real), side="right"))
        return owners.take(real).take(found), self._order.take(phrases)


def _rarest(plan: Plan, classes: Classes, stream: Stream) -> tuple[Ints, Ints]:
    """Return the side of each pattern that can stand in a stream least often, and how often at most."""
    n_words = np.bincount(classes.of(stream), minlength=classes.n_classes)
    owners = np.repeat(np.arange(len(classes.of_terms.begins) - 1), classes.of_terms.sizes())
    n_terms = np.bincount(owners, n_words[classes.of_terms.values], minlength=len(classes.of_terms.begins) - 1)
    n_runs = np.repeat(plan.runs.at_most(n_terms), plan.parts_of_runs.sizes())
    n_parts = n_terms[plan.terms] + np.bincount(plan.parts_of_runs.values, n_runs, minlength=len(plan.terms))
    n_sides = n_parts[plan.sides]
    return n_sides.argmin(axis=1), n_sides.min(axis=1)


def _units(reach: str, stream: Stream, clauses: Ints | None) -> Ints:
    """Return the number of each word's text, sentence or clause."""
    if reach == "turn":
        return stream.text_of(np.arange(len(stream)))
    return stream.sentences if reach == "sentence" or clauses is None else clauses


def _ordered(matches: Matches) -> Matches:
    """Put matches in order and drop those found twice."""
    n_patterns = int(matches.patterns.max(initial=0)) + 1
    keys = matches.firsts * n_patterns + matches.patterns
    order = order_of(keys)
    keys = keys.take(order)
    same = keys[1:] == keys[:-1]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rows = np.column_stack([matches.lasts, matches.spans.reshape(len(order), 2 * matches.spans.shape[1])])[order[tied]]
    again = np.lexsort((*rows.T[::-1], keys[tied]))
    order[tied] = order[tied][again]
    rows, keys = rows[again], keys[tied]
    twice = (keys[1:] == keys[:-1]) & (rows[1:] == rows[:-1]).all(axis=1)
    return matches.take(np.delete(order, tied[1:][twice]))
