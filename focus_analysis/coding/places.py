"""Where the parts of patterns stand: as a single word, or as a phrase of several."""

from __future__ import annotations

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, stretches
from focus_analysis.coding.lexicon import View
from focus_analysis.coding.runs import RunFinder
from focus_analysis.language.stream import changes

_OWN_BITS = 16


class Filter:
    """Which parts a sentence may hold, told by 64 bits for each sentence.

    Every part has a bit, of its own where it is asked for most, and otherwise one that some share. A sentence has the
    bits of all its parts, so that one without the bit of a part does not hold it.

    Parameters
    ----------
    n_asked : ndarray of int, shape (n_parts,)
        How often each part may be asked for.
    view : View
        The classes as the single words of the parts see them.

    Attributes
    ----------
    of_parts : ndarray of uint64, shape (n_parts,)
        Bit of each part, none where it is not asked for.
    of_numbers : ndarray of uint64, shape (n_numbers,)
        Bits of the parts that a number fits.
    """

    def __init__(self, n_asked: Ints, view: View) -> None:
        ranks = np.argsort(np.argsort(-n_asked, kind="stable"))
        bits = np.where(ranks < _OWN_BITS, ranks, _OWN_BITS + ranks % (64 - _OWN_BITS)).astype(np.uint64)
        self.of_parts = (np.uint64(1) << bits) * (n_asked > 0)
        owners, numbers = view.of(np.arange(len(n_asked)))
        self.of_numbers = np.zeros(view.n_numbers, dtype=np.uint64)
        np.bitwise_or.at(self.of_numbers, numbers, self.of_parts.take(owners))


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
    sentences : Units
        The sentences.
    filter_ : Filter
        Tells which parts a sentence may hold.

    Attributes
    ----------
    classes : ndarray of int, shape (n_words,)
        Class of each word.
    parts, firsts, lasts : ndarray of int, shape (n_phrases,)
        Phrases of several words in order: the part that each belongs to, its first word and the word after its last.
    """

    def __init__(
        self,
        classes: Ints,
        breaks: Bools,
        runs: RunFinder,
        parts_of_runs: Groups,
        view: View,
        sentences: Units,
        filter_: Filter,
    ) -> None:
        self.classes = classes
        found = runs.find(classes, breaks)
        owners, parts = parts_of_runs.of(found.runs)
        begun = Groups.gather(found.firsts.take(owners), np.arange(len(owners)), len(classes))
        owners, self.parts = owners.take(begun.values), parts.take(begun.values)
        self.firsts, self.lasts = found.firsts.take(owners), found.lasts.take(owners)
        self._begins = begun.begins
        self._view = view
        self._numbers = view.numbers.take(classes)
        self._sentences = sentences
        self._bits = sentences.either(self._marked(filter_))

    def _marked(self, filter_: Filter) -> Ints:
        """Return the bits of the parts that begin at each word."""
        marks: Ints = filter_.of_numbers.take(self._numbers)
        begins = changes(self.firsts)
        if len(self.firsts):
            marks[self.firsts.take(begins)] |= np.bitwise_or.reduceat(filter_.of_parts.take(self.parts), begins)
        return marks

    def may_hold(self, bits: Ints, words: Ints) -> Bools:
        """Return whether the sentence of each word may hold the parts with these bits."""
        held = self._bits.take(self._sentences.of(words))
        may: Bools = (bits & held) == bits
        return may

    def within(self, parts: Ints, begins: Ints, ends: Ints, earlier: int = 0) -> tuple[Ints, Ints, Ints]:
        """Return where parts begin in stretches of words, each part in its own.

        Parameters
        ----------
        parts, begins, ends : ndarray of int
            Number of the part, first word of the stretch and the word after its last.
        earlier : int
            By how many words a phrase of several may begin before the stretch.

        Returns
        -------
        which, firsts, lasts : ndarray of int
            Index of the stretch, first word of the part and the word after its last.
        """
        which, words = stretches(begins, ends)
        rows = self._view.rows(parts).take(which)
        single = np.flatnonzero(self._view.table.take(rows + self._numbers.take(words)))
        alone, words = which.take(single), words.take(single)
        which, phrases = stretches(self._begins.take(np.maximum(begins - earlier, 0)), self._begins.take(ends))
        several = np.flatnonzero(self.parts.take(phrases) == parts.take(which))
        longer, phrases = which.take(several), phrases.take(several)
        firsts = np.concatenate([words, self.firsts.take(phrases)])
        return np.concatenate([alone, longer]), firsts, np.concatenate([words + 1, self.lasts.take(phrases)])


class Units:
    """Texts, sentences or clauses: the numbers of words, which rise by one from unit to unit."""

    def __init__(self, numbers: Ints) -> None:
        self._numbers = numbers - numbers[0]
        self._bounds = np.append(changes(numbers), len(numbers))

    def of(self, words: Ints) -> Ints:
        """Return the number of the unit that each word is in, from 0."""
        numbers: Ints = self._numbers.take(words)
        return numbers

    def either(self, bits: Ints) -> Ints:
        """Return the bits that any word of each unit has."""
        united: Ints = np.bitwise_or.reduceat(bits, self._bounds[:-1])
        return united

    def begins(self, words: Ints) -> Ints:
        """Return the first word of the unit that each word is in."""
        begins: Ints = self._bounds.take(self._numbers.take(words))
        return begins

    def ends(self, words: Ints) -> Ints:
        """Return the word after the last of the unit that each word is in."""
        ends: Ints = self._bounds.take(self._numbers.take(words) + 1)
        return ends
