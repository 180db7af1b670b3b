"""Why a pattern did not give its code."""

import pytest
from hypothesis import given, settings

from focus_analysis.coding.near_misses import near_misses
from focus_analysis.coding.reading import Reader, said
from tests.coding import reference
from tests.coding.test_reading import rule_book


def misses(text, *rules, except_in=()):
    reader = Reader(rule_book(*rules, except_in=except_in))
    reading = reader.read(text)
    assert not reading.hits
    found = near_misses([pattern for _, pattern in reader.rules], reading)
    return [(said(reading.words, miss.found), [reason.key for reason in miss.reasons], miss) for miss in found]


NEAR = "babcia|córka near samotny"


@pytest.mark.parametrize(
    ("text", "rule", "found", "reasons"),
    [
        ("Babcia jest w domu.", NEAR, "Babcia", ["part_missing"]),
        ("Babcia tu i tam i tu i tam i tu i tam i ona samotna.", NEAR, "Babcia … samotna", ["too_far"]),
        ("Babcia jest. Samotna ona.", NEAR, "Babcia … Samotna", ["other_sentence"]),
        ("Babcia jest, samotna.", {"match": NEAR, "reach": "clause"}, "Babcia … samotna", ["other_clause"]),
        ("Samotna babcia.", {"match": NEAR, "ordered": True}, "Samotna … babcia", ["order"]),
        ("Samotna babcia w domu.", {"match": NEAR, "not_near": ["dom"]}, "Samotna … babcia", ["not_near"]),
        (
            "Babcia samotna wychowuje.",
            {"match": NEAR, "not_before": ["wychowywać"]},
            "Babcia … samotna",
            ["not_before"],
        ),
        ("Babcia samotna.", {"match": "babcia near =samotny"}, "Babcia … samotna", ["other_form"]),
        ("Samotna, osoba.", "samotny osoba", "Samotna, osoba", ["punctuation"]),
        ("Samotna nasza osoba.", "samotny osoba", "Samotna … osoba", ["apart"]),
        ("Samotna wdowa.", "samotny osoba", "Samotna", ["words_missing"]),
        ("Sam siedzi w gops.", "==GOPS", "gops", ["other_form"]),
        ("Ona samotna.", "samotny near samotny|sam", "samotna … samotna", ["overlap"]),
        (
            "Babcia jest. Tu i tam i tu i tam i tu i tam i samotna.",
            NEAR,
            "Babcia … samotna",
            ["other_sentence", "too_far"],
        ),
    ],
)
def test_each_reason_is_named_with_the_words_that_stand(text, rule, found, reasons):
    assert [(words, keys) for words, keys, _ in misses(text, rule)] == [(found, reasons)]


def test_reasons_carry_what_a_researcher_must_know():
    ((_, _, miss),) = misses("Babcia tu i tam i tu i tam i tu i tam i ona samotna.", NEAR)
    assert miss.reasons[0].gaps == {"n": 13, "allowed": 8}
    ((_, _, miss),) = misses("Samotna babcia w naszym domu.", {"match": NEAR, "not_near": ["dom|pole"]})
    assert miss.reasons[0].gaps == {"words": "domu"}
    ((_, _, miss),) = misses("Babcia jest w domu.", NEAR)
    assert miss.reasons[0].gaps == {"part": "samotny"}


def test_an_exception_and_what_it_hides_are_named():
    ((found, keys, miss),) = misses("Samotny żagiel.", "samotny", except_in=["samotny żagiel"])
    assert (found, keys, miss.reasons[0].gaps) == ("Samotny", ["except_in"], {"words": "Samotny żagiel"})
    every = misses("Samotny żagiel biały.", "samotny żagiel", "żagiel biały", except_in=["samotny żagiel"])
    assert [(found, keys) for found, keys, _ in every] == [
        ("Samotny żagiel", ["except_in"]),
        ("żagiel biały", ["taken"]),
    ]


def test_little_words_alone_are_no_near_miss():
    assert misses("Nie ma się co śmiać.", "nie ma autobus", "nie near autobus") == []


def test_the_nearest_stands_first():
    patterns = ("osoba|człowiek bardzo samotny", "samotny osoba")
    assert [miss.pattern.source for _, _, miss in misses("Samotna nasza osoba.", *patterns)] == list(reversed(patterns))


@settings(deadline=None, max_examples=60)
@given(reference.patterns, reference.pieces)
def test_what_a_miss_shows_stands_in_the_text(pattern, spoken):
    reader = Reader(rule_book(pattern))
    reading = reader.read(reference.written(spoken))
    if not reading.hits:
        for miss in near_misses([pattern for _, pattern in reader.rules], reading):
            assert miss.found
            assert all(0 <= first < last <= len(reading.words.tokens) for first, last in miss.found)
            assert 0 < miss.completeness <= 1
