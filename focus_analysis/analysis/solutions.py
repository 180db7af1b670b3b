"""What participants say would help: against which problem, by whom, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.difficulty import linked_speakers
from focus_analysis.analysis.participation import people_of, said_by
from focus_analysis.analysis.scopes import distinct, grouped, places_of, scopes_of
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check, rows
from focus_analysis.schemas_networks import LINKS, SOLUTION_VOICES, SOLUTIONS

if TYPE_CHECKING:
    import pandas as pd

_GROUP = "solutions"
_TURN = ["session_id", "turn"]
_PERSON = ["session_id", "speaker"]


def solutions(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return which solutions participants propose, and which problem or barrier each answers.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Affirmed solutions, whether they answer something or not.
    codes : DataFrame, schema ``CODES``
        Solutions are those of the group "solutions".
    links : DataFrame, schema ``LINKS``
        From ``find_links``: problems and cooperation_barrier with solutions.

    Returns
    -------
    DataFrame, schema ``SOLUTIONS``
        Rows without a problem count a solution whatever it answers; the others by what it answers. A solution may
        answer several, so these do not add up. Without a row nobody said so.
    """
    import pandas as pd

    known = _solutions(codes)
    voiced = said_by(study, check(codings, CODINGS)).rename(columns={"code": "solution"})
    answers = linked_speakers(study, check(links, LINKS)).rename(columns={"other": "solution"})
    every = pd.concat([voiced.assign(problem=None, basis=None), answers], ignore_index=True)
    said = rows(every[every["solution"].isin(known)])
    found = [
        scope.columns
        | {"problem": problem, "solution": solution}
        | {
            "n_gminas": distinct(one, "place"),
            "n_scope": len(scope.places),
            "n_speakers": distinct(one, *_PERSON),
            "n_turns": distinct(one, *_TURN),
            "n_turn_links": sum(row.basis == "turn" for row in one),
            "n_exchange_links": sum(row.basis == "exchange" for row in one),
        }
        for scope in scopes_of(places_of(study))
        for (problem, solution), one in grouped(said, scope, "problem", "solution").items()
    ]
    return check(pd.DataFrame(found, columns=SOLUTIONS.names), SOLUTIONS)


def solution_voices(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return which institution types propose which solutions.

    Parameters
    ----------
    study, codings, codes
        As for ``solutions``.

    Returns
    -------
    DataFrame, schema ``SOLUTION_VOICES``
        Participants whose institution is known. Without a row nobody of the institution said so.
    """
    import pandas as pd

    known = _solutions(codes)
    voiced = said_by(study, check(codings, CODINGS))
    voiced = voiced[voiced["code"].isin(known)].dropna(subset=["institution"])
    said, people = rows(voiced), rows(people_of(study))
    found = []
    for scope in scopes_of(places_of(study)):
        room = grouped(people, scope, "institution")
        for (institution, solution), one in grouped(said, scope, "institution", "code").items():
            present = room[(institution,)]
            found.append(
                scope.columns
                | {
                    "institution": institution,
                    "solution": solution,
                    "n_gminas": distinct(one, "place"),
                    "n_opportunities": distinct(present, "place"),
                    "n_speakers": distinct(one, *_PERSON),
                    "n_present": len(present),
                }
            )
    return check(pd.DataFrame(found, columns=SOLUTION_VOICES.names), SOLUTION_VOICES)


def _solutions(codes: pd.DataFrame) -> set[str]:
    table = check(codes, CODES)
    return set(table.loc[table["group"] == _GROUP, "code"])
