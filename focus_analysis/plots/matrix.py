"""Institutions by institutions: how many gminas name a tie, or a barrier, between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import column_heads, draw_cell, grid_height, row_heads, write_title
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from focus_analysis.plots.style import add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows
from focus_analysis.schemas_networks import RELATION_KINDS, TALKS

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROOMY = 9
_OF_ONE = 0.3


def plot_cooperation_matrix(
    edges: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    relation: str = "cooperates",
    lang: str = "pl",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the ties of one kind as a matrix, with counts.

    Parameters
    ----------
    edges : DataFrame, schema ``EDGES``
        From ``cooperation``.
    codes : DataFrame, schema ``CODES``
        Names of the institutions.
    region, gmina : str, optional
        Scope: a region, or a gmina by its name or TERYT code; without either the whole study.
    relation : {"cooperates", "lacks", "conflict", "wish", "mentioned"}
        Which ties.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Rows act, columns are named; a tie without direction stands in both. A cell says in how many gminas the tie is
        named (in how many turns, for one gmina), and is darker the larger a part that is of its opportunities.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, no such relation, or no tie of it.
    """
    import pandas as pd

    _check_choice(relation, RELATION_KINDS, "relation")
    scope = of_scope(edges, region, gmina)
    ties = scope[scope["relation"] == relation].assign(n_turns=scope["n_named"])
    back = ties[~ties["directed"]].rename(columns={"source": "target", "target": "source"})
    title = _title("cooperation_matrix_title", scope, labels.words(f"relation.{relation}", lang), lang)
    sides = bool(ties["directed"].any())
    return _draw_matrix(pd.concat([ties, back]), codes, title, "matrix", sides, lang, note, ax)


def plot_barriers(
    pairs: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    about: str = "barrier",
    lang: str = "pl",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw between which institutions barriers are named, or the exchange of information.

    Parameters
    ----------
    pairs : DataFrame, schema ``PAIRS``
        From ``institution_pairs``.
    codes : DataFrame, schema ``CODES``
        Names of the institutions.
    region, gmina : str, optional
        Scope: a region, or a gmina by its name or TERYT code; without either the whole study.
    about : {"barrier", "information", "information_blocked"}
        What is drawn.
    lang : {"pl", "en"}
        Language of the labels.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Rows speak, columns are spoken of. A cell says in how many gminas (in how many turns, for one gmina), and is
        darker the larger a part that is of the gminas in which the speaking institution took part.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, nothing such to draw, or nobody speaks of it.
    """
    _check_choice(about, TALKS, "about")
    scope = of_scope(pairs, region, gmina)
    title = _title("barriers_title", scope, labels.words(f"talk.{about}", lang), lang)
    return _draw_matrix(scope[scope["about"] == about], codes, title, "barriers", True, lang, note, ax)


def _check_choice(chosen: str, allowed: tuple[str, ...], name: str) -> None:
    if chosen not in allowed:
        raise ArgumentError(f"{name}: one of {', '.join(allowed)}; got {chosen!r}")


def _title(key: str, scope: pd.DataFrame, what: str, lang: str) -> str:
    unit = labels.words("figure.unit_turns" if is_one_gmina(scope) else "figure.unit_gminas", lang)
    return labels.words(f"figure.{key}", lang, scope=scope_title(scope, lang), what=what, unit=unit)


def _draw_matrix(
    shown: pd.DataFrame, codes: pd.DataFrame, title: str, kind: str, sides: bool, lang: str, note: str, ax: Axes | None
) -> Axes:
    """Draw sources by targets, those without a row or column named below; ``sides``: say which is which."""
    if shown.empty:
        raise ArgumentError(f"{title}: nothing to draw")
    listed = list(codes.loc[codes["group"] == "institutions", "code"])
    institutions = [*listed, *sorted({*shown["source"], *shown["target"]} - set(listed))]
    names = labels.CodeNames(code_labels(codes, lang))
    sources = [code for code in institutions if code in set(shown["source"])]
    targets = [code for code in institutions if code in set(shown["target"])]
    cells = {(row.source, row.target): row for row in rows(shown)}
    one = is_one_gmina(shown)
    with style():
        ax = new_axes(ax, height_cm=grid_height(len(sources), [names[code] for code in targets]))
        for y, source in enumerate(sources):
            for x, target in enumerate(targets):
                row = cells.get((source, target))
                draw_cell(ax, x, y, *(("", 0.0) if row is None else _cell(row, one, len(targets), lang)))
        column_heads(ax, range(len(targets)), [names[code] for code in targets])
        row_heads(ax, [names[code] for code in sources])
        if sides:
            ax.set_xlabel(labels.words(f"figure.{kind}_columns", lang))
            ax.xaxis.set_label_position("top")
            ax.set_ylabel(labels.words(f"figure.{kind}_rows", lang))
        write_title(ax, title)
        untied = [names[code] for code in institutions if code not in {*sources, *targets}]
        left_out = labels.words("figure.without", lang, names=", ".join(untied)) if untied else ""
        darker = "" if one else labels.words(f"figure.{kind}_note", lang)
        add_note(ax, " ".join(filter(None, [note, darker, left_out])))
    return ax


def _cell(row: Any, one: bool, columns: int, lang: str) -> tuple[str, float]:
    """Return what a cell says and how dark it is; there is room for "4 of 8" where the columns are few."""
    if one:
        return str(row.n_turns), _OF_ONE
    n, whole = int(row.n_gminas), max(int(row.n_opportunities), 1)
    return labels.count_of(n, whole, lang) if columns <= _ROOMY else str(n), n / whole
