"""Commas and full stops that are guessed where none is written."""

import csv
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis.language.condition import Condition
from focus_analysis.language.morphology import is_finite_verb
from focus_analysis.language.pauses import with_pauses
from focus_analysis.language.repair import Mender
from focus_analysis.language.stream import BREAK, COMMA, SENTENCE, read_stream
from focus_analysis.language.tokens import tokens
from focus_analysis.resources import resource
from tests.benchmarks.pauses import found_again

with resource("pauses.csv").open(encoding="utf-8", newline="") as file:
    WEIGHTS = list(csv.DictReader(file))
WORDS = ("two_before", "before", "after", "two_after")
COMMON = ("nie", "ma", "ludzie", "mają", "bo", "piją", "że", "jest", "praca", "proszę", "pani", "no", "tak", "sołtys")


def parted(text):
    """Return a text with the signs that are guessed."""
    signs = {0: "", BREAK | COMMA: ",", BREAK | SENTENCE: "."}
    return "".join(f"{signs[token.pause]} {token.form}" for token in with_pauses([tokens(text)])[0]).strip()


def score(words, gap):
    """Return the score of the gap before a word, row by row of the table."""
    around = [words[place] if 0 <= place < len(words) else "|" for place in range(gap - 2, gap + 2)]
    before = next((n for n in range(6) if gap - 1 - n >= 0 and is_finite_verb(words[gap - 1 - n])), 6)
    after = next((n for n in range(6) if gap + n < len(words) and is_finite_verb(words[gap + n])), 6)
    verbs = {"verb_before": str(before), "verb_after": str(after)}
    known = {**dict(zip(WORDS, around, strict=True)), **verbs}
    fits = (row for row in WEIGHTS if all(row[name] in ("", value) for name, value in known.items()))
    return sum(float(row["weight"]) for row in fits)


@given(st.lists(st.lists(st.sampled_from(COMMON), max_size=8), max_size=4))
def test_a_gap_is_scored_by_the_words_around_it_and_the_verbs_near(texts):
    for words, found in zip(texts, with_pauses([tokens(" ".join(words)) for words in texts]), strict=True):
        scores = [score(words, gap) for gap in range(1, len(words))]
        wanted = [(BREAK | (SENTENCE if s > log(19) else COMMA)) if s > 0 else 0 for s in scores]
        unsure = [min(abs(s), abs(s - log(19))) < 1e-6 for s in scores]
        assert [token.form for token in found] == words
        assert [token.pause for token in found[:1]] == [0] * bool(words)
        assert all(u or token.pause == w for u, token, w in zip(unsure, found[1:], wanted, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "im się nie chce, po co mają robić, jak dostają",
        "z dojazdem nie narzekamy, pks jeździ",
        "matka pije, ojciec siedzi dzieci same w domu",
        "nie wiem. czy tam piją, czy nie piją. ja tam nie zaglądam",
        "nie ma pracy w gminie",
        "samotność osób starszych w naszej gminie",
    ],
)
def test_signs_are_guessed_where_they_were_left_out(text):
    assert parted(text.replace(",", "").replace(".", "")) == text


def test_most_signs_that_are_guessed_were_there(shipped):
    precision, recall = found_again(shipped.turns["text"])
    assert precision > 0.8
    assert recall > 0.45


def test_only_what_has_no_signs_is_parted():
    text = "z dojazdem nie narzekamy pks jeździ"
    for condition, pauses in ((Condition(no_punctuation=True), 1), (Condition(no_diacritics=True), 0)):
        found = Mender(condition, frozenset())(text)
        assert sum(bool(token.pause) for token in found) == pauses


def test_a_stream_takes_over_the_pauses():
    texts = ["z dojazdem nie narzekamy pks jeździ", "tak"]
    stream = read_stream(texts, {0: with_pauses([tokens(texts[0])])[0]})
    assert [stream.vocabulary[form] for form in stream.forms[stream.commas]] == ["pks"]
