"""Where the parts of patterns stand: as a single word, or as a phrase of several."""

from __future__ import annotations

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, stretches
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
        self._begun = Groups.gather(self.firsts, np.arange(len(self.firsts)), len(classes))
        self._view = view
        self._numbers = view.numbers.take(classes)

    def within(self, parts: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Return where parts begin in stretches of words, each part in its own.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the stretch, first word of the part and the word after its last.
        """
        which, words = stretches(begins, ends)
        rows = self._view.rows(parts).take(which)
        single = np.flatnonzero(self._view.table.take(rows + self._numbers.take(words)))
        alone, words = which.take(single), words.take(single)
        which, phrases = stretches(self._begun.begins.take(begins), self._begun.begins.take(ends))
        phrases = self._begun.values.take(phrases)
        several = np.flatnonzero(self.parts.take(phrases) == parts.take(which))
        longer, phrases = which.take(several), phrases.take(several)
        firsts = np.concatenate([words, self.firsts.take(phrases)])
        return np.concatenate([alone, longer]), firsts, np.concatenate([words + 1, self.lasts.take(phrases)])


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
