"""The turns behind a count are those of the participants who count, and nobody else's."""

import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis.analysis.behind import turns_behind
from focus_analysis.schemas_results import BEHIND
from tests.builders import codes, codings, corpus, group

CODES = codes("poverty", "alcohol", "misery", parents={"poverty": "misery"})
STUDY = corpus(
    group("s1", "M: bieda?", "R1: bieda", "R2: bieda", "R3: obcy", roster=("R1", "R2"), gmina="Oksa"),
    group("s2", "M: co?", "R1: bieda", roster=("R1",), gmina="Oksa"),
    group("s3", "R1: alkohol", roster=("R1",)),
)
GIVEN = codings(
    ("s1", 1, "poverty", "hypothetical"),
    ("s1", 2, "poverty"),
    ("s1", 3, "poverty", "denied"),
    ("s1", 4, "poverty"),
    ("s2", 2, "poverty"),
    ("s3", 1, "alcohol"),
)


def test_turns_of_those_who_count_and_of_the_moderator():
    found = turns_behind(STUDY, GIVEN, CODES).query("level == 'leaf'")
    shown = list(zip(found["gmina"], found["code"], found["session_id"], found["turn"], found["role"], strict=True))
    assert sorted(shown) == [
        ("Oksa", "poverty", "s1", 1, "moderator"),
        ("Oksa", "poverty", "s1", 2, "participant"),
        ("Oksa", "poverty", "s2", 2, "participant"),
        ("s3", "alcohol", "s3", 1, "participant"),
    ]
    assert set(turns_behind(STUDY, GIVEN, CODES).query("level == 'top'")["code"]) == {"misery", "alcohol"}


def test_as_many_speakers_stand_behind_as_are_counted():
    corpus = fa.read_corpus([fa.resource("transcripts/krempna.txt"), fa.resource("transcripts/loniow.srt")])
    codebook = fa.read_codebook(fa.default_codebook())
    given = fa.code(corpus, codebook, coder="rules")
    estimates = fa.salience(corpus, given, codebook.codes)
    behind = turns_behind(corpus, given, codebook.codes).query("role == 'participant'")
    people = behind.groupby(["gmina", "level", "code"])[["session_id", "speaker"]].apply(
        lambda t: len(t.drop_duplicates())
    )
    counted = estimates[estimates["n_named"] > 0].set_index(["gmina", "level", "code"])["n_named"]
    pd.testing.assert_series_equal(
        people.sort_index(), counted.astype("int64").sort_index(), check_names=False, check_index_type=False
    )


def test_unprompted_turns_are_those_of_the_people_whom_the_measure_spontaneous_counts():
    corpus = fa.read_corpus([fa.resource("transcripts/krempna.txt"), fa.resource("transcripts/loniow.srt")])
    codebook = fa.read_codebook(fa.default_codebook())
    given = fa.code(corpus, codebook, coder="rules")
    spontaneous = fa.salience(corpus, given, codebook.codes, measures="spontaneous")
    behind = turns_behind(corpus, given, codebook.codes)
    assert set(behind.loc[behind["unprompted"], "role"]) == {"participant"}
    found = behind[behind["unprompted"]].drop_duplicates(["gmina", "level", "code", "session_id", "speaker"])
    people = found.groupby(["gmina", "level", "code"]).size()
    counted = spontaneous[spontaneous["n_named"] > 0].set_index(["gmina", "level", "code"])["n_named"]
    assert len(people) > 20 and people.to_dict() == counted.astype(int).to_dict()
    assert 0 < behind["unprompted"].sum() < (behind["role"] == "participant").sum()


def test_no_codings_have_nothing_behind():
    assert turns_behind(STUDY, codings(), CODES).empty
    assert list(turns_behind(STUDY, codings(), CODES).columns) == BEHIND.names


def test_an_unknown_group_is_refused():
    with pytest.raises(fa.ArgumentError, match="problems"):
        turns_behind(STUDY, GIVEN, CODES, group="wishes")
