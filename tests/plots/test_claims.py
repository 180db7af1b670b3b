"""Claims as a table: every sentence whole, with its counts and what speaks against it."""

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.plots.claims import plot_claims
from focus_analysis.schemas import check
from focus_analysis.schemas_results import CLAIMS
from tests.plots.artists import NOTE, outside, texts


def claims():
    rows = [
        (
            "first",
            "W zdecydowanej większości gmin (6 z 8) problem „osoby starsze” był podnoszony.",
            "Remis w gminie G5.",
            6,
            7,
        ),
        (
            "last",
            "W pojedynczych gminach (2 z 8) problem „bezrobocie” był podnoszony.",
            "Inaczej " + "w gminie X, " * 40,
            2,
            2,
        ),
        ("difference", "Między województwami nie widać różnicy.", None, None, None),
    ]
    table = pd.DataFrame(rows, columns=["about", "sentence", "counter_brief", "n_strict", "n_tied"])
    rest = {"region": None, "level": "leaf", "code": None, "quantifier": None}
    return check(
        table.assign(counter=None, n_groups=[8, 8, None], caution=[None, None, "Przy 8 i 8 gminach."], **rest), CLAIMS
    )


def test_every_claim_stands_whole_with_its_counts():
    found = [text.replace("\n", " ").replace("\xa0", " ") for text in texts(plot_claims(claims()))]
    assert found[:3] == ["twierdzenie", "gminy", "które gminy"]
    assert found[3:6] == [claims()["sentence"].iloc[0], "6 z 8 (+1)", "Remis w gminie G5."]
    assert found[7] == "2 z 8"
    assert found[9:] == ["Między województwami nie widać różnicy.", "–", "Przy 8 i 8 gminach."]


def test_no_row_covers_another_and_nothing_is_cut_off():
    ax = plot_claims(claims(), lang="en", note=NOTE)
    assert outside(ax) == []
    boxes = [text.get_window_extent() for text in ax.texts]
    for place, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[place + 1 :])


def test_no_claim_is_refused():
    with pytest.raises(ArgumentError, match="no claim"):
        plot_claims(claims().head(0))
