"""Saturation, asked of its line, band and squares."""

import pandas as pd
import pytest

from focus_analysis.analysis.saturation import rarefaction
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.saturation import plot_saturation
from tests.analysis.worked import incidence
from tests.plots.artists import NOTE, outside

CURVE = rarefaction(incidence())
OBSERVED = (incidence().cumsum() > 0).sum(axis=1)


def test_the_line_is_the_curve_and_the_band_its_interval():
    """saturation_expected.json, rarefaction: 4.125 … 10."""
    ax = plot_saturation(CURVE, OBSERVED)
    (line,) = ax.lines
    assert list(line.get_ydata())[0::7] == pytest.approx([4.125, 10])
    band, squares = ax.collections
    low, high = CURVE["low"].min(), CURVE["high"].max()
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((low, high))
    assert squares.get_offsets()[:, 1].tolist() == OBSERVED.tolist()


def test_the_title_says_how_many_groups():
    assert "8" in plot_saturation(CURVE).get_title(loc="left")


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_nothing_is_cut_off_for_few_or_many_groups(lang):
    assert outside(plot_saturation(CURVE.head(1), lang=lang, note=NOTE)) == []
    many = pd.DataFrame({"n_sessions": range(1, 41), "estimate": 5.0, "low": 4.0, "high": 6.0})
    ax = plot_saturation(many, lang=lang, note=NOTE)
    assert outside(ax) == []
    assert list(ax.get_xticks()) == list(range(5, 41, 5))


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ArgumentError, match="curve of 0 groups"):
        plot_saturation(CURVE.head(0))
    with pytest.raises(ArgumentError, match="observed 3"):
        plot_saturation(CURVE, OBSERVED.head(3))
