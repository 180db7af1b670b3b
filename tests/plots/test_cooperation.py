"""The network of institutions."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import Circle, FancyArrowPatch

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.cooperation import plot_cooperation
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside
from tests.plots.collisions import on, overlapping
from tests.plots.networks import CODES, INSTITUTIONS

EDGES = networks.edges(8)
NAMES = CODES.set_index("code")["label_pl"]


def drawn(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def nodes(ax):
    return [patch for patch in ax.patches if isinstance(patch, Circle)]


def places(ax):
    """Where the name of each institution stands."""
    return {text.get_text().replace("\n", " ").replace("- ", "-"): text.get_position() for text in ax.texts}


def of(**scope):
    """Cooperation of a scope."""
    rows = EDGES[EDGES["relation"] == "cooperates"]
    for column in ("gmina", "voivodeship"):
        rows = rows[rows[column] == scope[column]] if column in scope else rows[rows[column].isna()]
    return rows


def of_oksa():
    """Cooperation of one gmina."""
    return EDGES[(EDGES["relation"] == "cooperates") & (EDGES["gmina"] == "Oksa")]


def test_every_tie_is_one_line_and_every_institution_one_place():
    ax = plot_cooperation(EDGES, CODES)
    assert len(drawn(ax)) == len(of())
    assert len(nodes(ax)) == len(INSTITUTIONS)


def test_an_institution_stands_at_the_same_place_in_every_figure():
    everywhere = places(plot_cooperation(EDGES, CODES))
    region = places(plot_cooperation(EDGES, CODES, region="podkarpackie", relations=["lacks", "wish"]))
    gmina = places(plot_cooperation(EDGES, CODES, gmina="Oksa"))
    for name in NAMES[INSTITUTIONS]:
        assert everywhere[name] == region[name] == gmina[name]


def test_a_tie_named_in_more_gminas_is_wider():
    table = of().sort_values("n_gminas", kind="stable")
    widths = [line.get_linewidth() for line in drawn(plot_cooperation(EDGES, CODES))]
    assert widths == sorted(widths)
    assert len(set(widths)) == table["n_gminas"].nunique()


def test_ties_that_rest_on_one_gmina_are_dashed_and_only_they():
    ax = plot_cooperation(EDGES, CODES)
    dashed = [line for line in drawn(ax) if line.get_linestyle() not in ("-", "solid")]
    assert len(dashed) == int(of()["one_gmina"].sum())
    in_one = plot_cooperation(EDGES, CODES, gmina="Oksa")
    assert all(line.get_linestyle() in ("-", "solid") for line in drawn(in_one))


def test_a_tie_goes_from_who_acts_to_who_is_named():
    one = of().head(1).assign(source="police", target="school", directed=True)
    ax = plot_cooperation(one, CODES)
    (line,) = drawn(ax)
    ends = {name: circle.center for name, circle in zip(INSTITUTIONS, nodes(ax), strict=True)}
    path = line._path_original.vertices
    assert abs(path[0] - ends["police"]).max() < 0.3
    assert abs(path[-1] - ends["school"]).max() < 0.3
    assert "Filled" in type(line.get_arrowstyle()).__name__
    undirected = drawn(plot_cooperation(one.assign(directed=False), CODES))
    assert type(undirected[0].get_arrowstyle()).__name__ == "Curve"


def test_relations_differ_in_colour_and_mark_and_the_legend_names_them():
    ax = plot_cooperation(EDGES, CODES, relations=["cooperates", "lacks", "conflict", "wish"])
    assert len({line.get_edgecolor() for line in drawn(ax)}) == 4
    assert {line.get_marker() for line in ax.lines} == {"o", "X", "D"}
    named = [text.get_text() for text in ax.get_legend().get_texts()]
    assert named[:4] == ["współpraca", "brak współpracy", "konflikt", "współpraca pożądana"]
    assert "tylko 1 gmina" in named


@pytest.mark.parametrize(("lang", "count"), [("pl", "4\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}8"), ("en", "4 of 8")])
def test_the_opportunity_stands_on_the_tie(lang, count):
    one = of().head(1).assign(n_gminas=4, n_opportunities=8, one_gmina=False)
    assert count in [text.get_text() for text in plot_cooperation(one, CODES, lang=lang).texts]


@pytest.mark.parametrize(
    ("lang", "title", "said"),
    [
        ("pl", "Oksa (2 powiązania): współpraca", "Liczba: w ilu wypowiedziach padło powiązanie, gdy w kilku."),
        ("en", "Oksa (2 ties): cooperation", "Number: the turns that name the tie, where there are several."),
    ],
)
def test_within_one_gmina_ties_and_turns_are_counted(lang, title, said):
    ties = of_oksa().head(2).assign(n_named=[1, 3])
    ax = plot_cooperation(ties, CODES, gmina="Oksa", lang=lang)
    assert ax.get_title("left") == title
    assert [text.get_text() for text in ax.texts][len(INSTITUTIONS) :] == ["3"]
    assert note_of(ax).replace("\n", " ") == said


def test_ties_of_one_gmina_that_one_turn_names_have_no_number():
    ax = plot_cooperation(of_oksa().assign(n_named=1), CODES, gmina="Oksa")
    assert len(ax.texts) == len(INSTITUTIONS)
    assert note_of(ax) == ""


@pytest.mark.parametrize(("lang", "said"), [("pl", "Bez wzmianki: konflikt."), ("en", "Not told of: conflict.")])
def test_what_was_asked_for_and_nobody_told_of_is_named(lang, said):
    without = EDGES[EDGES["relation"] != "conflict"]
    ax = plot_cooperation(without, CODES, relations=["cooperates", "conflict"], lang=lang)
    assert said in note_of(ax).replace("\n", " ")
    assert said not in note_of(plot_cooperation(EDGES, CODES, relations=["cooperates", "conflict"], lang=lang))


def test_institutions_without_a_tie_are_hollow():
    one = of().head(1)
    ax = plot_cooperation(one, CODES)
    hollow = [circle for circle in nodes(ax) if circle.get_facecolor()[:3] == (1, 1, 1)]
    assert len(hollow) == len(INSTITUTIONS) - 2


def test_what_is_left_out_is_said():
    ax = plot_cooperation(EDGES, CODES, at_least=2, lang="en")
    few = int((of()["n_gminas"] < 2).sum())
    assert len(drawn(ax)) == len(of()) - few
    assert f"named in fewer than 2 gminas: {few}." in note_of(ax).replace("\n", " ")


@pytest.mark.parametrize("relations", [["cooperates"], ["lacks", "conflict", "wish"], ["mentioned"]])
@pytest.mark.parametrize(("n", "lang"), [(8, "pl"), (40, "en")])
def test_no_name_or_count_lies_on_another_on_a_place_or_outside(relations, n, lang):
    ax = plot_cooperation(networks.edges(n), CODES, relations=relations, lang=lang, note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []
    circles = [circle.get_window_extent() for circle in nodes(ax)]
    assert not any(on(text.get_window_extent(), circle) for text in ax.texts for circle in circles)
    assert not any(on(ax.get_legend().get_window_extent(), text.get_window_extent()) for text in ax.figure.texts)


def test_an_empty_network_shows_the_institutions():
    ax = plot_cooperation(EDGES.head(0), CODES)
    assert len(nodes(ax)) == len(INSTITUTIONS)
    assert drawn(ax) == []


@pytest.mark.parametrize(
    ("relations", "said"), [(["helps"], "helps"), ([], "none"), (["mentioned", "wish"], "by itself")]
)
def test_unknown_and_mixed_relations_are_refused(relations, said):
    with pytest.raises(ArgumentError, match=said):
        plot_cooperation(EDGES, CODES, relations=relations)


def test_it_draws_into_given_axes_and_leaves_the_table_alone():
    before = EDGES.copy()
    _, given = plt.subplots()
    assert plot_cooperation(EDGES, CODES, ax=given) is given
    assert EDGES.equals(before)


def test_an_institution_that_the_codebook_lacks_goes_by_its_id():
    own = CODES[CODES["code"] != "police"]
    ax = plot_cooperation(EDGES, own)
    assert len(nodes(ax)) == len(INSTITUTIONS)
    assert "police" in places(ax)
