"""Codebook, Code and Pattern: what is coded, and the language of patterns.

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
======================  =======================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, check

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["lemma", "strict", "form", "cased", "beginning", "gap"]
Reach = Literal["clause", "sentence", "turn"]
Status = Literal["affirmed", "denied", "hypothetical"]
NEAR = "near"
_GAP = "..."
_SHORTEST_BEGINNING = 3
_MOST_VARIANTS = 400


Lists = Mapping[str, tuple[str, ...]]


class Atom(NamedTuple):
    """One word of a pattern: how it is matched, and the word."""

    kind: Kind
    word: str


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
    ValueError
        The pattern is empty, or a word of it is written wrongly; the message says which character.

    Examples
    --------
    >>> parse_pattern("stary|=starzy człowiek").parts[0][0][0]
    (Atom(kind='lemma', word='stary'), Atom(kind='form', word='starzy'))
    >>> len(parse_pattern("@senior near =sama", {"senior": ("babcia", "starszy pan")}).parts)
    2
    """
    parts = [part.strip() for part in f" {source} ".split(f" {NEAR} ")]
    if not all(parts):
        raise ValueError(f"pattern {source!r}: a word is missing; write a word, or delete the line")
    return Pattern(source, tuple(parse_phrases(part, lists or {}) for part in parts))


def parse_phrases(source: str, lists: Lists) -> tuple[Phrase, ...]:
    """Return every phrase that words next to each other stand for.

    Raises
    ------
    ValueError
        A word is written wrongly, a list is unknown, or there would be too many phrases.
    """
    choices = [_choices(word, source, lists) for word in source.split()]
    n = 1
    for choice in choices:
        n *= len(choice)
    if n > _MOST_VARIANTS:
        raise ValueError(f"pattern {source!r} stands for {n} phrases; {_MOST_VARIANTS} are the most: split it in two")
    phrases = (tuple(term for terms in chosen for term in terms) for chosen in product(*choices))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase and phrase[0][0].kind != "gap"))


def _choices(word: str, source: str, lists: Lists) -> list[Phrase]:
    """Return the rows of terms that one written word stands for: one, a list's entries, or nothing where optional."""
    optional = word.endswith("?")
    bare = word.removesuffix("?")
    if bare == _GAP:
        return [((Atom("gap", ""),),)]
    column = source.index(word) + 1
    single: list[Atom] = []
    longer: list[Phrase] = []
    for part in bare.split("|"):
        if part.startswith("@"):
            for phrase in _entries(part[1:], source, column, lists):
                if len(phrase) == 1:
                    single += phrase[0]
                else:
                    longer.append(phrase)
        else:
            single.append(_atom(part, source, column))
    rows: list[Phrase] = [(tuple(dict.fromkeys(single)),)] if single else []
    return [*rows, *longer, *([()] if optional else [])]


def _entries(name: str, source: str, column: int, lists: Lists) -> Iterator[Phrase]:
    if name not in lists:
        known = ", ".join(f"@{known}" for known in lists) or "none"
        raise ValueError(f"pattern {source!r}, character {column}: no list @{name}; lists: {known}")
    shorter = {other: entries for other, entries in lists.items() if other != name}
    for entry in lists[name]:
        yield from parse_phrases(entry, shorter)


def _atom(part: str, source: str, column: int) -> Atom:
    kind, word = _kind(part)
    if not word or not word.replace("-", "").isalnum():
        raise ValueError(
            f"pattern {source!r}, character {column}: {part!r} is no word. "
            "Allowed: samotny, samotny!, =sama, ==Mops, samotn*, GOPS, @list, stary|starszy, słowo?, ..."
        )
    if kind == "beginning" and len(word) < _SHORTEST_BEGINNING:
        raise ValueError(
            f"pattern {source!r}, character {column}: a beginning needs {_SHORTEST_BEGINNING} letters or more"
        )
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


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(_Strict):
    """The same words in Polish and English."""

    pl: str
    en: str


class Group(_Strict):
    """A group of codes; ``status`` is set where every coding of the group has the same one."""

    label: Text
    status: Literal["affirmed"] | None = None


class Rule(_Strict):
    """A pattern with conditions, as a researcher writes it.

    Parameters
    ----------
    match : str
        The pattern.
    words : int
        How many words may stand between parts joined by ``near``; 8 where not said.
    reach : {"clause", "sentence", "turn"}
        What must hold the parts; a sentence where not said.
    ordered : bool
        Whether the parts must stand as written.
    status : {"affirmed", "denied", "hypothetical"}, optional
        Set where the pattern itself decides it.
    not_near, not_before : tuple of str
        Patterns that rule a match out: in its sentence, right after it.
    """

    match: str
    words: int = Field(default=8, ge=0, le=200)
    reach: Reach = "sentence"
    ordered: bool = False
    status: Status | None = None
    not_near: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    def pattern(self, lists: Lists) -> Pattern:
        """Return the rule as it is matched.

        Raises
        ------
        ValueError
            A pattern of it cannot be understood.
        """
        near, before = (
            tuple(phrase for source in sources for phrase in parse_phrases(source, lists))
            for sources in (self.not_near, self.not_before)
        )
        parts = parse_pattern(self.match, lists).parts
        return Pattern(self.match, parts, self.words, self.reach, self.ordered, self.status, near, before)


class Code(_Strict):
    """One code: what it means, what counts and what does not, and the patterns that find it.

    A match that lies within a phrase of ``except_in`` does not count.
    """

    id: str
    group: str
    label: Text
    parent: str | None = None
    definition: Text | None = None
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    in_charge: tuple[str, ...] = ()
    patterns: tuple[Rule, ...] = ()
    except_in: tuple[str, ...] = ()

    @field_validator("patterns", mode="before")
    @classmethod
    def _rules(cls, patterns: Any) -> Any:
        """Let a plain pattern stand for a rule without conditions."""
        if not isinstance(patterns, list | tuple):
            return patterns
        return [{"match": pattern} if isinstance(pattern, str) else pattern for pattern in patterns]


def _wrong(message: str, code: str, *steps: str | int) -> PydanticCustomError:
    """Return the error for a part of a codebook, with the way to it."""
    return _error(message, "codes", code, *steps)


def _error(message: str, *steps: str | int) -> PydanticCustomError:
    return PydanticCustomError("codebook", "{message}", {"message": message, "steps": list(steps)})


def _try(read: Callable[[Any, Lists], object], source: Any, lists: Lists, *steps: str | int) -> None:
    try:
        read(source, lists)
    except ValueError as error:
        raise _error(str(error), *steps) from None


def _read_rule(rule: Rule, lists: Lists) -> Pattern:
    return rule.pattern(lists)


class Codebook(_Strict):
    """Codes of a study with their groups, frozen.

    Parameters
    ----------
    name, version, language : str
        What the codebook is called, its version, and the language of its patterns.
    groups : dict of str to Group
        Groups by id.
    lists : dict of str to tuple of str
        Word lists that patterns name as ``@list``.
    entries : tuple of Code
        Codes in the order of the file.
    sha256 : str
        Hash of the file that it was read from, empty for one that was not.
    """

    name: str
    version: str
    language: str = "pl"
    groups: dict[str, Group]
    lists: dict[str, tuple[str, ...]] = {}
    entries: tuple[Code, ...] = Field(min_length=1)
    sha256: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Codebook:
        ids = {code.id for code in self.entries}
        parents = {code.parent for code in self.entries if code.parent}
        for code in self.entries:
            if code.group not in self.groups:
                raise _wrong(f"group {code.group!r} is unknown; groups: {', '.join(self.groups)}", code.id, "group")
            if code.parent and code.parent not in ids:
                raise _wrong(f"parent {code.parent!r} is no code; write its id, or leave parent out", code.id, "parent")
            if code.parent and code.id in parents:
                raise _wrong("a code that has a parent cannot be one; codes nest one level deep", code.id, "parent")
            if code.parent and self[code.parent].group != code.group:
                raise _wrong(f"its parent {code.parent!r} stands in another group", code.id, "parent")
        return self

    @model_validator(mode="after")
    def _patterns_understood(self) -> Codebook:
        for name, entries in self.lists.items():
            others = {other: words for other, words in self.lists.items() if other != name}
            for place, entry in enumerate(entries):
                _try(parse_phrases, entry, others, "lists", name, place)
        for code in self.entries:
            for place, rule in enumerate(code.patterns):
                _try(_read_rule, rule, self.lists, "codes", code.id, "patterns", place)
            for place, source in enumerate(code.except_in):
                _try(parse_phrases, source, self.lists, "codes", code.id, "except_in", place)
        return self

    def __getitem__(self, code: str) -> Code:
        if code not in self._by_id:
            raise ArgumentError(f"no code {code!r} in codebook {self.name!r}; there are: {', '.join(self._by_id)}")
        return self._by_id[code]

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.entries}

    @property
    def codes(self) -> pd.DataFrame:
        """Table of the codes, schema ``CODES``: one row a code."""
        import pandas as pd

        rows = [
            {
                "code": code.id,
                "group": code.group,
                "parent": code.parent,
                "order": order,
                "label_pl": code.label.pl,
                "label_en": code.label.en,
                "in_charge": ";".join(code.in_charge) or None,
            }
            for order, code in enumerate(self.entries, 1)
        ]
        return check(pd.DataFrame(rows), CODES)

    def patterns(self) -> Iterator[tuple[Code, Pattern]]:
        """Yield every pattern of the codebook with its code."""
        for code in self.entries:
            for rule in code.patterns:
                yield code, rule.pattern(self.lists)

    def exceptions(self) -> Iterator[tuple[Code, Phrase]]:
        """Yield every phrase within which a code does not count."""
        for code in self.entries:
            for source in code.except_in:
                for phrase in parse_phrases(source, self.lists):
                    yield code, phrase

    def __repr__(self) -> str:
        n_patterns = sum(len(code.patterns) for code in self.entries)
        return f"Codebook({self.name!r}, version {self.version}, {len(self.entries)} codes, {n_patterns} patterns)"

    __str__ = __repr__
