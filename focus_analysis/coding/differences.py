"""What a changed codebook changes in the codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus, check_corpus

if TYPE_CHECKING:
    import pandas as pd

_HIT = ["start", "end", "status", "evidence"]
COLUMNS = [
    "session_id", "turn", "code", "change", "words", "status_old", "status_new", "evidence_old", "evidence_new",
]  # fmt: skip
_TURN = ["session_id", "turn", "code"]


def diff_codebooks(old: Codebook, new: Codebook, corpus: Corpus) -> pd.DataFrame:
    """Code a corpus by two codebooks and return the codings that come, go or change their status.

    Parameters
    ----------
    old, new : Codebook
        The codebook as it was and as it is.
    corpus : Corpus
        The transcripts.

    Returns
    -------
    DataFrame, shape (n_changes, 9)
        session_id, turn, code, change (``"new"``, ``"gone"`` or ``"status"``), words (as in the text), status_old,
        status_new, evidence_old, evidence_new (missing where there is none); in the order of the turns.

    Notes
    -----
    Codings of one code whose words overlap are the same coding: a longer or shorter phrase of the same status is no
    change.

    Raises
    ------
    ArgumentError
        Something else stands for the corpus or a codebook.
    """
    import pandas as pd

    check_codebook("diff_codebooks", old, new)
    check_corpus("diff_codebooks", corpus)
    before, after = _numbered(code(corpus, old)), _numbered(code(corpus, new))
    pairs = before.merge(after, on=_TURN, suffixes=("_old", "_new"))
    pairs = pairs[(pairs["start_old"] < pairs["end_new"]) & (pairs["start_new"] < pairs["end_old"])]
    alike = pairs[pairs["status_old"] == pairs["status_new"]]
    changed = pairs[~pairs["hit_old"].isin(alike["hit_old"]) & ~pairs["hit_new"].isin(alike["hit_new"])]
    gone = before[~before["hit"].isin(pairs["hit_old"])].rename(columns=lambda name: _named(name, "old"))
    come = after[~after["hit"].isin(pairs["hit_new"])].rename(columns=lambda name: _named(name, "new"))
    every = pd.concat([gone.assign(change="gone"), come.assign(change="new"), changed.assign(change="status")])
    every["start"] = every["start_new"].fillna(every["start_old"]).astype("int64")
    every["end"] = every["end_new"].fillna(every["end_old"]).astype("int64")
    turns = corpus.turns[["session_id", "turn", "text"]]
    every = turns.assign(place=range(len(turns))).merge(every, on=["session_id", "turn"])
    every = every.sort_values(["place", "start", "code"], kind="stable")
    every["words"] = [text[a:b] for text, a, b in zip(every["text"], every["start"], every["end"], strict=True)]
    return every[COLUMNS].reset_index(drop=True)


def _numbered(codings: pd.DataFrame) -> pd.DataFrame:
    return codings[[*_TURN, *_HIT]].assign(hit=range(len(codings)))


def _named(name: str, which: str) -> str:
    return name if name in _TURN else f"{name}_{which}"
