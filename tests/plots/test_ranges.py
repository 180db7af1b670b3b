"""Ranges of ranks, asked of their lines, dots and squares."""

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.ranges import plot_rank_ranges
from focus_analysis.schemas import check
from focus_analysis.schemas_results import RANK_RANGES
from tests.builders import codes
from tests.plots.artists import NOTE, note_of, outside, tick_labels

CODES = codes("poverty", "alcohol")


def ranges(**changes):
    """The worked ranges of two codes of one gmina (rank_multiverse_expected.json: elderly and unemployment)."""
    rows = [
        {"code": "alcohol", "rank": 3.5, "rank_min": 3.5, "rank_median": 3.5, "rank_max": 4, "share_first": 0},
        {"code": "poverty", "rank": 1.5, "rank_min": 1, "rank_median": 1, "rank_max": 1.5, "share_first": 0.5},
    ]
    filled = [
        {
            "teryt": "2602052",
            "gmina": "Oksa",
            "voivodeship": None,
            "level": "leaf",
            "measure": "several",
            "varied": "measures",
            "n_variants": 6,
            "n_participants": 4,
            "method": "by hand",
        }
        | row
        | changes
        for row in rows
    ]
    return check(pd.DataFrame(filled), RANK_RANGES)


def test_lines_dots_and_squares_stand_at_their_ranks():
    ax = plot_rank_ranges(ranges(), CODES, "Oksa")
    line, own, median = ax.collections
    assert [tuple(segment[:, 0]) for segment in line.get_segments()] == [(1, 1.5), (3.5, 4)]
    assert own.get_offsets()[:, 0].tolist() == [1.5, 3.5]
    assert median.get_offsets()[:, 0].tolist() == [1, 3.5]
    assert tick_labels(ax.yaxis) == ["poverty pl", "alcohol pl"]


@pytest.mark.parametrize(
    ("varied", "title"),
    [
        ("measures", "Oksa: ranks by 6 measures (n = 4*)"),
        ("left_out", "Oksa: ranks without one speaker (n = 4*)"),
        ("drawn", "Oksa: ranks over 6 draws of participants (5–95%, n = 4*)"),
    ],
)
def test_the_title_says_what_varies_and_for_how_many(varied, title):
    ax = plot_rank_ranges(ranges(varied=varied), CODES, "2602052", varied=varied, lang="en", note=NOTE)
    assert ax.get_title(loc="left").replace("\N{NO-BREAK SPACE}", " ") == title
    assert "Fewer than 5" in note_of(ax)
    assert outside(ax) == []


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ArgumentError, match="varied 'drawn'; the table has: measures"):
        plot_rank_ranges(ranges(), CODES, "Oksa", varied="drawn")
    with pytest.raises(ArgumentError, match="no gmina 'Mirzec'"):
        plot_rank_ranges(ranges(), CODES, "Mirzec")
    several = pd.concat([ranges(varied="drawn"), ranges(varied="drawn", measure="coverage")])
    with pytest.raises(ArgumentError, match="one range a code"):
        plot_rank_ranges(several, CODES, "Oksa", varied="drawn")
