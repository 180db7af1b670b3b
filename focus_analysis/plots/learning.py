"""What more coded examples bring: F1 by their number, with the law that it follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import legend_within
from focus_analysis.plots.style import COLOURS, MARKERS, add_note, new_axes, style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_HEIGHT_CM = 8.0
_SCOPES = ("micro", "macro")
_STEPS = 60


def plot_learning_curve(
    curve: pd.DataFrame,
    law: Callable[[float], float] | None = None,
    lang: str = "pl",
    group: str | None = None,
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a learning curve.

    Parameters
    ----------
    curve : DataFrame
        From ``learning_curve`` or ``bank_curve``.
    law : callable, optional
        What F1 (micro) follows, from ``learning_law``; drawn through the sizes that were measured, and not where it is
        in doubt.
    lang : {"pl", "en"}
        Language of the labels.
    group : str, optional
        Codes of this group; without it all.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        F1 by examples a code (doubling from tick to tick), all codes pooled and their mean, with the lowest and the
        highest of the folds or draws.

    Raises
    ------
    ArgumentError
        The curve has no point for this group.
    """
    points = curve[curve["group"].isna() if group is None else curve["group"] == group]
    points = points[points["n_examples"] > 0]
    if points.empty:
        raise ArgumentError(f"plot_learning_curve: no point for {group or 'all codes'} in the curve")
    unit = points["unit"].iloc[0]
    believed = None if getattr(law, "doubt", "") else law
    with style():
        ax = new_axes(ax, height_cm=_HEIGHT_CM)
        ax.set_xscale("log", base=2)
        for number, scope in enumerate(_SCOPES):
            part = points[points["scope"] == scope].sort_values("n_examples")
            ax.vlines(part["n_examples"], part["low"], part["high"], color=COLOURS[number], linewidth=1.2)
            name = labels.words(f"figure.learning_{scope}", lang)
            line = "none" if believed and scope == _SCOPES[0] else ":"
            (drawn,) = ax.plot(part["n_examples"], part["f1"], color=COLOURS[number], linestyle=line, label=name)
            drawn.set(marker=MARKERS[number], markersize=4, linewidth=0.8)
        if believed:
            _draw_law(ax, believed, points["n_examples"].min(), points["n_examples"].max(), lang)
        ticks = points.drop_duplicates("size").sort_values("size")
        names = [labels.number(n, lang, int(n % 1 > 0)) for n in ticks["n_examples"]]
        if unit == "sessions":
            names = [f"{name}\n({size})" for name, size in zip(names, ticks["size"], strict=True)]
        ax.set_xticks(ticks["n_examples"], names)
        ax.minorticks_off()
        ax.set_ylim(0, 1)
        ax.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1], [labels.number(value / 10, lang, 1) for value in range(0, 11, 2)])
        ax.grid(axis="y")
        ax.set_xlabel(labels.words(f"figure.learning_axis_{unit}", lang))
        ax.set_ylabel("F1")
        legend_within(ax, "upper left")
        n = int(points["n_folds"].max())
        ax.set_title(labels.words(f"figure.learning_title_{unit}", lang, n=n))
        add_note(ax, note)
    return ax


def _draw_law(ax: Axes, law: Callable[[float], float], first: float, last: float, lang: str) -> None:
    steps = [first * (last / first) ** (step / _STEPS) for step in range(_STEPS + 1)]
    name = labels.words("figure.learning_law", lang)
    ax.plot(steps, [law(n) for n in steps], color=COLOURS[0], linewidth=0.8, label=name)
