"""Heat map: gminas by problems, regions apart, with counts in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import draw_cell
from focus_analysis.plots.layout import (
    MANY,
    NARROW_NAMES,
    code_rows,
    gmina_columns,
    label_columns,
    names_cm,
    parted,
    small_note,
    tilted_cm,
    with_regions,
    write_title_of_columns,
)
from focus_analysis.plots.style import add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_CELL_CM, _TALL_CELL_CM = 0.56, 0.66


def plot_heatmap(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the coverage of every problem in every gmina.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``. A gmina without known participants is a column of dashes.
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
        Rows are problems, the most covered on top; the number in a cell is how many participants named it.

    Raises
    ------
    ArgumentError
        The table has no row of this level.
    """
    shown = estimates[estimates["level"] == level]
    if shown.empty:
        raise ArgumentError(f"no estimate of level {level!r} to draw")
    shown = with_regions(shown, lang)
    columns = gmina_columns(shown)
    order = shown.groupby("code", sort=False)["estimate"].mean().sort_values(ascending=False, kind="stable").index
    with style():
        many = len(columns) > MANY
        cell = _TALL_CELL_CM if many else _CELL_CM
        ax = new_axes(ax, height_cm=2.6 + cell * len(order) + names_cm(columns) + tilted_cm(columns))
        places = parted(columns["voivodeship"])
        for column, x in zip(rows(columns), places, strict=True):
            same = shown["teryt"].eq(column.teryt) if column.teryt else shown["gmina"].eq(column.gmina)
            cells = {row.code: row for row in rows(shown[same])}
            for y, code in enumerate(order):
                _draw_count(ax, x, y, cells[code])
        label_columns(ax, columns, places, top=-0.75)
        names = code_labels(codes, lang)
        code_rows(ax, [names[code] for code in order], **({"width": NARROW_NAMES} if many else {}))
        ax.tick_params(length=0)
        for side in ax.spines.values():
            side.set_visible(False)
        write_title_of_columns(ax, labels.words("figure.heatmap_title", lang), columns)
        add_note(ax, small_note(columns["n_participants"], note, lang))
    return ax


def _draw_count(ax: Axes, x: float, y: int, cell: Any) -> None:
    known = cell.estimate is not None
    draw_cell(ax, x, y, str(cell.n_named) if known else "–", cell.estimate if known else 0.0)
