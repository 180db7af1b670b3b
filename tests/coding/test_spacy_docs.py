"""Turns as spaCy Docs with their codings as spans."""

import itertools

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc

from focus_analysis.coding.rules import code
from focus_analysis.coding.spacy_docs import to_docs
from focus_analysis.errors import ArgumentError, SchemaError
from tests.builders import codebook, codings, corpus, group, one_turn

STUDY = corpus(
    group("oksa", "M: Słucham.", "R1: Nie ma biedy w GOPS-ie.", "R2: <b>Samotna</b> babcia."),
    group("iwierzyce", "R1: Bieda."),
)
BOOK = {"poverty": ["bieda"], "inst_gops": ["GOPS"], "lonely": ["samotny ... babcia"], "old": ["samotny ... babcia"]}


@pytest.fixture
def docs():
    return list(to_docs(STUDY, code(STUDY, codebook(BOOK))))


def test_every_turn_is_a_doc_that_knows_whose_it_is(docs):
    assert [(doc._.session_id, doc._.turn, doc._.speaker, doc._.role) for doc in docs] == [
        ("oksa", 1, "M", "moderator"),
        ("oksa", 2, "R1", "participant"),
        ("oksa", 3, "R2", "participant"),
        ("iwierzyce", 1, "R1", "participant"),
    ]
    assert [doc.text for doc in docs] == STUDY.turns["text"].tolist()


def test_codings_are_spans_with_status_and_evidence(docs):
    found = [(span.text, span.label_, span._.status) for span in docs[1].spans["codes"]]
    assert found == [("biedy", "poverty", "denied"), ("GOPS-ie", "inst_gops", "affirmed")]
    assert docs[1].spans["codes"][0]._.evidence.startswith("bieda → biedy")
    assert len(docs[0].spans["codes"]) == 0


def test_two_codes_on_the_same_words_keep_their_own_attributes():
    study = one_turn("Nie ma biedy.")
    book = codebook({"poverty": ["bieda"], "inst_poor": ["=biedy"]})
    (doc,) = to_docs(study, code(study, book))
    assert {span.label_: span._.status for span in doc.spans["codes"]} == {"poverty": "denied", "inst_poor": "affirmed"}


def test_a_span_holds_the_tokens_that_the_coding_touches_and_the_offsets_stay():
    given = codings(("s", 1, "poverty")).assign(start=2, end=7)
    (doc,) = to_docs(one_turn("Ubóstwo-bieda, tak."), given)
    assert doc.spans["codes"][0].text in ("Ubóstwo", "Ubóstwo-bieda")
    assert (doc.spans["codes"].attrs["start"], doc.spans["codes"].attrs["end"]) == ([2], [7])


def test_docs_come_one_at_a_time():
    class Counting:
        seen = 0

        def pipe(self, texts, as_tuples):
            for text, context in texts:
                self.seen += 1
                yield spacy.blank("pl").make_doc(text), context

    counting = Counting()
    stream = to_docs(STUDY, codings(), counting)
    assert counting.seen == 0
    next(stream)
    assert counting.seen == 1


def test_codes_survive_saving():
    study = one_turn("Nie ma biedy.")
    (doc,) = to_docs(study, code(study, codebook(BOOK)))
    again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert [(span.label_, span._.status) for span in again.spans["codes"]] == [("poverty", "denied")]
    assert (again._.session_id, again._.turn) == ("s", 1)


def test_displacy_shows_the_codes_with_what_was_said_escaped(docs):
    shown = displacy.render(docs[2], style="span", options={"spans_key": "codes"}, jupyter=False)
    assert "lonely" in shown
    assert "Samotna" in shown
    assert "<b>" not in shown


def test_a_model_that_the_user_names_gives_lemmas_and_entities(tmp_path):
    nlp = spacy.blank("pl")
    nlp.add_pipe("attribute_ruler").add(patterns=[[{"LOWER": "biedy"}]], attrs={"LEMMA": "bieda"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "GOPS"}])
    nlp.to_disk(tmp_path / "model")
    study = one_turn("Nie ma biedy, jest GOPS.")
    for given in (str(tmp_path / "model"), nlp):
        (doc,) = to_docs(study, code(study, codebook(BOOK)), given)
        assert doc[2].lemma_ == "bieda"
        assert [entity.text for entity in doc.ents] == ["GOPS"]
        assert [span.label_ for span in doc.spans["codes"]] == ["poverty", "inst_gops"]


def test_what_is_wrong_is_said_before_the_first_doc():
    with pytest.raises(ArgumentError, match="python -m spacy download"):
        to_docs(STUDY, codings(), "pl_no_such_model")
    with pytest.raises(SchemaError):
        to_docs(STUDY, codings().drop(columns="code"))


def test_codings_of_another_text_are_refused():
    given = codings(("s", 1, "poverty")).assign(start=50, end=55)
    with pytest.raises(ArgumentError, match="characters 50 to 55, but the turn has 6"):
        list(to_docs(one_turn("Bieda."), given))


def test_a_study_can_be_turned_into_docs_twice():
    assert len(list(itertools.chain(to_docs(STUDY, codings()), to_docs(STUDY, codings())))) == 8


def test_a_turn_that_was_read_and_given_no_code_has_no_span():
    (doc, *_) = to_docs(STUDY, codings(("oksa", 1, "none")))
    assert not doc.spans["codes"]
