"""Map: gminas of the study coloured by who raised a problem, on the outlines of voivodeships and powiats."""

from __future__ import annotations

import textwrap
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.boundaries import GMINAS, POWIATS, VOIVODESHIPS, middle, outlines
from focus_analysis.plots.labelling import label_points
from focus_analysis.plots.layout import MANY, denominator_words, group_size, small_note, starred, told_apart
from focus_analysis.plots.style import COLOURS, PAGE_WIDTH_CM, SHADES, add_note, code_labels, lay_out, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.patches import PathPatch

    from focus_analysis.plots.boundaries import Outline

_BOUNDS = (0.0, 0.25, 0.5, 0.75)
_LEGEND_CM, _TITLE_CM = 5.2, 1.9
_TALLEST_CM, _HALF_PAGE_CM = 17.5, 8.7
_TITLE_WIDTH, _LEGEND_WIDTH = 60, 28
_MARGIN = 0.045
_PALE, _LAND_EDGE, _POWIAT_EDGE, _EDGE = "#F1F1F1", "#6E6E6E", "#C2C2C2", "#262626"
_HATCHES = ("", "//", "", "\\\\", "..")
_KEY, _VOIVODESHIP = 6, 2
_POINTS = 72


class Shade(NamedTuple):
    """One class of the legend: its name, colour and hatch."""

    name: str
    face: str
    hatch: str = ""


class Place(NamedTuple):
    """One gmina of the study: the key of its outline, its name, its class, and how many of how many."""

    key: str
    name: str
    shade: Shade
    counted: str


def plot_map(
    estimates: pd.DataFrame,
    codes: pd.DataFrame,
    code: str | None = None,
    lang: str = "pl",
    region: str | None = None,
    level: str = "leaf",
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw in which gminas how many participants raised a problem, or which problem most of them raised.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``.
    codes : DataFrame, schema ``CODES``
        Names of the codes.
    code : str, optional
        The problem shown; without it, the problem that the largest share raised in each gmina.
    lang : {"pl", "en"}
        Language of the labels.
    region : str, optional
        Voivodeship shown; without it, all those with a gmina of the study.
    level : {"leaf", "top"}
        Level shown.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        Kilometres on a conformal map. Gminas of the study in the colour of their class, each with its name and count
        ("6 of 8"); hatched where the participants are not known. Gminas without a group are pale: nothing is known of
        them. Gminas without a TERYT code or an outline are named in the note.

    Raises
    ------
    ArgumentError
        There is no such code, region or level, or no gmina has a place on the map.
    """
    shown = _shown(estimates, codes, code, region, level)
    found, missing = _on_map(shown)
    names = code_labels(codes, lang)
    shades, places = _leaders(found, names, lang) if code is None else _shares(found, lang)
    land = sorted({place.key[:_VOIVODESHIP] for place in places})
    with style():
        ax = new_axes(ax, height_cm=_height_cm(land, len(places)))
        _draw_land(ax, land)
        shapes = [_draw_gmina(ax, place) for place in places]
        ax.set_title(_title(None if code is None else names[code], region, lang))
        whole = denominator_words(found["denominator"], lang)
        heading, counts = ("map_share", "") if code is not None else ("map_problem", "map_counts")
        _draw_legend(ax, shades, places, labels.words(f"figure.{heading}", lang, denominator=whole), lang)
        note = f"{note} {labels.words(f'figure.{counts}', lang, denominator=whole)}".strip() if counts else note
        add_note(ax, _note(found["n_participants"], missing, note, lang))
        _write_names(ax, places, shapes)
    return ax


def has_place(teryt: pd.Series[str]) -> pd.Series[bool]:
    """Return which TERYT codes are those of gminas whose outline is known."""
    return teryt.str[:_KEY].isin(list(outlines(GMINAS)))


def _shown(
    estimates: pd.DataFrame, codes: pd.DataFrame, code: str | None, region: str | None, level: str
) -> pd.DataFrame:
    """Return the rows of coverage that are asked for.

    Raises
    ------
    ArgumentError
        There are none.
    """
    shown = estimates[(estimates["measure"] == "coverage") & (estimates["level"] == level)]
    if code is not None and code not in set(shown["code"]):
        known = [name for name in codes["code"] if name in set(shown["code"])]
        raise ArgumentError(f"no code {code!r} of level {level!r}; there are: {', '.join(known) or 'none'}")
    if code is not None:
        shown = shown[shown["code"] == code]
    if region is not None and region not in set(shown["voivodeship"]):
        known = sorted(shown["voivodeship"].dropna().unique(), key=labels.sort_key)
        raise ArgumentError(f"no region {region!r}; there are: {', '.join(known) or 'none'}")
    return shown if region is None else shown[shown["voivodeship"] == region]


def _on_map(shown: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of gminas that have an outline, with its key, and the names of the others.

    Raises
    ------
    ArgumentError
        No gmina has one.
    """
    placed = has_place(shown["teryt"])
    shown = shown.assign(key=shown["teryt"].str[:_KEY], gmina=told_apart(shown))
    missing = list(shown.loc[~placed, "gmina"].unique())
    if not placed.any():
        raise ArgumentError(f"no gmina with a place on the map; without a known TERYT code: {', '.join(missing)}")
    return shown[placed], missing


def _shares(shown: pd.DataFrame, lang: str) -> tuple[list[Shade], list[Place]]:
    """Return the classes of shares, and each gmina in its class."""
    percents = [labels.number(100 * bound, lang) for bound in _BOUNDS]
    names = [
        labels.words("figure.map_nobody", lang),
        labels.words("figure.map_up_to", lang, high=percents[1]),
        *(labels.words("figure.map_over_to", lang, low=low, high=high) for low, high in pairwise(percents[1:])),
        labels.words("figure.map_over", lang, low=percents[-1]),
    ]
    shades = [Shade(name, face) for name, face in zip(names, SHADES, strict=True)]
    unknown = _unknown(lang)
    places = [
        Place(row.key, row.gmina, shade, _count(row.n_named, row.n_participants, lang))
        for row in rows(shown)
        for shade in [unknown if row.estimate is None else shades[bisect_left(_BOUNDS, row.estimate)]]
    ]
    return shades, places


def _leaders(shown: pd.DataFrame, names: dict[str, str], lang: str) -> tuple[list[Shade], list[Place]]:
    """Return a class for each problem that alone leads somewhere, the commonest first, and each gmina in its class."""
    leading = {str(key): _leading(of_gmina) for key, of_gmina in shown.groupby("key", sort=False)}
    alone = Counter(codes[0] for codes in leading.values() if len(codes) == 1)
    ranked = sorted(alone, key=lambda code: (-alone[code], labels.sort_key(names[code])))
    looks = zip(ranked, COLOURS, _HATCHES, strict=False)
    shades = {code: Shade(names[code], face, hatch) for code, face, hatch in looks}
    tie, nothing, unknown = (
        Shade(labels.words("figure.map_tie", lang), "#BDBDBD"),
        Shade(labels.words("figure.map_nothing", lang), SHADES[0]),
        _unknown(lang),
    )
    other = Shade(labels.words("figure.map_other", lang), "#BDBDBD", "xx")
    places = []
    for row in rows(shown.sort_values("estimate", ascending=False, kind="stable").drop_duplicates("key")):
        codes = leading[row.key]
        shade = tie if len(codes) > 1 else shades.get(codes[0], other) if codes else nothing
        shade = unknown if row.estimate is None else shade
        places.append(Place(row.key, row.gmina, shade, _count(row.n_named, row.n_participants, lang)))
    used = {place.shade for place in places}
    return [*shades.values(), *(shade for shade in (other, tie, nothing) if shade in used)], places


def _leading(of_gmina: pd.DataFrame) -> list[str]:
    """Return the codes that the largest share raised; none where nobody raised anything."""
    top = of_gmina["estimate"].max()
    return list(of_gmina.loc[of_gmina["estimate"] == top, "code"]) if top > 0 else []


def _unknown(lang: str) -> Shade:
    return Shade(labels.words("figure.map_unknown", lang), "white", "////")


def _count(named: int | None, participants: int | None, lang: str) -> str:
    if named is None or participants is None:
        return group_size(None)
    count = labels.count_of(int(named), int(participants), lang)
    return count + starred(participants).removeprefix(str(int(participants)))


def _title(problem: str | None, region: str | None, lang: str) -> str:
    title = labels.words("figure.map_title_leaders", lang)
    if problem is not None:
        title = labels.words("figure.map_title_code", lang, code=problem)
    if region is not None:
        title = labels.words("figure.map_title_region", lang, title=title, region=region)
    return textwrap.fill(title, _TITLE_WIDTH)


def _height_cm(land: Iterable[str], n_places: int) -> float:
    """Return the height that leaves the map no empty bands, half a page where that holds its names."""
    tallest = _TALLEST_CM if n_places > MANY else _HALF_PAGE_CM
    west, south, east, north = _extent(land)
    return min(tallest, (PAGE_WIDTH_CM - _LEGEND_CM) * (north - south) / (east - west)) + _TITLE_CM


def _extent(land: Iterable[str]) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the voivodeships, with a margin."""
    lines = [line for voivodeship in land for line in outlines(VOIVODESHIPS)[voivodeship]]
    west, south = (min(float(line[:, axis].min()) for line in lines) for axis in (0, 1))
    east, north = (max(float(line[:, axis].max()) for line in lines) for axis in (0, 1))
    x, y = _MARGIN * (east - west), _MARGIN * (north - south)
    return west - x, south - y, east + x, north + y


def _draw_land(ax: Axes, land: Iterable[str]) -> None:
    west, south, east, north = _extent(land)
    ax.set_axis_off()
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_xlim(west, east)
    ax.set_ylim(south, north)
    ax.set_aspect("equal", anchor="NW")
    for key, outline in outlines(POWIATS).items():
        if key[:_VOIVODESHIP] in land:
            ax.add_artist(_patch(outline, facecolor=_PALE, edgecolor=_POWIAT_EDGE, linewidth=0.4))
    for key in land:
        ax.add_artist(_patch(outlines(VOIVODESHIPS)[key], fill=False, edgecolor=_LAND_EDGE, linewidth=0.9))


def _draw_gmina(ax: Axes, place: Place) -> Artist:
    look = {"facecolor": place.shade.face, "hatch": place.shade.hatch, "edgecolor": _EDGE, "linewidth": 0.9}
    return ax.add_artist(_patch(outlines(GMINAS)[place.key], **look))


def _patch(outline: Outline, **look: object) -> PathPatch:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    return PathPatch(Path.make_compound_path(*(Path(line, closed=True) for line in outline)), **look)


def _draw_legend(ax: Axes, shades: list[Shade], places: list[Place], heading: str, lang: str) -> None:
    from matplotlib.patches import Patch

    n = Counter(place.shade for place in places)
    unknown = _unknown(lang)
    handles = [
        Patch(
            facecolor=shade.face,
            hatch=shade.hatch,
            edgecolor=_EDGE,
            linewidth=0.9,
            label=labels.words("figure.map_class", lang, name=shade.name, gminas=_gminas(n[shade], lang)),
        )
        for shade in [*shades, *([unknown] if n[unknown] else [])]
    ]
    pale = labels.words("figure.map_no_group", lang)
    handles.append(Patch(facecolor=_PALE, edgecolor=_POWIAT_EDGE, linewidth=0.4, label=pale))
    for handle in handles:
        handle.set_label(textwrap.fill(str(handle.get_label()), _LEGEND_WIDTH))
    title = textwrap.fill(heading, _LEGEND_WIDTH + 4)
    ax.figure.legend(handles=handles, loc="outside right upper", title=title, title_fontsize=7.5, alignment="left")


def _gminas(n: int, lang: str) -> str:
    return labels.plural("gmina", n, lang).replace(" ", "\N{NO-BREAK SPACE}")


def _note(sizes: pd.Series[int], missing: list[str], note: str, lang: str) -> str:
    unplaced = labels.words("figure.map_not_placed", lang, names=", ".join(missing)) if missing else ""
    parts = (small_note(sizes, note, lang), unplaced, labels.words("figure.map_source", lang))
    return " ".join(part for part in parts if part)


def _write_names(ax: Axes, places: list[Place], drawn: list[Artist]) -> None:
    """Write the name and the count beside each gmina, on top of no other."""
    shapes = [outlines(GMINAS)[place.key] for place in places]
    names = [f"{place.name}\n{place.counted}" for place in places]
    middles = [middle(shape) for shape in shapes]
    for text in label_points(ax, middles, names, marker=_typical_size(ax, shapes), off=drawn):
        text.set_in_layout(False)


def _typical_size(ax: Axes, shapes: list[Outline]) -> float:
    """Return how wide and high an outline is on the figure, on average, in points of type."""
    figure = lay_out(ax)
    (left, _), (right, _) = ax.transData.transform([(0, 0), (1, 0)])
    extents = [np.ptp(np.concatenate(shape), axis=0).mean() for shape in shapes]
    return float(np.mean(extents) * (right - left) * _POINTS / figure.dpi)
