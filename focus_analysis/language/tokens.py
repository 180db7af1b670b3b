"""Words of a text with their places, and letters without diacritics."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)")
ACRONYM_WITH_ENDING = re.compile(r"[A-ZĄĆĘŁŃÓŚŹŻ]{2,}s?-[a-ząćęłńóśźż]{1,4}(?!\w)")
_TOKEN = re.compile(rf"{ACRONYM_WITH_ENDING.pattern}|[^\W_]*[0-9]\+(?![^\W_])|[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
LITTLE_WORDS = frozenset(
    ("w", "z", "nie", "na", "że", "się", "jest", "po", "ale", "jak", "tak", "bo", "już", "są", "my")
)
FEWEST_LITTLE_WORDS = 0.04
_SHORT = 40
_FOLD = str.maketrans("łŁ", "lL")


class Token(NamedTuple):
    """A word: its first character, the character after the last, and the lower-case form that is looked up."""

    start: int
    end: int
    form: str


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
