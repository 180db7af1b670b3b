"""The learned coder: linear models of codes, trained on coded utterances and transcripts.

A turn is scored as a whole and by its best window; the mean of both counts. What a transcript taught is left out when
that transcript is scored for the weighing of rules and model (``decisions``), so no number flatters itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Ints
from focus_analysis.coding.conditions import read_mended
from focus_analysis.coding.features import Features, Read, Said, whole_texts
from focus_analysis.coding.ridge import Linear, Ridge
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.language.stream import SENTENCE, Stream
from focus_analysis.schemas import NO_CODE, STATUSES

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

FEWEST_EXAMPLES = 20
DOUBTS = ("denied", "hypothetical")
_LONG, _STEP = 20, 10
_CENTRES = 3_000  # beyond it, what is gained is less than chance, and the time grows with its square
_WORDS_AT_ONCE = 100_000


class Turns(NamedTuple):
    """Turns as the coder reads them: their places, roles and words."""

    places: list[tuple[str, int]]
    roles: list[str]
    stream: Stream

    def parts(self) -> Iterator[Turns]:
        """Yield the turns in parts that fit into memory."""
        begin = 0
        for stream in self.stream.parts(_WORDS_AT_ONCE):
            end = begin + len(stream.texts)
            yield Turns(self.places[begin:end], self.roles[begin:end], stream)
            begin = end


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
                for column, known in zip(found, self.unseen[text], strict=True):
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
    rows : csr_array, shape (n_texts, n_features)
        Features of all texts, those of the examples before those of the transcripts.
    """

    learned: Learned
    scarce: dict[str, int]
    unseen: Scores
    rows: csr_array


def read_turns(corpus: Corpus, forms: Callable[[], frozenset[str]] = frozenset, *, moderators: bool = True) -> Turns:
    """Return the turns of a corpus as the coder reads them.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; words of one in poor condition are mended.
    forms : callable
        Tells the forms of words that are looked for, which mending prefers.
    moderators : bool
        Whether the moderators' turns are among them.
    """
    sessions, numbers, roles = (corpus.turns[name].tolist() for name in ("session_id", "turn", "role"))
    kept = [row for row, role in enumerate(roles) if moderators or role != "moderator"]
    stream = read_mended(corpus, forms).of_texts(np.array(kept, dtype=np.intp))
    places = [(sessions[row], numbers[row]) for row in kept]
    return Turns(places, [roles[row] for row in kept], stream)


def of_places(turns: Turns, places: pd.DataFrame) -> Turns:
    """Return those of the turns that a table with session_id and turn names."""
    named = set(zip(places["session_id"].tolist(), places["turn"].tolist(), strict=True))
    kept = [row for row, place in enumerate(turns.places) if place in named]
    stream = turns.stream.of_texts(np.array(kept, dtype=np.intp))
    return Turns([turns.places[row] for row in kept], [turns.roles[row] for row in kept], stream)


def train(
    examples: Sequence[tuple[Turns, pd.DataFrame]],
    transcripts: tuple[Turns, pd.DataFrame],
    *,
    teach: bool = True,
    fewest: int = FEWEST_EXAMPLES,
) -> Training:
    """Train on examples and coded transcripts.

    Parameters
    ----------
    examples : sequence of (Turns, DataFrame of schema ``CODINGS``)
        Utterances that only teach.
    transcripts : (Turns, DataFrame of schema ``CODINGS``)
        Coded transcripts, which teach and are scored unseen. Moderators' turns are left out of both.
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
    given = [codes_of_turns(codings) for _, codings in sources]
    counts = _counts(given)
    codes = tuple(sorted(code for code, n in counts.items() if n >= fewest))
    if not codes:
        raise ArgumentError(f"learning: no code has {fewest} examples; give more coded turns")
    said = [Said.of(turns.stream) for turns, _ in sources]
    features = Features.learnt(said)
    targets = np.vstack([_targets(turns, found, codes) for (turns, _), found in zip(sources, given, strict=True)])
    texts = vstack([features.of_texts(part) for part in said], format="csr")
    spoken, windows = transcripts[0], _Windows(features.read(said[-1] if teach else Said.of(transcripts[0].stream)))
    with threadpool_limits(1):  # the ridge shares its work out itself
        ridge = Ridge(texts, targets, centres_of(targets, len(spoken.places) if teach else 0))
        model = ridge.model()
        found = _unseen(ridge, windows, spoken, len(targets)) if teach else model(windows.rows)
    unseen = windows.scores(found, len(codes))
    known = {text: Scores(*(part[row] for part in unseen)) for row, text in enumerate(spoken.stream.texts)}
    scarce = {code: n for code, n in counts.items() if n < fewest}
    return Training(Learned(codes, features, model, known), scarce, unseen, texts)


def codes_of_turns(codings: pd.DataFrame) -> dict[tuple[str, int], dict[str, str]]:
    """Return the codes of each turn with their statuses; affirmed beats denied beats hypothetical.

    A turn that was read and given no code (``none``) has none.
    """
    found: dict[tuple[str, int], dict[str, str]] = {}
    columns = (codings[name].tolist() for name in ("session_id", "turn", "code", "status"))
    for session_id, turn, code, status in zip(*columns, strict=True):
        said = found.setdefault((session_id, turn), {})
        if code != NO_CODE:
            said[code] = min(said.get(code, status), status, key=STATUSES.index)
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


def centres_of(targets: np.ndarray, n_spoken: int) -> Ints:
    """Return the number of each text's centre: turns have one each, examples of much the same codes share one.

    Parameters
    ----------
    targets : array, shape (n_texts, n_targets)
        What each text is to be given; what the transcripts are given counts for nothing here.
    n_spoken : int
        How many of the texts, the last ones, are turns of transcripts.
    """
    n_examples = len(targets) - n_spoken
    n_turns = min(n_spoken, max(_CENTRES // 2, _CENTRES - n_examples))
    examples = _shared(np.lexsort(targets[:n_examples].T[::-1]), _CENTRES - n_turns)
    return np.concatenate([examples, _shared(np.arange(n_spoken), n_turns) + min(n_examples, _CENTRES - n_turns)])


def _shared(order: Ints, most: int) -> Ints:
    """Return a number for each text: neighbours in this order share one, so that there are so many at the most."""
    found = np.empty_like(order)
    found[order] = np.arange(len(order)) * min(most, len(order)) // max(len(order), 1)
    return found


def _unseen(ridge: Ridge, windows: _Windows, turns: Turns, n_texts: int) -> np.ndarray:
    """Return what is said of windows of transcripts, each by a model without it; they are the last texts."""
    sessions = np.array([session for session, _ in turns.places])
    groups = [np.flatnonzero(sessions == session) for session in dict.fromkeys(sessions)]
    inside = [np.flatnonzero(np.isin(windows.owners, group)) for group in groups]
    first = n_texts - len(turns.places)
    parts = ridge.without([group + first for group in groups], [windows.rows[places] for places in inside])
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
