"""Words of a text and their places, counting, and letters without diacritics."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.language.tokens import count_words, fold, tokens, word_counts

POLISH = "aąbcćdeęfghijklłmnńoóprsśtuwyzźżAĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"
SIGNS = " \t\n.,;:!?…()[]„”–—-_+'’/😀👵🏽🇵🇱"
texts = st.text(alphabet=POLISH + string.digits + SIGNS, max_size=80)
spoken = st.lists(
    st.sampled_from(
        [
            "GOPS-u",
            "GOPS",
            "gopsie",
            "ŚDS-y",
            "samotność",
            "łóżko",
            "żółć",
            "500+",
            "😀",
            "👵🏽",
            "–",
            "no-no",
            ",",
            "„W",
            "OPS-",
        ]
    ),
    max_size=12,
).map(" ".join)


@settings(deadline=None, max_examples=100)
@given(texts | spoken | st.text(max_size=40))
def test_offsets_slice_back_to_the_words(text):
    for token in tokens(text):
        piece = text[token.start : token.end]
        assert token.form == piece.replace("-", "").lower()
        assert piece[0].isalnum() and piece.removesuffix("+")[-1].isalnum()


@settings(deadline=None, max_examples=100)
@given(texts | spoken)
def test_words_stand_in_order_and_leave_no_letter_out(text):
    found = tokens(text)
    inside = [place for token in found for place in range(token.start, token.end)]
    assert inside == sorted(set(inside))
    assert {place for place, char in enumerate(text) if char.isalnum()} <= set(inside)


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.text(alphabet=POLISH.lower(), min_size=1, max_size=9), max_size=9),
    st.sampled_from([" ", ", ", "\n", " 😀 "]),
)
def test_words_between_blanks_and_signs_are_found_as_they_are(words, between):
    assert [token.form for token in tokens(between.join(words))] == words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("W GOPS-ie i z GOPS-em.", ["w", "gopsie", "i", "z", "gopsem"]),
        ("GOPS-u, PUP-owi, ŚDS-ów", ["gopsu", "pupowi", "śdsów"]),
        ("GOPSie gopsem", ["gopsie", "gopsem"]),
        ("GOPS-owski", ["gops", "owski"]),
        ("GOPS - u nas", ["gops", "u", "nas"]),
        ("polsko-ukraiński", ["polsko", "ukraiński"]),
        ("500+ i 24h, 2+2", ["500+", "i", "24h", "2", "2"]),
        ("bieda_nędza", ["bieda", "nędza"]),
        ("👵🏽Zofia😀sama", ["zofia", "sama"]),
        ("ŻÓŁĆ", ["żółć"]),
        ("", []),
        (" … – ?! ", []),
    ],
)
def test_words_as_they_are_looked_up(text, forms):
    assert [token.form for token in tokens(text)] == forms


def test_offsets_count_code_points():
    first, second = tokens("😀 Łąka 👵🏽 źle")
    assert (first.start, first.end) == (2, 6)
    assert (second.start, second.end) == (10, 13)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("…", 0),
        ("No-no", 1),
        ("biało-czerwono-zielony sztandar", 2),
        ("GOPS-u", 1),
        ("Świadczenie 500+ to nie wszystko.", 5),
        ("ja – ty", 2),
        ("O’Brien O'Brien", 2),
        ("żyć,żyć", 2),
        ("👵🏽 😀", 0),
    ],
)
def test_a_word_with_a_hyphen_or_apostrophe_inside_counts_once(text, n):
    assert count_words(text) == n


@given(st.lists(st.text(st.one_of(st.sampled_from("aą1-'’_ \n.²𝐀\ud800"), st.characters()), max_size=15)))
def test_the_words_of_many_texts_are_those_of_each(texts):
    assert word_counts(texts) == [count_words(text) for text in texts]


def test_fold_takes_every_polish_diacritic_off():
    assert fold("ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ") == "acelnoszz acelnoszz"
    assert fold("Gęślą jaźń 2018") == "gesla jazn 2018"


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet=POLISH + string.digits + SIGNS))
def test_folding_twice_is_folding_once_and_case_is_lost(text):
    assert fold(fold(text)) == fold(text) == fold(text.upper())
