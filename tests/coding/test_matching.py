"""Patterns found in texts: against a matcher that tries everything, and by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.coding.matching import Matcher, split_words
from focus_analysis.patterns import parse_pattern
from tests.coding import reference


def found(patterns, text):
    """Return the matched pieces of a text: pattern, first character, character after the last."""
    words = split_words(text)
    matches = Matcher(map(parse_pattern, patterns)).find(words)
    return [(m.pattern, words.tokens[m.first].start, words.tokens[m.last - 1].end) for m in matches]


def pieces(pattern, text):
    return [text[start:end] for _, start, end in found([pattern], text)]


@settings(deadline=None, max_examples=100)
@given(st.lists(reference.patterns, min_size=1, max_size=5), reference.pieces)
def test_matches_are_those_of_a_matcher_that_tries_everything(patterns, spoken):
    expected = [(n, *hit) for n, pattern in enumerate(patterns) for hit in reference.brute_force(pattern, spoken)]
    assert sorted(found(patterns, reference.written(spoken))) == sorted(expected)


@settings(deadline=None, max_examples=50)
@given(st.lists(reference.patterns, min_size=1, max_size=4), st.lists(reference.pieces, min_size=2, max_size=4))
def test_one_matcher_finds_the_same_in_every_text_it_is_given(patterns, spoken):
    matcher = Matcher(map(parse_pattern, patterns))
    texts = [split_words(reference.written(one)) for one in spoken]
    assert [matcher.find(text) for text in texts] == [
        Matcher(map(parse_pattern, patterns)).find(text) for text in texts
    ]


def test_matches_stand_in_order_of_their_first_word():
    starts = [start for _, start, _ in found(["osoba", "samotny"], "Osoba samotna i samotne osoby.")]
    assert starts == [0, 6, 16, 24]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("samotny osoba", "Dużo samotnych osób, samotna osoba.", ["samotnych osób", "samotna osoba"]),
        ("=sama", "Sama, samej, SAMA", ["Sama", "SAMA"]),
        ("samotn*", "samotność, Samotnie, sam, osamotniony", ["samotność", "Samotnie"]),
        ("stary|starszy człowiek", "starszego człowieka i starzy ludzie", ["starszego człowieka", "starzy ludzie"]),
        ("GOPS", "w GOPS-ie, GOPSu, gopsem i GOPS.", ["GOPS-ie", "GOPSu", "gopsem", "GOPS"]),
        ("=GOPS-u", "do GOPS-u i gopsu, z GOPS", ["GOPS-u", "gopsu"]),
        ("=500 plus", "500 plus", ["500 plus"]),
        ("bieda bieda", "bieda bieda bieda", ["bieda bieda", "bieda bieda"]),
        ("nie mieć co robić", "Nie ma nic. Nie ma, co robić. Ma co robić. Nie ma co robić.", ["Nie ma co robić"]),
        ("nie mieć ... robić co", "Nie ma. Nie ma tu, robić co? Nie ma tu już robić co.", ["Nie ma tu już robić co"]),
        ("bieda", "", []),
        ("mieszkać =sam", "Mieszkam", []),
    ],
)
def test_patterns_by_hand(pattern, text, expected):
    assert pieces(pattern, text) == expected


@pytest.mark.parametrize("sign", [",", ".", ";", ":", "!", "?", "…", " –", " —", " (", ")", " [", "]", ' "', " „", "”"])
def test_punctuation_parts_the_words_of_a_phrase(sign):
    assert pieces("samotny osoba", f"samotne{sign} osoby") == []


@pytest.mark.parametrize("gap", [" ", "  ", "\n", "\t", "\N{NO-BREAK SPACE}", "/", " 😀 "])
def test_blanks_do_not_part_them(gap):
    assert pieces("samotny osoba", f"samotne{gap}osoby") == [f"samotne{gap}osoby"]


def test_punctuation_before_and_after_a_phrase_changes_nothing():
    assert pieces("samotny osoba", "No, (samotne osoby).") == ["samotne osoby"]


def test_words_know_what_stands_before_them():
    words = split_words("– Tak, bieda… i nędza (u nas)")
    assert [token.form for token in words.tokens] == ["tak", "bieda", "i", "nędza", "u", "nas"]
    assert words.breaks == [True, True, True, False, True, False]
