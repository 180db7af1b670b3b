"""Coders against reference codes: dots, intervals, counts, what is left out."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.comparison import compare_coders
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.coders import plot_coders
from focus_analysis.plots.style import lay_out
from tests import builders
from tests.plots.artists import NOTE, note_of, outside, texts, tick_labels

CODES = builders.codes("rare", "common", "never")


@pytest.fixture(scope="module")
def table():
    study = builders.corpus(builders.group("s", *(f"R1: Zdanie {turn}." for turn in range(60))))
    gold = builders.codings(*(("s", turn, "common") for turn in range(1, 31)), ("s", 40, "rare"))
    good = builders.codings(*(("s", turn, "common") for turn in range(1, 25)), ("s", 50, "common"), ("s", 40, "rare"))
    poor = builders.codings(*(("s", turn, "common") for turn in range(20, 41)), ("s", 7, "never"))
    return compare_coders(gold, {"both": good, "rules": poor}, study, CODES, resamples=99)


@pytest.fixture
def ax(table):
    return plot_coders(table, CODES, lang="en", names={"both": "rules and model"}, note=NOTE)


def test_all_codes_stand_on_top_then_the_commonest(ax):
    assert tick_labels(ax.yaxis) == ["all codes pooled", "common en", "rare en"]
    assert ax.yaxis_inverted()
    assert "never gives: 1" in ax.get_xlabel()


def test_every_coder_has_its_dot_and_its_interval(ax, table):
    dots = [collection for collection in ax.collections if len(collection.get_offsets()) == 3]
    assert len(dots) == 2
    f1 = table[(table["coder"] == "both") & (table["scope"] == "code")].set_index("code")["f1"]
    assert dots[0].get_offsets()[1:, 0].tolist() == pytest.approx([f1["rare"], f1["common"]])
    spans = [path.vertices[:, 0] for collection in ax.collections for path in collection.get_paths()]
    row = table[(table["coder"] == "both") & (table["code"] == "common")].iloc[0]
    assert any(np.allclose(span, [row["f1_low"], row["f1_high"]]) for span in spans if len(span) == 2)


def test_coders_of_a_row_do_not_hide_each_other(ax):
    heights = [collection.get_offsets()[:, 1] for collection in ax.collections if len(collection.get_offsets()) == 3]
    assert (heights[1] - heights[0] == pytest.approx(0.31)).all()


def test_counts_names_and_notes_are_there(ax):
    assert {"31", "30", "1*"} <= set(texts(ax))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["rules and model", "rules"]
    assert "* Fewer than 20 turns." in note_of(ax) and NOTE in note_of(ax)
    assert "(60 turns, 1 group)" in ax.get_title(loc="left").replace("\N{NO-BREAK SPACE}", " ")


def test_the_legend_stands_between_the_title_and_the_axes(ax):
    lay_out(ax)
    legend, frame, title = (part.get_window_extent() for part in (ax.get_legend(), ax, ax._left_title))
    assert frame.y1 <= legend.y0 + 2 and legend.y1 <= title.y0 + 2 and abs(legend.x0 - frame.x0) < 6


@pytest.mark.parametrize("measure", ["precision", "recall"])
def test_other_measures_in_polish_and_nothing_is_cut_off(table, measure):
    ax = plot_coders(table, CODES, measure=measure)
    assert ax.get_xlabel().startswith({"precision": "precyzja", "recall": "czułość"}[measure])
    assert outside(ax) == []


def test_what_cannot_be_drawn_is_refused(table):
    with pytest.raises(ArgumentError, match="precision, recall, f1"):
        plot_coders(table, CODES, measure="kappa")
    with pytest.raises(ArgumentError, match="no code is true"):
        plot_coders(table[table["code"] == "never"], CODES)
    with pytest.raises(ArgumentError, match="6 coders"):
        plot_coders(table.iloc[:6].assign(coder=list("abcdef")), CODES)
    with pytest.raises(ArgumentError, match="scope micro"):
        plot_coders(table[table["scope"] == "code"], CODES)


def test_codes_of_one_group_are_pooled_for_themselves(table):
    both = pd.concat([CODES, builders.codes("other", group="solutions")])
    study = builders.corpus(builders.group("s", *(f"R1: Zdanie {turn}." for turn in range(60))))
    gold = builders.codings(*(("s", turn, "common") for turn in range(1, 31)), ("s", 40, "other"))
    found = compare_coders(gold, {"a": gold.head(15)}, study, both, resamples=9)
    ax = plot_coders(found[found["group"] == "problems"], both)
    pooled = found[(found["scope"] == "micro") & (found["group"] == "problems")].iloc[0]
    assert ax.collections[-1].get_offsets()[0, 0] == pytest.approx(pooled["f1"])
    assert texts(ax).count("30") == 2
