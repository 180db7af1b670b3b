"""Hints of specificity and of emotion, each with the words that give it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.coding.hints import find_hints, hints_of
from focus_analysis.schemas import CODINGS, check
from tests.builders import corpus, group


def classes(text):
    return {hint.hint: text[hint.start : hint.end] for hint in hints_of(text)}


@pytest.mark.parametrize(
    ("text", "hint", "words"),
    [
        ("Było 12,5 % bezrobotnych.", "specificity.number", "12,5 %"),
        ("To było 12.09.2018 chyba.", "specificity.number", "12.09.2018"),
        ("Mam trzech takich.", "specificity.number", "trzech"),
        ("Autobus jeździ w piątek rano.", "specificity.number", "w piątek"),
        ("Trzeba jechać do Kielc do lekarza.", "specificity.named", "Kielc"),
        ("Zgłosiłam do GOPS-u od razu.", "specificity.named", "GOPS-u"),
        ("Poszła do urzędu pracy.", "specificity.named", "urzędu pracy"),
        ("Bieda u nas jest.", "specificity.experience", "u nas"),
        ("Znam taki przypadek.", "specificity.experience", "Znam taki przypadek"),
        ("Miałam ostatnio rodzinę.", "specificity.experience", "Miałam ostatnio rodzinę"),
        ("Moja sąsiadka nie ma węgla.", "specificity.experience", "Moja sąsiadka"),
        ("Jest na przykład alkohol.", "specificity.example", "na przykład"),
        ("Są rodziny, np. wielodzietne.", "specificity.example", "np"),
        ("Tak [śmiech] to prawda.", "emotion.mark", "[śmiech]"),
        ("Tak (płacze) to prawda.", "emotion.mark", "(płacze)"),
        ("To jest dramat, proszę pani.", "emotion.intensifier", "dramat"),
        ("Co to ma być!", "emotion.exclamation", "!"),
        ("Bieda jest WSZĘDZIE u nich.", "emotion.capitals", "WSZĘDZIE"),
    ],
)
def test_a_hint_stands_with_its_words(text, hint, words):
    assert classes(text)[hint] == words


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Śmiech przez łzy, taka prawda.", "emotion.mark"),
        ("Nie wiem [niezrozumiałe] chyba.", "emotion.mark"),
        ("Zadzwoniłam do MOPS-u.", "emotion.capitals"),
        ("Bieda jest wszędzie.", "specificity.named"),
        ("Czasem jest bieda, czasem nie.", "specificity.number"),
    ],
)
def test_what_is_no_hint(text, hint):
    assert hint not in classes(text)


def test_hints_of_one_class_at_one_place_are_one():
    assert [hint.hint for hint in hints_of("Poszła do urzędu pracy.")] == ["specificity.named"]


def test_hints_are_codings_with_cue_and_words():
    study = corpus(group("a", "M: Ile?", "R1: Trzy rodziny u nas."))
    table = find_hints(study)
    assert check(table, CODINGS).equals(table)
    assert table[["turn", "code"]].to_numpy().tolist() == [[2, "specificity.number"], [2, "specificity.experience"]]
    assert table["evidence"].tolist()[1] == "=u =nas|=mnie → u nas"
    assert set(table["coder"]) == {"hints"}


def test_an_empty_corpus_has_no_hints():
    assert find_hints(corpus()).empty


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="aąbU nas3%![]()śmiech.,-\n", max_size=60))
def test_places_lie_in_the_text_and_no_two_of_a_class_overlap(text):
    found = hints_of(text)
    assert all(0 <= hint.start < hint.end <= len(text) for hint in found)
    for hint in found:
        same = [other for other in found if other.hint == hint.hint and other is not hint]
        assert not any(hint.start < other.end and other.start < hint.end for other in same)
