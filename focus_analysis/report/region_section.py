"""The section on regions: the problems of each, with what chance could make of the means."""

from __future__ import annotations

import re
from itertools import combinations
from math import comb

from focus_analysis import labels
from focus_analysis.report.addresses import linked, turns_address
from focus_analysis.report.corrected import of_region
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, band, code_names, heads, say
from focus_analysis.schemas import rows

_LEVEL = 0.05
_REGION_MAP = re.compile(r"map-\d")


def regions(results: Results, figures: Figures, lang: str) -> list[Block]:
    """Show each region's problems, and whether the regions differ; nothing where no region is known."""
    names = sorted(results.by_region["voivodeship"].dropna().unique(), key=labels.sort_key)
    if not names:
        return []
    said = ["regions_intro"] if results.means_corrected else ["regions_intro", "regions_interval"]
    intro = " ".join(say(key, lang) for key in said)
    blocks: list[Block] = [Heading(1, say("regions", lang), "regions"), Paragraph(intro)]
    if len(results.region_tests):
        blocks += _tests(results, lang)
    blocks += [figure for name, figure in figures.items() if name == "regions" or _REGION_MAP.match(name)]
    for name in names:
        blocks += [Heading(2, labels.region(str(name), "nominative", lang), f"region-{name}")]
        blocks += [*of_region(results, str(name), lang), _table(results, str(name), lang)]
    return blocks


def _table(results: Results, region: str, lang: str) -> Table:
    names = code_names(results, lang)
    here = results.by_gmina[(results.by_gmina["voivodeship"] == region) & results.by_gmina["estimate"].notna()]
    raised = here[(here["level"] == "leaf") & (here["n_named"] > 0)].groupby("code").size()
    n = here[["gmina", "teryt"]].drop_duplicates().shape[0]
    means = results.by_region[(results.by_region["voivodeship"] == region) & (results.by_region["level"] == "leaf")]
    cells = tuple(
        (
            band(row.rank_low, row.rank_high),
            names[row.code],
            linked(labels.count_of(int(raised.get(row.code, 0)), n, lang), turns_address(row.code, region=region)),
            _percent(row.estimate, lang),
            "–" if row.low is None else f"{_number(row.low, lang)}–{_percent(row.high, lang)}",
            *([_percent(row.naive, lang)] if results.means_corrected else []),
        )
        for row in rows(means.sort_values(["rank", "code"], kind="stable"))
    )
    head = heads(lang, "rank", "problem", "raised", "mean_coverage", "interval")
    head += heads(lang, "naive") if results.means_corrected else ()
    caption = say("region_table", lang, region=labels.region(region, "locative", lang))
    return Table(caption, head, cells, frozenset({0, *range(2, len(head))}))


def _tests(results: Results, lang: str) -> list[Block]:
    names = code_names(results, lang)
    tested = results.region_tests[results.region_tests["code"].isin(names)]
    cells = tuple(
        (names[row.code], "–" if row.p_adjusted is None else labels.number(row.p_adjusted, lang, 3))
        for row in rows(tested.sort_values(["p_adjusted", "code"], kind="stable"))
    )
    table = Table(say("region_tests_table", lang), heads(lang, "problem", "p_adjusted"), cells, frozenset({1}))
    return [table] if _could_differ(results) else [Paragraph(say("too_few_to_differ", lang)), table]


def _could_differ(results: Results) -> bool:
    """Return whether some two regions have so many groups that an exact test of them could give a p of .05."""
    counted = results.by_gmina[results.by_gmina["estimate"].notna()]
    sizes = counted[["voivodeship", "gmina", "teryt"]].drop_duplicates().groupby("voivodeship").size()
    return any(comb(one + other, one) * _LEVEL >= 1 for one, other in combinations(sizes.tolist(), 2))


def _percent(share: float, lang: str) -> str:
    return f"{_number(share, lang)}%"


def _number(share: float, lang: str) -> str:
    return labels.number(100 * min(max(share, 0.0), 1.0), lang)
