"""What all figures share: files of the same bytes, the style sheet, labels."""

import re

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.ranking import plot_ranking
from focus_analysis.plots.style import COLOURS, MARKERS, add_note, code_labels, drawings, new_axes
from tests.builders import codes
from tests.plots.artists import NOTE, gmina_rows, table

CODES = codes("poverty", "alcohol").assign(label_pl=["ubóstwo i głód", "uzależnienia"])
OKSA = table(gmina_rows("Oksa", {"poverty": 7, "alcohol": 3}))


@pytest.fixture(scope="module")
def files():
    return [drawings(plot_ranking(OKSA, CODES, "Oksa", note=NOTE)) for _ in range(2)]


def test_a_figure_becomes_png_svg_and_pdf(files):
    starts = {kind: content[:4] for kind, content in files[0].items()}
    assert starts == {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_figure_has_the_same_bytes(files, kind):
    assert files[0][kind] == files[1][kind]


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_no_date_stands_in_the_files(files, kind):
    assert not re.search(rb"CreationDate|dc:date|20\d\d-\d\d-\d\d", files[0][kind])


def test_the_drawn_figure_is_closed_and_others_stay_open():
    kept = plt.figure()
    drawings(plot_ranking(OKSA, CODES, "Oksa"))
    assert plt.get_fignums() == [kept.number]


def test_drawing_changes_no_settings():
    before = dict(plt.rcParams)
    drawings(plot_ranking(OKSA, CODES, "Oksa"))
    assert dict(plt.rcParams) == before


def test_new_axes_have_the_size_asked_for_in_centimetres_and_given_axes_are_kept():
    made = new_axes(None, height_cm=5.08, width_cm=10.16)
    assert made.figure.get_size_inches().tolist() == pytest.approx([4, 2])
    assert new_axes(made, height_cm=99) is made


def test_an_empty_note_writes_nothing():
    ax = new_axes(None, height_cm=5)
    add_note(ax, "")
    assert ax.figure.texts == []
    add_note(ax, NOTE)
    assert [text.get_text() for text in ax.figure.texts] == [NOTE]


def test_labels_of_codes_in_both_languages():
    assert code_labels(CODES, "pl") == {"poverty": "ubóstwo i głód", "alcohol": "uzależnienia"}
    assert code_labels(CODES, "en") == {"poverty": "poverty en", "alcohol": "alcohol en"}
    with pytest.raises(ArgumentError, match="pl, en"):
        code_labels(CODES, "de")


def test_every_colour_has_a_marker_of_its_own():
    assert len(set(COLOURS)) == len(set(MARKERS)) == len(COLOURS)
