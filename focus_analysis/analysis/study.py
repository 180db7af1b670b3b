"""A study of which several analyses ask the same: it is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from focus_analysis.errors import ArgumentError
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
        check_study(tables)
        self.sessions, self.speakers, self.turns = tables.sessions, tables.speakers, tables.turns
        self.found: dict[Asked, pd.DataFrame] = {}


def check_study(given: object) -> None:
    """Raise an ``ArgumentError`` that tells how to get a study where something else stands for one."""
    if not all(hasattr(given, name) for name in ("sessions", "speakers", "turns")):
        kind = type(given).__name__
        raise ArgumentError(f"a study is needed, the Corpus that read_corpus(folder) returns; not a {kind}")


def once_a_study(function: Asked) -> Asked:
    """Have a function of a study find its table once of each ``Study``, and hand out copies."""

    @wraps(function)
    def found(study: StudyTables) -> pd.DataFrame:
        check_study(study)
        if not isinstance(study, Study):
            return function(study)
        if function not in study.found:
            study.found[function] = function(study)
        return study.found[function].copy()

    return found
