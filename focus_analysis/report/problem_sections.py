"""Sections about the problems: over all groups and regions, with voices, and gmina by gmina."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.report.document import Block, Heading, Notice, Paragraph, Quotation, Table
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, band, code_names, heads, say
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


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
    blocks += [figures[name] for name in ("heatmap", "slopes", "regions") if name in figures]
    blocks += [_ranking(results, lang)]
    blocks += [Heading(2, say("quotations", lang), "quotations"), Paragraph(say("quotations_intro", lang))]
    return blocks + _quotations(results, lang)


def _overall(results: Results, level: str, lang: str) -> Table:
    """One row a problem: in how many groups it was raised, by how many people, and the mean in each region."""
    shown_level = results.by_gmina[(results.by_gmina["level"] == level) & results.by_gmina["estimate"].notna()]
    names = code_names(results, lang)
    n_groups = shown_level[["teryt", "gmina"]].drop_duplicates().shape[0]
    means = results.by_region[results.by_region["level"] == level].set_index(["voivodeship", "code"])["estimate"]
    regions = sorted({region for region, _ in means.index}, key=labels.sort_key)
    total = shown_level.groupby("code", sort=False).agg(
        raised=("n_named", lambda n: int((n > 0).sum())),
        named=("n_named", "sum"),
        of=("n_participants", "sum"),
        mean=("estimate", "mean"),
    )
    shown = tuple(
        (
            names[row.code],
            labels.count_of(int(row.raised), n_groups, lang),
            labels.count_of(int(row.named), int(row.of), lang),
            *(f"{labels.number(100 * means[region, row.code], lang)}%" for region in regions),
        )
        for row in rows(total.sort_values("mean", ascending=False, kind="stable").reset_index())
    )
    head = (
        say("head_problem", lang),
        say("head_raised", lang),
        say("head_named_people", lang),
        *(say("head_mean", lang, region=region) for region in regions),
    )
    return Table(say(f"overall_table_{level}", lang), head, shown, frozenset(range(1, len(head))))


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
        blocks += quoted(results, str(code), names, lang)
    return blocks or [Paragraph(say("no_quotations", lang))]


def quoted(results: Results, code: str, names: Mapping[str, str], lang: str) -> list[Block]:
    """Return the quotations of one code under its name; nothing where none was chosen."""
    chosen = results.quotations[results.quotations["code"] == code]
    if chosen.empty:
        return []
    return [
        Paragraph(f"{names[code]}:"),
        *(Quotation(str(row.text), _source(row.institution, row.voivodeship, names, lang)) for row in rows(chosen)),
    ]


def _source(institution: object, voivodeship: object, names: Mapping[str, str], lang: str) -> str:
    kind = names.get(str(institution), say("institution_unknown", lang))
    return f"{kind}, {voivodeship}" if isinstance(voivodeship, str) else kind


def gminas(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show the ranking of every gmina, with the turns behind each number."""
    blocks: list[Block] = [Heading(1, say("gminas", lang), "gminas"), Paragraph(say("gminas_intro", lang))]
    leaves = results.by_gmina[results.by_gmina["level"] == "leaf"]
    places = (
        leaves[["gmina", "teryt"]].drop_duplicates().sort_values("gmina", key=lambda names: names.map(labels.sort_key))
    )
    behind = _turns_by_count(results)
    for place in rows(places):
        same = (
            leaves["teryt"].eq(place.teryt)
            if isinstance(place.teryt, str)
            else leaves["gmina"].eq(place.gmina) & leaves["teryt"].isna()
        )
        anchor = str(place.teryt) if isinstance(place.teryt, str) else str(place.gmina)
        blocks.append(Heading(2, str(place.gmina), f"gmina-{anchor}"))
        estimates = leaves[same]
        if estimates["estimate"].isna().any():
            blocks.append(Notice(say("gmina_unknown_roles", lang)))
            continue
        blocks.append(figures[ranking_name(anchor)])
        blocks.append(_gmina_table(results, estimates, behind, lang))
    return blocks


def _gmina_table(
    results: Results, estimates: pd.DataFrame, behind: Mapping[tuple[str, str | None, str], str], lang: str
) -> Table:
    names = code_names(results, lang)
    ranked = estimates.sort_values(["rank", "code"], kind="stable")
    shown = tuple(
        (
            band(row.rank_low, row.rank_high),
            names[str(row.code)],
            labels.count_of(int(row.n_named), int(row.n_participants), lang),
            str(int(row.n_denied)),
            behind.get((row.gmina, row.teryt, row.code), "–"),
        )
        for row in rows(ranked)
    )
    head = heads(lang, "rank", "problem", "named", "denied", "turn_ids")
    return Table(say("gmina_table", lang, gmina=ranked["gmina"].iloc[0]), head, shown, frozenset({0, 2, 3}))


def _turns_by_count(results: Results) -> dict[tuple[str, str | None, str], str]:
    """Return the turns behind each count, by gmina and code, as "session: turn, turn"."""
    counted = results.behind[(results.behind["role"] == "participant") & (results.behind["level"] == "leaf")]
    found: dict[tuple[str, str | None, str], dict[str, list[str]]] = {}
    for row in rows(counted):
        found.setdefault((row.gmina, row.teryt, row.code), {}).setdefault(row.session_id, []).append(str(row.turn))
    return {
        key: "; ".join(f"{session}: {', '.join(turns)}" for session, turns in sessions.items())
        for key, sessions in found.items()
    }
