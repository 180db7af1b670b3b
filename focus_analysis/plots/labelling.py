"""Names beside points: no name lies on another, on a marker or outside the axes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import cos, hypot, inf, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from focus_analysis.plots.style import GREY

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

_DISTANCES = (5.0, 8.0, 13.0, 20.0, 28.0, 38.0, 50.0, 64.0, 80.0, 100.0, 125.0)
_DIRECTIONS = 16
_AIR = 2.0
_ROUNDS = 3
_CLEAR, _PAD = 0.85, 0.6
_LEADER = 8.0
_ON_MARKER, _ON_LINE, _OUTSIDE = 3.0, 0.6, 6.0


class Box(NamedTuple):
    """A rectangle on the figure, in points."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Return whether the two share any area."""
        apart = self.right <= other.left or other.right <= self.left
        return not apart and self.bottom < other.top and other.bottom < self.top

    def within(self, other: Box) -> bool:
        """Return whether the box lies inside another."""
        wide = other.left <= self.left and self.right <= other.right
        return wide and other.bottom <= self.bottom and self.top <= other.top


class Place(NamedTuple):
    """Where a name goes: its box, how far that is from its point, and the line to the middle of the box."""

    box: Box
    distance: float
    leader: tuple[tuple[float, float], ...]


def label_points(
    ax: Axes,
    points: Sequence[tuple[float, float]],
    names: Sequence[str],
    bold: Sequence[bool] = (),
    marker: float = 7.0,
    size: float = 7.0,
    off: Sequence[Artist] = (),
) -> list[Annotation]:
    """Write a name beside each point, joined to it by a line where there is no room close by.

    Parameters
    ----------
    ax : Axes
        Axes whose limits are set and that are laid out (``lay_out``).
    points : sequence of (float, float)
        Points in data coordinates.
    names : sequence of str
        One name a point; lines may be broken.
    bold : sequence of bool, optional
        Which names are in bold type.
    marker : float
        Width of the markers, in points of type.
    size : float
        Size of the type.
    off : sequence of Artist
        What no name may lie on, besides the points and what is written in the axes already.

    Returns
    -------
    list of Annotation
        The names, in the order of the points, on white, each as near as it can be.
    """
    from matplotlib.text import Text

    figure = ax.get_figure(root=True)
    assert figure is not None
    before = [*ax.texts, *off]
    heavy = bold or [False] * len(names)
    written = [
        ax.annotate(
            name,
            point,
            xytext=(0, 0),
            textcoords="offset points",
            fontsize=size,
            ha="center",
            va="center",
            fontweight="bold" if weighty else "normal",
            linespacing=1.0,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.5, "shrinkA": 0, "shrinkB": marker / 2},
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": _CLEAR, "pad": _PAD},
            zorder=5,
        )
        for name, point, weighty in zip(names, points, heavy, strict=True)
    ]
    scale = 72 / figure.dpi
    at = [(float(x) * scale, float(y) * scale) for x, y in ax.transData.transform(list(points))] if points else []
    taken = [Box(*(edge * scale for edge in artist.get_window_extent().extents)) for artist in before]
    extents = [Text.get_window_extent(text) for text in written]
    sizes = [(extent.width * scale, extent.height * scale) for extent in extents]
    frame = ax.get_window_extent()
    room = Box(frame.x0 * scale, frame.y0 * scale, frame.x1 * scale, frame.y1 * scale)
    for text, point, place in zip(written, at, find_places(at, sizes, room, marker, taken), strict=True):
        centre = ((place.box.left + place.box.right) / 2, (place.box.bottom + place.box.top) / 2)
        text.set_position((centre[0] - point[0], centre[1] - point[1]))
        assert text.arrow_patch is not None
        text.arrow_patch.set_visible(place.distance > _LEADER)
    return written


def find_places(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    room: Box,
    marker: float,
    taken: Sequence[Box] = (),
) -> list[Place]:
    """Return a place for each name of these sizes (width, height) near its point, all in points of type.

    The names choose one after another: the most crowded first, from the top, or from the left, whichever ends best.
    """
    markers = [*taken] + [Box(x - marker / 2, y - marker / 2, x + marker / 2, y + marker / 2) for x, y in points]
    crowd = [
        sum(hypot(x - u, y - v) < 3 * max(size) for u, v in points) for (x, y), size in zip(points, sizes, strict=True)
    ]
    keys = ([-n for n in crowd], [-y for _, y in points], [x for x, _ in points])
    orders = [sorted(range(len(points)), key=key.__getitem__) for key in keys]
    near = [_candidates(point, size, marker) for point, size in zip(points, sizes, strict=True)]
    tries = [_placed(order, near, markers, room) for order in orders]
    return min(tries, key=lambda places: sum(_costs(places, markers, room)))


def _placed(order: Sequence[int], near: Sequence[Sequence[Place]], markers: Sequence[Box], room: Box) -> list[Place]:
    """Return a place for each name out of those near its point; the names choose in this order, several times."""
    places: dict[int, Place] = {}
    for number in [*order] * _ROUNDS:
        others = [place for other, place in places.items() if other != number]
        places[number] = _best(near[number], others, markers, room)
    return [places[number] for number in range(len(near))]


def _costs(places: Sequence[Place], markers: Sequence[Box], room: Box) -> list[float]:
    """Return how bad each place is beside the others."""
    return [
        _cost(place, [*places[:number], *places[number + 1 :]], markers, room) for number, place in enumerate(places)
    ]


def _candidates(point: tuple[float, float], size: tuple[float, float], marker: float) -> list[Place]:
    """Return places round a point, the nearest first, those to the right before the others."""
    wide, high = size[0] / 2, size[1] / 2
    turns = sorted(range(_DIRECTIONS), key=lambda number: min(number, _DIRECTIONS - number))
    found = []
    for distance in _DISTANCES:
        for turn in turns:
            along, up = cos(2 * pi * turn / _DIRECTIONS), sin(2 * pi * turn / _DIRECTIONS)
            reach = marker / 2 + distance - _DISTANCES[0] + _AIR
            x = point[0] + along * (reach + wide)
            y = point[1] + up * (reach + high)
            box = Box(x - wide, y - high, x + wide, y + high)
            found.append(Place(box, distance, (point, (x, y))))
    return found


def _best(candidates: Sequence[Place], others: Sequence[Place], markers: Sequence[Box], room: Box) -> Place:
    """Return the first place that covers nothing, the candidates being in order of distance; or the least bad."""
    found, least = candidates[0], inf
    for place in candidates:
        cost = _cost(place, others, markers, room)
        if cost <= place.distance:
            return place
        if cost < least:
            found, least = place, cost
    return found


def _cost(place: Place, others: Sequence[Place], markers: Sequence[Box], room: Box) -> float:
    """Return how bad a place is: what it covers weighs more than any distance."""
    wide = Box(place.box.left - _AIR, place.box.bottom - _AIR, place.box.right + _AIR, place.box.top + _AIR)
    worst = 100 * _DISTANCES[-1]
    covered = sum(worst for other in others if wide.overlaps(other.box))
    covered += sum(_ON_MARKER * worst for box in markers if wide.overlaps(box))
    covered += 0 if place.box.within(room) else _OUTSIDE * worst
    covered += sum(_ON_LINE * worst for other in others if _crosses(other, wide) or _crosses(place, other.box))
    return covered + place.distance


def _crosses(place: Place, box: Box) -> bool:
    """Return whether the line to a place runs through a box (clipped by Liang and Barsky's rule)."""
    if place.distance <= _LEADER:
        return False
    (x, y), (u, v) = place.leader
    enters, leaves = 0.0, 1.0
    for start, end, low, high in ((x, u, box.left, box.right), (y, v, box.bottom, box.top)):
        if start == end:
            if not low < start < high:
                return False
            continue
        first, second = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        enters, leaves = max(enters, first), min(leaves, second)
    return enters < leaves


def side_by_side(points: Sequence[tuple[float, float]], step: float) -> list[tuple[float, float]]:
    """Return the points with those of one place moved apart along x, by ``step``, round where they are.

    Examples
    --------
    >>> side_by_side([(0.5, 1), (0.2, 1), (0.5, 1)], 0.1)
    [(0.45, 1), (0.2, 1), (0.55, 1)]
    """
    counts, seen = Counter(points), Counter[tuple[float, float]]()
    apart = []
    for x, y in points:
        apart.append((x + (seen[x, y] - (counts[x, y] - 1) / 2) * step, y))
        seen[x, y] += 1
    return apart
