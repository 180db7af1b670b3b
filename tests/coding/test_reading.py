"""One text coded with every step kept: the same hits as the batch, and evidence in the words of the text."""

import pytest

from focus_analysis.codebook import Codebook
from focus_analysis.coding.reading import Reader
from focus_analysis.schemas import rows
from tests.builders import codebook


def rule_book(*rules, except_in=(), code="lonely"):
    """A codebook of one code with these patterns, plain or with conditions."""
    entry = {"id": code, "group": "problems", "label": {"pl": "kod", "en": "code"}, "patterns": rules}
    groups = {"problems": {"label": {"pl": "problemy", "en": "problems"}}}
    return Codebook(name="b", version="1", groups=groups, entries=({**entry, "except_in": tuple(except_in)},))


def test_text_by_text_gives_what_the_batch_gives_on_every_shipped_transcript(shipped, packaged, shipped_codings):
    reader = Reader(packaged)
    found = [
        (turn.session_id, turn.turn, hit.code, hit.start, hit.end, hit.decision.status)
        for turn in rows(shipped.turns)
        for hit in reader.read(turn.text, turn.role).hits
    ]
    columns = ["session_id", "turn", "code", "start", "end", "status"]
    assert found == list(shipped_codings[columns].itertuples(index=False, name=None))
    assert len(found) > 1000


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Samotne, stare kobiety.", "samotny → Samotne"),
        ("Nie ma tu samotnych.", "samotny → samotnych | cue: Nie ma tu"),
        ("Nie sądzę, że nie ma samotnych.", "samotny → samotnych | cue: Nie sądzę + nie ma"),
        ("Gdzie nie ma samotnych?", "samotny → samotnych | cue: nie ma + ?"),
        ("Samotni? Nie.", "samotny → Samotni | cue: Nie"),
    ],
)
def test_evidence_is_told_in_the_words_of_the_text(text, evidence):
    reading = Reader(codebook({"lonely": ["samotny"]})).read(text)
    assert [reading.evidence(hit) for hit in reading.hits] == [evidence]


def test_words_apart_are_shown_without_what_stands_between():
    reading = Reader(codebook({"lonely": ["córka near Anglia"]})).read("Córka od dawna w Anglii.")
    assert [reading.evidence(hit) for hit in reading.hits] == ["córka near Anglia → Córka … Anglii"]


def test_a_moderator_needs_no_cue():
    reading = Reader(codebook({"lonely": ["samotny"]})).read("Nie ma samotnych?", role="moderator")
    assert [reading.evidence(hit) for hit in reading.hits] == ["samotny → samotnych | moderator"]


@pytest.mark.parametrize(
    ("text", "role", "by"),
    [
        ("Samotni są.", "participant", "nothing"),
        ("Samotnych nie ma.", "participant", "cue"),
        ("Samotni są.", "moderator", "moderator"),
    ],
)
def test_every_decision_says_what_made_it(text, role, by):
    (hit,) = Reader(codebook({"lonely": ["samotny"]})).read(text, role).hits
    assert hit.decision.by == by


def test_a_group_or_a_pattern_with_a_status_decides_before_any_cue():
    (hit,) = Reader(codebook({"inst_gops": ["GOPS"]})).read("Nie ma GOPS-u.").hits
    assert (hit.decision.by, hit.decision.status) == ("group", "affirmed")
    (hit,) = Reader(rule_book({"match": "samotny", "status": "denied"})).read("Samotni są.").hits
    assert (hit.decision.by, hit.decision.status) == ("pattern", "denied")


def test_of_two_cues_alike_the_one_that_decides_is_named():
    reading = Reader(codebook({"poverty": ["bieda"]})).read("Nie ma przemocy. U nas nie ma biedy. Nie ma pijaństwa.")
    (hit,) = reading.hits
    (cue,) = hit.decision.cues
    assert cue.match.last <= hit.match.first
    assert reading.words.sentences[cue.match.first] == 1


def test_a_match_within_an_exception_is_kept_apart():
    reading = Reader(rule_book("samotny", except_in=["samotny żagiel"])).read("Samotny żagiel, samotna osoba.")
    ((match, holder),) = reading.excepted
    assert (reading.said((match.first, match.last)), reading.said(holder)) == ("Samotny", "Samotny żagiel")
    assert [reading.words.text[hit.start : hit.end] for hit in reading.hits] == ["samotna"]


def test_a_reader_of_some_codes_reads_no_other():
    reader = Reader(codebook({"lonely": ["samotny"], "poverty": ["bieda"]}), ["poverty"])
    assert [hit.code for hit in reader.read("Samotność, bieda, samotni.").hits] == ["poverty"]
