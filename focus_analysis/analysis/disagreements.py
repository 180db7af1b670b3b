"""Where two coders part: turn by turn, code against code, by speaker and by coder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from focus_analysis.analysis.units import Readings, Statuses, read_together
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import StudyTables, rows

if TYPE_CHECKING:
    import pandas as pd

VIEWS = ("turn", "code", "speaker", "coder")
TURN_COLUMNS = ["session_id", "turn", "speaker", "code", "status_a", "status_b", "difference", "text"]
CODE_COLUMNS = ["code_a", "code_b", "n"]
SPEAKER_COLUMNS = ["session_id", "speaker", "n_turns", "n_differing", "n_codes_differing"]
CODER_COLUMNS = ["coder", "code", "n_given", "n_alone", "n_not_given"]


def disagreements(
    a: pd.DataFrame,
    b: pd.DataFrame,
    study: StudyTables | None = None,
    by: str = "turn",
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return where two coders part, over the turns that both read.

    Parameters
    ----------
    a, b : DataFrame, schema ``CODINGS``
        One coder each (see ``agreement`` for which turns a coder has read).
    study : StudyTables, optional
        The study, for texts and speakers.
    by : {"turn", "code", "speaker", "coder"}
        What to see.
    codes : DataFrame, schema ``CODES``, optional
        Only these codes.

    Returns
    -------
    DataFrame
        by "turn": a row for every turn and code on which they part: session_id, turn, speaker, code, status_a,
        status_b (missing where the coder did not give it), difference ("only_a", "only_b", "status"), text.
        by "code": code_a, code_b, n: how often both gave a code (code_a equal to code_b), and how often one gave
        code_a where the other gave code_b instead; missing where there was nothing instead. In a turn, each code of one
        coder alone is paired with each of the other alone.
        by "speaker": session_id, speaker, n_turns read by both, n_differing, n_codes_differing; most first.
        by "coder": coder, code, n_given, n_alone (the other did not give it), n_not_given (the other alone did).

    Raises
    ------
    ArgumentError
        ``by`` is unknown, or "speaker" is asked for without a study.
    """
    if by not in VIEWS:
        raise ArgumentError(f"by must be one of {', '.join(VIEWS)}; not {by!r}")
    if by == "speaker" and study is None:
        raise ArgumentError("by='speaker' needs the study: disagreements(a, b, corpus, by='speaker')")
    readings = read_together([a, b], "turn", study, codes)
    if by == "code":
        return _by_code(readings)
    if by == "coder":
        return _by_coder(readings)
    table = _by_turn(readings, study)
    return table if by == "turn" else _by_speaker(readings, table, study)


def _judged(readings: Readings) -> Iterator[tuple[tuple[str, int], Statuses, Statuses]]:
    for (session, turn), (a, b) in zip(readings.units, readings.judged, strict=True):
        yield (session, int(turn)), a or {}, b or {}


def _by_turn(readings: Readings, study: StudyTables | None) -> pd.DataFrame:
    import pandas as pd

    said = {} if study is None else {(row.session_id, row.turn): (row.speaker, row.text) for row in rows(study.turns)}
    found = []
    for turn, a, b in _judged(readings):
        for code in sorted(a.keys() | b.keys()):
            if a.get(code) != b.get(code):
                kind = "status" if code in a and code in b else "only_a" if code in a else "only_b"
                speaker, text = said.get(turn, (None, None))
                found.append((*turn, speaker, code, a.get(code), b.get(code), kind, text))
    return pd.DataFrame(found, columns=TURN_COLUMNS)


def _by_code(readings: Readings) -> pd.DataFrame:
    import pandas as pd

    pairs: Counter[tuple[str | None, str | None]] = Counter()
    for _, a, b in _judged(readings):
        pairs.update((code, code) for code in a.keys() & b.keys())
        if a.keys() != b.keys():
            pairs.update(product(_alone(a, b), _alone(b, a)))
    found = [(one, other, n) for (one, other), n in pairs.items()]
    table = pd.DataFrame(found, columns=CODE_COLUMNS)
    return table.sort_values(["n", "code_a", "code_b"], ascending=[False, True, True]).reset_index(drop=True)


def _alone(own: Statuses, other: Statuses) -> list[str | None]:
    """Return the codes that the other did not give, or None in their place."""
    return [*sorted(own.keys() - other.keys())] or [None]


def _by_speaker(readings: Readings, table: pd.DataFrame, study: StudyTables | None) -> pd.DataFrame:
    import pandas as pd

    assert study is not None
    read = pd.DataFrame(readings.units, columns=["session_id", "turn"])
    speakers = read.merge(study.turns[["session_id", "turn", "speaker"]], on=["session_id", "turn"])
    key = ["session_id", "speaker"]
    counts = speakers.groupby(key).size().to_frame("n_turns")
    parted = table.groupby(key).agg(n_differing=("turn", "nunique"), n_codes_differing=("code", "size"))
    joined = counts.join(parted).fillna(0).astype(int).reset_index()
    order = joined.sort_values(["n_codes_differing", *key], ascending=[False, True, True])
    return order[SPEAKER_COLUMNS].reset_index(drop=True)


def _by_coder(readings: Readings) -> pd.DataFrame:
    import pandas as pd

    given: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    alone: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for _, a, b in _judged(readings):
        for place, (own, other) in enumerate(((a, b), (b, a))):
            given[place].update(own.keys())
            alone[place].update(own.keys() - other.keys())
    found = [
        (coder, code, given[place][code], alone[place][code], alone[1 - place][code])
        for place, coder in enumerate(readings.coders)
        for code in readings.codes
    ]
    return pd.DataFrame(found, columns=CODER_COLUMNS)
