"""What results say of themselves."""

from dataclasses import FrozenInstanceError, replace

import pytest


def test_one_invented_session_makes_the_study_invented(polish):
    assert polish.results.invented
    assert polish.results.sessions["invented"].sum() == 1
    assert not replace(polish.results, sessions=polish.results.sessions.assign(invented=False)).invented


@pytest.mark.parametrize(
    ("kinds", "unchecked"),
    [((), True), (("rule",), True), (("model", "rule"), True), (("human", "rule"), False), (("adjudicated",), False)],
)
def test_results_are_unchecked_until_a_person_has_coded(polish, kinds, unchecked):
    made = replace(polish.results.provenance, coder_kinds=kinds)
    assert replace(polish.results, provenance=made).unchecked is unchecked


def test_results_are_frozen(polish):
    with pytest.raises(FrozenInstanceError):
        polish.results.codings = None
