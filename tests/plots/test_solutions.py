"""Problems by solutions."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.solutions import plot_solutions
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside, tick_labels
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES

TABLE = networks.solutions(8)


def cells(ax):
    """What stands in the cells: (row, column) to text."""
    across = dict(zip(ax.get_xticks(), tick_labels(ax.xaxis), strict=True))
    down = dict(zip(ax.get_yticks(), tick_labels(ax.yaxis), strict=True))
    flat = str.maketrans("\n\N{NO-BREAK SPACE}", "  ")
    return {
        (down[y].translate(flat), across[x].translate(flat)): text.get_text().translate(flat)
        for text in ax.texts
        for x, y in [text.get_position()]
    }


@pytest.mark.parametrize(("lang", "of"), [("pl", "z"), ("en", "of")])
def test_a_cell_counts_the_gminas_of_all(lang, of):
    names = CODES.set_index("code")[f"label_{lang}"]
    rows = TABLE[TABLE["gmina"].isna() & TABLE["voivodeship"].isna() & TABLE["problem"].notna()]
    found = cells(plot_solutions(TABLE, CODES, lang=lang))
    for row in rows.itertuples():
        assert found[names[row.problem], names[row.solution]] == f"{row.n_gminas} {of} 8"


def test_problems_with_most_solutions_stand_on_top_and_any_problem_apart_below():
    ax = plot_solutions(TABLE, CODES)
    rows = TABLE[TABLE["gmina"].isna() & TABLE["voivodeship"].isna()]
    totals = rows.groupby("problem")["n_gminas"].sum()
    names = CODES.set_index("code")["label_pl"]
    labels = [label.replace("\n", " ") for label in tick_labels(ax.yaxis)]
    named = {names[code]: total for code, total in totals.items()}
    assert [named[label] for label in labels[:-1]] == sorted(totals, reverse=True)
    assert labels[-1] == "przy jakimkolwiek problemie lub bez"
    *_, before, last = ax.get_yticks()
    assert last - before > 1


def test_within_one_gmina_people_are_counted():
    ax = plot_solutions(TABLE, CODES, gmina="Oksa", lang="en")
    title = ax.get_title(loc="left").replace("\N{NO-BREAK SPACE}", " ")
    assert title == "Oksa: solutions by problem (number of participants)"
    counts = {str(n) for n in TABLE.loc[TABLE["gmina"] == "Oksa", "n_speakers"]}
    assert {text for text in cells(ax).values() if text} == counts


@pytest.mark.parametrize(("n", "problems"), [(1, 3), (8, 16), (40, 16)])
def test_nothing_is_cut_off_or_written_over(n, problems):
    ax = plot_solutions(networks.solutions(n, problems), CODES, note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []
    assert note_of(ax) == NOTE


def test_without_solutions_there_is_nothing_to_draw():
    with pytest.raises(ArgumentError, match="no solution"):
        plot_solutions(TABLE.head(0), CODES)


def test_it_draws_into_given_axes_and_leaves_the_table_alone():
    before = TABLE.copy()
    _, given = plt.subplots()
    assert plot_solutions(TABLE, CODES, ax=given) is given
    assert TABLE.equals(before)
