"""Lists of cues in ``resources``: a row holds what it tells, a pattern as in a codebook, and a comment."""

from __future__ import annotations

import csv
import warnings
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from focus_analysis.codebook import Codebook
from focus_analysis.coding import rules
from focus_analysis.resources import resource

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

_TEXT = {"pl": "wskazówki", "en": "cues"}


def find_listed(corpus: Corpus, file: str) -> pd.DataFrame:
    """Return where the cues of a list stand.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    file : str
        Name of a csv in ``resources`` with the columns cue and comment; what a row tells stands in the columns before.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        The codes are what the rows tell, joined by "_".
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the cues are tested; what a codebook warns of is no news to its user
        return rules.code(corpus, _cue_book(file))


@cache
def _cue_book(file: str) -> Codebook:
    """Return a list as a codebook."""
    patterns: dict[str, list[str]] = defaultdict(list)
    with resource(file).open(encoding="utf-8", newline="") as opened:
        lines = csv.reader(opened)
        next(lines)
        for *told, cue, _ in lines:
            patterns["_".join(filter(None, told))].append(cue)
    entries = [{"id": code, "group": "cues", "label": _TEXT, "patterns": cues} for code, cues in patterns.items()]
    return Codebook.model_validate(
        {"name": file, "version": "1", "groups": {"cues": {"label": _TEXT}}, "entries": entries}
    )
