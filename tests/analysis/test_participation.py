"""Who took part, by gmina and institution."""

import pytest

from focus_analysis.analysis.participation import attendance, participation
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import SESSIONS, SPEAKERS, TURNS, empty
from tests.builders import codes, corpus, group

ROOM = codes("gops", "police", "parish", group="institutions")
WHO = {"R1": "gops", "R2": "police", "R3": "police"}


def study():
    return corpus(
        group("a", "M: No?", "R1: Tak jest.", "R2: Tak.", gmina="Bieliny", voivodeship="X", institutions=WHO),
        group("b", "M: No?", "R1: Nie.", gmina="Oksa", voivodeship="X", institutions=WHO),
        group("c", "M: No?", "R9: Nie.", gmina="Krempna", voivodeship="Y"),
    )


def cell(table, gmina, institution):
    return table[(table["gmina"] == gmina) & (table["institution"] == institution)].iloc[0]


def test_a_cell_counts_those_of_an_institution():
    police = cell(participation(study(), ROOM), "Bieliny", "police")
    assert police[["present", "spoke"]].tolist() == [True, True]
    assert police[["n_speakers", "n_turns", "n_words", "n_participants", "n_unknown"]].tolist() == [1, 1, 1, 2, 0]


def test_an_institution_of_the_codebook_that_took_part_nowhere_has_its_rows():
    table = participation(study(), ROOM)
    assert len(table) == 9
    assert not table.loc[table["institution"] == "parish", "present"].any()


def test_without_a_codebook_the_institutions_are_those_of_the_speakers():
    assert set(participation(study())["institution"]) == {"gops", "police"}


def test_who_is_in_the_roster_and_silent_is_present_and_did_not_speak():
    one = corpus(group("a", "M: No?", "R1: Tak.", roster=("R1", "R3"), gmina="Bieliny", institutions=WHO))
    police = cell(participation(one, ROOM), "Bieliny", "police")
    assert police[["present", "spoke", "n_speakers"]].tolist() == [True, False, 1]


def test_several_groups_in_a_gmina_are_pooled():
    turns = ("M: No?", "R1: Tak.")
    both = corpus(*(group(name, *turns, gmina="Bieliny", institutions=WHO) for name in ("a", "b")))
    row = cell(participation(both, ROOM), "Bieliny", "gops")
    assert row[["n_speakers", "session_ids"]].tolist() == [2, "a;b"]


def test_attendance_counts_gminas_in_which_somebody_is_known():
    table = attendance(participation(study(), ROOM)).set_index(["voivodeship", "institution"])
    assert table.loc[("X", "gops")].tolist() == [2, 2, 2, True, False]
    assert table.loc[("X", "police")].tolist() == [1, 1, 2, False, False]
    assert "Y" not in table.index.get_level_values(0)


def test_a_gmina_where_nobody_is_known_says_so():
    table = participation(study(), ROOM)
    krempna = table[table["gmina"] == "Krempna"]
    assert not krempna["known"].any()
    assert (krempna["n_unknown"] == 1).all()


@pytest.mark.parametrize("known", [None, ROOM])
def test_an_empty_corpus_gives_empty_tables(known):
    nothing = participation(Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS)), known)
    assert nothing.empty
    assert attendance(nothing).empty
