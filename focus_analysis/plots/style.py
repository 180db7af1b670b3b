"""What all figures share: the style sheet, sizes in centimetres, colours, labels and the note below."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.plots.png import as_png
from focus_analysis.resources import resource
from focus_analysis.schemas import CODES, check

if TYPE_CHECKING:
    from concurrent.futures import Future

    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PAGE_WIDTH_CM = 16.0
COLOURS = ("#005A9C", "#CC4E00", "#101C3A", "#4FA88A", "#F0B840")
SHADES = ("#FFFFFF", "#C6DBEF", "#6BAED6", "#2171B5", "#08306B")
MARKERS = ("o", "s", "^", "D", "v")
GREY = "#595959"
_INCH_CM = 2.54
SMALLEST_PT = 7.0
_STRIP_CM, _LINE_CM, _MARGIN = 0.55, 0.32, 0.016
_LETTERS_A_CM = 7.0
_METADATA = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
_DOTS_AN_INCH = 300
_IDLE_S = 60


def new_axes(ax: Axes | None, height_cm: float, width_cm: float = PAGE_WIDTH_CM) -> Axes:
    """Return ``ax``, or the axes of a new figure of this size; called within ``style()``."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    _, made = plt.subplots(figsize=(width_cm / _INCH_CM, height_cm / _INCH_CM))
    return made


def lay_out(ax: Axes) -> Figure:
    """Put everything where drawing would put it, without drawing; return the figure of the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    ax.apply_aspect()
    return figure


def code_labels(codes: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the name of each code in one language."""
    table = check(codes, CODES)
    return dict(zip(table["code"], table[f"label_{labels.check_language(lang)}"], strict=True))


def add_note(ax: Axes, note: str) -> None:
    """Write what a reader must know of the data below the figure, in a strip kept free for it."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    lines = textwrap.wrap(note, int(figure.get_figwidth() * _INCH_CM * _LETTERS_A_CM))
    strip = (_STRIP_CM + _LINE_CM * (len(lines) - 1)) / _INCH_CM / figure.get_figheight() if lines else 0.0
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(rect=(_MARGIN, strip, 1 - 2 * _MARGIN, 1 - strip))  # type: ignore[call-arg]
    if lines:
        figure.text(_MARGIN, 0.15 * strip, "\n".join(lines), fontsize=SMALLEST_PT, color=GREY, va="bottom")


@contextmanager
def style() -> Iterator[None]:
    """Draw and save in the style sheet of the project.

    A notebook's backend loads with the first figure and turns interactive mode on; that outlives the style.
    """
    import matplotlib.pyplot as plt

    _add_fonts()
    with plt.style.context(resource("print.mplstyle")):
        yield
        interactive = plt.isinteractive()
    if interactive:
        plt.ion()


@cache
def _add_fonts() -> None:
    """Make the fonts of the package known: few letters and no layout tables, so that a PDF embeds them at once."""
    from matplotlib.font_manager import fontManager

    for path in sorted(resource("fonts").glob("*.ttf")):
        fontManager.addfont(path)


def drawings(ax: Axes) -> dict[str, bytes]:
    """Return the figure of these axes as PNG, SVG and PDF files, the same bytes in every run, and close it."""
    import matplotlib.pyplot as plt

    figure = ax.get_figure(root=True)
    assert figure is not None
    plt.close(figure)
    return _files(figure)


class Workshop:
    """Processes on all processors that draw figures while other work goes on.

    They begin with the workshop, which takes each of them seconds. Each plot is drawn in the process that saves it: it
    must be a function, or a ``functools.partial`` of one, that can be pickled.
    """

    def __init__(self) -> None:
        from loky import cpu_count, get_reusable_executor

        self._processes = get_reusable_executor(max_workers=cpu_count(), timeout=_IDLE_S)
        self._begun: dict[str, Future[dict[str, bytes]]] = {}
        for _ in range(cpu_count()):
            self._processes.submit(_load)

    def begin(self, plots: Iterable[tuple[str, Callable[[], Axes]]]) -> None:
        """Have figures drawn, by name, that ``files`` will be asked for."""
        for name, plot in plots:
            if name not in self._begun:
                self._begun[name] = self._processes.submit(_drawn, plot)

    def files(self, plots: Iterable[tuple[str, Callable[[], Axes]]]) -> Iterator[dict[str, bytes]]:
        """Yield the files of figures, in their order; those begun under their names are not drawn again."""
        drawn = [self._begun.pop(name, None) or self._processes.submit(_drawn, plot) for name, plot in plots]
        return (figure.result() for figure in drawn)


def _load() -> None:
    """Load what figures are drawn with."""
    for name in ("pandas", "pypdfium2", *(f"matplotlib.backends.backend_{kind}" for kind in ("agg", "svg", "pdf"))):
        import_module(name)
    _add_fonts()


def _drawn(plot: Callable[[], Axes]) -> dict[str, bytes]:
    return drawings(plot())


def _files(figure: Figure) -> dict[str, bytes]:
    import matplotlib.pyplot as plt

    with style(), plt.rc_context({"figure.constrained_layout.use": False}):
        figure.set_dpi(_DOTS_AN_INCH)  # type is measured as it will be drawn
        for axis in (axis for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) if not axis.get_label_text()):
            axis.set_label_coords(0, 0)  # or else all ticks are measured again to find room for it
        engine = figure.get_layout_engine()
        if engine is not None:
            engine.execute(figure)
            figure.set_layout_engine(None)  # all is in its place; any engine, even "none", draws twice for each file
        files = {}
        for kind, metadata in _METADATA.items():
            buffer = io.BytesIO()
            figure.savefig(buffer, format=kind, metadata=metadata)
            files[kind] = buffer.getvalue()
    return {"png": as_png(files["pdf"], _DOTS_AN_INCH), **files}  # faster than to draw the figure once more
