"""Ranges of ranks: over measures, without one speaker, over speakers drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import code_rows, group_size, legend_above, of_gmina, small_note
from focus_analysis.plots.style import COLOURS, add_note, code_labels, new_axes, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM = 0.52


def plot_rank_ranges(
    ranges: pd.DataFrame,
    codes: pd.DataFrame,
    gmina: str,
    varied: str = "measures",
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the best, median and worst rank of every problem of a gmina.

    Parameters
    ----------
    ranges : DataFrame, schema ``RANK_RANGES``
        From ``rank_multiverse`` or ``rank_sensitivity`` (of one measure).
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    gmina : str
        Name of the gmina, or its TERYT code where the name is shared.
    varied : {"measures", "left_out", "drawn"}
        What varies.
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
        A row a problem: a line from the best to the worst rank, a dot at the median, a hollow square at the rank as it
        stands (by coverage where the measures vary).

    Raises
    ------
    ArgumentError
        There is no such gmina, it has no such ranges, or they are of several measures.
    """
    shown = of_gmina(ranges, gmina, level)
    shown = shown[(shown["varied"] == varied) & shown["rank_median"].notna()]
    if shown.empty or shown["code"].duplicated().any():
        known = ", ".join(ranges["varied"].unique())
        raise ArgumentError(f"{gmina}: one range a code, varied {varied!r}; the table has: {known}")
    shown = shown.sort_values(["rank", "rank_median", "code"], kind="stable").reset_index(drop=True)
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=2.9 + _ROW_CM * len(shown))
        ys = range(len(shown))
        ax.hlines(ys, shown["rank_min"], shown["rank_max"], color="#8C8C8C", linewidth=1.4, zorder=1)
        own = labels.words("figure.ranges_own_measures" if varied == "measures" else "figure.ranges_own", lang)
        square: dict[str, Any] = {"marker": "s", "s": 34, "facecolor": "white", "edgecolor": "black", "linewidth": 0.9}
        ax.scatter(shown["rank"], ys, zorder=2, label=own, **square)
        median = labels.words("figure.ranges_median", lang)
        ax.scatter(shown["rank_median"], ys, s=14, color=COLOURS[0], zorder=3, label=median)
        code_rows(ax, [names[code] for code in shown["code"]])
        ax.set_xlim(0.5, len(shown) + 0.5)
        ax.set_xticks(range(1, len(shown) + 1))
        ax.grid(axis="x")
        ax.set_xlabel(labels.words("figure.rank_axis", lang))
        whose = {"gmina": shown["gmina"].iloc[0], "size": group_size(int(shown["n_participants"].iloc[0]))}
        variants = labels.number(int(shown["n_variants"].max()), lang)
        title = labels.words(f"figure.ranges_title_{varied}", lang, n=variants, **whose)
        legend_above(ax, title, n_columns=2)
        add_note(ax, small_note(shown["n_participants"], note, lang))
    return ax
