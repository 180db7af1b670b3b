"""Confusion of codes."""

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.confusion import plot_confusion
from tests.builders import codes
from tests.plots.artists import NOTE, cells, note_of, outside, tick_labels

CODES = codes("poverty", "alcohol", "housing")
TABLE = pd.DataFrame(
    [("poverty", "poverty", 9), ("alcohol", "housing", 3), (None, "poverty", 2), ("alcohol", None, 1)],
    columns=["code_a", "code_b", "n"],
)


def test_the_most_disputed_codes_come_first_and_nothing_last():
    ax = plot_confusion(TABLE, CODES, coders=("Ala", "Ola"))
    assert tick_labels(ax.yaxis) == tick_labels(ax.xaxis) == ["alcohol pl", "housing pl", "poverty pl", "(bez kodu)"]
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("koduje: Ala", "koduje: Ola")


def test_every_pair_is_a_cell_rows_of_the_first_columns_of_the_second():
    assert cells(plot_confusion(TABLE, CODES)) == {(2, 2): "9", (1, 0): "3", (2, 3): "2", (3, 0): "1"}


def test_the_title_says_how_many_codings_are_compared():
    assert "15 codings" in plot_confusion(TABLE, CODES, lang="en").get_title(loc="left")


def test_agreement_is_grey_and_more_disagreement_is_darker():
    ax = plot_confusion(TABLE, CODES)
    faces = {(patch.get_x() + 0.5, patch.get_y() + 0.5): patch.get_facecolor()[:3] for patch in ax.patches}
    assert len(set(faces[2, 2])) == 1
    assert sum(faces[1, 0]) < sum(faces[2, 3]) < sum(faces[3, 0])


def test_what_is_left_out_is_said():
    ax = plot_confusion(TABLE, CODES, lang="en", most=2)
    assert len(tick_labels(ax.yaxis)) == 3
    assert "codes left out: 1" in ax.get_title(loc="left").replace("\n", " ")


def test_nothing_is_cut_off_and_the_note_is_there():
    ax = plot_confusion(TABLE, CODES, note=NOTE)
    assert outside(ax) == []
    assert NOTE in note_of(ax)


def test_coders_who_always_agree_have_a_diagonal_and_an_empty_table_is_refused():
    assert len(cells(plot_confusion(TABLE[:1], CODES))) == 1
    with pytest.raises(ArgumentError, match="gave no code"):
        plot_confusion(TABLE[:0], CODES)
