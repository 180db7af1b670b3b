"""What the patterns of a codebook do in a corpus: which never fire, fire nearly everywhere, or live off one session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis.codebook import Codebook, check_codebook
from focus_analysis.coding.conditions import read_mended
from focus_analysis.coding.rules import RuleCoder
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_COUNTS = ["n_found", "n_coded", "n_turns", "n_speakers", "n_sessions"]
COLUMNS = ["code", "pattern", *_COUNTS, "share_of_turns", "finding"]


def codebook_coverage(corpus: Corpus, codebook: Codebook, everywhere: float = 0.2) -> pd.DataFrame:
    """Count what each code and each of its patterns finds.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns.
    everywhere : float
        Share of all turns, above 0 and up to 1, from which a code or pattern tells little apart any more.

    Returns
    -------
    DataFrame, shape (n_codes + n_patterns, 9)
        A row a code (``pattern`` missing), each followed by a row a pattern; a code without patterns that gathers
        others is left out.

        - n_found: matches outside the code's exceptions;
        - n_coded: codings that came of them: of matches of one code that overlap, one counts;
        - n_turns, n_speakers, n_sessions: where they stand;
        - share_of_turns: n_turns by the turns of the corpus, NaN where it has none;
        - finding: ``"never"``; ``"covered"``: found only where another pattern of the code counts; ``"everywhere"``;
          ``"one_session"``: found in one of several sessions; missing where there is nothing to say.

    Raises
    ------
    ArgumentError
        ``everywhere`` is no such share, or something else stands for the corpus or the codebook.
    """
    import pandas as pd

    check_corpus("codebook_coverage", corpus)
    check_codebook("codebook_coverage", codebook)
    if not isinstance(everywhere, int | float) or not 0 < everywhere <= 1:
        raise ArgumentError(f"everywhere must be a share above 0 and up to 1; not {everywhere!r}")
    coder = RuleCoder(codebook)
    found = _found(corpus, coder)
    parents = {entry.parent for entry in codebook.entries}
    codes = [entry.id for entry in codebook.entries if entry.patterns or entry.id not in parents]
    sources = pd.DataFrame(
        [(code, n, pattern.source) for n, (code, pattern) in enumerate(zip(coder.codes, coder.patterns, strict=True))],
        columns=["code", "number", "pattern"],
    )
    whole = pd.DataFrame({"code": codes, "number": -1, "pattern": None}).join(_counts(found, ["code"]), on="code")
    single = sources.join(_counts(found, ["code", "number"]), on=["code", "number"])
    table = pd.concat([whole, single]).sort_values(
        ["code", "number"], key=lambda column: column.map(codes.index) if column.name == "code" else column
    )
    table[_COUNTS] = table[_COUNTS].fillna(0).astype("int64")
    n_turns, n_sessions = len(corpus.turns), len(corpus)
    table["share_of_turns"] = table["n_turns"] / (n_turns or float("nan"))
    table["finding"] = [_finding(row, n_sessions, everywhere) for row in rows(table)]
    return table[COLUMNS].astype({"pattern": "str", "finding": "str"}).reset_index(drop=True)


def _found(corpus: Corpus, coder: RuleCoder) -> pd.DataFrame:
    """Return a row for everything that a pattern finds: its code and number, where it stands, whether it counts."""
    found = coder.found(read_mended(corpus, coder.forms))
    places = corpus.turns[["session_id", "turn", "speaker"]].take(found.texts).reset_index(drop=True)
    return places.assign(code=[coder.codes[n] for n in found.patterns], number=found.patterns, counts=found.counts)


def _counts(found: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    grouped = found.groupby(by)
    counts = grouped.agg(n_found=("counts", "size"), n_coded=("counts", "sum"), n_sessions=("session_id", "nunique"))
    for name, place in (("n_turns", "turn"), ("n_speakers", "speaker")):
        counts[name] = found.drop_duplicates([*by, "session_id", place]).groupby(by).size()
    return counts


def _finding(row: Any, n_sessions: int, everywhere: float) -> str | None:
    if not row.n_found:
        return "never"
    if not row.n_coded:
        return "covered"
    if row.share_of_turns >= everywhere:
        return "everywhere"
    return "one_session" if row.n_sessions == 1 < n_sessions else None
