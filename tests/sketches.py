"""What tests of the written files need not wait for: figures that nobody looks at, results worked out again."""

from collections.abc import Callable
from typing import Any

Replace = Callable[[Any, str, Any], None]


def save_empty_figures(replace: Replace = setattr) -> None:
    """Have matplotlib lay out nothing and save every figure as an empty one of its size: a tenth of the time."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    save = Figure.savefig

    def save_empty(figure: Figure, *where: Any, **how: Any) -> None:
        save(Figure(tuple(figure.get_size_inches())), *where, **how)

    replace(Figure, "savefig", save_empty)
    replace(ConstrainedLayoutEngine, "execute", lambda engine, figure: None)


def analyse_once(replace: Replace) -> None:
    """Have the pipeline work out the results of one study once, however often they are written."""
    from focus_analysis import pipeline

    kept, analyse = [], pipeline.analyse

    def once(*given: Any) -> Any:
        if not kept:
            kept.append(analyse(*given))
        return kept[0]

    replace(pipeline, "analyse", once)
