"""Rank slopes: how the ranks of the problems go from gmina to gmina."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import (
    MANY,
    NARROW_NAMES,
    gmina_columns,
    label_columns,
    names_cm,
    parted,
    small_note,
    tilted_cm,
    with_regions,
    write_title_of_columns,
)
from focus_analysis.plots.style import COLOURS, GREY, MARKERS, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM, _TALL_ROW_CM = 0.5, 0.66
_TIE_PT, _NARROW_TIE_PT = 7.0, 4.0
_PALE = "#C4C4C4"
_LEADING = 3
_FEWEST_ROWS = 6
_TIE = 0.32


def plot_rank_slopes(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    level: str = "leaf",
    highlight: Iterable[str] | None = None,
    measure: str = "coverage",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the rank of every problem in every gmina.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``. Gminas without known participants are left out.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    lang : {"pl", "en"}
        Language of the labels.
    level : {"leaf", "top"}
        Level shown.
    highlight : iterable of str, optional
        Codes in colour, five at most; by default the three with the best mean rank, and the one with the worst.
    measure : str
        Measure that is ranked.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A column a gmina, regions apart, and a line a problem within a region. Tied problems stand side by side over
        the ranks that they share, joined by a bar: their order there means nothing.

    Raises
    ------
    ArgumentError
        The table has no such rows, or a code to highlight is not among them.
    """
    shown = estimates[(estimates["level"] == level) & (estimates["measure"] == measure) & estimates["rank"].notna()]
    if shown.empty:
        raise ArgumentError(f"no ranks of measure {measure!r}, level {level!r} to draw")
    shown = with_regions(shown, lang)
    order = list(shown.groupby("code", sort=False)["rank"].mean().sort_values(kind="stable").index)
    chosen = list(highlight) if highlight is not None else [*order[:_LEADING], *order[_LEADING:][-1:]]
    unknown = [code for code in chosen if code not in order]
    if unknown or len(chosen) > len(COLOURS):
        raise ArgumentError(f"highlight: up to {len(COLOURS)} of {', '.join(order)}; got {', '.join(chosen)}")
    columns = gmina_columns(shown)
    places, labelled = parted(columns["voivodeship"]), code_labels(codes, lang)
    with style():
        many = len(columns) > MANY
        row = _TALL_ROW_CM if many else _ROW_CM
        ax = new_axes(ax, height_cm=2.6 + row * max(len(order), _FEWEST_ROWS) + names_cm(columns) + tilted_cm(columns))
        at = _heights(shown, columns, order)
        for column, x in enumerate(places):
            _draw_ties(ax, shown, columns.iloc[[column]], x, _NARROW_TIE_PT if many else _TIE_PT)
        for code in sorted(order, key=lambda code: code in chosen):
            _draw_code(ax, at[code], places, columns["voivodeship"], chosen.index(code) if code in chosen else None)
        names = {code: textwrap.fill(name, NARROW_NAMES) if many else name for code, name in labelled.items()}
        _label_codes(ax, at, places[-1], chosen, names, narrow=many)
        label_columns(ax, columns, places, top=0.3)
        ax.set_xlim(-0.5, places[-1] + 0.5)
        ax.set_ylim(len(order) + 0.5, 0.5)
        ax.set_yticks(range(1, len(order) + 1))
        ax.set_ylabel(labels.words("figure.rank_axis", lang), labelpad=1)
        write_title_of_columns(ax, labels.words("figure.slopes_title", lang), columns)
        tie = labels.words("figure.tie_note", lang)
        add_note(ax, small_note(columns["n_participants"], f"{note} {tie}".strip(), lang))
    return ax


def _of_column(shown: pd.DataFrame, column: pd.DataFrame) -> pd.DataFrame:
    place = rows(column)[0]
    same = shown["teryt"].eq(place.teryt) if place.teryt else shown["gmina"].eq(place.gmina)
    return shown[same]


def _heights(shown: pd.DataFrame, columns: pd.DataFrame, order: list[str]) -> dict[str, list[float]]:
    """Return where each code stands in each column: those tied share the ranks of their band in the overall order."""
    at: dict[str, list[float]] = {code: [] for code in order}
    for column in range(len(columns)):
        ranked = _of_column(shown, columns.iloc[[column]]).set_index("code")["rank_low"]
        taken: dict[float, int] = {}
        for code in order:
            low = float(ranked[code])
            at[code].append(low + taken.get(low, 0))
            taken[low] = taken.get(low, 0) + 1
    return at


def _draw_ties(ax: Axes, shown: pd.DataFrame, column: pd.DataFrame, x: float, width: float) -> None:
    for row in rows(_of_column(shown, column).drop_duplicates("rank_low")):
        if row.rank_high > row.rank_low:
            ax.vlines(
                x,
                row.rank_low - _TIE,
                row.rank_high + _TIE,
                color="#EBEBEB",
                linewidth=width,
                capstyle="round",
                zorder=0,
            )


def _draw_code(ax: Axes, at: list[float], places: list[float], regions: pd.Series[str], number: int | None) -> None:
    wide = 1.5 if len(places) <= MANY else 1.0
    for region in regions.drop_duplicates():
        inside = [column for column, name in enumerate(regions) if name == region]
        xs, ys = [places[column] for column in inside], [at[column] for column in inside]
        if number is None:
            ax.plot(xs, ys, color=_PALE, linewidth=0.6, marker="o", markersize=2.0, zorder=1)
        else:
            ax.plot(
                xs, ys, color=COLOURS[number], linewidth=wide, marker=MARKERS[number], markersize=3 * wide, zorder=3
            )


def _label_codes(
    ax: Axes, at: dict[str, list[float]], x: float, chosen: list[str], names: dict[str, str], narrow: bool
) -> None:
    for code, heights in at.items():
        colour = "black" if code in chosen else GREY
        weight = "bold" if code in chosen and not narrow else "normal"
        ax.annotate(
            names[code],
            (x, heights[-1]),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
            linespacing=0.95,
            color=colour,
            fontweight=weight,
            annotation_clip=False,
        )
