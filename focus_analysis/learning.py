"""What more coded examples would bring: learning curves on one's own codes and on the example bank, and in words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from focus_analysis import labels
from focus_analysis.analysis.comparison import compare_coders
from focus_analysis.analysis.power_law import PowerLaw, fit_power_law
from focus_analysis.coding.combined import LearnedCoder
from focus_analysis.coding.learned import FEWEST_EXAMPLES
from focus_analysis.corpus import Corpus, check_corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import LABELS, NO_CODE, check

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook

CURVE_COLUMNS = ["unit", "size", "n_examples", "group", "scope", "f1", "low", "high", "n_folds"]
BANK_SIZES = (10, 20, 40, 80, 150)
_SHARES = (0.25, 0.5, 0.75, 1.0)
_FEWEST_SESSIONS, _FEWEST_FOLDS = 4, 2

Kind = Literal["combined", "learned"]
Examples = tuple[Corpus, "pd.DataFrame"]


def learning_curve(
    corpus: Corpus,
    codings: pd.DataFrame,
    codebook: Codebook | None = None,
    *examples: Examples,
    sizes: Sequence[int] = (),
    folds: int = 4,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how F1 grows with the number of coded transcripts.

    Coders are fitted on some of the transcripts and code others: those of a fold, which never teach the coder that
    codes them.

    Parameters
    ----------
    corpus, codings : Corpus, DataFrame
        Coded transcripts, four at least, with session_id, turn, code and status.
    codebook : Codebook, optional
        Its rules are weighed against what is learnt; without it, what is learnt counts alone.
    *examples : (Corpus, DataFrame of schema ``CODINGS``)
        Coded utterances that teach beside the transcripts in every fit.
    sizes : sequence of int
        Transcripts that teach; without them a quarter, a half, three quarters and all of those outside the fold.
    folds : int
        Parts into which the transcripts fall.
    seed : int
        Of the order in which transcripts are drawn.

    Returns
    -------
    DataFrame, shape (2 x n_sizes, 9)
        Rows a size and scope ("micro": counts of all codes pooled, "macro": mean over codes): ``unit`` "sessions";
        size; n_examples: median of the examples that a code had; f1: mean over folds, with the lowest and highest of
        them. Codes with twenty examples in all are counted, in the folds too where they could not be learnt.

    Raises
    ------
    ArgumentError
        Fewer than four coded transcripts or than two folds, no code has twenty examples, a size is below 1 or larger
        than what lies outside a fold, or something else stands for the corpus.
    SchemaError
        The codings break their schema.
    """
    import pandas as pd

    check_corpus("learning_curve", corpus)
    codings = check(codings, LABELS)
    names = sorted(set(codings["session_id"]))
    if folds < _FEWEST_FOLDS:
        raise ArgumentError(f"learning_curve: the transcripts fall into {_FEWEST_FOLDS} folds at least; not {folds}")
    if len(names) < _FEWEST_SESSIONS:
        raise ArgumentError(f"learning_curve: {_FEWEST_SESSIONS} coded transcripts are needed; got {len(names)}")
    counts = _counts(codings)
    codes = pd.DataFrame({"code": counts.index[counts >= FEWEST_EXAMPLES], "group": None})
    if codes.empty:
        raise ArgumentError(f"learning_curve: no code has {FEWEST_EXAMPLES} examples; give more coded turns")
    order = np.random.default_rng(seed).permutation(names).tolist()
    folds = min(folds, len(names))
    most = len(names) - len(order[::folds])
    if not all(1 <= size <= most for size in sizes):
        raise ArgumentError(f"learning_curve: with {folds} folds 1 to {most} transcripts teach; not {[*sizes]}")
    found = []
    for fold in range(folds):
        inside = order[fold::folds]
        others = [name for name in order if name not in inside]
        gold = codings[codings["session_id"].isin(inside)]
        for size in sizes or sorted({max(2, round(share * most)) for share in _SHARES}):
            part = codings[codings["session_id"].isin(others[:size])]
            given = _coded(corpus, part, corpus.where(session_id=inside), codebook, examples)
            row = {
                "unit": "sessions",
                "size": size,
                "n_examples": float(_counts(part).reindex(codes["code"]).fillna(0).median()),
            }
            found += [{**row, **scope} for scope in _measured(gold, given, corpus, codes)]
    return _summed(pd.DataFrame(found))


def bank_curve(
    bank: Examples,
    corpus: Corpus,
    codings: pd.DataFrame,
    codebook: Codebook,
    coder: Kind = "learned",
    *,
    teach: bool = False,
    sizes: Sequence[int] = BANK_SIZES,
    draws: int = 3,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how F1 on transcripts grows with the number of example utterances a code.

    Parameters
    ----------
    bank : (Corpus, DataFrame of schema ``CODINGS``)
        Example utterances.
    corpus, codings : Corpus, DataFrame
        Coded transcripts on which F1 is measured.
    codebook : Codebook
        Groups of the codes, and rules where ``coder`` is "combined".
    coder : {"learned", "combined"}
        Whether rules count.
    teach : bool
        Whether the transcripts teach too, each coded by a model that did not see it.
    sizes : sequence of int
        Utterances a code.
    draws, seed : int
        How often utterances are drawn, and the seed of the draws.

    Returns
    -------
    DataFrame, shape (n_sizes x 2 x (1 + n_groups), 9)
        As of ``learning_curve``: ``unit`` "examples", a row a size, scope and group of codes (missing for all); low
        and high are those of the draws.
    """
    import pandas as pd

    order, counts = np.random.default_rng(seed), _counts(bank[1])
    codes = codebook.codes[codebook.codes["code"].isin(counts.index[counts >= min(sizes)])]
    found = []
    for _ in range(draws):
        drawn = order.permutation(len(bank[0].turns)).tolist()
        for size in sizes:
            part = part_of_bank(bank, size, drawn)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                fitted = LearnedCoder(part, fewest=min(sizes)).fit(corpus, codings, codebook, teach=teach)
            given = fitted.code_unseen(corpus, codings, codebook, coder)
            row = {"unit": "examples", "size": size, "n_examples": float(_counts(part[1])[codes["code"]].median())}
            found += [{**row, **scope} for scope in _measured(codings, given, corpus, codes)]
    return _summed(pd.DataFrame(found))


def part_of_bank(bank: Examples, size: int, order: Sequence[int]) -> Examples:
    """Return utterances so that each code has ``size`` of them or a few more, and uncoded ones in proportion.

    Parameters
    ----------
    bank : (Corpus, DataFrame of schema ``CODINGS``)
        Example utterances.
    size : int
        Utterances a code; all where there are fewer.
    order : sequence of int
        Rows of the turns in the order in which they are drawn; a larger part holds the smaller one.
    """
    corpus, codings = bank
    turns = corpus.turns
    places = list(zip(turns["session_id"], turns["turn"], strict=True))
    codes_of: dict[tuple[str, int], list[str]] = {}
    for session_id, turn, code in zip(codings["session_id"], codings["turn"], codings["code"], strict=True):
        codes_of.setdefault((session_id, turn), []).append(code)
    share = min(1.0, size / max(_counts(codings).median(), 1))
    n_bare = round(share * (len(places) - len(codes_of)))
    taken: dict[str, int] = {}
    kept = np.zeros(len(turns), dtype=bool)
    for row in order:
        codes = codes_of.get(places[row], [])
        if not codes:
            kept[row], n_bare = n_bare > 0, n_bare - 1
        elif any(taken.get(code, 0) < size for code in codes):
            kept[row] = True
            taken.update({code: taken.get(code, 0) + 1 for code in codes})
    part = Corpus(corpus.sessions, corpus.speakers, turns[kept])
    return part, codings.merge(turns.loc[kept, ["session_id", "turn"]], on=["session_id", "turn"])


def learning_law(curve: pd.DataFrame, scope: str = "micro") -> PowerLaw:
    """Return the power law of a learning curve, over all codes.

    Parameters
    ----------
    curve : DataFrame
        From ``learning_curve`` or ``bank_curve``.
    scope : {"micro", "macro"}
        Which F1.
    """
    points = curve[(curve["scope"] == scope) & curve["group"].isna() & (curve["n_examples"] > 0)]
    return fit_power_law(points["n_examples"].tolist(), points["f1"].tolist())


def learning_outlook(curve: pd.DataFrame, gain: float = 0.05, scope: str = "micro", lang: str | None = None) -> str:
    """Say how many more examples a code would raise F1 by so much, or why that cannot be said.

    Parameters
    ----------
    curve : DataFrame
        From ``learning_curve`` or ``bank_curve``.
    gain : float
        By how much F1 is to rise.
    scope : {"micro", "macro"}
        Which F1.
    lang : {"pl", "en"}, optional
        Language; else that of the locale.
    """
    language = labels.check_language(lang or labels.default_language())
    law = learning_law(curve, scope)

    def say(key: str, **gaps: object) -> str:
        return labels.words(f"learning.{key}", language, **gaps)

    if law.doubt:
        return say("refused", why=say(law.doubt))
    now = law(law.largest)
    needed = law.needed(now + gain)
    shown = {"n": round(law.largest), "now": _two(now, language), "then": _two(now + gain, language)}
    if np.isnan(needed):
        return say("beyond", **shown, level=_two(law.a, language))
    return say("outlook", **shown, more=_rounded(needed - law.largest))


def _two(value: float, lang: str) -> str:
    return labels.number(value, lang, 2)


def _rounded(n: float) -> int:
    """Return a number to two digits: more would feign knowledge."""
    size = 10 ** max(int(np.log10(max(n, 1))) - 1, 0)
    return int(np.ceil(n / size) * size)


def _counts(codings: pd.DataFrame) -> pd.Series[int]:
    """Return how many turns have each code."""
    once = codings.loc[codings["code"] != NO_CODE, ["session_id", "turn", "code"]].drop_duplicates()
    return once["code"].value_counts()


def _coded(
    corpus: Corpus, taught: pd.DataFrame, unseen: Corpus, codebook: Codebook | None, examples: Sequence[Examples]
) -> pd.DataFrame:
    """Return what a coder that was taught these codes gives transcripts that it did not see; nothing if it cannot."""
    from focus_analysis.coding.rules import code
    from focus_analysis.schemas import CODINGS, empty

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return LearnedCoder(*examples).fit(corpus, taught, codebook).code(unseen, codebook)
        except ArgumentError:  # too few examples of every code
            return empty(CODINGS) if codebook is None else code(unseen, codebook)


def _measured(gold: pd.DataFrame, given: pd.DataFrame, corpus: Corpus, codes: pd.DataFrame) -> Iterator[dict[str, Any]]:
    table = compare_coders(gold, {"": given}, corpus, codes, resamples=1)
    for row in table[table["scope"] != "code"].to_dict("records"):
        yield {"group": row["group"], "scope": row["scope"], "f1": row["f1"]}


def _summed(found: pd.DataFrame) -> pd.DataFrame:
    """Return the mean, the lowest and the highest F1 of each size."""
    key = ["unit", "size", "group", "scope"]
    grouped = found.groupby(key, dropna=False, sort=False)
    table = grouped["f1"].agg(f1="mean", low="min", high="max", n_folds="count").reset_index()
    table["n_examples"] = grouped["n_examples"].mean().to_numpy()
    return table.sort_values(["scope", "size"], ascending=[False, True], kind="stable", ignore_index=True)[
        CURVE_COLUMNS
    ]
