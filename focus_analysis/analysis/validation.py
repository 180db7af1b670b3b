"""A hand-coded sample that says how good automatic codes are: its plan, and precision, recall and F1."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.design import Estimate, draw, hajek, ratio, union_rates, wilson
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, NO_CODE, PLAN, UNITS, StudyTables, check, turns_read

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

FEWEST_LABELS = 20
PEOPLE = frozenset({"human", "adjudicated"})
_MEASURES = ("precision", "recall", "f1")
COLUMNS = [
    "code", "n_validated", "n_predicted", "n_true", "tp", "fp", "fn",
    *(f"{measure}{end}" for measure in _MEASURES for end in ("", "_low", "_high")), "missed_at_most", "too_few",
]  # fmt: skip


class UnreadWarning(UserWarning):
    """Some of the units that a plan drew were not read."""


def plan_validation(
    study: StudyTables,
    codings: pd.DataFrame,
    n: int = 200,
    unit: str = "turn",
    seed: int = 0,
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Draw the turns, or the speakers, that people should code by hand.

    Parameters
    ----------
    study : StudyTables
        The study, such as a Corpus. Units are what participants say; silent participants need no look.
    codings : DataFrame, schema ``CODINGS``
        The automatic codes that are to be checked.
    n : int
        How many units; all where there are fewer.
    unit : {"turn", "speaker"}
        "turn" for shares of turns; "speaker" (all that a participant says in a session) for coverage.
    seed : int
        Seed of the draw.
    codes : DataFrame, schema ``CODES``, optional
        The codes that the sample must serve, parents too; without it, those that the codings give.

    Returns
    -------
    DataFrame, schema ``PLAN``
        One row a unit drawn, in the order of the study, with its chance to be drawn: what later estimates weigh by.
        Units with predicted codes are drawn more densely, the rarer the code the more; uncoded ones are drawn too.

    Raises
    ------
    ArgumentError
        ``unit`` is unknown, ``n`` is not positive, or no participant spoke.

    Notes
    -----
    For every code Neyman's allocation over units with and without it; one sample serves all codes, each unit drawn at
    the highest rate that one of them asks for.
    """
    import numpy as np

    if not isinstance(n, int | np.integer) or n < 1:
        raise ArgumentError(f"plan_validation: n must be a whole number from 1; not {n!r}")
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise ArgumentError(f"plan_validation: seed must be a whole number from 0; not {seed!r}")
    frame = units_of(study, unit)
    if frame.empty:
        raise ArgumentError("plan_validation: no participant's turn in the study; see corpus.findings")
    _, (predicted,) = judged(frame, [check(codings, CODINGS)], study, codes)
    rates = union_rates(predicted, n)
    drawn = draw(rates, np.random.default_rng(seed))
    plan = frame.assign(unit=unit, probability=rates, n_units=len(frame), seed=seed)
    return check(plan[drawn], PLAN)


def validate(
    codings: pd.DataFrame,
    human: pd.DataFrame,
    plan: pd.DataFrame,
    study: StudyTables | None = None,
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Measure automatic codes against people's, as the plan's chances weigh them.

    Parameters
    ----------
    codings : DataFrame, schema ``CODINGS``
        The automatic codes.
    human : DataFrame, schema ``CODINGS``
        People's codes of the planned units: of one coder, or with adjudicated ones, which then hold alone.
    plan : DataFrame, schema ``PLAN``
        From ``plan_validation``.
    study : StudyTables, optional
        Needed where the plan drew speakers.
    codes : DataFrame, schema ``CODES``, optional
        Only these, a parent with all that it gathers; without it, all codes of either table.

    Returns
    -------
    DataFrame, shape (n_codes, 18)
        Per code, of what participants affirmed: units looked at, those predicted and those true; tp, fp, fn as
        counted; precision, recall, f1 with 95% intervals, weighted to the whole corpus; missed_at_most: upper end of
        how many units of the corpus have the code and were missed. A measure that rests on fewer than 20 units
        (predicted ones for precision, true ones for the others) is NaN and named in ``too_few``.

    Raises
    ------
    ArgumentError
        No planned unit was read, the human codes are of several people and not adjudicated, people's codes are merged
        into the automatic ones, or the plan drew speakers and there is no study.

    Warns
    -----
    UnreadWarning
        Some of the units drawn were not read.

    Notes
    -----
    Precision: Wilson with the finite corpus's correction. Recall and F1 are functions of the ratio of missed (and all
    predicted) to true predicted ones, with MOVER's interval. Counting recall in the sample without weights would be
    wrong: predicted units are drawn more densely than others.
    """
    import pandas as pd

    table, people, drawn = automatic(codings), one_judgement(human), checked_plan(plan)
    unit = drawn["unit"].iloc[0] if len(drawn) else UNITS[0]
    if unit == "speaker" and study is None:
        raise ArgumentError("validate: the plan drew speakers; give the study: validate(codings, human, plan, corpus)")
    read = drawn[labelled(drawn, people, study)]
    if read.empty:
        raise ArgumentError("validate: no unit of the plan was read; do sessions and turns match?")
    warn_of_unread(len(drawn), len(read))
    names, (predicted, true) = judged(read, [table, people], study, codes)
    loads = 1 / read["probability"].to_numpy()
    found = [{"code": name, **_measured(predicted[:, k], true[:, k], loads)} for k, name in enumerate(names)]
    return pd.DataFrame(found, columns=COLUMNS)


def _measured(predicted: NDArray[np.bool_], true: NDArray[np.bool_], loads: NDArray[np.float64]) -> dict[str, Any]:
    tp, fp, fn = (int(one.sum()) for one in (predicted & true, predicted & ~true, ~predicted & true))
    size, others = float(loads[predicted].sum()), float(loads[~predicted].sum())
    precision = wilson(*hajek(true[predicted], loads[predicted]), size)
    missing = wilson(*hajek(true[~predicted], loads[~predicted]), others)
    hits, missed = _times(precision, size), _times(missing, others)
    beside = ratio(missed, hits)
    beyond = ratio(Estimate(*(size + value for value in missed)), hits)
    recall = Estimate(1 / (1 + beside.value), 1 / (1 + beside.high), 1 / (1 + beside.low))
    f1 = Estimate(2 / (1 + beyond.value), 2 / (1 + beyond.high), 2 / (1 + beyond.low))
    enough = {"precision": tp + fp, "recall": tp + fn, "f1": tp + fn}
    row: dict[str, Any] = {"n_validated": len(true), "n_predicted": tp + fp, "n_true": tp + fn}
    row |= {"tp": tp, "fp": fp, "fn": fn, "missed_at_most": missed.high}
    for measure, shown in zip(_MEASURES, (precision, recall, f1), strict=True):
        known = enough[measure] >= FEWEST_LABELS
        ends = zip(("", "_low", "_high"), shown, strict=True)
        row |= {measure + end: value if known else float("nan") for end, value in ends}
    row["too_few"] = ";".join(measure for measure in _MEASURES if enough[measure] < FEWEST_LABELS)
    return row


def _times(estimate: Estimate, factor: float) -> Estimate:
    return Estimate(*(value * factor for value in estimate)) if factor else Estimate(0.0, 0.0, 0.0)


def checked_plan(plan: pd.DataFrame) -> pd.DataFrame:
    """Return a checked plan.

    Raises
    ------
    ArgumentError
        A chance is none: it is not above 0 and at most 1.
    """
    table = check(plan, PLAN)
    if not table["probability"].between(0, 1, inclusive="right").all():
        raise ArgumentError("the plan of a sample: every probability is above 0 and at most 1; take the plan as it was")
    return table


def warn_of_unread(n_drawn: int, n_read: int) -> None:
    """Warn where not all that was drawn was read: what was left out is hardly left out at random."""
    if n_read < n_drawn:
        warnings.warn(
            f"of {n_drawn} units drawn {n_drawn - n_read} were not read; estimates count these as if chance had left "
            "them out. Read them too, or give the plan that the sheet was made with.",
            UnreadWarning,
            stacklevel=3,
        )


def units_of(study: StudyTables, unit: str) -> pd.DataFrame:
    """Return what participants said, a row a turn or a speaker: session_id, speaker, turn (missing for speakers).

    Raises
    ------
    ArgumentError
        ``unit`` is unknown.
    """
    if unit not in UNITS:
        raise ArgumentError(f"unit must be one of {', '.join(UNITS)}; not {unit!r}")
    turns = study.turns
    turns = turns.loc[turns["role"] == "participant", ["session_id", "speaker", "turn"]]
    if unit == "speaker":
        turns = turns.drop_duplicates(["session_id", "speaker"]).assign(turn=None)
    return turns.astype({"turn": "Int64"}).reset_index(drop=True)


def affirmed(
    units: pd.DataFrame, codings: pd.DataFrame, codes: Iterable[str], study: StudyTables | None
) -> NDArray[np.bool_]:
    """Return which codes are affirmed in each unit, shape (n_units, n_codes)."""
    import numpy as np

    places = {code: place for place, code in enumerate(codes)}
    said = codings[(codings["status"] == "affirmed") & codings["code"].isin(places)]
    said = said[["session_id", "turn", "code"]].drop_duplicates()
    key = ["session_id", "turn"]
    if units["turn"].isna().all():
        assert study is not None
        said = said.merge(study.turns[["session_id", "turn", "speaker"]], on=key)
        key = ["session_id", "speaker"]
    numbered = units[key].assign(place=range(len(units))).merge(said[[*key, "code"]], on=key)
    truths = np.zeros((len(units), len(places)), dtype=bool)
    truths[numbered["place"].to_numpy(dtype=int), numbered["code"].map(places).to_numpy(dtype=int)] = True
    return truths


def judged(
    units: pd.DataFrame, tables: Sequence[pd.DataFrame], study: StudyTables | None, codes: pd.DataFrame | None
) -> tuple[list[str], list[NDArray[np.bool_]]]:
    """Return the codes, and for each table which of them are affirmed in each unit, shape (n_units, n_codes).

    A parent is affirmed where it or one of the codes that it gathers is, so that it counts a unit once. Without
    ``codes``, the codes are those of the tables and nothing is gathered.
    """
    import numpy as np

    if codes is None:
        names = sorted({code for table in tables for code in table["code"]} - {NO_CODE})
        return names, [affirmed(units, table, names, study) for table in tables]
    names, parents = list(codes["code"]), codes["parent"].tolist()
    gathers = np.array([name in own for own in zip(names, parents, strict=True) for name in names], dtype=bool)
    square = gathers.reshape(len(names), len(names))
    return names, [affirmed(units, table, names, study) @ square for table in tables]


def labelled(units: pd.DataFrame, human: pd.DataFrame, study: StudyTables | None) -> NDArray[np.bool_]:
    """Return which units people have read: turns; or speakers of whom every turn was read."""
    import pandas as pd

    key = ["session_id", "turn"]
    if not units["turn"].isna().all():
        read = turns_read(human, units[key])
        return pd.MultiIndex.from_frame(units[key]).isin(pd.MultiIndex.from_frame(read[key]))
    assert study is not None
    turns = study.turns[[*key, "speaker"]]
    read = turns_read(human, turns)
    speaker = ["session_id", "speaker"]
    said, heard = (table.groupby(speaker).size() for table in (turns, read))
    whole = heard.index[heard == said.reindex(heard.index)]
    return pd.MultiIndex.from_frame(units[speaker]).isin(whole)


def automatic(codings: pd.DataFrame) -> pd.DataFrame:
    """Return a checked table of automatic codes.

    Raises
    ------
    ArgumentError
        People's codes are merged into it: checked by themselves, they would look free of errors.
    """
    table = check(codings, CODINGS)
    kinds = set(table["coder_kind"])
    if kinds & PEOPLE and kinds - PEOPLE:
        raise ArgumentError(
            f"the codings are partly people's ({', '.join(sorted(kinds & PEOPLE))}); give the automatic codes alone, "
            "as they come from code(corpus, codebook), and people's beside them"
        )
    return table


def one_judgement(human: pd.DataFrame) -> pd.DataFrame:
    """Return the human codes that hold: the adjudicated ones, or those of the one coder that there is.

    Raises
    ------
    ArgumentError
        There are several coders and nothing was adjudicated.
    """
    table = check(human, CODINGS)
    table = table[table["coder_kind"].isin(PEOPLE)]
    final = table[table["coder_kind"] == "adjudicated"]
    if len(final):
        return final
    coders = sorted(set(table["coder"]))
    if len(coders) > 1:
        raise ArgumentError(
            f"the human codes are of {len(coders)} coders ({', '.join(coders)}); give those of one, or settle them"
        )
    return table
