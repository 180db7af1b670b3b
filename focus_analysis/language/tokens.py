"""Words of a text with their places, and letters without diacritics."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+(?:\s|$)")
ACRONYM_WITH_ENDING = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]{2,}s?-[a-ząćęłńóśźż]{1,4}(?!\w)")
_TOKEN = re.compile(rf"{ACRONYM_WITH_ENDING.pattern}|[^\W_]*[0-9]\+(?![^\W_])|[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LITTLE_WORDS = frozenset(
    ("w", "z", "nie", "na", "że", "się", "jest", "po", "ale", "jak", "tak", "bo", "już", "są", "my")
)
FEWEST_LITTLE_WORDS = 0.04
_SHORT = 40
_IN_WORD, _JOINS = 1, 2
_FOLD = str.maketrans("łŁ", "lL")


class Token(NamedTuple):
    """A word: its first character, the character after the last, and the lower-case form that is looked up.

    ``pause`` tells what would stand before it, as the signs of a stream do, where nothing is written (``pauses``).
    """

    start: int
    end: int
    form: str
    pause: int = 0


def tokens(text: str) -> list[Token]:
    """Return the words of a text in order.

    An acronym keeps its ending ("GOPS-u" is one word, looked up as "gopsu"); other hyphens part words. A number keeps
    its plus ("500+").

    Examples
    --------
    >>> [token.form for token in tokens("W GOPS-ie, no-no!")]
    ['w', 'gopsie', 'no', 'no']
    """
    return [Token(match.start(), match.end(), looked_up(match.group())) for match in _TOKEN.finditer(text)]


def forms(text: str) -> list[str]:
    """Return the words of a text as they are looked up, in order.

    Examples
    --------
    >>> forms("W GOPS-ie, no-no!")
    ['w', 'gopsie', 'no', 'no']
    """
    return [looked_up(word) for word in _TOKEN.findall(text)]


def looked_up(word: str) -> str:
    """Return the form under which a written word is looked up.

    Examples
    --------
    >>> looked_up("GOPS-u")
    'gopsu'
    """
    return word.replace("-", "").lower()


def count_words(text: str) -> int:
    """Return the number of words; a word with a hyphen or an apostrophe inside is one.

    Examples
    --------
    >>> count_words("No-no, 500+ to nie wszystko.")
    5
    """
    return len(_WORD.findall(text))


def word_counts(texts: Sequence[str]) -> list[int]:
    """Return the number of words of each text, as ``count_words`` has it, in one go for all of them.

    Examples
    --------
    >>> word_counts(["No-no, 500+ to nie wszystko.", "Tak."])
    [5, 1]
    """
    import numpy as np

    whole = "\n".join((*texts, ""))
    kinds = _kinds_of_units()[np.frombuffer(whole.encode("utf-16-le", "surrogatepass"), np.uint16)]
    if len(kinds) > len(whole):  # signs of two units
        return [*map(count_words, texts)]
    in_word, joins = kinds == _IN_WORD, kinds == _JOINS
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1]
    begins[2:] &= ~(joins[1:-1] & in_word[:-2])
    ends = np.cumsum([len(text) + 1 for text in texts])
    counts: list[int] = np.diff(np.searchsorted(np.flatnonzero(begins), ends), prepend=0).tolist()
    return counts


@cache
def _kinds_of_units() -> Any:
    """Return for each unit of UTF-16 whether words hold it, or have it between their parts."""
    import numpy as np

    kinds = np.array([chr(code).isalnum() * _IN_WORD for code in range(1 << 16)], np.uint8)
    kinds[[*map(ord, "-'’")]] = _JOINS
    return kinds


def looks_polish(text: str) -> bool:
    """Return whether a text has the little words of Polish; a short text passes.

    Examples
    --------
    >>> looks_polish("Nie wiem. " * 30), looks_polish("They do not know. " * 30)
    (True, False)
    """
    words = text.lower().split()
    polish = sum(map(LITTLE_WORDS.__contains__, words))
    return len(words) < _SHORT or polish >= FEWEST_LITTLE_WORDS * len(words)


def fold(text: str) -> str:
    """Return the text in lower case without diacritics.

    Examples
    --------
    >>> fold("Świętokrzyskie, Łódź")
    'swietokrzyskie, lodz'
    """
    bare = unicodedata.normalize("NFD", text.translate(_FOLD))
    return "".join(char for char in bare if not unicodedata.combining(char)).lower()
