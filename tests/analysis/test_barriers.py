"""Kinds of barriers counted by hand: who tells of them, of whom, and what answers them."""

import pandas as pd

from focus_analysis.analysis.barriers import barrier_answers, barrier_counts
from focus_analysis.schemas_networks import BARRIERS, LINKS
from tests.builders import codes, codings, corpus, group

ROOM = {"R1": "gops", "R2": "police"}
CODES = pd.concat([codes("gops", "police", "court", group="institutions"), codes("bus", group="solutions")])
STUDY = corpus(
    group("a", "R1: x", "R2: x", "R1: x", institutions=ROOM, voivodeship="X", gmina="A"),
    group("b", "R1: x", "R2: x", "R2: x", institutions=ROOM, voivodeship="X", gmina="B"),
    group("c", "R1: x", institutions={"R1": None}, voivodeship="X", gmina="C"),
)


def told(*found):
    filled = [
        {"session_id": session, "turn": turn, "kind": kind, "start": 0, "end": 1, "coder_kind": "rule"}
        for session, turn, kind in found
    ]
    return pd.DataFrame(filled, columns=BARRIERS.names)


SAID = told(("a", 1, "staff"), ("a", 2, "staff"), ("a", 1, "money"), ("b", 2, "staff"), ("c", 1, "staff"))
NAMED = codings(("a", 1, "court"), ("a", 1, "gops"), ("b", 2, "court"))


def study_row(table, **wanted):
    shown = table[table["gmina"].isna() & table["voivodeship"].isna()]
    for name, value in wanted.items():
        shown = shown[shown[name].isna() if value is None else shown[name] == value]
    return shown[["n_gminas", "n_opportunities", "n_scope", "n_speakers", "n_turns"]].to_numpy().tolist()


def test_gminas_and_people_are_counted_once_whoever_speaks():
    table = barrier_counts(STUDY, NAMED, CODES, SAID)
    assert study_row(table, source=None, target=None, kind="staff") == [[3, 3, 3, 4, 4]]
    assert study_row(table, source=None, target=None, kind="money") == [[1, 3, 3, 1, 1]]


def test_an_institution_is_counted_where_it_took_part_and_never_with_itself():
    table = barrier_counts(STUDY, NAMED, CODES, SAID)
    assert study_row(table, source="police", target=None, kind="staff") == [[2, 2, 3, 2, 2]]
    assert study_row(table, source="gops", target="court", kind="staff") == [[1, 2, 3, 1, 1]]
    assert study_row(table, source="police", target="court", kind="staff") == [[1, 2, 3, 1, 1]]
    assert study_row(table, source="gops", target="gops") == []


def test_a_solution_answers_the_kinds_of_the_turn_that_names_the_barrier():
    linked = [
        ("a", 3, "cooperation_barrier", "bus", 1),
        ("b", 3, "cooperation_barrier", "bus", 2),
        ("a", 3, "poverty", "bus", 2),
    ]
    links = pd.DataFrame(
        [
            {"session_id": session, "turn": turn, "problem": problem, "other": other, "problem_turn": problem_turn}
            | {"basis": "exchange", "coder_kind": "rule"}
            for session, turn, problem, other, problem_turn in linked
        ],
        columns=LINKS.names,
    )
    table = barrier_answers(STUDY, CODES, SAID, links)
    whole = table[table["gmina"].isna() & table["voivodeship"].isna()].set_index("kind")
    assert whole.loc["staff", ["solution", "n_gminas", "n_scope", "n_speakers", "n_turns"]].tolist() == [
        "bus",
        2,
        3,
        2,
        2,
    ]
    assert whole.loc["money", ["n_gminas", "n_turns"]].tolist() == [1, 1]


def test_nothing_told_gives_empty_tables():
    nothing = told()
    assert barrier_counts(STUDY, NAMED, CODES, nothing).empty
    assert barrier_answers(STUDY, CODES, nothing, pd.DataFrame(columns=LINKS.names)).empty
