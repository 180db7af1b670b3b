"""Sections about what can be said, and what must not be concluded."""

from __future__ import annotations

from focus_analysis import labels
from focus_analysis.report.caveats import caveat_lines
from focus_analysis.report.claims import Words
from focus_analysis.report.document import Block, Bullets, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import Figures, code_names, heads, quoted, say, source_of
from focus_analysis.schemas import LEVELS, rows


def claims(results: Results, figures: Figures, lang: str) -> list[Block]:
    """State the findings, each with what speaks against it and how far it may be trusted."""
    blocks: list[Block] = [Heading(1, say("claims", lang), "claims")]
    if results.claims.empty:
        return [*blocks, Paragraph(say("no_claims", lang))]
    blocks += [Paragraph(say("claims_intro", lang)), Paragraph(say("claims_thresholds", lang))]
    blocks += [figures[name] for name in ("claims",) if name in figures]
    head = heads(lang, "claim", "counter", "caution")
    for level in reversed(LEVELS):
        found = results.claims[results.claims["level"] == level]
        if len(found):
            cells = tuple((row.sentence, row.counter_brief or "–", row.caution or "–") for row in rows(found))
            blocks.append(Table(say(f"claims_table_{level}", lang), head, cells))
    return blocks + _counter_voices(results, lang)


def _counter_voices(results: Results, lang: str) -> list[Block]:
    """Quote who speaks against the claims that have counter-examples."""
    table = results.counter_quotations
    if table is None or table.empty:
        return []
    names = code_names(results, lang)
    blocks: list[Block] = [Heading(2, say("counter", lang), "counter"), Paragraph(say("counter_intro", lang))]
    for row in rows(table):
        blocks.append(Paragraph(say("counter_to", lang, claim=results.claims.loc[row.claim, "sentence"]), leads=True))
        about = say(f"counter_{row.status}", lang, problem=names[row.code])
        source = f"{source_of(results, row, lang)}; {about}"
        blocks.append(quoted(results, row, source, lang))
    return blocks


def caveats(results: Results, lang: str) -> list[Block]:
    """Say what must not be concluded, with this study's own numbers."""
    unit = "gmina" if results.sessions["teryt"].notna().all() else "session"
    words = Words(code_names(results, lang), labels.check_language(lang), unit)
    items = caveat_lines(results.limits, words, results.unchecked)
    return [Heading(1, say("caveats", lang), "caveats"), Bullets(items)]
