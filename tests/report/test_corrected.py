"""What a report says of a hand-coded sample: a section of its own, and the means that it corrects."""

from dataclasses import replace

import pandas as pd
import pytest

from focus_analysis import labels
from focus_analysis.report.build import build_document
from focus_analysis.report.corrected import corrected
from focus_analysis.report.document import Notice, Paragraph, Table
from focus_analysis.report.figures import draw_figures
from focus_analysis.report.method_section import method
from focus_analysis.report.problem_sections import problems
from focus_analysis.report.region_section import regions
from focus_analysis.report.study_sections import notices
from focus_analysis.schemas import CORRECTED, CORRECTED_ESTIMATES, check
from tests.report.conftest import LABEL, REGION

FEW = {"estimate": None, "low": None, "high": None, "interval_kind": "none", "n_missing": 7}


def share(code, naive, estimate, low, high, **columns):
    return {
        "teryt": None,
        "gmina": None,
        "voivodeship": None,
        "code": code,
        "measure": "coverage",
        "naive": naive,
        "estimate": estimate,
        "low": low,
        "high": high,
        "interval_kind": "confidence",
        "n_units": 80,
        "n_validated": 25,
        "n_missing": 0,
        "denominator": "roster",
        "method": "by hand",
    } | columns


def table(**columns):
    shares = [
        share("alcohol", 0.4, 0.3, 0.2, 0.42),
        share("alcohol", 0.4, 0.25, 0.1, 0.5, voivodeship="A<b>"),
        share("alcohol", 0.4, 0.2, 0.2, 0.2, voivodeship="A<b>", gmina="Oksa", teryt="2602052"),
        share("poverty", 0.5, 0.35, 0.25, 0.45),
        share("poverty", 0.5, voivodeship="A<b>", **FEW),
        share("poverty", 0.5, voivodeship="A<b>", gmina="Mirzec", teryt="2611032", **FEW),
        share("misery", 0.7, 0.55, 0.4, 0.66),
        share("misery", 0.7, 0.5, 0.4, 0.6, voivodeship="A<b>"),
    ]
    return check(pd.DataFrame(shares).assign(**columns), CORRECTED)


def sampled(results, few=()):
    """Results whose means a sample corrects, 9 points below the codes, but in these regions."""

    def of(means):
        missing = means["voivodeship"].isin(few)
        fixed = means.assign(
            naive=means["estimate"],
            estimate=(means["estimate"] - 0.09).clip(0).where(~missing, means["estimate"]),
            low=(means["estimate"] - 0.2).clip(0).mask(missing),
            high=means["estimate"].mask(missing),
            interval_kind=missing.map({True: "none", False: "confidence"}),
            n_units=10,
            n_validated=8,
            n_missing=missing * 3,
        )
        return check(fixed, CORRECTED_ESTIMATES)

    return replace(results, overall=of(results.overall), by_region=of(results.by_region), corrected=table())


def of_kind(blocks, kind):
    return [block for block in blocks if isinstance(block, kind)]


def cells(found):
    return [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in found.rows]


def test_without_a_sample_there_is_no_section(polish):
    assert corrected(polish.results, {}, "pl") == []
    assert not any(getattr(block, "anchor", "") == "corrected" for block in polish.document.blocks)


def test_the_program_s_shares_stand_beside_the_corrected_ones(polish):
    heading, intro, used, leaves, tops, _, gminas = corrected(replace(polish.results, corrected=table()), {}, "pl")
    assert heading.anchor == "corrected"
    assert "25 z 80 osób".replace(" z ", "\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}") in intro.text
    assert "Średnie wszystkich gmin" in used.text
    assert [row[1:] for row in cells(leaves)] == [
        ("50%", "35% (25–45%)", "za mało: brakuje 7"),
        ("40%", "30% (20–42%)", "25% (10–50%)"),
    ]
    assert leaves.head[-1] == "po korekcie: A<b>"
    assert [row[1] for row in cells(tops)] == ["70%"]
    assert cells(gminas)[0][1] == "20% (20–20%)"


def test_many_gminas_stand_in_numbered_parts(polish):
    one = table()[lambda rows: rows["gmina"].notna() & rows["n_missing"].eq(0)]
    many = pd.concat([table(), *(one.assign(gmina=f"G{n}", teryt=f"26000{n}2") for n in range(5))], ignore_index=True)
    found = of_kind(corrected(replace(polish.results, corrected=many), {}, "en"), Table)[-2:]
    assert [len(part.head) for part in found] == [4, 4]
    assert [part.caption[-13:] for part in found] == ["(part 1 of 2)", "(part 2 of 2)"]


def test_gminas_say_whether_enough_was_looked_at(polish):
    said = corrected(replace(polish.results, corrected=table()), {}, "en")[5]
    assert "Enough were checked: Oksa. Missing: Mirzec (7)." in said.text


def test_shares_of_turns_are_named_for_what_they_are(polish):
    _, intro, used, *_ = corrected(replace(polish.results, corrected=table(measure="prevalence")), {}, "en")
    assert "25 of 80 turns of participants" in intro.text
    assert "a sample of speakers corrects it" in used.text


def test_too_small_a_sample_corrects_nothing_and_says_what_is_missing(polish):
    few = table(**FEW)
    said = corrected(replace(polish.results, corrected=few), {}, "en")[2].text
    assert "7 are missing" in said and "stay uncorrected" in said


def test_coders_who_did_not_settle_are_named(polish):
    _, said = corrected(replace(polish.results, unsettled=("Ala", "Ola")), {}, "pl")
    assert isinstance(said, Notice)
    assert "Ala i Ola" in said.text


def test_the_means_of_the_ranking_are_the_corrected_ones(polish):
    found = of_kind(problems(sampled(polish.results), {}, "pl"), Table)[0]
    assert "po korekcie próbą" in found.caption
    row = {row[0]: row[1:] for row in cells(found)}[LABEL]
    plain = {row[0]: row[1:] for row in cells(of_kind(problems(polish.results, {}, "pl"), Table)[0])}[LABEL]
    assert row[:2] == plain[:2]
    assert plain[2] == "50%"
    assert row[2] == "41% (30–50%)"


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_a_region_without_enough_labels_stays_as_it_is_and_says_so(polish, lang):
    results = sampled(polish.results, few=[REGION])
    blocks = regions(results, {}, lang)
    said = [block.text for block in of_kind(blocks, Paragraph)]
    assert sum("3" in text and ("brakuje" in text or "missing" in text) for text in said) == 1
    known, few = (
        next(found for found in of_kind(blocks, Table) if labels.region(name, "locative", lang) in found.caption)
        for name in ("świętokrzyskie", REGION)
    )
    assert known.head[-1] == {"pl": "według programu", "en": "by the program"}[lang]
    poor = {row[1]: row for row in cells(known)}[{"pl": LABEL, "en": "poverty in English"}[lang]]
    assert poor[3:] == ("41%", "30–50%", "50%")
    assert {row[4] for row in cells(few)} == {"–"}
    overall = of_kind(problems(results, {}, "pl"), Table)[0]
    assert f"średnia bez korekty: {REGION}" in overall.head
    assert "średnia: świętokrzyskie" in overall.head


def test_the_first_page_and_the_method_say_what_is_corrected(polish):
    results = sampled(polish.results)
    first, said = (" ".join(b.text for b in of_kind(found, kind)) for found, kind in (
        (notices(results, "pl"), Notice), (method(results, "pl"), Paragraph),
    ))  # fmt: skip
    assert all("są skorygowane próbą" in text for text in (first, said))
    assert not any("skorygowane" in block.text for block in of_kind(notices(polish.results, "pl"), Notice))


def test_the_figures_show_the_corrected_means_and_say_so(polish):
    results = sampled(polish.results, few=[REGION])
    by_region, fixed = draw_figures(results, "pl", ["regions", "corrected"])
    assert "skorygowana próbą" in by_region.caption
    assert by_region.caption.endswith(f"sprawdzono za mało osób: {REGION}.")
    note = "".join(text.get_text() for text in by_region.draw().figure.texts).replace("\n", " ")
    assert "średnie skorygowane próbą" in note
    assert fixed.name == "corrected"
    assert LABEL in fixed.alt
    assert [drawing.name for drawing in draw_figures(polish.results, "pl", ["regions", "corrected"])] == ["regions"]


def test_turns_coded_by_people_are_counted_on_the_first_page(polish):
    made = replace(polish.results.provenance, coder_kinds=("human", "rule"), turns_by_hand={"human": 3})
    document = build_document(replace(polish.results, provenance=made), polish.figures, "en")
    said = [block.text for block in document.blocks if isinstance(block, Notice)]
    assert any("given by people in 3 of" in text and "(coder: 3)" in text for text in said)
    assert not any("nobody has checked" in text for text in said)
