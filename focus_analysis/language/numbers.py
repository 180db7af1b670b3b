"""Numbers as digits and as words, and units in full and short: "2 dzieci", "dwoje dzieci"; "10 km"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from focus_analysis.resources import toml

_HIGHEST = 999
PLUS = "plus"


class _Numbers(NamedTuple):
    """The numbers and units of ``resources/numbers.toml``.

    Parameters
    ----------
    words : dict of int to list of str
        Base forms of a number.
    values : dict of str to int
        The number that a base form says.
    compounds : dict of str to (int, str)
        Words that hold a number: the number, and the word that is left ("osiemdziesięcioletni": 80, letni).
    units : dict of str to str
        Short forms of units with the words they stand for, and the words with their short forms.
    """

    words: dict[int, list[str]]
    values: dict[str, int]
    compounds: dict[str, tuple[int, str]]
    units: dict[str, str]


@cache
def _numbers() -> _Numbers:
    data = toml("numbers.toml")
    words = {int(digits): said for digits, said in data["words"].items()}
    beginnings = {int(digits): begun for digits, begun in data["beginnings"].items()}
    return _Numbers(
        words,
        {word: value for value, said in words.items() for word in said},
        {begun + end: (value, end) for value, begun in beginnings.items() for end in data["compounds"]["ends"]},
        {**data["units"], **{word: short for short, word in data["units"].items()}},
    )


def value_of(word: str) -> int | None:
    """Return the number that digits or a base form say, none for another word.

    Examples
    --------
    >>> value_of("dwoje"), value_of("500"), value_of("dom")
    (2, 500, None)
    """
    return int(word) if word.isdecimal() and word.isascii() else _numbers().values.get(word)


def in_words(value: int) -> list[tuple[str, ...]]:
    """Return the rows of base forms that say a number, none where it has no words here.

    Examples
    --------
    >>> in_words(2), in_words(125), in_words(2018)
    ([('dwa',), ('dwoje',)], [('sto', 'dwadzieścia', 'pięć')], [])
    """
    words = _numbers().words
    if value in words:
        return [(word,) for word in words[value]]
    parts, left = [], value if value <= _HIGHEST else 0
    for part in sorted(words, reverse=True):
        if part <= left:
            parts.append(words[part][0])
            left -= part
    return [tuple(parts)] if parts and not left else []


def sum_of(values: Sequence[int]) -> int | None:
    """Return the number that several say in a row, none where they are no number.

    Examples
    --------
    >>> sum_of([100, 20, 5]), sum_of([5, 20]), sum_of([100, 25])
    (125, None, None)
    """
    said = [row[0] for value in values for row in in_words(value)[:1] if len(row) == 1]
    total = sum(values)
    return total if len(said) == len(values) and in_words(total)[:1] == [tuple(said)] else None


def parted(word: str) -> tuple[int, str] | None:
    """Return the number that a word holds, and the word that is left.

    Examples
    --------
    >>> parted("osiemdziesięcioletni"), parted("trzymać")
    ((80, 'letni'), None)
    """
    return _numbers().compounds.get(word)


def put_together(value: int, word: str) -> str | None:
    """Return the word that a number makes with another.

    Examples
    --------
    >>> put_together(80, "letni"), put_together(80, "dom")
    ('osiemdziesięcioletni', None)
    """
    return next((whole for whole, parts in _numbers().compounds.items() if parts == (value, word)), None)


def other_unit(word: str) -> str | None:
    """Return a unit in short where it is written in full, in full where it is short.

    Examples
    --------
    >>> other_unit("kilometr"), other_unit("km"), other_unit("dom")
    ('km', 'kilometr', None)
    """
    return _numbers().units.get(word)
