"""Comparison of regions: a dot for every group, and the mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import code_rows, legend_above, share_axis
from focus_analysis.plots.style import COLOURS, MARKERS, add_note, code_labels, new_axes, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM, _MORE_CM, _MOST_CM = 0.95, 0.12, 1.2
_LEGEND_ROW_CM = 0.41
_LANE = 0.8
_STEP = 0.055
_SURE, _SMALLEST = 0.05, 0.001


def plot_regions(
    groups: pd.DataFrame,
    means: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    level: str = "leaf",
    tests: pd.DataFrame | None = None,
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the coverage of every problem in every group, regions apart, with the mean of each region.

    Parameters
    ----------
    groups, means : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")`` and ``salience(by="voivodeship")``; with ``intervals=True`` the mean has a line.
        Means that a sample corrects (``human=``, ``plan=``) have theirs, and the note says so.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    lang : {"pl", "en"}
        Language of the labels.
    level : {"leaf", "top"}
        Level shown.
    tests : DataFrame, optional
        code and p_adjusted, one row a code: from ``compare_regions`` for two regions, ``compare_all_regions`` for
        more. Its p stands at the right.
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
        The tables have no row of this level, more regions than there are colours, or ``tests`` several rows a code.
    """
    groups, means = (table[(table["level"] == level) & table["estimate"].notna()] for table in (groups, means))
    regions = sorted(means["voivodeship"].dropna().unique(), key=labels.sort_key)
    if not regions or len(regions) > len(COLOURS):
        raise ArgumentError(f"regions to draw: 1 to {len(COLOURS)}; got {len(regions)}")
    if tests is not None and tests["code"].duplicated().any():
        raise ArgumentError("tests: one row a code; for more than two regions compare_all_regions has it")
    order = list(means.groupby("code", sort=False)["estimate"].mean().sort_values(ascending=False, kind="stable").index)
    names = code_labels(codes, lang)
    with style():
        row = min(_ROW_CM + _MORE_CM * (len(regions) - 2), _MOST_CM)
        ax = new_axes(ax, height_cm=2.9 + _LEGEND_ROW_CM * len(regions) + row * len(order))
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
        code_rows(ax, [names[code] for code in order])
        ax.set_xlim(-0.02, 1.02)
        share_axis(ax, means["denominator"], lang)
        if tests is not None:
            _write_tests(ax, tests.set_index("code")["p_adjusted"], order, lang)
        legend_above(ax, labels.words("figure.regions_title", lang), n_rows=len(regions), scale=1.6)
        if (means["interval_kind"] == "confidence").any():
            lines = "sample_note" if "naive" in means else "confidence_note"
            note = f"{note} {labels.words(f'figure.{lines}', lang)}".strip()
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
        ends = means.loc[(means["code"] == code) & means["low"].notna(), ["low", "high"]].clip(0, 1)
        ax.hlines([y + lane] * len(ends), ends["low"], ends["high"], color=colour, linewidth=0.9, zorder=1)
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


def _write_tests(ax: Axes, p: pd.Series[float], order: list[str], lang: str) -> None:
    """Write the adjusted p of each code at the right, a dash where there is none."""
    ax.text(1.04, -0.75, labels.words("figure.adjusted_p", lang), fontsize=7, ha="left", va="center", clip_on=False)
    for y, code in enumerate(order):
        value = float(p.get(code, float("nan")))
        if value != value:
            text = "–"
        elif value < _SMALLEST:
            text = f"< {labels.number(_SMALLEST, lang, 3)}"
        else:
            text = labels.number(value, lang, 3 if value < _SURE else 2)
        ax.text(1.04, y, text, fontsize=7, ha="left", va="center", clip_on=False)


def _stacked(values: list[float]) -> list[float]:
    """Return how far each of the sorted values moves from its lane so that equal ones stand beside each other."""
    counts, seen = Counter(values), Counter[float]()
    offsets = []
    for value in values:
        step = min(_STEP, 0.36 / max(1, counts[value]))
        offsets.append((seen[value] - (counts[value] - 1) / 2) * step)
        seen[value] += 1
    return offsets
