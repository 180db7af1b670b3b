"""Words of many texts as arrays: the same words, in the same places, as ``tokens`` finds one text at a time."""

import re

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from focus_analysis.coding.matching import split_words
from focus_analysis.language.stream import BREAK, QUESTION, read_stream
from focus_analysis.language.tokens import Token, tokens

LETTERS = "aAbBzŻżóÓ019_éßﬀΣσİıжЖ日½²ª😀𝐀"
SIGNS = " +.,?!…–-„”'/\n\t\0\1\N{NO-BREAK SPACE}"
TRICKY = [
    "GOPS-u i GOPS-ie, xGOPS-u, GOPS-MOPS-u, GOPS_x-u, DPSs-y, GOPS-uuuuu, GOPS-u_, A-b AB-c- AB--c",
    "a" * 24 + " " + "a" * 25 + " " + "A" * 25 + "b",
    ", niestety, - tak - nie",
    "500+ 2+2 a5+ 5++ +5 5+_ 5+- ²+ Bieda500+",
    "",
    "…",
]
texts = st.text(st.sampled_from(LETTERS + SIGNS * 2), max_size=40) | st.sampled_from(TRICKY)


def words_of(stream, number):
    """Return the words of one text."""
    here = slice(stream.edges[number] + 1, stream.edges[number + 1])
    forms = [stream.vocabulary[form] for form in stream.forms[here]]
    return list(map(Token, stream.starts[here].tolist(), stream.ends[here].tolist(), forms))


@given(st.lists(texts, max_size=5))
@example(TRICKY)
def test_the_words_are_those_of_the_tokeniser(spoken):
    stream = read_stream(spoken)
    assert len(stream.edges) == len(spoken) + 1
    assert [words_of(stream, number) for number in range(len(spoken))] == [tokens(text) for text in spoken]


@given(st.lists(texts, min_size=1, max_size=5), st.data())
def test_ready_words_stand_among_the_others(spoken, data):
    chosen = data.draw(st.sets(st.integers(0, len(spoken) - 1)))
    ready = {number: [token._replace(form="x" + token.form) for token in tokens(spoken[number])] for number in chosen}
    stream = read_stream(spoken, ready)
    for number, text in enumerate(spoken):
        assert words_of(stream, number) == ready.get(number, tokens(text))


@given(st.lists(texts, max_size=4))
@example(TRICKY)
def test_what_stands_between_words_is_known(spoken):
    stream = read_stream(spoken)
    for number, text in enumerate(spoken):
        words = split_words(text)
        first, last = stream.edges[number] + 1, stream.edges[number + 1]
        assert stream.breaks[first + 1 : last].tolist() == words.breaks[1:]
        sentences = stream.sentences[first:last]
        assert [n - sentences[0] for n in sentences] == [n - words.sentences[0] for n in words.sentences]
        bounds = [0, *(place for token in words.tokens for place in (token.start, token.end)), len(text)]
        between = [text[end:start] for end, start in zip(bounds[::2], bounds[1::2], strict=True)]
        assert stream.commas[first:last].tolist() == [gap.strip() == "," for gap in between[:-1]]
        assert ((stream.signs[first : last + 1] & QUESTION) > 0).tolist() == ["?" in gap for gap in between]


@given(st.lists(texts, max_size=4))
def test_an_edge_parts_texts(spoken):
    stream = read_stream(spoken)
    assert stream.forms[stream.edges].tolist() == [0] * len(stream.edges)
    assert (stream.signs[stream.edges] & BREAK).all()
    numbers = stream.sentences[stream.edges]
    assert (numbers[1:] > numbers[:-1]).all()


@given(st.lists(texts, max_size=6), st.integers(1, 20))
def test_the_parts_of_a_stream_are_the_whole(spoken, n_words):
    whole = read_stream(spoken)
    found = [words_of(part, number) for part in whole.parts(n_words) for number in range(len(part.texts))]
    assert found == [words_of(whole, number) for number in range(len(spoken))]


@pytest.mark.parametrize("n_characters", [1, 30, 1000])
def test_texts_may_be_read_in_pieces_of_any_size(n_characters, monkeypatch):
    spoken = [*TRICKY, "Tak, a nawet: bieda! GOPS-u?"] * 3
    whole = read_stream(spoken)
    monkeypatch.setattr("focus_analysis.language.stream._CHARACTERS_AT_ONCE", n_characters)
    again = read_stream(spoken)
    assert [words_of(again, number) for number in range(len(spoken))] == [tokens(text) for text in spoken]
    assert (again.signs == whole.signs).all()


def test_a_form_is_spelled_out_once_whatever_its_capitals():
    stream = read_stream(["Bieda BIEDA bieda", "bieda"])
    assert stream.vocabulary == ["", "bieda"]
    assert [word for word in re.split(r"\W", stream.said(1, 3)) if word] == ["Bieda", "BIEDA"]


def test_some_of_the_texts_are_a_stream_of_their_own():
    texts = ["Ala ma kota. A kot?", "", "Nie wiem, doprawdy.", "Tak."]
    chosen = read_stream(texts).of_texts(np.array([2, 1, 0]))
    alone = read_stream([texts[2], texts[1], texts[0]])
    assert chosen.texts == alone.texts
    assert [chosen.vocabulary[form] for form in chosen.forms] == [alone.vocabulary[form] for form in alone.forms]
    for name in ("edges", "starts", "ends", "signs"):
        assert getattr(chosen, name).tolist() == getattr(alone, name).tolist(), name
