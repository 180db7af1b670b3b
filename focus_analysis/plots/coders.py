"""Coders against reference codes: a row a code, a dot a coder, with its interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import legend_above
from focus_analysis.plots.style import COLOURS, GREY, MARKERS, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_MEASURES = ("precision", "recall", "f1")
_ROW_CM, _CODER_CM = 0.28, 0.16
_HEIGHT = 0.62
_BAND = "#F1F1F1"
_MOST = len(COLOURS)
_COLUMNS = 3
_NO_BREAK = "\N{NO-BREAK SPACE}"


def plot_coders(
    comparison: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    measure: str = "f1",
    names: dict[str, str] | None = None,
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how well coders find every code.

    Parameters
    ----------
    comparison : DataFrame
        From ``compare_coders``, or the rows of one group.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    lang : {"pl", "en"}
        Language of the labels.
    measure : {"f1", "precision", "recall"}
        What is drawn.
    names : dict of str to str, optional
        What coders are called in the legend.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        All codes pooled on top (those of the group, where all are of one), on a grey band, then a row a code, the
        commonest first: a dot a coder with its interval where there is one, and the number of turns that have the
        code, with a star below twenty. Codes that are never true are left out, and the axis says how many.

    Raises
    ------
    ArgumentError
        The measure is unknown, no code is true anywhere, no row pools the codes, or there are more than five coders.
    """
    if measure not in _MEASURES:
        raise ArgumentError(f"plot_coders: measure must be one of {', '.join(_MEASURES)}; not {measure!r}")
    if "scope" not in getattr(comparison, "columns", ()):
        raise ArgumentError("plot_coders: the table that compare_coders returns is needed")
    coders = list(dict.fromkeys(comparison["coder"]))
    if len(coders) > _MOST:
        raise ArgumentError(f"plot_coders: {len(coders)} coders; a figure holds {_MOST}, draw several")
    of_codes = comparison[comparison["scope"] == "code"]
    shown = of_codes[of_codes["n_true"] > 0]
    if shown.empty:
        raise ArgumentError("plot_coders: no code is true in any turn")
    order = shown.drop_duplicates("code").sort_values(["n_true", "code"], ascending=[False, True])
    pooled = _pooled(comparison, shown)
    if pooled.empty:
        raise ArgumentError("plot_coders: no row pools the codes; keep the rows of scope micro")
    places = {code: place for place, code in enumerate(order["code"], 1)}
    with style():
        ax = new_axes(ax, height_cm=3.6 + (_ROW_CM + _CODER_CM * len(coders)) * (len(places) + 1))
        ax.axhspan(-0.5, 0.5, color=_BAND, zorder=0)
        ax.hlines([place + 0.5 for place in range(len(places))], 0, 1, color="#E4E4E4", linewidth=0.4, zorder=0)
        for number, coder in enumerate(coders):
            step = _HEIGHT * ((number + 0.5) / len(coders) - 0.5)
            found = [row for row in rows(pooled) if row.coder == coder]
            found += [row for row in rows(shown) if row.coder == coder and getattr(row, measure) is not None]
            heights = [places.get(row.code, 0) + step for row in found]
            _draw(ax, found, heights, measure, number, (names or {}).get(coder, coder))
        counts = {0: int(pooled["n_true"].iloc[0]), **{places[row.code]: row.n_true for row in rows(order)}}
        stars = {places[row.code] for row in rows(order) if row.few}
        for place, n in counts.items():
            text = f"{labels.number(n, lang)}{'*' if place in stars else ''}"
            ax.annotate(text, (1, place), (6, 0), ("axes fraction", "data"), "offset points", va="center", fontsize=7)
        heading = labels.words("figure.coders_counts", lang)
        ax.annotate(heading, (1, 1), (6, 3), "axes fraction", "offset points", va="bottom", fontsize=7, color=GREY)
        _label(
            ax, shown, of_codes, [labels.words("figure.coders_all", lang), *_names(places, codes, lang)], measure, lang
        )
        few = labels.words("figure.coders_few", lang) if stars else ""
        add_note(ax, " ".join(part for part in (few, note) if part))
    return ax


def _pooled(comparison: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of all codes pooled: those of the group where all that is shown is of one group."""
    micro = comparison[comparison["scope"] == "micro"]
    of_group = micro[micro["group"] == shown["group"].iloc[0]]
    return of_group if shown["group"].nunique() == 1 and len(of_group) else micro[micro["group"].isna()]


def _names(places: dict[str, int], codes: pd.DataFrame, lang: str) -> list[str]:
    known = code_labels(codes, lang)
    return [known.get(code, code) for code in places]


def _draw(ax: Axes, found: list[object], heights: list[float], measure: str, number: int, name: str) -> None:
    colour = COLOURS[number]
    ends = [
        (getattr(row, f"{measure}_low"), getattr(row, f"{measure}_high"), y)
        for row, y in zip(found, heights, strict=True)
    ]
    known = [end for end in ends if end[0] is not None]
    if known:
        low, high, y = zip(*known, strict=True)
        ax.hlines(y, low, high, color=colour, linewidth=1.1, label="_")
    values = [getattr(row, measure) for row in found]
    ax.scatter(values, heights, s=13, color=colour, marker=MARKERS[number], zorder=3, linewidth=0, label=name)


def _label(ax: Axes, shown: pd.DataFrame, of_codes: pd.DataFrame, names: list[str], measure: str, lang: str) -> None:
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], [labels.number(value / 10, lang, 1) for value in range(0, 11, 2)])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), names)
    ax.tick_params(axis="y", length=0)
    first = shown.iloc[0]
    axis = (
        labels.words(f"figure.coders_{measure}", lang) + "; " + labels.words(f"figure.coders_{first['interval']}", lang)
    )
    never = of_codes["code"].nunique() - shown["code"].nunique()
    ax.set_xlabel(axis + (labels.words("figure.coders_never", lang, n=never) if never else ""))
    counted = {"turns": ("turn", first["n_turns"]), "sessions": ("session", first["n_sessions"])}
    n = {name: labels.plural(noun, int(size), lang).replace(" ", _NO_BREAK) for name, (noun, size) in counted.items()}
    n_coders = shown["coder"].nunique()
    n_rows = math.ceil(n_coders / _COLUMNS)
    legend_above(ax, labels.words("figure.coders_title", lang, **n), n_rows=n_rows, n_columns=min(n_coders, _COLUMNS))
