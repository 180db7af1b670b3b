"""Relations beyond one sentence: questions, codings of cooperation, co-mention, and what is no relation."""

import pandas as pd

from focus_analysis.coding.relations import find_relations
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, empty
from focus_analysis.schemas_networks import RELATIONS
from tests.builders import codes, codings, corpus, group

ROOM = codes("gops", "police", "court", "parish", group="institutions")
WHO = {"R1": "gops", "R2": "police"}


def found(turns, *named, question=None, cooperation=(), institutions=WHO, mentioned=False):
    """Relations in these turns; ``named`` are (turn, words, institution), ``cooperation`` (turn, code, status)."""
    study = corpus(group("s", *turns, institutions=institutions))
    table = study.turns.assign(question=question)
    coded = codings(
        *(("s", turn, code) for turn, _, code in named),
        *(("s", turn, code, status) for turn, code, status in cooperation),
    )
    texts = table.set_index("turn")["text"]
    spans = [(texts[turn].index(words), texts[turn].index(words) + len(words)) for turn, words, _ in named]
    spans += [(0, len(texts[turn])) for turn, _, _ in cooperation]
    coded[["start", "end"]] = spans if spans else coded[["start", "end"]]
    relations = find_relations(Corpus(study.sessions, study.speakers, table), coded, ROOM)
    kept = relations[(relations["relation"] == "mentioned") == mentioned]
    return list(kept[["turn", "source", "target", "relation"]].itertuples(index=False, name=None))


def test_an_answer_speaks_of_whom_the_question_names():
    turns = ("M: A jak z policją?", "R1: Bardzo dobrze.")
    assert found(turns, (1, "policją", "police"), question="cooperation") == [(2, "gops", "police", "cooperates")]


def test_who_answers_the_question_who_is_missing():
    turns = ("M: Kogo przy tym stole brakuje?", "R1: Księdza.", "R2: Sądu.", "M: Dziękuję.", "R1: Sąd.")
    named = ((2, "Księdza", "parish"), (3, "Sądu", "court"), (5, "Sąd", "court"))
    assert found(turns, *named, question="cooperation") == [
        (2, "gops", "parish", "lacks"),
        (3, "police", "court", "lacks"),
    ]


def test_a_coding_of_cooperation_counts_where_no_cue_of_the_list_does():
    turns = ("R1: Z dzielnicowym to my konie kraść.",)
    named = (1, "dzielnicowym", "police")
    for code, status, relation in (
        ("cooperation_good", "affirmed", "cooperates"),
        ("cooperation_barrier", "affirmed", "conflict"),
        ("information_exchange", "denied", "lacks"),
        ("occasional_partner", "affirmed", "lacks"),
        ("cooperation_good", "hypothetical", "wish"),
    ):
        assert found(turns, named, cooperation=[(1, code, status)]) == [(1, "gops", "police", relation)]


def test_the_list_goes_before_a_coding():
    turns = ("R1: Z policją współpracujemy.",)
    given = found(turns, (1, "policją", "police"), cooperation=[(1, "cooperation_barrier", "affirmed")])
    assert given == [(1, "gops", "police", "cooperates")]


def test_moderators_tell_no_relations():
    assert found(("M: GOPS współpracuje z policją.",), (1, "GOPS", "gops"), (1, "policją", "police")) == []


def test_a_speaker_of_no_known_institution_leaves_the_source_open():
    given = found(("R9: Z policją współpracujemy.",), (1, "policją", "police"))
    assert [(turn, target, relation) for turn, _, target, relation in given] == [(1, "police", "cooperates")]
    assert pd.isna(given[0][1])


def test_who_names_whom_and_who_is_named_together():
    turns = ("R1: Ksiądz i sąd, jeszcze raz ksiądz.",)
    named = ((1, "Ksiądz", "parish"), (1, "sąd", "court"), (1, "ksiądz", "parish"))
    assert found(turns, *named, mentioned=True) == [
        (1, "gops", "parish", "mentioned"),
        (1, "gops", "court", "mentioned"),
        (1, "parish", "court", "mentioned"),
    ]


def test_evidence_tells_the_cue_and_the_words():
    study = corpus(group("s", "R1: No, z policją współpracujemy co dzień.", institutions=WHO))
    named = codings(("s", 1, "police")).assign(start=6, end=13)
    row = find_relations(study, named, ROOM).set_index("relation").loc["cooperates"]
    assert row["evidence"].endswith("· policją współpracujemy")
    assert row[["start", "end", "valence", "named_by"]].tolist() == [6, 28, 1, "gops"]


def test_a_coding_of_a_turn_without_words_breaks_nothing():
    assert found(("R1: …",), (1, "…", "police")) == []


def test_nothing_gives_an_empty_table():
    nothing = Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS))
    assert list(find_relations(nothing, empty(CODINGS), ROOM).columns) == RELATIONS.names
