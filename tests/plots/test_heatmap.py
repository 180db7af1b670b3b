"""Heat map of gminas by problems."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.heatmap import plot_heatmap
from focus_analysis.plots.slopes import plot_rank_slopes
from tests.builders import codes
from tests.plots.artists import NOTE, cells, gmina_rows, note_of, outside, table, texts, tick_labels

CODES = codes("poverty", "alcohol", "housing").assign(
    label_pl=["ubóstwo", "uzależnienia", "mieszkania"], label_en=["poverty", "addiction", "housing"]
)
STUDY = table(
    gmina_rows("Oksa", {"poverty": 2, "alcohol": 9, "housing": 0}),
    gmina_rows("Łoniów", {"poverty": 5, "alcohol": 5, "housing": 1}, n=9),
    gmina_rows("Krempna", {"poverty": 1, "alcohol": 8, "housing": 2}, region="podkarpackie"),
)
UNKNOWN = gmina_rows("Bieliny", dict.fromkeys(CODES["code"]), n=None, estimate=None, rank=None)


def columns(ax):
    """The numbers of each column, from left to right, top to bottom."""
    found = cells(ax)
    return [[found[x, y] for y in range(len(CODES))] for x in sorted({x for x, _ in found})]


def test_columns_are_gminas_by_region_and_polish_alphabet_with_their_n():
    assert tick_labels(plot_heatmap(STUDY, CODES).xaxis) == ["Krempna (n = 10)", "Łoniów (n = 9)", "Oksa (n = 10)"]


def test_gminas_of_one_name_are_told_apart_by_teryt():
    alike = table(
        gmina_rows("Osiek", {"poverty": 2}, teryt="2612045"),
        gmina_rows("Osiek", {"poverty": 5}, teryt="1805062"),
        gmina_rows("Oksa", {"poverty": 1}),
    )
    expected = ["Oksa (n = 10)", "Osiek (180506) (n = 10)", "Osiek (261204) (n = 10)"]
    ax = plot_heatmap(alike, CODES)
    assert tick_labels(ax.xaxis) == expected
    assert [text for _, text in sorted(cells(ax).items())] == ["1", "5", "2"]
    assert tick_labels(plot_rank_slopes(alike, CODES).xaxis) == expected


@pytest.mark.parametrize(
    ("lang", "names"),
    [("pl", ["uzależnienia", "ubóstwo", "mieszkania"]), ("en", ["addiction", "poverty", "housing"])],
)
def test_rows_are_problems_the_most_covered_on_top(lang, names):
    ax = plot_heatmap(STUDY, CODES, lang=lang)
    assert tick_labels(ax.yaxis) == names
    assert ax.yaxis_inverted()


def test_every_cell_holds_how_many_people_named_the_problem():
    assert columns(plot_heatmap(STUDY, CODES)) == [["8", "1", "2"], ["5", "5", "1"], ["9", "2", "0"]]


def test_a_larger_share_is_darker_and_nobody_is_white():
    ax = plot_heatmap(STUDY, CODES)
    faces = {(patch.get_x() + 0.5, patch.get_y() + 0.5): sum(patch.get_facecolor()[:3]) for patch in ax.patches}
    right = max(x for x, _ in faces)
    most, some, none = (faces[right, y] for y in range(3))
    assert most < some < none == 3


def test_regions_are_named_and_stand_apart():
    ax = plot_heatmap(STUDY, CODES)
    assert {"podkarpackie", "świętokrzyskie"} <= set(texts(ax))
    left, middle, right = ax.get_xticks()
    assert middle - left > right - middle == 1


def test_a_gmina_without_known_participants_is_a_column_of_dashes():
    ax = plot_heatmap(table(gmina_rows("Oksa", {"poverty": 2, "alcohol": 9, "housing": 0}), UNKNOWN), CODES)
    assert tick_labels(ax.xaxis) == ["Bieliny (n = ?)", "Oksa (n = 10)"]
    assert columns(ax) == [["–", "–", "–"], ["9", "2", "0"]]


@pytest.mark.parametrize(("lang", "unknown"), [("pl", "nieznane"), ("en", "unknown")])
def test_a_gmina_of_unknown_region_is_shown_too(lang, unknown):
    ax = plot_heatmap(
        table(gmina_rows("nagranie-7", {"poverty": 2, "alcohol": 1, "housing": 0}, region=None)), CODES, lang
    )
    assert tick_labels(ax.xaxis) == ["nagranie-7 (n = 10)"]
    assert unknown in texts(ax)


def test_gminas_of_one_name_keep_their_own_numbers():
    twice = table(
        gmina_rows("Przeworsk", {"poverty": 2, "alcohol": 1, "housing": 0}, teryt="1814011"),
        gmina_rows("Przeworsk", {"poverty": 7, "alcohol": 6, "housing": 5}, teryt="1814062"),
    )
    assert sorted(columns(plot_heatmap(twice, CODES))) == [["2", "1", "0"], ["7", "6", "5"]]


def test_only_one_level_is_drawn():
    both = table(gmina_rows("Oksa", {"poverty": 4}), gmina_rows("Oksa", {"alcohol": 6}, level="top"))
    assert tick_labels(plot_heatmap(both, CODES).yaxis) == ["ubóstwo"]
    assert tick_labels(plot_heatmap(both, CODES, level="top").yaxis) == ["uzależnienia"]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("pl", "Ilu uczestników podniosło problem w każdej gminie"),
        ("en", "How many participants raised each problem in each gmina"),
    ],
)
def test_the_title_says_what_is_counted(lang, title):
    assert plot_heatmap(STUDY, CODES, lang=lang).get_title(loc="left") == title


def test_the_note_stands_below():
    assert note_of(plot_heatmap(STUDY, CODES, note=NOTE)) == NOTE
    assert note_of(plot_heatmap(STUDY, CODES)) == ""


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_no_text_lies_outside_the_figure(lang):
    wide = table(*(gmina_rows(f"Krościenko Wyżne {n}", {"poverty": n, "alcohol": 10, "housing": 0}) for n in range(10)))
    assert outside(plot_heatmap(wide, CODES, lang=lang, note=NOTE)) == []
    assert outside(plot_heatmap(STUDY, CODES, lang=lang, note=NOTE)) == []


def test_it_draws_into_given_axes_and_makes_no_figure():
    _, given = plt.subplots()
    before = plt.get_fignums()
    assert plot_heatmap(STUDY, CODES, ax=given) is given
    assert plt.get_fignums() == before


def test_the_table_is_left_as_it_was():
    before = STUDY.copy()
    plot_heatmap(STUDY, CODES)
    assert STUDY.equals(before)


@pytest.mark.parametrize(("arguments", "said"), [({"level": "parent"}, "parent"), ({"lang": "de"}, "pl, en")])
def test_an_unknown_level_or_language_is_refused(arguments, said):
    with pytest.raises(ArgumentError, match=said):
        plot_heatmap(STUDY, CODES, **arguments)
