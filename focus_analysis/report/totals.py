"""The problems over several gminas: in how many each was raised, by how many people, and its mean coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from focus_analysis import labels
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


class Total(NamedTuple):
    """A problem over several gminas: "12 of 16" gminas, "30 of 153" people, and the mean of the gminas' shares."""

    code: str
    gminas: str
    people: str
    mean: float


def totals(cells: pd.DataFrame, lang: str) -> list[Total]:
    """Return the problems of one level, the largest mean coverage first.

    Parameters
    ----------
    cells : DataFrame, schema ``ESTIMATES``
        Coverage by gmina, of one level; gminas where nobody could be counted are left out.
    lang : {"pl", "en"}
        Language of the counts.
    """
    known = cells[cells["estimate"].notna()]
    n_gminas = known[["teryt", "gmina"]].drop_duplicates().shape[0]
    summed = known.groupby("code", sort=False).agg(
        raised=("n_named", lambda n: int((n > 0).sum())),
        named=("n_named", "sum"),
        of=("n_participants", "sum"),
        mean=("estimate", "mean"),
    )
    return [
        Total(
            row.code,
            labels.count_of(row.raised, n_gminas, lang),
            labels.count_of(int(row.named), int(row.of), lang),
            float(row.mean),
        )
        for row in rows(summed.sort_values("mean", ascending=False, kind="stable").reset_index())
    ]
