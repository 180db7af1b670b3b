"""Agreement per code, over all codes and on statuses, against worked examples."""

import math

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.agreement import NOT_ALONE, agreement
from focus_analysis.errors import ArgumentError
from tests.builders import codes, codings, corpus, group

# Twelve segments, two coders, "a: b"; "-" is nothing. Values worked out by hand and with irrCAC and statsmodels.
SEGMENTS = ["E E", "DE E", "- -", "A A", "AV V", "U AU", "- E", "AE AE", "V V", "E E", "- -", "DE DE"]
PER_CODE = {
    "E": ([5, 0, 1, 6], 0.833333, 0.834483, 0.833333, 0.839161, 0.909091),
    "A": ([2, 1, 1, 8], 0.555556, 0.733333, 0.666667, 0.574074, 0.666667),
    "V": ([2, 0, 0, 10], 1.0, 1.0, 1.0, 1.0, 1.0),
    "U": ([1, 0, 0, 11], 1.0, 1.0, 1.0, 1.0, 1.0),
    "D": ([1, 1, 0, 10], 0.625, 0.893333, 0.833333, 0.634921, 0.666667),
}
# 2 x 2 tables that make one measure or another look wrong: kappa, AC1, PABAK, alpha, positive agreement.
PARADOX = {
    (118, 5, 2, 0): (-0.023392, 0.940776, 0.888, -0.024691, 0.971193),
    (2, 2, 2, 194): (0.489796, 0.979184, 0.96, 0.491071, 0.5),
    (0, 4, 0, 196): (0.0, 0.979596, 0.96, -0.007576, 0.0),
}


def talk(n, session="s"):
    return group(session, *[f"R1: zdanie numer {number}" for number in range(n)])


def coder(cells, session="s", name="ręka"):
    """Codings of a coder from the codes of each turn, one letter a code."""
    rows = [(session, turn, code) for turn, cell in enumerate(cells, 1) for code in cell.strip("-")]
    return codings(*rows).assign(coder=name)


def from_table(both, only_a, only_b, neither):
    """Two coders with these counts for the code x, and their study; both say of every turn that they read it."""
    a = ["x"] * (both + only_a) + ["none"] * (only_b + neither)
    b = ["x"] * both + ["none"] * only_a + ["x"] * only_b + ["none"] * neither
    tables = (codings(*(("s", turn, code) for turn, code in enumerate(one, 1))) for one in (a, b))
    return *(table.assign(coder=name) for table, name in zip(tables, "ab", strict=True)), corpus(talk(len(a)))


@pytest.fixture
def two():
    a, b = zip(*(row.split() for row in SEGMENTS), strict=True)
    return coder(a, name="Ala"), coder(b, name="Ola"), corpus(talk(12))


def of(result, code):
    return result.codes.set_index("code").loc[code]


def overall(result, measure):
    return result.overall.set_index("measure").loc[measure]


@pytest.mark.parametrize("code", PER_CODE)
def test_measures_per_code_are_those_of_the_worked_example(two, code):
    a, b, study = two
    row = of(agreement(a, b, study=study), code)
    counts, kappa, ac1, pabak, alpha, positive = PER_CODE[code]
    assert row[["both", "only_a", "only_b", "neither"]].tolist() == counts
    measured = row[["kappa", "ac1", "pabak", "alpha", "positive_agreement"]].tolist()
    assert measured == pytest.approx([kappa, ac1, pabak, alpha, positive], abs=1e-6)


@pytest.mark.parametrize("table", PARADOX)
def test_measures_of_lopsided_codes(table):
    a, b, study = from_table(*table)
    row = of(agreement(a, b, study=study, codes=codes("x")), "x")
    measured = row[["kappa", "ac1", "pabak", "alpha", "positive_agreement"]].tolist()
    assert measured == pytest.approx(PARADOX[table], abs=1e-6)
    assert row["not_alone"].split(";") == list(NOT_ALONE)


def test_alpha_over_all_codes_is_that_of_the_worked_example(two):
    a, b, study = two
    result = agreement(a, b, study=study)
    for measure, fraction in (("nominal", 151 / 243), ("jaccard", 193 / 262), ("masi", 1429 / 2050)):
        assert overall(result, f"alpha_{measure}")["estimate"] == pytest.approx(fraction)
    assert overall(result, "positive_agreement")["estimate"] == pytest.approx(0.846154, abs=1e-6)
    assert result.coders == ("Ala", "Ola")
    assert (result.n_units, result.n_sessions, result.interval) == (12, 1, "units")


def test_the_interval_over_units_is_that_of_the_worked_example(two):
    a, b, study = two
    masi = overall(agreement(a, b, study=study, resamples=4999, seed=5), "alpha_masi")
    assert (masi["low"], masi["high"]) == pytest.approx((0.388, 0.926), abs=0.02)


def test_statsmodels_finds_the_same_kappa():
    inter_rater = pytest.importorskip("statsmodels.stats.inter_rater")
    a, b, study = from_table(20, 6, 3, 41)
    row = of(agreement(a, b, study=study), "x")
    expected = inter_rater.cohens_kappa(np.array([[20, 6], [3, 41]])).kappa
    assert row["kappa"] == pytest.approx(expected)


def test_without_a_study_only_turns_with_a_coding_are_compared(two):
    a, b, _ = two
    row = of(agreement(a, b), "A")
    assert row["n_units"] == 10
    assert row["positive_agreement"] == pytest.approx(2 / 3)


def test_a_row_of_none_says_what_was_read():
    study = corpus(talk(4))
    a = coder(["x", "x", "-", "-"], name="a")
    b = codings(("s", 1, "x"), ("s", 2, "none")).assign(coder="b")
    result = agreement(a, b, study=study)
    assert result.n_units == 2
    assert of(result, "x")[["both", "only_a", "only_b", "neither"]].tolist() == [1, 1, 0, 0]
    assert "none" not in set(result.codes["code"])


def test_sessions_that_one_coder_left_out_are_not_compared():
    study = corpus(talk(3, "s"), talk(5, "t"))
    a = pd.concat([coder(["x", "-", "y"]), coder(["x", "-", "-", "-", "x"], session="t")])
    assert agreement(a, coder(["x", "-", "-"], name="b"), study=study).n_units == 3


def test_three_coders_are_compared_pair_by_pair():
    study = corpus(talk(3))
    a, b, c = (coder(cells, name=name) for name, cells in {"a": "x--", "b": "xx-", "c": "xxx"}.items())
    row = of(agreement(a, b, c, study=study), "x")
    # pairs: ab 1/0/1/1, ac 1/0/2/0, bc 2/0/1/0 of both, only first, only second, neither
    assert row[["both", "only_a", "only_b", "neither"]].tolist() == [4, 0, 4, 1]
    assert row["positive_agreement"] == pytest.approx(8 / 12)
    # ordered pairs that differ over two: 0 + 2 + 2 of 9 values; expected 2 * 6 * 3 / (9 * 8)
    assert row["alpha"] == pytest.approx(1 - (4 / 9) / 0.5)
    assert row["kappa"] == pytest.approx(np.mean([0.4, 0, 0]))


def test_what_is_undefined_is_missing_and_says_why():
    study = corpus(talk(12))
    a, b = coder(["x"] * 12, name="a"), coder(["x"] * 12, name="b")
    result = agreement(a, b, study=study, codes=codes("x", "never"))
    always, never = of(result, "x"), of(result, "never")
    assert (always["remark"], never["remark"]) == ("always", "unused")
    assert always[["alpha", "kappa"]].isna().all()
    assert always["positive_agreement"] == 1
    assert never[["alpha", "kappa", "positive_agreement", "ac1", "pabak"]].isna().all()
    assert math.isnan(overall(result, "alpha_masi")["estimate"])


def test_few_uses_have_no_interval_and_lost_resamples_are_counted(two):
    a, b, study = two
    result = agreement(a, b, study=study)
    row = of(result, "U")
    assert row["remark"] == "few"
    assert row[["alpha_low", "alpha_high", "positive_low", "positive_high"]].isna().all()
    assert 250 < row["n_undefined"] < 450  # (11/12)**12 is .35
    assert not math.isnan(overall(result, "alpha_masi")["low"])


def test_perfect_agreement_has_nothing_to_resample():
    a, b, study = from_table(12, 0, 0, 20)
    row = of(agreement(a, b, study=study), "x")
    assert (row["alpha"], row["remark"]) == (1, "perfect")
    assert row[["alpha_low", "positive_high"]].isna().all()
    assert math.isnan(overall(agreement(a, b, study=study), "alpha_masi")["low"])


def test_intervals_are_over_transcripts_from_ten_on():
    rng = np.random.default_rng(1)
    names = [f"s{number}" for number in range(10)]
    study = corpus(*(talk(20, name) for name in names))
    first = {name: ["x" if hit else "-" for hit in rng.random(20) < 0.4] for name in names}
    second = {name: cells if number % 2 else ["-"] * 19 + ["x"] for number, (name, cells) in enumerate(first.items())}
    a, b = (pd.concat([coder(cells, name) for name, cells in one.items()]) for one in (first, second))
    result = agreement(a, b.assign(coder="b"), study=study)
    assert result.interval == "transcripts"
    assert result.coders == ("ręka", "b")
    over_units = agreement(*(one[one["session_id"] != "s9"] for one in (a, b)), study=study)
    assert over_units.interval == "units"
    widths = [of(one, "x")["alpha_high"] - of(one, "x")["alpha_low"] for one in (result, over_units)]
    assert widths[0] > 1.5 * widths[1]  # coders agree in every other transcript: that is what varies
    assert of(result, "x")["alpha_low"] < of(result, "x")["alpha"] < of(result, "x")["alpha_high"]


def test_speakers_are_compared_by_all_that_they_say():
    study = corpus(group("s", "R1: raz", "R2: dwa", "R1: trzy"))
    a, b = coder("x--", name="a"), coder("-xx", name="b")
    row = of(agreement(a, b, unit="speaker", study=study), "x")
    assert row[["both", "only_a", "only_b", "neither"]].tolist() == [1, 0, 1, 0]


def test_how_a_code_stands_is_compared_where_both_gave_it():
    study = corpus(talk(4))
    a = codings(("s", 1, "x"), ("s", 2, "x", "denied"), ("s", 3, "x"), ("s", 3, "x", "denied"), ("s", 4, "x"))
    b = codings(("s", 1, "x"), ("s", 2, "x", "hypothetical"), ("s", 3, "x"), ("s", 4, "y"))
    result = agreement(a, b.assign(coder="b"), study=study)
    assert result.statuses.loc["affirmed", "affirmed"] == 2
    assert result.statuses.loc["denied", "hypothetical"] == 1
    assert result.statuses.to_numpy().sum() == 3
    assert overall(result, "alpha_status")["n_units"] == 3
    # values A A, D H, A A: observed 2/6; expected 1 - (4*3) / (6*5) = 18/30
    assert overall(result, "alpha_status")["estimate"] == pytest.approx(1 - (1 / 3) / (18 / 30))
    affirmed = agreement(a, b.assign(coder="b"), study=study, status="affirmed")
    assert of(affirmed, "x")[["both", "only_a", "only_b", "neither"]].tolist() == [2, 1, 0, 1]


def test_the_result_is_the_same_in_every_run_and_says_itself(two):
    a, b, study = two
    before = a.copy()
    first, again = (agreement(a, b, study=study) for _ in range(2))
    pd.testing.assert_frame_equal(first.codes, again.codes)
    pd.testing.assert_frame_equal(a, before)
    assert repr(first).startswith("Agreement of Ala, Ola on 12 turns of 1 sessions: alpha (MASI) 0.697 [")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda a, b, study: agreement(a), "two coders or more; got 1"),
        (lambda a, b, study: agreement(a, b, unit="word"), "turn, speaker; not 'word'"),
        (lambda a, b, study: agreement(a, b, unit="speaker"), "needs the study"),
        (lambda a, b, study: agreement(a, b, status="maybe"), "affirmed, denied, hypothetical"),
        (lambda a, b, study: agreement(a, b.assign(session_id="t"), study=None), "no turn was read by two coders"),
        (lambda a, b, study: agreement(a, b.assign(turn=b["turn"] + 90), study=study), "not in the study"),
    ],
)
def test_what_cannot_be_compared_is_refused(two, call, said):
    with pytest.raises(ArgumentError, match=said):
        call(*two)
