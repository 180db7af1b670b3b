"""The learned coder: linear models of codes, trained on coded utterances and transcripts.

A turn is scored as a whole and by its best window; the mean of both counts. What a transcript taught is left out when
that transcript is scored for the weighing of rules and model (``decisions``), so no number flatters itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Ints
from focus_analysis.coding.features import Features, Read, Said, whole_texts
from focus_analysis.coding.ridge import Linear, Ridge
from focus_analysis.coding.turns import Coded
from focus_analysis.errors import ArgumentError
from focus_analysis.language.stream import SENTENCE, Stream

if TYPE_CHECKING:
    from scipy.sparse import csr_array

FEWEST_EXAMPLES = 20
DOUBTS = ("denied", "hypothetical")
_LONG, _STEP = 20, 10
_NAMED = 5


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

    def scores(self, said: Read) -> Scores:
        """Return what the model says of turns; of one that it learnt from, what it said unseen."""
        windows = _Windows(said)
        found = windows.scores(self.model(windows.rows), len(self.codes))
        for row, text in enumerate(said.stream.texts):
            if text in self.unseen:
                for column, known in zip(found[:-1], self.unseen[text][:-1], strict=True):  # windows are of these words
                    column[row] = known
        return found


class Training(NamedTuple):
    """A finished training.

    Parameters
    ----------
    learned : Learned
        The model of all texts.
    scarce, common : dict of str to int
        Codes with too few examples for a model, and those that more than half of the turns have; how many they have.
    unseen : Scores
        Of the transcripts' turns, each scored by a model that did not see its transcript.
    rows : csr_array, shape (n_texts, n_features)
        Features of all texts, those of the examples before those of the transcripts.
    """

    learned: Learned
    scarce: dict[str, int]
    common: dict[str, int]
    unseen: Scores
    rows: csr_array


def train(
    examples: Sequence[Coded], transcripts: Coded, *, teach: bool = True, fewest: int = FEWEST_EXAMPLES
) -> Training:
    """Train on examples and coded transcripts.

    Parameters
    ----------
    examples : sequence of Coded
        Utterances that only teach.
    transcripts : Coded
        Coded transcripts, which teach and are scored unseen.
    teach : bool
        Whether the transcripts teach; else they are scored only.
    fewest : int
        Examples that a code must have to be learnt.

    Raises
    ------
    ArgumentError
        No code has enough examples.
    """
    import scipy.linalg  # noqa: F401  its threads can be held back only once it is there
    from scipy.sparse import vstack
    from threadpoolctl import threadpool_limits

    sources = [*examples, transcripts] if teach else list(examples)
    counts = _counts(sources)
    codes = tuple(sorted(code for code, n in counts.items() if n >= fewest))
    if not codes:
        most = ", ".join(f"{code} ({n})" for code, n in counts.most_common(_NAMED)) or "no code"
        raise ArgumentError(
            f"learning: no code has {fewest} examples, turns of participants that have it; the most have {most}; "
            "give more coded turns"
        )
    said = [Said.of(source.lessons.stream) for source in sources]
    features = Features.learnt(said)
    targets = np.vstack([_targets(source, codes) for source in sources])
    texts = vstack([features.of_texts(part) for part in said], format="csr")
    windows = _Windows(features.read(Said.of(transcripts.turns.stream)))
    with threadpool_limits(1):  # the ridge shares its work out itself
        ridge = Ridge(texts, targets)
        model = ridge.model()
        found = _unseen(ridge, windows, transcripts, len(targets)) if teach else model(windows.rows)
    unseen = windows.scores(found, len(codes))
    known = {text: Scores(*(part[row] for part in unseen)) for row, text in enumerate(transcripts.turns.stream.texts)}
    scarce = {code: n for code, n in counts.items() if n < fewest}
    common = {code: n for code, n in counts.items() if 2 * n > len(targets)}
    return Training(Learned(codes, features, model, known), scarce, common, unseen, texts)


def _counts(sources: Sequence[Coded]) -> Counter[str]:
    """Return how many turns have each code."""
    return Counter(code for source in sources for codes in source.given() for code in codes)


def _targets(coded: Coded, codes: tuple[str, ...]) -> np.ndarray:
    """Return 1 where a turn affirms a code, where it speaks of it, and where it denies or supposes anything."""
    column = {code: number for number, code in enumerate(codes)}
    n_codes = len(codes)
    targets = np.zeros((len(coded.taught), 2 * n_codes + len(DOUBTS)), dtype=np.float32)
    for target, given in zip(targets, coded.given(), strict=True):
        for code, status in given.items():
            if code in column:
                target[column[code]] = status == "affirmed"
                target[n_codes + column[code]] = 1
            if status in DOUBTS:
                target[2 * n_codes + DOUBTS.index(status)] = 1
    return targets


def _unseen(ridge: Ridge, windows: _Windows, coded: Coded, n_texts: int) -> np.ndarray:
    """Return what is said of windows of transcripts, each by a model without it; they taught the last texts."""
    spoken = np.array([session for session, _ in coded.turns.places])
    first = n_texts - len(coded.taught)
    groups = [np.flatnonzero(coded.sessions == session) + first for session in dict.fromkeys(spoken)]
    inside = [np.flatnonzero(spoken[windows.owners] == session) for session in dict.fromkeys(spoken)]
    parts = ridge.without(groups, [windows.rows[places] for places in inside])
    return np.concatenate(parts)[np.argsort(np.concatenate(inside))]


class _Windows:
    """The windows of turns and their features, shape (n_windows, n_features)."""

    def __init__(self, said: Read) -> None:
        self.owners, windows = windows_of(said.stream)
        self.rows = said.windows(windows)
        self._within = windows - said.stream.edges[self.owners][:, None] - 1

    def scores(self, found: np.ndarray, n_codes: int) -> Scores:
        """Return the mean of each turn's score as a whole and of its best window, from the scores of all windows."""
        starts = np.flatnonzero(np.diff(self.owners, prepend=-1))
        best = np.maximum.reduceat(found, starts, axis=0) if len(starts) else found
        means = (found[starts] + best) / 2
        mentioned = slice(n_codes, 2 * n_codes)
        is_best = found[:, mentioned] >= best[self.owners, mentioned]
        numbered = np.where(is_best, np.arange(len(found))[:, None], -1)
        chosen = np.maximum.reduceat(numbered, starts, axis=0) if len(starts) else numbered
        return Scores(means[:, :n_codes], means[:, mentioned], means[:, 2 * n_codes :], self._within[chosen])


def windows_of(stream: Stream) -> tuple[Ints, Ints]:
    """Return the windows of texts, and the text of each.

    A text's windows are: the whole first, then its sentences, two sentences together, and stretches of long ones.

    Returns
    -------
    array of int, shape (n_windows,)
        Number of the text.
    array of int, shape (n_windows, 2)
        Place of the first word in the stream, and the place after the last.
    """
    owners: list[int] = []
    windows: list[tuple[int, int]] = []
    begins = (stream.signs & SENTENCE) > 0
    for number, (first, last) in enumerate(whole_texts(stream).tolist()):
        inner = np.flatnonzero(begins[first + 1 : last]) + first + 1
        found = [(first, last), *_inner_windows([first, *inner.tolist(), last])]
        windows += found
        owners += [number] * len(found)
    return np.array(owners, dtype=np.intp), np.array(windows, dtype=np.intp).reshape(-1, 2)


def _inner_windows(bounds: list[int]) -> list[tuple[int, int]]:
    """Return the windows within a text whose sentences have these bounds."""
    sentences = list(pairwise(bounds))
    doubled = [(first, last) for (first, _), (_, last) in pairwise(sentences)] if len(sentences) > 2 else []
    pieces = [
        (start, min(start + _LONG, last))
        for first, last in sentences
        if last - first > _LONG + _STEP // 2
        for start in range(first, last - _STEP, _STEP)
    ]
    return [*(sentences if len(sentences) > 1 else []), *doubled, *pieces]
