"""Where and when a session was held: from the sessions table, the header, or the file's name."""

from __future__ import annotations

from typing import Any

from focus_analysis.io.draft import finding
from focus_analysis.io.gminas import Gmina, find_gminas, gminas_in
from focus_analysis.io.metadata import is_guess, iso_date
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml
from focus_analysis.schemas import Finding

_SHOWN = 6


def place_of(known: dict[str, str], file: str, stem: str) -> tuple[dict[str, Any], list[Finding]]:
    """Return the columns of the sessions table that say where, when and what kind of text.

    Parameters
    ----------
    known : dict of str to str
        What the sessions table and the header say, by column.
    file, stem : str
        Name of the file, and the part of it that may hold a gmina's name.
    """
    values: dict[str, Any] = {name: known.get(name) or None for name in ("gmina", "teryt", "powiat", "voivodeship")}
    notes: list[Finding] = []
    found = _candidates(known, stem)
    if len(found) == 1 and _contradicts(found[0], known):
        values["teryt"] = None
        notes.append(
            finding("teryt_conflict", "warning", file, gmina=known["gmina"], teryt=known["teryt"], other=found[0].name)
        )
    elif len(found) == 1:
        gmina = found[0]
        values |= {
            "gmina": gmina.name,
            "teryt": gmina.teryt,
            "powiat": gmina.powiat,
            "voivodeship": gmina.voivodeship,
        }
        is_named = bool(known.get("gmina") or known.get("teryt"))
        if is_guess(known) or not is_named:
            key = "gmina_unconfirmed" if is_named else "gmina_from_name"
            notes.append(finding(key, "warning", file, gmina=gmina.name, powiat=gmina.powiat))
    else:
        values["teryt"] = None
        notes.append(_unsettled(found, known, file))
    values["date"] = iso_date(known["date"]) if known.get("date") else None
    if known.get("date") and values["date"] is None:
        notes.append(finding("date_unknown", "warning", file, date=known["date"]))
    values["language"] = known.get("language") or "pl"
    for column, said in (
        ("invented", known.get("data") or known.get("invented", "")),
        ("anonymised", known.get("anonymised", "")),
    ):
        values[column] = says_yes(said, column)
        if said and not values[column] and not _says_no(said):
            notes.append(finding("flag_unknown", "warning", file, column, column=column, said=said))
    return values, notes


def _candidates(known: dict[str, str], stem: str) -> list[Gmina]:
    place = {name: known.get(name, "") for name in ("powiat", "voivodeship")}
    if known.get("gmina") or known.get("teryt"):
        return find_gminas(known.get("gmina", ""), teryt=known.get("teryt", ""), **place)
    found = gminas_in(stem)
    return [gmina for gmina in found if gmina in find_gminas(gmina.name, **place)]


def _unsettled(found: list[Gmina], known: dict[str, str], file: str) -> Finding:
    name = known.get("gmina") or known.get("teryt") or " / ".join(dict.fromkeys(gmina.name for gmina in found))
    if not name:
        return finding("gmina_missing", "warning", file)
    if not found:
        return finding("gmina_unknown", "warning", file, gmina=name)
    shown = "; ".join(
        f"{gmina.name} ({gmina.kind}, {gmina.powiat}, {gmina.voivodeship}) {gmina.teryt}" for gmina in found[:_SHOWN]
    )
    more = f"; … +{len(found) - _SHOWN}" if len(found) > _SHOWN else ""
    return finding("gmina_ambiguous", "warning", file, gmina=name, candidates=shown + more, first=found[0].teryt)


def says_yes(text: str, kind: str) -> bool:
    """Return whether a header or a cell says that a transcript is invented, or anonymised."""
    folded = fold(text).strip(" .")
    values = toml("header.toml")["values"]
    return folded in values[kind] or any(word.startswith(tuple(values[f"{kind}_stems"])) for word in folded.split())


def _says_no(text: str) -> bool:
    return fold(text).strip(" .") in toml("header.toml")["values"]["no"]


def _contradicts(gmina: Gmina, known: dict[str, str]) -> bool:
    """Return whether a TERYT code and a name that stand side by side are of different gminas."""
    return bool(known.get("teryt") and known.get("gmina")) and gmina.teryt[:6] not in {
        other.teryt[:6] for other in find_gminas(known["gmina"])
    }
