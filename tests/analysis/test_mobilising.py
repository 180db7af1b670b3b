"""Problems that bring people together, occasional partners, pairs, and residuals, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.mobilising import hill_number, mobilising_problems
from focus_analysis.analysis.partners import occasional_partners, pairs
from focus_analysis.analysis.residuals import adjusted_residuals, institution_problems
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, empty
from focus_analysis.schemas_networks import LINKS, RELATIONS
from tests.analysis.networks import relations
from tests.analysis.test_difficulty import links
from tests.builders import codes, codings, corpus, group

CODES = pd.concat(
    [
        codes("poverty", "loneliness"),
        codes("easy_to_solve", "hard_to_solve", group="difficulty"),
        codes("bus", group="solutions"),
        codes("occasional_partner", "cooperation_barrier", "information_exchange", group="cooperation"),
        codes("gops", "police", "parish", group="institutions"),
    ],
    ignore_index=True,
)
WHO = {"R1": "gops", "R2": "gops", "R3": "police", "R4": "parish"}
SAID = ("M: No?", "R1: Raz.", "R2: Dwa.", "R3: Trzy.", "R4: Cztery.")


def study(**people):
    """One gmina in each region: turns 2 and 3 are of the GOPS, 4 of the police, 5 of the parish."""
    who = WHO if not people else people["institutions"]
    return corpus(
        group("a", *SAID, gmina="Bieliny", voivodeship="X", institutions=who),
        group("b", *SAID, gmina="Krempna", voivodeship="Y", institutions=who),
    )


def at(table, code, gmina="Bieliny"):
    return table[(table["gmina"] == gmina) & (table["level"] == "leaf")].set_index("code").loc[code]


def whole(table):
    return table[table["gmina"].isna() & table["voivodeship"].isna()]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([1, 1, 1], 3.0),
        ([0.5, 0.5], 2.0),
        ([36, 7], 1.559349),  # exp of the entropy of 36/43 and 7/43
        ([0.2, 0, 0], 1.0),
        ([0, 0], 0.0),
    ],
)
def test_hills_number(shares, expected):
    assert hill_number(np.array(shares, dtype=float)) == pytest.approx(expected, abs=1e-6)


def test_breadth_weighs_types_by_the_share_of_their_people():
    named = codings(("a", 2, "poverty"), ("a", 4, "poverty"))  # 1 of 2 of the GOPS, 1 of 1 of the police
    found = at(mobilising_problems(study(), named, CODES, links()), "poverty")
    q = np.array([1 / 3, 2 / 3])
    assert found["breadth"] == pytest.approx(np.exp(-(q * np.log(q)).sum()))
    assert found[["n_types", "n_types_present", "types"]].tolist() == [2, 3, "gops;police"]
    assert found["breadth_share"] == pytest.approx(found["breadth"] / 3)
    assert found["salience"] == pytest.approx(2 / 4)


def test_what_the_moderator_brought_up_is_not_on_their_own_account():
    named = codings(("a", 1, "poverty", "hypothetical"), ("a", 2, "poverty"))
    found = at(mobilising_problems(study(), named, CODES, links()), "poverty")
    assert found[["n_types", "breadth"]].tolist() == [0, 0]
    assert found["salience"] == pytest.approx(1 / 4)


def test_difficulty_and_solutions_stand_beside_with_their_counts():
    linked = links(
        ("a", 2, "poverty", "easy_to_solve"),
        ("a", 3, "poverty", "hard_to_solve"),
        ("a", 4, "poverty", "bus"),
        ("a", 5, "poverty", "bus", "exchange"),
    )
    found = at(mobilising_problems(study(), codings(("a", 2, "poverty")), CODES, linked), "poverty")
    assert found[["n_easy", "n_hard", "solvable", "n_solutions", "n_solution_speakers"]].tolist() == [1, 1, 0, 1, 2]


def test_a_partner_called_occasional_counts_where_it_named_the_problem_itself():
    coded = codings(("a", 2, "occasional_partner"), ("a", 2, "parish"), ("a", 5, "poverty"), ("a", 2, "loneliness"))
    table = mobilising_problems(study(), coded, CODES, links())
    assert at(table, "poverty")[["n_partners", "partners"]].tolist() == [1, "parish"]
    assert at(table, "loneliness")["n_partners"] == 0


def test_every_criterion_has_its_rank_and_nothing_is_weighed():
    named = codings(("a", 2, "poverty"), ("a", 4, "poverty"), ("a", 4, "loneliness"))
    linked = links(("a", 2, "poverty", "hard_to_solve"), ("a", 4, "loneliness", "easy_to_solve"))
    table = mobilising_problems(study(), named, CODES, linked)
    ranks = ["rank_breadth", "rank_salience", "rank_solvable", "rank_solutions", "undominated"]
    assert at(table, "poverty")[ranks].tolist() == [1, 1, 2, 1.5, True]
    assert at(table, "loneliness")[ranks].tolist() == [2, 2, 1, 1.5, True]


def test_a_problem_worse_in_all_is_dominated():
    named = codings(("a", 2, "poverty"), ("a", 4, "poverty"), ("a", 4, "loneliness"))
    table = mobilising_problems(study(), named, CODES, links())
    assert at(table, "poverty")["undominated"]
    assert not at(table, "loneliness")["undominated"]


def test_without_known_institutions_breadth_is_not_known():
    table = mobilising_problems(study(institutions={}), codings(("a", 2, "poverty")), CODES, links())
    assert pd.isna(at(table, "poverty")["breadth"])
    assert at(table, "poverty")["salience"] == pytest.approx(1 / 4)


def test_pairs_are_the_speakers_institution_and_those_that_the_turn_names():
    coded = codings(
        *(("a", 2, "cooperation_barrier"), ("a", 2, "police"), ("a", 2, "gops")),
        *(("b", 3, "information_exchange", "denied"), ("b", 3, "police"), ("b", 4, "information_exchange")),
    )
    table = whole(pairs(study(), coded, CODES))
    assert table[
        ["source", "target", "about", "n_gminas", "n_opportunities", "n_scope", "n_turns"]
    ].to_numpy().tolist() == [
        ["gops", "police", "barrier", 1, 2, 2, 1],
        ["gops", "police", "information_blocked", 1, 2, 2, 1],
    ]


def test_occasional_partners_are_those_named_or_else_the_speakers_own():
    coded = codings(
        *(("a", 2, "occasional_partner"), ("a", 2, "parish")),
        *(("b", 5, "occasional_partner"), ("b", 4, "occasional_partner"), ("b", 4, "police")),
    )
    told = relations(("a", "gops", "parish"))
    table = whole(occasional_partners(study(), coded, CODES, told)).set_index("institution")
    columns = ["n_gminas", "n_present", "n_tied", "only_occasional", "n_turns"]
    assert table.loc["parish", columns].tolist() == [2, 2, 1, False, 2]
    assert table.loc["police", columns].tolist() == [1, 2, 0, True, 1]


def test_of_several_named_the_one_in_the_words_that_were_coded_is_meant():
    coded = codings(("a", 2, "occasional_partner"), ("a", 2, "parish"), ("a", 2, "police"))
    coded[["start", "end"]] = [[0, 10], [3, 6], [30, 36]]
    assert whole(occasional_partners(study(), coded, CODES, relations()))["institution"].tolist() == ["parish"]


COUNTS = pd.DataFrame(
    [[3, 1, 2], [2, 3, 0], [1, 0, 4]],
    index=["OPS", "Policja", "Szkola"],
    columns=["elderly", "violence", "alcohol"],
)


def test_adjusted_residuals_worked_by_hand():
    residuals, expected = adjusted_residuals(COUNTS)
    assert expected.to_numpy().tolist() == [[2.25, 1.5, 2.25], [1.875, 1.25, 1.875], [1.875, 1.25, 1.875]]
    worked = [[0.8, -0.596285, -0.266667], [0.139262, 2.179797, -2.088932], [-0.974835, -1.556998, 2.367456]]
    np.testing.assert_allclose(residuals, worked, atol=1e-6)


def test_a_margin_that_is_empty_has_no_residual():
    residuals, _ = adjusted_residuals(pd.DataFrame([[1, 0], [2, 0]]))
    assert residuals.isna().all(axis=None)
    with pytest.raises(ArgumentError, match="counts"):
        adjusted_residuals(pd.DataFrame([[-1, 2]]))


def test_who_names_what_is_counted_in_gminas():
    named = codings(("a", 2, "poverty"), ("a", 3, "poverty"), ("b", 2, "poverty"), ("b", 4, "loneliness"))
    table = whole(institution_problems(study(), named, CODES)).set_index(["institution", "code"])
    assert table.loc[("gops", "poverty"), ["n_gminas", "n_opportunities"]].tolist() == [2, 2]
    assert table.loc[("parish", "loneliness"), ["n_gminas", "n_opportunities"]].tolist() == [0, 2]


def test_nothing_gives_empty_tables():
    nothing = Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS))
    none = empty(CODINGS)
    assert mobilising_problems(nothing, none, CODES, empty(LINKS)).empty
    assert pairs(nothing, none, CODES).empty
    assert occasional_partners(nothing, none, CODES, empty(RELATIONS)).empty
    assert institution_problems(nothing, none, CODES).empty
