"""Outlines of voivodeships, powiats and gminas on a flat map, in kilometres.

They stand in ``resources/boundaries.json``: TopoJSON with TERYT codes as ids, its source and licence named in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.resources import resource

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Line = NDArray[np.float64]
    Outline = tuple[Line, ...]

VOIVODESHIPS, POWIATS, GMINAS = "voivodeships", "powiats", "gminas"
_MERIDIAN = 19.0
_EARTH_KM = 6371.0
_GRID = 24


@cache
def outlines(kind: str) -> Mapping[str, Outline]:
    """Return the outline of every unit of a kind: closed lines, those of holes running the other way.

    Parameters
    ----------
    kind : {"voivodeships", "powiats", "gminas"}
        Their keys are the first two, four and six digits of TERYT codes.

    Returns
    -------
    mapping of str to tuple of arrays, each of shape (n_points, 2)
        Kilometres east of the meridian 19° E and north of the equator.
    """
    arcs = _arcs()
    return {unit["id"]: _outline(unit, arcs) for unit in _topology()["objects"][kind]["geometries"]}


def project(degrees: Line) -> Line:
    """Return longitudes and latitudes, shape (n, 2), as kilometres on a transverse Mercator map of Poland.

    Shapes and angles are kept; scales differ by less than 0.2% within Poland. J. P. Snyder, "Map projections: a
    working manual" (1987), equations 8-1 to 8-3, on a sphere.
    """
    east, north = np.radians(degrees[:, 0] - _MERIDIAN), np.radians(degrees[:, 1])
    x = np.arctanh(np.cos(north) * np.sin(east))
    y = np.arctan2(np.tan(north), np.cos(east))
    return _EARTH_KM * np.column_stack([x, y])


def middle(outline: Outline) -> tuple[float, float]:
    """Return a point inside an outline, far from its edges: where a gmina is ring-shaped, not in its hole."""
    from matplotlib.path import Path

    edge = np.concatenate(outline)
    low, high = edge.min(axis=0), edge.max(axis=0)
    xs, ys = (np.linspace(low[axis], high[axis], _GRID + 2)[1:-1] for axis in (0, 1))
    points = np.column_stack([axis.ravel() for axis in np.meshgrid(xs, ys)])
    inside = np.sum([Path(line).contains_points(points) for line in outline], axis=0) % 2 == 1
    points = points[inside]
    distance = np.hypot(*(points[:, None, axis] - edge[None, :, axis] for axis in (0, 1))).min(axis=1)
    x, y = points[distance.argmax()]
    return float(x), float(y)


@cache
def _topology() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(resource("boundaries.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _arcs() -> tuple[Line, ...]:
    """Return the lines that outlines share; a TopoJSON arc holds steps on a grid from its first point."""
    scale, origin = (np.array(_topology()["transform"][name]) for name in ("scale", "translate"))
    return tuple(project(np.cumsum(steps, axis=0) * scale + origin) for steps in _topology()["arcs"])


def _outline(unit: Mapping[str, Any], arcs: tuple[Line, ...]) -> Outline:
    polygons = [unit["arcs"]] if unit["type"] == "Polygon" else unit["arcs"]
    return tuple(_joined(ring, arcs) for polygon in polygons for ring in polygon)


def _joined(ring: list[int], arcs: tuple[Line, ...]) -> Line:
    """Return the arcs of a ring end to end; ``~number`` is an arc that runs backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
