"""Krippendorff's alpha on a plain table, for values on a scale and for sets of codes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

_NUMERIC = ("ordinal", "interval", "ratio")
_SETS = ("masi", "jaccard")


def krippendorff_alpha(table: pd.DataFrame | Iterable[Sequence[Any]], distance: str = "nominal") -> float:
    """Return Krippendorff's alpha of a table of units by coders.

    Parameters
    ----------
    table : DataFrame, array or list of rows, shape (n_units, n_coders)
        A row a unit, a column a coder; None or NaN where a coder did not code the unit. For "masi" and "jaccard" a
        cell is a set: an empty one means coded with nothing, None means not coded.
    distance : {"nominal", "ordinal", "interval", "ratio", "masi", "jaccard"}
        How far two values are apart. Nominal: 0 if equal (sets too), else 1. Interval: (c - k)². Ratio:
        ((c - k) / (c + k))². Ordinal: Krippendorff's, (the sum of n_g for g from c to k, less (n_c + n_k) / 2)²,
        where n_g is how often the value g was given in units of two or more coders; only the order of the numbers
        counts. Jaccard: 1 - J, with J = |A ∩ B| / |A ∪ B|. MASI: 1 - J M, with M = 1 for equal sets, 2/3 where one
        holds the other, 1/3 where they overlap, 0 where they share nothing. Two empty sets are 0 apart, an empty set
        and another 1.

    Returns
    -------
    float
        1 - D_o / D_e; 1 is perfect agreement, 0 what chance would bring. NaN where it is undefined: no unit was coded
        by two coders, or all values are the same.

    Raises
    ------
    ArgumentError
        The distance is unknown, or a value does not suit it.

    Notes
    -----
    Units with fewer than two values are left out. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability;
    MASI: Passonneau (2006).

    Examples
    --------
    >>> round(krippendorff_alpha([["a", "a"], ["a", "b"], ["b", "b"], ["b", None]]), 3)
    0.444
    """
    return float(pairable(_rows(table), distance).alpha())


@dataclass(frozen=True)
class Pairable:
    """What alpha is made of, added up over units, so that units can be resampled.

    Parameters
    ----------
    disagreement : array, shape (n_units,)
        Sum of the distances between the ordered pairs of a unit's values, over its values less one.
    size : array, shape (n_units,)
        Values of each unit.
    counts : sparse array, shape (n_units, n_values)
        How often each value was given in each unit.
    distances : array, shape (n_values, n_values)
        How far the values are apart.
    """

    disagreement: NDArray[np.float64]
    size: NDArray[np.float64]
    counts: csr_array[np.float64]
    distances: NDArray[np.float64]

    def alpha(self, times: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return alpha, or one for each row of ``times``, shape (n_resamples, n_units): how often a unit is drawn."""
        import numpy as np

        drawn = np.ones((1, len(self.size))) if times is None else times
        n, totals = drawn @ self.size, (self.counts.T @ drawn.T).T
        expected = ((totals @ self.distances) * totals).sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed, expected = (drawn @ self.disagreement) / n, expected / (n * (n - 1))
            alphas = np.where(expected > 0, 1 - observed / expected, np.nan)
        return alphas if times is not None else alphas[0]


def pairable(rows: Iterable[Sequence[Any]], distance: str) -> Pairable:
    """Return what alpha is made of; a unit with fewer than two values counts nothing.

    Raises
    ------
    ArgumentError
        The distance is unknown, or a value does not suit it.
    """
    import numpy as np
    from scipy.sparse import csr_array

    known = ("nominal", *_NUMERIC, *_SETS)
    if distance not in known:
        raise ArgumentError(f"krippendorff_alpha: distance must be one of {', '.join(known)}; not {distance!r}")
    units = [[_suited(cell, distance) for cell in row if not _missing(cell)] for row in rows]
    units = [unit if len(unit) > 1 else [] for unit in units]
    values = list(dict.fromkeys(value for unit in units for value in unit))
    places = {value: place for place, value in enumerate(values)}
    held = [[places[value] for value in unit] for unit in units]
    given = np.array([place for unit in held for place in unit], dtype=np.intp)
    size = np.array([len(unit) for unit in held], dtype=float)
    distances = _distances(values, np.bincount(given, minlength=len(values)), distance)
    between = np.array([distances[np.ix_(unit, unit)].sum() for unit in held])
    starts = np.concatenate([[0], np.cumsum(size)]).astype(np.intp)
    counts = csr_array((np.ones(len(given)), given, starts), shape=(len(units), len(values)))
    return Pairable(between / np.maximum(size - 1, 1), size, counts, distances)


def _rows(table: pd.DataFrame | Iterable[Sequence[Any]]) -> list[list[Any]]:
    import pandas as pd

    rows = table.to_numpy(dtype=object) if isinstance(table, pd.DataFrame) else table
    try:
        return [list(row) for row in rows]
    except TypeError:
        raise ArgumentError("krippendorff_alpha: the table needs rows of units and columns of coders") from None


def _missing(cell: Any) -> bool:
    import pandas as pd

    return not isinstance(cell, set | frozenset | list) and bool(pd.isna(cell))


def _suited(cell: Any, distance: str) -> Hashable:
    """Return a value as the distance compares it."""
    if distance in _SETS:
        if not isinstance(cell, set | frozenset):
            raise ArgumentError(
                f"krippendorff_alpha: distance {distance!r} needs sets of codes (an empty one: coded with nothing, "
                f"None: not coded); not {cell!r}"
            )
        return frozenset(cell)
    if distance in _NUMERIC:
        try:
            number = float(cell)
        except (TypeError, ValueError):
            raise ArgumentError(f"krippendorff_alpha: distance {distance!r} needs numbers; not {cell!r}") from None
        if distance == "ratio" and number < 0:
            raise ArgumentError(f"krippendorff_alpha: distance 'ratio' needs numbers from 0; not {cell!r}")
        return number
    return frozenset(cell) if isinstance(cell, set | list) else cell


def _distances(values: list[Any], counts: NDArray[np.intp], distance: str) -> NDArray[np.float64]:
    import numpy as np

    if distance in _SETS:
        return _set_distances(values, distance)
    if distance == "nominal":
        return 1.0 - np.eye(len(values))
    numbers = np.array(values, dtype=float)
    if distance == "ordinal":
        order = np.argsort(numbers)
        numbers[order] = np.cumsum(counts[order]) - counts[order] / 2
    apart = np.subtract.outer(numbers, numbers)
    if distance == "ratio":
        together = np.add.outer(numbers, numbers)
        apart = np.divide(apart, together, out=np.zeros_like(apart), where=together != 0)
    squared: NDArray[np.float64] = apart**2
    return squared


def _set_distances(sets: list[frozenset[Any]], distance: str) -> NDArray[np.float64]:
    import numpy as np

    codes = {code: place for place, code in enumerate({code for held in sets for code in held})}
    holds = np.zeros((len(sets), len(codes)))
    for number, held in enumerate(sets):
        holds[number, [codes[code] for code in held]] = 1
    sizes, both = holds.sum(axis=1), holds @ holds.T
    either = np.add.outer(sizes, sizes) - both
    alike: NDArray[np.float64] = np.divide(both, either, out=np.ones_like(both), where=either > 0)
    if distance == "masi":
        smaller = np.minimum.outer(sizes, sizes)
        alike = alike * np.select([both == either, both == smaller, both > 0], [1, 2 / 3, 1 / 3], 0)
    return 1 - alike
