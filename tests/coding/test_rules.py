"""The rule coder: a corpus and a codebook to codings with their evidence."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.coding.rules import code
from focus_analysis.schemas import CODINGS, check
from tests.builders import codebook, corpus, group, one_turn
from tests.coding import reference


def test_one_hit_is_one_row_with_where_who_how_and_why():
    study = corpus(group("oksa", "M: Słucham.", "R1: U nas, 😀 w Łęgu, nie ma biedy."))
    row = code(study, codebook({"poverty": ["bieda|nędza"]})).iloc[0]
    text = "U nas, 😀 w Łęgu, nie ma biedy."
    assert (row["session_id"], row["turn"], row["code"]) == ("oksa", 2, "poverty")
    assert (row["start"], row["end"]) == (text.index("biedy"), text.index("biedy") + 5)
    assert (row["status"], row["coder"], row["coder_kind"], row["codebook_version"]) == ("denied", "rules", "rule", "7")
    assert row["evidence"].startswith("bieda|nędza → biedy | cue: nie ma")
    assert row["confidence"] != row["confidence"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Samotne, stare kobiety.", "samotny → Samotne"),
        ("Czy ktoś jest samotny?", "samotny → samotny | cue: Czy"),
        ("Nikt nie jest tu samotny.", "samotny → samotny | cue: Nikt"),
        ("Jeżeli samotna, to pomagamy.", "samotny → samotna | cue: Jeżeli"),
    ],
)
def test_evidence_names_the_pattern_the_words_and_the_cue(text, evidence):
    assert code(one_turn(text), codebook({"lonely": ["samotny"]}))["evidence"].tolist() == [evidence]


@settings(deadline=None, max_examples=60)
@given(st.lists(reference.patterns, min_size=1, max_size=4, unique=True), reference.pieces)
def test_offsets_cut_out_words_that_the_pattern_asks_for(patterns, spoken):
    text = reference.written(spoken)
    found = code(one_turn(text), codebook({f"c{n}": [pattern] for n, pattern in enumerate(patterns)}))
    for row in found.itertuples():
        pattern = patterns[int(row.code[1:])]
        assert (row.start, row.end) in reference.brute_force(pattern, spoken)
        assert row.evidence.startswith(f"{pattern} → {text[row.start : row.end]}")


@settings(deadline=None, max_examples=80)
@given(st.lists(reference.patterns, min_size=1, max_size=4, unique=True), reference.pieces)
def test_hits_of_one_code_never_overlap_and_none_is_lost_but_to_one_as_long(patterns, spoken):
    found = code(one_turn(reference.written(spoken)), codebook({"c": patterns}))
    kept = list(zip(found["start"], found["end"], strict=True))
    assert all(before[1] <= after[0] for before, after in pairwise(kept))
    starts = {}
    at = 0
    for number, ((word, _), gap) in enumerate(spoken):
        starts[at], at = number, at + len(word) + len(gap)
    n_words = {}
    for pattern in patterns:
        for hit in reference.brute_force(pattern, spoken):
            n_words[hit] = len(pattern.split())
    assert set(kept) <= set(n_words)
    for hit, length in n_words.items():
        assert any(hit[0] < end and start < hit[1] and n_words[start, end] >= length for start, end in kept)


def test_the_longest_of_overlapping_hits_of_one_code_is_kept():
    patterns = ["samotny", "osoba", "samotny osoba", "samotny osoba stary"]
    found = code(one_turn("Tyle samotnych osób starych i osób."), codebook({"lonely": patterns}))
    assert found["evidence"].tolist() == ["samotny osoba stary → samotnych osób starych", "osoba → osób"]


def test_of_overlapping_hits_what_its_pattern_denies_or_supposes_is_kept():
    failed = {"match": "bus near pusty|klapa", "reach": "turn", "ordered": True, "status": "denied"}
    weighed = {"match": "bus near zobaczyć", "status": "hypothetical"}
    book = codebook({"transport": ["bus", "bus =na =telefon", failed, weighed]})
    for text, status in (
        ("Bus na telefon jeździ.", "affirmed"),
        ("Bus na telefon był. Jeździł pusty.", "denied"),
        ("Bus na telefon, zobaczymy.", "hypothetical"),
    ):
        assert code(one_turn(text), book)["status"].tolist() == [status]


def test_overlapping_hits_of_two_codes_both_stand():
    found = code(one_turn("Samotna osoba."), codebook({"a": ["samotny osoba"], "b": ["osoba"]}))
    assert list(zip(found["code"], found["start"], found["end"], strict=True)) == [("a", 0, 13), ("b", 8, 13)]


@pytest.mark.parametrize("text", ["Jest bieda.", "Nie ma biedy.", "Czy jest bieda?"])
def test_what_a_moderator_mentions_is_hypothetical(text):
    found = code(one_turn(text, speaker="M"), codebook({"poverty": ["bieda"]}))
    assert found["status"].tolist() == ["hypothetical"]
    assert found["evidence"].iloc[0].endswith("| moderator")


@pytest.mark.parametrize("speaker", ["M", "R1"])
@pytest.mark.parametrize("text", ["Pracuję w GOPS.", "Nie znam nikogo z GOPS-u.", "Czy ktoś jest z GOPS?"])
def test_an_institution_that_is_named_is_affirmed_whoever_names_it(speaker, text):
    found = code(one_turn(text, speaker), codebook({"inst_gops": ["GOPS"], "poverty": ["bieda"]}))
    assert found["status"].tolist() == ["affirmed"]


def test_a_speaker_of_unknown_role_is_judged_by_the_words():
    study = corpus(group("s", "A: Jest bieda.", "B: Nie ma biedy.", roles_known=False))
    assert code(study, codebook({"poverty": ["bieda"]}))["status"].tolist() == ["affirmed", "denied"]


def test_every_session_and_turn_is_coded_and_the_rows_stand_in_their_order():
    study = corpus(
        group("b", "R1: bieda", "R1: nic", "R2: bieda, przemoc, bieda"),
        group("a", "R1: przemoc"),
    )
    found = code(study, codebook({"przemoc": ["przemoc"], "bieda": ["bieda"]}))
    assert [*zip(found["session_id"], found["turn"], found["code"], strict=True)] == [
        ("b", 1, "bieda"),
        ("b", 3, "bieda"),
        ("b", 3, "przemoc"),
        ("b", 3, "bieda"),
        ("a", 1, "przemoc"),
    ]


def test_the_corpus_and_its_text_are_left_as_they_were():
    study = one_turn("Nie ma biedy.")
    before = study.turns
    code(study, codebook({"poverty": ["bieda"]}))
    assert study.turns.equals(before)


@pytest.mark.parametrize(
    ("study", "patterns"),
    [
        (one_turn("Jest dobrze."), ["bieda"]),
        (one_turn("Jest bieda."), []),
        (one_turn("…"), ["bieda"]),
        (corpus(), ["bieda"]),
    ],
    ids=["nothing found", "no pattern", "no word", "empty corpus"],
)
def test_without_a_hit_the_table_is_empty_and_has_its_columns(study, patterns):
    found = code(study, codebook({"poverty": patterns}))
    assert found.empty
    assert list(found.columns) == CODINGS.names


def test_codings_keep_their_schema():
    found = code(one_turn("Bieda, bieda i nie ma biedy."), codebook({"poverty": ["bieda"], "x": ["=bieda"]}))
    assert check(found, CODINGS).equals(found)


def test_coding_twice_gives_the_same():
    study, book = one_turn("Bieda i samotne osoby, nie ma przemocy."), codebook({"a": ["bieda", "samotny osoba"]})
    assert code(study, book).equals(code(study, book))


def test_what_begins_the_next_sentence_does_not_rule_out():
    book = codebook({"poverty": [{"match": "bieda", "not_before": ["=z =roku"]}]})
    assert len(code(one_turn("U nas jest bieda. Z roku na rok gorzej."), book)) == 1
    assert code(one_turn("U nas jest bieda z roku na rok."), book).empty


def test_a_whole_meeting_in_one_turn_without_a_sign_takes_memory_as_its_words_do():
    rules = ["stary near żyć near sam", {"match": "bieda", "not_near": ["festyn"]}]
    book = codebook({"lonely": rules})
    said = "stara kobieta żyje tam całkiem sama a bieda jest taka że " + "no i tak to u nas jest " * 5
    tracemalloc.start()
    try:
        found = code(one_turn(said * 1_000), book)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(found) == 2_000
    assert most < 150_000_000
