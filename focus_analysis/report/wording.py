"""Words that several sections of the report use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from focus_analysis import labels
from focus_analysis.report.addresses import quotation_address
from focus_analysis.report.document import Figure, Quotation
from focus_analysis.report.results import Results

Figures = Mapping[str, Figure]
_MOST_COLUMNS = 6


def say(key: str, lang: str, **gaps: object) -> str:
    """Return words of the report."""
    return labels.words(f"report.{key}", lang, **gaps)


def heads(lang: str, *names: str) -> tuple[str, ...]:
    """Return the heads of a table's columns."""
    return tuple(say(f"head_{name}", lang) for name in names)


def code_names(results: Results, lang: str) -> dict[str, str]:
    """Return the name of every code in one language."""
    return dict(zip(results.codes["code"], results.codes[f"label_{lang}"], strict=True))


def band(low: float, high: float) -> str:
    """Return a range of ranks: "3", or "3–5"."""
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def in_parts(caption: str, names: Sequence[str], lang: str, most: int = _MOST_COLUMNS) -> list[tuple[str, list[str]]]:
    """Return columns in parts of much the same length, ``most`` side by side in a table, with their captions."""
    n_parts = -(-len(names) // most)
    size = -(-len(names) // n_parts) if n_parts else 1
    parts = [list(names[start : start + size]) for start in range(0, len(names), size)]
    if n_parts == 1:
        return [(caption, parts[0])]
    return [(say("part", lang, caption=caption, n=n, parts=n_parts), part) for n, part in enumerate(parts, 1)]


def region_or_unknown(name: str, lang: str) -> str:
    """Return a voivodeship in the genitive; words for none where the name is empty."""
    return labels.region(name, "genitive", lang) if name else say("region_unknown", lang)


def or_dash(value: object, otherwise: object = "–") -> str:
    """Return a text, or a dash where there is none."""
    return value if isinstance(value, str) and value else str(otherwise)


def caption_label(kind: str, lang: str) -> str:
    """Return what stands before the number of a table or a figure."""
    return say(f"label_{kind}", lang)


def quoted(results: Results, row: Any, source: str, lang: str) -> Quotation:
    """Return a row of chosen quotations as it stands in the report."""
    spoken = results.sessions.loc[results.sessions["session_id"] == row.session_id, "language"]
    other = next((str(name) for name in spoken if name != lang), "")
    return Quotation(row.text, source, other, quotation_address(results, row))


def source_of(results: Results, row: Any, lang: str) -> str:
    """Return whose words a quotation gives: the kind of institution, and the place that its ``scope`` allows."""
    kind = code_names(results, lang).get(str(row.institution), say("institution_unknown", lang))
    place = row.voivodeship
    if row.scope != "region":
        sessions = results.sessions
        name = sessions.loc[sessions["session_id"] == row.session_id, row.scope].iloc[0]
        place = say(f"place_{row.scope}", lang, name=name)
    return f"{kind}, {place}" if isinstance(place, str) else kind
