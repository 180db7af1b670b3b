"""Which solutions are spoken of with which problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import column_heads, draw_cell, grid_height, row_heads, write_title
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from focus_analysis.plots.style import add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ANY = ""
_GAP = 0.35
_OF_ONE = 0.3


def plot_solutions(
    solutions: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    lang: str = "pl",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw problems by solutions, with counts.

    Parameters
    ----------
    solutions : DataFrame, schema ``SOLUTIONS``
        From ``solutions``.
    codes : DataFrame, schema ``CODES``
        Names of the problems and solutions.
    region, gmina : str, optional
        Scope: a region, or a gmina by its name or TERYT code; without either the whole study.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Rows are problems and barriers, those with most solutions on top, and below them, apart, whatever a solution
        answers; columns are solutions. A cell says in how many gminas somebody speaks of both ("4 of 8"), or, for one
        gmina, how many people do.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, or nobody speaks of a solution there.
    """
    shown = of_scope(solutions, region, gmina)
    if shown.empty:
        raise ArgumentError("no solution to draw")
    one = is_one_gmina(shown)
    count = "n_speakers" if one else "n_gminas"
    shown = shown.assign(problem=shown["problem"].fillna(_ANY))
    totals = shown.groupby("problem", sort=False)[count].sum().drop(_ANY, errors="ignore")
    problems = list(totals.sort_values(ascending=False, kind="stable").index)
    offered = [code for code in codes["code"] if code in set(shown["solution"])]
    cells = {(row.problem, row.solution): row for row in rows(shown)}
    names = labels.CodeNames({**code_labels(codes, lang), _ANY: labels.words("figure.solutions_any", lang)})
    lines = [*problems, *([_ANY] if _ANY in set(shown["problem"]) else [])]
    heights = [number + (_GAP if code == _ANY and problems else 0) for number, code in enumerate(lines)]
    unit = labels.words("figure.unit_participants" if one else "figure.unit_gminas", lang)
    with style():
        ax = new_axes(ax, height_cm=grid_height(len(lines), [names[code] for code in offered]))
        for y, problem in zip(heights, lines, strict=True):
            for x, solution in enumerate(offered):
                text, share = _cell(cells.get((problem, solution)), one, lang)
                draw_cell(ax, x, y, text, share, cmap="Greys" if problem == _ANY else "Blues")
        column_heads(ax, range(len(offered)), [names[code] for code in offered])
        row_heads(ax, [names[code] for code in lines], heights)
        write_title(ax, labels.words("figure.solutions_title", lang, scope=scope_title(shown, lang), unit=unit))
        add_note(ax, note)
    return ax


def _cell(row: Any, one: bool, lang: str) -> tuple[str, float]:
    if row is None:
        return "", 0.0
    if one:
        return str(row.n_speakers), _OF_ONE
    return labels.count_of(int(row.n_gminas), int(row.n_scope), lang), row.n_gminas / row.n_scope
