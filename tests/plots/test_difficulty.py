"""What is easy and what is hard: bars to both sides, and the map."""

import matplotlib.pyplot as plt
import pytest
from matplotlib.collections import PathCollection

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.difficulty import plot_difficulty, plot_salience_difficulty
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside, tick_labels
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES, PROBLEMS

TABLE = networks.difficulty(8)
NAMES = CODES.set_index("code")["label_pl"]
BOTH = (plot_difficulty, plot_salience_difficulty)


def study(table=TABLE):
    rows = table[table["gmina"].isna() & table["voivodeship"].isna()].set_index("code")
    return rows[rows["net"].notna()]


def bars(ax, row):
    """Widths of the bars of one row."""
    return [patch.get_width() for patch in ax.patches if round(patch.get_y() + patch.get_height() / 2, 6) == row]


def test_hard_goes_to_the_left_and_easy_to_the_right():
    ax = plot_difficulty(TABLE, CODES)
    rows = study()
    for y, name in enumerate(tick_labels(ax.yaxis)):
        row = rows.loc[NAMES[name == NAMES].index[0]]
        assert bars(ax, y)[:2] == [-row["n_hard"], row["n_easy"]]
        assert bars(ax, y)[2:] == [-row["n_both"], row["n_both"]]
        counts = [text.get_text() for text in ax.texts if text.get_position()[1] == y]
        assert [count.replace("\N{NO-BREAK SPACE}", " ") for count in counts] == [
            f"{row['n_hard']} z 8",
            f"{row['n_easy']} z 8",
        ]


def test_the_hardest_stands_on_top():
    ax = plot_difficulty(TABLE, CODES)
    nets = [study()["net"][NAMES[name == NAMES].index[0]] for name in tick_labels(ax.yaxis)]
    assert nets == sorted(nets)
    assert ax.yaxis_inverted()


@pytest.mark.parametrize("draw", BOTH)
def test_a_problem_that_nobody_called_either_is_named_below(draw):
    silent = NAMES[PROBLEMS[-1]]
    ax = draw(TABLE, CODES)
    assert f"Nikt nie powiedział, czy łatwe, czy trudne: {silent}." in note_of(ax).replace("\n", " ")
    assert silent not in [*tick_labels(ax.yaxis), *(text.get_text() for text in ax.texts)]


def test_both_axes_count_upwards_from_the_middle():
    ax = plot_difficulty(TABLE, CODES)
    assert [abs(tick) for tick in ax.get_xticks()] == [float(label) for label in tick_labels(ax.xaxis)]
    left, right = ax.get_xlim()
    assert left == -right


def test_within_one_gmina_people_are_counted():
    ax = plot_difficulty(TABLE, CODES, gmina="Oksa", lang="en")
    assert ax.get_xlabel() == "participants who said so"
    rows = TABLE[TABLE["gmina"] == "Oksa"]
    assert {text.get_text() for text in ax.texts} <= {
        str(n) for column in ("n_hard_speakers", "n_easy_speakers") for n in rows[column]
    }


def test_the_map_puts_each_problem_at_its_balance_and_salience():
    ax = plot_salience_difficulty(TABLE, CODES)
    rows = study()
    (dots,) = [drawn for drawn in ax.collections if isinstance(drawn, PathCollection)]
    assert sorted(y for _, y in dots.get_offsets()) == pytest.approx(sorted(rows["coverage"]))
    for (x, y), net in zip(dots.get_offsets(), rows["net"], strict=True):
        assert x == pytest.approx(net, abs=0.03), y


def test_what_more_gminas_rate_is_larger():
    ax = plot_salience_difficulty(TABLE, CODES)
    rows = study()
    (sizes,) = [drawn.get_sizes() for drawn in ax.collections if isinstance(drawn, PathCollection)]
    assert [a for _, a in sorted(zip(rows["n_linked"], sizes, strict=True))] == sorted(sizes)


def test_corners_are_named():
    said = {text.get_text() for text in plot_salience_difficulty(TABLE, CODES).texts}
    assert {"częste i trudne", "częste i łatwe", "rzadsze i trudne", "rzadsze i łatwe"} <= said


def test_every_name_brings_its_count_unbroken():
    said = [text.get_text() for text in plot_salience_difficulty(TABLE, CODES, lang="en").texts]
    counts = [text for text in said if "(" in text]
    assert len(counts) == len(study())
    assert all("\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}8)" in text for text in counts)


@pytest.mark.parametrize(("n", "problems"), [(1, 3), (8, 16), (40, 16)])
@pytest.mark.parametrize("draw", BOTH)
def test_nothing_is_cut_off_or_written_over(draw, n, problems):
    ax = draw(networks.difficulty(n, problems), CODES, note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []
    assert note_of(ax).startswith(NOTE)


@pytest.mark.parametrize("draw", BOTH)
def test_where_nobody_says_so_there_is_nothing_to_draw(draw):
    with pytest.raises(ArgumentError, match="nobody"):
        draw(TABLE.assign(net=None), CODES)
    with pytest.raises(ArgumentError, match="top"):
        draw(TABLE, CODES, level="top")


def test_the_map_needs_a_salience():
    with pytest.raises(ArgumentError, match="salience"):
        plot_salience_difficulty(TABLE.assign(coverage=None), CODES)


@pytest.mark.parametrize("draw", BOTH)
def test_it_draws_into_given_axes_and_leaves_the_table_alone(draw):
    before = TABLE.copy()
    _, given = plt.subplots()
    assert draw(TABLE, CODES, ax=given) is given
    assert TABLE.equals(before)
