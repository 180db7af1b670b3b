"""Which turns a person should code next for a coder to learn most: doubtful, unlike each other, of all groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.coding.combined import LearnedCoder
from focus_analysis.coding.features import Said
from focus_analysis.coding.rules import RuleCoder
from focus_analysis.coding.turns import read_turns
from focus_analysis.corpus import check_corpus
from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

COLUMNS = ["session_id", "speaker", "turn", "code", "confidence", "threshold", "doubt", "alike"]
_FEWEST_WORDS = 5


def next_to_review(
    corpus: Corpus,
    coder: LearnedCoder,
    n: int = 40,
    exclude: pd.DataFrame | Iterable[pd.DataFrame] = (),
    codebook: Codebook | None = None,
) -> pd.DataFrame:
    """Choose the turns whose codes would teach a coder most.

    Turns are taken one after the other, always from the group that has given fewest so far: there the one with the most
    doubt, less the more it is like a turn that was taken before. The choice is no random sample: nothing may be
    estimated from it, and what serves to validate must be kept out of it by ``exclude``.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    coder : LearnedCoder
        A fitted coder.
    n : int
        How many turns; fewer where there are fewer.
    exclude : DataFrame, or several
        What stays out: plans of validation samples (turns, or speakers with all that they said), codings that are done.
    codebook : Codebook, optional
        Its rules count; without it the model alone is asked.

    Returns
    -------
    DataFrame, shape (at most n, 8)
        A row a turn in the order of choice, which ``write_coding_sheet`` takes as ``sample``: session_id, speaker,
        turn; the code that is most in doubt, its confidence and the threshold from which it is given; doubt, from 0 to
        1 where confidence and threshold are one; alike: to the nearest turn chosen before, 0 to 1.

    Raises
    ------
    ArgumentError
        ``n`` is not positive, the coder has learnt nothing, or no turn is left.
    """
    import pandas as pd

    check_corpus("next_to_review", corpus)
    if not isinstance(coder, LearnedCoder):
        raise ArgumentError("next_to_review: a LearnedCoder is needed, such as default_coder()")
    if not isinstance(n, int | np.integer) or n < 1:
        raise ArgumentError(f"next_to_review: n must be a number from 1; not {n!r}")
    tables = [exclude] if isinstance(exclude, pd.DataFrame) else list(exclude)
    if not all(isinstance(table, pd.DataFrame) for table in tables):
        raise ArgumentError("next_to_review: exclude is a table, such as a plan, or a list of tables")
    left = _left(corpus.turns, tables)
    if left.empty:
        raise ArgumentError("next_to_review: no participant's turn of five words is left; exclude less")
    turns = read_turns(corpus, RuleCoder(codebook).forms if codebook else frozenset)
    places = turns.rows_of(left)
    read = coder.features.read(Said.of(turns.stream))
    confidence, thresholds = coder.confidence(corpus, turns, read, codebook)
    confidence = confidence[places]
    doubts = 1 - np.abs(confidence - thresholds) / np.maximum(thresholds, 1 - thresholds)
    in_doubt = doubts.argmax(axis=1)
    rows = np.arange(len(in_doubt))
    doubt = doubts[rows, in_doubt]
    chosen, alike = _spread(doubt, coder.features.of_texts(read.said)[places], left["session_id"].to_numpy(), n)
    table = left.iloc[chosen][["session_id", "speaker", "turn"]].assign(
        code=np.array(coder.codes)[in_doubt[chosen]],
        confidence=confidence[chosen, in_doubt[chosen]],
        threshold=thresholds[in_doubt[chosen]],
        doubt=doubt[chosen],
        alike=alike,
    )
    return table.reset_index(drop=True)[COLUMNS]


def _left(turns: pd.DataFrame, exclude: list[pd.DataFrame]) -> pd.DataFrame:
    """Return participants' turns that nothing excludes; a row without a turn excludes all that its speaker said."""
    import pandas as pd

    kept = (turns["role"] != "moderator") & (turns["n_words"] >= _FEWEST_WORDS)
    for table in exclude:
        missing = {"session_id", "turn"} - set(table.columns)
        if missing:
            raise ArgumentError(
                f"next_to_review: exclude needs session_id and turn; {', '.join(sorted(missing))} is missing"
            )
        whole = table["turn"].isna()
        for part, key in ((table[~whole], ["session_id", "turn"]), (table[whole], ["session_id", "speaker"])):
            if len(part):
                out = pd.MultiIndex.from_frame(part[key].astype({"turn": "int64"} if key[1] == "turn" else {}))
                kept &= ~pd.MultiIndex.from_frame(turns[key]).isin(out)
    return turns[kept].reset_index(drop=True)


def _spread(doubt: np.ndarray, rows: csr_array, sessions: np.ndarray, n: int) -> tuple[list[int], list[float]]:
    """Return which turns are chosen, in order, and how like each is to the nearest before it."""
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1)).ravel()
    nearest = np.zeros(len(doubt))
    of_session = dict.fromkeys(sessions.tolist(), 0)
    free = np.ones(len(doubt), dtype=bool)
    chosen: list[int] = []
    alike: list[float] = []
    while len(chosen) < n and free.any():
        session = min((name for name in of_session if (free & (sessions == name)).any()), key=of_session.__getitem__)
        worth = np.where(free & (sessions == session), doubt * (1 - nearest), -1)
        best = int(worth.argmax())
        chosen.append(best)
        alike.append(float(nearest[best]))
        of_session[session] += 1
        free[best] = False
        products = (rows @ rows[[best]].T).toarray().ravel()
        nearest = np.maximum(nearest, products / np.maximum(lengths * lengths[best], 1e-9))
    return chosen, alike
