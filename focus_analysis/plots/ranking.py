"""Ranked bars: the problems of one gmina or region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import code_rows, group_size, of_gmina, share_axis, small_note, write_title
from focus_analysis.plots.style import SHADES, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_BAR_CM = 0.39
_BAND = "#F1F1F1"
COVERAGE = "coverage"


def plot_ranking(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    gmina: str,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the problems of one gmina by the share of participants who raised them.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    gmina : str
        Name of the gmina, or its TERYT code where the name is shared.
    lang : {"pl", "en"}
        Language of the labels.
    level : {"leaf", "top"}
        Level shown.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        One bar a problem, with "6 of 10" beside it and how many denied it; bands join problems that are tied; a line
        from ``low`` to ``high`` where the estimates have them.

    Raises
    ------
    ArgumentError
        There is no such gmina, its participants are unknown, or several share the name.
    """
    shown = _of_gmina(estimates, gmina, level).sort_values(["rank", "code"], kind="stable").reset_index(drop=True)
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=2.6 + _BAR_CM * len(shown))
        for band, tied in enumerate(shown.groupby("rank", sort=True).indices.values()):
            if band % 2:
                ax.axhspan(tied[0] - 0.5, tied[-1] + 0.5, color=_BAND, zorder=0)
        ax.barh(range(len(shown)), shown["estimate"], height=0.62, color=SHADES[2])
        ends = _intervals(ax, shown)
        for y, (row, end) in enumerate(zip(rows(shown), ends, strict=True)):
            text = _count(row.n_named, row.n_participants, row.n_denied, lang)
            ax.text(end + 0.012, y, text, va="center", fontsize=7)
        code_rows(ax, [names[code] for code in shown["code"]])
        ax.set_xlim(0, 1)
        share_axis(ax, shown["denominator"], lang)
        size = group_size(int(shown["n_participants"].iloc[0]))
        write_title(ax, labels.words("figure.ranking_title", lang, gmina=shown["gmina"].iloc[0], size=size))
        if (shown["interval_kind"] == "sensitivity").any():
            note = f"{note} {labels.words('figure.sensitivity_note', lang)}".strip()
        add_note(ax, small_note(shown["n_participants"], note, lang))
    return ax


def _of_gmina(estimates: pd.DataFrame, gmina: str, level: str) -> pd.DataFrame:
    shown = of_gmina(estimates[estimates["measure"] == COVERAGE], gmina, level)
    if shown["estimate"].isna().any():
        raise ArgumentError(f"{gmina}: it is not known who is a participant; see corpus.findings")
    return shown


def _count(named: int, participants: int, denied: int, lang: str) -> str:
    text = labels.count_of(int(named), int(participants), lang)
    return text + (labels.words("figure.denied_suffix", lang, n=int(denied)) if denied else "")


def _intervals(ax: Axes, shown: pd.DataFrame) -> list[float]:
    """Draw the intervals that there are; return where each row's drawing ends."""
    known = shown["low"].notna() & shown["high"].notna()
    ys = [y for y, drawn in enumerate(known) if drawn]
    low, high = shown.loc[known, "low"], shown.loc[known, "high"]
    ax.hlines(ys, low, high, color="black", linewidth=1.0)
    for edge in (low, high):
        ax.scatter(edge, ys, marker="|", s=18, color="black", linewidth=1.0)
    return list(shown["estimate"].where(~known, shown[["estimate", "high"]].max(axis=1)).astype(float))
