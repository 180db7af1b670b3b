"""Agreement per code, with intervals and counts."""

import pandas as pd
import pytest

from focus_analysis.analysis.agreement import CODE_COLUMNS
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.agreement import plot_agreement
from tests.builders import codes
from tests.plots.artists import NOTE, note_of, outside, texts, tick_labels

CODES = codes("poverty", "alcohol", "housing", "violence")
NAN = float("nan")


def table(*rows):
    """Rows of code, (both, only_a, only_b), alpha, (low, high), positive agreement, remark."""
    filled = [
        dict.fromkeys(CODE_COLUMNS, 0)
        | {"code": code, "n_units": 40, "both": counts[0], "only_a": counts[1], "only_b": counts[2], "alpha": alpha}
        | {"alpha_low": ends[0], "alpha_high": ends[1], "positive_agreement": positive, "remark": remark}
        for code, counts, alpha, ends, positive, remark in rows
    ]
    return pd.DataFrame(filled, columns=CODE_COLUMNS)


TABLE = table(
    ("poverty", (5, 1, 0), 0.8, (NAN, NAN), 0.9, "few"),
    ("alcohol", (12, 2, 3), 0.7, (0.5, 0.9), 0.83, ""),
    ("housing", (40, 0, 0), NAN, (NAN, NAN), 1.0, "always"),
    ("violence", (0, 0, 0), NAN, (NAN, NAN), NAN, "unused"),
)


@pytest.fixture
def ax():
    return plot_agreement(TABLE, CODES, note=NOTE)


def test_codes_that_somebody_gave_stand_the_commonest_on_top(ax):
    assert tick_labels(ax.yaxis) == ["housing pl", "alcohol pl", "poverty pl"]
    assert ax.yaxis_inverted()


def test_alpha_and_positive_agreement_are_where_the_table_has_them(ax):
    alpha, positive = (collection.get_offsets().data for collection in ax.collections[-2:])
    assert alpha[1:].tolist() == [[0.7, 1], [0.8, 2]]
    assert positive[:, 0].tolist() == [1.0, 0.83, 0.9]


def test_intervals_are_drawn_where_there_are_any(ax):
    lines = [path.vertices for path in ax.collections[0].get_paths()]
    assert [line[:, 0].tolist() for line in lines if not pd.isna(line).any()] == [[0.5, 0.9]]


def test_counts_stand_beside_every_code_and_what_is_undefined_says_so(ax):
    assert {"12 | 2 | 3", "5 | 1 | 0", "40 | 0 | 0", "alfa nieokreślona"} <= set(texts(ax))
    assert ax.get_title(loc="left").endswith("(n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}40)")


def test_the_legend_says_what_was_resampled():
    for interval, words in (("units", "within these transcripts"), ("transcripts", "over transcripts")):
        ax = plot_agreement(TABLE, CODES, lang="en", interval=interval)
        assert any(words in text.get_text() for text in ax.get_legend().get_texts())


def test_nothing_is_cut_off_and_the_note_is_there(ax):
    assert outside(ax) == []
    assert NOTE in note_of(ax)


@pytest.mark.parametrize(("lang", "one"), [("pl", "1,0"), ("en", "1.0")])
def test_decimals_are_written_as_the_language_does(lang, one):
    ax = plot_agreement(TABLE, CODES, lang=lang)
    ax.figure.draw_without_rendering()
    assert one in [label.get_text() for label in ax.get_xticklabels()]


def test_an_alpha_below_zero_stays_in_view():
    ax = plot_agreement(table(("alcohol", (0, 4, 4), -0.2, (NAN, NAN), 0.0, "few")), CODES)
    assert ax.get_xlim()[0] < -0.2


def test_nothing_to_draw_is_refused():
    with pytest.raises(ArgumentError, match="no code was given"):
        plot_agreement(TABLE[TABLE["remark"] == "unused"], CODES)
