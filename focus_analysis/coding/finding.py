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
from focus_analysis.coding.lexicon import NO_TERM, Classes, View
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
        rarest, n_hits = _rarest(plan, classes.count(stream))
        is_single, stands = plan.n_sides == 1, n_hits > 0
        self._single = _Openings(np.flatnonzero(is_single & stands), plan, rarest, classes)
        self._several = _Openings(np.flatnonzero(~is_single & stands), plan, rarest, classes)
        others = np.concatenate([plan.sides[plan.n_sides > 1].reshape(-1), plan.not_near, plan.not_before])
        self._view = View(np.where(marked(others[others != NO_PART], len(plan.terms)), plan.terms, NO_TERM), classes)
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
        places = Places(self._plan, self._classes.of(stream), self._runs, self._view, stream)
        units = {"sentence": _Units(stream.sentences)}
        units["clause"] = units["sentence"] if clauses is None else _Units(clauses)
        if (self._plan.reaches == REACHES.index("turn")).any():
            units["turn"] = _Units(stream.text_of(np.arange(len(stream))))
        begun = self._several.begun(places)
        kinds = self._kind_of.take(begun.patterns)
        order = order_of(kinds)
        bounds = np.searchsorted(kinds.take(order), np.arange(len(self._kinds) + 1))
        found = [self._spanned(self._single.begun(places))]
        for (n, reach, side), (low, high) in zip(self._kinds.tolist(), pairwise(bounds.tolist()), strict=True):
            if low < high:
                found += self._joined(begun.take(order[low:high]), n, side, places, units[REACHES[reach]])
        matches = _ordered(Matches(*(np.concatenate(columns) for columns in zip(*found, strict=True))))
        return matches.take(np.flatnonzero(~self._ruled_out(matches, places, units["sentence"])))

    def _spanned(self, begun: Matches) -> Matches:
        """Return patterns with the span that each has so far, put in the place of every part."""
        spans = np.empty((len(begun.patterns), self._plan.sides.shape[1], 2), dtype=np.int32)
        spans[:, :, 0], spans[:, :, 1] = begun.firsts[:, None], begun.lasts[:, None]
        return begun._replace(spans=spans)

    def _joined(self, begun: Matches, n: int, side: int, places: Places, units: _Units) -> Iterator[Matches]:
        """Yield the matches of patterns of ``n`` parts that begin at one side, for each order of the parts."""
        as_written = self._plan.ordered.take(begun.patterns)
        for order in permutations(range(n)):
            free = order == tuple(range(n))
            chain = begun if free else begun.take(np.flatnonzero(~as_written))
            place = order.index(side)
            for other in [*range(place + 1, n), *range(place - 1, -1, -1)]:
                chain = self._extended(chain, order[other], places, units, other > place)
            yield chain

    def _extended(self, chain: Matches, side: int, places: Places, units: _Units, after: bool) -> Matches:
        """Return chains with one part more, which stands after them or before, in the same unit."""
        parts, reach = self._plan.sides[:, side].take(chain.patterns), self._plan.distances.take(chain.patterns) + 1
        low, high = units.begins(chain.firsts), units.ends(chain.firsts)
        if after:
            which, firsts, lasts = places.after(parts, chain.lasts, np.minimum(chain.lasts + reach, high))
        else:
            which, firsts, lasts = places.before(parts, np.maximum(chain.firsts - reach, low), chain.firsts)
        longer = chain.take(which)
        longer = longer if longer.spans.shape[1] else self._spanned(longer)
        longer.spans[:, side] = np.stack([firsts, lasts], axis=1)
        longer = longer._replace(firsts=np.minimum(longer.firsts, firsts), lasts=np.maximum(longer.lasts, lasts))
        return longer.take(np.flatnonzero((longer.firsts >= low[which]) & (longer.lasts <= high[which])))

    def _ruled_out(self, matches: Matches, places: Places, sentences: _Units) -> Bools:
        """Return which matches do not count for what stands right after them or in their sentence."""
        out = np.zeros(len(matches.patterns), dtype=np.bool_)
        right_after = (matches.lasts, matches.lasts + 1)
        around = (sentences.begins(matches.firsts), sentences.ends(matches.firsts))
        for excluded, (begins, ends) in ((self._plan.not_before, right_after), (self._plan.not_near, around)):
            parts = excluded.take(matches.patterns)
            asked = np.flatnonzero(parts != NO_PART)
            which, _, _ = places.after(parts.take(asked), begins.take(asked), ends.take(asked))
            out[asked.take(which)] = True
        return out


class _Openings:
    """Where a search for patterns begins: at the part of each that is rarest."""

    def __init__(self, patterns: Ints, plan: Plan, sides: Ints, classes: Classes) -> None:
        parts = plan.sides[patterns, sides[patterns]]
        owners, fitting = classes.of_terms.of(plan.terms[parts])
        self._of_class = Groups.gather(fitting, patterns[owners], classes.n_classes)
        self._of_part = Groups.gather(parts, patterns, len(plan.terms))
        self._opens = self._of_class.sizes() > 0

    def begun(self, places: Places) -> Matches:
        """Return where the patterns may stand, each with the words of its rarest part and without spans."""
        opened = np.flatnonzero(self._opens.take(places.classes))
        owners, alone = self._of_class.of(places.classes.take(opened))
        runs, longer = self._of_part.of(places.parts)
        single = opened.take(owners)
        firsts = np.concatenate([single, places.firsts.take(runs)])
        lasts = np.concatenate([single + 1, places.lasts.take(runs)])
        return Matches(np.concatenate([alone, longer]), firsts, lasts, np.zeros((len(firsts), 0, 2), np.int32))


class Places:
    """Where the parts of patterns stand in a stream.

    Attributes
    ----------
    classes : ndarray of int, shape (n_words,)
        Class of each word.
    parts, firsts, lasts : ndarray of int, shape (n_phrases,)
        Phrases of several words: the part that each belongs to, its first word and the word after its last.
    """

    def __init__(self, plan: Plan, classes: Ints, runs: RunFinder, view: View, stream: Stream) -> None:
        self.classes = classes
        found = runs.find(classes, stream.breaks)
        owners, self.parts = plan.parts_of_runs.of(found.runs)
        self.firsts, self.lasts = found.firsts.take(owners), found.lasts.take(owners)
        self._view = view
        self._numbers = view.numbers.take(classes)
        self._forward = _Lookup(self.parts, self.firsts, len(plan.terms), len(stream))
        self._backward = _Lookup(self.parts, self.lasts, len(plan.terms), len(stream))

    def after(self, parts: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Return where parts begin in stretches of words, each part in its own.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the stretch, first word of the part and the word after its last.
        """
        return self._scanned(parts, begins, ends - begins, 1)

    def before(self, parts: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Return where parts end in stretches of words, as ``after`` does."""
        return self._scanned(parts, ends - 1, ends - begins, -1)

    def _scanned(self, parts: Ints, words: Ints, lengths: Ints, way: int) -> tuple[Ints, Ints, Ints]:
        """Look for parts in so many words, from one word on or back; the longest stretches are first in all arrays."""
        longest = int(lengths.max(initial=0))
        order = order_of(longest - lengths)
        n_left = np.searchsorted(-lengths.take(order), -np.arange(longest)).tolist()
        parts, words, rows = parts.take(order), words.take(order), self._view.rows(parts).take(order)
        lookup, found = (self._forward if way > 0 else self._backward), [np.zeros((3, 0), dtype=np.intp)]
        for step, n in enumerate(n_left):
            here = words[:n] + way * step
            single = np.flatnonzero(self._view.table.take(rows[:n] + self._numbers.take(here)))
            alone = here.take(single)
            found.append(np.stack([order.take(single), alone, alone + 1]))
            longer, runs = lookup.of(parts[:n], here if way > 0 else here + 1)
            found.append(np.stack([order.take(longer), self.firsts.take(runs), self.lasts.take(runs)]))
        which, firsts, lasts = np.concatenate(found, axis=1)
        return which, firsts, lasts


class _Lookup:
    """Phrases of several words by one of their ends and their part."""

    def __init__(self, parts: Ints, places: Ints, n_parts: int, n_places: int) -> None:
        self._n_parts = n_parts
        keys = places * n_parts + parts
        self._order = order_of(keys)
        self._keys = keys.take(self._order)
        self._any = marked(places, n_places + 1)

    def of(self, parts: Ints, places: Ints) -> tuple[Ints, Ints]:
        """Return the phrases of parts at the place of each: the index of the part, and the phrase."""
        likely = np.flatnonzero(self._any.take(places))
        keys = places.take(likely) * self._n_parts + parts.take(likely)
        begins = np.searchsorted(self._keys, keys)
        real = np.flatnonzero(self._keys.take(begins, mode="clip") == keys) if len(self._keys) else likely[:0]
        owners, phrases = stretches(begins.take(real), np.searchsorted(self._keys, keys.take(real), side="right"))
        return likely.take(real).take(owners), self._order.take(phrases)


def _rarest(plan: Plan, n_terms: Ints) -> tuple[Ints, Ints]:
    """Return the side of each pattern that stands least often where terms stand so often, and how often at most."""
    n_runs = np.repeat(plan.runs.at_most(n_terms), plan.parts_of_runs.sizes())
    n_parts = n_terms[plan.terms] + np.bincount(plan.parts_of_runs.values, n_runs, minlength=len(plan.terms))
    n_sides = n_parts[plan.sides]
    return n_sides.argmin(axis=1), n_sides.min(axis=1)


class _Units:
    """Texts, sentences or clauses: the numbers of words, which rise by one from unit to unit."""

    def __init__(self, numbers: Ints) -> None:
        self._numbers = numbers - numbers[0]
        self._bounds = np.append(np.flatnonzero(np.diff(self._numbers, prepend=-1)), len(numbers))

    def begins(self, words: Ints) -> Ints:
        """Return the first word of the unit that each word is in."""
        return self._bounds.take(self._numbers.take(words))

    def ends(self, words: Ints) -> Ints:
        """Return the word after the last of the unit that each word is in."""
        return self._bounds.take(self._numbers.take(words) + 1)


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
