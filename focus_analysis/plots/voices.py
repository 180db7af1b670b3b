"""Who carries a problem: one voice or several; unprompted, after others, after the moderator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.layout import code_rows, group_size, legend_above, of_gmina, share_axis, small_note
from focus_analysis.plots.style import COLOURS, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_ROW_CM = 0.52
_PARTS = {"spontaneous": (COLOURS[0], ""), "echo": (COLOURS[4], "////"), "prompted": ("#F2F2F2", "....")}
_FLAGGED, _OTHER = (COLOURS[1], "////"), (COLOURS[0], "")


def plot_dominance(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    gmina: str,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how much of the words on each problem one speaker said.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(measures=["top_speaker_share", "speakers_n1", "one_voice"])``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    gmina : str
        Name of the gmina, or its TERYT code where the name is shared.
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
        A bar a problem that somebody named, hatched where one voice carries it, with the effective number of speakers
        (Hill's N1) and how many named it.

    Raises
    ------
    ArgumentError
        There is no such gmina, or a measure is not in the table.
    """
    wide = _by_measure(estimates, gmina, level, ("top_speaker_share", "speakers_n1", "one_voice"))
    whose = _whose(wide)
    wide = wide.dropna(subset=["top_speaker_share"]).sort_values("top_speaker_share", ascending=False, kind="stable")
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=3.4 + _ROW_CM * max(len(wide), 1))
        for flag, (colour, hatch) in ((1, _FLAGGED), (0, _OTHER)):
            ys = [y for y, one in enumerate(wide["one_voice"]) if one == flag]
            label = labels.words("figure.dominance_flag" if flag else "figure.dominance_other", lang)
            values = wide["top_speaker_share"].iloc[ys]
            ax.barh(ys, values, height=0.62, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=label)
        for y, row in enumerate(rows(wide)):
            voices = labels.words("figure.dominance_voices", lang, n=labels.number(row.speakers_n1, lang, 1))
            text = f"{voices}; {labels.count_of(int(row.n_named), int(row.n_participants), lang)}"
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
            ax.text(row.top_speaker_share + 0.012, y, text, va="center", fontsize=7, bbox=box)
        ax.axvline(0.5, color="black", linewidth=0.6, linestyle=(0, (4, 3)), zorder=0)
        code_rows(ax, [names[code] for code in wide["code"]])
        ax.set_xlim(0, 1.32)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        ax.set_xlabel(labels.words("figure.dominance_axis", lang), loc="right")
        legend_above(ax, labels.words("figure.dominance_title", lang, **whose), n_rows=2)
        note = f"{note} {labels.words('figure.dominance_note', lang)}".strip()
        add_note(ax, small_note(wide["n_participants"], note, lang))
    return ax


def plot_spontaneous(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    gmina: str,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the parts of coverage: unprompted, echoed, and after the moderator.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(measures=["spontaneous", "echo", "prompted"])``; without a topic guide echoes are not known.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    gmina : str
        Name of the gmina, or its TERYT code where the name is shared.
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
        A bar a problem, in parts, each with its count.

    Raises
    ------
    ArgumentError
        There is no such gmina, a measure is not in the table, or the moderator is not known.
    """
    wide = _by_measure(estimates, gmina, level, tuple(_PARTS))
    if wide["spontaneous"].isna().all():
        raise ArgumentError(f"{gmina}: spontaneous and prompted are not known without a labelled moderator")
    parts = wide[list(_PARTS)].fillna(0.0)
    order = parts.assign(total=parts.sum(axis=1)).sort_values(["total", "spontaneous"], ascending=False, kind="stable")
    wide, parts = wide.loc[order.index], parts.loc[order.index]
    names = code_labels(codes, lang)
    n = int(wide["n_participants"].iloc[0])
    with style():
        ax = new_axes(ax, height_cm=3.0 + _ROW_CM * len(wide))
        left = parts["spontaneous"] * 0
        for part, (colour, hatch) in _PARTS.items():
            label = labels.words(f"figure.{part}", lang)
            look: dict[str, Any] = {"color": colour, "hatch": hatch, "edgecolor": "#4D4D4D", "linewidth": 0.5}
            ax.barh(range(len(wide)), parts[part], left=left, height=0.62, label=label, **look)
            for y, (start, share) in enumerate(zip(left, parts[part], strict=True)):
                if share > 0:
                    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
                    ax.text(start + share / 2, y, str(round(share * n)), ha="center", va="center", fontsize=7, bbox=box)
            left = left + parts[part]
        code_rows(ax, [names[code] for code in wide["code"]])
        ax.set_xlim(0, 1)
        share_axis(ax, wide["denominator"], lang)
        legend_above(ax, labels.words("figure.spontaneous_title", lang, **_whose(wide)), n_columns=len(_PARTS))
        add_note(ax, small_note(wide["n_participants"], note, lang))
    return ax


def _whose(wide: pd.DataFrame) -> dict[str, str]:
    """Return the name of a gmina and its number of participants, for a title."""
    first = rows(wide.head(1))[0]
    return {"gmina": first.gmina, "size": group_size(first.n_participants)}


def _by_measure(estimates: pd.DataFrame, gmina: str, level: str, measures: tuple[str, ...]) -> pd.DataFrame:
    """Return one row a code with a column a measure; ``n_named`` is that of the first measure."""
    shown = of_gmina(estimates, gmina, level)
    missing = [name for name in measures if name not in set(shown["measure"])]
    if missing:
        raise ArgumentError(
            f"{gmina}: the table lacks {', '.join(missing)}; salience(measures={list(measures)}) has it"
        )
    shown = shown[shown["measure"].isin(measures)]
    wide = shown.pivot(index="code", columns="measure", values="estimate")
    first = shown[shown["measure"] == measures[0]].set_index("code")
    return first[["gmina", "n_named", "n_participants", "denominator"]].join(wide).reset_index()
