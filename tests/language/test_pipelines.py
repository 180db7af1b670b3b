"""spaCy pipelines for Polish."""

import pytest
import spacy

from focus_analysis.errors import ArgumentError
from focus_analysis.language.pipelines import polish_pipeline


def test_without_a_model_there_are_polish_tokens():
    nlp = polish_pipeline()
    assert (nlp.lang, nlp.pipe_names) == ("pl", [])


def test_a_saved_pipeline_is_loaded_by_its_path(tmp_path):
    nlp = spacy.blank("pl")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path)
    assert polish_pipeline(str(tmp_path)).pipe_names == ["sentencizer"]


def test_a_model_that_is_not_installed_names_the_line_that_brings_it():
    with pytest.raises(ArgumentError, match="python -m spacy download pl_core_news_sm"):
        polish_pipeline("pl_core_news_none")
