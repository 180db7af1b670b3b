"""Ranked bars: the problems of one gmina or region."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import COLOURS, add_note, code_labels, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_TITLE_WIDTH = 62
_BAR_CM = 0.52
_BAND = "#F1F1F1"


def plot_ranking(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    gmina: str,
    lang: str = "pl",
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the problems of one gmina by the share of participants who raised them.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``.
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
        One bar a problem, with "6 of 10" beside it and how many denied it; bands join problems that are tied.

    Raises
    ------
    ArgumentError
        There is no such gmina, its participants are unknown, or several share the name.
    """
    shown = _of_gmina(estimates, gmina, level).sort_values(["rank", "code"], kind="stable").reset_index(drop=True)
    names = code_labels(codes, lang)
    with style():
        ax = new_axes(ax, height_cm=2.6 + _BAR_CM * len(shown))
        for band, tied in enumerate(shown.groupby("rank", sort=True).indices.values()):
            if band % 2:
                ax.axhspan(tied[0] - 0.5, tied[-1] + 0.5, color=_BAND, zorder=0)
        ax.barh(range(len(shown)), shown["estimate"], height=0.62, color=COLOURS[0])
        for y, row in enumerate(rows(shown)):
            ax.text(
                float(row.estimate) + 0.012,
                y,
                _count(row.n_named, row.n_participants, row.n_denied, lang),
                va="center",
                fontsize=7,
            )
        ax.set_ylim(len(shown) - 0.5, -0.5)
        ax.set_xlim(0, 1)
        ax.set_yticks(range(len(shown)), [names[code] for code in shown["code"]])
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
        ax.tick_params(axis="y", length=0)
        denominator = labels.words(f"figure.denominator_{shown['denominator'].iloc[0]}", lang)
        ax.set_xlabel(labels.words("figure.share_axis", lang, denominator=denominator))
        n = int(shown["n_participants"].iloc[0])
        title = labels.words("figure.ranking_title", lang, gmina=shown["gmina"].iloc[0], n=n)
        ax.set_title(textwrap.fill(title, _TITLE_WIDTH))
        add_note(ax, note)
    return ax


def _of_gmina(estimates: pd.DataFrame, gmina: str, level: str) -> pd.DataFrame:
    same = (estimates["gmina"] == gmina) | (estimates["teryt"] == gmina)
    shown = estimates[same & (estimates["level"] == level)]
    if shown.empty:
        known = ", ".join(dict.fromkeys(estimates["gmina"].dropna()))
        raise ArgumentError(f"no gmina {gmina!r} with level {level!r}; there are: {known}")
    if shown["code"].duplicated().any():
        raise ArgumentError(
            f"several gminas are called {gmina!r}; give the TERYT code: {', '.join(shown['teryt'].dropna().unique())}"
        )
    if shown["estimate"].isna().any():
        raise ArgumentError(f"{gmina}: it is not known who is a participant; see corpus.findings")
    return shown


def _count(named: int, participants: int, denied: int, lang: str) -> str:
    text = labels.count_of(int(named), int(participants), lang)
    return text + (labels.words("figure.denied_suffix", lang, n=int(denied)) if denied else "")
