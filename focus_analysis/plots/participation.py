"""Who took part: institutions by gminas, present, silent, and how much they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import CELL_CM, draw_cell, row_heads
from focus_analysis.plots.layout import (
    MANY,
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

_HATCH = "/////"
_SMALL, _PLAIN = 5.5, 7
_SLOTS, _FEWEST_ROWS = 6.5, 3


def plot_participation(
    participation: pd.DataFrame, codes: pd.DataFrame, lang: str = "pl", note: str = "", ax: Axes | None = None
) -> Axes:
    """Draw which institutions were present in which gminas, and how much they said.

    Parameters
    ----------
    participation : DataFrame, schema ``PARTICIPATION``
        From ``participation``.
    codes : DataFrame, schema ``CODES``
        Names of the institutions.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Rows are institutions, those of most gminas on top, with "6 of 8" at the right; columns are gminas, regions
        apart. The number in a cell is how many people of the institution were there; the cell is darker the larger
        their share of the words, hatched where none of them spoke, empty where nobody was there.

    Raises
    ------
    ArgumentError
        The table is empty.
    """
    if participation.empty:
        raise ArgumentError("no participation to draw")
    shown = with_regions(participation, lang)
    columns = gmina_columns(shown)
    places = parted(columns["voivodeship"])
    present = shown[shown["known"]].groupby("institution", sort=False)["present"].sum()
    order = list(
        present.reindex(shown["institution"].unique(), fill_value=0).sort_values(ascending=False, kind="stable").index
    )
    known = int(shown.loc[shown["known"], ["voivodeship", "gmina", "teryt"]].drop_duplicates().shape[0])
    words = shown.groupby(["gmina", "teryt"], dropna=False)["n_words"].transform("sum")
    shown = shown.assign(share=(shown["n_words"] / words.where(words > 0)).fillna(0.0))
    most = max(float(shown["share"].max()), 1e-9)
    names = labels.CodeNames(code_labels(codes, lang))
    with style():
        height = 2.8 + CELL_CM * max(len(order), _FEWEST_ROWS) + names_cm(columns) + tilted_cm(columns)
        ax = new_axes(ax, height_cm=height)
        size = _SMALL if len(columns) > MANY else _PLAIN
        for column, x in zip(rows(columns), places, strict=True):
            same = shown["teryt"].eq(column.teryt) if column.teryt else shown["gmina"].eq(column.gmina)
            of_gmina = {row.institution: row for row in rows(shown[same])}
            for y, code in enumerate(order):
                row = of_gmina[code]
                text = "?" if not row.known else str(row.n_speakers) if row.present else ""
                hatch = _HATCH if row.present and not row.spoke else ""
                draw_cell(ax, x, y, text, row.share / most, hatch, size)
        label_columns(ax, columns, places, top=-0.75)
        ax.tick_params(axis="x", labelsize=size)
        ax.set_xlim(-0.5, max(places[-1] + 0.5, _SLOTS))
        row_heads(ax, [names[code] for code in order])
        for y, code in enumerate(order):
            total = labels.count_of(int(present.get(code, 0)), known, lang)
            ax.text(places[-1] + 0.7, y, total, ha="left", va="center", fontsize=_PLAIN)
        write_title_of_columns(ax, labels.words("figure.participation_title", lang), columns)
        parts = [note, labels.words("figure.participation_note", lang)]
        parts += [] if bool(shown["known"].all()) else [labels.words("figure.participation_unknown", lang)]
        add_note(ax, small_note(columns["n_participants"], " ".join(filter(None, parts)), lang))
    return ax
