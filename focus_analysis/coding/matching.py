"""Patterns made ready to be found: the codebook's words are inflected once, and the forms looked up.

Nothing is analysed in the text: a word of it belongs to a base form if it is one of its forms in any reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Groups, Ints
from focus_analysis.coding.finding import NO_PART, REACHES, Finder, Matches, Plan
from focus_analysis.coding.lexicon import NO_TERM, Lexicon
from focus_analysis.coding.runs import GAP, Runs
from focus_analysis.coding.variants import variants
from focus_analysis.language.stream import BREAK, SENTENCE, Stream, read_stream
from focus_analysis.language.tokens import Token, tokens
from focus_analysis.patterns import Pattern, Phrase, Remembered, Term

_BREAK = re.compile(r"[.,;:!?…()\[\]–—―\"„”“«»]|\s-\s")
_MOST_KEPT = 50_000
_SENTENCE_END = re.compile(r"[.!?…]")

Span = tuple[int, int]


class Match(NamedTuple):
    """A pattern found: its number, its first word, the word after its last, and the words of each of its parts."""

    pattern: int
    first: int
    last: int
    parts: tuple[Span, ...]


class Words(NamedTuple):
    """A text as words: ``breaks[i]`` and ``sentences[i]`` say what punctuation, or pause, stands before word ``i``."""

    text: str
    tokens: list[Token]
    breaks: list[bool]
    sentences: list[int]


def split_words(text: str, tokenise: Callable[[str], list[Token]] = tokens) -> Words:
    """Return the words of a text, where punctuation parts them, and the number of each word's sentence."""
    found = tokenise(text)
    breaks: list[bool] = []
    sentences: list[int] = []
    end = number = 0
    for token in found:
        between = text[end : token.start]
        number += bool(token.pause & SENTENCE or _SENTENCE_END.search(between))
        breaks.append(bool(token.pause & BREAK or _BREAK.search(between)))
        sentences.append(number)
        end = token.end
    return Words(text, found, breaks, sentences)


def stream_of(words: Words) -> Stream:
    """Return one text as arrays, with the breaks and sentences that it has here; word ``i`` stands at ``i + 1``."""
    stream = read_stream([words.text], {0: words.tokens})
    signs = stream.signs & ~np.uint8(BREAK | SENTENCE)
    signs[[0, 1, -1]] |= BREAK
    signs[[0, -1]] |= SENTENCE
    inner = slice(1, len(signs) - 1)
    signs[inner] |= np.array(words.breaks, dtype=np.uint8) * BREAK
    signs[inner] |= (np.diff(np.array(words.sentences, dtype=int), prepend=0) > 0).astype(np.uint8) * SENTENCE
    return replace(stream, signs=signs)


class Matcher:
    """Patterns ready to be found: phrases, proximity, what rules a match out.

    Parameters
    ----------
    patterns : iterable of Pattern
        Their order numbers them in the matches.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = list(patterns)
        parts = _Parts()
        sides = [[parts.number(part) for part in pattern.parts] for pattern in self.patterns]
        near = [parts.number(pattern.not_near) for pattern in self.patterns]
        before = [parts.number(pattern.not_before) for pattern in self.patterns]
        self._plan = Plan(
            sides=_padded(sides),
            n_sides=np.array([len(side) for side in sides], dtype=np.intp),
            distances=np.array([pattern.words for pattern in self.patterns], dtype=np.intp),
            reaches=np.array([REACHES.index(pattern.reach) for pattern in self.patterns], dtype=np.intp),
            ordered=np.array([pattern.ordered for pattern in self.patterns], dtype=np.bool_),
            not_near=np.array(near, dtype=np.intp),
            not_before=np.array(before, dtype=np.intp),
            terms=np.array(parts.terms, dtype=np.intp),
            runs=Runs(list(parts.runs)),
            parts_of_runs=parts.parts_of_runs(),
        )
        self._lexicon = Lexicon(list(parts.lexicon))

    @property
    def forms(self) -> frozenset[str]:
        """The forms of words that the patterns look for."""
        return self._lexicon.forms

    def finder(self, stream: Stream) -> Finder:
        """Return the patterns ready to be found in a stream, and in parts of it."""
        return Finder(self._plan, self._lexicon.classes(stream.vocabulary), stream)

    def find(self, words: Words, clauses: Sequence[int] | None = None) -> list[Match]:
        """Return every match in a text, in order of the first word, the pattern and the last word.

        Parameters
        ----------
        words : Words
            The text.
        clauses : sequence of int, optional
            Number of each word's clause, for patterns that ask for one clause.
        """
        stream = stream_of(words)
        finder = self.finder(stream)
        found = finder.find(stream)
        return self.listed(found if clauses is None else finder.in_clauses(found, np.array([-1, *clauses])))

    def listed(self, matches: Matches) -> list[Match]:
        """Return the matches of a stream that holds one text, with the places that the words have in the text."""
        found = []
        for number, spans in zip(matches.patterns.tolist(), (matches.spans - 1).tolist(), strict=True):
            parts = tuple(sorted((first, last) for first, last in spans[: len(self.patterns[number].parts)]))
            found.append(Match(number, parts[0][0], parts[-1][1], parts))
        return found


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    """Return rows of different lengths as a matrix; where a row is shorter stands its first value."""
    widest = max(map(len, rows), default=1)
    return np.array([[*row, *[row[0]] * (widest - len(row))] for row in rows], dtype=np.intp).reshape(-1, widest)


class _Parts:
    """Numbers for the parts of patterns, their terms and their longer phrases: what is the same has one number."""

    def __init__(self) -> None:
        self.lexicon: dict[Term, int] = {(): NO_TERM}
        self.terms: list[int] = []
        self._runs: dict[tuple[int, ...], int] = {}
        self._numbers: dict[tuple[Phrase, ...], int] = {}
        self._users: list[tuple[int, int]] = []

    def number(self, phrases: tuple[Phrase, ...]) -> int:
        """Return the number of a choice of phrases, in every way of writing them; -1 where there is none."""
        if not phrases:
            return NO_PART
        if phrases not in self._numbers:
            self._numbers[phrases] = part = len(self._numbers)
            single, longer = _written(phrases)
            self.terms.append(self.lexicon.setdefault(single, len(self.lexicon)))
            self._users += [(self._run(phrase), part) for phrase in longer]
        return self._numbers[phrases]

    def _term(self, term: Term) -> int:
        return GAP if term and term[0].kind == "gap" else self.lexicon.setdefault(term, len(self.lexicon))

    def _run(self, phrase: Phrase) -> int:
        return self._runs.setdefault(tuple(map(self._term, phrase)), len(self._runs))

    @property
    def runs(self) -> Iterable[tuple[int, ...]]:
        """Phrases of several words, as numbers of terms."""
        return self._runs

    def parts_of_runs(self) -> Groups:
        """Return the parts that each phrase of several words belongs to."""
        runs, parts = np.array(self._users, dtype=np.intp).reshape(-1, 2).T
        return Groups.gather(runs, parts, len(self._runs))


@lru_cache(_MOST_KEPT)
def _written(phrases: tuple[Phrase, ...]) -> tuple[Term, list[Phrase]]:
    """Return the single words among phrases and the longer ones, in every way of writing them."""
    every = dict.fromkeys(variant for phrase in phrases for variant in variants(phrase))
    single = Remembered(dict.fromkeys(atom for phrase in every if len(phrase) == 1 for atom in phrase[0]))
    return single, [phrase for phrase in every if len(phrase) > 1]
