"""Grids of counts: rows by columns, a number in every cell, darker where the share is larger."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CELL_CM = 0.62
LETTER_CM = 0.135
_LINE, _HEAD_LINE, _ROW_LINE, _TITLE_LINE = 24, 30, 32, 54
_DARK = 0.62
_EDGE = "#C8C8C8"
_PALE = "#707070"


def wrapped(name: str, width: int = _LINE) -> str:
    """Return a name in lines of this width at most, as even as they can be."""
    lines = len(textwrap.wrap(name, width))
    even = next(
        size for size in range(len(name) // max(lines, 1), width + 1) if len(textwrap.wrap(name, size)) <= lines
    )
    return textwrap.fill(name, even)


def write_title(ax: Axes, title: str) -> None:
    """Write a title in lines that fit beside the names of the rows."""
    ax.set_title(textwrap.fill(title, _TITLE_LINE))


def draw_cell(
    ax: Axes, x: float, y: float, text: str, share: float, hatch: str = "", size: float = 7, cmap: str = "Blues"
) -> None:
    """Draw one cell, within limits that the heads set: white where the share is 0, and the darker the larger it is."""
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    face = colormaps[cmap](0.08 + 0.87 * min(share, 1.0)) if share > 0 else "white"
    ax.add_artist(
        Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor=_EDGE, linewidth=0.5, hatch=hatch or None)
    )
    colour = "white" if share > _DARK else "black" if share else _PALE
    ax.text(x, y, text, ha="center", va="center", fontsize=size, color=colour)


def column_heads(ax: Axes, places: Sequence[float], names: Sequence[str]) -> None:
    """Write the names of the columns above them, upright."""
    ax.set_xlim(min(places) - 0.5, max(places) + 0.5)
    ax.set_xticks(list(places), [wrapped(name, _HEAD_LINE) for name in names], rotation=90, linespacing=0.95)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)


def row_heads(ax: Axes, names: Sequence[str], heights: Sequence[float] = ()) -> None:
    """Write the names of the rows at their left, the first on top; evenly spaced where no heights are given."""
    at = list(heights) or list(range(len(names)))
    ax.set_ylim(at[-1] + 0.5, -0.5)
    ax.set_yticks(at, [wrapped(name, _ROW_LINE) for name in names], linespacing=0.95)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)


def grid_height(rows: int, column_names: Sequence[str]) -> float:
    """Return how high a figure with such a grid is, in centimetres."""
    head = max((len(line) for name in column_names for line in wrapped(name, _HEAD_LINE).split("\n")), default=0)
    return 2.2 + CELL_CM * max(rows, 2) + LETTER_CM * head
