"""The learned coder: linear models of codes, trained on coded utterances and transcripts.

A turn is scored as a whole and by its best window; the mean of both counts. What a transcript taught is left out when
that transcript is scored for the weighing of rules and model (``decisions``), so no number flatters itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.conditions import mended_words
from focus_analysis.coding.features import Features, Window
from focus_analysis.coding.matching import Words, split_words
from focus_analysis.coding.ridge import Linear, Ridge
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.language.tokens import Token
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

FEWEST_EXAMPLES = 20
DOUBTS = ("denied", "hypothetical")
_LONG, _STEP = 20, 10


class Turns(NamedTuple):
    """Turns as the coder reads them: their places, roles and words."""

    places: list[tuple[str, int]]
    roles: list[str]
    words: list[Words]

    @property
    def forms(self) -> list[list[str]]:
        """The words of each turn in lower case."""
        return [[token.form for token in words.tokens] for words in self.words]


class Scores(NamedTuple):
    """What the model says of turns.

    Parameters
    ----------
    affirmed, mentioned : array, shape (n_turns, n_codes)
        Scores of "this is affirmed" and "this is spoken of", near 0 for no and near 1 for yes.
    doubts : array, shape (n_turns, 2)
        Scores of "something is denied" and "something is supposed".
    windows : array of int, shape (n_turns, n_codes, 2)
        First word and word after the last of the window that speaks most for each code.
    """

    affirmed: np.ndarray
    mentioned: np.ndarray
    doubts: np.ndarray
    windows: np.ndarray


class Learned(NamedTuple):
    """What was learnt.

    Parameters
    ----------
    codes : tuple of str
        The codes.
    features : Features
        How texts are read.
    model : Linear
        Of affirmed codes, mentioned codes and doubts, in this order.
    unseen : dict of str to Scores
        Turns of the transcripts that taught, each with the scores of a model that did not see its transcript.
    """

    codes: tuple[str, ...]
    features: Features
    model: Linear
    unseen: dict[str, Scores]

    def scores(self, turns: Turns) -> Scores:
        """Return what the model says of turns; of one that it learnt from, what it said unseen."""
        found = _scores(self.features, self.model, turns.words, len(self.codes))
        for row, words in enumerate(turns.words):
            if words.text in self.unseen:
                for column, known in zip(found, self.unseen[words.text], strict=True):
                    column[row] = known
        return found


class Training(NamedTuple):
    """A finished training.

    Parameters
    ----------
    learned : Learned
        The model of all texts.
    scarce : dict of str to int
        Codes with too few examples for a model, and how many they have.
    unseen : Scores
        Of the transcripts' turns, each scored by a model that did not see its transcript.
    """

    learned: Learned
    scarce: dict[str, int]
    unseen: Scores


def read_turns(corpus: Corpus, forms: frozenset[str] = frozenset()) -> Turns:
    """Return the turns of a corpus as the coder reads them.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; words of one in poor condition are mended.
    forms : frozenset of str
        Forms of words that are looked for, which mending prefers.
    """
    spoken = rows(corpus.turns)
    mended = mended_words([turn.session_id for turn in spoken], [turn.text for turn in spoken], forms)
    return Turns(
        [(turn.session_id, turn.turn) for turn in spoken],
        [turn.role for turn in spoken],
        [_words(turn.text, mended.get(number)) for number, turn in enumerate(spoken)],
    )


def _words(text: str, mended: list[Token] | None) -> Words:
    return split_words(text) if mended is None else split_words(text, lambda _: mended)


def train(examples: Sequence[tuple[Turns, pd.DataFrame]], transcripts: tuple[Turns, pd.DataFrame]) -> Training:
    """Train on examples and coded transcripts.

    Parameters
    ----------
    examples : sequence of (Turns, DataFrame of schema ``CODINGS``)
        Utterances that only teach.
    transcripts : (Turns, DataFrame of schema ``CODINGS``)
        Coded transcripts, which teach and are scored unseen. Moderators' turns are left out of both.

    Raises
    ------
    ArgumentError
        No code has enough examples.
    """
    sources = [*examples, transcripts]
    given = [codes_of_turns(codings) for _, codings in sources]
    counts = _counts(given)
    codes = tuple(sorted(code for code, n in counts.items() if n >= FEWEST_EXAMPLES))
    if not codes:
        raise ArgumentError(f"learning: no code has {FEWEST_EXAMPLES} examples; give more coded turns")
    texts = [words for turns, _ in sources for words in turns.forms]
    features = Features.learnt(texts)
    targets = np.vstack([_targets(turns, found, codes) for (turns, _), found in zip(sources, given, strict=True)])
    ridge = Ridge(features.of_texts(texts), targets)
    unseen = _unseen(ridge, features, transcripts[0], len(texts), len(codes))
    known = {words.text: Scores(*(part[row] for part in unseen)) for row, words in enumerate(transcripts[0].words)}
    scarce = {code: n for code, n in counts.items() if n < FEWEST_EXAMPLES}
    return Training(Learned(codes, features, ridge.model(), known), scarce, unseen)


def codes_of_turns(codings: pd.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """Return the codes of each turn with their statuses; affirmed beats denied beats hypothetical."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    order = {"hypothetical": 0, "denied": 1, "affirmed": 2}
    for row in sorted(rows(codings), key=lambda row: order[row.status]):
        found.setdefault((row.session_id, row.turn), {})[row.code] = row.status
    return found


def _counts(given: list[dict[tuple[str, int], dict[str, str]]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for found in given:
        for codes in found.values():
            for code in codes:
                counts[code] = counts.get(code, 0) + 1
    return counts


def _targets(turns: Turns, given: dict[tuple[str, int], dict[str, str]], codes: tuple[str, ...]) -> np.ndarray:
    """Return 1 where a turn affirms a code, where it speaks of it, and where it denies or supposes anything."""
    column = {code: number for number, code in enumerate(codes)}
    n_codes = len(codes)
    targets = np.zeros((len(turns.places), 2 * n_codes + len(DOUBTS)), dtype=np.float32)
    for row, place in enumerate(turns.places):
        for code, status in given.get(place, {}).items():
            if code in column:
                targets[row, column[code]] = status == "affirmed"
                targets[row, n_codes + column[code]] = 1
            if status in DOUBTS:
                targets[row, 2 * n_codes + DOUBTS.index(status)] = 1
    return targets


def _unseen(ridge: Ridge, features: Features, turns: Turns, n_texts: int, n_codes: int) -> Scores:
    """Return the scores of transcripts, each by a model without it; they are the last of the texts."""
    first = n_texts - len(turns.places)
    sessions = np.array([session for session, _ in turns.places])
    apart = [np.flatnonzero(sessions == session) for session in dict.fromkeys(sessions)]
    parts = [
        _scores(features, ridge.without(inside + first), [turns.words[row] for row in inside], n_codes)
        for inside in apart
    ]
    order = np.argsort(np.concatenate(apart), kind="stable")
    return Scores(*(np.concatenate(columns)[order] for columns in zip(*parts, strict=True)))


def _scores(features: Features, model: Linear, texts: Sequence[Words], n_codes: int) -> Scores:
    """Return the mean of each turn's score as a whole and of its best window."""
    forms = [[token.form for token in words.tokens] for words in texts]
    windows = [window for number, words in enumerate(texts) for window in windows_of(number, words)]
    found = model(features.of_windows(forms, windows))
    spans = np.array(windows, dtype=np.int64).reshape(-1, 3)
    starts = np.flatnonzero(np.diff(spans[:, 0], prepend=-1))
    best = np.maximum.reduceat(found, starts, axis=0) if len(starts) else found
    means = (found[starts] + best) / 2
    mentioned = slice(n_codes, 2 * n_codes)
    is_best = found[:, mentioned] >= best[spans[:, 0], mentioned]
    numbered = np.where(is_best, np.arange(len(spans))[:, None], -1)
    chosen = np.maximum.reduceat(numbered, starts, axis=0) if len(starts) else numbered
    return Scores(means[:, :n_codes], means[:, mentioned], means[:, 2 * n_codes :], spans[chosen][:, :, 1:])


def windows_of(number: int, words: Words) -> list[Window]:
    """Return the windows of a text: the whole first, then sentences, two sentences, and stretches of long ones."""
    sentences = np.asarray(words.sentences)
    bounds = [0, *(np.flatnonzero(np.diff(sentences)) + 1).tolist(), len(sentences)]
    stretches = list(pairwise(bounds)) if len(sentences) else []
    doubled = [(first, last) for (first, _), (_, last) in pairwise(stretches)] if len(stretches) > 2 else []
    pieces = [
        (start, min(start + _LONG, last))
        for first, last in stretches
        if last - first > _LONG + _STEP // 2
        for start in range(first, last - _STEP, _STEP)
    ]
    inner = stretches if len(stretches) > 1 else []
    return [Window(number, 0, len(sentences)), *(Window(number, *span) for span in (*inner, *doubled, *pieces))]
