"""What stands between institutions: who says so of whom, and which solution answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.difficulty import linked_speakers
from focus_analysis.analysis.participation import people_of
from focus_analysis.analysis.partners import named_in_turns, presence
from focus_analysis.analysis.scopes import distinct, grouped, places_of, scopes_of
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check, rows
from focus_analysis.schemas_networks import BARRIER_ANSWERS, BARRIER_COUNTS, BARRIERS, LINKS

if TYPE_CHECKING:
    import pandas as pd

_TURN = ["session_id", "turn"]
_PERSON = ["session_id", "speaker"]
_BARRIER = "cooperation_barrier"


def barrier_counts(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, barriers: pd.DataFrame
) -> pd.DataFrame:
    """Return how many gminas tell of each kind of barrier: at all, by institution, and by pair of institutions.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Which institutions a turn names.
    codes : DataFrame, schema ``CODES``
        Which codes are institutions.
    barriers : DataFrame, schema ``BARRIERS``
        From ``find_barriers``.

    Returns
    -------
    DataFrame, schema ``BARRIER_COUNTS``
        Rows without source and target count a kind whoever speaks of whom; rows with a source alone, by the speaker's
        institution; rows with both, by pairs. A turn that names several institutions counts for each, so that these
        do not add up. Without a row nobody said so.
    """
    import pandas as pd

    told = check(barriers, BARRIERS)[[*_TURN, "kind"]].merge(study.turns[[*_TURN, "speaker"]], on=_TURN)
    told = told.merge(people_of(study)[[*_PERSON, "institution", "place"]], on=_PERSON)
    told = told.rename(columns={"institution": "source"})
    known = told.dropna(subset=["source"])
    paired = known.merge(named_in_turns(check(codings, CODINGS), check(codes, CODES)), on=_TURN)
    paired = paired[paired["source"] != paired["target"]]
    nobody = {"source": None, "target": None}
    every = [told.drop(columns="source").assign(**nobody), known.assign(target=None), paired]
    said, present = rows(pd.concat(every, ignore_index=True).astype(object)), presence(study, codes)
    found = [
        scope.columns
        | {"source": source, "target": target, "kind": kind}
        | {
            "n_gminas": distinct(one, "place"),
            "n_opportunities": len(scope.places)
            if source is None
            else len(present.get(source, set()) & set(scope.places)),
            "n_scope": len(scope.places),
            "n_speakers": distinct(one, *_PERSON),
            "n_turns": distinct(one, *_TURN),
        }
        for scope in scopes_of(places_of(study))
        for (source, target, kind), one in grouped(said, scope, "source", "target", "kind").items()
    ]
    return check(pd.DataFrame(found, columns=BARRIER_COUNTS.names), BARRIER_COUNTS)


def barrier_answers(
    study: StudyTables, codes: pd.DataFrame, barriers: pd.DataFrame, links: pd.DataFrame
) -> pd.DataFrame:
    """Return which solutions are proposed for which kind of barrier.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codes : DataFrame, schema ``CODES``
        Solutions are those of the group "solutions".
    barriers : DataFrame, schema ``BARRIERS``
        From ``find_barriers``.
    links : DataFrame, schema ``LINKS``
        From ``find_links``: those of cooperation_barrier, whose turn says of which kind it is.

    Returns
    -------
    DataFrame, schema ``BARRIER_ANSWERS``
        A barrier of several kinds counts for each. Without a row nobody said so.
    """
    import pandas as pd

    kinds = check(barriers, BARRIERS)[[*_TURN, "kind"]].rename(columns={"turn": "problem_turn"})
    table = check(codes, CODES)
    solutions = table.loc[table["group"] == "solutions", "code"]
    answers = check(links, LINKS)
    answers = answers[(answers["problem"] == _BARRIER) & answers["other"].isin(solutions)]
    said = rows(linked_speakers(study, answers).merge(kinds, on=["session_id", "problem_turn"]))
    found = [
        scope.columns
        | {"kind": kind, "solution": solution}
        | {
            "n_gminas": distinct(one, "place"),
            "n_scope": len(scope.places),
            "n_speakers": distinct(one, *_PERSON),
            "n_turns": distinct(one, *_TURN),
        }
        for scope in scopes_of(places_of(study))
        for (kind, solution), one in grouped(said, scope, "kind", "other").items()
    ]
    return check(pd.DataFrame(found, columns=BARRIER_ANSWERS.names), BARRIER_ANSWERS)
