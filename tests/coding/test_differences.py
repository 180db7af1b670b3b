"""What a changed codebook changes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.coding.differences import COLUMNS, diff_codebooks
from focus_analysis.coding.rules import code
from tests.builders import codebook, corpus, group, one_turn
from tests.coding import reference
from tests.coding.test_reading import rule_book

STUDY = corpus(
    group("b", "R1: Jest bieda i nędza.", "R1: Samotna osoba."),
    group("a", "R1: Nie ma biedy. Przemoc jest."),
)


def changes(old, new, study=STUDY):
    found = diff_codebooks(old, new, study)
    assert list(found.columns) == COLUMNS
    return list(zip(found["session_id"], found["turn"], found["code"], found["change"], found["words"], strict=True))


def test_codings_that_come_and_go_stand_in_the_order_of_the_turns():
    old, new = codebook({"p": ["nędza"], "v": ["przemoc"]}), codebook({"p": ["bieda"], "l": ["samotny"]})
    assert changes(old, new) == [
        ("b", 1, "p", "new", "bieda"),
        ("b", 1, "p", "gone", "nędza"),
        ("b", 2, "l", "new", "Samotna"),
        ("a", 1, "p", "new", "biedy"),
        ("a", 1, "v", "gone", "Przemoc"),
    ]


def test_a_changed_status_is_told_with_both_and_their_evidence():
    found = diff_codebooks(rule_book("bieda"), rule_book({"match": "bieda", "status": "affirmed"}), STUDY)
    assert found[["change", "words", "status_old", "status_new"]].to_numpy().tolist() == [
        ["status", "biedy", "denied", "affirmed"]
    ]
    assert found["evidence_old"].str.startswith("bieda → biedy").all()


def test_a_longer_phrase_of_the_same_status_is_no_change():
    assert changes(codebook({"l": ["samotny"]}), codebook({"l": ["samotny osoba"]})) == []


def test_one_of_two_overlapping_that_stays_is_enough():
    text = "Nie ma biedy wielkiej osoby i biedy."
    old, new = rule_book("bieda wielki osoba"), rule_book("bieda", {"match": "osoba", "status": "affirmed"})
    assert [change for *_, change, _ in changes(old, new, one_turn(text))] == ["new"]


def test_what_is_missing_is_missing():
    found = diff_codebooks(codebook({"p": ["nędza"]}), codebook({"p": ["bieda"]}), STUDY)
    gone, come = found[found["change"] == "gone"], found[found["change"] == "new"]
    assert gone[["status_new", "evidence_new"]].isna().all(axis=None)
    assert come[["status_old", "evidence_old"]].isna().all(axis=None)


def test_an_empty_corpus_has_no_changes():
    assert changes(codebook({"p": ["nędza"]}), codebook({"p": ["bieda"]}), corpus()) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(reference.patterns, min_size=1, max_size=3, unique=True), reference.pieces)
def test_a_codebook_does_not_differ_from_itself_and_from_nothing_by_every_coding(patterns, spoken):
    study, book = one_turn(reference.written(spoken)), codebook({"c": patterns})
    assert changes(book, book, study) == []
    from_nothing = changes(codebook({"c": []}), book, study)
    assert len(from_nothing) == len(code(study, book))
    assert {change for *_, change, _ in from_nothing} <= {"new"}
