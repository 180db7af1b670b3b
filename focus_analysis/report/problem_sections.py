"""Sections about the problems: over all groups and regions, with voices, and gmina by gmina."""

from __future__ import annotations

from focus_analysis import labels
from focus_analysis.report.addresses import linked, turns_address
from focus_analysis.report.corrected import mean_head, mean_of
from focus_analysis.report.document import Block, Heading, Notice, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.totals import totals
from focus_analysis.report.wording import Figures, band, code_names, heads, quoted, say, source_of
from focus_analysis.schemas import rows

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
    blocks += [Paragraph(say("ranking_intro", lang), leads=True), _ranking(results, lang)]
    if results.by_gmina["gmina"].nunique() > 1:
        blocks += _who(results, lang)
    blocks += [figures[name] for name in ("heatmap", "slopes", "map", "map-problem") if name in figures]
    blocks += [Heading(2, say("quotations", lang), "quotations"), Paragraph(_how_chosen(results, lang))]
    return blocks + _quotations(results, lang)


def _how_chosen(results: Results, lang: str) -> str:
    """Say how quotations were chosen, and how many have the finer place that was asked for."""
    tables = [table for table in (results.quotations, results.counter_quotations) if table is not None]
    finer = [scope != "region" for table in tables for scope in table["scope"]]
    count = labels.count_of(sum(finer), len(finer), lang)
    return f"{say('quotations_intro', lang)} {say(f'attributed_{results.provenance.attribution}', lang, count=count)}"


def _overall(results: Results, level: str, lang: str) -> Table:
    """One row a problem: in how many groups it was raised, by how many people, and the means."""
    total = {row.code: row for row in totals(results.by_gmina[results.by_gmina["level"] == level], lang)}
    names = code_names(results, lang)
    by_region = {
        (row.voivodeship, row.code): row for row in rows(results.by_region[results.by_region["level"] == level])
    }
    regions = sorted({region for region, _ in by_region}, key=labels.sort_key)
    means = results.overall[results.overall["level"] == level].sort_values("estimate", ascending=False, kind="stable")
    shown = tuple(
        (
            names[row.code],
            *(linked(count, turns_address(row.code)) for count in (total[row.code].gminas, total[row.code].people)),
            mean_of(row, lang),
            *(
                linked(mean_of(by_region[region, row.code], lang), turns_address(row.code, region=region))
                for region in regions
            ),
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
            blocks += [quoted(results, row, source_of(results, row, lang), lang) for row in rows(chosen)]
    return blocks or [Paragraph(say("no_quotations", lang))]


def _who(results: Results, lang: str) -> list[Block]:
    """One row a problem: how many kinds of institution raised it, and which most often; nothing where none is known."""
    names = code_names(results, lang)
    people = results.speakers[results.speakers["role"] == "participant"]
    present = people.groupby("institution").size()
    if present.empty:
        return []
    said = results.behind[(results.behind["role"] == "participant") & (results.behind["level"] == "leaf")]
    said = said[["code", "session_id", "speaker"]].drop_duplicates().merge(people, on=["session_id", "speaker"])
    counts = said.groupby(["code", "institution"]).size().rename("n").reset_index()
    cells = []
    for code in (total.code for total in totals(results.by_gmina[results.by_gmina["level"] == "leaf"], lang)):
        of_code = {row.institution: row.n for row in rows(counts[counts["code"] == code])}
        order = sorted(of_code, key=lambda kind: (-of_code[kind], labels.sort_key(names.get(kind) or kind)))
        often = [
            f"{names.get(kind, kind)} ({labels.count_of(of_code[kind], int(present[kind]), lang)})"
            for kind in order[:_MOST_KINDS]
        ]
        cells.append((names[code], labels.count_of(len(order), len(present), lang), "; ".join(often) or "–"))
    head = heads(lang, "problem", "kinds", "most_often")
    return [Table(say("who_table", lang), head, tuple(cells), frozenset({1}))]
