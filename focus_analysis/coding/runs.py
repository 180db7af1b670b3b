"""Phrases of several words, found all at once.

Two words of each phrase that seldom stand side by side are its anchor. Two words of a text are looked up in a table of
the phrases that they may be the anchor of; the few that are found are followed word by word. No phrase goes on beyond
punctuation; a gap lets up to three words stand between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, marked
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
        return int((self.lengths + self.gaps.sum(axis=1) * _WIDEST_GAP).max(initial=0))

    def at_most(self, counts: Ints) -> Ints:
        """Return how often each phrase can stand where each term does so often: as often as its rarest word."""
        rarest: Ints = self._counts(counts).min(axis=1)
        return rarest

    def anchors(self, counts: Ints) -> Ints:
        """Return the first of the two words of each phrase that are rarest together; no gap may stand before it."""
        n_words = self._counts(counts).astype(float)
        n_pairs = n_words[:, :-1] * n_words[:, 1:]
        n_pairs[self.gaps[:, :-1].cumsum(axis=1) > 0] = np.inf
        anchors: Ints = n_pairs.argmin(axis=1)
        return anchors

    def _counts(self, counts: Ints) -> Ints:
        """Return how often each word of each phrase stands; where a phrase has ended, more often than any."""
        n_words: Ints = np.where(self.terms == NO_TERM, counts.sum(), counts[self.terms])
        return n_words


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
    counts : ndarray of int, shape (n_terms,)
        How often a word that fits each term can stand.
    """

    def __init__(self, runs: Runs, classes: Classes, counts: Ints) -> None:
        self._runs = runs
        self._anchors = runs.anchors(counts)
        is_apart = runs.gaps[np.arange(len(self._anchors)), self._anchors + 1]
        self._tight, self._apart = (
            _Pairs(np.flatnonzero(which), runs, self._anchors, classes) for which in (~is_apart, is_apart)
        )
        steps = np.arange(runs.terms.shape[1]) - self._anchors[:, None]
        self._view = View(np.where((steps == 0) | (steps == 1), NO_TERM, runs.terms).reshape(-1), classes)
        self._is_gapped = runs.gaps.any(axis=1)

    def find(self, classes: Ints, breaks: Bools) -> Found:
        """Return the phrases in a row of words; of a phrase that could end in several places, the shortest."""
        runs, firsts, places = self._headed(list(self._begun(classes, breaks)), classes, breaks)
        n_words = self._anchors.take(runs) + 2
        found: list[tuple[Ints, Ints, Ints]] = []
        while len(runs):
            is_done = self._runs.lengths.take(runs) == n_words
            done, others = np.flatnonzero(is_done), np.flatnonzero(~is_done)
            found.append((runs.take(done), firsts.take(done), places.take(done) + 1))
            runs, firsts, n_words = runs.take(others), firsts.take(others), n_words.take(others)
            which, places = self._next(runs, n_words, places.take(others), classes, breaks)
            runs, firsts, n_words = runs.take(which), firsts.take(which), n_words.take(which) + 1
        return self._shortest(*(np.concatenate(parts) for parts in zip(*found, (runs, firsts, places), strict=True)))

    def _begun(self, classes: Ints, breaks: Bools) -> Iterator[tuple[Ints, Ints, Ints]]:
        """Yield the phrases whose anchors stand there, with the places of both words."""
        likely = np.flatnonzero(self._tight.may_open(classes)[:-1] & ~breaks[1:])
        yield self._tight.of(likely, likely + 1, classes)
        likely = np.flatnonzero(self._apart.may_open(classes))
        for distance in range(1, _WIDEST_GAP + 2):
            likely = likely.take(np.flatnonzero(~breaks.take(likely + distance)))
            yield self._apart.of(likely, likely + distance, classes)

    def _headed(
        self, begun: Sequence[tuple[Ints, Ints, Ints]], classes: Ints, breaks: Bools
    ) -> tuple[Ints, Ints, Ints]:
        """Return the phrases whose words before the anchor stand there, with their first and the anchor's last."""
        runs, anchors, places = map(np.concatenate, zip(*begun, strict=True))
        firsts = anchors - self._anchors.take(runs)
        for step in range(int(self._anchors.max(initial=0))):
            headed = np.flatnonzero(firsts + step < anchors)
            words = firsts.take(headed) + step
            stands = self._fits(runs.take(headed), step, words, classes) & ~breaks.take(words + 1)
            kept = np.flatnonzero(~marked(headed[~stands], len(runs)))
            runs, firsts, anchors, places = (column.take(kept) for column in (runs, firsts, anchors, places))
        return runs, firsts, places

    def _next(self, runs: Ints, steps: Ints, places: Ints, classes: Ints, breaks: Bools) -> tuple[Ints, Ints]:
        """Return which phrases go on by these steps, and the places of their next words; a sign parts them."""
        fitting, found = [], []
        alive, is_gapped = np.arange(len(runs)), self._runs.gaps[runs, steps]
        for distance in range(_WIDEST_GAP + 1):
            words = places.take(alive) + distance + 1
            unparted = np.flatnonzero(~breaks.take(words))
            alive, words = alive.take(unparted), words.take(unparted)
            which = np.flatnonzero(self._fits(runs.take(alive), steps.take(alive), words, classes))
            fitting.append(alive.take(which))
            found.append(words.take(which))
            alive = alive.take(np.flatnonzero(is_gapped.take(alive)))
        return np.concatenate(fitting), np.concatenate(found)

    def _fits(self, runs: Ints, steps: Ints | int, words: Ints, classes: Ints) -> Bools:
        """Return whether words fit the terms of phrases at these steps."""
        rows = self._view.rows(runs * self._runs.terms.shape[1] + steps)
        return self._view.table.take(rows + self._view.numbers.take(classes.take(words)))

    def _shortest(self, runs: Ints, firsts: Ints, lasts: Ints) -> Found:
        """Keep the shortest of phrases with gaps that begin at one place."""
        is_gapped = self._is_gapped.take(runs)
        several = np.flatnonzero(is_gapped)
        several = several[np.lexsort((lasts[several], firsts[several], runs[several]))]
        other = np.diff(runs[several], prepend=-1) | np.diff(firsts[several], prepend=-1)
        kept = np.concatenate([np.flatnonzero(~is_gapped), several[other != 0]])
        return Found(runs.take(kept), firsts.take(kept), lasts.take(kept))


class _Pairs:
    """Which phrases two words may be the anchor of, by the classes of the words."""

    def __init__(self, which: Ints, runs: Runs, anchors: Ints, classes: Classes) -> None:
        first, second = (View(runs.terms[which, anchors[which] + step], classes) for step in (0, 1))
        self._row, self._column = first.numbers * second.n_numbers, second.numbers
        owners, rows = first.of(np.arange(len(which)))
        pairs, columns = second.of(owners)
        cells = rows.take(pairs) * second.n_numbers + columns
        self._phrases = Groups.gather(cells, which[owners.take(pairs)], first.n_numbers * second.n_numbers)
        self._is_phrase = self._phrases.sizes() > 0
        self._opens = self._row > 0

    def may_open(self, classes: Ints) -> Bools:
        """Return whether a word of each class can be the first of an anchor."""
        return self._opens.take(classes)

    def of(self, firsts: Ints, seconds: Ints, classes: Ints) -> tuple[Ints, Ints, Ints]:
        """Return the phrases that words at these places may be the anchor of, and the places of both words."""
        cells = self._row.take(classes.take(firsts)) + self._column.take(classes.take(seconds))
        found = np.flatnonzero(self._is_phrase.take(cells))
        owners, phrases = self._phrases.of(cells.take(found))
        which = found.take(owners)
        return phrases, firsts.take(which), seconds.take(which)
