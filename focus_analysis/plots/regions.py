"""Comparison of regions: a dot for every group, and the mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import COLOURS, MARKERS, add_note, code_labels, new_axes, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM = 0.95
_LANE = 0.8
_STEP = 0.055


def plot_regions(
    groups: pd.DataFrame,
    means: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the coverage of every problem in every group, regions apart, with the mean of each region.

    Parameters
    ----------
    groups, means : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")`` and ``salience(by="voivodeship")``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
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
        A row a problem, a lane a region. Dots of one value are stacked; the mean is a bar across the lane.

    Raises
    ------
    ArgumentError
        The tables have no row of this level, or more regions than there are colours.
    """
    groups, means = (table[(table["level"] == level) & table["estimate"].notna()] for table in (groups, means))
    regions = sorted(means["voivodeship"].dropna().unique(), key=labels.sort_key)
    if not regions or len(regions) > len(COLOURS):
        raise ArgumentError(f"regions to draw: 1 to {len(COLOURS)}; got {len(regions)}")
    order = list(means.groupby("code", sort=False)["estimate"].mean().sort_values(ascending=False, kind="stable").index)
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=3.0 + _ROW_CM * len(order))
        for number, region in enumerate(regions):
            lane = (number - (len(regions) - 1) / 2) * _LANE / len(regions)
            _draw_region(
                ax,
                groups[groups["voivodeship"] == region],
                means[means["voivodeship"] == region],
                order,
                lane,
                number,
                len(regions),
                lang,
            )
        for y in range(1, len(order)):
            ax.axhline(y - 0.5, color="#D0D0D0", linewidth=0.5, zorder=0)
        ax.set_ylim(len(order) - 0.5, -0.5)
        ax.set_xlim(-0.02, 1.02)
        ax.set_yticks(range(len(order)), [names[code] for code in order])
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        ax.tick_params(axis="y", length=0)
        kinds = means["denominator"].unique()
        denominator = labels.words(f"figure.denominator_{kinds[0] if len(kinds) == 1 else 'mixed'}", lang)
        ax.set_xlabel(labels.words("figure.share_axis", lang, denominator=denominator))
        ax.figure.legend(loc="outside upper left", handletextpad=0.4)
        ax.set_title(labels.words("figure.regions_title", lang))
        add_note(ax, note)
    return ax


def _draw_region(
    ax: Axes,
    groups: pd.DataFrame,
    means: pd.DataFrame,
    order: list[str],
    lane: float,
    number: int,
    n_regions: int,
    lang: str,
) -> None:
    colour, marker = COLOURS[number], MARKERS[number]
    xs: list[float] = []
    ys: list[float] = []
    for y, code in enumerate(order):
        values = sorted(groups.loc[groups["code"] == code, "estimate"])
        xs += values
        ys += [y + lane + offset for offset in _stacked(values)]
        mean = means.loc[means["code"] == code, "estimate"]
        height = 0.42 * _LANE / n_regions
        ax.vlines(mean, y + lane - height, y + lane + height, color=colour, linewidth=2.2, zorder=3)
    first = means.iloc[0]
    n = labels.plural("session", int(first["n_sessions"]), lang)
    people = labels.plural("participant", int(first["n_participants"]), lang)
    ax.scatter(
        xs,
        ys,
        s=11,
        marker=marker,
        facecolor=colour,
        edgecolor="white",
        linewidth=0.4,
        alpha=0.75,
        zorder=2,
        label=f"{first['voivodeship']} ({n}, {people})",
    )


def _stacked(values: list[float]) -> list[float]:
    """Return how far each of the sorted values moves from its lane so that equal ones stand beside each other."""
    counts, seen = Counter(values), Counter[float]()
    offsets = []
    for value in values:
        step = min(_STEP, 0.36 / max(1, counts[value]))
        offsets.append((seen[value] - (counts[value] - 1) / 2) * step)
        seen[value] += 1
    return offsets
