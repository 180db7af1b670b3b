"""The section on corrected shares."""

from dataclasses import replace

import pandas as pd

from focus_analysis.report.build import build_document
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Notice, Paragraph, Table
from focus_analysis.schemas import CORRECTED, check


def table(measure="coverage"):
    def row(code, region, naive, estimate, low, high, missing=0):
        kind = "none" if missing else "confidence"
        return (
            None,
            None,
            region,
            code,
            measure,
            naive,
            estimate,
            low,
            high,
            kind,
            80,
            25,
            missing,
            "roster",
            "by hand",
        )

    rows = [
        row("alcohol", None, 0.4, 0.3, 0.2, 0.42),
        row("alcohol", "A<b>", 0.4, 0.25, 0.1, 0.5),
        row("poverty", None, 0.5, 0.35, 0.25, 0.45),
        row("poverty", "A<b>", 0.5, None, None, None, missing=7),
    ]
    return check(pd.DataFrame(rows, columns=CORRECTED.names), CORRECTED)


def test_without_a_sample_there_is_no_section(polish):
    assert corrected(polish.results, "pl") == []
    assert not any(getattr(block, "anchor", "") == "corrected" for block in polish.document.blocks)


def test_the_program_s_shares_stand_beside_the_corrected_ones(polish):
    heading, intro, shown = corrected(replace(polish.results, corrected=table()), "pl")
    assert heading.anchor == "corrected"
    assert isinstance(intro, Paragraph)
    assert "25 z 80 osób".replace(" z ", "\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}") in intro.text
    assert isinstance(shown, Table)
    assert [row[1:] for row in shown.rows] == [
        ("50%", "35% (25–45%)", "za mało: brakuje 7"),
        ("40%", "30% (20–42%)", "25% (10–50%)"),
    ]
    assert shown.head[-1] == "po korekcie: A<b>"


def test_shares_of_turns_are_named_for_what_they_are(polish):
    _, intro, _ = corrected(replace(polish.results, corrected=table("prevalence")), "en")
    assert "25 of 80 turns of participants" in intro.text


def test_turns_coded_by_people_are_counted_on_the_first_page(polish):
    made = replace(polish.results.provenance, coder_kinds=("human", "rule"), turns_by_hand={"human": 3})
    document = build_document(replace(polish.results, provenance=made), polish.figures, "en")
    said = [block.text for block in document.blocks if isinstance(block, Notice)]
    assert any("given by people in 3 of" in text and "(coder: 3)" in text for text in said)
    assert not any("nobody has checked" in text for text in said)
