"""What is decided from evidence: how rule and model are weighed, and whether a turn affirms or denies."""

import numpy as np
import pytest

from focus_analysis.coding.decisions import TERMS, Evidence, Stance, Weighings, stance, weigh


def test_the_gap_between_two_scores_tells_what_is_denied():
    rng = np.random.default_rng(5)
    mentioned = rng.random((300, 2)) < 0.4
    affirmed = mentioned & (rng.random(mentioned.shape) < 0.7)
    nothing, nowhere = np.zeros(mentioned.shape), np.zeros((len(mentioned), 0))
    seen = mentioned + rng.normal(0, 0.02, mentioned.shape)
    scores = affirmed + rng.normal(0, 0.02, mentioned.shape)
    evidence = Evidence(scores, seen, nothing > 0, nothing > 0, nothing, nothing, nothing, nowhere)
    affirms = stance(evidence, affirmed, mentioned).affirms(evidence)
    assert (affirms == affirmed)[mentioned].all()


def test_a_few_denials_do_not_teach_a_stance_to_doubt_the_rules():
    mentioned = np.ones((28, 1), dtype=bool)
    affirmed = np.arange(28)[:, None] > 2
    nothing, nowhere = np.zeros(mentioned.shape), np.zeros((28, 0))
    by_rule, unheard = ~mentioned | affirmed, ~mentioned
    heard = Evidence(nothing, nothing, by_rule, mentioned, *[nothing] * 3, nowhere)
    deaf = Evidence(nothing, nothing, unheard, unheard, *[nothing] * 3, nowhere)
    assert (stance(heard, affirmed, mentioned).affirms(heard) == affirmed).all()
    assert not stance(deaf, affirmed, mentioned).affirms(heard)[:3].any()


def test_a_turn_that_denies_nothing_is_more_likely_to_affirm():
    rng = np.random.default_rng(7)
    mentioned = np.ones((400, 1), dtype=bool)
    affirmed = rng.random(mentioned.shape) < 0.7
    nothing, nowhere, unheard = np.zeros(mentioned.shape), np.zeros((400, 0)), ~mentioned
    evidence = Evidence(nothing, nothing, unheard, unheard, nothing, ~affirmed * 0.6, nothing, nowhere)
    learnt = stance(evidence, affirmed, mentioned)
    assert learnt.coefficients[3] < -2
    assert (learnt.affirms(evidence) == affirmed).all()


def test_a_stance_learns_how_far_rules_can_be_trusted():
    rng = np.random.default_rng(6)
    mentioned = np.ones((400, 1), dtype=bool)
    affirmed = rng.random(mentioned.shape) < 0.6
    nothing, nowhere = np.zeros(mentioned.shape), np.zeros((400, 0))
    right, guessed = affirmed, rng.random(mentioned.shape) < 0.6
    trusted, doubted = (
        stance(Evidence(nothing, nothing, rule, mentioned, *[nothing] * 3, nowhere), affirmed, mentioned).coefficients
        for rule in (right, guessed)
    )
    assert trusted[1] - trusted[2] > 4 > 1 > abs(doubted[1] - doubted[2])


def test_of_one_transcript_the_threshold_is_learnt_from_its_stretches():
    rng = np.random.default_rng(5)
    given = rng.random((400, 2)) < 0.3
    guess = np.where(given, 0.5, 0.2) + rng.normal(0, 0.1, given.shape)
    nothing, nowhere = np.zeros(given.shape), np.zeros((len(given), 0))
    evidence = Evidence(guess, guess, nothing > 0, nothing > 0, nothing, nothing, nothing, nowhere)
    one, several = (
        weigh(evidence, nowhere, given, np.array([0, 0]), np.repeat(np.arange(n), 400 // n)) for n in (1, 4)
    )
    assert one.thresholds == pytest.approx(several.thresholds)
    assert 0.2 < one.thresholds[0] < 0.7


def test_a_rule_that_is_always_right_outweighs_a_model_that_guesses():
    rng = np.random.default_rng(3)
    given = rng.random((400, 2)) < 0.3
    guess = rng.random(given.shape)
    rule = given.copy()
    nothing, nowhere = np.zeros(given.shape), np.zeros((len(given), 0))
    evidence = Evidence(guess, guess, rule, rule, nothing, nothing, nothing, nowhere)
    weighing = weigh(evidence, nowhere, given, np.array([0, 0]), np.repeat(np.arange(8), 50))
    yes = weighing.probabilities(evidence) >= weighing.thresholds
    assert (yes == given).all()
    weight = dict(zip(TERMS, weighing.coefficients.T, strict=True))
    assert (weight["rule_affirmed"] + weight["rule_mentioned"] > np.abs(weight["affirmed"])).all()


def test_what_is_given_only_for_its_place_in_the_talk_is_told():
    rng = np.random.default_rng(4)
    guess, asked = rng.random((2, 600, 1))
    given = guess + asked > 1.2
    nothing, nowhere = np.zeros(given.shape), np.zeros((len(given), 0))
    evidence = Evidence(guess, guess, nothing > 0, nothing > 0, nothing, nothing, asked, nowhere)
    weighing = weigh(evidence, nowhere, given, np.array([0]), np.repeat(np.arange(6), 100))
    affirming = Stance(np.zeros(4), np.ones(1))
    decided = Weighings(weighing, weighing, affirming).decided(evidence)
    assert (decided.given == given).mean() > 0.97
    assert decided.leaning[(guess < 0.4) & decided.given].all()
    assert not decided.leaning[~decided.given].any()
    assert not Weighings(weighing, weighing, affirming).decided(evidence.alone()).leaning.any()
