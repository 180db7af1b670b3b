"""Ranks without one speaker and for speakers drawn: against the method notes and by hand."""

import numpy as np
import pytest

from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.sensitivity import rank_sensitivity
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import RANK_RANGES
from tests.analysis.worked import PROBLEMS, transcript
from tests.builders import codes, codings, corpus, group

# salience_expected.json, "word_share_rank_full" and "word_share_rank_leave_one_speaker_out".
FULL = [1.0, 2.5, 2.5, 4.0, 5.0]
LEFT_OUT = np.array(
    [[4.0, 1.5, 1.5, 5.0, 3.0], [1.0, 4.0, 2.0, 3.0, 5.0], [1.0, 4.0, 5.0, 2.0, 3.0], [1.0, 4.0, 2.0, 3.0, 5.0], FULL]
)


@pytest.fixture(scope="module")
def worked():
    return rank_sensitivity(*transcript(), measures=["coverage", "share_words_whole"]).query("level == 'leaf'")


def of(table, measure, varied):
    rows = table[(table["measure"] == measure) & (table["varied"] == varied)].set_index("code")
    return rows.loc[PROBLEMS]


def test_ranks_of_word_share_without_each_speaker(worked):
    rows = of(worked, "share_words_whole", "left_out")
    assert rows["rank"].tolist() == FULL
    assert rows["rank_min"].tolist() == LEFT_OUT.min(axis=0).tolist()
    assert rows["rank_max"].tolist() == LEFT_OUT.max(axis=0).tolist()
    assert rows["rank_median"].tolist() == np.median(LEFT_OUT, axis=0).tolist()
    assert rows["share_first"].tolist() == [4 / 5, 0, 0, 0, 0]
    assert set(rows["n_variants"]) == {5}


def test_coverage_hangs_less_on_one_speaker_than_words_do(worked):
    """Without S1 the elderly fall to rank 4 by words and to 2 by coverage (2 of 4 against 3 of 4)."""
    rows = of(worked, "coverage", "left_out")
    assert rows.loc["elderly", ["rank", "rank_max"]].tolist() == [1.5, 2]
    assert of(worked, "share_words_whole", "left_out").loc["elderly", "rank_max"] == 4


def test_a_left_out_speaker_leaves_the_denominator_too():
    """R1 alone named poverty, R2 and R3 alcohol: without any of them the shares are 0, 1 or 1/2."""
    study = corpus(group("a", "R1: Tak.", "R2: Tak.", "R3: Tak.", gmina="Oksa"))
    found = codings(("a", 1, "poverty"), ("a", 2, "alcohol"), ("a", 3, "alcohol"))
    rows = rank_sensitivity(study, found, codes("poverty", "alcohol"), draws=10).query("level == 'leaf'")
    left = rows[rows["varied"] == "left_out"].set_index("code")
    assert left.loc["poverty", ["rank_min", "rank_median", "rank_max"]].tolist() == [1.5, 1.5, 2]
    assert left.loc["alcohol", "share_first"] == pytest.approx(1 / 3)


def test_drawn_speakers_put_a_code_first_as_often_as_the_binomial_says():
    """Two speakers drawn from two, one for each code: one alone is first in a quarter of the draws."""
    study = corpus(group("a", "R1: Tak.", "R2: Tak.", gmina="Oksa"))
    found = codings(("a", 1, "poverty"), ("a", 2, "alcohol"))
    rows = rank_sensitivity(study, found, codes("poverty", "alcohol"), draws=4000, seed=1).query("level == 'leaf'")
    drawn = rows[rows["varied"] == "drawn"]
    assert drawn["share_first"].tolist() == pytest.approx([0.25, 0.25], abs=0.03)
    assert drawn[["rank", "rank_min", "rank_max"]].to_numpy().tolist() == [[1.5, 1, 2]] * 2


def test_a_speaker_alone_cannot_be_left_out():
    study = corpus(group("a", "R1: Tak.", gmina="Oksa"))
    rows = rank_sensitivity(study, codings(("a", 1, "poverty")), codes("poverty"), draws=10)
    assert set(rows["varied"]) == {"drawn"}


def test_draws_are_repeatable_and_every_measure_can_be_drawn():
    first, again = (rank_sensitivity(*transcript(), measures="all", draws=50, seed=9) for _ in range(2))
    assert first.equals(again)
    assert check(first, RANK_RANGES).equals(first)


def test_the_rank_as_it_stands_is_that_of_salience(worked):
    table = salience(*transcript(), measures="share_words_whole").query("level == 'leaf'").set_index("code")
    assert of(worked, "share_words_whole", "drawn")["rank"].tolist() == table.loc[PROBLEMS, "rank"].tolist()


def test_groups_whose_participants_are_unknown_have_no_rows():
    study = corpus(group("a", "A: Tak.", roles_known=False, gmina="Oksa"))
    assert rank_sensitivity(study, codings(), codes("poverty")).empty
    assert rank_sensitivity(corpus(), codings(), codes("poverty")).empty


@pytest.mark.parametrize("measure", ["one_voice", "prompted", "popularity"])
def test_measures_without_ranks_over_speakers_are_refused(measure):
    with pytest.raises(ArgumentError, match="coverage"):
        rank_sensitivity(*transcript(), measures=measure)
