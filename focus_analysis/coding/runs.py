"""Phrases of several words, found all at once.

Two words next to each other are looked up in a table of the phrases that begin so; the few that are found are followed
word by word. Punctuation parts no phrase; a gap lets up to three words stand between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints
from focus_analysis.coding.lexicon import NO_TERM, Classes, View

_WIDEST_GAP = 3
GAP = -1


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

    @property
    def longest(self) -> int:
        """How many words a phrase can take up at most."""
        return int((self.lengths + self.gaps.sum(axis=1) * _WIDEST_GAP).max(initial=1))

    def at_most(self, counts: Ints) -> Ints:
        """Return how often each phrase can stand where each term does so often: as often as its rarest word."""
        rarest: Ints = np.where(self.terms == NO_TERM, counts.sum(), counts[self.terms]).min(axis=1)
        return rarest


def _steps(phrase: Sequence[int]) -> Iterator[tuple[int, bool]]:
    """Yield each term with whether a gap stands before it."""
    gap = False
    for term in phrase:
        if term == GAP:
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
    classes : Classes
        Classes of the words.
    """

    def __init__(self, runs: Runs, classes: Classes) -> None:
        self._runs = runs
        self._later = View(runs.terms[:, 2:].reshape(-1), classes)
        self._gaps = runs.gaps[:, 2:].reshape(-1)
        gapped = runs.gaps[:, 1]
        self._tight = _Pairs(np.flatnonzero(~gapped), runs, classes)
        self._gapped = _Pairs(np.flatnonzero(gapped), runs, classes)
        self._is_gapped = runs.gaps.any(axis=1)

    def find(self, classes: Ints, breaks: Bools) -> Found:
        """Return the phrases in a row of words; of a phrase that could end in several places, the shortest."""
        runs, firsts, places = (np.concatenate(parts) for parts in zip(*self._begun(classes, breaks), strict=True))
        found: list[tuple[Ints, Ints, Ints]] = []
        for length in range(2, self._runs.terms.shape[1] + 1):
            is_done = self._runs.lengths.take(runs) == length
            done, others = np.flatnonzero(is_done), np.flatnonzero(~is_done)
            found.append((runs.take(done), firsts.take(done), places.take(done) + 1))
            if not len(others):
                break
            steps = runs.take(others) * (self._runs.terms.shape[1] - 2) + length - 2
            which, places = self._next(steps, places.take(others), classes, breaks)
            runs, firsts = runs.take(others.take(which)), firsts.take(others.take(which))
        return self._shortest(*(np.concatenate(parts) for parts in zip(*found, strict=True)))

    def _begun(self, classes: Ints, breaks: Bools) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield the phrases whose first two words stand there, with the places of both."""
        likely = np.flatnonzero(self._tight.may_open(classes)[:-1] & self._tight.may_follow(classes)[1:] & ~breaks[1:])
        yield self._tight.of(likely, likely + 1, classes)
        likely = np.flatnonzero(self._gapped.may_open(classes))
        for distance in range(1, _WIDEST_GAP + 2):
            likely = likely.take(np.flatnonzero(~breaks.take(likely + distance)))
            yield self._gapped.of(likely, likely + distance, classes)

    def _next(self, steps: Ints, places: Ints, classes: Ints, breaks: Bools) -> tuple[Ints, Ints]:
        """Return which phrases go on by these steps, and the places of their next words; a sign parts them."""
        rows, targets = self._later.rows(steps), places + 1
        fitting = self._fitting(rows, targets, classes, breaks)
        which, found = [fitting], [targets.take(fitting)]
        alive = np.flatnonzero(self._gaps.take(steps))
        for distance in range(1, _WIDEST_GAP + 1):
            alive = alive.take(np.flatnonzero(~breaks.take(places.take(alive) + distance)))
            targets = places.take(alive) + distance + 1
            fitting = self._fitting(rows.take(alive), targets, classes, breaks)
            which.append(alive.take(fitting))
            found.append(targets.take(fitting))
        return np.concatenate(which), np.concatenate(found)

    def _fitting(self, rows: Ints, targets: Ints, classes: Ints, breaks: Bools) -> Ints:
        numbers = self._later.numbers.take(classes.take(targets))
        return np.flatnonzero(self._later.table.take(rows + numbers) & ~breaks.take(targets))

    def _shortest(self, runs: Ints, firsts: Ints, lasts: Ints) -> Found:
        """Keep the shortest of phrases with gaps that begin at one place."""
        is_gapped = self._is_gapped.take(runs)
        several = np.flatnonzero(is_gapped)
        several = several[np.lexsort((lasts[several], firsts[several], runs[several]))]
        other = np.diff(runs[several], prepend=-1) | np.diff(firsts[several], prepend=-1)
        kept = np.concatenate([np.flatnonzero(~is_gapped), several[other != 0]])
        return Found(runs.take(kept), firsts.take(kept), lasts.take(kept))


class _Pairs:
    """Which phrases begin with two words, by the classes of the words."""

    def __init__(self, which: Ints, runs: Runs, classes: Classes) -> None:
        first, second = (View(runs.terms[which, step], classes) for step in (0, 1))
        self._row, self._column = first.numbers * second.n_numbers, second.numbers
        owners, rows = first.of(np.arange(len(which)))
        pairs, columns = second.of(owners)
        cells = rows.take(pairs) * second.n_numbers + columns
        self._phrases = Groups.gather(cells, which[owners.take(pairs)], first.n_numbers * second.n_numbers)
        self._is_phrase = self._phrases.sizes() > 0
        self._opens, self._follows = self._row > 0, self._column > 0

    def may_open(self, classes: Ints) -> Bools:
        """Return whether a phrase can begin with a word of each class."""
        return self._opens.take(classes)

    def may_follow(self, classes: Ints) -> Bools:
        """Return whether a phrase can have a word of each class as its second."""
        return self._follows.take(classes)

    def of(self, firsts: Ints, seconds: Ints, classes: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the phrases that begin with words at these places, and the places of both words."""
        cells = self._row.take(classes.take(firsts)) + self._column.take(classes.take(seconds))
        found = np.flatnonzero(self._is_phrase.take(cells))
        owners, phrases = self._phrases.of(cells.take(found))
        which = found.take(owners)
        return phrases, firsts.take(which), seconds.take(which)
