"""Means of a report: as the codes are, or corrected by a sample that people coded."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.validation import plan_validation
from focus_analysis.corpus import Corpus
from focus_analysis.report_tables import means_of
from focus_analysis.schemas import CORRECTED_ESTIMATES, ESTIMATES, check
from tests.analysis.test_corrected import family, looked_at, regions, worsened


@pytest.fixture(scope="module")
def sampled():
    """A study of two regions, the automatic codes, a plan of every speaker, and what people found."""
    study, true = regions()
    machine = worsened(study, true, np.random.default_rng(4))
    plan = plan_validation(study, machine, n=500, unit="speaker")
    return study, machine, looked_at(plan, true, study), plan


def plain(study, codings, by):
    return salience(study, codings, family(), by, intervals=True)


def test_a_sample_of_speakers_corrects_the_means(sampled):
    study, machine, human, plan = sampled
    means = means_of(study, machine, machine, [human], plan, family())
    right = salience(study, machine, family(), "study", human=human, plan=plan)
    pd.testing.assert_frame_equal(means.overall, right)
    pd.testing.assert_frame_equal(means.by_region, check(means.by_region, CORRECTED_ESTIMATES))
    fixed = means.corrected
    assert [int(fixed[name].notna().sum()) for name in ("gmina", "voivodeship")] == [36, 42]  # of 45: 3 of the study
    assert set(fixed["code"]) == {"both", "x", "y"}


def test_a_region_with_too_few_stays_as_it_is(sampled):
    study, machine, human, plan = sampled
    a = study.sessions.loc[study.sessions["voivodeship"] == "A", "session_id"]
    seen = human[human["session_id"].isin([*a, "g00"])]
    by_region = means_of(study, machine, machine, [seen], plan, family()).by_region
    few, enough = (by_region[(by_region["n_missing"] > 0) == missing] for missing in (True, False))
    assert (set(few["voivodeship"]), set(enough["voivodeship"])) == ({"B"}, {"A"})
    before = plain(study, machine, "voivodeship")
    before = before[before["voivodeship"] == "B"]
    for column in ("level", "code", "estimate", "rank", "method"):
        assert few[column].tolist() == before[column].tolist()
    assert few[["low", "high"]].isna().all(axis=None)
    assert set(few["n_missing"]) == {12}


def test_a_study_without_regions_is_corrected_as_a_whole(sampled):
    study, machine, human, plan = sampled
    nowhere = Corpus(study.sessions.assign(voivodeship=None, teryt=None), study.speakers, study.turns)
    means = means_of(nowhere, machine, machine, [human], plan, family())
    assert means.by_region.empty and "naive" in means.overall and len(means.overall)


def test_several_coders_who_did_not_settle_correct_nothing(sampled):
    study, machine, human, plan = sampled
    tables = [human.assign(coder="Ola"), human.assign(coder="Ala")]
    means = means_of(study, machine, machine, tables, plan, family())
    assert (means.unsettled, means.corrected) == (("Ala", "Ola"), None)
    pd.testing.assert_frame_equal(means.overall, plain(study, machine, "study"))
    settled = human.assign(coder="narada", coder_kind="adjudicated")
    means = means_of(study, machine, machine, [*tables, settled], plan, family())
    assert means.unsettled == ()
    assert set(means.overall["coder_kind"]) == {"adjudicated;rule"}


def test_automatic_codes_brought_home_are_not_people_s(sampled):
    study, machine, human, plan = sampled
    means = means_of(study, machine, machine, [human, machine], plan, family())
    assert means.unsettled == () and "naive" in means.overall
    assert means_of(study, machine, machine, [machine], plan, family()).corrected is None


def test_a_sample_of_turns_leaves_coverage_as_it_is(sampled):
    study, machine, human, _ = sampled
    plan = plan_validation(study, machine, n=100, unit="turn")
    means = means_of(study, machine, machine, [human], plan, family())
    assert set(means.corrected["measure"]) == {"prevalence"}
    assert list(means.overall.columns) == ESTIMATES.names
    assert list(means_of(study, machine, machine, [], None, family()).overall.columns) == ESTIMATES.names
