"""The rule coder in a spaCy pipeline: found by its entry point, equal to the batch, saved and loaded."""

import pickle

import pytest
import spacy
from spacy.lang.en import English

import focus_analysis as fa
from focus_analysis.errors import CodebookError
from focus_analysis.schemas import rows
from tests.builders import codebook

YAML = """
name: próba
version: "1"
groups: {problems: {label: {pl: problemy, en: problems}}}
codes:
  poverty:
    group: problems
    label: {pl: ubóstwo, en: poverty}
    patterns: [bieda, nędza]
"""


def pipeline(**config):
    nlp = spacy.blank("pl")
    nlp.add_pipe("focus_codebook", config=config)
    return nlp


def found(nlp, text="Nie ma biedy."):
    doc = nlp(text)
    return [(span.text, span.label_, span._.status) for span in doc.spans["codes"]]


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(YAML, encoding="utf-8")
    return file


def test_hits_equal_the_batch_on_every_shipped_transcript(shipped, shipped_codings):
    nlp = pipeline()
    columns = ["session_id", "turn", "code", "start", "end", "status"]
    hits = []
    docs = [nlp.make_doc(turn.text) for turn in rows(shipped.turns)]
    for doc, turn in zip(docs, rows(shipped.turns), strict=True):
        doc._.role = turn.role
    for doc, turn in zip(nlp.pipe(docs, batch_size=100), rows(shipped.turns), strict=True):
        group = doc.spans["codes"]
        places = list(zip(group, group.attrs["start"], group.attrs["end"], group.attrs["status"], strict=True))
        hits += [(turn.session_id, turn.turn, span.label_, *place) for span, *place in places]
        assert all(span.start_char <= start and end <= span.end_char for span, start, end, _ in places)
    assert hits == list(shipped_codings[columns].itertuples(index=False, name=None))
    assert len(hits) > 1000


def test_a_codebook_of_ones_own_is_given_by_its_path(path):
    assert found(pipeline(codebook=str(path))) == [("biedy", "poverty", "denied")]


def test_a_codebook_is_given_by_its_content(path):
    content = pipeline(codebook=str(path)).get_pipe("focus_codebook").to_bytes().decode()
    path.unlink()
    assert found(pipeline(codebook=content)) == [("biedy", "poverty", "denied")]


def test_a_pipeline_is_saved_and_loaded_without_the_file_that_it_came_from(path, tmp_path):
    nlp = pipeline(codebook=str(path))
    before = found(nlp)
    nlp.to_disk(tmp_path / "saved")
    path.unlink()
    assert found(spacy.load(tmp_path / "saved")) == before


def test_the_content_of_the_packaged_codebook_stands_in_a_saved_configuration(tmp_path):
    content = fa.read_codebook(fa.default_codebook()).model_dump_json()
    nlp = pipeline(codebook=content)
    nlp.to_disk(tmp_path / "saved")
    again = spacy.load(tmp_path / "saved")
    assert again.get_pipe("focus_codebook").codebook == nlp.get_pipe("focus_codebook").codebook
    assert again.config["components"]["focus_codebook"]["codebook"] == content


def test_a_pipeline_goes_through_bytes_and_takes_the_place_of_another_codebook(path):
    nlp, other = pipeline(codebook=str(path)), pipeline()
    assert "poverty" in {label for _, label, _ in found(other, "Bieda i GOPS.")}
    other.from_bytes(nlp.to_bytes())
    assert found(other, "Bieda i GOPS.") == [("Bieda", "poverty", "affirmed")]
    assert other.get_pipe("focus_codebook").codebook == fa.read_codebook(path)


def test_a_component_that_was_used_can_go_to_another_process(path):
    component = pipeline(codebook=str(path)).get_pipe("focus_codebook")
    doc = pickle.loads(pickle.dumps(component))(spacy.blank("pl").make_doc("Bieda."))
    assert [span.label_ for span in doc.spans["codes"]] == ["poverty"]


def test_a_moderators_doc_is_hypothetical(path):
    nlp = pipeline(codebook=str(path))
    doc = nlp.make_doc("Jest bieda.")
    doc._.role = "moderator"
    assert [span._.status for span in nlp(doc).spans["codes"]] == ["hypothetical"]


def test_it_works_in_a_pipeline_of_another_tokeniser(path):
    nlp = English()
    nlp.add_pipe("focus_codebook", config={"codebook": str(path)})
    assert found(nlp, "Tu jest bieda/coś…") == [("bieda", "poverty", "affirmed")]


@pytest.mark.parametrize("text", ["", "   ", "…"])
def test_a_text_without_words_has_no_codes(text, path):
    assert found(pipeline(codebook=str(path)), text) == []


def test_a_codebook_that_is_not_there_is_said_on_first_use(tmp_path):
    nlp = pipeline(codebook=str(tmp_path / "none.yaml"))
    with pytest.raises(CodebookError, match="no such codebook"):
        nlp("Bieda.")


def test_a_codebook_made_in_memory_is_carried_as_it_is():
    book = codebook({"poverty": ["bieda"], "inst_gops": ["GOPS"]})
    assert pipeline(codebook=book.model_dump_json()).get_pipe("focus_codebook").codebook == book
