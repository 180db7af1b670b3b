"""Learning curves: points, their spread, the law, axes."""

import pandas as pd
import pytest

from focus_analysis.analysis.power_law import fit_power_law
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.learning import plot_learning_curve
from tests.plots.artists import NOTE, note_of, outside, tick_labels

SIZES, F1 = [50, 100, 200, 400], [0.42, 0.53, 0.61, 0.66]


def curve(unit="examples", **changed):
    rows = [
        {"unit": unit, "size": size, "n_examples": float(size), "group": None, "scope": scope}
        | {"f1": f1 - less, "low": f1 - less - 0.04, "high": f1 - less + 0.02, "n_folds": 3}
        for scope, less in (("micro", 0), ("macro", 0.1))
        for size, f1 in zip(SIZES, F1, strict=True)
    ]
    return pd.DataFrame(rows).assign(**changed)


def lines_of(ax):
    return {line.get_label(): line for line in ax.lines}


def test_points_and_their_spread():
    ax = plot_learning_curve(curve(), lang="en")
    found = lines_of(ax)
    assert found["all codes pooled (micro)"].get_ydata().tolist() == F1
    assert found["mean of the codes (macro)"].get_ydata() == pytest.approx([f1 - 0.1 for f1 in F1])
    spans = [path.vertices[:, 1].tolist() for path in ax.collections[0].get_paths()]
    assert spans[0] == pytest.approx([0.38, 0.44])


def test_the_law_is_drawn_where_it_is_believed():
    law = fit_power_law(SIZES, F1)
    drawn = lines_of(plot_learning_curve(curve(), law, lang="en"))["power law (micro)"]
    assert drawn.get_xdata()[-1] == pytest.approx(400)
    assert drawn.get_ydata()[-1] == pytest.approx(law(400))
    doubted = lines_of(plot_learning_curve(curve(), law._replace(doubt="poor_fit"), lang="en"))
    assert "power law (micro)" not in doubted
    assert doubted["all codes pooled (micro)"].get_linestyle() == ":"


def test_transcripts_stand_below_the_examples():
    ax = plot_learning_curve(curve("sessions", size=[2, 4, 8, 12] * 2), note=NOTE)
    assert tick_labels(ax.xaxis) == ["50\n(2)", "100\n(4)", "200\n(8)", "400\n(12)"]
    assert "transkrypcji" in ax.get_xlabel() and "3 części" in ax.get_title(loc="left")
    assert NOTE in note_of(ax) and outside(ax) == []


def test_a_group_without_points_is_refused():
    with pytest.raises(ArgumentError, match="solutions"):
        plot_learning_curve(curve(), group="solutions")


def test_no_line_of_the_grid_runs_through_the_legend():
    ground = plot_learning_curve(curve()).get_legend().get_frame()
    assert ground.get_visible()
    assert ground.get_facecolor() == (1, 1, 1, 1)
