"""Verbs of several rooms for whoever works on a codebook."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.analysis.log_odds import log_odds
from focus_analysis.coding.terms import term_uses
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, check, rows

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["term", "z", "n_coded", "n_other", "coded_lines", "other_lines"]
_SPEAKER = ["session_id", "speaker"]
_WIDTH = 50
_COMMON = 0.5


def suggest_terms(
    corpus: Corpus, codings: pd.DataFrame, code: str, n: int = 20, min_speakers: int = 3, lines: int = 2
) -> pd.DataFrame:
    """Return the words and two-word phrases that mark the turns of a code off from the rest.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; what moderators say is left out.
    codings : DataFrame, schema ``CODINGS``
        Codings of whatever coder and status.
    code : str
        Which code.
    n : int
        How many terms at most.
    min_speakers : int
        How many speakers must use a term in coded turns.
    lines : int
        How many concordance lines are shown, each of another speaker.

    Returns
    -------
    DataFrame, shape (at most n, 6)
        term (dictionary forms: it can be put into a codebook as it is), z (sorts the table; no test), n_coded and
        n_other (speakers who use it in turns with and without the code; one may do both), coded_lines and other_lines
        (tuples of lines, the term in brackets: what it stands for in coded turns, and what it would bring from others).
        Left out are terms that stand only in words already marked, and words that over half of all speakers use.

    Raises
    ------
    ArgumentError
        No turn has the code.

    Warns
    -----
    UserWarning
        No term is left; a small corpus may need a lower ``min_speakers``.

    Notes
    -----
    Log-odds with an informative Dirichlet prior (see ``log_odds``), words and phrases apart, over counts of speakers:
    one speaker's words are not independent of each other. The prior spreads as many pseudo-counts as the coded turns
    have counts, in the proportions of the whole corpus.
    """
    import pandas as pd

    check_corpus("suggest_terms", corpus)
    given = check(codings, CODINGS)
    if code not in set(given["code"]):
        known = ", ".join(sorted(set(given["code"])))
        raise ArgumentError(f"suggest_terms: no turn is coded {code!r}; the codings have: {known or 'no code at all'}")
    uses = term_uses(corpus, given, code)
    table = pd.concat([_weighed(part) for _, part in uses.groupby("n_words")] or [_weighed(uses)])
    fresh = set(uses.loc[uses["coded"] & ~uses["marked"], "term"])
    telling = ~table["term"].str.split().map(_common_words(uses).issuperset)
    kept = table[(table["n_coded"] >= min_speakers) & (table["z"] > 0) & table["term"].isin(fresh) & telling]
    kept = kept.sort_values(["z", "term"], ascending=[False, True], kind="stable").head(n)
    if kept.empty:
        said = labels.words("refine.no_terms", labels.default_language(), code=code, n=min_speakers)
        warnings.warn(said, stacklevel=2)
    texts = {(turn.session_id, turn.turn): turn.text for turn in rows(corpus.turns)}
    shown = uses[uses["term"].isin(kept["term"])]
    for column, coded in (("coded_lines", True), ("other_lines", False)):
        found = _lines(shown[shown["coded"] == coded], texts, lines)
        kept[column] = [found.get(term, ()) for term in kept["term"]]
    return kept[COLUMNS].reset_index(drop=True)


def _weighed(uses: pd.DataFrame) -> pd.DataFrame:
    """Return the terms of the uses with the speakers who use them, in coded turns and in others, and their z."""
    speakers = uses.drop_duplicates(["term", "coded", *_SPEAKER]).groupby(["term", "coded"]).size()
    counts = (
        speakers.unstack(fill_value=0)
        .reindex(columns=[True, False], fill_value=0)
        .set_axis(["n_coded", "n_other"], axis=1)
    )
    if len(counts) < 2 or not counts["n_coded"].any():
        return counts.assign(z=float("nan")).reset_index()
    background = counts.sum(axis=1)
    prior = background / background.sum() * counts["n_coded"].sum()
    return counts.assign(z=log_odds(counts["n_coded"], counts["n_other"], prior).z).reset_index()


def _common_words(uses: pd.DataFrame) -> set[str]:
    """Return the words that over half of all speakers use ("i", "być"): alone they tell nothing."""
    speakers = uses.loc[uses["n_words"] == 1].drop_duplicates(["term", *_SPEAKER]).groupby("term").size()
    return set(speakers[speakers > _COMMON * len(uses.drop_duplicates(_SPEAKER))].index)


def _lines(uses: pd.DataFrame, texts: dict[tuple[str, int], str], lines: int) -> dict[str, tuple[str, ...]]:
    """Return concordance lines of each term, one a speaker, unmarked uses first."""
    chosen = uses.sort_values("marked", kind="stable").drop_duplicates(["term", *_SPEAKER])
    chosen = chosen.groupby("term").head(lines)
    return {
        str(term): tuple(_line(use, texts[use.session_id, use.turn]) for use in rows(part))
        for term, part in chosen.groupby("term")
    }


def _line(use: Any, text: str) -> str:
    left, right = text[: use.start], text[use.end :]
    if len(left) > _WIDTH:
        left = "…" + left[-_WIDTH:].partition(" ")[2]
    if len(right) > _WIDTH:
        right = right[:_WIDTH].rpartition(" ")[0] + "…"
    return f"{use.session_id} {use.turn} {use.speaker}: {left}[{text[use.start : use.end]}]{right}"
