"""What stands between institutions: kinds of barriers by the institution that tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import column_heads, draw_cell, grid_height, row_heads, write_title
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from focus_analysis.plots.style import add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows
from focus_analysis.schemas_networks import BARRIER_KINDS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ANYBODY = ""
_GAP = 0.35
_OF_ONE = 0.3


def plot_barrier_kinds(
    counts: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    lang: str = "pl",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw institutions by kinds of barriers, with counts.

    Parameters
    ----------
    counts : DataFrame, schema ``BARRIER_COUNTS``
        From ``barrier_counts``.
    codes : DataFrame, schema ``CODES``
        Names of the institutions.
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
        Rows are the institutions of those who tell of a barrier, and below them, apart, whoever does; columns are the
        kinds. A cell says in how many gminas of those in which the institution took part ("4 of 8"), or, for one
        gmina, how many people.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, or nobody tells of a barrier there.
    """
    shown = of_scope(counts, region, gmina)
    shown = shown[shown["target"].isna()].assign(source=shown["source"].fillna(_ANYBODY))
    if shown.empty:
        raise ArgumentError("no barrier to draw")
    one = is_one_gmina(shown)
    listed = list(codes.loc[codes["group"] == "institutions", "code"])
    speaking = set(shown["source"]) - {_ANYBODY}
    lines = [*(code for code in listed if code in speaking), *sorted(speaking - set(listed)), _ANYBODY]
    heights = [number + (_GAP if code == _ANYBODY and speaking else 0) for number, code in enumerate(lines)]
    kinds = [kind for kind in BARRIER_KINDS if kind in set(shown["kind"])]
    heads = [labels.words(f"barrier.{kind}", lang) for kind in kinds]
    cells = {(row.source, row.kind): row for row in rows(shown)}
    names = labels.CodeNames({**code_labels(codes, lang), _ANYBODY: labels.words("figure.barriers_anybody", lang)})
    unit = labels.words("figure.unit_participants" if one else "figure.unit_gminas", lang)
    with style():
        ax = new_axes(ax, height_cm=grid_height(len(lines), heads))
        for y, source in zip(heights, lines, strict=True):
            for x, kind in enumerate(kinds):
                text, share = _cell(cells.get((source, kind)), one, lang)
                draw_cell(ax, x, y, text, share, cmap="Greys" if source == _ANYBODY else "Blues")
        column_heads(ax, range(len(kinds)), heads)
        row_heads(ax, [names[code] for code in lines], heights)
        write_title(ax, labels.words("figure.barrier_kinds_title", lang, scope=scope_title(shown, lang), unit=unit))
        darker = "" if one else labels.words("figure.barriers_note", lang)
        add_note(ax, " ".join(filter(None, [note, darker])))
    return ax


def _cell(row: Any, one: bool, lang: str) -> tuple[str, float]:
    if row is None:
        return "", 0.0
    if one:
        return str(row.n_speakers), _OF_ONE
    whole = max(int(row.n_opportunities), 1)
    return labels.count_of(int(row.n_gminas), whole, lang), row.n_gminas / whole
