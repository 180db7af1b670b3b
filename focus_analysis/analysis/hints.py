"""How often a problem comes with hints of specificity or emotion, and how evenly people talked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.salience import salience
from focus_analysis.schemas import CODINGS, ESTIMATES, StudyTables, check

if TYPE_CHECKING:
    import pandas as pd

_SCORE = "specificity_score"


def hint_shares(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    hints: pd.DataFrame,
    by: str = "gmina",
    group: str = "problems",
) -> pd.DataFrame:
    """Return the share of each code's utterances that hold a hint.

    Parameters
    ----------
    study, codings, codes, by, group
        As for ``salience``.
    hints : DataFrame, schema ``CODINGS``
        From ``find_hints``; codes "kind.class". A person may have changed it.

    Returns
    -------
    DataFrame, schema ``ESTIMATES``
        One measure a kind of hint (specificity, emotion): share of the utterances with a hint of the kind, and
        specificity_score: mean number of classes of specificity in an utterance, 0 to 4. NaN where nobody named the
        code. No ranks: hints do not say how salient a problem was. For a region the shares are those of the means.

    Notes
    -----
    Krueger and Casey weigh specificity and emotion beside frequency and extensiveness. Here they are hints only: read
    the words.
    """
    hints = check(hints, CODINGS)
    utterances = salience(study, codings, codes, by, group, measures="utterances")
    kinds = hints["code"].str.split(".").str[0]
    parts = []
    for kind in sorted(set(kinds) | {"emotion", "specificity"}):
        hinted = _utterances_in(hints[kinds == kind], study, codings, codes, by, group)
        parts.append(_over(utterances, hinted, kind))
    classes = [hints[hints["code"] == name] for name in sorted(set(hints.loc[kinds == "specificity", "code"]))]
    summed = sum((_utterances_in(part, study, codings, codes, by, group) for part in classes), start=0.0)
    return check(_joined([*parts, _over(utterances, summed, _SCORE)]), ESTIMATES)


def talk_balance(study: StudyTables) -> pd.DataFrame:
    """Return how evenly the participants of each session talked.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.

    Returns
    -------
    DataFrame, shape (n_sessions, 6)
        session_id, n_participants (of the roster, or those who spoke), n_words, top_share (of the words, by the one
        who said most), gini (0: all said as much), effective_speakers (Hill's N1 = exp(-sum p ln p)). Missing where
        no participant is known or spoke.
    """
    import pandas as pd

    people = study.speakers
    people = people[people["role"] == "participant"]
    found = []
    for session in study.sessions["session_id"]:
        here = people[people["session_id"] == session]
        counted = here[here["in_roster"]] if here["in_roster"].any() else here[here["n_turns"] > 0]
        found.append({"session_id": session} | _balance(counted["n_words"].to_numpy(dtype=float)))
    return pd.DataFrame(
        found, columns=["session_id", "n_participants", "n_words", "top_share", "gini", "effective_speakers"]
    )


def _balance(words: np.ndarray) -> dict[str, float]:
    n, total = len(words), words.sum()
    if not total:
        return {"n_participants": n, "n_words": 0}
    shares = np.sort(words) / total
    spoken = shares[shares > 0]
    return {
        "n_participants": n,
        "n_words": int(total),
        "top_share": float(shares[-1]),
        "gini": float(np.sum((2 * np.arange(1, n + 1) - n - 1) * shares) / n),
        "effective_speakers": float(np.exp(-np.sum(spoken * np.log(spoken)))),
    }


def _utterances_in(
    hints: pd.DataFrame, study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, by: str, group: str
) -> pd.Series[float]:
    """Return the utterances of each code that hold one of the hints, row by row of the table of all utterances."""
    hinted = codings.merge(hints[["session_id", "turn"]].drop_duplicates(), on=["session_id", "turn"])
    return salience(study, hinted, codes, by, group, measures="utterances")["estimate"]


def _over(utterances: pd.DataFrame, hinted: pd.Series[float] | float, measure: str) -> pd.DataFrame:
    said = utterances["estimate"].where(utterances["estimate"] > 0)
    return utterances.assign(
        measure=measure, estimate=hinted / said, rank=None, rank_low=None, rank_high=None, method=f"{measure}: hints"
    )


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(parts, ignore_index=True)
