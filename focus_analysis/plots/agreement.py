"""Agreement of coders: a dot a code with its interval, and the counts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import legend_above
from focus_analysis.plots.style import COLOURS, GREY, SMALLEST_PT, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM = 0.5
_BAND = "#F1F1F1"
_BANDS = (0.667, 0.8)
_POSITIVE = 0.22


def plot_agreement(
    agreement: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    interval: str = "units",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how far coders agree on every code.

    Parameters
    ----------
    agreement : DataFrame
        The table ``codes`` of an ``Agreement``. Codes that nobody gave are left out.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    lang : {"pl", "en"}
        Language of the labels.
    interval : {"units", "transcripts"}
        What the intervals were resampled over (``Agreement.interval``).
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A row a code, the commonest on top: alpha (filled) with its interval where there is one, positive agreement
        (hollow), and how often both, the first alone and the second alone gave it.

    Raises
    ------
    ArgumentError
        No code was given by anybody.
    """
    if "remark" not in getattr(agreement, "columns", ()):
        raise ArgumentError("plot_agreement: the table of codes is needed: agreement(a, b, study=corpus).codes")
    shown = agreement[agreement["remark"] != "unused"]
    if shown.empty:
        raise ArgumentError("plot_agreement: no code was given by anybody")
    given = shown["both"] + shown["only_a"] + shown["only_b"]
    shown = shown.assign(given=given).sort_values(["given", "code"], ascending=[False, True]).reset_index(drop=True)
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=3.4 + _ROW_CM * len(shown))
        ax.axvspan(*_BANDS, color=_BAND, zorder=0)
        ax.axvline(0, color="#B0B0B0", linewidth=0.6, zorder=0)
        _draw_alpha(ax, shown, lang, interval)
        ax.scatter(
            shown["positive_agreement"],
            shown.index + _POSITIVE,
            s=13,
            facecolor="white",
            edgecolor=COLOURS[1],
            linewidth=0.8,
            marker="D",
            label=labels.words("figure.positive_agreement", lang),
        )
        for y, row in enumerate(rows(shown)):
            counts = f"{row.both} | {row.only_a} | {row.only_b}"
            ax.annotate(counts, (1, y), (6, 0), ("axes fraction", "data"), "offset points", va="center", fontsize=7)
        heading = labels.words("figure.agreement_counts", lang)
        ax.annotate(heading, (1, 1), (6, 3), "axes fraction", "offset points", va="bottom", fontsize=7, color=GREY)
        ax.set_xlim(min(0.0, *shown["alpha"].dropna(), *shown["alpha_low"].dropna(), 0.0) - 0.05, 1.03)
        ax.xaxis.set_major_formatter(lambda value, _: labels.number(value, lang, 1))
        ax.set_ylim(len(shown) - 0.4, -0.6)
        ax.set_yticks(range(len(shown)), [names.get(code, code) for code in shown["code"]])
        ax.tick_params(axis="y", length=0)
        ax.set_xlabel(labels.words("figure.agreement_axis", lang))
        legend_above(ax, labels.words("figure.agreement_title", lang, n=int(shown["n_units"].iloc[0])), n_rows=2)
        add_note(ax, note)
    return ax


def _draw_alpha(ax: Axes, shown: pd.DataFrame, lang: str, interval: str) -> None:
    ax.hlines(shown.index, shown["alpha_low"], shown["alpha_high"], color=COLOURS[0], linewidth=1.4)
    ax.scatter(
        shown["alpha"],
        shown.index,
        s=20,
        color=COLOURS[0],
        zorder=3,
        label=labels.words(f"figure.alpha_{interval}", lang),
    )
    for y in shown.index[shown["alpha"].isna()]:
        ax.text(0.02, y, labels.words("figure.undefined", lang), va="center", fontsize=SMALLEST_PT, color=GREY)
