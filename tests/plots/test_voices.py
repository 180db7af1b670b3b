"""One voice or several, unprompted or not: asked of the bars."""

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.voices import plot_dominance, plot_spontaneous
from tests.builders import codes, estimates
from tests.plots.artists import NOTE, note_of, outside, texts, tick_labels

CODES = codes("poverty", "alcohol", "housing")


def rows(n=10, **measures):
    """Estimates of one gmina: for each measure the values and the counts of the three codes."""
    return estimates(
        *(
            {
                "gmina": "Oksa",
                "teryt": "2602052",
                "code": code,
                "measure": measure,
                "estimate": value,
                "n_named": named,
                "n_participants": n,
            }
            for measure, cells in measures.items()
            for code, (value, named) in zip(("poverty", "alcohol", "housing"), cells, strict=True)
        )
    )


DOMINANCE = rows(
    top_speaker_share=[(0.4, 4), (0.837209, 2), (None, 0)],
    speakers_n1=[(3.6, 4), (1.742707, 2), (None, 0)],
    one_voice=[(0, 4), (1, 2), (None, 0)],
)
PARTS = rows(
    spontaneous=[(0.4, 4), (0.0, 0), (0, 0)], echo=[(0.1, 1), (0, 0), (0, 0)], prompted=[(0, 0), (0.3, 3), (0, 0)]
)


def test_one_voice_is_hatched_and_what_nobody_named_is_left_out():
    """salience_expected.json: the elderly, top speaker .837209, N1 1.742707."""
    ax = plot_dominance(DOMINANCE, CODES, "Oksa", lang="en")
    bars = {round(bar.get_y() + bar.get_height() / 2): bar for bar in ax.patches}
    assert tick_labels(ax.yaxis) == ["alcohol en", "poverty en"]
    assert bars[0].get_width() == pytest.approx(0.837209) and bars[0].get_hatch() == "////"
    assert bars[1].get_width() == pytest.approx(0.4) and not bars[1].get_hatch()
    assert [text.replace("\xa0", " ") for text in texts(ax)] == ["voices: 1.7; 2 of 10", "voices: 3.6; 4 of 10"]


def test_parts_of_coverage_follow_each_other_with_their_counts():
    ax = plot_spontaneous(PARTS, CODES, "Oksa", note=NOTE)
    drawn = {(round(bar.get_y() + 0.31), bar.get_hatch() or ""): bar for bar in ax.patches if bar.get_width() > 0}
    assert {key: round(bar.get_width(), 6) for key, bar in drawn.items()} == {
        (0, ""): 0.4,
        (0, "////"): 0.1,
        (1, "...."): 0.3,
    }
    assert drawn[0, "////"].get_x() == pytest.approx(0.4)
    assert texts(ax) == ["4", "1", "3"]
    assert tick_labels(ax.yaxis) == ["poverty pl", "alcohol pl", "housing pl"]


def test_small_groups_are_marked_and_nothing_is_cut_off():
    ax = plot_spontaneous(
        rows(n=4, spontaneous=[(0.5, 2)] * 3, echo=[(0, 0)] * 3, prompted=[(0, 0)] * 3), CODES, "Oksa"
    )
    assert "n = 4*" in ax.get_title(loc="left") and "Mniej niż 5" in note_of(ax)
    long = CODES.assign(label_pl=["bardzo długa nazwa jednego z wielu problemów"] * 3)
    assert outside(plot_dominance(DOMINANCE, long, "2602052", note=NOTE)) == []
    assert outside(plot_spontaneous(PARTS, long, "2602052", note=NOTE)) == []


def test_titles_tell_gminas_of_one_name_apart_and_say_how_many_took_part():
    twice = pd.concat([PARTS, PARTS.assign(teryt="1234562")])
    for ax in (plot_spontaneous(twice, CODES, "1234562"), plot_dominance(DOMINANCE, CODES, "Oksa")):
        title = ax.get_title(loc="left").replace("\N{NO-BREAK SPACE}", " ")
        assert title.startswith("Oksa (123456): " if "sam" in title else "Oksa: ") and title.endswith("(n = 10)")


def test_missing_measures_and_unknown_moderators_are_refused():
    with pytest.raises(ArgumentError, match="lacks speakers_n1, one_voice"):
        plot_dominance(DOMINANCE[DOMINANCE["measure"] == "top_speaker_share"], CODES, "Oksa")
    with pytest.raises(ArgumentError, match="labelled moderator"):
        plot_spontaneous(PARTS.assign(estimate=float("nan")), CODES, "Oksa")
    with pytest.raises(ArgumentError, match="no gmina 'Mirzec'"):
        plot_spontaneous(PARTS, CODES, "Mirzec")
