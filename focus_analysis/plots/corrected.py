"""Shares that a hand-coded sample has corrected, beside those of the automatic codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import code_rows, legend_above, share_axis
from focus_analysis.plots.style import COLOURS, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM = 0.52
_ROOM = 1.12


def plot_corrected(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the corrected share of every problem with its interval, and what the automatic codes alone come to.

    Parameters
    ----------
    estimates : DataFrame, schema ``CORRECTED_ESTIMATES``
        From ``salience(by="study" or "voivodeship", human=..., plan=...)``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    region : str, optional
        Voivodeship shown; without it, the study.
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
        A row a problem, the largest corrected share on top: a dot with its 95% interval, a hollow square at the share
        by the automatic codes, and the numbers at the right.

    Raises
    ------
    ArgumentError
        The table has no corrected estimates of this region or level.
    """
    shown = _shown(estimates, region, level)
    names, first = code_labels(codes, lang), rows(shown.head(1))[0]
    with style():
        ax = new_axes(ax, height_cm=2.9 + _ROW_CM * len(shown))
        ys = range(len(shown))
        square: dict[str, Any] = {"marker": "s", "s": 30, "facecolor": "white", "edgecolor": "black", "linewidth": 0.9}
        ax.hlines(ys, shown["low"], shown["high"], color=COLOURS[0], linewidth=1.2, zorder=1)
        ax.scatter(shown["naive"], ys, zorder=2, label=labels.words("figure.corrected_naive", lang), **square)
        dot = labels.words("figure.corrected_dot", lang)
        ax.scatter(shown["estimate"], ys, s=16, color=COLOURS[0], zorder=3, label=dot)
        code_rows(ax, [names[code] for code in shown["code"]])
        _axis(ax, shown, lang)
        for y, row in enumerate(rows(shown)):
            numbers = labels.share_interval(row.estimate, row.low, row.high, lang)
            ax.text(1.02, y, numbers, transform=ax.get_yaxis_transform(), fontsize=7, va="center")
        units = labels.count_of(first.n_validated, first.n_units, lang)
        place = region or labels.words("figure.corrected_study", lang)
        title = labels.words(f"figure.corrected_title_{first.measure}", lang, place=place, units=units)
        legend_above(ax, title, n_columns=2)
        add_note(ax, note)
    return ax


def _shown(estimates: pd.DataFrame, region: str | None, level: str) -> pd.DataFrame:
    """Return the rows of one region, or of the study, the largest estimate first."""
    missing = {"naive", "n_validated"} - set(estimates.columns)
    if missing:
        raise ArgumentError("plot_corrected: no corrected estimates; they come from salience(..., human=..., plan=...)")
    if len(estimates) and estimates["gmina"].notna().all():
        raise ArgumentError(
            "plot_corrected: these are estimates of single gminas; it shows the study or a region: "
            "salience(..., by='voivodeship', human=..., plan=...)"
        )
    here = estimates["voivodeship"].isna() if region is None else estimates["voivodeship"].eq(region)
    shown = estimates[here & estimates["gmina"].isna() & (estimates["level"] == level)]
    if shown["estimate"].isna().any():
        n = int(shown["n_missing"].max())
        raise ArgumentError(f"plot_corrected: {region or 'the study'}: too few units were validated, {n} are missing")
    if shown.empty:
        known = ", ".join(dict.fromkeys(estimates["voivodeship"].dropna())) or "only the study"
        raise ArgumentError(f"plot_corrected: nothing of region {region!r}, level {level!r}; regions: {known}")
    return shown.sort_values(["rank", "code"], kind="stable").reset_index(drop=True)


def _axis(ax: Axes, shown: pd.DataFrame, lang: str) -> None:
    """Scale the axis: coverage to the whole, shares of turns to what there is."""
    from matplotlib.ticker import PercentFormatter

    if shown["measure"].iloc[0] == "coverage":
        ax.set_xlim(0, 1)
        share_axis(ax, shown["denominator"], lang)
    else:
        ax.set_xlim(0, min(1.0, _ROOM * max(shown["high"].max(), shown["naive"].max())))
        ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
        ax.set_xlabel(labels.words("figure.prevalence_axis", lang), loc="right")
    ax.grid(axis="x")
