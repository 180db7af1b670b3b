"""Easy and hard problems, solutions and who proposes them, counted by hand."""

import pandas as pd
import pytest

from focus_analysis.analysis.difficulty import difficulty
from focus_analysis.analysis.intervals import paired_difference
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.solutions import solution_voices, solutions
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, empty
from focus_analysis.schemas_networks import LINKS
from tests.builders import codes, codings, corpus, group

CODES = pd.concat(
    [
        codes("poverty", "loneliness", "care", parents={"loneliness": "old", "care": "old"}),
        codes("old"),
        codes("easy_to_solve", "hard_to_solve", group="difficulty"),
        codes("bus", "club", group="solutions"),
        codes("gops", "police", group="institutions"),
    ],
    ignore_index=True,
)
WHO = {"R1": "gops", "R2": "police"}
TURNS_OF = ("M: No?", "R1: Tak.", "R2: Nie.", "R3: Może.")


def study():
    """Three gminas, two in one region; R1 speaks in turn 2, R2 in turn 3, R3 in turn 4."""
    places = (("a", "Bieliny", "X"), ("b", "Oksa", "X"), ("c", "Krempna", "Y"))
    return corpus(
        *(group(name, *TURNS_OF, gmina=gmina, voivodeship=region, institutions=WHO) for name, gmina, region in places)
    )


def links(*rows):
    """Links, each (session, turn, problem, other) or with a basis."""
    filled = [
        {
            "session_id": session,
            "turn": turn,
            "problem": problem,
            "other": other,
            "problem_turn": turn,
            "basis": basis[0] if basis else "turn",
            "evidence": None,
            "coder_kind": "human",
        }
        for session, turn, problem, other, *basis in rows
    ]
    return pd.DataFrame(filled, columns=LINKS.names)


EASY, HARD = "easy_to_solve", "hard_to_solve"
LINKED = links(
    *(("a", 2, "poverty", EASY), ("a", 3, "poverty", EASY), ("a", 4, "poverty", HARD)),
    *(("b", 2, "poverty", HARD), ("b", 2, "loneliness", HARD), ("b", 2, "care", HARD, "question")),
    ("c", 2, "poverty", EASY),
)


def row(table, code, gmina=None, region=None, level="leaf"):
    place = table["gmina"].isna() if gmina is None else table["gmina"] == gmina
    if gmina is None:
        place &= table["voivodeship"].isna() if region is None else table["voivodeship"] == region
    return table[place & (table["code"] == code) & (table["level"] == level)].iloc[0]


def test_a_gmina_counts_speakers_and_has_no_interval():
    found = row(difficulty(study(), codings(), CODES, LINKED), "poverty", "Bieliny")
    assert found[["n_easy", "n_hard", "n_both", "n_linked", "n_scope"]].tolist() == [1, 1, 1, 1, 1]
    assert found[["n_easy_speakers", "n_hard_speakers", "n_both_speakers", "n_speakers"]].tolist() == [2, 1, 0, 3]
    assert found["net"] == pytest.approx(1 / 3)
    assert pd.isna(found["low"])
    assert found["interval_kind"] == "none"


def test_the_study_counts_gminas_with_newcombes_interval():
    found = row(difficulty(study(), codings(), CODES, LINKED), "poverty")
    assert found[["n_easy", "n_hard", "n_both", "n_linked", "n_scope"]].tolist() == [2, 2, 1, 3, 3]
    assert found[["net", "low", "high"]].tolist() == pytest.approx(paired_difference(1, 1, 1, 0))


def test_a_region_counts_its_own_gminas():
    found = row(difficulty(study(), codings(), CODES, LINKED), "poverty", region="Y")
    assert found[["n_easy", "n_hard", "n_scope", "net"]].tolist() == [1, 0, 1, 1]


def test_a_parent_counts_a_speaker_once_and_tells_the_bases():
    found = row(difficulty(study(), codings(), CODES, LINKED), "old", level="top")
    assert found[["n_hard_speakers", "n_turn_links", "n_question_links"]].tolist() == [1, 1, 1]


def test_a_problem_that_nobody_calls_easy_or_hard_has_no_position():
    found = row(difficulty(study(), codings(), CODES, links()), "poverty")
    assert found[["n_linked", "n_speakers"]].tolist() == [0, 0]
    assert pd.isna(found["net"])


def test_the_salience_beside_it_is_the_share_that_named_it():
    named = codings(("a", 2, "poverty"), ("a", 3, "poverty"), ("b", 2, "poverty"))
    table = difficulty(study(), named, CODES, LINKED)
    assert row(table, "poverty", "Bieliny")["coverage"] == pytest.approx(2 / 3)
    assert row(table, "poverty", region="X")["coverage"] == pytest.approx((2 / 3 + 1 / 3) / 2)
    assert row(table, "poverty")["coverage"] == pytest.approx((2 / 3 + 1 / 3 + 0) / 3)


def test_what_a_moderator_says_is_not_counted():
    assert row(difficulty(study(), codings(), CODES, links(("a", 1, "poverty", EASY))), "poverty")["n_speakers"] == 0


VOICED = codings(("a", 2, "bus"), ("a", 3, "bus"), ("b", 2, "bus"), ("b", 4, "club"), ("c", 2, "bus", "hypothetical"))
ANSWERS = links(("a", 2, "poverty", "bus"), ("a", 3, "poverty", "bus", "exchange"), ("a", 2, "care", "bus"))


def solution(table, name, problem=None):
    rows = table[table["gmina"].isna() & table["voivodeship"].isna() & (table["solution"] == name)]
    return rows[rows["problem"].isna() if problem is None else rows["problem"] == problem].iloc[0]


def test_a_solution_counts_whatever_it_answers_and_by_what_it_answers():
    table = solutions(study(), VOICED, CODES, ANSWERS)
    assert solution(table, "bus")[["n_gminas", "n_scope", "n_speakers", "n_turns"]].tolist() == [2, 3, 3, 3]
    poverty = solution(table, "bus", "poverty")
    assert poverty[["n_gminas", "n_speakers", "n_turn_links", "n_exchange_links"]].tolist() == [1, 2, 1, 1]
    assert solution(table, "club")["n_turns"] == 1


def test_voices_are_counted_by_institution_with_those_who_could():
    table = solution_voices(study(), VOICED, CODES)
    whole = table[table["gmina"].isna() & table["voivodeship"].isna()].set_index(["institution", "solution"])
    columns = ["n_gminas", "n_opportunities", "n_speakers", "n_present"]
    assert whole.loc[("gops", "bus"), columns].tolist() == [2, 3, 2, 3]
    assert ("police", "club") not in whole.index  # R3, of no known institution, said it


def test_nothing_gives_empty_tables():
    nothing = Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS))
    assert difficulty(nothing, empty(CODINGS), CODES, empty(LINKS)).empty
    assert solutions(nothing, empty(CODINGS), CODES, empty(LINKS)).empty
    assert solution_voices(nothing, empty(CODINGS), CODES).empty


def test_coverage_that_is_at_hand_is_taken():
    given = [salience(study(), codings(), CODES, by=by) for by in ("gmina", "voivodeship")]
    pd.testing.assert_frame_equal(
        difficulty(study(), codings(), CODES, LINKED, given), difficulty(study(), codings(), CODES, LINKED)
    )
    given[0]["estimate"] = 0.25
    found = difficulty(study(), codings(), CODES, LINKED, given)
    assert set(found.loc[found["gmina"].notna() & found["coverage"].notna(), "coverage"]) == {0.25}
