"""Phrases of several words, found all at once.

Two words next to each other are looked up in a table of the phrases that begin so; the few that are found are followed
word by word. Punctuation parts no phrase; a gap lets up to three words stand between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.coding.arrays import Bools, Groups, Ints

_WIDEST_GAP = 3
NO_TERM = -1
_ANY_SEED = 20180912


class Found(NamedTuple):
    """Phrases found: the number of each, its first word and the word after its last."""

    runs: Ints
    firsts: Ints
    lasts: Ints


class Runs:
    """Phrases of two words or more.

    Parameters
    ----------
    phrases : sequence of sequence of int
        Numbers of the terms of each phrase; -1 is a gap.
    """

    def __init__(self, phrases: Sequence[Sequence[int]]) -> None:
        steps = [list(_steps(phrase)) for phrase in phrases]
        self.lengths = np.array([len(run) for run in steps], dtype=np.intp)
        widest = int(self.lengths.max(initial=2))
        self.terms = np.full((len(steps), widest), NO_TERM)
        self.gaps = np.zeros((len(steps), widest), dtype=np.bool_)
        filled = np.arange(widest) < self.lengths[:, None]
        self.terms[filled] = [term for run in steps for term, _ in run]
        self.gaps[filled] = [gap for run in steps for _, gap in run]

    def at_most(self, counts: Ints) -> Ints:
        """Return how often each phrase can stand where each term does so often: as often as its rarest word."""
        rarest: Ints = np.where(self.terms == NO_TERM, counts.sum(), counts[self.terms]).min(axis=1)
        return rarest


def _steps(phrase: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Yield each term with whether a gap stands before it."""
    gap = False
    for term in phrase:
        if term == NO_TERM:
            gap = True
        else:
            yield term, gap
            gap = False


class RunFinder:
    """Phrases ready to be found where words have these classes.

    Parameters
    ----------
    runs : Runs
        The phrases.
    fits : ndarray of bool, shape (n_terms, n_classes)
        Whether the words of a class fit a term.
    """

    def __init__(self, runs: Runs, fits: Bools) -> None:
        self._runs = runs
        self._fits = fits
        gapped = runs.gaps[:, 1]
        self._tight = _Pairs(np.flatnonzero(~gapped), runs, fits)
        self._gapped = _Pairs(np.flatnonzero(gapped), runs, fits)
        self._is_gapped = runs.gaps.any(axis=1)

    def find(self, classes: Ints, breaks: Bools) -> Found:
        """Return the phrases in a row of words; of a phrase that could end in several places, the shortest."""
        runs, firsts, places = (np.concatenate(parts) for parts in zip(*self._begun(classes, breaks), strict=True))
        found: list[tuple[Ints, Ints, Ints]] = []
        for length in range(2, self._runs.terms.shape[1] + 1):
            done = self._runs.lengths[runs] == length
            found.append((runs[done], firsts[done], places[done] + 1))
            runs, firsts, places = runs[~done], firsts[~done], places[~done]
            if len(runs):
                which, places = self._next(runs, places, length, classes, breaks)
                runs, firsts = runs[which], firsts[which]
        return self._shortest(*(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def _begun(self, classes: Ints, breaks: Bools) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield the phrases whose first two words stand there, with the places of both."""
        opened = np.flatnonzero(~breaks[1:] & self._tight.may_be(classes[:-1], classes[1:]))
        owners, runs = self._tight.of(classes[opened], classes[opened + 1])
        yield runs, opened[owners], opened[owners] + 1
        firsts = np.flatnonzero(self._gapped.may_open(classes))
        for distance in range(1, _WIDEST_GAP + 2):
            firsts = firsts[~breaks[firsts + distance]]
            seconds = firsts + distance
            owners, runs = self._gapped.of(classes[firsts], classes[seconds])
            yield runs, firsts[owners], seconds[owners]

    def _next(self, runs: Ints, places: Ints, step: int, classes: Ints, breaks: Bools) -> tuple[Ints, Ints]:
        """Return which phrases go on, and the places of their next words."""
        terms, gaps = self._runs.terms[runs, step], self._runs.gaps[runs, step]
        which, found = [], []
        alive = np.arange(len(runs))
        for distance in range(1, _WIDEST_GAP + 2):
            alive = alive[~breaks[places[alive] + distance]]
            targets = places[alive] + distance
            fitting = self._fits[terms[alive], classes[targets]]
            which.append(alive[fitting])
            found.append(targets[fitting])
            alive = alive[gaps[alive]]
        return np.concatenate(which), np.concatenate(found)

    def _shortest(self, runs: Ints, firsts: Ints, lasts: Ints) -> Found:
        """Keep the shortest of phrases with gaps that begin at one place."""
        single = ~self._is_gapped[runs]
        several = np.flatnonzero(~single)
        several = several[np.lexsort((lasts[several], firsts[several], runs[several]))]
        other = np.diff(runs[several], prepend=-1) | np.diff(firsts[several], prepend=-1)
        kept = np.concatenate([np.flatnonzero(single), several[other != 0]])
        return Found(runs[kept], firsts[kept], lasts[kept])


class _Pairs:
    """Which phrases begin with two words, by the classes of the words."""

    def __init__(self, which: Ints, runs: Runs, fits: Bools) -> None:
        first, second = (_Words(runs.terms[which, step], fits) for step in (0, 1))
        self._row, self._column = first.numbers, second.numbers
        self._n_columns = int(self._column.max()) + 1
        owners, rows = first.of(np.arange(len(which)))
        pairs, columns = second.of(owners)
        n_cells = (int(self._row.max()) + 1) * self._n_columns
        self._phrases = Groups.gather(rows[pairs] * self._n_columns + columns, which[owners[pairs]], n_cells)
        self._busy = self._phrases.sizes() > 0

    def may_open(self, classes: Ints) -> Bools:
        """Return whether a phrase can begin with a word of each class."""
        opens: Bools = (self._row > 0)[classes]
        return opens

    def may_be(self, first: Ints, second: Ints) -> Bools:
        """Return whether a phrase begins with words of these classes."""
        return self._busy[self._cells(first, second)]

    def of(self, first: Ints, second: Ints) -> tuple[Ints, Ints]:
        """Return the phrases that begin with words of these classes, each with the index of its words."""
        return self._phrases.of(self._cells(first, second))

    def _cells(self, first: Ints, second: Ints) -> Ints:
        return self._row[first] * self._n_columns + self._column[second]


class _Words:
    """The words at one step of some phrases: classes that fit the same of their terms have one number.

    Parameters
    ----------
    terms : ndarray of int
        The term of each phrase at this step.
    fits : ndarray of bool, shape (n_terms, n_classes)
        Whether the words of a class fit a term.

    Attributes
    ----------
    numbers : ndarray of int, shape (n_classes,)
        Number of each class, 0 where it fits none of the terms.
    """

    def __init__(self, terms: Ints, fits: Bools) -> None:
        self._own, unique = pd.factorize(terms)
        fitting, classes = np.nonzero(fits[unique])
        marks = np.random.default_rng(_ANY_SEED).integers(1 << 62, size=len(unique))
        sums = np.zeros(fits.shape[1] + 1, dtype=np.int64)
        np.add.at(sums, classes + 1, marks[fitting])
        codes, sets = pd.factorize(sums)
        self.numbers = codes[1:].astype(np.int32)
        pairs = np.sort(fitting * len(sets) + self.numbers[classes])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        self._groups = Groups.gather(*np.divmod(pairs, len(sets)), len(unique))

    def of(self, phrases: Ints) -> tuple[Ints, Ints]:
        """Return the numbers that fit each phrase, each with the index of its phrase."""
        return self._groups.of(self._own[phrases])
