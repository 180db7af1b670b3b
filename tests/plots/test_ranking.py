"""Ranked bars of one gmina."""

import matplotlib.pyplot as plt
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.ranking import plot_ranking
from tests.builders import codes
from tests.plots.artists import NOTE, gmina_rows, note_of, outside, table, texts, tick_labels

CODES = codes("poverty", "alcohol", "transport", "housing").assign(
    label_pl=["ubóstwo", "uzależnienia", "dojazd", "mieszkania"],
    label_en=["poverty", "addiction", "transport", "housing"],
)
NAMED = {"transport": 0, "alcohol": 3, "poverty": 10, "housing": 3}
RANKS = {"poverty": 1, "alcohol": 2.5, "housing": 2.5, "transport": 4}
OKSA = table(
    gmina_rows("Oksa", NAMED, ranks=RANKS, denied={"alcohol": 2}),
    gmina_rows("Bieliny", {"poverty": 1, "alcohol": 2}, n=8),
)


def test_bars_are_as_long_as_the_shares_and_the_first_rank_is_on_top():
    ax = plot_ranking(OKSA, CODES, "Oksa")
    (bars,) = ax.containers
    assert [bar.get_width() for bar in bars] == [1, 0.3, 0.3, 0]
    assert [bar.get_y() + bar.get_height() / 2 for bar in bars] == pytest.approx([0, 1, 2, 3])
    assert ax.yaxis_inverted()
    assert ax.get_xlim() == (0, 1)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("pl", ["ubóstwo", "uzależnienia", "mieszkania", "dojazd"]),
        ("en", ["poverty", "addiction", "housing", "transport"]),
    ],
)
def test_problems_are_named_in_the_language_in_order_of_rank(lang, names):
    assert tick_labels(plot_ranking(OKSA, CODES, "Oksa", lang=lang).yaxis) == names


@pytest.mark.parametrize(
    ("lang", "counts"),
    [
        ("pl", ["10\xa0z\xa010", "3\xa0z\xa010; zaprzecza: 2", "3\xa0z\xa010", "0\xa0z\xa010"]),
        ("en", ["10 of 10", "3 of 10; denied by 2", "3 of 10", "0 of 10"]),
    ],
)
def test_every_bar_has_its_count_and_those_who_deny(lang, counts):
    shown = [text.replace("\xa0", " ") for text in texts(plot_ranking(OKSA, CODES, "Oksa", lang=lang))]
    assert shown == [count.replace("\xa0", " ") for count in counts]


@pytest.mark.parametrize(
    ("lang", "title", "axis"),
    [
        (
            "pl",
            "Oksa: problemy podniesione przez uczestników (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}10)",
            "udział uczestników, którzy podnieśli problem (wśród obecnych według listy)",
        ),
        (
            "en",
            "Oksa: problems raised by participants (n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}10)",
            "share of participants who raised the problem (of those present by the roster)",
        ),
    ],
)
def test_title_and_axis_say_the_gmina_the_number_of_people_and_of_whom(lang, title, axis):
    ax = plot_ranking(OKSA, CODES, "Oksa", lang=lang)
    assert ax.get_title(loc="left") == title
    assert ax.get_xlabel() == axis


def test_the_axis_says_when_only_those_who_spoke_are_counted():
    spoke = table(gmina_rows("Oksa", NAMED, ranks=RANKS, denominator="spoke"))
    assert "wśród tych, którzy się odezwali" in plot_ranking(spoke, CODES, "Oksa").get_xlabel()


def test_shares_are_marked_in_percent():
    ax = plot_ranking(OKSA, CODES, "Oksa")
    assert ax.get_xticks().tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert tick_labels(ax.xaxis) == ["0", "25%", "50%", "75%", "100%"]


def test_tied_problems_lie_on_one_band():
    ax = plot_ranking(OKSA, CODES, "Oksa")
    bands = [patch for patch in ax.patches if patch not in ax.containers[0]]
    assert [(band.get_y(), band.get_y() + band.get_height()) for band in bands] == [(0.5, 2.5)]


@pytest.mark.parametrize("key", ["Oksa", "2602052"])
def test_a_gmina_is_found_by_its_name_or_code(key):
    assert len(plot_ranking(OKSA, CODES, key).containers[0]) == 4


def test_only_one_level_is_drawn():
    both = table(gmina_rows("Oksa", {"poverty": 4}), gmina_rows("Oksa", {"alcohol": 6}, level="top"))
    assert tick_labels(plot_ranking(both, CODES, "Oksa").yaxis) == ["ubóstwo"]
    assert tick_labels(plot_ranking(both, CODES, "Oksa", level="top").yaxis) == ["uzależnienia"]


def test_the_note_stands_below():
    assert note_of(plot_ranking(OKSA, CODES, "Oksa", note=NOTE)) == NOTE
    assert note_of(plot_ranking(OKSA, CODES, "Oksa")) == ""


@pytest.mark.parametrize("lang", ["pl", "en"])
@pytest.mark.parametrize("note", ["", NOTE])
def test_no_text_lies_outside_the_figure(lang, note):
    everybody = dict.fromkeys(NAMED, 10)
    full = table(gmina_rows("Krościenko Wyżne", everybody, denied=everybody))
    assert outside(plot_ranking(full, CODES, "Krościenko Wyżne", lang=lang, note=note)) == []


def test_the_figure_is_a_page_wide_and_grows_with_the_number_of_problems():
    short = plot_ranking(OKSA, CODES, "Bieliny").figure.get_size_inches()
    long = plot_ranking(OKSA, CODES, "Oksa").figure.get_size_inches()
    assert short[0] == long[0] == pytest.approx(16 / 2.54)
    assert long[1] > short[1]


def test_it_draws_into_given_axes_and_makes_no_figure():
    _, axes = plt.subplots(2)
    before = plt.get_fignums()
    assert plot_ranking(OKSA, CODES, "Oksa", ax=axes[1]) is axes[1]
    assert plt.get_fignums() == before
    assert not axes[0].containers


def test_the_table_is_left_as_it_was():
    before = OKSA.copy()
    plot_ranking(OKSA, CODES, "Oksa")
    assert OKSA.equals(before)


def test_the_style_of_other_figures_is_not_changed():
    before = dict(plt.rcParams)
    plot_ranking(OKSA, CODES, "Oksa", note=NOTE)
    assert dict(plt.rcParams) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"gmina": "Mirzec"}, "Oksa, Bieliny"),
        ({"gmina": "Oksa", "level": "parent"}, "parent"),
        ({"gmina": "Oksa", "lang": "de"}, "pl, en"),
    ],
)
def test_an_unknown_gmina_level_or_language_is_refused(arguments, said):
    with pytest.raises(ArgumentError, match=said):
        plot_ranking(OKSA, CODES, **arguments)


def test_a_gmina_whose_participants_are_unknown_is_refused():
    unknown = table(gmina_rows("Oksa", {"poverty": None}, n=None, estimate=None))
    with pytest.raises(ArgumentError, match="participant"):
        plot_ranking(unknown, CODES, "Oksa")


def test_a_shared_name_is_refused_and_the_codes_are_told():
    twice = table(gmina_rows("Oksa", {"poverty": 1}), gmina_rows("Oksa", {"poverty": 2}, teryt="1234562"))
    with pytest.raises(ArgumentError, match="1234562, 2602052"):
        plot_ranking(twice, CODES, "Oksa")
    ax = plot_ranking(twice, CODES, "1234562", lang="en")
    assert texts(ax) == ["2 of 10"] and ax.get_title(loc="left").startswith("Oksa (123456): ")


def test_intervals_are_lines_and_counts_stand_clear_of_them():
    shown = OKSA.assign(low=OKSA["estimate"] / 2, high=OKSA["estimate"] + 0.2, interval_kind="sensitivity")
    ax = plot_ranking(shown, CODES, "Oksa")
    drawn = [
        tuple(segment[:, 0])
        for lines in ax.collections
        if hasattr(lines, "get_segments")
        for segment in lines.get_segments()
    ]
    assert [end for one in sorted(drawn) for end in one] == pytest.approx([0, 0.2, 0.15, 0.5, 0.15, 0.5, 0.5, 1.2])
    ends = {round(text.get_position()[1]): text.get_position()[0] for text in ax.texts}
    assert [ends[row] > high for row, high in enumerate((1.2, 0.5, 0.5, 0.2))] == [True] * 4
    assert "wrażliwość" in note_of(ax)
