"""All groups together: which tables come out, and in which order gminas are counted."""

import pandas as pd
import pytest

from focus_analysis.analysis.overview import over_groups, rank_ranges, saturation_curve
from focus_analysis.analysis.salience import salience
from tests.builders import codes, codings, corpus, group

CODES = codes("poverty", "alcohol", "housing")


def study(dates=("2018-09-12", "2018-08-01", "2018-09-01")):
    """Three gminas: two problems in the first, one of them in each of the others."""
    places = (("oksa", "Oksa"), ("bieliny", "Bieliny"), ("krempna", "Krempna"))
    groups = [
        group(name, "M: Słucham.", "R1: a", "R2: b", roster=("R1", "R2"), gmina=gmina, date=date, voivodeship="x")
        for (name, gmina), date in zip(places, dates, strict=True)
    ]
    given = codings(
        ("oksa", 2, "poverty"), ("oksa", 3, "alcohol"), ("bieliny", 2, "poverty"), ("krempna", 2, "alcohol")
    )
    return corpus(*groups), given


def curve(*dates):
    held, given = study(*dates)
    return saturation_curve(salience(held, given, CODES), held.sessions)


def test_the_curve_is_the_mean_over_choices_of_gminas_and_the_count_in_the_order_held():
    """By hand: 4/3 problems in one gmina; pairs have 2, 2 and 2; Bieliny, Krempna, Oksa have 1, 2, 2."""
    found = curve()
    assert found["estimate"].tolist() == pytest.approx([4 / 3, 2, 2])
    assert found["observed"].tolist() == [1, 2, 2]


def test_without_a_date_the_order_is_not_known():
    assert curve(("2018-09-12", None, "2018-09-01"))["observed"].isna().all()


def test_gminas_without_known_participants_are_left_out():
    held, given = study()
    unknown = salience(held, given, CODES)
    silent = unknown.assign(estimate=unknown["estimate"].where(unknown["gmina"] == "Oksa"))
    assert len(saturation_curve(silent, held.sessions)) == 1
    assert saturation_curve(unknown.assign(estimate=None), held.sessions).empty


def test_ranges_of_three_kinds():
    """Without R1 or without R2 one problem of Oksa is left, and housing shares ranks 2 and 3 with the other."""
    held, given = study()
    found = rank_ranges(held, given, CODES, salience(held, given, CODES, measures="all"))
    assert set(found["varied"]) == {"measures", "left_out", "drawn"}
    oksa = found.query("gmina == 'Oksa' and varied == 'left_out' and level == 'leaf'").set_index("code")
    assert oksa.loc["housing", ["rank_min", "rank_max"]].tolist() == [2.5, 2.5]


def test_one_region_is_ranked_and_not_tested_and_nobody_gives_empty_tables():
    held, given = study()
    by_gmina = salience(held, given, CODES)
    ranking, tests = over_groups(by_gmina)
    assert set(ranking["code"]) == set(CODES["code"]) and tests.empty
    ranking, tests = over_groups(by_gmina.assign(estimate=None))
    assert ranking.empty and tests.empty and list(tests.columns) == ["code", "p_adjusted"]


def test_two_regions_are_tested():
    held, given = study()
    by_gmina = salience(held, given, CODES)
    two = by_gmina.assign(voivodeship=by_gmina["voivodeship"].where(by_gmina["gmina"] != "Oksa", "y"))
    _, tests = over_groups(two)
    assert isinstance(tests, pd.DataFrame) and set(tests["code"]) == set(CODES["code"])
