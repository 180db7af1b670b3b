"""A ring of places, the same for every figure with the same names, and curves that run inside it."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt
from typing import NamedTuple

Point = tuple[float, float]

WIDE, HIGH = 4.1, 3.65  # half axes in centimetres
_INWARDS, _SIDEWAYS = 0.42, 0.55
_STEPS = 200


class Curve(NamedTuple):
    """A quadratic Bézier curve: from ``start`` to ``end``, drawn towards ``control``."""

    start: Point
    control: Point
    end: Point

    def at(self, share: float) -> Point:
        """Return the point at a share (0 to 1) of the way."""
        rest = 1 - share
        weights = (rest * rest, 2 * rest * share, share * share)
        return (
            sum(weight * point[0] for weight, point in zip(weights, self, strict=True)),
            sum(weight * point[1] for weight, point in zip(weights, self, strict=True)),
        )

    def between(self, low: float, high: float) -> Curve:
        """Return the part between two shares of the way, a quadratic Bézier curve itself."""
        rest = 1 - low
        control = (
            rest * (1 - high) * self.start[0]
            + (rest * high + low * (1 - high)) * self.control[0]
            + low * high * self.end[0],
            rest * (1 - high) * self.start[1]
            + (rest * high + low * (1 - high)) * self.control[1]
            + low * high * self.end[1],
        )
        return Curve(self.at(low), control, self.at(high))

    def short_of(self, gap: float) -> Curve:
        """Return the curve without its parts nearer than ``gap`` to where it starts and ends."""
        shares = [step / _STEPS for step in range(_STEPS + 1)]
        left = [share for share in shares if _far(self.at(share), self.start, gap)]
        reached = [share for share in shares if _far(self.at(share), self.end, gap)]
        return self.between(left[0], reached[-1])


def _far(point: Point, other: Point, gap: float) -> bool:
    return hypot(point[0] - other[0], point[1] - other[1]) >= gap


def ring_places(names: Sequence[str]) -> dict[str, Point]:
    """Return where each name stands, from the top, right and left in turn, in centimetres from the middle.

    Heights are evenly spaced on both sides, so that a line of type fits beside each place.

    Examples
    --------
    >>> {name: (round(x, 1), round(y, 1)) for name, (x, y) in ring_places("abcd").items()}
    {'a': (3.6, 1.8), 'b': (-3.6, 1.8), 'c': (3.6, -1.8), 'd': (-3.6, -1.8)}
    """
    right = (len(names) + 1) // 2
    return {
        name: _place(number // 2, right, 1.0) if number % 2 == 0 else _place(number // 2, len(names) - right, -1.0)
        for number, name in enumerate(names)
    }


def _place(row: int, rows: int, side: float) -> Point:
    height = 1 - (2 * row + 1) / rows
    return side * WIDE * sqrt(1 - height * height), HIGH * height


def bent(start: Point, end: Point) -> Curve:
    """Return a curve between two places that is drawn to the middle, and to its own left: there and back are two."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    length = hypot(end[0] - start[0], end[1] - start[1])
    left = (-(end[1] - start[1]) / length, (end[0] - start[0]) / length)
    return Curve(
        start,
        tuple((1 - _INWARDS) * middle[axis] + _SIDEWAYS * left[axis] for axis in (0, 1)),  # type: ignore[arg-type]
        end,
    )
