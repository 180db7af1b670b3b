"""What patterns and codes find, and what is to be said of it."""

import pytest

from focus_analysis.coding.coverage import COLUMNS, codebook_coverage
from focus_analysis.errors import ArgumentError
from tests.builders import codebook, corpus, group
from tests.coding.test_reading import rule_book

STUDY = corpus(
    group("a", "M: Bieda?", "R1: Bieda, bieda, samotna osoba.", "R1: Bieda.", "R2: Tak.", "R2: Nie.", "R2: No."),
    group("b", "R1: Bieda.", "R1: Dobrze.", "R2: Dobrze.", "R2: Nijak.", "R3: Przemoc.", "R3: Tak."),
)
BOOK = {
    "poverty": ["bieda", "nędza"],
    "lonely": ["samotny osoba", "osoba"],
    "old": [],
    "gathers": [],
    "never": ["żagiel"],
}


@pytest.fixture
def table():
    return codebook_coverage(STUDY, codebook(BOOK, parents={"lonely": "gathers"}))


def test_a_row_a_code_then_a_row_a_pattern_in_the_order_of_the_codebook(table):
    assert list(table.columns) == COLUMNS
    named = table.fillna({"pattern": ""})
    assert list(zip(named["code"], named["pattern"], strict=True)) == [
        ("poverty", ""),
        ("poverty", "bieda"),
        ("poverty", "nędza"),
        ("lonely", ""),
        ("lonely", "samotny osoba"),
        ("lonely", "osoba"),
        ("old", ""),
        ("never", ""),
        ("never", "żagiel"),
    ]


def test_matches_codings_turns_speakers_and_sessions_are_counted(table):
    row = table.iloc[1]
    assert row[["n_found", "n_coded", "n_turns", "n_speakers", "n_sessions"]].tolist() == [5, 5, 4, 3, 2]
    assert row["share_of_turns"] == pytest.approx(4 / 12)


def test_what_is_worth_a_look_is_named(table):
    findings = table["finding"].where(table["finding"].notna(), None).tolist()
    assert findings == [
        "everywhere", "everywhere", "never", "one_session", "one_session", "covered", "never", "never", "never",
    ]  # fmt: skip


def test_the_bound_of_everywhere_is_the_readers(table):
    strict = codebook_coverage(STUDY, codebook(BOOK), everywhere=0.34)
    assert strict["finding"].isna().iloc[:2].all()


def test_what_an_exception_holds_is_not_found():
    found = codebook_coverage(STUDY, rule_book("osoba", except_in=["samotny osoba"]))
    assert found["finding"].tolist() == ["never", "never"]


def test_without_a_turn_nothing_is_found():
    found = codebook_coverage(corpus(), codebook({"poverty": ["bieda"]}))
    assert found["finding"].tolist() == ["never", "never"]
    assert found["share_of_turns"].isna().all()


def test_in_a_single_session_one_session_says_nothing():
    study = corpus(group("a", *["R1: Dobrze."] * 9, "R1: Bieda."))
    assert codebook_coverage(study, codebook({"poverty": ["bieda"]}))["finding"].isna().all()


@pytest.mark.parametrize("everywhere", [0, -1, 1.5])
def test_a_bound_that_is_no_share_is_refused(everywhere):
    with pytest.raises(ArgumentError, match="everywhere"):
        codebook_coverage(STUDY, codebook(BOOK), everywhere)
