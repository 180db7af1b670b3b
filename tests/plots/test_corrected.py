"""Corrected shares beside those of the codes, asked of their lines, dots and squares."""

import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.corrected import plot_corrected
from focus_analysis.schemas import CORRECTED_ESTIMATES, check
from tests.builders import codes, estimates
from tests.plots.artists import NOTE, note_of, outside, overlapping, texts, tick_labels

CODES = codes("poverty", "alcohol")
SAMPLE = {"n_units": 38, "n_validated": 26, "n_missing": 0}


def shares(**changes):
    rows = [
        {"code": "alcohol", "n_named": 4, "estimate": 0.15, "low": 0.12, "high": 0.23, "rank": 2},
        {"code": "poverty", "n_named": 2, "estimate": 0.4, "low": 0.31, "high": 0.5, "rank": 1},
    ]
    table = estimates(*({"voivodeship": None, "interval_kind": "confidence"} | row | changes for row in rows))
    return check(table.assign(naive=table["n_named"] / 10, **SAMPLE), CORRECTED_ESTIMATES)


def test_lines_dots_and_squares_stand_at_their_shares():
    ax = plot_corrected(shares(), CODES, note=NOTE)
    line, naive, dot = ax.collections
    assert [tuple(segment[:, 0]) for segment in line.get_segments()] == [(0.31, 0.5), (0.12, 0.23)]
    assert naive.get_offsets()[:, 0].tolist() == [0.2, 0.4]
    assert dot.get_offsets()[:, 0].tolist() == [0.4, 0.15]
    assert tick_labels(ax.yaxis) == ["poverty pl", "alcohol pl"]
    assert texts(ax) == ["40% (31–50%)", "15% (12–23%)"]
    assert "Dane zmyślone" in note_of(ax)
    assert outside(ax) == []
    assert overlapping(ax.texts) == []


@pytest.mark.parametrize(
    ("lang", "measure", "title"),
    [
        ("en", "coverage", "All gminas: corrected coverage of the problems (26 of 38 speakers checked)"),
        ("en", "prevalence", "All gminas: corrected share of turns (26 of 38 checked)"),
        ("pl", "coverage", "Wszystkie gminy: zasięg problemów po korekcie (sprawdzono 26 z 38 osób)"),
    ],
)
def test_the_title_says_how_many_were_looked_at(lang, measure, title):
    ax = plot_corrected(shares(measure=measure), CODES, lang=lang)
    assert " ".join(ax.get_title(loc="left").split()) == title
    assert (ax.get_xlim()[1] == 1) == (measure == "coverage")
    assert outside(ax) == []


def test_a_region_has_its_figure():
    ax = plot_corrected(shares(voivodeship="podkarpackie"), CODES, "podkarpackie")
    assert ax.get_title(loc="left").startswith("podkarpackie: ")


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ArgumentError, match="nothing of region 'Śląsk', level 'leaf'; regions: only the study"):
        plot_corrected(shares(), CODES, "Śląsk")
    with pytest.raises(ArgumentError, match=r"come from salience\(..., human=..., plan=...\)"):
        plot_corrected(shares().drop(columns="naive"), CODES)
    few = shares().assign(estimate=None, n_missing=7)
    with pytest.raises(ArgumentError, match="the study: too few units were validated, 7 are missing"):
        plot_corrected(few, CODES)
    with pytest.raises(ArgumentError, match="these are estimates of single gminas"):
        plot_corrected(shares(gmina="Oksa"), CODES)
