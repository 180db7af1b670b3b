"""Words in their context."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.coding.concordance import kwic, with_words
from focus_analysis.errors import ArgumentError
from tests.builders import codebook, codings, corpus, group, one_turn
from tests.coding import reference

COLUMNS = ["session_id", "turn", "speaker", "role", "left", "match", "right", "start"]


def test_every_form_of_a_word_is_found_with_what_stands_around_it():
    study = corpus(group("oksa", "M: Kto jest samotny?", "R1: Dużo jest samotnych, bardzo starych ludzi we wsi."))
    found = kwic(study, "samotny", window=2)
    assert list(found.columns) == COLUMNS
    assert found.to_dict("records") == [
        dict(zip(COLUMNS, ("oksa", 1, "M", "moderator", "Kto jest ", "samotny", "", 9), strict=True)),
        dict(
            zip(
                COLUMNS,
                ("oksa", 2, "R1", "participant", "Dużo jest ", "samotnych", ", bardzo starych", 10),
                strict=True,
            )
        ),
    ]


@pytest.mark.parametrize(
    ("window", "left", "right"),
    [(0, "", ""), (1, "o ", " bo"), (2, "mówi o ", " bo wstyd"), (50, "Nikt nie mówi o ", " bo wstyd")],
)
def test_the_window_is_counted_in_words_and_ends_with_the_turn(window, left, right):
    row = kwic(one_turn("Nikt nie mówi o biedzie bo wstyd."), "bieda", window=window).iloc[0]
    assert (row["left"], row["match"], row["right"]) == (left, "biedzie", right)


def test_phrases_alternatives_and_acronyms_are_written_as_in_a_codebook():
    study = one_turn("Stary człowiek poszedł do GOPS-u, starszych, ludzi tam dużo.")
    assert kwic(study, "stary człowiek")["match"].tolist() == ["Stary człowiek"]
    assert kwic(study, "GOPS|=tam")["match"].tolist() == ["GOPS-u", "tam"]


def test_lists_of_a_codebook_may_be_named():
    book = codebook({"lonely": ["sam"]}).model_copy(update={"lists": {"elder": ("babcia", "starszy pan")}})
    study = one_turn("Starsza pani? Nie, starszy pan jest sam.")
    assert kwic(study, "@elder near sam", codebook=book)["match"].tolist() == ["starszy pan jest sam"]
    with pytest.raises(ArgumentError, match="elder"):
        kwic(study, "@elder near sam")
    with pytest.raises(ArgumentError, match="codebook"):
        kwic(study, "@elder", codebook="codebook.yaml")


def test_codings_are_shown_with_who_spoke_and_their_words():
    study = corpus(group("oksa", "M: Jak z biedą?", "R1: Biedy nie ma."))
    given = codings(("oksa", 2, "poverty", "denied"), ("oksa", 1, "poverty"), ("gone", 1, "poverty"))
    shown = with_words(study, given.assign(start=[0, 6, 0], end=[5, 11, 4]))
    assert shown["speaker"].fillna("–").tolist() == ["R1", "M", "–"]
    assert shown["words"].fillna("–").tolist() == ["Biedy", "biedą", "–"]
    assert shown.columns.tolist() == [*given.columns, "speaker", "words"]
    assert with_words(study, given[:0]).empty


@settings(deadline=None, max_examples=60)
@given(reference.patterns, reference.pieces, st.integers(0, 6))
def test_left_match_and_right_are_one_piece_of_the_text(pattern, spoken, window):
    text = reference.written(spoken)
    found = kwic(one_turn(text), pattern, window)
    assert [(row.start, row.start + len(row.match)) for row in found.itertuples()] == reference.brute_force(
        pattern, spoken
    )
    for row in found.itertuples():
        begin = row.start - len(row.left)
        assert text[begin : begin + len(row.left + row.match + row.right)] == row.left + row.match + row.right


@pytest.mark.parametrize("study", [one_turn("Nic takiego."), corpus()], ids=["no match", "empty corpus"])
def test_without_a_match_the_table_is_empty_and_has_its_columns(study):
    found = kwic(study, "bieda")
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_words_of_a_worn_transcript_are_found_and_shown_as_they_stand():
    said = [f"R{n % 3}: babcia siedzi sama, zeby ktos do niej zajrzal, bo sasiadka lezy {n}" for n in range(30)]
    found = kwic(corpus(group("s", *said, "R1: Samotnosc i glod.")), "samotność", window=1)
    assert found[["match", "right"]].to_numpy().tolist() == [["Samotnosc", " i"]]


def test_a_pattern_and_a_corpus_are_asked_for():
    with pytest.raises(ArgumentError, match="a Corpus is needed"):
        kwic("transcripts", "bieda")
    with pytest.raises(ArgumentError, match="a pattern is needed"):
        kwic(one_turn("Bieda."), None)


@pytest.mark.parametrize("pattern", ["", "  ", "bie+da", "b*", "=", "samotny|"])
def test_a_pattern_that_cannot_be_understood_is_an_argument_error(pattern):
    with pytest.raises(ArgumentError):
        kwic(one_turn("Bieda."), pattern)
