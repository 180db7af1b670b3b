"""The figures of a report: which are drawn, what they say, what is saved."""

import re
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from focus_analysis.report.figures import data_note, draw_figures, ranking_name, save_figures
from tests.report.conftest import GMINA, NAMED, keep_nothing


@pytest.mark.parametrize(
    ("lang", "invented", "unchecked", "partly"),
    [
        (
            "pl",
            "Dane zmyślone, pokazowe.",
            "Kody automatyczne, niesprawdzone przez człowieka.",
            "Kody częściowo automatyczne.",
        ),
        ("en", "Invented data, for demonstration.", "Automatic codes, unchecked by people.", "Codes partly automatic."),
    ],
)
def test_the_note_says_what_the_data_are(polish, lang, invented, unchecked, partly):
    results = polish.results
    real = replace(results, sessions=results.sessions.assign(invented=False))
    mixed, by_hand = (
        replace(results, provenance=replace(results.provenance, coder_kinds=kinds))
        for kinds in (("human", "rule"), ("human",))
    )
    assert data_note(results, lang) == f"{invented} {unchecked}"
    assert data_note(real, lang) == unchecked
    assert data_note(mixed, lang) == f"{invented} {partly}"
    assert data_note(by_hand, lang) == invented
    assert data_note(replace(by_hand, sessions=real.sessions), lang) == ""


def test_a_heat_map_the_regions_and_each_gmina_are_drawn(report):
    drawn = {name: (caption, alt, axes) for name, caption, alt, axes in draw_figures(report.results, report.lang)}
    assert list(drawn) == ["heatmap", "slopes", "regions", ranking_name(NAMED), "ranking-2602052"]
    assert all(caption and alt for caption, alt, _ in drawn.values())
    assert "Oksa" in drawn["ranking-2602052"][0] and GMINA in drawn[ranking_name(NAMED)][1]


@pytest.mark.parametrize("place", ["../../ucieczka", "/etc/x", "a\\b", "C:x", "sesja 1/nagranie", "..", "*?|"])
def test_the_name_of_a_figure_can_be_no_path(polish, place):
    one = polish.results.by_gmina.query("gmina == 'Oksa'").assign(gmina=place, teryt=None)
    names = [name for name, *_ in draw_figures(replace(polish.results, by_gmina=one), "pl")]
    assert len(names) == 4
    assert all(re.fullmatch(r"[\w-]+", name) for name in names)


def test_every_figure_says_below_that_the_data_are_invented_and_unchecked(report):
    note = data_note(report.results, report.lang)
    assert note
    for *_, axes in draw_figures(report.results, report.lang):
        assert axes.figure.texts[0].get_text().replace("\n", " ").startswith(note)


def test_one_region_alone_is_not_compared(polish):
    one = replace(polish.results, by_region=polish.results.by_region.query("voivodeship == 'świętokrzyskie'"))
    assert "regions" not in [name for name, *_ in draw_figures(one, "pl")]


def test_without_known_participants_nothing_is_drawn(polish):
    unknown = replace(polish.results, by_gmina=polish.results.by_gmina.query("gmina == 'Świlcza'"))
    assert list(draw_figures(unknown, "pl")) == []
    assert save_figures(unknown, Path("figures"), "pl", keep_nothing) == {}


def test_each_figure_is_saved_in_three_formats_and_handed_on_as_svg(polish, tmp_path):
    one = replace(polish.results, by_gmina=polish.results.by_gmina.query("gmina == 'Oksa'"))

    def save(path, write):
        write(path)

    figures = save_figures(one, tmp_path, "pl", save)
    kinds = ("pdf", "png", "svg")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}.{kind}" for name in figures for kind in kinds
    )
    assert set(figures) == {"heatmap", "slopes", "regions", "ranking-2602052"}
    for name, figure in figures.items():
        assert figure.name == name
        assert figure.svg == (tmp_path / f"{name}.svg").read_bytes()


def test_no_figure_stays_open(polish):
    save_figures(polish.results, Path("figures"), "pl", keep_nothing)
    assert plt.get_fignums() == []
