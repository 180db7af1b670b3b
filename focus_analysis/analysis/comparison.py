"""Coders against codes that count as right: precision, recall and F1 of each code, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.bootstrap import bootstrap, resampled
from focus_analysis.analysis.validation import affirmed, labelled, units_of
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import LABELS, NO_CODE, StudyTables, check

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

FEWEST_FOR_INTERVAL, FEW = 10, 20
MEASURES = ("precision", "recall", "f1")
COLUMNS = [
    "coder", "scope", "group", "code", "n_true", "n_predicted", "tp", "fp", "fn",
    *(f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high")),
    "few", "n_codes", "n_turns", "n_sessions", "interval",
]  # fmt: skip


def compare_coders(
    gold: pd.DataFrame,
    coders: Mapping[str, pd.DataFrame],
    study: StudyTables,
    codes: pd.DataFrame | None = None,
    resamples: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure any number of coders against the same codes, turn by turn.

    Parameters
    ----------
    gold : DataFrame
        Codes that count as right: session_id, turn, code and status, such as adjudicated or reference codes. Rows of
        the code ``none`` say which turns were read; without any, all turns of the sessions that have codes.
    coders : mapping of str to DataFrame
        Codings, with the same columns at least, by the name that a coder has in the table.
    study : StudyTables
        The study, such as a Corpus; only what participants say is compared.
    codes : DataFrame with code and group, optional
        Only these codes, with rows for each of their groups; without it, all codes of ``gold``.
    resamples, seed : int
        Of the bootstrap.

    Returns
    -------
    DataFrame
        Rows a coder: ``scope`` "micro" (counts of all codes pooled) and "macro" (mean over the codes that ``gold``
        has), over all codes and, with ``codes``, a group (column ``group``, missing for all); then a row a code. What
        is counted is codes affirmed in a turn: n_true of ``gold``, n_predicted, tp, fp, fn; precision, recall and f1,
        NaN where nothing was predicted or nothing is true; 95% percentile intervals over ``interval`` ("transcripts"
        where there are ten or more; "turns": these transcripts only, and nothing about others), none where fewer than
        ten turns stand behind the number or the resamples are all alike; ``few``: fewer than twenty true turns;
        n_codes: codes behind the row.

    Raises
    ------
    SchemaError
        A table lacks a column, or has a value that is not allowed.
    ArgumentError
        No coder is given by name, or no participant's turn of the study was read for ``gold``.
    """
    import pandas as pd

    if not isinstance(coders, Mapping) or not coders:
        raise ArgumentError("compare_coders: the coders are needed by name; give {'name': codings}")
    if not hasattr(study, "turns"):
        raise ArgumentError(f"compare_coders: the study, such as a Corpus, stands third; not a {type(study).__name__}")
    gold, coders = check(gold, LABELS), {name: check(codings, LABELS) for name, codings in coders.items()}
    turns = units_of(study, "turn")
    if turns.empty:
        raise ArgumentError("compare_coders: nobody is known as a participant; give roles in speakers.csv")
    turns = turns[labelled(turns, gold, study)]
    if turns.empty:
        raise ArgumentError("compare_coders: no participant's turn was read; do the sessions and turns match?")
    if codes is not None and not {"code", "group"} <= set(getattr(codes, "columns", ())):
        raise ArgumentError("compare_coders: codes needs the columns code and group, such as codebook.codes")
    names = sorted(set(gold["code"]) - {NO_CODE}) if codes is None else list(codes["code"])
    groups = dict.fromkeys(names) if codes is None else dict(zip(codes["code"], codes["group"], strict=True))
    right = affirmed(turns, gold, names, study)
    sessions = turns["session_id"].tolist()
    rows: list[dict[str, Any]] = []
    for coder, codings in coders.items():
        given = affirmed(turns, codings, names, study)
        found = _measured(right, given, names, groups, sessions, resamples, seed)
        rows += [{"coder": coder, **row} for row in found]
    over: dict[str, Any] = {"n_turns": len(turns), "n_sessions": len(set(sessions)), "interval": _resampled(sessions)}
    return pd.DataFrame(rows).assign(**over)[COLUMNS]


def _resampled(sessions: list[str]) -> str:
    return "transcripts" if resampled(sessions) == "transcripts" else "turns"


def _measured(
    right: Truths,
    given: Truths,
    names: list[str],
    groups: Mapping[str, str | None],
    sessions: list[str],
    resamples: int,
    seed: int,
) -> list[dict[str, Any]]:
    """Return the rows of a coder: all codes and each group, pooled and in the mean, then each code."""
    import numpy as np

    counts = np.stack([right & given, ~right & given, right & ~given]).astype(float)
    in_groups: dict[str | None, list[bool]] = {
        group: [groups[name] == group for name in names] for group in dict.fromkeys(groups.values()) if group
    }
    pools: dict[str | None, list[bool]] = {None: [True] * len(names), **in_groups}
    members = np.array(list(pools.values()), dtype=float)

    def statistic(times: Numbers) -> Numbers:
        by_code = np.einsum("nu,kuc->knc", times, counts)
        micro, single = _shares(by_code @ members.T), _shares(by_code)
        has = by_code[0] + by_code[2] > 0
        macro = [_mean(np.where(has, np.nan_to_num(share), 0) @ members.T, has @ members.T) for share in single]
        return np.concatenate([np.hstack(measure) for measure in zip(micro, macro, single, strict=True)], axis=1)

    ends = bootstrap(sessions, statistic, resamples, seed)
    n_rows = 2 * len(pools) + len(names)
    values, low, high = (
        row.reshape(3, n_rows) for row in (statistic(np.ones((1, len(sessions))))[0], ends.low, ends.high)
    )
    totals = counts.sum(axis=1)
    pooled = totals @ members.T
    tp, fp, fn = (
        np.concatenate([of_pools, of_pools, of_codes]) for of_pools, of_codes in zip(pooled, totals, strict=True)
    )
    behind = np.stack([tp + fp, tp + fn, tp + fn])
    shown = (behind >= FEWEST_FOR_INTERVAL) & (low < high)
    low, high = np.where(shown, low, np.nan), np.where(shown, high, np.nan)
    heads: list[tuple[str, str | None, str | None]] = [
        (scope, group, None) for scope in ("micro", "macro") for group in pools
    ]
    heads += [("code", groups[name], name) for name in names]
    n_codes = np.concatenate([members.sum(axis=1), (members @ (totals[0] + totals[2] > 0)), np.ones(len(names))])
    rows = []
    for place, (scope, group, code) in enumerate(heads):
        row: dict[str, Any] = {"scope": scope, "group": group, "code": code, "n_codes": int(n_codes[place])}
        row |= {"n_true": int(tp[place] + fn[place]), "n_predicted": int(tp[place] + fp[place])}
        row |= {"tp": int(tp[place]), "fp": int(fp[place]), "fn": int(fn[place]), "few": tp[place] + fn[place] < FEW}
        for number, measure in enumerate(MEASURES):
            triple = zip(("", "_low", "_high"), (values, low, high), strict=True)
            row |= {measure + end: float(value[number, place]) for end, value in triple}
        rows.append(row)
    return rows


def _shares(counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return precision, recall and F1 of counts of tp, fp, fn; recall and F1 are undefined where nothing is true."""
    import numpy as np

    tp, fp, fn = counts
    f1 = np.where(tp + fn > 0, _mean(2 * tp, 2 * tp + fp + fn), np.nan)
    return _mean(tp, tp + fp), _mean(tp, tp + fn), f1


def _mean(part: Numbers, whole: Numbers) -> Numbers:
    import numpy as np

    shares: Numbers = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return shares
