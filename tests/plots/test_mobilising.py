"""Problems that may bring institutions together."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.mobilising import plot_mobilising
from tests.plots import networks
from tests.plots.artists import NOTE, note_of, outside
from tests.plots.collisions import overlapping
from tests.plots.networks import CODES

TABLE = networks.mobilising(8)
STUDY = TABLE[TABLE["gmina"].isna() & TABLE["voivodeship"].isna()]
NAMES = CODES.set_index("code")["label_pl"]


def dots(ax):
    """Where the markers stand."""
    return [tuple(point) for kind in ax.collections for point in kind.get_offsets()]


def written(ax):
    return [text.get_text().replace("\n", " ").replace("\N{NO-BREAK SPACE}", " ") for text in ax.texts]


def test_every_problem_stands_at_its_breadth_and_salience():
    found = sorted(dots(plot_mobilising(TABLE, CODES)), key=lambda point: (point[1], point[0]))
    expected = sorted(
        zip(STUDY["breadth_share"], STUDY["salience"], strict=True), key=lambda point: (point[1], point[0])
    )
    assert len(found) == len(expected)
    for (x, y), (share, salience) in zip(found, expected, strict=True):
        assert y == pytest.approx(salience)
        assert x == pytest.approx(share, abs=0.03)


def test_those_of_one_place_stand_side_by_side():
    found = dots(plot_mobilising(TABLE, CODES))
    assert len(set(found)) == len(found)


def test_shapes_say_how_solvable_it_is():
    ax = plot_mobilising(TABLE, CODES, lang="en")
    legend = ax.get_legend()
    counts = {
        label.get_text(): len(kind.get_offsets())
        for label, kind in zip(legend.get_texts(), ax.collections, strict=True)
    }
    nets = STUDY["solvable"]
    assert counts == {
        "rather easy": int((nets > 0).sum()),
        "as often easy as hard": int((nets == 0).sum()),
        "rather hard": int((nets < 0).sum()),
        "nobody said": int(nets.isna().sum()),
    }
    assert len({tuple(kind.get_paths()[0].vertices.ravel()) for kind in ax.collections}) == 4


def test_names_bring_institution_types_of_those_present():
    said = written(plot_mobilising(TABLE, CODES))
    assert sorted(said) == sorted(
        f"{NAMES[row.code]} ({row.n_types} z {row.n_types_present})" for row in STUDY.itertuples()
    )


def test_only_undominated_problems_are_bold():
    ax = plot_mobilising(TABLE, CODES)
    bold = {text.get_text().split("\N{NO-BREAK SPACE}")[0] for text in ax.texts if text.get_fontweight() == "bold"}
    assert len(bold) == int(STUDY["undominated"].sum()) == 2


@pytest.mark.parametrize(("n", "problems"), [(1, 3), (8, 16), (40, 16)])
@pytest.mark.parametrize("lang", ["pl", "en"])
def test_nothing_is_cut_off_or_written_over(n, problems, lang):
    ax = plot_mobilising(networks.mobilising(n, problems), CODES, lang=lang, note=NOTE)
    assert outside(ax) == []
    assert overlapping(ax) == []
    assert note_of(ax).startswith(NOTE)


def test_without_breadth_there_is_nothing_to_draw():
    with pytest.raises(ArgumentError, match="breadth"):
        plot_mobilising(TABLE.assign(breadth_share=None), CODES)


def test_it_draws_into_given_axes_and_leaves_the_table_alone():
    before = TABLE.copy()
    _, given = plt.subplots()
    assert plot_mobilising(TABLE, CODES, ax=given) is given
    assert TABLE.equals(before)
