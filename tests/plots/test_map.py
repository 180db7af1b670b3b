"""The map, asked of its outlines, names and legend."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.boundaries import GMINAS, POWIATS, middle, outlines
from focus_analysis.plots.map import plot_map
from focus_analysis.plots.style import COLOURS, SHADES
from tests.builders import TERYT, codes
from tests.plots.artists import NOTE, gmina_rows, note_of, outside, overlapping, table, texts
from tests.plots.studies import gminas_of, study

CODES = codes("poverty", "alcohol", "housing").assign(label_pl=["ubóstwo", "uzależnienia", "mieszkania"])
THREE = table(
    gmina_rows("Oksa", {"poverty": 6, "alcohol": 2, "housing": 0}, n=8),
    gmina_rows("Łoniów", {"poverty": 1, "alcohol": 1, "housing": 0}, n=4),
    gmina_rows("Krempna", {"poverty": 0, "alcohol": 9, "housing": 0}, region="podkarpackie"),
    gmina_rows("Świlcza", dict.fromkeys(["poverty", "alcohol", "housing"]), n=None, region="podkarpackie"),
)


def patch_of(ax, gmina):
    """The outline of a gmina: the patch on top that holds its middle."""
    point = middle(outlines(GMINAS)[TERYT[gmina][:6]])
    return next(patch for patch in reversed(ax.patches) if patch.get_path().contains_point(point))


def legend(ax):
    (one,) = ax.figure.legends
    return [text.get_text().replace("\xa0", " ").replace("\n", " ") for text in one.get_texts()]


def names(ax):
    return {text.replace("\xa0", " ") for text in texts(ax)}


def test_gminas_have_the_colour_of_their_class():
    ax = plot_map(THREE, CODES, "poverty")
    faces = {gmina: to_hex(patch_of(ax, gmina).get_facecolor()).upper() for gmina in ("Oksa", "Łoniów", "Krempna")}
    assert faces == {"Oksa": SHADES[3], "Łoniów": SHADES[1], "Krempna": SHADES[0]}


def test_the_classes_stand_in_the_legend_with_their_numbers():
    assert legend(plot_map(THREE, CODES, "poverty")) == [
        "nikt (1 gmina)",
        "do 25% (1 gmina)",
        "ponad 25 do 50% (0 gmin)",
        "ponad 50 do 75% (1 gmina)",
        "ponad 75% (0 gmin)",
        "uczestnicy nieznani (1 gmina)",
        "bez grupy w badaniu",
    ]


def test_names_carry_counts_and_small_groups_a_star():
    ax = plot_map(THREE, CODES, "poverty", note=NOTE)
    assert names(ax) == {"Oksa\n6 z 8", "Łoniów\n1 z 4*", "Krempna\n0 z 10", "Świlcza\nn = ?"}
    assert note_of(ax).startswith(NOTE)
    assert "Mniej niż 5" in note_of(ax) and "GUGiK" in note_of(ax)


def test_unknown_participants_are_hatched_and_never_counted_as_nobody():
    ax = plot_map(THREE, CODES, "poverty")
    assert patch_of(ax, "Świlcza").get_hatch()
    assert not patch_of(ax, "Krempna").get_hatch()


def test_gminas_without_a_group_are_not_drawn_by_themselves():
    """Two voivodeships, their powiats and the four gminas: nothing is told apart among the rest."""
    ax = plot_map(THREE, CODES, "poverty")
    n_powiats = sum(key[:2] in ("18", "26") for key in outlines(POWIATS))
    assert len(ax.patches) == n_powiats + 2 + 4


def test_the_leading_problem_or_a_tie():
    ax = plot_map(THREE, CODES)
    assert legend(ax) == [
        "ubóstwo (1 gmina)",
        "uzależnienia (1 gmina)",
        "remis kilku problemów (1 gmina)",
        "uczestnicy nieznani (1 gmina)",
        "bez grupy w badaniu",
    ]
    assert to_hex(patch_of(ax, "Oksa").get_facecolor()).upper() == COLOURS[0]
    assert to_hex(patch_of(ax, "Krempna").get_facecolor()).upper() == COLOURS[1]
    assert names(ax) == {"Oksa\n6 z 8", "Łoniów\n1 z 4*", "Krempna\n9 z 10", "Świlcza\nn = ?"}


def test_where_nobody_raised_anything_no_problem_leads():
    silent = table(gmina_rows("Oksa", {"poverty": 0, "alcohol": 0}, n=8))
    assert legend(plot_map(silent, CODES, lang="en")) == ["nobody raised any (1 gmina)", "no group in the study"]


def test_beyond_five_leaders_the_others_are_one_class():
    places, problems = list(gminas_of("podkarpackie").items())[:6], [f"c{number}" for number in range(6)]
    rows = [
        gmina_rows(name, {code: 5 if code == leader else 1 for code in problems}, region="podkarpackie")
        for (name, _), leader in zip(places, problems, strict=True)
    ]
    many = table(*rows)
    ax = plot_map(many.assign(teryt=many["gmina"].map(dict(places))), codes(*problems), lang="en")
    assert legend(ax) == [
        *(f"c{n} en (1 gmina)" for n in range(5)),
        "another problem (1 gmina)",
        "no group in the study",
    ]


def test_one_region_alone():
    ax = plot_map(THREE, CODES, "poverty", region="podkarpackie", lang="en")
    assert names(ax) == {"Krempna\n0 of 10", "Świlcza\nn = ?"}
    assert len(ax.patches) == sum(key[:2] == "18" for key in outlines(POWIATS)) + 1 + 2
    assert ax.get_title(loc="left").replace("\n", " ").endswith("(podkarpackie)")


def test_a_gmina_without_a_code_is_named_below():
    lost = table(
        gmina_rows("Oksa", {"poverty": 6}), gmina_rows("sesja 1", {"poverty": 1}), gmina_rows("inna", {"poverty": 1})
    )
    ax = plot_map(lost, CODES, "poverty")
    assert names(ax) == {"Oksa\n6 z 10"}
    assert "Bez miejsca na mapie: sesja 1, inna." in note_of(ax)


def test_shapes_are_not_stretched():
    ax = plot_map(THREE, CODES, "poverty")
    ax.figure.draw_without_rendering()
    (x0, y0), (x1, y1) = ax.transData.transform([(0, 5600), (10, 5610)])
    assert x1 - x0 == pytest.approx(y1 - y0, rel=1e-6)


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("code", [None, "c0"])
@pytest.mark.parametrize(("n_regions", "region"), [(5, None), (2, "podkarpackie")])
def test_no_name_is_cut_off_or_lies_on_another(lang, code, n_regions, region):
    many = study(n_regions=n_regions, n_codes=16)
    ax = plot_map(many.estimates, many.codes, code, lang=lang, region=region, note=NOTE)
    assert len(texts(ax)) == (8 if region else 8 * n_regions)
    assert outside(ax) == []
    assert overlapping(ax.texts) == []


def test_it_draws_into_given_axes():
    _, given = plt.subplots()
    assert plot_map(THREE, CODES, "poverty", ax=given) is given


def test_the_table_is_left_as_it_was():
    before = THREE.copy()
    plot_map(THREE, CODES)
    assert THREE.equals(before)


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"code": "wishes"}, "no code 'wishes' of level 'leaf'; there are: poverty, alcohol, housing"),
        ({"region": "śląskie"}, "no region 'śląskie'; there are: podkarpackie, świętokrzyskie"),
        ({"code": "poverty", "level": "top"}, "level 'top'; there are: none"),
        ({"lang": "de"}, "pl, en"),
    ],
)
def test_what_cannot_be_drawn_is_refused(argument, message):
    with pytest.raises(ArgumentError, match=message):
        plot_map(THREE, CODES, **argument)


def test_the_legend_of_leading_problems_is_headed_by_them_and_the_note_says_what_is_counted():
    ax = plot_map(THREE, CODES, lang="en")
    (drawn,) = ax.figure.legends
    assert drawn.get_title().get_text() == "Problem (number of gminas)"
    assert "how many participants raised that problem" in " ".join(note_of(ax).split())
    assert "Beside a gmina" not in note_of(plot_map(THREE, CODES, "poverty", lang="en"))


def test_without_any_place_there_is_no_map():
    with pytest.raises(ArgumentError, match=r"no gmina with a place on the map.*sesja 1"):
        plot_map(table(gmina_rows("sesja 1", {"poverty": 1})), CODES)


def test_the_outline_of_the_rural_gmina_leaves_its_town_open():
    rural = table(gmina_rows("Oksa", {"poverty": 1})).assign(gmina="Przeworsk", teryt="1814062")
    patch = plot_map(rural, CODES, "poverty").patches[-1]
    town = middle(outlines(GMINAS)["181401"])
    inside = [polygon for polygon in patch.get_path().to_polygons() if len(polygon) > 3]
    from matplotlib.path import Path

    assert sum(Path(np.asarray(polygon)).contains_point(town) for polygon in inside) % 2 == 0
