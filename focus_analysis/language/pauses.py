"""Where commas and full stops would stand in speech that was written down without any.

A gap between two words is scored by the words around it and by how near the finite verbs on both sides are. The
weights, ``resources/pauses.csv``, are those of a logistic regression, learnt from the punctuation of the example bank
by ``tests/benchmarks/pauses.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import log
from typing import NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.language.morphology import is_finite_verb
from focus_analysis.language.stream import BREAK, COMMA, SENTENCE, Ints
from focus_analysis.language.tokens import Token
from focus_analysis.resources import resource

WORDS = ("two_before", "before", "after", "two_after")
VERBS = ("verb_before", "verb_after")
# The words that are looked at together, by their places around the gap.
SHAPES = ((1,), (2,), (0,), (3,), (0, 1), (2, 3), (1, 2))
EDGE = "|"
FARTHEST_VERB = 6
# A comma where it is likelier than not; a full stop where a sign is nineteen times as likely as none.
_COMMA, _FULL_STOP = 0.0, log(19)


class Gaps(NamedTuple):
    """The gaps between neighbouring words of texts.

    Parameters
    ----------
    forms : ndarray of str, shape (n_forms,)
        The forms of the words; an edge before each text and after the last is one of them.
    words : ndarray of int, shape (4, n_gaps)
        Form of the second word before each gap, the one before, the one after and the second after.
    verbs : ndarray of int, shape (2, n_gaps)
        How many words away the nearest finite verbs before and after are, from 0; 6 where there is none so near.
    texts, places : ndarray of int, shape (n_gaps,)
        Number of the text, and of the word after the gap in it.
    """

    forms: np.ndarray
    words: Ints
    verbs: Ints
    texts: Ints
    places: Ints

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Gaps:
        """Return the gaps of texts, given as the forms of their words."""
        said = [form for text in texts for form in (EDGE, *text)]
        codes, forms = pd.factorize(np.array([*said, EDGE, EDGE], dtype=object))
        is_edge = codes == 0
        edges = np.flatnonzero(is_edge)
        firsts = np.flatnonzero(~is_edge[:-1] & ~is_edge[1:])
        words = np.stack([codes[firsts + step] for step in range(-1, 3)])
        is_verb = np.array([form != EDGE and is_finite_verb(form) for form in forms.tolist()])[codes]
        numbers = np.searchsorted(edges, firsts) - 1
        return cls(forms, words, _distances(is_verb, is_edge, firsts), numbers, firsts - edges[numbers])

    def keys(self, shape: Sequence[int]) -> Ints:
        """Return a number for the words of a shape around each gap, the same for the same words."""
        return _keys(self.words[list(shape)], len(self.forms))


def _keys(words: Ints, n_forms: int) -> Ints:
    """Return one number for each column of words, shape (n_words_each, n_columns): the same for the same words."""
    radix = n_forms ** np.arange(len(words))[::-1]
    keys: Ints = radix @ words
    return keys


def _distances(is_verb: np.ndarray, is_edge: np.ndarray, firsts: Ints) -> Ints:
    """Return how far the nearest verbs stand from the words before and after gaps, within their texts."""
    places = np.arange(len(is_verb))
    before = places - np.maximum.accumulate(np.where(is_verb | is_edge, places, 0))
    after = np.minimum.accumulate(np.where(is_verb | is_edge, places, len(places))[::-1])[::-1] - places
    found = []
    for distances, from_, sign in ((before, firsts, -1), (after, firsts + 1, 1)):
        away = distances[from_]
        near = is_verb[np.clip(from_ + sign * away, 0, len(is_verb) - 1)] & (away < FARTHEST_VERB)
        found.append(np.where(near, away, FARTHEST_VERB))
    return np.stack(found)


def with_pauses(texts: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Return the words of texts, those that a comma or a full stop would stand before marked so.

    Parameters
    ----------
    texts : sequence of sequence of Token
        The words of each text, in lower case and with Polish letters.

    Examples
    --------
    >>> from focus_analysis.language.tokens import tokens
    >>> found = with_pauses([tokens("z dojazdem nie narzekamy pks jeździ tylko że rzadko")])[0]
    >>> [token.form for token in found if token.pause]
    ['pks', 'tylko']
    """
    gaps = Gaps.of([[token.form for token in text] for text in texts])
    scores = _scores(gaps)
    parted = [list(text) for text in texts]
    likely = np.flatnonzero(scores > _COMMA)
    columns = (column[likely].tolist() for column in (gaps.texts, gaps.places, scores > _FULL_STOP))
    for text, place, ends in zip(*columns, strict=True):
        sign = BREAK | (SENTENCE if ends else COMMA)
        parted[text][place] = parted[text][place]._replace(pause=sign)
    return parted


def _scores(gaps: Gaps) -> np.ndarray:
    """Return the logit of a sign in each gap."""
    table = _table()
    numbers = pd.Index(gaps.forms)
    scores: np.ndarray = table.verbs[gaps.verbs[0], gaps.verbs[1]].copy()
    for shape, (words, weights) in table.words.items():
        codes = numbers.get_indexer(words.ravel()).reshape(words.shape)
        there = (codes >= 0).all(axis=1)
        known = pd.Index(_keys(codes[there].T, len(gaps.forms)))
        found = known.get_indexer(pd.Index(gaps.keys(shape)))
        scores += np.append(weights[there], 0)[found]
    return scores


class _Table(NamedTuple):
    """The weights: of verbs so far before and after, with what every gap has, and of words by their shape."""

    verbs: np.ndarray
    words: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]]


@cache
def _table() -> _Table:
    with resource("pauses.csv").open(encoding="utf-8") as file:
        rows = pd.read_csv(file, keep_default_na=False, dtype=dict.fromkeys((*WORDS, *VERBS), str))
    verbs = np.zeros((FARTHEST_VERB + 1, FARTHEST_VERB + 1))
    words: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]] = {}
    is_word = (rows[list(WORDS)] != "").to_numpy()
    of_verbs = rows[rows["verb_before"] != ""]
    verbs[tuple(of_verbs[list(VERBS)].to_numpy().T.astype(int))] = of_verbs["weight"]
    for shape in SHAPES:
        is_shape = (is_word == np.isin(range(len(WORDS)), shape)).all(axis=1)
        of_shape = rows[is_shape]
        words[shape] = (of_shape[[WORDS[place] for place in shape]].to_numpy(), of_shape["weight"].to_numpy())
    constant = rows[~is_word.any(axis=1) & (rows["verb_before"] == "").to_numpy()]["weight"].sum()
    return _Table(verbs + constant, words)
