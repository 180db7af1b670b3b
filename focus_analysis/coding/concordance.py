"""What was said: a word or phrase in any form, in its context; the words of codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.conditions import read_mended
from focus_analysis.coding.matching import Matcher
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.patterns import parse_pattern

if TYPE_CHECKING:
    import pandas as pd


def kwic(corpus: Corpus, pattern: str, window: int = 8, codebook: Codebook | None = None) -> pd.DataFrame:
    """Return every place where a pattern stands, with the words around it; worn words count as what they are read as.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    pattern : str
        As in a codebook: ``"samotny"`` finds every form of it.
    window : int
        Words shown on each side.
    codebook : Codebook, optional
        Whose lists the pattern may name: ``"@elder near @alone"``.

    Returns
    -------
    DataFrame, shape (n_matches, 8)
        session_id, turn, speaker, role, left, match, right, start (offset in the turn's text).

    Raises
    ------
    ArgumentError
        The pattern cannot be understood, or something else stands for the corpus or the codebook.
    """
    import pandas as pd

    check_corpus("kwic", corpus)
    check_codebook("kwic", *([codebook] if codebook is not None else []))
    if not isinstance(pattern, str):
        raise ArgumentError(f"kwic: a pattern is needed, such as 'samotny'; not {pattern!r}")
    try:
        matcher = Matcher([parse_pattern(pattern, codebook.lists if codebook else None)])
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    turns = corpus.turns
    stream = read_mended(corpus, lambda: matcher.forms)
    matches = matcher.finder(stream).find(stream)
    numbers = stream.text_of(matches.firsts)
    starts, ends = stream.starts[matches.firsts], stream.ends[matches.lasts - 1]
    left = stream.starts[np.maximum(matches.firsts - window, stream.edges[numbers] + 1)]
    right = stream.ends[np.minimum(matches.lasts + window, stream.edges[numbers + 1]) - 1]
    texts = [stream.texts[number] for number in numbers.tolist()]
    shown = turns[["session_id", "turn", "speaker", "role"]].iloc[numbers].reset_index(drop=True)
    for name, begins, closes in (("left", left, starts), ("match", starts, ends), ("right", ends, right)):
        pieces = [text[begin:end] for text, begin, end in zip(texts, begins, closes, strict=True)]
        shown[name] = pd.array(pieces, dtype="str")
    return shown.assign(start=starts.astype("int64"))


def with_words(corpus: Corpus, codings: pd.DataFrame) -> pd.DataFrame:
    """Return codings with who spoke and the words that they stand on, as ``codings.csv`` shows them.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        The codings.

    Returns
    -------
    DataFrame, shape (n_codings, n_columns + 2)
        speaker and words after the others; missing where a coding's turn is not in the corpus.
    """
    import pandas as pd

    said = codings[["session_id", "turn", "start", "end"]].merge(
        corpus.turns[["session_id", "turn", "speaker", "text"]], on=["session_id", "turn"], how="left"
    )
    known = said["text"].notna()
    pieces = [text[start:end] for text, start, end in said.loc[known, ["text", "start", "end"]].to_numpy().tolist()]
    said.loc[known, "words"] = pd.array(pieces, dtype="str")
    return codings.assign(speaker=said["speaker"].to_numpy(), words=said["words"].to_numpy())
