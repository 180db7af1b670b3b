"""Sections about the problems: over all groups and regions, with voices, and gmina by gmina."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.report.corrected import mean_head, mean_of
from focus_analysis.report.document import Block, Heading, Notice, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, band, code_names, heads, quoted, say, source_of
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    pass


_MOST_KINDS = 4


def problems(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show the problems over all groups and by region, with their quotations."""
    blocks: list[Block] = [
        Heading(1, say("problems", lang), "problems"),
        Paragraph(say("problems_intro", lang)),
    ]
    if results.by_gmina["estimate"].isna().all():
        return [*blocks, Notice(say("nobody_counted", lang))]
    if results.by_gmina["denominator"].nunique() > 1:
        blocks.append(Notice(say("mixed_denominators", lang)))
    blocks += [_overall(results, "leaf", lang)]
    if results.codes["parent"].notna().any():
        blocks += [_overall(results, "top", lang)]
    blocks += [figures[name] for name in ("heatmap", "slopes", "map", "map-problem") if name in figures]
    blocks += [_ranking(results, lang)]
    if results.by_gmina["gmina"].nunique() > 1:
        blocks.append(_who(results, lang))
    blocks += [Heading(2, say("quotations", lang), "quotations"), Paragraph(say("quotations_intro", lang))]
    return blocks + _quotations(results, lang)


def _overall(results: Results, level: str, lang: str) -> Table:
    """One row a problem: in how many groups it was raised, by how many people, and the means."""
    shown_level = results.by_gmina[(results.by_gmina["level"] == level) & results.by_gmina["estimate"].notna()]
    names = code_names(results, lang)
    n_groups = shown_level[["teryt", "gmina"]].drop_duplicates().shape[0]
    by_region = {
        (row.voivodeship, row.code): row for row in rows(results.by_region[results.by_region["level"] == level])
    }
    regions = sorted({region for region, _ in by_region}, key=labels.sort_key)
    total = shown_level.groupby("code", sort=False).agg(
        raised=("n_named", lambda n: int((n > 0).sum())), named=("n_named", "sum"), of=("n_participants", "sum")
    )
    means = results.overall[results.overall["level"] == level].sort_values("estimate", ascending=False, kind="stable")
    shown = tuple(
        (
            names[row.code],
            labels.count_of(int(total.raised[row.code]), n_groups, lang),
            labels.count_of(int(total.named[row.code]), int(total.of[row.code]), lang),
            *(mean_of(one, lang) for one in (row, *(by_region[region, row.code] for region in regions))),
        )
        for row in rows(means)
    )
    head = (
        *heads(lang, "problem", "raised", "named_people", "mean_all"),
        *(mean_head(results, region, lang) for region in regions),
    )
    caption = say(f"overall_table_{'corrected_' if results.means_corrected else ''}{level}", lang)
    return Table(caption, head, shown, frozenset(range(1, len(head))))


def _ranking(results: Results, lang: str) -> Table:
    """One row a problem: where it stands in the gminas, and which ranks its mean may have."""
    names = code_names(results, lang)
    cells = tuple(
        (
            names[row.code],
            _places(row.first_strict, row.first_tied, row.n_groups, lang),
            _places(row.last_strict, row.last_tied, row.n_groups, lang),
            "–" if row.borda is None else labels.number(row.borda, lang, 1),
            "–" if row.set_low is None else band(row.set_low, row.set_high),
        )
        for row in rows(results.ranking)
    )
    head = heads(lang, "problem", "first", "last", "borda", "rank_set")
    return Table(say("ranking_table", lang), head, cells, frozenset(range(1, len(head))))


def _places(strict: int | None, tied: int | None, n: int, lang: str) -> str:
    """Return "2 of 16 (+3)": alone in two, tied in three more."""
    if strict is None or tied is None:
        return "–"
    return labels.count_of(strict, n, lang) + (f" (+{tied - strict})" if tied > strict else "")


def _quotations(results: Results, lang: str) -> list[Block]:
    names = code_names(results, lang)
    leaves = results.by_gmina[results.by_gmina["level"] == "leaf"].groupby("code")["estimate"].mean()
    blocks: list[Block] = []
    for code in leaves.sort_values(ascending=False, kind="stable").index:
        chosen = results.quotations[results.quotations["code"] == code]
        if len(chosen):
            blocks.append(Heading(3, names[str(code)], f"voices-{code}"))
            blocks += [
                quoted(results, row, source_of(row.institution, row.voivodeship, names, lang), lang)
                for row in rows(chosen)
            ]
    return blocks or [Paragraph(say("no_quotations", lang))]


def _who(results: Results, lang: str) -> Table:
    """One row a problem: how many kinds of institution raised it, and which most often, over all groups."""
    names = code_names(results, lang)
    people = results.speakers[results.speakers["role"] == "participant"].merge(
        results.sessions[["session_id"]], on="session_id"
    )
    present = people.groupby("institution").size()
    said = results.behind[(results.behind["role"] == "participant") & (results.behind["level"] == "leaf")]
    said = said[["code", "session_id", "speaker"]].drop_duplicates().merge(people, on=["session_id", "speaker"])
    counts = said.groupby(["code", "institution"]).size().rename("n").reset_index()
    leaves = results.by_gmina.loc[results.by_gmina["level"] == "leaf", "code"].unique()
    cells = []
    for code in leaves:
        of_code = {row.institution: row.n for row in rows(counts[counts["code"] == code])}
        order = sorted(of_code, key=lambda kind: (-of_code[kind], labels.sort_key(names.get(kind) or kind)))
        often = [
            f"{names.get(kind, kind)} ({labels.count_of(of_code[kind], int(present[kind]), lang)})"
            for kind in order[:_MOST_KINDS]
        ]
        cells.append((names[code], labels.count_of(len(order), len(present), lang), "; ".join(often) or "–"))
    return Table(say("who_table", lang), heads(lang, "problem", "kinds", "most_often"), tuple(cells), frozenset({1}))
