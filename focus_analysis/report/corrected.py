"""The section that sets the automatic codes beside what a hand-coded sample makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import code_names, say
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


def corrected(results: Results, lang: str) -> list[Block]:
    """Show shares corrected by the hand-coded sample beside those of the program; nothing without a sample."""
    table = results.corrected
    if table is None or table.empty:
        return []
    measure = str(table["measure"].iloc[0])
    whole = table[table["voivodeship"].isna()].sort_values("naive", ascending=False, kind="stable")
    regions = sorted(table["voivodeship"].dropna().unique(), key=labels.sort_key)
    by_region = {(row.voivodeship, row.code): row for row in rows(table)}
    names = code_names(results, lang)
    shown = tuple(
        (
            names[row.code],
            _percent(row.naive, lang),
            _interval(row, lang),
            *(_interval(by_region[region, row.code], lang) for region in regions),
        )
        for row in rows(whole)
    )
    head = (
        say("head_problem", lang),
        say("head_naive", lang),
        say("head_corrected", lang),
        *(say("head_corrected_in", lang, region=region) for region in regions),
    )
    return [
        Heading(1, say("corrected", lang), "corrected"),
        Paragraph(say(f"corrected_intro_{measure}", lang, units=_validated(whole, lang))),
        Table(say("corrected_table", lang), head, shown, frozenset(range(1, len(head)))),
    ]


def _validated(whole: pd.DataFrame, lang: str) -> str:
    first = whole.iloc[0]
    return labels.count_of(int(first["n_validated"]), int(first["n_units"]), lang)


def _percent(share: float, lang: str) -> str:
    return f"{labels.number(100 * share, lang)}%"


def _interval(row: object, lang: str) -> str:
    """Return an estimate with its interval, or how many labels are missing for one."""
    estimate, low, high = (getattr(row, name) for name in ("estimate", "low", "high"))
    if estimate is None:
        return say("labels_missing", lang, n=int(row.n_missing))  # type: ignore[attr-defined]
    return f"{_percent(estimate, lang)} ({labels.number(100 * low, lang)}–{_percent(high, lang)})"
