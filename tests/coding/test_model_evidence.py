"""What the model said is read again as it was written, whatever the words are."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from focus_analysis import labels
from focus_analysis.coding.model_evidence import ModelEvidence, read_evidence

SAID = st.text(st.characters(exclude_characters="≈→|", codec="utf-8"), max_size=30)
EVIDENCE = st.builds(ModelEvidence, st.sampled_from([None, "denied", "hypothetical"]), st.booleans(), SAID, SAID)


@given(EVIDENCE, st.sampled_from(["", "bieda → Biedy", "bieda|nędza → Biedy | cue: nie ma", "model* → modele"]))
@example(ModelEvidence(None, False, "Przemoc", "Mówi: a ≈ b → c | model → d ≈ e"), "")
def test_what_was_written_is_read_again(said, rule):
    assert read_evidence(said.beside(rule) if rule else str(said)) == (rule, said)


@pytest.mark.parametrize("leans", [True, False])
@pytest.mark.parametrize("status", [None, "affirmed", "denied", "hypothetical"])
def test_it_is_told_in_the_language_of_the_reader(status, leans):
    said = str(ModelEvidence(status, leans, "bieda", "Bieda u nas."))
    told = labels.evidence(said, "pl")
    assert not re.search("affirmed|denied|hypothetical|talk", told)
    assert ("miejsce w rozmowie" in told, "model (" in told) == (leans, status is not None)
    assert labels.evidence(said, "en") == said


@pytest.mark.parametrize("rule", ["", "bieda → Biedy", "model → model", "wrote it down"])
def test_evidence_without_a_model_is_the_rules(rule):
    assert read_evidence(rule) == (rule, None)
