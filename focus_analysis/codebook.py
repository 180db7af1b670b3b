"""Codebook, Code and Pattern: what is coded, and the language of patterns.

A pattern is one or more words that must stand next to each other, in this order:

===================  =========================================================================
``samotny``          a base form: every inflected form of it
``=sama``            this form only
``samotn*``          every word that begins so
``GOPS``             an acronym: its endings are known (GOPS-u, gopsie)
``stary|starszy``    either word
``stary człowiek``   both words, one after the other
===================  =========================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, check

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["lemma", "form", "beginning"]
_SHORTEST_BEGINNING = 3


class Atom(NamedTuple):
    """One word of a pattern: how it is matched, and the word."""

    kind: Kind
    word: str


class Pattern(NamedTuple):
    """A pattern as written, and its words in order, each with its alternatives."""

    source: str
    terms: tuple[tuple[Atom, ...], ...]


def parse_pattern(source: str) -> Pattern:
    """Return what a pattern means.

    Raises
    ------
    ValueError
        The pattern is empty, or a word of it is written wrongly; the message says which character.

    Examples
    --------
    >>> parse_pattern("stary|=starzy człowiek").terms[0]
    (Atom(kind='lemma', word='stary'), Atom(kind='form', word='starzy'))
    """
    if not source.strip():
        raise ValueError("a pattern is empty; write a word, or delete the line")
    terms = []
    for word in source.split():
        column = source.index(word) + 1
        terms.append(tuple(_atom(part, source, column) for part in word.split("|")))
    return Pattern(source, tuple(terms))


def _atom(part: str, source: str, column: int) -> Atom:
    kind: Kind = "form" if part.startswith("=") else "beginning" if part.endswith("*") else "lemma"
    word = part.removeprefix("=").removesuffix("*")
    if not word or not word.replace("-", "").isalnum():
        raise ValueError(
            f"pattern {source!r}, character {column}: {part!r} is no word. "
            "Allowed: samotny, =sama, samotn*, GOPS, stary|starszy"
        )
    if kind == "beginning" and len(word) < _SHORTEST_BEGINNING:
        raise ValueError(
            f"pattern {source!r}, character {column}: a beginning needs {_SHORTEST_BEGINNING} letters or more"
        )
    return Atom(kind, word)


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


class Code(_Strict):
    """One code: what it means, what counts and what does not, and the patterns that find it."""

    id: str
    group: str
    label: Text
    parent: str | None = None
    definition: Text | None = None
    include: str = ""
    exclude: str = ""
    examples: tuple[str, ...] = ()
    in_charge: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @field_validator("patterns")
    @classmethod
    def _understood(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            parse_pattern(pattern)
        return patterns


class Codebook(_Strict):
    """Codes of a study with their groups, frozen.

    Parameters
    ----------
    name, version, language : str
        What the codebook is called, its version, and the language of its patterns.
    groups : dict of str to Group
        Groups by id.
    entries : tuple of Code
        Codes in the order of the file.
    sha256 : str
        Hash of the file that it was read from, empty for one that was not.
    """

    name: str
    version: str
    language: str = "pl"
    groups: dict[str, Group]
    entries: tuple[Code, ...] = Field(min_length=1)
    sha256: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Codebook:
        ids = {code.id for code in self.entries}
        parents = {code.parent for code in self.entries if code.parent}
        for code in self.entries:
            if code.group not in self.groups:
                raise ValueError(f"code {code.id!r}: group {code.group!r} is unknown; groups: {', '.join(self.groups)}")
            if code.parent and code.parent not in ids:
                raise ValueError(
                    f"code {code.id!r}: parent {code.parent!r} is no code; write its id, or leave parent out"
                )
            if code.parent and code.id in parents:
                raise ValueError(f"code {code.id!r} has a parent and is one; codes nest one level deep")
            if code.parent and self[code.parent].group != code.group:
                raise ValueError(f"code {code.id!r} and its parent {code.parent!r} stand in different groups")
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
            for source in code.patterns:
                yield code, parse_pattern(source)

    def __repr__(self) -> str:
        n_patterns = sum(len(code.patterns) for code in self.entries)
        return f"Codebook({self.name!r}, version {self.version}, {len(self.entries)} codes, {n_patterns} patterns)"

    __str__ = __repr__
