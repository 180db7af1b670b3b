"""Salience of one gmina: small studies worked by hand."""

import pandas as pd
import pytest
from scipy.stats import rankdata

from focus_analysis.analysis.salience import salience
from focus_analysis.errors import ArgumentError, SchemaError
from focus_analysis.schemas import CODINGS, ESTIMATES, check, empty
from tests.builders import codes, codings, corpus, group

FOUR = ("R1", "R2", "R3", "R4")
TURNS = ("M: Słucham.", "R1: Tak.", "R2: Nie.", "R1: Tak.", "R3: Może.")  # R4 is present and silent
OKSA = group("oksa", *TURNS, roster=FOUR, gmina="Oksa", voivodeship="świętokrzyskie")
CODES = codes("poverty", "alcohol", "transport", "housing")


def of(table, code, level="leaf"):
    """The row of one code."""
    rows = table[(table["code"] == code) & (table["level"] == level)]
    assert len(rows) == 1
    return rows.iloc[0]


def counts(table, code, level="leaf"):
    row = of(table, code, level)
    return int(row["n_named"]), int(row["n_denied"]), int(row["n_participants"])


def test_coverage_is_the_share_of_those_present_who_affirmed_the_code():
    found = codings(("oksa", 2, "poverty"), ("oksa", 3, "poverty"), ("oksa", 5, "poverty"), ("oksa", 3, "alcohol"))
    table = salience(corpus(OKSA), found, CODES)
    assert [of(table, code)["estimate"] for code in CODES["code"]] == [0.75, 0.25, 0, 0]
    assert counts(table, "poverty") == (3, 0, 4)


def test_naming_it_often_counts_once():
    found = codings(("oksa", 2, "poverty"), ("oksa", 2, "poverty"), ("oksa", 4, "poverty"))
    assert counts(salience(corpus(OKSA), found, CODES), "poverty") == (1, 0, 4)


def test_a_code_that_nobody_named_is_zero_and_tied_last():
    found = codings(("oksa", 2, "poverty"), ("oksa", 3, "poverty"), ("oksa", 3, "alcohol"))
    table = salience(corpus(OKSA), found, CODES)
    assert [of(table, code)["rank"] for code in CODES["code"]] == [1, 2, 3.5, 3.5]
    last = of(table, "housing")
    assert (last["estimate"], last["n_named"], last["rank_low"], last["rank_high"]) == (0, 0, 3, 4)


def test_ranks_are_those_of_scipy():
    found = codings(
        *(("oksa", turn, code) for turn, code in [(2, "alcohol"), (3, "alcohol"), (5, "poverty"), (5, "housing")])
    )
    table = salience(corpus(OKSA), found, CODES)
    leaves = table[table["level"] == "leaf"]
    assert leaves["rank"].tolist() == rankdata(-leaves["estimate"]).tolist()


@pytest.mark.parametrize("statuses", [("affirmed", "denied"), ("denied", "affirmed"), ("hypothetical", "affirmed")])
def test_affirmed_beats_denied_and_hypothetical_in_a_turn_and_across_turns(statuses):
    first, second = statuses
    for turns in ((2, 2), (2, 4)):
        found = codings(("oksa", turns[0], "poverty", first), ("oksa", turns[1], "poverty", second))
        assert counts(salience(corpus(OKSA), found, CODES), "poverty") == (1, 0, 4)


def test_denied_beats_hypothetical_and_is_counted_apart():
    found = codings(("oksa", 2, "poverty", "hypothetical"), ("oksa", 4, "poverty", "denied"), ("oksa", 3, "poverty"))
    assert counts(salience(corpus(OKSA), found, CODES), "poverty") == (1, 1, 4)


def test_what_is_only_hypothetical_counts_nowhere():
    found = codings(("oksa", 2, "poverty", "hypothetical"))
    assert counts(salience(corpus(OKSA), found, CODES), "poverty") == (0, 0, 4)


def test_the_moderator_counts_neither_above_nor_below_the_line():
    found = codings(("oksa", 1, "poverty"), ("oksa", 1, "alcohol", "denied"))
    table = salience(corpus(OKSA), found, CODES)
    assert counts(table, "poverty") == (0, 0, 4)
    assert counts(table, "alcohol") == (0, 0, 4)


def test_a_parent_counts_a_speaker_once_and_is_ranked_with_codes_that_have_none():
    families = codes(
        "families", "violence", "quarrels", "poverty", parents={"violence": "families", "quarrels": "families"}
    )
    found = codings(
        ("oksa", 2, "violence"),
        ("oksa", 4, "quarrels"),
        ("oksa", 3, "quarrels"),
        ("oksa", 5, "violence", "denied"),
        ("oksa", 2, "poverty"),
    )
    table = salience(corpus(OKSA), found, families)
    assert counts(table, "families", "top") == (2, 1, 4)
    assert set(table.loc[table["level"] == "leaf", "code"]) == {"violence", "quarrels", "poverty"}
    assert set(table.loc[table["level"] == "top", "code"]) == {"families", "poverty"}
    assert [of(table, code, "top")["rank"] for code in ("families", "poverty")] == [1, 2]
    assert [of(table, code)["rank"] for code in ("quarrels", "violence", "poverty")] == [1, 2.5, 2.5]


def test_who_affirms_one_child_and_denies_another_has_affirmed_the_parent():
    families = codes("families", "violence", "quarrels", parents={"violence": "families", "quarrels": "families"})
    found = codings(("oksa", 2, "violence", "denied"), ("oksa", 4, "quarrels"))
    assert counts(salience(corpus(OKSA), found, families), "families", "top") == (1, 0, 4)


def test_codes_of_another_group_are_not_ranked():
    both = pd.concat([codes("poverty"), codes("gops", group="institutions").assign(order=2)])
    table = salience(corpus(OKSA), codings(("oksa", 2, "gops"), ("oksa", 2, "poverty")), both)
    assert set(table["code"]) == {"poverty"}
    assert counts(salience(corpus(OKSA), codings(("oksa", 2, "gops")), both, group="institutions"), "gops") == (1, 0, 4)


def test_speakers_outside_the_roster_are_not_counted():
    study = corpus(group("oksa", "M: Tak?", "R1: Tak.", "Gość: Tak.", roster=("R1", "R2"), gmina="Oksa"))
    found = codings(("oksa", 2, "poverty"), ("oksa", 3, "poverty"), ("oksa", 3, "alcohol", "denied"))
    table = salience(study, found, CODES)
    assert counts(table, "poverty") == (1, 0, 2)
    assert counts(table, "alcohol") == (0, 0, 2)
    assert set(table["denominator"]) == {"roster"}


def test_without_a_roster_those_who_spoke_are_counted():
    study = corpus(group("oksa", *TURNS, gmina="Oksa"))
    table = salience(study, codings(("oksa", 2, "poverty"), ("oksa", 3, "poverty")), CODES)
    assert counts(table, "poverty") == (2, 0, 3)
    assert of(table, "poverty")["estimate"] == pytest.approx(2 / 3)
    assert set(table["denominator"]) == {"spoke"}


def test_without_roles_the_measures_are_missing_and_stay_out_of_the_ranking():
    study = corpus(OKSA, group("świlcza", *TURNS, roles_known=False, gmina="Świlcza"))
    table = salience(study, codings(("świlcza", 2, "poverty"), ("oksa", 2, "poverty")), CODES)
    unknown = table[table["gmina"] == "Świlcza"]
    assert len(unknown) == 8
    missing = ["estimate", "n_named", "n_denied", "n_participants", "rank", "rank_low", "rank_high"]
    assert unknown[missing].isna().all(axis=None)
    assert table.loc[table["gmina"] == "Oksa", "estimate"].notna().all()


def test_several_sessions_of_a_gmina_are_pooled_and_their_rosters_added():
    study = corpus(
        group("oksa-1", "M: ?", "R1: Tak.", "R2: Tak.", roster=("R1", "R2", "R3"), gmina="Oksa"),
        group("oksa-2", "M: ?", "R1: Tak.", roster=("R1", "R2"), gmina="Oksa"),
    )
    found = codings(("oksa-1", 2, "poverty"), ("oksa-1", 3, "alcohol"), ("oksa-2", 2, "poverty"))
    table = salience(study, found, CODES)
    assert len(table) == 2 * 4
    assert counts(table, "poverty") == (2, 0, 5)
    assert counts(table, "alcohol") == (1, 0, 5)
    assert set(table["n_sessions"]) == {2}


def test_the_key_of_a_gmina_is_six_digits_of_its_code():
    study = corpus(
        group("a", "M: ?", "R1: Tak.", roster=("R1",), gmina="Oksa", teryt="2602052"),
        group("b", "M: ?", "R1: Tak.", roster=("R1", "R2"), gmina="Oksa", teryt="2602053"),
        group("c", "M: ?", "R1: Tak.", roster=("R1",), gmina="Oksa", teryt="1234562"),
    )
    table = salience(study, codings(), codes("poverty"))
    assert table.loc[table["level"] == "leaf", ["n_participants", "n_sessions"]].to_numpy().tolist() == [[3, 2], [1, 1]]


def test_sessions_of_a_gmina_with_and_without_a_roster_are_counted_by_who_spoke():
    study = corpus(
        group("a", "M: ?", "R1: Tak.", roster=("R1", "R2", "R3"), gmina="Oksa"),
        group("b", "M: ?", "R1: Tak.", "R2: Tak.", gmina="Oksa"),
    )
    table = salience(study, codings(("a", 2, "poverty")), CODES)
    assert counts(table, "poverty") == (1, 0, 3)
    assert set(table["denominator"]) == {"spoke"}


def test_a_session_without_roles_is_left_out_of_a_gmina_where_roles_are_known():
    study = corpus(OKSA, group("oksa-2", "A: Tak.", "B: Tak.", roles_known=False, gmina="Oksa"))
    table = salience(study, codings(("oksa", 2, "poverty"), ("oksa-2", 1, "poverty")), CODES)
    assert counts(table, "poverty") == (1, 0, 4)
    assert set(table["n_sessions"]) == {1}


def test_a_session_of_unknown_place_stands_under_its_own_name():
    table = salience(
        corpus(OKSA, group("nagranie-7", "M: ?", "R1: Tak.")), codings(("nagranie-7", 2, "poverty")), CODES
    )
    row = table[(table["gmina"] == "nagranie-7") & (table["code"] == "poverty")].iloc[0]
    assert row[["estimate", "n_participants"]].tolist() == [1, 1]
    assert pd.isna(row["teryt"])


def test_codings_that_were_never_made_leave_every_code_at_zero():
    table = salience(corpus(OKSA), codings(), CODES)
    assert table["estimate"].tolist() == [0] * 8
    assert set(table["rank"]) == {2.5}


@pytest.mark.parametrize("by", ["gmina", "voivodeship"])
def test_an_empty_corpus_gives_an_empty_table(by):
    table = salience(corpus(), empty(CODINGS), CODES, by=by)
    assert table.empty
    assert list(table.columns) == ESTIMATES.names


def test_codings_without_a_row_are_as_good_as_any():
    assert salience(corpus(OKSA), empty(CODINGS), CODES)["n_named"].tolist() == [0] * 8


@pytest.mark.parametrize("by", ["gmina", "voivodeship"])
def test_the_table_keeps_its_schema(by):
    table = salience(corpus(OKSA), codings(("oksa", 2, "poverty")), CODES, by=by)
    assert check(table, ESTIMATES).equals(table)
    assert set(table["measure"]) == {"coverage"}
    assert set(table["interval_kind"]) == {"none"}


def test_the_kinds_of_coders_are_named():
    found = codings(("oksa", 2, "poverty"), ("oksa", 3, "poverty"))
    found["coder_kind"] = ["rule", "human"]
    assert set(salience(corpus(OKSA), found, CODES)["coder_kind"]) == {"human;rule"}


def test_nothing_given_is_changed():
    study, found, known = corpus(OKSA), codings(("oksa", 2, "poverty")), CODES.copy()
    before = [study.sessions, study.speakers, study.turns, found.copy()]
    salience(study, found, known)
    assert all(a.equals(b) for a, b in zip(before, [study.sessions, study.speakers, study.turns, found], strict=True))
    assert known.equals(CODES)


@pytest.mark.parametrize(
    ("wrong", "allowed"), [({"by": "powiat"}, "gmina, voivodeship"), ({"group": "problemy"}, "problems")]
)
def test_an_unknown_argument_is_refused_and_the_allowed_are_named(wrong, allowed):
    with pytest.raises(ArgumentError, match=allowed):
        salience(corpus(OKSA), codings(), CODES, **wrong)


def test_tables_that_break_their_schema_are_refused():
    with pytest.raises(SchemaError, match="status"):
        salience(corpus(OKSA), codings(("oksa", 2, "poverty", "maybe")), CODES)
    with pytest.raises(SchemaError, match="columns missing"):
        salience(corpus(OKSA), pd.DataFrame(columns=CODINGS.names[1:]), CODES)


# Worked example of the method notes (oracles salience_transcript.csv and salience_expected.json, "speaker_coverage"):
# extensiveness after Krueger and Casey. Columns: turn, speaker, codes. S5 says nothing of most codes and still counts.
WORKED_EXAMPLE = """
1 M
2 S1 elderly
3 S2 alcohol
4 S1 elderly disability
5 S3 violence alcohol
6 M unemployment
7 S4 unemployment
8 S1 elderly
9 S2 elderly
10 S5
11 M violence
12 S3 violence
13 S4 unemployment alcohol
14 S5 elderly
"""
EXPECTED_COVERAGE = {"elderly": 0.6, "alcohol": 0.6, "violence": 0.2, "disability": 0.2, "unemployment": 0.2}


def test_the_worked_example_of_the_method_notes():
    lines = [line.split() for line in WORKED_EXAMPLE.strip().splitlines()]
    study = corpus(group("przykład", *(f"{speaker}: mowa" for _, speaker, *_ in lines), gmina="Oksa"))
    found = codings(*(("przykład", int(turn), code) for turn, _, *named in lines for code in named))
    table = salience(study, found, codes(*EXPECTED_COVERAGE))
    leaves = table[table["level"] == "leaf"].set_index("code")["estimate"]
    assert leaves.to_dict() == pytest.approx(EXPECTED_COVERAGE)
