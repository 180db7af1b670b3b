"""Confusion of codes: what one coder gave where the other gave something else."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import GREY, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_CELL_CM, _LETTER_CM = 0.56, 0.15
_DARK = 0.6
_TITLE_WIDTH = 52
_AGREED = "#E9E9E9"


def plot_confusion(
    confusion: pd.DataFrame,
    codes: pd.DataFrame,
    coders: tuple[str, str] = ("A", "B"),
    lang: str = "pl",
    most: int = 20,
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw which codes two coders take for each other.

    Parameters
    ----------
    confusion : DataFrame
        From ``disagreements(a, b, by="code")``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    coders : tuple of str
        Names of the two, first the rows.
    lang : {"pl", "en"}
        Language of the labels.
    most : int
        Codes shown at most: those with most disagreements. How many are left out is said in the title.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Rows are the first coder's codes, columns the second's, the last of each for nothing at all; on the diagonal,
        in grey, how often both gave the code.

    Raises
    ------
    ArgumentError
        There is nothing to draw.
    """
    if confusion.empty:
        raise ArgumentError("plot_confusion: the coders gave no code")
    parted = confusion[confusion["code_a"].fillna("") != confusion["code_b"].fillna("")]
    order, left_out = _order(confusion, parted, most)
    names = code_labels(codes, lang)
    ticks = [*(names.get(code, code) for code in order), labels.words("figure.no_code", lang)]
    places = {code: place for place, code in enumerate([*order, None])}
    longest = max(map(len, ticks))
    with style():
        ax = new_axes(ax, height_cm=2.8 + _CELL_CM * len(ticks) + _LETTER_CM * longest)
        top = max([1, *parted["n"]])
        for row in rows(confusion):
            if row.code_a in places and row.code_b in places:
                _draw_cell(ax, places[row.code_b], places[row.code_a], row.n, row.n / top, row.code_a == row.code_b)
        ax.set_xlim(-0.5, len(ticks) - 0.5)
        ax.set_ylim(len(ticks) - 0.5, -0.5)
        ax.set_xticks(range(len(ticks)), ticks, rotation=90)
        ax.set_yticks(range(len(ticks)), ticks)
        ax.tick_params(length=0)
        ax.set_xlabel(labels.words("figure.confusion_axis", lang, coder=coders[1]))
        ax.set_ylabel(labels.words("figure.confusion_axis", lang, coder=coders[0]))
        counted = labels.plural("coding", int(confusion["n"].sum()), lang)
        title = labels.words("figure.confusion_title", lang, codings=counted)
        title += labels.words("figure.confusion_left_out", lang, n=left_out) if left_out else ""
        ax.set_title(textwrap.fill(title, _TITLE_WIDTH))
        add_note(ax, note)
    return ax


def _order(confusion: pd.DataFrame, parted: pd.DataFrame, most: int) -> tuple[list[str], int]:
    """Return the codes to be shown, the most disputed first, and how many are left out."""
    import pandas as pd

    every = pd.unique(pd.concat([confusion["code_a"], confusion["code_b"]]).dropna())
    disputed = sum(parted.groupby(name)["n"].sum().reindex(every, fill_value=0) for name in ("code_a", "code_b"))
    assert isinstance(disputed, pd.Series)
    ordered = disputed.sort_index().sort_values(ascending=False, kind="stable")
    return [str(code) for code in ordered.index[:most]], max(0, len(ordered) - most)


def _draw_cell(ax: Axes, x: int, y: int, n: int, share: float, agreed: bool) -> None:
    from matplotlib import colormaps
    from matplotlib.patches import Rectangle

    face = _AGREED if agreed else colormaps["Oranges"](0.1 + 0.8 * share)
    ax.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor="white", linewidth=0.8))
    colour = GREY if agreed else "white" if share > _DARK else "black"
    ax.text(x, y, str(int(n)), ha="center", va="center", fontsize=7, color=colour)
