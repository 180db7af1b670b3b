"""Agreement of coders: per code, over all codes, and on how a code stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.bootstrap import bootstrap, resampled
from focus_analysis.analysis.krippendorff import Pairable, pairable
from focus_analysis.analysis.units import Readings, read_together
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import STATUSES, StudyTables

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

FEWEST_WITH_CODE = 10
NOT_ALONE = ("ac1", "pabak")
_OVERALL = ("masi", "jaccard", "nominal")
_SETTLED = ("n_units", "both", "only_a", "only_b", "neither")
CODE_COLUMNS = [
    "code", *_SETTLED, "alpha", "alpha_low", "alpha_high", "positive_agreement", "positive_low", "positive_high",
    "kappa", *NOT_ALONE, "not_alone", "n_undefined", "remark",
]  # fmt: skip
OVERALL_COLUMNS = ["measure", "estimate", "low", "high", "n_units", "n_undefined"]


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    Parameters
    ----------
    coders : tuple of str
        Names of the coders, in the order in which they were given.
    unit : str
        What was compared: "turn" or "speaker".
    n_units, n_sessions : int
        Units that two coders or more read, and the sessions that they come from.
    interval : str
        What the intervals were resampled over. "transcripts": where there are ten or more. "units": these transcripts
        only, and nothing about others.
    codes : DataFrame, shape (n_codes, 18)
        Per code: units, and the 2 x 2 counts (both gave it, only the first, only the second, neither; over pairs of
        coders where there are more than two); Krippendorff's alpha and positive agreement with 95% intervals; Cohen's
        kappa (mean over pairs of coders); ac1 and pabak, which make the failure of a rare code look excellent and are
        never to be used alone (``not_alone`` names them); n_undefined: resamples in which alpha was undefined;
        remark: "unused" (nobody gave the code: nothing is defined), "always" (all gave it everywhere: no chance
        correction is defined), "few" (given in fewer than ten units: no interval), "perfect" (no disagreement to
        resample: no interval).
    overall : DataFrame, shape (5, 6)
        Over all codes: alpha with MASI, Jaccard and nominal distance between the sets of codes of a unit, positive
        agreement of all codes pooled, and alpha_status: of how a code stands, where coders gave it to the same unit.
    statuses : DataFrame, shape (3, 3)
        Status by the first (rows) and by the second (columns), where both gave the code.
    """

    coders: tuple[str, ...]
    unit: str
    n_units: int
    n_sessions: int
    interval: str
    codes: pd.DataFrame
    overall: pd.DataFrame
    statuses: pd.DataFrame

    def __repr__(self) -> str:
        masi = self.overall.set_index("measure").loc["alpha_masi"]
        return (
            f"Agreement of {', '.join(self.coders)} on {self.n_units} {self.unit}s of {self.n_sessions} sessions: "
            f"alpha (MASI) {masi['estimate']:.3f} [{masi['low']:.3f}, {masi['high']:.3f}], "
            f"resampled over {self.interval}"
        )


def agreement(
    *coders: pd.DataFrame,
    unit: str = "turn",
    study: StudyTables | None = None,
    codes: pd.DataFrame | None = None,
    status: str | None = None,
    resamples: int = 999,
    seed: int = 0,
) -> Agreement:
    """Measure how far two coders or more agree.

    Parameters
    ----------
    *coders : DataFrame, schema ``CODINGS``
        One table a coder, coded before any discussion. A row of the code ``none`` says that a turn was read and given
        no code; a table with such rows lists all that its coder read. Without them, a coder is taken to have read
        every turn of the sessions that they coded.
    unit : {"turn", "speaker"}
        What is compared: turns, or all that a speaker says in a session.
    study : StudyTables, optional
        The study, such as a Corpus: then turns that nobody coded count as agreement. Without it only turns with a row
        in one of the tables count, which lowers every measure but positive agreement.
    codes : DataFrame, schema ``CODES``, optional
        Only these codes, the unused ones too; without it, the codes that somebody gave.
    status : {"affirmed", "denied", "hypothetical"}, optional
        Only codings of this status; without it a code counts however it stands.
    resamples, seed : int
        Of the bootstrap.

    Returns
    -------
    Agreement
        Tables per code, over all codes, and of statuses; undefined numbers are NaN.

    Raises
    ------
    ArgumentError
        Fewer than two coders, an unknown unit or status, or no unit that two coders read.

    Notes
    -----
    Positive agreement is 2a / (2a + b + c) (Cicchetti and Feinstein 1990), AC1 Gwet's (2008), PABAK 2 p_o - 1 (Byrt
    et al. 1993); a mean of kappas over pairs of coders is Light's (1971).
    """
    readings = read_together(coders, unit, study, codes, status)
    if not readings.units:
        raise ArgumentError(f"agreement: no {unit} was read by two coders; do their sessions and turns match?")
    names = readings.codes if codes is None else list(codes["code"])
    sessions = [session for session, _ in readings.units]
    counts = _Counts.of(readings, names)
    return Agreement(
        coders=readings.coders,
        unit=unit,
        n_units=len(readings.units),
        n_sessions=len(set(sessions)),
        interval=resampled(sessions),
        codes=_code_table(counts, names, sessions, resamples, seed),
        overall=_overall_table(readings, counts, sessions, resamples, seed),
        statuses=_status_counts(readings),
    )


@dataclass(frozen=True)
class _Counts:
    """Counts per unit: size (n_units,), ones (n_units, n_codes), pairs (n_pairs of coders, 4, n_units, n_codes)."""

    size: Numbers
    ones: Numbers
    pairs: Numbers

    @classmethod
    def of(cls, readings: Readings, names: list[str]) -> _Counts:
        import numpy as np

        places = {name: place for place, name in enumerate(names)}
        read = np.array([[given is not None for given in unit] for unit in readings.judged])
        gave = np.zeros((*read.shape, len(names)), dtype=bool)
        for u, unit in enumerate(readings.judged):
            for c, given in enumerate(unit):
                gave[u, c, [places[code] for code in given or ()]] = True
        pairs = []
        for i, j in combinations(range(read.shape[1]), 2):
            together, a, b = (read[:, i] & read[:, j])[:, None], gave[:, i], gave[:, j]
            pairs.append([together & a & b, together & a & ~b, together & ~a & b, together & ~a & ~b])
        return cls(read.sum(axis=1).astype(float), gave.sum(axis=1).astype(float), np.array(pairs, dtype=float))

    def alpha(self, times: Numbers) -> Numbers:
        """Return alpha of every code, shape (n, n_codes); ``times`` says how often each unit is drawn."""
        import numpy as np

        differing = 2 * self.ones * (self.size[:, None] - self.ones) / (self.size[:, None] - 1)
        n, given = (times @ self.size)[:, None], times @ self.ones
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = 2 * given * (n - given) / (n - 1)
            return np.where(expected > 0, 1 - (times @ differing) / expected, np.nan)

    def positive(self, times: Numbers) -> Numbers:
        """Return positive agreement of every code, shape (n, n_codes)."""
        both, only_a, only_b, _ = self.pairs.sum(axis=0)
        return _ratio(2 * times @ both, times @ (2 * both + only_a + only_b))

    def pooled(self, times: Numbers) -> Numbers:
        """Return positive agreement of all codes pooled, shape (n, 1)."""
        both, only_a, only_b, _ = self.pairs.sum(axis=(0, 3))
        return _ratio(2 * times @ both, times @ (2 * both + only_a + only_b))[:, None]

    def kappa(self) -> Numbers:
        """Return the mean over pairs of coders of Cohen's kappa of every code."""
        import numpy as np

        both, only_a, only_b, neither = self.pairs.sum(axis=2).transpose(1, 0, 2)
        n = both + only_a + only_b + neither
        with np.errstate(divide="ignore", invalid="ignore"):
            a, b, observed = (both + only_a) / n, (both + only_b) / n, (both + neither) / n
            expected = a * b + (1 - a) * (1 - b)
            kappas = np.where(expected < 1, (observed - expected) / (1 - expected), np.nan)
        known = ~np.isnan(kappas)
        return _ratio(np.where(known, kappas, 0).sum(axis=0), known.sum(axis=0))


def _code_table(counts: _Counts, names: list[str], sessions: list[str], resamples: int, seed: int) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    n_codes = len(names)
    both, only_a, only_b, neither = counts.pairs.sum(axis=(0, 2))
    ends = bootstrap(sessions, lambda times: np.hstack([counts.alpha(times), counts.positive(times)]), resamples, seed)
    once = np.ones((1, len(sessions)))
    n = both + only_a + only_b + neither
    observed, given = _ratio(both + neither, n), _ratio(2 * both + only_a + only_b, 2 * n)
    used, everywhere = both + only_a + only_b > 0, both == n
    by_chance = 2 * given * (1 - given)
    few, perfect = (counts.ones > 0).sum(axis=0) < FEWEST_WITH_CODE, only_a + only_b == 0
    low, high = (np.where(np.tile(few | perfect, 2), np.nan, end) for end in ends[:2])
    return pd.DataFrame(
        {
            "code": names,
            "n_units": len(sessions),
            "both": both.astype(int),
            "only_a": only_a.astype(int),
            "only_b": only_b.astype(int),
            "neither": neither.astype(int),
            "alpha": counts.alpha(once)[0],
            "alpha_low": low[:n_codes],
            "alpha_high": high[:n_codes],
            "positive_agreement": counts.positive(once)[0],
            "positive_low": low[n_codes:],
            "positive_high": high[n_codes:],
            "kappa": counts.kappa(),
            "ac1": np.where(used, (observed - by_chance) / (1 - by_chance), np.nan),
            "pabak": np.where(used, 2 * observed - 1, np.nan),
            "not_alone": ";".join(NOT_ALONE),
            "n_undefined": ends.n_undefined[:n_codes],
            "remark": np.select([~used, everywhere, few, perfect], ["unused", "always", "few", "perfect"], ""),
        },
        columns=CODE_COLUMNS,
    )


def _overall_table(readings: Readings, counts: _Counts, sessions: list[str], resamples: int, seed: int) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    sets = [[None if given is None else frozenset(given) for given in unit] for unit in readings.judged]
    rows: list[tuple[Any, ...]] = []
    for distance in _OVERALL:
        parts = pairable(sets, distance)
        rows.append(
            _row(f"alpha_{distance}", sessions, lambda times, parts=parts: _column(parts, times), resamples, seed)
        )
    rows.append(_row("positive_agreement", sessions, counts.pooled, resamples, seed))
    stands, owners = _both_coded(readings)
    if owners:
        parts = pairable(stands, "nominal")
        rows.append(_row("alpha_status", owners, lambda times: _column(parts, times), resamples, seed))
    else:
        rows.append(("alpha_status", np.nan, np.nan, np.nan, 0, 0))
    return pd.DataFrame(rows, columns=OVERALL_COLUMNS)


def _row(measure: str, sessions: list[str], statistic: Any, resamples: int, seed: int) -> tuple[Any, ...]:
    import numpy as np

    ends = bootstrap(sessions, statistic, resamples, seed)
    estimate = float(statistic(np.ones((1, len(sessions))))[0, 0])
    low, high = (float(end[0]) for end in ends[:2])
    enough = len(sessions) >= FEWEST_WITH_CODE and estimate < 1
    shown = (low, high) if enough else (np.nan, np.nan)
    return measure, estimate, *shown, len(sessions), int(ends.n_undefined[0])


def _column(parts: Pairable, times: Numbers) -> Numbers:
    return parts.alpha(times)[:, None]


def _both_coded(readings: Readings) -> tuple[list[list[str | None]], list[str]]:
    """Return how a code stands by each coder wherever two or more gave it to a unit, and the unit's session."""
    stands, sessions = [], []
    for (session, _), unit in zip(readings.units, readings.judged, strict=True):
        for code in sorted({code for given in unit for code in given or {}}):
            by_coder = [(given or {}).get(code) for given in unit]
            if sum(status is not None for status in by_coder) > 1:
                stands.append(by_coder)
                sessions.append(session)
    return stands, sessions


def _status_counts(readings: Readings) -> pd.DataFrame:
    import pandas as pd

    pairs = Counter(
        pair
        for by_coder in _both_coded(readings)[0]
        for pair in combinations([status for status in by_coder if status is not None], 2)
    )
    counts = [[pairs[first, second] for second in STATUSES] for first in STATUSES]
    return pd.DataFrame(counts, index=pd.Index(STATUSES, name="first"), columns=pd.Index(STATUSES, name="second"))


def _ratio(part: Numbers, whole: Numbers) -> Numbers:
    import numpy as np

    shares: Numbers = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return shares
