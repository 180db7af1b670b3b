"""What several figures share: one gmina's rows, gminas as columns with regions apart, axes of shares, small groups."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Literal

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.style import SMALLEST_PT
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

FEW = 5
GAP = 0.35
NARROW = 3
MANY = 20
NARROW_NAMES = 19
_LETTER_CM, _TILTED_CM, _POINTS_A_CM = 0.15, 0.135, 28.35
TITLE_WIDTH = 60
_LONGEST = 40
_LEGEND_ROW_PT = 11.5


def told_apart(table: pd.DataFrame) -> pd.Series[str]:
    """Return the name of each row's gmina; those of one name are told apart by the six digits of their TERYT codes.

    Examples
    --------
    >>> import pandas as pd
    >>> list(told_apart(pd.DataFrame({"gmina": ["Osiek", "Oksa", "Osiek"], "teryt": ["2612045", "2602052", None]})))
    ['Osiek (261204)', 'Oksa', 'Osiek (–)']
    """
    keys = table["teryt"].astype("str").str[:6].fillna("–")
    shared = keys.groupby(table["gmina"]).transform("nunique") > 1
    return table["gmina"].mask(shared, table["gmina"] + " (" + keys + ")")


def of_gmina(table: pd.DataFrame, gmina: str, level: str) -> pd.DataFrame:
    """Return the rows of one gmina at a level; see ``rows_of``.

    Raises
    ------
    ArgumentError
        There is no such gmina, or several share the name.
    """
    shown = rows_of(table[table["level"] == level], gmina)
    if shown.empty:
        known = ", ".join(dict.fromkeys(table["gmina"].dropna()))
        raise ArgumentError(f"no gmina {gmina!r} with level {level!r}; there are: {known}")
    return shown


def rows_of(table: pd.DataFrame, gmina: str) -> pd.DataFrame:
    """Return the rows of a gmina, given by its name or TERYT code, under a name that no other of the table has.

    Raises
    ------
    ArgumentError
        Several gminas share the name.
    """
    names = table.loc[(table["gmina"] == gmina) | (table["teryt"] == gmina), "gmina"]
    alike = table[table["gmina"].isin(names)]
    shown = alike.assign(gmina=told_apart(alike))[(alike["gmina"] == gmina) | (alike["teryt"] == gmina)]
    codes = sorted(shown["teryt"].dropna().unique())
    if len(codes) > 1:
        raise ArgumentError(f"several gminas are called {gmina!r}; give the TERYT code: {', '.join(codes)}")
    return shown


def gmina_columns(shown: pd.DataFrame) -> pd.DataFrame:
    """Return one row a gmina, regions in order, then gminas; ``name`` tells gminas of one name apart by TERYT."""
    columns = shown[["voivodeship", "gmina", "teryt", "n_participants"]].drop_duplicates(
        ["voivodeship", "gmina", "teryt"]
    )
    columns = columns.assign(name=told_apart(columns))
    order = ["voivodeship", "name"]
    return columns.sort_values(order, key=lambda names: names.map(labels.sort_key)).reset_index(drop=True)


def with_regions(shown: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return the table with a word where the region is not known."""
    return shown.assign(voivodeship=shown["voivodeship"].fillna(labels.words("term.unknown", lang)))


def parted(regions: pd.Series[str]) -> list[float]:
    """Return where each column stands: regions are parted by a gap."""
    breaks = (regions != regions.shift()).cumsum() - 1
    return [number + GAP * gap for number, gap in enumerate(breaks)]


def shortened(name: str) -> str:
    """Return a name as it fits beside an axis: a long one without its middle, for names often differ at their ends.

    Examples
    --------
    >>> shortened("Oksa"), shortened("nagranie_wywiadu_fokusowego_w_gminie_Oksa_2018")
    ('Oksa', 'nagranie_wywiadu_fo…_w_gminie_Oksa_2018')
    """
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2 - 1]}…{name[-_LONGEST // 2 + 1 :]}"


def names_cm(columns: pd.DataFrame) -> float:
    """Return how high the longest name of a column is, with its n, in centimetres."""
    return _LETTER_CM * max(map(len, _column_names(columns)))


def _column_names(columns: pd.DataFrame) -> list[str]:
    return [f"{shortened(str(row.name))} ({group_size(row.n_participants)})" for row in rows(columns)]


def tilted_cm(columns: pd.DataFrame) -> float:
    """Return how high the names of regions stand above their columns, in centimetres; nothing where all lie flat."""
    flat = (columns.groupby("voivodeship").size() >= NARROW).all()
    return 0 if flat else _TILTED_CM * max(len(shortened(name)) for name in columns["voivodeship"])


def label_columns(ax: Axes, columns: pd.DataFrame, places: list[float], top: float) -> None:
    """Write the gminas below their columns, with n, and the regions above them."""
    ax.set_xlim(-0.5, places[-1] + 0.5)
    many = len(columns) > MANY
    size = SMALLEST_PT if many else 7.5
    ax.set_xticks(places, _column_names(columns), rotation=90, fontsize=size)
    for region in columns["voivodeship"].drop_duplicates():
        inside = [place for place, name in zip(places, columns["voivodeship"], strict=True) if name == region]
        wide = len(inside) >= NARROW
        ax.text(
            (inside[0] + inside[-1]) / 2,
            top,
            shortened(region),
            ha="center" if wide else "left",
            va="bottom",
            rotation=0 if wide else 40,
            fontsize=size,
            fontweight="normal" if many else "bold",
        )


def group_size(n: int | None) -> str:
    r"""Return "n = 10", with a star where the group is small; it does not part at the end of a line.

    Examples
    --------
    >>> group_size(10), group_size(3), group_size(None)
    ('n\xa0=\xa010', 'n\xa0=\xa03*', 'n\xa0=\xa0?')
    """
    return f"n = {'?' if n is None else starred(n)}".replace(" ", "\N{NO-BREAK SPACE}")


def starred(n: int) -> str:
    """Return a number of participants, with a star where it is small."""
    return f"{int(n)}{'*' if n < FEW else ''}"


def small_note(sizes: pd.Series[int], note: str, lang: str) -> str:
    """Return the note with what the star of a small group means, where there is one."""
    few = bool((sizes.dropna() < FEW).any())
    return " ".join(part for part in (note, labels.words("figure.small_note", lang, n=FEW) if few else "") if part)


def write_title(ax: Axes, text: str, pad: float = 8) -> None:
    """Write the title above the axes, ``pad`` points apart, in lines that fit beside the longest names of problems."""
    ax.set_title(textwrap.fill(text, TITLE_WIDTH), pad=pad, y=1)  # without a height, all ticks are measured for it


def write_title_of_columns(ax: Axes, text: str, columns: pd.DataFrame) -> None:
    """Write the title above the names of the regions, however they stand."""
    write_title(ax, text, pad=20 + tilted_cm(columns) * _POINTS_A_CM)


def legend_above(ax: Axes, title: str, n_rows: int = 1, n_columns: int = 1, scale: float = 1) -> None:
    """Write the title, and between it and the axes the legend in rows and columns, its markers enlarged."""
    ax.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=n_columns, markerscale=scale, borderaxespad=0.3, borderpad=0.2
    )
    write_title(ax, title, pad=10 + _LEGEND_ROW_PT * n_rows)


def legend_within(ax: Axes, loc: Literal["upper left", "lower right"]) -> None:
    """Write the legend in a corner of the axes, on a white ground that no line of the grid runs through."""
    ax.legend(loc=loc, frameon=True, facecolor="white", edgecolor="none", framealpha=1)


def share_axis(ax: Axes, denominators: pd.Series[str], lang: str) -> None:
    """Give the axis of shares its ticks in percent and its name."""
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25%", "50%", "75%", "100%"])
    ax.set_xlabel(
        labels.words("figure.share_axis", lang, denominator=denominator_words(denominators, lang)), loc="right"
    )


def denominator_words(denominators: pd.Series[str], lang: str) -> str:
    """Return of whom shares are taken."""
    kinds = denominators.unique()
    return labels.words(f"figure.denominator_{kinds[0] if len(kinds) == 1 else 'mixed'}", lang)


def code_rows(ax: Axes, names: list[str], width: int = 40) -> None:
    """Give every code a row, the first on top, its name in lines of this many letters."""
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_yticks(range(len(names)), [textwrap.fill(name, width) for name in names], linespacing=0.95)
    ax.tick_params(axis="y", length=0)
