"""Saturation: how many different problems so many groups name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import legend_within
from focus_analysis.plots.style import COLOURS, add_note, new_axes, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_HEIGHT_CM = 8.0
_ROOM, _MOST_TICKS = 1.08, 8


def plot_saturation(
    curve: pd.DataFrame,
    observed: pd.Series[int] | None = None,
    lang: str = "pl",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how many different codes t groups name on average.

    Parameters
    ----------
    curve : DataFrame
        From ``rarefaction``: n_sessions, estimate, low, high.
    observed : Series, optional
        Different codes after each group, in the order held.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        The mean over all choices of groups with its interval as a band, and the observed counts as hollow squares.

    Raises
    ------
    ArgumentError
        There is nothing to draw, or ``observed`` is of another number of groups.
    """
    if curve.empty or (observed is not None and len(observed) != len(curve)):
        n = "none" if observed is None else len(observed)
        raise ArgumentError(f"saturation to draw: a curve of {len(curve)} groups, observed {n}")
    with style():
        ax = new_axes(ax, height_cm=_HEIGHT_CM)
        x = curve["n_sessions"]
        ax.fill_between(x, curve["low"], curve["high"], color=COLOURS[0], alpha=0.18, linewidth=0)
        expected = labels.words("figure.saturation_expected", lang)
        ax.plot(x, curve["estimate"], color=COLOURS[0], linewidth=1.6, marker="o", markersize=3.5, label=expected)
        if observed is not None:
            in_order = labels.words("figure.saturation_observed", lang)
            square: dict[str, Any] = {
                "marker": "s",
                "s": 26,
                "facecolor": "white",
                "edgecolor": "black",
                "linewidth": 0.9,
            }
            ax.scatter(x, list(observed), zorder=3, label=in_order, **square)
        top = math.ceil(_ROOM * max(curve["high"].max(), 1))
        ax.set_ylim(0, top)
        ax.set_yticks(range(0, top + 1, math.ceil(top / _MOST_TICKS)))
        ax.set_xlim(0.5, len(curve) + 0.5)
        ax.set_xticks(range(1, len(curve) + 1) if len(curve) <= 20 else range(5, len(curve) + 1, 5))
        ax.grid(axis="y")
        ax.set_xlabel(labels.words("figure.saturation_x", lang))
        ax.set_ylabel(labels.words("figure.saturation_y", lang))
        ax.set_title(labels.words("figure.saturation_title", lang, n=len(curve)))
        legend_within(ax, "lower right")
        add_note(ax, note)
    return ax
