"""In what condition a transcript is: without Polish letters, without punctuation, with the slips of a scanner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.language.morphology import is_word
from focus_analysis.language.repair import shape_readings
from focus_analysis.language.stream import COMMA, SENTENCE, WORDS_AT_ONCE, Ints, Stream, read_stream
from focus_analysis.language.tokens import FEWEST_LITTLE_WORDS, LITTLE_WORDS

_POLISH_LETTERS = frozenset("ąćęłńóśźż")
_MARKS = ".,;:!?…"
# Of ordinary Polish some 30 % of the words hold a Polish letter, and a mark stands after every fifth or sixth word.
_FEWEST_POLISH, _FEWEST_MARKS, _FEWEST_SLIPS = 0.03, 0.025, 0.004
_SHORTEST = 60
_JUDGED = 3_000


class Condition(NamedTuple):
    """What a transcript lacks.

    Parameters
    ----------
    no_diacritics : bool
        Next to no word has a Polish letter.
    no_punctuation : bool
        Next to no mark parts the words, as in the raw output of speech recognition.
    scanned : bool
        Words are misspelt as a scanner misreads letters.
    """

    no_diacritics: bool = False
    no_punctuation: bool = False
    scanned: bool = False


CLEAN = Condition()


def condition_of(texts: Sequence[str]) -> Condition:
    """Return the condition of one transcript.

    Parameters
    ----------
    texts : sequence of str
        What was said, turn by turn.

    Examples
    --------
    >>> condition_of(["Są tacy, którzy nie mają nic, bo wszystko przepiją. Tak to wygląda."] * 10)
    Condition(no_diacritics=False, no_punctuation=False, scanned=False)
    >>> condition_of(["sa tacy ktorzy nie maja nic bo wszystko przepija tak to wyglada"] * 10)
    Condition(no_diacritics=True, no_punctuation=True, scanned=False)
    """
    return conditions_of(read_stream(texts), [""] * len(texts)).get("", CLEAN)


def conditions_of(stream: Stream, transcripts: Sequence[str]) -> dict[str, Condition]:
    """Return the condition of each transcript, judged by its first 3,000 words.

    A short one passes as clean, and so does one in another language, which there is no mending.

    Parameters
    ----------
    stream : Stream
        The texts.
    transcripts : sequence of str
        The transcript of each text.
    """
    owners, ids = pd.factorize(np.array(transcripts, dtype=object))
    judged = np.flatnonzero(_before(owners, np.diff(stream.edges) - 1) <= _JUDGED)
    counts = _Counts(stream if len(judged) == len(owners) else stream.of_texts(judged), owners[judged], len(ids))
    n_words = counts.every_word()
    n_little, n_plain = counts.words(LITTLE_WORDS.__contains__, _POLISH_LETTERS.isdisjoint)
    can_tell = (n_words >= _SHORTEST) & (n_little >= FEWEST_LITTLE_WORDS * n_words)
    no_diacritics = can_tell & (n_words - n_plain < _FEWEST_POLISH * n_words)
    unparted = can_tell & (counts.parted_words() < _FEWEST_MARKS * n_words)
    no_punctuation = unparted & (counts.marks() < _FEWEST_MARKS * n_words) if unparted.any() else unparted
    spelt = can_tell & ~no_diacritics
    scanned = spelt & (counts.words(_is_slip)[0] > _FEWEST_SLIPS * n_words) if spelt.any() else spelt
    lacks = (lack.tolist() for lack in (no_diacritics, no_punctuation, scanned))
    return dict(zip(ids, map(Condition, *lacks), strict=True))


def _before(owners: Ints, lengths: Ints) -> Ints:
    """Return how many words of its transcript stand before each text."""
    order = np.argsort(owners, kind="stable")
    in_row = lengths[order]
    before = np.empty_like(in_row)
    before[order] = np.cumsum(in_row) - in_row
    firsts = order[np.flatnonzero(np.diff(owners[order], prepend=-1))]
    return before - before[firsts][owners]


class _Counts:
    """What is counted in each transcript.

    Parameters
    ----------
    stream : Stream
        The texts by which the transcripts are judged.
    owners : ndarray of int, shape (n_texts,)
        Number of each text's transcript.
    n_transcripts : int
        How many transcripts there are.
    """

    def __init__(self, stream: Stream, owners: Ints, n_transcripts: int) -> None:
        self._stream = stream
        self._owners = owners
        self._n_transcripts = n_transcripts
        self._used = np.flatnonzero(stream.counts)[1:].tolist()
        self._parts = list(stream.parts(WORDS_AT_ONCE))

    def every_word(self) -> Ints:
        """Return how many words there are."""
        n_words = np.diff(self._stream.edges) - 1
        return np.bincount(self._owners, n_words, minlength=self._n_transcripts)

    def words(self, *questions: Callable[[str], bool]) -> list[Ints]:
        """Return for each question of how many words the forms count."""
        vocabulary = self._stream.vocabulary
        forms = [vocabulary[number] for number in self._used]
        answers = np.zeros(len(vocabulary), dtype=np.uint8)
        for bit, question in enumerate(questions):
            answers[self._used] |= np.fromiter(map(question, forms), np.uint8, len(forms)) << bit
        found = [answers.take(part.forms) for part in self._parts]
        return [self._sums([(flags >> bit) & 1 for flags in found]) for bit in range(len(questions))]

    def parted_words(self) -> Ints:
        """Return how many words stand after the end of a sentence or a comma: there are as many marks or more."""
        n_edges = np.bincount(self._owners, minlength=self._n_transcripts)
        return self._sums([(part.signs & (SENTENCE | COMMA)) > 0 for part in self._parts]) - n_edges

    def marks(self) -> Ints:
        """Return how many punctuation marks there are."""
        said: list[list[str]] = [[] for _ in range(self._n_transcripts)]
        for owner, text in zip(self._owners.tolist(), self._stream.texts, strict=True):
            said[owner].append(text)
        return np.array([sum(map("".join(texts).count, _MARKS)) for texts in said], dtype=np.intp)

    def _sums(self, flags: Sequence[Ints]) -> Ints:
        """Return how many words of each transcript, with the edges before its texts, have the flag 1, part by part."""
        counts = [
            np.add.reduceat(flags_of_part.astype(np.int32), part.edges[:-1])
            for part, flags_of_part in zip(self._parts, flags, strict=True)
        ]
        return np.bincount(self._owners, np.concatenate(counts), minlength=self._n_transcripts)


def _is_slip(form: str) -> bool:
    return not is_word(form) and _is_misread(form)


@cache
def _is_misread(form: str) -> bool:
    return any(is_word(reading) for reading in shape_readings(form))
