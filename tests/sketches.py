"""Figures that nobody looks at: drawn, but saved as empty pages, which takes a tenth of the time."""

from collections.abc import Callable
from typing import Any


def save_empty_figures(replace: Callable[[Any, str, Any], None] = setattr) -> None:
    """Have matplotlib save every figure as an empty one of its size."""
    from matplotlib.figure import Figure

    save = Figure.savefig

    def save_empty(figure: Figure, *where: Any, **how: Any) -> None:
        save(Figure(tuple(figure.get_size_inches())), *where, **how)

    replace(Figure, "savefig", save_empty)
    replace(Figure, "draw_without_rendering", lambda figure: None)
