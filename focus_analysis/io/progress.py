"""A progress bar, where somebody sees it and only where it takes long enough to be looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from importlib.util import find_spec
from typing import Any, TypeVar

_AFTER_S = 1.0
T = TypeVar("T")


def tracked(items: Sequence[T], what: str, clock: Callable[[], float] = time.monotonic) -> Generator[T, None, None]:
    """Yield items; after a second a bar shows, on a terminal or in a notebook, how many are done.

    Parameters
    ----------
    items : sequence
        What is worked through.
    what : str
        What is done to them, in words that the bar shows.
    clock : callable
        Seconds that pass.
    """
    started, bar, done = clock(), None, 0
    waiting = True
    try:
        for done, item in enumerate(items):
            if waiting and clock() - started > _AFTER_S:
                waiting, bar = False, _bar(what, len(items))
            if bar:
                bar.update(bar.task_ids[0], completed=done)
            yield item
    finally:
        if bar:
            bar.stop()


def _bar(what: str, total: int) -> Any:
    """Return a bar that runs, or None where nobody would see it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = _console()
    in_notebook = console.is_jupyter and find_spec("ipywidgets") is not None
    if not (in_notebook or (console.is_terminal and not console.is_jupyter)):
        return None
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    bar.add_task(what, total=total)
    bar.start()
    return bar


def _console() -> Any:
    from rich.console import Console

    return Console(stderr=True)
