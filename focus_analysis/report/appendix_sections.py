"""The appendix: the codebook, and the counts that the figures show, as tables."""

from __future__ import annotations

from typing import Any

from focus_analysis import labels
from focus_analysis.report.addresses import gmina_names, linked, place_key, turns_address
from focus_analysis.report.document import Block, Heading, Paragraph, Table, Text
from focus_analysis.report.results import Results
from focus_analysis.report.wording import code_names, heads, in_parts, or_dash, region_or_unknown, say
from focus_analysis.schemas import rows


def codebook(results: Results, lang: str) -> list[Block]:
    """List the codes with what they mean, a table a group."""
    if results.codebook is None:
        return []
    blocks: list[Block] = [Heading(1, say("codebook", lang), "codebook"), Paragraph(say("codebook_intro", lang))]
    for _, group in results.codebook.groupby("group", sort=False):
        name = str(group[f"group_{lang}"].iloc[0])
        cells = tuple(
            (getattr(row, f"label_{lang}"), or_dash(getattr(row, f"definition_{lang}"))) for row in rows(group)
        )
        blocks.append(Table(say("codebook_table", lang, group=name), heads(lang, "code", "definition"), cells))
    return blocks


def tables(results: Results, lang: str) -> list[Block]:
    """Show who raised what in which gmina, in numbers: what the heat map shows in colours."""
    leaves = results.by_gmina[(results.by_gmina["level"] == "leaf") & results.by_gmina["estimate"].notna()]
    if leaves.empty:
        return []
    names = code_names(results, lang)
    regions = leaves["voivodeship"].fillna("")
    blocks: list[Block] = [Heading(1, say("tables", lang), "tables"), Paragraph(say("tables_intro", lang))]
    for region in sorted(regions.unique(), key=labels.sort_key):
        here = leaves[regions == region]
        gminas = gmina_names(here)
        counts = {(place_key(row.gmina, row.teryt), row.code): _count(row, lang) for row in rows(here)}
        whole = say("counts_table", lang, region=region_or_unknown(region, lang))
        for caption, part in in_parts(whole, list(gminas), lang):
            cells = tuple(
                (names[code], *(counts.get((gmina, code), "–") for gmina in part)) for code in here["code"].unique()
            )
            head = (say("head_problem", lang), *(gminas[gmina] for gmina in part))
            blocks.append(Table(caption, head, cells, frozenset(range(1, len(head)))))
    return blocks


def _count(row: Any, lang: str) -> Text:
    """Return how many raised a problem, leading to what they said."""
    address = turns_address(row.code, place_key(row.gmina, row.teryt))
    return linked(labels.count_of(row.n_named, row.n_participants, lang), address)
