"""Which institutions name which problems, and where more than the two margins would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.participation import people_of, said_by
from focus_analysis.analysis.salience import codes_of
from focus_analysis.analysis.scopes import places_of, scopes_of
from focus_analysis.analysis.tables import numbers
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check
from focus_analysis.schemas_networks import INSTITUTION_PROBLEMS

if TYPE_CHECKING:
    import pandas as pd


def institution_problems(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return in how many gminas each institution type named each problem, with adjusted residuals.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Problems that participants affirm.
    codes : DataFrame, schema ``CODES``
        Problems are the leaves of the group "problems".

    Returns
    -------
    DataFrame, schema ``INSTITUTION_PROBLEMS``
        Regions and the study, institutions that took part, all problems. Residuals help to read the table; with
        expected counts below 5 they test nothing.
    """
    import pandas as pd

    codings, codes = check(codings, CODINGS), check(codes, CODES)
    problems = codes_of(codes, "problems")
    leaves = [code for code in problems["code"] if code not in set(problems["parent"])]
    said = said_by(study, codings[codings["code"].isin(leaves)]).drop_duplicates(["institution", "code", "place"])
    people = people_of(study).drop_duplicates(["institution", "place"])
    found = [pd.DataFrame(columns=INSTITUTION_PROBLEMS.names)]
    for scope in scopes_of(places_of(study)):
        here, room = (table[table["place"].isin(scope.places)] for table in (said, people))
        present = room.groupby("institution").size()
        if scope.is_place or present.empty:
            continue
        counts = pd.crosstab(here["institution"], here["code"]).reindex(present.index, columns=leaves, fill_value=0)
        residuals, expected = adjusted_residuals(counts)
        cells = pd.DataFrame({"n_gminas": counts.stack(), "expected": expected.stack(), "residual": residuals.stack()})
        cells = cells.rename_axis(["institution", "code"]).reset_index()
        found.append(cells.assign(**scope.columns, n_opportunities=cells["institution"].map(present)))
    return check(pd.concat([table for table in found if len(table)] or found, ignore_index=True), INSTITUTION_PROBLEMS)


def adjusted_residuals(counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return adjusted standardised residuals of a table of counts, and its expected counts.

    Parameters
    ----------
    counts : DataFrame, shape (n_rows, n_columns)
        Counts of 0 or more.

    Returns
    -------
    tuple of DataFrame, same shape
        (O - E) / sqrt(E (1 - r / n) (1 - c / n)), missing where a margin is empty or holds all; E = r c / n.

    Raises
    ------
    ArgumentError
        The table holds something else than counts.

    Notes
    -----
    S. J. Haberman, "The analysis of residuals in cross-classified tables", Biometrics 29 (1973).
    """
    import pandas as pd

    observed = numbers(counts, "adjusted_residuals")
    if (observed < 0).any():
        raise ArgumentError("adjusted_residuals: counts must be 0 or more; the table holds one below 0")
    n = observed.sum()
    rows, columns = observed.sum(axis=1, keepdims=True), observed.sum(axis=0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = rows * columns / n
        spread = np.sqrt(expected * (1 - rows / n) * (1 - columns / n))
        residuals = np.where(spread > 0, (observed - expected) / spread, np.nan)
    frames = (pd.DataFrame(values, index=counts.index, columns=counts.columns) for values in (residuals, expected))
    first, second = frames
    return first, second
