"""Rank slopes: where each problem stands in each gmina, asked of the lines."""

import numpy as np
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.slopes import plot_rank_slopes
from tests.builders import codes
from tests.plots.artists import NOTE, gmina_rows, note_of, outside, table, texts, tick_labels

NAMES = ["poverty", "alcohol", "housing"]
CODES = codes(*NAMES)


def ranked(gmina, order, region="świętokrzyskie", n=10, **more):
    """Rows of a gmina: ``order`` gives rank_low, rank_high of each code."""
    rows = gmina_rows(gmina, dict.fromkeys(order, 1), n=n, region=region, **more)
    for row, (low, high) in zip(rows, order.values(), strict=True):
        row |= {"rank_low": low, "rank_high": high, "rank": (low + high) / 2}
    return rows


THREE = table(
    ranked("Oksa", {"poverty": (1, 1), "alcohol": (2, 3), "housing": (2, 3)}),
    ranked("Bieliny", {"poverty": (1, 2), "alcohol": (1, 2), "housing": (3, 3)}, n=3),
    ranked("Krempna", {"poverty": (3, 3), "alcohol": (1, 1), "housing": (2, 2)}, region="podkarpackie"),
)


def lines(ax):
    """The heights of every line, by its colour."""
    return [list(line.get_ydata()) for line in ax.lines]


def test_a_line_a_problem_within_a_region():
    ax = plot_rank_slopes(THREE, CODES)
    assert sorted(lines(ax)) == [[1], [1, 2], [2], [2, 1], [3], [3, 3]]


def test_regions_stand_apart_in_order_and_gminas_with_their_n():
    ax = plot_rank_slopes(THREE, CODES)
    assert tick_labels(ax.xaxis) == ["Krempna (n = 10)", "Bieliny (n = 3*)", "Oksa (n = 10)"]
    krempna, bieliny, oksa = ax.get_xticks()
    assert bieliny - krempna > oksa - bieliny
    assert {"podkarpackie", "świętokrzyskie"} <= set(texts(ax))
    assert "Mniej niż 5" in note_of(ax)


def test_ties_are_joined_by_a_bar():
    ax = plot_rank_slopes(THREE, CODES)
    bars = [segment[:, 1] for bar in ax.collections for segment in bar.get_segments()]
    assert sorted((round(low), round(high)) for low, high in map(np.sort, bars)) == [(1, 2), (2, 3)]


def test_every_problem_is_named_at_the_end_and_rank_one_is_on_top():
    ax = plot_rank_slopes(THREE, CODES, lang="en")
    assert {f"{name} en" for name in NAMES} <= set(texts(ax))
    low, high = ax.get_ylim()
    assert low > high


def test_chosen_problems_are_bold():
    ax = plot_rank_slopes(THREE, CODES, highlight=["housing"])
    bold = {text.get_text() for text in ax.texts if text.get_fontweight() == "bold"}
    assert bold == {"housing pl", "podkarpackie", "świętokrzyskie"}


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ({"level": "top"}, "level 'top'"),
        ({"measure": "smith_s"}, "smith_s"),
        ({"highlight": ["wishes"]}, "poverty, alcohol, housing; got wishes|highlight"),
    ],
)
def test_what_cannot_be_drawn_is_refused(argument, message):
    with pytest.raises(ArgumentError, match=message):
        plot_rank_slopes(THREE, CODES, **argument)


@pytest.mark.parametrize(("n_gminas", "n_codes"), [(8, 3), (40, 16)])
def test_nothing_is_cut_off_with_long_names(n_gminas, n_codes):
    names = [f"c{i}" for i in range(n_codes)]
    many = codes(*names).assign(label_pl=[f"bardzo długa nazwa problemu {i}" for i in range(n_codes)])
    order = {name: (i + 1, i + 1) for i, name in enumerate(names)}
    parts = [ranked(f"Gmina Długa {i}", order, region=f"województwo {i // 8}") for i in range(n_gminas)]
    assert outside(plot_rank_slopes(table(*parts), many, note=NOTE)) == []
