"""The forms of the words of patterns, worked out once and then kept in the user's cache.

They are kept by the word, not by the codebook, so that an edited codebook finds those of all its other words.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from focus_analysis import user_cache
from focus_analysis.language import acronyms, morphology

# Fewer words are worked out again sooner than the file is written.
_FEWEST_KEPT = 100
_MAKERS = (__file__, acronyms.__file__, morphology.__file__)
_NEW: dict[str, Any] = {}


class Inflected(NamedTuple):
    """Forms of a word in alphabetical order, and whether the dictionary knows the word as a base form."""

    forms: tuple[str, ...]
    is_base: bool


@cache
def inflected(word: str) -> Inflected:
    """Return the forms of a word of a pattern.

    Examples
    --------
    >>> "samotnej" in inflected("samotny").forms, inflected("samotny").is_base, inflected("samotnej").is_base
    (True, True, False)
    """
    if word not in _known():
        forms = " ".join(sorted(morphology.inflected_forms(word)))
        _NEW[word] = _known()[word] = (forms, morphology.is_dictionary_form(word))
    forms, is_base = _known()[word]
    return Inflected(tuple(forms.split(" ")), is_base)


def keep_inflected() -> None:
    """Keep what was worked out since the last time, if it is worth a file."""
    if len(_NEW) >= _FEWEST_KEPT:
        user_cache.keep_words(_place(), user_cache.read_words(_place()) | _NEW)
        _NEW.clear()


@cache
def _known() -> dict[str, Any]:
    return user_cache.read_words(_place())


@cache
def _place() -> Path:
    return user_cache.entry("forms", ["morfeusz2"], map(Path, _MAKERS))
