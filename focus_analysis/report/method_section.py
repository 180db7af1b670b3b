"""The section on method: what was counted, who coded, and whether anybody checked it."""

from __future__ import annotations

from focus_analysis import labels
from focus_analysis.labels import plural
from focus_analysis.report.corrected import left_unread, which_corrected
from focus_analysis.report.document import Block, Heading, Paragraph, Table
from focus_analysis.report.results import Results
from focus_analysis.report.wording import code_names, heads, say
from focus_analysis.schemas import rows


def method(results: Results, lang: str) -> list[Block]:
    """Say in plain words how the talk became numbers."""
    made = results.provenance
    problems = results.codes[results.codes["group"] == "problems"]
    who = (
        labels.listed([say(f"coder_{kind}", lang) for kind in made.coder_kinds], lang)
        if made.coder_kinds
        else say("coder_nobody", lang)
    )
    blocks: list[Block] = [
        Heading(1, say("method", lang), "method"),
        Paragraph(say("method_units", lang)),
        Paragraph(
            say(
                "method_codebook",
                lang,
                name=made.codebook,
                version=made.codebook_version,
                codes=plural("code", len(results.codes), lang),
                problems=len(problems),
            )
        ),
        Paragraph(say("method_coders", lang, who=who)),
        Paragraph(say("method_guide" if made.guide else "method_no_guide", lang)),
        Heading(2, say("checks", lang), "checks"),
        *_agreement(results, lang),
        *_validation(results, lang),
        *which_corrected(results, lang, Paragraph),
    ]
    return blocks


def _agreement(results: Results, lang: str) -> list[Block]:
    if results.agreement is None:
        return [Paragraph(say("agreement_none", lang))]
    names = code_names(results, lang)
    cells = tuple(
        (
            names[row.code],
            str(row.both),
            str(row.only_a + row.only_b),
            _with_interval(row.alpha, row.alpha_low, row.alpha_high, lang),
            _with_interval(row.positive_agreement, row.positive_low, row.positive_high, lang),
        )
        for row in rows(results.agreement)
    )
    head = heads(lang, "code", "agreed", "disagreed", "alpha", "positive")
    n = int(results.agreement["n_units"].iloc[0])
    settled = "settled" if "adjudicated" in results.provenance.turns_by_hand else "unsettled"
    return [
        Paragraph(
            say("agreement_intro", lang, turns=plural("turn", n, lang), settled=say(f"agreement_{settled}", lang))
        ),
        Table(say("agreement_table", lang), head, cells, frozenset({1, 2, 3, 4})),
    ]


def _validation(results: Results, lang: str) -> list[Block]:
    if results.validation is None:
        return [Paragraph(say(f"validation_{results.why_unchecked}", lang))]
    names = code_names(results, lang)
    cells = tuple(
        (
            names[row.code],
            str(row.n_predicted),
            str(row.n_true),
            _with_interval(row.precision, row.precision_low, row.precision_high, lang),
            _with_interval(row.recall, row.recall_low, row.recall_high, lang),
        )
        for row in rows(results.validation)
    )
    head = heads(lang, "code", "predicted", "true", "precision", "recall")
    return [
        Paragraph(say("validation_intro", lang)),
        *left_unread(results, Paragraph, lang),
        Table(say("validation_table", lang), head, cells, frozenset({1, 2, 3, 4})),
    ]


def _with_interval(value: float | None, low: float | None, high: float | None, lang: str) -> str:
    if value is None:
        return "–"
    shown = labels.number(value, lang, 2)
    return (
        shown
        if low is None or high is None
        else f"{shown} ({labels.number(low, lang, 2)}–{labels.number(high, lang, 2)})"
    )
