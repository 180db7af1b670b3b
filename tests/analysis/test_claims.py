"""Facts behind finding sentences: against the claims of the method notes, and the words for k of n."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis.analysis.claims import claim_facts, quantifier
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import CLAIM_FACTS, QUANTIFIERS
from tests.analysis.worked import gminas


@pytest.fixture(scope="module")
def worked():
    return claim_facts(gminas()).set_index(["position", "code"])


def test_the_elderly_come_first_in_a_large_majority(worked):
    """claims_expected.json, the first and the third claim."""
    fact = worked.loc[("first", "elderly")]
    assert fact[["n_strict", "n_tied", "n_groups"]].tolist() == [6, 7, 8]
    assert fact["strict"] == "G1;G2;G4;G6;G7;G8"
    assert fact["tied"] == "G5"
    assert fact["against"] == "G3: alcohol"
    assert [fact["quantifier_strict"], fact["quantifier_tied"]] == ["large_majority", "large_majority"]


def test_unemployment_comes_last_everywhere_only_with_a_tie(worked):
    """claims_expected.json, the second claim; the interval is "cp_7of8" of regions_expected.json."""
    fact = worked.loc[("last", "unemployment")]
    assert fact[["n_strict", "n_tied", "n_groups"]].tolist() == [7, 8, 8]
    assert fact["strict"] == "G1;G2;G3;G4;G5;G6;G7"
    assert [fact["tied"], fact["against"]] == ["G8", ""]
    assert [fact["quantifier_strict"], fact["quantifier_tied"]] == ["large_majority", "all"]
    assert [fact["low"], fact["high"]] == pytest.approx([0.47349, 0.99684], abs=5e-6)


def test_who_was_not_named_where(worked):
    fact = worked.loc[("named", "unemployment")]
    assert fact[["n_strict", "n_tied", "against"]].tolist() == [6, 6, "G2;G5"]


def test_how_often_a_claim_stands_is_the_binomial():
    """Of eight groups drawn from eight, six or more of the six that agree: a binomial of 8 and 6/8."""
    from scipy.stats import binom

    fact = claim_facts(gminas(), draws=20_000).set_index(["position", "code"]).loc[("first", "elderly")]
    assert fact["stands"] == pytest.approx(binom.sf(5, 8, 6 / 8), abs=0.012)


def test_a_claim_of_few_stands_only_where_they_are_as_few():
    from scipy.stats import binom

    fact = claim_facts(gminas(), draws=20_000).set_index(["position", "code"]).loc[("first", "alcohol")]
    assert fact["quantifier_strict"] == "single"
    assert fact["stands"] == pytest.approx(binom.cdf(2, 8, 1 / 8) - binom.pmf(0, 8, 1 / 8), abs=0.012)


def test_a_problem_that_nobody_named_is_a_fact_and_takes_no_place():
    table = claim_facts(gminas().assign(housing=0.0)).set_index(["position", "code"])
    assert table.loc[("named", "housing"), ["n_strict", "n_groups", "quantifier_strict"]].tolist() == [0, 8, "none"]
    assert ("last", "housing") not in table.index


def test_places_among_chosen_codes():
    table = claim_facts(gminas(), among=["alcohol", "violence"]).set_index(["position", "code"])
    assert table.loc[("first", "alcohol"), ["n_strict", "n_tied"]].tolist() == [6, 7]
    assert table.loc[("first", "alcohol"), "against"] == "G6: violence"


def test_each_region_has_its_facts_and_few_groups_have_no_words():
    regions = ["north"] * 5 + ["south"] * 3
    table = claim_facts(gminas(), regions).set_index(["region", "position", "code"])
    north, south = (table.loc[(region, "first", "elderly")] for region in ("north", "south"))
    assert north[["n_strict", "n_groups", "quantifier_strict"]].tolist() == [3, 5, "majority"]
    assert south[["n_strict", "n_groups"]].tolist() == [3, 3]
    assert south[["quantifier_strict", "quantifier_tied", "stands"]].isna().all()


def test_a_group_that_was_not_asked_is_no_counter_example():
    asked = gminas()
    asked.loc["G3", "elderly"] = np.nan
    fact = claim_facts(asked).set_index(["position", "code"]).loc[("first", "elderly")]
    assert fact[["n_strict", "n_tied", "n_groups", "against"]].tolist() == [6, 7, 7, ""]


def test_the_facts_keep_their_schema_and_are_repeatable():
    first, again = (claim_facts(gminas(), seed=3) for _ in range(2))
    assert first.equals(again) and check(first, CLAIM_FACTS).equals(first)


def test_no_group_and_one_group():
    assert claim_facts(pd.DataFrame(columns=["a"], dtype=float))["n_groups"].tolist() == [0]
    one = claim_facts(gminas().iloc[:1]).set_index(["position", "code"]).loc[("first", "elderly")]
    assert one[["n_strict", "n_groups"]].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("k", "n", "word"),
    [
        (8, 8, "all"),
        (36, 40, "almost_all"),
        (39, 40, "almost_all"),
        (7, 8, "large_majority"),
        (6, 8, "large_majority"),
        (5, 8, "majority"),
        (21, 40, "majority"),
        (4, 8, "about_half"),
        (16, 40, "about_half"),
        (2, 5, "about_half"),
        (3, 8, "minority"),
        (5, 40, "minority"),
        (4, 40, "single"),
        (2, 8, "single"),
        (1, 5, "single"),
        (0, 8, "none"),
        (4, 4, None),
    ],
)
def test_the_word_for_k_of_n(k, n, word):
    assert quantifier(k, n) == word


@given(st.integers(5, 60))
def test_words_have_no_holes_and_grow_with_k(n):
    places = [QUANTIFIERS.index(quantifier(k, n)) for k in range(n + 1)]
    assert places == sorted(places, reverse=True)
    assert (places[0], places[-1]) == (len(QUANTIFIERS) - 1, 0)


@pytest.mark.parametrize(("k", "n"), [(9, 8), (-1, 8)])
def test_more_than_all_is_refused(k, n):
    with pytest.raises(ArgumentError, match=f"{k} of {n}"):
        quantifier(k, n)
