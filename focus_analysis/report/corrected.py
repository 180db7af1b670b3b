"""What a hand-coded sample makes of the automatic codes: a section of its own, and words for the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.report.addresses import gmina_names, place_key
from focus_analysis.report.document import Block, Heading, Notice, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, code_names, heads, in_parts, say
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_MOST_COLUMNS = 5


def corrected(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show corrected shares beside those of the program, and say where they are used; nothing without a sample."""
    heading = Heading(1, say("corrected", lang), "corrected")
    if results.unsettled:
        names = labels.listed(results.unsettled, lang)
        return [heading, Notice(say("corrected_unsettled", lang, names=names))]
    table = results.corrected
    if table is None or table.empty:
        return []
    measure = str(table["measure"].iloc[0])
    whole = table[table["voivodeship"].isna() & table["gmina"].isna()]
    missing = int(whole["n_missing"].max())
    said = say("corrected_too_few", lang, n=missing) if missing else say(f"corrected_used_{measure}", lang)
    of_gminas = table[table["gmina"].notna()]
    return [
        heading,
        Paragraph(say(f"corrected_intro_{measure}", lang, units=_checked(whole, lang))),
        Paragraph(said),
        *left_unread(results, Notice, lang),
        *(figures[name] for name in ("corrected",) if name in figures),
        *_tables(results, table[table["gmina"].isna()], lang),
        Paragraph(_gminas_said(of_gminas, lang)),
        *_gmina_tables(results, of_gminas[of_gminas["n_missing"] == 0], lang),
    ]


def which_corrected(results: Results, lang: str, block: Callable[[str], Block]) -> list[Block]:
    """Say which numbers are corrected, on the first page and in the method; nothing where none is."""
    if not results.means_corrected:
        return []
    units = _checked(results.overall, lang)
    return [block(say("corrected_notice", lang, units=units, section=say("corrected", lang)))]


def left_unread(results: Results, block: Callable[[str], Block], lang: str) -> list[Block]:
    """Say how much of the sample nobody read; nothing where all was read, or there is no sample."""
    sample = results.sample
    if sample is None or not sample.unread:
        return []
    return [block(labels.words("sample.unread", lang, drawn=sample.drawn, unread=sample.unread))]


def of_region(results: Results, region: str, lang: str) -> list[Block]:
    """Say whether the means of a region are corrected; nothing without a sample."""
    if not results.means_corrected:
        return []
    here = results.by_region[results.by_region["voivodeship"] == region]
    missing = int(here["n_missing"].max())
    if missing:
        return [Paragraph(say("corrected_region_missing", lang, n=missing))]
    return [Paragraph(say("corrected_region", lang, units=_checked(here, lang)))]


def mean_of(row: Any, lang: str) -> str:
    """Return the mean of a row of estimates, with its interval where a sample corrects it."""
    if is_corrected(row):
        return labels.share_interval(row.estimate, row.low, row.high, lang)
    return labels.percent(row.estimate, lang)


def mean_head(results: Results, region: str, lang: str) -> str:
    """Return the head of a column of means of a region, which says so where a sample corrects only others."""
    here = rows(results.by_region[results.by_region["voivodeship"] == region].head(1))[0]
    corrects = is_corrected(here) or not results.means_corrected
    return say("head_mean" if corrects else "head_mean_uncorrected", lang, region=region)


def is_corrected(row: Any) -> bool:
    """Return whether a sample corrects a row of estimates."""
    return getattr(row, "n_missing", None) == 0


def _tables(results: Results, table: pd.DataFrame, lang: str) -> list[Block]:
    """One table of the codes as they are, and one with the parents in place of what they gather."""
    problems = results.codes[results.codes["group"] == "problems"]
    parents = set(problems["parent"].dropna())
    tops = set(problems.loc[problems["parent"].isna(), "code"])
    found: list[Block] = [_table(results, table[~table["code"].isin(parents)], say("corrected_table", lang), lang)]
    if parents:
        found.append(_table(results, table[table["code"].isin(tops)], say("corrected_table_top", lang), lang))
    return found


def _table(results: Results, table: pd.DataFrame, caption: str, lang: str) -> Table:
    """One row a code: the program's share, the corrected one, and that of each region."""
    whole = table[table["voivodeship"].isna()].sort_values(["estimate", "naive"], ascending=False, kind="stable")
    regions = sorted(table["voivodeship"].dropna().unique(), key=labels.sort_key)
    found = {(row.voivodeship, row.code): row for row in rows(table)}
    names = code_names(results, lang)
    shown = tuple(
        (
            names[row.code],
            labels.percent(row.naive, lang),
            *(_interval(found[region, row.code], lang) for region in (None, *regions)),
        )
        for row in rows(whole)
    )
    head = heads(lang, "problem", "naive", "corrected")
    head += tuple(say("head_corrected_in", lang, region=region) for region in regions)
    return Table(caption, head, shown, frozenset(range(1, len(head))))


def _gminas_said(table: pd.DataFrame, lang: str) -> str:
    """Say in which gminas enough units were validated, and how many are missing in the others."""
    few = {place_key(row.gmina, row.teryt): row.n_missing for row in rows(table)}
    gminas = gmina_names(table)
    enough = [name for key, name in gminas.items() if not few[key]]
    missing = [f"{name} ({few[key]})" for key, name in gminas.items() if few[key]]
    gaps = {name: ", ".join(found) or "–" for name, found in (("enough", enough), ("missing", missing))}
    return say("corrected_gminas", lang, **gaps)


def _gmina_tables(results: Results, table: pd.DataFrame, lang: str) -> list[Block]:
    """One row a code, one column a gmina in which enough units were validated."""
    names = code_names(results, lang)
    gminas = gmina_names(table)
    found = {(place_key(row.gmina, row.teryt), row.code): row for row in rows(table)}
    tables: list[Block] = []
    for caption, part in in_parts(say("corrected_gmina_table", lang), list(gminas), lang, _MOST_COLUMNS):
        shown = tuple(
            (names[code], *(_interval(found[gmina, code], lang) for gmina in part)) for code in table["code"].unique()
        )
        head = (say("head_problem", lang), *(gminas[gmina] for gmina in part))
        tables.append(Table(caption, head, shown, frozenset(range(1, len(head)))))
    return tables


def _checked(table: pd.DataFrame, lang: str) -> str:
    """Return how many units of how many people validated."""
    return labels.count_of(int(table["n_validated"].iloc[0]), int(table["n_units"].iloc[0]), lang)


def _interval(row: Any, lang: str) -> str:
    """Return an estimate with its interval, or how many labels are missing for one."""
    if row.estimate is None:
        return say("labels_missing", lang, n=int(row.n_missing))
    return labels.share_interval(row.estimate, row.low, row.high, lang)
