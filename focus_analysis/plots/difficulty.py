"""What is easy and what is hard to solve: bars to both sides, and the map of how frequent and how hard."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.labelling import label_points, side_by_side
from focus_analysis.plots.layout import code_rows, legend_above
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from focus_analysis.plots.style import COLOURS, GREY, add_note, code_labels, lay_out, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

_ROW_CM, _MAP_CM = 0.52, 11.5
_HARD, _EASY = COLOURS[1], COLOURS[4]
_HATCH = "/////"
_NAME_WIDTH = 22
_NO_BREAK = "\N{NO-BREAK SPACE}"
_SEVERAL = 3
_APART = 0.045
_MARGIN = 1.32
_LEAST, _ROOM = 0.1, 0.2
_EVEN = 1e-9
_SMALLEST, _GROWTH = 18.0, 70.0


def plot_difficulty(
    difficulty: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw in how many gminas each problem is called hard, and in how many easy.

    Parameters
    ----------
    difficulty : DataFrame, schema ``DIFFICULTY``
        From ``difficulty``.
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
        A row a problem, the hardest on top: to the left in how many gminas a participant calls it hard, to the right
        easy ("4 of 8"; participants, for one gmina), hatched where both are said. What nobody called either is named
        below.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, or nobody there says what is easy or hard.
    """
    shown, silent = _rated(difficulty, region, gmina, level)
    one = is_one_gmina(shown)
    hard, easy, both = (
        ("n_hard_speakers", "n_easy_speakers", "n_both_speakers") if one else ("n_hard", "n_easy", "n_both")
    )
    shown = shown.assign(hardness=shown[hard] - shown[easy])
    shown = shown.sort_values(["net", "hardness", "code"], ascending=[True, False, True], kind="stable")
    names = labels.CodeNames(code_labels(codes, lang))
    most = int(max(shown[[hard, easy]].max())) if one else int(shown["n_scope"].iloc[0])
    with style():
        ax = new_axes(ax, height_cm=3.0 + _ROW_CM * max(len(shown), 3))
        ys = range(len(shown))
        ax.barh(ys, -shown[hard], height=0.62, color=_HARD, label=labels.words("figure.hard", lang))
        ax.barh(ys, shown[easy], height=0.62, color=_EASY, label=labels.words("figure.easy", lang))
        if shown[both].any():
            label = labels.words(f"figure.difficulty_both_{'speakers' if one else 'gminas'}", lang)
            look: dict[str, Any] = {"height": 0.62, "facecolor": "none", "edgecolor": "black", "hatch": _HATCH}
            ax.barh(ys, -shown[both], linewidth=0, **look)
            ax.barh(ys, shown[both], linewidth=0, label=label, **look)
        for y, row in enumerate(rows(shown)):
            for n, side in ((getattr(row, hard), -1), (getattr(row, easy), 1)):
                text = str(n) if one else labels.count_of(n, row.n_scope, lang)
                ax.text(side * (n + 0.015 * most), y, text, ha="left" if side > 0 else "right", va="center", fontsize=7)
        ax.axvline(0, color="black", linewidth=0.6)
        code_rows(ax, [names[code] for code in shown["code"]])
        _count_axis(ax, most)
        ax.set_xlabel(labels.words(f"figure.difficulty_axis_{'speakers' if one else 'gminas'}", lang), loc="right")
        title = labels.words("figure.difficulty_title", lang, scope=scope_title(shown, lang))
        legend_above(ax, title, n_columns=3)
        add_note(ax, _with_silent(note, [names[code] for code in silent], lang))
    return ax


def plot_salience_difficulty(
    difficulty: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a map of the problems: how frequent against how hard.

    Parameters
    ----------
    difficulty : DataFrame, schema ``DIFFICULTY``
        From ``difficulty``.
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
        A point a problem: to the right the easier, above the more frequent; larger the more gminas (participants, for
        one gmina) rate it, with the interval of its balance where there is one. What nobody rated is named below.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, or nobody there says what is easy or hard.
    """
    shown, silent = _rated(difficulty, region, gmina, level)
    shown = shown[shown["coverage"].notna()]
    if shown.empty:
        raise ArgumentError("no problem has both a salience and a difficulty: it is not known who is a participant")
    one = is_one_gmina(shown)
    weights = shown["n_speakers" if one else "n_linked"]
    names = labels.CodeNames(code_labels(codes, lang))
    notes = [_with_silent(note, [names[code] for code in silent], lang)]
    points = side_by_side(list(zip(shown["net"], shown["coverage"], strict=True)), _APART)
    middle = float(shown["coverage"].median())
    with style():
        ax = new_axes(ax, height_cm=_MAP_CM)
        ax.axvline(0, color=GREY, linewidth=0.6, zorder=0)
        if len(shown) >= _SEVERAL:
            ax.axhline(middle, color=GREY, linewidth=0.6, zorder=0)
            notes.append(labels.words("figure.median_note", lang))
        known = shown[shown["low"].notna() & shown["high"].notna()]
        ax.hlines(known["coverage"], known["low"], known["high"], color="#C8C8C8", linewidth=0.7, zorder=1)
        sizes = _SMALLEST + _GROWTH * weights / max(int(weights.max()), 1)
        ax.scatter(
            [x for x, _ in points],
            [y for _, y in points],
            s=sizes,
            color=COLOURS[0],
            edgecolor="white",
            linewidth=0.6,
            zorder=3,
        )
        ax.set_xlim(-1.12, 1.12)
        low, high = float(shown["coverage"].min()), float(shown["coverage"].max())
        room = _ROOM * max(high - low, _LEAST)
        ax.set_ylim(low - room, high + room)
        percent_axis(ax.yaxis, lang, "salience_axis")
        ax.set_xticks(
            [-1, -0.5, 0, 0.5, 1], [labels.number(x, lang, 1).replace("-", "−") for x in (-1, -0.5, 0, 0.5, 1)]
        )
        ax.set_xlabel(labels.words("figure.net_axis", lang))
        ax.set_title(labels.words("figure.salience_difficulty_title", lang, scope=scope_title(shown, lang)))
        if (known["interval_kind"] == "confidence").any():
            notes.append(labels.words("figure.net_interval_note", lang))
        add_note(ax, " ".join(filter(None, notes)))
        _write_corners(ax, lang)
        lay_out(ax)
        label_points(ax, points, [_named(row, names, one, lang) for row in rows(shown)], marker=9)
    return ax


def _rated(
    difficulty: pd.DataFrame, region: str | None, gmina: str | None, level: str
) -> tuple[pd.DataFrame, list[str]]:
    """Return the problems of the scope that somebody called easy or hard, and the codes of the others."""
    shown = of_scope(difficulty, region, gmina)
    shown = shown[shown["level"] == level]
    rated = shown[shown["net"].notna()]
    if rated.empty:
        raise ArgumentError(f"nobody says what is easy or hard to solve (level {level!r})")
    return rated, list(shown.loc[shown["net"].isna(), "code"])


def _named(row: Any, names: dict[str, str], one: bool, lang: str) -> str:
    """Return the name of a problem with how many rate it: "addiction (4 of 8)"."""
    count = str(row.n_speakers) if one else labels.count_of(row.n_linked, row.n_scope, lang)
    return with_count(names[row.code], count)


def with_count(name: str, count: str) -> str:
    """Return a name in short lines, and a count after it that stays in one."""
    return textwrap.fill(f"{name} ({count.replace(' ', _NO_BREAK)})", _NAME_WIDTH)


def _count_axis(ax: Axes, most: int) -> None:
    """Give both sides the same scale in whole numbers, counted from the middle."""
    from matplotlib.ticker import MaxNLocator

    ticks = [int(tick) for tick in MaxNLocator(nbins=8, integer=True).tick_values(-most, most) if abs(tick) <= most]
    ax.set_xlim(-_MARGIN * most, _MARGIN * most)
    ax.set_xticks(ticks, [str(abs(tick)) for tick in ticks])


def percent_axis(axis: Axis, lang: str, name: str) -> None:
    """Give an axis of shares, whose limits are set, its percents from 0 to 100 and its name."""
    from matplotlib.ticker import MaxNLocator

    low, high = axis.get_view_interval()
    ticks = [
        tick
        for tick in MaxNLocator(nbins=8, steps=[1, 2, 5, 10]).tick_values(low, high)
        if max(low, -_EVEN) < tick < min(high, 1 + _EVEN)
    ]
    axis.set_ticks(ticks, [f"{labels.number(100 * tick, lang, _digits(ticks))}%" for tick in ticks])
    axis.set_label_text(labels.words(f"figure.{name}", lang))


def _digits(ticks: list[float]) -> int:
    """Return how many decimals the percents of these ticks need."""
    return int(any(abs(100 * tick - round(100 * tick)) > _EVEN for tick in ticks))


def _write_corners(ax: Axes, lang: str) -> None:
    for side, ha, x in (("hard", "left", 0.01), ("easy", "right", 0.99)):
        for height, va, y in (("frequent", "top", 0.99), ("rare", "bottom", 0.01)):
            words = labels.words(f"figure.corner_{height}_{side}", lang)
            ax.text(x, y, words, ha=ha, va=va, fontsize=7.5, color=GREY, transform=ax.transAxes)


def _with_silent(note: str, names: list[str], lang: str) -> str:
    said = labels.words("figure.difficulty_silent", lang, names=", ".join(names)) if names else ""
    return " ".join(filter(None, (note, said)))
