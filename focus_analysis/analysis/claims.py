"""The facts that a finding sentence states: how many groups, which not, by what word, and how firmly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.intervals import proportion_interval
from focus_analysis.analysis.ranksets import compared, places
from focus_analysis.analysis.tables import numbers, regions_of
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import CLAIM_FACTS, POSITIONS, QUANTIFIERS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from focus_analysis.analysis.regions import Regions

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

FEWEST_GROUPS = 5
_THRESHOLDS = (("all", 1.0), ("almost_all", 0.9), ("large_majority", 0.75))
_MAJORITY, _ABOUT_HALF = 0.5, 0.4
_SINGLE, _SINGLE_SHARE = 2, 0.1
_ALIKE = 1e-9
_AT_LEAST = frozenset(QUANTIFIERS[:4])


def claim_facts(
    table: pd.DataFrame,
    regions: Regions | None = None,
    among: Iterable[str] | None = None,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return what can be said of every code's place over the groups, and what speaks against it.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Rows are gminas or sessions, columns codes, cells the larger the more salient; missing: not asked.
    regions : Series, mapping or sequence of str, optional
        Region of every row; facts of each region follow those of all groups.
    among : iterable of str, optional
        Codes compared; by default those named in some group of the table.
    draws, seed : int
        Draws of the groups with replacement, and their seed.

    Returns
    -------
    DataFrame, schema ``CLAIM_FACTS``
        One row a region (missing: all groups), position and code. Position "named" covers all codes: those that
        nobody named too. ``stands``: of the draws, how many would bear the strict claim out; a sensitivity, since
        the groups were chosen, not drawn.

    Raises
    ------
    ArgumentError
        The table holds something else than numbers, a row has no region, or a code of ``among`` is no column.
    """
    import pandas as pd

    values = numbers(table, "claim_facts", missing=True)
    wanted = compared(table, values, among)
    parts: list[tuple[str | None, pd.DataFrame]] = [(None, table)]
    if regions is not None:
        labels = regions_of(table, regions, "claim_facts")
        parts += [(str(region), table[labels == region]) for region in sorted(set(labels))]
    generator = np.random.default_rng(seed)
    found = [row for region, part in parts for row in _facts(part, region, wanted, draws, generator)]
    return check(pd.DataFrame(found, columns=CLAIM_FACTS.names), CLAIM_FACTS)


def quantifier(k: int, n: int) -> str | None:
    """Return the class of the word for k of n groups, strongest first; None below five groups, where counts speak.

    Raises
    ------
    ArgumentError
        Not 0 <= k <= n.

    Notes
    -----
    all: k = n. almost_all: 90% or more. large_majority: 75% or more. majority: over 50%. about_half: 40% or more.
    minority: more than single. single: 1 to the larger of 2 and 10%. none: 0.

    Examples
    --------
    >>> quantifier(6, 8), quantifier(7, 8), quantifier(4, 8), quantifier(3, 4)
    ('large_majority', 'large_majority', 'about_half', None)
    """
    if not 0 <= k <= n:
        raise ArgumentError(f"quantifier: k of n groups with 0 <= k <= n; got {k} of {n}")
    if n < FEWEST_GROUPS:
        return None
    for name, share in _THRESHOLDS:
        if k >= share * n - _ALIKE:
            return name
    if k > _MAJORITY * n:
        return "majority"
    if k >= _ABOUT_HALF * n - _ALIKE:
        return "about_half"
    if k > max(_SINGLE, _SINGLE_SHARE * n):
        return "minority"
    return "single" if k else "none"


def holds(word: str, k: int, n: int) -> bool | None:
    """Return whether a word fits k of n groups: as much or more for a majority, the same class below it.

    Returns
    -------
    bool or None
        None below five groups, where only "all" and "none" can be judged.

    Examples
    --------
    >>> holds("majority", 6, 8), holds("all", 7, 8), holds("majority", 3, 4), holds("all", 3, 3)
    (True, False, None, True)
    """
    if word in ("all", "none"):
        return k == (n if word == "all" else 0)
    other = quantifier(k, n)
    if other is None:
        return None
    return other == word or (word in _AT_LEAST and QUANTIFIERS.index(other) < QUANTIFIERS.index(word))


def leading_facts(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the facts worth a sentence: per region, the codes most often first and last, and those nobody named.

    Parameters
    ----------
    facts : DataFrame, schema ``CLAIM_FACTS``
        From ``claim_facts``.

    Returns
    -------
    DataFrame, schema ``CLAIM_FACTS``
        First and last: the codes with the most groups, ties counted, then without ties (several where they are
        equal). Named: those that nobody named; of a region those that somebody elsewhere did.
    """
    import pandas as pd

    facts = check(facts, CLAIM_FACTS)
    scope = [facts["region"].fillna(""), facts["position"]]
    order = facts["n_tied"] * (facts["n_groups"].max() + 1) + facts["n_strict"]
    most = order.eq(order.groupby(scope).transform("max")) & (facts["n_tied"] > 0)
    nowhere = (facts["position"] == "named") & (facts["n_tied"] == 0) & (facts["n_groups"] > 0)
    by_nobody = set(facts.loc[nowhere & facts["region"].isna(), "code"])
    nowhere &= facts["region"].isna() | ~facts["code"].isin(by_nobody)
    kept = facts[nowhere | (most & (facts["position"] != "named"))]
    kept = kept.assign(at=pd.Categorical(kept["position"], POSITIONS))
    return check(kept.sort_values(["region", "at"], kind="stable", na_position="first"), CLAIM_FACTS)


def _facts(
    table: pd.DataFrame, region: str | None, wanted: list[str], draws: int, generator: np.random.Generator
) -> list[dict[str, Any]]:
    """Return the facts of the groups of a table."""
    inner = table[wanted]
    first, last = places(inner)
    named = numbers(table, "claim_facts", missing=True) > 0
    positions = zip(POSITIONS, (inner, inner, table), (first, last, named), strict=True)
    n = len(table)
    weights = generator.multinomial(n, np.full(n, 1 / n), size=draws).astype(float) if n else np.zeros((draws, 0))
    return [
        {"region": region, "position": position} | _fact(part, at, column, position == "named", weights)
        for position, part, at in positions
        for column in range(part.shape[1])
    ]


def _fact(table: pd.DataFrame, at: Truths, column: int, alone_or_not: bool, weights: Floats) -> dict[str, Any]:
    """Return the facts of one code: ``at`` says which codes stand at the position in each group."""
    asked = table.iloc[:, column].notna().to_numpy()
    here = at[:, column] & asked
    strict = here & (alone_or_not | (at.sum(axis=1) == 1))
    k, n = int(strict.sum()), int(asked.sum())
    low, high = proportion_interval(k, n) if n else (np.nan, np.nan)
    groups = np.array([str(name).replace(";", ",") for name in table.index], dtype=object)
    against = [
        group if alone_or_not else f"{group}: {', '.join(map(str, table.columns[row])) or '-'}"
        for group, row in zip(groups[asked & ~here], at[asked & ~here], strict=True)
    ]
    return {
        "code": str(table.columns[column]),
        "n_strict": k,
        "n_tied": int(here.sum()),
        "n_groups": n,
        "quantifier_strict": quantifier(k, n),
        "quantifier_tied": quantifier(int(here.sum()), n),
        "low": low,
        "high": high,
        "stands": _share_standing(strict, asked, quantifier(k, n), weights),
        "strict": ";".join(groups[strict]),
        "tied": ";".join(groups[here & ~strict]),
        "against": ";".join(against),
    }


def _share_standing(strict: Truths, asked: Truths, word: str | None, weights: Floats) -> float:
    """Return the share of draws in which the word holds: as much or more for a majority, the same class below it."""
    if word is None:
        return np.nan
    drawn = (weights @ np.stack([strict, asked], axis=1)).astype(int)
    most = len(strict) + 1
    numbers_of, counts = np.unique(drawn[:, 0] * most + drawn[:, 1], return_counts=True)
    fits = [holds(word, *divmod(int(number), most)) or False for number in numbers_of]
    return float(counts @ np.array(fits)) / len(weights)
