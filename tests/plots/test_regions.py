"""Dots for groups and bars for means, a lane a region."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.regions import plot_regions
from tests.builders import codes, estimates
from tests.plots.artists import NOTE, gmina_rows, note_of, outside, table, tick_labels

NAMES = {
    "poverty": "ubóstwo",
    "alcohol": "uzależnienia",
    "transport": "dojazd",
    "housing": "mieszkania",
    "health": "zdrowie",
}
CODES = codes(*NAMES).assign(label_pl=list(NAMES.values()), label_en=list(NAMES))
ZEROS = dict.fromkeys(NAMES, 0)
GROUPS = table(
    gmina_rows("Oksa", ZEROS | {"poverty": 2, "alcohol": 8}),
    gmina_rows("Bieliny", ZEROS | {"poverty": 2, "alcohol": 4}),
    gmina_rows("Krempna", ZEROS | {"poverty": 6, "alcohol": 1}, region="podkarpackie"),
)


def region_rows(region, shares, n_sessions=1, n=10, **more):
    return [
        {
            "voivodeship": region,
            "code": code,
            "estimate": share,
            "n_named": 0,
            "n_participants": n,
            "n_sessions": n_sessions,
        }
        | more
        for code, share in shares.items()
    ]


MEANS = estimates(
    *region_rows("świętokrzyskie", ZEROS | {"poverty": 0.2, "alcohol": 0.6}, n_sessions=2, n=20),
    *region_rows("podkarpackie", ZEROS | {"poverty": 0.6, "alcohol": 0.1}),
)


def dots(ax):
    """The dots of each region: label to the shares and heights."""
    return {
        points.get_label(): points.get_offsets().tolist()
        for points in ax.collections
        if hasattr(points, "get_sizes") and len(points.get_offsets()) > 1
    }


def bars(ax):
    """The places of all bars of means."""
    return [
        segment[0][0] for lines in ax.collections if hasattr(lines, "get_segments") for segment in lines.get_segments()
    ]


def test_every_group_is_a_dot_at_its_share():
    found = dots(plot_regions(GROUPS, MEANS, CODES, lang="en"))
    assert {label: sorted(x for x, _ in points) for label, points in found.items()} == {
        "podkarpackie (1 group, 10 participants)": pytest.approx([0, 0, 0, 0.1, 0.6]),
        "świętokrzyskie (2 groups, 20 participants)": pytest.approx([0] * 6 + [0.2, 0.2, 0.4, 0.8]),
    }


def test_dots_lie_in_the_row_of_their_problem_and_none_covers_another():
    for points in dots(plot_regions(GROUPS, MEANS, CODES)).values():
        assert len({tuple(point) for point in points}) == len(points)
        rows = [round(y) for x, y in points if x > 0]
        assert set(rows) == {0, 1}


def test_the_mean_of_each_region_is_a_bar():
    assert sorted(bars(plot_regions(GROUPS, MEANS, CODES))) == pytest.approx([0] * 6 + [0.1, 0.2, 0.6, 0.6])


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("pl", ["ubóstwo", "uzależnienia", "dojazd", "mieszkania", "zdrowie"]),
        ("en", ["poverty", "alcohol", "transport", "housing", "health"]),
    ],
)
def test_rows_are_problems_the_largest_mean_on_top(lang, names):
    ax = plot_regions(GROUPS, MEANS, CODES, lang=lang)
    assert tick_labels(ax.yaxis) == names
    assert ax.yaxis_inverted()


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("pl", ["podkarpackie (1 grupa, 10 uczestników)", "świętokrzyskie (2 grupy, 20 uczestników)"]),
        ("en", ["podkarpackie (1 group, 10 participants)", "świętokrzyskie (2 groups, 20 participants)"]),
    ],
)
def test_the_legend_names_the_regions_and_how_many_groups_and_people(lang, shown):
    legend = plot_regions(GROUPS, MEANS, CODES, lang=lang).get_legend()
    assert [text.get_text() for text in legend.get_texts()] == shown


def test_regions_differ_in_colour_and_in_shape():
    ax = plot_regions(GROUPS, MEANS, CODES)
    first, second = (handle for handle in ax.collections if str(handle.get_label()).endswith(")"))
    assert first.get_facecolor().tolist() != second.get_facecolor().tolist()
    assert first.get_paths()[0].vertices.shape != second.get_paths()[0].vertices.shape


@pytest.mark.parametrize(
    ("denominator", "said"), [("roster", "obecnych według listy"), ("spoke", "którzy się odezwali")]
)
def test_the_axis_says_of_whom(denominator, said):
    groups, means = (one.assign(denominator=denominator) for one in (GROUPS, MEANS))
    assert said in plot_regions(groups, means, CODES).get_xlabel()


def test_the_title_and_the_ticks_in_both_languages():
    polish, english = (plot_regions(GROUPS, MEANS, CODES, lang=lang) for lang in ("pl", "en"))
    assert polish.get_title(loc="left") == "Problemy w województwach: grupy (punkty) i średnie (kreski)"
    assert english.get_title(loc="left") == "Problems by voivodeship: groups (dots) and means (bars)"
    assert tick_labels(polish.xaxis) == tick_labels(english.xaxis) == ["0", "25%", "50%", "75%", "100%"]


def test_groups_without_known_participants_are_no_dots():
    unknown = table(gmina_rows("Świlcza", dict.fromkeys(NAMES), n=None, estimate=None, region="podkarpackie"))
    with_unknown = dots(plot_regions(pd.concat([GROUPS, unknown]), MEANS, CODES))
    assert with_unknown == dots(plot_regions(GROUPS, MEANS, CODES))


def test_the_note_stands_below():
    assert note_of(plot_regions(GROUPS, MEANS, CODES, note=NOTE)) == NOTE


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_no_text_lies_outside_the_figure(lang):
    assert outside(plot_regions(GROUPS, MEANS, CODES, lang=lang, note=NOTE)) == []


def test_it_draws_into_given_axes_and_makes_no_figure():
    _, given = plt.subplots()
    before = plt.get_fignums()
    assert plot_regions(GROUPS, MEANS, CODES, ax=given) is given
    assert plt.get_fignums() == before


def test_the_tables_are_left_as_they_were():
    before = GROUPS.copy(), MEANS.copy()
    plot_regions(GROUPS, MEANS, CODES)
    assert GROUPS.equals(before[0]) and MEANS.equals(before[1])


def test_an_unknown_level_or_language_is_refused():
    with pytest.raises(ArgumentError, match="got 0"):
        plot_regions(GROUPS, MEANS, CODES, level="parent")
    with pytest.raises(ArgumentError, match="pl, en"):
        plot_regions(GROUPS, MEANS, CODES, lang="de")


def test_more_regions_than_colours_are_refused():
    many = estimates(*(row for n in range(6) for row in region_rows(f"region {n}", ZEROS)))
    with pytest.raises(ArgumentError, match="1 to 5; got 6"):
        plot_regions(GROUPS, many, CODES)


def test_intervals_of_the_mean_are_lines_named_for_what_they_are():
    means = MEANS.assign(low=MEANS["estimate"] - 0.1, high=MEANS["estimate"] + 0.1, interval_kind="confidence")
    ax = plot_regions(GROUPS, means, CODES)
    ends = [
        tuple(segment[:, 0].round(6))
        for lines in ax.collections
        if hasattr(lines, "get_segments")
        for segment in lines.get_segments()
    ]
    assert (0.1, 0.3) in ends and (0.0, 0.1) in ends
    assert "gdyby gminy wylosowano" in note_of(ax)
    assert "wylosowano" not in note_of(plot_regions(GROUPS, MEANS, CODES))


def test_adjusted_p_stands_beside_its_problem_or_a_dash():
    tests = pd.DataFrame({"code": ["alcohol", "poverty"], "p_adjusted": [0.0001, 0.42]})
    ax = plot_regions(GROUPS, MEANS, CODES, lang="en", tests=tests, note=NOTE)
    beside = {round(text.get_position()[1]): text.get_text() for text in ax.texts if text.get_position()[0] > 1}
    assert beside[-1] == "p (adj.)"
    assert {beside[tick_labels(ax.yaxis).index(name)] for name in ("alcohol", "poverty")} == {"< 0.001", "0.42"}
    assert beside[2] == "–"
    assert outside(ax) == []
    with pytest.raises(ArgumentError, match="compare_all_regions"):
        plot_regions(GROUPS, MEANS, CODES, tests=pd.concat([tests, tests]))
