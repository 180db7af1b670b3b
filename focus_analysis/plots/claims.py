"""Claims as a table for print: the sentence, its counts, and what speaks against it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import GREY, add_note, new_axes, style
from focus_analysis.resources import toml
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_WIDTHS = (46, 8, 44)
_LEFT = (0.0, 0.47, 0.56)
_LINE_CM = 0.29
_SIZE = 7


def plot_claims(claims: pd.DataFrame, lang: str = "pl", note: str = "", ax: Axes | None = None) -> Axes:
    """Draw finding sentences as a table.

    Parameters
    ----------
    claims : DataFrame, schema ``CLAIMS``
        From ``claims`` in the same language; some rows of it where it is long.
    lang : {"pl", "en"}
        Language of the heads.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A row a claim: the sentence, in how many gminas it holds ("3 of 16 (+5)", so many more with ties), and
        which they are.

    Raises
    ------
    ArgumentError
        There is no claim.
    """
    if claims.empty:
        raise ArgumentError("no claim to draw")
    heads = toml("words.toml")["figure"]["claims_head"][labels.check_language(lang)]
    cells = [_cells(row, lang) for row in rows(claims)]
    wrapped = [[textwrap.wrap(text, width) for text, width in zip(row, _WIDTHS, strict=True)] for row in cells]
    heights = [max(len(lines) for lines in row) + 0.6 for row in wrapped]
    with style():
        ax = new_axes(ax, height_cm=1.9 + _LINE_CM * (sum(heights) + 1.6))
        ax.set_axis_off()
        ax.set_xticks([])
        ax.set_yticks([])
        ax.set_xlim(0, 1)
        ax.set_ylim(sum(heights) + 1.6, 0)
        for x, head in zip(_LEFT, heads, strict=True):
            ax.text(x, 0.2, head, fontsize=_SIZE, fontweight="bold", va="top")
        y = 1.4
        for row, height in zip(wrapped, heights, strict=True):
            ax.axhline(y - 0.2, color="#B0B0B0", linewidth=0.5)
            for x, lines in zip(_LEFT, row, strict=True):
                colour = GREY if x == _LEFT[-1] else "black"
                ax.text(x, y, "\n".join(lines), fontsize=_SIZE, va="top", linespacing=1.1, color=colour)
            y += height
        ax.set_title(labels.words("figure.claims_title", lang))
        add_note(ax, note)
    return ax


def _cells(row: Any, lang: str) -> tuple[str, str, str]:
    counts = "–" if row.n_groups is None else labels.count_of(row.n_strict, row.n_groups, lang)
    if row.n_groups is not None and row.n_tied > row.n_strict:
        counts += f" (+{row.n_tied - row.n_strict})"
    return row.sentence, counts, row.counter_brief or row.caution or "–"
