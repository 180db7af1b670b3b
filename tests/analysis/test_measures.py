"""Measures of salience in one gmina, against the worked transcript of the method notes."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.measures import MEASURES, UNRANKED, smith_s, sutrop_csi
from focus_analysis.analysis.salience import salience
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import ESTIMATES, check
from tests.analysis.worked import PROBLEMS, transcript
from tests.builders import codes, codings, corpus, group

# salience_expected.json, "codes": elderly, alcohol, violence, disability, unemployment.
EXPECTED = {
    "coverage": [0.6, 0.6, 0.2, 0.2, 0.2],
    "utterances": [5, 3, 2, 1, 2],
    "share_utterances": [0.454545, 0.272727, 0.181818, 0.090909, 0.181818],
    "share_words_whole": [0.614286, 0.185714, 0.185714, 0.171429, 0.114286],
    "share_words_split": [0.528571, 0.121429, 0.142857, 0.085714, 0.092857],
    "equal_speaker_share": [0.419048, 0.281593, 0.2, 0.066667, 0.2],
    "top_speaker_share": [0.837209, 0.461538, 1.0, 1.0, 1.0],
    "speakers_n1": [1.742707, 2.880332, 1.0, 1.0, 1.0],
    "speakers_n2": [1.399697, 2.770492, 1.0, 1.0, 1.0],
    "smith_s": [0.5, 0.4, 0.2, 0.1, 0.2],
    "sutrop_csi": [0.45, 0.36, 0.2, 0.1, 0.2],
    "first_mention": [1, 2, 4, 3, 5],
    "spontaneous": [3 / 5, 3 / 5, 1 / 5, 1 / 5, 0],
    "prompted": [0, 0, 0, 0, 1 / 5],
    "one_voice": [1, 0, 1, 1, 1],
}
POSITIONS = pd.DataFrame(
    [[1, 0, 0, 2, 0], [2, 1, 0, 0, 0], [0, 2, 1, 0, 0], [0, 2, 0, 0, 1], [1, 0, 0, 0, 0]],
    index=["S1", "S2", "S3", "S4", "S5"],
    columns=PROBLEMS,
)


@pytest.fixture(scope="module")
def worked():
    return salience(*transcript(), measures="all")


def leaves(table, measure):
    rows = table[(table["measure"] == measure) & (table["level"] == "leaf")]
    return rows.set_index("code")


@pytest.mark.parametrize("measure", EXPECTED)
def test_the_worked_transcript(worked, measure):
    assert leaves(worked, measure).loc[PROBLEMS, "estimate"].tolist() == pytest.approx(EXPECTED[measure], abs=5e-7)


def test_every_measure_is_there_and_keeps_the_schema(worked):
    assert list(dict.fromkeys(worked["measure"])) == list(MEASURES)
    assert check(worked, ESTIMATES).equals(worked)


def test_dominance_and_who_was_prompted_have_no_ranks(worked):
    ranked = worked.groupby("measure")["rank"].agg(lambda ranks: ranks.notna().any())
    assert set(ranked[~ranked].index) == UNRANKED


def test_the_earliest_mention_ranks_first_and_what_nobody_named_last():
    study, found, _ = transcript()
    table = salience(study, found, codes(*PROBLEMS, "housing", "transport"), measures="first_mention")
    ranks = leaves(table, "first_mention")["rank"]
    assert ranks[[*PROBLEMS, "housing", "transport"]].tolist() == [1, 2, 4, 3, 5, 6.5, 6.5]


def test_a_code_that_nobody_named_has_shares_of_zero_and_no_dominance():
    study, found, _ = transcript()
    table = salience(study, found, codes(*PROBLEMS, "housing"), measures="all")
    housing = table[(table["code"] == "housing") & (table["level"] == "leaf")].set_index("measure")["estimate"]
    missing = {"echo", "first_mention", "top_speaker_share", "speakers_n1", "speakers_n2", "one_voice"}
    assert set(housing.index[housing.isna()]) == missing
    assert (housing.drop(list(missing)) == 0).all()


def test_a_silent_participant_of_the_roster_lowers_every_mean_over_participants():
    study = corpus(group("a", "M: ?", "R1: raz dwa", roster=("R1", "R2"), gmina="Oksa"))
    table = salience(study, codings(("a", 2, "poverty")), codes("poverty"), measures="all")
    found = leaves(table, "coverage").index
    values = {measure: leaves(table, measure)["estimate"].iloc[0] for measure in MEASURES}
    assert list(found) == ["poverty"]
    assert [values[name] for name in ("coverage", "equal_speaker_share", "smith_s", "sutrop_csi")] == [0.5] * 4
    assert [values[name] for name in ("share_words_split", "share_utterances")] == [1, 1]


def test_coverage_without_those_in_charge_leaves_them_out_above_and_below_the_line():
    people = ("R1", "R2", "R3")
    turns = [f"{person}: Tak." for person in people]
    study = corpus(group("a", *turns, roster=people, gmina="Oksa", institutions={"R1": "pup", "R3": "gops"}))
    charged = codes("unemployment", "poverty").assign(in_charge=["pup", None])
    found = codings(("a", 1, "unemployment"), ("a", 2, "unemployment"), ("a", 1, "poverty"))
    table = salience(study, found, charged, measures=["coverage", "coverage_not_in_charge"])
    row = leaves(table, "coverage_not_in_charge")[["estimate", "n_named", "n_participants"]]
    assert row.loc["unemployment"].tolist() == [1 / 2, 1, 2]
    assert row.loc["poverty"].tolist() == [1 / 3, 1, 3]
    assert leaves(table, "coverage").loc["unemployment", "estimate"] == pytest.approx(2 / 3)


def test_where_everybody_is_in_charge_the_rest_has_no_coverage():
    study = corpus(group("a", "R1: Tak.", roster=("R1",), gmina="Oksa", institutions={"R1": "pup"}))
    charged = codes("unemployment").assign(in_charge=["gops;pup"])
    table = salience(study, codings(("a", 1, "unemployment")), charged, measures="coverage_not_in_charge")
    assert table["estimate"].isna().all() and table["rank"].isna().all()


def test_a_parent_is_in_the_charge_of_those_in_charge_of_its_children():
    study = corpus(group("a", "R1: Tak.", "R2: Tak.", gmina="Oksa", institutions={"R1": "police"}))
    families = codes("families", "violence", parents={"violence": "families"}).assign(in_charge=[None, "police"])
    table = salience(study, codings(("a", 1, "violence")), families, measures="coverage_not_in_charge")
    assert table[table["level"] == "top"][["code", "estimate", "n_participants"]].values.tolist() == [
        ["families", 0, 1]
    ]


def test_a_region_is_the_mean_of_its_gminas_in_every_measure():
    study = corpus(
        group("a", "M: ?", "R1: raz dwa", "R2: raz", gmina="Oksa", voivodeship="świętokrzyskie"),
        group("b", "M: ?", "R1: raz", gmina="Bieliny", voivodeship="świętokrzyskie"),
    )
    found = codings(("a", 2, "poverty"), ("b", 2, "poverty"), ("b", 2, "alcohol"))
    known = codes("poverty", "alcohol")
    groups, region = (salience(study, found, known, by=by, measures="all") for by in ("gmina", "voivodeship"))
    means = groups.groupby(["level", "measure", "code"])["estimate"].mean()
    assert region.set_index(["level", "measure", "code"])["estimate"].sort_index().equals(means.sort_index())


def test_intervals_of_a_gmina_are_sensitivities_and_hold_the_estimate():
    table = salience(*transcript(), measures=["coverage", "smith_s", "speakers_n1"], intervals=True, seed=4)
    drawn = table[table["measure"] != "speakers_n1"]
    assert set(drawn["interval_kind"]) == {"sensitivity"}
    assert ((drawn["low"] <= drawn["estimate"]) & (drawn["estimate"] <= drawn["high"])).all()
    assert set(table.loc[table["measure"] == "speakers_n1", "interval_kind"]) == {"none"}


def test_intervals_of_coverage_are_those_of_the_binomial():
    """Drawing 5 speakers of whom 3 named it is a binomial of 5 and 0.6, its percentiles divided by 5."""
    from scipy.stats import binom

    row = leaves(salience(*transcript(), intervals=True), "coverage").loc["elderly"]
    assert [row["low"], row["high"]] == [binom.ppf(0.05, 5, 0.6) / 5, binom.ppf(0.95, 5, 0.6) / 5]


def test_intervals_do_not_depend_on_the_other_measures_asked_for():
    alone, among = (
        leaves(salience(*transcript(), measures=asked, intervals=True), "smith_s")[["low", "high"]]
        for asked in ("smith_s", "all")
    )
    assert alone.equals(among)


def test_the_interval_of_a_region_is_the_t_interval_over_its_gminas():
    from scipy.stats import t

    groups = [
        group(name, *(f"R{n}: Tak." for n in range(1, 5)), gmina=name, voivodeship="świętokrzyskie")
        for name in ("Oksa", "Bieliny", "Łoniów")
    ]
    found = codings(("Oksa", 1, "poverty"), ("Bieliny", 1, "poverty"), ("Bieliny", 2, "poverty"))
    table = salience(corpus(*groups), found, codes("poverty", "alcohol"), by="voivodeship", intervals=True)
    row = leaves(table, "coverage").loc["poverty"]
    assert (row["low"], row["high"]) == pytest.approx(t.interval(0.95, 2, 0.25, 0.25 / np.sqrt(3)))
    assert row["interval_kind"] == "confidence"
    assert leaves(table, "coverage").loc["alcohol", "interval_kind"] == "none"


def test_one_group_has_no_interval_of_its_region():
    study = corpus(group("a", "R1: Tak.", gmina="Oksa", voivodeship="świętokrzyskie"))
    table = salience(study, codings(("a", 1, "poverty")), codes("poverty"), by="voivodeship", intervals=True)
    assert table["low"].isna().all() and set(table["interval_kind"]) == {"none"}


def test_a_group_without_known_roles_has_rows_and_no_values():
    study = corpus(group("a", "A: Tak.", roles_known=False, gmina="Oksa"))
    table = salience(study, codings(("a", 1, "poverty")), codes("poverty"), measures="all", intervals=True)
    assert len(table) == 2 * len(MEASURES)
    assert table[["estimate", "low", "n_named", "n_participants", "rank"]].isna().all(axis=None)


@pytest.mark.parametrize("wrong", [["popularity"], [], "popularity"])
def test_an_unknown_measure_is_refused_and_the_known_are_named(wrong):
    with pytest.raises(ArgumentError, match="coverage, coverage_not_in_charge"):
        salience(*transcript(), measures=wrong)


def test_smith_and_sutrop_from_a_plain_table_of_lists():
    assert smith_s(POSITIONS).to_dict() == pytest.approx(dict(zip(PROBLEMS, EXPECTED["smith_s"], strict=True)))
    assert sutrop_csi(POSITIONS).to_dict() == pytest.approx(dict(zip(PROBLEMS, EXPECTED["sutrop_csi"], strict=True)))


def test_empty_lists_count_and_missing_means_not_listed():
    lists = pd.DataFrame({"a": [1, np.nan], "b": [2, np.nan]})
    assert smith_s(lists).tolist() == [0.5, 0.25]
    assert sutrop_csi(lists).tolist() == [0.5, 0.25]


def test_no_list_and_no_mention_are_zero():
    assert smith_s(pd.DataFrame(columns=["a"])).tolist() == [0]
    assert sutrop_csi(pd.DataFrame({"a": [0, 0]})).tolist() == [0]


@pytest.mark.parametrize("row", [[1, 1], [2, 0], [1.5, 1]])
def test_places_that_are_no_list_are_refused(row):
    with pytest.raises(ArgumentError, match="list 'S1'"):
        smith_s(pd.DataFrame([row], index=["S1"], columns=["a", "b"]))
