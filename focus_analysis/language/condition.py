"""In what condition a transcript is: without Polish letters, without punctuation, with the slips of a scanner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from focus_analysis.language.morphology import is_word
from focus_analysis.language.repair import shape_readings
from focus_analysis.language.tokens import forms, looks_polish

_POLISH_LETTER = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)
_MARK = re.compile(r"[.,;:!?…]")
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


def condition_of(texts: Iterable[str]) -> Condition:
    """Return the condition of a transcript, judged by its first 20,000 characters.

    A short one passes as clean, and so does one in another language, which there is no mending.

    Parameters
    ----------
    texts : iterable of str
        What was said, turn by turn.

    Examples
    --------
    >>> condition_of(["Są tacy, którzy nie mają nic, bo wszystko przepiją. Tak to wygląda."] * 10)
    Condition(no_diacritics=False, no_punctuation=False, scanned=False)
    >>> condition_of(["sa tacy ktorzy nie maja nic bo wszystko przepija tak to wyglada"] * 10)
    Condition(no_diacritics=True, no_punctuation=True, scanned=False)
    """
    return _judged(_beginning(texts))


@lru_cache(maxsize=2_000)
def _judged(text: str) -> Condition:
    """Return the condition of a text; kept, since a corpus is coded again and again."""
    counts = Counter(forms(text))
    n_words = sum(counts.values())
    if n_words < _SHORTEST or not looks_polish(text):
        return CLEAN
    n_polish = sum(n for form, n in counts.items() if _POLISH_LETTER.search(form))
    no_diacritics = n_polish < _FEWEST_POLISH * n_words
    n_marks = len(_MARK.findall(text))
    n_slips = 0 if no_diacritics else sum(n for form, n in counts.items() if _is_slip(form))
    return Condition(no_diacritics, n_marks < _FEWEST_MARKS * n_words, n_slips > _FEWEST_SLIPS * n_words)


def _beginning(texts: Iterable[str]) -> str:
    """Return as many texts as it takes to judge a transcript."""
    taken: list[str] = []
    n_characters = 0
    for text in texts:
        taken.append(text)
        n_characters += len(text)
        if n_characters > _JUDGED:
            break
    return "\n".join(taken)


def _is_slip(form: str) -> bool:
    return not is_word(form) and any(is_word(reading) for reading in shape_readings(form))
