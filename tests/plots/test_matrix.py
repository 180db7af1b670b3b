"""Matrices of institutions by institutions."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.patches import Rectangle

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.matrix import plot_barriers, plot_cooperation_matrix
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside, tick_labels
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES

EDGES, PAIRS = networks.edges(8), networks.pairs(8)
NAMES = CODES.set_index("code")["label_pl"]
KEY = ["source", "target"]


def numbers(ax):
    """What stands in the cells: (row, column) to text, empty ones left out."""
    across = [name.replace("\n", " ").replace("- ", "-") for name in tick_labels(ax.xaxis)]
    down = [name.replace("\n", " ").replace("- ", "-") for name in tick_labels(ax.yaxis)]
    written = {text.get_position(): text.get_text() for text in ax.texts}
    return {(down[y], across[x]): text for (x, y), text in written.items() if text}


def study(table, **columns):
    rows = table[table["gmina"].isna() & table["voivodeship"].isna()]
    for column, value in columns.items():
        rows = rows[rows[column] == value]
    return rows


@pytest.mark.parametrize("relation", ["cooperates", "wish"])
def test_every_tie_stands_in_its_cell_with_its_gminas(relation):
    ties = study(EDGES, relation=relation)
    expected = {(NAMES[row.source], NAMES[row.target]): str(row.n_gminas) for row in ties.itertuples()}
    found = numbers(plot_cooperation_matrix(EDGES, CODES, relation=relation))
    assert {key: text.split("\N{NO-BREAK SPACE}")[0] for key, text in found.items()} == expected


def test_a_tie_without_direction_stands_in_both_halves():
    found = numbers(plot_cooperation_matrix(EDGES, CODES, relation="mentioned"))
    assert found
    assert all(found[b, a] == text for (a, b), text in found.items())


def test_where_columns_are_few_the_opportunity_stands_beside_the_count():
    few = study(EDGES, relation="cooperates").drop_duplicates("target").head(5)
    row = few.iloc[0]
    found = numbers(plot_cooperation_matrix(few, CODES, lang="pl"))
    count = f"{row.n_gminas} z {row.n_opportunities}".replace(" ", "\N{NO-BREAK SPACE}")
    assert found[NAMES[row.source], NAMES[row.target]] == count


def test_a_larger_part_of_the_opportunities_is_darker():
    two = study(EDGES, relation="cooperates").drop_duplicates("target").head(2)
    table = two.assign(source="police", n_gminas=[2, 3], n_opportunities=[2, 8])
    ax = plot_cooperation_matrix(table, CODES)
    light = {p.get_x() + 0.5: sum(p.get_facecolor()[:3]) for p in ax.patches if isinstance(p, Rectangle)}
    order = [code for code in networks.INSTITUTIONS if code in set(table["target"])]
    whole, part = (light[order.index(code)] for code in table["target"])
    assert whole < part < 3


@pytest.mark.parametrize(
    ("draw", "table", "count"), [(plot_cooperation_matrix, EDGES, "n_named"), (plot_barriers, PAIRS, "n_turns")]
)
def test_within_one_gmina_turns_are_counted(draw, table, count):
    ax = draw(table, CODES, gmina="Oksa", lang="en")
    assert ax.get_title(loc="left").replace("\N{NO-BREAK SPACE}", " ").endswith("(number of turns)")
    assert set(numbers(ax).values()) <= {str(n) for n in table.loc[table["gmina"] == "Oksa", count]}


@pytest.mark.parametrize("about", ["barrier", "information", "information_blocked"])
def test_barriers_and_information_are_told_apart(about):
    rows = study(PAIRS, about=about)
    found = numbers(plot_barriers(PAIRS, CODES, about=about))
    assert set(found) == {(NAMES[row.source], NAMES[row.target]) for row in rows.itertuples()}


def test_institutions_without_any_tie_are_named_below():
    one = study(EDGES, relation="cooperates").head(1).assign(source="police", target="school")
    said = note_of(plot_cooperation_matrix(one, CODES, lang="en")).replace("\n", " ")
    assert "None for: social welfare centre, " in said
    assert "village head" in said
    assert "police" not in said


@pytest.mark.parametrize("n", [1, 8, 40])
@pytest.mark.parametrize(("draw", "make"), [(plot_cooperation_matrix, networks.edges), (plot_barriers, networks.pairs)])
def test_nothing_is_cut_off_or_written_over(draw, make, n):
    ax = draw(make(n), CODES, lang="en", note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []


@pytest.mark.parametrize(
    ("draw", "arguments", "said"),
    [
        (plot_cooperation_matrix, {"edges": EDGES, "relation": "helps"}, "cooperates"),
        (plot_cooperation_matrix, {"edges": EDGES.head(0)}, "nothing to draw"),
        (plot_barriers, {"pairs": PAIRS, "about": "money"}, "barrier, information"),
        (plot_barriers, {"pairs": PAIRS, "region": "mazowieckie"}, "podkarpackie"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw, arguments, said):
    with pytest.raises(ArgumentError, match=said):
        draw(codes=CODES, **arguments)


def test_they_draw_into_given_axes():
    _, (left, right) = plt.subplots(1, 2)
    assert plot_cooperation_matrix(EDGES, CODES, ax=left) is left
    assert plot_barriers(PAIRS, CODES, ax=right) is right
