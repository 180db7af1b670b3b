"""Acronyms as people write, say and inflect them: GOPS-u, gopsie, peceperu, "de pe es"."""

from __future__ import annotations

import re
from functools import cache

_ACRONYM = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]{2,}s?")
_ENDINGS = ("", "u", "owi", "em", "ie", "y", "ów", "om", "ami", "ach", "ze")
_SOFTENED = {"r": ("rze",), "t": ("cie",), "l": ("lu",), "z": ("ztu", "zcie", "ztem", "zty", "ztów")}
_LETTERS = {
    "a": "a", "ą": "ą", "b": "be", "c": "ce", "ć": "cie", "d": "de", "e": "e", "ę": "ę", "f": "ef", "g": "gie",
    "h": "ha", "i": "i", "j": "jot", "k": "ka", "l": "el", "ł": "eł", "m": "em", "n": "en", "ń": "eń", "o": "o",
    "ó": "o", "p": "pe", "r": "er", "s": "es", "ś": "eś", "t": "te", "u": "u", "w": "wu", "y": "igrek", "z": "zet",
    "ź": "ziet", "ż": "żet",
}  # fmt: skip


def is_acronym(word: str) -> bool:
    """Return whether a word is written as an acronym.

    Examples
    --------
    >>> is_acronym("GOPS"), is_acronym("Gops")
    (True, False)
    """
    return bool(_ACRONYM.fullmatch(word))


@cache
def acronym_forms(acronym: str) -> frozenset[str]:
    """Return the one-word forms of an acronym in lower case: written, inflected, and spelled out as one word.

    Examples
    --------
    >>> {"gopsie", "gopsu"} <= acronym_forms("GOPS"), {"peceperu", "peceperze"} <= acronym_forms("PCPR")
    (True, True)
    """
    letters = spelled(acronym)
    joined = "".join(letters)
    elided = re.sub(r"([aeiou])\1", r"\1", joined)
    stems = {acronym.lower(), *((joined, elided) if len(letters) > 2 else ())}
    return frozenset(form for stem in stems for form in _inflected(stem))


def spelled(acronym: str) -> tuple[str, ...]:
    """Return the names of an acronym's letters.

    Examples
    --------
    >>> spelled("DPS")
    ('de', 'pe', 'es')
    """
    return tuple(_LETTERS[letter] for letter in acronym.lower() if letter in _LETTERS)


def last_letter_forms(acronym: str) -> frozenset[str]:
    """Return the forms of the last letter of an acronym that is said letter by letter: "de pe esu"."""
    return frozenset(_inflected(spelled(acronym)[-1]))


def _inflected(stem: str) -> set[str]:
    softened = {stem[:-1] + ending for ending in _SOFTENED.get(stem[-1], ())}
    return {stem + ending for ending in _ENDINGS} | softened
