"""Which words of a text fit which terms of the patterns.

The terms are inflected, not the text: every form has a number, and each term knows the numbers of its forms. Forms that
fit the same terms are one class, so that a text becomes a row of small numbers, and "does this word fit that term" a
look into a table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, cached_property
from itertools import repeat

import numpy as np
import pandas as pd

from focus_analysis.coding.arrays import Bools, Groups, Ints, marked
from focus_analysis.coding.inflection import inflected
from focus_analysis.language.morphology import unambiguous_forms
from focus_analysis.language.stream import Stream, changes, first_places
from focus_analysis.language.tokens import looked_up
from focus_analysis.patterns import Atom, Term

# The empty term, which no word fits, is the first of every lexicon.
NO_TERM = 0
_ANY_SEED = 20180912
# Every form that a pattern asked for in this process, with its number.
_NUMBERS: dict[str, int] = {}


class Lexicon:
    """Terms ready to be looked for in any vocabulary.

    Parameters
    ----------
    terms : sequence of Term
        Their order numbers them.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        numbers = [_numbers(term) for term in terms]
        owners = np.repeat(np.arange(len(terms)), [len(found) for found in numbers])
        self._n_terms = len(terms)
        self._terms_of = Groups.gather(np.concatenate([np.zeros(0, np.intp), *numbers]), owners, len(_NUMBERS))
        self._beginnings = [(term, looked_up(word)) for term, word in _words_of(terms, "beginning")]
        self._cased = _words_of(terms, "cased")

    @cached_property
    def forms(self) -> frozenset[str]:
        """The forms that fit any term."""
        every = list(_NUMBERS)
        return frozenset(every[number] for number in np.flatnonzero(self._terms_of.sizes()))

    def classes(self, vocabulary: Sequence[str]) -> Classes:
        """Put the forms of a vocabulary into classes; forms that fit no term are class 0."""
        forms, terms = np.concatenate([self._whole_forms(vocabulary), *self._begun(vocabulary)], axis=1)
        written = self._written(vocabulary)
        extended = [np.stack([forms, terms])]
        for number, (word, form) in enumerate(written, len(vocabulary)):
            every = [*terms[forms == form].tolist(), *(term for term, other in self._cased if other == word)]
            extended.append(np.stack([np.full(len(every), number), np.array(every, dtype=np.intp)]))
        forms, terms = np.concatenate(extended, axis=1)
        class_of, of_terms = _classified(forms, terms, len(vocabulary) + len(written), self._n_terms)
        return Classes(class_of, of_terms, written)

    def _written(self, vocabulary: Sequence[str]) -> list[tuple[str, int]]:
        """Return the words whose capitals count, each with the number of its form; only those that a text may hold."""
        words = {word: looked_up(word) for _, word in self._cased}
        forms = set(words.values())
        numbers = {form: number for number, form in enumerate(vocabulary) if form in forms} if forms else {}
        return [(word, numbers[form]) for word, form in words.items() if form in numbers]

    def _whole_forms(self, vocabulary: Sequence[str]) -> Ints:
        """Return pairs of form and term."""
        numbers = np.fromiter(map(_NUMBERS.get, vocabulary, repeat(-1)), np.intp, len(vocabulary))
        known = np.flatnonzero((numbers >= 0) & (numbers < len(self._terms_of.begins) - 1))
        owners, terms = self._terms_of.of(numbers[known])
        return np.stack([known[owners], terms])

    def _begun(self, vocabulary: Sequence[str]) -> Iterator[Ints]:
        """Yield pairs of form and term where the form begins as the term asks."""
        if not self._beginnings:
            return
        shortest = min(len(beginning) for _, beginning in self._beginnings)
        likely: dict[str, list[tuple[int, str]]] = {beginning[:shortest]: [] for _, beginning in self._beginnings}
        for number, form in enumerate(vocabulary):
            if form[:shortest] in likely:
                likely[form[:shortest]].append((number, form))
        for term, beginning in self._beginnings:
            found = [number for number, form in likely[beginning[:shortest]] if form.startswith(beginning)]
            yield np.stack([np.array(found, dtype=np.intp), np.full(len(found), term)])


class Classes:
    """Forms of a vocabulary in classes, and which classes fit which terms.

    Parameters
    ----------
    class_of : ndarray of int
        Class of each form, and then of each word whose capitals count.
    of_terms : Groups
        The classes that fit each term.
    cased : list of (str, int)
        Words whose capitals count, each with the number of its form in the vocabulary.
    """

    def __init__(self, class_of: Ints, of_terms: Groups, cased: list[tuple[str, int]]) -> None:
        self.of_terms = of_terms
        self.n_classes = int(class_of.max(initial=0)) + 1
        self._class_of = class_of
        self._cased = cased

    def of(self, stream: Stream) -> Ints:
        """Return the class of each word of a stream."""
        found = self._class_of.take(stream.forms)
        own = len(stream.vocabulary)
        for number, (word, form) in enumerate(self._cased):
            places = np.flatnonzero(stream.forms == form)
            same = [place for place in places.tolist() if stream.said(place, place + 1) == word]
            found[same] = self._class_of[own + number]
        return found

    def count(self, stream: Stream) -> Ints:
        """Return how often a word that fits each term can stand in a stream at most."""
        n_forms = np.append(stream.counts, [stream.counts[form] for _, form in self._cased])
        n_words = np.bincount(self._class_of, n_forms, minlength=self.n_classes)
        terms = np.repeat(np.arange(len(self.of_terms.begins) - 1), self.of_terms.sizes())
        return np.bincount(terms, n_words[self.of_terms.values], minlength=len(self.of_terms.begins) - 1)


class View:
    """The classes as a few terms see them: those that fit the same of these terms have one number.

    Parameters
    ----------
    terms : ndarray of int, shape (n_steps,)
        The terms, as often as they are needed.
    classes : Classes
        The classes.

    Attributes
    ----------
    numbers : ndarray of int, shape (n_classes,)
        Number of each class, 0 where it fits none of the terms.
    n_numbers, n_steps : int
        How many numbers there are, and how many terms were asked for.
    """

    def __init__(self, terms: Ints, classes: Classes) -> None:
        self.n_steps = len(terms)
        self._own, unique = pd.factorize(terms)
        owners, fitting = classes.of_terms.of(unique)
        sums = np.zeros(classes.n_classes + 1, dtype=np.int64)
        np.add.at(sums, fitting + 1, _marks(len(unique)).take(owners))
        codes, sets = pd.factorize(sums)
        self.numbers, self.n_numbers = codes[1:], len(sets)
        pairs = np.sort(owners * self.n_numbers + self.numbers.take(fitting))
        pairs = pairs.take(changes(pairs))
        self._pairs = pairs
        self._of_terms = Groups.gather(*np.divmod(pairs, self.n_numbers), len(unique))

    def of(self, steps: Ints) -> tuple[Ints, Ints]:
        """Return the numbers that fit the terms of these steps, each with the index of its step."""
        return self._of_terms.of(self._own.take(steps))

    def rows(self, steps: Ints) -> Ints:
        """Return where the terms of these steps begin in the table."""
        return self._own.take(steps) * self.n_numbers

    @cached_property
    def table(self) -> Bools:
        """Whether a number fits a term: at ``rows(step) + number``."""
        return marked(self._pairs, len(self._of_terms.begins) * self.n_numbers)


def _classified(forms: Ints, terms: Ints, n_forms: int, n_terms: int) -> tuple[Ints, Groups]:
    """Return the class of each form, and the classes that fit each term: one class for each set of terms."""
    pairs = np.sort(forms * n_terms + terms)
    pairs = pairs.take(changes(pairs))
    forms, terms = np.divmod(pairs, max(n_terms, 1))
    begins = changes(forms)
    # A set is told by the sum of random numbers, one for each term: no two sets have the same sum.
    codes, sets = pd.factorize(np.add.reduceat(_marks(n_terms)[terms], begins) if len(begins) else begins)
    class_of = np.zeros(n_forms, dtype=np.intp)
    class_of[forms[begins]] = codes + 1
    examples = marked(forms[begins[first_places(codes, len(sets))]], n_forms)[forms]
    return class_of, Groups.gather(terms[examples], class_of[forms[examples]], n_terms)


def _marks(n_terms: int) -> Ints:
    return np.random.default_rng(_ANY_SEED).integers(1 << 62, size=n_terms)


def _words_of(terms: Sequence[Term], kind: str) -> list[tuple[int, str]]:
    return [(number, atom.word) for number, term in enumerate(terms) for atom in term if atom.kind == kind]


@cache
def _numbers(term: Term) -> Ints:
    """Return the numbers of the forms that fit a term; one that fits two words of it may stand twice."""
    return np.concatenate([np.zeros(0, np.intp), *map(_numbers_of_forms, term)])


@cache
def _numbers_of_forms(atom: Atom) -> Ints:
    return np.array([_NUMBERS.setdefault(form, len(_NUMBERS)) for form in _forms(atom)], dtype=np.intp)


def _forms(atom: Atom) -> Collection[str]:
    if atom.kind == "lemma":
        return inflected(atom.word).forms
    if atom.kind == "strict":
        return sorted(unambiguous_forms(atom.word))
    return [looked_up(atom.word)] if atom.kind == "form" else ()
