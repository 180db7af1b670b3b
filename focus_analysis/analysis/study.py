"""A study of which several analyses ask the same: it is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from focus_analysis.schemas import StudyTables

if TYPE_CHECKING:
    import pandas as pd

Asked = Callable[[StudyTables], "pd.DataFrame"]


class Study:
    """The three tables of a study, and what functions ``once_a_study`` have found of it.

    Parameters
    ----------
    tables : StudyTables
        Sessions, speakers and turns, such as a Corpus; they must not change.
    """

    def __init__(self, tables: StudyTables) -> None:
        self.sessions, self.speakers, self.turns = tables.sessions, tables.speakers, tables.turns
        self.found: dict[Asked, pd.DataFrame] = {}


def once_a_study(function: Asked) -> Asked:
    """Have a function of a study find its table once of each ``Study``, and hand out copies."""

    @wraps(function)
    def found(study: StudyTables) -> pd.DataFrame:
        if not isinstance(study, Study):
            return function(study)
        if function not in study.found:
            study.found[function] = function(study)
        return study.found[function].copy()

    return found
