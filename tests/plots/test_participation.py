"""Matrix of who took part."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.participation import plot_participation
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside, texts, tick_labels
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES

TABLE = networks.participation(8)


def cell(ax, table, institution, gmina, codes=CODES, lang="pl"):
    """The text, the hatch and the brightness of one cell."""
    name = codes.set_index("code").loc[institution, f"label_{lang}"]
    y = [label.replace("\n", " ") for label in tick_labels(ax.yaxis)].index(name)
    x = ax.get_xticks()[[label.split(" (")[0] for label in tick_labels(ax.xaxis)].index(gmina)]
    (text,) = [text.get_text() for text in ax.texts if text.get_position() == (x, y)]
    (patch,) = [p for p in ax.patches if (round(p.get_x() + 0.5, 6), p.get_y() + 0.5) == (round(x, 6), y)]
    return text, patch.get_hatch(), sum(patch.get_facecolor()[:3])


def test_a_cell_says_how_many_were_there_and_whether_they_spoke():
    ax = plot_participation(TABLE, CODES)
    for row in TABLE.itertuples():
        text, hatch, light = cell(ax, TABLE, row.institution, row.gmina)
        assert text == (str(row.n_speakers) if row.present else "")
        assert bool(hatch) == (row.present and not row.spoke)
        assert (light == 3) == (row.n_words == 0)


def test_whoever_said_more_of_the_words_is_darker():
    ax = plot_participation(TABLE, CODES)
    rows = TABLE[(TABLE["gmina"] == "Oksa") & TABLE["spoke"]].sort_values("n_words")
    lights = [cell(ax, TABLE, code, "Oksa")[2] for code in rows["institution"]]
    assert lights == sorted(lights, reverse=True)


@pytest.mark.parametrize(
    ("lang", "first", "last"),
    [("pl", "ośrodek pomocy społecznej", "straż pożarna"), ("en", "social welfare centre", "fire brigade")],
)
def test_those_everywhere_stand_on_top_and_those_nowhere_below_with_their_counts(lang, first, last):
    ax = plot_participation(TABLE, CODES, lang)
    names = tick_labels(ax.yaxis)
    assert (names[0], names[-1]) == (first, last)
    counts = [text.get_text() for text in ax.texts if text.get_position()[0] > ax.get_xticks()[-1] + 0.5]
    assert [count.replace("\N{NO-BREAK SPACE}", " ") for count in (counts[0], counts[-1])] == (
        ["8 z 8", "0 z 8"] if lang == "pl" else ["8 of 8", "0 of 8"]
    )


def test_a_gmina_of_unknown_institutions_counts_nowhere():
    unknown = TABLE["gmina"] == "Oksa"
    table = TABLE.assign(
        known=~unknown, present=TABLE["present"] & ~unknown, spoke=TABLE["spoke"] & ~unknown,
        n_speakers=TABLE["n_speakers"].where(~unknown, 0), n_words=TABLE["n_words"].where(~unknown, 0),
    )  # fmt: skip
    ax = plot_participation(table, CODES)
    assert cell(ax, table, "police", "Oksa")[0] == "?"
    assert "7\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}7" in texts(ax)
    assert "? Nie ma danych" in note_of(ax)


@pytest.mark.parametrize("n", [1, 8, 40])
def test_nothing_is_cut_off_or_written_over(n):
    ax = plot_participation(networks.participation(n), CODES, note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []
    assert note_of(ax).startswith(NOTE)


def test_it_draws_into_given_axes():
    _, given = plt.subplots()
    assert plot_participation(TABLE, CODES, ax=given) is given


def test_an_empty_table_is_refused():
    with pytest.raises(ArgumentError, match="participation"):
        plot_participation(TABLE.head(0), CODES)


def test_an_institution_that_the_codebook_lacks_goes_by_its_id():
    assert "police" in tick_labels(plot_participation(TABLE, CODES[CODES["code"] != "police"]).yaxis)
