"""What all figures share: files of the same bytes, the style sheet, labels."""

import io
import re
from functools import partial
from itertools import combinations, pairwise

import matplotlib.pyplot as plt
import numpy as np
import pypdfium2 as pdfium
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from PIL import Image

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.ranking import plot_ranking
from focus_analysis.plots.style import (
    COLOURS,
    MARKERS,
    PAGE_WIDTH_CM,
    SHADES,
    Workshop,
    add_note,
    code_labels,
    drawings,
    new_axes,
)
from focus_analysis.resources import resource, toml
from tests.builders import codes
from tests.plots.artists import NOTE, gmina_rows, table

CODES = codes("poverty", "alcohol").assign(label_pl=["ubóstwo i głód", "uzależnienia"])
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–−≤≥…0123456789%*"
OKSA = table(gmina_rows("Oksa", {"poverty": 7, "alcohol": 3}))


# G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE TVCG 15 (2009), severity 1.0, on linear RGB.
DEFICIENCIES = {
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# IEC 61966-2-1 (sRGB) to XYZ, white point D65.
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    shares = np.array(to_rgb(colour))
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE 1976 L*, a*, b* of linear RGB."""
    x, y, z = TO_XYZ @ rgb / np.array([0.9505, 1, 1.089])
    fx, fy, fz = (np.cbrt(part) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return np.array([116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)])


def lightness(colour):
    return lab(linear(colour))[0]


@pytest.fixture(scope="module")
def files():
    return [drawings(plot_ranking(OKSA, CODES, "Oksa", note=NOTE)) for _ in range(2)]


def test_a_figure_becomes_png_svg_and_pdf(files):
    starts = {kind: content[:4] for kind, content in files[0].items()}
    assert starts == {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_figure_has_the_same_bytes(files, kind):
    assert files[0][kind] == files[1][kind]


def test_figures_drawn_in_other_processes_have_the_same_bytes_in_their_order(files):
    workshop = Workshop()
    noted, plain = (partial(plot_ranking, OKSA, CODES, "Oksa", note=note) for note in (NOTE, ""))
    workshop.begin([("begun", noted)])
    plots = [("1", noted), ("2", plain), ("begun", plain), ("3", noted), ("4", plain)]  # begun, it is not drawn again
    assert [found == files[0] for found in workshop.files(plots)] == [True, False, True, True, False]
    assert [found == files[0] for found in workshop.files([("begun", plain)])] == [False]
    assert plt.get_fignums() == []


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


def test_colours_and_shades_stay_apart_in_grey():
    """Twelve steps of L* (CIE 1976) are what a copier keeps."""
    assert min(abs(a - b) for a, b in combinations(map(lightness, COLOURS), 2)) > 12
    shades = [lightness(shade) for shade in SHADES]
    assert min(lighter - darker for lighter, darker in pairwise(shades)) > 12


@pytest.mark.parametrize("seen_by", DEFICIENCIES)
def test_colours_stay_apart_for_the_colour_blind(seen_by):
    """A distance of 20 in L*a*b* is seen at a glance."""
    seen = [lab(np.clip(DEFICIENCIES[seen_by] @ linear(colour), 0, 1)) for colour in COLOURS]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 20


def test_fonts_are_embedded_and_polish_letters_are_text(files):
    """A TrueType font (FontFile2) for text; Type 3 would keep letters as drawings."""
    pdf = files[0]["pdf"]
    assert b"/FontFile2" in pdf and b"/Type3" not in pdf
    page = pdfium.PdfDocument(pdf)[0]
    text = page.get_textpage().get_text_range()
    assert "ubóstwo i głód" in text and "uzależnienia" in text


def test_the_lean_fonts_hold_what_figures_say_in_either_language():
    said = str(toml("words.toml")["figure"]) + POLISH
    for name in ("", "-Bold"):
        held = FT2Font(resource(f"fonts/DejaVuSansLean{name}.ttf")).get_charmap()
        assert [letter for letter in said if ord(letter) not in held] == []


def test_a_figure_is_drawn_once_as_svg_and_once_as_pdf(monkeypatch):
    drawn, draw = [], Figure.draw
    monkeypatch.setattr(Figure, "draw", lambda self, renderer: (drawn.append(renderer), draw(self, renderer))[1])
    ax = plot_ranking(OKSA, CODES, "Oksa")
    drawings(ax)
    assert len(drawn) == len(["svg", "pdf"])


def test_a_letter_that_the_lean_font_lacks_comes_from_the_whole_one():
    cyrillic = CODES.assign(label_pl=["Бідність", "uzależnienia"])
    page = pdfium.PdfDocument(drawings(plot_ranking(OKSA, cyrillic, "Oksa"))["pdf"])[0]
    assert "Бідність" in page.get_textpage().get_text_range()


def test_the_picture_has_300_dots_an_inch(files):
    width, _ = Image.open(io.BytesIO(files[0]["png"])).size
    assert width == pytest.approx(PAGE_WIDTH_CM / 2.54 * 300, abs=1)


def test_every_colour_has_a_marker_of_its_own():
    assert len(set(COLOURS)) == len(set(MARKERS)) == len(COLOURS)
