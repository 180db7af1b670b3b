"""Heat map: gminas by problems, regions apart, with counts in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_DARK = 0.68
_CELL_CM = 0.56
_GAP = 0.35
_LETTER_CM = 0.15
_NARROW = 3


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
    unknown = labels.words("term.unknown", lang)
    shown = shown.assign(voivodeship=shown["voivodeship"].fillna(unknown))
    columns = shown[["voivodeship", "gmina", "teryt", "n_participants"]].drop_duplicates(
        ["voivodeship", "gmina", "teryt"]
    )
    columns = columns.sort_values(["voivodeship", "gmina"], key=lambda names: names.map(labels.sort_key)).reset_index(
        drop=True
    )
    order = shown.groupby("code", sort=False)["estimate"].mean().sort_values(ascending=False, kind="stable").index
    with style():
        longest = max(len(str(name)) for name in columns["gmina"])
        ax = new_axes(ax, height_cm=2.6 + _CELL_CM * len(order) + _LETTER_CM * (longest + len(" (n=10)")))
        places = _places(columns["voivodeship"])
        for column, x in zip(rows(columns), places, strict=True):
            same = shown["teryt"].eq(column.teryt) if column.teryt else shown["gmina"].eq(column.gmina)
            cells = shown[same].set_index("code")
            for y, code in enumerate(order):
                _draw_cell(ax, x, y, cells.loc[code])
        _label(ax, columns, places, [code_labels(codes, lang)[code] for code in order], lang)
        add_note(ax, note)
    return ax


def _places(regions: pd.Series[str]) -> list[float]:
    """Return where each column stands: regions are parted by a gap."""
    breaks = (regions != regions.shift()).cumsum() - 1
    return [number + _GAP * gap for number, gap in enumerate(breaks)]


def _draw_cell(ax: Axes, x: float, y: int, cell: pd.Series[float]) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    known = cell["estimate"] == cell["estimate"]
    share = float(cell["estimate"]) if known else 0.0
    face = colormaps["Blues"](0.08 + 0.87 * share) if known and share > 0 else "white"
    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor="#D0D0D0", linewidth=0.5))
    text = str(int(cell["n_named"])) if known else "–"
    colour = "white" if share > _DARK else "#707070" if not share else "black"
    ax.text(x, y, text, ha="center", va="center", fontsize=7, color=colour)


def _label(ax: Axes, columns: pd.DataFrame, places: list[float], names: list[str], lang: str) -> None:
    ax.set_xlim(-0.5, places[-1] + 0.5)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ticks = [f"{row.gmina} (n={row.n_participants or '?'})" for row in rows(columns)]
    ax.set_xticks(places, ticks, rotation=90)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    for region in columns["voivodeship"].drop_duplicates():
        inside = [place for place, name in zip(places, columns["voivodeship"], strict=True) if name == region]
        ax.text(
            (inside[0] + inside[-1]) / 2,
            -0.75,
            region,
            ha="center" if len(inside) >= _NARROW else "left",
            va="bottom",
            rotation=0 if len(inside) >= _NARROW else 40,
            fontsize=8,
            fontweight="bold",
        )
    ax.set_title(labels.words("figure.heatmap_title", lang), pad=20)
