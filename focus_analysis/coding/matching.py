"""Find patterns in a text: the codebook's words are inflected once, and the forms looked up.

Nothing is analysed in the text: a word of it belongs to a base form if it is one of its forms in any reading.
Phrases are found first; proximity and exceptions look at the phrases found, never at the text again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from focus_analysis.language.acronyms import is_acronym, last_letter_forms, spelled
from focus_analysis.language.morphology import inflected_forms, unambiguous_forms
from focus_analysis.language.tokens import Token, tokens
from focus_analysis.patterns import Atom, Pattern, Phrase

_BREAK = re.compile(r"[.,;:!?…()\[\]–—―\"„”“«»]|\s-\s")
_SENTENCE_END = re.compile(r"[.!?…]")
_WIDEST_GAP = 3

Span = tuple[int, int]
_Roles = tuple[frozenset[int], frozenset[int], frozenset[int]]
_NO_ROLES: _Roles = (frozenset(), frozenset(), frozenset())


class Match(NamedTuple):
    """A pattern found: its number, its first word, the word after its last, and the words of each of its parts."""

    pattern: int
    first: int
    last: int
    parts: tuple[Span, ...]


class Words(NamedTuple):
    """A text as words: ``breaks[i]`` and ``sentences[i]`` say what punctuation stands before word ``i``."""

    text: str
    tokens: list[Token]
    breaks: list[bool]
    sentences: list[int]


def split_words(text: str) -> Words:
    """Return the words of a text, where punctuation parts them, and the number of each word's sentence."""
    found = tokens(text)
    breaks: list[bool] = []
    sentences: list[int] = []
    end = number = 0
    for token in found:
        between = text[end : token.start]
        number += bool(_SENTENCE_END.search(between))
        breaks.append(bool(_BREAK.search(between)))
        sentences.append(number)
        end = token.end
    return Words(text, found, breaks, sentences)


class _Term(NamedTuple):
    """One word of a phrase as it is looked up: forms, beginnings, and forms whose capitals count."""

    forms: frozenset[str]
    beginnings: tuple[str, ...]
    cased: frozenset[str]
    is_gap: bool

    def fits(self, words: Words, place: int) -> bool:
        token = words.tokens[place]
        if token.form in self.forms or (self.beginnings and token.form.startswith(self.beginnings)):
            return True
        return bool(self.cased) and words.text[token.start : token.end] in self.cased


class _Index:
    """Which phrases have a word of the text as a certain one of their terms."""

    def __init__(self) -> None:
        self._by_form: dict[str, set[int]] = defaultdict(set)
        self._by_beginning: dict[str, set[int]] = defaultdict(set)
        self._lengths: set[int] = set()

    def add(self, term: _Term, phrase: int) -> None:
        for form in term.forms | {cased.lower() for cased in term.cased}:
            self._by_form[form].add(phrase)
        for beginning in term.beginnings:
            self._by_beginning[beginning].add(phrase)
            self._lengths.add(len(beginning))

    def __getitem__(self, form: str) -> frozenset[int]:
        exact = frozenset(self._by_form.get(form, ()))
        begun = [self._by_beginning[form[:length]] for length in self._lengths if form[:length] in self._by_beginning]
        return exact.union(*begun) if begun else exact


class PhraseFinder:
    """Phrases ready to be found in any number of texts.

    Parameters
    ----------
    phrases : iterable of Phrase
        Their order numbers them.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = [tuple(map(_term, phrase)) for phrase in phrases]
        self._single, self._gapped, self._first, self._second = _Index(), _Index(), _Index(), _Index()
        self._known: dict[str, _Roles] = {}
        for number, terms in enumerate(self._phrases):
            if len(terms) == 1:
                self._single.add(terms[0], number)
            elif terms[1].is_gap:
                self._gapped.add(terms[0], number)
            else:
                self._first.add(terms[0], number)
                self._second.add(terms[1], number)

    def find(self, words: Words) -> dict[int, list[Span]]:
        """Return the places of each phrase that stands in the text: first word, word after the last."""
        found: dict[int, list[Span]] = {}
        roles = [self._roles(token.form) for token in words.tokens]
        for place, ((alone, first, _), (_, _, second)) in enumerate(zip(roles, [*roles[1:], _NO_ROLES], strict=False)):
            candidates = alone | (first & second) if first and second else alone
            for number in candidates:
                end = min(_ends(self._phrases[number], words, place), default=0)
                if end:
                    found.setdefault(number, []).append((place, end))
        return found

    def _roles(self, form: str) -> _Roles:
        """Return the phrases that a form can begin without a look at the next word, begin, or go on with."""
        if form not in self._known:
            self._known[form] = (self._single[form] | self._gapped[form], self._first[form], self._second[form])
        return self._known[form]


def _ends(terms: tuple[_Term, ...], words: Words, place: int) -> Iterator[int]:
    """Yield where the terms can end if the first stands at this place; punctuation parts no phrase."""
    if not terms[0].fits(words, place):
        return
    after, rest = place + 1, terms[1:]
    if not rest:
        yield after
        return
    widest = _WIDEST_GAP if rest[0].is_gap else 0
    rest = rest[1:] if rest[0].is_gap else rest
    for skipped in range(widest + 1):
        target = after + skipped
        if target >= len(words.tokens) or words.breaks[target]:
            return
        yield from _ends(rest, words, target)


def _term(atoms: tuple[Atom, ...]) -> _Term:
    forms: set[str] = set()
    for atom in atoms:
        if atom.kind == "lemma":
            forms |= inflected_forms(atom.word)
        elif atom.kind == "strict":
            forms |= unambiguous_forms(atom.word)
        elif atom.kind == "form":
            forms.add(_key(atom.word))
    beginnings = tuple(_key(atom.word) for atom in atoms if atom.kind == "beginning")
    cased = frozenset(atom.word for atom in atoms if atom.kind == "cased")
    return _Term(frozenset(forms), beginnings, cased, atoms[0].kind == "gap")


def _key(word: str) -> str:
    return word.replace("-", "").lower()


class Matcher:
    """Patterns ready to be found: phrases, proximity, what rules a match out.

    Parameters
    ----------
    patterns : iterable of Pattern
        Their order numbers them in the matches.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = list(patterns)
        numbers: dict[Phrase, int] = {}
        self._parts = [tuple(_numbered(part, numbers) for part in pattern.parts) for pattern in self.patterns]
        self._not_near = [_numbered(pattern.not_near, numbers) for pattern in self.patterns]
        self._not_before = [_numbered(pattern.not_before, numbers) for pattern in self.patterns]
        self._users: dict[int, list[int]] = defaultdict(list)
        for number, parts in enumerate(self._parts):
            for phrase in parts[0]:
                self._users[phrase].append(number)
        self._finder = PhraseFinder(numbers)

    def find(self, words: Words, clauses: Sequence[int] | None = None) -> list[Match]:
        """Return every match in a text, in order of the first word and the pattern.

        Parameters
        ----------
        words : Words
            The text.
        clauses : sequence of int, optional
            Number of each word's clause, for patterns that ask for one clause.
        """
        phrases = self._finder.find(words)
        concerned = sorted({user for phrase in phrases for user in self._users.get(phrase, ())})
        matches = [
            match
            for number in concerned
            for match in self._joined(number, phrases, words, clauses)
            if not self._ruled_out(match, phrases, words)
        ]
        return sorted(matches, key=lambda match: (match.first, match.pattern, match.last))

    def _joined(
        self, number: int, phrases: dict[int, list[Span]], words: Words, clauses: Sequence[int] | None
    ) -> Iterator[Match]:
        """Yield the matches of one pattern: its parts, near enough to each other."""
        places = [sorted({span for phrase in part for span in phrases.get(phrase, ())}) for part in self._parts[number]]
        if len(places) == 1:
            yield from (Match(number, first, last, ((first, last),)) for first, last in places[0])
            return
        pattern = self.patterns[number]
        units = {"sentence": words.sentences, "clause": clauses or words.sentences, "turn": None}[pattern.reach]
        for chosen in product(*places):
            ordered = sorted(chosen)
            if pattern.ordered and ordered != list(chosen):
                continue
            between = [after[0] - before[1] for before, after in pairwise(ordered)]
            if any(gap < 0 or gap > pattern.words for gap in between):
                continue
            first, last = ordered[0][0], ordered[-1][1]
            if units is None or units[first] == units[last - 1]:
                yield Match(number, first, last, tuple(ordered))

    def _ruled_out(self, match: Match, phrases: dict[int, list[Span]], words: Words) -> bool:
        after = self._not_before[match.pattern]
        if any(first == match.last for phrase in after for first, _ in phrases.get(phrase, ())):
            return True
        sentence = words.sentences[match.first]
        near = self._not_near[match.pattern]
        return any(words.sentences[first] == sentence for phrase in near for first, _ in phrases.get(phrase, ()))


def _numbered(phrases: Iterable[Phrase], numbers: dict[Phrase, int]) -> tuple[int, ...]:
    """Return the numbers of phrases and of their spelled acronyms, giving new ones to those not seen before."""
    every = dict.fromkeys(variant for phrase in phrases for variant in (phrase, *_spelled(phrase)))
    return tuple(numbers.setdefault(phrase, len(numbers)) for phrase in every)


def _spelled(phrase: Phrase) -> Iterator[Phrase]:
    """Yield the phrase with its acronym said letter by letter: "de pe es"."""
    if len(phrase) != 1:
        return
    for atom in phrase[0]:
        if atom.kind == "lemma" and is_acronym(atom.word) and len(spelled(atom.word)) > 1:
            letters = [(Atom("form", letter),) for letter in spelled(atom.word)[:-1]]
            yield (*letters, tuple(Atom("form", form) for form in sorted(last_letter_forms(atom.word))))
