"""Plain tables of numbers: rows are sessions (or gminas), columns are codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DIGITS = 12


def numbers(table: pd.DataFrame, step: str, missing: bool = False) -> Floats:
    """Return the numbers of a plain table, rounded so that equal shares are equal.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Numbers only; row and column names are unique.
    step : str
        Who asks, for the message.
    missing : bool
        Whether a cell may be missing.

    Raises
    ------
    ArgumentError
        Something else stands for the table, a name stands twice, a column holds no numbers, or a cell is missing that
        must not be.
    """
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise ArgumentError(
            f"{step}: a table of rows sessions and columns codes is needed, as to_matrix(estimates) makes it; "
            f"not a {type(table).__name__}"
        )
    for names, what in ((table.index, "row"), (table.columns, "column")):
        if not names.is_unique:
            raise ArgumentError(f"{step}: {what} {names[names.duplicated()][0]!r} stands twice; names must be unique")
    try:
        values = table.to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError):
        raise ArgumentError(
            f"{step}: the table must hold numbers only, rows sessions and columns codes; its columns are "
            f"{', '.join(map(str, table.columns))}. From an estimates table, to_matrix(estimates) makes it."
        ) from None
    if not missing and np.isnan(values).any():
        row, column = np.argwhere(np.isnan(values))[0]
        raise ArgumentError(
            f"{step}: no value for {table.columns[column]!r} in {table.index[row]!r}; "
            "leave the row or the column out (what nobody named is 0)"
        )
    if np.isinf(values).any():
        raise ArgumentError(f"{step}: the table holds an infinite number")
    return np.round(values, _DIGITS)


def at_least(table: pd.DataFrame, step: str, groups: int = 1, codes: int = 1) -> None:
    """Refuse a table with too few rows or columns.

    Raises
    ------
    ArgumentError
        It has fewer.
    """
    n_groups, n_codes = table.shape
    if n_groups < groups or n_codes < codes:
        raise ArgumentError(
            f"{step} needs at least {groups} groups and {codes} codes; the table has {n_groups} and {n_codes}"
        )


def regions_of(
    table: pd.DataFrame, regions: pd.Series[str] | Mapping[str, str] | Sequence[str], step: str
) -> pd.Series[str]:
    """Return the region of every row of a table.

    Parameters
    ----------
    table : DataFrame
        Rows are groups.
    regions : Series, mapping or sequence
        Region by row name, or in the order of the rows.

    Raises
    ------
    ArgumentError
        A row has no region.
    """
    import pandas as pd

    if isinstance(regions, (pd.Series, Mapping)):
        found = pd.Series({name: regions.get(name) for name in table.index}, index=table.index, dtype=object)
    elif len(regions) == len(table):
        found = pd.Series(list(regions), index=table.index, dtype=object)
    else:
        raise ArgumentError(f"{step}: {len(regions)} regions for {len(table)} rows; there must be one a row")
    without = found.index[found.isna()]
    if len(without):
        raise ArgumentError(f"{step}: no region for {', '.join(map(str, without))}; give one or leave the row out")
    return found.astype(str)
