"""The language of patterns.

A pattern is one or more words that stand next to each other, in this order:

======================  =======================================================================
``samotny``             a base form: every inflected form of it
``samotny!``            only the forms that cannot come from another word
``=sama``               this form only; ``==Mops`` with its capitals too
``samotn*``             every word that begins so
``GOPS``                an acronym: its endings and spellings are known (GOPS-u, gopsie, gie o pe es)
``@senior``             any entry of the codebook's list "senior"
``stary|starszy``       either word
``bardzo? samotny``     a word that may be missing
``nie ma ... autobus``  up to three words in between
``@senior near @sam``   both in one sentence, at most eight words apart, in any order
``dwa dziecko``         a number, in words or digits: 2 dzieci, dwoje dzieci; ``500 plus``: 500+
``kilometr``            a unit, in full or short: km
======================  =======================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product
from typing import Literal, NamedTuple, TypeVar

from focus_analysis import labels

Kind = Literal["lemma", "strict", "form", "cased", "beginning", "gap"]
Reach = Literal["clause", "sentence", "turn"]
Status = Literal["affirmed", "denied", "hypothetical"]
NEAR = "near"
_GAP = "..."
_SHORTEST_BEGINNING = 3
_SHORT_WORD = 2
_MOST_VARIANTS = 400
_LONGEST_SHOWN = 80
_MOST_SHOWN = 3
_MOST_KEPT = 50_000
_LIST_NAME = re.compile(r"(?:^|[\s|])@([^\s|?]+)")

Lists = Mapping[str, tuple[str, ...]]
# The lists as far as the meaning of a pattern depends on them: all names, and the entries of those in use.
Scope = tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


class Atom(NamedTuple):
    """One word of a pattern: how it is matched, and the word."""

    kind: Kind
    word: str


class PatternError(ValueError):
    """A pattern cannot be understood.

    Parameters
    ----------
    key : str
        Key of what is wrong among the visible words (``codebook.wrong``).
    **gaps
        What its gaps are filled with.
    """

    def __init__(self, key: str, **gaps: object) -> None:
        super().__init__(labels.words(f"codebook.wrong.{key}", "en", **gaps))
        self.key = key
        self.gaps = gaps


_Item = TypeVar("_Item")


class Remembered(tuple[_Item, ...]):
    """A tuple that remembers its hash: terms and phrases are looked up again and again."""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return super().__hash__()

    def __reduce__(self) -> tuple[type[Remembered[_Item]], tuple[tuple[_Item, ...]]]:
        return type(self), (tuple(self),)  # without the hash: that of a text is another in every process


Term = tuple[Atom, ...]
Phrase = tuple[Term, ...]


class Pattern(NamedTuple):
    """A pattern as it is matched.

    Parameters
    ----------
    source : str
        The pattern as written.
    parts : tuple of tuple of Phrase
        One part, or the parts on both sides of ``near``; each is a choice of phrases, each phrase a row of terms, each
        term a choice of words.
    words : int
        With several parts: how many words may stand between them.
    reach : {"clause", "sentence", "turn"}
        With several parts: what must hold them all.
    ordered : bool
        Whether the parts must stand in the order written.
    status : str or None
        The status that the pattern sets, whatever stands around it.
    not_near, not_before : tuple of Phrase
        Phrases that rule a match out, in its sentence or right after it.
    """

    source: str
    parts: tuple[tuple[Phrase, ...], ...]
    words: int = 8
    reach: Reach = "sentence"
    ordered: bool = False
    status: Status | None = None
    not_near: tuple[Phrase, ...] = ()
    not_before: tuple[Phrase, ...] = ()

    @property
    def shown(self) -> str:
        """The pattern as evidence shows it: of a long one only the first alternatives of each word."""
        return shortened(self.source)


def parse_pattern(source: str, lists: Lists | None = None) -> Pattern:
    """Return what a pattern means.

    Parameters
    ----------
    source : str
        The pattern as written.
    lists : mapping of str to tuple of str
        Entries of the lists that ``@name`` stands for.

    Raises
    ------
    PatternError
        The pattern is empty, or a word of it is written wrongly; the message says which character.

    Examples
    --------
    >>> parse_pattern("stary|=starzy człowiek").parts[0][0][0]
    (Atom(kind='lemma', word='stary'), Atom(kind='form', word='starzy'))
    >>> len(parse_pattern("@senior near =sama", {"senior": ("babcia", "starszy pan")}).parts)
    2
    """
    if not source.strip():
        raise PatternError("empty")
    parts = [part.strip() for part in f" {source} ".split(f" {NEAR} ")]
    if not all(parts):
        raise PatternError("near_sides", pattern=source)
    return Pattern(source, tuple(parse_phrases(part, lists or {}) for part in parts))


def shortened(source: str) -> str:
    """Return a pattern as written; of one with more than 80 characters only the first alternatives of each word.

    Examples
    --------
    >>> shortened("wyjechać|wyjeżdżać near praca|robota|zarobek|młody|młodzież|dziecko|syn|córka|rodzic|ojciec|matka")
    'wyjechać|wyjeżdżać near praca|robota|zarobek|…'
    """
    if len(source) <= _LONGEST_SHOWN:
        return source
    words = (word.split("|") for word in source.split(" "))
    return " ".join("|".join([*word[:_MOST_SHOWN], *(["…"] if word[_MOST_SHOWN:] else [])]) for word in words)


def choices_in_a_row(source: str) -> list[str]:
    """Return the sides of ``near`` in which words with alternatives stand next to each other.

    ``@senior near szpital|dom opieka|samotny`` finds szpital or dom with opieka or samotny right after it; who means
    any of szpital, dom opieka and samotny makes them a list. Where a word is short (z|ze), a phrase is meant.

    Examples
    --------
    >>> choices_in_a_row("@senior near szpital|dom opieka|samotny")
    ['szpital|dom opieka|samotny']
    >>> choices_in_a_row("@senior near z|do szpital|dom")
    []
    """
    sides = [side.strip() for side in f" {source} ".split(f" {NEAR} ")]
    return [side for side in sides if any(map(_is_row, side.split(), side.split()[1:]))] if len(sides) > 1 else []


def _is_row(one: str, other: str) -> bool:
    """Return whether two written words have alternatives, none of them short, and neither may be missing."""
    words = [word.split("|") for word in (one, other)]
    chosen = all(len(choices) > 1 and min(map(_n_letters, choices)) > _SHORT_WORD for choices in words)
    return chosen and "?" not in one + other


def _n_letters(word: str) -> int:
    return sum(map(str.isalpha, word))


def parse_phrases(source: str, lists: Lists) -> tuple[Phrase, ...]:
    """Return every phrase that words next to each other stand for.

    What was parsed before is remembered as long as the lists that it names stay the same.

    Raises
    ------
    PatternError
        A word is written wrongly, a list is unknown, or there would be too many phrases.
    """
    return _phrases(source, scope(source, lists))


def scope(source: str, lists: Lists) -> Scope:
    """Return the lists as far as the meaning of patterns depends on them."""
    if "@" not in source:
        return (), ()
    used: dict[str, tuple[str, ...]] = {}
    waiting = _LIST_NAME.findall(source)
    while waiting:
        name = waiting.pop()
        if name in lists and name not in used:
            used[name] = lists[name]
            waiting += _named(lists[name])
    return tuple(lists), tuple(used.items())


def lists_of(scope: Scope) -> Lists:
    """Return lists by name; those that are not in use are empty."""
    names, used = scope
    return {**dict.fromkeys(names, ()), **dict(used)}


@lru_cache(_MOST_KEPT)
def _named(entries: tuple[str, ...]) -> list[str]:
    """Return the lists that the entries of a list name."""
    return [name for entry in entries for name in _LIST_NAME.findall(entry)]


@lru_cache(_MOST_KEPT)
def _phrases(source: str, scope: Scope) -> tuple[Phrase, ...]:
    lists = lists_of(scope)
    choices = [_choices(word, source, lists) for word in source.split()]
    n = 1
    for choice in choices:
        n *= len(choice)
    if n > _MOST_VARIANTS:
        raise PatternError("too_many", pattern=source, n=n, most=_MOST_VARIANTS)
    phrases = (tuple(term for terms in chosen for term in terms) for chosen in product(*choices))
    return Remembered(dict.fromkeys(phrase for phrase in phrases if phrase and phrase[0][0].kind != "gap"))


def _choices(word: str, source: str, lists: Lists) -> list[Phrase]:
    """Return the rows of terms that one written word stands for: one, a list's entries, or nothing where optional."""
    optional = word.endswith("?")
    bare = word.removesuffix("?")
    if bare == _GAP:
        if source.split()[-1] == word:
            raise PatternError("gap_last", pattern=source)
        return [((Atom("gap", ""),),)]
    single: list[Atom] = []
    longer: list[Phrase] = []
    for part in bare.split("|"):
        if part.startswith("@"):
            for phrase in _entries(part[1:], word, source, lists):
                if len(phrase) == 1:
                    single += phrase[0]
                else:
                    longer.append(phrase)
        else:
            *before, atom = _atoms(part, word, source)
            if before:
                longer.append((*((piece,) for piece in before), (atom,)))
            else:
                single.append(atom)
    rows: list[Phrase] = [(Remembered(dict.fromkeys(single)),)] if single else []
    return [*rows, *longer, *([()] if optional else [])]


def _place(word: str, source: str) -> int:
    """Return where a written word stands in its pattern, counted in characters from 1."""
    found = re.search(rf"(?<!\S){re.escape(word)}(?!\S)", source)
    return found.start() + 1 if found else 1


def _entries(name: str, word: str, source: str, lists: Lists) -> Iterator[Phrase]:
    if name not in lists:
        known = ", ".join(f"@{known}" for known in lists) or "–"
        raise PatternError("no_list", pattern=source, at=_place(word, source), name=name, known=known)
    shorter = {other: entries for other, entries in lists.items() if other != name}
    for entry in lists[name]:
        yield from parse_phrases(entry, shorter)


def _atoms(part: str, word: str, source: str) -> list[Atom]:
    """Return the words that a written word stands for: a hyphen parts them, as it parts the words of a text."""
    whole = _atom(part, word, source)
    *before, last = whole.word.split("-")
    if before and before[0].isupper():
        return [whole]
    return [*(Atom("form", piece) for piece in before), Atom(whole.kind, last)]


def _atom(part: str, written: str, source: str) -> Atom:
    kind, word = _kind(part)
    if not word or not word.replace("-", "").isalnum() or (kind != "beginning" and part.endswith("*")):
        raise PatternError("no_word", pattern=source, at=_place(written, source), part=part)
    if kind == "beginning" and len(word) < _SHORTEST_BEGINNING:
        raise PatternError("short_beginning", pattern=source, at=_place(written, source), n=_SHORTEST_BEGINNING)
    return Atom(kind, word)


def _kind(part: str) -> tuple[Kind, str]:
    if part.startswith("=="):
        return "cased", part[2:]
    if part.startswith("="):
        return "form", part[1:]
    if part.endswith("*"):
        return "beginning", part[:-1]
    if part.endswith("!"):
        return "strict", part[:-1]
    return "lemma", part
