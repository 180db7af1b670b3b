"""What stands between institutions: kinds of barriers, who tells of them and of whom, and what answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.ties import most_frequent, study_rows, tell, with_count
from focus_analysis.report.wording import Figures, say
from focus_analysis.schemas import rows
from focus_analysis.schemas_networks import OTHER_BARRIER

if TYPE_CHECKING:
    import pandas as pd

_FEW = 3
_PAIRS = 15
Names = Mapping[str, str]


def barriers(tables: Mapping[str, pd.DataFrame], figures: Figures, names: Names, lang: str) -> list[Block]:
    """Show the kinds of barriers, and between which institutions they are told of."""
    kinds, pairs = _kinds(tables, names, lang), _pairs(tables, names, lang)
    drawn = ([figures[name]] if name in figures else [] for name in ("barrier_kinds", "barriers"))
    blocks = [block for told, figure in zip((kinds, pairs), drawn, strict=True) for block in (*told, *figure)]
    return [Heading(2, tell("barriers", lang), "barriers"), *blocks] if kinds or pairs else []


def barrier_name(kind: str, lang: str) -> str:
    """Return the name of a kind of barrier."""
    return labels.words(f"barrier.{kind}", lang)


def _kinds(tables: Mapping[str, pd.DataFrame], names: Names, lang: str) -> list[Block]:
    if "barrier_counts" not in tables:
        return []
    told = study_rows(tables["barrier_counts"]).sort_values("n_gminas", ascending=False, kind="stable")
    told = told[told["target"].isna()]
    whole, voices = told[told["source"].isna()], told[told["source"].notna()]
    answers = study_rows(tables["barrier_answers"]) if "barrier_answers" in tables else None
    cells = tuple(
        (
            barrier_name(row.kind, lang),
            labels.count_of(row.n_gminas, row.n_scope, lang),
            str(row.n_speakers),
            most_frequent(voices[voices["kind"] == row.kind], "source", "n_opportunities", names, lang),
            "–"
            if answers is None
            else most_frequent(answers[answers["kind"] == row.kind], "solution", "n_scope", names, lang),
        )
        for row in rows(whole)
    )
    named = whole[whole["kind"] != OTHER_BARRIER].head(_FEW)
    first = ", ".join(with_count(barrier_name(row.kind, lang), row.n_gminas, row.n_scope, lang) for row in rows(named))
    head = (
        *(tell(f"head_{x}", lang) for x in ("kind", "gminas")),
        say("head_people", lang),
        *(tell(f"head_{x}", lang) for x in ("from", "answers")),
    )
    said: list[Block] = [Paragraph(tell("kinds_told", lang, names=first))] if first else []
    return [*said, Table(tell("kinds_table", lang), head, cells, frozenset({1, 2}))]


def _pairs(tables: Mapping[str, pd.DataFrame], names: Names, lang: str) -> list[Block]:
    if "pairs" not in tables:
        return []
    told = study_rows(tables["pairs"]).sort_values(["about", "n_gminas"], ascending=[True, False], kind="stable")
    cells = tuple(
        (
            names[row.source],
            names[row.target],
            labels.words(f"talk.{row.about}", lang),
            labels.count_of(row.n_gminas, row.n_opportunities, lang),
        )
        for row in rows(told.groupby("about", sort=False).head(_PAIRS))
    )
    head = tuple(tell(f"head_{x}", lang) for x in ("speaks", "spoken_of", "about", "gminas"))
    return [Table(tell("pairs_table", lang, most=_PAIRS), head, cells, frozenset({3}))]
