"""The figures of a report: which are drawn, what they say, what is saved."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis.errors import ArgumentError
from focus_analysis.report.addresses import figure_name
from focus_analysis.report.figures import data_note, draw_figures, ranking_name, save_figures
from tests.report.conftest import GMINA, NAMED, made


@cache
def drawn_in(lang):
    """Every figure of the report."""
    return list(draw_figures(made(lang).results, lang))


@pytest.mark.parametrize(
    ("place", "name"),
    [("1807022", "1807022"), ("Stara Wieś-Łąka", "Stara_Wieś-Łąka"), ("gr_1", "gr_5f_1"), ("../a", "_2e__2e__2f_a")],
)
def test_names_of_files_are_safe_and_tell_places_apart(place, name):
    assert figure_name("ranking", place) == f"ranking-{name}"
    assert figure_name("ranking", "gr 1") != figure_name("ranking", "gr_1")


@pytest.mark.parametrize("letter", ["a", "ą", "<", "\U0001d4d0"])
def test_the_name_of_a_figure_is_never_too_long_for_a_file(letter):
    long = [figure_name("gmina_cooperation", letter * 300 + end) for end in "12"]
    assert len(set(long)) == 2
    assert all(len(name.encode()) < 240 for name in long)


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


def test_what_the_results_allow_is_drawn(report):
    """Two gminas are known, one of them without a code: no curve, and a map of one region."""
    drawn = {drawing.name: drawing for drawing in drawn_in(report.lang)}
    assert list(drawn) == [
        *("heatmap", "slopes", "regions", "map", "map-problem", "claims"),
        *(ranking_name(NAMED), "ranking-2602052"),
    ]
    assert all(drawing.caption and drawing.alt for drawing in drawn.values())
    assert "Oksa" in drawn["ranking-2602052"].caption and GMINA in drawn[ranking_name(NAMED)].alt


def test_figures_of_single_gminas_are_drawn_when_asked_for(polish):
    kinds = ("spontaneous", "dominance", "ranges")
    drawn = list(draw_figures(polish.results, "pl", kinds))
    assert [drawing.name for drawing in drawn] == [
        figure_name(kind, place)
        for kind in ("spontaneous", "dominance", "ranges-measures", "ranges-left_out")
        for place in (NAMED, "2602052")
    ]
    titles = [drawing.draw().get_title(loc="left") for drawing in drawn]
    assert [("Oksa" in title, GMINA in title.replace("\n", " ")) for title in titles] == [
        (False, True),
        (True, False),
    ] * 4


def test_an_unknown_kind_is_refused(polish):
    with pytest.raises(ArgumentError, match=r"kinds of figures: heatmap, .*; not pie"):
        list(draw_figures(polish.results, "pl", ["heatmap", "pie"]))


def test_each_region_has_its_map(polish):
    placed = polish.results.by_gmina.query("gmina == 'Oksa'")
    other = placed.assign(gmina="Krempna", teryt="1805062", voivodeship="podkarpackie")
    both = replace(polish.results, by_gmina=pd.concat([placed, other], ignore_index=True))
    names = [drawing.name for drawing in draw_figures(both, "pl", ["map"])]
    assert names == ["map", "map-problem", "map-1-podkarpackie", "map-2-świętokrzyskie"]


def test_a_curve_needs_five_gminas_and_squares_need_dates(polish):
    def curve(observed):
        shown = pd.DataFrame({"n_sessions": range(1, 7), "estimate": 3.0, "low": 2.0, "high": 4.0})
        return replace(polish.results, saturation=shown.assign(observed=observed))

    (with_dates,), (without,) = (
        list(draw_figures(curve(observed), "pl", ["saturation"])) for observed in ([1, 2, 3, 3, 3, 3], None)
    )
    assert with_dates.alt == (
        "Krzywa: ile różnych problemów średnio podnosi tyle grup. 1 grupa: 3,0; 4 grupy: 3,0; 6 grup: 3,0."
    )
    assert len(with_dates.draw().collections) == len(without.draw().collections) + 1
    few = replace(polish.results, saturation=curve(None).saturation.head(4))
    assert list(draw_figures(few, "pl", ["saturation"])) == []


def test_claims_are_drawn_in_their_own_language_only(polish):
    assert [drawing.name for drawing in draw_figures(polish.results, "pl", ["claims"])] == ["claims"]
    assert list(draw_figures(polish.results, "en", ["claims"])) == []


def test_captions_and_titles_tell_gminas_of_one_name_apart(polish):
    known = polish.results.by_gmina
    twins = pd.concat([known, known[known["teryt"] == "2602052"].assign(teryt="1234562")])
    drawn = {
        drawing.name: drawing for drawing in draw_figures(replace(polish.results, by_gmina=twins), "pl", ["ranking"])
    }
    for key in ("260205", "123456"):
        drawing = drawn[f"ranking-{key}2"]
        assert f"Oksa ({key})" in drawing.caption and f"Oksa ({key})" in drawing.alt
        assert drawing.draw().get_title(loc="left").startswith(f"Oksa ({key}): ")


def test_the_name_of_a_figure_can_be_no_path(polish):
    places = ["../../ucieczka", "/etc/x", "a\\b", "C:x", "sesja 1/nagranie", "..", "*?|"]
    one = polish.results.by_gmina.query("gmina == 'Oksa'")
    hostile = pd.concat([one.assign(gmina=place, teryt=None) for place in places], ignore_index=True)
    names = [name for name, *_ in draw_figures(replace(polish.results, by_gmina=hostile), "pl")]
    assert sum(name.startswith("ranking-") for name in names) == len(places) and "claims" in names
    assert all(re.fullmatch(r"[\w-]+", name) for name in names)


def test_every_figure_says_below_that_the_data_are_invented_and_unchecked(report):
    note = data_note(report.results, report.lang)
    assert note
    for *_, draw in drawn_in(report.lang):
        assert draw().figure.texts[0].get_text().replace("\n", " ").startswith(note)


def test_one_region_alone_is_not_compared(polish):
    one = replace(polish.results, by_region=polish.results.by_region.query("voivodeship == 'świętokrzyskie'"))
    assert "regions" not in [name for name, *_ in draw_figures(one, "pl")]


def test_without_known_participants_nothing_is_drawn(polish, tmp_path):
    unknown = replace(polish.results, by_gmina=polish.results.by_gmina.query("gmina == 'Świlcza'"))
    assert list(draw_figures(unknown, "pl")) == []
    assert save_figures(unknown, tmp_path, "pl") == {}
    assert not list(tmp_path.iterdir())


def test_each_figure_is_saved_in_three_formats_and_handed_on_as_svg(report):
    figures, files, folder = report.figures, report.files, Path("figures")
    beginnings = {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<?xml"}
    assert set(files) == {folder / f"{name}.{kind}" for name in figures for kind in beginnings}
    assert all(content.startswith(beginnings[path.suffix[1:]]) for path, content in files.items())
    assert set(figures) == {drawing.name for drawing in drawn_in(report.lang)}
    for name, figure in figures.items():
        assert figure.name == name
        assert figure.svg == files[folder / f"{name}.svg"]
        assert figure.png == files[folder / f"{name}.png"]
        assert set(figure.paths) == {folder / f"{name}.{kind}" for kind in beginnings}


def test_by_itself_it_writes_into_a_new_folder_and_leaves_nothing_unfinished(polish, tmp_path):
    figures = fa.save_figures(polish.results, tmp_path / "new", lang="en", kinds=["heatmap"])
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["heatmap.pdf", "heatmap.png", "heatmap.svg"]
    assert all(path.stat().st_size > 1000 for path in figures["heatmap"].paths)
    assert "svg" not in repr(figures["heatmap"]).replace("heatmap.svg", "")


@pytest.mark.usefixtures("empty_figures")
def test_no_figure_stays_open(polish, tmp_path):
    save_figures(polish.results, tmp_path, "pl")
    assert plt.get_fignums() == []
