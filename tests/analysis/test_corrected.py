"""Shares and coverage corrected by a sample that people coded."""

import math

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.corrected import corrected
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.validation import plan_validation
from focus_analysis.errors import ArgumentError
from tests.analysis.test_validation import given, long_talk
from tests.builders import codes, codings, corpus, group


@pytest.fixture(scope="module")
def worked():
    """2,000 turns, 300 of them predicted; 100 of each looked at: 78 and 4 are true."""
    human = pd.concat(
        [given(range(2, 80)), given(range(302, 306)), given(range(80, 102), "none"), given(range(306, 402), "none")]
    )
    looked = pd.DataFrame({"turn": [*range(2, 102), *range(302, 402)]})
    chance = np.where(looked["turn"] < 302, 100 / 300, 100 / 1700)
    plan = looked.assign(unit="turn", session_id="s", speaker="R", probability=chance, n_units=2000, seed=0)
    return corpus(long_talk(2000)), given(range(2, 302)), human, plan


def regions(n_sessions=12, seed=1):
    """Gminas of two regions, ten present in each and eight who speak, and what is true of their turns."""
    rng = np.random.default_rng(seed)
    present = tuple(f"R{i}" for i in range(10))
    groups, true = [], []
    for number in range(n_sessions):
        session = f"g{number:02}"
        groups.append(
            group(
                session,
                "M: pytam",
                *[f"R{i % 8}: zdanie {i}" for i in range(40)],
                roster=present,
                gmina=session,
                teryt=f"2604{number:02}2",
                voivodeship="A" if number % 2 else "B",
            )
        )
        true += [
            (session, turn, code) for turn in range(2, 42) for code, p in (("x", 0.06), ("y", 0.15)) if rng.random() < p
        ]
    return corpus(*groups), codings(*true)


def worsened(study, true, rng):
    """Automatic codes with known errors: 60% of the true ones, and 4% of all turns wrongly."""
    kept = true[rng.random(len(true)) < 0.6]
    turns = study.turns[study.turns["role"] == "participant"]
    extra = [(row.session_id, row.turn, code) for row in turns.itertuples() for code in "xy" if rng.random() < 0.04]
    table = pd.concat([kept, codings(*extra)]).drop_duplicates(["session_id", "turn", "code"])
    return table.assign(coder="rules", coder_kind="rule")


def looked_at(plan, true, study):
    """What a faithful coder writes into the sheet of a plan."""
    key = ["session_id", "turn"] if plan["turn"].notna().all() else ["session_id", "speaker"]
    turns = study.turns[["session_id", "turn", "speaker"]].merge(plan[key].drop_duplicates(), on=key)
    seen = true.merge(turns[["session_id", "turn"]], on=["session_id", "turn"])
    rest = turns.merge(
        seen[["session_id", "turn"]].drop_duplicates(), on=["session_id", "turn"], how="left", indicator=True
    )
    none = rest[rest["_merge"] == "left_only"]
    return pd.concat([seen, codings(*((row.session_id, row.turn, "none") for row in none.itertuples()))])


def row_of(table, code="x", **names):
    for name in ("voivodeship", "gmina"):
        table = table[table[name] == names[name]] if name in names else table[table[name].isna()]
    return table.set_index("code").loc[code]


def test_the_share_of_turns_is_that_of_the_worked_example(worked):
    row = row_of(corrected(*worked))
    assert row["naive"] == pytest.approx(0.15)
    assert row["estimate"] == pytest.approx(0.151)
    assert (row["low"], row["high"]) == pytest.approx((0.127908, 0.199449), abs=1e-6)
    assert (row["measure"], row["interval_kind"], row["n_units"], row["n_validated"]) == (
        "prevalence",
        "confidence",
        2000,
        200,
    )


def test_when_all_is_looked_at_the_truth_is_known_without_an_interval():
    study, true = regions()
    coded = worsened(study, true, np.random.default_rng(0))
    for target, unit, right in (
        ("prevalence", "turn", None),
        ("coverage", "speaker", salience(study, true, codes("x", "y"), by="voivodeship")),
    ):
        plan = plan_validation(study, coded, n=10_000, unit=unit)
        table = corrected(study, coded, looked_at(plan, true, study), plan, target)
        assert table["low"].tolist() == pytest.approx(table["estimate"].tolist())
        assert table["high"].tolist() == pytest.approx(table["estimate"].tolist())
        if right is not None:
            leaves = right[right["level"] == "leaf"].set_index(["voivodeship", "code"])["estimate"]
            for region in "AB":
                assert row_of(table, voivodeship=region)["estimate"] == pytest.approx(leaves[region, "x"])
        else:
            share = (true["code"] == "x").sum() / (study.turns["role"] == "participant").sum()
            assert row_of(table)["estimate"] == pytest.approx(share)


def test_the_naive_coverage_is_that_of_salience():
    study, true = regions()
    plan = plan_validation(study, true, n=60, unit="speaker")
    table = corrected(study, true, looked_at(plan, true, study), plan, "coverage")
    naive = salience(study, true, codes("x", "y"), by="voivodeship")
    naive = naive[naive["level"] == "leaf"].set_index(["voivodeship", "code"])["estimate"]
    assert row_of(table, voivodeship="B")["naive"] == pytest.approx(naive["B", "x"])
    assert set(table["denominator"]) == {"roster"}


def test_a_gmina_with_too_few_validated_says_how_many_are_missing():
    study, true = regions()
    plan = plan_validation(study, true, n=30, unit="speaker", seed=2)
    table = corrected(study, true, looked_at(plan, true, study), plan, "coverage", by="gmina")
    assert set(table["gmina"]) == set(study.sessions["gmina"])
    few = table[table["n_missing"] > 0]
    assert len(few)
    assert few[["estimate", "low", "high"]].isna().all(axis=None)
    assert (few["n_missing"] == 8 - few["n_validated"]).all()  # eight speak: all of them would do
    assert set(few["interval_kind"]) == {"none"}


def test_those_who_spoke_are_counted_where_a_roster_is_missing():
    with_roster = group("s", "R1: a", "R2: b", roster=("R1", "R2", "R3"), gmina="Oksa")
    study = corpus(with_roster, group("t", "R1: a", "R2: b", gmina="Łoniów"))
    coded = given([1])
    plan = plan_validation(study, coded, unit="speaker")
    human = pd.concat([given([1]), given([2], "none"), given([1, 2], "none", session="t")])
    table = corrected(study, coded, human, plan, "coverage")
    assert row_of(table)["denominator"] == "spoke"
    assert row_of(table)["estimate"] == pytest.approx((1 / 2 + 0) / 2)
    by_gmina = corrected(study, coded, human, plan, "coverage", by="gmina")
    assert by_gmina.set_index("gmina").loc["Oksa", "estimate"] == pytest.approx(1 / 3)


def test_the_whole_way_covers_the_truth_and_the_naive_share_does_not():
    study, true = regions()
    rng = np.random.default_rng(7)
    truth = salience(study, true, codes("x", "y"), by="gmina")
    truth = truth[truth["level"] == "leaf"].groupby("code")["estimate"].mean()
    coded = worsened(study, true, rng)
    covered, naive = [], []
    for seed in range(10):
        plan = plan_validation(study, coded, n=45, unit="speaker", seed=seed)
        table = corrected(study, coded, looked_at(plan, true, study), plan, "coverage")
        for code in "xy":
            row = row_of(table, code)
            covered.append(row["low"] <= truth[code] <= row["high"])
            naive.append(row["naive"] - truth[code])
    assert np.mean(covered) > 0.88
    assert min(np.abs(naive)) > 0.02


def test_the_plan_must_suit_the_target(worked):
    study, coded, human, plan = worked
    with pytest.raises(ArgumentError, match="needs a plan of speakers; this one is of turn"):
        corrected(study, coded, human, plan, "coverage")
    with pytest.raises(ArgumentError, match="prevalence, coverage; not 'share'"):
        corrected(study, coded, human, plan, "share")
    with pytest.raises(ArgumentError, match="voivodeship, gmina; not 'powiat'"):
        corrected(study, coded, human, plan, by="powiat")


def test_a_code_that_nobody_gave_is_zero_with_an_upper_end(worked):
    row = row_of(corrected(*worked, codes=codes("never")), "never")
    assert (row["naive"], row["estimate"], row["low"]) == (0, 0, 0)
    assert 0 < row["high"] < 0.06
    assert not math.isnan(row["high"])


def family():
    """The same truths with x and y gathered by one parent."""
    return codes("both", "x", "y", parents={"x": "both", "y": "both"})


def test_a_parent_is_right_when_another_of_its_codes_was_meant(worked):
    """The worked example again: the coder says a or b, people say c, and all that is asked is their parent."""
    study, coded, human, plan = worked
    coded = pd.concat([coded.assign(code=np.where(coded["turn"] % 2, "a", "b")), coded.head(50).assign(code="b")])
    coded = coded.drop_duplicates(["turn", "code"])
    human = human.assign(code=human["code"].replace("x", "c"))
    gathered = codes("p", "a", "b", "c", parents=dict.fromkeys("abc", "p"))
    row = row_of(corrected(study, coded, human, plan, codes=gathered), "p")
    assert row["naive"] == pytest.approx(0.15)
    assert (row["estimate"], row["low"], row["high"]) == pytest.approx((0.151, 0.127908, 0.199449), abs=1e-6)


@pytest.mark.parametrize("target", ["prevalence", "coverage"])
def test_a_parent_is_what_one_code_in_place_of_its_codes_would_be(target):
    study, true = regions()
    coded = worsened(study, true, np.random.default_rng(4))
    unit = {"prevalence": "turn", "coverage": "speaker"}[target]
    plan = plan_validation(study, coded, n=60, unit=unit, seed=3)
    human = looked_at(plan, true, study)
    gathered = corrected(study, coded, human, plan, target, codes=family())

    def renamed(table):
        one = table.assign(code=table["code"].replace({"x": "both", "y": "both"}))
        return one.drop_duplicates(["session_id", "turn", "code"])

    plain = corrected(study, renamed(coded), renamed(human), plan, target)
    of_parent = gathered[gathered["code"] == "both"].reset_index(drop=True)
    pd.testing.assert_frame_equal(of_parent, plain[plain["code"] == "both"].reset_index(drop=True))
    leaves = gathered[gathered["code"] != "both"].reset_index(drop=True)
    pd.testing.assert_frame_equal(leaves, corrected(study, coded, human, plan, target))


def test_a_parent_checked_by_counting_each_speaker_once():
    """An oracle in plain loops: Hájek's rates of the two strata, each speaker weighing 1 / (10 present * gminas)."""
    study, true = regions()
    coded = worsened(study, true, np.random.default_rng(4))
    plan = plan_validation(study, coded, n=60, unit="speaker", seed=3)
    row = row_of(corrected(study, coded, looked_at(plan, true, study), plan, "coverage", codes=family()), "both")
    owner = {(turn.session_id, turn.turn): (turn.session_id, turn.speaker) for turn in study.turns.itertuples()}
    said, meant = (
        {owner[one.session_id, one.turn] for one in table.itertuples() if one.code in "xy"} for table in (coded, true)
    )
    chance = {(one.session_id, one.speaker): one.probability for one in plan.itertuples()}
    share = 1 / (10 * study.sessions.shape[0])
    everybody = {who for who in owner.values() if who[1] != "M"}
    expected = 0.0
    for stratum in (everybody & said, everybody - said):
        above = sum(1 / chance[who] for who in stratum if who in chance and who in meant)
        below = sum(1 / chance[who] for who in stratum if who in chance)
        expected += len(stratum) * share * above / below
    assert row["estimate"] == pytest.approx(expected)
    assert row["naive"] == pytest.approx(len(everybody & said) * share)


def test_people_s_codes_merged_into_the_automatic_ones_are_refused(worked):
    study, coded, human, plan = worked
    merged = pd.concat([coded.assign(coder="rules", coder_kind="rule"), human])
    with pytest.raises(ArgumentError, match="partly people's"):
        corrected(study, merged, human, plan)


def test_a_plan_made_before_some_of_the_transcripts_is_refused(worked):
    _, coded, human, plan = worked
    grown = corpus(long_talk(2000), long_talk(10, "t"))
    with pytest.raises(ArgumentError, match=r"out of 2000 turns and the study has 2010; those that came later"):
        corrected(grown, coded, human, plan)
    swapped = corpus(long_talk(390), long_talk(1610, "t"))
    with pytest.raises(ArgumentError, match=r"2000 turns, of which 10 are not in the study any more,.* has 2000;"):
        corrected(swapped, coded, human, plan)
    fewer = corpus(long_talk(1999))
    assert row_of(corrected(fewer, coded, human, plan))["n_units"] == 1999
