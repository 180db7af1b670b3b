"""The register of Polish gminas: a name, with what is known of its place, to its TERYT code."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache

from focus_analysis.language.tokens import fold
from focus_analysis.resources import resource

_KINDS = {
    "wiejska": ("gmina wiejska", "wiejska", "wies", "rural"),
    "miejska": ("gmina miejska", "miejska", "miasto", "urban", "town"),
    "miejsko-wiejska": ("gmina miejsko-wiejska", "miejsko-wiejska", "urban-rural"),
}


@dataclass(frozen=True)
class Gmina:
    """One gmina of the register; ``teryt`` has seven digits, of which the first six are its key."""

    teryt: str
    name: str
    kind: str
    powiat: str
    voivodeship: str


def find_gminas(name: str, powiat: str = "", voivodeship: str = "", teryt: str = "") -> list[Gmina]:
    """Return the gminas that fit what is known: none, one, or several where the name is shared.

    Parameters
    ----------
    name : str
        With or without "gmina", and a kind in brackets if need be: "Przeworsk (gmina wiejska)".
    powiat, voivodeship : str
        With or without "powiat", "województwo"; empty where unknown.
    teryt : str
        Six or seven digits; decides alone where given.
    """
    if teryt.strip():
        return _of_code(teryt.strip(), _name_and_kind(name)[0])
    bare, kind = _name_and_kind(name)
    found = _by_name().get(bare, [])
    wanted = (("powiat", _bare(powiat)), ("voivodeship", _bare(voivodeship)))
    for attribute, value in wanted:
        if value:
            found = [gmina for gmina in found if fold(getattr(gmina, attribute)) == value]
    return [gmina for gmina in found if gmina.kind == kind] if kind else list(found)


def _of_code(teryt: str, name: str) -> list[Gmina]:
    """Return the gmina of a code; six digits are a key, or seven whose leading zero a spreadsheet dropped."""
    keys = {teryt[:6], f"0{teryt}"[:6]} if len(teryt) == 6 else {teryt[:6]}
    found = [gmina for gmina in _register() if gmina.teryt[:6] in keys]
    named = [gmina for gmina in found if fold(gmina.name).replace("-", " ") == name]
    return named if len(found) > 1 and named else found


def gminas_in(text: str) -> list[Gmina]:
    """Return the gminas whose whole name stands in a file's name, the longest names only."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    for length in range(min(4, len(words)), 0, -1):
        spans = [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
        found = [gmina for span in spans for gmina in _by_name().get(span, [])]
        if found:
            return found
    return []


def _name_and_kind(name: str) -> tuple[str, str]:
    kind = ""
    bracket = re.search(r"\(([^()]*)\)\s*$", name)
    words = fold(bracket[1] if bracket else name).strip()
    for candidate, spoken in _KINDS.items():
        if bracket and words in spoken:
            kind = candidate
        elif not bracket and words.startswith(f"gmina {candidate} "):
            kind, name = candidate, name.strip()[len(f"gmina {candidate} ") :]
    bare = fold(re.sub(r"\s*\([^()]*\)\s*$", "", name)).strip()
    if bare.startswith(("miasto ", "m. ", "m.st. ", "m. st. ")):
        kind = kind or "miejska"
    for prefix in ("gmina ", "gm. ", "gm ", "miasto ", "m.st. ", "m. st. ", "m. "):
        bare = bare.removeprefix(prefix)
    return bare.replace("-", " ").strip(), kind


def _bare(place: str) -> str:
    bare = fold(place).strip()
    for prefix in ("powiat ", "pow. ", "wojewodztwo ", "woj. ", "woj "):
        bare = bare.removeprefix(prefix)
    return bare.strip()


@cache
def _register() -> tuple[Gmina, ...]:
    with resource("gminas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Gmina(**row) for row in csv.DictReader(file))


@cache
def _by_name() -> dict[str, list[Gmina]]:
    names: dict[str, list[Gmina]] = {}
    for gmina in _register():
        names.setdefault(fold(gmina.name).replace("-", " "), []).append(gmina)
    return names
