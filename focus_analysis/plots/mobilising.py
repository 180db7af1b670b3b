"""Problems that may bring institutions together: how many raise them, how frequent and how solvable they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.difficulty import percent_axis, with_count
from focus_analysis.plots.labelling import label_points, side_by_side
from focus_analysis.plots.layout import legend_above
from focus_analysis.plots.scopes import of_scope, scope_title
from focus_analysis.plots.style import COLOURS, GREY, add_note, code_labels, lay_out, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MAP_CM, _MARKER, _APART = 12.0, 7.0, 0.02
_LEAST, _ROOM = 0.1, 0.22
_LOOKS = {
    "easy": ("^", COLOURS[0], COLOURS[0]),
    "even": ("s", GREY, GREY),
    "hard": ("v", COLOURS[1], COLOURS[1]),
    "unknown": ("o", "white", GREY),
}


def plot_mobilising(
    mobilising: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the trade-off between how many kinds of institutions raise a problem and how many people do.

    Parameters
    ----------
    mobilising : DataFrame, schema ``MOBILISING``
        From ``mobilising_problems``.
    codes : DataFrame, schema ``CODES``
        Names of the problems.
    region, gmina : str, optional
        Scope: a region, or a gmina by its name or TERYT code; without either the whole study.
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
        A point a problem: to the right the broader, above the more salient; its shape says whether speakers call it
        easy or hard to solve. Beside its name "5 of 12", institution types that raised it of those present; in bold
        where no other problem is broader, more salient and easier at once.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, or no problem of this level with breadth and salience.
    """
    shown = of_scope(mobilising, region, gmina)
    title = labels.words("figure.mobilising_title", lang, scope=scope_title(shown, lang))
    shown = shown[(shown["level"] == level) & shown["breadth_share"].notna() & shown["salience"].notna()]
    if shown.empty:
        raise ArgumentError(f"no problem of level {level!r} with breadth and salience to draw")
    names = labels.CodeNames(code_labels(codes, lang))
    kinds = shown["solvable"].map(_solvable)
    places = list(zip(shown["breadth_share"], shown["salience"], strict=True))
    points = side_by_side(places, _APART * max(float(np.ptp(shown["breadth_share"])), _LEAST))
    with style():
        ax = new_axes(ax, height_cm=_MAP_CM)
        for kind, (marker, face, edge) in _LOOKS.items():
            of_kind = [point for point, found in zip(points, kinds, strict=True) if found == kind]
            if of_kind:
                ax.scatter(
                    [x for x, _ in of_kind],
                    [y for _, y in of_kind],
                    s=_MARKER**2,
                    marker=marker,
                    facecolor=face,
                    edgecolor=edge,
                    linewidth=0.9,
                    zorder=3,
                    label=labels.words(f"figure.solvable_{kind}", lang),
                )
        _set_limits(ax, shown)
        percent_axis(ax.yaxis, lang, "salience_axis")
        percent_axis(ax.xaxis, lang, "breadth_axis")
        legend_above(ax, title, n_columns=4)
        add_note(ax, " ".join(filter(None, (note, labels.words("figure.mobilising_note", lang)))))
        named = [_named(row, names, lang) for row in rows(shown)]
        lay_out(ax)
        label_points(ax, points, named, list(shown["undominated"]), _MARKER + 1)
    return ax


def _solvable(net: float) -> str:
    if net != net:
        return "unknown"
    return "easy" if net > 0 else "hard" if net < 0 else "even"


def _named(row: Any, names: dict[str, str], lang: str) -> str:
    count = labels.count_of(row.n_types, row.n_types_present, lang)
    return with_count(names[row.code], count)


def _set_limits(ax: Axes, shown: pd.DataFrame) -> None:
    """Leave room round the points for their names."""
    for column, limit in (("breadth_share", ax.set_xlim), ("salience", ax.set_ylim)):
        low, high = float(shown[column].min()), float(shown[column].max())
        room = _ROOM * max(high - low, _LEAST)
        limit(low - room, high + room)
