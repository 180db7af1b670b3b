"""Texts as numbers for the learned coder: dictionary forms, pieces, pairs and triples of words, fields of meaning.

What a word adds is worked out once a form, what words near each other add once a pair or triple of dictionary forms; a
text, or a window of it, adds up what its words and their runs add, and has the ``crosses`` of what it then holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.coding import crosses
from focus_analysis.coding.arrays import Ints, running, stretches
from focus_analysis.language.morphology import lemmas
from focus_analysis.language.stream import Stream
from focus_analysis.resources import toml

if TYPE_CHECKING:
    from scipy.sparse import csr_array

KINDS = ("lemma", "piece", "pair", "triple", "field", crosses.KIND)
# Squared length of each kind in a text.
_SQUARES = np.array([1, 1, 1, 1, 1, 2])
_PIECE = 4
_PAIRS = ((0, 1), (0, 2), (0, 3))
_TRIPLE = (0, 1, 2)
_FEWEST_TEXTS = 2
_MOST_KEPT = 50_000


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
        self._crosses = crosses.Crosses(self.names)

    @classmethod
    def learnt(cls, sources: Iterable[Said]) -> Features:
        """Return the features that at least two of the texts have, and their crosses."""
        read = list(sources)
        n_texts = sum(len(said.stream.texts) for said in read)
        counts = [np.bincount(said.in_texts.indices, minlength=len(said.names)) for said in read]
        columns, names = pd.factorize(np.array([name for said in read for name in said.names], dtype=object))
        found = np.bincount(columns, np.concatenate(counts))
        kept = np.flatnonzero(found >= _FEWEST_TEXTS)
        kept = kept[np.argsort(names[kept], kind="stable")]
        alone = cls(names[kept].tolist(), found[kept])
        crossed, n_crossed = alone._crosses.learnt([alone._known(said, said.in_texts) for said in read])
        having = np.concatenate([found[kept], n_crossed])
        return cls([*alone.names, *crossed], np.log((1 + n_texts) / (1 + having)) + 1)

    def of_texts(self, said: Said) -> csr_array:
        """Return the features of whole texts, shape (n_texts, n_features)."""
        return self.weighted(self._known(said, said.in_texts))

    def read(self, said: Said) -> Read:
        """Return texts ready to have their windows turned into features."""
        return Read(self, said, self._known(said, said.added))

    def _known(self, said: Said, counts: csr_array) -> csr_array:
        """Return counts of names as counts of features; a name that is none is left out."""
        from scipy.sparse import csr_array

        columns = np.array([self._columns.get(name, -1) for name in said.names], dtype=np.int32)[counts.indices]
        is_known = columns >= 0
        begins = running(is_known)[counts.indptr]
        return csr_array((counts.data[is_known], columns[is_known], begins), (counts.shape[0], len(self.names)))

    def weighted(self, counts: csr_array) -> csr_array:
        """Return counts of features, their crosses among them, weighted; each kind has a length of its own."""
        counts = self._crosses.added(counts)
        counts.data = ((1 + np.log(counts.data)) * self.weights[counts.indices]).astype(np.float32)
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        cells = rows * len(KINDS) + self._kind_of[counts.indices]
        squares = np.bincount(cells, weights=counts.data**2, minlength=counts.shape[0] * len(KINDS))
        lengths = np.sqrt(squares / np.tile(_SQUARES, counts.shape[0])).astype(np.float32)
        counts.data /= lengths[cells]
        return counts


class Read(NamedTuple):
    """Texts as a set of features sees them.

    Parameters
    ----------
    features : Features
        The features.
    said : Said
        The texts.
    known : csr_array, shape (n_rows, n_features)
        What their words and neighbours add.
    """

    features: Features
    said: Said
    known: csr_array

    @property
    def stream(self) -> Stream:
        """The words of the texts."""
        return self.said.stream

    def windows(self, windows: Ints) -> csr_array:
        """Return the features of windows, weighted.

        Parameters
        ----------
        windows : array of int, shape (n_windows, 2)
            Place of each window's first word in the stream, and the place after its last.

        Returns
        -------
        csr_array of float32, shape (n_windows, n_features)
        """
        return self.features.weighted(self.said.counts(windows) @ self.known)

    def by_word(self, weights: np.ndarray) -> np.ndarray:
        """Return what each word of the stream adds to scores, shape (n_places, n_scores)."""
        n_forms = int(self.said.words.max()) + 1
        single = self.known[:n_forms]
        single.data = single.data * self.features.weights[single.indices].astype(np.float32)
        found: np.ndarray = (single @ weights)[self.said.words]
        return found


def whole_texts(stream: Stream) -> Ints:
    """Return each text of a stream as a window."""
    return np.stack([stream.edges[:-1] + 1, stream.edges[1:]], axis=1)


class Run(NamedTuple):
    """What runs of so many words add: the row of each run, by the place of its first word."""

    length: int
    rows: Ints


@dataclass(frozen=True)
class Said:
    """Texts with what their words add, and what runs of words add.

    Parameters
    ----------
    stream : Stream
        The words of the texts.
    names : list of str
        Names of features.
    added : csr_array, shape (n_rows, n_names)
        How often a form, or a pair or triple of dictionary forms, adds each of them.
    runs : list of Run
        The rows of single words, of neighbours, of pairs with words between them, of triples.
    """

    stream: Stream
    names: list[str]
    added: csr_array
    runs: list[Run]

    @classmethod
    def of(cls, stream: Stream) -> Said:
        """Return what the words of a stream add."""
        from scipy.sparse import csr_array

        spoken, words = np.unique(stream.forms, return_inverse=True)
        forms = [stream.vocabulary[form] for form in spoken.tolist()]
        rows: list[Sequence[str]] = [_of_word(form) if form else () for form in forms]
        runs = [Run(1, words)]
        bases: dict[str, int] = {}
        base = np.array([bases.setdefault(_base(form) if form else "", len(bases)) for form in forms])[words]
        for kind, shapes in (("pair", _PAIRS), ("triple", (_TRIPLE,))):
            together, places = _together(base, list(bases), shapes)
            runs += [Run(shape[-1] + 1, len(rows) + part) for shape, part in zip(shapes, places, strict=True)]
            rows += [(f"{kind} {said}",) for said in together]
        neighbours = runs[1].rows
        for place, fields in _phrase_fields(forms, words):
            rows.append((*rows[neighbours[place]], *(f"field {field}" for field in fields)))
            neighbours[place] = len(rows) - 1
        flat = list(chain.from_iterable(rows))
        columns, names = pd.factorize(np.array(flat, dtype=object))
        begins = np.cumsum([0, *map(len, rows)], dtype=np.int32)
        ones = np.ones(len(flat), dtype=np.float32)
        added = csr_array((ones, columns.astype(np.int32), begins), (len(rows), len(names)))
        return cls(stream, names.tolist(), added, runs)

    @property
    def words(self) -> Ints:
        """The row of each word, shape (n_places,)."""
        return self.runs[0].rows

    @cached_property
    def in_texts(self) -> csr_array:
        """How often each name stands in each whole text, shape (n_texts, n_names)."""
        return self.counts(whole_texts(self.stream)) @ self.added

    def counts(self, windows: Ints) -> csr_array:
        """Return how often each row of names stands in each window, shape (n_windows, n_rows)."""
        from scipy.sparse import coo_array

        first, last = windows.T
        begun = [stretches(first, last - run.length + 1) for run in self.runs]
        owners = np.concatenate([owners for owners, _ in begun], dtype=np.int32, casting="same_kind")
        rows = np.concatenate([run.rows[places] for run, (_, places) in zip(self.runs, begun, strict=True)])
        ones, shape = np.ones(len(rows), dtype=np.float32), (len(windows), self.added.shape[0])
        return coo_array((ones, (owners, rows.astype(np.int32))), shape=shape).tocsr()


def _together(base: Ints, bases: Sequence[str], shapes: Sequence[tuple[int, ...]]) -> tuple[list[str], Ints]:
    """Return what words of some shapes (their distances from the first) say together, and which stand where.

    Returns
    -------
    list of str
        Dictionary forms, a blank between them.
    array of int, shape (n_shapes, n_places)
        Number of what begins at each place, in each shape.
    """
    later = [np.append(base[distance:], base[:distance]) for distance in range(max(shape[-1] for shape in shapes) + 1)]
    radix = [len(bases) ** power for power in reversed(range(len(shapes[0])))]
    keys = [sum(later[distance] * unit for distance, unit in zip(shape, radix, strict=True)) for shape in shapes]
    unlike, places = np.unique(np.stack(keys), return_inverse=True)
    said = [[bases[word] for word in (unlike // unit % len(bases)).tolist()] for unit in radix]
    return list(map(" ".join, zip(*said, strict=True))), places.reshape(len(shapes), -1)


@cache
def _of_word(word: str) -> tuple[str, ...]:
    bases = sorted(lemmas(word))
    fields = {field for base in bases for field in _fields().get((base,), ())}
    return (
        *(f"lemma {base}" for base in bases),
        *_pieces(word),
        *(f"field {field}" for field in sorted(fields)),
    )


def _pieces(word: str) -> list[str]:
    """Return the features for runs of four letters of a word with a blank at each end."""
    padded = f" {word} "
    return [f"piece {padded[start : start + _PIECE]}" for start in range(len(padded) - _PIECE + 1)]


@cache
def _base(word: str) -> str:
    return min(lemmas(word))


def _phrase_fields(forms: Sequence[str], words: Ints) -> Iterator[tuple[int, list[str]]]:
    """Yield where phrases of the fields stand among words, word by word in any reading, and their fields."""
    said = [forms[word] for word in words.tolist()]
    opens = pd.Index(words[:-1] * len(forms) + words[1:]).isin(_openings(forms))
    for place in np.flatnonzero(opens).tolist():
        begun = _begun(said[place], said[place + 1])
        fields = sorted(field for phrase in begun for field in _ended(phrase, said, place + 2))
        if fields:
            yield place, fields


def _openings(forms: Sequence[str]) -> Ints:
    """Return the pairs of forms that phrases of the fields begin with, each pair as first * n_forms + second."""
    from scipy.sparse import csr_array

    def table(numbers: Sequence[Ints]) -> csr_array:
        """Return which form has which opening, shape (n_forms, n_openings)."""
        begins, columns = np.cumsum([0, *map(len, numbers)]), np.concatenate(numbers)
        return csr_array((np.ones(len(columns), dtype=bool), columns, begins), (len(forms), len(_opening_words())))

    first, second = (table([_opening_numbers(form)[place] for form in forms]) for place in (0, 1))
    pairs = (first @ second.T).tocoo()
    found: Ints = pairs.row.astype(np.int64) * len(forms) + pairs.col
    return found


@cache
def _opening_words() -> list[tuple[str, str]]:
    """Return the first two words of the phrases of the fields."""
    return [(first, second) for first, phrase in _phrases().followers.items() for second in phrase.followers]


@cache
def _numbers_by_word() -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the numbers of the openings that have a word first, and of those that have it second."""
    found: tuple[dict[str, list[int]], dict[str, list[int]]] = ({}, {})
    for number, words in enumerate(_opening_words()):
        for numbers, word in zip(found, words, strict=True):
            numbers.setdefault(word, []).append(number)
    return found


@cache
def _opening_numbers(word: str) -> tuple[Ints, Ints]:
    """Return the numbers of the openings that a word may begin in any reading, and of those that it may go on with."""
    first, second = (
        np.array([n for base in lemmas(word) for n in numbers.get(base, ())], dtype=np.int32)
        for numbers in _numbers_by_word()
    )
    return first, second


@dataclass
class _Phrase:
    """A phrase of the fields or the beginning of some: the fields that it belongs to, and how others go on."""

    fields: tuple[str, ...] = ()
    followers: dict[str, _Phrase] = field(default_factory=dict)

    def then(self, word: str) -> list[_Phrase]:
        """Return the phrases with one more word, in any reading."""
        return [self.followers[base] for base in lemmas(word) if base in self.followers]


@lru_cache(_MOST_KEPT)
def _begun(word: str, following: str) -> list[_Phrase]:
    """Return the phrases of the fields that begin with two words."""
    return [phrase for first in _phrases().then(word) for phrase in first.then(following)]


def _ended(phrase: _Phrase, said: Sequence[str], place: int) -> Iterator[str]:
    """Yield the fields of a phrase, and of those that go on with the words from a place on."""
    yield from phrase.fields
    for longer in phrase.then(said[place]) if phrase.followers and place < len(said) else ():
        yield from _ended(longer, said, place + 1)


@cache
def _fields() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of meaning that each dictionary form, or phrase of them, belongs to."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for field_, entries in toml("fields.toml").items():
        for entry in entries:
            phrase = tuple(entry.lower().split())
            found[phrase] = (*found.get(phrase, ()), field_)
    return found


@cache
def _phrases() -> _Phrase:
    """Return the phrases of the fields, word by word from their beginning."""
    beginning = _Phrase()
    for words, fields in _fields().items():
        phrase = beginning
        for word in words if len(words) > 1 else ():
            phrase = phrase.followers.setdefault(word, _Phrase())
        if len(words) > 1:
            phrase.fields = fields
    return beginning
