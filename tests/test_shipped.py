"""The shipped material: transcripts, codebook and reference codings are what the README says."""

import csv
from collections import Counter

import pytest

import focus_analysis as fa

GMINAS = {
    "podkarpackie": "Iwierzyce, Krempna, Krościenko Wyżne, Kuryłówka, Ostrów, Przeworsk, Zarzecze, Świlcza",
    "świętokrzyskie": "Bieliny, Bodzechów, Bogoria, Mirzec, Oksa, Wodzisław, Łoniów, Łopuszno",
}


def test_there_is_one_group_in_each_gmina_of_the_study(shipped):
    found = shipped.sessions.groupby("voivodeship")["gmina"].agg(lambda names: ", ".join(sorted(names)))
    assert found.to_dict() == GMINAS
    assert shipped.sessions["teryt"].str[:6].is_unique


def test_every_transcript_says_that_it_is_invented(shipped):
    assert shipped.sessions["invented"].all()


def test_nothing_in_them_needs_a_look(shipped):
    serious = shipped.findings_in("en").query("severity != 'note'")
    assert serious.empty, serious[["file", "what"]].to_string()


def test_each_has_the_length_of_a_group_talk(shipped):
    sizes = shipped.turns.groupby("session_id").agg(turns=("turn", "size"), words=("n_words", "sum"))
    assert sizes["turns"].between(60, 90).all()
    assert sizes["words"].between(1800, 2800).all()


def test_at_least_five_formats(shipped):
    assert len({name.rsplit(".", 1)[1] for name in shipped.sessions["source"]}) >= 5


def test_no_sentence_is_used_twice(shipped):
    long = shipped.turns[shipped.turns["n_words"] >= 8]["text"].str.lower()
    assert long.is_unique


def test_everybody_in_the_rosters_speaks_and_has_an_institution(shipped):
    people = shipped.speakers.query("role == 'participant'")
    assert people["institution"].notna().all()
    assert (people["n_turns"] > 0).all()
    assert people["in_roster"].all()


def test_the_codebook_has_all_groups_and_two_parents(packaged):
    codes = packaged.codes
    assert dict(Counter(codes["group"])) == {
        "problems": 18,
        "difficulty": 2,
        "cooperation": 4,
        "solutions": 7,
        "institutions": 18,
    }
    assert set(codes["parent"].dropna()) == {"older_people", "families"}


def test_every_word_of_its_patterns_is_a_base_form(shipped, packaged, default_coder, recwarn):
    fa.code(shipped.where(session_id="oksa"), packaged)
    assert [str(warning.message) for warning in recwarn] == []


@pytest.mark.parametrize(("name", "n_sessions"), [("first", 16), ("second", 4)])
def test_reference_codings_fit_the_transcripts_and_the_codebook(name, n_sessions, shipped, packaged):
    with (fa.resource("codebooks") / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    turns = set(zip(shipped.turns["session_id"], shipped.turns["turn"], strict=True))
    assert {(row["session_id"], int(row["turn"])) for row in rows} <= turns
    assert {row["code"] for row in rows} <= set(packaged.codes["code"])
    assert {row["status"] for row in rows} <= {"affirmed", "denied", "hypothetical"}
    assert len({(row["session_id"], row["turn"], row["code"]) for row in rows}) == len(rows)
    assert len({row["session_id"] for row in rows}) == n_sessions
