"""Texts as numbers for the learned coder: dictionary forms, pieces of words, pairs of words, fields of meaning.

What a word adds is worked out once a form; a text, or a window of it, adds up what its words add.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.language.morphology import lemmas
from focus_analysis.resources import toml

if TYPE_CHECKING:
    from scipy.sparse import csr_array

KINDS = ("lemma", "piece", "pair", "field")
_PIECES = (3, 4, 5)
_FEWEST_TEXTS = 2

Words = Sequence[str]


class Window(NamedTuple):
    """A stretch of a text: the text's number, its first word, the word after its last."""

    text: int
    first: int
    last: int


class Features:
    """The features of a set of texts, and their weights.

    Parameters
    ----------
    names : sequence of str
        A feature's kind and what it stands for, "lemma samotny", in the order of the columns.
    weights : array, shape (n_features,)
        Inverse document frequency of each.
    """

    def __init__(self, names: Sequence[str], weights: np.ndarray) -> None:
        self.names = tuple(names)
        self.weights = weights
        self._columns = {name: column for column, name in enumerate(names)}
        kinds = {kind: number for number, kind in enumerate(KINDS)}
        self._kind_of = np.array([kinds[name.partition(" ")[0]] for name in names], dtype=np.int32)

    @classmethod
    def learnt(cls, texts: Iterable[Words]) -> Features:
        """Return the features that at least two of the texts have.

        Parameters
        ----------
        texts : iterable of sequence of str
            Words of each text, in lower case.
        """
        counts: Counter[str] = Counter()
        n_texts = 0
        for words in texts:
            n_texts += 1
            near = (name for names in _of_neighbours(words) for name in names)
            counts.update({*near, *(name for word in words for name in _of_word(word))})
        names = sorted(name for name, n in counts.items() if n >= _FEWEST_TEXTS)
        found = np.array([counts[name] for name in names], dtype=float)
        return cls(names, np.log((1 + n_texts) / (1 + found)) + 1)

    def of_texts(self, texts: Sequence[Words]) -> csr_array:
        """Return the features of whole texts, shape (n_texts, n_features)."""
        return self.of_windows(texts, [Window(number, 0, len(words)) for number, words in enumerate(texts)])

    def of_windows(self, texts: Sequence[Words], windows: Sequence[Window]) -> csr_array:
        """Return the features of windows, shape (n_windows, n_features): each kind weighted and of length one."""
        offsets = np.concatenate([[0], np.cumsum([len(words) for words in texts])]).astype(np.int64)
        texts_of, first, last = np.array(windows, dtype=np.int64).reshape(-1, 3).T
        first, last = offsets[texts_of] + first, offsets[texts_of] + last
        forms = {word: row for row, word in enumerate(dict.fromkeys(word for words in texts for word in words))}
        spoken = [forms[word] for words in texts for word in words]
        single = self._rows([_of_word(word) for word in forms])
        near = self._rows([names for words in texts for names in _of_neighbours(words)])
        counts = _sums(first, last, len(spoken)) @ single[spoken] + _sums(first, last - 1, len(spoken)) @ near
        return self._weighted(counts)

    def of_words(self, words: Sequence[str]) -> csr_array:
        """Return what single words add, shape (n_words, n_features), weighted."""
        found = self._rows([_of_word(word) for word in words])
        found.data = found.data * self.weights[found.indices]
        return found

    def _rows(self, names: Sequence[Sequence[str]]) -> csr_array:
        """Return how often each feature stands in each row of names."""
        from scipy.sparse import csr_array

        columns = [[self._columns[name] for name in row if name in self._columns] for row in names]
        starts = np.concatenate([[0], np.cumsum([len(row) for row in columns])]).astype(np.int32)
        flat = np.fromiter((column for row in columns for column in row), dtype=np.int32, count=int(starts[-1]))
        return csr_array((np.ones(len(flat)), flat, starts), shape=(len(names), len(self.names)))

    def _weighted(self, counts: csr_array) -> csr_array:
        counts.sum_duplicates()
        counts.data = (1 + np.log(counts.data)) * self.weights[counts.indices]
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        cells = rows * len(KINDS) + self._kind_of[counts.indices]
        squares = np.bincount(cells, weights=counts.data**2, minlength=counts.shape[0] * len(KINDS))
        counts.data = counts.data / np.sqrt(squares[cells])
        return counts


def _sums(first: np.ndarray, last: np.ndarray, n_words: int) -> csr_array:
    """Return the matrix that adds up the words of windows, shape (n_windows, n_words)."""
    from scipy.sparse import csr_array

    lengths = np.maximum(last - first, 0)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    places = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths) + np.repeat(first, lengths)
    return csr_array((np.ones(len(places)), places.astype(np.int32), starts), shape=(len(first), n_words))


@cache
def _of_word(word: str) -> tuple[str, ...]:
    bases = sorted(lemmas(word))
    fields = {field for base in bases for field in _fields().get((base,), ())}
    return (
        *(f"lemma {base}" for base in bases),
        *(f"piece {piece}" for piece in _pieces(word)),
        *(f"field {field}" for field in sorted(fields)),
    )


def _pieces(word: str) -> list[str]:
    """Return the runs of three to five letters of a word with a blank at each end."""
    padded = f" {word} "
    return [padded[i : i + n] for n in _PIECES for i in range(len(padded) - n + 1)] if len(word) > 1 else []


def _of_neighbours(words: Words) -> list[list[str]]:
    """Return, a word, the pair that it begins and the fields of the phrases that it begins."""
    pairs = [[f"pair {_base(first)} {_base(second)}"] for first, second in pairwise(words)]
    found = [*pairs, []] if words else []
    for place, field in _phrase_fields(words):
        found[place].append(f"field {field}")
    return found


@cache
def _base(word: str) -> str:
    return min(lemmas(word))


def _phrase_fields(words: Words) -> Iterator[tuple[int, str]]:
    """Yield where phrases of the fields stand in a text, word by word in any reading, and their fields."""
    readings = [lemmas(word) for word in words]
    for place, (first, second) in enumerate(pairwise(readings)):
        begun = {phrase for pair in product(first, second) for phrase in _phrases().get(pair, ())}
        for phrase in begun:
            rest = readings[place + 2 : place + len(phrase)]
            if len(rest) == len(phrase) - 2 and all(base in read for base, read in zip(phrase[2:], rest, strict=True)):
                yield from ((place, field) for field in _fields()[phrase])


@cache
def _fields() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of meaning that each dictionary form, or phrase of them, belongs to."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for field, entries in toml("fields.toml").items():
        for entry in entries:
            phrase = tuple(entry.lower().split())
            found[phrase] = (*found.get(phrase, ()), field)
    return found


@cache
def _phrases() -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """Return the phrases of the fields by their first two words."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for phrase in _fields():
        if len(phrase) > 1:
            found[phrase[0], phrase[1]].append(phrase)
    return found
