"""Where two coders part."""

import pytest

from focus_analysis.analysis.disagreements import disagreements
from focus_analysis.errors import ArgumentError
from tests.builders import codes, codings, corpus, group

STUDY = corpus(group("s", "M: pytam", "R1: bieda", "R2: wódka", "R1: bieda i wódka", "R2: nic"))
A = codings(("s", 2, "poverty"), ("s", 3, "alcohol"), ("s", 4, "poverty"), ("s", 4, "housing")).assign(coder="Ala")
B = codings(
    ("s", 2, "poverty", "denied"), ("s", 3, "violence"), ("s", 4, "poverty"), ("s", 4, "alcohol"), ("s", 5, "health")
).assign(coder="Ola")


def records(table):
    return [tuple(None if cell != cell else cell for cell in row) for row in table.itertuples(index=False, name=None)]


def test_turn_by_turn_with_the_text():
    assert records(disagreements(A, B, STUDY)) == [
        ("s", 2, "R1", "poverty", "affirmed", "denied", "status", "bieda"),
        ("s", 3, "R2", "alcohol", "affirmed", None, "only_a", "wódka"),
        ("s", 3, "R2", "violence", None, "affirmed", "only_b", "wódka"),
        ("s", 4, "R1", "alcohol", None, "affirmed", "only_b", "bieda i wódka"),
        ("s", 4, "R1", "housing", "affirmed", None, "only_a", "bieda i wódka"),
        ("s", 5, "R2", "health", None, "affirmed", "only_b", "nic"),
    ]


def test_without_a_study_there_is_no_text():
    table = disagreements(A, B)
    assert len(table) == 6
    assert table[["speaker", "text"]].isna().all(axis=None)


def test_code_against_code():
    assert set(records(disagreements(A, B, STUDY, by="code"))) == {
        ("poverty", "poverty", 2),
        ("alcohol", "violence", 1),
        ("housing", "alcohol", 1),
        (None, "health", 1),
    }


def test_by_speaker_the_most_disputed_first():
    assert records(disagreements(A, B, STUDY, by="speaker")) == [
        ("s", "R1", 2, 2, 3),
        ("s", "R2", 2, 2, 3),
        ("s", "M", 1, 0, 0),
    ]


def test_by_coder_and_code():
    table = disagreements(A, B, STUDY, by="coder").set_index(["coder", "code"])
    assert table.loc[("Ala", "poverty")].tolist() == [2, 0, 0]
    assert table.loc[("Ala", "alcohol")].tolist() == [1, 1, 1]
    assert table.loc[("Ola", "health")].tolist() == [1, 1, 0]
    assert table.loc[("Ala", "health")].tolist() == [0, 0, 1]


def test_some_codes_only():
    assert set(disagreements(A, B, STUDY, codes=codes("health", "housing"))["code"]) == {"health", "housing"}


def test_coders_who_agree_leave_an_empty_table():
    for by in ("turn", "code", "speaker", "coder"):
        table = disagreements(A, A.assign(coder="Ola"), STUDY, by=by)
        assert table.empty == (by == "turn")


@pytest.mark.parametrize(
    ("study", "by", "said"), [(STUDY, "word", "turn, code, speaker, coder"), (None, "speaker", "study")]
)
def test_an_unknown_view_is_refused(study, by, said):
    with pytest.raises(ArgumentError, match=said):
        disagreements(A, B, study, by=by)
