"""Find patterns in a text: the codebook's words are inflected once, and the forms looked up.

Nothing is analysed in the text: a word of it belongs to a base form if it is one of its forms in any reading.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from focus_analysis.codebook import Atom, Pattern
from focus_analysis.language.morphology import inflected_forms
from focus_analysis.language.tokens import Token, tokens

_BREAK = re.compile(r"[.,;:!?…()\[\]–—\"„”]")


class Match(NamedTuple):
    """A pattern found: its number, and its first word and the word after its last."""

    pattern: int
    first: int
    last: int


class Words(NamedTuple):
    """A text as words; ``breaks[i]`` says that punctuation stands before word ``i``."""

    text: str
    tokens: list[Token]
    breaks: list[bool]


def split_words(text: str) -> Words:
    """Return the words of a text and where punctuation parts them."""
    found = tokens(text)
    ends = [0, *(token.end for token in found)]
    breaks = [bool(_BREAK.search(text, end, token.start)) for end, token in zip(ends, found, strict=False)]
    return Words(text, found, breaks)


class Term(NamedTuple):
    """One word of a pattern as it is looked up: all forms, and beginnings."""

    forms: frozenset[str]
    beginnings: tuple[str, ...]

    def fits(self, form: str) -> bool:
        """Return whether a word of the text is one of the term's."""
        return form in self.forms or (bool(self.beginnings) and form.startswith(self.beginnings))


class Matcher:
    """Patterns ready to be found in any number of texts.

    Parameters
    ----------
    patterns : iterable of Pattern
        Their order numbers them in the matches.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns: list[tuple[Term, ...]] = [tuple(map(_term, pattern.terms)) for pattern in patterns]
        self._by_form: dict[str, list[int]] = defaultdict(list)
        self._by_beginning: dict[str, list[int]] = defaultdict(list)
        for number, terms in enumerate(self.patterns):
            for form in terms[0].forms:
                self._by_form[form].append(number)
            for beginning in terms[0].beginnings:
                self._by_beginning[beginning].append(number)
        self._beginnings = tuple(self._by_beginning)
        self._starting: dict[str, Sequence[int]] = {}

    def find(self, words: Words) -> list[Match]:
        """Return every match in the text, in order of the first word."""
        return [
            Match(number, first, first + len(self.patterns[number]))
            for first, token in enumerate(words.tokens)
            for number in self._candidates(token.form)
            if self._goes_on(self.patterns[number], words, first)
        ]

    def _candidates(self, form: str) -> Sequence[int]:
        """Return the patterns whose first word the form can be; each form is looked up once."""
        if form not in self._starting:
            found = list(self._by_form.get(form, ()))
            if form.startswith(self._beginnings):
                found += [
                    n
                    for beginning in self._beginnings
                    if form.startswith(beginning)
                    for n in self._by_beginning[beginning]
                ]
            self._starting[form] = sorted(set(found))
        return self._starting[form]

    @staticmethod
    def _goes_on(terms: tuple[Term, ...], words: Words, first: int) -> bool:
        if first + len(terms) > len(words.tokens):
            return False
        return all(
            not words.breaks[first + step] and terms[step].fits(words.tokens[first + step].form)
            for step in range(1, len(terms))
        )


def _term(atoms: tuple[Atom, ...]) -> Term:
    forms = (
        inflected_forms(atom.word) if atom.kind == "lemma" else {_key(atom.word)}
        for atom in atoms
        if atom.kind != "beginning"
    )
    return Term(frozenset().union(*forms), tuple(_key(atom.word) for atom in atoms if atom.kind == "beginning"))


def _key(word: str) -> str:
    return word.replace("-", "").lower()
