"""Words and phrases by dictionary form, with their places."""

from focus_analysis.coding.terms import COLUMNS, term_uses
from tests.builders import codings, corpus, group, one_turn

STUDY = corpus(
    group("a", "M: Samotni?", "R1: Samotnych starców, bez rodziny.", "R2: Dobrze."), group("b", "R1: Nie mamy nic.")
)


def uses(study=STUDY, given=(("a", 2, "lonely"),)):
    return term_uses(study, codings(*given), "lonely")


def test_words_and_phrases_stand_by_dictionary_form_and_punctuation_parts_them():
    found = uses()
    assert list(found.columns) == COLUMNS
    words = found[(found["session_id"] == "a") & (found["turn"] == 2)]
    assert words[words["n_words"] == 1]["term"].tolist() == ["samotny", "starzec", "bez", "rodzina"]
    assert words[words["n_words"] == 2]["term"].tolist() == ["samotny starzec", "bez rodzina"]


def test_offsets_cut_the_use_out_of_the_text():
    found = uses()
    text = STUDY.turns["text"][1]
    row = found[found["term"] == "samotny starzec"].iloc[0]
    assert text[row["start"] : row["end"]] == "Samotnych starców"


def test_what_a_moderator_says_is_left_out():
    assert set(zip(uses()["session_id"], uses()["turn"], strict=True)) == {("a", 2), ("a", 3), ("b", 1)}


def test_uses_in_coded_turns_and_within_a_coding_are_told():
    given = codings(("a", 2, "lonely")).assign(start=0, end=9)
    found = term_uses(STUDY, given, "lonely")
    assert found.loc[found["coded"], "turn"].unique().tolist() == [2]
    assert found.loc[found["marked"], "term"].tolist() == ["samotny"]


def test_a_form_of_several_words_counts_for_the_one_that_more_speakers_use():
    study = corpus(group("a", "R1: Mamy.", "R2: Mieli.", "R3: Mieć nie.", "R4: Nie ich."))
    found = uses(study)
    assert found.loc[found["n_words"] == 1, "term"].tolist() == ["mieć", "mieć", "mieć", "nie", "nie", "on"]


def test_a_turn_of_one_word_has_no_phrase():
    assert uses(one_turn("Bieda."))["n_words"].tolist() == [1]
    assert uses(one_turn("…")).empty
