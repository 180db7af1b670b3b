"""Codebook and Code: what is coded, and by which patterns (``focus_analysis.patterns``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.patterns import (
    Lists,
    Pattern,
    PatternError,
    Phrase,
    Reach,
    Remembered,
    Scope,
    Status,
    choices_in_a_row,
    lists_of,
    parse_pattern,
    parse_phrases,
    scope,
)
from focus_analysis.schemas import CODES, check

if TYPE_CHECKING:
    import pandas as pd

_MOST_KEPT = 50_000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(_Strict):
    """The same words in Polish and English."""

    pl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @field_validator("pl", "en")
    @classmethod
    def _printable(cls, words: str) -> str:
        """Refuse signs that no document can hold."""
        odd = next((sign for sign in words if not sign.isprintable() and not sign.isspace()), None)
        if odd:
            raise PydanticCustomError("control_sign", "a control character: {sign}", {"sign": f"U+{ord(odd):04X}"})
        return words


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

    @property
    def choices_in_a_row(self) -> list[str]:
        """Sides of ``near`` that may not mean what they look like: words with alternatives, side by side."""
        return choices_in_a_row(self.match)

    def pattern(self, lists: Lists) -> Pattern:
        """Return the rule as it is matched.

        Raises
        ------
        PatternError
            A pattern of it cannot be understood.
        """
        return _pattern(self, scope(" ".join((self.match, *self.not_near, *self.not_before)), lists))


@lru_cache(_MOST_KEPT)
def _pattern(rule: Rule, scope: Scope) -> Pattern:
    """Return a rule as it is matched; kept, since a codebook is read again after every change to it."""
    lists = lists_of(scope)
    near, before = (
        Remembered(phrase for source in sources for phrase in parse_phrases(source, lists))
        for sources in (rule.not_near, rule.not_before)
    )
    parts = parse_pattern(rule.match, lists).parts
    return Pattern(rule.match, parts, rule.words, rule.reach, rule.ordered, rule.status, near, before)


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


class Wrong(NamedTuple):
    """What a codebook says that cannot be meant, and the keys and places that lead to it in the file."""

    key: str
    steps: tuple[str | int, ...]
    gaps: Mapping[str, object]


def _misread(read: Callable[[], object], *steps: str | int) -> Iterator[Wrong]:
    """Yield what is wrong with a part of a codebook that cannot be understood."""
    try:
        read()
    except PatternError as error:
        yield Wrong(error.key, steps, error.gaps)


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

    name: str = Field(min_length=1)
    version: str = Field(min_length=1)
    language: str = "pl"
    groups: dict[str, Group]
    lists: dict[str, tuple[str, ...]] = {}
    entries: tuple[Code, ...] = Field(min_length=1)
    sha256: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Codebook:
        wrong = [*self._inconsistent(), *self._not_understood()]
        if wrong:
            message = labels.words(f"codebook.wrong.{wrong[0].key}", "en", **wrong[0].gaps)
            raise PydanticCustomError("codebook", "{message}", {"message": message, "wrong": wrong})
        return self

    def _inconsistent(self) -> Iterator[Wrong]:
        """Yield where codes, groups and parents do not fit together."""
        codes = {code.id: code for code in self.entries}
        parents = {code.parent for code in self.entries if code.parent}
        if len(codes) < len(self.entries):
            yield Wrong("code_twice", ("codes",), {})
        for code in self.entries:
            group, parent = ("codes", code.id, "group"), ("codes", code.id, "parent")
            if code.group not in self.groups:
                yield Wrong("group_unknown", group, {"group": code.group, "known": ", ".join(self.groups)})
            if not code.parent:
                continue
            if code.parent not in codes:
                yield Wrong("parent_unknown", parent, {"parent": code.parent})
            elif code.id in parents:
                yield Wrong("parent_nested", parent, {})
            elif codes[code.parent].group != code.group:
                yield Wrong("parent_group", parent, {"parent": code.parent})

    def _not_understood(self) -> Iterator[Wrong]:
        """Yield the list entries, patterns and exceptions that cannot be understood."""
        for name, entries in self.lists.items():
            others = {other: words for other, words in self.lists.items() if other != name}
            for place, entry in enumerate(entries):
                yield from _misread(partial(parse_phrases, entry, others), "lists", name, place)
        for code in self.entries:
            for place, rule in enumerate(code.patterns):
                yield from _misread(partial(rule.pattern, self.lists), "codes", code.id, "patterns", place)
            for place, source in enumerate(code.except_in):
                yield from _misread(partial(parse_phrases, source, self.lists), "codes", code.id, "except_in", place)

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


def check_codebook(step: str, *given: object) -> None:
    """Raise an ``ArgumentError`` that tells how to get a codebook where something else stands for one."""
    for one in given:
        if not isinstance(one, Codebook):
            raise ArgumentError(
                f"{step}: a Codebook is needed, as read_codebook(file) returns it; not a {type(one).__name__}"
            )
