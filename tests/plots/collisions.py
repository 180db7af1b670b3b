"""Which things drawn lie on each other."""

from itertools import combinations

from matplotlib.text import Text
from matplotlib.transforms import Bbox

from tests.plots.artists import laid_out


def overlapping(ax, slack=0.5):
    """Pairs of texts in the axes of which one lies on the other, by more than ``slack`` pixels each way."""
    laid_out(ax)
    boxes = [(text.get_text(), written(text)) for text in ax.texts if text.get_text().strip()]
    return [(one, other) for (one, box), (other, second) in combinations(boxes, 2) if on(box, second, slack)]


def on(box, other, slack=0.5):
    """Whether two boxes share an area wider and higher than ``slack`` pixels."""
    shared = Bbox.intersection(box, other)
    return shared is not None and shared.width > slack and shared.height > slack


def written(text):
    """Where a text stands, without the line that may join it to its point."""
    return Bbox.from_extents(*Text.get_window_extent(text).extents)
