"""Where the parts of patterns stand: as a single word, or as a phrase of several."""

from __future__ import annotations

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, marked, order_of, stretches
from focus_analysis.coding.lexicon import View
from focus_analysis.coding.runs import RunFinder
from focus_analysis.language.stream import changes


class Places:
    """Where the parts of patterns stand in a stream.

    Parameters
    ----------
    classes : ndarray of int, shape (n_words,)
        Class of each word.
    breaks : ndarray of bool, shape (n_words,)
        Whether a sign stands before a word.
    runs : RunFinder
        Phrases of several words, ready to be found.
    parts_of_runs : Groups
        The parts that each of these belongs to.
    view : View
        The classes as the single words of the parts see them.

    Attributes
    ----------
    classes : ndarray of int, shape (n_words,)
        Class of each word.
    parts, firsts, lasts : ndarray of int, shape (n_phrases,)
        Phrases of several words: the part that each belongs to, its first word and the word after its last.
    """

    def __init__(self, classes: Ints, breaks: Bools, runs: RunFinder, parts_of_runs: Groups, view: View) -> None:
        self.classes = classes
        found = runs.find(classes, breaks)
        owners, self.parts = parts_of_runs.of(found.runs)
        self.firsts, self.lasts = found.firsts.take(owners), found.lasts.take(owners)
        self._view = view
        self._numbers = view.numbers.take(classes)
        self._phrases = _Lookup(self.parts, self.firsts, view.n_steps, len(classes))

    def within(self, parts: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Return where parts begin in stretches of words, each part in its own.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the stretch, first word of the part and the word after its last.
        """
        lengths = ends - begins
        longest = int(lengths.max(initial=0))
        # The longest stretches come first, so that those which a step still reaches are a slice.
        order = order_of(longest - lengths)
        n_left = np.searchsorted(-lengths.take(order), -np.arange(longest)).tolist()
        parts, words, rows = parts.take(order), begins.take(order), self._view.rows(parts).take(order)
        found = [np.zeros((3, 0), dtype=np.intp)]
        for step, n in enumerate(n_left):
            here = words[:n] + step
            alone = np.flatnonzero(self._view.table.take(rows[:n] + self._numbers.take(here)))
            single = here.take(alone)
            found.append(np.stack([order.take(alone), single, single + 1]))
            longer, runs = self._phrases.of(parts[:n], here)
            found.append(np.stack([order.take(longer), self.firsts.take(runs), self.lasts.take(runs)]))
        which, firsts, lasts = np.concatenate(found, axis=1)
        return which, firsts, lasts


class _Lookup:
    """Phrases of several words by their first word and their part."""

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


class Units:
    """Texts, sentences or clauses: the numbers of words, which rise by one from unit to unit."""

    def __init__(self, numbers: Ints) -> None:
        self._numbers = numbers - numbers[0]
        self._bounds = np.append(changes(numbers), len(numbers))

    def begins(self, words: Ints) -> Ints:
        """Return the first word of the unit that each word is in."""
        begins: Ints = self._bounds.take(self._numbers.take(words))
        return begins

    def ends(self, words: Ints) -> Ints:
        """Return the word after the last of the unit that each word is in."""
        ends: Ints = self._bounds.take(self._numbers.take(words) + 1)
        return ends
