"""In what condition a transcript is: without Polish letters, without punctuation, with the slips of a scanner."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from focus_analysis.language.morphology import is_word
from focus_analysis.language.repair import shape_readings
from focus_analysis.language.stream import COMMA, SENTENCE, WORDS_AT_ONCE, Ints, Stream, read_stream
from focus_analysis.language.tokens import FEWEST_LITTLE_WORDS, LITTLE_WORDS

_POLISH_LETTER = re.compile(r"[ąćęłńóśźż]")
_MARKS = ".,;:!?…"
# Of ordinary Polish some 30 % of the words hold a Polish letter, and a mark stands after every fifth or sixth word.
_FEWEST_POLISH, _FEWEST_MARKS, _FEWEST_SLIPS = 0.03, 0.025, 0.004
_SHORTEST = 60
_JUDGED = 20_000


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
    """Return the condition of each transcript, judged by its first 20,000 characters.

    A short one passes as clean, and so does one in another language, which there is no mending.

    Parameters
    ----------
    stream : Stream
        The texts.
    transcripts : sequence of str
        The transcript of each text.
    """
    owners, ids = pd.factorize(np.array(transcripts, dtype=object))
    judged = np.flatnonzero(_before(owners, list(map(len, stream.texts))) <= _JUDGED)
    counts = _Counts(stream if len(judged) == len(owners) else stream.of_texts(judged), owners[judged], len(ids))
    n_words = counts.every_word()
    can_tell = (n_words >= _SHORTEST) & (counts.words(LITTLE_WORDS.__contains__) >= FEWEST_LITTLE_WORDS * n_words)
    no_diacritics = can_tell & (counts.words(_is_polish) < _FEWEST_POLISH * n_words)
    unparted = can_tell & (counts.parted_words() < _FEWEST_MARKS * n_words)
    no_punctuation = unparted & (counts.marks() < _FEWEST_MARKS * n_words) if unparted.any() else unparted
    spelt = can_tell & ~no_diacritics
    scanned = spelt & (counts.words(_is_slip) > _FEWEST_SLIPS * n_words) if spelt.any() else spelt
    lacks = (lack.tolist() for lack in (no_diacritics, no_punctuation, scanned))
    return dict(zip(ids, map(Condition, *lacks), strict=True))


def _before(owners: Ints, lengths: Sequence[int]) -> Ints:
    """Return how many characters of its transcript stand before each text."""
    order = np.argsort(owners, kind="stable")
    in_row = np.array(lengths, dtype=np.intp)[order]
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

    def every_word(self) -> Ints:
        """Return how many words there are."""
        return self._sums(np.diff(self._stream.edges) - 1)

    def words(self, is_counted: Callable[[str], bool]) -> Ints:
        """Return how many words are of forms that count."""
        vocabulary = self._stream.vocabulary
        flags = np.zeros(len(vocabulary), dtype=np.int32)
        flags[self._used] = [is_counted(vocabulary[form]) for form in self._used]
        return self._sums(self._of_texts(lambda part: flags.take(part.forms)))

    def parted_words(self) -> Ints:
        """Return how many words stand after the end of a sentence or a comma: there are as many marks or more."""
        return self._sums(self._of_texts(lambda part: ((part.signs & (SENTENCE | COMMA)) > 0).astype(np.int32)) - 1)

    def marks(self) -> Ints:
        """Return how many punctuation marks there are."""
        said: list[list[str]] = [[] for _ in range(self._n_transcripts)]
        for owner, text in zip(self._owners.tolist(), self._stream.texts, strict=True):
            said[owner].append(text)
        return np.array([sum(map("".join(texts).count, _MARKS)) for texts in said], dtype=np.intp)

    def _of_texts(self, flags: Callable[[Stream], Ints]) -> Ints:
        """Return how many words of each text, with the edge before it, have the flag 1."""
        parts = self._stream.parts(WORDS_AT_ONCE)
        return np.concatenate([np.add.reduceat(flags(part), part.edges[:-1]) for part in parts])

    def _sums(self, counts: Ints) -> Ints:
        """Return the sums of counts, one a text, in each transcript."""
        return np.bincount(self._owners, counts, minlength=self._n_transcripts)


def _is_polish(form: str) -> bool:
    return not form.isascii() and bool(_POLISH_LETTER.search(form))


def _is_slip(form: str) -> bool:
    return not is_word(form) and _is_misread(form)


@cache
def _is_misread(form: str) -> bool:
    return any(is_word(reading) for reading in shape_readings(form))
