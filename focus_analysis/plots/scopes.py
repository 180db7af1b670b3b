"""Rows of one scope: the whole study, a region or a gmina; and its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import rows_of
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


def of_scope(table: pd.DataFrame, region: str | None = None, gmina: str | None = None) -> pd.DataFrame:
    """Return the rows of a gmina (its name or TERYT code), of a region, or of the whole study.

    Raises
    ------
    ArgumentError
        There is no such gmina or region, both are given, or several gminas share the name.
    """
    if region is not None and gmina is not None:
        raise ArgumentError(f"one of region and gmina; got both, {region!r} and {gmina!r}")
    if gmina is not None:
        return _known(rows_of(table, gmina), table["gmina"], gmina, "gmina")
    summed = table[table["gmina"].isna()]
    if region is None:
        return summed[summed["voivodeship"].isna()]
    return _known(summed[summed["voivodeship"] == region], summed["voivodeship"], region, "region")


def _known(shown: pd.DataFrame, names: pd.Series[str], name: str, kind: str) -> pd.DataFrame:
    if shown.empty:
        there = ", ".join(sorted(names.dropna().unique(), key=labels.sort_key)) or "none"
        raise ArgumentError(f"no {kind} {name!r} in the table; there are: {there}")
    return shown


def scope_title(shown: pd.DataFrame, lang: str) -> str:
    """Return the name of the scope and how many gminas it has: "podkarpackie (8 gmin)", "Wszystkie gminy (16)"."""
    if shown.empty:
        return labels.words("figure.scope_all", lang)
    row = rows(shown)[0]
    if row.gmina is not None:
        return str(row.gmina)
    if row.voivodeship is None:
        return f"{labels.words('figure.scope_all', lang)} ({labels.number(row.n_scope, lang)})"
    return f"{row.voivodeship} ({labels.plural('gmina', row.n_scope, lang)})"


def is_one_gmina(shown: pd.DataFrame) -> bool:
    """Return whether the rows of a scope are those of one gmina."""
    return bool(shown["gmina"].notna().all()) and not shown.empty
