"""Terms that mark coded turns off from the rest."""

import pytest

from focus_analysis.coding.rules import code
from focus_analysis.errors import ArgumentError
from focus_analysis.refine import COLUMNS, suggest_terms
from tests.builders import codebook, codings, corpus, group

LONELY = ("Samotna babka siedzi w chałupie cały dzień.", "Samotny dziadek w chałupie siedzi i czeka.")
OTHER = ("Szkoła dobrze uczy dzieci w gminie.", "Droga jest i autobus jeździ.", "Chałupa stoi przy drodze.")
STUDY = corpus(
    *(
        group(name, "M: Chałupa?", f"R1: {LONELY[n % 2]}", *(f"R{k}: {text}" for k, text in enumerate(OTHER, 2)))
        for n, name in enumerate("abcd")
    )
)


BOOK = codebook({"lonely": ["samotny"]})


@pytest.fixture
def coded():
    return code(STUDY, BOOK)


def test_what_stands_in_coded_turns_comes_first_counted_by_speakers(coded):
    found = suggest_terms(STUDY, coded, "lonely")
    assert list(found.columns) == COLUMNS
    assert found["term"][0] == "siedzieć"
    row = found.set_index("term").loc["chałupa"]
    assert (row["n_coded"], row["n_other"]) == (4, 4)
    assert found["z"].is_monotonic_decreasing
    assert (found["z"] > 0).all()


def test_one_speaker_who_says_it_often_counts_once():
    study = corpus(
        *(group(name, "R1: Samotny kot kot kot.", "R2: Ale pies.") for name in "ab"),
        *(group(name, "R1: Samotny i pies.", "R2: Dobrze.") for name in "cd"),
    )
    found = suggest_terms(study, code(study, codebook({"lonely": ["samotny"]})), "lonely", min_speakers=1)
    assert found.set_index("term")["n_coded"]["kot"] == 2


def test_what_is_marked_already_and_what_everybody_says_is_left_out(coded):
    terms = set(suggest_terms(STUDY, coded, "lonely", min_speakers=1)["term"])
    assert "samotny" not in terms
    everybody = corpus(*(group(name, "R1: Samotny kot i pies.", "R2: I dom, i las.") for name in "abc"))
    found = suggest_terms(everybody, code(everybody, codebook({"lonely": ["samotny"]})), "lonely")
    assert "i" not in set(found["term"])
    assert {"kot", "pies"} <= set(found["term"])


def test_lines_show_the_term_in_coded_turns_and_elsewhere_one_a_speaker(coded):
    row = suggest_terms(STUDY, coded, "lonely").set_index("term").loc["chałupa"]
    assert row["coded_lines"][0] == "a 2 R1: Samotna babka siedzi w [chałupie] cały dzień."
    assert row["other_lines"][0] == "a 5 R4: [Chałupa] stoi przy drodze."
    assert len(row["coded_lines"]) == len(row["other_lines"]) == 2
    said = "R1: Samotny " + "tak dalej " * 20 + "kot " + "i tak " * 20
    long = corpus(*(group(name, said, "R2: Tak i dalej.") for name in "abc"))
    found = suggest_terms(long, code(long, codebook({"lonely": ["samotny"]})), "lonely")
    line = found.set_index("term")["coded_lines"]["dalej kot"][0]
    assert line.startswith("a 1 R1: …")
    assert line.endswith("tak…")


def test_moderators_are_not_heard(coded):
    row = suggest_terms(STUDY, coded, "lonely").set_index("term").loc["chałupa"]
    assert not any(" M: " in line for line in (*row["coded_lines"], *row["other_lines"]))


def test_as_many_as_asked_for(coded):
    assert len(suggest_terms(STUDY, coded, "lonely", n=2, lines=1)) == 2


def test_the_order_is_the_same_in_every_run(coded):
    assert suggest_terms(STUDY, coded, "lonely").equals(suggest_terms(STUDY, coded, "lonely"))


def test_a_code_that_no_turn_has_is_refused(coded):
    with pytest.raises(ArgumentError, match="'poverty'; the codings have: lonely"):
        suggest_terms(STUDY, coded, "poverty")


@pytest.mark.parametrize(("given", "fewest"), [(codings(("a", 1, "lonely")), 3), (code(STUDY, BOOK), 99)])
def test_where_no_term_is_left_as_of_a_code_that_only_a_moderator_named_it_is_said(given, fewest):
    with pytest.warns(UserWarning, match="min_speakers"):
        found = suggest_terms(STUDY, given, "lonely", min_speakers=fewest)
    assert found.empty
    assert list(found.columns) == COLUMNS
