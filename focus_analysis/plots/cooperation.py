"""Who works with whom: the network of institutions, each always at its own place on a ring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.plots.grid import wrapped
from focus_analysis.plots.labelling import Box
from focus_analysis.plots.ring import HIGH, WIDE, Curve, Point, bent, ring_places
from focus_analysis.plots.scopes import is_one_gmina, of_scope, scope_title
from focus_analysis.plots.style import COLOURS, GREY, add_note, code_labels, lay_out, new_axes, style
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

_NODE_CM, _NAME_GAP_CM = 0.17, 0.3
_NAME_CM, _NAME_LETTERS, _TOP_CM = 3.55, 27, 0.5
_FRAME_CM, _LEGEND_CM = 1.9, 0.42
_THIN, _THICK = 0.7, 3.4
_ACROSS = 4
_NAMED = 12
_HEAD_PT = 5.0
_DASHES = (3.2, 2.2)
_EDGES = 2
_MARKED_AT = 0.66
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.28, 0.72)
_LOOKS = {
    "cooperates": (COLOURS[0], ""),
    "lacks": (COLOURS[1], "o"),
    "conflict": ("#8C2D6B", "X"),
    "wish": (COLOURS[2], "D"),
    "mentioned": (GREY, ""),
}


class _Tie(NamedTuple):
    """A tie as it is drawn."""

    row: Any
    curve: Curve
    width: float


def plot_cooperation(
    edges: pd.DataFrame,
    codes: pd.DataFrame,
    region: str | None = None,
    gmina: str | None = None,
    relations: Iterable[str] = ("cooperates",),
    lang: str = "pl",
    at_least: int = 1,
    note: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the ties between institutions.

    Parameters
    ----------
    edges : DataFrame, schema ``EDGES``
        From ``cooperation``.
    codes : DataFrame, schema ``CODES``
        Names of the institutions; each keeps its place on the ring in every figure.
    region, gmina : str, optional
        Scope: a region, or a gmina by its name or TERYT code; without either the whole study.
    relations : iterable of str
        What is drawn: "cooperates", "lacks", "conflict", "wish"; co-mentions ("mentioned") only by themselves.
    lang : {"pl", "en"}
        Language of the labels.
    at_least : int
        Ties named in fewer gminas are left out, and the note says how many.
    note : str
        What a reader must know of the data, printed below.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
        A line a tie, from who acts to who is named, as wide as the number of gminas that name it, with "4 of 8" (of
        the gminas where both took part or are named) on the most frequent, within one gmina with the number of turns;
        dashed where it rests on one gmina of several. Institutions without a tie are hollow, and the note names the
        relations that nobody told of.

    Raises
    ------
    ArgumentError
        There is no such region or gmina, a relation is not known, or co-mentions are asked for together with others.
    """
    chosen = _chosen(relations)
    scope = of_scope(edges, region, gmina)
    shown = scope[scope["relation"].isin(chosen)]
    ties = shown[shown["n_gminas"] >= at_least].sort_values("n_gminas", kind="stable")
    listed = list(codes.loc[codes["group"] == "institutions", "code"])
    others = sorted({*edges["source"], *edges["target"]} - set(listed))
    places = ring_places([*listed, *others])
    names = labels.CodeNames(code_labels(codes, lang))
    drawn = [_tie(row, places) for row in rows(ties)]
    with style():
        ax = new_axes(ax, height_cm=2 * (HIGH + _TOP_CM) + _FRAME_CM + _LEGEND_CM)
        ax.set_xlim(-WIDE - _NAME_GAP_CM - _NAME_CM, WIDE + _NAME_GAP_CM + _NAME_CM)
        ax.set_ylim(-HIGH - _TOP_CM, HIGH + _TOP_CM)
        ax.set_aspect("equal")
        ax.set_anchor("N")
        ax.set_axis_off()
        ax.set_xticks([])
        ax.set_yticks([])
        for tie in drawn:
            _draw_tie(ax, tie)
        tied = set(ties["source"]) | set(ties["target"])
        for code, place in places.items():
            _draw_node(ax, names[code], place, code in tied)
        ax.set_title(_title(scope, len(ties), chosen, lang))
        ax.legend(
            handles=_legend(drawn, chosen, lang),
            loc="upper left",
            bbox_to_anchor=(0, 0),
            ncols=_ACROSS,
            handlelength=2.6,
        )
        counts = [(tie, count) for tie in drawn[::-1] if (count := _count(tie.row, lang))][:_NAMED]
        untold = [name for name in chosen if name not in set(shown["relation"])]
        left_out = len(shown) - len(ties)
        notes = (note, _counts_note(counts, lang), _left_out_note(left_out, at_least, lang), _untold_note(untold, lang))
        add_note(ax, " ".join(filter(None, notes)))
        _write_counts(ax, counts)
    return ax


def _chosen(relations: Iterable[str]) -> list[str]:
    chosen = list(dict.fromkeys(relations))
    unknown = [name for name in chosen if name not in _LOOKS]
    if unknown or not chosen:
        raise ArgumentError(f"relations: some of {', '.join(_LOOKS)}; got {', '.join(chosen) or 'none'}")
    if "mentioned" in chosen and len(chosen) > 1:
        raise ArgumentError("relations: co-mentions are a network of their own; draw 'mentioned' by itself")
    return chosen


def _tie(row: Any, places: dict[str, Point]) -> _Tie:
    """Return a tie whose width runs from one gmina to all of the scope, so that figures can be set side by side."""
    width = _THIN + (_THICK - _THIN) * (row.n_gminas - 1) / max(row.n_scope - 1, 1)
    curve = bent(places[row.source], places[row.target]).short_of(_NODE_CM * 1.25)
    return _Tie(row, curve, width)


def _draw_tie(ax: Axes, tie: _Tie) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    colour, marker = _LOOKS[tie.row.relation]
    ax.add_patch(
        FancyArrowPatch(
            path=Path(list(tie.curve), [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
            arrowstyle="-|>,head_length=0.5,head_width=0.26" if tie.row.directed else "-",
            mutation_scale=6.5 + 1.5 * tie.width,
            linewidth=tie.width,
            linestyle=(0, _DASHES) if tie.row.one_gmina else "solid",
            color=colour,
            capstyle="butt",
            joinstyle="miter",
            zorder=2,
        )
    )
    if marker:
        x, y = tie.curve.at(_MARKED_AT)
        ax.plot(
            x,
            y,
            marker,
            markersize=4 + 0.5 * tie.width,
            markeredgewidth=0.9,
            color=colour,
            markerfacecolor="white",
            zorder=3,
        )


def _draw_node(ax: Axes, name: str, place: Point, tied: bool) -> None:
    from matplotlib.patches import Circle

    face = "#404040" if tied else "white"
    ax.add_patch(Circle(place, _NODE_CM, facecolor=face, edgecolor="#404040" if tied else "#A0A0A0", zorder=4))
    side = 1 if place[0] > 0 else -1
    ax.text(
        place[0] + side * _NAME_GAP_CM,
        place[1],
        wrapped(name, _NAME_LETTERS),
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=7,
        linespacing=0.95,
        color="black" if tied else GREY,
        zorder=4,
    )


def _title(scope: pd.DataFrame, n_ties: int, chosen: Sequence[str], lang: str) -> str:
    """Return the title: the scope with its n, of one gmina the ties drawn, of others the gminas; and the relations."""
    name = scope_title(scope, lang)
    if is_one_gmina(scope):
        name = labels.words("figure.cooperation_of_gmina", lang, gmina=name, ties=labels.plural("tie", n_ties, lang))
    return labels.words("figure.cooperation_title", lang, scope=name, relations=_kinds(chosen, lang))


def _count(row: Any, lang: str) -> str:
    """Return what is written on a tie: "4 of 8" gminas; within one gmina its turns; nothing where either is one."""
    if row.n_scope > 1:
        return "" if row.one_gmina else labels.count_of(int(row.n_gminas), int(row.n_opportunities), lang)
    return labels.number(row.n_named, lang) if row.n_named > 1 else ""


def _write_counts(ax: Axes, counts: Sequence[tuple[_Tie, str]]) -> None:
    """Write the counts on their ties, the first ones first, each where nothing else is written; where nowhere, not."""
    lay_out(ax)
    taken = [_box(text) for text in ax.texts] + [_box(patch) for patch in ax.patches if patch.get_zorder() > _EDGES]
    taken += [_box(marker) for marker in ax.lines] + [_head(ax, tie) for tie, _ in counts]
    for tie, count in counts:
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
        text = ax.text(0, 0, count, ha="center", va="center", fontsize=6.5, bbox=box, zorder=6)
        for share in _SHARES:
            text.set_position(tie.curve.at(share))
            if not any(_box(text).overlaps(other) for other in taken):
                taken.append(_box(text))
                break
        else:
            text.remove()


def _box(artist: Any) -> Box:
    """Return the room that an artist takes, in pixels."""
    return Box(*artist.get_window_extent().extents)


def _head(ax: Axes, tie: _Tie) -> Box:
    """Return the room of the head of an arrow, in pixels."""
    x, y = ax.transData.transform(tie.curve.end)
    reach = _HEAD_PT * ax.figure.dpi / 72
    return Box(x - reach, y - reach, x + reach, y + reach)


def _kinds(chosen: Sequence[str], lang: str) -> str:
    return labels.listed([labels.words(f"relation.{name}", lang) for name in chosen], lang)


def _legend(ties: Sequence[_Tie], chosen: Sequence[str], lang: str) -> list[Line2D]:
    """Return what the colours, marks, widths and dashes mean, as far as they are drawn."""
    from matplotlib.lines import Line2D

    kinds = [name for name in chosen if any(tie.row.relation == name for tie in ties)]
    handles = [
        Line2D(
            [], [], color=_LOOKS[name][0], marker=_LOOKS[name][1] or None, markerfacecolor="white", linewidth=1.6,
            label=labels.words(f"relation.{name}", lang),
        )
        for name in kinds
    ]  # fmt: skip
    widths = {int(tie.row.n_gminas): tie.width for tie in ties if tie.row.n_scope > 1 and not tie.row.one_gmina}
    for n in sorted({min(widths), max(widths)} if widths else ()):
        handles.append(Line2D([], [], color=GREY, linewidth=widths[n], label=labels.plural("gmina", n, lang)))
    if any(tie.row.one_gmina for tie in ties):
        single = labels.words("figure.one_gmina", lang)
        handles.append(Line2D([], [], color=GREY, linewidth=_THIN, linestyle=(0, _DASHES), label=single))
    return handles


def _counts_note(counts: Sequence[tuple[_Tie, str]], lang: str) -> str:
    """Return what the numbers on the ties are, where there are any."""
    if not counts:
        return ""
    tie, _ = counts[0]
    return labels.words("figure.ties_note" if tie.row.n_scope > 1 else "figure.ties_turns_note", lang)


def _left_out_note(n: int, at_least: int, lang: str) -> str:
    return labels.words("figure.ties_left_out", lang, n=n, at_least=at_least) if n else ""


def _untold_note(untold: Sequence[str], lang: str) -> str:
    return labels.words("figure.ties_untold", lang, relations=_kinds(untold, lang)) if untold else ""
