"""Other ways of writing the phrases of patterns: acronyms said letter by letter, numbers as digits or words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from focus_analysis.language.acronyms import is_acronym, last_letter_forms, spelled
from focus_analysis.language.numbers import PLUS, in_words, other_unit, parted, put_together, sum_of, value_of
from focus_analysis.patterns import Atom, Phrase, Term

_LONGEST_NUMBER = 3


def variants(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase, with its numbers and units written both ways, and the longer and shorter phrases that say it.

    A form that a pattern gives after "=" stays as it is written.
    """
    for written in (phrase, *_by_letters(phrase), *_in_digits(phrase), *_in_full(phrase)):
        yield tuple(map(_either_way, written))


def _by_letters(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase with its acronym said letter by letter: "de pe es"."""
    if len(phrase) != 1:
        return
    for atom in phrase[0]:
        if atom.kind == "lemma" and is_acronym(atom.word) and len(spelled(atom.word)) > 1:
            letters = [(Atom("form", letter),) for letter in spelled(atom.word)[:-1]]
            yield (*letters, tuple(Atom("form", form) for form in sorted(last_letter_forms(atom.word))))


def _either_way(term: Term) -> Term:
    """Return a term with the other ways of writing its words: "dwa" with "2" and "dwoje", "km" with "kilometr"."""
    more = [other for atom in term if atom.kind == "lemma" for other in _same(atom.word)]
    return tuple(dict.fromkeys((*term, *more))) if more else term


def _same(word: str) -> Iterator[Atom]:
    value, unit = value_of(word), other_unit(word)
    if value is not None:
        yield Atom("form", str(value))
        yield from (Atom("lemma", said) for (said, *rest) in in_words(value) if not rest)
    if unit:
        yield Atom("lemma", unit)


def _in_digits(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase with several words of a number as digits: "dwadzieścia pięć", "pięćset plus", "80-letni"."""
    values = [_values(term) for term in phrase]
    for first in range(len(phrase) - 1):
        for last in range(first + 2, min(first + _LONGEST_NUMBER, len(phrase)) + 1):
            sums = map(sum_of, product(*values[first:last]))
            found = tuple(Atom("form", str(value)) for value in sums if value is not None)
            if found:
                yield (*phrase[:first], found, *phrase[last:])
        after = [atom.word for atom in phrase[first + 1] if atom.kind in ("lemma", "form")]
        joined = [Atom("form", f"{value}+") for value in values[first] if PLUS in after]
        wholes = (put_together(value, word) for value in values[first] for word in after)
        joined += [Atom("lemma", whole) for whole in wholes if whole]
        if joined:
            yield (*phrase[:first], tuple(joined), *phrase[first + 2 :])


def _in_full(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase with a word parted into several: "25", "osiemdziesięcioletni"."""
    for place, term in enumerate(phrase):
        for atom in term:
            if atom.kind == "lemma":
                for row in _rows(atom.word):
                    yield (*phrase[:place], *((word,) for word in row), *phrase[place + 1 :])


def _rows(word: str) -> Iterator[tuple[Atom, ...]]:
    value, parts = value_of(word), parted(word)
    if value is not None:
        yield from (tuple(Atom("lemma", said) for said in row) for row in in_words(value) if len(row) > 1)
    if parts:
        yield Atom("form", str(parts[0])), Atom("lemma", parts[1])


def _values(term: Term) -> list[int]:
    """Return the numbers that the words of a term say."""
    found = (value_of(atom.word) for atom in term if atom.kind == "lemma" or atom.word.isdecimal())
    return [value for value in found if value is not None]
