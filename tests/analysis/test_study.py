from types import SimpleNamespace
from typing import Any

import pandas as pd

from focus_analysis.analysis.participation import people_of
from focus_analysis.analysis.scopes import places_of
from focus_analysis.analysis.study import Study, once_a_study
from focus_analysis.analysis.talk import countable
from tests.builders import corpus, group

CORPUS = corpus(group("oksa", "M: Co?", "R1: Bieda."), group("bieliny", "M: Co?", "R1: Alkohol.", "R2: Bieda."))


def test_a_study_is_asked_once_and_hands_out_copies() -> None:
    asked = []

    @once_a_study
    def sizes(study: Any) -> pd.DataFrame:
        asked.append(study)
        return study.turns.groupby("session_id", as_index=False).size()

    study = Study(CORPUS)
    first = sizes(study)
    first["size"] = 0
    assert sizes(study)["size"].tolist() == [3, 2] and asked == [study]
    sizes(Study(CORPUS))
    assert len(asked) == 2


def test_what_is_no_study_may_change_and_is_asked_anew() -> None:
    tables = SimpleNamespace(sessions=CORPUS.sessions, speakers=CORPUS.speakers, turns=CORPUS.turns)
    assert len(countable(tables)) == 2
    tables.sessions = tables.sessions.iloc[:1]
    assert len(countable(tables)) == 1


def test_a_study_is_told_of_as_its_tables_are() -> None:
    study = Study(CORPUS)
    for function in (countable, places_of, people_of):
        for _ in range(2):
            pd.testing.assert_frame_equal(function(study), function(CORPUS))
