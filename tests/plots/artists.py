"""What stands in a figure, asked of its artists."""

from matplotlib.patches import Rectangle
from matplotlib.text import Text

from tests.builders import TERYT, estimates

NOTE = "Dane zmyślone, pokazowe. Kody automatyczne, niesprawdzone przez człowieka."


def gmina_rows(gmina, named, n=10, region="świętokrzyskie", denied=None, **more):
    """Rows of one gmina: how many named each code; ranks by hand where ``ranks`` gives them."""
    ranks = more.pop("ranks", dict.fromkeys(named, 1))
    return [
        {
            "gmina": gmina,
            "teryt": TERYT.get(gmina),
            "voivodeship": region,
            "code": code,
            "n_named": k,
            "n_denied": (denied or {}).get(code, 0),
            "n_participants": n,
            "rank": ranks[code],
        }
        | more
        for code, k in named.items()
    ]


def table(*gminas):
    """Estimates of several gminas."""
    return estimates(*(row for rows in gminas for row in rows))


def texts(ax):
    """Every text drawn in the axes but tick labels, titles and the labels of the axes."""
    return [text.get_text() for text in ax.texts]


def tick_labels(axis):
    return [label.get_text() for label in axis.get_ticklabels()]


def note_of(ax):
    return "".join(text.get_text() for text in ax.figure.texts)


def cells(ax):
    """The heat map's numbers by column and row: (x, y) to text."""
    drawn = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    centres = {(patch.get_x() + 0.5, patch.get_y() + 0.5) for patch in drawn}
    return {text.get_position(): text.get_text() for text in ax.texts if text.get_position() in centres}


def laid_out(ax):
    """The figure of the axes with everything at its place; a figure that is laid out already is left as it is."""
    figure = ax.figure
    if figure.stale:
        figure.draw_without_rendering()
    return figure


def outside(ax):
    """Texts that the saved figure would cut off."""
    figure = laid_out(ax)
    frame = figure.bbox.padded(1)
    shown = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    extents = {text.get_text(): text.get_window_extent() for text in shown}
    return [
        text
        for text, box in extents.items()
        if not (
            frame.containsx(box.x0) and frame.containsx(box.x1) and frame.containsy(box.y0) and frame.containsy(box.y1)
        )
    ]


def overlapping(shown):
    """Pairs of texts that lie on each other in the drawn figure."""
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in shown if text.get_text().strip()]
    return [
        (one, other)
        for number, (one, box) in enumerate(boxes)
        for other, second in boxes[:number]
        if box.x0 < second.x1 and second.x0 < box.x1 and box.y0 < second.y1 and second.y0 < box.y1
    ]
