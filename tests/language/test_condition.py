"""The condition of a transcript, and words mended where it is poor."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis.language.condition import CLEAN, Condition, condition_of
from focus_analysis.language.morphology import is_word
from focus_analysis.language.repair import Mender, as_printed, with_diacritics
from focus_analysis.language.tokens import fold, tokens
from focus_analysis.resources import resource

TALK = """Najwięcej mamy rodzin, w których ojciec pije, a matka sama sobie nie radzi. Dzieci przychodzą głodne.
Autobus jeździ dwa razy na dobę, więc do lekarza nie ma jak dojechać. Starsi ludzie siedzą w domach i czekają.
Pielęgniarka środowiskowa zagląda, ile może, ale ona jedna na całą gminę. Policja przyjeżdża, spisze i odjeżdża.
U nas pracy nie ma, młodzi powyjeżdżali, zostały babcie z wnukami. Gdyby był psycholog, byłoby lżej, no ale nie ma.
Kobieta przychodzi, płacze, mówi, że już nie ma siły, a potem wraca do tego samego domu."""
VOCABULARY = frozenset(("sama", "samotna", "bezrobocie", "że", "żona", "mają", "sąd", "przemoc", "peceperze", "córka"))


def spoken(text):
    return "".join(sign for sign in text if sign not in ".,?!").lower()


def scanned(text):
    return text.replace("m", "rn").replace("ol", "o1").replace("ło", "ł0")


@pytest.mark.parametrize(
    ("spoil", "condition"),
    [
        (str, CLEAN),
        (str.lower, CLEAN),
        (fold, Condition(no_diacritics=True)),
        (spoken, Condition(no_punctuation=True)),
        (lambda text: fold(spoken(text)), Condition(no_diacritics=True, no_punctuation=True)),
        (scanned, Condition(scanned=True)),
    ],
)
def test_condition_of_a_transcript(spoil, condition):
    assert condition_of([spoil(line) for line in TALK.splitlines()]) == condition


def test_dialect_is_no_scan():
    said = "Bedzie trza licze że z tom babkom idzie wytrzymać, ale ja nie wim. " + TALK
    assert condition_of([said]) == CLEAN


@pytest.mark.parametrize("texts", [[], [""], ["Tak."], ["zona poszla"], ["..."] * 100])
def test_too_little_to_say_is_clean(texts):
    assert condition_of(texts) == CLEAN


@pytest.mark.parametrize(
    ("condition", "text", "forms"),
    [
        (Condition(no_diacritics=True), "zona mowi ze maja dosc", "żona mówi że mają dość"),
        (Condition(no_diacritics=True), "sad i przemoc", "sąd i przemoc"),
        (Condition(no_diacritics=True), "nie slyszalam, zeby mial pol zlotego", "nie słyszałam żeby miał pół złotego"),
        (Condition(no_diacritics=True), "w domu sama", "w domu sama"),
        (Condition(scanned=True), "sarnotna k0bieta i 1udzie", "samotna kobieta i ludzie"),
        (Condition(scanned=True), "cérka, córka i przernoc", "córka córka i przemoc"),
        (Condition(scanned=True), "ojciec rna dom, ten brzydki dom", "ojciec ma dom ten brzydki dom"),
        (Condition(scanned=True), "w 2018 i 500 plus", "w 2018 i 500 plus"),
        (Condition(scanned=True), "AIkohol, Policia, Samotriość, 2drowie", "alkohol policja samotność zdrowie"),
        (Condition(scanned=True), "o prze- mocy, po- poszedł", "o przemocy po poszedł"),
        (Condition(no_punctuation=True), "sa ma siedzi bo bez robocie u nas", "sama siedzi bo bezrobocie u nas"),
        (Condition(no_punctuation=True), "w pece perze pytałam", "w peceperze pytałam"),
        (Condition(no_punctuation=True), "bez ludzi nie ma", "bez ludzi nie ma"),
        (Condition(no_diacritics=True, no_punctuation=True), "co rka i bez robocie", "córka i bezrobocie"),
        (CLEAN, "sa ma przernoc zona", "sa ma przernoc zona"),
    ],
)
def test_words_are_mended_only_as_the_condition_asks(condition, text, forms):
    assert " ".join(token.form for token in Mender(condition, VOCABULARY)(text)) == forms


def test_a_joined_word_spans_both_its_halves():
    text = "siedzi sa ma w domu"
    mended = Mender(Condition(no_punctuation=True), VOCABULARY)(text)
    assert [text[token.start : token.end] for token in mended] == ["siedzi", "sa ma", "w", "domu"]


@given(st.text(max_size=60), st.builds(Condition, st.booleans(), st.booleans(), st.booleans()))
def test_no_word_is_lost_or_moved(text, condition):
    mended = Mender(condition, VOCABULARY)(text)
    plain = tokens(text)
    assert {token.start for token in mended} <= {token.start for token in plain}
    assert {token.end for token in mended} <= {token.end for token in plain}
    assert all(before.end <= after.start for before, after in pairwise(mended))
    assert [token.end for token in mended[-1:]] == [token.end for token in plain[-1:]]


@pytest.mark.parametrize("word", ["n" + "a" * 5_000, "rn1" * 2_000, "ó" * 5_000])
def test_an_endless_word_is_let_be(word):
    before = is_word.cache_info().currsize
    assert with_diacritics(word, VOCABULARY, {}) == as_printed(word, VOCABULARY) == word
    assert is_word.cache_info().currsize <= before + 1


def test_what_looks_alike_has_one_usual_spelling_and_it_is_a_word():
    lines = resource("spellings.txt").read_text(encoding="utf-8").splitlines()
    spelt = [line for line in lines if not line.startswith("#")]
    assert len(spelt) == len({fold(form) for form in spelt}) > 500
    assert all(is_word(form) and fold(form) != form for form in spelt)
